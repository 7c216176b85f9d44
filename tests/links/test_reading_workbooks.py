"""Spreadsheets: typed cells, several sheets, preambles."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import xlsxwriter
from reading_helpers import Folder, filled, read_paths

from detector.links.workbooks import text


def written(path: Path) -> Path:
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Notes").write(0, 0, "words only")
    sheet = book.add_worksheet("Links")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write(0, 0, "Report of my.example")
    sheet.write_row(
        2, 0, ["Source URL", "Target URL", "Anchor Text", "Domain Authority", "First Seen", "Page Authority"]
    )
    for number in range(3):
        sheet.write_string(3 + number, 0, f"https://a{number}.example/")
        sheet.write_string(3 + number, 1, "https://my.example/")
        sheet.write_string(3 + number, 2, "one\r\ntwo" if number else "007")
        sheet.write_number(3 + number, 3, 41)
        sheet.write_datetime(3 + number, 4, datetime.datetime(2024, 1, 2 + number), day)
        sheet.write_number(3 + number, 5, 12.5)
    sheet.write_string(7, 0, "no address at all")
    domains = book.add_worksheet("Domains")
    domains.write_row(0, 0, ["Domain", "Backlinks Count"])
    domains.write_row(1, 0, ["b.example", 1234])
    hosts = book.add_worksheet("List")
    hosts.write_column(0, 0, ["c.example", "https://d.example/x", "no entry"])
    book.close()
    return path


def test_all_sheets_that_look_like_reports(tmp_path: Path) -> None:
    rows, files = read_paths(written(tmp_path / "book.xlsx"))
    kinds = [(row["record_type"], row["source_host"]) for row in rows]
    assert kinds == [
        ("link", "a0.example"), ("link", "a1.example"), ("link", "a2.example"), ("invalid", ""),
        ("domain", "b.example"), ("domain", "c.example"), ("link", "d.example"), ("invalid", ""),
    ]  # fmt: skip
    assert [row["row"] for row in rows[:5]] == ["1", "2", "3", "4", "5"]
    assert (files[0].tool, files[0].report) == ("ubersuggest|bing|list", "backlinks|referring_domains|links")
    assert files[0].invalid == 2
    assert filled(rows[0]) == {
        "row": "1", "record_type": "link", "source_url": "https://a0.example/", "source_host": "a0.example",
        "source_domain": "a0.example", "referring_domain": "a0.example", "target_url": "https://my.example/",
        "target_host": "my.example", "anchor": "007", "first_seen": "2024-01-02", "domain_authority": "41",
        "domain_authority_metric": "ubersuggest_da", "page_authority": "12.5",
        "page_authority_metric": "ubersuggest_pa",
    }  # fmt: skip
    assert rows[3]["comment"] == "no address at all,,,,,"
    assert rows[1]["anchor"] == "one\ntwo"
    assert rows[4]["backlinks"] == "1234"


def test_spreadsheet_without_links_is_refused(folder: Folder, tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "words.xlsx")
    book.add_worksheet().write_row(0, 0, ["just", "words"])
    book.close()
    _, files = read_paths(tmp_path / "words.xlsx")
    assert files[0].refused is not None
    assert files[0].refused.startswith("it has no column of URLs or hosts.")


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (41.0, "41"), (12.5, "12.5"), (0.1, "0.1"), (True, "true"), ("x ", "x "), (None, ""),
        (datetime.date(2024, 1, 2), "2024-01-02"), (datetime.datetime(2024, 1, 2, 3, 4, 5), "2024-01-02 03:04:05"),
    ],
)  # fmt: skip
def test_typed_cells_as_text(cell: object, shown: str) -> None:
    assert text(cell) == shown
