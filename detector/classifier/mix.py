"""How much of a profile is spam, and what a probability is worth in such a mix.

The share is estimated from a count, not from the probabilities: these are calibrated to the mix that they were learnt on. Of the
domains of a profile so many stand above a cut; the held-out sample says what shares of honest and of toxic domains
do; the share of spam that explains the count follows ("adjusted count": Forman 2008, "Quantifying counts and costs").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detector.classifier.promise import CONFIDENCE, HeldOut, at_least, at_most

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class SpamShare:
    """The share of toxic domains in a profile (0 to 1).

    Attributes:
        estimate: what fits best, if toxic domains score here as they do in the sample.
        low, high: bounds; ``low`` supposes nothing about how toxic domains score.
        honest_at_most: number of honest domains, estimated from above whatever the toxic ones score.
    """

    estimate: float
    low: float
    high: float
    honest_at_most: float


def spam_share(flagged: int, domains: int, held: HeldOut, confidence: float = CONFIDENCE) -> SpamShare:
    """Estimate the share of toxic domains in a profile.

    Args:
        flagged: domains of the profile at or above the lowest of ``promise.CUTS``.
        domains: all of them.

    Four binomial bounds share the doubt (Bonferroni), so that the interval holds with ``confidence``. The number of honest domains is
    Storey's estimate, (1 + domains below the cut) / (share of honest ones below it), with the share at its lower bound: it
    counts every toxic domain below the cut as honest.
    """
    honest_flagged, toxic_flagged = int(held.honest_above[-1]), int(held.toxic_above[-1])
    sure = 1 - (1 - confidence) / 4
    false_at_most, false_at_least = (
        bound(honest_flagged, held.honest, sure) for bound in (at_most, at_least)
    )
    found_at_least = at_least(toxic_flagged, held.toxic, sure)
    share_at_most, share_at_least = (bound(flagged, domains, sure) for bound in (at_most, at_least))
    return SpamShare(
        estimate=_explained(flagged / max(domains, 1), honest_flagged / max(held.honest, 1), toxic_flagged / max(held.toxic, 1)),
        low=_explained(share_at_least, false_at_most, 1.0),
        high=_explained(share_at_most, false_at_least, found_at_least) if found_at_least > false_at_least else 1.0,
        honest_at_most=(1 + domains - flagged) / max(1 - false_at_most, 1e-9),
    )  # fmt: skip


def _explained(flagged: float, false: float, found: float) -> float:
    """Share of toxic ones when the share ``flagged`` is flagged, ``false`` of the honest and ``found`` of the toxic."""
    return min(max((flagged - false) / (found - false), 0.0), 1.0) if found > false else 0.0


def in_mix(probability: Floats, calibrated_to: float, share: float) -> Floats:
    """Probabilities of being toxic, moved from the mix they were calibrated to into another.

    Saerens, Latinne and Decaestecker 2002: the odds times the ratio of the mixes' odds; holds where domains of one label score alike in
    both mixes.
    """
    toxic, honest = (
        probability * (share / calibrated_to),
        (1 - probability) * (1 - share) / (1 - calibrated_to),
    )
    total = toxic + honest
    return np.divide(toxic, total, out=np.zeros_like(total), where=total > 0)
