"""The schema of a store, as numbered steps: version N is the first N steps of ``MIGRATIONS``.

A step that was ever released is never changed; what comes is a new step at the end. All that are missing are
done in one transaction together with the number itself (``PRAGMA user_version``), so that a store is of one
version or of another, never between.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Schema(NamedTuple):
    """What a kind of store holds.

    Attributes:
        application: marks its files (``PRAGMA application_id``).
        migrations: statements of each step.
        elsewhere: what to do where the place of such a file is no good.
    """

    application: int
    migrations: tuple[tuple[str, ...], ...]
    elsewhere: str


#: Marks the file as a store of this program (``PRAGMA application_id``): "TxLD".
APPLICATION: Final = 0x54784C44

#: Moments are text, ISO 8601 in UTC with seconds.
_UPLOADS: Final = (
    # The one site that the store is about, in canonical spelling.
    """CREATE TABLE site (
        name TEXT NOT NULL PRIMARY KEY,
        created TEXT NOT NULL
    )""",
    # The very bytes of every file that was handed over, once each; content is compressed (zlib).
    """CREATE TABLE file (
        sha256 TEXT NOT NULL PRIMARY KEY,
        size INTEGER NOT NULL,
        content BLOB NOT NULL
    )""",
    # Every time a file was handed over. since: the upload that added and removed count from.
    """CREATE TABLE upload (
        number INTEGER PRIMARY KEY,
        handed TEXT NOT NULL,
        uploaded TEXT,
        who TEXT NOT NULL,
        property_url TEXT NOT NULL,
        name TEXT NOT NULL,
        sha256 TEXT NOT NULL REFERENCES file (sha256),
        lines INTEGER NOT NULL,
        domain_rules INTEGER NOT NULL,
        url_rules INTEGER NOT NULL,
        since INTEGER REFERENCES upload (number),
        added INTEGER NOT NULL,
        removed INTEGER NOT NULL
    )""",
    # Of every upload: the rules that came and went, and what an audit said of those that stand in it.
    """CREATE TABLE decision (
        upload INTEGER NOT NULL REFERENCES upload (number),
        rule TEXT NOT NULL,
        change TEXT NOT NULL CHECK (change IN ('added', 'kept', 'removed')),
        unit TEXT,
        verdict TEXT,
        probability REAL,
        kind TEXT,
        reasons TEXT,
        PRIMARY KEY (upload, rule)
    ) WITHOUT ROWID""",
)

MIGRATIONS: Final[tuple[tuple[str, ...], ...]] = (_UPLOADS,)

HISTORY: Final = Schema(
    APPLICATION, MIGRATIONS, "keep the stores in another folder (--store, or DETECTOR_STORES)"
)
