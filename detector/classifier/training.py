"""Fit the model to a dataset: words, masks, boosting, calibration, each judged on domains it has not seen."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from detector.classifier.dataset import Dataset
from detector.classifier.injected import IN_TITLE, INJECTED
from detector.classifier.model import TIERS, Curve, Model, Sum, calibrated, fit_booster, fit_curve, tiers_of
from detector.classifier.readout import read_out
from detector.signals.registry import Signal, model_signals

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: What a poorer export leaves of the signals: tier -> (families, stages) it has. A row is seen as it stands, as each
#: poorer export would show it, and once more as a mix of tools may show it,
#: each family and each signal left out by chance.
MASKS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "titles": (("page", "name"), ("title", "page", "domain")),
    "anchors": (("anchor", "link", "name", "velocity"), ("link", "anchor", "page", "domain")),
    "urls": (("page", "name"), ("page", "domain")),
    "metrics": (("authority", "name", "network"), ("peak", "link", "anchor", "title", "page", "domain")),
    "name": (("name",), ("domain",)),
}
MIXED, MIXED_WEIGHT = "mixed", 0.5
#: How likely a mixed copy lacks a family of signals, and one of the others.
_LACKS_FAMILY, _LACKS_SIGNAL = 0.35, 0.2
#: Where only names, addresses and titles are known, injected texts weigh so many times as much: hacked and repurposed
#: sites have honest names, and the lists of spam domains hardly hold them.
_OF_INJECTED: Final = {"titles": 8.0}
AS_IT_STANDS: Final = "as it stands"
FOLDS: Final = 5


@dataclass(frozen=True)
class Examples:
    """Rows of a dataset as arrays, the poorer copies behind them.

    ``x`` float64 (rows, signals); ``y`` int8, ``weight`` float64, ``row`` (index into the dataset), ``fold``; ``mask`` (String: what poorer
    export the row is seen through, ``AS_IT_STANDS`` for none) and ``tier`` (String: the evidence that is left).
    """

    x: NDArray[np.float64]
    y: NDArray[np.int8]
    weight: NDArray[np.float64]
    row: NDArray[np.int64]
    fold: NDArray[np.int8]
    mask: pl.Series
    tier: pl.Series


def inputs() -> list[Signal]:
    """The signals the model is trained on."""
    return model_signals()


def fit(data: Dataset, own: pl.DataFrame | None = None) -> tuple[Model, pl.DataFrame]:
    """Fit the model; and each example's log odds from a fold that did not see its domain.

    Args:
        own: further rows (``decisions.own_rows``) with their word scores; their words are not learnt, and calibration rests on those of
            the data alone.

    Returns:
        the model, and a frame ``row`` (dataset row; those of ``own`` come after them), ``mask``, ``tier``, ``log_odds`` and ``probability``
        (both out of fold: the calibration curve, too, is fitted on the other folds).
    """
    rows = data.rows
    if own is not None:
        rows = pl.concat([rows, own.select(rows.columns).cast(dict(rows.schema))])  # type: ignore[arg-type]
    examples = make_examples(rows)
    judged = out_of_fold(rows, examples)
    model = Model(
        inputs=[s.name for s in inputs()],
        sums={tier: _fit_sum(examples, (examples.tier == tier).to_numpy()) for tier in TIERS},
        curves=_curves(rows, examples, judged["log_odds"].to_numpy(), np.full(len(examples.y), True)),
        texts=data.texts.weights(data.rows),
    )
    return model, judged


def out_of_fold(rows: pl.DataFrame, examples: Examples) -> pl.DataFrame:
    """Each example judged by what was fitted, and calibrated, on the other folds; columns as ``fit`` returns them."""
    log_odds = cross_fitted(examples)
    probability = np.empty(len(examples.y))
    for fold in range(FOLDS):
        unseen = examples.fold == fold
        curves = _curves(rows, examples, log_odds, ~unseen)
        probability[unseen] = calibrated(log_odds[unseen], examples.tier.filter(pl.Series(unseen)), curves)
    return pl.DataFrame(
        {
            "row": examples.row,
            "mask": examples.mask,
            "tier": examples.tier,
            "log_odds": log_odds,
            "probability": probability,
        }
    )


def _fit_sum(examples: Examples, seen: NDArray[np.bool_]) -> Sum:
    booster = fit_seen(examples, seen)
    read = read_out(booster, [s.name for s in inputs()], examples.x[seen], examples.weight[seen])
    return Sum(read.signals, pickle.dumps(booster), read.tables, read.pairs, read.intercept)


def fit_seen(examples: Examples, seen: NDArray[np.bool_], **changed: Any) -> Any:
    """The boosting of the examples that ``seen`` names, with ``changed`` settings."""
    directions = [s.direction for s in inputs()]
    return fit_booster(examples.x[seen], examples.y[seen], examples.weight[seen], directions, **changed)


def cross_fitted(examples: Examples, *, tiers: Iterable[str] = TIERS, **changed: Any) -> NDArray[np.float64]:
    """Log odds of each example (float64) by the boosting of its tier, fitted on the other folds.

    Args:
        tiers: those to fit; the examples of others get NaN.
        changed: settings of the boosting, to compare designs.
    """
    log_odds = np.full(len(examples.y), np.nan)
    for tier in tiers:
        of_tier = (examples.tier == tier).to_numpy()
        for fold in range(FOLDS):
            judged = of_tier & (examples.fold == fold)
            if judged.any():
                booster = fit_seen(examples, of_tier & (examples.fold != fold), **changed)
                log_odds[judged] = booster.decision_function(examples.x[judged])
    return log_odds


def _curves(
    rows: pl.DataFrame, examples: Examples, log_odds: NDArray[np.float64], seen: NDArray[np.bool_]
) -> dict[str, Curve]:
    """The calibration of each tier: on domains with a strong label and on links that were read, each counted once.

    The weights of training say how far a label is to be trusted, not how common its kind is: calibrated with them, and
    with the popular sites that they play down, every probability was too low by 1.1 to 1.5 (log odds).
    """
    about = rows.select("key", "known")[examples.row].with_columns(
        tier=examples.tier, used=pl.Series(seen) & (examples.mask != MIXED)
    )
    counted = pl.col("known") & pl.col("used")
    about = about.with_columns(weight=1.0 / counted.sum().over("tier", "key"))
    curves = {}
    for tier in TIERS:
        of_tier = about.select((pl.col("tier") == tier) & counted).to_series().to_numpy()
        weight = about["weight"].to_numpy()[of_tier]
        curves[tier] = fit_curve(log_odds[of_tier], examples.y[of_tier], weight)
    return curves


def make_examples(rows: pl.DataFrame) -> Examples:
    """Each row as it stands, and as poorer exports would show it."""
    signals = inputs()
    full = rows.select(pl.col(s.name).cast(pl.Float64) for s in signals)
    x, tier = full.to_numpy(), tiers_of(full)
    copies = [(x, np.arange(rows.height), np.ones(rows.height), AS_IT_STANDS, tier)]
    # of injected rows nothing but the text tells the label, so only masks that leave it are for them
    own_evidence = (rows["family"] != INJECTED).to_numpy()
    shown = {"anchors": ~own_evidence, "titles": (rows["source"] == IN_TITLE).to_numpy()}
    more_than_name = (tier != "name").to_numpy()
    for name, (families, stages) in MASKS.items():
        kept = np.array([s.family in families and s.stage in stages for s in signals])
        richer = np.flatnonzero(
            (tier != name).to_numpy() & more_than_name & (own_evidence | shown.get(name, False))
        )
        masked = np.where(kept, x[richer], np.nan)
        left = tiers_of(_frame(masked, signals))
        has = (left == name).to_numpy()
        factor = np.where(own_evidence[richer[has]], 1.0, _OF_INJECTED.get(name, 1.0))
        copies.append((masked[has], richer[has], factor, name, left.filter(pl.Series(has))))
    richer = np.flatnonzero(more_than_name & own_evidence)
    masked = np.where(_by_chance(signals, len(richer)), x[richer], np.nan)
    left = tiers_of(_frame(masked, signals))
    copies.append((masked, richer, np.full(len(richer), MIXED_WEIGHT), MIXED, left))
    row = np.concatenate([c[1] for c in copies])
    label, weights, fold = (rows[c].to_numpy() for c in ("label", "weight", "fold"))
    return Examples(
        x=np.concatenate([c[0] for c in copies]),
        y=label[row],
        weight=weights[row] * np.concatenate([c[2] for c in copies]),
        row=row,
        fold=fold[row],
        mask=pl.concat([pl.Series("mask", [c[3]]).new_from_index(0, len(c[1])) for c in copies]),
        tier=pl.concat([c[4].alias("tier") for c in copies]),
    )


def _frame(x: NDArray[np.float64], signals: list[Signal]) -> pl.DataFrame:
    return pl.DataFrame(x, schema=[s.name for s in signals]).with_columns(pl.all().fill_nan(None))


def _by_chance(signals: list[Signal], rows: int) -> NDArray[np.bool_]:
    """Which signals each mixed copy keeps (bool, ``(rows, signals)``); what the name tells is always there."""
    draw = np.random.default_rng(0)
    families = list(dict.fromkeys(s.family for s in signals))
    of_family = np.array([families.index(s.family) for s in signals])
    kept = (draw.random((rows, len(families))) >= _LACKS_FAMILY)[:, of_family]
    kept &= draw.random((rows, len(signals))) >= _LACKS_SIGNAL
    kept |= np.array([s.family == "name" for s in signals])
    return kept
