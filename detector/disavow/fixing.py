"""The safe mends of a disavow file: what a person would never decide otherwise, and nothing else.

Mended are the faults that ``faults`` calls safe. A line that has any other fault of spelling is left as it is, and
so is a line whose rule a guard forbids: no mend may wake or widen a rule that must not stand in the file. Where
a mend concerns more lines than one (an encoding, a carriage return that joins lines for some readers), it is
left out if a guard forbids one of them. Untouched lines keep their bytes; a file that is damaged keeps them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from detector.disavow.checking import Finding, check
from detector.disavow.contents import other_sort
from detector.disavow.entries import is_safe, mended
from detector.disavow.parsing import BLANK, COMMENT, DisavowFile, Line, entry_of
from detector.disavow.rules import DOMAIN, URL, Rule, RuleSet, host_of
from detector.guards import Guards

_MARK: Final = "\ufeff"
_END_NAMES: Final = {"\n": "LF", "\r\n": "CR LF", "\r": "CR", "\r\r\n": "CR CR LF", "": "none"}


@dataclass(frozen=True)
class Mend:
    """One thing that was mended.

    Attributes:
        line: 1-based number in the file as it was; 1 where the whole file is meant.
        code: the fault; see ``faults``.
        before: the line as it was, or what the file had.
        after: the line as it is, or what the file has; None where the line was removed.
    """

    line: int
    code: str
    before: str
    after: str | None


@dataclass(frozen=True)
class Fixed:
    """A mended file.

    Attributes:
        data: its bytes; those of the original where nothing could be mended.
        mends: what was done, in the order of the lines.
        left: what is still wrong, for a person to decide; lines are numbered as in ``data``.
    """

    data: bytes
    mends: tuple[Mend, ...]
    left: tuple[Finding, ...]


def fix(file: DisavowFile, guards: Guards) -> Fixed:
    """Make the safe mends of a file; made again, they change nothing.

    Args:
        file: the file.
        guards: whose site it is, and what must never be disavowed.
    """
    drafts, mends = _draft(file, guards) if _can_be_mended(file, guards) else ([], [])
    data = b"".join(draft.data for draft in drafts)
    if not mends or not _is_as_meant(data, drafts, file, guards):
        return Fixed(file.data, (), tuple(check(file, guards)))
    left = check(DisavowFile.parse(data, file.name), guards)
    return Fixed(data, tuple(sorted(mends, key=lambda mend: mend.line)), tuple(left))


def meaning(file: DisavowFile, guards: Guards) -> frozenset[Rule]:
    """The rules that a file means: those in force, and those that a safe mend puts in force.

    A rule out of force that a guard forbids is not among them. What a file means covers the same before and
    after ``fix``.
    """
    return frozenset(
        line.rule
        for line in file.lines
        if line.rule
        and (
            line.in_force
            or (is_safe({spot.code for spot in line.spots}) and not guards.reason(line.rule.value))
        )
    )


@dataclass
class _Draft:
    """A line on its way: as it was, and as it will be."""

    line: Line
    raw: bytes  # the text, without its end
    text: str
    end: str
    fixed: bool = False  # it must stay as it is, its end included
    removed: bool = False
    codes: list[str] = field(default_factory=list)

    @property
    def data(self) -> bytes:
        """Its bytes; none of a line that goes."""
        return b"" if self.removed else self.raw + self.end.encode()


def _can_be_mended(file: DisavowFile, guards: Guards) -> bool:
    """Whether the file is text that is read for certain, and no mend of the whole would wake what must not be."""
    if "\0" in file.text or other_sort(file):
        return False
    if not _is_wide(file):
        return True
    is_whole = _MARK not in file.text and "\ufffd" not in file.text
    return is_whole and not any(guards.reason(line.rule.value) for line in file.lines if line.rule)


def _is_wide(file: DisavowFile) -> bool:
    return file.encoding.startswith(("utf-16", "utf-32"))


def _draft(file: DisavowFile, guards: Guards) -> tuple[list[_Draft], list[Mend]]:
    """Every line as it will be, and what is done to get there."""
    drafts = [
        _Draft(line, raw, line.text, line.end) for line, raw in zip(file.lines, file.raw(), strict=True)
    ]
    mends = [Mend(1, "utf16", file.encoding, "utf-8")] if _is_wide(file) else []
    mends += _mend_line_ends(drafts, guards)
    for draft in drafts:
        if not draft.fixed and draft.line.number not in file.guessed:
            _mend_line(draft, guards)
    mends += _strip_mark(file, drafts, guards)
    _remove_repeated(drafts, file, guards)
    for draft in drafts:
        after = None if draft.removed else draft.text
        mends += [Mend(draft.line.number, code, draft.line.text, after) for code in draft.codes]
    return drafts, mends


# ------------------------------------------------------------------------------------------- mends


def _mend_line_ends(drafts: Sequence[_Draft], guards: Guards) -> list[Mend]:
    """Give all lines LF, but where a carriage return alone keeps a forbidden rule out of force."""
    before: dict[str, int] = {}
    for run in _runs(drafts):
        if len(run) > 1 and any(d.line.rule and guards.reason(d.line.rule.value) for d in run):
            for draft in run:
                draft.fixed = True
            continue
        for draft in run:
            if draft.end != "\n":
                before.setdefault(draft.end, draft.line.number)
                draft.end = "\n"
    has_lf = any(draft.line.end == "\n" for draft in drafts)
    codes = {
        "": "no_final_line_end",
        "\r": "cr_line_ends",
        "\r\n": "mixed_line_ends" if has_lf or "\r" in before or "\r\r\n" in before else "crlf_line_ends",
        "\r\r\n": "mixed_line_ends",
    }
    return [Mend(number, codes[end], _END_NAMES[end], "LF") for end, number in before.items()]


def _runs(drafts: Sequence[_Draft]) -> Iterator[list[_Draft]]:
    """Lines that are one line to a reader who knows LF only."""
    run: list[_Draft] = []
    for draft in drafts:
        run.append(draft)
        if draft.line.end != "\r":
            yield run
            run = []
    if run:
        yield run


def _mend_line(draft: _Draft, guards: Guards) -> None:
    line = draft.line
    codes = {spot.code for spot in line.spots} - {"bom"}
    if line.kind in (COMMENT, BLANK):
        text = line.text.lstrip(_MARK) if "bom_inside" in codes else None
        text = None if text and _MARK in text.partition("#")[0] else text
    else:
        is_forbidden = line.rule and guards.reason(line.rule.value)
        text = None if is_forbidden else mended(entry_of(line.text), line.rule, codes)
    if text is not None and text != line.text:
        draft.text, draft.raw = text, text.encode()
        draft.codes = sorted(codes)


def _strip_mark(file: DisavowFile, drafts: Sequence[_Draft], guards: Guards) -> list[Mend]:
    """Leave the byte order mark out, unless it keeps a forbidden rule from being read."""
    mark = _MARK.encode()
    if _is_wide(file) or not file.data.startswith(mark):
        return []
    first = drafts[0] if drafts else None
    if first and (
        first.fixed
        or first.text.startswith(_MARK)
        or (first.line.rule and guards.reason(first.line.rule.value))
    ):
        first.raw = mark + first.raw
        first.fixed = True
        return []
    return [Mend(1, "bom", "UTF-8 with a byte order mark", "UTF-8")]


def _remove_repeated(drafts: Sequence[_Draft], file: DisavowFile, guards: Guards) -> None:
    """Remove what stands in the file already, and URLs under a domain rule that is sure to stay."""
    sure = [draft for draft in drafts if draft.line.rule and _is_sure(draft, file)]
    hosts = RuleSet(
        draft.line.rule
        for draft in sure
        if draft.line.rule
        and draft.line.rule.kind == DOMAIN
        and draft.line.rule.text == entry_of(draft.text)
        and not guards.reason(draft.line.rule.value)
    )
    seen: set[str] = set()
    for draft in sure:
        rule = draft.line.rule
        entry = entry_of(draft.text)
        if rule and rule.kind == URL and not guards.reason(rule.value) and hosts.covers_host(host_of(rule)):
            draft.removed, draft.codes = True, [*draft.codes, "url_covered"]
        elif entry in seen:
            draft.removed, draft.codes = True, [*draft.codes, "duplicate"]
        seen.add(entry)


def _is_sure(draft: _Draft, file: DisavowFile) -> bool:
    """Whether a rule is in force, for certain, once the mends are made."""
    is_mended = draft.text != draft.line.text
    return (is_mended or draft.line.in_force) and not draft.fixed and draft.line.number not in file.guessed


# ------------------------------------------------------------------------------------------- proof


def _is_as_meant(data: bytes, drafts: Sequence[_Draft], file: DisavowFile, guards: Guards) -> bool:
    """Whether the result, read as a stranger would, is line for line what was drafted, and means the same."""
    result = DisavowFile.parse(data, file.name)
    kept = [draft for draft in drafts if not draft.removed]
    as_drafted = [(draft.text, draft.end) for draft in kept] == [
        (line.text, line.end) for line in result.lines
    ]
    before, after = meaning(file, guards), meaning(result, guards)
    old, new = RuleSet(before), RuleSet(after)
    return as_drafted and all(new.covers(rule) for rule in before) and all(old.covers(rule) for rule in after)
