"""The report and the workbook of an audit, from its folder: when it is made, and anew after a person has decided."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl
from polars.exceptions import PolarsError

from detector.auditing.signals_file import SIGNALS
from detector.errors import InputError
from detector.history.audits import LINKS, read_record
from detector.report.branding import Branding
from detector.report.figures import SIGNALS as SHOWN_SIGNALS
from detector.report.html import write_report
from detector.report.rows import DOMAIN_COLUMNS
from detector.report.words import spoken_day
from detector.verdict import DISAVOW, REVIEW, VERDICTS, advise

REPORT, WORKBOOK, JUDGED, FILE = "report.html", "audit.xlsx", "referring-domains.parquet", "disavow.txt"
_AGAIN: Final = "run 'detector audit' again"


def write_reports(
    folder: Path,
    record: Mapping[str, Any],
    table: pl.DataFrame,
    *,
    signals: pl.DataFrame,
    branding: Branding,
    xlsx: bool,
) -> list[str]:
    """Write ``report.html`` and, if asked for, ``audit.xlsx`` beside ``links.parquet`` and ``disavow.txt``.

    Args:
        folder: where these two are.
        record: the content of ``audit.json``.
        table: the judged domains, as ``telling.domain_table`` makes it.
        signals: of each of them.

    Returns:
        sentences on what did not fit into the workbook.

    Raises:
        InputError: a file cannot be read or written.
    """
    path = folder / LINKS
    links = _scanned(path)
    try:
        write_report(folder / REPORT, record, table, signals=signals, links=links, branding=branding)
        if not xlsx:
            return []
        from detector.report.workbook import write_workbook

        return write_workbook(
            folder / WORKBOOK,
            record,
            table,
            signals=signals,
            links=links,
            lines=_lines(folder / FILE),
            branding=branding,
        )
    except PolarsError as error:
        raise InputError(path, "the links of the audit are damaged", _AGAIN) from error


def report_again(
    folder: Path, decisions: pl.DataFrame, *, branding: Branding | None, xlsx: bool
) -> list[str]:
    """Make the report of an audit anew, with what a person decided since.

    Args:
        folder: of the audit.
        decisions: those that stand: ``subject, scope, unit, decision, note, who`` (String), ``at`` (Datetime).
        branding: whose report it is.

    Returns:
        sentences on what did not fit into the workbook.

    Raises:
        UsageError: the folder is not that of an audit.
        InputError: a file of it is missing or damaged, or one cannot be written.
    """
    record = read_record(folder)
    table = _read(
        folder / JUDGED, {name: kind for name, (kind, optional) in DOMAIN_COLUMNS.items() if not optional}
    )
    signals = _read(folder / SIGNALS, {"referring_domain": pl.String()}, ("referring_domain", *SHOWN_SIGNALS))
    decided = with_decisions(table, decisions)
    return write_reports(
        folder,
        _told_anew(record, table, decided, decisions, folder),
        decided,
        signals=signals,
        branding=branding or Branding(),
        xlsx=xlsx,
    )


# ---------------------------------------------------------------------- decisions


def with_decisions(table: pl.DataFrame, decisions: pl.DataFrame) -> pl.DataFrame:
    """The judged domains with what was decided in place of what was proposed, and ``decided`` (String: what, who, when, why).

    A decision about a host or a page of a domain leaves the domain's verdict as it is; that something is decided there is said.
    """
    whole = decisions.filter(pl.col("subject") == pl.col("unit")).unique(
        "unit", keep="last", maintain_order=True
    )
    parts = (
        decisions.filter(pl.col("subject") != pl.col("unit"))
        .group_by("unit")
        .agg(parts=pl.concat_str(pl.len(), pl.lit(" decided for pages or hosts of it")))
    )
    said = whole.select(
        referring_domain="unit",
        new=pl.when(pl.col("decision").is_in(VERDICTS)).then("decision"),
        said=pl.Series([_sentence(row) for row in whole.iter_rows(named=True)], dtype=pl.String),
    )
    line = pl.concat_str(pl.lit("domain:"), "referring_domain")
    has_line = pl.col("guard").is_null() & ~pl.col("referring_domain").str.contains("/", literal=True)
    return (
        table.join(said, on="referring_domain", how="left", maintain_order="left")
        .join(
            parts.rename({"unit": "referring_domain"}),
            on="referring_domain",
            how="left",
            maintain_order="left",
        )
        .with_columns(
            verdict=pl.coalesce("new", "verdict"),
            decided=pl.concat_str("said", "parts", separator="; ", ignore_nulls=True).replace("", None),
            rule=pl.when(pl.col("new").is_null())
            .then("rule")
            .when(pl.col("new") == DISAVOW)
            .then(pl.coalesce("rule", pl.when(has_line).then(line))),
        )
        .drop("new", "said", "parts")
    )


def _sentence(row: Mapping[str, Any]) -> str:
    what = "put off" if row["decision"] == "later" else row["decision"]
    note = f": {row['note']}" if row["note"] else ""
    return f"{what}, by {row['who']} on {spoken_day(row['at'])}{note}"


def _told_anew(
    record: Mapping[str, Any],
    before: pl.DataFrame,
    after: pl.DataFrame,
    decisions: pl.DataFrame,
    folder: Path,
) -> dict[str, Any]:
    """The record of the audit with counts, advice and file as they are after the decisions."""
    if decisions.is_empty():
        return dict(record)
    site, acted = str(record["site"]), bool(record.get("manual_action"))
    counted = dict(after["verdict"].value_counts().iter_rows())
    old, new = advise(before, site, manual_action=acted), advise(after, site, manual_action=acted)
    told = record.get("summary")
    kept = [text for text in told if text not in old.summary] if isinstance(told, list) else []
    counts, file = dict(record.get("counts") or {}), dict(record.get("disavow") or {})
    warnings = [*record.get("warnings", [])]
    content = _content(folder / FILE)
    if len(content) == file.get("bytes"):
        warnings.insert(
            0,
            f"{FILE} is still the one that the audit wrote: it does not know the decisions yet. Export it anew from the review.",
        )
    return {
        **record,
        "headline": new.headline,
        "summary": [*new.summary, *kept],
        "decisions": [_decided(before, after, decisions)],
        "warnings": warnings,
        "counts": {**counts, "verdicts": {verdict: counted.get(verdict, 0) for verdict in VERDICTS}},
        "disavow": {**file, "lines": len(content.splitlines()), "bytes": len(content)},
    }


def _decided(before: pl.DataFrame, after: pl.DataFrame, decisions: pl.DataFrame) -> str:
    """How many were decided, by whom, and how many of them otherwise than the classifier proposed."""
    who = sorted(set(decisions["who"].drop_nulls()))
    names = " and ".join(who) if len(who) < 3 else f"{len(who)} people"
    whole = int((decisions["subject"] == decisions["unit"]).sum())
    told = [(whole, "domain", "domains"), (decisions.height - whole, "page or host", "pages or hosts")]
    what = " and ".join(f"{number:,} {one if number == 1 else many}" for number, one, many in told if number)
    changed = before["verdict"] != after["verdict"]
    was_open = before["verdict"] == REVIEW
    left, other = int((changed & was_open).sum()), int((changed & ~was_open).sum())
    return (
        f"{names or 'Somebody'} decided about {what}: {left:,} that the classifier left to a person,"
        f" {other:,} otherwise than it proposed."
    )


# ---------------------------------------------------------------------- files


def _read(path: Path, needed: Mapping[str, pl.DataType], columns: tuple[str, ...] = ()) -> pl.DataFrame:
    """A table of the audit; of ``columns`` those that it has.

    Raises:
        InputError: it is not there, cannot be read, or lacks a needed column.
    """
    scanned = _scanned(path)
    try:
        names = scanned.collect_schema().names()
        if missing := [name for name in needed if name not in names]:
            raise InputError(path, f"it lacks {', '.join(missing)}", _AGAIN)
        return (scanned.select([name for name in columns if name in names]) if columns else scanned).collect()
    except (OSError, PolarsError) as error:
        raise InputError(path, "it is damaged", _AGAIN) from error


def _scanned(path: Path) -> pl.LazyFrame:
    try:
        frame = pl.scan_parquet(path)
        frame.collect_schema()
    except (OSError, PolarsError) as error:
        what = (
            "it cannot be read as a Parquet file"
            if path.exists()
            else "it is not there; an audit of this version writes it"
        )
        raise InputError(path, what, _AGAIN) from error
    return frame


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise InputError(path, f"it cannot be read ({error.strerror or error})", _AGAIN) from error


def _lines(path: Path) -> list[str]:
    return _content(path).decode("utf-8", "replace").splitlines()


def branding_of(folder: Path) -> tuple[str, Path | None]:
    """The agency and the logo that the audit was made with, where the logo is still there."""
    try:
        told = json.loads((folder / "audit.json").read_text("utf-8")).get("report")
    except (OSError, ValueError, AttributeError):
        return "", None
    agency, logo = (told.get("agency"), told.get("logo")) if isinstance(told, dict) else ("", None)
    path = Path(logo) if isinstance(logo, str) else None
    return agency if isinstance(agency, str) else "", path if path and path.is_file() else None
