"""What an audit says of its promise: sentences for people, and the block ``promise`` of ``audit.json``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import polars as pl

from detector.classifier.kept import TOO_LITTLE_SPAM, UNSUPPORTED, Promise, TierPromise, percent
from detector.signals.registry import model_signals
from detector.verdict import NO_LINKS, REVIEW

#: tier -> what is known of its domains.
_KNOWN_BY: Final = {
    "rich": "pages and anchors",
    "titles": "page addresses and titles",
    "anchors": "anchors, without page columns",
    "urls": "page addresses only",
    "metrics": "metrics of the domain only",
    "name": "their names only",
}


def promise_sentences(promise: Promise) -> list[str]:
    """What the lines are worth, and why some are not written, in plain words; nothing where there is nothing to say."""
    sentences = list(_mistakes(promise))
    for name, tier in promise.tiers.items():
        sentences.extend(_of_tier(f"domains known by {_KNOWN_BY.get(name, name)}", tier, promise))
    return [*sentences, *not_covered(promise.without)]


def too_weak(decided: pl.DataFrame) -> list[str]:
    """How many domains look toxic of which too little is known for any promise: they are no part of it.

    Args:
        decided: ``tier, verdict`` (String) and ``listable`` (Boolean), a row a domain.
    """
    sentences = []
    for tier in NO_LINKS:
        number = decided.filter(tier=tier, verdict=REVIEW, listable=False).height
        if number:
            who = "1 domain" if number == 1 else f"{number:,} domains"
            known = _KNOWN_BY[tier].replace("their names", "its name") if number == 1 else _KNOWN_BY[tier]
            look, get, go = ("looks", "gets", "It goes") if number == 1 else ("look", "get", "They go")
            sentences.append(
                f"{who} known by {known} {look} toxic and {get} no line: nothing is promised on such weak evidence. {go} to a"
                " person."
            )
    return sentences


def not_covered(without: Sequence[str]) -> list[str]:
    """That the promise is not about a judgement without these families; nothing where none is left out."""
    if not without:
        return []
    *others, last = without
    named = f"{', '.join(others)} and {last}" if others else last
    return [
        "Promises are proved with all families of signals: they do not cover this judgement, made without"
        f" {named}. More of its lines may be wrong."
    ]


def learnt_of(families: Sequence[str]) -> tuple[str, ...]:
    """Those of the families that the classifier learns from, each once."""
    learnt = {signal.family for signal in model_signals()}
    return tuple(name for name in dict.fromkeys(families) if name in learnt)


def _mistakes(promise: Promise) -> Iterator[str]:
    lines = sum(tier.lines for tier in promise.tiers.values())
    if not lines:
        return
    expected = sum(tier.expected_wrong for tier in promise.tiers.values())
    allowed = promise.risk * lines
    by = f"the {lines:,} lines" if lines > 1 else "this 1 line"
    is_more = round(expected, 2) > round(allowed, 2)
    # what is called more must not read as the same number
    places = 2 if is_more and _number(expected) == _number(allowed) else 1
    told, limit = _number(expected, places), _number(allowed, places)
    yield f"Mistakes to expect in {by} of this audit: {told}, by the probabilities; the promise allows {limit}."
    if is_more:
        yield "That is more than promised: look through the least probable lines before you upload the file."


def _of_tier(domains: str, tier: TierPromise, promise: Promise) -> Iterator[str]:
    held, proof, risk = tier.held, tier.proof, percent(promise.risk)
    if tier.outcome == UNSUPPORTED and tier.flagged:
        missing = held.missing_lines(promise.risk)
        yield (
            f"Nothing is written of {domains}: the held-out sample cannot prove for such evidence that at most {risk} of the"
            f" lines are wrong ({missing:,} more faultless {'line is' if missing == 1 else 'lines are'} missing). What looks toxic"
            " goes to a person."
        )
    elif tier.outcome == TOO_LITTLE_SPAM:
        doubtful = (
            f"more than {risk} of the {tier.candidates:,} with the highest scores could be wrong: none of them is written, all go to a person."
            if tier.candidates > 1
            else "the one that scores high enough for a line could well be an honest one: it is not written and goes to a person."
        )
        yield f"In this profile so few {domains} look toxic ({_share(tier)}) that {doubtful}"
    elif tier.lines and proof:
        yield (
            f"Promise for {domains}: at most {risk} of the lines are wrong, with {promise.confidence:.0%} confidence. Proved on"
            f" {held.honest + held.toxic:,} held-out domains of {held.families} sources of labels, {held.mix:.0%} of them toxic"
            f" ({proof.wrong:,} of {proof.lines:,} lines wrong); of 1,000 honest domains at most"
            f" {_number(tier.wrong_per_1000 or 0.0)} get a line. Of the {tier.domains:,} here {_share(tier)} are toxic, certain enough for a line or not."
        )
        if tier.lines < tier.candidates:
            more = tier.candidates - tier.lines
            yield (
                f"In this mix the threshold for a line rises from {proof.cut:.3f} to {tier.cut:.3f}:"
                f" {more:,} more {'domain goes' if more == 1 else 'domains go'} to a person."
            )


def _share(tier: TierPromise) -> str:
    share = tier.share
    about, low, high = (f"{value:.0%}" for value in (share.estimate, share.low, share.high))
    return f"about {about}" if low == about == high else f"about {about} ({low} to {high})"


def _number(value: float, places: int = 1) -> str:
    least = 10.0**-places
    return f"{value:,.{places}f}" if value >= least / 2 else f"fewer than {least:g}"


def promise_record(promise: Promise) -> dict[str, Any]:
    """The block ``promise`` of ``audit.json`` (see docs/audit-files.md)."""
    return {
        "risk": promise.risk,
        "confidence": promise.confidence,
        "without": list(promise.without),
        "sentences": promise_sentences(promise),
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
