"""The schema of the store of pages, as numbered steps; see ``databases.Kind``."""

from __future__ import annotations

from typing import Final

#: Marks the file (``PRAGMA application_id``): "TxLP".
APPLICATION: Final = 0x54784C50

#: Moments are text, ISO 8601 in UTC with seconds.
_PAGES: Final = (
    # What became of a page the last time that it was asked for; see ``store.Visit`` for the columns.
    # pack, start, length: where its compressed head and body lie; digest: BLAKE2b of them as they lie there.
    """CREATE TABLE visit (
        url TEXT NOT NULL PRIMARY KEY,
        fetched TEXT NOT NULL,
        outcome TEXT NOT NULL,
        detail TEXT NOT NULL,
        status INTEGER,
        final_url TEXT NOT NULL,
        hops TEXT NOT NULL,
        etag TEXT,
        modified TEXT,
        cut TEXT,
        size INTEGER,
        seconds REAL,
        address TEXT NOT NULL,
        not_before TEXT,
        source TEXT NOT NULL CHECK (source IN ('web', 'warc')),
        pack INTEGER,
        start INTEGER,
        length INTEGER,
        digest BLOB
    ) WITHOUT ROWID""",
    "CREATE INDEX visit_pack ON visit (pack)",
    # What a robots.txt came to; text is compressed (zlib).
    """CREATE TABLE robots (
        origin TEXT NOT NULL PRIMARY KEY,
        fetched TEXT NOT NULL,
        outcome TEXT NOT NULL,
        detail TEXT NOT NULL,
        text BLOB NOT NULL
    ) WITHOUT ROWID""",
    # Numbers of packs are never given twice, so that a pack of one process is never another's.
    "CREATE TABLE pack (number INTEGER PRIMARY KEY AUTOINCREMENT, begun TEXT NOT NULL)",
)

MIGRATIONS: Final[tuple[tuple[str, ...], ...]] = (_PAGES,)
