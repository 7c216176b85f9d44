"""What is proposed and why, and what it would cost: for somebody who knows no SEO.

Counts of what would be lost are the most that can be: a link of which no export says that it is nofollow counts as
followed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from detector.report.figures import RATINGS, metric_of

#: kind -> what it is, in plain words.
KIND_MEANING: Final = {
    "link seller": "Sites and pages that advertise links or search rankings for money.",
    "image scraper": "Sites that copy pictures by machine and link back to where they took them. Noise.",
    "negative-SEO wave": "Many new sites with the same wording that appeared within weeks: made by a machine, often by somebody who means harm.",
    "link farm": "Pages or whole groups of sites that exist to link to others, hundreds of links at a time.",
    "domain or rank list": "Lists of every domain there is, with made-up values. Noise.",
    "site-report scraper": "Pages that list facts about any site in the world, this one among them. Noise.",
    "comment or profile spam": "Links left in comments, forums and user profiles, for a trade that spams.",
    "repurposed domain or hacked page": "A site that was taken over, or broken into, to carry links of a spam trade.",
    "spam trade": "Pages about gambling, medicines, fakes and the like that have nothing to do with this site.",
    "template pages": "Pages that a machine filled in from one template, on many domains.",
    "directory or link list": "Directories that list anybody. Mostly noise.",
    "known to spam lists": "Sites that several independent lists of link spam name. Lists err, so a person looks.",
    "unclear": "No known kind of spam fits; what speaks against them stands with each domain.",
    "ordinary": "Not like any known kind of spam; a person decided about it.",
}
_EXAMPLES: Final = 3


@dataclass(frozen=True)
class Kind:
    """The domains proposed for one reason: how many, their links, and examples; ``share`` is percent of all that are proposed."""

    name: str
    meaning: str
    domains: int
    links: int
    share: float
    examples: list[str]


@dataclass(frozen=True)
class Cost:
    """What the proposed lines would take away, at most.

    Attributes:
        domains, links, followed: that the lines cover, followed links that are gone left out; ``of_links`` and ``of_followed`` are their shares of the whole profile (0 to 1).
        untold: domains of which no export tells which links are followed; all of theirs count as followed.
        metric: the rating by which value is estimated; None where no tool rates.
        value: share (0 to 1) of the profile's followed links, each weighed by the rating of its domain; None where that is unknown.
        unrated: proposed domains without that rating; they count nothing in ``value``.
        strongest: the proposed domains with the highest ratings: (name, rating).
    """

    domains: int
    links: int
    followed: int
    of_links: float
    of_followed: float
    untold: int
    metric: str | None
    value: float | None
    unrated: int
    strongest: list[tuple[str, float]]


@dataclass(frozen=True)
class Mistakes:
    """How many of the lines that the classifier proposes are wrong: expected by its probabilities, and allowed by the promise.

    ``risk`` and ``confidence`` are shares (0 to 1); ``sentences`` tell the promise in full.
    """

    lines: int
    expected: float
    allowed: float
    risk: float
    confidence: float
    sentences: list[str]


def proposed_kinds(table: pl.DataFrame) -> list[Kind]:
    """The proposed domains by kind, the most frequent first."""
    proposed = table.filter(pl.col("verdict") == "disavow")
    grouped = (
        proposed.sort("probability", "referring_domain", descending=[True, False])
        .group_by(pl.col("kind").fill_null("unclear"), maintain_order=True)
        .agg(pl.len(), pl.col("links").sum(), pl.col("referring_domain").head(_EXAMPLES))
        .sort("len", "kind", descending=[True, False])
    )
    return [
        Kind(kind, KIND_MEANING.get(kind, ""), count, links, round(100 * count / proposed.height, 3), names)
        for kind, count, links, names in grouped.iter_rows()
    ]


def cost(table: pl.DataFrame, signals: pl.DataFrame | None) -> Cost | None:
    """What the proposed lines would take away; None where none is proposed.

    Args:
        table: ``referring_domain, verdict, links, followed_links, passing_links``.
        signals: ``referring_domain`` and ratings; None: not known.
    """
    # Audits made before did not count those apart that are gone.
    counts = [name for name in ("passing_links", "followed_links", "links") if name in table.columns]
    known = table.select(
        "referring_domain", "links", proposed=pl.col("verdict") == "disavow",
        followed=pl.coalesce(counts), told=pl.col("followed_links").is_not_null(),
    )  # fmt: skip
    if signals is not None:
        ratings = [name for name in RATINGS if name in signals.columns]
        known = known.join(signals.select("referring_domain", *ratings), on="referring_domain", how="left")
    lost = known.filter("proposed")
    if lost.is_empty():
        return None
    metric = metric_of(known)
    rated = lost.filter(pl.col(metric).is_not_null()) if metric else lost.clear()
    return Cost(
        domains=lost.height,
        links=int(lost["links"].sum()),
        followed=int(lost["followed"].sum()),
        of_links=_share(lost, known, pl.col("links")) or 0.0,
        of_followed=_share(lost, known, pl.col("followed")) or 0.0,
        untold=int((~lost["told"]).sum()),
        metric=RATINGS[metric][0] if metric else None,
        value=_share(lost, known, pl.col("followed") * pl.col(metric)) if metric else None,
        unrated=lost.height - rated.height,
        strongest=[
            (name, rating)
            for name, rating in rated.sort(metric, "referring_domain", descending=[True, False])
            .select("referring_domain", metric)
            .head(_EXAMPLES)
            .iter_rows()
        ]
        if metric
        else [],
    )  # fmt: skip


def _share(lost: pl.DataFrame, known: pl.DataFrame, value: pl.Expr) -> float | None:
    whole = known.select(value.sum()).item()
    return float(lost.select(value.sum()).item() / whole) if whole else None


def mistakes(promise: Mapping[str, Any]) -> Mistakes | None:
    """The promise of an audit; None where there is none, or nothing is said of lines.

    Args:
        promise: the block ``promise`` of audit.json (docs/audit-files.md); what is missing or of another type is left out.
    """
    tiers = promise.get("tiers")
    parts = (
        [tier for tier in tiers.values() if isinstance(tier, Mapping)] if isinstance(tiers, Mapping) else []
    )
    lines = int(sum(_number(tier.get("lines")) for tier in parts))
    risk, confidence = _number(promise.get("risk")), _number(promise.get("confidence"))
    told = promise.get("sentences")
    sentences = [str(text) for text in told] if isinstance(told, list) else []
    if not lines and not sentences:
        return None
    expected = sum(_number(tier.get("expected_wrong")) for tier in parts)
    return Mistakes(lines, expected, risk * lines, risk, confidence, sentences)


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0
