"""What the model adds up: one curve a signal and one map a pair of signals, and who gets what of a map.

A map holds pure interaction: its rows and its columns average to nothing. So one half of what it says belongs to each of
its two signals: the Shapley values of such a sum when each signal is taken as distributed by itself.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Cells = NDArray[np.intp]

#: So many rows are looked up at a time: what is at hand then stays in the processor's cache.
_AT_A_TIME: Final = 8192


@dataclass(frozen=True)
class StepTable:
    """One signal's curve: ``values[i]`` holds between ``edges[i - 1]`` (excluded) and ``edges[i]`` (included)."""

    edges: Floats
    values: Floats
    missing: float

    def __call__(self, x: Floats) -> Floats:
        """Contribution of each value (float64, log odds); NaN is missing."""
        return self.by_cell[self.cells(x)]

    @property
    def by_cell(self) -> Floats:
        """The values in the order of ``cells``: what a missing value says comes last."""
        return np.append(self.values, self.missing)

    def cells(self, x: Floats) -> Cells:
        """Number of the cell that each value lies in; the cell behind the last one is for missing values."""
        return np.where(np.isnan(x), len(self.values), np.searchsorted(self.edges, x, side="left"))


@dataclass(frozen=True)
class PairMap:
    """What two signals say together beyond what each says alone.

    ``values`` (float64, log odds) has a row for each cell of ``first`` between ``first_edges``, then one for missing; its columns are
    the same for ``second``. Each edge is one of the signal's own ``StepTable`` as well.
    """

    first: str
    second: str
    first_edges: Floats
    second_edges: Floats
    values: Floats


def coarse_cells(edges: Floats, finer: Floats) -> Cells:
    """For each cell between ``finer`` edges, and for missing, the cell between ``edges`` that it lies in."""
    return np.append(np.searchsorted(edges, np.append(finer, np.inf), side="left"), len(edges) + 1)


def contributions(
    signals: Sequence[str], tables: Sequence[StepTable], pairs: Sequence[PairMap], x: Sequence[Floats],
    say: Mapping[str, Floats],
) -> Floats:  # fmt: skip
    """What each signal contributes: its curve and one half of each of its maps.

    Args:
        signals, tables, x: each signal's name, curve and values (float64, NaN is missing).
        say: how much a signal has to say in each row (float64, 0 to 1), where that is not 1; a pair has as much as the lesser of
            its two.

    Returns:
        float64, shape ``(rows, signals)``, log odds.
    """
    by_cell = [table.by_cell for table in tables]
    lookups = [_Lookup.of(pair, signals, tables) for pair in pairs]
    parts = np.empty((len(x[0]) if x else 0, len(signals)))

    def fill(start: int) -> None:
        rows = slice(start, start + _AT_A_TIME)
        cells = [table.cells(values[rows]) for table, values in zip(tables, x, strict=True)]
        share = {place: say[name][rows] for place, name in enumerate(signals) if name in say}
        some = np.array([values[at] for values, at in zip(by_cell, cells, strict=True)])
        for place, part in share.items():
            some[place] *= part
        for pair in lookups:
            half = pair(cells[pair.first], cells[pair.second])
            shares = [share[place] for place in (pair.first, pair.second) if place in share]
            if shares:
                half *= np.minimum.reduce(shares)
            some[pair.first] += half
            some[pair.second] += half
        parts[rows] = some.T

    with ThreadPoolExecutor(os.cpu_count()) as pool:  # numpy works outside the interpreter's lock
        list(pool.map(fill, range(0, len(parts), _AT_A_TIME)))
    return parts


@dataclass(frozen=True)
class _Lookup:
    """A map made ready: of each row, ``halves[first_offset[cell of first] + second_offset[cell of second]]``."""

    first: int
    second: int
    first_offset: Cells
    second_offset: Cells
    halves: Floats

    @classmethod
    def of(cls, pair: PairMap, signals: Sequence[str], tables: Sequence[StepTable]) -> _Lookup:
        first, second = signals.index(pair.first), signals.index(pair.second)
        rows = coarse_cells(pair.first_edges, tables[first].edges)
        columns = coarse_cells(pair.second_edges, tables[second].edges)
        return cls(first, second, rows * pair.values.shape[1], columns, pair.values.ravel() / 2)

    def __call__(self, first: Cells, second: Cells) -> Floats:
        """Half of what the map says of each row; no cell lies outside, and ``clip`` spares looking whether one does."""
        at = self.first_offset.take(first, mode="clip")
        at += self.second_offset.take(second, mode="clip")
        return self.halves.take(at, mode="clip")
