"""Links that one file tells more than once, found while the records stream by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Bits of the filter that says "never seen" of most records; 2^28 bits are 32 MB and err on 2 % of 5 million records.
_BITS: Final = 28


class Repeats:
    """Finds the links of a file that the same file has told before: the first record of a link stands.

    Attributes:
        dropped: how many were found.
    """

    def __init__(self) -> None:
        self.dropped = 0
        self._filter = np.zeros(1 << (_BITS - 3), dtype=np.uint8)
        self._runs: list[NDArray[np.uint64]] = []  # sorted, the longest first

    def first(self, links: pl.Series) -> pl.Series:
        """Which records are the first of their link (Boolean).

        Args:
            links: UInt64: the same for records of the same link and file, null for what is no link.
        """
        again = pl.Series(self._again(np.sort(links.drop_nulls().to_numpy())))
        first = links.is_first_distinct() | links.is_null()
        if len(again):
            first &= ~links.is_in(again.implode()).fill_null(value=False)
        self.dropped += len(links) - int(first.sum())
        return first

    def _again(self, values: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """Which of the sorted values came in an earlier batch; remembers them all."""
        if not len(values):
            return values
        place = values >> np.uint64(64 - _BITS)
        byte = (place >> np.uint64(3)).astype(np.int64)
        bit = np.left_shift(1, place & np.uint64(7)).astype(np.uint8)
        maybe = values[(self._filter[byte] & bit) != 0]
        starts = np.flatnonzero(np.diff(byte, prepend=-1))  # values that share a byte set their bits together
        self._filter[byte[starts]] |= np.bitwise_or.reduceat(bit, starts)
        seen = np.zeros(len(maybe), dtype=np.bool_)
        for run in self._runs if len(maybe) else []:
            seen |= run[np.searchsorted(run, maybe).clip(max=len(run) - 1)] == maybe
        self._remember(values)
        again: NDArray[np.uint64] = maybe[seen]
        return again

    def _remember(self, values: NDArray[np.uint64]) -> None:
        """Keep the sorted values, in few runs: shorter runs at the end become one with what is added."""
        while self._runs and len(self._runs[-1]) <= 2 * len(values):
            values = np.sort(np.concatenate([self._runs.pop(), values]))
        self._runs.append(values)
