"""Which report a table is, and what its columns mean: by its headers.

The report is the one that explains most of the headers; on a tie the one with the largest share of its own
headers present. A header that it does not list is looked up in the same tool's other reports; one listed
nowhere there is ignored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from detector.links.formats import IGNORED, TOOLS, Field, Report, Tool

#: What a row can be about, first things first.
SUBJECTS: Final = ("source_url", "source_host", "target_url", "anchor", "ip")
#: What makes a row one that can be judged.
SOURCES: Final = frozenset({"source_url", "source_host"})

UNKNOWN: Final = "unknown"


@dataclass(frozen=True)
class Column:
    """A column of a file.

    Attributes:
        index: its place in a record, from 0.
        header: as the file writes it; empty in a table without headers.
        field: what it means.
    """

    index: int
    header: str
    field: Field


@dataclass(frozen=True)
class Layout:
    """A recognised table.

    Attributes:
        tool, report: names.
        headers: as they stand, one a column; empty strings in a table without headers.
        columns: those that mean something, in the order of the file; ignored dates and numbers included.
        own: places of the headers that the report lists itself.
        explained: how many different headers that are.
        unnamed_kind: see ``Tool``.
        row_limits: see ``Tool``.
        unquoted: see ``Report``.
        refusal: see ``Report``.
        badge: see ``Report``.
    """

    tool: str
    report: str
    headers: tuple[str, ...]
    columns: tuple[Column, ...]
    own: frozenset[int] = frozenset()
    explained: int = 0
    unnamed_kind: str = ""
    row_limits: tuple[int, ...] = ()
    unquoted: str = ""
    refusal: str = ""
    badge: str = ""

    def of(self, *names: str) -> tuple[Column, ...]:
        """The columns that fill any of these canonical columns."""
        return tuple(column for column in self.columns if column.field.column in names)

    @property
    def has_source(self) -> bool:
        """Whether the linking page or host is in the file."""
        return bool(self.of(*SOURCES))

    @property
    def has_subject(self) -> bool:
        """Whether there is anything for a row to be about."""
        return bool(self.of(*SUBJECTS))

    def shifted(self, by: int) -> Layout:
        """The layout of a table whose headers stand ``by`` columns left of its cells."""
        moved = tuple(replace(c, index=c.index + by) for c in self.columns if c.index + by >= 0)
        headers = ("",) * by + self.headers if by > 0 else self.headers[-by:]
        return replace(self, columns=moved, headers=headers)


def normalised(header: str) -> str:
    """A header as it is compared: without mark, outer blanks and case."""
    return header.replace("\ufeff", "").strip().casefold()


@dataclass(frozen=True)
class _Index:
    """A report's headers, ready to be looked up."""

    tool: Tool
    report: Report
    exact: dict[str, Field]
    beginnings: tuple[tuple[str, Field], ...]

    def field(self, key: str) -> Field | None:
        found = self.exact.get(key)
        if found is None:
            return next((field for start, field in self.beginnings if key.startswith(start)), None)
        return found

    def share(self, keys: Iterable[str]) -> float:
        present = {key for key in keys if key in self.exact}
        endings = [start for start, _ in self.beginnings if any(key.startswith(start) for key in keys)]
        return (len(present) + len(endings)) / (len(self.exact) + len(self.beginnings))


@cache
def _indexes() -> tuple[_Index, ...]:
    made = []
    for tool in TOOLS:
        for report in tool.reports:
            fields = {normalised(header): field for header, field in reversed(list(report.fields.items()))}
            stars = tuple((key[:-1], field) for key, field in fields.items() if key.endswith("_*"))
            exact = {key: field for key, field in fields.items() if not key.endswith("_*")}
            made.append(_Index(tool, report, exact, stars))
    return tuple(made)


@cache
def known_headers() -> frozenset[str]:
    """Every header of every report, normalised."""
    return frozenset(key for index in _indexes() for key in index.exact)


def by_headers(headers: Sequence[str]) -> Layout | None:
    """The layout of a table with these headers; None where no report lists any of them."""
    keys = [normalised(header) for header in headers]
    distinct = {key for key in keys if key}
    best = max(_indexes(), key=lambda index: _fit(index, distinct), default=None)
    if best is None or not _fit(best, distinct)[0]:
        return None
    fields = [_look_up(best, key) if key else None for key in keys]
    return Layout(
        tool=best.tool.name,
        report=best.report.name,
        headers=tuple(headers),
        columns=_meaningful(headers, fields),
        own=frozenset(place for place, key in enumerate(keys) if key and best.field(key)),
        explained=_fit(best, distinct)[0],
        unnamed_kind=best.tool.unnamed_kind,
        row_limits=best.tool.row_limits,
        unquoted=best.report.unquoted,
        refusal=best.report.refusal,
        badge=best.report.badge,
    )


def _fit(index: _Index, keys: set[str]) -> tuple[int, float]:
    listed = sum(index.field(key) is not None for key in keys)
    return (listed, index.share(keys)) if listed else (0, 0.0)


def _look_up(best: _Index, key: str) -> Field | None:
    own = best.field(key)
    if own is not None:
        return own
    others = (index for index in _indexes() if index.tool is best.tool)
    return next((field for index in others if (field := index.field(key)) is not None), None)


def _meaningful(headers: Sequence[str], fields: Sequence[Field | None]) -> tuple[Column, ...]:
    pairs = enumerate(zip(headers, fields, strict=True))
    return tuple(
        Column(place, header, field)
        for place, (header, field) in pairs
        if field is not None and (field.column != IGNORED or field.is_date or field.is_number)
    )


def listed(headers: Sequence[str], layout: Layout | None) -> set[int]:
    """The places of the headers that some report of the layout's tool lists, ignored ones included."""
    if layout is None:
        return set()
    indexes = [index for index in _indexes() if index.tool.name == layout.tool]
    keys = enumerate(normalised(header) for header in headers)
    return {place for place, key in keys if key and any(index.field(key) for index in indexes)}
