"""The promise holds its word: exact figures, and simulations in which a careless threshold breaks it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import beta, binom, norm

from detector.classifier.mix import spam_share
from detector.classifier.promise import (
    CONFIDENCE,
    CUTS,
    HeldOut,
    above,
    at_least,
    at_most,
    fixed_sequence,
    lines_needed,
    most_wrong,
    profile_cut,
)

Floats = NDArray[np.float64]
LOG_ODDS = np.log(CUTS / (1 - CUTS))
#: Log odds of honest and of toxic domains (mean, standard deviation): much as the model of 2026-11 sees them.
HONEST, TOXIC = (-3.2, 1.35), (2.2, 1.9)
HONEST_ABOVE, TOXIC_ABOVE = norm.sf(LOG_ODDS, *HONEST), norm.sf(LOG_ODDS, *TOXIC)


def logistic(z: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-z)))


def sample(draw: np.random.Generator, honest: int, toxic: int) -> HeldOut:
    z = np.concatenate([draw.normal(*HONEST, honest), draw.normal(*TOXIC, toxic)])
    return HeldOut.of(np.repeat([0, 1], [honest, toxic]), logistic(z))


# ------------------------------------------------------------------------------------------------- figures


@pytest.mark.parametrize(
    ("risk", "wrong", "lines"),
    [(0.01, 0, 230), (0.005, 0, 460), (0.001, 0, 2302), (0.1, 0, 22), (0.01, 1, 388), (0.01, 2, 531), (0.5, 0, 4)],
)  # fmt: skip
def test_lines_needed(risk: float, wrong: int, lines: int) -> None:
    assert lines_needed(risk, wrong) == lines
    assert at_most(wrong, lines) <= risk < at_most(wrong, lines - 1)


@given(trials=st.integers(1, 3000), share=st.floats(0, 1), confidence=st.floats(0.5, 0.999))
def test_the_bounds_are_clopper_and_pearsons(trials: int, share: float, confidence: float) -> None:
    found = round(trials * share)
    upper = beta.ppf(confidence, found + 1, trials - found) if found < trials else 1.0
    lower = beta.ppf(1 - confidence, found, trials - found + 1) if found else 0.0
    assert at_most(found, trials, confidence) == pytest.approx(upper)
    assert at_least(found, trials, confidence) == pytest.approx(lower, abs=1e-12)


def test_nothing_tried_bounds_nothing() -> None:
    assert (at_most(0, 0), at_least(0, 0)) == (1.0, 0.0)


@given(trials=st.integers(0, 2000), allowed=st.floats(0, 1.2))
def test_most_wrong_is_the_most_that_the_bound_allows(trials: int, allowed: float) -> None:
    [most] = most_wrong(np.array([trials]), np.array([allowed])).tolist()
    if allowed >= 1:
        assert most == trials
        return
    assert -1 <= most < max(trials, 1)
    if most >= 0:
        assert at_most(most, trials) <= allowed + 1e-9
    if most + 1 <= trials:
        assert at_most(most + 1, trials) >= allowed - 1e-9


def sequence(lines: list[int], wrong: list[int], risk: float = 0.01) -> int | None:
    return fixed_sequence(np.array(wrong), np.array(lines), np.full(len(lines), risk))


def test_the_sequence_begins_where_faultless_lines_would_do_and_ends_at_the_first_failure() -> None:
    assert sequence([10, 229], [0, 0]) is None
    assert sequence([10, 229, 230], [0, 0, 0]) == 2
    assert sequence([10, 230, 388], [0, 0, 1]) == 2
    assert sequence([10, 230, 388], [0, 0, 2]) == 1
    assert sequence([10, 230, 388, 3000], [0, 1, 1, 1]) is None, "what comes after a failure is not looked at"
    assert sequence([10, 230, 387, 388], [0, 0, 1, 1]) == 3, "between the steps nothing is tested"


def test_a_sequence_that_begins_later_looks_at_nothing_before() -> None:
    lines, wrong = np.array([230, 388, 667, 3000]), np.array([1, 2, 3, 3])
    allowed = np.full(4, 0.01)
    assert fixed_sequence(wrong, lines, allowed) is None
    assert fixed_sequence(wrong, lines, allowed, begin=3) == 3
    assert fixed_sequence(wrong + 1, lines, allowed, begin=3) is None
    assert fixed_sequence(wrong, lines, allowed, begin=100) is None, "so many are never allowed"


@given(st.data())
def test_a_wrong_line_more_never_lowers_the_cut(data: st.DataObject) -> None:
    right = np.cumsum(data.draw(st.lists(st.integers(0, 150), min_size=len(CUTS), max_size=len(CUTS))))
    wrong = np.cumsum(data.draw(st.lists(st.integers(0, 1), min_size=len(CUTS), max_size=len(CUTS))))
    at = data.draw(st.integers(0, len(CUTS) - 1))
    more = wrong + (np.arange(len(CUTS)) >= at)  # one of the right ones turns out to be wrong

    def index(wrong: NDArray[np.int64]) -> int:
        proof = HeldOut(5000, 20000, wrong, right + 1 - (wrong - base), 1).proof(0.02)
        return -1 if proof is None else proof.index

    base = wrong
    assert index(more) <= index(wrong)


def test_counts_are_at_or_above_each_cut() -> None:
    scores = np.array([0.0, 0.49, 0.5, CUTS[3], 1.0])
    counted = above(scores)
    assert counted[[0, 2, 3, len(CUTS) - 1]].tolist() == [1, 1, 2, 3]


def test_a_record_is_read_back() -> None:
    held = sample(np.random.default_rng(0), 300, 200)
    again = HeldOut.from_record(held.record())
    assert again.record() == held.record()
    assert again.mix == 0.4
    with pytest.raises(ValueError, match="at 3 cuts"):
        HeldOut.from_record({**held.record(), "honest_above": [0, 0, 0]})


def test_a_risk_that_is_not_supported_says_how_many_lines_are_missing() -> None:
    toxic = np.minimum(np.arange(len(CUTS)) * 3, 200)
    faultless = HeldOut(1000, 400, np.zeros(len(CUTS), np.int64), toxic, 5)
    assert faultless.proof(0.01) is None
    assert faultless.missing_lines(0.01) == 30
    assert faultless.missing_lines(0.001) == 2102
    assert faultless.missing_lines(0.05) == 0
    assert faultless.least_risk() == 0.015
    nothing = HeldOut(0, 0, np.zeros(len(CUTS), np.int64), np.zeros(len(CUTS), np.int64), 0)
    assert nothing.missing_lines(0.01) == 230
    assert nothing.least_risk() is None


# ---------------------------------------------------------------------------------------------- simulations


def broken(cuts: list[int | None], risk_at: Floats, risk: float) -> float:
    """Share of repeats in which the true share of wrong lines at the chosen cut is above the risk."""
    return float(np.mean([cut is not None and risk_at[cut] > risk for cut in cuts]))


def naive_cut(held: HeldOut, risk: float) -> int | None:
    """The lowest cut above which the sample's own share of wrong lines is small enough."""
    good = np.flatnonzero((held.honest_above <= risk * held.lines) & (held.lines > 0))
    return int(good[-1]) if len(good) else None


def proved_cut(held: HeldOut, risk: float) -> int | None:
    proof = held.proof(risk)
    return proof.index if proof else None


REPEATS = 2000
#: Above its share by so much less than once in a thousand runs of this file.
NOISE = 3.1 * np.sqrt(0.1 * 0.9 / REPEATS)


def test_the_promise_is_kept_where_a_careless_threshold_breaks_it() -> None:
    draw, mix = np.random.default_rng(1), 0.43
    wrong, right = (1 - mix) * HONEST_ABOVE, mix * TOXIC_ABOVE
    samples = [sample(draw, 2700 - k, k) for k in draw.binomial(2700, mix, REPEATS)]
    for risk in (0.005, 0.01):
        kept = broken([proved_cut(held, risk) for held in samples], wrong / (wrong + right), risk)
        careless = broken([naive_cut(held, risk) for held in samples], wrong / (wrong + right), risk)
        assert kept <= 0.1 + NOISE
        assert careless > 0.3


def test_the_promise_is_kept_at_its_worst() -> None:
    """Just more wrong lines than promised at every cut: each lowering is a new chance to be fooled."""
    draw, risk = np.random.default_rng(2), 0.0101
    lines = np.linspace(0, 2000, len(CUTS)).astype(np.int64)
    steps = np.diff(lines, prepend=0)
    wrong = np.cumsum(draw.binomial(steps, risk, (REPEATS, len(CUTS))), axis=1)
    samples = [HeldOut(3000, 3000, w, lines - w, 1) for w in wrong]
    always = np.full(len(CUTS), risk)
    kept = broken([proved_cut(held, 0.01) for held in samples], always, 0.01)
    assert 0.05 < kept <= 0.1 + NOISE  # it uses up its allowance: there is nothing to be gained by caution
    assert broken([naive_cut(held, 0.01) for held in samples], always, 0.01) > 0.9


def test_the_bound_on_honest_domains_holds_at_the_cut_that_was_chosen() -> None:
    draw = np.random.default_rng(3)
    samples = [sample(draw, 1500, 1200) for _ in range(REPEATS)]
    proofs = [(held, held.proof(0.01)) for held in samples]
    over = [
        proof is not None and 1000 * HONEST_ABOVE[proof.index] > held.wrong_per_1000(proof.index)
        for held, proof in proofs
    ]
    assert np.mean(over) <= 0.1 + NOISE
    assert sum(proof is not None for _, proof in proofs) > 0.8 * REPEATS


SAMPLES, PROFILES = 30, 60


def shares_wrong(
    mix: float, domains: int, *, risk: float = 0.01, seed: int = 4, honest: int = 8000
) -> tuple[Floats, float, float]:
    """Of profiles of a mix: mean share of wrong lines, a mean for each held-out sample; by the promise, and by its proved cut alone;
    and how many lines a profile gets on average."""
    draw = np.random.default_rng(seed)
    promised, fixed, written = np.empty(SAMPLES), np.empty(SAMPLES), 0
    for i in range(SAMPLES):
        held = sample(draw, honest, 2000)
        proof = held.proof(risk)
        assert proof is not None
        by_promise, by_fixed = [], []
        for _ in range(PROFILES):
            toxic = draw.binomial(domains, mix)
            wrong = above(logistic(draw.normal(*HONEST, domains - toxic)))
            lines = wrong + above(logistic(draw.normal(*TOXIC, toxic)))
            share = spam_share(int(lines[-1]), domains, held)
            cut = profile_cut(held, lines, share.honest_at_most, risk)
            written += 0 if cut is None else int(lines[cut])
            by_promise.append(0.0 if cut is None else wrong[cut] / max(lines[cut], 1))
            by_fixed.append(wrong[proof.index] / max(lines[proof.index], 1))
        promised[i], fixed[i] = np.mean(by_promise), np.mean(by_fixed)
    return promised, float(fixed.mean()), written / (SAMPLES * PROFILES)


@pytest.mark.parametrize(
    ("mix", "fewest_lines"), [(0.0, 0.0), (0.01, 0.0), (0.05, 0.5), (0.2, 60.0), (0.5, 180.0), (0.95, 320.0)]
)
def test_a_profile_of_any_mix_keeps_the_risk(mix: float, fewest_lines: float) -> None:
    promised, fixed, lines = shares_wrong(mix, 500)
    noise = 3 * promised.std() / np.sqrt(SAMPLES) + 1e-4
    assert promised.mean() <= 0.01 + noise
    assert lines >= fewest_lines
    if mix >= 0.2:  # lines enough for a mean to tell of its held-out sample
        assert np.mean(promised > 0.01) <= 0.1
    if mix <= 0.01:  # where one threshold for all would break it
        assert fixed > 0.02
        assert lines < 1


@pytest.mark.parametrize("mix", [0.0, 0.05, 0.95])
def test_a_tiny_profile_keeps_the_risk(mix: float) -> None:
    promised, _, _ = shares_wrong(mix, 8)
    assert promised.mean() <= 0.01


@pytest.mark.parametrize("toxic_share", [0.3, 0.9])
def test_the_ratio_of_two_samples_of_their_own_size_is_no_easier(toxic_share: float) -> None:
    """Honest and toxic domains are drawn by label; exactly enumerated, the test is then no less careful than with lines as draws."""
    honest, toxic, risk = 1500, 1000, 0.02
    found = toxic_share
    false = risk / (1 - risk) * toxic * found / honest  # so that the share of wrong lines is the risk
    wrong = np.arange(0, 80)
    chance = binom.pmf(wrong, honest, false)
    right = np.arange(toxic + 1)
    passes = wrong[:, None] <= np.array([most_wrong(right + w, np.full(len(right), risk)) for w in wrong])
    assert chance @ passes @ binom.pmf(right, toxic, found) <= 1 - CONFIDENCE
