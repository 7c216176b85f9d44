"""Dates as tools and spreadsheets write them, one value at a time.

A value is read to a date, to None (it says nothing), or, where day and month can be told apart only by
knowing the order, to both readings. The order is decided per column by ``Orders``.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

from detector.links.cells import CellError, is_empty

DMY: Final = "dmy"
MDY: Final = "mdy"

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)? ?(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?"
)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ,].*)?", re.DOTALL)
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)(?:[T ,].*)?", re.DOTALL)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_SECONDS = re.compile(r"(\d{9,10}|\d{12,13})(?:\.\d+)?")
_SERIAL = re.compile(r"([2-7]\d{4})(?:\.\d+)?")
_WORDS = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er)?\.?[\s-]*(?:de\s+|of\s+)?([^\W\d_]+)\.?,?[\s-]*(?:de\s+)?(\d{4})\b.*",
    re.DOTALL,
)
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b.*", re.DOTALL)
_WEEKDAY = re.compile(r"[^\W\d_]{2,9}\.?,\s+")
_NO_DATE: Final = frozenset({"0", "0000-00-00", "0000-00-00 00:00:00", "never"})
_SERIAL_START: Final = date(1899, 12, 30)  # day 0 of spreadsheets

#: Months by the beginnings of their names in the languages that Search Console and spreadsheets speak most.
_MONTHS: Final = {
    name: month
    for month, names in enumerate(
        (
            "jan ene gen янв", "feb fév fev фев", "mar mär mrt мар", "apr avr abr апр",
            "may mai mei mag май мая", "jun juin giu июн", "jul juil lug июл", "aug août aou ago авг",
            "sep set сен", "oct okt out ott окт", "nov ноя", "dec dez déc dic дек",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip


class Readings(NamedTuple):
    """The dates that one value can mean; None: with this order it is no date."""

    dmy: date | None
    mdy: date | None

    @property
    def order(self) -> str | None:
        """The order that the value proves: the only one with which it is a date."""
        if (self.dmy is None) == (self.mdy is None):
            return None
        return DMY if self.dmy else MDY

    def by(self, order: str | None) -> date | None:
        """The date by a column's order; a value that allows one reading only needs none."""
        if self.order or self.dmy == self.mdy:
            return self.dmy or self.mdy
        return {DMY: self.dmy, MDY: self.mdy, None: None}[order]


def read(cell: str) -> date | Readings | None:
    """Read one value.

    Raises:
        CellError: it is no date.
    """
    text = cell.strip()
    if is_empty(text) or text.lower() in _NO_DATE:
        return None
    try:
        found = _sure(text)
    except (ValueError, OverflowError) as error:
        raise CellError("expected a date") from error
    if found is not None:
        return found
    numeric = _NUMERIC.fullmatch(text)
    if not numeric:
        raise CellError("expected a date")
    first, second = int(numeric[1]), int(numeric[3])
    year = int(numeric[4]) if len(numeric[4]) == 4 else 2000 + int(numeric[4])
    readings = Readings(_date(year, second, first), _date(year, first, second))
    if readings == (None, None):
        raise CellError("expected a date")
    return readings


def _sure(text: str) -> date | None:
    """A date whose parts cannot be confused; None where there is none such."""
    if iso := _ISO.fullmatch(text):
        return _iso(iso)
    if found := (_YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text)):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _SECONDS.fullmatch(text):
        seconds = int(found[1]) / (1000 if len(found[1]) > 10 else 1)
        return datetime.fromtimestamp(seconds, UTC).date()
    if found := _SERIAL.fullmatch(text):
        return _SERIAL_START + timedelta(days=int(found[1]))
    text = _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) else text
    if found := _WORDS.fullmatch(text):
        return _named(int(found[3]), found[2], int(found[1]))
    if found := _MONTH_FIRST.fullmatch(text):
        return _named(int(found[3]), found[1], int(found[2]))
    return None


def _iso(found: re.Match[str]) -> date:
    year, month, day, hour, minute = (int(part or 0) for part in found.groups()[:5])
    zone = found[7]
    if zone is None or not zone.startswith(("+", "-")):
        return date(year, month, day)
    digits = zone[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    local = datetime(year, month, day, hour, minute, tzinfo=UTC)
    return (local - offset if zone[0] == "+" else local + offset).date()


def _named(year: int, month: str, day: int) -> date:
    name = month.lower()
    number = next((_MONTHS[name[:length]] for length in (4, 3) if name[:length] in _MONTHS), None)
    if number is None:
        raise ValueError(month)
    return date(year, number, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


class Orders:
    """Which of day and month comes first, per column of one file.

    Decided from the values that allow one reading only; in a column without any, by what the tool is known to
    write; then by the file's other date columns; else not at all. Values that contradict each other decide
    nothing.

    Args:
        known: column -> order that the tool is known to write, or None.
    """

    def __init__(self, known: dict[int, str | None]) -> None:
        self._known = known
        self._seen: dict[int, set[str]] = {column: set() for column in known}

    def note(self, column: int, value: str) -> None:
        """Take a value of a column as evidence."""
        try:
            found = read(value)
        except CellError:
            return
        if isinstance(found, Readings) and found.order:
            self._seen[column].add(found.order)

    def of(self, column: int) -> str | None:
        """The order of a column, None where nothing decides it."""
        seen = self._seen[column]
        if seen:
            return next(iter(seen)) if len(seen) == 1 else None
        if self._known[column]:
            return self._known[column]
        others = set().union(*self._seen.values()) or {order for order in self._known.values() if order}
        return next(iter(others)) if len(others) == 1 else None
