"""The classifier: for each tier of evidence a sum of one curve a signal and one map a pair of signals.

So every verdict can be taken apart exactly. A gradient boosting whose leaves each look at two signals at most
(``interaction_cst="pairwise"``), monotone where a signal has a certain direction, is read out into curves and maps (a GA2M:
Lou et al. 2013): log odds = intercept + one contribution a signal, exactly, the say of correlated metrics shared out (see
``Sum``). What a rich export tells makes other signs telling than what a list of names does, so each tier of evidence has a
sum of its own. A strictly increasing calibration a tier turns log odds into probability.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from detector.classifier.binning import thresholds_at_once
from detector.classifier.curves import PairMap, StepTable, contributions
from detector.signals.authority import TOOL_OF
from detector.signals.wording import TextWeights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

#: Parameters of a calibration, see ``calibrated``.
Curve = tuple[float, float, float]

#: What a judgement can rest on, the poorest first. A domain has the richest tier whose signal it has.
TIERS: Final[dict[str, tuple[str, ...]]] = {
    "name": (),
    "metrics": tuple(TOOL_OF),
    "urls": ("page_depth",),
    "anchors": ("anchor_distinct",),
    "titles": ("title_length",),
    "rich": ("page_external_links", "page_linked_domains"),
}


@dataclass(frozen=True)
class Sum:
    """What is known of one tier of evidence, as a sum.

    Attributes:
        signals: names of the signals that it looks at, in order.
        booster: the scikit-learn estimator that curves and maps were read from, pickled: a judgement needs only these, and
            to import scikit-learn would cost it more than the judging. See ``estimator``.
        tables, pairs, intercept: the same function as one curve a signal, maps of pairs of signals, and a constant.
    """

    signals: list[str]
    booster: bytes
    tables: list[StepTable]
    pairs: list[PairMap]
    intercept: float

    def estimator(self) -> Any:
        """The scikit-learn estimator. It came with the model, whose digest was checked when it was loaded."""
        return pickle.loads(self.booster)  # noqa: S301 - see above

    def contributions(self, domains: pl.DataFrame) -> Floats:
        """Contribution of each signal (float64, shape ``(rows, signals)``, log odds): its curve and half of its maps.

        Args:
            domains: the signals as columns; one that is absent is missing everywhere.
        """
        x = [_values(domains, name) for name in self.signals]
        return contributions(self.signals, self.tables, self.pairs, x, self._say(domains))

    def _say(self, domains: pl.DataFrame) -> dict[str, Floats]:
        """How much the authority metrics among the signals have to say in each row (float64, 0 to 1).

        The metrics of several tools are correlated: each was learnt where it stood alone, so where ``n`` tools
        measured a domain each has the n-th part of its say (as mail filters cap correlated rules by group).
        """
        tools = {
            tool: np.any([~np.isnan(_values(domains, n)) for n, t in TOOL_OF.items() if t == tool], axis=0)
            for tool in set(TOOL_OF.values())
        }
        share = 1.0 / np.maximum(np.sum(list(tools.values()), axis=0), 1)
        metrics = [name for name in self.signals if name in TOOL_OF]
        return {name: np.where(tools[TOOL_OF[name]], share, 1.0) for name in metrics}


@dataclass(frozen=True)
class Model:
    """A fitted classifier.

    Attributes:
        inputs: names of the signals it was trained on, in the order of the estimators' columns.
        sums: the sum of each tier of evidence.
        curves: the calibration of each tier of evidence, see ``calibrated``.
        texts: the weights that anchors, titles and page addresses are read by.
    """

    inputs: list[str]
    sums: dict[str, Sum]
    curves: dict[str, Curve]
    texts: TextWeights

    @property
    def signals(self) -> list[str]:
        """The signals that any of its sums looks at, in the order of ``inputs``."""
        used = {name for each in self.sums.values() for name in each.signals}
        return [name for name in self.inputs if name in used]

    def contributions(self, domains: pl.DataFrame) -> Floats:
        """Contribution of each signal to the sum of the domain's tier (float64, shape ``(rows, signals)``, log odds).

        Args:
            domains: the model's signals as columns; one that is absent is missing everywhere.
        """
        tiers, signals = tiers_of(domains), self.signals
        parts = np.zeros((domains.height, len(signals)))
        inputs = domains.select(
            name for name in dict.fromkeys((*signals, *TOOL_OF)) if name in domains.columns
        )
        for tier, each in self.sums.items():
            rows = np.flatnonzero((tiers == tier).to_numpy())
            if len(rows):
                columns = np.array([signals.index(name) for name in each.signals], dtype=np.intp)
                parts[np.ix_(rows, columns)] = each.contributions(inputs[rows])
        return parts

    def log_odds(self, contributions: Floats, tiers: pl.Series) -> Floats:
        """Log odds before calibration: the intercept of each row's tier and the sum of its contributions."""
        return np.asarray(self.intercepts(tiers) + contributions.sum(axis=1), dtype=np.float64)

    def intercepts(self, tiers: pl.Series) -> Floats:
        """Where each row's sum begins (float64, log odds): the mean of its tier in training."""
        return _by_tier({tier: each.intercept for tier, each in self.sums.items()}, tiers)

    def probabilities(self, log_odds: Floats, tiers: pl.Series) -> Floats:
        """Calibrated probability of being toxic, each by the curve of its tier of evidence."""
        return calibrated(log_odds, tiers, self.curves)


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


def _by_tier(values: dict[str, float], tiers: pl.Series) -> Floats:
    """The value of each row's tier (float64)."""
    return tiers.replace_strict(values, return_dtype=pl.Float64).to_numpy()


#: The boosting, chosen by measurement: docs/model-designs.md.
BOOSTING: Final[dict[str, Any]] = {
    "interaction_cst": "pairwise",  # a leaf looks at two signals at most
    "max_iter": 300,
    "learning_rate": 0.08,
    "max_leaf_nodes": 8,
    "min_samples_leaf": 30,
    "l2_regularization": 5.0,
    "random_state": 0,
}


def fit_booster(x: Floats, y: NDArray[np.int8], weight: Floats, directions: list[int], **changed: Any) -> Any:
    """The boosting of ``BOOSTING``; with other settings in ``changed``, to compare designs."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    booster = HistGradientBoostingClassifier(
        **{**BOOSTING, "monotonic_cst": directions, **changed}, early_stopping=False
    )
    with thresholds_at_once():
        return booster.fit(_usable(x), y, sample_weight=weight)


def _usable(x: Floats) -> Floats:
    """x with the columns that no row, or only one value, has made constant: nothing can be learnt from them."""
    low, high = (
        f(np.where(np.isnan(x), fill, x), axis=0) for f, fill in ((np.min, np.inf), (np.max, -np.inf))
    )
    return np.where(low < high, x, 0.0)


def calibrated(log_odds: Floats, tiers: pl.Series, curves: dict[str, Curve]) -> Floats:
    """Probability of being toxic, each by the curve of its tier (float64).

    A curve is Kull's beta calibration (Kull et al. 2017) of the model's own probability s: the log odds become
    a log s - b log(1 - s) + c, which rises strictly where a and b are above zero, each governing one end.
    """
    a, b, c = (_by_tier({tier: curve[i] for tier, curve in curves.items()}, tiers) for i in range(3))
    return logistic(b * np.logaddexp(0, log_odds) - a * np.logaddexp(0, -log_odds) + c)


def fit_curve(log_odds: Floats, y: NDArray[np.int8], weight: Floats) -> Curve:
    """The beta calibration of least log loss, with Platt's smoothed targets (Platt 1999); a and b at least 0.05."""
    from scipy.optimize import minimize

    positive, negative = weight[y == 1].sum(), weight[y == 0].sum()
    target = np.where(y == 1, (positive + 1) / (positive + 2), 1 / (negative + 2))
    low, high = np.logaddexp(0, -log_odds), np.logaddexp(0, log_odds)

    def loss(parameters: Floats) -> float:
        a, b, c = parameters
        z = b * high - a * low + c
        return float((weight * (np.logaddexp(0, z) - target * z)).sum())

    bounds = [(0.05, 5.0), (0.05, 5.0), (-20.0, 20.0)]
    a, b, c = minimize(loss, np.array([1.0, 1.0, 0.0]), bounds=bounds, method="L-BFGS-B").x
    return float(a), float(b), float(c)
