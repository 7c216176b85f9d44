"""All that can be told of one referring domain of an audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from detector.auditing.counterfactual import Flip
from detector.disavow.explaining import Reason


@dataclass(frozen=True)
class Contribution:
    """What one signal says for (positive) or against spam.

    Attributes:
        signal, family: its name and family.
        value: as the model takes it; None where the exports do not tell.
        shown: the value in plain words; empty where there is none.
        log_odds: the contribution.
    """

    signal: str
    family: str
    value: float | None
    shown: str
    log_odds: float


@dataclass(frozen=True)
class Taken:
    """A judgement taken apart: ``intercept`` and ``contributions``, the largest first, add up to the log odds."""

    intercept: float
    contributions: tuple[Contribution, ...]

    @property
    def total(self) -> float:
        """The log odds."""
        return self.intercept + sum(part.log_odds for part in self.contributions)

    @property
    def families(self) -> dict[str, float]:
        """The sum of each family, the largest first."""
        sums: dict[str, float] = {}
        for part in self.contributions:
            sums[part.family] = sums.get(part.family, 0.0) + part.log_odds
        return dict(sorted(sums.items(), key=lambda item: -abs(item[1])))


@dataclass(frozen=True)
class Listed:
    """A line of the audit's ``disavow.txt`` that covers the domain, or a page of it.

    Attributes:
        about: the domain, or the page.
        line: the line, its number and how it covers.
        former: the former file covers it as well.
    """

    about: str
    line: Reason
    former: bool


@dataclass(frozen=True)
class Explanation:
    """The whole answer.

    Attributes:
        domain, site: the referring domain, and the audited site.
        verdict, kind, probability, log_odds, tier: as the audit decided.
        thresholds: verdict -> the probability from which on domains of its tier get it; None where none does.
        promise: what the audit promises of its lines.
        reasons: the sentences of the report, with their evidence.
        held: what decides instead of the probability: a guard, or why no line is needed.
        taken: the judgement taken apart; None where another model made it.
        flips: the smallest changes that would flip the verdict; None where that cannot be told.
        links: examples, the earliest first; ``links_in_all``: how many there are.
        listed: the lines of ``disavow.txt`` that cover it.
        former: name of the former file; empty where there was none.
        notes: what could not be told, and why.
    """

    domain: str
    site: str
    verdict: str
    kind: str
    probability: float
    log_odds: float
    tier: str
    thresholds: Mapping[str, float | None]
    promise: str
    reasons: tuple[str, ...]
    held: tuple[str, ...]
    taken: Taken | None
    flips: tuple[Flip, ...] | None
    links: tuple[dict[str, Any], ...]
    links_in_all: int
    listed: tuple[Listed, ...]
    former: str
    notes: tuple[str, ...] = field(default=())

    def as_dict(self) -> dict[str, Any]:
        """For machines; see docs/explain.md."""
        told = asdict(self)
        told["families"] = self.taken.families if self.taken else None
        for flip, told_flip in zip(self.flips or (), told["flips"] or (), strict=True):
            for change, told_change in zip(flip.changes, told_flip["changes"], strict=True):
                told_change["sentence"] = change.sentence
        return told
