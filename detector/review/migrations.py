"""The schema of an audit's store of decisions; the rules for steps are those of ``history.migrations``."""

from __future__ import annotations

from typing import Final

from detector.history.migrations import Schema

#: Columns of a decision in ``step`` here and in the memory: what it says, and the evidence at the time.
TOLD: Final = (
    "scope", "unit", "decision", "note", "who", "at",
    "verdict", "probability", "kind", "reasons", "links", "group_size", "audited",
)  # fmt: skip

#: The columns as SQL, the same in every table of decisions. Moments are text, ISO 8601 in UTC with milliseconds.
TOLD_SQL: Final = """
        scope TEXT NOT NULL CHECK (scope IN ('domain', 'tenant', 'url')),
        unit TEXT NOT NULL,
        decision TEXT CHECK (decision IN ('disavow', 'keep', 'ignore', 'later')),
        note TEXT NOT NULL,
        who TEXT NOT NULL,
        at TEXT NOT NULL,
        verdict TEXT,
        probability REAL,
        kind TEXT,
        reasons TEXT,
        links INTEGER,
        group_size INTEGER,
        audited TEXT"""

_JOURNAL: Final = (
    # The one site that the audit is about; store: tells this store from all others.
    "CREATE TABLE site (name TEXT NOT NULL PRIMARY KEY, store TEXT NOT NULL)",
    # What was done, in order. of: the action that was undone or redone.
    """CREATE TABLE action (
        number INTEGER PRIMARY KEY,
        what TEXT NOT NULL CHECK (what IN ('decide', 'undo', 'redo', 'carry')),
        of INTEGER REFERENCES action (number),
        title TEXT NOT NULL,
        who TEXT NOT NULL,
        at TEXT NOT NULL
    )""",
    # What an action said of each subject; decision is null where it was taken back. before: the step that stood until then.
    f"""CREATE TABLE step (
        number INTEGER PRIMARY KEY,
        action INTEGER NOT NULL REFERENCES action (number),
        subject TEXT NOT NULL,
        before INTEGER REFERENCES step (number),{TOLD_SQL}
    )""",
    "CREATE INDEX step_of_action ON step (action)",
    # What stands now, made of the journal: step is null where nothing does; action: the last one that touched it.
    """CREATE TABLE standing (
        subject TEXT NOT NULL PRIMARY KEY,
        step INTEGER REFERENCES step (number),
        action INTEGER NOT NULL REFERENCES action (number)
    ) WITHOUT ROWID""",
    "CREATE INDEX standing_by_action ON standing (action)",
    # The actions that can be undone, and those that can be redone.
    "CREATE TABLE stack (action INTEGER PRIMARY KEY REFERENCES action (number), undone INTEGER NOT NULL)",
    # The journal is only ever added to.
    *(
        f"CREATE TRIGGER no_{event.lower()}_of_{table} BEFORE {event} ON {table}"
        f" BEGIN SELECT raise(ABORT, 'the journal is only added to'); END"
        for table in ("action", "step")
        for event in ("UPDATE", "DELETE")
    ),
)

DECISIONS: Final = Schema(
    0x54784C52,  # "TxLR"
    (_JOURNAL,),
    "make the audit in a folder on a drive of this machine that you may write to (--out)",
)

_MEMORY: Final = (
    # The stores that were learnt from, and up to which action.
    """CREATE TABLE audit (
        store TEXT NOT NULL PRIMARY KEY,
        site TEXT NOT NULL,
        folder TEXT NOT NULL,
        learnt INTEGER NOT NULL
    )""",
    # The newest that any audit of a site says of a subject; decision is null where it was taken back.
    f"""CREATE TABLE remembered (
        site TEXT NOT NULL,
        subject TEXT NOT NULL,
        touched TEXT NOT NULL,{TOLD_SQL},
        PRIMARY KEY (site, subject)
    ) WITHOUT ROWID""",
)

MEMORY: Final = Schema(
    0x54784C4D,  # "TxLM"
    (_MEMORY,),
    "keep the stores in another folder (--store, or DETECTOR_STORES)",
)
