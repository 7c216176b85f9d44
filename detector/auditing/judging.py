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
from detector.signals.registry import all_signals
from detector.verdict import LISTED, NEVER_ORDINARY, ORDINARY, Thresholds, decide, weigh

if TYPE_CHECKING:
    from numpy.typing import NDArray


def judge(domains: pl.DataFrame, model: Model) -> tuple[pl.DataFrame, NDArray[np.float64]]:
    """Add ``tier``, ``log_odds``, ``probability``, ``without_strongest``, ``without_words``; and what each signal contributed.

    Returns:
        the domains, ``without_strongest`` (Float64) being the probability without the one signal that speaks most for it, and
        ``without_words`` (Float64) that without all that words say for it; and the contributions (float64, ``(rows, signals)``, log odds).
    """
    tiers = tiers_of(domains)
    parts = model.contributions(domains)
    log_odds = model.log_odds(parts, tiers)
    probability = model.probabilities(log_odds, tiers)
    strongest = parts.max(axis=1, initial=0.0)
    of_words = [place for place, name in enumerate(model.signals) if _is_of_words(name)]
    words = parts[:, of_words].clip(0).sum(axis=1)
    judged = domains.with_columns(
        tiers.alias("tier"),
        pl.Series("log_odds", log_odds, pl.Float64),
        pl.Series("probability", probability, pl.Float64),
        pl.Series("without_strongest", model.probabilities(log_odds - strongest, tiers), pl.Float64),
        pl.Series("without_words", model.probabilities(log_odds - words, tiers), pl.Float64),
    )
    return judged, parts


def _is_of_words(name: str) -> bool:
    """Whether a signal is about the words that a trade uses: of texts how they read, of a name what it holds."""
    return all_signals()[name].unit == "log odds" or name in ("name_trade_word", "name_seller_word")


#: So few that have something in common are no sign.
_MANY = 10


def shared_signs(decided: pl.DataFrame, names: list[str], contributions: NDArray[np.float64]) -> pl.Series:
    """Which signal shows that a domain is one of many of its make.

    What many domains share (a template, a path) counts for the model beside much else that they share, or not at all;
    a person wants to see it, for kinds are called after it, and no honest site has it by chance.

    Args:
        decided: as ``verdict.decide`` returns it.
        names: the signal of each column of ``contributions`` (float64, shape ``(rows, len(names))``).

    Returns:
        String: ``reputation_spam_lists`` of a domain of which nothing but lists speaks, ``cluster_domains`` of one in a wave, of one that
        comes before a person for its anchors alone what these hold; else the first signal of ``SHARED`` by which at least ``_MANY`` others have the same, and which for the model does not speak against spam; null where there is none, or the domain's
        kind is ordinary.
    """
    signs = [
        pl.when(pl.col("kind") == LISTED).then(pl.lit("reputation_spam_lists")),
        pl.when("in_wave").then(pl.lit("cluster_domains")),
        *(pl.when(rule).then(pl.lit(name)) for name, rule in NEVER_ORDINARY.items()),
    ]
    for name in SHARED:
        many = pl.col(name) >= np.log1p(_MANY) - 1e-9
        against = contributions[:, names.index(name)] < 0 if name in names else np.zeros(decided.height, bool)
        signs.append(pl.when(many & ~pl.lit(pl.Series(against))).then(pl.lit(name)))
    return decided.select(pl.when(pl.col("kind") != ORDINARY).then(pl.coalesce(signs))).to_series()


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
        if guard is None:
            guard = pl.repeat(None, rows.height, dtype=pl.String, eager=True)
        weighed = weigh(judged, self.thresholds.review, guard, manual_action=self.manual_action)
        return decide(weighed, self.thresholds)
