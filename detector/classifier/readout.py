"""A fitted boosting read out exactly into curves and maps.

Each leaf of its trees looks at two signals at most, so that it is a box: an interval of each, and whether a missing value
lies in it. Its value is added to the curve of its one signal or to the map of its two. What a map says on average of one
signal then moves to that signal's curve (functional ANOVA), so that the map keeps pure interaction. The averages are over the
weighted training rows, each signal taken by itself: then a curve is what the model says on average of a value, and it rises
where the model must (Lengerich et al. 2020 and Hooker 2007 on the choice of weights).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from detector.classifier.curves import PairMap, StepTable, coarse_cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Cells = NDArray[np.intp]


@dataclass(frozen=True)
class Readout:
    """The function of a booster: ``intercept`` and curves and maps of ``signals``, those that it looks at."""

    signals: list[str]
    tables: list[StepTable]
    pairs: list[PairMap]
    intercept: float


@dataclass(frozen=True)
class _Range:
    """The values of one signal that reach a node: above ``low`` up to ``high``, and perhaps the missing ones."""

    low: float = -np.inf
    high: float = np.inf
    missing: bool = True

    def cells(self, edges: Floats) -> Cells:
        """Its cells between the edges; the last one is for missing values."""
        start = 0 if self.low == -np.inf else int(np.searchsorted(edges, self.low)) + 1
        stop = int(np.searchsorted(edges, self.high)) + 1
        return np.append(np.arange(start, stop), [len(edges) + 1] * self.missing).astype(np.intp)


_Box = dict[int, _Range]
_Leaf = tuple[_Box, float]


def read_out(booster: Any, names: Sequence[str], x: Floats, weight: Floats) -> Readout:
    """Curves and maps of a fitted booster, centred over ``x``.

    Args:
        booster: a ``HistGradientBoostingClassifier`` of two classes, no categorical columns.
        names: the signals of its columns.
        x, weight: what it was trained on: float64 ``(rows, columns)``, NaN is missing; and each row's weight.

    Raises:
        ValueError: a leaf looks at more than two signals.
    """
    leaves: dict[tuple[int, ...], list[_Leaf]] = {}
    for box, value in _leaves(booster):
        leaves.setdefault(tuple(sorted(box)), []).append((box, value))
    if any(len(looks_at) > 2 for looks_at in leaves):
        raise ValueError("a leaf of the booster looks at more than two signals")
    every = [leaf for some in leaves.values() for leaf in some]
    used = sorted({i for looks_at in leaves for i in looks_at})
    edges = {i: _edges(every, i) for i in used}
    mass = {i: _mass(edges[i], x[:, i], weight) for i in used}
    curves = {i: _sum(leaves.get((i,), []), {i: edges[i]}) for i in used}
    intercept = float(np.ravel(booster._baseline_prediction)[0]) + sum(
        value for _, value in leaves.get((), [])
    )
    pairs = []
    for i, j in sorted(looks_at for looks_at in leaves if len(looks_at) == 2):
        own = {k: _edges(leaves[i, j], k) for k in (i, j)}
        rows, columns = (coarse_cells(own[k], edges[k]) for k in (i, j))
        pure = _purified(_sum(leaves[i, j], own), _gathered(mass[i], rows), _gathered(mass[j], columns))
        pairs.append(PairMap(names[i], names[j], own[i], own[j], pure.values))
        curves[i] += pure.first[rows]
        curves[j] += pure.second[columns]
        intercept += pure.mean
    for i in used:
        mean = float(mass[i] @ curves[i])
        curves[i] -= mean
        intercept += mean
    tables = [StepTable(edges[i], curves[i][:-1], float(curves[i][-1])) for i in used]
    return Readout([names[i] for i in used], tables, pairs, intercept)


def _leaves(booster: Any) -> Iterator[_Leaf]:
    """Box and value (log odds) of each leaf of each tree."""
    for (predictor,) in booster._predictors:
        waiting: list[tuple[int, _Box]] = [(0, {})]
        while waiting:
            at, box = waiting.pop()
            node = predictor.nodes[at]
            if node["is_leaf"]:
                yield box, float(node["value"])
                continue
            signal, threshold = int(node["feature_idx"]), float(node["num_threshold"])
            whole, missing_left = box.get(signal, _Range()), bool(node["missing_go_to_left"])
            left = replace(whole, high=min(whole.high, threshold), missing=whole.missing and missing_left)
            right = replace(whole, low=max(whole.low, threshold), missing=whole.missing and not missing_left)
            waiting += [
                (int(node["left"]), {**box, signal: left}),
                (int(node["right"]), {**box, signal: right}),
            ]


def _edges(leaves: Iterable[_Leaf], signal: int) -> Floats:
    """Where the leaves' ranges of a signal begin and end, in order; a split into present and missing has no edge."""
    ranges = [box[signal] for box, _ in leaves if signal in box]
    ends = np.array([end for within in ranges for end in (within.low, within.high)])
    return np.unique(ends[np.isfinite(ends)])


def _mass(edges: Floats, x: Floats, weight: Floats) -> Floats:
    """The share of the weight that lies in each cell, missing last."""
    cells = StepTable(edges, np.zeros(len(edges) + 1), 0.0).cells(x)
    return _gathered(weight / weight.sum(), cells, len(edges) + 2)


def _gathered(mass: Floats, cells: Cells, count: int = 0) -> Floats:
    """The mass that falls to each of at least ``count`` cells."""
    return np.asarray(np.bincount(cells, mass, minlength=count), dtype=np.float64)


def _sum(leaves: Iterable[_Leaf], edges: dict[int, Floats]) -> Floats:
    """The leaves added up: a value for each cell of the one signal, or of the first (rows) and the second (columns)."""
    values = np.zeros([len(own) + 2 for own in edges.values()])
    for box, value in leaves:
        values[np.ix_(*(box[signal].cells(own) for signal, own in edges.items()))] += value
    return values


@dataclass(frozen=True)
class _Pure:
    """A map without what it says of one signal alone; its mean; what each cell of the first and of the second says alone."""

    values: Floats
    mean: float
    first: Floats
    second: Floats


def _purified(values: Floats, first_mass: Floats, second_mass: Floats) -> _Pure:
    mean = float(first_mass @ values @ second_mass)
    first = values @ second_mass - mean
    second = first_mass @ values - mean
    return _Pure(values - first[:, None] - second - mean, mean, first, second)
