"""Page signals that an export tells: what the linking pages look like without fetching them.

Stages: ``peak`` and ``link`` (see ``facts``), ``title`` (distinct page titles of a domain, ``n`` links each, with the facts of
``text.text_facts``) and ``page`` (a sample of its page URLs, with the columns of ``pages.page_facts``).
"""

from __future__ import annotations

import polars as pl

from detector.signals.registry import signal
from detector.signals.text import mean_of_links, mean_text_score, share_of_links

_FORM = "how texts are written, see signals/form.py"
_OUTBOUND = "Becchetti et al. 2008; Semrush: external links"


@signal(
    "page", "link", needs="external_links", unit="log1p count", direction=0,
    sentence="its pages hold {value} links to other sites", source=_OUTBOUND,
)  # fmt: skip
def page_external_links() -> pl.Expr:
    return pl.col("external_log").cast(pl.Float64).mean()


@signal(
    "page", "peak", needs="external_links", unit="log1p count", direction=1,
    sentence="one of its pages holds {value} links to other sites", source=_OUTBOUND,
)  # fmt: skip
def page_external_links_max() -> pl.Expr:
    return pl.col("external_links").cast(pl.Float64).log1p()


@signal(
    "page", "link", needs="internal_links", unit="log1p count", direction=0,
    sentence="its pages hold {value} links within its own site", source="Semrush: internal links",
)  # fmt: skip
def page_internal_links() -> pl.Expr:
    return pl.col("internal_log").cast(pl.Float64).mean()


@signal(
    "page", "link", needs="external_links internal_links", unit="share", direction=1,
    sentence="{value} of the links on its pages leave its site", source=_OUTBOUND,
)  # fmt: skip
def page_external_share() -> pl.Expr:
    return pl.col("external_share").cast(pl.Float64).mean()


@signal(
    "page", "link", needs="linked_domains", unit="log1p count", direction=1,
    sentence="its pages link to {value} different domains", source="Ahrefs: linked domains",
)  # fmt: skip
def page_linked_domains() -> pl.Expr:
    return pl.col("linked_log").cast(pl.Float64).mean()


@signal(
    "page", "peak", needs="page_traffic", unit="log1p count", direction=-1,
    sentence="its linking pages get {value} search visits a month", source="Ahrefs: page traffic",
)  # fmt: skip
def page_traffic() -> pl.Expr:
    return pl.col("page_traffic").cast(pl.Float64).log1p()


@signal(
    "page", "peak", needs="keywords", unit="log1p count", direction=-1,
    sentence="its linking pages rank for {value} search phrases", source="Ahrefs: keywords",
)  # fmt: skip
def page_keywords() -> pl.Expr:
    return pl.col("keywords").cast(pl.Float64).log1p()


@signal(
    "page", "title", needs="source_title", unit="share", direction=1,
    sentence="{value} of its page titles hold words of a spam trade", source="Google spam policies",
)  # fmt: skip
def title_trade_share() -> pl.Expr:
    return share_of_links(pl.col("trade"))


@signal(
    "page", "title", needs="source_title", unit="share", direction=1,
    sentence="{value} of its page titles are about links, domains or rankings", source="link-seller and rank pages",
)  # fmt: skip
def title_seller_share() -> pl.Expr:
    return share_of_links(pl.col("seller"))


@signal(
    "page", "title", needs="source_title", unit="share", direction=0,
    sentence="{value} of its page titles name the site by its address", source="site-report scrapers",
)  # fmt: skip
def title_names_site_share() -> pl.Expr:
    return share_of_links(pl.col("is_own_address"))


@signal(
    "page", "title", needs="source_title", unit="share", direction=0,
    sentence="{value} of its page titles are an address themselves", source="site-report scrapers",
)  # fmt: skip
def title_address_share() -> pl.Expr:
    return share_of_links(pl.col("is_address"))


@signal(
    "page", "title", needs="source_title", unit="share", direction=0,
    sentence="{value} of its linking pages have no title", source="Semrush: source title",
)  # fmt: skip
def title_missing_share() -> pl.Expr:
    return share_of_links(pl.col("text") == "")


@signal(
    "page", "title", needs="source_title", unit="characters", direction=0,
    sentence="its page titles are {value} long", source="Ntoulas et al. 2006: words in the title",
)  # fmt: skip
def title_length() -> pl.Expr:
    return mean_of_links(pl.col("length"))


@signal(
    "page", "title", needs="source_title", unit="share", direction=1,
    sentence="{value} of its page titles are spelt to fool filters or hold emoji", source="obfuscated spam",
)  # fmt: skip
def title_odd_share() -> pl.Expr:
    return share_of_links(pl.col("obfuscated") | pl.col("emoji"))


@signal(
    "page", "title", needs="source_title", unit="log1p count", direction=1,
    sentence="{value} other domains of this profile fill one title template",
    source="template-made pages: the title with numbers and the site's name taken out",
)  # fmt: skip
def title_template_domains() -> pl.Expr:
    templated = pl.col("words") >= 3
    return pl.when(templated).then(pl.col("template_domains") - 1).otherwise(0).max().cast(pl.Float64).log1p()


@signal(
    "page", "title", needs="source_title", unit="share", direction=1,
    sentence="{value} of its page titles are in a script that is rare in this profile", source="pages that were broken into",
)  # fmt: skip
def title_foreign_share() -> pl.Expr:
    return share_of_links(pl.col("rare_script"))


@signal(
    "page", "title", needs="source_title", unit="share", direction=0,
    sentence="{value} of the letters of its page titles are capitals", source=_FORM,
)  # fmt: skip
def title_capital_share() -> pl.Expr:
    return mean_of_links(pl.col("capitals"))


@signal(
    "page", "title", needs="source_title", unit="share", direction=0,
    sentence="{value} of the words of its page titles begin with a capital", source=_FORM,
)  # fmt: skip
def title_capitalised_share() -> pl.Expr:
    return mean_of_links(pl.col("capitalised"))


@signal(
    "page", "title", needs="source_title", unit="share", direction=0,
    sentence="{value} of the characters of its page titles are digits", source=_FORM,
)  # fmt: skip
def title_digit_share() -> pl.Expr:
    return mean_of_links(pl.col("digits"))


@signal(
    "page", "title", needs="source_title", unit="share", direction=0,
    sentence="{value} of the characters of its page titles are punctuation", source=_FORM,
)  # fmt: skip
def title_punctuation_share() -> pl.Expr:
    return mean_of_links(pl.col("marks"))


@signal(
    "page", "title", needs="source_title", unit="share", direction=0,
    sentence="{value} of its page titles set parts off by a bar", source=_FORM,
)  # fmt: skip
def title_bar_share() -> pl.Expr:
    return mean_of_links(pl.col("bar"))


@signal(
    "page", "title", needs="source_title", unit="share", direction=0,
    sentence="{value} of its page titles set parts off by a dash or colon", source=_FORM,
)  # fmt: skip
def title_dash_share() -> pl.Expr:
    return mean_of_links(pl.col("dash"))


@signal(
    "page", "title", needs="source_title", unit="letters", direction=0,
    sentence="the words of its page titles have {value} letters on average", source=_FORM,
)  # fmt: skip
def title_word_length() -> pl.Expr:
    return mean_of_links(pl.col("word_length"))


@signal(
    "page", "title", needs="source_title", unit="log odds", direction=1,
    sentence="the words of its page titles weigh {value} towards spam", source="text model trained here, see docs/text-model.md",
)  # fmt: skip
def title_words() -> pl.Expr:
    return mean_text_score(pl.col("n"))


@signal(
    "page", "title", needs="source_title", unit="log odds", direction=1,
    sentence="the words of one of its page titles weigh {value} towards spam",
    source="text model trained here, see docs/text-model.md",
)  # fmt: skip
def title_words_max() -> pl.Expr:
    return pl.col("text_score").max()


@signal(
    "page", "page", needs="source_url", unit="share", direction=0,
    sentence="{value} of its linking pages are its home page", source="home-page-only links",
)  # fmt: skip
def page_home_share() -> pl.Expr:
    return pl.col("is_home").cast(pl.Float64).mean()


@signal(
    "page", "page", needs="source_url", unit="levels", direction=0,
    sentence="its linking pages lie at depth {value} of its site", source="URL depth",
)  # fmt: skip
def page_depth() -> pl.Expr:
    return pl.col("depth").cast(pl.Float64).mean()


@signal(
    "page", "page", needs="source_url", unit="characters", direction=0,
    sentence="its page addresses are {value} long", source="URL length",
)  # fmt: skip
def page_url_length() -> pl.Expr:
    return pl.col("path_length").cast(pl.Float64).mean()


@signal(
    "page", "page", needs="source_url", unit="share", direction=0, in_model=False,
    sentence="{value} of its page addresses carry a query", source="generated pages",
)  # fmt: skip
def page_query_share() -> pl.Expr:
    return pl.col("has_query").cast(pl.Float64).mean()


@signal(
    "page", "page", needs="source_url", unit="share", direction=0,
    sentence="{value} of the characters of its page addresses are digits", source="generated pages",
)  # fmt: skip
def page_digit_share() -> pl.Expr:
    return pl.col("digit_share").mean()


@signal(
    "page", "page", needs="source_url", unit="share", direction=1,
    sentence="{value} of its page addresses name the site by its address", source="site-report and redirect scrapers",
)  # fmt: skip
def page_names_site_share() -> pl.Expr:
    return pl.col("names_site").cast(pl.Float64).mean()


@signal(
    "page", "page", needs="source_url", unit="share", direction=1, in_model=False,
    sentence="{value} of its page addresses look like a link list, profile or redirect", source="link lists, profile spam",
)  # fmt: skip
def page_listing_share() -> pl.Expr:
    return pl.col("is_listing").cast(pl.Float64).mean()


@signal(
    "page", "page", needs="source_url", unit="share", direction=0,
    sentence="{value} of its page addresses end in .html", source="files that a program writes by the thousand",
)  # fmt: skip
def page_html_share() -> pl.Expr:
    return pl.col("is_html").cast(pl.Float64).mean()


@signal(
    "page", "page", needs="source_url", unit="share", direction=0,
    sentence="{value} of its linking pages lie on a sub-domain", source="sub-domains that a program makes by the thousand",
)  # fmt: skip
def page_subdomain_share() -> pl.Expr:
    return pl.col("is_subdomain").cast(pl.Float64).mean()


@signal(
    "page", "page", needs="source_url", unit="share", direction=1,
    sentence="{value} of its page addresses hold words of a spam trade or of link sellers", source="Google spam policies",
)  # fmt: skip
def page_trade_share() -> pl.Expr:
    return pl.col("trade").cast(pl.Float64).mean()


@signal(
    "page", "page", needs="source_url", unit="log odds", direction=1,
    sentence="the words of its page addresses weigh {value} towards spam",
    source="text model trained here, see docs/text-model.md",
)  # fmt: skip
def page_words() -> pl.Expr:
    return mean_text_score(pl.lit(1))


@signal(
    "page", "page", needs="source_url", unit="log1p count", direction=1,
    sentence="{value} other domains of this profile have pages whose addresses follow the same pattern", source="path skeleton of link farms",
)  # fmt: skip
def page_path_domains() -> pl.Expr:
    return (pl.col("skeleton_domains") - 1).max().cast(pl.Float64).log1p()
