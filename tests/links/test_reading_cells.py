"""Numbers, truth values and kinds of links, cell by cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.links import cells


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("1,240", "1240"), ("1.240", "1240"), ("1 240", "1240"), ("1\u202f240", "1240"), ("1'240", "1240"),
        ("1,234,567", "1234567"), ("1.234.567", "1234567"), ("1,24,000", "124000"), ("1.234,5", "1234.5"),
        ("12,5", "12.5"), ("41.0", "41.0"), ("4.50", "4.50"), ("007", "007"), ("45%", "45"), ("0", "0"), (" 5 ", "5"),
    ],
)  # fmt: skip
def test_number(cell: str, plain: str) -> None:
    assert cells.number(cell, whole=True) == plain


def test_scores_keep_three_decimals() -> None:
    assert cells.number("1.240") == "1.240"
    assert cells.number("0.123", whole=True) == "0.123"


@pytest.mark.parametrize("cell", ["", "null", "--", "---", "n/a", "N/A", "-1", "-", "nan"])
def test_empty_number(cell: str) -> None:
    assert cells.number(cell) is None


def test_zero() -> None:
    assert [cells.number(zero, zero_is_empty=True) for zero in ("0", "0.0", "200")] == [None, None, "200"]


@pytest.mark.parametrize("cell", ["many", "12 x", "1,2,3", "0x10", "1/2"])
def test_what_is_no_number_is_said(cell: str) -> None:
    with pytest.raises(cells.CellError):
        cells.number(cell)


@given(st.integers(0, 10**12), st.sampled_from([",", " ", "\u00a0", "'", "."]))
def test_thousands_separators_are_taken_away(number: int, mark: str) -> None:
    assert cells.number(f"{number:,}".replace(",", mark), whole=True) == str(number)


@pytest.mark.parametrize(
    ("cell", "first"),
    [
        ("1,150 (High)", "1150"),
        ("High 45 %", "45"),
        ("3.5 of 10", "3.5"),
        ("12,5 points", "12.5"),
        ("n/a", None),
    ],
)
def test_first_number(cell: str, first: str | None) -> None:
    assert cells.first_number(cell) == first


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("true", True),
        ("TRUE", True),
        (" Yes ", True),
        ("1", True),
        ("WAHR", True),
        ("no", False),
        ("0", False),
        ("", None),
        ("n/a", None),
    ],
)
def test_boolean(cell: str, value: bool | None) -> None:
    assert cells.boolean(cell) is value
    assert cells.boolean(cell, inverted=True) is (None if value is None else not value)


@pytest.mark.parametrize("inverted", [True, False])
def test_words_that_name_the_state_itself(inverted: bool) -> None:
    assert cells.boolean("nofollow", "rel_nofollow", inverted=inverted) is True
    assert cells.boolean("Dofollow", "rel_nofollow", inverted=inverted) is False
    assert cells.boolean("Live", "lost", inverted=inverted) is False


def test_no_truth_value_is_said() -> None:
    with pytest.raises(cells.CellError):
        cells.boolean("perhaps")


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("a", "text"),
        ("Anchor", "text"),
        ("IMG", "image"),
        ("iframe", "frame"),
        ("meta", "redirect"),
        ("RSS", "rss"),
        ("", None),
    ],
)
def test_link_kind(cell: str, kind: str | None) -> None:
    assert cells.link_kind(cell) == kind


def test_other_small_rules() -> None:
    assert cells.country("DE") == "de"
    assert cells.country("NA") == "na"
    assert cells.country("UK") == "gb"
    assert cells.values(" he,  en") == "he|en"
    assert cells.values("https://a.example/x,y") == "https://a.example/x,y"
    assert cells.reversed_host("com.example.www") == "www.example.com"
