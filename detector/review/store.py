"""The decisions on one audit: ``decisions.sqlite`` in its folder, with a journal that is only ever added to.

Everything that is done at once (a cluster, a filter) is one action, and is undone at once. What a method returns
from is on the disk: it survives the end of the process and of the machine's power. Processes on one machine take turns.

>>> decisions = read_decisions(Path("audit"))  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import polars as pl

from detector.databases import PATIENCE, Database
from detector.errors import InputError
from detector.history.audits import read_record
from detector.review.decisions import Action, ConflictError, Decision, Evidence, Subject, stamp
from detector.review.migrations import DECISIONS, TOLD

FILE: Final = "decisions.sqlite"

#: The columns of ``read_decisions``.
COLUMNS: Final[dict[str, pl.DataType]] = {
    "subject": pl.String(),  # referring domain, host, tenant or URL
    "scope": pl.String(),  # domain, tenant or url
    "unit": pl.String(),  # the referring domain of the audit that it belongs to
    "decision": pl.String(),  # disavow, keep, ignore or later
    "note": pl.String(),
    "who": pl.String(),
    "at": pl.Datetime("ms", "UTC"),
    "verdict": pl.String(),  # of the audit at the time, as all below; null where it did not know the subject
    "probability": pl.Float64(),
    "kind": pl.String(),
    "reasons": pl.String(),  # joined by "; "
    "links": pl.Int64(),
    "group_size": pl.Int64(),  # domains of its cluster; null where it was in none
    "audited": pl.String(),  # when that audit was made (ISO 8601)
}

_STANDING: Final = (
    f"SELECT step.subject, {', '.join(TOLD)} FROM standing JOIN step ON step.number = standing.step"  # noqa: S608 - our own columns
)


class DecisionStore(Database):
    """The store of one audit; use it as a context manager. Its methods may be called from any thread.

    Args:
        folder: of the audit.
        site: that the audit is about.
        patience: seconds to wait for another process that writes.

    Attributes:
        path, site: of the store.
        identity: tells it from all other stores.

    Raises:
        InputError: the folder is on a network drive or cannot be written to; the store is damaged, kept locked,
            of a newer version, or about another site.
    """

    def __init__(self, folder: Path, site: str, *, patience: float = PATIENCE) -> None:
        self.site, self.identity = site, ""
        super().__init__(folder / FILE, DECISIONS, patience=patience)
        try:
            self._check_site()
        except BaseException:
            self.close()
            raise

    def _check_site(self) -> None:
        """Name site and store in a new store; refuse that of another site."""
        find = "SELECT name, store FROM site"
        with self._reading() as connection:
            row = connection.execute(find).fetchone()
        if row is None:
            with self._writing() as connection:
                connection.execute(
                    "INSERT INTO site SELECT ?, lower(hex(randomblob(16))) WHERE NOT EXISTS (SELECT 1 FROM site)",
                    (self.site,),
                )
                row = connection.execute(find).fetchone()
        name, self.identity = row
        if name != self.site:
            fix = "make the audit of another site in a folder of its own"
            raise InputError(self.path, f"it holds decisions about {name}, not about {self.site}", fix)

    # ------------------------------------------------------------------ reading

    def newest(self) -> int:
        """The number of the last action; 0 where nothing was done."""
        with self._reading() as connection:
            return int(connection.execute("SELECT coalesce(max(number), 0) FROM action").fetchone()[0])

    def standing(self, after: int = 0) -> pl.DataFrame:
        """Every decision as it stands: one row a subject, columns as in ``COLUMNS``, the newest last.

        Args:
            after: only of subjects that were touched after the action of this number.
        """
        with self._reading() as connection:
            rows = connection.execute(
                f"{_STANDING} WHERE decision IS NOT NULL AND standing.action > ? ORDER BY step.number",
                (after,),
            )
            return _frame(rows.fetchall())

    def of(self, subject: str) -> Decision | None:
        """The decision about one subject; None where there is none."""
        with self._reading() as connection:
            row = connection.execute(
                f"{_STANDING} WHERE step.subject = ? AND decision IS NOT NULL", (subject,)
            ).fetchone()
        return decision_of(row) if row else None

    def within(self, unit: str) -> list[Decision]:
        """The decisions about a referring domain, and hosts and pages of it."""
        with self._reading() as connection:
            rows = connection.execute(f"{_STANDING} WHERE unit = ? AND decision IS NOT NULL", (unit,))
            return [decision_of(row) for row in rows]

    def since(self, number: int) -> tuple[int, list[tuple[str, str | None, str | None]]]:
        """What other hands have changed: the last action's number, and per subject touched after ``number`` its unit and decision."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT standing.subject, unit, decision FROM standing LEFT JOIN step ON step.number = standing.step"
                " WHERE standing.action > ?",
                (number,),
            ).fetchall()
            return self.newest(), rows

    def told_since(self, number: int) -> list[tuple[Any, ...]]:
        """For the memory: per subject touched after an action its name, when it was touched, and the columns ``TOLD``.

        What was carried over counts from when it was decided; what was taken back has no decision.
        """
        instead = {
            "scope": "'domain'",
            "unit": "standing.subject",
            "note": "''",
            "who": "action.who",
            "at": "action.at",
        }
        columns = ", ".join(f"coalesce(step.{name}, {instead.get(name, 'NULL')})" for name in TOLD)
        with self._reading() as connection:
            return connection.execute(
                "SELECT standing.subject, CASE action.what WHEN 'carry' THEN step.at ELSE action.at END,"  # noqa: S608 - our own columns
                f" {columns} FROM standing JOIN action ON action.number = standing.action"
                " LEFT JOIN step ON step.number = standing.step WHERE standing.action > ?",
                (number,),
            ).fetchall()

    def journal(self, subject: str | None = None) -> list[Action]:
        """Everything that was done, the oldest first; or all that was done about one subject."""
        call = "SELECT number, what, of, title, who, at FROM action"
        if subject is not None:
            call += " WHERE coalesce(of, number) IN (SELECT action FROM step WHERE subject = ?)"
        with self._reading() as connection:
            rows = connection.execute(f"{call} ORDER BY number", () if subject is None else (subject,))
            return [_action(row) for row in rows]

    def next_undo(self) -> Action | None:
        """The action that ``undo`` would undo."""
        return self._on_stack("undone = 0 ORDER BY action DESC")

    def next_redo(self) -> Action | None:
        """The action that ``redo`` would do again."""
        return self._on_stack("undone = 1 ORDER BY action")

    def _on_stack(self, which: str) -> Action | None:
        call = f"SELECT number, what, of, title, who, at FROM stack JOIN action ON number = action WHERE {which} LIMIT 1"  # noqa: S608 - our own words
        with self._reading() as connection:
            row = connection.execute(call).fetchone()
        return _action(row) if row else None

    # ------------------------------------------------------------------ deciding

    def decide(
        self,
        subjects: Iterable[tuple[Subject, Evidence]],
        decision: str | None,
        *,
        title: str,
        who: str,
        now: datetime,
        note: str | None = "",
        seen: int | None = None,
    ) -> Action:
        """Decide on subjects, all at once or not at all.

        Args:
            subjects: each with what the audit says of it.
            decision: one of ``DECISIONS``; None takes back what was decided.
            title: what is done, for a person.
            note: what the person wrote; None: each subject keeps the note that stands.
            seen: number of the last action that the deciding person knew of; None: whatever there is.

        Raises:
            ConflictError: one of the subjects was decided on after ``seen``.
            InputError: the store cannot be written; then nothing was done.
        """
        at = stamp(now)
        with self._writing() as connection:
            number = self._act("decide", None, title, who, at)
            notes = self._notes() if note is None else {}
            self._insert_steps(
                number,
                (
                    (
                        *subject,
                        decision,
                        notes.get(subject.name, "") if note is None else note,
                        who,
                        at,
                        *told,
                    )
                    for subject, told in subjects
                ),
            )
            self._refuse_unseen(number, seen)
            self._let_stand(number, number)
            connection.execute("DELETE FROM stack WHERE undone = 1")
            connection.execute("INSERT INTO stack VALUES (?, 0)", (number,))
        return Action(number, "decide", None, title, who, datetime.fromisoformat(at))

    def undo(self, *, who: str, now: datetime, expected: int | None = None) -> Action | None:
        """Undo the last action as a whole; None where there is nothing to undo.

        Args:
            expected: number of the action that the person means.

        Raises:
            ConflictError: another action was done meanwhile, and would be undone instead.
        """
        return self._turn_back("undo", who, now, expected)

    def redo(self, *, who: str, now: datetime, expected: int | None = None) -> Action | None:
        """Do again what was undone last; arguments and errors as of ``undo``."""
        return self._turn_back("redo", who, now, expected)

    def carry(self, rows: Iterable[tuple[Any, ...]], *, title: str, who: str, now: datetime) -> int:
        """Take over decisions from another audit of the same site, as they are; those that stand here are replaced.

        Args:
            rows: each a subject's name and the columns ``TOLD``.

        Returns:
            how many there were. What was done before can no longer be undone where there are any.
        """
        with self._writing() as connection:
            rows = list(rows)
            if rows:
                number = self._act("carry", None, title, who, stamp(now))
                self._insert_steps(number, rows)
                self._let_stand(number, number)
                connection.execute("DELETE FROM stack")
        return len(rows)

    def _turn_back(self, what: str, who: str, now: datetime, expected: int | None) -> Action | None:
        with self._writing() as connection:
            target = self.next_undo() if what == "undo" else self.next_redo()
            if expected is not None and (target is None or target.number != expected):
                shown = f" Now it would {what}: {target.title} ({target.who})." if target else ""
                raise ConflictError(
                    f"Somebody else decided meanwhile, in another window or process: nothing was done.{shown}"
                )
            if target is None:
                return None
            number = self._act(what, target.number, target.title, who, stamp(now))
            if what == "undo":
                self._restore(target.number, number)
            else:
                self._let_stand(target.number, number)
            connection.execute(
                "UPDATE stack SET undone = ? WHERE action = ?", (what == "undo", target.number)
            )
        return Action(number, what, target.number, target.title, who, now)

    def _act(self, what: str, of: int | None, title: str, who: str, at: str) -> int:
        done = self._connection.execute(
            "INSERT INTO action (what, of, title, who, at) VALUES (?, ?, ?, ?, ?)", (what, of, title, who, at)
        )
        return int(done.lastrowid or 0)

    def _insert_steps(self, action: int, rows: Iterable[tuple[Any, ...]]) -> None:
        marks = ", ".join("?" * len(TOLD))
        self._connection.executemany(
            f"INSERT INTO step (action, subject, {', '.join(TOLD)}, before) VALUES ({action}, ?, {marks},"  # noqa: S608 - our own columns
            " (SELECT step FROM standing WHERE subject = ?))",
            ((*row, row[0]) for row in rows),
        )

    def _notes(self) -> dict[str, str]:
        """The notes that stand."""
        return dict(
            self._connection.execute(
                "SELECT step.subject, note FROM standing JOIN step ON step.number = standing.step"
                " WHERE decision IS NOT NULL AND note <> ''"
            )
        )

    def _refuse_unseen(self, action: int, seen: int | None) -> None:
        if seen is None:
            return
        found = self._connection.execute(
            "SELECT count(*), min(standing.subject) FROM step JOIN standing USING (subject)"
            " WHERE step.action = ? AND standing.action > ?",
            (action, seen),
        ).fetchone()
        if found[0]:
            more = f" and {found[0] - 1:,} more" if found[0] > 1 else ""
            raise ConflictError(
                f"Somebody else decided on {found[1]}{more} meanwhile, in another window or process: nothing was done."
            )

    def _let_stand(self, action: int, by: int) -> None:
        """Let the steps of an action stand."""
        self._connection.execute(
            "INSERT INTO standing SELECT subject, number, ? FROM step WHERE action = ?"
            " ON CONFLICT (subject) DO UPDATE SET step = excluded.step, action = excluded.action",
            (by, action),
        )

    def _restore(self, action: int, by: int) -> None:
        """Let stand again what stood before an action."""
        self._connection.execute(
            "UPDATE standing SET step = step.before, action = ? FROM step"
            " WHERE step.action = ? AND step.subject = standing.subject",
            (by, action),
        )


def read_decisions(folder: Path) -> pl.DataFrame:
    """Every decision on an audit as it stands.

    Args:
        folder: of the audit.

    Returns:
        one row a subject, columns as in ``COLUMNS``; no row where nobody has decided.

    Raises:
        UsageError: the folder is not that of an audit.
        InputError: see ``DecisionStore``.
    """
    site = str(read_record(folder)["site"])
    if not (folder / FILE).exists():
        return _frame([])
    with DecisionStore(folder, site) as store:
        return store.standing()


def decision_of(row: tuple[Any, ...]) -> Decision:
    """A decision of a row: subject, then the columns ``TOLD``."""
    name, scope, unit, decision, note, who, at, *told = row
    return Decision(
        Subject(name, scope, unit), decision, note, who, datetime.fromisoformat(at), Evidence(*told)
    )


def _frame(rows: list[tuple[Any, ...]]) -> pl.DataFrame:
    texts = COLUMNS | {"at": pl.String()}
    frame = pl.DataFrame(rows, schema=texts, orient="row")
    return frame.with_columns(pl.col("at").str.to_datetime(time_unit="ms", time_zone="UTC"))


def _action(row: tuple[Any, ...]) -> Action:
    number, what, of, title, who, at = row
    return Action(number, what, of, title, who, datetime.fromisoformat(at))
