"""A promise with a number: of the lines written, at most a chosen share is wrong, with a stated confidence.

*Wrong* is a line on an honest domain. The evidence is a held-out sample: labelled domains with the probability that a
model gave them which never saw them. Two tests of the same form make a promise of it.

On the held-out lines themselves (``HeldOut.proof``): the cut is lowered step by step, and each step is an exact binomial test that
the share of wrong lines is above the risk. The steps are fixed before a label is looked at: the first is the strictest cut with so
many lines that none of them wrong would prove the risk (230 for 1 % at 90 %), the second the strictest at which one wrong line would
still do (388), so that one unlucky line at the top does not end it; from there on every cut is a step. The first failure ends it
(fixed-sequence testing: Maurer, Hothorn and Lehmacher 1995; Bauer 1991; for risks of a classifier: Angelopoulos, Bates, Candes, Jordan
and Lei 2021, "Learn then Test"). Only one step can break the word for the first time, so no step pays for the others.

In a profile (``profile_cut``): the share of wrong lines depends on how much of the profile is spam, so the same sequence is
run on the honest domains of the held-out sample alone, with what this profile allows: where ``L`` of its domains stand above a
cut and at most ``N`` are honest, the risk holds as long as no more than ``risk * L / N`` of honest domains stand above it. With ``N`` as in
``mix.spam_share`` this is the adaptive procedure of Benjamini and Hochberg on p-values that are valid given the sample (Bates, Candes,
Lei, Romano and Sesia 2023, "Testing for outliers with conformal p-values"), not only on average over samples. Two sequences are run, each at half
of the error, and the one that comes further counts: from the strictest cut, and from where ten may be wrong; for where a profile has few lines, two
unlucky labels end the first.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Counts = NDArray[np.int64]

RISK: Final = 0.01
CONFIDENCE: Final = 0.9
#: Cuts that may be chosen, the strictest first: probabilities from 0.99995 down to 0.5, 0.1 apart in log odds.
CUTS: Final[Floats] = 1.0 / (1.0 + np.exp(-np.arange(100, -1, -1) / 10))
#: Where the sequences of a profile begin: at the cut where so many honest ones may stand above it.
_BEGIN: Final = (0, 10)
#: Risks that are tried when the least one that a sample supports is asked for.
_LADDER: Final = (0.001, 0.002, 0.005, 0.01, 0.015, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2)


# ------------------------------------------------------------------------------------------- binomial bounds


def at_most(successes: int, trials: int, confidence: float = CONFIDENCE) -> float:
    """One-sided upper confidence bound of a share (Clopper and Pearson 1934); 1 where nothing was tried."""
    from scipy.special import betaincinv

    return float(betaincinv(successes + 1, trials - successes, confidence)) if successes < trials else 1.0


def at_least(successes: int, trials: int, confidence: float = CONFIDENCE) -> float:
    """One-sided lower confidence bound of a share (Clopper and Pearson 1934); 0 where nothing was found."""
    return 1.0 - at_most(trials - successes, trials, confidence) if trials else 0.0


def most_wrong(trials: Counts, allowed: Floats, confidence: float = CONFIDENCE) -> Counts:
    """How many wrong ones among ``trials`` still prove a share of at most ``allowed`` (int64; -1 where not even none does).

    The largest ``j`` with ``at_most(j, trials, confidence) <= allowed``, that is with P(Binomial(trials, allowed) <= j) <= 1 - confidence.
    """
    from scipy.special import bdtr

    low = np.full(len(trials), -1, dtype=np.int64)  # proves it, or nothing does
    high = np.where(allowed >= 1, trials + 1, trials)  # does not: all wrong prove nothing but a share of 1
    low = np.where(allowed >= 1, trials, low)
    while (open_ := high - low > 1).any():
        middle = (low + high) // 2
        proves = bdtr(middle.astype(np.float64), trials, np.clip(allowed, 0.0, 1.0)) <= 1 - confidence
        low, high = np.where(open_ & proves, middle, low), np.where(open_ & ~proves, middle, high)
    return np.where(allowed > 0, low, -1)


def lines_needed(risk: float, wrong: int = 0, confidence: float = CONFIDENCE) -> int:
    """How many lines, ``wrong`` of them wrong, prove that at most the share ``risk`` is wrong: 230 for 1 % and none at 90 %."""
    if wrong == 0:
        return math.ceil(math.log(1 - confidence) / math.log1p(-risk) - 1e-9)
    low, high = wrong, wrong + 1
    while at_most(wrong, high, confidence) > risk:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if at_most(wrong, middle, confidence) <= risk else (middle, high)
    return high


def fixed_sequence(
    wrong: Counts, trials: Counts, allowed: Floats, confidence: float = CONFIDENCE, begin: int = 0
) -> int | None:
    """Lower the cut step by step while each step proves what is allowed.

    Args:
        wrong: wrong ones above each cut, the strictest cut first (shape ``(cuts,)``, as all).
        trials: what they are counted among. ``trials`` and ``allowed`` must not depend on which are wrong.
        allowed: the share of wrong ones that is allowed at each cut.
        begin: the first step is where so many may be wrong.

    Returns:
        index of the last cut that passed; None where not even the first did. With probability ``confidence`` the true share at
        this cut is at most what is allowed there.
    """
    passed, may_be = None, -1
    for i, most in enumerate(most_wrong(trials, allowed, confidence).tolist()):
        is_step = most > may_be or may_be >= 1 or most == trials[i] > 0  # the last: all may be wrong
        if is_step and most >= (begin if passed is None else 0):
            if wrong[i] > most:
                break
            passed, may_be = i, max(most, may_be)
    return passed


# ---------------------------------------------------------------------------------------------- the sample


@dataclass(frozen=True)
class Proof:
    """What was proved on the held-out lines: from ``cut`` up, ``wrong`` of ``lines`` are wrong, at most the share ``bound``."""

    index: int
    cut: float
    lines: int
    wrong: int
    bound: float


@dataclass(frozen=True)
class HeldOut:
    """A held-out sample, as counts: what of it stands at or above each of ``CUTS``.

    Attributes:
        honest, toxic: domains of either label.
        honest_above, toxic_above: of these, how many have at least the probability ``CUTS[i]`` (int64, ``(cuts,)``).
        families: sources of labels that share their errors, counted.
    """

    honest: int
    toxic: int
    honest_above: Counts
    toxic_above: Counts
    families: int

    @classmethod
    def of(cls, label: NDArray[Any], score: Floats, families: int = 0) -> HeldOut:
        """Count a sample: one row a domain, ``label`` 1 toxic or 0 honest, ``score`` a probability out of fold."""
        toxic = label == 1
        return cls(int((~toxic).sum()), int(toxic.sum()), above(score[~toxic]), above(score[toxic]), families)

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> HeldOut:
        """Read what ``record`` gave.

        Raises:
            ValueError: it was made with other cuts.
        """
        honest, toxic = (np.array(record[name], dtype=np.int64) for name in ("honest_above", "toxic_above"))
        if honest.shape != CUTS.shape or toxic.shape != CUTS.shape:
            raise ValueError(f"the held-out sample was counted at {len(honest)} cuts, not at {len(CUTS)}")
        return cls(record["honest"], record["toxic"], honest, toxic, record["families"])

    def record(self) -> dict[str, Any]:
        """The sample for a manifest: counts only."""
        return {
            "honest": self.honest,
            "toxic": self.toxic,
            "families": self.families,
            "honest_above": self.honest_above.tolist(),
            "toxic_above": self.toxic_above.tolist(),
        }

    @property
    def lines(self) -> Counts:
        """Domains of either label above each cut."""
        return self.honest_above + self.toxic_above

    @property
    def mix(self) -> float:
        """Share of toxic domains in the sample: the mix that the promise is proved on and probabilities are calibrated to."""
        return self.toxic / max(self.honest + self.toxic, 1)

    def proof(self, risk: float, confidence: float = CONFIDENCE) -> Proof | None:
        """The lowest cut at which the sample proves that at most the share ``risk`` of its lines is wrong."""
        passed = fixed_sequence(self.honest_above, self.lines, np.full(len(CUTS), risk), confidence)
        if passed is None:
            return None
        lines, wrong = int(self.lines[passed]), int(self.honest_above[passed])
        return Proof(passed, float(CUTS[passed]), lines, wrong, at_most(wrong, lines, confidence))

    def missing_lines(self, risk: float, confidence: float = CONFIDENCE) -> int:
        """How many further faultless lines, at the cut that lacks the fewest, would support ``risk``; 0 where it is supported."""
        if self.proof(risk, confidence):
            return 0
        lines_by_wrong = dict(
            zip(self.honest_above.tolist(), self.lines.tolist(), strict=True)
        )  # the lowest such cut
        lacking = [lines_needed(risk, wrong, confidence) - lines for wrong, lines in lines_by_wrong.items()]
        return min((lack for lack in lacking if lack > 0), default=1)

    def least_risk(self, confidence: float = CONFIDENCE) -> float | None:
        """The least of some round risks that the sample supports; None where it supports none up to 20 %."""
        return next((risk for risk in _LADDER if self.proof(risk, confidence)), None)

    def wrong_per_1000(self, index: int, confidence: float = CONFIDENCE) -> float:
        """Upper bound on the honest domains above a cut, per 1,000 of them."""
        return 1000 * at_most(int(self.honest_above[index]), self.honest, confidence)


def above(scores: Floats) -> Counts:
    """How many scores stand at or above each of ``CUTS``."""
    ordered = np.sort(scores)
    return np.asarray(len(ordered) - np.searchsorted(ordered, CUTS, side="left"), dtype=np.int64)


def profile_cut(
    held: HeldOut, lines: Counts, honest_at_most: float, risk: float, confidence: float = CONFIDENCE
) -> int | None:
    """The lowest cut at which a profile of its own mix keeps the risk.

    Args:
        lines: domains of the profile above each cut.
        honest_at_most: how many of its domains are honest, estimated from above (``mix.SpamShare``).

    Returns:
        index of the cut, not below the one that ``held`` proves; None where there is none.
    """
    proof = held.proof(risk, confidence)
    if proof is None:
        return None
    strict = slice(proof.index + 1)  # to end the sequence early is always sound
    allowed: Floats = (risk / honest_at_most) * lines[strict].astype(np.float64)
    trials = np.full(len(allowed), held.honest)
    each = 1 - (1 - confidence) / len(_BEGIN)
    sequences = (fixed_sequence(held.honest_above[strict], trials, allowed, each, begin) for begin in _BEGIN)
    return max((index for index in sequences if index is not None), default=None)
