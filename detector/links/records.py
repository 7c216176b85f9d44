"""Delimited text in UTF-8, cut into complete records and records cut into cells, however badly quoted.

A quotation mark opens a quoted cell only at the start of a cell, and closes it only before a delimiter or the
end of the record; everywhere else it is text. A cell that is opened and never closed in that way is no
quoted cell at all: its mark is text and its record ends at the end of its line. So one stray mark costs one
line, never the rest of the file. Line ends are LF; CRs before them belong to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Final

import numpy as np

from detector.errors import InputError

LF: Final = 10
CR: Final = 13
QUOTE: Final = 34
#: A longer record is no record: it is skipped, counted and reported.
MAX_RECORD: Final = 4 << 20
#: How many bytes of such a record are kept.
SHOWN: Final = 200
#: How much of a file is read at a time.
PIECE: Final = 30 << 20
#: How many records a piece has at most.
MAX_ROWS: Final = 250_000
_CACHED: Final = 1 << 18


@dataclass(frozen=True)
class Dialect:
    """How cells are separated, and whether quotation marks mean anything."""

    delimiter: str
    quoted: bool = True


@dataclass
class Piece:
    """Some complete records.

    Attributes:
        data: UTF-8; ends with LF unless it is the last piece of its file.
        starts: int64, where each record starts.
        stops: int64, where it ends, line end included.
        stray: numbers of the records whose quotation marks are stray.
        too_long: number -> beginning of a record that is longer than ``MAX_RECORD``.
        cut_off: number of the record in which the file breaks off, if it does.
    """

    data: bytes
    starts: np.ndarray
    stops: np.ndarray
    stray: list[int] = field(default_factory=list)
    too_long: dict[int, str] = field(default_factory=dict)
    cut_off: int | None = None

    def __len__(self) -> int:
        return len(self.starts)

    def raw(self, record: int) -> bytes:
        """A record as it stands."""
        return self.data[self.starts[record] : self.stops[record]]

    def text(self, record: int) -> str:
        """A record without its line end; of one that is too long the beginning."""
        if record in self.too_long:
            return self.too_long[record]
        return self.raw(record).decode("utf-8", "replace").rstrip("\r\n")


# ---------------------------------------------------------------------- cells


@cache
def _patterns(delimiter: str) -> tuple[re.Pattern[bytes], re.Pattern[bytes], re.Pattern[str]]:
    """(a well-formed record, a line that ends inside a quoted cell, one quoted cell) for a delimiter."""
    mark = re.escape(delimiter)
    inside = r'"[^"]*+(?:""[^"]*+)*+'
    cell = rf'(?:{inside}"|(?!")[^{mark}\n]*+)'
    whole = rf"{cell}(?:{mark}{cell})*+\r*\n?"
    opened = rf"(?:{cell}{mark})*+{inside}"
    quoted = rf'"([^"]*+(?:""[^"]*+)*+)"(?={mark}|\Z)'
    return re.compile(whole.encode()), re.compile(opened.encode()), re.compile(quoted)


def well_formed(delimiter: str) -> re.Pattern[bytes]:
    """Matches a whole record whose quotation marks are where they belong."""
    return _patterns(delimiter)[0]


def cells(record: str, dialect: Dialect, width: int | None = None) -> list[str]:
    """The cells of one record.

    ``width`` is the number expected: of two readings of a cell with stray quotation marks the one that gives
    it is taken.
    """
    if not dialect.quoted or '"' not in record:
        return record.split(dialect.delimiter)
    found = _cells(record, dialect.delimiter, generous=False)
    if width is not None and len(found) != width:
        other = _cells(record, dialect.delimiter, generous=True)
        if len(other) == width:
            return other
    return found


def _cells(record: str, delimiter: str, *, generous: bool) -> list[str]:
    """Cut a record; ``generous`` closes a badly quoted cell at the next mark before a delimiter."""
    quoted = _patterns(delimiter)[2]
    found = []
    at = 0
    while True:
        cell = quoted.match(record, at) if record.startswith('"', at) else None
        if cell:
            found.append(cell[1].replace('""', '"'))
            end = cell.end()
        else:
            close = record.find(f'"{delimiter}', at + 1) if generous and record.startswith('"', at) else -1
            end = close + 1 if close >= 0 else record.find(delimiter, at)
            end = len(record) if end < 0 else end
            found.append(record[at + 1 : end - 1] if close >= 0 else record[at:end])
        if end >= len(record):
            return found
        at = end + 1


# ---------------------------------------------------------------------- records


def cut(data: bytes, dialect: Dialect, *, final: bool, begin: int = 0) -> tuple[Piece, int]:
    """Cut data into its complete records.

    Args:
        data: UTF-8.
        dialect: of the file.
        final: nothing follows, so that the last record may lack its line end.
        begin: where the first record starts; what stands before it is left there.

    Returns:
        The records, and where the first incomplete one starts.
    """
    array = np.frombuffer(data, np.uint8)
    stops = np.concatenate([np.flatnonzero(part == LF) + (at + 1) for at, part in _parts(array, begin)])
    if final and len(data) > begin and (not len(stops) or stops[-1] < len(data)):
        stops = np.append(stops, len(data))
    if not len(stops):
        return Piece(b"", stops, stops), begin
    starts = np.concatenate([np.full(1, begin), stops[:-1]])
    rest = int(stops[-1])
    odd = _odd_lines(array[:rest], starts) if dialect.quoted else []
    if odd:
        piece, rest = _resolve(data, starts, stops, odd, dialect, final=final)
    else:
        piece = Piece(data, starts, stops)
    piece.data = data if rest == len(data) else data[:rest]
    return _bounded(piece), rest


def _parts(array: np.ndarray, begin: int) -> Iterator[tuple[int, np.ndarray]]:
    """An array in parts that fit a processor's cache."""
    for at in range(begin, max(len(array), begin + 1), _CACHED):
        yield at, array[at : at + _CACHED]


def _odd_lines(array: np.ndarray, starts: np.ndarray) -> list[int]:
    """Lines with an odd number of quotation marks."""
    odd: list[int] = []
    firsts = np.unique(np.searchsorted(starts[:-1], np.arange(starts[0], len(array), _CACHED)))
    for first, last in zip(
        firsts, [*firsts[1:], len(starts)], strict=True
    ):  # lines, some cached bytes of them
        begin, end = starts[first], starts[last] if last < len(starts) else len(array)
        marks = (array[begin:end] == QUOTE).view(np.uint8)
        parity = np.bitwise_xor.reduceat(marks, starts[first:last] - begin)
        odd += (np.flatnonzero(parity) + first).tolist()
    return odd


def _bounded(piece: Piece) -> Piece:
    """The piece with its overlong records named."""
    for record in np.flatnonzero(piece.stops - piece.starts > MAX_RECORD).tolist():
        start = int(piece.starts[record])
        piece.too_long[record] = _beginning(piece.data[start : start + SHOWN])
    return piece


def _beginning(data: bytes) -> str:
    return data[:SHOWN].decode("utf-8", "replace") + " ..."


def _resolve(
    data: bytes, starts: np.ndarray, stops: np.ndarray, odd: list[int], dialect: Dialect, *, final: bool
) -> tuple[Piece, int]:
    """Join the lines of records that go over several, where lines have an odd number of quotation marks.

    Such a line either opens a cell that a later such line closes, or has a stray mark.
    """
    whole, opened, _ = _patterns(dialect.delimiter)
    inner: list[np.ndarray] = []  # lines that go on the record of the line before
    stray_lines: list[int] = []
    lines = len(starts)
    at = 0
    while at < len(odd):
        first = odd[at]
        start = int(starts[first])
        last = odd[at + 1] if at + 1 < len(odd) else None
        if not opened.fullmatch(data, start, int(stops[first])):
            stray_lines.append(first)
        elif last is None and not final and len(data) - start <= MAX_RECORD:
            lines = first  # it may be closed in what follows
            break
        elif last is not None and whole.fullmatch(data, start, min(int(stops[last]), start + MAX_RECORD)):
            inner.append(np.arange(first + 1, last + 1))
            at += 1
        else:
            stray_lines.append(first)
        at += 1
    rest = int(starts[lines]) if lines < len(starts) else int(stops[-1])
    starts, stops = starts[:lines], stops[:lines]
    gone = np.concatenate([np.zeros(0, np.int64), *inner])
    shift = np.searchsorted(gone, stray_lines).tolist()
    stray = [line - before for line, before in zip(stray_lines, shift, strict=True)]
    return Piece(data, np.delete(starts, gone), np.delete(stops, gone - 1), stray), rest


def pieces(
    blocks: Iterator[bytes], dialect: Dialect, *, skip: int = 0, prefix: bytes = b""
) -> Iterator[Piece]:
    """Cut a stream into pieces of complete records, in bounded memory whatever it holds.

    Args:
        blocks: the file in UTF-8.
        dialect: of the file.
        skip: bytes of preamble and header.
        prefix: put before the records of every piece: a header for the parser.

    Raises:
        InputError: of ``blocks``, after the records before it were given.
    """
    held: list[bytes | memoryview] = []  # since the last complete record
    size = 0
    in_long = False  # inside a record that is too long to hold
    failure: InputError | None = None
    while True:
        try:
            block = next(blocks, None)
        except InputError as error:  # what was read before is given first
            failure, block = error, None
        if block is None:
            break
        if skip:
            skip, block = max(0, skip - len(block)), block[skip:]
        if in_long:
            end = block.find(b"\n")
            if end < 0:
                continue
            in_long, block = False, block[end + 1 :]
        held.append(block)
        size += len(block)
        if size < PIECE and not (size > MAX_RECORD and b"\n" not in block):
            continue
        end = block.rfind(b"\n") + 1
        tail = memoryview(block)[end:]
        held[-1] = memoryview(block)[:end]
        data = b"".join([prefix, *held])
        piece, rest = cut(data, dialect, begin=len(prefix), final=False)
        yield from _portions(piece, prefix)
        held = [data[rest:], tail]
        size = len(held[0]) + len(tail)
        if size > MAX_RECORD and (lost := _lost(b"".join(held))) is not None:
            yield _long(b"".join(held))
            in_long = lost < 0
            held = [] if in_long else [b"".join(held)[lost:]]
            size = sum(len(part) for part in held)
    if size:
        data = b"".join([prefix, *held])
        last, _ = cut(data, dialect, begin=len(prefix), final=True)
        last.cut_off = len(last) - 1 if failure and not data.endswith(b"\n") else None
        yield from _portions(last, prefix)
    if failure:
        raise failure


def _portions(piece: Piece, prefix: bytes) -> Iterator[Piece]:
    """A piece as pieces of at most ``MAX_ROWS`` records."""
    if 0 < len(piece) <= MAX_ROWS:
        yield piece
        return
    for first in range(0, len(piece), MAX_ROWS):
        last = min(first + MAX_ROWS, len(piece))
        begin, end = int(piece.starts[first]), int(piece.stops[last - 1])
        move = len(prefix) - begin
        portion = Piece(
            prefix + piece.data[begin:end], piece.starts[first:last] + move, piece.stops[first:last] + move
        )
        portion.stray = [record - first for record in piece.stray if first <= record < last]
        portion.too_long = {r - first: text for r, text in piece.too_long.items() if first <= r < last}
        if piece.cut_off is not None and first <= piece.cut_off < last:
            portion.cut_off = piece.cut_off - first
        yield portion


def _lost(data: bytes) -> int | None:
    """Where an overlong first record ends, -1 if it goes on; None if the first record is not overlong."""
    if data.find(b"\n", 0, MAX_RECORD) >= 0:
        return None
    end = data.find(b"\n")
    return end + 1 if end >= 0 else -1


def _long(data: bytes) -> Piece:
    """A piece of one record that is too long."""
    return Piece(b"", np.zeros(1, np.int64), np.zeros(1, np.int64), too_long={0: _beginning(data)})
