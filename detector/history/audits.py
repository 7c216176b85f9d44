"""An audit's folder, read back: what was found, and what it said of each rule."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl

from detector.disavow.rules import DOMAIN, Rule
from detector.errors import InputError, UsageError
from detector.history.uploads import KEPT, Decision
from detector.links import edited
from detector.links.domains import Domains

RECORD: Final = "audit.json"
TABLE: Final = "referring-domains.csv"
LINKS: Final = "links.parquet"

NEEDED: Final = {
    "referring_domain": pl.String, "links": pl.Int64, "probability": pl.Float64, "verdict": pl.String,
    "kind": pl.String, "reasons": pl.String, "followed_links": pl.Int64, "first_seen": pl.String,
    "last_seen": pl.String, "anchors": pl.String, "tools": pl.String,
}  # fmt: skip
_AGAIN: Final = "run 'detector audit' again"


@dataclass(frozen=True)
class AuditFolder:
    """What an audit left behind.

    Attributes:
        folder: where.
        record: the content of ``audit.json``.
        domains: ``referring-domains.csv``: one row a referring domain with the columns of ``NEEDED``, texts
            as they were before they were made harmless for spreadsheets.
    """

    folder: Path
    record: Mapping[str, Any]
    domains: pl.DataFrame

    @property
    def site(self) -> str:
        """The audited site."""
        return str(self.record["site"])

    @property
    def day(self) -> str:
        """The day (ISO) of the audit."""
        return str(self.record.get("generated", ""))[:10]

    @property
    def own(self) -> list[str]:
        """Further sites of the user."""
        named = _mapping(self.record.get("settings")).get("own")
        return [str(site) for site in named] if isinstance(named, list) else []

    @property
    def counts(self) -> dict[str, int]:
        """What the audit counted."""
        counts = _mapping(self.record.get("counts"))
        return {str(name): number for name, number in counts.items() if isinstance(number, int)}

    @property
    def exports(self) -> list[dict[str, str]]:
        """``name, tool, report, records`` of what was read, without the folders of the machine it lay on."""
        listed = self.record.get("files")
        entries = [_mapping(entry) for entry in listed] if isinstance(listed, list) else []
        return [
            {
                "name": str(entry.get("file", "")).replace("\\", "/").rsplit("/", 1)[-1],
                "tool": str(entry.get("tool") or ""),
                "report": str(entry.get("report") or "").replace("_", " "),
                "records": str(entry.get("records", "")),
            }
            for entry in entries
            if entry and not entry.get("refused")
        ]

    def links(self) -> pl.LazyFrame:
        """Every link, lazily: ``source_url, referring_domain`` and more (see ``links.schema``).

        Raises:
            InputError: ``links.parquet`` cannot be read.
        """
        path = self.folder / LINKS
        try:
            frame = pl.scan_parquet(path)
            names = frame.collect_schema().names()
        except (OSError, pl.exceptions.PolarsError) as error:
            raise InputError(path, "the links of the audit cannot be read", _AGAIN) from error
        if not {"source_url", "referring_domain"} <= set(names):
            raise InputError(path, "it holds no links of an audit", _AGAIN)
        return frame

    def evidence(self, rules: Iterable[Rule], domains: Domains) -> dict[Rule, Decision]:
        """What the audit said of rules: of each that is about a referring domain of its, or a page of one."""
        columns = ("referring_domain", "verdict", "probability", "kind", "reasons")
        judged = {row[0]: row for row in self.domains.select(columns).iter_rows()}
        found = {}
        for rule in rules:
            unit = rule.value if rule.kind == DOMAIN else domains.referring_domain(rule.value)
            if unit in judged:
                found[rule] = Decision(rule.text, KEPT, *judged[unit])
        return found


def read_audit(folder: Path, needed: Sequence[str] = edited.NEEDED) -> AuditFolder:
    """Read the folder of an audit, whose table may have been through a spreadsheet program.

    Args:
        folder: the folder.
        needed: columns that the table must still have; another one of ``NEEDED`` that is gone is null.

    Raises:
        UsageError: the folder is not one.
        InputError: a file of it is damaged, or lacks a needed column.
    """
    return AuditFolder(folder, read_record(folder), edited.edited_table(folder / TABLE, NEEDED, needed))


def read_record(folder: Path) -> Mapping[str, Any]:
    """The content of an audit's ``audit.json``; it names its ``site``.

    Raises:
        UsageError: the folder is not that of an audit.
        InputError: the file is damaged.
    """
    if not (folder / RECORD).is_file():
        raise UsageError(f"{folder} is not the folder of an audit: it has no {RECORD}")
    return _read_record(folder / RECORD)


def audit_around(file: Path) -> Path | None:
    """The audit's folder that a file lies in; None where it lies in none."""
    folder = file.resolve().parent
    return folder if (folder / RECORD).is_file() else None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _read_record(path: Path) -> Mapping[str, Any]:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(path, "the record of the audit cannot be read", _AGAIN) from error
    if not isinstance(record, dict) or not isinstance(record.get("site"), str):
        raise InputError(path, "it is no record of an audit: it names no site", _AGAIN)
    return record
