"""From what is remembered of a page to what is told of it: its facts, and the one outcome they add up to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from detector.web.outcomes import Outcome
from detector.web.planning import Planned
from detector.web.store import Head, Visit, content_of
from detector.web.urls import belongs_to, fetchable

#: Columns of the facts that the page itself tells, beside those of ``table.TRANSPORT``.
PAGE_COLUMNS: dict[str, pl.DataType] = {}


@dataclass(frozen=True)
class Seen:
    """What a page's own content says.

    Attributes:
        linked: it links to the audited site; None where nobody looked.
        parked, for_sale, challenged: it is no page but a parking page, an offer of the domain, a test for persons.
        columns: of ``PAGE_COLUMNS``.
    """

    linked: bool | None = None
    parked: bool = False
    for_sale: bool = False
    challenged: bool = False
    columns: dict[str, object] = field(default_factory=dict)


def see(body: bytes, url: str, content_type: str | None, targets: Collection[str]) -> Seen:
    """Read a page: the one place where ``detector.web.page`` is called."""
    return Seen()


def read_one(folder: Path, page: Planned, own: Sequence[str]) -> tuple[Outcome, Head | None, Seen]:
    """Outcome, head and content of a page of the plan.

    Args:
        folder: of the store.
        own: the audited sites.
    """
    content = content_of(folder, page.visit.block) if page.visit and page.visit.block else None
    if page.visit is None or content is None:
        return outcome_of(page, Seen(), own), None, Seen()
    head, body = content
    seen = see(body, page.visit.final_url, head.header("Content-Type"), own)
    return outcome_of(page, seen, own), head, seen


def outcome_of(page: Planned, seen: Seen, own: Sequence[str]) -> Outcome:
    """What became of a page, all things considered; the first that holds.

    That a link is not there is said only of a page that was read whole, where the export has it.
    """
    visit = page.visit
    if visit is None:
        return Outcome.NOT_FETCHED if fetchable(page.url) else Outcome.BAD_URL
    rules = (
        (_leads_to(visit, own), Outcome.LINKED_BY_REDIRECT),
        (seen.challenged, Outcome.CHALLENGED),
        (seen.for_sale, Outcome.FOR_SALE),
        (seen.parked, Outcome.PARKED),
        (visit.outcome is not Outcome.LIVE, visit.outcome),
        (bool(seen.linked), Outcome.LINKED),
        (bool(visit.hops) and not belongs_to(visit.final_url, page.domain), Outcome.REDIRECTED_AWAY),
        (page.is_home or seen.linked is None, Outcome.LIVE),
        (visit.cut is not None, Outcome.LIVE_IN_PART),
    )
    return next((outcome for holds, outcome in rules if holds), Outcome.UNLINKED)


def _leads_to(visit: Visit, own: Sequence[str]) -> bool:
    return any(
        belongs_to(hop.location, site)
        for hop in visit.hops
        for site in own
        if hop.location.startswith(("http://", "https://"))
    )
