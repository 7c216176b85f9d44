"""The links of an audit, counted for the disavow file: by host, by page, and how strong their domains are.

Everything is counted the careful way round: a link of which no export says that it is nofollow, ugc or sponsored
counts as followed (and as ``untold``), one of which none says that it is gone counts as live. So the counts are
what a line takes away at most.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Final

import polars as pl

from detector.disavow.budget import UNTOLD
from detector.disavow.rules import url_rule
from detector.signals.facts import is_dead, is_qualified

_IS_LINK = pl.col("record_type") == "link"
_PASSES = ~pl.col("qualified").fill_null(value=False)
_LIVES = ~pl.col("dead").fill_null(value=False)

#: What is counted of links (Int64): all; those that may be followed, and of these such of which no export says
#: so; those that may still stand; those that may be both, and so pass ranking credit, and of these the untold.
COUNTS: Final[dict[str, pl.Expr]] = {
    name: condition.sum().cast(pl.Int64)
    for name, condition in {
        "links": _IS_LINK,
        "followed_links": _IS_LINK & _PASSES,
        "untold_links": _IS_LINK & _PASSES & pl.col("qualified").is_null(),
        "live_links": _IS_LINK & _LIVES,
        "passing_links": _IS_LINK & _PASSES & _LIVES,
        "passing_untold": _IS_LINK & _PASSES & _LIVES & pl.col("qualified").is_null(),
    }.items()
}

#: Ranking credit that links pass, in links (see ``budget``), of the counts.
CREDIT: Final = pl.col("passing_links") - (1 - UNTOLD) * pl.col("passing_untold")

#: The domain ratings that tools give: metric -> (name of it, end of its scale). Ratings of different tools are
#: never mixed.
RATINGS: Final[dict[str, tuple[str, int]]] = {
    "ahrefs_dr": ("Ahrefs DR", 100),
    "semrush_ascore": ("Semrush AS", 100),
    "moz_da": ("Moz DA", 100),
    "majestic_tf": ("Majestic TF", 100),
    "seranking_domain_inlink_rank": ("SE Ranking DIR", 100),
    "spyglass_domain_inlink_rank": ("SpyGlass DIR", 100),
    "dataforseo_rank_0_1000": ("DataForSEO rank", 1000),
    "ubersuggest_da": ("Ubersuggest DA", 100),
}


#: Of a plain name in ASCII, a path behind it left out, the last two labels: all that a rule on a name can cover has
#: the same ones. Null for a name that is spelled otherwise.
ZONE: Final = r"^(?:[a-z0-9_-]+\.)*([a-z0-9_-]+\.[a-z0-9_-]+)(?:/.*)?$"


class Profile:
    """The links of one profile.

    Args:
        links: what an audit keeps (``LINK_SCHEMA``); the columns ``record_type, source_url, source_host,
            referring_domain, rel_nofollow, rel_ugc, rel_sponsored, lost, http_status`` are used, and for ratings
            ``domain_authority, domain_authority_metric, trust_flow, other_scores``.
    """

    def __init__(self, links: pl.LazyFrame) -> None:
        self._pages: dict[frozenset[str], pl.DataFrame] = {}
        self._links = links.filter(pl.col("referring_domain").is_not_null()).with_columns(
            qualified=is_qualified(),
            dead=is_dead(),
            host=pl.col("source_host").fill_null(pl.col("referring_domain").str.extract(r"^([^/]*)", 1)),
        )

    @cached_property
    def hosts(self) -> pl.DataFrame:
        """One row per host and referring domain (both String), with ``COUNTS``; sorted."""
        return _by_host(self._links)

    def hosts_near(self, names: Collection[str]) -> pl.DataFrame:
        """The rows of ``hosts`` that a rule on one of some names in ASCII could cover, and maybe others.

        To count these alone is many times faster than to count all.
        """
        if "hosts" in self.__dict__:
            return self.hosts
        zones = pl.Series(names, dtype=pl.String).str.extract(ZONE).drop_nulls().unique()
        units = (
            self._links.select(pl.col("referring_domain").unique()).collect(engine="streaming").to_series()
        )
        of_unit = units.str.extract(ZONE)
        near = units.filter(of_unit.is_null() | of_unit.is_in(zones.implode()))
        return _by_host(self._links.filter(pl.col("referring_domain").is_in(near.implode())))

    def pages(self, hosts: Collection[str]) -> pl.DataFrame:
        """The links of some hosts by page.

        Returns:
            One row per ``host, referring_domain, page`` (String) with ``example_url`` (a spelling of the page)
            and ``COUNTS``; ``page`` is the canonical URL, null where a link's page is unknown or no absolute http(s) URL.
            Sorted.
        """
        asked = frozenset(hosts)  # a plan and its losses ask for the same ones
        if asked not in self._pages:
            self._pages[asked] = self._by_page(asked)
        return self._pages[asked]

    def _by_page(self, hosts: frozenset[str]) -> pl.DataFrame:
        wanted = pl.Series(sorted(hosts), dtype=pl.String)
        by_url = (
            self._links.filter(_IS_LINK & pl.col("host").is_in(wanted.implode()))
            .group_by("host", "referring_domain", "source_url")
            .agg(**COUNTS)
            .collect(engine="streaming")
        )
        urls = by_url["source_url"].drop_nulls().unique()
        rules = [url_rule(url) for url in urls.to_list()]
        pages = pl.DataFrame(
            {"source_url": urls, "page": [rule.value if rule else None for rule in rules]},
            schema={"source_url": pl.String, "page": pl.String},
        )
        return (
            by_url.join(pages, on="source_url", how="left")
            .group_by("host", "referring_domain", "page")
            .agg(pl.col("source_url").min().alias("example_url"), *(pl.col(name).sum() for name in COUNTS))
            .sort("host", "referring_domain", "page")
        )

    @cached_property
    def ratings(self) -> pl.DataFrame:
        """The strongest rating of each referring domain by each tool that rates any of the profile.

        A path tenant (``medium.com/@x``) has none: tools rate its platform, which says nothing of the tenant.

        Returns:
            ``referring_domain`` and one Float64 column a metric, that which rates most domains first.
        """
        scores = ("domain_authority", "trust_flow", "other_scores")
        rated = pl.any_horizontal(pl.col(name).is_not_null() for name in scores)
        by_domain = (
            self._links.filter(rated & ~pl.col("referring_domain").str.contains("/", literal=True))
            .group_by("referring_domain")
            .agg(_rating(metric).max().alias(metric) for metric in RATINGS)
            .collect(engine="streaming")
        )
        known = {metric: by_domain[metric].count() for metric in RATINGS}
        order = sorted((metric for metric in RATINGS if known[metric]), key=lambda metric: -known[metric])
        return by_domain.select("referring_domain", *order).sort("referring_domain")


def _by_host(links: pl.LazyFrame) -> pl.DataFrame:
    counted = links.group_by("host", "referring_domain").agg(**COUNTS)
    return counted.collect(engine="streaming").sort("host", "referring_domain")


def _rating(metric: str) -> pl.Expr:
    """A record's rating of one tool: its own, or one that merging put among the other scores."""
    if metric == "majestic_tf":
        return pl.col("trust_flow")
    own = pl.when(pl.col("domain_authority_metric") == metric).then(pl.col("domain_authority"))
    told = rf"(?:^|\|)domain_authority:{metric}=([0-9.]+)"
    return pl.coalesce(own, pl.col("other_scores").str.extract(told, 1).cast(pl.Float64, strict=False))
