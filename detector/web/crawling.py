"""A crawl: the pages of an audit asked for, politely and safely, and ``pages.parquet`` written into its folder."""

from __future__ import annotations

import contextlib
import ipaddress
import json
import os
import ssl
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from detector.errors import InputError, UsageError, writing
from detector.web.addresses import Guard, look_up
from detector.web.choosing import candidates, spelled
from detector.web.connecting import Limits
from detector.web.fetching import Fetcher, user_agent
from detector.web.outcomes import Outcome
from detector.web.planning import Plan
from detector.web.schedule import Schedule
from detector.web.store import PageStore, store_folder
from detector.web.table import write_pages
from detector.web.visiting import Errand, Pace, Tally, Visitor
from detector.web.warc import bring, write_warc

PAGES: Final = "pages.parquet"
#: For tests alone: loopback may be reached, and names under ``.test`` (RFC 6761: never in the DNS) lie on it.
TEST_VARIABLE: Final = "DETECTOR_TEST_LOOPBACK"

_WINDOW: Final = 32  # hosts under way for each thread, so that those that wait keep nobody idle


@dataclass(frozen=True)
class Settings:
    """What the user asked for.

    Attributes:
        contact: whom the owner of a site can write to (see ``fetching.user_agent``).
        pages_per_domain: at most so many pages of each referring domain.
        limit: at most so many pages in this run; None: all.
        threads: requests at the same time, each to another host.
        pace: of each host.
        limits: of each request.
        max_age: a page is asked for again when what is known is older.
        warc_in: files whose pages stand in for fetching.
        warc_out: file for the answers.
        store: folder of the pages; see ``store.store_folder``.
    """

    contact: str
    pages_per_domain: int = 3
    limit: int | None = None
    threads: int = 64
    pace: Pace = field(default_factory=Pace)
    limits: Limits = field(default_factory=Limits)
    max_age: timedelta = timedelta(days=30)
    warc_in: tuple[Path, ...] = ()
    warc_out: Path | None = None
    store: Path | None = None


@dataclass(frozen=True)
class Progress:
    """How far a crawl is.

    Attributes:
        chosen: pages to be asked for in this run.
        tally: what was done.
        busy: hosts being asked this moment.
        hosts: hosts under way, those that wait among them.
    """

    chosen: int
    tally: Tally
    busy: int
    hosts: int


@dataclass(frozen=True)
class Crawled:
    """What a crawl came to.

    Attributes:
        planned: pages of the audit that are wanted.
        fresh: of them, pages that were known already.
        brought: pages that came from WARC files.
        left: pages left for another run, because their host asks for more patience than we have.
        tally: what was done in this run.
        outcomes: of all planned pages.
        path: of ``pages.parquet``.
        interrupted: the run was ended early.
    """

    planned: int
    fresh: int
    brought: int
    left: int
    tally: Tally
    outcomes: dict[Outcome, int]
    path: Path
    interrupted: bool


def crawl(
    folder: Path,
    settings: Settings,
    *,
    guard: Guard | None = None,
    context: ssl.SSLContext | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    progress: Callable[[Progress], None] = lambda _: None,
) -> Crawled:
    """Ask for the pages of an audit that are new or stale, and write ``pages.parquet`` into its folder.

    An interrupt (Ctrl-C) ends the asking; the table is written all the same, and the next run goes on from there.

    Args:
        folder: of an audit.
        guard, context: which addresses may be reached, and which certificates are trusted; public ones, and those Mozilla trusts,
            without them.
        now: the clock.
        progress: called twice a second.

    Raises:
        InputError: the folder holds no audit, a WARC file cannot be read, or the store cannot be used.
        UsageError: the contact is none, or no WARC file can be written where it should be.
    """
    agent = user_agent(settings.contact)
    own = audited_sites(folder)
    out = settings.warc_out
    if out and (out.is_dir() or not out.parent.is_dir()):
        raise UsageError(
            f"--warc-out {out}: no file can be written there, as that is a folder, or its folder is missing"
        )
    with contextlib.ExitStack() as stack:
        store = stack.enter_context(PageStore(store_folder(settings.store)))
        plan = Plan(store, spelled(candidates(folder, settings.pages_per_domain)))
        for path in settings.warc_in:
            bring(path, plan, store)
        fresh = plan.fresh(now(), settings.max_age)
        held = plan.held(now(), settings.max_age)
        chosen = plan.choose(now(), settings.max_age, settings.limit)
        fetcher = stack.enter_context(
            Fetcher(agent, settings.limits, guard or guard_of_environment(), context)
        )
        visitor = Visitor(fetcher, store, settings.pace, own, now)
        interrupted = ask(plan, visitor, settings.threads, chosen, progress)
        with writing(folder / PAGES):
            outcomes = write_pages(plan.all(), store.folder, own, folder / PAGES)
        if out:
            with writing(f"--warc-out {out}"):
                write_warc(out, plan, store)
        store.drop_unused_packs(now())
        return Crawled(
            planned=len(plan),
            fresh=fresh,
            brought=plan.brought(),
            left=held + visitor.tally.left,
            tally=visitor.tally,
            outcomes=outcomes,
            path=folder / PAGES,
            interrupted=interrupted,
        )


def ask(
    plan: Plan, visitor: Visitor, threads: int, chosen: int, progress: Callable[[Progress], None]
) -> bool:
    """Ask for the pages that a plan has chosen; gives whether it was interrupted.

    Args:
        chosen: how many they are.
    """
    schedule: Schedule[Errand] = Schedule(
        plan.hosts(visitor.now), visitor.step, threads, threads * _WINDOW, visitor.prepare
    )

    def look() -> None:
        busy, hosts = schedule.under_way
        progress(Progress(chosen, visitor.tally, busy, hosts))

    try:
        schedule.run(look)
    except KeyboardInterrupt:
        return True
    return False


def audited_sites(folder: Path) -> tuple[str, ...]:
    """The sites that an audit is about, in canonical spelling.

    Raises:
        InputError: the folder holds no audit.
    """
    path = folder / "audit.json"
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        sites = (record["site"], *record["settings"]["own"])
    except (OSError, ValueError, TypeError, KeyError) as error:
        fault = "it is not the record of an audit"
        raise InputError(path, fault, "name the folder that 'detector audit' has written") from error
    from detector.links.domains import Domains

    domains = Domains.default()
    return tuple(found for site in sites if (found := domains.referring_domain(str(site))))


def guard_of_environment() -> Guard:
    """Public addresses only; with ``DETECTOR_TEST_LOOPBACK=1`` loopback as well, for tests.

    Raises:
        UsageError: the variable has another value.
    """
    value = os.environ.get(TEST_VARIABLE)
    if not value:
        return Guard()
    if value != "1":
        raise UsageError(f"{TEST_VARIABLE}={value}: it is 1, or not set")
    return Guard(resolver=look_up_test_names, permitted=(ipaddress.ip_network("127.0.0.0/8"),))


def look_up_test_names(name: str, port: int) -> list[str]:
    """Addresses for tests: every name under ``.test`` has its own on loopback."""
    if not name.endswith(".test"):
        return look_up(name, port)
    number = zlib.crc32(name.encode("utf-8", "replace"))
    return [f"127.{1 + number % 250}.{number >> 8 & 255}.{1 + (number >> 16) % 250}"]


def outcome_counts(outcomes: dict[Outcome, int]) -> Sequence[tuple[Outcome, int]]:
    """The outcomes in the order of their table, those that there are."""
    return [(outcome, outcomes[outcome]) for outcome in Outcome if outcome in outcomes]
