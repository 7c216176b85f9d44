"""The share of spam in a profile, and what a probability is worth in it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.classifier.mix import in_mix, spam_share
from detector.classifier.promise import CUTS, HeldOut


def held(honest_flagged: int = 20, toxic_flagged: int = 700) -> HeldOut:
    flat = np.ones(len(CUTS), dtype=np.int64)
    return HeldOut(1400, 1000, honest_flagged * flat, toxic_flagged * flat, 20)


@pytest.mark.parametrize("mix", [0.0, 0.01, 0.05, 0.3, 0.8, 0.95, 1.0])
def test_the_interval_holds_the_share_and_the_honest_are_not_undercounted(mix: float) -> None:
    draw, domains, repeats = np.random.default_rng(0), 800, 400
    inside, enough, estimates = 0, [], []
    for _ in range(repeats):
        sample = held(int(draw.binomial(1400, 0.015)), int(draw.binomial(1000, 0.7)))
        toxic = int(draw.binomial(domains, mix))
        flagged = int(draw.binomial(toxic, 0.7) + draw.binomial(domains - toxic, 0.015))
        share = spam_share(flagged, domains, sample)
        inside += share.low <= mix <= share.high
        enough.append(share.honest_at_most / (domains - toxic + 1))
        estimates.append(share.estimate)
    assert inside / repeats >= 0.9
    assert np.mean(enough) >= 1
    assert np.mean(estimates) == pytest.approx(mix, abs=0.015)  # it is cut off at 0 and 1


@given(domains=st.integers(0, 5000), data=st.data())
def test_every_profile_has_a_share(domains: int, data: st.DataObject) -> None:
    share = spam_share(data.draw(st.integers(0, domains)), domains, held())
    assert 0 <= share.low <= share.high <= 1
    assert 0 <= share.estimate <= 1
    assert share.honest_at_most > 0


def test_a_wave_that_is_found_whole_is_no_more_than_all() -> None:
    share = spam_share(950, 1000, held())
    assert (share.estimate, share.high) == (1.0, 1.0)
    assert 0.9 < share.low < 0.95
    assert share.honest_at_most == pytest.approx(52, abs=1)


def test_a_sample_that_tells_nothing_apart_tells_nothing() -> None:
    share = spam_share(10, 100, held(700, 500))
    assert (share.estimate, share.low, share.high) == (0.0, 0.0, 1.0)


def test_probabilities_move_with_the_mix_by_bayes_rule() -> None:
    p = np.array([0.0, 0.1, 0.5, 0.99, 1.0])
    assert in_mix(p, 0.4, 0.4) == pytest.approx(p)
    assert in_mix(np.array([0.4]), 0.4, 0.05) == pytest.approx([0.05])
    assert in_mix(in_mix(p, 0.4, 0.05), 0.05, 0.4) == pytest.approx(p)
    assert in_mix(np.array([0.5, 0.9]), 0.4, 0.0).tolist() == [0.0, 0.0]
    assert in_mix(np.array([0.5, 0.9]), 0.4, 1.0).tolist() == [1.0, 1.0]
