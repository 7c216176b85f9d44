"""Signals become a judgement: evidence tier, contributions, log odds, probability, and with the thresholds a verdict.

One way for an audit and for whoever asks afterwards how it came about, so that the answer is about the same thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from detector.classifier.evidence import SHARED
from detector.classifier.model import Model, tiers_of
from detector.verdict import ORDINARY, Thresholds, decide

if TYPE_CHECKING:
    from numpy.typing import NDArray


def judge(domains: pl.DataFrame, model: Model) -> tuple[pl.DataFrame, NDArray[np.float64]]:
    """Add ``tier``, ``log_odds`` and ``probability``; and what each signal contributed (float64, ``(rows, signals)``)."""
    tiers = tiers_of(domains)
    parts = model.contributions(domains)
    log_odds = model.log_odds(parts)
    probability = model.probabilities(log_odds, tiers)
    judged = domains.with_columns(
        tiers.alias("tier"),
        pl.Series("log_odds", log_odds, pl.Float64),
        pl.Series("probability", probability, pl.Float64),
    )
    return judged, parts


#: So few that have something in common are no sign.
_MANY = 10


def shared_signs(
    decided: pl.DataFrame, names: list[str], contributions: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Which signal shows best that a domain is one of many of its make.

    What many domains share (a template, a path) counts for the model beside much else that they share; a person wants to
    see it, for it is the part that no honest site has by chance.

    Args:
        decided: as ``verdict.decide`` returns it.
        names: the signal of each column of ``contributions`` (float64, shape ``(rows, len(names))``).

    Returns:
        for each row the column of what it shares with most domains of the profile; -1 where its kind is ordinary,
        nothing counts towards spam, or fewer than ``_MANY`` others share it.
    """
    best = np.full(decided.height, -1, dtype=np.int64)
    most = np.where(decided["kind"] == ORDINARY, np.inf, np.log1p(_MANY) - 1e-9)
    for i in (i for i, name in enumerate(names) if name in SHARED):
        others = decided[names[i]].cast(pl.Float64).fill_null(-1.0).to_numpy()
        is_sign = (others > most) & (contributions[:, i] > 0)
        best[is_sign], most[is_sign] = i, others[is_sign]
    return best


@dataclass(frozen=True)
class Judge:
    """Judges rows of signals as one audit did.

    Attributes:
        model, thresholds: of the audit.
        manual_action: whether the audit was told of one.
    """

    model: Model
    thresholds: Thresholds
    manual_action: bool

    def __call__(self, rows: pl.DataFrame, guard: pl.Series | None = None) -> pl.DataFrame:
        """``rows`` (signals, and the evidence that ``verdict.decide`` reads) with everything from ``tier`` to ``verdict``.

        Args:
            guard: code of the guard of each row; none where it is left out.
        """
        judged, _ = judge(rows, self.model)
        none = pl.repeat(None, rows.height, dtype=pl.String, eager=True)
        return decide(
            judged, self.thresholds, none if guard is None else guard, manual_action=self.manual_action
        )
