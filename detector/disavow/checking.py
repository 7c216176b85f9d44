"""Everything that is wrong with a disavow file, each fault at its place and with its mend.

One cause is told once: a file of another sort is not told line by line, a line that is dead as it stands does no
harm, and a URL under a domain rule is not compared with other URLs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import polars as pl

from detector.disavow import oddities
from detector.disavow.contents import other_sort
from detector.disavow.entries import INVALID, mended, read_entry
from detector.disavow.faults import DANGER, DEAD, ERROR, FAULTS, SEVERITIES
from detector.disavow.parsing import DisavowFile, Line, entry_of, uncollected
from detector.disavow.rules import DOMAIN, Limits, Rule, domain_rule, host_of, is_address, url_rule
from detector.guards import Guards
from detector.links.domains import INVALID as NO_HOST
from detector.links.domains import PUBLIC_SUFFIX

_NEAR_LINES: Final = 95_000
_NEAR_BYTES: Final = 2_000_000  # what some read "2 MB" as
_SHOWN: Final = 3  # of several proposed lines
_LONGEST: Final = 2_100  # characters of an entry that are quoted
_RANK: Final = {severity: rank for rank, severity in enumerate(SEVERITIES)}
_TWIN = re.compile(r"https?://(?:www\.)?(.*?)/?$")


class Finding(NamedTuple):
    """A fault at its place; the fields are those of ``check --json``.

    Attributes:
        file: as the user named it.
        line, column: 1-based; the column counts characters of the decoded line.
        code, severity: see ``faults``.
        entry: the line without outer blanks; empty where the file as a whole is meant.
        message: what is wrong and what that leads to.
        fix: what to do about it.
    """

    file: str
    line: int
    column: int
    code: str
    severity: str
    entry: str
    message: str
    fix: str

    def as_dict(self) -> dict[str, Any]:
        """The finding as a JSON object."""
        return self._asdict()


def check(file: DisavowFile, guards: Guards) -> list[Finding]:
    """Find every fault of a file.

    Args:
        file: the file.
        guards: whose site it is, and what must never be disavowed.

    Returns:
        The findings in the order of lines and columns, the gravest of one place first. Nothing raises.
    """
    with uncollected():
        return list(findings(file, guards))


def findings(file: DisavowFile, guards: Guards) -> Iterator[Finding]:
    """The same one by one, so that those of a huge file need not be held all at once."""
    of_file = sorted([*_file_name(file), *_whole_file(file)], key=_order)
    if any(found.code == "not_a_disavow_file" for found in of_file):
        yield from of_file
        return
    waiting = iter(of_file)
    next_of_file = next(waiting, None)
    rules = _Rules(file, guards)
    for line in file.lines:
        found = list(_line_faults(file, line, guards)) if line.spots else []
        if line.rule:
            found += rules.faults(line, line.rule)
        while next_of_file and next_of_file.line == line.number:
            found.append(next_of_file)
            next_of_file = next(waiting, None)
        if found:
            yield from sorted(found, key=_order)
    while next_of_file:
        yield next_of_file
        next_of_file = next(waiting, None)


def _order(found: Finding) -> tuple[int, int, int, str]:
    return found.line, found.column, _RANK[found.severity], found.code


def is_fit(found: Iterable[Finding]) -> bool:
    """Whether no error and no danger was found."""
    return not any(finding.severity in (ERROR, DANGER) for finding in found)


def _finding(
    file: DisavowFile,
    code: str,
    line: int = 1,
    at: int = 0,
    *,
    entry: str = "",
    detail: str = "",
    fix: str = "",
) -> Finding:
    fault = FAULTS[code]
    subject = "The line" if entry else "The file"
    message = f"{subject} {fault.words}{detail}. {fault.meaning}"
    return Finding(
        file.name, line, at + 1, code, fault.severity, entry[:_LONGEST], message, fix or fault.mend
    )


# ------------------------------------------------------------------------------------------- the file


def _file_name(file: DisavowFile) -> Iterator[Finding]:
    if Path(file.name).suffix.lower() != ".txt":
        yield _finding(file, "file_name")


def _whole_file(file: DisavowFile, limits: Limits | None = None) -> Iterator[Finding]:
    limits = limits or Limits()
    sort = other_sort(file)
    if sort:
        yield _finding(file, "not_a_disavow_file", detail=f": {sort}")
        return
    yield from _encoding(file)
    yield from _line_ends(file)
    count = len(file.lines)
    if count > limits.lines:
        yield _finding(file, "too_many_lines", limits.lines + 1, detail=f" ({count:,})")
    elif count >= _NEAR_LINES:
        yield _finding(file, "nearly_too_many_lines", count, detail=f" ({count:,})")
    if len(file.data) > limits.bytes:
        yield _finding(file, "too_large", detail=f": {len(file.data):,} bytes")
    elif len(file.data) >= _NEAR_BYTES:
        yield _finding(file, "nearly_too_large", detail=f": {len(file.data):,} bytes")
    if all(line.rule is None and line.kind != INVALID for line in file.lines):
        yield _finding(file, "no_rules")


def _encoding(file: DisavowFile) -> Iterator[Finding]:
    if file.encoding.startswith(("utf-16", "utf-32")):
        yield _finding(file, "utf16", detail=f" ({file.encoding})")
    if file.guessed:
        first = file.lines[min(file.guessed) - 1]
        foreign = re.search(r"[^\x00-\x7f]", first.text)
        count = f"{len(file.guessed):,} line{'s' * (len(file.guessed) > 1)}"
        detail = f": {count} in what looks like {file.encoding}"
        yield _finding(file, "not_utf8", first.number, foreign.start() if foreign else 0, detail=detail)
    nul = next((line for line in file.lines if "\0" in line.text), None)
    if nul:
        detail = f" ({sum(line.text.count(chr(0)) for line in file.lines):,})"
        yield _finding(file, "nul_character", nul.number, nul.text.index("\0"), detail=detail)


def _line_ends(file: DisavowFile) -> Iterator[Finding]:
    if not file.lines:
        return
    ends = {line.end for line in file.lines} - {""}
    returns = next((line for line in file.lines if line.end == "\r"), None)
    if returns:
        count = sum(line.end == "\r" for line in file.lines)
        detail = f" ({count:,} line{'s do' if count > 1 else ' does'})"
        yield _finding(
            file, "cr_line_ends", returns.number, len(returns.text), entry=returns.text, detail=detail
        )
    elif len(ends) > 1:
        usual = file.lines[0].end
        other = next(line for line in file.lines if line.end not in (usual, ""))
        yield _finding(file, "mixed_line_ends", other.number, len(other.text))
    elif ends and ends != {"\n"}:
        yield _finding(file, "crlf_line_ends", 1, len(file.lines[0].text))
    last = file.lines[-1]
    if not last.end:
        yield _finding(file, "no_final_line_end", last.number, len(last.text))


# ------------------------------------------------------------------------------------------- one line


def _line_faults(file: DisavowFile, line: Line, guards: Guards) -> Iterator[Finding]:
    """Faults of a line by itself. What is said of the whole file is not said again of its lines."""
    entry = entry_of(line.text)
    fix = _mend_of(line, entry, guards)
    for code, at in line.spots:
        if code == "not_utf8" or (code == "control_character" and line.text[at] == "\0"):
            continue
        if code == "unicode_host" and line.number in file.guessed:
            continue
        if code == "bom":
            yield _finding(file, code, line.number, at)
        else:
            suits = code in DEAD or FAULTS[code].safe or code == "trailing_dot"
            yield _finding(file, code, line.number, at, entry=entry, fix=fix if suits else "")


def _mend_of(line: Line, entry: str, guards: Guards) -> str:
    """The mend of a line in words; empty where nothing better can be said than what is said of the fault."""
    codes = {spot.code for spot in line.spots}
    plain = codes <= {"bom", "bom_inside", "outer_blanks"}
    if plain and (line.in_force or not line.rule):
        return ""
    if line.rule:
        lines = [mended(entry, line.rule, codes) or line.rule.text]
    else:
        lines = list(read_entry(entry).proposed)
    for text in lines:
        rule = domain_rule(text[7:]) if text.startswith("domain:") else url_rule(text)
        code = guards.reason(rule.value) if rule else None
        if code is not None:
            return f"Do not write {text}: {_lower(guards.sentence(code))} Remove the line, or name what is meant."
    if plain or not lines:
        return ""
    shown = ", ".join(lines[:_SHOWN]) + (", ..." if len(lines) > _SHOWN else "")
    if "path_in_domain" in codes and line.rule is None and not shown.startswith("domain:"):
        return f"Write the page as a URL line: {' or '.join(lines[:2])}"
    each = " each on a line of its own" if "several_entries" in codes else ""
    below = ", and the comment on a line of its own" if "comment_behind_entry" in codes else ""
    return f"Write{each}{':' if each else ''} {shown}{below}"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


# ------------------------------------------------------------------------------------------- rules


class _Rules:
    """What the rules of a file hit, and how they stand to each other."""

    def __init__(self, file: DisavowFile, guards: Guards) -> None:
        self._file = file
        self._guards = guards
        self._first: dict[str, Line] = {}  # by the rule's value: that of a URL is no host
        self._twins: dict[str, Line] = {}
        self._hosts: dict[str, int] = {}  # host of a domain rule in force -> its first line
        for line in file.lines:
            if line.rule and line.rule.kind == DOMAIN and line.in_force:
                self._hosts.setdefault(line.rule.value, line.number)
        hosts = pl.Series(list(dict.fromkeys(map(host_of, file.rules))), dtype=pl.String)
        #: hosts of which something may have to be said; of most there is not
        self._curious = frozenset(
            hosts.filter(~guards.are_open(hosts) | oddities.may_be_odd(hosts)).to_list()
        )

    def faults(self, line: Line, rule: Rule) -> list[Finding]:
        """Faults of a rule; every line of the file in its turn."""
        codes = self._codes(line, rule)
        if not codes:
            return []
        entry = entry_of(line.text)
        at = line.text.find(entry)
        return [
            _finding(
                self._file, code, line.number, at, entry=entry, detail=f" (line {other})" if other else ""
            )
            for code, other in codes
        ]

    def _codes(self, line: Line, rule: Rule) -> list[tuple[str, int]]:
        """Codes, each with the number of the other line that it is about (0: of none)."""
        is_domain = rule.kind == DOMAIN
        host = rule.value if is_domain else host_of(rule)
        first = self._first.setdefault(rule.value, line)
        if line.in_force and not first.in_force:  # what is dead as it stands says nothing twice
            first = self._first[rule.value] = line
        reason, odd = None, []
        if host in self._curious:
            reason = self._guards.reason(rule.value)
            odd = oddities.of_host(host, self._guards.domains, whole=is_domain) if first is line else []
        if reason == NO_HOST and odd in ([], ["unknown_suffix"]):
            return [("not_a_host", 0)]
        codes = []
        if reason and reason != NO_HOST and line.in_force:
            is_top = reason == PUBLIC_SUFFIX and "." not in rule.value
            codes.append(("top_level_domain" if is_top else reason, 0))
        if first is not line:
            same = entry_of(first.text) == entry_of(line.text)
            return [*codes, ("duplicate" if same else "near_duplicate", first.number)]
        wider = self._wider(rule, host)
        codes += [(code, 0) for code in odd if not (code == "www_only" and wider)]
        if wider:
            codes.append(("domain_covered" if is_domain else "url_covered", wider))
        elif not is_domain:
            twin = self._twins.setdefault(_twin_key(rule), line)
            if twin is not line:
                codes.append(("url_twin", twin.number))
        return codes

    def _wider(self, rule: Rule, host: str) -> int | None:
        """Line of the narrowest domain rule in force that covers a rule and is another one."""
        hosts = self._hosts
        if rule.kind != DOMAIN and host in hosts:
            return hosts[host]
        if is_address(host):
            return None
        at = host.find(".")
        while at >= 0:
            if host[at + 1 :] in hosts:
                return hosts[host[at + 1 :]]
            at = host.find(".", at + 1)
        return None


def _twin_key(rule: Rule) -> str:
    found = _TWIN.fullmatch(rule.value)
    return found[1] if found else rule.value
