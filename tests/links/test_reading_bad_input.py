"""Hostile and broken files: one clear sentence each, no traceback, no hang, bounded memory."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
from reading_helpers import Folder, domains, read_paths

from detector.errors import InputError
from detector.links import records, sources
from detector.links.encodings import Encoding, Repairs, to_utf8
from detector.links.reading import read
from detector.links.records import Dialect

TABLE = "Linking page,Last crawled\nhttps://a.example/,2026-01-02\n"


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(content: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        member = tarfile.TarInfo("links.csv")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.csv", b"", "it is empty."),
        ("blank.csv", b"\xef\xbb\xbf\r\n \n", "it is empty."),
        ("page.csv", b"<!DOCTYPE html><html><title>403</title>", "it is a web page"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "it is a picture."),
        ("junk.csv", bytes(range(1, 32)) * 40, "it is no text"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "it is an old Excel workbook (.xls). Save it as .xlsx or CSV."),
        ("sheet.xlsx", b"PK\x03\x04" + bytes(range(200)), "it is a damaged zip"),
        ("columns.csv", b",".join(b"c%d" % n for n in range(100_000)) + b"\n", "its first line is longer than any header."),
        ("many.csv", b",".join([b"Domain"] * 20_000) + b"\na.example\n", "its first line has 20,000 cells."),
        ("words.csv", b"one two\nthree four\n", "it has no column of URLs or hosts."),
        ("empty.zip", zipped({}), "the zip is empty."),
        ("table.xls", b"<table><tr><td>Linking page</td></tr></table>", "it is a web page"),
        ("old.xml", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "it is a spreadsheet in XML. Save it as .xlsx or CSV."),
        ("links.ods", zipped({"mimetype": b"x", "content.xml": b"<x/>"}), "it is an OpenDocument file."),
        ("links.numbers", zipped({"Index/Document.iwa": b"x", "preview.jpg": b"x"}), "it is a document of Apple Numbers. Save it as .xlsx or CSV."),
        ("links.docx", zipped({"[Content_Types].xml": b"x", "word/document.xml": b"x"}), "it is an Office document, but no spreadsheet."),
        ("links.tar", tarred(TABLE.encode()), "it is a tar archive. Unpack it and name the exports in it."),
        ("links.tgz", gzip.compress(tarred(TABLE.encode())), "it is a tar archive. Unpack it"),
    ],
)  # fmt: skip
def test_one_clear_sentence(folder: Folder, name: str, content: bytes, sentence: str) -> None:
    rows, report = folder.read(content, name)
    assert rows == []
    assert report.refused is not None
    assert report.refused.startswith(sentence)
    assert report.refused.endswith(".")
    with pytest.raises(InputError):
        list(read([folder.path / name], domains=domains(), keep_going=False).batches())


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    _, files = read_paths(tmp_path, tmp_path / "missing.csv", tmp_path / "pipe", Path("/dev/null"))
    assert [report.refused for report in files] == [
        "it is a folder. Name the files in it.",
        "there is no such file. Check the spelling of its path.",
        "it is a pipe or a device, no file. Save it to a file first.",
        "it is a pipe or a device, no file. Save it to a file first.",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "secret.csv"
    path.write_text(TABLE)
    path.chmod(0)
    _, files = read_paths(path)
    assert files[0].refused == "it cannot be opened (Permission denied). Check who may read it."


def test_the_others_go_on_and_without_keep_going_the_first_ends_the_call(folder: Folder) -> None:
    folder.read("", "bad.csv")
    folder.read(TABLE, "good.csv")
    paths = [folder.path / "bad.csv", folder.path / "good.csv"]
    rows, files = read_paths(*paths)
    assert len(rows) == 1
    assert [report.unread for report in files] == [True, False]
    with pytest.raises(InputError, match=r"bad\.csv: it is empty\."):
        read(paths, domains=domains(), keep_going=False)


def test_truncated_gzip_gives_what_is_whole(folder: Folder) -> None:
    body = "".join(f"https://a{n * 7919 % 104_729}.example/,2026-01-02\n" for n in range(20_000))
    packed = gzip.compress(f"Linking page,Last crawled\n{body}".encode())
    rows, report = folder.read(packed[: len(packed) // 2], "links.csv.gz")
    assert report.broken_off == "the gzip breaks off before its end. Download it again."
    assert 1000 < len(rows) < 20_000
    assert [row["record_type"] for row in rows[-2:]] == ["link", "invalid"]
    assert body.splitlines()[len(rows) - 1].startswith(rows[-1]["comment"])
    with pytest.raises(InputError, match="breaks off"):
        list(read([folder.path / "links.csv.gz"], domains=domains(), keep_going=False).batches())


def test_gzip_of_several_members(folder: Folder) -> None:
    rows, report = folder.read(
        gzip.compress(TABLE.encode()) + gzip.compress(b"https://b.example/,2026-01-03\n"), "a.gz"
    )
    assert len(rows) == 2
    assert not report.unread


def test_bombs_are_stopped(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "BOMB_SIZE", 1 << 20)
    bomb = zipped({"x": b"0" * 20_000_000})
    _, report = folder.read(bomb, "bomb.zip")
    assert report.refused is not None
    assert "zip bomb" in report.refused
    lines = b"https://a.example/\n" * 200_000
    _, report = folder.read(gzip.compress(b"Linking page\n" + lines), "bomb.gz")
    assert "zip bomb" in (report.refused or report.broken_off or "")
    forged = bytearray(zipped({"x": b"Linking page\n" + lines}))
    size = (len(lines) + 13).to_bytes(4, "little")
    central = forged.find(b"PK\x01\x02")
    assert forged[central + 24 : central + 28] == size
    forged[central + 24 : central + 28] = (1 << 19).to_bytes(4, "little")  # a bomb that says it is small
    _, report = folder.read(bytes(forged), "forged.zip")
    assert report.unread


def test_members_of_a_zip(folder: Folder) -> None:
    content = zipped(
        {
            "deep/links.csv": TABLE.encode(), "packed": gzip.compress(TABLE.encode()), "inner": zipped({"a": b"x"}),
            "page": b"<html>", "__MACOSX/links.csv": b"x",
        }
    )  # fmt: skip
    (folder.path / "all.zip").write_bytes(content)
    rows, files = read_paths(folder.path / "all.zip")
    base = str(folder.path / "all.zip")
    assert {row["file"] for row in rows} == {f"{base}/deep/links.csv", f"{base}/packed"}
    refused = {report.file.removeprefix(base): report.refused for report in files if report.refused}
    assert refused == {
        "/inner": "it is an archive in an archive. Unpack it and name the exports in it.",
        "/page": "it is a web page, perhaps an error page of the tool. Sign in there and export again.",
    }


def test_strange_names_and_words_stay_on_one_line(folder: Folder) -> None:
    content = zipped({"a\nb\x1b[31m.csv": b"", "said.json": b'{"error": "no\\u001b[2J\\nkey"}'})
    (folder.path / "all\x07.zip").write_bytes(content)
    base = f"{folder.path}/all\ufffd.zip"
    _, files = read_paths(folder.path / "all\x07.zip")
    assert [report.file for report in files] == [f"{base}/a\ufffdb\ufffd[31m.csv", f"{base}/said.json"]
    assert files[1].refused == (
        "it is an answer of an API without backlinks (no\ufffd[2J\ufffdkey). Ask the API for backlinks."
    )
    _, report = folder.read("ERROR 50 :: \x1b[31mNOTHING FOUND\n")
    assert report.refused.startswith("it is the error message of an API (ERROR 50 :: \ufffd[31mNOTHING")


def test_encrypted_member(folder: Folder) -> None:
    content = bytearray(zipped({"a": TABLE.encode()}))
    content[6] |= 1
    content[content.find(b"PK\x01\x02") + 8] |= 1
    (folder.path / "locked.zip").write_bytes(content)
    _, files = read_paths(folder.path / "locked.zip")
    assert files[0].refused == "it is encrypted with a password. Unpack it and name the exports in it."


def test_nul_bytes_are_removed_and_said(folder: Folder) -> None:
    rows, report = folder.read(TABLE.replace("a.example", "a\0.exa\0mple"))
    assert rows[0]["source_host"] == "a.example"
    assert report.warnings == ["NUL bytes were removed: 2"]


def test_a_file_of_zeros_takes_no_time_worth_the_name() -> None:
    repairs = Repairs()
    began = time.process_time()
    blocks = list(to_utf8([bytes(64 << 20)], Encoding("utf-8"), repairs))
    assert time.process_time() - began < 2  # it took five seconds, and a disk image of them an hour
    assert (b"".join(blocks), repairs.nul_bytes) == (b"", 64 << 20)


def test_lines_in_another_encoding_are_read_and_said(folder: Folder) -> None:
    good = "https://ü.example/,2026-01-02\n" * 3
    rows, report = folder.read(
        f"Linking page,Last crawled\n{good}".encode() + "https://é.example/x,2026-01-03\n".encode("cp1252")
    )
    assert rows[3]["source_url"] == "https://é.example/x"
    assert len(rows) == 4
    assert report.warnings == ["lines that are not UTF-8 were read in a Windows code page: 1"]


def test_overlong_record_is_skipped_without_its_neighbours(folder: Folder) -> None:
    rows, report = folder.read(
        TABLE.encode() + b"x" * (records.MAX_RECORD + 1) + b"\nhttps://b.example/,2026-01-03\n"
    )
    assert [(row["record_type"], row["source_host"]) for row in rows] == [
        ("link", "a.example"), ("invalid", ""), ("link", "b.example"),
    ]  # fmt: skip
    assert len(rows[1]["comment"]) < 300
    assert str(report.problems[0]).endswith("row 2: the row cannot be read: it is longer than 4 MB")


def test_endless_line_is_never_held() -> None:
    block = b"x" * (1 << 20)
    held = 0

    def blocks() -> Iterator[bytes]:
        yield b"https://a.example/\n"
        for _ in range(300):  # 300 MB here; the same few megabytes are held however long it goes on
            yield block
        yield b"\nhttps://b.example/\n"

    found = []
    for piece in records.pieces(blocks(), Dialect(",")):
        held = max(held, len(piece.data))
        found += [piece.text(record)[:20] for record in range(len(piece))]
    assert found == ["https://a.example/", "x" * 20, "https://b.example/"]
    assert held < 64 << 20


def test_row_with_a_million_cells(folder: Folder) -> None:
    rows, report = folder.read(TABLE + "x," * 1_000_000 + "\nhttps://b.example/,2026-01-03\n")
    assert [row["record_type"] for row in rows] == ["link", "invalid", "link"]
    assert report.problems[0].message == "the row cannot be read: it has more cells than the 2 headers"


def test_stray_quotes_cost_one_line_at_most(folder: Folder) -> None:
    body = 'https://a.example/,5" nail\nhttps://b.example/,"open\nhttps://c.example/,"foo" bar\n'
    body += 'https://d.example/,"x, ""y"""\nhttps://e.example/,"one\ntwo"\nhttps://f.example/,a "quoted, no\n'
    rows, report = folder.read("Source URL,Anchor Text\n" + body)
    assert [row["source_host"][0] for row in rows if row["source_host"]] == list("abcdef")
    assert [row["anchor"] for row in rows] == [
        '5" nail',
        '"open',
        '"foo" bar',
        'x, "y"',
        "one\ntwo",
        'a "quoted, no',
    ]
    assert report.invalid == 0


@pytest.mark.parametrize(
    "text", ['Linking page\nhttps://a.example/\n"https://b.example/\nhttps://c.example/', '"']
)
def test_quote_that_is_never_closed(folder: Folder, text: str) -> None:
    rows, _ = folder.read(text)
    assert [row["source_host"] for row in rows] in (["a.example", "", "c.example"], [])


def workbook(path: Path, *corner: int) -> None:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Linking page", "Last crawled"])
    sheet.write_string(1, 0, "https://a.example/")
    if corner:
        sheet.write_string(*corner, "x")
    book.close()


def test_spreadsheet_that_would_fill_the_memory(tmp_path: Path) -> None:
    workbook(tmp_path / "far.xlsx", 1_048_575, 16_383)
    _, files = read_paths(tmp_path / "far.xlsx")
    assert (
        files[0].refused
        == "the spreadsheet has 16,384 columns and 1,048,576 rows. Save it as CSV and try again."
    )
    with zipfile.ZipFile(tmp_path / "far.xlsx") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["xl/worksheets/sheet1.xml"] = b" " * (1 << 20)
    for count in range(1100):
        members[f"xl/media/{count}"] = b"0" * (1 << 20)
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    _, files = read_paths(tmp_path / "bomb.xlsx")
    assert files[0].refused == "the spreadsheet is too large when unpacked. Save it as CSV and try again."


def test_spreadsheet_that_is_damaged(tmp_path: Path) -> None:
    workbook(tmp_path / "good.xlsx")
    rows, _ = read_paths(tmp_path / "good.xlsx")
    assert len(rows) == 1
    with zipfile.ZipFile(tmp_path / "good.xlsx") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["xl/workbook.xml"] = b"<broken"
    with zipfile.ZipFile(tmp_path / "bad.xlsx", "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    _, files = read_paths(tmp_path / "bad.xlsx")
    assert files[0].refused is not None
    assert files[0].refused.startswith("it is no spreadsheet that can be read")


def test_progress_reaches_the_end(folder: Folder) -> None:
    folder.read(TABLE, "a.csv")
    folder.read(gzip.compress(TABLE.encode()), "b.gz")
    seen: list[tuple[int, int]] = []
    reading = read(
        [folder.path / "a.csv", folder.path / "b.gz"],
        domains=domains(),
        progress=lambda *now: seen.append(now),
    )
    list(reading.batches())
    assert seen[-1][0] == seen[-1][1] > 0
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
