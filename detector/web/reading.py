"""From what is remembered of a page to what is told of it: its facts, and the one outcome they add up to."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final, Generic, NamedTuple, Self, TypeVar

from detector.web.outcomes import MEANINGS, Outcome
from detector.web.page import CONTENT_SCHEMA, read_page
from detector.web.planning import Planned
from detector.web.store import Head, Visit, content_of
from detector.web.urls import belongs_to, fetchable

Given = TypeVar("Given")
Made = TypeVar("Made")

_FEW: Final = 600  # pages that one process reads in a few seconds
_BATCH: Final = 500
_CHUNK: Final = 20  # pages handed to a process at a time


@dataclass(frozen=True)
class Seen:
    """What a page's own content says.

    Attributes:
        linked: it links to the audited site; None where there was nothing to read.
        whole: all that it holds was read: it was not cut, and is no shell that scripts or frames fill, which holds no link at all.
        parked, for_sale, challenged: it is no page but a parking page, an offer of the domain, a test for persons.
        columns: of ``page.CONTENT_SCHEMA``.
    """

    linked: bool | None = None
    whole: bool = True
    parked: bool = False
    for_sale: bool = False
    challenged: bool = False
    columns: dict[str, Any] = field(default_factory=dict)


def see(body: bytes, url: str, content_type: str | None, targets: Collection[str]) -> Seen:
    """Read a page: the one place where ``web.page`` is called."""
    facts = read_page(body, url, content_type=content_type, targets=targets)
    row = facts.row()
    return Seen(
        linked=bool(facts.target_links),
        whole=not facts.read_in_part and bool(facts.links or not (facts.scripts or facts.frames)),
        parked="parked" in facts.marks,
        for_sale="for sale" in facts.marks,
        challenged="challenge" in facts.marks,
        columns={name: row[name] for name in CONTENT_SCHEMA},
    )


class Read(NamedTuple):
    """A page of the plan with what it came to; ``columns`` only where its own content was seen."""

    page: Planned
    outcome: Outcome
    head: Head | None
    columns: dict[str, Any]


def read_one(folder: Path, own: Sequence[str], page: Planned) -> Read:
    """What a page of the plan came to.

    Args:
        folder: of the store.
        own: the audited sites.
    """
    content = content_of(folder, page.visit.block) if page.visit and page.visit.block else None
    if page.visit is None or content is None:
        return Read(page, outcome_of(page, Seen(), own), None, {})
    head, body = content
    seen = see(body, page.visit.final_url, head.header("Content-Type"), own)
    outcome = outcome_of(page, seen, own)
    return Read(page, outcome, head, seen.columns if MEANINGS[outcome].seen else {})


def read_all(pages: Iterator[Planned], folder: Path, own: Sequence[str]) -> Iterator[list[Read]]:
    """The pages of the plan in batches, read by as many processes as the machine has processors.

    As long as few have anything to read, they are read here, which is quicker than to start a process.
    """
    read = partial(read_one, folder, own)
    kept = 0
    with Readers(read, lambda page: Read(page, outcome_of(page, Seen(), own), None, {})) as readers:
        while batch := list(islice(pages, _BATCH)):
            with_content = [page for page in batch if page.visit and page.visit.block]
            kept += len(with_content)
            found = iter(readers.map(with_content) if kept > _FEW else map(read, with_content))
            yield [next(found) if page.visit and page.visit.block else read(page) for page in batch]


class Readers(Generic[Given, Made]):
    """Processes that read pages; one that a page brings down (or that the system ends for want of memory) costs that page alone.

    Args:
        read: does the work; a function that another process can import.
        unread: what a page comes to that brought its reader down.
    """

    def __init__(self, read: Callable[[Given], Made], unread: Callable[[Given], Made]) -> None:
        self._read = read
        self._unread = unread
        self._running: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def map(self, pages: Sequence[Given]) -> list[Made]:
        """The pages read, in their order."""
        try:
            return list(self._pool().map(self._read, pages, chunksize=_CHUNK))
        except BrokenProcessPool:
            self._end()
            return [self._alone(page) for page in pages]

    def _alone(self, page: Given) -> Made:
        try:
            return self._pool().submit(self._read, page).result()
        except BrokenProcessPool:
            self._end()
            return self._unread(page)

    def _pool(self) -> ProcessPoolExecutor:
        if self._running is None:  # spawned: threads have run here, and a forked process could hang
            context = multiprocessing.get_context("spawn")
            self._running = ProcessPoolExecutor(os.cpu_count() or 1, mp_context=context)
        return self._running

    def _end(self) -> None:
        if self._running is not None:
            self._running.shutdown(cancel_futures=True)
            self._running = None


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
        (page.is_home, Outcome.LIVE),
        (visit.cut is not None or seen.linked is None or not seen.whole, Outcome.LIVE_IN_PART),
    )
    return next((outcome for holds, outcome in rules if holds), Outcome.UNLINKED)


def _leads_to(visit: Visit, own: Sequence[str]) -> bool:
    return any(
        belongs_to(hop.location, site)
        for hop in visit.hops
        for site in own
        if hop.location.startswith(("http://", "https://"))
    )
