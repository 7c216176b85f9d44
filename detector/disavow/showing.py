"""Findings and mends as text: for people, and as annotations of GitHub."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from detector.disavow.checking import Finding
from detector.disavow.faults import DANGER, ERROR, FAULTS, HINT, SEVERITIES, WARNING, Fault
from detector.disavow.fixing import Mend
from detector.disavow.parsing import DisavowFile

_SHOWN: Final = 10  # places of one fault
_WIDTH: Final = 100  # characters of an entry
_LEVELS: Final = {ERROR: "error", DANGER: "error", WARNING: "warning", HINT: "notice"}
_PLURALS: Final = {ERROR: "errors", DANGER: "dangers", WARNING: "warnings", HINT: "hints"}


@dataclass
class _Group:
    """What is kept of one sort of fault."""

    count: int = 0
    first: list[Finding] = field(default_factory=list)


def report(file: DisavowFile, findings: Iterable[Finding]) -> Iterator[str]:
    """Lines for people: a summary of the file, then each sort of fault with its places, the gravest first."""
    groups: dict[str, _Group] = defaultdict(_Group)
    for finding in findings:
        group = groups[finding.code]
        group.count += 1
        if len(group.first) < _SHOWN:
            group.first.append(finding)
    counts: Counter[str] = Counter()
    for code, group in groups.items():
        counts[FAULTS[code].severity] += group.count
    size = f"{_count(len(file.lines), 'line')}, {_count(len(file.rules), 'rule')}"
    yield f"{printable(file.name)}: {summary(counts)} ({size})"
    for severity in SEVERITIES:
        for code, group in groups.items():
            if FAULTS[code].severity == severity:
                yield from _told(FAULTS[code], group)
    if groups:
        yield ""


def summary(counts: Mapping[str, int]) -> str:
    """How many there are of each severity, in words."""
    told = [
        f"{counts[severity]:,} {severity if counts[severity] == 1 else _PLURALS[severity]}"
        for severity in SEVERITIES
        if counts.get(severity)
    ]
    return ", ".join(told) or "no fault found"


def _told(fault: Fault, group: _Group) -> Iterator[str]:
    times = f" ({group.count:,} times)" if group.count > 1 else ""
    yield ""
    yield f"  {fault.severity} {fault.code}{times}: it {fault.words}"
    yield f"    {fault.meaning}"
    yield f"    {fault.mend}{' (detector disavow fix does it, unless a guard forbids a rule that would come of it.)' if fault.safe else ''}"
    for finding in group.first:
        entry = f"  {printable(finding.entry)}" if finding.entry else ""
        own = "" if finding.fix == fault.mend else f"  -> {printable(finding.fix)}"
        yield f"    {finding.line}:{finding.column}{entry or _detail(finding)}{own}"
    if group.count > len(group.first):
        yield f"    ... and {group.count - len(group.first):,} more (--json lists all)"


def _detail(finding: Finding) -> str:
    """What is said of this file beyond what is said of the fault in general."""
    words = FAULTS[finding.code].words
    detail = finding.message.partition(words)[2].partition(f". {FAULTS[finding.code].meaning}")[0]
    return f"  {printable(detail.strip(' :'))}" if detail else ""


def as_json(findings: Iterable[Finding]) -> Iterator[str]:
    """A JSON list of findings, one a line, so that those of huge files need not be held all at once."""
    before = ""
    yield "["
    for finding in findings:
        if before:
            yield f"{before},"
        before = f" {json.dumps(finding.as_dict(), ensure_ascii=False)}"
    yield from ([before] if before else [])
    yield "]"


def github(findings: Iterable[Finding]) -> Iterator[str]:
    """One workflow command of GitHub Actions for each finding.

    Source: docs.github.com, "Workflow commands for GitHub Actions"; the escapes are those of its toolkit.
    """
    for found in findings:
        place = (
            f"file={_property(found.file)},line={found.line},col={found.column},title={_property(found.code)}"
        )
        message = f"{found.message} {found.fix}"
        quoted = f"{found.entry[:_WIDTH]}: " if found.entry else ""
        yield f"::{_LEVELS[found.severity]} {place}::{_data(quoted + message)}"


def _data(text: str) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return "".join(letter if letter.isprintable() else "?" for letter in escaped)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def mended(mends: Sequence[Mend], left: Sequence[Finding]) -> Iterator[str]:
    """Lines for people: what was mended, and what errors, dangers and warnings are left."""
    places: dict[tuple[int, str, str | None], list[str]] = {}
    for mend in mends:
        places.setdefault((mend.line, mend.before, mend.after), []).append(mend.code)
    yield f"{_count(len(places), 'mend')} made{':' if places else '.'}"
    for (line, before, after), sorts in places.items():
        outcome = "removed" if after is None else printable(after)
        yield f"  line {line} ({', '.join(sorts)}): {printable(before)} -> {outcome}"
    told: dict[tuple[int, str, str], list[Finding]] = {}
    for finding in left:
        if finding.severity != HINT:
            told.setdefault((finding.line, finding.entry, finding.fix), []).append(finding)
    if told:
        yield f"Left for you to decide (lines as they are now): {summary(Counter(finding.severity for finding in left))}:"
    for (number, entry, fix), found in told.items():
        codes = ", ".join(f"{finding.severity} {finding.code}" for finding in found)
        yield f"  line {number} ({codes}): {printable(entry)} -> {printable(fix)}"


def printable(text: str) -> str:
    """Text that is sure to stay on one line and to do nothing to a terminal, shortened."""
    return harmless(text if len(text) <= _WIDTH else f"{text[:_WIDTH]}...")


def harmless(text: str) -> str:
    """Text in which everything that cannot be seen, or that a terminal would obey, is named: ``<U+001B>``."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else f"<U+{ord(letter):04X}>" for letter in text)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
