"""What each signal is worth: alone, to the model (left out of it, by tier of evidence), and for telling honest sources apart.

A signal that tells two sources of ordinary sites apart as well as it tells spam from ordinary sites has learnt the source instead
of the thing (docs/evaluation.md of the shared documents, trap 4). Such signals stay in the catalogue and are not learnt from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from detector.classifier.dataset import Dataset
from detector.classifier.evaluation import by_domain, skill
from detector.classifier.labels import READ
from detector.classifier.model import TIERS
from detector.classifier.training import (
    AS_IT_STANDS,
    FOLDS,
    Examples,
    cross_fitted,
    fit_seen,
    inputs,
    make_examples,
)
from detector.signals.registry import all_signals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

#: A faster boosting than the shipped one, of about the same skill, for the hundreds of fits that leaving out needs; half of the signals at
#: a time, so that other draws differ and their noise can be told. (64 classes a column cost no skill, nor save time since thresholds are
#: found at once: the figures of ``models/SIGNALS.md`` were measured with them.)
FAST: Final = {"max_iter": 100, "learning_rate": 0.25, "max_features": 0.5, "max_bins": 64}
_SEEDS: Final = (1, 2, 3, 4)
#: Figures need so many labelled domains that have the value, of either label; and so many of a source.
_FEWEST: Final = 30


def worth(data: Dataset) -> dict[str, Any]:
    """The worth of every signal.

    Returns:
        ``signals``: per signal ``name, family, in_model``, ``known`` (share of the labelled domains that have it), ``alone`` (AUC of its value,
        below 0.5 where less is worse; None where too few have it), ``read`` (the same among links that were read), ``sources`` (how well it tells each source of ordinary sites from
        the others: mean distance of the AUC from 0.5, plus 0.5) and ``without`` (tier -> AUC lost without it);
        ``tiers``: tier -> ``auc`` with all signals and ``noise`` (standard deviation over other draws of the boosting).
    """
    from joblib import Parallel, delayed

    rows = data.rows
    examples = make_examples(rows)
    whole = {tier: _whole(rows, examples, tier) for tier in TIERS}
    lost: dict[str, dict[str, float]] = {}
    jobs = []
    for tier in TIERS:
        used = _used_columns(examples, tier)
        for column in _known_columns(examples, tier):
            lost.setdefault(inputs()[column].name, {})[tier] = (
                0.0  # without what no tree looks at all trees are the same
            )
            jobs += [(tier, column)] if column in used else []
    found = Parallel(n_jobs=-1)(delayed(_without)(rows, examples, tier, column) for tier, column in jobs)
    for (tier, column), auc in zip(jobs, found, strict=True):
        lost[inputs()[column].name][tier] = whole[tier]["auc"] - auc
    return {
        "tiers": whole,
        "signals": [{**entry, "without": lost.get(entry["name"], {})} for entry in alone(rows)],
    }


def alone(rows: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """What each signal says by itself: of spam, and of the source of ordinary sites."""
    strong = rows.filter("strong")
    read = rows.filter(pl.col("evidence") == READ).with_columns(strong=pl.lit(value=True))
    for signal in all_signals().values():
        if signal.name not in strong.columns:  # of pages, which no training table holds
            continue
        table = _values(strong, signal.name)
        yield {
            "name": signal.name,
            "family": signal.family,
            "in_model": signal.in_model,
            "known": table.height / strong["key"].n_unique(),
            "alone": _auc(table),
            "read": _auc(_values(read, signal.name)),
            "sources": _between_sources(table.filter(pl.col("label") == 0)),
        }


def _values(rows: pl.DataFrame, signal: str) -> pl.DataFrame:
    """``key, label, family`` and ``score``, the signal's value, of each domain that has it."""
    value = rows[signal].cast(pl.Float64)
    known = value.is_not_null() & value.is_not_nan()
    return by_domain(rows.filter(known), value.filter(known).to_numpy())


def _between_sources(honest: pl.DataFrame) -> float | None:
    """0.5 where the value says nothing of the source; each source against all others, weighed by its size."""
    distances, sizes = [], []
    for (_,), part in honest.group_by("family"):
        is_source = pl.col("key").is_in(part["key"].implode()).cast(pl.Int8)
        if (auc := _auc(honest.with_columns(label=is_source))) is not None:
            distances.append(abs(auc - 0.5))
            sizes.append(part.height)
    return 0.5 + float(np.average(distances, weights=sizes)) if distances else None


def _auc(table: pl.DataFrame) -> float | None:
    from sklearn.metrics import roc_auc_score

    label, score = table["label"].to_numpy(), table["score"].to_numpy()
    enough = min(int(label.sum()), len(label) - int(label.sum())) >= _FEWEST
    return float(roc_auc_score(label, score)) if enough else None


def _known_columns(examples: Examples, tier: str) -> list[int]:
    """The model's signals that a tier has at all."""
    x = examples.x[(examples.tier == tier).to_numpy()]
    return [column for column in range(x.shape[1]) if np.isfinite(x[:, column]).any()]


def _used_columns(examples: Examples, tier: str) -> set[int]:
    """The columns that a tree of any fold's boosting splits on."""
    of_tier = (examples.tier == tier).to_numpy()
    used: set[int] = set()
    for fold in range(FOLDS):
        booster = fit_seen(examples, of_tier & (examples.fold != fold), **FAST)
        for (tree,) in booster._predictors:
            used.update(tree.nodes["feature_idx"][tree.nodes["is_leaf"] == 0].tolist())
    return used


def _whole(rows: pl.DataFrame, examples: Examples, tier: str) -> dict[str, float]:
    draws = [_skill(rows, examples, tier, random_state=seed) for seed in _SEEDS]
    return {"auc": _skill(rows, examples, tier), "noise": float(np.std(draws, ddof=1))}


def _without(rows: pl.DataFrame, examples: Examples, tier: str, column: int) -> float:
    x = examples.x.copy()
    x[:, column] = np.nan
    return _skill(rows, replace(examples, x=x), tier)


def _skill(rows: pl.DataFrame, examples: Examples, tier: str, **changed: Any) -> float:
    """AUC out of fold of a tier, on rows as they stand or masked to that tier as a poorer export is."""
    scores = cross_fitted(examples, tiers=(tier,), **{**FAST, **changed})
    judged = ((examples.tier == tier) & examples.mask.is_in([AS_IT_STANDS, tier])).to_numpy()
    table = by_domain(rows[examples.row[judged]], scores[judged])
    return skill(table["label"].to_numpy(), table["score"].to_numpy())["auc"]
