"""Rows with more cells than headers: put the surplus back where it came from, if that is certain.

A delimiter inside unquoted text cuts a title or an anchor in two. The row is mended where one way of joining
cells alone leaves URLs under the headers of URLs and numbers under those of numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations_with_replacement
from typing import Final

from detector.links import cells, dates
from detector.links.formats import Field
from detector.links.layout import Layout

#: A row with more surplus cells than this is no row with a few delimiters in its title.
_MOST: Final = 32
_URL = re.compile(r"\s*https?://", re.IGNORECASE)
_TEXTS: Final = frozenset({"anchor", "source_title"})
_URLS: Final = frozenset({"source_url", "target_url"})


def fold(row: list[str], layout: Layout, delimiter: str) -> list[str] | None:
    """The row with as many cells as headers; None where it cannot be known."""
    width = len(layout.headers)
    surplus = len(row) - width
    texts = [column.index for column in layout.of(*_TEXTS)]
    texts += [place for place, header in enumerate(layout.headers) if header.strip().endswith("_title")]
    if surplus <= _MOST:
        found = list(_fitting(row, layout, delimiter, sorted(set(texts)), surplus))
        if len(found) == 1:
            return found[0]
    if not any(cell.strip() for cell in row[width:]):
        return row[:width]
    return None


def _fitting(
    row: list[str], layout: Layout, delimiter: str, texts: list[int], surplus: int
) -> Iterator[list[str]]:
    for places in combinations_with_replacement(texts, surplus):
        joined = _joined(row, delimiter, {place: places.count(place) for place in texts})
        if all(_is_of_type(joined[c.index], c.field) for c in layout.columns if c.index < len(joined)):
            yield joined


def _joined(row: list[str], delimiter: str, extra: dict[int, int]) -> list[str]:
    """The row with ``extra[place]`` more cells joined into the cell of each place."""
    joined: list[str] = []
    at = 0
    while at < len(row):
        count = 1 + extra.get(len(joined), 0)
        joined.append(delimiter.join(row[at : at + count]))
        at += count
    return joined


def _is_of_type(cell: str, field: Field) -> bool:
    """Whether a cell is what its header promises; only a linking page has to be there."""
    if field.column in _URLS:
        return bool(_URL.match(cell)) or (field.column != "source_url" and not cell.strip())
    try:
        if field.is_number:
            cells.number(cell)
        elif field.is_date:
            dates.read(cell)
        elif field.transform.startswith(("bool", "notbool", "flag:")):
            cells.boolean(cell)
    except cells.CellError:
        return False
    return True
