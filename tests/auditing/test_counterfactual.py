"""What would flip a verdict: it does when it is done, nothing smaller does, and it is said in plain words."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector.auditing.counterfactual import SCALES, TOWARDS, Change, flips, scale_of, size_of
from detector.auditing.judging import Judge
from detector.classifier.explain import shown_value
from detector.classifier.model import TIERS
from detector.classifier.store import load
from detector.signals.registry import all_signals
from detector.verdict import DISAVOW, IGNORE, KEEP, REVIEW, Thresholds

CUT = Thresholds(dict.fromkeys(TIERS, 0.9), review=0.5)
EVIDENCE = {
    "links": pl.Int64,
    "followed_links": pl.Int64,
    "live_links": pl.Int64,
    "topic": pl.String,
    "cluster": pl.UInt32,
    "suffix": pl.String,
    "referring_domain": pl.String,
}


class Sum:
    """A model that is a plain sum of five signals, and of one product of two of them."""

    def __init__(self, *weights: float, product: float = 0.0) -> None:
        self.signals = (
            "anchor_trade_share page_digit_share name_trade_word page_external_links page_depth".split()
        )
        self.weights, self.product, self.intercept = np.array(weights), product, -3.0

    def contributions(self, rows: pl.DataFrame) -> np.ndarray[Any, Any]:
        values = rows.select(pl.col(n).cast(pl.Float64).fill_null(0.0) for n in self.signals).to_numpy()
        parts = values * self.weights
        parts[:, 0] += self.product * values[:, 0] * values[:, 1]  # two signals that count only together
        return parts

    def log_odds(self, parts: np.ndarray[Any, Any], tiers: pl.Series) -> np.ndarray[Any, Any]:
        return np.asarray(self.intercept + parts.sum(axis=1))

    def probabilities(self, log_odds: np.ndarray[Any, Any], tiers: pl.Series) -> np.ndarray[Any, Any]:
        return np.asarray(1 / (1 + np.exp(-log_odds)))


def row(**values: Any) -> pl.DataFrame:
    usual = {
        "links": 2,
        "followed_links": 2,
        "live_links": 2,
        "topic": None,
        "cluster": None,
        "suffix": "example",
        "referring_domain": "blog.example",
        "title_length": 10.0,
    }
    kinds = dict.fromkeys(all_signals(), pl.Float64) | EVIDENCE
    return pl.DataFrame([{**dict.fromkeys(all_signals()), **usual, **values}], schema=kinds)


def judge(*weights: float, product: float = 0.0, manual_action: bool = False) -> Judge:
    return Judge(Sum(*weights, product=product), CUT, manual_action)  # type: ignore[arg-type]


def applied(one: pl.DataFrame, changes: tuple[Change, ...]) -> pl.DataFrame:
    return one.with_columns(pl.lit(change.new).alias(change.signal) for change in changes)


def verdict(judging: Judge, one: pl.DataFrame) -> str:
    return str(judging(one)["verdict"][0])


def test_the_smallest_change_of_one_signal_is_said_with_its_range() -> None:
    one, judging = row(anchor_trade_share=0.95, page_digit_share=0.5), judge(6, 1, 0, 0, 0)
    assert verdict(judging, one) == DISAVOW  # log odds 3.2
    to_review, to_keep = flips(one, judging)
    assert (to_review.verdict, to_keep.verdict) == (REVIEW, KEEP)
    # review: below ln 9 = 2.197: 6 x < 4.697, so x <= 78 %; keep: below 0: 6 x < 2.5, x <= 41 %
    assert [change.sentence for change in to_review.changes] == [
        "between 42% and 78% of its anchors hold words of a spam trade (now 95%)"
    ]
    assert [change.sentence for change in to_keep.changes] == [
        "at most 41% of its anchors hold words of a spam trade (now 95%)"
    ]
    assert to_review.size == pytest.approx(0.17)


def test_where_one_is_not_enough_two_are_tried() -> None:
    one, judging = row(anchor_trade_share=1.0, page_digit_share=1.0), judge(3, 3, 0, 0, 0)
    assert verdict(judging, one) == DISAVOW
    by = {flip.verdict: flip for flip in flips(one, judging)}
    assert len(by[REVIEW].changes) == 1
    assert verdict(judging, applied(one, by[REVIEW].changes)) == REVIEW
    judging = judge(4, 4, 0, 0, 0)  # 5; either alone leaves 1: no keep
    by = {flip.verdict: flip for flip in flips(one, judging)}
    assert {change.signal for change in by[KEEP].changes} == {"anchor_trade_share", "page_digit_share"}
    assert verdict(judging, applied(one, by[KEEP].changes)) == KEEP


def test_signals_that_count_only_together_are_judged_together() -> None:
    one, judging = row(anchor_trade_share=0.0, page_digit_share=0.0), judge(0, 0, 0, 0, 0, product=9.0)
    assert verdict(judging, one) == KEEP
    by = {flip.verdict: flip for flip in flips(one, judging)}
    assert len(by[DISAVOW].changes) == 2
    assert verdict(judging, applied(one, by[DISAVOW].changes)) == DISAVOW


def test_what_nothing_changes_is_not_made_up() -> None:
    judging = judge(0, 0, 0, 0, 0)
    one = row(page_depth=1.0)
    judging.model.intercept = 9.0
    assert verdict(judging, one) == DISAVOW
    assert flips(one, judging) == []


def test_a_missing_signal_stays_missing() -> None:
    one, judging = row(page_digit_share=1.0), judge(20, 0.1, 0, 0, 0)
    assert all(
        change.signal != "anchor_trade_share" for flip in flips(one, judging) for change in flip.changes
    )


def test_a_rule_of_the_verdict_flips_without_the_probability() -> None:
    """Anchors that advertise links are never ordinary, whatever the model says."""
    one, judging = row(anchor_contact_share=0.0), judge(0, 0, 0, 0, 0)
    [flip] = flips(one, judging)
    assert flip.verdict == REVIEW
    assert flip.changes[0].sentence == "at least 30% of its anchors hold a contact handle (now 0%)"


def test_what_needs_no_line_can_only_come_to_be_ignored() -> None:
    """None of its links is followed: that it looks like a seller's would not bring it before a person."""
    one, judging = row(anchor_contact_share=0.0, followed_links=0), judge(0, 0, 0, 0, 0)
    assert verdict(judging, one) == KEEP
    [flip] = flips(one, judging)
    assert (flip.verdict, flip.changes[0].new) == (IGNORE, 0.3)


def test_noise_is_ignored_and_what_would_make_it_no_noise_is_told() -> None:
    judging = judge(0, 0, 0, 0, 0)
    judging.model.intercept = 9.0
    one = row(title_names_site_share=0.8)
    assert verdict(judging, one) == IGNORE
    by = {flip.verdict: flip for flip in flips(one, judging)}
    assert (
        by[DISAVOW].changes[0].sentence
        == "at most 49% of its page titles name the site by its address (now 80%)"
    )


def test_a_name_is_told_only_where_nothing_else_flips() -> None:
    one = row(name_trade_word=1.0, page_external_links=math.log1p(1000))
    both = flips(one, judge(0, 0, 6, 0.1, 0))[0]
    assert both.changes[0].signal == "name_trade_word"
    assert both.changes[0].sentence == "it is not so that its name holds words of a spam trade"
    other = flips(one, judge(0, 0, 1, 0.8, 0))[0]
    assert other.changes[0].signal == "page_external_links"
    assert "(now 1,000)" in other.changes[0].sentence


def test_a_run_of_values_is_said_with_one_unit() -> None:
    one = row(anchor_length=10.0)
    judging = judge(0, 0, 0, 0, 0)
    judging.model.signals = [
        "anchor_trade_share",
        "page_digit_share",
        "name_trade_word",
        "page_external_links",
        "anchor_length",
    ]
    judging.model.weights = np.array([0, 0, 0, 0, 0.1])
    by = {flip.verdict: flip.changes[0].sentence for flip in flips(one, judging)}
    assert by[REVIEW] == "its anchors are between 30 and 51 characters long (now 10 characters)"
    assert by[DISAVOW] == "its anchors are at least 52 characters long (now 10 characters)"


@pytest.mark.parametrize("unit", sorted(SCALES))
def test_the_values_that_are_tried_are_what_a_person_reads(unit: str) -> None:
    """What is said is what was tried: no two values read alike, and they are in order."""
    scale = SCALES[unit]
    assert (np.diff(scale) > 0).all()
    signal = next((s for s in all_signals().values() if s.unit == unit), None)
    if signal is not None:
        shown = pl.DataFrame({"value": scale}).select(shown_value(signal)).to_series()
        assert shown.n_unique() == len(scale)


def test_the_size_of_a_change_is_a_share_of_the_scale() -> None:
    share, count = all_signals()["anchor_trade_share"], all_signals()["page_external_links"]
    assert size_of(share, 0.85, np.array([0.2])).tolist() == pytest.approx([0.65])
    assert size_of(share, 0.123, np.array([0.123])).tolist() == [0.0]
    whole = scale_of(count)
    assert size_of(count, whole[0], whole[[-1]]).tolist() == [1.0]


# The shipped model, on rows made up at random.


def random_row(random: np.random.Generator, missing: float) -> pl.DataFrame:
    values: dict[str, Any] = {}
    for name, signal in all_signals().items():
        if random.random() >= missing:
            scale = scale_of(signal)
            values[name] = float(scale[int(random.integers(len(scale)))])
    return row(**values)


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.sampled_from([0.1, 0.5, 0.9]), st.booleans())
def test_a_flip_flips_and_nothing_smaller_on_its_signal_does(seed: int, missing: float, manual: bool) -> None:
    one = random_row(np.random.default_rng(seed), missing)
    judging = Judge(MODEL, CUT, manual)
    now = verdict(judging, one)
    for flip in flips(one, judging):
        assert flip.verdict in TOWARDS[now]
        assert 1 <= len(flip.changes) <= 2
        assert verdict(judging, applied(one, flip.changes)) == flip.verdict
        if len(flip.changes) == 1:
            [change] = flip.changes
            signal = all_signals()[change.signal]
            scale = scale_of(signal)
            sizes = size_of(signal, change.value, scale)
            nearer = scale[(sizes < flip.size - 1e-12) & (np.abs(scale - change.value) > 1e-9)]
            tried = one.join(pl.DataFrame({"tried": nearer}), how="cross")
            said = judging(tried.with_columns(pl.col("tried").alias(change.signal)).drop("tried"))
            assert flip.verdict not in said["verdict"].to_list()


MODEL = load().model
