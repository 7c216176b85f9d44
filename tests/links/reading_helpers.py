"""What the tests of reading share: read bytes as a file, and look at records as plain texts."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from detector.links.domains import Domains
from detector.links.reading import FileReport, read
from detector.links.schema import RECORD_SCHEMA


@cache
def domains() -> Domains:
    return Domains.default()


def texts(frame: pl.DataFrame) -> list[dict[str, str]]:
    """Records as a printed table has them: truth values in lower case, dates in ISO, nothing as ''."""

    def text(value: Any) -> str:
        if value is None:
            return ""
        return str(value).lower() if isinstance(value, bool) else str(value)

    return [{name: text(value) for name, value in row.items()} for row in frame.to_dicts()]


def read_paths(*paths: Path) -> tuple[list[dict[str, str]], list[FileReport]]:
    reading = read(list(paths), domains=domains())
    frames = list(reading.batches())
    for frame in frames:
        assert dict(frame.schema) == RECORD_SCHEMA
    return [row for frame in frames for row in texts(frame)], reading.files


class Folder:
    """A place to put a file and read it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, content: str | bytes, name: str = "export.csv") -> tuple[list[dict[str, str]], FileReport]:
        """The records of a file with this content, and its report."""
        file = self.path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        rows, files = read_paths(file)
        assert len(files) == 1
        return rows, files[0]

    def row(self, content: str | bytes, name: str = "export.csv") -> dict[str, str]:
        """The only record of a file."""
        rows, report = self.read(content, name)
        assert report.refused is None
        assert len(rows) == 1
        return rows[0]


def filled(row: dict[str, str], *, without: tuple[str, ...] = ("tool", "report", "file")) -> dict[str, str]:
    """The cells of a record that hold something."""
    return {name: value for name, value in row.items() if value and name not in without}
