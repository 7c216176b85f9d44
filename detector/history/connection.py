"""Opening the store of a site: what SQLite file it is, and what is said when it cannot be used."""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path

from detector import databases
from detector.databases import PATIENCE, Kind, transaction
from detector.history.migrations import APPLICATION, MIGRATIONS

__all__ = ["PATIENCE", "faults", "open_store", "transaction"]


def open_store(path: Path, *, patience: float = PATIENCE) -> sqlite3.Connection:
    """Open a store's file, made where there is none; what is committed survives a power cut.

    Raises:
        InputError: the folder is on a network drive or cannot be written to; the file is damaged, of another
            program, of a newer version, or kept locked.
    """
    return databases.open_database(path, _kind(), patience=patience)


def faults(path: Path) -> AbstractContextManager[None]:
    """Turn SQLite's errors into sentences; see ``databases.faults``."""
    return databases.faults(path, _kind())


def _kind() -> Kind:
    return Kind(
        application=APPLICATION,
        migrations=MIGRATIONS,
        elsewhere="keep the stores in another folder (--store, or DETECTOR_STORES)",
        damaged="put back a copy of it, or move it away to begin a new history",
    )
