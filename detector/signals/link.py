"""Link signals: how the links are set, where on the page, and whether they still stand.

Stage ``link``: an aggregation over the links of one referring domain (columns of ``facts.ROW_FACTS``).
"""

from __future__ import annotations

import polars as pl

from detector.signals.registry import signal

_QUALIFY = "Google: qualify your outbound links (nofollow, ugc, sponsored)"


def _share(flag: pl.Expr) -> pl.Expr:
    """Share among the links whose flag is known; null where none is."""
    return flag.cast(pl.Float64).mean()


def _distinct(column: str) -> pl.Expr:
    """Distinct values; null is none."""
    return pl.col(column).n_unique().cast(pl.Int64) - pl.col(column).is_null().any().cast(pl.Int64)


@signal(
    "link", "domain", needs="source_url", unit="log1p count", direction=0,
    sentence="it sends {value} links", source="profile size",
)  # fmt: skip
def links_log() -> pl.Expr:
    return pl.col("links").cast(pl.Float64).replace(0.0, None).log1p()


@signal(
    "link", "peak", needs="backlinks", unit="log1p count", direction=0, in_model=False,
    sentence="one row of the export stands for {value} links", source="Ahrefs: links in group; GSC: linking pages",
)  # fmt: skip
def links_in_group() -> pl.Expr:
    return pl.col("backlinks").cast(pl.Float64).log1p()


@signal(
    "link", "link", needs="source_url", unit="log1p count", direction=0,
    sentence="at least {value} of its pages link here", source="Majestic: backlinks against referring pages",
)  # fmt: skip
def link_pages() -> pl.Expr:
    return _distinct("page_hash").cast(pl.Float64).replace(0.0, None).log1p()


@signal(
    "link", "link", needs="target_url", unit="log1p count", direction=0,
    sentence="it links to at least {value} pages of the site", source="Majestic: target pages",
)  # fmt: skip
def link_targets() -> pl.Expr:
    return _distinct("target_hash").cast(pl.Float64).replace(0.0, None).log1p()


@signal(
    "link", "link", needs="target_url", unit="share", direction=0,
    sentence="{value} of its links lead below the home page", source="deep-link ratio (SEO SpyGlass)",
)  # fmt: skip
def link_deep_share() -> pl.Expr:
    return _share(pl.col("deep"))


@signal(
    "link", "link", needs="target_url", unit="share", direction=0,
    sentence="{value} of its links lead to an image or another file", source="image hotlinking scrapers",
)  # fmt: skip
def link_file_share() -> pl.Expr:
    return _share(pl.col("to_file"))


@signal(
    "link", "link", needs="rel_nofollow", unit="share", direction=0,
    sentence="{value} of its links are followed", source=_QUALIFY,
)  # fmt: skip
def link_followed_share() -> pl.Expr:
    return _share(~pl.col("qualified"))


@signal(
    "link", "link", needs="rel_ugc", unit="share", direction=0,
    sentence="{value} of its links are marked as user content", source=_QUALIFY,
)  # fmt: skip
def link_ugc_share() -> pl.Expr:
    return _share(pl.col("ugc"))


@signal(
    "link", "link", needs="rel_sponsored", unit="share", direction=0,
    sentence="{value} of its links are marked as sponsored", source=_QUALIFY,
)  # fmt: skip
def link_sponsored_share() -> pl.Expr:
    return _share(pl.col("sponsored"))


@signal(
    "link", "link", needs="is_image", unit="share", direction=0,
    sentence="{value} of its links are images", source="Ahrefs: link type",
)  # fmt: skip
def link_image_share() -> pl.Expr:
    return _share(pl.col("image"))


@signal(
    "link", "link", needs="link_type", unit="share", direction=0,
    sentence="{value} of its links are redirects or canonicals", source="redirected expired domains",
)  # fmt: skip
def link_redirect_share() -> pl.Expr:
    return _share(pl.col("redirect"))


@signal(
    "link", "link", needs="is_sitewide", unit="share", direction=0,
    sentence="{value} of its links stand on every page of its site", source="Semrush: sitewide links",
)  # fmt: skip
def link_sitewide_share() -> pl.Expr:
    return _share(pl.col("sitewide"))


@signal(
    "link", "link", needs="link_position", unit="share", direction=0,
    sentence="{value} of its links stand in a footer, sidebar or menu",
    source="Google spam policies: widely distributed links in footers or templates",
)  # fmt: skip
def link_boilerplate_share() -> pl.Expr:
    return _share(pl.col("boilerplate"))


@signal(
    "link", "link", needs="link_position", unit="share", direction=0,
    sentence="{value} of its links stand in the main text", source="Ahrefs: content links",
)  # fmt: skip
def link_content_share() -> pl.Expr:
    known = pl.col("in_content").is_not_null().any()
    return pl.when(known).then(_share(pl.col("in_content").fill_null(False)))


@signal(
    "link", "link", needs="lost", unit="share", direction=0,
    sentence="{value} of its links are lost", source="Ahrefs, Semrush: lost links",
)  # fmt: skip
def link_lost_share() -> pl.Expr:
    return _share(pl.col("lost"))


@signal(
    "link", "link", needs="is_new", unit="share", direction=0,
    sentence="{value} of its links are new to the tool", source="Semrush: new links",
)  # fmt: skip
def link_new_share() -> pl.Expr:
    return _share(pl.col("new"))


@signal(
    "link", "link", needs="http_status", unit="share", direction=0,
    sentence="{value} of its linking pages answered with an error", source="Ahrefs: referring page HTTP code",
)  # fmt: skip
def link_error_share() -> pl.Expr:
    return _share(pl.col("error"))


@signal(
    "link", "domain", needs="tool", unit="count", direction=0,
    sentence="{value} tools know it", source="coverage by tools", in_model=False,
)  # fmt: skip
def link_tools() -> pl.Expr:
    return pl.col("tools").list.len()
