"""The promise, kept in one profile: where each tier of evidence is cut, and what that says of the lines above."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from detector.classifier.mix import SpamShare, in_mix, spam_share
from detector.classifier.promise import CONFIDENCE, CUTS, HeldOut, Proof, above, profile_cut
from detector.errors import ModelError, UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

#: A promise that half of the lines are right is none.
_HALF: Final = 0.5

#: Why a tier writes the lines it writes: the risk is kept; its held-out sample supports no such risk; this profile does not.
KEPT, UNSUPPORTED, TOO_LITTLE_SPAM = "kept", "unsupported", "too_little_spam"


@dataclass(frozen=True)
class TierPromise:
    """The promise for the domains of a profile that are judged by one tier of evidence.

    Attributes:
        held: the held-out sample, seen with the same evidence.
        proof: what it proves; None where it does not support the risk.
        domains: domains of the profile of this tier that a line could be about.
        flagged: those at or above the lowest cut there is.
        share: the share of spam among them.
        cut: probability from which a line is written; None where none is.
        candidates: domains at or above the cut of the proof that no other rule holds back.
        lines: those of them at or above the cut.
        expected_wrong: how many of these are wrong, by their probabilities in this mix.
        wrong_at_most: how many, by the bound on honest domains above the cut.
        wrong_per_1000: that bound, per 1,000 honest domains.
    """

    held: HeldOut
    proof: Proof | None
    domains: int
    flagged: int
    share: SpamShare
    cut: float | None
    candidates: int
    lines: int
    expected_wrong: float
    wrong_at_most: float
    wrong_per_1000: float | None

    @property
    def outcome(self) -> str:
        """``kept``, ``unsupported`` or ``too_little_spam``."""
        if self.proof is None:
            return UNSUPPORTED
        return TOO_LITTLE_SPAM if self.cut is None and self.candidates else KEPT


@dataclass(frozen=True)
class Promise:
    """What is promised of the lines of one audit.

    Attributes:
        without: families of signals that the model has learnt from and the audit left out: the sample was judged with them.
    """

    risk: float
    confidence: float
    tiers: dict[str, TierPromise]
    without: tuple[str, ...] = ()

    def cuts(self) -> dict[str, float]:
        """Tier -> probability from which a line is written; tiers that write none are left out."""
        return {name: tier.cut for name, tier in self.tiers.items() if tier.cut is not None}


def check_supported(sample: Mapping[str, HeldOut], risk: float) -> None:
    """Refuse a risk that the held-out sample supports with no evidence whatever.

    Raises:
        UsageError: it says how many faultless lines are missing, and what risk is supported.
    """
    if any(held.proof(risk) for held in sample.values()):
        return
    missing = min(held.missing_lines(risk) for held in sample.values())
    least = min((r for held in sample.values() if (r := held.least_risk())), default=None)
    way_out = f"; what is supported is, for instance, --risk {_typed(least)}" if least else ""
    raise UsageError(
        f"--risk {_typed(risk)}: the held-out sample of this model cannot prove at {CONFIDENCE:.0%} confidence that at most {percent(risk)}"
        f" of the lines are wrong: {missing:,} more faultless {'line is' if missing == 1 else 'lines are'} missing{way_out}"
    )


def keep(sample: Mapping[str, HeldOut], risk: float, listable: pl.DataFrame, review: float) -> Promise:
    """Choose the cuts of a profile so that the promise holds in it.

    Args:
        sample: tier -> held-out sample.
        listable: ``tier`` and ``probability`` of the domains that a line could be about, by all but their score; and ``held_back``
            (Boolean): whether a rule holds the line back all the same. The cuts are chosen with these, the lines counted without.
        review: probability from which a person should look; no cut is below it.
    """
    tiers = {}
    for name, held in sample.items():
        rows = listable.filter(pl.col("tier") == name)
        if rows.height:
            held_back = rows["held_back"].to_numpy()
            tiers[name] = _keep_tier(held, risk, rows["probability"].to_numpy(), held_back, review)
    return Promise(risk, CONFIDENCE, tiers)


def _keep_tier(
    held: HeldOut, risk: float, scores: Floats, held_back: NDArray[np.bool_], review: float
) -> TierPromise:
    counts = above(scores)
    share = spam_share(int(counts[-1]), len(scores), held)
    proof = held.proof(risk)
    index = profile_cut(held, counts, share.honest_at_most, risk)
    cut = None if index is None else max(float(CUTS[index]), review)
    free = scores[~held_back]
    listed = free[:0] if cut is None else free[free >= cut]
    per_1000 = None if index is None else held.wrong_per_1000(index)
    honest = min(share.honest_at_most, len(scores))
    return TierPromise(
        held=held,
        proof=proof,
        domains=len(scores),
        flagged=int(counts[-1]),
        share=share,
        cut=cut,
        candidates=0 if proof is None else int(above(free)[proof.index]),
        lines=len(listed),
        expected_wrong=float((1 - in_mix(listed, held.mix, share.estimate)).sum()),
        wrong_at_most=min(honest * (per_1000 or 0.0) / 1000, float(len(listed))),
        wrong_per_1000=per_1000,
    )


def read_risk(text: str) -> float:
    """A risk as people write it: ``0.5%``, ``0.5 %``, ``0.005``.

    Raises:
        UsageError: it is no number, or not between 0 and 50 %.
    """
    bare = text.strip().replace(",", ".")
    number, percent_sign, rest = bare.partition("%")
    try:
        risk = float(number) / (100 if percent_sign else 1)
    except ValueError:
        risk = math.nan
    if rest or not 0 < risk < _HALF:
        raise UsageError(
            f"--risk {text}: say which share of the lines may be wrong, above 0 and below 50%: 1%, 2% or 0.02"
        )
    return risk


def _typed(risk: float) -> str:
    return f"{100 * risk:.4g}%"


def percent(share: float) -> str:
    """``0.005`` -> ``0.5 %``."""
    return f"{100 * share:.3g} %"


def sample_of(manifest: Mapping[str, Any]) -> dict[str, HeldOut]:
    """Tier -> held-out sample, as a model's manifest records it.

    Raises:
        ModelError: it records none, or one that was counted at other cuts.
    """
    try:
        return {name: HeldOut.from_record(record) for name, record in dict(manifest["held_out"]).items()}
    except (LookupError, TypeError, ValueError) as error:
        raise ModelError(
            "This model's manifest holds no held-out sample that a promise could be made on. Make it anew with 'detector train'."
        ) from error
