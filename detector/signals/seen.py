"""Signals of the linking pages themselves, where they were fetched; null where none was.

Stage ``seen``: an aggregation over a referring domain's pages that were read (columns of ``web.page.PAGE_SCHEMA`` and those that
``seen_pages`` adds). They are shown and lead to review, never learnt: labelled spam pages are too few yet (docs/pages.md). The content
features with their published names are in ``content``.
"""

from __future__ import annotations

import polars as pl

from detector.signals.registry import signal

_LINKS = "Ntoulas et al. 2006; Semrush and Ahrefs: outbound links"
_HIDDEN = "Google spam policies: hidden text and links"
_HACKED = "Google spam policies: hacked content"
_NEIGHBOURS = "link neighbourhood: Castillo et al. 2007"
_KIND = "what kind of page it is: web.page.marks"
_NETWORK = "PBN footprints: shared templates and accounts"
_CARE = "signs of a site that somebody looks after"
_TARGET = "where and how the link stands: web.page.targets"


def _mean(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.Float64).mean()


def _log_max(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.Float64).max().log1p()


def _marked(mark: str) -> pl.Expr:
    return pl.col("marks").list.contains(mark).cast(pl.Float64).mean()


def _of_targets(count: str) -> pl.Expr:
    """Share of the links to the audited site that are counted in a column; null where there is no link."""
    total = pl.col("target_count").sum()
    return pl.col(count).sum() / pl.when(total > 0).then(total)


# ------------------------------------------------------------------------------------------------ links


@signal(
    "page", "seen", needs="external_links", unit="log1p count", direction=1, in_model=False,
    sentence="a page of it that was read links {value} times to other sites", source=_LINKS,
)  # fmt: skip
def seen_external_links() -> pl.Expr:
    return _log_max("external_links")


@signal(
    "page", "seen", needs="external_domains", unit="log1p count", direction=1, in_model=False,
    sentence="a page of it that was read links to {value} other sites", source=_LINKS,
)  # fmt: skip
def seen_external_domains() -> pl.Expr:
    return _log_max("external_domains")


@signal(
    "page", "seen", needs="outbound_link_density", unit="links per 100 words", direction=1, in_model=False,
    sentence="its pages have {value} to other sites", source=_LINKS,
)  # fmt: skip
def seen_outbound_density() -> pl.Expr:
    return _mean("outbound_link_density")


@signal(
    "page", "seen", needs="external_share", unit="share", direction=1, in_model=False,
    sentence="{value} of the links on its pages leave the site", source=_LINKS,
)  # fmt: skip
def seen_external_share() -> pl.Expr:
    return _mean("external_share")


@signal(
    "page", "seen", needs="nofollow_links external_links", unit="share", direction=0, in_model=False,
    sentence="{value} of the links that leave its pages are nofollow, ugc or sponsored", source="Google: qualify your outbound links",
)  # fmt: skip
def seen_qualified_share() -> pl.Expr:
    qualified = pl.max_horizontal("nofollow_links", "ugc_links", "sponsored_links")
    return qualified.sum() / pl.when(pl.col("external_links").sum() > 0).then(pl.col("external_links").sum())


@signal(
    "page", "seen", needs="comment_external_links", unit="log1p count", direction=1, in_model=False,
    sentence="the comments of a page hold {value} links to other sites", source="Google spam policies: user-generated spam",
)  # fmt: skip
def seen_comment_links() -> pl.Expr:
    return _log_max("comment_external_links")


@signal(
    "page", "seen", needs="footer_external_links", unit="log1p count", direction=1, in_model=False,
    sentence="the footer of a page holds {value} links to other sites", source=_LINKS,
)  # fmt: skip
def seen_footer_links() -> pl.Expr:
    return _log_max("footer_external_links")


@signal(
    "page", "seen", needs="top_anchor_share", unit="share", direction=0, in_model=False,
    sentence="{value} of the links that leave its pages say the same", source=_LINKS,
)  # fmt: skip
def seen_top_anchor_share() -> pl.Expr:
    return _mean("top_anchor_share")


@signal(
    "page", "seen", needs="empty_anchors links", unit="share", direction=0, in_model=False,
    sentence="{value} of the links on its pages say nothing", source=_LINKS,
)  # fmt: skip
def seen_empty_anchor_share() -> pl.Expr:
    return pl.col("empty_anchors").sum() / pl.when(pl.col("links").sum() > 0).then(pl.col("links").sum())


# ------------------------------------------------------------------------------------------------ neighbourhood


@signal(
    "page", "seen", needs="outbound_anchors", unit="share", direction=1, in_model=False,
    sentence="{value} of the anchors that leave its pages hold words of a spam trade", source=_NEIGHBOURS,
)  # fmt: skip
def seen_trade_anchors() -> pl.Expr:
    return _mean("trade_anchor_share")


@signal(
    "page", "seen", needs="outbound_anchors", unit="share", direction=1, in_model=False,
    sentence="{value} of the anchors that leave its pages sell links or rankings", source=_NEIGHBOURS,
)  # fmt: skip
def seen_seller_anchors() -> pl.Expr:
    return _mean("seller_anchor_share")


@signal(
    "page", "seen", needs="outbound_anchors", unit="count", direction=1, in_model=False,
    sentence="the anchors that leave its pages name {value} different spam trades", source=_NEIGHBOURS,
)  # fmt: skip
def seen_trades() -> pl.Expr:
    return pl.col("anchor_trades").cast(pl.Float64).max()


@signal(
    "page", "seen", needs="outbound_domains", unit="share", direction=1, in_model=False,
    sentence="{value} of the sites that its pages link to have a spam trade in their name", source=_NEIGHBOURS,
)  # fmt: skip
def seen_trade_neighbours() -> pl.Expr:
    return _mean("trade_domain_share")


@signal(
    "page", "seen", needs="outbound_domains", unit="share", direction=-1, in_model=False,
    sentence="{value} of the sites that its pages link to are among the largest there are", source=_NEIGHBOURS,
)  # fmt: skip
def seen_large_neighbours() -> pl.Expr:
    return _mean("large_domain_share")


@signal(
    "page", "seen", needs="title main_text", unit="share", direction=1, in_model=False,
    sentence="{value} of its pages name a spam trade in their title", source="Google spam policies",
)  # fmt: skip
def seen_trade_title() -> pl.Expr:
    return _mean("trade_title")


@signal(
    "page", "seen", needs="outbound_domains", unit="log1p count", direction=1, in_model=False,
    sentence="{value} other domains of this profile link from their pages to nearly the same sites", source="link farms: the same outbound set",
)  # fmt: skip
def seen_same_outbound() -> pl.Expr:
    return _log_max("outbound_sharing")


# ------------------------------------------------------------------------------------------------ hidden, injected


@signal(
    "page", "seen", needs="deliberate_domains", unit="log1p count", direction=1, in_model=False,
    sentence="a page hides links to {value} other sites from its readers", source=_HIDDEN,
)  # fmt: skip
def seen_deliberate_domains() -> pl.Expr:
    return _log_max("deliberate_unknown")


@signal(
    "page", "seen", needs="hidden_domains", unit="log1p count", direction=1, in_model=False,
    sentence="{value} other sites are linked where readers do not see it at once", source=_HIDDEN,
)  # fmt: skip
def seen_hidden_domains() -> pl.Expr:
    return _log_max("hidden_unknown")


@signal(
    "page", "seen", needs="hidden_text_length text_length", unit="share", direction=0, in_model=False,
    sentence="{value} of the text of its pages is hidden", source=_HIDDEN,
)  # fmt: skip
def seen_hidden_text_share() -> pl.Expr:
    hidden = pl.col("hidden_text_length").sum()
    total = hidden + pl.col("text_length").sum()
    return hidden / pl.when(total > 0).then(total)


@signal(
    "page", "seen", needs="hidden_anchors", unit="share", direction=1, in_model=False,
    sentence="{value} of its hidden anchors hold words of a spam trade", source=_HACKED,
)  # fmt: skip
def seen_hidden_trade() -> pl.Expr:
    return _mean("hidden_trade_share")


@signal(
    "page", "seen", needs="after_html_links", unit="log1p count", direction=1, in_model=False,
    sentence="{value} links to other sites stand behind the end of a page", source=_HACKED,
)  # fmt: skip
def seen_links_after_html() -> pl.Expr:
    return _log_max("after_html_links")


@signal(
    "page", "seen", needs="script_written_links", unit="log1p count", direction=1, in_model=False,
    sentence="a script writes {value} links to other sites into a page", source=_HACKED,
)  # fmt: skip
def seen_script_links() -> pl.Expr:
    return _log_max("script_written_links")


@signal(
    "page", "seen", needs="obfuscated_scripts", unit="share", direction=1, in_model=False,
    sentence="{value} of its pages hold scripts that hide what they do", source=_HACKED,
)  # fmt: skip
def seen_obfuscated() -> pl.Expr:
    return (pl.col("obfuscated_scripts") > 0).cast(pl.Float64).mean()


@signal(
    "page", "seen", needs="second_script_share", unit="share", direction=0, in_model=False,
    sentence="{value} of the letters on its pages are of a second script", source="injected blocks in a foreign script",
)  # fmt: skip
def seen_second_script() -> pl.Expr:
    return _mean("second_script_share")


@signal(
    "page", "seen", needs="redirect_elsewhere", unit="share", direction=1, in_model=False,
    sentence="{value} of its pages send every visitor to another site", source="Google spam policies: sneaky redirects",
)  # fmt: skip
def seen_redirects() -> pl.Expr:
    return _mean("redirect_elsewhere")


@signal(
    "page", "seen", needs="canonical_elsewhere", unit="share", direction=0, in_model=False,
    sentence="{value} of its pages name a page of another site as their original", source="RFC 6596",
)  # fmt: skip
def seen_canonical_elsewhere() -> pl.Expr:
    return _mean("canonical_elsewhere")


# ------------------------------------------------------------------------------------------------ kind of page


@signal(
    "page", "seen", needs="marks", unit="share", direction=1, in_model=False,
    sentence="{value} of its pages are parked or offer the domain for sale", source=_KIND,
)  # fmt: skip
def seen_parked() -> pl.Expr:
    return (
        (pl.col("marks").list.contains("parked") | pl.col("marks").list.contains("for sale"))
        .cast(pl.Float64)
        .mean()
    )


@signal(
    "page", "seen", needs="marks", unit="share", direction=0, in_model=False,
    sentence="{value} of its pages say that nothing is there, though they answer as if", source="soft 404",
)  # fmt: skip
def seen_not_found() -> pl.Expr:
    return _marked("not found")


@signal(
    "page", "seen", needs="marks", unit="share", direction=1, in_model=False,
    sentence="{value} of its pages are a directory or a list of links", source=_KIND,
)  # fmt: skip
def seen_directory() -> pl.Expr:
    return _marked("link directory")


@signal(
    "page", "seen", needs="marks", unit="share", direction=1, in_model=False,
    sentence="{value} of its pages offer guest posts or links for money", source="Google spam policies: link spam",
)  # fmt: skip
def seen_guest_posts() -> pl.Expr:
    return _marked("guest post offer")


@signal(
    "page", "seen", needs="comment_form", unit="share", direction=0, in_model=False,
    sentence="{value} of its pages take comments", source=_KIND,
)  # fmt: skip
def seen_comment_form() -> pl.Expr:
    return _mean("comment_form")


@signal(
    "page", "seen", needs="noindex", unit="share", direction=0, in_model=False,
    sentence="{value} of its pages ask search engines to leave them out", source="Google: robots meta element",
)  # fmt: skip
def seen_noindex() -> pl.Expr:
    return _mean("noindex")


@signal(
    "page", "seen", needs="has_contact", unit="share", direction=-1, in_model=False,
    sentence="{value} of its pages lead to a contact, imprint or privacy page", source=_CARE,
)  # fmt: skip
def seen_contact() -> pl.Expr:
    return _mean("has_contact")


@signal(
    "page", "seen", needs="has_icon", unit="share", direction=-1, in_model=False,
    sentence="{value} of its pages have an icon", source=_CARE,
)  # fmt: skip
def seen_icon() -> pl.Expr:
    return _mean("has_icon")


@signal(
    "page", "seen", needs="ad_scripts", unit="log1p count", direction=0, in_model=False,
    sentence="a page loads {value} advertisements", source="ad density",
)  # fmt: skip
def seen_ads() -> pl.Expr:
    return _log_max("ad_scripts")


@signal(
    "page", "seen", needs="template", unit="log1p count", direction=0, in_model=False,
    sentence="the pages of {value} other domains of this profile are made by the same template", source=_NETWORK,
)  # fmt: skip
def seen_same_template() -> pl.Expr:
    return _log_max("template_sharing")


@signal(
    "page", "seen", needs="identifiers", unit="log1p count", direction=0, in_model=False,
    sentence="{value} other domains of this profile carry the same analytics or advertising account", source=_NETWORK,
)  # fmt: skip
def seen_same_account() -> pl.Expr:
    return _log_max("account_sharing")


# ------------------------------------------------------------------------------------------------ the link


@signal(
    "page", "seen", needs="target_links", unit="share", direction=0, in_model=False,
    sentence="{value} of its pages that were read still link to the site", source=_TARGET,
)  # fmt: skip
def seen_linked_share() -> pl.Expr:
    return (pl.col("target_count") > 0).cast(pl.Float64).mean()


@signal(
    "page", "seen", needs="target_links", unit="share", direction=1, in_model=False,
    sentence="{value} of its links to the site are hidden from readers", source=_TARGET,
)  # fmt: skip
def seen_target_hidden() -> pl.Expr:
    return _of_targets("target_hidden")


@signal(
    "page", "seen", needs="target_links", unit="share", direction=-1, in_model=False,
    sentence="{value} of its links to the site stand in the content of a page", source=_TARGET,
)  # fmt: skip
def seen_target_in_content() -> pl.Expr:
    return _of_targets("target_in_content")


@signal(
    "page", "seen", needs="target_links", unit="share", direction=1, in_model=False,
    sentence="{value} of its links to the site stand in comments", source=_TARGET,
)  # fmt: skip
def seen_target_in_comment() -> pl.Expr:
    return _of_targets("target_in_comment")


@signal(
    "page", "seen", needs="target_links", unit="share", direction=0, in_model=False,
    sentence="{value} of its links to the site pass no credit, as their pages say", source=_TARGET,
)  # fmt: skip
def seen_target_qualified() -> pl.Expr:
    return _of_targets("target_qualified")
