"""The log of removal requests: a CSV that people keep by hand, in any of the shapes they keep it in.

One row a request. Needed are a column for the date and one for the domain or page; the others may be missing.
``HEADERS`` lists the names that a column may have, whatever its capitals, underscores and hyphens.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from detector.disavow.merging import one_line
from detector.errors import InputError
from detector.links import cells, dates, encodings
from detector.links.domains import INVALID, PUBLIC_SUFFIX, Domains

#: What a column says -> the headers it may have.
HEADERS: Final = {
    "date": "date, day, when, sent, sent on, date sent, contacted, contacted on, date contacted, contact date, requested, "
    "requested on, request date, removal requested, email date, datum",
    "target": "domain, url, site, website, host, referring domain, source domain, linking domain, linking site, link, page, "
    "link url, source, source url, linking page, linking url, backlink, referring page, referring page url, domain or url",
    "contact": "contact, contact name, name, to, recipient, email, e mail, email address, contact email, mail, webmaster, whom, kontakt",
    "channel": "channel, method, via, how, medium, contact method, contact form, kanal",
    "answer": "answer, result, response, reply, outcome, status, antwort, note, notes, comment, comments, remarks",
    "removed": "removed, link removed, links removed, gone, deleted",
}  # fmt: skip

#: Answers that say by themselves that the link is gone, or stands; nothing is read out of other ones.
_OUTCOMES: Final = {
    "removed": True, "link removed": True, "links removed": True, "deleted": True, "gone": True,
    "not removed": False, "refused": False,
}  # fmt: skip

_LARGEST: Final = 64 * 1024 * 1024
_SEPARATOR_LINE = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)
_DELIMITERS: Final = (",", ";", "\t", "|")


@dataclass(frozen=True)
class Request:
    """One removal request.

    Attributes:
        row: 1-based record number in the log, without its header.
        day: when it was sent.
        unit: the referring domain it is about.
        target: the domain or page as the log names it.
        contact, channel, answer: as the log has them; empty where it says nothing.
        removed: whether the link is gone; None where the log does not say.
    """

    row: int
    day: date
    unit: str
    target: str
    contact: str
    channel: str
    answer: str
    removed: bool | None


@dataclass(frozen=True)
class Outreach:
    """A log.

    Attributes:
        requests: in the order of the file.
        unused: headers of columns that were not understood.
    """

    requests: Sequence[Request]
    unused: Sequence[str]


def read_outreach(path: Path, domains: Domains, today: date) -> Outreach:
    """Read a log of removal requests.

    Args:
        path: the CSV: any usual delimiter and encoding.
        domains: for the referring domains.
        today: no request can be of a later day.

    Raises:
        InputError: the file cannot be read, lacks a needed column, or a cell (its row and column are named) is
            no date, a date that can be read in two ways or lies in the future, no domain, or no yes or no.
    """
    header, rows = _table(path)
    places, unused = _columns(path, header)
    order = _order_of_dates(rows, places["date"][0])
    reader = _Reader(path, header, places, order, domains, today)
    return Outreach([reader.request(number, row) for number, row in rows], unused)


_Row = tuple[int, list[str]]


def _table(path: Path) -> tuple[list[str], list[_Row]]:
    """Header and rows with their numbers; rows of blanks are left out."""
    text = _text(path)
    named = _SEPARATOR_LINE.match(text)
    text = text[named.end() :] if named else text
    first = text.split("\n", 1)[0]
    mark = named[1] if named else max(_DELIMITERS, key=first.count)
    records = _records(path, text, mark)
    header = [cell.strip() for cell in next(records, (0, []))[1]]
    rows = []
    for number, row in records:
        if not any(cell.strip() for cell in row):
            continue
        if any(cell.strip() for cell in row[len(header) :]):
            fix = "put quotation marks around a cell that holds the delimiter"
            raise InputError(path, f"the row has more cells than the {len(header)} headers", fix, row=number)
        rows.append((number, row))
    return header, rows


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(
                path, "it is larger than 64 MB and so no log kept by hand", "name the right file"
            )
        data = path.read_bytes()
    except OSError as error:
        fault = f"the log cannot be read ({error.strerror or error})"
        raise InputError(path, fault, "name a CSV file") from error
    if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"):
        raise InputError(path, "it is no CSV file", "save the sheet as CSV")
    encoding, repairs = encodings.detect(data, whole=True), encodings.Repairs()
    return encodings.mended(b"".join(encodings.to_utf8([data], encoding, repairs)), repairs).decode("utf-8")


def _records(path: Path, text: str, mark: str) -> Iterator[_Row]:
    """Records as they stand, the header as number 0."""
    number = -1
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)):
            yield number, row
    except csv.Error as error:
        fix = "mend its quotation marks"
        raise InputError(path, f"the row cannot be read ({error})", fix, row=number + 1) from error


def _columns(path: Path, header: Sequence[str]) -> tuple[Mapping[str, list[int]], list[str]]:
    """Where each thing stands (name -> places in the header), and the headers that were not understood."""
    meaning = {name: what for what, names in HEADERS.items() for name in names.split(", ")}
    places: dict[str, list[int]] = {what: [] for what in HEADERS}
    unused = []
    for place, title in enumerate(header):
        what = meaning.get(re.sub(r"[\s_-]+", " ", title.strip(" ?:").lower()))
        if what:
            places[what].append(place)
        elif title:
            unused.append(title)
    for what, words in (("date", "the day of the request"), ("target", "the domain or page")):
        if not places[what]:
            known = ", ".join(HEADERS[what].split(", ")[:4])
            raise InputError(path, f"no column for {words}", f"give its first row a header such as {known}")
    if len(places["date"]) > 1:
        titles = " and ".join(repr(header[place]) for place in places["date"])
        fault = f"{titles} could both be the day of the request"
        raise InputError(path, fault, "rename the one that is not")
    return places, unused


def _order_of_dates(rows: Sequence[_Row], place: int) -> str | None:
    """Whether day or month comes first, by the values that allow one reading only."""
    orders = dates.Orders({place: None})
    for _, row in rows:
        orders.note(place, _cell(row, place))
    return orders.of(place)


def _cell(row: Sequence[str], place: int) -> str:
    return one_line(row[place]) if place < len(row) else ""


@dataclass(frozen=True)
class _Reader:
    """Reads rows of one log."""

    path: Path
    header: Sequence[str]
    places: Mapping[str, list[int]]
    order: str | None
    domains: Domains
    today: date

    def request(self, number: int, row: Sequence[str]) -> Request:
        target, unit = self._target(number, row)
        return Request(
            row=number,
            day=self._day(number, row),
            unit=unit,
            target=target,
            contact=self._words(row, "contact"),
            channel=self._words(row, "channel"),
            answer=self._words(row, "answer"),
            removed=self._removed(number, row),
        )

    def _fault(self, number: int, place: int, problem: str, fix: str) -> InputError:
        return InputError(self.path, problem, fix, row=number, column=self.header[place])

    def _day(self, number: int, row: Sequence[str]) -> date:
        place = self.places["date"][0]
        cell = _cell(row, place)
        fix = "write it as 2026-05-31"
        try:
            found = dates.read(cell)
        except cells.CellError as error:
            raise self._fault(number, place, f"{cell[:40]!r} is no date", fix) from error
        if isinstance(found, dates.Readings):
            day = found.by(self.order)
            if day is None:
                raise self._fault(number, place, f"{cell[:40]!r} can be read in two ways", fix)
        elif found is None:
            raise self._fault(number, place, "the date is missing", fix)
        else:
            day = found
        if day > self.today:
            raise self._fault(number, place, f"{cell[:40]!r} ({day}) lies in the future", "correct it")
        return day

    def _target(self, number: int, row: Sequence[str]) -> tuple[str, str]:
        places = self.places["target"]
        named = [cell for place in places if (cell := _cell(row, place))]
        text = max(named, key=lambda cell: "/" in cell, default="")  # a page says more than its domain
        unit = self.domains.referring_domain(text.removeprefix("domain:"))
        if unit is None or self.domains.describe_one(unit)[2] in (INVALID, PUBLIC_SUFFIX):
            problem = f"{text[:80]!r} is no domain and no URL" if text else "the domain or page is missing"
            raise self._fault(number, places[0], problem, "name what links, as in example.com")
        return text, unit

    def _words(self, row: Sequence[str], what: str) -> str:
        found = (_cell(row, place) for place in self.places[what])
        return "; ".join(dict.fromkeys(cell for cell in found if cell))

    def _removed(self, number: int, row: Sequence[str]) -> bool | None:
        for place in self.places["removed"]:
            cell = _cell(row, place)
            try:
                told = cells.boolean(cell)
            except cells.CellError as error:
                raise self._fault(
                    number, place, f"{cell[:40]!r} is neither yes nor no", "write yes or no"
                ) from error
            if told is not None:
                return told
        answers = (_cell(row, place).lower().rstrip(".!") for place in self.places["answer"])
        return next((_OUTCOMES[answer] for answer in answers if answer in _OUTCOMES), None)
