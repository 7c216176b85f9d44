"""The store of one site: what was handed over, when, and why each rule stood in it.

>>> with Store.open("example.com", folder) as store:  # doctest: +SKIP
...     upload = store.record(file, property_url="https://www.example.com/", who="ann", now=now)
...     store.confirm(upload.number, now)
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from detector.databases import PATIENCE, Database
from detector.disavow.merging import one_line
from detector.disavow.parsing import DisavowFile
from detector.disavow.rules import DOMAIN, URL, Rule
from detector.errors import InputError, UsageError
from detector.history.changes import Changes
from detector.history.migrations import HISTORY
from detector.history.naming import file_name, site_of, stores_folder
from detector.history.uploads import (
    ADDED,
    KEPT,
    REMOVED,
    Decision,
    StoredFile,
    Upload,
    stamp,
    upload_of,
)
from detector.links.domains import Domains

#: The columns of an upload, in the order of its attributes.
_COLUMNS: Final = ", ".join(Upload.__dataclass_fields__)
_IN_FORCE: Final = f"SELECT {_COLUMNS} FROM upload WHERE uploaded IS NOT NULL AND uploaded <= ? ORDER BY uploaded DESC, number DESC LIMIT 1"  # noqa: S608 - our own columns


class Store(Database):
    """The history of one site; use it as a context manager.

    Attributes:
        site: the site in canonical spelling.
        path: the store's file.
    """

    def __init__(self, site: str, path: Path, *, patience: float = PATIENCE) -> None:
        super().__init__(path, HISTORY, patience=patience)
        self.site = site
        try:
            with self._reading():
                self._check_site()
        except BaseException:
            self.close()
            raise

    @classmethod
    def open(cls, site: str, folder: Path | None = None, *, domains: Domains | None = None) -> Store:
        """Open the store of a site; it is made where there is none.

        Args:
            site: a domain, host, URL or address of the site.
            folder: of the stores; see ``naming.stores_folder``.
            domains: what decides which site it is; the shipped lists without it.

        Raises:
            UsageError: ``site`` is none.
            InputError: see ``databases.open_database``; or the file is the store of another site.
        """
        site = site_of(site, domains or Domains.default())
        return cls(site, stores_folder(folder) / file_name(site))

    @classmethod
    def find(cls, site: str, folder: Path | None = None, *, domains: Domains | None = None) -> Store | None:
        """Open the store of a site if there is one: nothing is made. Arguments and errors as of ``open``."""
        site = site_of(site, domains or Domains.default())
        path = stores_folder(folder) / file_name(site)
        return cls(site, path) if path.exists() else None

    def _check_site(self) -> None:
        """Name the site in a new store; refuse the store of another."""
        find = "SELECT name FROM site"
        row = self._connection.execute(find).fetchone()
        if row is None:
            with self._writing():
                row = self._connection.execute(find).fetchone()
                if row is None:
                    self._connection.execute(
                        "INSERT INTO site VALUES (?, strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now'))",
                        (self.site,),
                    )
                    row = (self.site,)
        if row[0] != self.site:
            fix = "give it back its own name, and keep one file for each site"
            raise InputError(self.path, f"it is the history of {row[0]}, not of {self.site}", fix)

    # ------------------------------------------------------------------ reading

    def uploads(self) -> list[Upload]:
        """Everything that was handed over, the oldest first."""
        with self._reading():
            rows = self._connection.execute(f"SELECT {_COLUMNS} FROM upload ORDER BY number")  # noqa: S608
            return [upload_of(row) for row in rows]

    def upload(self, number: int) -> Upload:
        """One of them.

        Raises:
            UsageError: there is none of this number.
        """
        with self._reading():
            call = f"SELECT {_COLUMNS} FROM upload WHERE number = ?"  # noqa: S608
            row = self._connection.execute(call, (number,)).fetchone()
        if row is None:
            raise UsageError(
                f"{self.site}: there is no upload {number}; 'detector disavow history' lists them"
            )
        return upload_of(row)

    def in_force(self, at: datetime | None = None) -> Upload | None:
        """The upload that had replaced all others, at a moment or by now: of those that were confirmed, the last uploaded."""
        with self._reading():
            row = self._connection.execute(_IN_FORCE, (stamp(at) if at else "9",)).fetchone()
        return upload_of(row) if row else None

    def file(self, number: int) -> StoredFile:
        """The file of an upload, by the very bytes that were handed over.

        Raises:
            UsageError: there is none of this number.
            InputError: the bytes are not those that were recorded.
        """
        upload = self.upload(number)
        with self._reading():
            call = "SELECT content FROM file WHERE sha256 = ?"
            row = self._connection.execute(call, (upload.sha256,)).fetchone()
        try:
            data = zlib.decompress(row[0] if row else b"")
        except zlib.error:
            data = b""
        if hashlib.sha256(data).hexdigest() != upload.sha256:
            fault = (
                f"the file of upload {number} is damaged: it no longer has the digest it was recorded with"
            )
            raise InputError(self.path, fault, "put back a copy of the store")
        return StoredFile(upload, DisavowFile.parse(data, upload.title))

    def decisions(self, number: int) -> list[Decision]:
        """What is remembered of the rules of an upload: those that came or went, and those an audit judged."""
        self.upload(number)
        call = (
            "SELECT rule, change, unit, verdict, probability, kind, reasons FROM decision"
            " WHERE upload = ? ORDER BY change, rule"
        )
        with self._reading():
            return [Decision(*row) for row in self._connection.execute(call, (number,))]

    def first_recorded(self) -> dict[str, datetime]:
        """When each rule was first handed over: its text -> a moment in UTC."""
        call = (
            "SELECT rule, min(coalesce(uploaded, handed)) FROM decision JOIN upload ON number = upload"
            " WHERE change = 'added' GROUP BY rule"
        )
        with self._reading():
            return {rule: datetime.fromisoformat(when) for rule, when in self._connection.execute(call)}

    # ------------------------------------------------------------------ recording

    def record(
        self,
        file: DisavowFile,
        *,
        property_url: str,
        who: str,
        now: datetime,
        evidence: Mapping[Rule, Decision] | None = None,
        uploaded: datetime | None = None,
    ) -> Upload:
        """Record that a file is handed over, all of it or nothing.

        Args:
            file: its bytes are kept.
            property_url: the URL-prefix property it is meant for.
            who: who hands it over.
            now: the moment.
            evidence: what an audit said of its rules; ``change`` of it is set here.
            uploaded: when it was uploaded, where that is known already.
        """
        digest = hashlib.sha256(file.data).hexdigest()
        rules = dict.fromkeys(file.rules)
        with self._writing():
            before = self.in_force(uploaded)
            earlier = self.file(before.number).file.rules if before else ()
            changes = Changes.between(earlier, rules)
            self._connection.execute(
                "INSERT OR IGNORE INTO file VALUES (?, ?, ?)",
                (digest, len(file.data), zlib.compress(file.data, 9)),
            )
            (number,) = self._connection.execute("SELECT coalesce(max(number), 0) + 1 FROM upload").fetchone()
            upload = Upload(
                number=number,
                handed=datetime.fromisoformat(stamp(now)),
                uploaded=datetime.fromisoformat(stamp(uploaded)) if uploaded else None,
                who=_storable(who),
                property_url=property_url,
                name=_storable(file.name),
                sha256=digest,
                lines=len(file.lines),
                domain_rules=sum(rule.kind == DOMAIN for rule in rules),
                url_rules=sum(rule.kind == URL for rule in rules),
                since=before.number if before else None,
                added=len(changes.added),
                removed=len(changes.removed),
            )
            self._insert(upload, rules, changes, evidence or {})
        return upload

    def _insert(
        self, upload: Upload, rules: Mapping[Rule, None], changes: Changes, evidence: Mapping[Rule, Decision]
    ) -> None:
        values = {**vars(upload), "handed": stamp(upload.handed)}
        values["uploaded"] = stamp(upload.uploaded) if upload.uploaded else None
        marks = ", ".join(f":{name}" for name in values)
        self._connection.execute(f"INSERT INTO upload ({_COLUMNS}) VALUES ({marks})", values)  # noqa: S608
        added = set(changes.added)
        told = [
            (rule, ADDED if rule in added else KEPT) for rule in rules if rule in added or rule in evidence
        ]
        told += [(rule, REMOVED) for rule in changes.removed]
        self._connection.executemany(
            "INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    upload.number,
                    rule.text,
                    change,
                    *_evidence_row(None if change == REMOVED else evidence.get(rule)),
                )
                for rule, change in told
            ),
        )

    def confirm(self, number: int, when: datetime) -> Upload:
        """Record that an upload was done; one that was confirmed before keeps its date.

        Raises:
            UsageError: there is none of this number.
        """
        self.upload(number)
        with self._writing():
            call = "UPDATE upload SET uploaded = ? WHERE number = ? AND uploaded IS NULL"
            self._connection.execute(call, (stamp(when), number))
        return self.upload(number)


def _storable(text: str) -> str:
    """Text on one line that is sure to be Unicode (a file's name need not be)."""
    return one_line(text).encode("utf-8", "replace").decode("utf-8")


def _evidence_row(told: Decision | None) -> tuple[object, ...]:
    if told is None:
        return (None,) * 5
    return (told.unit, told.verdict, told.probability, told.kind, told.reasons)
