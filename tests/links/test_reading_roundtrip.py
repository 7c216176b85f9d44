"""What is written in any encoding, delimiter and quoting is read back as it was."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from reading_helpers import Folder, domains, read_paths, texts

from detector.links import records
from detector.links.merging import merge_records, printable
from detector.links.reading import read
from detector.links.records import Dialect, cells, cut
from detector.links.schema import COLUMNS, NUMBERS

HEADERS = ["Source URL", "Anchor Text", "Target URL", "Source Page Title", "First Seen"]

#: Any text but control characters, which no export holds, and lone surrogates, which no encoding does.
any_text = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from(" \t\n\r\",;'|"), max_size=25
)


def expected(text: str) -> str:
    return text.strip().replace("\r\n", "\n").replace("\r", "\n")


def written(
    rows: list[tuple[str, str]], encoding: str, delimiter: str, quoting: int, line_end: str, last_end: bool
) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=line_end)
    writer.writerow(HEADERS)
    for number, (anchor, title) in enumerate(rows):
        writer.writerow([f"https://a{number}.example/", anchor, "https://my.example/", title, "2026-01-02"])
    text = out.getvalue()
    return (text if last_end else text.removesuffix(line_end)).encode(encoding)


@settings(max_examples=150)
@given(
    rows=st.lists(st.tuples(any_text, any_text), min_size=1, max_size=8),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    line_end=st.sampled_from(["\n", "\r\n"]),
    last_end=st.booleans(),
)
def test_any_table(
    rows: list[tuple[str, str]], encoding: str, delimiter: str, quoting: int, line_end: str, last_end: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "links.csv")
        path.write_bytes(written(rows, encoding, delimiter, quoting, line_end, last_end))
        got, files = read_paths(path)
    assert [(row["anchor"], row["source_title"]) for row in got] == [
        (expected(a), expected(t)) for a, t in rows
    ]
    assert [row["row"] for row in got] == [str(number + 1) for number in range(len(rows))]
    assert (files[0].invalid, files[0].problems, files[0].delimiter) == (0, [], delimiter)


WORDS = {
    "cp1250": ["Źródło łącza", "żółta książka", "příliš žluťoučký", "česká stránka"],
    "cp1251": ["онлайн казино", "лучшие отзывы", "Ссылающаяся страница", "інтернет і новини"],
    "cp1252": [
        "Gartenschere für Bücher",
        "Dernière exploration",
        "página de vinculação",
        "Acme’s “saw” – €5",
    ],
    "cp1253": ["Σελίδα σύνδεσης", "καλημέρα κόσμε"],
    "cp1254": ["Türkçe sayfa bağlantısı", "ışık ve gölge"],
    "cp1255": ["דף מקשר", "נסרק לאחרונה"],
    "cp1256": ["مرحبا بالعالم", "الصفحة الرئيسية"],
    "cp932": ["前回のクロール", "日本語のサイト"],
    "cp949": ["안녕하세요 링크 페이지", "한국어 사이트"],
    "utf-16-le": ["онлайн казино", "plain words"],
    "utf-16-be": ["Gartenschere für Bücher", "plain words"],
}


@pytest.mark.parametrize("encoding", WORDS)
def test_encodings_without_a_mark(folder: Folder, encoding: str) -> None:
    rows = [(words, f"{words} 2") for words in WORDS[encoding]]
    got, report = folder.read(written(rows, encoding, ",", csv.QUOTE_MINIMAL, "\r\n", last_end=True))
    assert [(row["anchor"], row["source_title"]) for row in got] == rows
    assert report.encoding == encoding


def test_carriage_returns_alone_end_lines(folder: Folder) -> None:
    got, _ = folder.read(written([("a", "b"), ("c", "d")], "utf-8", ",", csv.QUOTE_ALL, "\r", last_end=True))
    assert [(row["anchor"], row["source_title"]) for row in got] == [("a", "b"), ("c", "d")]


@given(st.lists(st.lists(any_text, min_size=3, max_size=3), min_size=1, max_size=8), st.sampled_from(",;\t|"))
def test_records_are_cut_as_they_were_written(rows: list[list[str]], delimiter: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    dialect = Dialect(delimiter)
    piece, rest = cut(out.getvalue().encode(), dialect, final=True)
    assert rest == len(out.getvalue().encode())
    assert piece.stray == []
    assert [cells(piece.text(record), dialect) for record in range(len(piece))] == rows


@given(
    st.binary(max_size=300), st.integers(1, 40), st.sampled_from([Dialect(","), Dialect(";", quoted=False)])
)
def test_pieces_lose_no_byte_whatever_the_blocks_are(data: bytes, size: int, dialect: Dialect) -> None:
    old = records.PIECE, records._CACHED
    records.PIECE = records._CACHED = size  # type: ignore[misc]
    try:
        blocks = (data[start : start + size] for start in range(0, len(data), size))
        found = [
            piece.raw(record) for piece in records.pieces(blocks, dialect) for record in range(len(piece))
        ]
    finally:
        records.PIECE, records._CACHED = old  # type: ignore[misc]
    assert b"".join(found) == data
    assert all(record for record in found)


def test_many_pieces_are_one_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        ("one\ntwo" if number % 7 == 0 else f'say "{number}"', "t" * (number % 50)) for number in range(3000)
    ]
    path = tmp_path / "links.csv"
    path.write_bytes(written(rows, "utf-8", ",", csv.QUOTE_MINIMAL, "\r\n", last_end=True))
    monkeypatch.setattr(records, "PIECE", 10_000)
    monkeypatch.setattr(records, "MAX_ROWS", 70)
    monkeypatch.setattr(records, "_CACHED", 300)
    monkeypatch.setattr("detector.links.sources.BLOCK", 777)
    frames = list(read([path], domains=domains()).batches())
    assert len(frames) > 20
    got = [row for frame in frames for row in texts(frame)]
    assert [(row["anchor"], row["source_title"]) for row in got] == rows
    assert [int(row["row"]) for row in got] == list(np.arange(3000) + 1)


@pytest.mark.parametrize("format_", ["csv", "jsonl"])
def test_the_printed_table_is_read_back_as_it_was(tmp_path: Path, format_: str) -> None:
    samples = Path(__file__).parents[1] / "data" / "exports"
    names = ("ahrefs_backlinks.csv", "semrush_backlink_audit.csv", "moz_ose_2017.csv", "gsc_latest_links.csv")
    records = pl.concat(read([samples / name for name in names], domains=domains()).batches())
    merged = merge_records(records)
    for table in (records, printable(merged)):
        path = tmp_path / f"table.{format_}"
        write = table.write_csv if format_ == "csv" else table.write_ndjson
        write(path)
        reading = read([path], domains=domains())
        again = pl.concat(reading.batches())
        kept = [name for name in COLUMNS if name not in {"row", "file"}]
        expected = table.filter(pl.col("record_type") != "invalid").select(kept)
        expected = expected.with_columns(pl.col(name).cast(pl.String) for name in NUMBERS)
        assert_frame_equal(again.filter(pl.col("record_type") != "invalid").select(kept), expected)
        assert (reading.files[0].tool, reading.files[0].report) == ("detector", "links")
