"""The order in which a person is asked: unsure ones first, not the same make twice, and always every domain once."""

from __future__ import annotations

import time

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.classifier.teaching import order, unsure


def domains(**columns: list[object]) -> pl.DataFrame:
    number = len(next(iter(columns.values())))
    return pl.DataFrame({"referring_domain": [f"d{n:03}.example" for n in range(number)], **columns})


def test_what_is_unsure_comes_first() -> None:
    p = np.array([0.99, 0.5, 0.01, 0.7, np.nan, 0.3])
    asked = order(domains(suffix=[None] * 6), p)
    assert asked.dtype == np.int64
    assert asked[0] == 1
    assert set(asked[1:3]) == {3, 5}
    assert asked[-1] == 4, "what has no probability teaches nothing"


def test_one_of_each_group_is_asked_before_a_second_of_any() -> None:
    p = np.array([0.5, 0.5, 0.5, 0.45, 0.4, 0.4])
    asked = order(domains(cluster=[1, 1, 1, 2, None, None]), p)
    assert asked[:4].tolist() == [0, 3, 4, 5], "two without a group are no group"
    assert asked[4:].tolist() == [1, 2]


def test_kinds_and_suffixes_discount_less_than_a_group() -> None:
    p = np.array([0.5, 0.5, 0.5])
    both = domains(cluster=[1, 1, 2], suffix=["top", "xyz", "top"], kind=["farm"] * 3)
    assert order(both, p).tolist() == [0, 2, 1]


def test_for_one_grouping_it_is_the_greedy_choice() -> None:
    random = np.random.default_rng(3)
    p, cluster = random.random(60), random.integers(0, 6, 60)
    left, chosen, asked = set(range(60)), dict.fromkeys(range(6), 0), []
    while left:
        best = max(left, key=lambda i: (unsure(p)[i] / (1 + chosen[int(cluster[i])]), -i))
        left.remove(best)
        chosen[int(cluster[best])] += 1
        asked.append(best)
    assert order(domains(cluster=cluster.tolist()), p).tolist() == asked


@given(
    st.lists(st.tuples(st.floats(0, 1) | st.just(float("nan")), st.none() | st.integers(0, 3)), max_size=60)
)
def test_every_domain_is_asked_once_and_always_in_the_same_order(
    rows: list[tuple[float, int | None]],
) -> None:
    p = np.array([row[0] for row in rows])
    frame = pl.DataFrame({"cluster": pl.Series([row[1] for row in rows], dtype=pl.UInt32)})
    asked = order(frame, p)
    assert sorted(asked.tolist()) == list(range(len(rows)))
    assert asked.tolist() == order(frame, p).tolist()


def test_the_order_of_the_rows_does_not_matter() -> None:
    p = np.array([0.5, 0.5, 0.2, 0.8])
    frame = domains(cluster=[1, 1, None, None])
    turned = order(frame.reverse(), p[::-1])
    names = frame["referring_domain"].to_list()
    assert [names[::-1][i] for i in turned] == [names[i] for i in order(frame, p)]


def test_unsure_is_the_entropy() -> None:
    assert unsure(np.array([0.5, 0.25, 0.0, 1.0])) == pytest.approx([1.0, 0.811278, 0.0, 0.0], abs=1e-6)


def test_three_hundred_thousand_domains_are_ordered_within_seconds() -> None:
    number, random = 300_000, np.random.default_rng(0)
    frame = pl.DataFrame(
        {"cluster": random.integers(0, 3_000, number), "kind": random.integers(0, 12, number), "suffix": random.integers(0, 300, number)}
    )  # fmt: skip
    start = time.perf_counter()
    order(frame, random.random(number))
    assert time.perf_counter() - start < 5
