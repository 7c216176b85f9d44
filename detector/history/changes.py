"""What one disavow file says that another does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from detector.disavow.rules import Rule, RuleSet


@dataclass(frozen=True)
class Changes:
    """The way from an earlier set of rules to a later one; every rule once, in the order of its file.

    Attributes:
        added: rules of the later file that the earlier does not hold.
        removed: rules of the earlier file that the later does not hold.
        uncovered: those of the removed that no rule of the later file covers: what they hit counts again
            once the later file is uploaded, because an upload replaces the whole list.
    """

    added: tuple[Rule, ...]
    removed: tuple[Rule, ...]
    uncovered: tuple[Rule, ...]

    @classmethod
    def between(cls, earlier: Iterable[Rule], later: Iterable[Rule]) -> Changes:
        """Compare the rules of two files, duplicates let pass."""
        before, after = dict.fromkeys(earlier), dict.fromkeys(later)
        covered = RuleSet(after)
        removed = tuple(rule for rule in before if rule not in after)
        return cls(
            added=tuple(rule for rule in after if rule not in before),
            removed=removed,
            uncovered=tuple(rule for rule in removed if not covered.covers(rule)),
        )

    def as_dict(self) -> dict[str, list[str]]:
        """For machines: the texts of ``added``, ``removed`` and, among them, ``counts_again``."""
        return {
            "added": [rule.text for rule in self.added],
            "removed": [rule.text for rule in self.removed],
            "counts_again": [rule.text for rule in self.uncovered],
        }
