"""A disavow file: its lines as they stand, and what each of them is.

Nothing is lost in parsing: ``"".join(line.text + line.end for line in lines)`` is the decoded text without the
byte order mark at its start, and ``data`` the bytes; an untouched file is written as ``data``. A line is one of

=========  =====================================================================================
comment    begins with ``#`` (blanks before it are let pass)
blank      nothing but blanks
domain     ``domain:HOST``
url        one absolute http(s) URL
invalid    anything else
=========  =====================================================================================

Rules that people write in a way Google's help does not show, and whose meaning is plain all the same (a blank
behind ``domain:``, capitals, a host in Unicode), are rules with faults. ``Line.in_force`` tells whether Google
reads the line as it stands; a rule out of force is still somebody's wish, so nobody may drop it.
"""

from __future__ import annotations

import codecs
import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl

from detector.disavow import faults, files
from detector.disavow.entries import INVALID, Spot, read_entry
from detector.disavow.rules import DOMAIN, PLAIN_HOST, Rule, RuleSet
from detector.errors import InputError
from detector.links import encodings

if TYPE_CHECKING:
    from detector.disavow.checking import Finding
    from detector.guards import Guards

__all__ = ["BLANK", "COMMENT", "FAULTS", "INVALID", "DisavowFile", "Line"]

COMMENT: Final = "comment"
BLANK: Final = "blank"

#: What can be wrong with a line, in words: code -> predicate.
FAULTS: Final = {code: fault.words for code, fault in faults.FAULTS.items()} | {"no_host": "names no host"}

_BINARY: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
#: What may stand around an entry: blanks of every sort, control characters, byte order marks.
_OUTER: Final = (
    "".join(map(chr, range(33)))
    + "\x7f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff"
    + "".join(map(chr, range(0x2000, 0x200B)))
)
_LINE = re.compile(r"([^\r\n]*)(\r{1,2}\n|\n|\r|$)")
#: A line that is as Google's help shows it, so that nothing need be looked at: the great many.
_PLAIN_DOMAIN = re.compile(f"domain:({PLAIN_HOST.pattern})")


class Line(NamedTuple):
    """One line.

    Attributes:
        number: 1-based.
        text: the line without its end, blanks included.
        end: its line end as it stands; empty at the end of the file.
        kind: comment, blank, domain, url or invalid.
        rule: what it says, in canonical form; None unless it is a rule.
        spots: the faults of the line itself, each with its 0-based place in ``text``.
    """

    number: int
    text: str
    end: str
    kind: str
    rule: Rule | None = None
    spots: tuple[Spot, ...] = ()

    @property
    def fault(self) -> str | None:
        """The code of its first fault, the gravest first; None where it is as Google's help shows it."""
        codes = [spot.code for spot in self.spots if spot.code not in _ADVICE]
        return next((code for code in codes if code in faults.DEAD), codes[0] if codes else None)

    @property
    def in_force(self) -> bool:
        """Whether Google reads the rule as the line stands."""
        return self.rule is not None and not any(spot.code in faults.DEAD for spot in self.spots)


#: Of a line that is written as it should be: whether it says what was meant is for a person to judge.
_ADVICE: Final = frozenset(
    {"outer_blanks", "home_page_url", "wildcard_in_url", "fragment_in_url", "punctuation_in_url", "bom"}
)


@dataclass(frozen=True)
class DisavowFile:
    """A parsed disavow file.

    Attributes:
        name: the file as the user named it.
        data: its bytes.
        encoding: what they were decoded from; ``utf-8`` also for plain ASCII.
        lines: every line, in order.
        guessed: numbers of lines that are not in the file's encoding, read in the code page that fits best.
    """

    name: str
    data: bytes
    encoding: str
    lines: tuple[Line, ...]
    guessed: frozenset[int] = frozenset()

    @classmethod
    def read(cls, path: Path) -> DisavowFile:
        """Read and parse a file.

        Raises:
            InputError: it cannot be read, is larger than 64 MB, or holds no text.
        """
        parsed = cls.parse(files.read_bytes(path), str(path))
        if parsed.data.startswith(_BINARY) or (
            parsed.lines and not parsed.rules and any(line.kind == INVALID for line in parsed.lines)
        ):
            fix = "a disavow file is plain text with lines like domain:example.com"
            raise InputError(path, "it holds no rule of a disavow file", fix)
        return parsed

    @classmethod
    def parse(cls, data: bytes, name: str = "disavow.txt") -> DisavowFile:
        """Parse bytes of any encoding; nothing raises."""
        encoding, mark = encodings.marked(data) or (encodings.UTF8, 0)
        guessed: frozenset[int] = frozenset()
        if encoding == encodings.UTF8:
            text, guessed, encoding = _decoded(data[mark:])
        else:
            text = data[mark:].decode(encoding, "replace")
        with uncollected():
            lines = list(_lines(text, marked=data.startswith(codecs.BOM_UTF8)))
            for number in guessed:
                lines[number - 1] = _as_guess(lines[number - 1])
            return cls(name, data, encoding, tuple(lines), guessed)

    def is_guess(self, line: Line) -> bool:
        """Whether letters of a line are guessed, it being not in the file's encoding: another guess is another host."""
        return line.number in self.guessed and not line.text.isascii()

    @property
    def text(self) -> str:
        """The decoded text."""
        return "".join(line.text + line.end for line in self.lines)

    def raw(self) -> Iterator[bytes]:
        """The bytes of each line, without mark and line end; of UTF-16 and UTF-32 in UTF-8."""
        if self.guessed:
            return (line for line, _ in raw_lines(self.data.removeprefix(codecs.BOM_UTF8)))
        return (line.text.encode() for line in self.lines)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule that the file means, in order, duplicates and rules out of force included."""
        return tuple(line.rule for line in self.lines if line.rule)

    @cached_property
    def rule_set(self) -> RuleSet:
        """The rules, to be asked what they cover."""
        return RuleSet(self.rules)

    @cached_property
    def _in_force(self) -> RuleSet:
        return RuleSet(line.rule for line in self.lines if line.in_force and line.rule)

    @cached_property
    def _line_of(self) -> dict[str, int]:
        """Rule in force, as text -> number of the first line that says it."""
        numbers: dict[str, int] = {}
        for line in self.lines:
            if line.in_force and line.rule:
                numbers.setdefault(line.rule.text, line.number)
        return numbers

    def covers(self, url: str) -> Line | None:
        """The line by which a page is disavowed as the file stands; None where none does.

        Of several the narrowest rule, and of it the first line. A line that Google does not read covers nothing.

        Args:
            url: an absolute URL.
        """
        rule = self._in_force.covers_url(url)
        return self.lines[self._line_of[rule.text] - 1] if rule else None

    def covers_many(self, urls: pl.Series) -> pl.Series:
        """The same for a column.

        Args:
            urls: String.

        Returns:
            Int64 of the same length, named ``line``: line numbers; null where no line covers the page.
        """
        rules = self._in_force.covers_urls(urls)
        found = rules.drop_nulls().unique()
        numbers = pl.Series([self._line_of[rule] for rule in found.to_list()], dtype=pl.Int64)
        return rules.replace_strict(found, numbers, default=None, return_dtype=pl.Int64).rename("line")

    def check(self, guards: Guards | None = None) -> list[Finding]:
        """Everything that is wrong with the file; see ``checking.check``.

        Args:
            guards: whose site it is, and what must never be disavowed; without them, the shipped lists alone.
        """
        from detector.disavow.checking import check
        from detector.guards import Guards
        from detector.links.domains import Domains

        return check(self, guards or Guards(Domains.default()))


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the garbage collector rest: it would walk a million lines again and again, and none is part of a cycle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _decoded(data: bytes) -> tuple[str, frozenset[int], str]:
    """Text, numbers of the lines that are no UTF-8, and the encoding.

    Each line by itself, so that what one line means does not hang on another.
    """
    try:
        return data.decode("utf-8"), frozenset(), "utf-8"
    except UnicodeDecodeError:
        pass
    lines = raw_lines(data)
    broken = {at for at, (line, _) in enumerate(lines) if not _is_utf8(line)}
    page = encodings.code_page(b"\n".join(lines[at][0] for at in sorted(broken)))
    texts = [
        line.decode(page if at in broken else "utf-8", "replace") + end.decode()
        for at, (line, end) in enumerate(lines)
    ]
    return "".join(texts), frozenset(at + 1 for at in broken), page


def _as_guess(line: Line) -> Line:
    """A line that is not in the file's encoding: out of force where its entry may hold letters that are guessed."""
    foreign = re.search(r"[^\x00-\x7f]", line.text)
    if foreign is None or line.kind in (COMMENT, BLANK):
        return line
    return line._replace(spots=(Spot("not_utf8", foreign.start()), *line.spots))


def raw_lines(data: bytes) -> list[tuple[bytes, bytes]]:
    """The bytes of each line and of its end, of text in an encoding that leaves ASCII as it is."""
    return [(found[1], found[2]) for found in _LINE_BYTES.finditer(data) if found[0]]


_LINE_BYTES = re.compile(_LINE.pattern.encode())


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _split(text: str) -> Iterator[tuple[str, str]]:
    """Lines and their ends; the usual ones without a pattern."""
    returns = text.count("\r")
    end = "\n" if not returns else "\r\n" if text.count("\r\n") == returns == text.count("\n") else ""
    if not end:
        yield from ((found[1], found[2]) for found in _LINE.finditer(text) if found[0])
        return
    lines = text.split(end)
    last = lines.pop()
    yield from ((line, end) for line in lines)
    if last:
        yield last, ""


def entry_of(text: str) -> str:
    """A line without what stands around its entry: blanks, control characters, byte order marks."""
    return text.strip(_OUTER)


def _lines(text: str, *, marked: bool) -> Iterator[Line]:
    plain, is_first = _PLAIN_DOMAIN.fullmatch, marked
    for number, (line, end) in enumerate(_split(text), start=1):
        found = plain(line)
        if found and not is_first:
            yield Line(number, line, end, DOMAIN, Rule(DOMAIN, found[1]))
        else:
            yield _line(number, line, end, (Spot("bom", 0),) if is_first else ())
        is_first = False


def _line(number: int, text: str, end: str, spots: tuple[Spot, ...]) -> Line:
    """A line that is a comment, blank, or odd in any way."""
    entry = entry_of(text)
    at = text.find(entry) if entry else len(text)
    if "\ufeff" in text[:at]:
        spots = (*spots, Spot("bom_inside", text.index("\ufeff")))
    if not entry:
        return Line(number, text, end, BLANK, None, spots)
    if entry.startswith("#"):
        return Line(number, text, end, COMMENT, None, spots)
    kind, rule, found, _ = read_entry(entry)
    outside = text[:at].replace("\ufeff", "") + text[at + len(entry) :]
    if outside:
        place = len(text[:at]) and at - 1 if outside and text[:at].replace("\ufeff", "") else at + len(entry)
        hidden = re.search(r"[^\t ]", outside)
        spots = (*spots, Spot("invisible_character" if hidden else "outer_blanks", place))
    return Line(number, text, end, kind, rule, (*spots, *(Spot(code, at + place) for code, place in found)))
