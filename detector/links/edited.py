"""The table ``referring-domains.csv`` after a person has been through it, in whatever shape a spreadsheet program saved it.

With a byte order mark or in UTF-16, with commas, semicolons or tabs, everything quoted or nothing, columns moved or
removed, decimal commas, ``Disavow`` for ``disavow``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import polars as pl

from detector.errors import InputError
from detector.links import encodings

NEEDED: Final = ("referring_domain", "verdict", "probability")

_DELIMITERS: Final = ",;\t|"
_RUN_AGAIN: Final = "name the folder that 'detector audit --out' wrote, or run the audit again"
_LARGEST_CELL: Final = 16 * 1024 * 1024


def edited_table(
    path: Path, kinds: Mapping[str, pl.DataType | type[pl.DataType]], needed: Sequence[str] = NEEDED
) -> pl.DataFrame:
    """The table for those who ask what was judged and not whether every cell is right: that is ``audited``'s to say.

    Args:
        path: the file.
        kinds: the columns that are wanted, and their types; an empty cell is null, and so is one that is not of its type.
        needed: those that must be there.

    Raises:
        InputError: the file cannot be read, or lacks a needed column.
    """
    rows = [
        [_told(name, cell.strip()) for name, cell in cells.items()]
        for _, cells in edited_rows(path, tuple(kinds), needed)
    ]
    table = pl.DataFrame(rows, dict.fromkeys(kinds, pl.String), orient="row")
    return table.with_columns(pl.col(name).cast(kind, strict=False) for name, kind in kinds.items())


def _told(name: str, cell: str) -> str | None:
    """What a cell says, in the audit's own spelling; None where it says nothing."""
    if name == "probability":
        likely = probability(cell)
        return None if likely is None else repr(likely)
    return (cell.lower() if name == "verdict" else unguarded(cell)) or None


def unguarded(text: str) -> str:
    """A text without the apostrophe that keeps spreadsheets from running it (see ``report.sheet``)."""
    return text[1:] if re.match(r"'[=+\-@\t\r\n＝＋－＠]", text) else text


def probability(cell: str) -> float | None:
    """The probability in a cell, with a decimal comma or in per cent too; None where there is none."""
    plain = cell.strip().removesuffix("%").strip()
    try:
        value = float(plain.replace(",", ".") if "." not in plain else plain)
    except ValueError:
        return None
    value = value / 100 if cell.strip().endswith("%") else value
    return value if 0 <= value <= 1 else None


def edited_rows(
    path: Path, columns: Sequence[str], needed: Sequence[str] = NEEDED
) -> Iterator[tuple[int, dict[str, str]]]:
    """Row number as a spreadsheet shows it (the header is row 1) and some columns' cells of each row that has any.

    Raises:
        InputError: the file cannot be read, or lacks a needed column.
    """
    text = _text(path)
    places: dict[str, int] = {}
    try:
        with _long_cells():
            rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
            for number, row in enumerate(rows, start=1):
                if not any(cell.strip() for cell in row):
                    continue
                if not places:
                    places = _checked(path, _places(row), needed, number)
                    continue
                at = {name: places.get(name, len(row)) for name in columns}
                yield number, {name: row[place] if place < len(row) else "" for name, place in at.items()}
    except csv.Error as error:
        raise InputError(path, f"it cannot be read as CSV ({error})", "save it as CSV again") from error
    if not places:
        raise InputError(path, "it is empty", _RUN_AGAIN)


def _delimiter(text: str) -> str:
    """The mark by which the header's first line has most of the columns that nobody can do without."""
    header_line = text.lstrip("\r\n").partition("\n")[0]

    def known(mark: str) -> int:
        names = _places(next(csv.reader([header_line], delimiter=mark), []))
        return len([name for name in NEEDED if name in names])

    return max(_DELIMITERS, key=known)


@contextmanager
def _long_cells() -> Iterator[None]:
    """The table's cells may be long; the limit is one of the whole process, and others rely on it."""
    before = csv.field_size_limit(_LARGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(path, f"it cannot be read ({error.strerror or error})", _RUN_AGAIN) from error
    if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise InputError(path, "it is a workbook", "save it as CSV (UTF-8) under this name")
    repairs = encodings.Repairs()
    encoding = encodings.detect(data, whole=True)
    return encodings.mended(b"".join(encodings.to_utf8([data], encoding, repairs)), repairs).decode("utf-8")


def _places(header: list[str]) -> dict[str, int]:
    """Place of each column in a header, the first where two have one name."""
    names = [cell.strip().strip('"').lower() for cell in header]
    return {name: names.index(name) for name in names}


def _checked(path: Path, places: dict[str, int], needed: Sequence[str], number: int) -> dict[str, int]:
    missing = [name for name in needed if name not in places]
    if missing:
        what = f"the column{'s' * (len(missing) > 1)} {', '.join(missing)} {'are' if len(missing) > 1 else 'is'} missing"
        raise InputError(path, what, "put back what the audit wrote, the header included", row=number)
    return places
