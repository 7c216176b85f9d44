"""Spreadsheets (.xlsx): every sheet that looks like a report, in bounded memory."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Final

import polars as pl

from detector.errors import InputError
from detector.links import recognise
from detector.links.convert import Batch
from detector.links.layout import Layout
from detector.links.schema import TEXT
from detector.links.sources import is_workbook

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

#: A larger file is not loaded.
MAX_FILE: Final = 256 << 20
#: More unpacked bytes than the largest sheet of an export needs.
MAX_UNPACKED: Final = 1 << 30
#: More cells than fit into memory.
MAX_CELLS: Final = 30_000_000
#: Rows converted at a time.
ROWS: Final = 50_000
_HEAD: Final = 300  # rows by which a sheet is recognised

_FIX: Final = "save it as CSV and try again"
_CELL = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')


def check(name: str, file: io.BytesIO) -> None:
    """Refuse what is no workbook, and a workbook that would fill the memory.

    Raises:
        InputError: another archive; a bomb by its declared or its real size; damaged.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if not is_workbook({member.filename for member in members}):
                raise InputError(
                    name, "it is an archive in an archive", "unpack it and name the exports in it"
                )
            if any(member.flag_bits & 1 for member in members):
                raise InputError(name, "the spreadsheet is protected with a password", _FIX)
            if sum(member.file_size for member in members) > MAX_UNPACKED:
                raise InputError(name, "the spreadsheet is too large when unpacked", _FIX)
            for member in members:
                _check_member(name, archive, member)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise InputError(
            name, f"the spreadsheet or archive is damaged ({error})", "download it again"
        ) from error


def _check_member(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Unpack a member once, keeping nothing: its real size and the corner of its sheet must be sane."""
    given = columns = rows = 0
    is_sheet = member.filename.startswith("xl/worksheets/")
    tail = b""
    with archive.open(member) as stream:
        while block := stream.read(1 << 20):
            given += len(block)
            if given > MAX_UNPACKED:
                raise InputError(name, "the spreadsheet is a zip bomb", _FIX)
            if is_sheet:
                for letters, number in set(_CELL.findall(tail + block)):
                    columns, rows = max(columns, _column(letters)), max(rows, int(number))
                tail = block[-32:]
    if columns * rows > MAX_CELLS:
        raise InputError(name, f"the spreadsheet has {columns:,} columns and {rows:,} rows", _FIX)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, and its rows as texts, as often as they are asked for."""

    name: str
    rows: Callable[[], Iterator[list[str]]]


def sheets(name: str, file: io.BytesIO) -> list[Sheet]:
    """The sheets that hold something.

    Raises:
        InputError: it is no spreadsheet.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(file)
        opened = [workbook.get_sheet_by_name(title) for title in workbook.sheet_names]
    except (CalamineError, OSError, ValueError) as error:
        raise InputError(name, f"it is no spreadsheet that can be read ({error})", _FIX) from error
    return [Sheet(sheet.name, partial(_rows, sheet)) for sheet in opened if sheet.height]


def _rows(sheet: CalamineSheet) -> Iterator[list[str]]:
    for row in sheet.iter_rows():
        yield [text(cell) for cell in row]


def text(cell: object) -> str:
    """A cell as text: whole numbers without a point, dates in ISO, truth values as true and false."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return "" if cell is None or isinstance(cell, timedelta) else str(cell)


def recognised(sheet: Sheet) -> tuple[Layout, int] | recognise.Kind | recognise.Refused:
    """The layout of a sheet and the number of rows above its first record, or what else it is."""
    head = list(islice(sheet.rows(), _HEAD))
    written = _as_csv(head)
    found = recognise.text(written, whole=True)
    if isinstance(found, recognise.Table) and found.dialect.delimiter == ",":
        above = written[: found.skip].decode()
        return found.layout, len(list(csv.reader(io.StringIO(above, newline=""))))
    if isinstance(found, recognise.Refused) or (isinstance(found, recognise.Kind) and found.name == "list"):
        return found
    return recognise.Refused("the sheet holds no table with URLs or hosts in its cells", _FIX)


def batches(sheet: Sheet, layout: Layout, above: int) -> Iterator[Batch]:
    """The rows below the header, some ten thousands at a time."""
    rows = islice(sheet.rows(), above, None)
    while part := list(islice(rows, ROWS)):
        yield Batch(_frame(part, layout), partial(_text, part), part.__getitem__)


def _frame(rows: list[list[str]], layout: Layout) -> pl.DataFrame:
    def column(index: int) -> pl.Series:
        return pl.Series([row[index] or None if index < len(row) else None for row in rows], dtype=TEXT)

    return pl.DataFrame({str(index): column(index) for index in sorted({c.index for c in layout.columns})})


def _as_csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8", "replace")


def _text(rows: list[list[str]], row: int) -> str:
    return _as_csv([rows[row]]).decode().rstrip("\n")
