"""What the columns of a table mean, by what stands in them: for unknown tools and header languages.

A column of foreign URLs is enough to work with. Nothing is guessed that cells and header words do not say.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from detector.links import cells, dates, hostnames
from detector.links.formats import TOOLS, Field
from detector.links.layout import SOURCES, UNKNOWN, Column, Layout, known_headers, listed, normalised

_MOSTLY: Final = 0.8  # share of the cells that must be of a kind
_SEVERAL: Final = 3  # sites that are not all the user's own
_SURE: Final = 6  # headers of a tool that are no coincidence
_DROPS: Final = "sftype"  # the only transform that drops rows
_INTEGER = re.compile(r"[+-]?\d{1,3}(?:[,. \u00a0\u202f]?\d{3})*|\d+")
_URL = re.compile(r"https?://[^/?#\s]+", re.IGNORECASE)

#: Words of headers, in the languages of the tools, and what they say of a column of the kind given.
_HINTS: Final = (
    ("text", "anchor", r"anchor|ancre|ancla|âncora|ankertext|link ?text|texto del enlace|анкор|עוגן"),
    ("text", "anchor", r"^text$"),
    ("text", "anchor", r"^image$"),
    ("text", "source_title", r"title|titel|titre|título|titolo|заголовок"),
    ("date", "first_seen", r"first|found|discover|erst|entdeckt|premi|primer|prim[ae]|перв"),
    ("date", "last_seen", r""),
    ("bool", "rel_nofollow", r"^no[- ]?follow"),
    ("bool", "-rel_nofollow", r"^(do)?[- ]?follow"),
    ("bool", "rel_ugc", r"^ugc$"),
    ("bool", "rel_sponsored", r"^sponsored$"),
    ("int", "backlinks", r"^(back)?links$|linking pages|backlinks? count|links to (target|you)"),
)  # fmt: skip

#: What Screaming Frog calls the links of a crawl; then what other tables of links may say as well.
_CRAWLED: Final = frozenset(
    ("hyperlink", "href", "ahref", "img", "css", "js", "javascript", "html canonical", "http canonical", "hreflang",
     "hreflang (html)", "hreflang (http)", "rel next", "rel prev", "amp", "mobile alternate", "meta refresh", "swf", "uri")
)  # fmt: skip
_ORDINARY: Final = frozenset(("image", "iframe", "redirect", "form", "video", "audio", "pdf", "other"))


def kind(cell: str) -> str:
    """What one cell is: empty, url, host, page (a host with a path), int, number, date, bool or text."""
    text = cell.strip()
    if cells.is_empty(text):
        return "empty"
    if _URL.match(text):
        return "url"
    if _INTEGER.fullmatch(text) and not re.fullmatch(r"\d{8,10}|\d{13}", text):
        return "int"
    try:
        dates.read(text)
        return "date"
    except cells.CellError:
        pass
    host = None if re.search(r"\s", text) else hostnames.of_text(text)
    if host and (hostnames.is_ip(host) or (hostnames.is_name(host) and not _INTEGER.match(host[-1]))):
        return "page" if re.search(r"[/?]", text) else "host"
    for name, read in (("int", cells.number), ("bool", cells.boolean)):
        try:
            read(text)
            return "number" if name == "int" else name
        except cells.CellError:
            continue
    return "text"


def kinds(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """What each column mostly holds; ``text`` where nothing prevails, ``empty`` where nothing stands."""
    found = []
    for place in range(width):
        seen = [kind(row[place]) for row in rows if place < len(row)]
        seen = [one for one in seen if one != "empty"]
        top = max(sorted(set(seen)), key=seen.count, default="empty")
        found.append(top if not seen or seen.count(top) >= _MOSTLY * len(seen) else _common(seen))
    return found


def _common(seen: list[str]) -> str:
    for group, name in (({"url", "page"}, "url"), ({"int", "number"}, "number"), ({"host", "page"}, "page")):
        if sum(one in group for one in seen) >= _MOSTLY * len(seen):
            return name
    return "text"


def looks_like_header(row: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a row names the columns: it holds words where the rows below hold something else."""
    above = [kind(cell) for cell in row]
    if any(one in {"url", "page", "date", "int", "number"} for one in above):
        return False
    typed = [place for place, one in enumerate(below) if one not in {"text", "empty", "bool"}]
    return bool(typed) and all(
        above[place] in {"text", "bool", "empty"} for place in typed if place < len(above)
    )


def complete(
    headers: Sequence[str], rows: Sequence[Sequence[str]], by_headers: Layout | None
) -> Layout | None:
    """A layout in which the linking page or host is found by content, if need be and if it can be.

    Args:
        headers: one a column; all empty in a table without headers.
        rows: the first records.
        by_headers: what the headers say, if anything.

    Returns:
        ``by_headers`` where nothing is to be added; None where nothing in the table can be judged.
    """
    doubted = _doubted(by_headers, rows)
    free = sorted({*range(len(headers))} - listed(headers, by_headers) | doubted)
    if by_headers and by_headers.has_source:
        turned = _turned(keeping_rows(by_headers, rows), rows, free)
        return _mended(turned, rows, free, doubted)
    what = kinds(rows, len(headers))
    found = _sources(rows, what, free, target_known=bool(by_headers and by_headers.of("target_url")))
    if not found:
        return by_headers if by_headers and by_headers.has_subject else None
    console = _search_console(headers, rows, [what[place] for place in range(len(headers))])
    if console:
        return console
    rest = [place for place in free if place not in found]
    found |= _hinted(headers, rows, what, rest, _taken(by_headers, doubted))
    columns = _with(_without_drops(by_headers) if by_headers else None, headers, found)
    if by_headers and by_headers.explained > 1:
        return replace(by_headers, columns=columns)
    named = "links" if any(field.column == "source_url" for field in found.values()) else "domains"
    return Layout(UNKNOWN, named, tuple(headers), columns)


def _with(layout: Layout | None, headers: Sequence[str], found: dict[int, Field]) -> tuple[Column, ...]:
    """The columns of a layout, but for those that were found to mean something else."""
    known = [column for column in layout.columns if column.index not in found] if layout else []
    added = [Column(place, headers[place], field) for place, field in found.items()]
    return tuple(sorted(known + added, key=lambda column: column.index))


def _taken(layout: Layout | None, doubted: set[int]) -> set[str]:
    return {c.field.column for c in layout.columns if c.index not in doubted} if layout else set()


def _doubted(layout: Layout | None, rows: Sequence[Sequence[str]]) -> set[int]:
    """Columns of a table that may be another tool's whose cells are mostly not what the header promises."""
    if layout is None or layout.explained >= _SURE:
        return set()
    doubted = set()
    for column in layout.columns:
        seen = [row[column.index] for row in rows if column.index < len(row)]
        right = [_is_of(cell, column.field) for cell in seen if not cells.is_empty(cell)]
        if 2 * sum(right) < len(right):
            doubted.add(column.index)
    return doubted


def _is_of(cell: str, field: Field) -> bool:
    """Whether a cell is of the type of its field, where that is a truth value, a number or a date."""
    name = field.transform.partition(":")[0]
    try:
        if name in {"flag", "bool", "notbool"}:
            cells.boolean(cell, field.column)
        elif name in {"int", "int0empty"}:
            cells.number(cell)
        elif name == "date":
            dates.read(cell)
    except cells.CellError:
        return False
    return True


def _turned(layout: Layout, rows: Sequence[Sequence[str]], free: list[int]) -> Layout:
    """A layout whose pages of one site are the linked ones, where a column of its own holds pages of many sites.

    Such columns are headed ``URL`` and ``Backlink``, and many a tool calls the linking page ``URL``.
    """
    if layout.explained >= _SURE or layout.of("source_host", "target_url"):
        return layout
    named = [column.index for column in layout.of("source_url")]
    what = kinds(rows, len(layout.headers))
    sites = {place: _sites(rows, place) for place in (*named, *(p for p in free if what[p] == "url"))}
    own = next((place for place in named if sites[place] == 1), None)
    linking = max(sites, key=lambda place: sites[place], default=None)
    if own is None or linking is None or sites[linking] < _SEVERAL:
        return layout
    found = {own: Field("target_url"), linking: Field("source_url")}
    return replace(layout, columns=_with(layout, layout.headers, found))


def _mended(layout: Layout, rows: Sequence[Sequence[str]], free: list[int], doubted: set[int]) -> Layout:
    """A layout with a source, but with the linking page beside its host, and other meanings for doubted columns."""
    counts = layout.of("source_url", "backlinks", "target_pages")  # rows of counts are about hosts
    by_host = layout.explained < _SURE and not counts
    if not doubted and not by_host:
        return layout
    what = kinds(rows, len(layout.headers))
    pages = [place for place in free if what[place] == "url"] if by_host else []
    of_host = [place for place in pages if _is_on_host(layout, rows, place)]
    found = {of_host[0]: Field("source_url")} if of_host else {}
    rest = [place for place in sorted(doubted) if place not in found]
    found |= _hinted(layout.headers, rows, what, rest, _taken(layout, doubted))
    return replace(layout, columns=_with(layout, layout.headers, found))


def _is_on_host(layout: Layout, rows: Sequence[Sequence[str]], page: int) -> bool:
    """Whether the pages of a column are mostly on the linking host of their row."""
    host = layout.of("source_host")[0].index
    pairs = [(_site(row[page]), _site(row[host])) for row in rows if max(page, host) < len(row)]
    same = [f".{of_page}".endswith(f".{of_host}") for of_page, of_host in pairs if of_page and of_host]
    return bool(same) and sum(same) >= _MOSTLY * len(same)


def keeping_rows(layout: Layout, rows: Sequence[Sequence[str]]) -> Layout:
    """The layout, but that only a crawl of Screaming Frog drops rows by the word in their column ``Type``.

    Other tables have columns of that name, and their rows are all links.
    """
    words = [
        row[column.index].strip().lower()
        for column in layout.columns
        if column.field.transform == _DROPS
        for row in rows
        if column.index < len(row) and row[column.index].strip()
    ]
    own = [word for word in words if word in _CRAWLED | _ORDINARY]
    if layout.explained >= _SURE:
        return layout if own else _without_drops(layout)
    named = any(word in _CRAWLED for word in own) and len(own) >= _MOSTLY * len(words)
    return layout if named else _without_drops(layout)


def _without_drops(layout: Layout) -> Layout:
    kept = Field("link_type", "oldtype")
    columns = (
        replace(column, field=kept) if column.field.transform == _DROPS else column
        for column in layout.columns
    )
    return replace(layout, columns=tuple(columns))


def _sources(
    rows: Sequence[Sequence[str]], what: list[str], free: list[int], *, target_known: bool
) -> dict[int, Field]:
    """The columns of the linking and the linked page, or of the linking host."""
    pages = [place for place in free if what[place] == "url"] or [p for p in free if what[p] == "page"]
    if not pages:
        hosts = [place for place in free if what[place] == "host"]
        return {hosts[0]: Field("source_host")} if hosts else {}
    if len(pages) == 1 or target_known:
        return {pages[0]: Field("source_url")}
    sites = {place: _sites(rows, place) for place in pages[:2]}
    source, target = sorted(
        pages[:2], key=lambda place: -sites[place]
    )  # the own site is one, the others many
    return {source: Field("source_url"), target: Field("target_url")}


def _sites(rows: Sequence[Sequence[str]], place: int) -> int:
    """How many sites a column names; an empty cell names none."""
    return len({site for row in rows if place < len(row) and (site := _site(row[place]))})


def _site(cell: str) -> str:
    return (hostnames.of_text(cell) or "").removeprefix("www.")


def _search_console(headers: Sequence[str], rows: Sequence[Sequence[str]], what: list[str]) -> Layout | None:
    """A report of Search Console in a language whose headers are not known, told by its shape."""
    if not any(headers) or any(normalised(header) in known_headers() for header in headers):
        return None
    one_site = len({_site(row[0]) for row in rows if row and row[0].strip()}) == 1
    shapes = {
        ("url", "date"): "latest_links",
        ("url",): "more_sample_links",
        ("host", "int", "int"): "top_linking_sites",
        ("url", "int", "int"): "top_target_pages" if one_site else "",
        ("url", "int"): "internal_target_pages" if one_site else "",
    }
    name = shapes.get(tuple(what), "")
    tool = next(tool for tool in TOOLS if tool.name == "gsc")
    report = next((report for report in tool.reports if report.name == name), None)
    if report is None:
        return None
    fields = list(report.fields.values())[: len(headers)]
    columns = tuple(Column(place, headers[place], field) for place, field in enumerate(fields))
    return Layout("gsc", name, tuple(headers), columns, row_limits=tool.row_limits, refusal=report.refusal)


def _hinted(
    headers: Sequence[str], rows: Sequence[Sequence[str]], what: list[str], free: list[int], taken: set[str]
) -> dict[int, Field]:
    """What the words of the headers say of the other columns, where the cells are of the kind."""
    found: dict[int, Field] = {}
    ordered = _oldest_first(rows, what, free)
    several_dates = [place for place in ordered if what[place] == "date"]
    if len(several_dates) > 1 and not taken & {"first_seen", "last_seen"}:
        found = {several_dates[0]: Field("first_seen", "date"), several_dates[-1]: Field("last_seen", "date")}
        taken |= {"first_seen", "last_seen"}
    for wanted, column, words in _HINTS:  # the surest words first, whichever column has them
        for place in ordered:
            name = column.lstrip("-")
            if what[place] != wanted or place in found or name in taken or not headers[place].strip():
                continue
            if re.search(words, headers[place].strip(), re.IGNORECASE):
                transform = {"bool": "notbool" if column != name else "bool", "text": ""}.get(wanted, wanted)
                found[place] = Field(name, transform)
                taken.add(name)
                break
    return found


def _oldest_first(rows: Sequence[Sequence[str]], what: list[str], free: list[int]) -> list[int]:
    """Columns of dates by their earliest date, so that the first and last time seen are not confused."""

    def earliest(place: int) -> date:
        read = [dates.read(row[place]) for row in rows if place < len(row) and kind(row[place]) == "date"]
        sure = (one.dmy or one.mdy if isinstance(one, dates.Readings) else one for one in read)
        return min((one for one in sure if one), default=date.max)

    return sorted(free, key=lambda place: earliest(place) if what[place] == "date" else date.max)


def fits(layout: Layout, rows: Sequence[Sequence[str]], wanted: Collection[str] = SOURCES) -> float:
    """Share of the cells of the linking page or host (or what is ``wanted``) that are one; 1 where there are none."""
    columns = layout.of(*wanted)
    seen = [kind(row[c.index]) for c in columns for row in rows if c.index < len(row)]
    seen = [one for one in seen if one != "empty"]
    if not seen:
        return 1.0 if not columns else 0.0
    return sum(one in {"url", "page", "host"} for one in seen) / len(seen)
