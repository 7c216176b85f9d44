"""One person's review of one audit: what the page and the terminal both do."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from detector.disavow.audited import recorded
from detector.errors import DetectorError, UsageError
from detector.guards import Guards, read_whitelist
from detector.history.audits import RECORD, AuditFolder, read_record
from detector.history.naming import stores_folder
from detector.history.starting import last_upload
from detector.history.whitelists import ALL, Entry, Whitelists
from detector.links.domains import Domains
from detector.report.words import plural
from detector.review.decisions import (
    DECISIONS,
    DISAVOW,
    DOMAIN,
    TENANT,
    URL,
    Action,
    Evidence,
    Subject,
    changes,
)
from detector.review.filters import Filters
from detector.review.finding import Answer, Finder
from detector.review.memory import Memory
from detector.review.store import DecisionStore
from detector.review.table import load_table, plain
from detector.verdict import DISAVOW as TO_DISAVOW
from detector.verdict import REVIEW as TO_REVIEW

if TYPE_CHECKING:
    from numpy.typing import NDArray

_EVIDENCE: Final = ("verdict", "probability", "kind", "reasons", "links", "group")
#: The columns of ``store.COLUMNS`` that make an ``Evidence``.
_THEN: Final = ("verdict", "probability", "kind", "reasons", "links", "group_size", "audited")
_CODES: Final[dict[str | None, int]] = {
    None: 0,
    **{decision: code for code, decision in enumerate(DECISIONS, 1)},
}
#: What is shown of a domain in the queue.
_LISTED: Final = (
    "referring_domain", "verdict", "probability", "kind", "reasons", "links", "followed_links", "first_seen",
    "tools", "anchors", "cluster", "group", "guard", "no_line_needed",
)  # fmt: skip

Clock = Callable[[], datetime]


class Review:
    """A review; use it as a context manager. Its methods may be called from any thread.

    Args:
        folder: of the audit.
        domains: suffix list and platforms.
        who: the user's name.
        stores: folder of the histories, whitelists and the memory; see ``history.naming.stores_folder``.
        now: the clock.

    Raises:
        UsageError: the folder is not that of an audit.
        InputError: a file of it, or a store, cannot be used.

    Attributes:
        folder, record, site: of the audit.
        table: the referring domains, see ``table.load_table``.
        carried: how many decisions were carried over from earlier audits.
    """

    def __init__(
        self,
        folder: Path,
        domains: Domains,
        *,
        who: str,
        stores: Path | None = None,
        now: Clock = lambda: datetime.now(UTC),
    ) -> None:
        self.folder, self.domains, self.who, self.now = folder, domains, who, now
        self.stores = stores_folder(stores)
        self._audit = _made(folder)
        self.record = read_record(folder)
        self.site = str(self.record["site"])
        self.table = load_table(folder)
        self._places = {name: place for place, name in enumerate(self.table["referring_domain"])}
        self._codes = np.zeros(self.table.height, np.int8)
        self._changed = np.zeros(self.table.height, bool)
        self._asked = self.table["verdict"].is_in([TO_DISAVOW, TO_REVIEW]).to_numpy()
        self._turn = RLock()
        self._learning = ThreadPoolExecutor(1)
        last = last_upload(self.site, self.stores, domains=domains)
        self.last_upload = last.upload if last else None
        links = AuditFolder(folder, self.record, pl.DataFrame()).links()
        self.finder = Finder(self.table, links, self.last_upload.day if self.last_upload else None)
        self.store = DecisionStore(folder, self.site)
        self.memory, self.whitelists = Memory(self.stores), Whitelists(self.stores)
        self.carried = self.memory.recall(self.store, set(self._places), who=who, now=now())
        self.guards = self._make_guards()
        self._seen = -1
        self._refresh()

    def __enter__(self) -> Review:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the stores."""
        self.finder.close()
        self._learning.shutdown()
        self.store.close()
        self.memory.close()
        self.whitelists.close()

    def check_audit(self) -> None:
        """See that the folder still holds the audit that was opened: what is shown and decided is about that one.

        Raises:
            UsageError: it was made anew, or is gone.
        """
        if _made(self.folder) != self._audit:
            raise UsageError(
                f"The audit in {self.folder} was made anew, or is gone: end this review, and begin it again."
                " What was decided is kept."
            )

    # ------------------------------------------------------------------ looking

    def ask(self, asked: Filters) -> Answer:
        """Find domains; the answer keeps its order whatever is decided."""
        with self._turn:
            self._refresh()
            decision = pl.Series(self._codes).replace_strict(
                list(_CODES.values()), list(_CODES), return_dtype=pl.String
            )
            states = pl.DataFrame({"decision": decision, "changed": self._changed})
        return self.finder.ask(asked, states)

    def rows(self, places: Sequence[int] | NDArray[np.uint32]) -> list[dict[str, Any]]:
        """What is shown of domains in the queue, with the decisions as they stand."""
        self._refresh()
        at = np.asarray(places, np.uint32)
        found = []
        told = self.table.select(_LISTED)[at].with_columns(pl.col("reasons").list.first())
        for place, row in zip(at.tolist(), told.iter_rows(named=True), strict=True):
            state = {"decision": self.decision(place), "changed": bool(self._changed[place]), "place": place}
            found.append(plain(row) | state)
        return found

    def decision(self, place: int) -> str | None:
        """What is decided on a row of the table."""
        code = int(self._codes[place])
        return DECISIONS[code - 1] if code else None

    def place(self, domain: str) -> int:
        """The place of a referring domain in the table.

        Raises:
            UsageError: the audit does not know it.
        """
        if domain not in self._places:
            raise UsageError(f"the audit of {self.site} has no referring domain {domain[:253]!r}")
        return self._places[domain]

    def progress(self) -> dict[str, int]:
        """How far the review is: domains to decide (proposed for a line, or for a person), and those decided; all decisions by kind."""
        with self._turn:
            self._refresh()
            counts = np.bincount(self._codes, minlength=len(_CODES))
            done = int(((self._codes != 0) & self._asked).sum())
            changed = int(self._changed.sum())
        named = {decision: int(counts[code]) for decision, code in _CODES.items() if decision}
        return {"asked": int(self._asked.sum()), "done": done, "changed": changed, **named}

    def evidence(self, place: int) -> Evidence:
        """What the audit says of a row of the table."""
        return next(self._evidences(np.array([place])))

    # ------------------------------------------------------------------ deciding

    def decide(
        self,
        places: Sequence[int] | NDArray[np.uint32],
        decision: str | None,
        *,
        about: str = "",
        note: str | None = None,
        seen: int | None = None,
    ) -> tuple[Action, int]:
        """Decide on rows of the table, all at once or not at all.

        Args:
            decision: one of ``DECISIONS``; None takes back.
            about: what the rows have in common, for a person (``cluster 5``).
            note, seen: see ``DecisionStore.decide``.

        Returns:
            the action, and how many rows were left out because a guard forbids a line.

        Raises:
            UsageError: no such decision; or a guard forbids a line about every one of the rows (the guard is told).
            ConflictError: see ``DecisionStore.decide``.
        """
        if decision is not None and decision not in DECISIONS:
            raise UsageError(f"{decision[:60]!r} is no decision: {', '.join(DECISIONS)}")
        at = np.asarray(places, np.uint32)
        allowed = self._allowed(at) if decision == DISAVOW else at
        subjects = zip(self._subjects(allowed), self._evidences(allowed), strict=True)
        title = _title(decision, self._name(allowed), len(allowed), about)
        action = self.store.decide(
            subjects, decision, title=title, who=self.who, now=self.now(), note=note, seen=seen
        )
        self._learn()
        return action, len(at) - len(allowed)

    def decide_page(self, url: str, domain: str, decision: str | None, *, note: str | None = None, seen: int | None = None) -> Action:  # fmt: skip
        """Decide on one linking page of a referring domain.

        Raises:
            UsageError: no such decision; the URL is none of that domain; or a guard forbids a line about it.
            ConflictError: see ``DecisionStore.decide``.
        """
        place = self.place(domain)
        if decision is not None and decision not in DECISIONS:
            raise UsageError(f"{decision[:60]!r} is no decision: {', '.join(DECISIONS)}")
        if self.domains.referring_domain(url) != domain or "://" not in url:
            raise UsageError(f"{url[:200]!r} is no page of {domain}")
        guard = self.guards.reason(url)
        if decision == DISAVOW and guard is not None:
            raise UsageError(f"{url[:200]}: {Guards.sentence(guard)} No line is ever written.")
        subject = Subject(url, URL, domain)
        action = self.store.decide(
            [(subject, self.evidence(place))], decision, title=_title(decision, url, 1, ""),
            who=self.who, now=self.now(), note=note, seen=seen,
        )  # fmt: skip
        self._learn()
        return action

    def undo(self, expected: int | None = None) -> Action | None:
        """Undo the last action; see ``DecisionStore.undo``."""
        done = self.store.undo(who=self.who, now=self.now(), expected=expected)
        self._learn()
        return done

    def redo(self, expected: int | None = None) -> Action | None:
        """Do again what was undone last; see ``DecisionStore.redo``."""
        done = self.store.redo(who=self.who, now=self.now(), expected=expected)
        self._learn()
        return done

    def whitelist(self, entry: str, *, shared: bool) -> str:
        """Never disavow a name, for this site or for all of the user's sites; the entry as it is kept."""
        kept = self.whitelists.add(
            entry, ALL if shared else self.site, domains=self.domains, who=self.who, now=self.now()
        )
        self.guards = self._make_guards()
        return kept

    def unlist(self, entry: str, *, shared: bool) -> bool:
        """Take an entry off a whitelist; whether there was one."""
        gone = self.whitelists.remove(entry, ALL if shared else self.site)
        self.guards = self._make_guards()
        return gone

    def listed(self) -> list[Entry]:
        """The entries of both whitelists."""
        return self.whitelists.entries(self.site)

    # ------------------------------------------------------------------ inside

    def _make_guards(self) -> Guards:
        settings = self.record.get("settings") or {}
        named = settings.get("whitelist")
        start = str(self.record.get("started_in") or "")
        file = recorded(None, Path(start, named) if named else None, "--whitelist")
        entries = [*(read_whitelist(file) if file else ()), *(entry.entry for entry in self.listed())]
        return Guards(self.domains, self.site, [str(own) for own in settings.get("own") or ()], entries)

    def _allowed(self, at: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """The rows that a line may be about."""
        names = self.table["referring_domain"][at]
        guard = self.guards.reasons(names)
        allowed: NDArray[np.uint32] = at[guard.is_null().to_numpy()]
        if len(at) and not len(allowed):
            raise UsageError(f"{names[0]}: {Guards.sentence(guard[0])} No line is ever written.")
        return allowed

    def _subjects(self, at: NDArray[np.uint32]) -> Iterator[Subject]:
        rows = self.table.select("referring_domain", "tenant")[at]
        for name, tenant in rows.iter_rows():
            yield Subject(name, TENANT if tenant else DOMAIN, name)

    def _evidences(self, at: NDArray[np.uint32]) -> Iterator[Evidence]:
        audited = str(self.record.get("generated") or "")
        rows = self.table.select(_EVIDENCE)[at].with_columns(pl.col("reasons").list.join("; "))
        for row in rows.iter_rows():
            told: tuple[Any, ...] = (*row, audited)
            yield Evidence(*told)

    def _name(self, at: NDArray[np.uint32]) -> str:
        return str(self.table["referring_domain"][int(at[0])]) if len(at) else "nothing"

    def _learn(self) -> None:
        """Show what was done, and remember it for the next audit; what cannot be remembered now is caught up with."""
        self._refresh()
        self._learning.submit(self._remember)

    def _remember(self) -> None:
        with contextlib.suppress(DetectorError):
            self.memory.learn(self.store)

    def _refresh(self) -> None:
        """Take over what was decided since, by this process or another."""
        with self._turn:
            if self._seen == self.store.newest():
                return
            before = self._seen
            self._seen, touched = self.store.since(before)
            places = []
            for subject, _, decision in touched:
                place = self._places.get(subject)
                if place is not None:
                    self._codes[place] = _CODES[decision]
                    places.append(place)
            self._mark_changed(places, before)

    def _mark_changed(self, places: list[int], after: int) -> None:
        """Mark of touched rows those whose evidence has changed since the decision."""
        if not places:
            return
        self._changed[places] = False
        standing = self.store.standing(after).filter(pl.col("subject") == pl.col("unit"))
        then = {row[0]: Evidence(*row[1:]) for row in standing.select("subject", *_THEN).iter_rows()}
        at = np.array([place for name in then if (place := self._places.get(name)) is not None], np.uint32)
        names = self.table["referring_domain"][at]
        for place, name, now in zip(at, names, self._evidences(at), strict=True):
            self._changed[place] = any(changes(then[name], now))


def _made(folder: Path) -> tuple[int, int, int] | None:
    """Tells the record of one audit from that of the next: each is a file of its own."""
    try:
        found = (folder / RECORD).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _title(decision: str | None, name: str, count: int, about: str) -> str:
    what = decision or "take back"
    if count == 1 and not about:
        return f"{what}: {name}"
    return f"{what}: {plural(count, 'domain')}{f' ({about})' if about else ''}"
