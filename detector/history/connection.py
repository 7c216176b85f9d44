"""Opening a store's file: made or brought up to date in one transaction, or refused with a clear word."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from detector.errors import InputError
from detector.history.drives import network_drive
from detector.history.migrations import HISTORY, Schema

PATIENCE: Final = 30.0  # seconds to wait for another process that writes

_PRIMARY: Final = 0xFF  # the lower byte of an extended result code
_DAMAGED: Final = "put back a copy of it, or move it away to begin a new one"
_ELSEWHERE: Final = ""  # stands for what the schema says about another place
#: Primary result code of SQLite -> (what is wrong, what to do).
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


def open_store(
    path: Path, schema: Schema = HISTORY, *, patience: float = PATIENCE, threads: bool = False
) -> sqlite3.Connection:
    """Open a store's file, made where there is none, of the newest version that we know.

    Transactions are begun by ``transaction`` only. What is committed survives the end of the process, and of
    the machine's power (``synchronous=FULL``).

    Args:
        path: the file; its folder is made.
        schema: what it holds.
        patience: seconds to wait for another process that writes.
        threads: it is used by several threads, one at a time.

    Raises:
        InputError: the folder is on a network drive or cannot be written to; the file is damaged, of another
            program, of a newer version, or kept locked.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        fault = f"the folder of the stores cannot be made ({error.strerror or error})"
        raise InputError(path.parent, fault, schema.elsewhere) from error
    drive = network_drive(path.parent)
    if drive:
        fault = (
            f"the folder is on a network drive ({drive}), where a store could lose what two machines write"
        )
        raise InputError(path.parent, fault, schema.elsewhere)
    with faults(path, schema):
        connection = sqlite3.connect(
            path, timeout=patience, isolation_level=None, check_same_thread=not threads
        )
        try:
            _prepare(connection, path, schema, patience)
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, schema: Schema, patience: float) -> None:
    _check_ours(connection, path, schema)
    _use_wal(connection, path, schema, patience)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    _migrate(connection, path, schema)
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise InputError(path, f"the file is damaged ({' '.join(verdict.split())})", _DAMAGED)


def _check_ours(connection: sqlite3.Connection, path: Path, schema: Schema) -> None:
    """Refuse a database of another program, before anything of it is changed."""
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if pages and tables and mark != schema.application:
        raise InputError(path, "it is a database of another program", schema.elsewhere)


def _use_wal(connection: sqlite3.Connection, path: Path, schema: Schema, patience: float) -> None:
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
        raise InputError(path, fault, schema.elsewhere)


def _migrate(connection: sqlite3.Connection, path: Path, schema: Schema) -> None:
    """Do the steps that are missing; whoever comes second finds nothing to do."""
    steps = schema.migrations
    if _version(connection, path, len(steps)) == len(steps):
        return
    with transaction(connection):
        for step in steps[_version(connection, path, len(steps)) :]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {schema.application}")
        connection.execute(f"PRAGMA user_version = {len(steps)}")


def _version(connection: sqlite3.Connection, path: Path, known: int) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > known:
        fault = f"it was written by a newer version of this program (schema {version}, known here {known})"
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
def faults(path: Path, schema: Schema = HISTORY) -> Iterator[None]:
    """Turn SQLite's errors into sentences.

    Raises:
        InputError: in place of a database error.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
        problem, fix = _FAULTS.get(code, (f"the store cannot be used ({error})", _DAMAGED))
        raise InputError(path, problem, fix or schema.elsewhere) from error
