"""The table of referring domains for spreadsheets: ``referring-domains.csv``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import polars as pl

#: Cells that a spreadsheet would run as a formula (CWE-1236); anchors are written by attackers.
#: Source: OWASP, "CSV Injection"; the wide signs are what Excel takes for formulas in Chinese and Japanese.
_FORMULA: Final = r"^[=+\-@\t\r\n＝＋－＠]"
_ROWS: Final = 50_000  # rows that are text in memory at once


def write_table(table: pl.DataFrame, path: Path) -> None:
    """Write the table as CSV: lists joined by |, text that a spreadsheet would run made harmless by an apostrophe.

    Args:
        table: as ``auditing`` makes it, in the order to be written.
    """
    with path.open("wb") as file:
        for part in table.iter_slices(_ROWS) if table.height else [table]:
            _flat(part).write_csv(file, include_header=file.tell() == 0)


def write_text_table(table: pl.DataFrame, path: Path) -> None:
    """Write a small table without lists as CSV, harmless in a spreadsheet; beside its place first."""
    draft = path.with_name(path.name + ".draft")
    harmless(table).write_csv(draft)
    draft.replace(path)


def _flat(table: pl.DataFrame) -> pl.DataFrame:
    flat = table.with_columns(
        pl.col(name).list.join("; " if name == "reasons" else " | ")
        for name, kind in table.schema.items()
        if kind == pl.List(pl.String)
    ).with_columns(pl.col("probability").round(6), pl.col("log_odds").round(4))
    return harmless(flat)


def harmless(table: pl.DataFrame) -> pl.DataFrame:
    """The table with an apostrophe before every text that a spreadsheet would run as a formula."""
    texts = [name for name, kind in table.schema.items() if kind == pl.String]
    return table.with_columns(
        pl.when(pl.col(n).str.contains(_FORMULA)).then(pl.lit("'") + pl.col(n)).otherwise(pl.col(n)).alias(n)
        for n in texts
    )
