"""A rule that is wanted, and one that could not be had."""

from __future__ import annotations

from dataclasses import dataclass

from detector.disavow.budget import benefit
from detector.disavow.rules import Rule


@dataclass(frozen=True)
class PlannedRule:
    """A rule that is wanted.

    Attributes:
        rule: the rule.
        unit: the referring domain that was judged.
        kind: what is wrong with it, in plain words (``link farm``).
        probability: that it is toxic; of several verdicts behind the rule the least.
        reasons: why, in plain words; may be empty.
        pages: of a domain rule that stands for URL lines and saves them: how many.
        links, followed: known links behind it, and those of them that may be followed.
        benefit: what it is worth (``budget.benefit``); by the probability alone where nobody has counted links.
    """

    rule: Rule
    unit: str
    kind: str
    probability: float
    reasons: str = ""
    pages: int = 0
    links: int = 0
    followed: int = 0
    benefit: float | None = None

    @property
    def worth(self) -> float:
        """Its benefit."""
        return benefit(self.probability, 1.0) if self.benefit is None else self.benefit


@dataclass(frozen=True)
class LeftOut:
    """A rule, or a unit without one, that does not stand in the file, and why."""

    what: str
    why: str
