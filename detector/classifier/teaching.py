"""In which order to ask a person, so that the first answers teach the classifier most.

What it is unsure of teaches (uncertainty sampling: Lewis and Gale 1994); a second domain of the same make teaches little more (batch
diversity: Brinker 2003). So each domain's uncertainty is divided by how many more uncertain ones of its group, its kind and its suffix are asked
before it. For one grouping that is the greedy choice exactly; for several it discounts at least as much. A few sorts, where
choosing the farthest point of all (k-center) would need every pair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: column -> how much its group discounts: uncertainty is divided by (1 + domains asked before) to this power. Domains of one
#: cluster are of one make; those of one kind, or one suffix, only resemble each other.
GROUPINGS: Final = {"cluster": 1.0, "kind": 0.25, "suffix": 0.25}


def order(signals: pl.DataFrame, probabilities: NDArray[np.float64]) -> NDArray[np.int64]:
    """Row numbers, what teaches most first (int64, shape ``(rows,)``).

    Args:
        signals: the domains that may be asked; of the columns of ``GROUPINGS`` those that there are (null: in no group), and
            ``referring_domain``, which breaks ties.
        probabilities: of each being toxic (0 to 1); NaN teaches nothing.
    """
    table = pl.DataFrame({"unsure": unsure(probabilities)}).with_row_index("row")
    table = table.hstack(
        signals.select(name for name in ("referring_domain", *GROUPINGS) if name in signals.columns)
    )
    before = [
        pl.when(pl.col(name).is_null())
        .then(0)
        .otherwise(pl.int_range(pl.len()).over(name))
        .cast(pl.Float64)
        .log1p()
        * power
        for name, power in GROUPINGS.items()
        if name in table.columns
    ]
    ties = ["referring_domain"] if "referring_domain" in table.columns else ["row"]
    ranked = table.sort("unsure", *ties, descending=[True, False])
    worth = pl.col("unsure").log() - pl.sum_horizontal(before or [pl.lit(0.0)])
    return (
        ranked.with_columns(worth=worth)
        .sort("worth", *ties, descending=[True, False])["row"]
        .cast(pl.Int64)
        .to_numpy()
    )


def unsure(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    """How unsure a probability is: its entropy in bits (0 to 1); NaN counts as sure."""
    p = np.nan_to_num(np.asarray(probabilities, dtype=np.float64), nan=0.0).clip(1e-12, 1 - 1e-12)
    return np.asarray(-(p * np.log2(p) + (1 - p) * np.log2(1 - p)))
