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
        self._seen: list[NDArray[np.uint64]] = []

    def first(self, links: pl.Series) -> pl.Series:
        """Which records are the first of their link (Boolean).

        Args:
            links: UInt64: the same for records of the same link and file, null for what is no link.
        """
        values = links.fill_null(0).to_numpy()
        seen = pl.Series(self._before(values))
        first = (links.is_first_distinct() & ~seen) | links.is_null()
        self.dropped += len(links) - int(first.sum())
        return first

    def _before(self, values: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Whether each value came in an earlier batch; remembers them all."""
        place = values >> np.uint64(64 - _BITS)
        byte, bit = (
            (place >> np.uint64(3)).astype(np.int64),
            np.left_shift(1, place & np.uint64(7)).astype(np.uint8),
        )
        maybe = np.flatnonzero(self._filter[byte] & bit)
        seen = np.zeros(len(values), dtype=np.bool_)
        for earlier in self._seen if len(maybe) else []:
            at = np.searchsorted(earlier, values[maybe]).clip(0, max(len(earlier) - 1, 0))
            seen[maybe] |= earlier[at] == values[maybe]
        np.bitwise_or.at(self._filter, byte, bit)
        if len(values):
            self._seen.append(np.sort(values))
        return seen
