"""What a new disavow file looks like: header, the former file's lines, new rules in groups with comments."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from detector import __version__
from detector.disavow.merging import Former, one_line
from detector.disavow.planned import PlannedRule
from detector.disavow.rules import DOMAIN, Limits, Rule

UPLOAD_PAGE = "https://search.google.com/search-console/disavow-links"
_REASON_LENGTH = 160
_UNNAMED_KIND = "unclear kind"


@dataclass(frozen=True)
class Layout:
    """Everything a file is made of.

    Attributes:
        site: the site the file is for.
        today: the day it is written.
        former: the former file's part.
        former_name: name of the former file; empty without one.
        new: the new rules, as ``arranged``.
        reasons: whether a comment above each unit says its probability and why.
        explained: whether old lines that Google does not read say why.
        headings: whether there are a header and a comment above each group.
    """

    site: str
    today: date
    former: Former
    former_name: str
    new: Sequence[PlannedRule]
    reasons: bool = True
    explained: bool = True
    headings: bool = True

    def lines(self) -> list[str]:
        """The file, line by line."""
        head = self._header() if self.headings else []
        lines = [*head, *self.former_lines]
        for kind, rules in itertools.groupby(self.new, key=_kind):
            lines += self._group(kind, list(rules))
        return lines

    @property
    def former_lines(self) -> list[str]:
        """The former file's part."""
        return self.former.lines if self.explained else self.former.terse_lines

    def data(self) -> bytes:
        """The file in bytes: UTF-8 without a mark, LF behind every line."""
        return "".join(f"{line}\n" for line in self.lines()).encode("utf-8", "replace")

    def fits(self, limits: Limits) -> bool:
        """Whether Google takes a file of this size."""
        data = self.data()
        return len(data) <= limits.bytes and data.count(b"\n") <= limits.lines

    def with_rules(self, new: Sequence[PlannedRule]) -> Layout:
        """The same file with other new rules."""
        return replace(self, new=new)

    def _header(self) -> list[str]:
        every = [*self.former.rules, *(planned.rule for planned in self.new)]
        name = one_line(self.former_name)
        source = f" ({len(self.former.rules):,} from {name}, {len(self.new):,} new)" if name else ""
        tool = f"toxic-link-detector {__version__}"
        head = [
            f"# Disavow file for {one_line(self.site)}, written {self.today} by {tool}",
            f"# {counted(every)}{source}",
            f"# Upload: {UPLOAD_PAGE} (it replaces the former list)",
        ]
        if self.former.held_back:
            held = len(self.former.held_back)
            head.append(
                f"# {held:,} line{'s' * (held > 1)} of the former file held back: see 'held back' below"
            )
        return [*head, ""]

    def _group(self, kind: str, rules: list[PlannedRule]) -> list[str]:
        lines = []
        if self.headings:
            likely = [planned.probability for planned in rules]
            low, high = f"{min(likely):.2f}", f"{max(likely):.2f}"
            span = low if low == high else f"{low} to {high}"
            count = counted([planned.rule for planned in rules])
            lines += ["", f"# {one_line(kind)}: {count}, probability {span}, added {self.today}"]
        unit = None
        for planned in rules:
            if self.reasons and planned.unit != unit:
                unit = planned.unit
                lines.append(_why(planned))
            lines.append(planned.rule.text)
        return lines


def counted(rules: Sequence[Rule]) -> str:
    """Count rules in words: ``2 domains, 1 page``."""
    domains = sum(rule.kind == DOMAIN for rule in rules)
    counts = ((domains, "domain"), (len(rules) - domains, "page"))
    return ", ".join(f"{count:,} {word}{'s' * (count != 1)}" for count, word in counts if count) or "no rules"


def _kind(planned: PlannedRule) -> str:
    return planned.kind or _UNNAMED_KIND


def arranged(rules: Iterable[PlannedRule]) -> list[PlannedRule]:
    """Rules in the order of the file: by kind, then by referring domain, then by rule."""
    return sorted(rules, key=lambda p: (_kind(p), p.unit, p.rule.kind, p.rule.value))


def _why(planned: PlannedRule) -> str:
    reasons = one_line(planned.reasons)
    if len(reasons) > _REASON_LENGTH:
        reasons = reasons[: _REASON_LENGTH - 1].rstrip() + "…"
    unit = "" if planned.rule.kind == DOMAIN else f" {one_line(planned.unit)}"
    return f"# {planned.probability:.2f}{unit}{': ' if reasons else ''}{reasons}"
