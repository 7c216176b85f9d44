"""Verdicts, to be asked about single links: the nearest one that names a link decides.

A verdict names a referring domain of the audit (``spam.example``, ``x.wordpress.com``, ``medium.com/@x``); a person
may add one for a host below it (``blog.good.example``) or for one page (a URL). Of a link, its page's verdict comes
first, then that of the nearest host from its own up to its referring domain. Where none names it, it is kept.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

import polars as pl

from detector.disavow.profile import ZONE
from detector.disavow.rules import Rule, domain_rule, url_rule

#: The verdict that asks for a rule. Whatever else a verdict says (review, keep, ignore), a rule must not cover it.
DISAVOW: Final = "disavow"

#: Kind of a row that a person has decided against what the audit would have written.
BY_PERSON: Final = "decided by a person"

_URL = re.compile(r"https?://", re.IGNORECASE | re.ASCII)


class Verdict(NamedTuple):
    """One verdict.

    Attributes:
        name: referring domain, host or page.
        flagged: it is to be disavowed.
        kind: what is wrong, in plain words.
        probability: that it is toxic, by the audit; 1 where a person named it and the audit did not.
        reasons: why, in plain words.
        certainty: the probability, or 1 where a person decided.
    """

    name: str
    flagged: bool
    kind: str
    probability: float
    reasons: str
    certainty: float

    @property
    def is_page(self) -> bool:
        """Whether it is about one page."""
        return _URL.match(self.name) is not None

    @property
    def is_path(self) -> bool:
        """Whether only pages can be disavowed: a tenant with a path, or an IPv6 address."""
        return not self.is_page and ("/" in self.name or self.name.startswith("["))

    @property
    def host(self) -> str | None:
        """The host that a rule would be about, in ASCII; None where there is none, or for a page."""
        if self.is_page:
            return None
        rule = domain_rule(self.name.partition("/")[0])
        return rule.value if rule else None


def near_flagged(verdicts: pl.DataFrame) -> pl.DataFrame:
    """The verdicts that a plan depends on: those that flag, and of the others those that a rule for one of them could hit."""
    flags = pl.col("verdict") == DISAVOW
    zone = pl.col("referring_domain").str.extract(ZONE)
    table = verdicts.with_columns(zone=zone)
    flagged = table.filter(flags)
    if flagged["zone"].null_count():  # a name that only a closer look understands
        return verdicts
    near = pl.col("zone").is_null() | pl.col("zone").is_in(flagged["zone"].unique().implode())
    return table.filter(flags | near).drop("zone")


class Judged:
    """The verdicts of one audit.

    Args:
        verdicts: one row each: ``referring_domain`` (a referring domain, a host below one, or a URL), ``verdict``,
            ``kind``, ``reasons`` (String), ``probability`` (Float64). Of rows with the same name the one
            that does not flag counts, then the most probable.

    Attributes:
        all: every verdict, in order.
    """

    def __init__(self, verdicts: pl.DataFrame) -> None:
        columns = ["referring_domain", "verdict", "kind", "probability", "reasons"]
        best: dict[str, Verdict] = {}
        self.pages: dict[Rule, Verdict] = {}
        for name, word, kind, probability, reasons in verdicts.select(columns).iter_rows():
            likely = 1.0 if probability is None else float(probability)
            sure = 1.0 if kind == BY_PERSON else likely
            verdict = Verdict(name, word == DISAVOW, kind or "", likely, reasons or "", sure)
            held = best.get(name)
            if held is None or (held.flagged, -held.probability) > (verdict.flagged, -likely):
                best[name] = verdict
        self._by_name = best
        self.all = list(best.values())
        for verdict in self.all:
            rule = url_rule(verdict.name) if verdict.is_page else None
            if rule is not None:
                self.pages[rule] = verdict

    def of_host(self, host: str, unit: str) -> Verdict | None:
        """The verdict on the links of a host that belong to a referring domain; None where none names them."""
        if "/" in unit or unit.startswith("["):
            return self._by_name.get(unit)
        name = host
        while name != unit and name.endswith(f".{unit}"):
            found = self._by_name.get(name)
            if found is not None:
                return found
            name = name.partition(".")[2]
        return self._by_name.get(unit)

    def of_page(self, page: str | None, host: str, unit: str) -> Verdict | None:
        """The verdict on the links of one page (its canonical URL)."""
        named = self.pages.get(Rule("url", page)) if page else None
        return named or self.of_host(host, unit)
