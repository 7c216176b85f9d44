"""What the charts show: the right counts, the wave marked, words for who cannot see them, and no markup from data."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from report_fixtures import domains_frame, one_domain

from detector.report.charts import charts, weeks_chart
from detector.report.figures import ANCHOR_KINDS, MOST_WEEKS, PARTS, RATINGS, Weeks, figures
from detector.report.svg import element, rectangles, steps

SVG = "{http://www.w3.org/2000/svg}"
MONDAY = date(2026, 8, 10)


def profile(rows: list[dict[str, Any]]) -> tuple[pl.DataFrame, pl.DataFrame, pl.LazyFrame]:
    """Domains, their signals (every anchor other words, rating 5) and one link each a day from the first seen day."""
    table = domains_frame([one_domain(**row) for row in rows])
    shares = dict.fromkeys(ANCHOR_KINDS, 0.0) | {"anchor_money_share": 1.0}
    signals = table.select(
        "referring_domain", *(pl.lit(value).alias(name) for name, value in shares.items()), authority_ahrefs_dr=pl.lit(5.0)
    )  # fmt: skip
    links = pl.LazyFrame(
        {
            "record_type": ["link"] * table.height + ["domain"],
            "referring_domain": [*table["referring_domain"], table["referring_domain"][0]],
            "first_seen": [*table["first_seen"], MONDAY],
        }
    )
    return table, signals, links


def wave(number: int, **changes: object) -> list[dict[str, Any]]:
    """So many domains of one group, two a day from a Monday on."""
    return [
        {
            "referring_domain": f"wave-{n}.example",
            "verdict": "disavow",
            "cluster": 7,
            "first_seen": MONDAY + timedelta(days=n // 2),
            **changes,
        }
        for n in range(number)
    ]


def test_links_are_counted_by_week_and_part() -> None:
    rows = [*wave(20), {"verdict": "keep", "first_seen": MONDAY}, {"referring_domain": "b.example", "verdict": "review", "first_seen": None}]  # fmt: skip
    weeks = figures(*profile(rows)).weeks
    assert weeks is not None
    assert (weeks.first, weeks.parts) == (MONDAY, {"disavow": [14, 6], "review": [0, 0], "rest": [1, 0]})
    assert (weeks.earlier, weeks.later, weeks.undated) == (0, 0, 1)


def test_a_wave_is_marked_with_its_weeks_and_a_slow_or_kept_group_is_not() -> None:
    slow = wave(20) + wave(1, referring_domain="late.example", first_seen=MONDAY + timedelta(days=400))
    [marked] = figures(*profile(slow)).weeks.waves  # type: ignore[union-attr]
    assert (marked.clusters, marked.domains, marked.first) == ((7,), 21, MONDAY)
    assert marked.last == MONDAY + timedelta(weeks=1), "one straggler does not widen it"
    spread = [row | {"first_seen": MONDAY + timedelta(days=20 * n)} for n, row in enumerate(wave(20))]
    for rows in (spread, wave(20, verdict="keep"), wave(9)):
        assert figures(*profile(rows)).weeks.waves == []  # type: ignore[union-attr]


def test_groups_that_came_together_are_one_wave() -> None:
    other = [row | {"referring_domain": f"b{n}.example", "cluster": 9} for n, row in enumerate(wave(12))]
    [both] = figures(*profile(wave(20) + other)).weeks.waves  # type: ignore[union-attr]
    assert (both.clusters, both.domains) == ((7, 9), 32)
    chart = weeks_chart(figures(*profile(wave(20) + other)).weeks)  # type: ignore[arg-type]
    assert "Groups 7 and 9: 32 domains appeared between 10 August 2026 and 23 August 2026." in chart.told


def test_a_long_history_is_cut_and_says_so_and_keeps_an_old_wave_in_view() -> None:
    old = {"referring_domain": "old.example", "verdict": "keep", "first_seen": date(2005, 1, 3)}
    new = {"referring_domain": "new.example", "verdict": "keep", "first_seen": date(2031, 1, 6)}
    weeks = figures(*profile([old, new])).weeks
    assert weeks is not None
    assert len(weeks.parts["rest"]) == MOST_WEEKS
    assert (weeks.earlier, weeks.later) == (1, 0)
    weeks = figures(*profile([old, new, *wave(20)])).weeks
    assert weeks is not None
    assert (len(weeks.waves), weeks.earlier, weeks.later) == (1, 1, 1)
    assert "1 first seen earlier, 1 first seen later" in weeks_chart(weeks).told


def test_without_dates_anchors_or_ratings_there_is_no_chart() -> None:
    table, signals, links = profile([{"first_seen": None}])
    blind = signals.select("referring_domain", *(pl.lit(None, pl.Float64).alias(n) for n in (*ANCHOR_KINDS, *RATINGS)))  # fmt: skip
    assert charts(figures(table, blind, links)) == []
    assert charts(figures(table, signals.select("referring_domain"), links)) == []


def test_anchors_are_weighed_by_links_and_told_apart() -> None:
    table, signals, links = profile([{"referring_domain": "a.example", "verdict": "disavow", "links": 3},
                                     {"referring_domain": "b.example", "verdict": "disavow", "links": 1},
                                     {"referring_domain": "c.example", "verdict": "keep", "links": 5}])  # fmt: skip
    signals = signals.with_columns(
        anchor_brand_share=pl.Series([0.0, 1.0, 1.0]), anchor_money_share=pl.Series([1.0, 0.0, 0.0])
    )
    anchors = figures(table, signals, links).anchors
    assert anchors is not None
    names = list(ANCHOR_KINDS)
    assert anchors.proposed[names.index("anchor_money_share")] == 0.75  # type: ignore[index]
    assert anchors.proposed[names.index("anchor_brand_share")] == 0.25  # type: ignore[index]
    assert anchors.others[names.index("anchor_brand_share")] == 1.0  # type: ignore[index]


def test_that_kinds_of_anchors_overlap_is_said() -> None:
    table, signals, links = profile([{"referring_domain": "a.example", "verdict": "disavow", "links": 3}])
    both = signals.with_columns(anchor_brand_share=pl.lit(1.0), anchor_url_share=pl.lit(1.0))
    told = [
        chart.told for chart in charts(figures(table, both, links)) if chart.title == "What the links say"
    ]
    assert ["A link can be of several kinds" in words for words in told] == [True]


def test_authority_is_by_the_tool_that_rates_most_and_its_ends_are_counted() -> None:
    table, signals, links = profile(
        [{"referring_domain": f"{n}.example", "verdict": "keep"} for n in range(4)]
    )
    signals = signals.with_columns(
        authority_ahrefs_dr=pl.Series([0.0, None, None, None]),
        authority_moz_da=pl.Series([0.0, 9.9, 100.0, None]),
    )
    authority = figures(table, signals, links).authority
    assert authority is not None
    assert (authority.metric, authority.unrated) == ("Moz Domain Authority", 1)
    assert authority.parts["rest"] == [2, 0, 0, 0, 0, 0, 0, 0, 0, 1]


def test_every_picture_is_well_formed_named_and_matched_by_its_table() -> None:
    drawn = charts(figures(*profile(wave(40))))
    assert [chart.name for chart in drawn] == ["weeks", "anchors", "authority"]
    ids = []
    for chart in drawn:
        for _, picture in chart.drawn:
            root = ET.fromstring(str(picture).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))
            assert root.get("role") == "img"
            title, told = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
            assert title is not None
            assert told is not None
            assert (title.text, told.text) == (chart.title, chart.told)
            assert root.get("aria-labelledby") == f"{title.get('id')} {told.get('id')}"
            ids += [title.get("id"), told.get("id")]
        assert chart.rows
        assert all(len(row) == len(chart.head) for row in chart.rows)
    assert len(set(ids)) == len(ids)
    assert sum(int(row[1]) for row in drawn[0].rows) == 40


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=MOST_WEEKS), st.integers(0, 3))
def test_bars_stay_in_the_picture_whatever_the_counts(counts: list[int], other: int) -> None:
    parts = {name: counts if name == "disavow" else [other] * len(counts) for name in PARTS}
    chart = weeks_chart(Weeks(MONDAY, parts, [], 0, 0, 0))
    for (_, picture), height in zip(chart.drawn, (300, 280), strict=True):
        for path in str(picture).split('<path d="')[1:]:
            for box in path.partition('"')[0].split("M")[1:]:
                x, rest = box.split(" ", 1)
                assert float(x) >= 39.9
                assert 11.9 <= float(rest.split("h")[0]) <= height


@given(st.integers(0, 10**9))
def test_steps_are_round_rise_evenly_and_reach_the_most(most: int) -> None:
    ticks = steps(most)
    assert ticks[0] == 0
    assert ticks[-1] >= most
    assert len({b - a for a, b in pairwise(ticks)}) == 1
    assert 2 <= len(ticks) <= 7


def test_words_and_attributes_are_escaped() -> None:
    drawn = element("text", "</text><script>", x='"><script>')
    assert "<script>" not in drawn
    assert ET.fromstring(str(drawn)).text == "</text><script>"
    assert rectangles([(0, 0, 3, 0)], "rest") == ""
