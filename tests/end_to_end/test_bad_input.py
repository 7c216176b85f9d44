"""Hostile and broken files, as a user meets them: one sentence each, bounded memory, and the other files go on."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import subprocess
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from in_process import Run
from measured import run_measured

HEADER = "Source url,Target url,Anchor\n"
GOOD = HEADER + "".join(f"https://page{n}.example/a,https://kettles.example/,kettles\n" for n in range(20))
SITE = ("--site", "kettles.example")
#: An audit of twenty links takes about 0.27 GB; nothing that a file holds may add much.
MOST_MEMORY = 600 * 2**20


def many_rows() -> bytes:
    chance = random.Random(5)
    rows = (f"https://t{n}.example/{chance.random()},https://kettles.example/,w{n}\n" for n in range(5_000))
    return (HEADER + "".join(rows)).encode()


def truncated_gzip(path: Path) -> None:
    packed = gzip.compress(many_rows())
    path.write_bytes(packed[: len(packed) // 2])


def truncated_at_once(path: Path) -> None:
    path.write_bytes(gzip.compress(GOOD.encode())[:15])


@cache  # a gigabyte takes seconds to pack
def zip_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.csv", "w") as member:
        member.write(HEADER.encode())
        for _ in range(1_000):
            member.write(b"a" * 1_000_000)
    return packed.getvalue()


@cache
def gzip_bomb() -> bytes:
    packed = io.BytesIO()
    with gzip.open(packed, "wb", compresslevel=1) as file:
        file.write(HEADER.encode())
        for _ in range(1_000):
            file.write(b"a" * 1_000_000)
    return packed.getvalue()


def no_spreadsheet(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + random.Random(7).randbytes(3_000))


def archive_without_sheets(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")


def wide(path: Path) -> None:
    names = ",".join(f"column {n}" for n in range(200_000))
    path.write_text(f"{names}\n{'1,' * 199_999}1\n")


#: name -> (how it is made, words of the refusal)
REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "cut.csv.gz": (truncated_gzip, "the gzip breaks off before its end"),
    "stub.csv.gz": (truncated_at_once, "the gzip breaks off before its end"),
    "nul.csv": (lambda path: path.write_bytes(b"\0" * 5_000), "it is empty"),
    "bomb.zip": (lambda path: path.write_bytes(zip_bomb()), "as a zip bomb does"),
    "bomb.csv.gz": (lambda path: path.write_bytes(gzip_bomb()), "as a zip bomb does"),
    "folder.csv": (Path.mkdir, "it is a folder"),
    "empty.csv": (lambda path: path.write_bytes(b""), "it is empty"),
    "error.csv": (lambda path: path.write_text("<!DOCTYPE html><title>503</title>"), "it is a web page"),
    "wide.csv": (wide, "its first line is longer than any header"),
    "no.xlsx": (no_spreadsheet, ""),
    "bare.xlsx": (archive_without_sheets, ""),
    "text.xlsx": (lambda path: path.write_text("no spreadsheet at all\n"), "no column of URLs"),
    "picture.csv": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\1\2\3" * 999), "it is a picture"),
    "noise.csv": (lambda path: path.write_bytes(random.Random(9).randbytes(50_000)), "it is no text"),
    "broken.json": (lambda path: path.write_text('{"tasks":[{"result":[{"items":[{"url'), "JSON is broken"),
    "missing.csv": (lambda path: None, "there is no such file"),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.csv").write_text(GOOD)
    return tmp_path


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(
    detector: Run, folder: Path, name: str
) -> None:
    make, words = REFUSED[name]
    make(folder / name)
    done = detector("audit", "good.csv", name, *SITE, timeout=60)
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.startswith(f"detector: {name}")
    assert done.stderr.count("\n") == 1
    assert words in done.stderr
    assert not (folder / "audit").exists()


def test_keep_going_passes_over_all_of_them_and_names_each(detector: Run, folder: Path) -> None:
    for name, (make, _) in REFUSED.items():
        make(folder / name)
    done = detector("audit", *REFUSED, "good.csv", *SITE, "--keep-going", "--json", timeout=120)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    record = json.loads(done.stdout)
    assert record["counts"]["unread_files"] == len(REFUSED)
    for name, (_, words) in REFUSED.items():
        [told] = [line for line in done.stderr.splitlines() if line.startswith(f"detector: {name}")]
        assert words in told
    pages = (folder / "audit" / "referring-domains.csv").read_text()
    assert all(f"\npage{n}.example," in pages for n in range(20))


def test_what_came_before_the_break_is_judged_with_keep_going(detector: Run, folder: Path) -> None:
    truncated_gzip(folder / "cut.csv.gz")
    done = detector("audit", "cut.csv.gz", *SITE, "--keep-going")
    assert done.returncode == 3
    assert "warning: cut.csv.gz: read only in part: the gzip breaks off before its end." in done.stderr
    record = json.loads((folder / "audit" / "audit.json").read_text())
    assert 1_000 < record["counts"]["links"] < 4_000


MENDED: dict[str, tuple[bytes, int]] = {
    "utf16-le.csv": (GOOD.encode("utf-16-le"), 20),  # without a byte order mark
    "utf16-be.csv": (GOOD.encode("utf-16-be"), 20),
    "nul-bytes.csv": (GOOD.replace("page3", "page\0003").encode() + b"\0" * 2_000, 20),
    "ragged.csv": (
        b'Source url,Target url,Anchor\nhttps://a.example/,https://kettles.example/\n'
        b"https://b.example/,https://kettles.example/,x,y,z\n\nhttps://c.example/,https://kettles.example/,c\n",
        3,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MENDED)
def test_what_can_be_mended_is_read(detector: Run, folder: Path, name: str) -> None:
    content, links = MENDED[name]
    (folder / name).write_bytes(content)
    done = detector("audit", name, *SITE, "--json")
    assert done.returncode == 0
    counts = json.loads(done.stdout)["counts"]
    assert (counts["links"], counts["invalid"]) == (links, 0)


def limited_audit(folder: Path, *files: str) -> tuple[subprocess.CompletedProcess[str], int]:
    """An audit in a process of its own, and the most memory (bytes) it took."""
    return run_measured("audit", *files, *SITE, "--keep-going", "--quiet", cwd=folder)


@pytest.mark.parametrize("quote", [b"", b'"'], ids=["bare", "in an open quote"])
def test_a_line_of_200_megabytes_takes_no_such_memory(folder: Path, quote: bytes) -> None:
    with (folder / "long.csv").open("wb") as file:
        file.write(HEADER.encode() + b"https://l1.example/,https://kettles.example/," + quote)
        for _ in range(200):
            file.write(b"x" * 1_000_000)
        file.write(b"\nhttps://l2.example/,https://kettles.example/,ok\n")
    done, memory = limited_audit(folder, "long.csv", "good.csv")
    os.truncate(folder / "long.csv", 0)  # do not keep it until pytest cleans up
    assert done.returncode in (0, 3)
    assert "Traceback" not in done.stderr
    assert memory < MOST_MEMORY
    text = (folder / "audit" / "referring-domains.csv").read_text()
    assert "page0.example," in text
    assert "l2.example," in text  # the line behind the monster is found again
    warnings = json.loads((folder / "audit" / "audit.json").read_text())["warnings"]
    assert any(warning.startswith("long.csv: ") for warning in warnings)


@pytest.mark.parametrize("name", ["bomb.zip", "bomb.csv.gz", "wide.csv"])
def test_what_unpacks_to_a_gigabyte_or_has_columns_without_end_takes_no_such_memory(
    folder: Path, name: str
) -> None:
    REFUSED[name][0](folder / name)
    done, memory = limited_audit(folder, name, "good.csv")
    assert done.returncode == 3
    assert memory < MOST_MEMORY
