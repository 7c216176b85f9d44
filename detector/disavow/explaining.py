"""Which line of a disavow file covers a page, and which only looks as if it did."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote

from detector.disavow.known import names_above
from detector.disavow.parsing import FAULTS, INVALID, DisavowFile, Line
from detector.disavow.rules import DOMAIN, URL, Rule, domain_rule, url_rule
from detector.links import hostnames
from detector.links.domains import Domains

_MOST_NEAR: Final = 5
_PARTS = re.compile(r"(https?)://([^/]*)([^?]*)(\?.*)?", re.DOTALL)
_HOST_IN_TEXT = re.compile(r"[^\s/:*?#@,;|\"'<>()]+\.[^\s/:*?#@,;|\"'<>()]+")


@dataclass(frozen=True)
class Reason:
    """A line, and what it has to do with a page.

    Attributes:
        line: its number.
        entry: the line, without outer blanks.
        why: in words.
    """

    line: int
    entry: str
    why: str


@dataclass(frozen=True)
class Explanation:
    """What a file does to a page or a host.

    Attributes:
        asked: as it was asked.
        page: its canonical form: a URL, or a host; None where it is neither.
        covering: the lines that cover it, the widest rule first; empty where none does.
        near: lines that only look as if they did, at most five.
    """

    asked: str
    page: str | None
    covering: tuple[Reason, ...] = ()
    near: tuple[Reason, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For machines; see docs/disavow-commands.md."""
        return {
            "asked": self.asked,
            "page": self.page,
            "covered": bool(self.covering),
            "covering": [vars(reason) for reason in self.covering],
            "near": [vars(reason) for reason in self.near],
        }


class Explainer:
    """Answers for one file, in constant time a page.

    Args:
        file: the disavow file.
        domains: to tell which hosts are of one site.
    """

    def __init__(self, file: DisavowFile, domains: Domains) -> None:
        self._domains = domains
        self._exact: dict[Rule, list[Line]] = defaultdict(list)
        self._dead: dict[Rule, list[Line]] = defaultdict(list)  # of lines that Google does not read
        self._twins: dict[tuple[str, str], list[Line]] = defaultdict(list)  # host and path -> URL lines
        self._of_unit: dict[str, list[Line]] = defaultdict(list)  # referring domain -> other lines about it
        for line in file.lines:
            if line.rule and line.in_force:
                self._add_rule(line, line.rule)
            elif line.rule:
                self._dead[line.rule].append(line)
            elif line.kind == INVALID:
                for unit in self._units_named(line.text):
                    self._of_unit[unit].append(line)

    def explain(self, asked: str) -> Explanation:
        """Explain a URL, or a bare host (is all of it covered?)."""
        rule = _rule_of(asked)
        if rule is None:
            return Explanation(asked, None)
        covering = tuple(self._covering(rule))
        near = () if covering else tuple(self._near(rule))
        return Explanation(asked, rule.value, covering, near)

    def _add_rule(self, line: Line, rule: Rule) -> None:
        self._exact[rule].append(line)
        if rule.kind == URL:
            self._twins[_twin_key(rule.value)].append(line)
        unit = self._unit(rule.value)
        if unit and len(self._of_unit[unit]) <= _MOST_NEAR:
            self._of_unit[unit].append(line)

    def _unit(self, value: str) -> str | None:
        return self._domains.referring_domain(value)

    def _units_named(self, text: str) -> set[str]:
        """Referring domains that a line which Google does not read may be about."""
        hosts = (domain_rule(found[0].strip(".")) for found in _HOST_IN_TEXT.finditer(text[:2_048]))
        return {unit for rule in hosts if rule and (unit := self._unit(rule.value))}

    def _covering(self, asked: Rule) -> Iterator[Reason]:
        host = _host_of(asked)
        for name in reversed(list(names_above(host))):
            why = f"it covers {name} and everything below" + (f", so {host} as well" if name != host else "")
            yield from _reasons(self._exact.get(Rule(DOMAIN, name), ()), why)
        if asked.kind == URL:
            yield from _reasons(self._exact.get(asked, ()), "it names this page")

    def _near(self, asked: Rule) -> Iterator[Reason]:
        """Lines that look alike, or that are about the same site; the nearest first."""
        seen: set[int] = set()
        wide = (Rule(DOMAIN, name) for name in names_above(_host_of(asked)))
        dead = [line for rule in (asked, *wide) for line in self._dead.get(rule, ())]
        twins = self._twins.get(_twin_key(asked.value), ()) if asked.kind == URL else ()
        others = self._of_unit.get(self._unit(asked.value) or "", ())
        for line in (*dead, *twins, *others):
            if line.number not in seen and len(seen) < _MOST_NEAR:
                seen.add(line.number)
                yield Reason(line.number, line.text.strip(), _why_not(line, asked))


def _reasons(lines: list[Line] | tuple[()], why: str) -> Iterator[Reason]:
    for line in lines[:1]:
        again = f" (and again in line {lines[1].number:,})" if len(lines) > 1 else ""
        yield Reason(line.number, line.text.strip(), why + again)


def _host_of(asked: Rule) -> str:
    return asked.value if asked.kind == DOMAIN else hostnames.of_text(asked.value) or ""


def _rule_of(asked: str) -> Rule | None:
    """A URL or a bare host as the rule that would cover just it."""
    text = asked.strip()
    if re.match(r"https?:", text, re.IGNORECASE):
        return url_rule(text)
    rule = None if re.search(r"[\s/?#@*]", text) else domain_rule(text)
    return rule if rule and ("." in rule.value or hostnames.is_ip(rule.value)) else None


def _twin_key(url: str) -> tuple[str, str]:
    """What pages share that differ only by scheme, ``www.``, closing slash, query, capitals or encoding."""
    parts = _PARTS.fullmatch(url)
    if not parts:
        return url, ""
    return parts[2].removeprefix("www."), unquote(parts[3]).rstrip("/").lower()


def _why_not(line: Line, asked: Rule) -> str:
    """Why a line that looks as if it covered a page or host does not."""
    rule = line.rule
    if rule is None or not line.in_force:
        return f"Google does not read it: it {FAULTS[line.fault or 'unreadable']}"
    if rule.kind == DOMAIN:
        return f"it covers {rule.value} and what lies below, nothing else of the site"
    if asked.kind == DOMAIN or _twin_key(rule.value) != _twin_key(asked.value):
        return "it covers that one page only"
    return f"it covers that page only: {' and '.join(_differences(rule.value, asked.value))}"


def _differences(covered: str, asked: str) -> list[str]:
    """In what two pages differ that are written alike."""
    one, other = _PARTS.fullmatch(covered), _PARTS.fullmatch(asked)
    if not one or not other:
        return ["it is spelled otherwise"]
    found = []
    if one[1] != other[1]:
        found.append(f"{one[1]}, not {other[1]}")
    if one[2] != other[2]:
        found.append(f"{one[2]}, not {other[2]}")
    if one[3] != other[3]:
        slash = one[3].rstrip("/") == other[3].rstrip("/")
        with_, without = ("with", "without") if one[3].endswith("/") else ("without", "with")
        found.append(
            f"{with_} the closing slash, not {without}" if slash else "its path is spelled otherwise"
        )
    if one[4] != other[4]:
        found.append(f"{_query(one[4])}, not {_query(other[4])}")
    return found


def _query(query: str | None) -> str:
    return f"with the query {query}" if query else "without a query"
