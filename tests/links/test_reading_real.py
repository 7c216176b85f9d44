"""Real exports that people published: every one is read, with the rows that its keeper counted."""

from __future__ import annotations

import csv
import os
from functools import cache
from pathlib import Path

import pytest
from reading_helpers import domains, read_paths

from detector.links.reading import FileReport, read

pytestmark = pytest.mark.raw


def folder() -> Path:
    return Path(os.environ["DETECTOR_RAW"], "exports", "real")


@cache
def manifest() -> dict[str, dict[str, str]]:
    with (folder() / "MANIFEST.csv").open(encoding="utf-8", newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


@cache
def reports() -> dict[str, FileReport]:
    """How each file is read; their rows are not kept."""
    found = {}
    for name in manifest():
        reading = read([folder() / name], domains=domains())
        for _ in reading.batches():
            pass
        found[name] = reading.files[0]
    return found


def test_every_file_is_read_but_the_one_that_is_no_export() -> None:
    refused = [name for name, report in reports().items() if report.unread]
    assert len(reports()) == len(list(folder().iterdir())) - 1 > 250
    assert [name.partition("__")[0] for name in refused] == ["gsc-internal-target"]


def test_rows_are_those_of_the_manifest() -> None:
    counted = {name: int(row["rows"]) for name, row in manifest().items() if row["rows"]}
    assert len(counted) > 200
    assert {name: reports()[name].records for name in counted} == counted


def test_rows_of_files_without_a_count() -> None:
    expected = {
        "ahrefs-backlinks__zapatacreativo-bit": (1508, 0),
        "ahrefs-refips__": (1084, 0),
        "semrush-backlinks__ThanaLamth": (7235, 0),
        "semrush-refdomains__zapatacreativo-bit": (1827, 0),
        "majestic-cliquehunter__": (154, 0),
        "screamingfrog-all_inlinks__": (3313, 402),
        "screamingfrog-all_inlinks-old__": (19_551, 4104),
        "plainlist-urls__": (319, 0),
        "ubersuggest-like__": (8, 0),
        "ahrefs-backlinks-via-sheets__": (219, 0),
    }
    for start, (rows, dropped) in expected.items():
        report = next(report for name, report in reports().items() if name.startswith(start))
        assert (report.records + report.dropped, report.dropped) == (rows, dropped)


def test_tools_are_recognised() -> None:
    known = {
        "ahrefs": "ahrefs", "semrush": "semrush", "majestic": "majestic", "gsc": "gsc", "disavow": "list",
        "plainlist": "list", "screamingfrog": "screaming_frog", "ubersuggest": "ubersuggest",
    }  # fmt: skip
    for name, report in reports().items():
        if not report.unread:
            assert report.tool == known[name.partition("-")[0].partition("_")[0]]


def test_hardly_a_row_cannot_be_read() -> None:
    invalid = {
        name.partition("__")[0]: report.invalid for name, report in reports().items() if report.invalid
    }
    assert invalid == {
        "ahrefs-backlinks-old-enriched": 9
    }  # rows of a host and a number, cut off by their author


def test_cut_off_tables_are_noticed() -> None:
    warned = [
        name
        for name, report in reports().items()
        if any("cuts tables off" in said for said in report.warnings)
    ]
    assert (
        len(warned) == sum(report.records in {10_000, 30_000, 50_000} for report in reports().values()) == 2
    )


def test_one_real_profile_from_several_tools() -> None:
    paths = [folder() / name for name in manifest() if "caldea" in name]
    rows, _ = read_paths(*paths)
    assert {row["record_type"] for row in rows} == {"link", "domain", "ip"}
    links = [row for row in rows if row["record_type"] == "link"]
    assert {row["target_host"].removeprefix("www.").endswith("caldea.com") for row in links} == {True}
    assert all(row["referring_domain"] and row["first_seen"] and row["domain_authority"] for row in links)
    assert sum(row["is_spam_flag"] == "true" for row in links) > 300
    assert sum(row["lost"] == "true" for row in links) == sum(row["lost_date"] != "" for row in links) > 0
    assert sum(row["http_status"] == "" for row in links) == 123
