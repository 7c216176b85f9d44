"""Fit the model to a dataset: words, masks, boosting, calibration, each judged on domains it has not seen."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from detector.classifier.dataset import Dataset
from detector.classifier.model import Model, fit_booster, fit_curve, read_tables, tiers_of
from detector.signals.registry import Signal, model_signals

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: What a poorer export leaves of the signals: tier -> (families, stages) it has, and the weight of such a copy.
#: A row that has everything is seen as it stands as well, with weight 1.
MASKS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...], float]]] = {
    "anchors": (("anchor", "link", "name", "velocity"), ("link", "anchor", "page", "domain"), 0.5),
    "urls": (("page", "name"), ("page", "domain"), 0.5),
    "name": (("name",), ("domain",), 0.2),
}
FOLDS: Final = 5


@dataclass(frozen=True)
class Examples:
    """Rows of a dataset as arrays, the poorer copies behind them.

    ``x`` float64 (rows, signals); ``y`` int8, ``weight`` float64, ``row`` (index into the dataset), ``fold``; ``tier`` a list of str.
    """

    x: NDArray[np.float64]
    y: NDArray[np.int8]
    weight: NDArray[np.float64]
    row: NDArray[np.int64]
    fold: NDArray[np.int8]
    tier: pl.Series


def inputs() -> list[Signal]:
    """The signals the model is trained on."""
    return model_signals()


def with_words(data: Dataset) -> pl.DataFrame:
    """The rows with cross-fitted text signals filled in: no row's come from weights that saw its domain."""
    return data.worded


def fit(data: Dataset) -> tuple[Model, pl.DataFrame]:
    """Fit the model; and each example's log odds from a fold that did not see its domain.

    Returns:
        the model, and a frame ``row`` (dataset row), ``tier`` (as masked), ``log_odds`` and ``probability`` (out of fold; the calibration
        curve is fitted on all folds' log odds, two numbers a tier).
    """
    rows = with_words(data)
    examples = make_examples(rows)
    directions = [s.direction for s in inputs()]
    out_of_fold = np.empty(len(examples.y))
    for fold in range(FOLDS):
        seen = examples.fold != fold
        booster = fit_booster(examples.x[seen], examples.y[seen], examples.weight[seen], directions)
        out_of_fold[~seen] = booster.decision_function(examples.x[~seen])
    curves = {}
    for tier in ("name", "urls", "anchors", "rich"):
        of_tier = (examples.tier == tier).to_numpy()
        curves[tier] = fit_curve(out_of_fold[of_tier], examples.y[of_tier], examples.weight[of_tier])
    booster = fit_booster(examples.x, examples.y, examples.weight, directions)
    tables, intercept = read_tables(booster, examples.x, examples.weight)
    used = [i for i, table in enumerate(tables) if len(table.edges)]  # the others say nothing
    model = Model(
        signals=[inputs()[i].name for i in used],
        booster_inputs=[s.name for s in inputs()],
        booster=pickle.dumps(booster),
        tables=[tables[i] for i in used],
        intercept=intercept,
        curves=curves,
        texts=data.texts.weights(data.rows),
    )
    judged = pl.DataFrame({"row": examples.row, "tier": examples.tier, "log_odds": out_of_fold})
    return model, judged.with_columns(probability=model.probabilities(out_of_fold, examples.tier))


def make_examples(rows: pl.DataFrame) -> Examples:
    """Each row as it stands, and as poorer exports would show it."""
    signals = inputs()
    full = rows.select(pl.col(s.name).cast(pl.Float64) for s in signals)
    tier = tiers_of(full)
    copies = [(full.to_numpy(), np.arange(rows.height), 1.0, tier)]
    own_evidence = (
        rows["family"] != "injected"
    ).to_numpy()  # of these rows nothing but the text tells the label
    for name, (families, stages, weight) in MASKS.items():
        kept = np.array([s.family in families and s.stage in stages for s in signals])
        richer = np.flatnonzero(
            (tier != name).to_numpy() & (tier != "name").to_numpy() & (own_evidence | ("anchor" in families))
        )
        masked = np.where(kept, full.to_numpy()[richer], np.nan)
        copies.append((masked, richer, weight, pl.Series([name]).new_from_index(0, len(richer))))
    row = np.concatenate([c[1] for c in copies])
    label, weights, fold = (rows[c].to_numpy() for c in ("label", "weight", "fold"))
    return Examples(
        x=np.concatenate([c[0] for c in copies]),
        y=label[row],
        weight=weights[row] * np.concatenate([np.full(len(c[1]), c[2]) for c in copies]),
        row=row,
        fold=fold[row],
        tier=pl.concat([c[3].alias("tier") for c in copies]),
    )
