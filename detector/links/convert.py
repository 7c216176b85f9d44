"""Rows of one file as it stands -> records of the canonical table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import polars as pl

from detector.links import cells, dates, subjects
from detector.links.domains import Domains
from detector.links.layout import Column, Layout, normalised
from detector.links.notes import FileReport
from detector.links.schema import COLUMNS, RECORD_SCHEMA, TEXT
from detector.links.transforms import LINES, LINES_WITHOUT_CR, METRIC_OF, SAID, Target, Transform, targets

ASSUMED: Final = "scheme_assumed"

#: Lines below a table that was copied from a screen.
_FOOTER = re.compile(
    r"\W*(?:rows per page\b.*|(?:grand )?totals?\b[\W\d]*|page \d+ of \d+|showing \d.*"
    r"|\d[\d.,\s]*[-–]\s*\d[\d.,\s]*[^\W\d_]+\s*\d[\d.,\s]*)\W*",
    re.IGNORECASE,
)
_EARLIEST: Final = "first_seen"
_LATEST: Final = "last_seen"


@dataclass
class Batch:
    """Some rows of a file.

    Attributes:
        frame: the cells: String columns, named by their index; at least those that the layout names.
        text: a row as it stands in the file, by its position in the frame.
        cells: the cells of a row as it stands.
        broken: rows that cannot be cut into cells: position -> reason; they are null in the frame.
        short: rows with fewer cells than headers.
        has_cr: whether a cell may hold a CR.
    """

    frame: pl.DataFrame
    text: Callable[[int], str]
    cells: Callable[[int], list[str]]
    broken: dict[int, str] = field(default_factory=dict)
    short: list[int] = field(default_factory=list)
    has_cr: bool = True


class Converter:
    """Turns the batches of one file, in order, into records; counts rows; reports what it cannot read.

    Args:
        layout: of the file.
        report: of the file; rows, invalid rows and problems are added to it.
        domains: for hosts and referring domains.
        date_frames: reads the file's columns of dates from the start: frames as in ``Batch``. Called when the
            order of day and month has to be decided, and not otherwise.
        rows: records counted in the file before these (an earlier sheet).
    """

    def __init__(
        self,
        layout: Layout,
        report: FileReport,
        domains: Domains,
        date_frames: Callable[[], Iterable[pl.DataFrame]],
        rows: int = 0,
    ) -> None:
        self._layout = layout
        self._report = report
        self._domains = domains
        self._date_frames = date_frames
        self._orders: dates.Orders | None = None
        self.rows = rows
        self._targets = [
            (column, target)
            for column in layout.columns
            if column.field.column not in {"source_url", "target_url"}
            for target in targets(column, layout, self._read_date)
        ]
        self._unread: dict[str, int] = {}
        self._short = 0
        self._first_short: int | None = None

    def convert(self, batch: Batch) -> pl.DataFrame:
        """Records (schema RECORD_SCHEMA) of one batch."""
        about = subjects.read(batch.frame, self._layout, self._domains)
        skipped, invalid = self._examine(batch, about)
        rows = self._numbered(batch.frame.height, skipped)
        frame, table = batch.frame, about.table
        if invalid or skipped:
            good = pl.Series([row is not None for row in rows], dtype=pl.Boolean)
            good = good.scatter(list(invalid), False) if invalid else good
            frame, table = frame.filter(good), table.filter(good)
            numbers = pl.Series(rows, dtype=pl.Int64).filter(good)
        else:
            numbers = pl.Series(rows, dtype=pl.Int64)
        short = [rows[row] for row in batch.short if row not in invalid and row not in skipped]
        self._first_short = self._first_short or (short[0] if short else None)
        self._short += len(short)
        records = self._assemble(table, self._values(frame, numbers, has_cr=batch.has_cr), numbers)
        if invalid:
            records = pl.concat([records, self._invalid(batch, invalid, rows)]).sort("row")
        self._report.records += records.height
        self._report.invalid += len(invalid)
        return records

    # ------------------------------------------------------------------ rows

    def _examine(self, batch: Batch, about: subjects.Subjects) -> tuple[set[int], dict[int, str]]:
        """Rows that are no records (blank, a footer, the header again); invalid ones with their reasons."""
        doubtful = dict.fromkeys(about.bare, "") | about.unusable | batch.broken
        skipped, invalid = set(), {}
        for row, reason in sorted(doubtful.items()):
            if self._is_no_record(batch.cells(row), batch.text(row)):
                skipped.add(row)
            elif reason or about.table["kind"][row] is None:
                invalid[row] = reason or "it has no linking page, host, target or anchor"
        return skipped, invalid

    def _is_no_record(self, row: list[str], text: str) -> bool:
        filled = [cell.strip() for cell in row if cell.strip()]
        if not filled or _FOOTER.fullmatch(filled[0] if len(filled) == 1 else text):
            return True
        names = [normalised(header) for header in self._layout.headers if header.strip()]
        return bool(names) and [normalised(cell) for cell in filled] == names

    def _numbered(self, height: int, skipped: set[int]) -> list[int | None]:
        """Record numbers; None for a row that is no record."""
        start = self.rows
        self.rows += height - len(skipped)
        if not skipped:
            return list(range(start + 1, self.rows + 1))
        numbers: list[int | None] = []
        for row in range(height):
            if row in skipped:
                numbers.append(None)
            else:
                start += 1
                numbers.append(start)
        return numbers

    def _invalid(self, batch: Batch, invalid: dict[int, str], rows: list[int | None]) -> pl.DataFrame:
        for row, reason in invalid.items():
            self._report.note(rows[row], None, f"the row cannot be read: {reason}")
        frame = pl.DataFrame(
            {
                "row": [rows[row] for row in invalid],
                "record_type": "invalid",
                "comment": [batch.text(row).strip() for row in invalid],
            },
            schema={"row": pl.Int64, "record_type": TEXT, "comment": TEXT},
        )
        return self._stamped(frame)

    # ------------------------------------------------------------------ values

    def _values(self, frame: pl.DataFrame, rows: pl.Series, *, has_cr: bool) -> pl.DataFrame:
        """The value of every target, as a column named by its place."""
        raw = frame.rename({name: f"raw{name}" for name in frame.columns})
        fast = (
            _fast(column, target.transform, has_cr=has_cr).alias(str(place))
            for place, (column, target) in enumerate(self._targets)
        )
        values = raw.lazy().with_columns(fast).collect()  # lazy: what expressions share is worked out once
        for name in self._unsettled(values):
            column, target = self._targets[int(name)]
            settled = self._settled(values[f"raw{column.index}"], values[name], column, target, rows)
            values = values.with_columns(settled.alias(name))
        return values

    def _unsettled(self, values: pl.DataFrame) -> list[str]:
        """The targets of which the fast path has left something."""
        more_nulls = [
            (str(place), column, target)
            for place, (column, target) in enumerate(self._targets)
            if target.transform.exact
            and values[str(place)].null_count() > values[f"raw{column.index}"].null_count()
        ]
        left = values.select(
            _open(pl.col(f"raw{column.index}"), pl.col(name), target.transform).any().alias(name)
            for name, column, target in more_nulls
        )
        return [name for name in left.columns if left[name][0]]

    def _settled(
        self, raw: pl.Series, values: pl.Series, column: Column, target: Target, rows: pl.Series
    ) -> pl.Series:
        """Fill by the exact rule what the fast path left, and report what is not of the column's type."""
        transform = target.transform
        whole = transform.fast is None
        open_ = (
            None if whole else pl.select(_open(pl.lit(raw), pl.lit(values), transform)).to_series().arg_true()
        )
        left = raw if open_ is None else raw.gather(open_)
        left = transform.key(left) if transform.key else left
        distinct = left.drop_nulls().unique()
        exact, wrong = [], {}
        for cell in distinct.to_list():
            try:
                exact.append(transform.exact(cell) if transform.exact else None)
            except cells.CellError as error:
                exact.append(None)
                wrong[cell] = str(error)
        if wrong:
            self._note(left, open_, wrong, column, rows)
        known = pl.Series(exact, dtype=transform.dtype)
        new = left.replace_strict(distinct, known, default=None, return_dtype=transform.dtype)
        return new if open_ is None else values.scatter(open_, new)

    def _note(
        self,
        left: pl.Series,
        open_: pl.Series | None,
        wrong: dict[str, str],
        column: Column,
        rows: pl.Series,
    ) -> None:
        places = left.is_in(list(wrong)).arg_true()
        self._unread[column.header] = self._unread.get(column.header, 0) + len(places)
        for place in places.head(100).to_list():
            cell = left[place]
            message = f"{wrong[cell]}, found {cell[:80]!r}"
            row = rows[place if open_ is None else open_[place]]
            self._report.note(row, column.header, message)
        self._report.problem_count += max(0, len(places) - 100)

    def _read_date(self, column: int, cell: str) -> date | None:
        found = dates.read(cell)
        if not isinstance(found, dates.Readings):
            return found
        if self._orders is None:
            self._orders = self._decide_orders()
        read = found.by(self._orders.of(column))
        if read is None:
            raise cells.CellError("day and month cannot be told apart in this column")
        return read

    def _decide_orders(self) -> dates.Orders:
        columns = [column for column in self._layout.columns if column.field.is_date]
        known = {c.index: dates.DMY if c.field.transform == "date:dmy" else None for c in columns}
        orders = dates.Orders(known)
        for frame in self._date_frames():
            for column in columns:
                heads = frame[str(column.index)].str.strip_chars().str.head(10).unique().drop_nulls()
                for value in heads.filter(heads.str.contains(r"^\d{1,2}[-/.]\d")).to_list():
                    orders.note(column.index, value.split()[0])
        return orders

    # ------------------------------------------------------------------ assembly

    def _assemble(self, table: pl.DataFrame, values: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
        """Records of good rows: two columns for one field become one, and helpers become what they stand for."""
        host = table["source_host"]
        frame = pl.concat([table, values], how="horizontal").with_columns(
            row=rows, referring_domain=self._domains.referring_domains(host, table["source_url"])
        )
        found = _Found(self._targets)
        columns = {
            "row": pl.col("row"),
            "record_type": pl.col("kind"),
            **{name: pl.col(name) for name in ("source_url", "source_host", "target_url", "target_host")},
            "source_domain": pl.col("source_host").str.strip_prefix("www."),
            "referring_domain": pl.col("referring_domain"),
            **found.columns(),
        }
        kept = frame.filter(pl.all_horizontal(found.of("keep"))) if found.of("keep") else frame
        self._report.dropped += frame.height - kept.height
        return self._stamped(kept.select(**columns))

    def _stamped(self, frame: pl.DataFrame) -> pl.DataFrame:
        """All columns of the schema, in order, with the names of tool, report and file."""
        return complete(frame, self._layout.tool, self._layout.report, self._report.file)

    def finish(self) -> None:
        """Warn of what many rows have in common."""
        for header, count in self._unread.items():
            if count > 10 and 2 * count > self.rows:
                self._report.warnings.append(f"most cells of column {header!r} are not what it promises")
        if self._short:
            self._report.warnings.append(
                f"rows with fewer cells than headers, the missing ones empty: {self._short:,} "
                f"(the first is row {self._first_short:,})"
            )


def complete(frame: pl.DataFrame, tool: str, report: str, file: str) -> pl.DataFrame:
    """A frame with some of the canonical columns as one with all, in order."""
    stamps = {"tool": tool, "report": report, "file": file}
    present = [name for name in COLUMNS if name in frame.columns]
    return frame.select(
        pl.col(name) if name in present else pl.lit(stamps.get(name), dtype=RECORD_SCHEMA[name]).alias(name)
        for name in COLUMNS
    )


def _fast(column: Column, transform: Transform, *, has_cr: bool) -> pl.Expr:
    """The fast path of a transform over the cells of a column."""
    if transform is LINES and not has_cr:
        transform = LINES_WITHOUT_CR
    if transform.fast is None:
        return pl.lit(None, dtype=transform.dtype)
    return transform.fast(pl.col(f"raw{column.index}"))


def _open(raw: pl.Expr, value: pl.Expr, transform: Transform) -> pl.Expr:
    """Cells that hold something of which the fast path knew nothing."""
    left = (raw != "") & value.is_null()
    left = left & ~transform.silent(raw) if transform.silent else left
    return left.fill_null(value=False)


class _Found:
    """The targets of a file by name, and the expressions that make canonical columns of them."""

    def __init__(self, places: list[tuple[Column, Target]]) -> None:
        self._by_name: dict[str, list[tuple[pl.Expr, Target]]] = {}
        for place, (_, target) in enumerate(places):
            self._by_name.setdefault(target.name, []).append((pl.col(str(place)), target))

    def of(self, name: str) -> list[pl.Expr]:
        """The columns of one target name, in the order of the file."""
        return [column for column, _ in self._by_name.get(name, [])]

    def columns(self) -> dict[str, pl.Expr]:
        """Canonical column -> expression, for all but those that say what a row is."""
        made = {name: self._merged(name) for name in self._by_name if name in COLUMNS}
        made |= self._metrics() | self._link_type() | self._lost() | self._rel()
        if self.of("alt"):
            made["anchor"] = self._anchor(made.get("is_image"))
        made["comment"] = self._comment()
        return made

    def _merged(self, name: str) -> pl.Expr:
        columns = self.of(name)
        if name == _EARLIEST:
            return pl.min_horizontal(columns)
        return pl.max_horizontal(columns) if name == _LATEST else pl.coalesce(columns)

    def _metrics(self) -> dict[str, pl.Expr]:
        return {
            METRIC_OF[name]: pl.coalesce(
                pl.when(column.is_not_null()).then(pl.lit(target.metric)) for column, target in found
            )
            for name, found in self._by_name.items()
            if name in METRIC_OF and any(target.metric for _, target in found)
        }

    def _link_type(self) -> dict[str, pl.Expr]:
        """Kinds by name or by flag; where images are flagged and texts not, a link without flag is text."""
        flags = [name.partition(":")[2] for name in self._by_name if name.startswith("flag:")]
        kinds = [pl.when(flag).then(pl.lit(kind)) for kind in flags for flag in self.of(f"flag:{kind}")]
        named = [*self.of("link_type"), *kinds]
        if not named:
            return {}
        if "image" in flags and "text" not in flags:
            named.append(pl.lit("text"))
        kind = pl.coalesce(named)
        return {"link_type": kind, "is_image": kind == "image"}

    def _lost(self) -> dict[str, pl.Expr]:
        found = self._by_name.get("lost", [])
        said = [column.fill_null(value=False) for column, target in found if target.transform is not SAID]
        return {"lost": pl.any_horizontal(said)} if said else {}

    def _rel(self) -> dict[str, pl.Expr]:
        """What the tokens of a rel attribute add."""
        made = {}
        for name in ("rel_nofollow", "rel_ugc", "rel_sponsored"):
            for token in self.of(f"token:{name}"):
                others = pl.coalesce([*self.of(name), pl.lit(False)])
                made[name] = token | others
        return made

    def _anchor(self, is_image: pl.Expr | None) -> pl.Expr:
        """The text of an image is its anchor, and that of a link without anchor."""
        alt, anchor = pl.coalesce(self.of("alt")), pl.coalesce([*self.of("anchor"), pl.lit(None, dtype=TEXT)])
        if is_image is None:
            return pl.coalesce(anchor, alt)
        return (
            pl.when(is_image.fill_null(value=False))
            .then(pl.coalesce(alt, anchor))
            .otherwise(pl.coalesce(anchor, alt))
        )

    def _comment(self) -> pl.Expr:
        note = pl.when("assumed").then(pl.lit(ASSUMED))
        return pl.concat_str([*self.of("comment"), note], separator="|", ignore_nulls=True).replace("", None)
