"""An open file that threads use in turn: what every store of this program is."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from detector.databases.connection import PATIENCE, Kind, faults, open_database, transaction


class Database:
    """A database file; use it as a context manager. Its methods may be called from any thread.

    Args:
        path, kind, patience: see ``open_database``.

    Raises:
        InputError: see ``open_database``.
    """

    def __init__(self, path: Path, kind: Kind, *, patience: float = PATIENCE) -> None:
        self.path = path
        self._kind = kind
        self._turn = threading.RLock()
        self._connection = open_database(path, kind, patience=patience)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; it cannot be used any more."""
        with self._turn:
            self._connection.close()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for this thread alone; its errors as sentences."""
        with self._turn, faults(self.path, self._kind):
            yield self._connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """The same in one transaction."""
        with self._reading() as connection, transaction(connection):
            yield connection
