"""The classifier: a sum of one curve per signal, so that every verdict can be taken apart exactly.

A gradient boosting of trees that each look at one signal (``interaction_cst="no_interactions"``), monotone where a
signal has a certain direction, is read out into step tables: log odds = intercept + one contribution a signal, exactly,
the say of correlated metrics shared out (see ``Model.contributions``). A strictly increasing logistic curve a tier of evidence turns log odds into probability.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from detector.signals.authority import TOOL_OF
from detector.signals.wording import TextWeights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

#: What a judgement can rest on, the poorest first. A domain has the richest tier whose signal it has.
TIERS: Final[dict[str, tuple[str, ...]]] = {
    "name": (),
    "urls": ("page_depth",),
    "anchors": ("anchor_distinct",),
    "rich": ("page_external_links", "page_linked_domains", "title_length"),
}


@dataclass(frozen=True)
class StepTable:
    """One signal's curve: ``values[i]`` holds between ``edges[i - 1]`` (excluded) and ``edges[i]`` (included)."""

    edges: Floats
    values: Floats
    missing: float

    def __call__(self, x: Floats) -> Floats:
        """Contribution of each value (float64, log odds); NaN is missing."""
        found = self.values[np.searchsorted(self.edges, x, side="left").clip(0, len(self.values) - 1)]
        return np.where(np.isnan(x), self.missing, found)


@dataclass(frozen=True)
class Model:
    """A fitted classifier.

    Attributes:
        signals: names of the signals that its tables look at, in order.
        booster: the scikit-learn estimator that the tables were read from, pickled: a judgement needs only the tables, and
            to import scikit-learn would cost it more than the judging. See ``estimator``.
        booster_inputs: names of that estimator's columns, in order.
        tables, intercept: the same function as step tables.
        curves: tier -> (slope > 0, offset): probability = logistic(slope * log odds + offset).
        texts: the weights that anchors, titles and page addresses are read by.
    """

    signals: list[str]
    booster: bytes
    booster_inputs: list[str]
    tables: list[StepTable]
    intercept: float
    curves: dict[str, tuple[float, float]]
    texts: TextWeights

    def estimator(self) -> Any:
        """The scikit-learn estimator. It came with the model, whose digest was checked when it was loaded."""
        return pickle.loads(self.booster)  # noqa: S301 - see above

    def contributions(self, domains: pl.DataFrame) -> Floats:
        """Contribution of each signal (float64, shape ``(rows, signals)``, log odds).

        Args:
            domains: the model's signals as columns; one that is absent is missing everywhere.
        """
        parts = np.empty((domains.height, len(self.signals)))
        for i, (name, table) in enumerate(zip(self.signals, self.tables, strict=True)):
            parts[:, i] = table(_values(domains, name))
        return parts * self._say(domains)

    def _say(self, domains: pl.DataFrame) -> Floats:
        """How much each signal has to say (float64, shape ``(rows, signals)``, 0 to 1).

        The authority metrics of several tools are correlated: each was learnt where it stood alone, so where ``n`` tools
        measured a domain each has the n-th part of its say (as mail filters cap correlated rules by group).
        """
        tools = {
            tool: np.any([~np.isnan(_values(domains, n)) for n, t in TOOL_OF.items() if t == tool], axis=0)
            for tool in set(TOOL_OF.values())
        }
        share = 1.0 / np.maximum(np.sum(list(tools.values()), axis=0), 1)
        say = np.ones((domains.height, len(self.signals)))
        for i, name in enumerate(self.signals):
            if name in TOOL_OF:
                say[:, i] = np.where(tools[TOOL_OF[name]], share, 1.0)
        return say

    def log_odds(self, contributions: Floats) -> Floats:
        """Log odds before calibration: the intercept and the sum of the contributions."""
        return np.asarray(self.intercept + contributions.sum(axis=1), dtype=np.float64)

    def probabilities(self, log_odds: Floats, tiers: pl.Series) -> Floats:
        """Calibrated probability of being toxic, each by the curve of its tier of evidence."""
        names = list(self.curves)
        curves = np.array([self.curves[name] for name in names])
        slope, offset = curves[tiers.replace_strict(names, range(len(names))).to_numpy()].T
        return logistic(slope * log_odds + offset)


def tiers_of(domains: pl.DataFrame) -> pl.Series:
    """The tier of evidence of each row (String)."""
    tier = pl.lit("name")
    for name, needed in TIERS.items():
        present = [pl.col(n).is_not_null() for n in needed if n in domains.columns]
        if present:
            tier = pl.when(pl.any_horizontal(present)).then(pl.lit(name)).otherwise(tier)
    return domains.with_columns(tier=tier)["tier"]


def logistic(z: Floats) -> Floats:
    """1 / (1 + exp(-z)), without overflow."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * z)), dtype=np.float64)


def _values(domains: pl.DataFrame, name: str) -> Floats:
    if name not in domains.columns:
        return np.full(domains.height, np.nan)
    return domains[name].cast(pl.Float64).to_numpy()


def fit_booster(x: Floats, y: NDArray[np.int8], weight: Floats, directions: list[int]) -> Any:
    """The boosting of single-signal trees (parameters chosen by grouped cross-validation, see MODEL_CARD)."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    booster = HistGradientBoostingClassifier(
        max_iter=500,
        learning_rate=0.08,
        max_leaf_nodes=4,
        max_features=0.3,  # a share of the signals at a time, so that signals that say the same share the say
        min_samples_leaf=25,
        l2_regularization=5.0,
        interaction_cst="no_interactions",
        monotonic_cst=directions,
        early_stopping=False,
        random_state=0,
    )
    return booster.fit(_usable(x), y, sample_weight=weight)


def _usable(x: Floats) -> Floats:
    """x with the columns that no row, or only one value, has made constant: nothing can be learnt from them."""
    low, high = (
        f(np.where(np.isnan(x), fill, x), axis=0) for f, fill in ((np.min, np.inf), (np.max, -np.inf))
    )
    return np.where(low < high, x, 0.0)


def read_tables(booster: Any, x: Floats, weight: Floats) -> tuple[list[StepTable], float]:
    """Step tables of a fitted booster, each centred on its weighted mean over ``x``; and the intercept.

    Raises:
        ValueError: a tree looks at more than one signal.
    """
    count = x.shape[1]
    trees: list[list[Any]] = [[] for _ in range(count)]
    intercept = float(np.ravel(booster._baseline_prediction)[0])
    for (predictor,) in booster._predictors:
        nodes = predictor.nodes
        used = {int(f) for f in nodes["feature_idx"][nodes["is_leaf"] == 0]}
        if len(used) > 1:
            raise ValueError("a tree of the booster looks at more than one signal")
        if used:
            trees[used.pop()].append(nodes)
        else:
            intercept += float(nodes["value"][0])
    tables = []
    for i in range(count):
        edges = _edges(trees[i])
        inside = np.append(edges, np.inf)
        values = sum((_walk(nodes, inside) for nodes in trees[i]), np.zeros(len(inside)))
        missing = float(sum(_walk(nodes, np.array([np.nan]))[0] for nodes in trees[i]))
        table = StepTable(edges, values, missing)
        centre = float(np.average(table(x[:, i]), weights=weight))
        intercept += centre
        tables.append(StepTable(edges, values - centre, missing - centre))
    return tables, intercept


def _edges(trees: list[Any]) -> Floats:
    splits = [nodes["num_threshold"][nodes["is_leaf"] == 0] for nodes in trees]
    return np.unique(np.concatenate(splits)) if splits else np.empty(0)


def _walk(nodes: Any, x: Floats) -> Floats:
    """Value of one tree at each x, by scikit-learn's rule: left when x <= threshold, missing where it was learnt."""
    at = np.zeros(len(x), dtype=np.int64)
    while True:
        node = nodes[at]
        inner = node["is_leaf"] == 0
        if not inner.any():
            return np.asarray(node["value"], dtype=np.float64)
        left = np.where(np.isnan(x), node["missing_go_to_left"] == 1, x <= node["num_threshold"])
        at = np.where(inner, np.where(left, node["left"], node["right"]), at)


def fit_curve(log_odds: Floats, y: NDArray[np.int8], weight: Floats) -> tuple[float, float]:
    """Slope and offset of a logistic calibration (Platt 1999, with his smoothed targets), slope at least 0.05."""
    from scipy.optimize import minimize

    positive, negative = weight[y == 1].sum(), weight[y == 0].sum()
    target = np.where(y == 1, (positive + 1) / (positive + 2), 1 / (negative + 2))

    def loss(parameters: Floats) -> float:
        z = parameters[0] * log_odds + parameters[1]
        return float((weight * (np.logaddexp(0, z) - target * z)).sum())

    fitted = minimize(loss, np.array([1.0, 0.0]), bounds=[(0.05, 5.0), (-20.0, 20.0)], method="L-BFGS-B")
    return float(fitted.x[0]), float(fitted.x[1])
