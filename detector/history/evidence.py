"""The evidence for a reconsideration request: what was found, what was decided and when, who was asked.

Only what the audit, the history and the log say is told. An upload that nobody confirmed is called so, and a
rule that is in no upload is called proposed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import polars as pl

from detector.disavow.judged import BY_PERSON
from detector.disavow.rules import Rule, RuleSet
from detector.history.audits import AuditFolder
from detector.history.outreach import Outreach, Request
from detector.history.store import Store
from detector.history.uploads import UPLOADED, StoredFile, Upload
from detector.links.domains import Domains

DISAVOW: Final = "disavow"
#: What is said of a domain that no rule of an upload covers, by the audit's verdict.
_UNCOVERED: Final = {DISAVOW: "proposed for the disavow file", "review": "not decided yet"}
_PAGES: Final = 3  # example pages of a domain

#: One row a referring domain; days are ISO text, empty where nothing is known.
ROWS: Final[dict[str, pl.DataType]] = {
    "referring_domain": pl.String(),
    "kind": pl.String(),  # as the audit calls it; empty where the audit does not know the domain
    "links": pl.Int64(),  # 0 where the exports name none
    "followed_links": pl.Int64(),  # null where no export says
    "first_seen": pl.String(),
    "last_seen": pl.String(),
    "example_pages": pl.String(),  # joined by blanks, which no URL holds
    "anchors": pl.String(),
    "decision": pl.String(),
    "decided": pl.String(),
    "reason": pl.String(),
    "rule": pl.String(),
    "requests": pl.Int64(),
    "first_request": pl.String(),
    "last_request": pl.String(),
    "asked": pl.String(),
    "channel": pl.String(),
    "answer": pl.String(),
    "removed": pl.String(),  # yes, no, or empty where the log does not say
}


@dataclass(frozen=True)
class Evidence:
    """Everything that the document tells.

    Attributes:
        site: the site.
        today: the day it is written.
        audit: the audit it rests on.
        uploads: every file that was handed over, the oldest first.
        in_force: the one in force; None where none was confirmed.
        idle_rules: rules of it that meet no referring domain of the audit.
        requests: the log of removal requests; None where none was given.
        table: schema ``ROWS``; by kind, then the domains with most links first; what only the log knows is last.
    """

    site: str
    today: date
    audit: AuditFolder
    uploads: Sequence[Upload]
    in_force: Upload | None
    idle_rules: int
    requests: Sequence[Request] | None
    table: pl.DataFrame


def gather(
    audit: AuditFolder, store: Store | None, outreach: Outreach | None, domains: Domains, today: date
) -> Evidence:
    """Put together what an audit, the history and the log say.

    Listed is every referring domain whose links the audit would disavow, that a rule of the file in force
    (or, where none was confirmed, of the last one handed over) meets, or that somebody was asked about.

    Args:
        store: the history of the site; None where there is none.
        outreach: the log; None where there is none.

    Raises:
        InputError: the links of the audit, or the store, cannot be read.
    """
    in_force = store.in_force() if store else None
    uploads = store.uploads() if store else []
    newest = in_force or (uploads[-1] if uploads else None)
    stored = store.file(newest.number) if store and newest else None
    cover = _Cover(stored, store.first_recorded() if store else {}, audit, domains)
    asked: dict[str, list[Request]] = defaultdict(list)
    for request in outreach.requests if outreach else ():
        asked[request.unit].append(request)
    known = audit.domains.filter(
        (pl.col("verdict") == DISAVOW)
        | pl.Series([cover.meets(unit) for unit in audit.domains["referring_domain"]], dtype=pl.Boolean)
        | pl.col("referring_domain").is_in(list(asked))
    )
    units = known["referring_domain"].to_list()
    pages = _example_pages(audit.links(), units)
    rows = [
        {
            **_found(row, pages),
            **cover.decision(row["referring_domain"], row["verdict"]),
            **_asked(asked[row["referring_domain"]]),
        }
        for row in known.iter_rows(named=True)
    ]
    rows += [
        {"referring_domain": unit, "kind": "", "links": 0, "example_pages": _targets(requests),
         **cover.decision(unit, None), **_asked(requests)}
        for unit, requests in asked.items() if unit not in set(units)
    ]  # fmt: skip
    table = pl.DataFrame(rows, schema=ROWS).with_columns(pl.col(pl.String).fill_null(""))
    return Evidence(
        site=audit.site,
        today=today,
        audit=audit,
        uploads=uploads,
        in_force=in_force,
        idle_rules=cover.idle(audit.domains["referring_domain"].to_list()) if in_force else 0,
        requests=outreach.requests if outreach else None,
        table=table.sort(
            pl.col("kind") == "", "kind", "links", "referring_domain", descending=[False, False, True, False]
        ),
    )


class _Cover:
    """Which rules of a handed-over file meet a referring domain, and what that decides."""

    def __init__(
        self,
        stored: StoredFile | None,
        recorded: Mapping[str, datetime],
        audit: AuditFolder,
        domains: Domains,
    ) -> None:
        self._upload = stored.upload if stored else None
        self._rules = stored.file.rule_set if stored else RuleSet()
        self._recorded = recorded
        self._audit = audit
        self._by_unit: dict[str, list[Rule]] = defaultdict(list)
        for rule in dict.fromkeys(stored.file.rules if stored else ()):
            self._by_unit[domains.referring_domain(rule.value) or rule.value].append(rule)

    def _whole(self, unit: str) -> Rule | None:
        """The rule that covers all of a unit."""
        if "://" in unit:  # a page that a person has judged by itself
            return self._rules.covers_url(unit)
        return self._rules.covers_host(unit.partition("/")[0])

    def meets(self, unit: str) -> bool:
        """Whether a rule covers the unit or a part of it."""
        return unit in self._by_unit or self._whole(unit) is not None

    def idle(self, units: Sequence[str]) -> int:
        """How many rules meet none of the units."""
        every = {rule for rules in self._by_unit.values() for rule in rules}
        met = {rule for unit in units for rule in (*self._by_unit.get(unit, ()), self._whole(unit)) if rule}
        return len(every - met)

    def decision(self, unit: str, verdict: str | None) -> dict[str, str]:
        """``decision``, ``decided`` and ``rule`` of a unit."""
        whole = self._whole(unit)
        rules = [whole] if whole else self._by_unit.get(unit, [])
        if not rules or self._upload is None:
            words = _UNCOVERED.get(verdict or "", "kept" if verdict else "")
            return {"decision": words, "decided": self._audit.day if verdict else "", "rule": ""}
        part = "" if whole or "/" in unit else " in part"
        state = "" if self._upload.state == UPLOADED else ", upload not confirmed"
        more = f" (and {len(rules) - 1:,} more)" if len(rules) > 1 else ""
        since = [when for rule in rules if (when := self._recorded.get(rule.text))]
        return {
            "decision": f"disavowed{part}: {self._upload.title}{state}",
            "decided": min(since).date().isoformat() if since else self._upload.day,
            "rule": f"{rules[0].text}{more}",
        }


def _found(row: dict[str, object], pages: dict[str, str]) -> dict[str, object]:
    """What the audit found of a domain."""
    names = ("referring_domain", "kind", "links", "followed_links", "first_seen", "last_seen", "anchors")
    return {
        **{name: row[name] for name in names},
        # A row that a person has added tells neither.
        "kind": row["kind"] or BY_PERSON,
        "links": row["links"] or 0,
        "example_pages": pages.get(str(row["referring_domain"]), ""),
        "reason": row["reasons"] or "",
    }


def _asked(requests: Sequence[Request]) -> dict[str, object]:
    """What the log says of a domain: the last answer, and whether it is gone by the last row that says so."""
    if not requests:
        return {"requests": 0}
    by_day = sorted(requests, key=lambda request: (request.day, request.row))
    told = [request.removed for request in by_day if request.removed is not None]
    return {
        "requests": len(by_day),
        "first_request": by_day[0].day.isoformat(),
        "last_request": by_day[-1].day.isoformat(),
        "asked": _once(request.contact for request in by_day),
        "channel": _once(request.channel for request in by_day),
        "answer": next((request.answer for request in reversed(by_day) if request.answer), ""),
        "removed": ("yes" if told[-1] else "no") if told else "",
    }


def _targets(requests: Sequence[Request]) -> str:
    """Pages that only the log names."""
    return " ".join(dict.fromkeys(request.target for request in requests if "/" in request.target))


def _once(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))


def _example_pages(links: pl.LazyFrame, units: Sequence[str]) -> dict[str, str]:
    """Some linking pages of each unit: unit -> URLs joined by blanks."""
    rows = (
        links.select("referring_domain", "source_url")
        .filter(pl.col("referring_domain").is_in(list(units)), pl.col("source_url").is_not_null())
        .group_by("referring_domain")
        .agg(pl.col("source_url").str.replace_all(r"\s", "%20").unique().sort().head(_PAGES))
        .collect(engine="streaming")
    )
    return {unit: " ".join(urls) for unit, urls in rows.iter_rows()}
