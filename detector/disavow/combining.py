"""Several disavow files become one: each rule once, no comment lost, nothing in it that a guard forbids.

==========================================  ============================================================
a line of one of the files                  becomes
==========================================  ============================================================
a rule, the first time it is met            itself, in canonical form
a rule that stands there already            left out, and told
a rule that another, wider rule covers      left out, and told (whichever of the two comes first)
a rule that a guard forbids                 ``# held back (public suffix): domain:org.br``
a line that Google does not read            ``# not a rule Google reads (has a wildcard): *.a.example``
the comments above rules                    themselves, above what is left of these rules
the same where no rule is left              themselves, and ``# (already listed: domain:a.example)``
the same where an earlier file said so too  nothing
==========================================  ============================================================

So the first file's reason stands above a rule, and another file's reason for the same rule goes on as a
comment. Merging a merged file again, alone or with the files it was made of, changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from detector.disavow.merging import one_line
from detector.disavow.parsing import BLANK, COMMENT, FAULTS, DisavowFile, Line
from detector.disavow.rules import DOMAIN, URL, Limits, Rule, RuleSet
from detector.errors import DetectorError, InputError
from detector.guards import Guards
from detector.links import hostnames
from detector.links.domains import INVALID

#: A comment that was made of a line, here, in an audit or by pruning: it stands for that line, and is no reason
#: for the lines below it.
_STANDS_FOR_A_LINE = re.compile(
    r"# (?:held back \(|not a rule Google reads \(|pruned[ :]|\(already listed: )"
)
_NAMED: Final = 3  # as many left-out rules are named in a comment


@dataclass(frozen=True)
class Told:
    """A line of which something must be told.

    Attributes:
        file, line: where it stands (the line 1-based).
        entry: the line, without outer blanks.
        because: of a covered rule the rule that covers it; of a rule held back the guard's code; of an unread
            line what is wrong with it; of a rule that is spelled anew, or that was out of force, its canonical
            form; else empty.
    """

    file: str
    line: int
    entry: str
    because: str = ""


@dataclass
class Merged:
    """One file made of several.

    Attributes:
        data: the file: UTF-8, LF, proved.
        rules: its rules, in order.
        new: file -> how many of the rules it was the first to name.
        duplicates, covered, held_back, unread: what became of lines that are not there as rules.
        respelled: lines whose rule is spelled anew.
        woken: those of them whose rule was in force in none of the files (``domain: x``), and now is.
    """

    data: bytes = b""
    rules: tuple[Rule, ...] = ()
    new: dict[str, int] = field(default_factory=dict)
    duplicates: list[Told] = field(default_factory=list)
    covered: list[Told] = field(default_factory=list)
    held_back: list[Told] = field(default_factory=list)
    unread: list[Told] = field(default_factory=list)
    respelled: list[Told] = field(default_factory=list)
    woken: list[Told] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The summary for machines; see docs/disavow-commands.md."""
        lists = ("duplicates", "covered", "held_back", "unread", "respelled", "woken")
        return {
            "files": [{"file": name, "rules": count} for name, count in self.new.items()],
            "rules": len(self.rules),
            "domain_rules": sum(rule.kind == DOMAIN for rule in self.rules),
            "url_rules": sum(rule.kind == URL for rule in self.rules),
            "lines": self.data.count(b"\n"),
            "bytes": len(self.data),
            **{name: [vars(told) for told in getattr(self, name)] for name in lists},
        }


def merge(files: Sequence[DisavowFile], guards: Guards, limits: Limits | None = None) -> Merged:
    """Merge disavow files into one that Google accepts.

    Args:
        files: in the order in which they count: the first to name a rule gives its reason.
        guards: what must never stand in the file: own sites, the whitelist, public suffixes, platforms, ...
        limits: other limits than Google's.

    Raises:
        InputError: together they are over the limits.
        DetectorError: the result is not what it must be (a fault of ours).
    """
    limits = limits or Limits()
    sorted_out = _SortedOut(files, guards)
    merger = _Merger(sorted_out)
    for file in files:
        merger.add(file)
    result = merger.result
    result.data = "".join(f"{line}\n" for line in merger.lines).encode("utf-8", "replace")
    parsed = DisavowFile.parse(result.data)
    result.rules = parsed.rules
    _prove(parsed, sorted_out, guards)
    _check_size(parsed, files, limits)
    return result


def wider_rule(rule: Rule, rules: RuleSet) -> Rule | None:
    """The widest rule of a set that covers another one and more than it; None where none does."""
    widest = None
    while (wider := rules.covers_host(_place_above(widest or rule))) is not None:
        widest = wider
    return widest


def _place_above(rule: Rule) -> str:
    """The narrowest host that a wider rule can be about."""
    if rule.kind == URL:
        return hostnames.of_text(rule.value) or ""
    return "" if hostnames.is_ip(rule.value) else rule.value.partition(".")[2]


class _SortedOut:
    """The rules of all files that may stand in the result, and what a guard says of the others."""

    def __init__(self, files: Sequence[DisavowFile], guards: Guards) -> None:
        self._codes = {
            rule: guards.reason(rule.value)
            for rule in {
                line.rule for file in files for line in file.lines if line.rule and not file.is_guess(line)
            }
        }
        self.accepted = RuleSet(rule for rule, code in self._codes.items() if code is None)
        self.rules = frozenset(rule for rule, code in self._codes.items() if code is None)
        self.in_force = RuleSet(
            line.rule for file in files for line in file.lines if line.rule and line.in_force
        )

    def code(self, rule: Rule) -> str | None:
        """Code of the guard that forbids a rule of the files."""
        return self._codes[rule]


@dataclass
class _Block:
    """Comments, and the entries that stand below them without a blank line between.

    An entry is a rule, a line that Google does not read, or a comment that stands for one.
    """

    after_blank: bool
    comments: list[str] = field(default_factory=list)
    entries: list[Line] = field(default_factory=list)


def _blocks(file: DisavowFile) -> Iterator[_Block]:
    block = _Block(after_blank=True)
    for line in file.lines:
        is_blank = line.kind == BLANK
        is_reason = line.kind == COMMENT and not _STANDS_FOR_A_LINE.match(one_line(line.text))
        if is_blank or (is_reason and block.entries):
            if block.comments or block.entries:
                yield block
                block = _Block(after_blank=is_blank)
            block.after_blank |= is_blank
        if is_reason:
            block.comments.append(one_line(line.text))
        elif not is_blank:
            block.entries.append(line)
    if block.comments or block.entries:
        yield block


def reasons(file: DisavowFile) -> dict[int, str]:
    """Line number of an entry -> the comments that stand above its block, joined; of entries that have some."""
    said: dict[int, str] = {}
    for block in _blocks(file):
        comment = " / ".join(filter(None, (comment.lstrip("# ") for comment in block.comments)))
        if block.comments:  # one text for all lines of a block: together they would be many times the file
            said.update((line.number, comment) for line in block.entries)
    return said


class _Merger:
    """Writes the result, file by file and block by block."""

    def __init__(self, sorted_out: _SortedOut) -> None:
        self.lines: list[str] = []
        self.result = Merged()
        self._sorted_out = sorted_out
        self._written: set[Rule] = set()
        self._is_guess: Callable[[Line], bool] = lambda line: False
        self._said: frozenset[str] = frozenset()  # comments in the result before the present file
        self._generated: set[str] = set()  # comments made of lines
        self._blank_due = False

    def add(self, file: DisavowFile) -> None:
        """Add one file."""
        self._is_guess = file.is_guess
        self._said = frozenset(line for line in self.lines if line.startswith("#"))
        before, self._blank_due = len(self._written), bool(self.lines)
        heading = [f"# from {one_line(Path(file.name).name)}", ""] if self.lines else []
        for block in _blocks(file):
            self._blank_due |= block.after_blank
            lines, ends = self._lines_of(block, file.name)
            if lines:
                self._write([*heading, *lines])
                heading = []
                self._blank_due = ends
        count = self.result.new.get(file.name, 0)
        self.result.new[file.name] = count + len(self._written) - before

    def _lines_of(self, block: _Block, file: str) -> tuple[list[str], bool]:
        """What a block becomes, and whether a blank line must follow."""
        left_out: list[str] = []
        body = [text for line in block.entries if (text := self._entry(line, file, left_out)) is not None]
        if body:
            return [*block.comments, *body], False
        if self._said.issuperset(block.comments):
            return [], False
        note = _already_listed(left_out)
        return [*block.comments, *note], bool(note)

    def _entry(self, line: Line, file: str, left_out: list[str]) -> str | None:
        """The line of the result that an entry becomes; None where it is left out."""
        text = one_line(line.text)
        if line.kind == COMMENT:
            self._generated.add(text)
            return None if text in self._said else text
        rule = None if self._is_guess(line) else line.rule
        code = self._sorted_out.code(rule) if rule else INVALID
        if rule is None or code == INVALID:
            fault = FAULTS["not_utf8" if self._is_guess(line) else line.fault or "unreadable"]
            self.result.unread.append(Told(file, line.number, text, fault))
            return self._comment(f"# not a rule Google reads ({fault}): {text}")
        if code is not None:
            self.result.held_back.append(Told(file, line.number, text, code))
            return self._comment(f"# held back ({Guards.words(code)}): {text}")
        wider = wider_rule(rule, self._sorted_out.accepted)
        if rule in self._written:
            self.result.duplicates.append(Told(file, line.number, text))
        elif wider is not None:
            self.result.covered.append(Told(file, line.number, text, wider.text))
        else:
            self._write_rule(rule, Told(file, line.number, text, rule.text))
            return rule.text
        left_out.append(rule.text)
        return None

    def _write_rule(self, rule: Rule, told: Told) -> None:
        self._written.add(rule)
        if told.entry != rule.text:
            self.result.respelled.append(told)
        if not self._sorted_out.in_force.covers(rule):
            self.result.woken.append(told)

    def _comment(self, text: str) -> str | None:
        """A comment made of a line; None where it was made before."""
        if text in self._said or text in self._generated:
            return None
        self._generated.add(text)
        return text

    def _write(self, lines: list[str]) -> None:
        if self._blank_due and self.lines:
            self.lines.append("")
        self.lines += lines


def _already_listed(rules: Sequence[str]) -> list[str]:
    """What a comment was about whose rules stand elsewhere."""
    if not rules:
        return []
    more = f" and {len(rules) - _NAMED:,} more" if len(rules) > _NAMED else ""
    return [f"# (already listed: {', '.join(rules[:_NAMED])}{more})"]


def _prove(parsed: DisavowFile, sorted_out: _SortedOut, guards: Guards) -> None:
    """Read the result as a stranger would.

    Raises:
        DetectorError: it does not cover what the files cover and may, all of it and no more, each rule once.
    """
    rules = parsed.rule_set
    entries = [line for line in parsed.lines if line.kind not in (BLANK, COMMENT)]
    faults = {
        "a line is no rule in canonical form": any(
            line.rule is None or line.fault or line.text != line.rule.text for line in entries
        ),
        "a rule is one that no file names": not sorted_out.rules.issuperset(parsed.rules),
        "a rule is one that a guard forbids": any(guards.reason(rule.value) for rule in parsed.rules),
        "a rule is missing": not all(rules.covers(rule) for rule in sorted_out.rules),
        "a rule is one too many": any(wider_rule(rule, rules) for rule in parsed.rules)
        or len(set(parsed.rules)) < len(parsed.rules),
    }
    for fault, found in faults.items():
        if found:
            raise DetectorError(f"The files were not merged: {fault}. Please report this.")


def _check_size(parsed: DisavowFile, files: Sequence[DisavowFile], limits: Limits) -> None:
    """Raise where Google would not take the file; rules are never left out to make it fit."""
    size, lines = len(parsed.data), parsed.data.count(b"\n")
    if size <= limits.bytes and lines <= limits.lines:
        return
    bare = sum(len(rule.text) + 1 for rule in parsed.rules)
    fits = bare <= limits.bytes and len(parsed.rules) <= limits.lines
    without = "fits" if fits else "is over them too"
    raise InputError(
        " + ".join(file.name for file in files),
        f"merged they are over Google's limits: {lines:,} lines (of at most {limits.lines:,}) and {size:,} "
        f"bytes (of at most {limits.bytes:,}); without its comments and blank lines the file {without} "
        f"({len(parsed.rules):,} lines, {bare:,} bytes)",
        "take comments out of the files" if fits else "see with 'prune' which lines are no longer needed",
    )
