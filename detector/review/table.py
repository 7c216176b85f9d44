"""The referring domains of an audit, in the order in which they are worth a person's time.

The order: *expected harm of leaving it, times uncertainty*. With the probability p of being toxic and L links that
may pass credit (followed and live; a count that no export tells is taken to be all links):

    harm = p * log2(1 + L)        uncertainty = 4 * p * (1 - p)        priority = harm * uncertainty

Uncertainty is the variance of a yes or no, scaled to at most 1; the product is largest at p = 2/3. A domain that a guard
holds, or that needs no line, cannot do harm by being left: its priority is 0, and it comes last, by p.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
from polars.exceptions import PolarsError

from detector.auditing.signals_file import SIGNALS
from detector.classifier import teaching
from detector.errors import InputError
from detector.history.audits import TABLE

#: What is needed of ``signals.parquet``, and the types.
_JUDGED: Final[dict[str, pl.DataType]] = {
    "referring_domain": pl.String(),
    "verdict": pl.String(),
    "probability": pl.Float64(),
    "kind": pl.String(),
    "tier": pl.String(),
    "guard": pl.String(),
    "no_line_needed": pl.String(),
    "links": pl.Int64(),
    "followed_links": pl.Int64(),
    "live_links": pl.Int64(),
    "first_seen": pl.Date(),
    "last_seen": pl.Date(),
    "ip": pl.String(),
    "country": pl.String(),
    "topic": pl.String(),
    "suffix": pl.String(),
    "name_tenant": pl.Float64(),
    "cluster": pl.Int64(),
    "reasons": pl.List(pl.String),
}
#: What only ``referring-domains.csv`` tells.
_SHOWN: Final = ("referring_domain", "rule", "tools", "anchors", "example_url", "opinions")
_AGAIN: Final = "run 'detector audit' again"
#: Texts that a spreadsheet would run begin with an apostrophe in the CSV; here it is taken off.
_GUARDED: Final = r"^'([=+\-@\t\r])"


def load_table(folder: Path) -> pl.DataFrame:
    """Read the referring domains of an audit.

    Returns:
        One row each, the first to look at first: the columns of ``_JUDGED`` and ``_SHOWN``, ``group`` (Int64: domains of
        its cluster, null where it is in none), ``priority`` (Float64, 0 and more), ``teaches`` (Int64: place in the
        order in which answers teach the classifier most, see ``classifier.teaching``) and ``tenant`` (Boolean).

    Raises:
        InputError: a file is missing or damaged.
    """
    judged = _judged(folder / SIGNALS)
    shown = _shown(folder / TABLE)
    table = judged.join(shown, on="referring_domain", how="left", maintain_order="left")
    return table.with_columns(
        _teaches(table),
        priority=priority(),
        group=pl.when(pl.col("cluster").is_not_null()).then(pl.len().over("cluster").cast(pl.Int64)),
        tenant=pl.col("name_tenant").fill_null(0.0) > 0,
    ).sort("priority", "probability", "referring_domain", descending=[True, True, False], nulls_last=True)


def _teaches(table: pl.DataFrame) -> pl.Series:
    place = np.empty(table.height, dtype=np.int64)
    place[teaching.order(table, table["probability"].to_numpy())] = np.arange(table.height)
    return pl.Series("teaches", place)


def priority() -> pl.Expr:
    """Expected harm of leaving a domain, times uncertainty (Float64); see above."""
    p = pl.col("probability")
    credit = pl.min_horizontal(
        pl.col("links"), pl.col("followed_links"), pl.col("live_links")
    )  # nulls let pass
    harm = p * (1 + credit.fill_null(0)).log(2)
    open_ = pl.col("guard").is_null() & pl.col("no_line_needed").is_null()
    return pl.when(open_).then(harm * 4 * p * (1 - p)).otherwise(0.0)


def _judged(path: Path) -> pl.DataFrame:
    try:
        rows = pl.scan_parquet(path)
        names = set(rows.collect_schema().names())
        missing = [name for name in _JUDGED if name not in names]
        if not missing:
            return rows.select(pl.col(name).cast(kind) for name, kind in _JUDGED.items()).collect()
    except (OSError, PolarsError) as error:
        what = "it cannot be read as a Parquet file" if path.exists() else "it is not there"
        raise InputError(path, what, _AGAIN) from error
    raise InputError(path, f"it lacks {', '.join(missing)}", _AGAIN)


def _shown(path: Path) -> pl.DataFrame:
    try:
        frame = pl.read_csv(path, infer_schema=False, columns=list(_SHOWN), encoding="utf8")
        texts = [name for name in _SHOWN if name != "referring_domain"]
        frame = frame.with_columns(
            pl.col(name).str.replace(_GUARDED, "${1}").replace("", None) for name in texts
        )
    except (OSError, PolarsError) as error:
        fix = f"{_AGAIN}, and leave this file as the audit wrote it: decide on the page instead"
        raise InputError(path, "the table of the audit cannot be read", fix) from error
    return frame.unique("referring_domain", keep="first")


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row as JSON can hold it: days as ISO texts, lists of tools and anchors as lists."""
    told = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
    for name in ("tools", "anchors"):
        if name in told:
            told[name] = [part for part in (told[name] or "").split(" | ") if part]
    return told
