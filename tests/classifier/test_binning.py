"""Thresholds that are asked for at once are those that scikit-learn finds one by one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.ensemble._hist_gradient_boosting import binning

from detector.classifier.binning import thresholds_at_once


def column(seed: int, size: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Values with ties and gaps, and weights of which some are 0."""
    draw = np.random.default_rng(seed)
    values = np.round(draw.lognormal(size=size), draw.integers(1, 6))
    values[draw.random(size) < 0.1] = np.nan
    return values, draw.choice([0.0, 0.02, 0.1, 0.6, 1.0], size=size)


@given(seed=st.integers(0, 2**32 - 1), size=st.integers(10, 900), most=st.sampled_from([3, 17, 64, 255]))
def test_they_are_the_same_to_the_last_bit(seed: int, size: int, most: int) -> None:
    values, weight = column(seed, size)
    one_by_one = binning._find_binning_thresholds(values, most, weight)
    with thresholds_at_once():
        assert np.array_equal(binning._find_binning_thresholds(values, most, weight), one_by_one)
        assert np.array_equal(
            binning._find_binning_thresholds(values, most),
            binning._find_binning_thresholds(values, most, None),
        )


def test_nothing_is_asked_one_by_one_and_the_model_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, looks = binning._weighted_percentile, []
    monkeypatch.setattr(
        binning, "_weighted_percentile", lambda *given, **named: looks.append(1) or asked(*given, **named)
    )
    x = np.random.default_rng(1).lognormal(size=(2000, 3))
    y, weight = (x[:, 0] > 1).astype(int), column(9, 2000)[1]

    def fitted() -> HistGradientBoostingClassifier:
        looks.clear()
        return HistGradientBoostingClassifier(max_iter=5).fit(x, y, sample_weight=weight)

    kept = fitted()
    assert len(looks) > 100
    with thresholds_at_once():
        made = fitted()
    assert not looks
    assert np.array_equal(made.decision_function(x), kept.decision_function(x))


def test_all_is_as_before_when_it_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = binning._weighted_percentile
    with pytest.raises(KeyError), thresholds_at_once():
        assert binning._weighted_percentile is not asked
        raise KeyError
    assert binning._weighted_percentile is asked
    monkeypatch.delattr(binning, "_weighted_percentile")
    with thresholds_at_once():
        assert not hasattr(binning, "_weighted_percentile")
