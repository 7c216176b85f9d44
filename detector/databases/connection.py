"""Opening a database file: made or brought up to date in one transaction, or refused with a clear word."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from detector.databases.drives import network_drive
from detector.errors import InputError

PATIENCE: Final = 30.0  # seconds to wait for another process that writes

_PRIMARY: Final = 0xFF  # the lower byte of an extended result code
_ELSEWHERE: Final = "elsewhere"
_DAMAGED: Final = "damaged"
#: Primary result code of SQLite -> (what is wrong, what to do: an attribute of ``Kind``, or a sentence).
_FAULTS: Final = {
    sqlite3.SQLITE_BUSY: ("another process keeps it locked", "end that process, or try again later"),
    sqlite3.SQLITE_LOCKED: ("another process keeps it locked", "end that process, or try again later"),
    sqlite3.SQLITE_CORRUPT: ("the file is damaged", _DAMAGED),
    sqlite3.SQLITE_NOTADB: ("it is no store of this program, or it is damaged", _DAMAGED),
    sqlite3.SQLITE_READONLY: ("the file or its folder cannot be written to", _ELSEWHERE),
    sqlite3.SQLITE_CANTOPEN: ("it cannot be opened, or its folder cannot be written to", _ELSEWHERE),
    sqlite3.SQLITE_PERM: ("it may not be opened", _ELSEWHERE),
    sqlite3.SQLITE_FULL: ("the disk is full", "make room; nothing was recorded"),
    sqlite3.SQLITE_IOERR: ("the disk failed to read or write it", "make room, or keep the stores elsewhere"),
    sqlite3.SQLITE_PROTOCOL: ("the drive does not lock files as a store needs it", _ELSEWHERE),
}


@dataclass(frozen=True)
class Kind:
    """What a file is, and what is said when it cannot be used.

    Attributes:
        application: marks the file (``PRAGMA application_id``).
        migrations: numbered steps of SQL statements; version N is the first N of them (``PRAGMA user_version``).
        elsewhere: what to do when the folder does not serve.
        damaged: what to do when the file is damaged.
        synchronous: what is committed survives the end of the process; with ``FULL`` that of the machine's power
            as well, with ``NORMAL`` the last commits may be missing then, and nothing is ever half there.
    """

    application: int
    migrations: tuple[tuple[str, ...], ...]
    elsewhere: str
    damaged: str = "put back a copy of it, or move it away to begin a new one"
    synchronous: str = "FULL"


def open_database(path: Path, kind: Kind, *, patience: float = PATIENCE) -> sqlite3.Connection:
    """Open a file, made where there is none, of the newest version that we know.

    Transactions are begun by ``transaction`` only.

    Args:
        path: the file; its folder is made.
        kind: what it is.
        patience: seconds to wait for another process that writes.

    Raises:
        InputError: the folder is on a network drive or cannot be written to; the file is damaged, of another
            program, of a newer version, or kept locked.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        fault = f"the folder of the stores cannot be made ({error.strerror or error})"
        raise InputError(path.parent, fault, kind.elsewhere) from error
    drive = network_drive(path.parent)
    if drive:
        fault = (
            f"the folder is on a network drive ({drive}), where a store could lose what two machines write"
        )
        raise InputError(path.parent, fault, kind.elsewhere)
    with faults(path, kind):
        connection = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
        try:
            _prepare(connection, path, kind, patience)
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, kind: Kind, patience: float) -> None:
    _check_ours(connection, path, kind)
    _use_wal(connection, path, kind, patience)
    connection.execute(f"PRAGMA synchronous = {kind.synchronous}")
    connection.execute("PRAGMA foreign_keys = ON")
    _migrate(connection, path, kind)
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise InputError(path, f"the file is damaged ({' '.join(verdict.split())})", kind.damaged)


def _check_ours(connection: sqlite3.Connection, path: Path, kind: Kind) -> None:
    """Refuse a database of another program, before anything of it is changed.

    The tables are counted before the mark is read: another process may make the file between the two, and it
    makes both in one transaction.
    """
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    if tables and mark != kind.application:
        raise InputError(path, "it is a database of another program", kind.elsewhere)


def _use_wal(connection: sqlite3.Connection, path: Path, kind: Kind, patience: float) -> None:
    """Switch to the write-ahead log; while another process does the same, SQLite does not wait by itself."""
    until = time.monotonic() + patience
    while True:
        try:
            (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
            break
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & _PRIMARY != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
    if mode != "wal":
        fault = "the drive cannot keep a write-ahead log, as is so on network drives"
        raise InputError(path, fault, kind.elsewhere)


def _migrate(connection: sqlite3.Connection, path: Path, kind: Kind) -> None:
    """Do the steps that are missing; whoever comes second finds nothing to do."""
    if _version(connection, path, kind) == len(kind.migrations):
        return
    with transaction(connection):
        for step in kind.migrations[_version(connection, path, kind) :]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {kind.application}")
        connection.execute(f"PRAGMA user_version = {len(kind.migrations)}")


def _version(connection: sqlite3.Connection, path: Path, kind: Kind) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(kind.migrations):
        fault = f"it was written by a newer version of this program (schema {version}, known here {len(kind.migrations)})"
        raise InputError(path, fault, "install the newer version")
    return int(version)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Everything inside, or nothing of it; no other process writes meanwhile."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # some faults have ended it already
            connection.execute("ROLLBACK")
        raise


@contextmanager
def faults(path: Path, kind: Kind) -> Iterator[None]:
    """Turn SQLite's errors into sentences.

    Raises:
        InputError: in place of a database error.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
        problem, fix = _FAULTS.get(code, (f"the file cannot be used ({error})", _DAMAGED))
        raise InputError(path, problem, getattr(kind, fix, fix)) from error
