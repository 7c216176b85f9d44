"""Links that one file tells again, found while the records stream by."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from detector.links.repeats import Repeats

_NEAR = st.integers(0, 20)
#: Hashes that share a byte of the filter with others, and some at the ends of the range.
HASHES = st.none() | _NEAR | _NEAR.map(lambda n: n << 36) | _NEAR.map(lambda n: (1 << 64) - 1 - n)


@given(st.lists(st.lists(HASHES, max_size=30), max_size=8))
def test_the_first_record_of_each_link_stands_whatever_the_batches(batches: list[list[int | None]]) -> None:
    repeats, told, dropped = Repeats(), set[int](), 0
    for batch in batches:
        expected = []
        for link in batch:
            expected.append(link is None or link not in told)
            told |= set() if link is None else {link}
        dropped += expected.count(False)
        assert repeats.first(pl.Series(batch, dtype=pl.UInt64)).to_list() == expected
    assert repeats.dropped == dropped
