"""How anchors and titles are written."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.signals.form import FORM, text_form


def form(text: str, column: str = "source_title") -> dict[str, float | None]:
    return text_form(pl.DataFrame({"text": [text]}), column).drop("text").row(0, named=True)


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("How We Brew Tea", "capitals", 4 / 12),
        ("How we Brew tea", "capitalised", 0.5),
        ("чай Ассам", "capitalised", 0.5),
        ("slot 777", "digits", 3 / 8),
        ("Tea, and more!", "marks", 2 / 14),
        ("Tea | Kettle", "bar", 1.0),
        ("Tea - Kettle", "bar", 0.0),
        ("Tea - Kettle", "dash", 1.0),
        ("Tea: all of it", "dash", 0.0),
        ("well-made tea", "dash", 0.0),
        ("brew teas", "word_length", 4.0),
    ],
)
def test_form(text: str, name: str, value: float) -> None:
    assert form(text)[name] == pytest.approx(value)


@pytest.mark.parametrize("text", ["", "TV", "東京のお茶", "ชาเขียว 100%"])
def test_what_has_no_capitals_is_not_said_to_lack_them(text: str) -> None:
    told = form(text)
    assert (told["capitals"], told["capitalised"], told["word_length"]) == (None, None, None)
    assert told["digits"] == pytest.approx(3 / 12 if "100" in text else 0.0)


def test_a_tool_that_writes_all_in_lower_case_says_nothing_of_capitals() -> None:
    small = ["how we brew tea", "best slots 777", "tea"]
    lowered = text_form(pl.DataFrame({"text": small}), "anchor")
    assert lowered["capitals"].null_count() == lowered["capitalised"].null_count() == 3
    assert lowered.sort("text")["digits"].to_list() == pytest.approx([3 / 14, 0, 0])
    mixed = text_form(pl.DataFrame({"text": [*small, "Kettle and Thyme"]}), "anchor").sort("text")
    assert mixed["capitals"].to_list() == [pytest.approx(2 / 14), 0.0, 0.0, None]


@pytest.mark.parametrize("column", FORM)
@given(text=st.text(max_size=60))
def test_shares_are_shares(column: str, text: str) -> None:
    told = form(text, column)
    assert set(told) == set(FORM[column])
    for name, value in told.items():
        assert value is None or (value >= 0 and (name == "word_length" or value <= 1)), (name, value)


def test_only_the_beginning_of_a_text_without_end_is_read() -> None:
    assert form("a" * 1_000_000 + "|")["bar"] == 0.0
