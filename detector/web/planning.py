"""The plan of a run: the pages it is about, as a table of the store's own connection that ends with it.

It lies in a temporary file of SQLite, so that a plan of a million pages costs no memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final, NamedTuple

from detector.web.store import SELECTED, PageStore, Visit, stale_where, stamp, visit_of
from detector.web.urls import fetchable, host_of, origin_of
from detector.web.visiting import Errand

_CHUNK: Final = 256  # hosts, or pages, read at a time
#: The hosts one of whose pages was answered with a moment to come back that is still ahead.
_HELD: Final = (
    "(SELECT host FROM temp.plan JOIN visit USING (url) WHERE host NOT NULL AND visit.not_before > ?)"
)


class Planned(NamedTuple):
    """A page of the plan, and what is remembered of it."""

    domain: str
    url: str
    is_home: bool
    visit: Visit | None


class Plan:
    """The pages of a run.

    Args:
        store: of the pages.
        pages: ``(referring domain, URL, is it the home page)``, the first ones first; a URL counts once.
    """

    def __init__(self, store: PageStore, pages: Iterator[tuple[str, str, bool]]) -> None:
        self._store = store
        store.execute("DROP TABLE IF EXISTS temp.plan")
        store.execute(
            "CREATE TEMP TABLE plan (number INTEGER PRIMARY KEY, domain TEXT, url TEXT UNIQUE, host TEXT,"
            " is_home INTEGER, brought INTEGER DEFAULT 0)"
        )
        store.executemany(
            "INSERT OR IGNORE INTO temp.plan (domain, url, host, is_home) VALUES (?, ?, ?, ?)",
            ((domain, url, host_of(url) if fetchable(url) else None, home) for domain, url, home in pages),
        )
        store.execute("CREATE INDEX temp.plan_host ON plan (host, number)")

    def __len__(self) -> int:
        return int(self._store.execute("SELECT count(*) FROM temp.plan")[0][0])

    def holds(self, url: str) -> bool:
        """Whether a page is in the plan."""
        return bool(self._store.execute("SELECT 1 FROM temp.plan WHERE url = ?", (url,)))

    def bring(self, url: str) -> None:
        """Mark a page as brought from elsewhere: it is not asked for in this run."""
        self._store.execute("UPDATE temp.plan SET brought = 1 WHERE url = ?", (url,))

    def brought(self) -> int:
        """How many pages were brought."""
        return int(self._store.execute("SELECT count(*) FROM temp.plan WHERE brought")[0][0])

    def fresh(self, now: datetime, max_age: timedelta) -> int:
        """How many pages are known well enough not to be asked for."""
        condition, values = stale_where(now, max_age)
        count = f"SELECT count(*) FROM temp.plan JOIN visit USING (url) WHERE NOT brought AND NOT {condition}"  # noqa: S608 - our own condition
        return int(self._store.execute(count, values)[0][0])

    def held(self, now: datetime, max_age: timedelta) -> int:
        """How many pages are left alone, new or stale as they are, because their host has asked to come back later."""
        condition, values = stale_where(now, max_age)
        count = f"SELECT count(*) FROM temp.plan LEFT JOIN visit USING (url) WHERE NOT brought AND {condition} AND host IN {_HELD}"  # noqa: S608 - our own conditions
        return int(self._store.execute(count, (*values, stamp(now)))[0][0])

    def choose(self, now: datetime, max_age: timedelta, limit: int | None) -> int:
        """Choose what is asked for: what is new or stale, of hosts that have not asked to come back later; at most ``limit`` pages.
        Gives their number.
        """
        condition, values = stale_where(now, max_age)
        self._store.execute("DROP TABLE IF EXISTS temp.turn")
        self._store.execute(
            "CREATE TEMP TABLE turn AS SELECT host, number FROM temp.plan LEFT JOIN visit USING (url)"  # noqa: S608 - our own condition
            f" WHERE host NOT NULL AND NOT brought AND {condition} AND host NOT IN {_HELD} ORDER BY number LIMIT ?",
            (*values, stamp(now), -1 if limit is None else limit),
        )
        self._store.execute("CREATE INDEX temp.turn_host ON turn (host, number)")
        self._store.execute("DROP TABLE IF EXISTS temp.first")
        self._store.execute(
            "CREATE TEMP TABLE first AS SELECT host FROM temp.turn GROUP BY host ORDER BY min(number)"
        )
        return int(self._store.execute("SELECT count(*) FROM temp.turn")[0][0])

    def hosts(self, now: Callable[[], datetime]) -> Iterator[tuple[str, list[Errand], bool]]:
        """The hosts that were chosen, in their order, with their pages, and whether the robots.txt of the first one is to be asked for.

        Args:
            now: the clock.
        """
        after = 0
        while True:
            rows = self._store.execute(
                f"SELECT first.rowid, first.host, plan.url, {SELECTED} FROM"  # noqa: S608 - our own columns
                " (SELECT rowid, host FROM temp.first WHERE rowid > ? ORDER BY rowid LIMIT ?) AS first"
                " JOIN temp.turn AS turn ON turn.host = first.host"
                " JOIN temp.plan AS plan ON plan.number = turn.number"
                " LEFT JOIN visit ON visit.url = plan.url ORDER BY first.rowid, turn.number",
                (after, _CHUNK),
            )
            if not rows:
                return
            after = rows[-1][0]
            hosts = [
                (str(host), [_errand(row[2], row[3:]) for row in group])
                for host, group in groupby(rows, key=lambda row: row[1])
            ]
            origins = [origin_of(errands[0].at) for _, errands in hosts]
            known = self._store.known_robots(origins, now())
            for (host, errands), origin in zip(hosts, origins, strict=True):
                yield host, errands, origin not in known

    def all(self) -> Iterator[Planned]:
        """All pages, with what is remembered of them."""
        after = 0
        while rows := self._store.execute(
            f"SELECT plan.number, plan.domain, plan.url, plan.is_home, {SELECTED} FROM temp.plan AS plan"  # noqa: S608 - our own columns
            " LEFT JOIN visit USING (url) WHERE plan.number > ? ORDER BY plan.number LIMIT ?",
            (after, _CHUNK),
        ):
            after = rows[-1][0]
            for _, domain, url, is_home, *visit in rows:
                yield Planned(domain, url, bool(is_home), visit_of(visit) if visit[0] else None)


def _errand(url: str, visit: tuple[object, ...]) -> Errand:
    return Errand(url, url, known=visit_of(visit) if visit[0] else None)
