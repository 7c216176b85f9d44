"""The contract: invented exports of every kind, and exactly what must be read from them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from reading_helpers import read_paths

SAMPLES = Path(__file__).parent.parent / "data" / "exports"
EXPECTED = sorted(SAMPLES.glob("*.expected.csv"))


def export_of(expected: Path) -> Path:
    stem = expected.name.removesuffix(".expected.csv")
    return next(path for path in SAMPLES.glob(f"{stem}.*") if path != expected)


def test_all_samples_are_there() -> None:
    assert len(EXPECTED) == 10


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.name.removesuffix(".expected.csv"))
def test_sample_is_read_cell_for_cell(expected: Path) -> None:
    rows, files = read_paths(export_of(expected))
    with expected.open(encoding="utf-8", newline="") as file:
        wanted = list(csv.DictReader(file))
    assert [{name: row[name] for name in wanted[0]} for row in rows] == wanted
    assert files[0].refused is None
    assert files[0].records == len(wanted)
    assert {row["file"] for row in rows} == {str(export_of(expected))}


def test_all_samples_in_one_call_keep_their_order() -> None:
    exports = [export_of(expected) for expected in EXPECTED]
    rows, files = read_paths(*exports)
    assert [report.file for report in files] == [str(path) for path in exports]
    assert sum(report.records for report in files) == len(rows) == 116
    assert list(dict.fromkeys(row["file"] for row in rows)) == [str(path) for path in exports]
