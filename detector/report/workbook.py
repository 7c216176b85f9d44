"""The audit as a workbook for Excel and its kin: summary, referring domains, groups, links, disavow lines.

XlsxWriter rather than openpyxl: it only writes, row by row in constant memory, in pure Python without further dependencies.
Every text is written as a text cell, never guessed at, so that nothing an export holds becomes a formula, a link or a number; one
that would become a formula when somebody edits the cell also has Excel's own mark for text (``quotePrefix``).
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from detector.errors import InputError
from detector.report.branding import Branding
from detector.report.proposal import Cost, cost, proposed_kinds
from detector.report.summary import context
from detector.report.words import about, percent

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

#: What a sheet of the format holds: rows with the header, characters a cell.
MOST_ROWS: Final = 1_048_576
MOST_CHARACTERS: Final = 32_767
_FORMULA_STARTS: Final = tuple("=+-@\t\r\n＝＋－＠")

#: column of the table -> (heading, width in characters).
_DOMAINS: Final = {
    "referring_domain": ("Referring domain", 34), "verdict": ("Verdict", 10), "probability": ("Probability", 11), "kind": ("Kind", 24),
    "reasons": ("Reasons", 70), "rule": ("Line in the file", 34), "decided": ("Decided by a person", 30), "guard": ("Never written because", 24),
    "no_line_needed": ("No line needed because", 24), "links": ("Links", 8), "followed_links": ("Followed links", 9),
    "first_seen": ("First seen", 11), "last_seen": ("Last seen", 11), "cluster": ("Group", 7), "anchors": ("Anchors", 40),
    "tools": ("Tools", 18), "example_url": ("Example page", 50),
}  # fmt: skip
_LINKS: Final = {
    "referring_domain": ("Referring domain", 34), "verdict": ("Verdict", 10), "source_url": ("Linking page", 60),
    "target_url": ("Linked page", 50), "anchor": ("Anchor", 40), "rel_nofollow": ("Nofollow", 9), "rel_ugc": ("UGC", 6),
    "rel_sponsored": ("Sponsored", 10), "first_seen": ("First seen", 11), "last_seen": ("Last seen", 11), "lost": ("Lost", 6),
}  # fmt: skip
_GROUPS: Final = {
    "cluster": ("Group", 7), "domains": ("Domains", 9), "links": ("Links", 8), "verdicts": ("Verdicts", 36), "first_seen": ("First seen", 11),
    "last_first_seen": ("Last came", 11), "traces": ("What they share", 90), "examples": ("For example", 70),
}  # fmt: skip
_LINES: Final = {"number": ("Number", 8), "line": ("Line of disavow.txt", 60), "referring_domain": ("Referring domain", 34),
                 "probability": ("Probability", 11), "kind": ("Kind", 24)}  # fmt: skip
#: Rows go to the disk as they come; nothing is guessed: what looks like a formula, a link or a number in a text stays text.
_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_PROPOSED: Final = ("disavow", "review")


def write_workbook(
    path: Path,
    audit: Mapping[str, object],
    domains: pl.DataFrame,
    *,
    signals: pl.DataFrame,
    links: pl.LazyFrame,
    lines: Sequence[str],
    branding: Branding | None = None,
) -> list[str]:
    """Write the workbook, whole or not at all.

    Args:
        path: the file to write; one that is there is replaced.
        audit: the parsed audit.json.
        domains: one row a judged referring domain, columns as in ``rows.DOMAIN_COLUMNS``.
        signals: ``referring_domain`` and ratings, for what the lines would cost.
        links: the links of the audit; those of domains to disavow or to review are written.
        lines: of the disavow file.
        branding: whose workbook it is.

    Returns:
        sentences on what did not fit into a sheet; they stand in the summary as well.

    Raises:
        InputError: the file cannot be written.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import XlsxWriterException

    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        beside.touch()  # a folder that cannot be written to is told before the work
        with tempfile.TemporaryDirectory() as rows:
            book = Workbook(beside, {**_OPTIONS, "tmpdir": rows})
            said = _fill(_Sheets(book), audit, domains, signals, links, lines, branding or Branding())
            book.close()
        beside.replace(path)
    except (OSError, XlsxWriterException) as error:
        fault = f"the workbook cannot be written ({getattr(error, 'strerror', None) or error})"
        raise InputError(path, fault, "choose a folder that you may write to, with space left") from error
    finally:
        beside.unlink(missing_ok=True)
    return said


class _Sheets:
    """The workbook with its formats; cells by what they are."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        plain = {"valign": "top", "text_wrap": False}
        self.formats: dict[str, Format] = {
            "text": book.add_format(plain),
            "quoted": book.add_format({**plain, "quote_prefix": True}),
            "number": book.add_format({**plain, "num_format": "#,##0"}),
            "share": book.add_format({**plain, "num_format": "0.0%"}),
            "date": book.add_format({**plain, "num_format": "yyyy-mm-dd"}),
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}),
            "title": book.add_format({"bold": True, "font_size": 16}),
            "bold": book.add_format({"bold": True, "valign": "top"}),
            "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
        }

    def table(
        self,
        name: str,
        columns: Mapping[str, tuple[str, float]],
        rows: Iterable[Sequence[Any]],
        shares: Sequence[str] = (),
    ) -> None:
        """A sheet with a header that stays in place and filters; rows beyond the end of a sheet are left out."""
        sheet = self.book.add_worksheet(name)
        for place, (heading, width) in enumerate(columns.values()):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, heading, self.formats["head"])
        sheet.freeze_panes(1, 1)
        kinds = ["share" if column in shares else "number" for column in columns]
        number = 0
        for number, row in enumerate(islice(rows, MOST_ROWS - 1), 1):
            for place, value in enumerate(row):
                self.cell(sheet, number, place, value, kinds[place])
        sheet.autofilter(0, 0, max(number, 1), len(columns) - 1)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)

    def cell(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        value: Any,
        number_format: str = "number",
        text: str = "text",
    ) -> None:
        """One cell; None leaves it empty."""
        if value is None:
            return
        if isinstance(value, bool):
            sheet.write_string(row, column, "yes" if value else "no", self.formats[text])
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, self.formats[number_format])
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self.formats["date"])
        else:
            written = clean(str(value))
            style = "quoted" if written.startswith(_FORMULA_STARTS) else text
            sheet.write_string(row, column, written, self.formats[style])


def clean(text: str) -> str:
    """A text that a cell can hold: of at most ``MOST_CHARACTERS`` UTF-16 units, without halves of surrogate pairs."""
    whole = text.encode("utf-16-le", "replace")
    if len(whole) > 2 * MOST_CHARACTERS:
        whole = whole[: 2 * (MOST_CHARACTERS - 1)] + "…".encode("utf-16-le")
    return whole.decode("utf-16-le", "ignore")


def _fill(
    sheets: _Sheets, audit: Mapping[str, object], domains: pl.DataFrame, signals: pl.DataFrame, links: pl.LazyFrame,
    lines: Sequence[str], branding: Branding,
) -> list[str]:  # fmt: skip
    # The summary comes first in the book and says what did not fit, so that the sheets' rows are counted before.
    shown = links.filter(pl.col("record_type") == "link").join(
        domains.lazy()
        .filter(pl.col("verdict").is_in(_PROPOSED))
        .select("referring_domain", "verdict", "probability"),
        on="referring_domain",
    )
    number = int(shown.select(pl.len()).collect(engine="streaming").item())
    said = [
        f"{name}: only the first {MOST_ROWS - 1:,} of {rows:,} rows fit into a sheet of this format."
        for name, rows in (("Referring domains", domains.height), ("Links", number))
        if rows >= MOST_ROWS
    ]
    _summary(sheets, audit, domains, cost(domains, signals), branding, said)
    sheets.table("Referring domains", _DOMAINS, _rows(_with(domains, _DOMAINS)), shares=("probability",))
    clusters = audit.get("clusters")
    sheets.table(
        "Groups",
        _GROUPS,
        [_group(entry) for entry in clusters if isinstance(entry, Mapping)]
        if isinstance(clusters, list)
        else [],
    )
    first = shown.sort(
        "verdict", "probability", "referring_domain", "source_url", descending=[False, True, False, False]
    ).head(MOST_ROWS - 1)
    sheets.table("Links", _LINKS, _rows(_with(first.collect(engine="streaming"), _LINKS)))
    sheets.table("Disavow lines", _LINES, _disavow_lines(lines, domains), shares=("probability",))
    return said


def _with(table: pl.DataFrame, columns: Iterable[str]) -> pl.DataFrame:
    """The columns in order, lists joined; a column that is not there is empty."""
    there = table.with_columns(
        pl.lit(None).alias(name) for name in columns if name not in table.columns
    ).select(*columns)
    joined = [
        pl.col(name).list.join("; " if name == "reasons" else " | ")
        for name, kind in there.schema.items()
        if kind == pl.List(pl.String)
    ]
    return there.with_columns(joined)


def _rows(table: pl.DataFrame) -> Iterator[tuple[Any, ...]]:
    return table.iter_rows()


def _group(entry: Mapping[str, Any]) -> list[Any]:
    verdicts, traces = entry.get("verdicts") or {}, entry.get("traces") or []
    return [
        entry.get("cluster"),
        entry.get("domains"),
        entry.get("links"),
        ", ".join(f"{count:,} {verdict}" for verdict, count in verdicts.items() if count),
        entry.get("first_seen"),
        entry.get("last_first_seen"),
        "; ".join(
            f"{trace.get('domains')} share {trace.get('told')} “{trace.get('value')}”" for trace in traces
        ),
        ", ".join(map(str, entry.get("examples") or [])),
    ]


def _disavow_lines(lines: Sequence[str], domains: pl.DataFrame) -> Iterator[list[Any]]:
    known = domains.filter(pl.col("rule").is_not_null()) if "rule" in domains.columns else domains.clear()
    of_rule = (
        {
            row[0]: row[1:]
            for row in known.select("rule", "referring_domain", "probability", "kind").iter_rows()
        }
        if known.height
        else {}
    )
    for number, line in enumerate(lines, 1):
        yield [number, line, *of_rule.get(line.strip(), (None, None, None))]


def _summary(
    sheets: _Sheets,
    audit: Mapping[str, object],
    domains: pl.DataFrame,
    costs: Cost | None,
    branding: Branding,
    said: list[str],
) -> None:
    told: Mapping[str, Any] = context(audit)
    sheet = sheets.book.add_worksheet("Summary")
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 1, 110)
    sheet.hide_gridlines(2)
    rows: list[tuple[object, object]] = [("Made on", told["generated"])]
    if branding.agency:
        rows.append(("Prepared by", branding.agency))
    rows.append(("What to do", told["headline"]))
    rows += [("", sentence) for sentence in (*told["decisions"], *told["summary"])]
    rows += [(card.title, card.count) for card in told["cards"]]
    rows += [(f"Proposed: {kind.name}", kind.domains) for kind in proposed_kinds(domains)]
    if costs:
        rows.append(("Followed links that would no longer count", costs.followed))
        if costs.value is not None:
            rows.append((f"Of the estimated value of all links (by {costs.metric})", percent(costs.value)))
    if (mistakes := told["mistakes"]) and mistakes.lines:
        rows.append((f"Mistakes to expect among {mistakes.lines:,} lines", about(mistakes.expected)))
        rows += [("", sentence) for sentence in mistakes.sentences]
    rows += [("Held back", line) for line in told["held_back"]] + [
        ("Read this", text) for text in (*told["warnings"], *said)
    ]
    sheets.cell(sheet, 0, 0, f"Backlink audit of {told['site']}", text="title")
    for number, (name, value) in enumerate(rows, 2):
        sheets.cell(sheet, number, 0, name or None, text="bold")
        sheets.cell(sheet, number, 1, value, text="wrapped")
