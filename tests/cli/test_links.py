"""``detector links``: what it prints, where it writes, how it ends."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import polars as pl
import pytest
from in_process import Done, run

from detector.links.schema import COLUMNS, LINK_SCHEMA, RECORD_SCHEMA

SAMPLES = Path(__file__).parent.parent / "data" / "exports"


def links(*arguments: str | Path) -> Done:
    return run("links", *arguments)


def test_csv_is_the_contract() -> None:
    done = links(SAMPLES / "semrush_backlink_audit.csv", SAMPLES / "disavow_existing.txt")
    assert done.returncode == 0
    rows = list(csv.DictReader(io.StringIO(done.stdout, newline="")))
    assert list(rows[0]) == list(COLUMNS)
    wanted = []
    for name in ("semrush_backlink_audit", "disavow_existing"):
        with (SAMPLES / f"{name}.expected.csv").open(encoding="utf-8", newline="") as file:
            wanted += list(csv.DictReader(file))
    assert [{name: row[name] for name in wanted[0]} for row in rows] == wanted
    notes = done.stderr
    assert "semrush_backlink_audit.csv: semrush backlink_audit, 12 records\n" in notes
    assert "14 records, 5 of them could not be read" in notes
    assert "row 13: the line cannot be read" in notes


def test_parquet_and_json_lines_hold_the_same(tmp_path: Path) -> None:
    source = SAMPLES / "ahrefs_backlinks.csv"
    assert links(source, "--format", "parquet", "-o", tmp_path / "links.parquet").returncode == 0
    assert links(source, "--format", "jsonl", "-o", tmp_path / "links.jsonl", "--quiet").stderr == ""
    table = pl.read_parquet(tmp_path / "links.parquet")
    assert dict(table.schema) == RECORD_SCHEMA
    lines = [json.loads(line) for line in (tmp_path / "links.jsonl").read_text().splitlines()]
    assert [line["source_url"] for line in lines] == table["source_url"].to_list()
    assert lines[0]["first_seen"] == "2024-03-15"
    assert lines[0]["rel_nofollow"] is False
    assert sorted(path.name for path in tmp_path.iterdir()) == ["links.jsonl", "links.parquet"]


def test_merged_links(tmp_path: Path) -> None:
    sources = [SAMPLES / "ahrefs_backlinks.csv", SAMPLES / "gsc_latest_links.csv"]
    done = links(*sources, "--merge", "--format", "parquet", "-o", tmp_path / "links.parquet")
    assert done.returncode == 0
    table = pl.read_parquet(tmp_path / "links.parquet")
    assert set(table.columns) >= set(LINK_SCHEMA)
    assert table.height < 27
    assert "ahrefs|gsc" in table["tool"].to_list()
    assert links(*sources, "--merge").stdout.count("\n") > table.height


def test_unreadable_file_ends_the_call_with_nothing_printed(tmp_path: Path) -> None:
    target = tmp_path / "links.csv"
    target.write_text("what was there before")
    good, bad = SAMPLES / "gsc_latest_links.csv", tmp_path / "missing.csv"
    done = links(good, bad, "-o", target)
    assert done.returncode == 3
    assert done.stderr == f"detector: {bad}: there is no such file. Check the spelling of its path.\n"
    assert target.read_text() == "what was there before"
    assert links(good, bad).stdout == ""
    assert [path.name for path in tmp_path.iterdir()] == ["links.csv"]


def test_keep_going_reads_the_others_and_still_says_3(tmp_path: Path) -> None:
    (tmp_path / "page.csv").write_text("<!DOCTYPE html><html>")
    done = links(tmp_path / "page.csv", SAMPLES / "gsc_latest_links.csv", "--keep-going", "--quiet")
    assert done.returncode == 3
    assert done.stdout.count("\n") == 15
    assert done.stderr == (
        f"{tmp_path / 'page.csv'}: it is a web page, perhaps an error page of the tool. Sign in there and export again.\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [["--format", "xml"], ["--format", "parquet"], ["--unknown"], ["-o", "/nonexistent/folder/x.csv"]],
)
def test_wrong_usage(arguments: list[str]) -> None:
    done = links(SAMPLES / "gsc_latest_links.csv", *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
