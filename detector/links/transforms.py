"""Transforms of the alias table: how the cells of a column become values, in bulk and exactly.

A transform has a fast path, an expression that reads the usual spellings and gives null for all else; what it
leaves is settled once per distinct value by the exact rule (``cells``, ``dates``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import polars as pl

from detector.links import cells
from detector.links.formats import IGNORED
from detector.links.layout import Column, Layout
from detector.links.schema import DATE, FLAG, TEXT

#: Texts in which line breaks are kept, as LF.
FREE_TEXT: Final = frozenset({"anchor", "left_context", "right_context", "source_title", "comment"})

#: Scores and the column that names their metric.
METRIC_OF: Final = {
    "domain_authority": "domain_authority_metric",
    "page_authority": "page_authority_metric",
    "spam_score": "spam_score_metric",
    "toxicity_score": "toxicity_metric",
}

_SF_KINDS: Final = {
    "hyperlink": "text", "href": "text", "ahref": "text", "image": "image", "img": "image",
}  # fmt: skip
_ISO_LENGTHS: Final = [10, 16, 19]  # date alone, with minutes, with seconds: no offset can hide in these
_NUMERIC_DATE: Final = r"^\s*(\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?:[T ,].*)?$"
_REL_WORDS: Final = {"rel_nofollow": "nofollow", "rel_ugc": "ugc", "rel_sponsored": "sponsored"}


@dataclass(frozen=True)
class Transform:
    """How a column of cells (String) becomes a column of values.

    Attributes:
        fast: expression over the cells; None: there is no fast path.
        exact: one cell that the fast path left null; raises CellError. None: the fast path is the rule.
        dtype: of the values.
        key: shortens cells before they are made distinct.
        silent: expression over the cells: those that the fast path rightly leaves null.
    """

    fast: Callable[[pl.Expr], pl.Expr] | None
    exact: Callable[[str], Any] | None = None
    dtype: pl.DataType = TEXT
    key: Callable[[pl.Series], pl.Series] | None = None
    silent: Callable[[pl.Expr], pl.Expr] | None = None


@dataclass(frozen=True)
class Target:
    """A value that a column gives: the canonical column, or one of the helpers below; and how.

    Helpers: ``alt`` (text of images), ``flag:KIND`` (truth), ``token:COLUMN`` (truth), ``keep`` (truth).
    """

    name: str
    transform: Transform
    metric: str = ""


def targets(column: Column, layout: Layout, read_date: Callable[[int, str], Any]) -> list[Target]:
    """What a column of a file gives, but for URLs and hosts: they decide what a row is.

    Args:
        column: of the file.
        layout: of the file.
        read_date: (column index, cell) -> date, by the file's order of day and month.
    """
    name, transform = column.field.column, column.field.transform
    kind, _, rest = transform.partition(":")
    if name == "source_host":
        return [Target("is_spam_flag", _badge(layout.badge))] if layout.badge else []
    if kind in _SPLITS:
        return _SPLITS[kind](layout)
    if kind in {"date", "epoch", "date+lost"}:
        date = _date(partial(read_date, column.index), epoch=kind == "epoch")
        lost = [Target("lost", _LOST)] if kind == "date+lost" else []
        return ([Target(name, date)] if name != IGNORED else []) + lost
    if name == IGNORED:
        return []
    if kind == "metric":
        return [Target(name, _SCORE, rest)]
    if kind in {"flag", "flagne"}:
        return [Target(f"flag:{rest}", _boolean("link_type") if kind == "flag" else _NONEMPTY)]
    if kind in {"bool", "notbool"}:
        return [Target(name, _boolean(name, inverted=kind == "notbool"))]
    if kind == "" and name == "country":
        return [Target(name, _COUNTRY)]
    if kind == "":
        return [Target(name, LINES if name in FREE_TEXT else _TEXT)]
    return [Target(name, _PLAIN[kind])]


# ---------------------------------------------------------------------- text


def _stripped(cell: pl.Expr) -> pl.Expr:
    text = cell.str.strip_chars()
    return pl.when(text != "").then(text)


def _with_lf(cell: pl.Expr) -> pl.Expr:
    text = cell.str.strip_chars().str.replace_all("\r\n", "\n", literal=True)
    text = text.str.replace_all("\r", "\n", literal=True)
    return pl.when(text != "").then(text)


_TEXT: Final = Transform(_stripped)
LINES: Final = Transform(_with_lf)
#: The same where no cell holds a CR.
LINES_WITHOUT_CR: Final = _TEXT
_COUNTRY: Final = Transform(None, cells.country)

# ---------------------------------------------------------------------- numbers


def _count(cell: pl.Expr) -> pl.Expr:
    return pl.when(cell.cast(pl.Int64, strict=False) >= 0).then(cell)


def _positive(cell: pl.Expr) -> pl.Expr:
    return pl.when(cell.cast(pl.Int64, strict=False) > 0).then(cell)


def _decimal(cell: pl.Expr) -> pl.Expr:
    number = cell.cast(pl.Float64, strict=False)
    return pl.when((number >= 0) & number.is_finite()).then(cell)


_SCORE: Final = Transform(_decimal, cells.first_number)

# ---------------------------------------------------------------------- truth values


def _boolean(column: str, *, inverted: bool = False) -> Transform:
    def fast(cell: pl.Expr) -> pl.Expr:
        known = pl.when(cell == "true").then(not inverted).when(cell == "false").then(inverted)
        return known.otherwise(None)

    return Transform(fast, partial(cells.boolean, column=column, inverted=inverted), FLAG)


def _badge(mark: str) -> Transform:
    """True where a mark of spam is glued to a host; no mark says nothing."""
    return Transform(lambda cell: pl.when(cell.str.contains(rf"[a-z0-9]{mark}\s*$")).then(True), dtype=FLAG)


def _is_filled(cell: pl.Expr) -> pl.Expr:
    return (cell.str.strip_chars() != "").fill_null(value=False)


def _lost_word(cell: str) -> bool | None:
    """What a cell for the day of the loss says of the loss itself."""
    if cells.is_empty(cell) or not re.search(r"[^0\s:.-]", cell):
        return None
    try:
        return cells.boolean(cell, "lost")
    except cells.CellError:
        return True


#: Lost or not in our own table, where an empty cell says neither.
SAID: Final = _boolean("lost")
_NONEMPTY: Final = Transform(_is_filled, dtype=FLAG)
_LOST: Final = Transform(lambda cell: pl.when(cell.str.contains(r"^[12]\d{3}-")).then(True), _lost_word, FLAG)

# ---------------------------------------------------------------------- dates


def _iso(cell: pl.Expr) -> pl.Expr:
    date = cell.str.head(10).str.to_date("%Y-%m-%d", strict=False, cache=False)
    return pl.when(cell.str.len_bytes().is_in(_ISO_LENGTHS)).then(date)


def _seconds(cell: pl.Expr) -> pl.Expr:
    number = cell.cast(pl.Int64, strict=False)
    inside = number.is_between(10**9, 10**10 - 1)
    return pl.from_epoch(pl.when(inside).then(number), "s").dt.date()


def _without_time(cells_: pl.Series) -> pl.Series:
    """Day, month and year of cells that hold them in digits; other cells as they are."""
    return pl.select(pl.coalesce(cells_.str.extract(_NUMERIC_DATE), cells_)).to_series()


def _date(read: Callable[[str], Any], *, epoch: bool) -> Transform:
    return Transform(_seconds if epoch else _iso, read, DATE, _without_time)


# ---------------------------------------------------------------------- kinds of links


def _known_kind(cell: pl.Expr) -> pl.Expr:
    return pl.when(cell.is_in(sorted(cells.LINK_KINDS))).then(cell)


def _kind_of_words(cell: str, unnamed: str) -> str | None:
    words = _words(cell)
    kinds = (kind for word in words if (kind := cells.link_kind(word)) in cells.LINK_KINDS)
    return next(kinds, (unnamed or None) if words else None)


def _follow_of_words(cell: str) -> bool | None:
    states = {"nofollow": True, "dofollow": False, "follow": False}
    return next((states[word] for word in _words(cell) if word in states), None)


def _if_named(word: str, value: Any, cell: str) -> Any:
    return value if word in _words(cell) else None


def _words(cell: str) -> list[str]:
    return [word for part in cell.split(",") if (word := part.strip().lower())]


def _old_type(layout: Layout) -> list[Target]:
    """``Nofollow, Content``: what the words of one cell say."""
    return [
        Target("link_type", Transform(None, partial(_kind_of_words, unnamed=layout.unnamed_kind))),
        Target("rel_nofollow", Transform(None, _follow_of_words, FLAG)),
        Target("rel_ugc", Transform(None, partial(_if_named, "ugc", True), FLAG)),
        Target("rel_sponsored", Transform(None, partial(_if_named, "sponsored", True), FLAG)),
        Target("link_position", Transform(None, partial(_if_named, "content", "content"))),
    ]


def _lrt_status(_: Layout) -> list[Target]:
    kind = Transform(None, partial(_kind_of_words, unnamed=""))
    return [Target("link_type", kind), Target("rel_nofollow", Transform(None, _follow_of_words, FLAG))]


def _sf_type(_: Layout) -> list[Target]:
    def kind(cell: str) -> str | None:
        return _SF_KINDS.get(cell.strip().lower())

    def keep(cell: pl.Expr) -> pl.Expr:
        return cell.str.strip_chars().str.to_lowercase().is_in(list(_SF_KINDS)).fill_null(value=False)

    return [Target("link_type", Transform(None, kind)), Target("keep", Transform(keep, dtype=FLAG))]


def _rel_tokens(_: Layout) -> list[Target]:
    def has(word: str) -> Transform:
        pattern = rf"(?i)(?:^|[^\w-]){word}(?:$|[^\w-])"
        return Transform(lambda cell: cell.str.contains(pattern).fill_null(value=False), dtype=FLAG)

    return [Target(f"token:{column}", has(word)) for column, word in _REL_WORDS.items()]


def _alt(_: Layout) -> list[Target]:
    return [Target("alt", LINES)]


#: Transforms whose cells say several things.
_SPLITS: Final[dict[str, Callable[[Layout], list[Target]]]] = {
    "oldtype": _old_type,
    "lrtstatus": _lrt_status,
    "sftype": _sf_type,
    "reltokens": _rel_tokens,
    "altifimage": _alt,
}

#: Transforms of one value that do not depend on the column.
_PLAIN: Final[dict[str, Transform]] = {
    "int": Transform(_count, partial(cells.number, whole=True)),
    "int0empty": Transform(
        _positive, partial(cells.number, whole=True, zero_is_empty=True), silent=lambda cell: cell == "0"
    ),
    "nonempty": _NONEMPTY,
    "said": SAID,
    "multi": Transform(None, cells.values),
    "list": Transform(None, cells.values),
    "linktype": Transform(_known_kind, cells.link_kind),
    "content_bool": Transform(
        lambda cell: pl.when(cell == "true").then(pl.lit("content")),
        lambda cell: "content" if cells.boolean(cell) else None,
        silent=lambda cell: cell == "false",
    ),
    "lower": Transform(lambda cell: _stripped(cell).str.to_lowercase()),
}
