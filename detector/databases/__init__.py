"""SQLite files of this program: opened in one way, brought up to date in one transaction, refused in plain words."""

from detector.databases.connection import PATIENCE, Kind, faults, open_database, transaction

__all__ = ["PATIENCE", "Kind", "faults", "open_database", "transaction"]
