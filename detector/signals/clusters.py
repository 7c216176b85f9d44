"""Which referring domains of one profile belong together, and what holds them together.

A *trace* is something that two unrelated sites seldom have in common. Four kinds are strong, rare by what they are:
an anchor template, a title template, the skeleton of a page's path, a name in series. Four are weak, and say something only
where they pile up: first seen within one window, one network, one exact number of outbound links, one suffix.

A domain belongs to the cluster of a strong trace when it shares with at least four others *both* that trace and one more of
another kind, and so many of the trace's domains share the second that chance does not explain it: with ``n`` domains
of which ``k`` share a second trace that unrelated domains have at the rate ``p``, the likelihood ratio

    (k - 1) ln(f / p) + (n - k) ln((1 - f) / (1 - p)),    f = k / n

is at least ``SURPRISE`` (Dunning 1993; one of the ``k`` is not counted, since it is what named the trace) and ``f`` at least
``LIFT`` times ``p``. All domains of a cluster share one trace, so clusters cannot chain; a domain that several would take goes to
the largest.

The rate is not the whole profile's, which may be 95 % spam: it is the share among its domains *without* any strong trace, drawn
towards the whole profile's only where these are few, and never below what is usual. What many honest sites have (home pages, the
site's own name, ``/2026/05/...``, ``/blog/...``, ``404 not found``) is no trace at all.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from detector.signals.name import CHEAP_SUFFIXES
from detector.signals.registry import signal
from detector.signals.site import Site
from detector.signals.traces import (
    LEAST,
    STRONG_RATE,
    TRACES,
    WINDOW,
    strong_traces,
    weak_traces,
)

#: A second trace must be so many times as common in the group as among unrelated domains, however large the group.
LIFT: Final = 2.0
#: How surprising a shared second trace must be: a million to one, as a natural logarithm.
SURPRISE: Final = 13.8


@dataclass(frozen=True)
class Clusters:
    """The clusters of a profile.

    Attributes:
        domains: a row a domain that is in one: ``place, cluster`` (UInt32), ``cluster_size``, ``cluster_held_by`` (how many kinds of trace hold
            this domain), ``cluster_days``, ``cluster_marked`` (others that bear ``MARKS``, all Int64), ``cluster_links_out`` (Float64, log1p: median of
            the group) and ``cluster_told`` (String, what it is one of).
        table: a row a cluster, the largest first: ``cluster`` (UInt32, from 1), ``domains``, ``links`` (Int64), ``first_seen, last_first_seen``
            (Date: first and last appearance), ``days`` (the shortest time in which three quarters of them appeared), ``marked`` (how many bear two
            of ``MARKS``, both Int64), ``traces`` (List of Struct: ``kind, told, value`` String, ``domains`` Int64), the one that all share first.
    """

    domains: pl.DataFrame
    table: pl.DataFrame


def find_clusters(
    table: pl.DataFrame, anchors: pl.DataFrame, titles: pl.DataFrame, pages: pl.DataFrame, site: Site
) -> Clusters:
    """Find the clusters of one profile.

    Args:
        table: a row a domain: ``place`` (UInt32), ``links``, ``first_seen``, ``ip``, ``stem``, ``suffix``, ``kind``,
            ``page_external_links_max`` and the authority metrics.
        anchors, titles, pages: as ``compute`` makes them, by ``place``, with their ``template`` or ``skeleton``.
        site: the audited site.
    """
    strong = strong_traces(table, anchors, titles, pages, site)
    weak = weak_traces(table, strong)
    shared = _shared(strong, weak)
    members = _members(shared)
    numbered = _numbered(members, table)
    told = _traces(
        numbered,
        shared,
        pl.concat([strong.select("key", "kind", "text"), weak.select("key", "kind", "text")]),
    )
    return _described(numbered, told, table)


def _shared(strong: pl.DataFrame, weak: pl.DataFrame) -> pl.DataFrame:
    """``place, owner, key, kind, second, second_kind``: who shares a strong trace and a second that chance does not explain."""
    named = pl.col("place"), pl.col("key").alias("second"), pl.col("kind").alias("second_kind")
    seconds = pl.concat(
        [
            strong.select(
                *named, rate=pl.lit(STRONG_RATE), second_words="words", second_is_article="is_article"
            ),
            weak.select(
                *named, "rate", second_words=pl.lit(None, pl.UInt64), second_is_article=pl.lit(False)
            ),
        ]
    )
    one_text = (pl.col("words") == pl.col("second_words")).fill_null(False) | (
        pl.col("is_article") & pl.col("second_is_article")
    )
    # what is syndicated appears everywhere at once, by whoever it is written
    published = (pl.col("kind") == "title") & (pl.col("second_kind") == "window")
    pairs = (
        strong.lazy()
        .join(seconds.lazy(), on="place")
        .filter((pl.col("kind") != pl.col("second_kind")) & ~one_text & ~published)
        .select("place", "owner", "key", "kind", "of_key", "second", "second_kind", "rate")
        .collect()
    )
    telling = (
        pairs.group_by("key", "second")
        .agg(pl.col("of_key", "rate").first(), both=pl.col("owner").n_unique())
        .filter((pl.col("both") >= LEAST) & _surprising())
    )
    return pairs.join(telling.select("key", "second"), on=["key", "second"], how="semi")


def _surprising() -> pl.Expr:
    n, k, p = pl.col("of_key").cast(pl.Float64), pl.col("both").cast(pl.Float64), pl.col("rate")
    f = k / n
    others = (n - k) * ((1 - f).clip(1e-12) / (1 - p)).log()
    return (f >= LIFT * p) & ((k - 1) * (f / p).log() + others >= SURPRISE)


def _members(shared: pl.DataFrame) -> pl.DataFrame:
    """``place, key, kind, held_by``: the cluster of each domain, the largest that it may be in."""
    of_domain = shared.group_by("place", "key").agg(
        pl.col("kind", "owner").first(), held_by=1 + pl.col("second_kind").n_unique().cast(pl.Int64)
    )
    chosen = (
        of_domain.with_columns(size=pl.len().over("key"))
        .sort("size", "held_by", "kind", "key", descending=[True, True, False, False])
        .unique("place", keep="first", maintain_order=True)
    )
    return chosen.filter(pl.col("owner").n_unique().over("key") >= LEAST).drop("size", "owner")


def _numbered(members: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    """The members with ``cluster``, their number: the largest is 1; of equals, that of the first domain by name."""
    named = members.join(table.select("place", name="stem"), on="place")
    order = (
        named.group_by("key")
        .agg(size=pl.len(), first=pl.col("name").min())
        .sort("size", "first", "key", descending=[True, False, False])
        .with_row_index("cluster", offset=1)
    )
    return members.join(order.select("key", "cluster"), on="key")


_TRACE: Final = pl.Struct({"kind": pl.String, "told": pl.String, "value": pl.String, "domains": pl.Int64})


def _traces(members: pl.DataFrame, shared: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """``cluster`` and ``traces``: of each kind the value that most of its domains have, the trace that all have first."""
    first = (
        members.select("cluster", "key", "kind", rank=pl.lit(0))
        .group_by("cluster", "key", "kind", "rank")
        .len("domains")
    )
    second = (
        shared.join(members.select("place", "key", "cluster"), on=["place", "key"])
        .group_by("cluster", key="second", kind="second_kind")
        .agg(domains=pl.len())
        .sort("cluster", "domains", "key", descending=[False, True, False])
        .unique(["cluster", "kind"], keep="first", maintain_order=True)
        .with_columns(rank=pl.lit(1))
    )
    every = pl.concat([first, second.select(first.columns)]).join(
        named.unique("key", keep="any"), on=["key", "kind"]
    )
    value = pl.col("text").str.strip_chars(" ")
    shown = (
        pl.when(pl.col("kind") == "network").then(value + ".*")
        .when(pl.col("kind") == "suffix").then("." + value)
        .when(pl.col("kind") == "window").then(_shown_window())
        .otherwise(value)
    )  # fmt: skip
    told = (
        pl.col("kind")
        .cast(pl.String)
        .replace_strict({kind: trace.told for kind, trace in TRACES.items()}, return_dtype=pl.String)
    )
    return (
        every.sort("cluster", "rank", "domains", "kind", descending=[False, False, True, False])
        .select("cluster", trace=pl.struct(kind=pl.col("kind").cast(pl.String), told=told, value=shown, domains=pl.col("domains").cast(pl.Int64)))
        .group_by("cluster", maintain_order=True)
        .agg(traces="trace")
    )  # fmt: skip


def _shown_window() -> pl.Expr:
    """The first day of a window, in days since 1970 -> ``2026-01-05 to 2026-02-13``."""
    start = pl.when(pl.col("kind") == "window").then("text").cast(pl.Int32, strict=False)
    return start.cast(pl.Date).cast(pl.String) + " to " + (start + WINDOW - 1).cast(pl.Date).cast(pl.String)


# ------------------------------------------------------------------------------------------------ facts of a cluster


def _described(members: pl.DataFrame, traces: pl.DataFrame, table: pl.DataFrame) -> Clusters:
    facts = table.select("place", "links", "first_seen", out="page_external_links_max", own_mark=_marked())
    members = members.join(facts, on="place")
    day = pl.col("first_seen")
    whole = (
        members.group_by("cluster")
        .agg(
            domains=pl.len().cast(pl.Int64),
            links=pl.col("links").sum().cast(pl.Int64),
            first_seen=day.min(),
            last_first_seen=day.max(),
            days=_shortest(day),
            marked=pl.col("own_mark").sum().cast(pl.Int64),
            links_out=pl.col("out").median(),
        )
        .join(traces, on="cluster")
        .sort("cluster")
    )
    told = [_told(row) for row in whole.iter_rows(named=True)]
    whole = whole.with_columns(told=pl.Series(told, dtype=pl.String))
    of_cluster = whole.select("cluster", "domains", "days", "marked", "links_out", "told")
    domains = members.select("place", "cluster", "held_by", "own_mark").join(of_cluster, on="cluster")
    return Clusters(
        domains.select(
            "place", "cluster", cluster_size="domains", cluster_held_by="held_by", cluster_days="days",
            cluster_marked=pl.col("marked") - pl.col("own_mark").cast(pl.Int64), cluster_links_out="links_out", cluster_told="told",
        ),
        whole.drop("links_out", "told"),
    )  # fmt: skip


#: Marks that a domain itself bears, whatever it shares with others; two of them make it one that looks made for links.
MARKS: Final[dict[str, pl.Expr]] = {
    "authority below 10": pl.max_horizontal(
        "authority_ahrefs_dr", "authority_semrush_as", "authority_moz_da", "authority_trust_flow"
    ) < 10,
    "a page with 100 links to other sites": pl.col("page_external_links_max") >= math.log1p(100),
    "a suffix that costs nothing": pl.col("suffix").str.extract(r"([^.]+)$", 1).is_in(CHEAP_SUFFIXES),
    "words of spam trades or link sellers": pl.max_horizontal(
        "anchor_trade_share", "anchor_seller_share", "anchor_contact_share", "title_trade_share", "title_seller_share"
    ) > 0,
}  # fmt: skip


def _marked() -> pl.Expr:
    return pl.sum_horizontal(mark.fill_null(False).cast(pl.Int64) for mark in MARKS.values()) >= 2


def _shortest(day: pl.Expr) -> pl.Expr:
    """The shortest time, in days, in which three quarters of the dates lie; null without dates."""
    known = day.drop_nulls().cast(pl.Int32).sort()
    most = (known.len().cast(pl.Float64) * 0.75).ceil().cast(pl.Int64)
    return pl.when(known.len() > 0).then((known.shift(-(most - 1)) - known).min().cast(pl.Int64) + 1)


#: How many characters of a template are quoted.
_QUOTED: Final = 80
_BARE: Final = ("window", "network", "outbound", "suffix")


def _told(cluster: Mapping[str, Any]) -> str:
    """``it is one of 212 domains that share the anchor template "...", of which 180 also share the path pattern "/x/0" and 26 the suffix .top``."""
    common: list[str] = []
    others: list[str] = []
    for trace in cluster["traces"]:
        value = trace["value"] if trace["kind"] in _BARE else f'"{trace["value"][:_QUOTED]}"'
        if trace["domains"] == cluster["domains"]:
            common.append(f"{trace['told']} {value}")
        else:
            verb = "" if others else "also share " if common else "share "
            others.append(f"{trace['domains']:,} {verb}{trace['told']} {value}")
    said = [f"that share {' and '.join(common)}"] if common else []
    if others:
        said.append(f"of which {' and '.join(filter(None, (', '.join(others[:-1]), others[-1])))}")
    return f"it is one of {cluster['domains']:,} domains {', '.join(said)}"


# ------------------------------------------------------------------------------------------------ signals

_FOOTPRINT: Final = "PBN and negative-SEO footprints (LRT, SEO SpyGlass); likelihood ratio: Dunning 1993"


def _known(value: pl.Expr) -> pl.Expr:
    """A value that is null where too little is known of a domain for a cluster to be seen: one kind of trace is not two."""
    texts = pl.col("anchor_distinct", "title_missing_share", "page_depth").is_not_null()
    others = pl.col("first_seen", "ip", "page_external_links_max").is_not_null()
    seen = pl.sum_horizontal(texts)
    return pl.when((seen > 0) & (seen + pl.sum_horizontal(others) > 1)).then(value)


@signal(
    "cluster", "domain", needs="anchor source_title source_url first_seen", unit="log1p count", direction=0,
    sentence="it is one of a group with {value} others that share traces which unrelated sites seldom share", source=_FOOTPRINT,
    quotes="cluster_told",
)  # fmt: skip
def cluster_domains() -> pl.Expr:
    return _known((pl.col("cluster_size") - 1).fill_null(0).cast(pl.Float64).log1p())


@signal(
    "cluster", "domain", needs="anchor source_title source_url first_seen", unit="count", direction=0,
    sentence="{value} independent traces tie it to its group", source=_FOOTPRINT,
)  # fmt: skip
def cluster_traces() -> pl.Expr:
    return _known(pl.col("cluster_held_by").fill_null(0).cast(pl.Float64))


@signal(
    "cluster", "domain", needs="first_seen", unit="days", direction=0,
    sentence="three quarters of its group appeared within {value}", source="negative-SEO waves; link velocity",
)  # fmt: skip
def cluster_window_days() -> pl.Expr:
    return pl.col("cluster_days").cast(pl.Float64)


@signal(
    "cluster", "domain", needs="anchor source_title source_url first_seen", unit="log1p count", direction=1,
    sentence="{value} others of its group look made for links themselves", source="purity of a group: two of clusters.MARKS",
)  # fmt: skip
def cluster_marked_domains() -> pl.Expr:
    return _known(pl.col("cluster_marked").fill_null(0).cast(pl.Float64).log1p())


@signal(
    "cluster", "domain", needs="external_links", unit="log1p count", direction=1,
    sentence="half of its group have pages with {value} links to other sites or more", source="outbound links, of a group",
)  # fmt: skip
def cluster_outbound() -> pl.Expr:
    return pl.col("cluster_links_out")
