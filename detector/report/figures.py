"""What the charts show, as numbers: links by the week they were first seen, waves, anchors by kind, authority.

Every figure tells three parts apart: what is proposed for the file, what a person should look at, and the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import polars as pl

#: part -> (its verdicts, how the page calls it); the order in which bars are stacked, from below.
PARTS: Final[dict[str, tuple[tuple[str, ...], str]]] = {
    "disavow": (("disavow",), "proposed for the file"),
    "review": (("review",), "to be looked at"),
    "rest": (("ignore", "keep"), "left alone"),
}

#: signal -> how the page calls the kind of anchor; the order in which they are shown.
ANCHOR_KINDS: Final[dict[str, str]] = {
    "anchor_brand_share": "the site’s name",
    "anchor_compound_share": "its name and other words",
    "anchor_url_share": "its address",
    "anchor_generic_share": "“here”, “read more”",
    "anchor_money_share": "other words",
    "anchor_empty_share": "no text (images)",
    "anchor_trade_share": "words of a spam trade",
    "anchor_seller_share": "offers of links",
}

#: signal -> (name of the rating, end of its scale). Ratings of different tools are never mixed.
RATINGS: Final[dict[str, tuple[str, int]]] = {
    "authority_ahrefs_dr": ("Ahrefs Domain Rating", 100),
    "authority_semrush_as": ("Semrush Authority Score", 100),
    "authority_moz_da": ("Moz Domain Authority", 100),
    "authority_trust_flow": ("Majestic Trust Flow", 100),
    "authority_dataforseo_rank": ("DataForSEO rank", 1000),
}

#: Columns of the signals that the figures read.
SIGNALS: Final = (*ANCHOR_KINDS, *RATINGS)

_WEEK = timedelta(weeks=1)
#: So many weeks are drawn; what was first seen earlier is told as a number.
MOST_WEEKS: Final = 104
#: A group is marked as a wave when the middle four fifths of its domains came within so many days, and it has so many.
_WAVE_DAYS, _WAVE_DOMAINS = 120, 10
_BANDS: Final = 10  # columns of the authority chart


@dataclass(frozen=True)
class Wave:
    """Groups whose domains came at one time: their numbers, how many domains, from when to when (weeks' Mondays)."""

    clusters: tuple[int, ...]
    domains: int
    first: date
    last: date


@dataclass(frozen=True)
class Weeks:
    """Links by the week (its Monday) in which they were first seen.

    Attributes:
        first: the first week.
        parts: part -> links of each week from it on.
        waves: what came in a wave within these weeks.
        earlier, later, undated: links first seen before and after these weeks, and those without a date.
    """

    first: date
    parts: dict[str, list[int]]
    waves: list[Wave]
    earlier: int
    later: int
    undated: int


@dataclass(frozen=True)
class AnchorKinds:
    """Share of links with each kind of anchor, 0 to 1, in the order of ``ANCHOR_KINDS``; None where a side has no links."""

    proposed: list[float] | None
    others: list[float] | None


@dataclass(frozen=True)
class Authority:
    """Domains by a tool's rating: ``parts`` has the number in each of ten equal bands of 0 to ``top``."""

    metric: str
    top: int
    parts: dict[str, list[int]]
    unrated: int


@dataclass(frozen=True)
class Figures:
    """All that is drawn; None where the exports do not tell."""

    weeks: Weeks | None
    anchors: AnchorKinds | None
    authority: Authority | None


def figures(table: pl.DataFrame, signals: pl.DataFrame, links: pl.LazyFrame) -> Figures:
    """Count what the charts show.

    Args:
        table: judged domains: ``referring_domain, verdict, links, first_seen, cluster``.
        signals: ``referring_domain`` and those of ``SIGNALS`` that there are.
        links: the links of the audit: ``record_type, referring_domain, first_seen``.
    """
    part = pl.coalesce(
        *(
            pl.when(pl.col("verdict").is_in(verdicts)).then(pl.lit(name))
            for name, (verdicts, _) in PARTS.items()
        ),
        pl.lit("rest"),
    )
    there = [name for name in SIGNALS if name in signals.columns]
    known = table.with_columns(part=part).join(
        signals.select("referring_domain", *there), on="referring_domain", how="left"
    )
    return Figures(weeks_of(known, links), anchors_of(known), authority_of(known))


def weeks_of(known: pl.DataFrame, links: pl.LazyFrame) -> Weeks | None:
    """The links by week; None where no link has a date."""
    counted = (
        links.filter(pl.col("record_type") == "link")
        .select("referring_domain", week=pl.col("first_seen").dt.truncate("1w"))
        .join(known.lazy().select("referring_domain", "part"), on="referring_domain")
        .group_by("week", "part")
        .agg(pl.len().cast(pl.Int64))
        .collect(engine="streaming")
    )
    dated = counted.filter(pl.col("week").is_not_null())
    if dated.is_empty():
        return None
    waves = _waves(known)
    first, number = _window(dated["week"].min(), dated["week"].max(), waves)  # type: ignore[arg-type]
    end = first + number * _WEEK
    inside = {(week, part): count for week, part, count in dated.select("week", "part", "len").iter_rows()}
    parts = {
        name: [inside.get((first + place * _WEEK, name), 0) for place in range(number)] for name in PARTS
    }

    def number_of(condition: pl.Expr) -> int:
        return int(counted.filter(condition)["len"].sum())

    return Weeks(
        first,
        parts,
        [wave for wave in waves if wave.last >= first and wave.first < end],
        earlier=number_of(pl.col("week") < first),
        later=number_of(pl.col("week") >= end),
        undated=number_of(pl.col("week").is_null()),
    )


def _window(first: date, last: date, waves: list[Wave]) -> tuple[date, int]:
    """First week, and how many: the newest ``MOST_WEEKS``, unless the largest wave is older; then two years around it."""
    if waves:
        newest = max(waves, key=lambda wave: wave.domains)
        if newest.first < last - (MOST_WEEKS - 1) * _WEEK:
            last = min(last, newest.first + MOST_WEEKS // 2 * _WEEK)
    first = max(first, last - (MOST_WEEKS - 1) * _WEEK)
    return first, (last - first) // _WEEK + 1


def _waves(known: pl.DataFrame) -> list[Wave]:
    """The waves, in time; groups that came at the same time are one."""
    day = pl.col("first_seen")
    grouped = (
        known.filter(pl.col("cluster").is_not_null() & day.is_not_null())
        .group_by("cluster")
        .agg(
            domains=pl.len(),
            kept=(pl.col("verdict") == "keep").sum(),
            first=day.quantile(0.1, "nearest").cast(pl.Date).dt.truncate("1w"),
            last=day.quantile(0.9, "nearest").cast(pl.Date).dt.truncate("1w"),
        )
        .filter(
            (pl.col("domains") >= _WAVE_DOMAINS)
            & (pl.col("kept") * 2 < pl.col("domains"))
            & (pl.col("last") - pl.col("first") <= timedelta(days=_WAVE_DAYS))
        )
        .sort("first", "cluster")
    )
    waves: list[Wave] = []
    for cluster, domains, first, last in grouped.select("cluster", "domains", "first", "last").iter_rows():
        before = waves[-1] if waves else None
        if before and first <= before.last:
            both = (*before.clusters, cluster)
            waves[-1] = Wave(both, before.domains + domains, before.first, max(before.last, last))
        else:
            waves.append(Wave((cluster,), domains, first, last))
    return waves


def anchors_of(known: pl.DataFrame) -> AnchorKinds | None:
    """How links are worded: in what is proposed, and in all else; None where no export tells anchors."""
    if not all(name in known.columns for name in ANCHOR_KINDS):
        return None
    told = known.filter(pl.col("anchor_empty_share").is_not_null() & (pl.col("links") > 0))
    sides = [
        _shares(told.filter(condition))
        for condition in (pl.col("part") == "disavow", pl.col("part") != "disavow")
    ]
    return AnchorKinds(*sides) if any(sides) else None


def _shares(side: pl.DataFrame) -> list[float] | None:
    links = int(side["links"].sum())
    if not links:
        return None
    sums = side.select((pl.col(name).fill_null(0.0) * pl.col("links")).sum() for name in ANCHOR_KINDS).row(0)
    return [float(total) / links for total in sums]


def metric_of(known: pl.DataFrame) -> str | None:
    """The rating that most domains have; None where none has any."""
    counts = {name: known[name].count() for name in RATINGS if name in known.columns}
    best = max(counts, key=lambda name: counts[name], default=None)
    return best if best and counts[best] else None


def authority_of(known: pl.DataFrame) -> Authority | None:
    """The domains by the rating that most of them have."""
    metric = metric_of(known)
    if metric is None:
        return None
    name, top = RATINGS[metric]
    band = (pl.col(metric) * _BANDS / top).floor().clip(0, _BANDS - 1).cast(pl.Int64)
    rated = known.filter(pl.col(metric).is_not_null()).group_by("part", band=band).len()
    found = {(part, place): count for part, place, count in rated.select("part", "band", "len").iter_rows()}
    parts = {part: [found.get((part, place), 0) for place in range(_BANDS)] for part in PARTS}
    return Authority(name, top, parts, known[metric].null_count())
