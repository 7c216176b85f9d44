"""The store of pages: an index in SQLite, and packs of compressed heads and bodies beside it.

Killed at any moment, it holds what it held, whole: a page is written to a pack first, and named in the index
after that, in one transaction. Threads use one store in turn, and processes share its folder.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from detector.databases import Database, Kind, transaction
from detector.errors import writing
from detector.places import state_folder
from detector.web.migrations import APPLICATION, MIGRATIONS
from detector.web.outcomes import MEANINGS, Outcome
from detector.web.packs import Block, Pack, pack_path, packed, read_block
from detector.web.robots import Robots

#: Names the folder of the store where no option does.
VARIABLE: Final = "DETECTOR_PAGES"

_KIND: Final = Kind(
    application=APPLICATION,
    migrations=MIGRATIONS,
    elsewhere=f"keep the pages in another folder (--store, or {VARIABLE})",
    damaged="move the folder away to begin a new one; its pages are fetched again",
    synchronous="NORMAL",  # a power cut may cost the last pages, which are fetched again
)
ROBOTS_LAST: Final = timedelta(hours=24)  # RFC 9309, section 2.4
_FAILED_ROBOTS_LAST: Final = timedelta(hours=1)
PASSING_LASTS: Final = timedelta(days=1)
_PASSING: Final = ", ".join(f"'{outcome}'" for outcome, meaning in MEANINGS.items() if meaning.passing)
_LONGEST_RUN: Final = timedelta(days=7)
_MOST: Final = 64 * 1024 * 1024  # bytes of a head and body

WEB, WARC = "web", "warc"


@dataclass(frozen=True)
class Hop:
    """A redirect that was followed: who answered, with which status, and where it leads."""

    url: str
    status: int
    location: str


@dataclass(frozen=True)
class Visit:
    """What became of a page that was asked for.

    Attributes:
        url: as it was asked for, in the spelling of ``urls.fetchable``.
        fetched: when, in UTC.
        outcome: as far as transport tells it: ``LIVE`` for any page that came.
        detail: the reason in the words of who reported it.
        status: of the last answer; None where there was none.
        final_url: of the last answer, or where asking ended.
        hops: the redirects up to there.
        etag, modified: validators for the next time.
        cut: see ``fetching.Answer``.
        size: bytes of the body; None where none was read.
        seconds: of the last request.
        address: the IP address that answered.
        not_before: the server asks not to come back earlier.
        source: ``web``, or ``warc`` for a page of another crawler.
        block: where head and body lie.
    """

    url: str
    fetched: datetime
    outcome: Outcome
    detail: str = ""
    status: int | None = None
    final_url: str = ""
    hops: tuple[Hop, ...] = ()
    etag: str | None = None
    modified: str | None = None
    cut: str | None = None
    size: int | None = None
    seconds: float | None = None
    address: str = ""
    not_before: datetime | None = None
    source: str = WEB
    block: Block | None = None


@dataclass(frozen=True)
class Head:
    """The head of an answer: reason phrase, and headers in their order."""

    reason: str
    headers: tuple[tuple[str, str], ...]

    def header(self, name: str) -> str | None:
        """The first header of a name, in any case; None where there is none."""
        name = name.lower()
        return next((value for key, value in self.headers if key.lower() == name), None)


_COLUMNS: Final = (
    "url", "fetched", "outcome", "detail", "status", "final_url", "hops", "etag", "modified", "cut", "size",
    "seconds", "address", "not_before", "source", "pack", "start", "length", "digest",
)  # fmt: skip
_INSERT: Final = (
    f"INSERT OR REPLACE INTO visit ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608 - our own columns
)
SELECTED: Final = ", ".join(f"visit.{name}" for name in _COLUMNS)


def stamp(moment: datetime) -> str:
    """A moment as the store writes it: UTC, seconds."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def store_folder(folder: Path | None = None) -> Path:
    """The folder of the store: as given, else ``$DETECTOR_PAGES``, else in the user's state folder."""
    named = folder or os.environ.get(VARIABLE)
    return Path(named) if named else state_folder() / "pages"


class PageStore(Database):
    """What was fetched; use it as a context manager.

    Args:
        folder: of the index and the packs; made where there is none.

    Raises:
        InputError: see ``databases.open_database``.
        OutputError: from whatever writes, when the disk is full.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "index.sqlite", _KIND)
        self.folder = folder
        self._pack: Pack | None = None
        self._pending: deque[Callable[[sqlite3.Connection, Pack], object]] = deque()
        self._writer = threading.Lock()  # held by the thread that writes for all

    def close(self) -> None:
        """Close the files; the store cannot be used any more."""
        with self._turn:
            if self._pack:
                self._pack.close()
            super().close()

    # ------------------------------------------------------------------ plain SQL, for those who plan and read

    def execute(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows of a statement."""
        with self._reading() as connection:
            return connection.execute(statement, values).fetchall()

    def executemany(self, statement: str, rows: Iterator[Sequence[Any]]) -> None:
        """Run a statement for many rows, in one transaction."""
        with self._writing() as connection:
            connection.executemany(statement, rows)

    # ------------------------------------------------------------------ pages

    def save(self, visit: Visit, head: Head | None = None, body: bytes | None = None) -> None:
        """Remember what became of a page; head and body with it where it has any."""
        content = packed(_content(head, body)) if head is not None and body is not None else None

        def write(connection: sqlite3.Connection, pack: Pack) -> None:
            known = replace(visit, block=pack.add(*content), size=len(body or b"")) if content else visit
            connection.execute(_INSERT, _row(known))

        self._leave(write)

    def _leave(self, write: Callable[[sqlite3.Connection, Pack], object]) -> None:
        """Whoever finds nobody writing writes for all: threads that come meanwhile leave theirs and go on, so that
        many share one transaction and none waits for another.
        """
        self._pending.append(write)
        while self._pending and self._writer.acquire(blocking=False):
            try:
                self._write_pending()
            finally:
                self._writer.release()

    def _write_pending(self) -> None:
        with self._reading() as connection, writing(self.folder):
            pack = self._current_pack()
            with transaction(connection):
                for _ in range(len(self._pending)):
                    self._pending.popleft()(connection, pack)

    def _current_pack(self) -> Pack:
        if self._pack is None:
            with transaction(self._connection):
                done = self._connection.execute(
                    "INSERT INTO pack (begun) VALUES (?)", (stamp(datetime.now(UTC)),)
                )
            self._pack = Pack(self.folder, int(done.lastrowid or 0))
        return self._pack

    def visit(self, url: str) -> Visit | None:
        """What is remembered of a page; None where it was never asked for."""
        rows = self.execute(f"SELECT {SELECTED} FROM visit WHERE url = ?", (url,))  # noqa: S608
        return visit_of(rows[0]) if rows else None

    def content(self, visit: Visit) -> tuple[Head, bytes] | None:
        """Head and body of a page; None where none was kept, or it was damaged since."""
        return content_of(self.folder, visit.block) if visit.block else None

    # ------------------------------------------------------------------ robots.txt

    def robots(self, origin: str, now: datetime) -> Robots | None:
        """What the robots.txt of an origin came to, where that is known and recent."""
        rows = self.execute("SELECT fetched, outcome, detail, text FROM robots WHERE origin = ?", (origin,))
        if not rows:
            return None
        fetched, outcome, detail, text = rows[0]
        lasts = ROBOTS_LAST if outcome == Outcome.LIVE else _FAILED_ROBOTS_LAST
        if fetched < stamp(now - lasts):
            return None
        return Robots(Outcome(outcome), zlib.decompress(text).decode("utf-8"), detail)

    def known_robots(self, origins: Sequence[str], now: datetime) -> set[str]:
        """The origins among these whose robots.txt ``robots`` knows."""
        marks = ", ".join("?" * len(origins))
        rows = self.execute(
            f"SELECT origin FROM robots WHERE origin IN ({marks})"  # noqa: S608 - marks alone
            " AND fetched >= CASE outcome WHEN ? THEN ? ELSE ? END",
            (*origins, Outcome.LIVE, stamp(now - ROBOTS_LAST), stamp(now - _FAILED_ROBOTS_LAST)),
        )
        return {row[0] for row in rows}

    def save_robots(self, origin: str, robots: Robots, now: datetime) -> None:
        """Remember a robots.txt."""
        text = zlib.compress(robots.text.encode("utf-8", "replace"))
        row = (origin, stamp(now), robots.outcome, robots.detail, text)
        self._leave(
            lambda connection, _: connection.execute(
                "INSERT OR REPLACE INTO robots VALUES (?, ?, ?, ?, ?)", row
            )
        )

    # ------------------------------------------------------------------ tidying

    def drop_unused_packs(self, now: datetime) -> None:
        """Delete the packs of which no page is remembered any more; a week is left to whoever still writes one."""
        unused = (
            "SELECT number FROM pack WHERE begun < ? AND number NOT IN"
            " (SELECT pack FROM visit WHERE pack NOT NULL)"
        )
        for (number,) in self.execute(unused, (stamp(now - _LONGEST_RUN),)):
            pack_path(self.folder, number).unlink(missing_ok=True)
            self.execute("DELETE FROM pack WHERE number = ?", (number,))


def stale_where(now: datetime, max_age: timedelta) -> tuple[str, tuple[str, ...]]:
    """The condition, over a left-joined ``visit``, that a page is to be asked for; and its values.

    It is when it never was, when what is known is older than ``max_age`` (a day, where that is likely to pass),
    and not before the moment that the server named.
    """
    condition = (
        "(visit.url IS NULL OR (coalesce(visit.not_before, '') <= ? AND visit.fetched < "
        f"CASE WHEN visit.outcome IN ({_PASSING}) THEN ? ELSE ? END))"
    )
    return condition, (stamp(now), stamp(now - min(PASSING_LASTS, max_age)), stamp(now - max_age))


def visit_of(row: Sequence[Any]) -> Visit:
    """A visit from a row of ``SELECTED``."""
    told = dict(zip(_COLUMNS, row, strict=True))
    block = [told.pop(name) for name in ("pack", "start", "length", "digest")]
    told["fetched"] = datetime.fromisoformat(told["fetched"])
    told["not_before"] = datetime.fromisoformat(told["not_before"]) if told["not_before"] else None
    told["outcome"] = Outcome(told["outcome"])
    told["hops"] = tuple(Hop(*hop) for hop in json.loads(told["hops"]))
    return Visit(**told, block=Block(*block) if block[0] is not None else None)


def _row(visit: Visit) -> tuple[Any, ...]:
    hops = json.dumps([(hop.url, hop.status, hop.location) for hop in visit.hops]) if visit.hops else "[]"
    return (
        visit.url, stamp(visit.fetched), visit.outcome, visit.detail, visit.status, visit.final_url, hops,
        visit.etag, visit.modified, visit.cut, visit.size, visit.seconds, visit.address,
        stamp(visit.not_before) if visit.not_before else None, visit.source, *(visit.block or (None,) * 4),
    )  # fmt: skip


def _content(head: Head, body: bytes) -> bytes:
    return json.dumps([head.reason, head.headers]).encode("utf-8") + b"\n" + body


def content_of(folder: Path, block: Block) -> tuple[Head, bytes] | None:
    """Head and body that lie at a place in a store's folder; None where they are damaged."""
    content = read_block(folder, block, _MOST)
    if content is None:
        return None
    line, _, body = content.partition(b"\n")
    reason, headers = json.loads(line)
    return Head(reason, tuple((name, value) for name, value in headers)), body
