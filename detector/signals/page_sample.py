"""A few pages of each referring domain, drawn while its links stream by: those whose hashes are the lowest.

So neither the order of the files nor that of their rows changes which, and a page with many links counts once.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from detector.links.hashing import text_hash
from detector.signals.sampling import grown

#: Of a domain's pages, so many are looked at.
PAGES_PER_DOMAIN: Final = 2
_HIGHEST: Final = 2**64 - 1
_place: Final = pl.col("domain").to_physical()
_SCHEMA: Final = {
    "domain": pl.Categorical(), "page": pl.UInt64(), "url": pl.String(), "spelling": pl.UInt64(),
}  # fmt: skip


class PageSample:
    """Collects the pages of a profile from batches of records."""

    def __init__(self) -> None:
        self._bounds = np.full(1 << 16, _HIGHEST, dtype=np.uint64)  # of each domain, by its category
        self._drawn = pl.DataFrame(schema=_SCHEMA)
        self._since: list[pl.DataFrame] = []

    def add(self, domains: pl.Series, pages: pl.Series, urls: pl.Series) -> None:
        """Take a batch of records.

        Args:
            domains: Categorical; null: not judged.
            pages: hash of each page (UInt64); null where a record is no link.
            urls: the pages' addresses.
        """
        places = domains.to_physical().fill_null(0).to_numpy()
        self._bounds = grown(self._bounds, int(places.max(initial=0)) + 1, _HIGHEST)
        near = pl.Series(pages.fill_null(_HIGHEST).to_numpy() <= self._bounds[places])
        batch = pl.DataFrame({"domain": domains, "page": pages, "url": urls}).filter(near).drop_nulls()
        drawn = _lowest(batch.with_columns(spelling=text_hash(pl.col("url"))))
        last = drawn.filter(_place == _place.shift(PAGES_PER_DOMAIN - 1))
        at = last["domain"].to_physical().to_numpy()
        self._bounds[at] = np.minimum(self._bounds[at], last["page"].to_numpy())
        # copied: chosen addresses are views that keep all the text of their batch in memory
        self._since.append(drawn.with_columns(pl.col("url") + ""))

    def fold(self) -> None:
        """Make one frame of what was drawn since."""
        self._drawn = _lowest(pl.concat([self._drawn, *self._since]))
        self._since.clear()

    def pages(self) -> pl.DataFrame:
        """``referring_domain`` (Categorical) and ``url`` of the pages drawn up to the last fold."""
        return self._drawn.select(pl.col("domain").alias("referring_domain"), "url")


def _lowest(pages: pl.DataFrame) -> pl.DataFrame:
    """Each domain's pages of the lowest hashes, in their order; of a page's spellings the one of the lowest hash."""
    ordered = pages.sort(_place, "page", "spelling")
    is_first = _place.ne_missing(_place.shift()) | (pl.col("page") != pl.col("page").shift())
    return ordered.filter(is_first).filter(_place.ne_missing(_place.shift(PAGES_PER_DOMAIN)))
