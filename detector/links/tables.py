"""Delimited tables: pieces of text -> batches of cells, whatever is wrong with some of their rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

import numpy as np
import polars as pl

from detector.links import mending, records
from detector.links.convert import Batch
from detector.links.encodings import Repairs, mended
from detector.links.recognise import Table
from detector.links.records import CR, LF, Piece
from detector.links.schema import TEXT


def batches(blocks: Iterator[bytes], table: Table, repairs: Repairs) -> Iterator[Batch]:
    """The rows of a table, some ten thousands at a time.

    Args:
        blocks: the file in UTF-8.
        table: what it was recognised as.
        repairs: lines in another encoding are counted here.
    """
    reader = _Reader(table, repairs, [column.index for column in table.layout.columns])
    for piece in records.pieces(blocks, table.dialect, skip=table.skip, prefix=reader.header):
        yield reader.batch(piece)


def date_frames(blocks: Iterator[bytes], table: Table) -> Iterator[pl.DataFrame]:
    """The columns of dates only."""
    wanted = [column.index for column in table.layout.columns if column.field.is_date]
    reader = _Reader(table, Repairs(), wanted)
    for piece in records.pieces(blocks, table.dialect, skip=table.skip, prefix=reader.header):
        yield reader.frame(piece)[0]


class _Reader:
    def __init__(self, table: Table, repairs: Repairs, wanted: Sequence[int]) -> None:
        self._dialect = table.dialect
        self._layout = table.layout
        self._width = len(table.layout.headers)
        self._repairs = repairs
        self._names = [str(index) for index in sorted({*wanted, self._width - 1, self._width})]
        header = self._dialect.delimiter.join(str(index) for index in range(self._width + 1))
        self.header = header.encode() + b"\n"

    def batch(self, piece: Piece) -> Batch:
        """Rows of a piece; those with more cells than headers are mended, or broken."""
        frame, piece = self.frame(piece)
        surplus, short = self._ragged(frame, piece)
        broken = dict.fromkeys(piece.too_long, f"it is longer than {records.MAX_RECORD >> 20} MB")
        if piece.cut_off is not None:
            broken[piece.cut_off] = "the file breaks off in it"
        mended_rows: dict[int, list[str]] = {}
        for row in set(surplus) - set(broken):
            found = self._mended(piece, row)
            if found is None:
                broken[row] = f"it has more cells than the {self._width} headers"
            else:
                mended_rows[row] = found
        frame = _replaced(frame.drop(str(self._width)), mended_rows, list(broken))
        return Batch(frame, piece.text, partial(self._cells, piece), broken, short, _has_inner_cr(piece))

    def _ragged(self, frame: pl.DataFrame, piece: Piece) -> tuple[list[int], list[int]]:
        """Rows with more cells than headers, and rows with fewer.

        The parser shows neither where the cells at the end are empty; a record that ends with a delimiter has
        an empty last cell, whichever it is.
        """
        over = frame[str(self._width)].is_not_null().to_numpy()
        last_empty = frame[str(self._width - 1)].is_null().to_numpy()
        held = np.ones(len(piece), bool)
        held[list(piece.too_long)] = False
        open_end = self._ends_with_delimiter(piece) & held
        surplus = over | (open_end & ~last_empty)
        for row in np.flatnonzero(open_end & last_empty & ~over).tolist():
            mark = self._dialect.delimiter
            if piece.raw(row).count(mark.encode()) >= self._width:
                surplus[row] = len(self._cells(piece, row)) > self._width
        short = last_empty & ~open_end & ~over & held & (piece.stops - piece.starts > 2)
        return np.flatnonzero(surplus).tolist(), np.flatnonzero(short).tolist() if self._width > 1 else []

    def _ends_with_delimiter(self, piece: Piece) -> np.ndarray:
        if not piece.data:
            return np.zeros(len(piece), bool)
        data = np.frombuffer(piece.data, np.uint8)
        last = piece.stops - 1
        for end in (LF, CR):  # CRLF and LF; a last line may have neither
            last = np.where((data[last] == end) & (last > piece.starts), last - 1, last)
        ends: np.ndarray = data[last] == ord(self._dialect.delimiter)
        return ends

    def _mended(self, piece: Piece, row: int) -> list[str] | None:
        found = self._cells(piece, row)
        return (
            mending.fold(found, self._layout, self._dialect.delimiter) if len(found) > self._width else found
        )

    def _cells(self, piece: Piece, row: int) -> list[str]:
        return records.cells(piece.text(row), self._dialect, self._width)

    def frame(self, piece: Piece) -> tuple[pl.DataFrame, Piece]:
        """The wanted cells, and one more column that holds something where a row has too many.

        The piece comes back in valid UTF-8.
        """
        odd = sorted({*piece.stray, *piece.too_long})
        try:
            return self._spliced(piece, odd), piece
        except pl.exceptions.PolarsError:
            piece = self._in_utf8(piece)
        odd = sorted({*odd, *self._badly_quoted(piece)})
        try:
            return self._spliced(piece, odd), piece
        except pl.exceptions.PolarsError:
            return self._spliced(piece, list(range(len(piece)))), piece

    def _in_utf8(self, piece: Piece) -> Piece:
        data = mended(piece.data, self._repairs)
        if data is piece.data:
            return piece
        again, _ = records.cut(data, self._dialect, begin=len(self.header), final=True)
        again.cut_off = piece.cut_off
        return again

    def _badly_quoted(self, piece: Piece) -> Iterable[int]:
        if not self._dialect.quoted:
            return []
        well_formed = records.well_formed(self._dialect.delimiter)
        quoted = (row for row in range(len(piece)) if b'"' in piece.raw(row))
        return [row for row in quoted if not well_formed.fullmatch(piece.raw(row))]

    def _spliced(self, piece: Piece, odd: list[int]) -> pl.DataFrame:
        """Parse all rows in bulk but the odd ones, which are cut one by one, and put them together."""
        if not odd:
            return self._parsed(piece.data, len(piece))
        good = np.ones(len(piece), bool)
        good[odd] = False
        parts = [piece.raw(row) for row in np.flatnonzero(good).tolist()]
        bulk = self._parsed(
            b"".join(part if part.endswith(b"\n") else part + b"\n" for part in parts), len(parts)
        )
        rows = [[] if row in piece.too_long else self._cells(piece, row) for row in odd]
        columns = {
            name: pl.Series([row[int(name)] if int(name) < len(row) else None for row in rows], dtype=TEXT)
            for name in self._names
        }
        single = pl.DataFrame(columns)
        places = pl.Series(np.concatenate([np.flatnonzero(good), odd]), dtype=pl.Int64)
        return pl.concat([bulk, single]).with_columns(place=places).sort("place").drop("place")

    def _parsed(self, data: bytes, height: int) -> pl.DataFrame:
        """Parse well-formed records below our header in bulk; raises PolarsError where they are not."""
        if not height:
            return pl.DataFrame(schema=dict.fromkeys(self._names, TEXT))
        frame = pl.read_csv(
            data,
            columns=self._names,
            separator=self._dialect.delimiter,
            quote_char='"' if self._dialect.quoted else None,
            infer_schema=False,
            truncate_ragged_lines=True,
        )
        if frame.height != height:
            raise pl.exceptions.ComputeError("stray quotation marks")
        return frame


def _has_inner_cr(piece: Piece) -> bool:
    """Whether a CR can stand elsewhere than in the CRLF that ends each record."""
    data = piece.data
    if b"\r" not in data:
        return False
    return not (data.endswith(b"\n") and data.count(b"\r") == data.count(b"\r\n") == len(piece))


def _replaced(frame: pl.DataFrame, rows: dict[int, list[str]], broken: list[int]) -> pl.DataFrame:
    """The frame with some rows replaced and some made empty."""
    if not rows and not broken:
        return frame
    places = pl.Series([*rows, *broken], dtype=pl.UInt32)

    def column(name: str) -> pl.Series:
        new = [row[int(name)] if int(name) < len(row) else None for row in rows.values()]
        return frame[name].scatter(places, pl.Series(new + [None] * len(broken), dtype=TEXT))

    return pl.DataFrame({name: column(name) for name in frame.columns})
