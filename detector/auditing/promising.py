"""What an audit says of its promise: sentences for people, and the block ``promise`` of ``audit.json``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from detector.classifier.kept import TOO_LITTLE_SPAM, UNSUPPORTED, Promise, TierPromise, percent

#: tier -> what is known of its domains.
_KNOWN_BY: Final = {
    "rich": "pages and anchors",
    "anchors": "anchors, without page columns",
    "urls": "page addresses only",
    "name": "their names only",
}


def promise_sentences(promise: Promise) -> list[str]:
    """What the lines are worth, and why some are not written, in plain words; nothing where there is nothing to say."""
    writing = {name: tier for name, tier in promise.tiers.items() if tier.lines}
    sentences = [_worth(writing)] if writing else []
    for name, tier in promise.tiers.items():
        sentences.extend(_of_tier(name, tier, promise))
    return sentences


def _worth(writing: dict[str, TierPromise]) -> str:
    lines = sum(tier.lines for tier in writing.values())
    expected = sum(tier.expected_wrong for tier in writing.values())
    most = sum(tier.wrong_at_most for tier in writing.values())
    proposed = "line that the score asks for" if lines == 1 else "lines that the score asks for"
    return (
        f"Mistakes to expect among the {lines:,} {proposed}: {_number(expected)} by their probabilities,"
        f" at most {_number(most)} on average by what is proved."
    )


def _of_tier(name: str, tier: TierPromise, promise: Promise) -> Iterator[str]:
    known_by = _KNOWN_BY.get(name, name)
    if tier.outcome == UNSUPPORTED and tier.flagged:
        missing = tier.held.missing_lines(promise.risk)
        yield (
            f"Nothing is written of domains known by {known_by}: the held-out sample cannot prove for such evidence that at most"
            f" {percent(promise.risk)} of the lines are wrong ({missing:,} more faultless {'line is' if missing == 1 else 'lines are'}"
            " missing). What looks toxic goes to a person."
        )
    elif tier.outcome == TOO_LITTLE_SPAM:
        yield (
            f"In this profile so few domains look toxic ({_share(tier)} of those known by {known_by}) that of the"
            f" {tier.candidates:,} with the highest scores more than {percent(promise.risk)} could be wrong:"
            " none of them is written, all go to a person."
        )
    elif tier.lines and tier.proof:
        held, proof = tier.held, tier.proof
        yield (
            f"Promise for domains known by {known_by}: at most {percent(promise.risk)} of the lines are wrong, with"
            f" {promise.confidence:.0%} confidence. Proved on {held.honest + held.toxic:,} held-out domains from {held.families}"
            f" {'family' if held.families == 1 else 'families'} of lists, {held.mix:.0%} of them toxic ({proof.wrong:,} of"
            f" {proof.lines:,} lines wrong); of 1,000 honest domains at most {_number(tier.wrong_per_1000 or 0.0)} get a line."
            f" Here {_share(tier)} look toxic."
        )
        if tier.lines < tier.candidates:
            more = tier.candidates - tier.lines
            yield (
                f"That is less than in the proof, so the threshold rises from {proof.cut:.3f} to {tier.cut:.3f}:"
                f" {more:,} more {'domain goes' if more == 1 else 'domains go'} to a person."
            )


def _share(tier: TierPromise) -> str:
    share = tier.share
    return f"about {share.estimate:.0%}, between {share.low:.0%} and {share.high:.0%},"


def _number(value: float) -> str:
    return f"{value:,.1f}" if value >= 0.05 else "fewer than 0.1"


def promise_record(promise: Promise) -> dict[str, Any]:
    """The block ``promise`` of ``audit.json`` (see docs/audit-files.md)."""
    return {
        "risk": promise.risk,
        "confidence": promise.confidence,
        "tiers": {name: _tier_record(tier, promise.risk) for name, tier in promise.tiers.items()},
    }


def _tier_record(tier: TierPromise, risk: float) -> dict[str, Any]:
    held, proof, share = tier.held, tier.proof, tier.share
    return {
        "outcome": tier.outcome,
        "held_out": {"honest": held.honest, "toxic": held.toxic, "families": held.families, "share_toxic": held.mix},
        "proved": proof and {"threshold": proof.cut, "lines": proof.lines, "wrong": proof.wrong, "bound": proof.bound},
        "missing_lines": held.missing_lines(risk),
        "domains": tier.domains,
        "share_toxic": {"estimate": share.estimate, "low": share.low, "high": share.high},
        "threshold": tier.cut,
        "candidates": tier.candidates,
        "lines": tier.lines,
        "expected_wrong": tier.expected_wrong,
        "wrong_at_most": tier.wrong_at_most,
        "wrong_per_1000_honest": tier.wrong_per_1000,
    }  # fmt: skip
