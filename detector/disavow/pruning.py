"""Lines of a disavow file that may no longer be needed, or that do harm: proposed, and dropped when asked to.

================  ========================================================================================
``unmatched``     no known link is covered by the line, and its domain is not known by name either
``nofollow``      every known link that it covers is nofollow, ugc or sponsored
``dead``          every known link that it covers is lost, or on a page that answers 404 or 410
``overblocking``  it covers a public suffix, a whole platform, a search engine or one of the largest sites; or,
                  by the verdicts of an audit, referring domains that are judged fine
================  ========================================================================================

Where some links are nofollow and all the others dead, the line is both. None of this is proof: see ``CAUTIONS``.
A dropped line stays in the file as a comment, ``# pruned (no known link): domain:x.example``. In the place of a
line that over-blocks come the narrower lines for what an audit says is to be disavowed below it, so that a
pruned file never covers more than the file did.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import polars as pl

from detector.disavow.combining import reasons
from detector.disavow.judged import DISAVOW
from detector.disavow.known import KnownLinks, matches
from detector.disavow.merging import one_line
from detector.disavow.parsing import DisavowFile
from detector.disavow.plan import plan
from detector.disavow.profile import Profile
from detector.disavow.rules import DOMAIN, Limits, Rule, RuleSet
from detector.errors import DetectorError, InputError
from detector.guards import Guards
from detector.links import hostnames
from detector.links.domains import INVALID

UNMATCHED, NOFOLLOW, DEAD, OVERBLOCKING = "unmatched", "nofollow", "dead", "overblocking"

#: Every code, and how far it is to be trusted.
CAUTIONS: Final = {
    UNMATCHED: "Exports are samples, and Google knows links that no tool shows: that no link is known is weak"
    " evidence that there is none. A line that matches nothing does no harm while the file is within the limits.",
    NOFOLLOW: "Google asks for no line for nofollow, ugc and sponsored links; the same site may have others that"
    " no export shows.",
    DEAD: "A tool also calls a link lost when the page refused its crawler. Look before you drop: a link that"
    " comes back counts again.",
    OVERBLOCKING: "What is judged fine is this tool's opinion, from the verdicts of the audit. What stands below"
    " 'instead' keeps covering what the audit would disavow; links that it would have a person review are let go.",
}

_KEEP: Final = "keep"
_NAME_ONLY: Final = "name"  # tier of a verdict that rests on nothing but the name


@dataclass(frozen=True)
class Finding:
    """Why a line may go.

    Attributes:
        codes: what must be named for it to be dropped, all of them; mostly one.
        why: in words.
    """

    codes: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Candidate:
    """A line that may go.

    Attributes:
        line: its number.
        rule: what it says.
        links: known links that it covers.
        followed: of them known to pass credit.
        findings: why it may go, at least one.
        judged: verdict -> number of the referring domains below it that have it.
        comment: the comments that stand above it in the file.
        instead: narrower rules for what is to be disavowed below it.
    """

    line: int
    rule: Rule
    links: int
    followed: int
    findings: Sequence[Finding]
    judged: Mapping[str, int] = field(default_factory=dict)
    comment: str = ""
    instead: Sequence[Rule] = ()

    def dropped_by(self, drop: Collection[str]) -> Finding | None:
        """The finding for which it goes when these codes are named; None where it stays."""
        return next((finding for finding in self.findings if set(finding.codes) <= set(drop)), None)

    def as_dict(self) -> dict[str, Any]:
        """For machines."""
        return {
            "line": self.line,
            "entry": self.rule.text,
            "links": self.links,
            "followed": self.followed,
            "findings": [{"codes": list(one.codes), "why": one.why} for one in self.findings],
            "judged": dict(self.judged),
            "comment": self.comment,
            "instead": [rule.text for rule in self.instead],
        }


@dataclass(frozen=True)
class Pruning:
    """What may go of a file.

    Attributes:
        file: the file.
        candidates: lines that may go, in order.
        links: known links in all.
        referring_domains: of how many referring domains, those known by name only included.
        with_verdicts: whether there were verdicts of an audit.
    """

    file: DisavowFile
    candidates: Sequence[Candidate]
    links: int
    referring_domains: int
    with_verdicts: bool

    def as_dict(self) -> dict[str, Any]:
        """The proposal for machines; see docs/disavow-commands.md."""
        return {
            "file": self.file.name,
            "rules": len(self.file.rules),
            "links": self.links,
            "referring_domains": self.referring_domains,
            "with_verdicts": self.with_verdicts,
            "candidates": [candidate.as_dict() for candidate in self.candidates],
            "cautions": dict(CAUTIONS),
        }


def propose(file: DisavowFile, known: KnownLinks, guards: Guards) -> Pruning:
    """Find the lines that may go.

    Args:
        file: the disavow file.
        known: the known links; with the verdicts of an audit also what over-blocks is known in full.
        guards: for public suffixes, platforms and the like.
    """
    rules = {line.number: line.rule for line in file.lines if line.rule and line.in_force}
    matched = matches(known.links, rules.items())
    facts = {row["line"]: row for row in _facts(matched).iter_rows(named=True)}
    alone = {number: rule for number, rule in rules.items() if number not in facts}
    named_only = _named_only(known, guards, alone)
    below = _Below(matched, known, rules)
    comments = reasons(file)
    candidates = []
    for number, rule in rules.items():
        fact = facts.get(number, _NO_FACT)
        findings = [*_needless(fact, named=number in named_only), *_overblocking(rule, number, below, guards)]
        if findings:
            about = (number, rule, fact["links"], fact["followed"])
            candidates.append(Candidate(*about, findings, below.verdicts(number), comments.get(number, "")))
    counts = known.links.select(
        links=pl.col("source_url").count(), domains=pl.col("referring_domain").n_unique()
    ).collect(engine="streaming")
    return Pruning(
        file,
        _with_narrower(candidates, below, known, guards),
        links=counts["links"].item(),
        referring_domains=counts["domains"].item(),
        with_verdicts=known.verdicts is not None,
    )


# ---------------------------------------------------------------------- what is known of a line

_NO_FACT: Final = {"links": 0, "named": 0, "followed": 0, "qualified": 0, "dead": 0, "either": 0}


def _facts(matched: pl.LazyFrame) -> pl.DataFrame:
    """Counts of known links, a line a row; ``named``: domains that are known by name only."""
    qualified, dead = ~pl.col("followed"), ~pl.col("live")
    return (
        matched.group_by("line")
        .agg(
            links=pl.col("source_url").count(),
            named=pl.col("source_url").null_count(),
            followed=pl.col("followed").sum(),
            qualified=qualified.sum(),
            dead=dead.sum(),
            either=(qualified.fill_null(False) | dead.fill_null(False)).sum(),
        )
        .collect(engine="streaming")
    )


def _named_only(known: KnownLinks, guards: Guards, rules: Mapping[int, Rule]) -> set[int]:
    """Rules without a known link whose domain some export names all the same, without its links."""
    named = known.links.filter(pl.col("source_url").is_null()).select("referring_domain").unique()
    units = set(named.collect(engine="streaming")["referring_domain"].to_list())
    return {number for number, rule in rules.items() if guards.domains.referring_domain(rule.value) in units}


def _needless(fact: Mapping[str, int], *, named: bool) -> Iterator[Finding]:
    """Why a line may do nothing."""
    links = fact["links"]
    count = "its only known link is" if links == 1 else f"all its {links:,} known links are"
    if not links:
        if not (fact["named"] or named):
            yield Finding((UNMATCHED,), "no known link")
    elif fact["dead"] == links:
        yield Finding((DEAD,), f"{count} gone")
    elif fact["qualified"] == links:
        yield Finding((NOFOLLOW,), f"{count} nofollow, ugc or sponsored")
    elif fact["either"] == links:
        yield Finding((NOFOLLOW, DEAD), f"{count} gone, or nofollow, ugc or sponsored")


class _Below:
    """The referring domains with a verdict that lie wholly below a domain rule."""

    def __init__(self, matched: pl.LazyFrame, known: KnownLinks, rules: Mapping[int, Rule]) -> None:
        self._units: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
        if known.verdicts is None:
            return
        verdicts = known.verdicts.lazy().select("referring_domain", "verdict", "tier")
        pairs = matched.select("line", "referring_domain").unique().join(verdicts, on="referring_domain")
        for number, *unit in pairs.sort("line", "referring_domain").collect().iter_rows():
            if rules[number].kind == DOMAIN and RuleSet([rules[number]]).covers_host(_host_of(unit[0])):
                self._units[number].append((unit[0], unit[1], unit[2]))

    def units(self, number: int) -> list[str]:
        """The referring domains below a line."""
        return [unit for unit, _, _ in self._units.get(number, ())]

    def verdicts(self, number: int) -> dict[str, int]:
        """Verdict -> number of the referring domains that have it."""
        return dict(Counter(verdict for _, verdict, _ in self._units.get(number, ())))

    def fine(self, number: int) -> list[str]:
        """Referring domains that are judged fine, by more than their name."""
        units = self._units.get(number, ())
        return [unit for unit, verdict, tier in units if verdict == _KEEP and tier != _NAME_ONLY]


def _host_of(unit: str) -> str:
    host = unit.partition("/")[0]
    return hostnames.ascii_name(host) or host


def _overblocking(rule: Rule, number: int, below: _Below, guards: Guards) -> Iterator[Finding]:
    """Why a rule may cover too much."""
    if rule.kind != DOMAIN:
        return
    code = guards.reason(rule.value)
    fine, verdicts = below.fine(number), below.verdicts(number)
    if code not in (None, INVALID):
        yield Finding((OVERBLOCKING,), f"{guards.words(str(code))}: it covers too much")
    elif fine == [rule.value]:
        yield Finding((OVERBLOCKING,), "the audit judges this domain fine")
    elif fine:
        total, bad = sum(verdicts.values()), verdicts.get(DISAVOW, 0)
        yield Finding(
            (OVERBLOCKING,),
            f"of {total:,} referring domains below it the audit judges {len(fine):,} fine and would disavow {bad:,}",
        )


def _with_narrower(
    candidates: Sequence[Candidate], below: _Below, known: KnownLinks, guards: Guards
) -> list[Candidate]:
    """The candidates; those that over-block with the narrower rules for what an audit would disavow below them."""
    wide = {one.rule: one for one in candidates if any(OVERBLOCKING in why.codes for why in one.findings)}
    units = sorted({unit for one in wide.values() for unit in below.units(one.line)})
    if known.verdicts is None or not units:
        return list(candidates)
    of_units = pl.col("referring_domain").is_in(units)
    planned = plan(known.verdicts.filter(of_units), Profile(known.records.filter(of_units)), guards=guards)
    wide_rules = RuleSet(wide)
    instead: dict[Rule, list[Rule]] = defaultdict(list)
    for narrower in planned.rules:
        above = wide_rules.covers(narrower.rule)
        if above is not None and above != narrower.rule:
            instead[above].append(narrower.rule)
    return [
        replace(one, instead=tuple(sorted(instead[one.rule], key=lambda rule: rule.text)))
        if one.rule in instead
        else one
        for one in candidates
    ]


# ---------------------------------------------------------------------- the pruned file


def pruned(pruning: Pruning, drop: Collection[str], limits: Limits | None = None) -> bytes:
    """The file without the lines that go when these codes are named; every other line as it stands.

    Returns:
        The bytes of the file itself where no line goes; else each other line's own, of UTF-16 and UTF-32 in UTF-8.

    Raises:
        InputError: with the dropped lines as comments the file is over Google's limits.
        DetectorError: the result is not what it must be (a fault of ours).
    """
    limits = limits or Limits()
    going = {
        candidate.line: (candidate, finding)
        for candidate in pruning.candidates
        if (finding := candidate.dropped_by(drop))
    }
    if not going:
        return pruning.file.data
    kept = RuleSet(
        line.rule for line in pruning.file.lines if line.rule and line.in_force and line.number not in going
    )
    instead = _instead([candidate for candidate, _ in going.values()], kept)
    for explained in (True, False):
        data = b"".join(_written(pruning.file, going, instead, explained=explained))
        if len(data) <= limits.bytes and data.count(b"\n") <= limits.lines:
            break
    else:
        raise InputError(
            pruning.file.name,
            "with the dropped lines kept as comments the file is over Google's limits",
            "shorten its other comments first",
        )
    _prove(data, pruning, going, instead)
    return data


_Going = Mapping[int, tuple[Candidate, Finding]]


def _instead(candidates: Sequence[Candidate], kept: RuleSet) -> dict[int, list[Rule]]:
    """The narrower rules that come in the place of lines, each once; none that a line that stays covers."""
    written = RuleSet()
    rules: dict[int, list[Rule]] = defaultdict(list)
    for candidate in candidates:
        for rule in candidate.instead:
            if not kept.covers(rule) and not written.covers(rule):
                written.add(rule)
                rules[candidate.line].append(rule)
    return rules


def _written(
    file: DisavowFile, going: _Going, instead: Mapping[int, Sequence[Rule]], *, explained: bool
) -> Iterator[bytes]:
    for line, raw in zip(file.lines, file.raw(), strict=True):
        if line.number not in going:
            yield raw + line.end.encode()
            continue
        end = line.end or "\n"
        why = f" ({going[line.number][1].why})" if explained else ""
        yield f"# pruned{why}: {one_line(line.text)}{end}".encode()
        for rule in instead.get(line.number, ()):
            yield f"{rule.text}{end}".encode()


def _prove(data: bytes, pruning: Pruning, going: _Going, instead: Mapping[int, Sequence[Rule]]) -> None:
    """Read the result as a stranger would.

    Raises:
        DetectorError: a rule is there, or is missing, that must not be.
    """
    expected: list[Rule] = []
    for line in pruning.file.lines:
        if line.number in going:
            expected += instead.get(line.number, ())
        elif line.rule:
            expected.append(line.rule)
    rules = DisavowFile.parse(data).rules
    if list(rules) != expected or not all(pruning.file.rule_set.covers(rule) for rule in rules):
        raise DetectorError(
            "The file was not pruned: its rules are not what they must be. Please report this."
        )
