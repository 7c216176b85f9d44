"""An even sample of each referring domain's links, drawn while they stream by.

Of a domain with up to ``LINKS_PER_DOMAIN`` links all are looked at; of one with more, those whose hash is
below a bound, so that about as many are. The hash is of the link itself (page, target, anchor): neither the
order of a file nor how it is cut into batches changes the sample, and nothing in it depends on when or where
in the file a link stands. The bound falls while links come in; what was taken above it before is dropped in
the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray

_Number = TypeVar("_Number", np.int64, np.uint64)

#: About so many links of a referring domain are looked at closely; all are counted.
LINKS_PER_DOMAIN: Final = 128


class Sampler:
    """Says of links, in the order in which they come, which are looked at."""

    def __init__(self) -> None:
        self._seen = np.zeros(1 << 16, dtype=np.int64)  # links of each domain, by its category

    def take(self, domains: pl.Series, links: pl.Series) -> pl.Series:
        """Which records may be in the sample (Boolean).

        Args:
            domains: Categorical; null: not looked at.
            links: hash of each link (UInt64); null where a record is no link, all of which are taken.
        """
        known = domains.is_not_null()
        places = domains.to_physical().fill_null(0).to_numpy()
        counted = places[(known & links.is_not_null()).to_numpy()]
        self._seen = grown(self._seen, int(places.max(initial=0)) + 1, 0)
        self._seen += np.bincount(counted, minlength=len(self._seen))
        return known & self._below(places, links)

    def settled(self, domains: pl.Series, links: pl.Series) -> pl.Series:
        """Which of the records that were taken are in the sample (Boolean)."""
        return self._below(domains.to_physical().to_numpy(), links)

    def _below(self, places: NDArray[np.uint32], links: pl.Series) -> pl.Series:
        share = LINKS_PER_DOMAIN / np.maximum(self._seen, 1)
        bound = np.where(share >= 1, np.inf, share * 2.0**64)
        return pl.Series(links.fill_null(0).to_numpy() < bound[places])


def grown(values: NDArray[_Number], size: int, fill: int) -> NDArray[_Number]:
    """The values, with room for at least ``size``, the new ones filled; the room doubles, so that it seldom grows."""
    if size <= len(values):
        return values
    more = np.full(max(size, 2 * len(values)) - len(values), fill, dtype=values.dtype)
    return np.concatenate([values, more])
