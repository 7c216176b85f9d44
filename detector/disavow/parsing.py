"""An existing disavow file: its lines as they stand, and what each of them is.

Nothing is lost in parsing: ``"".join(line.text + line.end for line in lines)`` is the decoded text, and
``data`` the bytes. A line is one of

=========  =====================================================================================
comment    begins with ``#`` (blanks before it are let pass)
blank      nothing but blanks
domain     ``domain:HOST``
url        one absolute http(s) URL
invalid    anything else; ``fault`` says what is wrong with it
=========  =====================================================================================

A rule that people write in a way Google's help does not show, and whose meaning is plain all the same, is a
rule with a ``fault``: a blank behind ``domain:`` or capitals in it (Google's John Mueller has said of both
that they do not matter), a host in Unicode. It may be in force today, so nobody may drop it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from detector.disavow.rules import DOMAIN, MAX_URL, URL, Rule, RuleSet, domain_rule, url_rule
from detector.errors import InputError
from detector.links import encodings

COMMENT: Final = "comment"
BLANK: Final = "blank"
INVALID: Final = "invalid"

#: What can be wrong with a line, in words. Of the first group the meaning is plain.
FAULTS: Final = {
    "spelling": "is spelled as Google's help does not show it",
    "not_ascii": "is not in ASCII",
    "no_host": "names no host",
    "scheme_in_domain": "has a scheme behind domain:",
    "path_in_domain": "has a path behind domain:",
    "port_in_domain": "has a port behind domain:",
    "wildcard": "has a wildcard",
    "trailing_text": "has text behind the entry, which is no comment there",
    "no_prefix": "is a bare host: it needs domain: before it",
    "no_scheme": "is a URL without http:// or https://",
    "url_too_long": f"is a URL of more than {MAX_URL:,} characters",
    "unreadable": "is neither domain:HOST nor a URL",
}

_LARGEST: Final = 64 * 1024 * 1024
_OUTER = re.compile(r"^[\s\x00-\x20\x7f\ufeff]+|[\s\x00-\x20\x7f\ufeff]+$")
_LINE = re.compile(r"([^\r\n]*)(\r*\n|\r|$)")
_DOMAIN = re.compile(r"domain[ \t]*:[ \t]*(.*)", re.IGNORECASE | re.DOTALL | re.ASCII)
_HTTP = re.compile(r"https?://", re.IGNORECASE | re.ASCII)
_PLAIN_DOMAIN = re.compile(r"domain:(?:[a-z0-9_.-]+|\[[0-9a-f:.]+\])")
_PLAIN_URL = re.compile(r"https?://[\x21-\x7e]+")
_WITH_PATH = re.compile(r"[^\s/?#:]+\.[^\s/?#:]+[/?]\S*")


@dataclass(frozen=True)
class Line:
    """One line.

    Attributes:
        number: 1-based.
        text: the line without its end, blanks included.
        end: its line end as it stands; empty at the end of the file.
        kind: comment, blank, domain, url or invalid.
        rule: what it says, in canonical form; None unless it is a rule.
        fault: a key of ``FAULTS``; None where the line is as Google's help shows it.
    """

    number: int
    text: str
    end: str
    kind: str
    rule: Rule | None = None
    fault: str | None = None


@dataclass(frozen=True)
class DisavowFile:
    """A parsed disavow file.

    Attributes:
        name: the file as the user named it.
        data: its bytes.
        encoding: what they were decoded from.
        lines: every line, in order.
    """

    name: str
    data: bytes
    encoding: str
    lines: tuple[Line, ...]

    @classmethod
    def read(cls, path: Path) -> DisavowFile:
        """Read and parse a file.

        Raises:
            InputError: it cannot be read, is larger than 64 MB, or holds no text.
        """
        try:
            if path.stat().st_size > _LARGEST:
                raise InputError(
                    path, "it is larger than 64 MB and so no disavow file", "name the right file"
                )
            data = path.read_bytes()
        except OSError as error:
            reason = error.strerror or str(error)
            raise InputError(path, f"it cannot be read ({reason})", "name a text file") from error
        parsed = cls.parse(data, str(path))
        if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF") or (
            parsed.lines and not parsed.rules and any(line.kind == INVALID for line in parsed.lines)
        ):
            fix = "a disavow file is plain text with lines like domain:example.com"
            raise InputError(path, "it holds no rule of a disavow file", fix)
        return parsed

    @classmethod
    def parse(cls, data: bytes, name: str = "disavow.txt") -> DisavowFile:
        """Parse bytes of any encoding; nothing raises. NUL characters are left out of the text."""
        encoding = encodings.detect(data, whole=True)
        repairs = encodings.Repairs()
        text = encodings.mended(b"".join(encodings.to_utf8([data], encoding, repairs)), repairs).decode(
            "utf-8"
        )
        lines = []
        for number, found in enumerate(_LINE.finditer(text), start=1):
            if found[0]:
                lines.append(_line(number, found[1], found[2]))
        return cls(name, data, encoding.name, tuple(lines))

    @property
    def text(self) -> str:
        """The decoded text."""
        return "".join(line.text + line.end for line in self.lines)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule in order, duplicates included."""
        return tuple(line.rule for line in self.lines if line.rule)

    @cached_property
    def rule_set(self) -> RuleSet:
        """The rules, to be asked what they cover."""
        return RuleSet(self.rules)


def _line(number: int, text: str, end: str) -> Line:
    entry = _OUTER.sub("", text)
    if not entry:
        return Line(number, text, end, BLANK)
    if entry.startswith("#"):
        return Line(number, text, end, COMMENT)
    named = _DOMAIN.match(entry)
    if named:
        return _domain_line(number, text, end, entry, named[1])
    if _HTTP.match(entry):
        return _url_line(number, text, end, entry)
    return Line(number, text, end, INVALID, fault=_fault_of_bare(entry))


def _domain_line(number: int, text: str, end: str, entry: str, value: str) -> Line:
    rule = domain_rule(value) if not re.search(r"[\s/*#?@]", value) else None
    if rule is None:
        return Line(number, text, end, INVALID, fault=_fault_of_domain(value))
    plain = _PLAIN_DOMAIN.fullmatch(entry) and rule.text == entry
    return Line(number, text, end, DOMAIN, rule, None if plain else _fault_of_spelling(entry))


def _url_line(number: int, text: str, end: str, entry: str) -> Line:
    rule = url_rule(entry) if not re.search(r"\s", entry) else None
    if rule is None:
        fault = "trailing_text" if re.search(r"\s", entry) else "no_host"
        return Line(number, text, end, INVALID, fault=fault)
    if len(rule.value) > MAX_URL or len(entry) > MAX_URL:
        return Line(number, text, end, INVALID, fault="url_too_long")
    return Line(
        number, text, end, URL, rule, None if _PLAIN_URL.fullmatch(entry) else _fault_of_spelling(entry)
    )


def _fault_of_spelling(entry: str) -> str:
    return "spelling" if entry.isascii() else "not_ascii"


def _fault_of_domain(value: str) -> str:
    """Why what stands behind ``domain:`` is no host: the first of the table that fits."""
    patterns = {
        "no_host": r"$",
        "scheme_in_domain": r"[a-zA-Z][a-zA-Z0-9+.-]*://",
        "trailing_text": r"\S+\s|\S+#",
        "wildcard": r".*\*",
        "path_in_domain": r"[^/?]*[/?]",
        "port_in_domain": r"[^:]+:[0-9]*$",
    }
    return next((fault for fault, pattern in patterns.items() if re.match(pattern, value)), "no_host")


def _fault_of_bare(entry: str) -> str:
    """What a line is that has neither ``domain:`` nor a scheme."""
    if "*" in entry:
        return "wildcard"
    rule = domain_rule(entry) if not re.search(r"[\s/:#?@]", entry) else None
    if rule and "." in rule.value:
        return "no_prefix"
    return "no_scheme" if _WITH_PATH.fullmatch(entry) else "unreadable"
