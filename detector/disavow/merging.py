"""The former file's part of a new file: every line and comment of it, in order, and valid for Google.

=====================================  ======================================================
a line of the former file              becomes
=====================================  ======================================================
comment, blank, rule                   itself, without outer blanks
a rule that a guard forbids            ``# held back (public suffix): domain:org.br``
a rule that Google's help spells       ``# was: DOMAIN: Spam.example`` and, below it,
otherwise                              ``domain:spam.example``
anything else                          ``# not a rule Google reads (has a wildcard): *.a.example``
=====================================  ======================================================

Headers that this tool wrote at the top of the file go: a new one is written, and they are no longer true.
A line of the last sort is not mended here: whether it was ever in force, and is still wanted, only its owner
knows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from detector.disavow.parsing import BLANK, COMMENT, FAULTS, DisavowFile, Line
from detector.disavow.rules import Rule
from detector.guards import Guards
from detector.links.domains import INVALID

#: What a reader may take for a line end, or cannot show.
_BREAKS = re.compile("[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029\ufeff]")

_COUNT = r"[0-9,]+"
#: The header that ``layout`` writes, all of it: what a person has changed is a person's.
_HEADER = re.compile(
    r"# Disavow file for [^\n]+, written [0-9]{4}-[0-9]{2}-[0-9]{2} by toxic-link-detector [^\s]+\n"
    rf"# (?:no rules|{_COUNT} domains?(?:, {_COUNT} pages?)?|{_COUNT} pages?)(?: \({_COUNT} from [^\n]+, {_COUNT} new\))?\n"
    r"# Upload: https://search\.google\.com/search-console/disavow-links \(it replaces the former list\)\n"
    rf"(?:# {_COUNT} lines? of the former file held back: see 'held back' below\n)?"
    r"\n"
)
_LONGEST_HEADER = 5  # lines


@dataclass
class Former:
    """What the former file contributes.

    Attributes:
        lines: its lines as they are written.
        terse_lines: the same where room is short: what Google does not read as a bare comment.
        rules: the rules among them, canonical, in order.
        held_back: the old lines that a guard forbids, each with line number and reason.
        respelled: line numbers of rules that are spelled anew.
        unread: line numbers of lines that Google does not read.
    """

    lines: list[str] = field(default_factory=list)
    terse_lines: list[str] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    held_back: list[str] = field(default_factory=list)
    respelled: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)


def one_line(text: str) -> str:
    """Text that is sure to stay on one line: control characters and odd line ends become blanks."""
    return _BREAKS.sub(" ", text).strip()


def take_over(existing: DisavowFile | None, guards: Guards) -> Former:
    """Turn a former file into lines that are valid for Google, none of them lost but our own header."""
    former = Former()
    for line in _behind_headers(existing.lines) if existing else ():
        _take_line(former, line, guards, is_guess=existing is not None and existing.is_guess(line))
    return former


def _behind_headers(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines below our own headers; older versions wrote one above the other."""
    start = 0
    while found := _HEADER.match(
        "".join(f"{line.text}\n" for line in lines[start : start + _LONGEST_HEADER])
    ):
        start += found[0].count("\n")
    return lines[start:]


def _take_line(former: Former, line: Line, guards: Guards, *, is_guess: bool) -> None:
    text = one_line(line.text)
    if line.kind in (BLANK, COMMENT):
        _add(former, text)
        return
    code = guards.reason(line.rule.value) if line.rule else None
    if line.rule is None or code == INVALID or is_guess:
        fault = FAULTS["not_utf8" if is_guess else line.fault or "no_host"]
        former.unread.append(line.number)
        _add(former, f"# not a rule Google reads ({fault}): {text}", terse=f"# {text}")
        return
    if code is not None:
        why = guards.words(code)
        former.held_back.append(f"line {line.number} ({why}): {text}")
        _add(former, f"# held back ({why}): {text}")
        return
    former.rules.append(line.rule)
    if line.fault is None:
        _add(former, text)
    else:
        former.respelled.append(line.number)
        _add(former, f"# was: {text}")
        _add(former, line.rule.text)


def _add(former: Former, text: str, *, terse: str | None = None) -> None:
    former.lines.append(text)
    former.terse_lines.append(text if terse is None else terse)
