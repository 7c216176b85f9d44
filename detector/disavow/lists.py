"""Disavow files to and from other lists: plain domains or URLs, CSV, block lists of other tools.

What a format looks like is data (``list_formats``). Nothing is widened: a rule that a format cannot say is left
out and named.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from detector.disavow import files
from detector.disavow.combining import reasons
from detector.disavow.list_formats import FORMATS, ListFormat, format_of
from detector.disavow.merging import one_line
from detector.disavow.parsing import BLANK, COMMENT, FAULTS, DisavowFile, Line
from detector.disavow.rules import DOMAIN, URL, Rule, domain_rule, url_rule
from detector.errors import InputError
from detector.links import hostnames

_SURE: Final = 0.9  # share of the entries that a format must be able to read
_LOOKED_AT: Final = 5_000  # lines that are no comments
#: Characters of a comment in a cell: it stands in the row of every entry below it, and Excel takes 32,767.
LONGEST_COMMENT: Final = 1_000

_COLUMNS: Final = ("kind", "value", "line", "comment")
_TAGGED: Final = ("disavow", "csv")  # formats that say of each entry that it is a domain
_FORMULA: Final = re.compile(r"^[=+\-@\t\r]")  # a cell that a spreadsheet would run (CWE-1236)
#: What may stand around a host in a regular expression about referrers, before and behind.
_AROUND: Final = (
    re.compile(r"^\^?(?:http(?:s\?|\(s\)\?)://)?(?:\(\[\^/\][+*]\\\.\)\?|\(www\\?\.\)\?)?(?:\.\*)?"),
    re.compile(r"(?:\(\[:/\]\|\$\)|/?\.\*)?\$?$"),
)


class Listed(NamedTuple):
    """An entry of a list: its line, the rule that says it, and the comment that goes with it."""

    line: int
    rule: Rule
    comment: str = ""


class Unlisted(NamedTuple):
    """A line that could not be read, or a rule that could not be written, and why."""

    line: int
    text: str
    why: str


@dataclass
class ReadList:
    """A list that was read.

    Attributes:
        name: the file.
        format: a key of ``FORMATS``.
        entries: its entries, in order.
        unread: lines that are no entry of the format.
    """

    name: str
    format: str
    entries: list[Listed] = field(default_factory=list)
    unread: list[Unlisted] = field(default_factory=list)


# ---------------------------------------------------------------------- reading


def read_list(path: Path, format_: str | None = None) -> ReadList:
    """Read a list of any format.

    Args:
        path: the file; any encoding.
        format_: a key of ``FORMATS``; None: seen by its content.

    Raises:
        InputError: it cannot be read, holds no entry, or it is not sure what list it is.
        UsageError: there is no such format.
    """
    return parse_list(files.read_bytes(path), str(path), format_)


def parse_list(data: bytes, name: str, format_: str | None = None) -> ReadList:
    """Read a list from bytes; see ``read_list``."""
    if format_ is not None:
        format_of(format_)
    file = DisavowFile.parse(data, name)
    found = format_ or _recognised(file)
    if found is None:
        raise InputError(
            name, "it is not sure what list this is", f"name it with --from: {', '.join(FORMATS)}"
        )
    result = _read(file, found)
    if not result.entries:
        raise InputError(name, f"it holds no entry of the format {found}", "name the right one with --from")
    return result


def _recognised(file: DisavowFile) -> str | None:
    """The one format that can read a list; a list of URLs is a disavow file as well, and means the same."""
    entries = (line for line in file.lines if line.kind not in (BLANK, COMMENT))
    head = DisavowFile(file.name, b"", file.encoding, tuple(islice(entries, _LOOKED_AT)))
    if _columns(file.text) is not None:
        return "csv"
    if any(line.kind == DOMAIN for line in head.lines):  # no other list says "domain:"
        return "disavow"
    able = []
    for name in FORMATS.keys() - {"csv"}:
        read = _read(head, name)
        if read.entries and len(read.entries) >= _SURE * (len(read.entries) + len(read.unread)):
            able.append(name)
    return able[0] if len(able) == 1 else "disavow" if set(able) == {"disavow", "urls"} else None


def _read(file: DisavowFile, name: str) -> ReadList:
    result = ReadList(file.name, name)
    if name == "csv":
        _read_table(file, result)
        return result
    if name == "disavow":
        said = reasons(file)
        for line in file.lines:
            if line.kind not in (BLANK, COMMENT):
                _add_entries(result, file, line, said.get(line.number, ""))
        return result
    format_ = FORMATS[name]
    comments: list[str] = []
    above = ""  # all of them, once an entry has followed
    is_open = False
    for line in file.lines:
        text = one_line(line.text)
        if line.kind == BLANK:
            comments, is_open = [], False
        elif text.startswith(format_.comment):
            comments = [] if is_open else comments
            comments.append(text.lstrip(f"{format_.comment} ").strip())
            is_open = False
        elif not re.fullmatch(format_.aside, text):
            above = above if is_open else " / ".join(filter(None, comments))
            is_open = True
            _add_entries(result, file, line, above)
    return result


def _add_entries(result: ReadList, file: DisavowFile, line: Line, comment: str) -> None:
    """Add what a line says, or why it says nothing."""
    if result.format == "disavow":
        entry, behind = line.text, ""
        rules = [line.rule] if line.rule else []
        fault = FAULTS[line.fault or "unreadable"]
    else:
        entry, _, behind = one_line(line.text).partition(" #")
        rules = _rules_of(entry.strip(), FORMATS[result.format])
        fault = "is no entry of this format"
    if line.number in file.guessed and not entry.isascii():  # another guess is another host
        rules, fault = [], FAULTS["not_utf8"]
    for rule in rules:
        result.entries.append(Listed(line.number, rule, " / ".join(filter(None, (comment, behind.strip())))))
    if not rules:
        result.unread.append(Unlisted(line.number, one_line(line.text), f"it {fault}"))


def _rules_of(entry: str, format_: ListFormat) -> list[Rule]:
    """The rules that an entry says; none where a part of it is none."""
    found = re.fullmatch(format_.entry, entry)
    if not found:
        return []
    groups = {name.rstrip("2"): text for name, text in found.groupdict().items() if text}
    if "url" in groups:
        rules = [url_rule(groups["url"])]
    elif "pattern" in groups:
        rules = [_rule_of_host(_host_of_pattern(groups["pattern"]))]
    else:
        rules = [_rule_of_host(host) for host in re.split(r"[\s/]+", groups["hosts"])]
    return [rule for rule in rules if rule] if all(rules) else []


def _rule_of_host(host: str) -> Rule | None:
    """Rule for a host in a list; a name without a dot is a word there, no top-level domain."""
    rule = _domain_rule(host)
    return rule if rule and not _is_top_level(rule) else None


def _domain_rule(host: str) -> Rule | None:
    return domain_rule(host) if not re.search(r"[\s/?#@*]", host) else None


def _is_top_level(rule: Rule) -> bool:
    return rule.kind == DOMAIN and "." not in rule.value and not hostnames.is_ip(rule.value)


def _host_of_pattern(pattern: str) -> str:
    """The host that a regular expression is about; what is none where it says more than that."""
    before, behind = _AROUND
    inner = behind.sub("", before.sub("", pattern))
    return re.sub(r"\\([.\[\]-])", r"\1", inner)


def _columns(text: str) -> tuple[str, dict[str, int]] | None:
    """Delimiter and columns of a table of entries; None of anything else."""
    first = text.lstrip("\ufeff").split("\n", 1)[0].rstrip("\r")
    for delimiter in (",", ";", "\t"):
        names = [name.strip(' "').lower() for name in first.split(delimiter)]
        if {"kind", "value"} <= set(names):
            return delimiter, {name: place for place, name in enumerate(names)}
    return None


def _read_table(file: DisavowFile, result: ReadList) -> None:
    found = _columns(file.text)
    if found is None:
        raise InputError(result.name, "it has no columns 'kind' and 'value'", "write them into the first row")
    delimiter, columns = found
    rows = csv.reader(io.StringIO(file.text), delimiter=delimiter)
    next(rows)
    for row in _checked(rows, result.name):
        cells = {name: row[place].strip() for name, place in columns.items() if place < len(row)}
        cells = {
            name: cell[1:] if cell[:1] == "'" and _FORMULA.match(cell[1:]) else cell
            for name, cell in cells.items()
        }
        kind, value = cells.get("kind", ""), cells.get("value", "")
        rule = _domain_rule(value) if kind == DOMAIN else url_rule(value) if kind == URL else None
        why = "its kind is neither domain nor url, or its value fits none"
        if rows.line_num in file.guessed and not value.isascii():
            rule, why = None, f"it {FAULTS['not_utf8']}"
        if rule is None and any(cells.values()):
            result.unread.append(Unlisted(rows.line_num, f"{kind} {value}", why))
        elif rule is not None:
            result.entries.append(Listed(rows.line_num, rule, one_line(cells.get("comment", ""))))


def _checked(rows: Iterator[list[str]], name: str) -> Iterator[list[str]]:
    try:
        yield from rows
    except csv.Error as error:
        raise InputError(name, f"it is no table ({error})", "save it as CSV again") from error


# ---------------------------------------------------------------------- writing


def sayable(entries: Sequence[Listed], name: str) -> tuple[list[Listed], list[Unlisted]]:
    """The entries that a format can say, each rule once; and those that it cannot, with the reason."""
    format_ = format_of(name)
    said: dict[Rule, Listed] = {}
    left_out = []
    for one in entries:
        if one.rule.kind not in format_.kinds:
            why = (
                "it names one page, and the format knows only whole hosts: it would be widened"
                if one.rule.kind == URL
                else "it covers a whole host, and the format knows only single pages"
            )
            left_out.append(Unlisted(one.line, one.rule.text, why))
        elif one.rule.kind == DOMAIN and hostnames.is_ip(one.rule.value) and not format_.addresses:
            left_out.append(
                Unlisted(one.line, one.rule.text, "it names an address, and the format knows only names")
            )
        elif _is_top_level(one.rule) and name not in _TAGGED:
            left_out.append(Unlisted(one.line, one.rule.text, "it names a whole top-level domain"))
        else:
            said.setdefault(one.rule, one)
    return list(said.values()), left_out


def written(
    entries: Sequence[Listed], name: str, held_back: Mapping[Rule, str] = MappingProxyType({})
) -> str:
    """Entries as a list; comments stand above the entries that share them.

    Args:
        entries: what is to be said.
        name: of the format.
        held_back: entries that stand there as comments only, each with the reason.
    """
    format_ = format_of(name)
    if name == "csv":
        return _table(entries)
    lines = list(format_.opening)
    before = ""
    for one in entries:
        if one.comment != before:
            lines += [""] if lines else []
            lines += [f"{format_.comment} {one.comment}"] if one.comment else []
            before = one.comment
        why = held_back.get(one.rule)
        line = _line_of(one.rule, name)
        lines.append(f"{format_.comment} held back ({why}): {line}" if why else line)
    return "".join(f"{line}\n" for line in [*lines, *format_.closing])


def _line_of(rule: Rule, name: str) -> str:
    if name == "disavow":
        return rule.text
    pattern = re.sub(r"([.\[\]])", r"\\\1", rule.value)
    return FORMATS[name].written.replace("{value}", rule.value).replace("{pattern}", pattern)


def _table(entries: Sequence[Listed]) -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(_COLUMNS)
    for one in entries:
        cells = (one.rule.kind, one.rule.value, str(one.line), _cell(one.comment))
        table.writerow([f"'{cell}" if _FORMULA.match(cell) else cell for cell in cells])
    return out.getvalue()


def _cell(comment: str) -> str:
    return comment if len(comment) <= LONGEST_COMMENT else f"{comment[: LONGEST_COMMENT - 1]}…"
