"""Hashes that are the same on every machine and with every version of the libraries: xxh3 of 64 bits (Collet 2019).

Which links and texts of a large domain are looked at is drawn by them, and the model learnt from what was drawn. The
hash of Polars itself is another one from version to version: it may tell equal from different, not draw.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl
from polars_hash import NonCryptographicHashingNameSpace

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: 2^64 by the golden ratio, odd: multiplied by it, neighbouring numbers lie far apart.
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)


def text_hash(text: pl.Expr, seed: int = 0) -> pl.Expr:
    """The hash of each text (UInt64), null where there is none; another one by each seed."""
    return NonCryptographicHashingNameSpace(text).xxh3_64(seed=seed)


def joint_hash(hashes: list[pl.Series]) -> pl.Series:
    """One hash of several a row (all UInt64), in their order; a missing one counts as 0."""
    mixed: NDArray[np.uint64] = np.zeros(len(hashes[0]), dtype=np.uint64)
    for part in hashes:
        mixed = (mixed ^ part.fill_null(0).to_numpy()) * _MIX
        mixed ^= mixed >> np.uint64(32)
    return pl.Series(mixed)
