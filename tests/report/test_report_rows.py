"""The table as data: what can stand inside a script element, which rows are kept, how large they may be."""

from __future__ import annotations

import json

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_fixtures import domains_frame, many_domains, one_domain

from detector.report.rows import (
    DOMAIN_COLUMNS,
    LONGEST_TEXT,
    MOST_ANCHORS,
    MOST_REASONS,
    cut,
    most_harmful,
    script_json,
    table_data,
    unicode_name,
)

HOSTILE = st.text() | st.sampled_from(
    ["</script>", "<!--<script>", "\u2028", "\u2029", "&lt;", "\x00", '"', "\\", "\u202e", "]]>", "\r\n"]
)


@given(
    st.recursive(
        HOSTILE | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(HOSTILE, inner)
    )
)
def test_json_in_a_script_cannot_end_it_and_loses_nothing(value: object) -> None:
    text = script_json(value)
    assert not set(text) & set("<>&\u2028\u2029\x00\r\n")
    assert json.loads(text) == value


def test_numbers_that_json_does_not_know_are_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        script_json([float("nan")])


def test_most_urgent_verdict_first_then_probability_then_followed_links() -> None:
    rows = [
        one_domain(referring_domain="keep.example", verdict="keep", probability=0.99),
        one_domain(referring_domain="new-word.example", verdict="later", probability=1.0),
        one_domain(referring_domain="ignore.example", verdict="ignore", probability=0.99),
        one_domain(referring_domain="review.example", verdict="review", probability=0.99),
        one_domain(referring_domain="b.example", verdict="disavow", probability=0.9, followed_links=5),
        one_domain(referring_domain="c.example", verdict="disavow", probability=0.9, followed_links=None),
        one_domain(referring_domain="d.example", verdict="disavow", probability=0.9, followed_links=5),
        one_domain(referring_domain="a.example", verdict="disavow", probability=0.8),
        one_domain(referring_domain="nan.example", verdict="disavow", probability=float("nan")),
    ]
    table = most_harmful(domains_frame(rows).sample(fraction=1, shuffle=True, seed=3), 100)
    assert table["referring_domain"].to_list() == [
        *("b.example", "d.example", "c.example", "a.example", "nan.example"),
        *("review.example", "ignore.example", "keep.example", "new-word.example"),
    ]


def test_limit_keeps_the_most_harmful() -> None:
    domains = many_domains(500)
    everything = most_harmful(domains, 500)
    assert most_harmful(domains, 20).equals(everything.head(20))
    assert set(most_harmful(domains, 20)["verdict"]) == {"disavow"}


def test_a_table_without_the_optional_columns_is_shown_with_gaps() -> None:
    needed = [name for name, (_, optional) in DOMAIN_COLUMNS.items() if not optional]
    table = most_harmful(many_domains(3).select(needed), 10)
    assert table.columns == list(DOMAIN_COLUMNS)
    cells = dict(zip(table_data(table)["columns"], table_data(table)["rows"][0], strict=True))
    assert (cells["anchors"], cells["kind"], cells["url"]) == ([], None, None)


def test_a_table_without_a_needed_column_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="lacks verdict, links"):
        most_harmful(many_domains(3).drop("verdict", "links"), 10)


def test_cells_can_be_read_back() -> None:
    row = one_domain(reasons=["One.", "Two."], tools=["gsc"], rule="domain:copper-pantry.example")
    data = table_data(most_harmful(domains_frame([row, one_domain(reasons=["Two."])]), 10))
    cells = [dict(zip(data["columns"], cells, strict=True)) for cells in data["rows"]]
    texts = data["texts"]
    assert sorted([[texts[n] for n in c["reasons"]] for c in cells]) == [["One.", "Two."], ["Two."]]
    assert len(texts) == len(set(texts))
    assert {c["rule"] for c in cells} == {"domain:copper-pantry.example", None}
    assert all(texts[c["verdict"]] == "review" and c["probability"] == 0.5 for c in cells)


def test_what_one_hostile_row_can_weigh_is_bounded() -> None:
    flood = "<" * 100_000
    row = one_domain(
        referring_domain=flood,
        kind=flood,
        reasons=[flood + str(n) for n in range(50)],
        anchors=[flood + str(n) for n in range(50)],
        tools=[flood + str(n) for n in range(50)],
        rule=flood,
        guard=flood,
        no_line_needed=flood,
        example_url=flood,
    )
    weight = len(script_json(table_data(most_harmful(domains_frame([row]), 1))))
    characters = (
        LONGEST_TEXT * 6 + MOST_ANCHORS[0] * MOST_ANCHORS[1] + MOST_REASONS[0] * MOST_REASONS[1] + 20 * 40
    )
    assert weight < characters * len("\\u003c") + 1_000


@given(st.text(max_size=50), st.integers(1, 40))
def test_a_text_is_cut_only_where_it_is_too_long(text: str, most: int) -> None:
    short = cut(text, most)
    assert len(short) <= most
    assert short == text if len(text) <= most else short == text[: most - 1] + "…"


@pytest.mark.parametrize(
    ("domain", "shown"),
    [
        ("xn--bcher-kva.example", "bücher.example"),
        ("xn--bcher-kva.example/view/x", "bücher.example/view/x"),
        ("plain.example", None),
        ("xn--.example", None),
        ("xn--a.example", None),
    ],
)
def test_names_in_their_own_script(domain: str, shown: str | None) -> None:
    assert unicode_name(domain) == shown


def test_an_empty_table_is_a_table() -> None:
    assert table_data(most_harmful(domains_frame([]), 10))["rows"] == []
    assert isinstance(most_harmful(domains_frame([]), 10), pl.DataFrame)
