"""What changed between two disavow files: in rules, and in the links that they cover."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from detector.disavow.combining import wider_rule
from detector.disavow.known import KnownLinks, NumberedRule, matches
from detector.disavow.parsing import DisavowFile
from detector.disavow.rules import Rule, RuleSet

#: Of a referring domain whose cover changes.
CHANGE: Final[dict[str, pl.DataType]] = {
    "referring_domain": pl.String(),
    "links": pl.Int64(),  # known links that change; 0 where the domain is known by name only
    "followed": pl.Int64(),  # of them known to pass credit
    "unknown": pl.Int64(),  # of them without a word on nofollow
    "example_url": pl.String(),  # one of them
}


@dataclass(frozen=True)
class Changed:
    """A rule that one file has and the other has not.

    Attributes:
        line: its line, in the file that has it.
        rule: the rule.
        covered_by: the rule of the other file that covers all of it; None where none does.
        out_of_force: line of the other file that means the same and that Google does not read as it stands.
        narrower: rules of the other file that cover a part of it.
    """

    line: int
    rule: Rule
    covered_by: Rule | None = None
    narrower: Sequence[Rule] = ()
    out_of_force: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """For machines."""
        return {
            "line": self.line,
            "entry": self.rule.text,
            "covered_by": self.covered_by.text if self.covered_by else None,
            "narrower": [rule.text for rule in self.narrower],
            "out_of_force": self.out_of_force,
        }


@dataclass(frozen=True)
class Comparison:
    """An old and a new file.

    Attributes:
        kept: rules that both have, however they are spelled.
        added: rules that only the new file has, and that the old one did not cover.
        added_needlessly: rules that only the new file has, and that the old one covered already.
        now_covered: rules that only the old file has, and that the new one covers by a wider rule.
        no_longer_covered: rules that only the old file has, and that no rule of the new one covers.
        links: what that means for the known links; None where none were given.
    """

    kept: int
    added: Sequence[Changed]
    added_needlessly: Sequence[Changed]
    now_covered: Sequence[Changed]
    no_longer_covered: Sequence[Changed]
    links: LinkChanges | None = None

    def as_dict(self) -> dict[str, Any]:
        """The comparison for machines; see docs/disavow-commands.md."""
        lists = ("added", "added_needlessly", "now_covered", "no_longer_covered")
        return {
            "kept": self.kept,
            **{name: [changed.as_dict() for changed in getattr(self, name)] for name in lists},
            "links": self.links.as_dict() if self.links else None,
        }


@dataclass(frozen=True)
class LinkChanges:
    """Known links whose cover changes, a referring domain a row (schema ``CHANGE``), most links first.

    Attributes:
        covered: not covered by the old file, covered by the new one.
        uncovered: covered by the old file, no longer by the new one.
    """

    covered: pl.DataFrame = field(repr=False)
    uncovered: pl.DataFrame = field(repr=False)

    def as_dict(self) -> dict[str, Any]:
        """For machines: totals, then the domains."""
        return {name: _totals(frame) for name, frame in vars(self).items()}


def _totals(frame: pl.DataFrame) -> dict[str, Any]:
    counts = {name: int(frame[name].sum()) for name in ("links", "followed", "unknown")}
    return {**counts, "referring_domains": frame.height, "by_domain": frame.to_dicts()}


def compare(old: DisavowFile, new: DisavowFile, known: KnownLinks | None = None) -> Comparison:
    """Compare the rules of two files that are in force.

    Args:
        old, new: the files; a rule is the same in both when its canonical form is.
        known: known links, to say what the changes mean for them.
    """
    had, has = _numbered(old), _numbered(new)
    added = _changed(has, had, old)
    removed = _changed(had, has, new)
    return Comparison(
        kept=len(had.keys() & has.keys()),
        added=[one for one in added if not one.covered_by],
        added_needlessly=[one for one in added if one.covered_by],
        now_covered=[one for one in removed if one.covered_by],
        no_longer_covered=[one for one in removed if not one.covered_by],
        links=_link_changes(known.links, had, has) if known else None,
    )


def _numbered(file: DisavowFile, *, in_force: bool = True) -> dict[Rule, int]:
    """Each rule of a file that is in force, or is not, with the first line that has it."""
    numbers: dict[Rule, int] = {}
    for line in file.lines:
        if line.rule and line.in_force is in_force:
            numbers.setdefault(line.rule, line.number)
    return numbers


def _changed(these: dict[Rule, int], others: dict[Rule, int], other: DisavowFile) -> list[Changed]:
    """What is in these rules and not in the others, which are those of the other file."""
    other_set, dead = RuleSet(others), _numbered(other, in_force=False)
    gone = {rule: wider_rule(rule, other_set) for rule in these.keys() - others.keys()}
    uncovered = RuleSet(rule for rule, wider in gone.items() if wider is None)
    narrower: dict[Rule, list[Rule]] = defaultdict(list)
    for rule in others.keys() - these.keys():
        above = uncovered.covers(rule)
        if above:
            narrower[above].append(rule)
    return [
        Changed(these[rule], rule, gone[rule], sorted(narrower[rule]), dead.get(rule))
        for rule in sorted(gone, key=lambda rule: these[rule])
    ]


def _link_changes(links: pl.LazyFrame, had: dict[Rule, int], has: dict[Rule, int]) -> LinkChanges:
    """Only rules that differ can change what is covered; whether they do, all rules decide."""
    numbered = links.with_row_index("link")
    touched = numbered.join(
        pl.concat(
            [_covered(numbered, _pairs(had, has)), _covered(numbered, _pairs(has, had))]
        ).unique(),
        on="link",
        how="semi",
    ).collect(engine="streaming").lazy()  # fmt: skip
    before = _covered(touched, ((line, rule) for rule, line in had.items()))
    after = _covered(touched, ((line, rule) for rule, line in has.items()))
    return LinkChanges(
        covered=_by_domain(touched.join(after, on="link", how="semi").join(before, on="link", how="anti")),
        uncovered=_by_domain(touched.join(before, on="link", how="semi").join(after, on="link", how="anti")),
    )


def _pairs(these: dict[Rule, int], others: dict[Rule, int]) -> Iterable[NumberedRule]:
    return ((line, rule) for rule, line in these.items() if rule not in others)


def _covered(links: pl.LazyFrame, rules: Iterable[NumberedRule]) -> pl.LazyFrame:
    """``link`` of each link that one of the rules covers."""
    return matches(links, rules).select("link").unique()


def _by_domain(links: pl.LazyFrame) -> pl.DataFrame:
    is_link = pl.col("source_url").is_not_null()
    return (
        links.group_by("referring_domain")
        .agg(
            links=is_link.sum().cast(pl.Int64),
            followed=pl.col("followed").sum().cast(pl.Int64),
            unknown=(is_link & pl.col("followed").is_null()).sum().cast(pl.Int64),
            example_url=pl.col("source_url").min(),
        )
        .sort(["links", "referring_domain"], descending=[True, False])
        .select(list(CHANGE))
        .collect(engine="streaming")
    )
