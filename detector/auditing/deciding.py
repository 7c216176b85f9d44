"""The domains of audits that a person decided about, with the signals that each audit judged them by."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import polars as pl

from detector.auditing.signals_file import SIGNALS, SignalsFile
from detector.errors import InputError
from detector.history.audits import read_record
from detector.signals.registry import all_signals

#: decision -> label. What is ignored is spam, but of a make that needs no line: it is neither; what is put off is not decided.
LABELS: Final = {"disavow": 1, "keep": 0}


def decided_domains(folder: Path, decisions: pl.DataFrame) -> pl.DataFrame:
    """The decided domains of an audit with their signals.

    Args:
        folder: of the audit.
        decisions: those that stand: ``subject, unit, decision`` (String). What is decided about a page or a host below a referring domain
            says nothing of the domain.

    Returns:
        one row a domain: ``site, referring_domain`` (String), ``label`` (Int8: 1 disavow, 0 keep), ``cluster`` (UInt32, null: in none)
        and every signal (Float64, null: missing).

    Raises:
        UsageError: the folder is not that of an audit.
        InputError: its signals cannot be read, or were computed by another version.
    """
    site = str(read_record(folder)["site"])
    whole = decisions.filter((pl.col("subject") == pl.col("unit")) & pl.col("decision").is_in(list(LABELS)))
    labels = whole.unique("unit", keep="last", maintain_order=True).select(
        referring_domain="unit",
        label=pl.col("decision").replace_strict(LABELS, default=None, return_dtype=pl.Int8),
    )
    rows = SignalsFile(folder).rows(labels["referring_domain"])
    if absent := [name for name in (*all_signals(), "cluster") if name not in rows.columns]:
        raise InputError(folder / SIGNALS, f"it lacks {', '.join(absent[:5])}", "run 'detector audit' again")
    return rows.join(labels, on="referring_domain", maintain_order="left").select(
        pl.lit(site).alias("site"),
        "referring_domain",
        "label",
        pl.col("cluster").cast(pl.UInt32),
        *all_signals(),
    )
