"""SQLite files of this program: opened in one way, brought up to date in one transaction, refused in plain words."""

from detector.databases.connection import PATIENCE, Kind, faults, open_database, transaction
from detector.databases.database import Database

__all__ = ["PATIENCE", "Database", "Kind", "faults", "open_database", "transaction"]
