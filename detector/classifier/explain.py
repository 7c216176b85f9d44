"""Contributions become sentences: what speaks for or against a referring domain, in plain words with its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from detector.signals.registry import Signal, all_signals

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: How many reasons a domain gets, and below which contribution (log odds) nothing is a reason.
MOST, LEAST = 5, 0.05


def reasons(
    domains: pl.DataFrame, names: list[str], contributions: NDArray[np.float64], toxic: NDArray[np.bool_]
) -> pl.Series:
    """The contributions that decided each domain's judgement, the largest first.

    Args:
        domains: signals as columns.
        names: the signal of each column of ``contributions`` (float64, shape ``(rows, len(names))``, log odds).
        toxic: whether a domain leans to toxic; then reasons speak for that, else against.

    Returns:
        List(String), one entry a row, each at most ``MOST`` sentences, never of a signal that is missing.
    """
    present = ~np.isnan(domains.select(pl.col(names).cast(pl.Float64)).to_numpy())
    weight = np.where(toxic[:, None], contributions, -contributions)
    told = present & ~_absences(domains, names)
    weight = np.where(told & (weight >= LEAST), weight, 0.0)
    best = np.argsort(-weight, axis=1, kind="stable")[:, :MOST]
    rows, ranks = np.nonzero(np.take_along_axis(weight, best, axis=1))
    picked = pl.DataFrame({"row": rows, "rank": ranks, "signal": best[rows, ranks]})
    sentences = [
        _sentences(domains, all_signals()[names[i]], part) for (i,), part in picked.group_by("signal")
    ]
    empty = pl.DataFrame({"row": np.arange(domains.height)})
    if not sentences:
        return empty.select(pl.lit([], pl.List(pl.String)).alias("reasons")).to_series()
    listed = pl.concat(sentences).sort("row", "rank").group_by("row", maintain_order=True).agg("sentence")
    joined = empty.join(listed, on="row", how="left", maintain_order="left")
    return joined.select(pl.col("sentence").fill_null([]).alias("reasons")).to_series()


def _absences(domains: pl.DataFrame, names: list[str]) -> NDArray[np.bool_]:
    """Where a yes/no signal says no: that something is not there is no reason that a person would give."""
    yes_no = np.array([all_signals()[name].unit == "yes/no" for name in names])
    zero = domains.select(pl.col(names).cast(pl.Float64) == 0).fill_null(False).to_numpy()
    return np.asarray(yes_no & zero, dtype=np.bool_)


def _sentences(domains: pl.DataFrame, signal: Signal, picked: pl.DataFrame) -> pl.DataFrame:
    """``row, rank, sentence`` of one signal for the rows that picked it."""
    values = domains[signal.name].gather(picked["row"])
    shown = picked.with_columns(value=values).with_columns(value=shown_value(signal))
    before, _, after = signal.sentence.partition("{value}")
    if "{value}" in signal.sentence:
        sentence = pl.concat_str(pl.lit(before), pl.col("value"), pl.lit(after))
    else:
        sentence = pl.when(pl.col("value") == "no").then(pl.lit("not so: ")).otherwise(pl.lit("")) + pl.lit(
            before
        )
    return shown.select(pl.col("row").cast(pl.Int64), "rank", sentence=sentence)


def shown_value(signal: Signal, column: str = "value") -> pl.Expr:
    """A column of the signal's values (Float64) as a person reads it, by the signal's unit."""
    value = pl.col(column)
    unit = signal.unit
    if unit == "share":
        percent = (value * 100).round(0).cast(pl.Int64).cast(pl.String)
        return pl.when((value > 0) & (value < 0.005)).then(pl.lit("under 1")).otherwise(percent) + pl.lit(
            " %"
        )
    if unit == "log1p count":
        return _thousands((value.exp() - 1).round(0))
    if unit == "log ratio":
        return value.exp().round(1).cast(pl.String) + pl.lit(" times")
    if unit == "log odds":
        return pl.when(value >= 0).then(pl.lit("+")).otherwise(pl.lit("")) + value.round(1).cast(pl.String)
    if unit == "yes/no":
        return pl.when(value > 0).then(pl.lit("yes")).otherwise(pl.lit("no"))
    whole = value.round(1).cast(pl.String).str.strip_suffix(".0")
    plain = unit in {"count", "points", "ratio", "levels", "letters"}
    return whole if plain else whole + pl.lit(f" {unit}")


def _thousands(number: pl.Expr) -> pl.Expr:
    """1234567 -> 1,234,567."""
    text = number.cast(pl.Int64).cast(pl.String)
    reverse = text.str.reverse().str.replace_all(r"(\d{3})", "$1,").str.strip_suffix(",")
    return reverse.str.reverse()
