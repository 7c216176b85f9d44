"""What was decided in any audit of a site, so that the next audit starts from it.

One store in the folder of the stores, ``decisions.sqlite`` (no site has that name: it has no dot). The decisions
themselves stand in the audits' folders; the memory learns from them after every action, and catches up with
whatever it missed (a process that was killed in between) when the next audit is opened.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Final

from detector.databases import Database, transaction
from detector.errors import DetectorError
from detector.history.naming import stores_folder
from detector.review.migrations import MEMORY, TOLD
from detector.review.store import FILE as DECISIONS_FILE
from detector.review.store import DecisionStore

FILE: Final = "decisions.sqlite"
_PATIENCE: Final = 5.0  # seconds; what cannot be learnt now is learnt later


class Memory(Database):
    """The memory of all sites; use it as a context manager. Its methods may be called from any thread.

    Args:
        folder: of the stores; see ``naming.stores_folder``.

    Raises:
        InputError: see ``databases.open_database``.
    """

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__(stores_folder(folder) / FILE, MEMORY, patience=_PATIENCE)

    def learn(self, store: DecisionStore) -> None:
        """Learn what a store says that was not learnt yet. Of one subject the newest counts, whichever audit it is of.

        Raises:
            InputError: one of the two stores cannot be used; it can be learnt later.
        """
        with self._reading() as connection:
            row = connection.execute("SELECT learnt FROM audit WHERE store = ?", (store.identity,)).fetchone()
            until = store.newest()
            if row and row[0] == until:
                return
            told = store.told_since(row[0] if row else 0)
            columns = ", ".join(TOLD)
            marks = ", ".join("?" * len(TOLD))
            news = ", ".join(f"{name} = excluded.{name}" for name in ("touched", *TOLD))
            with transaction(connection):
                connection.executemany(
                    f"INSERT INTO remembered (site, subject, touched, {columns}) VALUES (?, ?, ?, {marks})"  # noqa: S608 - our own columns
                    f" ON CONFLICT (site, subject) DO UPDATE SET {news} WHERE excluded.touched >= touched",
                    ((store.site, *row) for row in told),
                )
                connection.execute(
                    "INSERT INTO audit VALUES (?, ?, ?, ?) ON CONFLICT (store) DO UPDATE"
                    " SET folder = excluded.folder, learnt = max(learnt, excluded.learnt)",
                    (store.identity, store.site, str(store.path.parent.resolve()), until),
                )

    def recall(self, store: DecisionStore, units: set[str], *, who: str, now: datetime) -> int:
        """Carry over into a store what other audits of its site decided later than it did.

        Args:
            store: of the audit that is opened.
            units: its referring domains; about others nothing is carried over.

        Returns:
            how many decisions were carried over.

        Raises:
            InputError: one of the stores cannot be used.
        """
        self._catch_up(store)
        here = {subject: touched for subject, touched, *_ in store.told_since(0)}
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT subject, touched, {', '.join(TOLD)} FROM remembered WHERE site = ? ORDER BY touched",  # noqa: S608 - our own columns
                (store.site,),
            ).fetchall()
        newer = [row for row in rows if _is_news(row, here, units)]
        return store.carry(
            [(subject, *told) for subject, _, *told in newer],
            title=f"carried over from earlier audits: {len(newer):,}",
            who=who,
            now=now,
        )

    def _catch_up(self, store: DecisionStore) -> None:
        """Learn from every known audit of the site that is still there."""
        with self._reading() as connection:
            rows = connection.execute("SELECT folder FROM audit WHERE site = ?", (store.site,)).fetchall()
        for (folder,) in rows:
            path = Path(folder)
            if path == store.path.parent.resolve() or not (path / DECISIONS_FILE).is_file():
                continue
            try:
                with DecisionStore(path, store.site, patience=_PATIENCE) as other:
                    self.learn(other)
            except DetectorError:
                continue  # damaged, or in use for long: what was learnt of it before is all there is
        self.learn(store)


def _is_news(row: tuple[Any, ...], here: dict[str, str], units: set[str]) -> bool:
    subject, touched, _, unit, decision, *_ = row
    if subject in here:
        return bool(touched > here[subject])
    return decision is not None and unit in units
