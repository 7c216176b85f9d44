"""The log of removal requests: every usual shape is read, every doubt is named with row and column."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.errors import InputError
from detector.history.outreach import Outreach, read_outreach
from detector.links.domains import Domains

TODAY = date(2026, 6, 1)
DOMAINS = Domains.default()


def read(tmp_path: Path, content: str | bytes) -> Outreach:
    path = tmp_path / "log.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_outreach(path, DOMAINS, TODAY)


FULL = (
    "Date,Domain,Contact,Channel,Answer,Removed?\n"
    '2026-05-02,spam.example,"Bo, webmaster",e-mail,"I want ""money""",no\n'
    "2026-05-09,spam.example,,form,,yes\n"
)


def test_a_log_with_everything(tmp_path: Path) -> None:
    first, second = read(tmp_path, FULL).requests
    assert (first.row, first.day, first.unit, first.target) == (
        1,
        date(2026, 5, 2),
        "spam.example",
        "spam.example",
    )
    assert (first.contact, first.channel, first.answer) == ("Bo, webmaster", "e-mail", 'I want "money"')
    assert (first.removed, second.removed, second.answer) == (False, True, "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_encodings_and_line_ends(tmp_path: Path, encoding: str, mark: str, end: str) -> None:
    rows = ["date", "site", "answer"], ["2026-05-02", "bücher.example", "Grüße"]
    (request,) = read(tmp_path, (end.join(mark.join(row) for row in rows) + end).encode(encoding)).requests
    assert (request.unit, request.answer) == ("xn--bcher-kva.example", "Grüße")


def test_a_windows_code_page_and_excels_line_of_the_separator(tmp_path: Path) -> None:
    content = "sep=;\r\nDatum;Domain;Antwort\r\n2026-05-02;spam.example;Größe geändert, für später\r\n"
    (request,) = read(tmp_path, content.encode("cp1252")).requests
    assert request.answer == "Größe geändert, für später"


def test_headers_have_many_names_and_what_is_not_understood_is_named(tmp_path: Path) -> None:
    log = read(
        tmp_path,
        "Contacted_On,Linking-Page,E-Mail,Contact name,Owner\n2026-05-02,https://a.b.example/x,m@b.example,Bo,me\n",
    )
    (request,) = log.requests
    assert (request.unit, request.target, request.contact) == (
        "b.example",
        "https://a.b.example/x",
        "m@b.example; Bo",
    )
    assert log.unused == ["Owner"]


def test_a_page_says_more_than_its_domain(tmp_path: Path) -> None:
    log = read(tmp_path, "date,domain,url\n2026-05-02,b.example,https://b.example/x\n2026-05-02,c.example,\n")
    assert [request.target for request in log.requests] == ["https://b.example/x", "c.example"]


def test_blank_rows_are_let_pass_and_counted(tmp_path: Path) -> None:
    log = read(tmp_path, "date,domain\n\n,\n2026-05-02,b.example\n")
    assert [request.row for request in log.requests] == [3]


@pytest.mark.parametrize(
    ("answer", "removed"),
    [("removed", True), ("Link removed.", True), ("refused", False), ("removed? no!", None), ("no answer", None), ("", None)],
)  # fmt: skip
def test_an_answer_is_only_read_where_it_says_nothing_else(
    tmp_path: Path, answer: str, removed: bool | None
) -> None:
    (request,) = read(tmp_path, f"date,domain,status\n2026-05-02,b.example,{answer}\n").requests
    assert request.removed is removed


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        (["13/02/2026", "03/04/2026"], [date(2026, 2, 13), date(2026, 4, 3)]),
        (["02/13/2026", "03/04/2026"], [date(2026, 2, 13), date(2026, 3, 4)]),
        (["4 March 2026", "März 3, 2026"], [date(2026, 3, 4), date(2026, 3, 3)]),
        (["2026/02/13", "20260214"], [date(2026, 2, 13), date(2026, 2, 14)]),
        (["05/05/2026"], [date(2026, 5, 5)]),
    ],
)
def test_the_order_of_day_and_month_is_told_by_the_column(
    tmp_path: Path, dates: list[str], days: list[date]
) -> None:
    rows = "".join(f"{day};b.example\n" for day in dates)
    assert [request.day for request in read(tmp_path, f"date;domain\n{rows}").requests] == days


FAULTS = [
    ("date,domain\n03/04/2026,b.example\n", "row 1, column 'date': '03/04/2026' can be read in two ways. Write it as 2026-05-31."),
    ("date,domain\n2026-05-01,a.example\nsoon,b.example\n", "row 2, column 'date': 'soon' is no date"),
    ("date,domain\n2026-02-30,b.example\n", "row 1, column 'date': '2026-02-30' is no date"),
    ("date,domain\n,b.example\n", "row 1, column 'date': the date is missing"),
    ("date,domain\n2026-06-02,b.example\n", "row 1, column 'date': '2026-06-02' (2026-06-02) lies in the future"),
    ("date,domain\n2026-05-01,two words\n", "row 1, column 'domain': 'two words' is no domain and no URL"),
    ("date,domain\n2026-05-01,co.uk\n", "row 1, column 'domain': 'co.uk' is no domain"),
    ("date,domain\n2026-05-01,\n", "row 1, column 'domain': the domain or page is missing"),
    ("date,domain,removed\n2026-05-01,b.example,perhaps\n", "row 1, column 'removed': 'perhaps' is neither yes nor no"),
    ("date,domain\n2026-05-01,b.example,more\n", "row 1: the row has more cells than the 2 headers"),
    ('date,domain\n2026-05-01,"b.example\n', "row 1: the row cannot be read"),
    ("day,when,domain\n", "'day' and 'when' could both be the day of the request"),
    ("domain,answer\nb.example,no\n", "no column for the day of the request. Give its first row a header such as date,"),
    ("date,answer\n2026-05-01,no\n", "no column for the domain or page"),
    ("", "no column for the day of the request"),
    (b"PK\x03\x04rest", "it is no CSV file. Save the sheet as CSV"),
    ("date,domain\n2026-05-01," + "x" * 200_000 + "\n", "row 1: the row cannot be read (field larger"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "words"), FAULTS, ids=[words[:40] for _, words in FAULTS])
def test_what_cannot_be_read_is_named(tmp_path: Path, content: str | bytes, words: str) -> None:
    with pytest.raises(InputError) as raised:
        read(tmp_path, content)
    assert str(raised.value).removeprefix(f"{tmp_path / 'log.csv'}").lstrip(":, ").startswith(words)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the log cannot be read"):
        read_outreach(tmp_path / "none.csv", DOMAINS, TODAY)


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: f"date,domain\n{text}".encode()))
def test_any_bytes_are_read_or_refused_with_a_sentence(content: bytes) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        try:
            log = read(Path(folder), content)
        except InputError as error:
            assert str(error).startswith(folder)
        else:
            assert all(request.day <= TODAY for request in log.requests)
