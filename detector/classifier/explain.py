"""Contributions become sentences: what speaks for or against a referring domain, in plain words with its numbers."""

from __future__ import annotations

import os
import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from detector.classifier.evidence import Evidence, thousands
from detector.classifier.singular import SAME_DAY, singular
from detector.signals.registry import Signal, all_signals

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: How many reasons a domain gets, and below which contribution (log odds) nothing is a reason.
MOST, LEAST = 5, 0.05
#: So many rows are weighed at a time: what is at hand then stays in the processor's cache.
_AT_A_TIME: Final = 8192
#: What is said where no single signal is a reason.
SMALL_SIGNS = "many small signs together, none of them telling by itself"
NO_SIGN = "nothing that these exports tell of it points clearly to spam"
TOO_LITTLE = "what these exports tell of it points to spam, but is too little to bring it before a person"


def reasons(
    domains: pl.DataFrame,
    names: list[str],
    contributions: NDArray[np.float64],
    toxic: NDArray[np.bool_],
    evidence: Evidence | None = None,
    signs: pl.Series | None = None,
) -> pl.Series:
    """The contributions that decided each domain's judgement, the largest first: ``chosen`` and ``told_reasons``.

    Returns:
        List(String), one entry a row, each of one to ``MOST`` sentences, never of a signal that is missing.
    """
    return told_reasons(domains, toxic, chosen(domains, names, contributions, toxic, signs), evidence)


def chosen(
    domains: pl.DataFrame,
    names: list[str],
    contributions: NDArray[np.float64],
    toxic: NDArray[np.bool_],
    signs: pl.Series | None = None,
) -> pl.DataFrame:
    """Which signals are the reasons for each domain's judgement.

    Args:
        domains: signals as columns.
        names: the signal of each column of ``contributions`` (float64, shape ``(rows, len(names))``, log odds).
        toxic: whether a domain leans to toxic; then reasons speak for that, else against.
        signs: String: of each row a signal that is told even if others weigh more, then as the last; null where there is none.

    Returns:
        ``row`` (Int64), ``rank`` (Int64, the weightiest first) and ``signal`` (Categorical), at most ``MOST`` rows for each domain.
    """
    untold = ~_present(domains, names) | _absences(domains, names, toxic)
    untold |= _said_by_twin(contributions, names, toxic, untold)
    best, is_reason = _weightiest(contributions, toxic, untold)
    if signs is not None:
        names = [*names, *(name for name in signs.drop_nulls().unique().sort() if name not in names)]
        places = signs.replace_strict(names, range(len(names)), default=-1, return_dtype=pl.Int64)
        _tell_signs(best, is_reason, places.to_numpy())
    rows, ranks = np.nonzero(is_reason)
    picked = pl.DataFrame({"row": rows, "rank": ranks, "signal": best[rows, ranks]})
    name = pl.col("signal").replace_strict(range(len(names)), names, return_dtype=pl.Categorical)
    return picked.select(pl.col("row", "rank").cast(pl.Int64), name)


def told_reasons(
    domains: pl.DataFrame, toxic: NDArray[np.bool_], picked: pl.DataFrame, evidence: Evidence | None = None
) -> pl.Series:
    """What was ``chosen``, in plain words.

    Args:
        domains, toxic: as for ``chosen``; with ``probability`` (Float64), where it is known.
        picked: what it returned.
        evidence: what to quote, of the same domains in the same order; nothing is quoted without it.

    Returns:
        List(String), one entry a row, each of one to ``MOST`` sentences.
    """
    picked = picked.with_columns(toxic=pl.Series(toxic).gather(picked["row"]))
    by_signal = [(all_signals()[str(name)], part) for (name,), part in picked.group_by("signal")]
    # the longest first, or one thread waits for it in the end
    by_signal.sort(key=lambda each: -each[1].height)
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # each is too narrow to fill all cores
        sentences = list(pool.map(lambda each: _sentences(domains, each[0], each[1], evidence), by_signal))
    likely = domains["probability"] >= 0.5 if "probability" in domains.columns else pl.lit(value=False)
    every = pl.DataFrame({"row": np.arange(domains.height, dtype=np.int64), "toxic": toxic}).with_columns(
        likely=likely
    )
    none = (
        pl.when("toxic")
        .then(pl.lit(SMALL_SIGNS))
        .when("likely")
        .then(pl.lit(TOO_LITTLE))
        .otherwise(pl.lit(NO_SIGN))
    )
    if not sentences:
        return every.select(reasons=pl.concat_list(none)).to_series()
    listed = pl.concat(sentences).sort("row", "rank").group_by("row", maintain_order=True).agg("sentence")
    joined = every.join(listed, on="row", how="left", maintain_order="left")
    return joined.select(reasons=pl.coalesce("sentence", pl.concat_list(none))).to_series()


def _weightiest(
    contributions: NDArray[np.float64], toxic: NDArray[np.bool_], untold: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Columns of what weighs most in each row, the weightiest first (``(rows, MOST)``); and which of them are reasons."""
    sign = np.where(toxic, 1.0, -1.0)[:, None]

    def weigh(start: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        rows = slice(start, start + _AT_A_TIME)
        weight = contributions[rows] * sign[rows]
        weight[untold[rows] | (weight < LEAST)] = 0.0
        best = _largest(weight)
        return best, np.take_along_axis(weight, best, axis=1) > 0

    with ThreadPoolExecutor(os.cpu_count()) as pool:  # numpy works outside the interpreter's lock
        parts = list(pool.map(weigh, range(0, max(len(contributions), 1), _AT_A_TIME)))
    best, chosen = (np.concatenate(part) for part in zip(*parts, strict=True))
    return best, chosen


def _present(domains: pl.DataFrame, names: list[str]) -> NDArray[np.bool_]:
    """Where a signal is not missing."""
    there = [
        pl.col(name).is_not_null() & pl.col(name).cast(pl.Float64).is_not_nan().fill_null(True)
        for name in names
    ]
    return domains.select(pl.repeat(None, pl.len()).alias("rows"), *there).drop("rows").to_numpy()


def _largest(weight: NDArray[np.float64]) -> NDArray[np.int64]:
    """Columns of the ``MOST`` largest weights of each row, the largest first; on a tie the first column."""
    most = min(MOST, weight.shape[1])
    part = np.sort(np.argpartition(-weight, most - 1, axis=1)[:, :most], axis=1)
    order = np.argsort(-np.take_along_axis(weight, part, axis=1), axis=1, kind="stable")
    return np.take_along_axis(part, order, axis=1)


def _tell_signs(best: NDArray[np.int64], chosen: NDArray[np.bool_], signs: NDArray[np.int64]) -> None:
    """Put each row's sign, where it is not among what is told, at the end (in place)."""
    told = ((best == signs[:, None]) & chosen).any(axis=1)
    rows = np.flatnonzero((signs >= 0) & ~told)
    best[rows, -1], chosen[rows, -1] = signs[rows], True


def _absences(domains: pl.DataFrame, names: list[str], toxic: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where a signal says that nothing is there: ``no``, none of what is bad, words or a ratio that weigh 0.0 or the other way.

    It counts for the judgement (words that speak for a site less than words mostly do speak against it), but is no reason that
    a person would give.
    """
    leaning = pl.lit(pl.Series(np.where(toxic, 1.0, -1.0)))
    absent = [
        pl.col(s.name).cast(pl.Float64) * leaning < 0.05
        if s.unit in ("log odds", "log ratio")
        else pl.col(s.name).cast(pl.Float64).abs() < 1e-9
        if s.unit == "yes/no" or s.direction > 0
        else pl.lit(False).alias(s.name)
        for s in (all_signals()[name] for name in names)
    ]
    return (
        domains.select(pl.repeat(None, pl.len()).alias("rows"), *absent)
        .drop("rows")
        .fill_null(False)
        .to_numpy()
    )


#: Signals of one thing, by its mean and by its highest value: to read both is to read the same twice.
_TWINS: Final = (
    ("anchor_words", "anchor_words_max"),
    ("title_words", "title_words_max"),
    ("page_external_links", "page_external_links_max"),
    ("anchor_capital_share", "anchor_capitalised_share"),
    ("title_capital_share", "title_capitalised_share"),
)


def _said_by_twin(
    contributions: NDArray[np.float64], names: list[str], toxic: NDArray[np.bool_], untold: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Where a signal's twin weighs more, or as much and comes first, and can be told."""
    said = np.zeros_like(untold)
    sign = np.where(toxic, 1.0, -1.0)
    for pair in _TWINS:
        if not set(pair) <= set(names):
            continue
        first, second = (names.index(name) for name in pair)
        weight = [np.where(untold[:, i], 0.0, contributions[:, i] * sign) for i in (first, second)]
        said[:, first] = weight[1] > weight[0]
        said[:, second] = weight[0] >= weight[1]
    return said


def _sentences(
    domains: pl.DataFrame, signal: Signal, picked: pl.DataFrame, evidence: Evidence | None
) -> pl.DataFrame:
    """``row, rank, sentence`` of one signal for the rows that picked it."""
    shown = picked.with_columns(value=domains[signal.name].gather(picked["row"]))
    if signal.quotes in domains.columns:
        told = domains[signal.quotes].gather(picked["row"])
        return shown.select("row", "rank", sentence=pl.coalesce(told, sentence_of(signal)))
    shown = shown.select("row", "rank", "toxic", sentence=sentence_of(signal))
    if evidence is None:
        return shown.drop("toxic")
    behind = evidence.of(signal, shown.select("row", "toxic"))
    joined = shown.join(behind, on="row", how="left")
    return joined.select("row", "rank", pl.concat_str("sentence", pl.col("evidence").fill_null("")))


def sentence_of(signal: Signal, column: str = "value") -> pl.Expr:
    """The signal's sentence with the value of a column (Float64)."""
    before, placed, after = signal.sentence.partition("{value}")
    if not placed:
        return pl.lit(signal.sentence)
    shown = shown_value(signal, column)
    sentence = pl.concat_str(pl.lit(before), shown, pl.lit(after))
    one = singular("1" if signal.unit in _BARE else f"1 {signal.unit}")
    of_one = singular(signal.sentence.replace("{value}", one))
    sentence = pl.when(shown == one).then(pl.lit(of_one)).otherwise(sentence)
    same_day = SAME_DAY.get(signal.sentence.replace("{value}", "0 days"))
    if same_day:
        sentence = pl.when(pl.col(column) == 0).then(pl.lit(same_day)).otherwise(sentence)
    if signal.unit == "log odds":
        sentence = sentence.str.replace(_AGAINST[-1][0], "${1} against")
    return sentence


#: "weigh -0.5 towards spam" is hard to read: pattern -> what is written for it.
_AGAINST: Final = (
    (r"at most -([\d.]+) towards", r"at least \1 against"),
    (r"at least -([\d.]+) towards", r"at most \1 against"),
    (r"-([\d.]+) towards", r"\1 against"),
)


def readable(sentence: str, signal: Signal) -> str:
    """A sentence of a signal in which values stand already, as ``sentence_of`` would write it."""
    for written, read in _AGAINST if signal.unit == "log odds" else ():
        sentence = re.sub(written, read, sentence)
    return singular(sentence)


def shown_value(signal: Signal, column: str = "value") -> pl.Expr:
    """A column of the signal's values (Float64) as a person reads it, by the signal's unit."""
    value = pl.col(column)
    unit = signal.unit
    if unit == "share":
        percent = (value * 100).round(0).cast(pl.Int64).cast(pl.String)
        few, nearly_all = (value > 0) & (value < 0.005), (value < 1) & (value >= 0.995)
        shown = pl.when(few).then(pl.lit("under 1")).when(nearly_all).then(pl.lit("over 99"))
        return shown.otherwise(percent) + pl.lit("%")
    if unit == "log1p count":
        return thousands((value.exp() - 1).round(0))
    if unit == "log ratio":
        return value.exp().round(1).cast(pl.String) + pl.lit(" times")
    if unit == "log odds":
        return pl.when(value >= 0).then(pl.lit("+")).otherwise(pl.lit("")) + value.round(1).cast(pl.String)
    if unit == "yes/no":
        return pl.when(value > 0).then(pl.lit("yes")).otherwise(pl.lit("no"))
    exact = value.round(1).cast(pl.String).str.strip_suffix(".0").replace("-0", "0")
    number = pl.when(value.abs() >= 1000).then(thousands(value.round(0))).otherwise(exact)
    if unit in _BARE:
        return number
    return pl.when(number == "1").then(pl.lit(singular(f"1 {unit}"))).otherwise(number + pl.lit(f" {unit}"))


#: Units that are not written behind the number: the sentence says what is counted.
_BARE: Final = ("count", "log1p count", "points", "ratio", "levels", "letters")
