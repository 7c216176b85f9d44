"""What a file is, by its first bytes: a table and its layout, a list, an answer of an API, or no export."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from detector.errors import on_one_line
from detector.links import content, lists, mending
from detector.links.layout import SOURCES, Layout, by_headers, known_headers, normalised
from detector.links.records import Dialect, cells, cut

#: How much of a file is looked at.
HEAD: Final = 512 << 10
#: More columns than any export has.
MAX_COLUMNS: Final = 4096

_DELIMITERS: Final = (",", "\t", ";", "|")
_HEADER_WITHIN = 60  # records
_SAMPLE = 200  # records below the header
_SYSTEMATIC = 3  # rows that are no coincidence
_FITTING = 0.8  # share of the cells of a column that must be what its header says
_TARGET = "target_url"

_FIX = "export the backlinks of your site from your SEO tool as CSV"
_WEB_GRAPH = "it seems to be a part of the Common Crawl web graph, not an export of backlinks"

#: Beginnings of files that are something else, and what to say of them.
_SIGNATURES: Final = (
    (b"%PDF", "it is a PDF", "export the table as CSV"),
    (b"\x89PNG", "it is a picture", _FIX),
    (b"\xff\xd8\xff", "it is a picture", _FIX),
    (b"GIF8", "it is a picture", _FIX),
    (b"\xd0\xcf\x11\xe0", "it is an old Excel workbook (.xls)", "save it as .xlsx or CSV"),
    (b"SQLite format 3", "it is a database", _FIX),
    (b"PAR1", "it is a Parquet file", "save it as CSV"),
    (b"Rar!", "it is a RAR archive", "unpack it and name the exports in it"),
    (b"7z\xbc\xaf\x27\x1c", "it is a 7z archive", "unpack it and name the exports in it"),
    (b"BZh", "it is packed with bzip2", "unpack it first"),
    (b"\xfd7zXZ", "it is packed with xz", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "it is packed with zstd", "unpack it first"),
)

_TAR = slice(257, 262)  # where tar archives are marked
_CONTROL = frozenset(map(chr, (*range(1, 9), *range(14, 32), 0x7F))) | {"\ufffd"}
_HTML = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|title|script|div|meta|table)\b", re.I | re.S
)
_SPREADSHEET_ML = "urn:schemas-microsoft-com:office:spreadsheet"
_XML = re.compile(r"\s*<(?:\?xml|Result\b)", re.I)
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\]\"])")
_API_ERROR = re.compile(r"\s*(?:ERROR \d+ ?::|error[: ])", re.I)
_URL = re.compile(r"\s*[a-z][a-z0-9+.-]*://", re.I)
_EDGE = re.compile(r"\d+\t\d+")
_VERTEX = re.compile(r"\d+\t([a-z0-9_-]+)(?:\.[a-z0-9_-]+)*\.([a-z0-9_-]+)(?:\t\d+)?")
_TOP_LEVEL = re.compile(r"[a-z]{2}|com|net|org|info|edu|gov|mil|int|arpa|biz|xyz|online|shop|xn--[a-z0-9-]+")


@dataclass(frozen=True)
class Refused:
    """No export: what it seems to be, and what to export instead."""

    problem: str
    fix: str


@dataclass(frozen=True)
class Table:
    """A delimited table: how it is written, what it means, and where its records start (bytes of UTF-8).

    ``above``: the header of another table above it that is not read; empty where there is none.
    """

    dialect: Dialect
    layout: Layout
    skip: int
    above: str = ""


@dataclass(frozen=True)
class Kind:
    """A file that is read by another reader: ``list``, ``json``, ``xml``."""

    name: str


def foreign(head: bytes) -> Refused | None:
    """What the first bytes say against reading it as text."""
    for start, problem, fix in _SIGNATURES:
        if head.startswith(start):
            return Refused(problem, fix)
    if head[_TAR] == b"ustar":
        return Refused("it is a tar archive", "unpack it and name the exports in it")
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        return Refused("it is empty", _FIX)
    return None


def text(head: bytes, *, whole: bool) -> Table | Kind | Refused:
    """Recognise a text.

    Args:
        head: its first ``HEAD`` bytes, in UTF-8, perhaps broken off.
        whole: it is all there is.
    """
    beginning = head[:4096].decode("utf-8", "replace")
    if sum(letter in _CONTROL for letter in beginning) > len(beginning) // 20:
        return Refused("it is no text, and no spreadsheet that can be read", _FIX)
    if _HTML.match(beginning):
        return Refused(
            "it is a web page, perhaps an error page of the tool", "sign in there and export again"
        )
    if _SPREADSHEET_ML in beginning:
        return Refused("it is a spreadsheet in XML", "save it as .xlsx or CSV")
    if _XML.match(beginning):
        return Kind("xml")
    if _JSON.match(beginning):
        return Kind("json")
    if _API_ERROR.match(beginning):
        said = on_one_line(beginning.strip().splitlines()[0][:100])
        return Refused(f"it is the error message of an API ({said})", "ask the API again, or export a file")
    if not whole and b"\n" not in head:
        return Refused("its first line is longer than any header", _FIX)
    lines = head.decode("utf-8", "replace").splitlines() if whole else _complete_lines(head)
    widest = max(lines[0].count(mark) for mark in _DELIMITERS) + 1 if lines else 0
    if widest > MAX_COLUMNS:
        return Refused(f"its first line has {widest:,} cells", _FIX)
    if _is_web_graph(lines):
        return Refused(_WEB_GRAPH, _FIX)
    return _table(head, whole=whole) or _list(lines) or Refused("it has no column of URLs or hosts", _FIX)


def _complete_lines(head: bytes) -> list[str]:
    return head[: head.rfind(b"\n")].decode("utf-8", "replace").split("\n")


def _list(lines: list[str]) -> Kind | None:
    return Kind("list") if lists.looks_like(lines) else None


def _is_web_graph(lines: list[str]) -> bool:
    """Whether lines are edges (two numbers) or vertices (a number and a reversed name) of a graph."""
    filled = [line.strip() for line in lines[:1000] if line.strip()]
    if not filled:
        return False
    if all(_EDGE.fullmatch(line) for line in filled):
        return True
    found = [vertex for line in filled if (vertex := _VERTEX.fullmatch(line))]
    reversed_names = [v for v in found if _TOP_LEVEL.fullmatch(v[1]) and not _TOP_LEVEL.fullmatch(v[2])]
    return len(reversed_names) > 0.8 * len(filled)


# ---------------------------------------------------------------------- tables


@dataclass(frozen=True)
class _Header:
    """A row that may be the header: its place, cells, and what they say."""

    dialect: Dialect
    rows: list[list[str]]
    ends: list[int]
    place: int
    layout: Layout | None
    above: str = ""

    @property
    def quality(self) -> tuple[int, int, int]:
        explained = self.layout.explained if self.layout else 0
        return explained, -self.place, len(self.rows[self.place])


def _table(head: bytes, *, whole: bool) -> Table | Refused | None:
    found = [header for mark in _DELIMITERS if (header := _known_header(head, Dialect(mark), whole=whole))]
    if found:
        table = _below(max(found, key=lambda header: header.quality))
        if table:
            return table
    if lists.looks_like(_complete_lines(head) if not whole else head.decode("utf-8", "replace").split("\n")):
        return None
    return _by_content(head, whole=whole)


def _rows(head: bytes, dialect: Dialect, *, whole: bool) -> tuple[list[list[str]], list[int]]:
    """The first records and where they end."""
    piece, _ = cut(head, dialect, final=whole)
    if not len(piece):
        piece, _ = cut(head, dialect, final=True)
    count = min(len(piece), _HEADER_WITHIN + _SAMPLE)
    rows = [cells(piece.text(place), dialect) for place in range(count)]
    return rows, piece.stops[:count].tolist()


def _known_header(head: bytes, dialect: Dialect, *, whole: bool) -> _Header | None:
    """The row, among the first, whose cells some report explains best."""
    rows, ends = _rows(head, dialect, whole=whole)
    best: _Header | None = None
    data_seen = False
    for place, row in enumerate(rows[:_HEADER_WITHIN]):
        if any(_URL.match(cell) for cell in row):
            data_seen = True
        elif len(row) <= MAX_COLUMNS and any(normalised(cell) in known_headers() for cell in row):
            layout = by_headers(row)
            header = _Header(dialect, rows, ends, place, layout, _table_above(best, place))
            sure = layout and (layout.explained > 1 or not data_seen)  # one known word among data is data
            if sure and (best is None or header.quality > best.quality):
                best = header
        data_seen = data_seen or content.kind(row[0]) in {"host", "page"}
    return best


def _table_above(header: _Header | None, place: int) -> str:
    """What a header that another one at ``place`` outdoes was the header of: a table of its own if data follow it."""
    if header is None or not header.layout or header.layout.explained < 2:
        return header.above if header else ""
    between = header.rows[header.place + 1 : place]
    if not any(_holds_data(row) for row in between):
        return header.above
    return ", ".join(cell.strip() for cell in header.rows[header.place] if cell.strip())


def _holds_data(row: list[str]) -> bool:
    return any(_URL.match(cell) for cell in row) or content.kind(row[0]) in {"host", "page"}


def _below(header: _Header) -> Table | Refused | None:
    """The table under a header of which at least one cell is known."""
    names = header.rows[header.place]
    rows = [row for row in header.rows[header.place + 1 :] if any(cell.strip() for cell in row)][:_SAMPLE]
    names = names + [""] * _empty_surplus(rows, len(names))
    layout = by_headers(names)
    if layout and not layout.refusal:
        rows = [_whole(row, layout, header.dialect) for row in rows]
        if layout.has_source and rows and content.fits(layout, rows) < 0.2:
            layout = _elsewhere(names, rows, layout) or layout
        else:
            layout = content.complete(names, rows, layout)
    if layout is None or not (layout.has_subject or layout.refusal):
        return None
    if layout.refusal:
        problem, _, fix = layout.refusal.partition("; ")
        return Refused(problem, fix)
    dialect = header.dialect
    if layout.unquoted == dialect.delimiter:
        dialect = Dialect(dialect.delimiter, quoted=False)
    return Table(dialect, layout, header.ends[header.place], header.above)


def _whole(row: list[str], layout: Layout, dialect: Dialect) -> list[str]:
    """A row with its surplus cells put back, if they can be."""
    if len(row) <= len(layout.headers):
        return row
    return mending.fold(row, layout, dialect.delimiter) or row


def _empty_surplus(rows: Sequence[Sequence[str]], width: int) -> int:
    """How many more cells than headers every row has, where they are all empty: delimiters at line ends."""
    if len(rows) < _SYSTEMATIC or min(len(row) for row in rows) <= width:
        return 0
    surplus = max(len(row) for row in rows) - width
    return surplus if not any(cell.strip() for row in rows for cell in row[width:]) else 0


def _elsewhere(names: Sequence[str], rows: Sequence[Sequence[str]], layout: Layout) -> Layout | None:
    """The layout of a table whose linking pages are not under their header, but in another column."""
    in_place = bool(layout.of(_TARGET)) and content.fits(layout, rows, [_TARGET]) >= _FITTING
    wider = max(len(row) for row in rows) > len(names)
    moved = _realigned(layout, rows) if wider or not in_place else None
    if moved or not in_place:
        return moved or content.complete(names, rows, None)
    # The linked pages are under their header: theirs is not the column of the linking pages, whatever it holds.
    kept = tuple(column for column in layout.columns if column.field.column not in SOURCES)
    found = content.complete(names, rows, replace(layout, columns=kept))
    return found if found and found.has_source else None


def _realigned(layout: Layout, rows: Sequence[Sequence[str]]) -> Layout | None:
    """The layout of a table whose headers stand beside their cells (a lost or added first column)."""
    for by in (1, -1, 2):
        moved = layout.shifted(by)
        kinds = (SOURCES, [_TARGET]) if moved.of(_TARGET) else (SOURCES,)
        if moved.has_source and all(content.fits(moved, rows, kind) >= _FITTING for kind in kinds):
            return moved
    return None


def _by_content(head: bytes, *, whole: bool) -> Table | Refused | None:
    """A table with unknown headers or without any."""
    best: tuple[int, Table] | None = None
    for mark in _DELIMITERS:
        dialect = Dialect(mark)
        rows, ends = _rows(head, dialect, whole=whole)
        sizes = [len(row) for row in rows if any(cell.strip() for cell in row)]
        width = max(set(sizes), key=sizes.count, default=0)
        if not 1 <= width <= MAX_COLUMNS or sizes.count(width) < 0.8 * len(sizes):
            continue
        first = next(place for place, row in enumerate(rows) if len(row) == width and any(row))
        table = _unknown(dialect, rows[first:], [0, *ends][first:], width)
        if table and (best is None or width > best[0]):
            best = width, table
    if best is None:
        return None
    refusal = best[1].layout.refusal
    if refusal:
        problem, _, fix = refusal.partition("; ")
        return Refused(problem, fix)
    return best[1]


def _unknown(dialect: Dialect, rows: list[list[str]], starts: list[int], width: int) -> Table | None:
    below = [row for row in rows[1:] if len(row) == width][:_SAMPLE]
    named = content.looks_like_header(rows[0], content.kinds(below, width)) if below else False
    headers = rows[0] if named else [""] * width
    layout = content.complete(headers, below if named else [rows[0], *below], None)
    if layout is None or (not named and (width == 1 or not (below or layout.of("source_url")))):
        return None  # one column without a header is a list, one line of hosts is no table
    return Table(dialect, layout, starts[1] if named else starts[0])
