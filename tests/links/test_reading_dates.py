"""Dates: every spelling seen, and the order of day and month decided for a whole column."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_helpers import Folder

from detector.links import dates, records
from detector.links.cells import CellError
from detector.links.dates import Readings


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-01-02", "2026-01-02"),
        ("2026-01-02 23:59:59", "2026-01-02"),
        ("2026-01-02T03:04:05.123Z", "2026-01-02"),
        ("2019-11-15 12:57:46 +00:00", "2019-11-15"),
        ("2026-01-02T23:30:00-05:00", "2026-01-03"),
        ("2026-01-02 00:30:00+0200", "2026-01-01"),
        ("20260115", "2026-01-15"),
        ("2026/9/5", "2026-09-05"),
        ("2026年9月15日", "2026-09-15"),
        ("1700000000", "2023-11-14"),
        ("1700000000000", "2023-11-14"),
        ("45678", "2025-01-21"),
        ("Sep 15, 2026", "2026-09-15"),
        ("11 Jul 2026", "2026-07-11"),
        ("15. Okt. 2026", "2026-10-15"),
        ("15 de septiembre de 2026", "2026-09-15"),
        ("Mon, 02 Jan 2006 15:04:05 GMT", "2006-01-02"),
    ],
)
def test_sure_dates(cell: str, day: str) -> None:
    assert dates.read(f" {cell} ") == date.fromisoformat(day)


@pytest.mark.parametrize("cell", ["", "--", "null", "0000-00-00", "n/a", "0"])
def test_no_date(cell: str) -> None:
    assert dates.read(cell) is None


@pytest.mark.parametrize(
    "cell", ["2026-13-01", "false", "32/01/2026", "13/13/2026", "12", "yesterday", "2026-02-30"]
)
def test_what_is_no_date_is_said(cell: str) -> None:
    with pytest.raises(CellError):
        dates.read(cell)


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.sampled_from("/.-"))
def test_both_orders_are_read(day: date, mark: str) -> None:
    found = dates.read(f"{day.day}{mark}{day.month:02}{mark}{day.year} 10:11")
    assert isinstance(found, Readings)
    assert found.dmy == day
    assert found.order == ("dmy" if day.day > 12 else None)
    assert found.by("dmy") == day


GSC = "Linking page,Last crawled\n"


def table(*days: str) -> str:
    return GSC + "".join(f'https://a.example/{number},"{day}"\n' for number, day in enumerate(days))


def seen(folder: Folder, text: str, column: str = "last_seen") -> list[str]:
    return [row[column] for row in folder.read(text)[0]]


def test_values_that_allow_one_reading_decide(folder: Folder) -> None:
    assert seen(folder, table("05/06/2026", "28/09/2026")) == ["2026-06-05", "2026-09-28"]
    assert seen(folder, table("05/06/2026", "09/28/2026")) == ["2026-05-06", "2026-09-28"]
    assert seen(folder, table("05.06.2026", "28.09.2026 10:00")) == ["2026-06-05", "2026-09-28"]


def test_without_any_the_cells_stay_empty_and_are_reported(folder: Folder) -> None:
    rows, report = folder.read(table("05/06/2026", "Sep 15, 2026"))
    assert [row["last_seen"] for row in rows] == ["", "2026-09-15"]
    assert [(problem.row, problem.column) for problem in report.problems] == [(1, "Last crawled")]


def test_contradicting_values_decide_nothing(folder: Folder) -> None:
    assert seen(folder, table("05/06/2026", "28/09/2026", "09/28/2026")) == ["", "2026-09-28", "2026-09-28"]


def test_the_tools_own_order_decides_then(folder: Folder) -> None:
    text = "Domain,RefDomains,FirstLinkDate_x,LastLinkDate_x\na.example,1,08/05/2013 00:00,07/06/2013 00:00\n"
    assert seen(folder, text, "first_seen") == ["2013-05-08"]
    assert seen(folder, text.replace("07/06", "06/28"), "last_seen") == ["2013-06-28"]


def test_the_other_columns_decide_last(folder: Folder) -> None:
    text = (
        "Referring Page URL,Link URL,First Seen,Last Check,Type\n"
        "https://a.example/,https://my.example/,05/06/2017 10:00,20/02/2020 10:16,Dofollow\n"
    )
    assert seen(folder, text, "first_seen") == ["2017-06-05"]


def test_ignored_columns_of_dates_are_evidence(folder: Folder) -> None:
    text = "URL,Anchor Text,PA,First Seen,FirstCrawled\n"
    assert seen(folder, text + "https://a.example/,x,1,05/06/2017,\n", "first_seen") == [""]


def test_evidence_behind_the_first_piece_counts(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "PIECE", 500)
    monkeypatch.setattr("detector.links.sources.BLOCK", 100)
    days = ["05/06/2026"] * 100 + ["28/09/2026"]
    assert seen(folder, table(*days)) == ["2026-06-05"] * 100 + ["2026-09-28"]


def test_columns_may_mix_spellings(folder: Folder) -> None:
    assert seen(folder, table("2026-01-02", "20260103", "2026-01-04 10:00:00", "Jan 5, 2026")) == [
        str(date(2026, 1, 2) + timedelta(days)) for days in range(4)
    ]
