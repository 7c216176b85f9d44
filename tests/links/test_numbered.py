"""Answers that are worked out once for each text."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from detector.links.numbered import Numbered

COLUMNS = st.lists(st.lists(st.none() | st.text(max_size=3), max_size=20), max_size=8)


def lengths(texts: pl.Series) -> pl.DataFrame:
    return pl.DataFrame({"length": texts.str.len_chars().cast(pl.Int64)})


@given(COLUMNS, st.integers(0, 5))
def test_every_text_gets_its_own_answer_whatever_came_before(
    columns: list[list[str | None]], most: int
) -> None:
    numbered = Numbered(lengths, most)
    for column in columns:
        told = numbered.look_up(pl.Series(column, dtype=pl.String))
        assert told["length"].to_list() == [None if text is None else len(text) for text in column]


def test_no_text_is_worked_out_twice() -> None:
    asked: list[str] = []

    def note(texts: pl.Series) -> pl.DataFrame:
        asked.extend(texts.to_list())
        return lengths(texts)

    numbered = Numbered(note, most=100)
    for column in (["a", "b", "a"], ["b", "cc"], ["a", None, "cc"]):
        numbered.look_up(pl.Series(column, dtype=pl.String))
    assert sorted(asked) == ["a", "b", "cc"]
    assert len(numbered) == 3
