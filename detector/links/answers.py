"""Answers of APIs: JSON, JSON lines, and Majestic's XML, whose rows are cells joined by ``|``.

The keys are the headers; the records are the objects that carry them, wherever their lists lie.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import polars as pl

from detector.errors import on_one_line
from detector.links import content
from detector.links.convert import Batch
from detector.links.layout import SUBJECTS, Layout, by_headers
from detector.links.recognise import Refused
from detector.links.schema import TEXT

#: A larger answer does not fit into memory as one.
MAX_ANSWER: Final = 128 << 20
#: Rows converted at a time.
ROWS: Final = 20_000

TOO_LARGE: Final = Refused(
    f"the answer is larger than {MAX_ANSWER >> 20} MB", "ask the API for fewer rows a call, or for JSON lines"
)
_AGAIN: Final = "ask the API again"
_NONE: Final = "it is an answer of an API without backlinks"
_PIPE = re.compile(r"(?<!\|)\|(?!\|)")  # Majestic doubles a pipe inside a cell
_FAILURE: Final = 40_000  # status codes of DataForSEO from which a task has failed
_SAMPLE: Final = 200
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)"
)
_LINES: Final = 20  # enough to tell lines of objects from an object that is written over several


class BrokenAnswerError(ValueError):
    """A text that is no answer that can be read; its text says why."""


@dataclass(frozen=True)
class Answer:
    """Records of one kind.

    Attributes:
        layout: what the keys mean.
        records: objects, in the order of the answer; what stands among them and is no object too.
        failed: what the API says of tasks that failed.
    """

    layout: Layout
    records: list[Any]
    failed: list[str] = field(default_factory=list)


def parsed(text: str) -> Any:
    """The value of a JSON text.

    Raises:
        BrokenAnswerError: it is none.
    """
    try:
        return json.loads(_whole_letters(text))
    except RecursionError as error:
        raise BrokenAnswerError("its JSON is nested too deeply") from error
    except json.JSONDecodeError as error:
        raise BrokenAnswerError(f"its JSON is broken in line {error.lineno}") from error
    except ValueError as error:
        raise BrokenAnswerError("its JSON holds a number that cannot be") from error


def _whole_letters(text: str) -> str:
    """JSON without half letters: tools that cut titles and anchors short cut emoji in two, and no text can hold a half."""
    if not _HALF.search(text):
        return text
    return _ESCAPE.sub(lambda found: "\\ufffd" if found["half"] else found[0], text)


def is_lines(head: str) -> bool:
    """Whether a text is one JSON object a line; some of the lines may be broken."""
    lines = [line for line in head.strip().split("\n", _LINES)[:_LINES] if line.strip()]
    objects = [isinstance(item, dict) for item in from_lines(lines)]
    return len(lines) > 1 and (objects[0] or 2 * sum(objects) >= len(lines))


def from_xml(text: str) -> list[list[dict[str, str]]]:
    """The tables of an answer of Majestic as lists of objects.

    Raises:
        BrokenAnswerError: it is no such answer, or one that holds an error.
    """
    if re.search(r"<!(?:DOCTYPE|ENTITY)", text[:4096], re.IGNORECASE):
        raise BrokenAnswerError("it is XML with a document type, which no export has")
    try:
        root = ET.fromstring(text)  # noqa: S314 - without a document type there are no entities to swell
    except ET.ParseError as error:
        raise BrokenAnswerError(f"its XML is broken ({error})") from error
    tables = [_xml_table(table) for table in root.iter("DataTable") if table.get("Headers")]
    if not tables:
        said = root.get("ErrorMessage") or root.get("FullError")
        raise BrokenAnswerError(
            f"the API answered: {on_one_line(said)}" if said else "it is XML without a table of links"
        )
    return tables


def _xml_table(table: ET.Element) -> list[dict[str, str]]:
    headers = (table.get("Headers") or "").split("|")
    rows = []
    for row in table.iter("Row"):
        cells = (row.text or "").split("|")
        if len(cells) != len(headers):
            cells = [cell.replace("||", "|") for cell in _PIPE.split(row.text or "")]
        rows.append(dict(zip(headers, cells, strict=False)))
    return rows


# ---------------------------------------------------------------------- finding the records


def choose(answer: Any) -> Answer | Refused:
    """Find the records of an answer: of all its lists of objects those whose keys a report explains best."""
    lists = [found for found in _walk(answer) if isinstance(found, list) and _objects(found)]
    failed = [said for found in _walk(answer) if isinstance(found, dict) and (said := _failure(found))]
    layouts = [layout for found in lists if (layout := _by_keys(found))]
    best = max(layouts, key=lambda layout: layout.explained, default=None)
    if best is None:
        found = _by_content(lists) or _alone(answer)
        return found or Refused(_NONE + _said(answer, failed), "ask the API for backlinks")
    records = [record for found in lists if _same_kind(found, best) for record in found]
    keys = _keys(records)
    layout = content.keeping_rows(by_headers(keys) or best, _rows(records, keys))
    return Answer(layout, records, failed)


def _alone(answer: Any) -> Answer | None:
    """An answer that is one record itself."""
    if not isinstance(answer, dict) or _holds_records(answer) or _said(answer, []):
        return None
    layout = _by_keys([answer])
    return Answer(layout, [answer]) if layout and layout.explained >= min(len(answer), 2) else None


def of_lines(items: list[Any], layout: Layout) -> Answer:
    """The records of JSON lines, in their order: a line is one, or a whole answer that holds some."""
    keys = [column.header for column in layout.of(*SUBJECTS)]
    records: list[Any] = []
    failed: list[str] = []
    for item in items:
        about = isinstance(item, dict) and any(key in item for key in keys)
        if isinstance(item, str) or (about and not any(_is_list(value) for value in item.values())):
            records.append(item)
            continue
        whole = list(_walk(item))
        said = [text for one in whole if isinstance(one, dict) and (text := _failure(one))]
        lists = [one for one in whole if isinstance(one, list) and _are_of(one, layout, keys)]
        held = [record for one in lists for record in one]
        none = not about and (said or (isinstance(item, dict) and _holds_records(item)))
        records += held if held or none else [item]
        failed += said
    return Answer(layout, records, failed)


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and bool(_objects(value))


def _are_of(found: list[Any], layout: Layout, keys: list[str]) -> bool:
    """Whether a list holds records of the layout, be it known by its keys or by content."""
    if layout.explained:
        return _same_kind(found, layout)
    return any(key in item for item in _objects(found) for key in keys)


def _walk(value: Any) -> Iterator[Any]:
    """Every object and list of an answer, in its order."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, (dict, list)):
            yield one
            inner = list(one.values()) if isinstance(one, dict) else one
            waiting.extend(item for item in reversed(inner) if isinstance(item, (dict, list)))


def _objects(found: list[Any]) -> list[dict[str, Any]]:
    return [item for item in found if isinstance(item, dict)]


def _keys(records: Sequence[Any]) -> list[str]:
    return list(dict.fromkeys(key for item in records if isinstance(item, dict) for key in item))


def _by_keys(found: list[Any]) -> Layout | None:
    """The layout of a list by its keys, if a report explains enough of them and what its rows are about.

    One known key among many others is no record: such objects hold the list of records.
    """
    keys = _keys(found[:_SAMPLE])
    layout = by_headers(keys)
    if layout is None or layout.refusal or not any(c.index in layout.own for c in layout.of(*SUBJECTS)):
        return None
    return layout if layout.explained > 1 or len(keys) <= 2 else None


def _same_kind(found: list[Any], best: Layout) -> bool:
    layout = _by_keys(found)
    same = layout is not None and (layout.tool, layout.report) == (best.tool, best.report)
    return same and layout is not None and 2 * layout.explained >= best.explained


def _by_content(lists: list[list[Any]]) -> Answer | None:
    """The longest list of objects in which a column of URLs or hosts is found by content."""
    for found in sorted(lists, key=len, reverse=True):
        if any(_holds_records(item) for item in _objects(found[:_SAMPLE])):
            continue
        keys = _keys(found[:_SAMPLE])
        layout = content.complete(keys, _rows(found, keys), _named(keys))
        if layout and layout.has_source and not layout.refusal:
            return Answer(layout, found)
    return None


def _rows(found: list[Any], keys: list[str]) -> list[list[str]]:
    """The first records as the rows of a table."""
    return [[cell(item.get(key)) or "" for key in keys] for item in _objects(found[:_SAMPLE])]


def _named(keys: list[str]) -> Layout | None:
    """What the keys say, if more than one of them is known: one may be a coincidence."""
    layout = by_headers(keys)
    return layout if layout and layout.explained > 1 else None


def _holds_records(item: dict[str, Any]) -> bool:
    """Whether an object is not about one thing but holds a list of things, perhaps an empty one."""
    inner = [value for value in item.values() if isinstance(value, list)]
    return any(not value or any(isinstance(one, dict) for one in value) for value in inner)


def _failure(found: dict[str, Any]) -> str | None:
    """What an answer says of a task that failed."""
    code, said = found.get("status_code"), found.get("status_message")
    failed = isinstance(code, int) and code >= _FAILURE and isinstance(said, str)
    return on_one_line(f"a task failed: {code} {said}") if failed else None


def _said(answer: Any, failed: list[str]) -> str:
    """The error message of an answer, in brackets; empty where it holds none."""
    if failed:
        return f" ({failed[0]})"
    for key in ("error", "errors", "ErrorMessage", "FullError", "error_message", "message"):
        said = answer.get(key) if isinstance(answer, dict) else None
        said = said.get("message") if isinstance(said, dict) else said
        if isinstance(said, str) and said.strip():
            return f" ({on_one_line(said.strip()[:200])})"
    return ""


# ---------------------------------------------------------------------- rows


def batches(records: list[Any], layout: Layout) -> Iterator[Batch]:
    """The records, some ten thousands at a time."""
    for start in range(0, len(records), ROWS):
        yield batch(records[start : start + ROWS], layout)


def batch(records: list[Any], layout: Layout) -> Batch:
    """Rows of objects; what is no object is broken. Text stands for a line that is no JSON."""
    objects = [item if isinstance(item, dict) else {} for item in records]
    frame = pl.DataFrame(
        {
            str(column.index): pl.Series([cell(item.get(column.header)) for item in objects], dtype=TEXT)
            for column in layout.columns
        }
    )
    broken = {
        place: "it is no JSON object" for place, item in enumerate(records) if not isinstance(item, dict)
    }
    return Batch(frame, partial(_text, records), partial(_cells, records), broken)


def cell(value: Any) -> str | None:
    """A value as text; a list of values joined by ``|``."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, list) and not any(isinstance(item, (dict, list)) for item in value):
        return "|".join(text for item in value if (text := cell(item)) is not None) or None
    return json.dumps(value, ensure_ascii=False)


def _text(records: list[Any], row: int) -> str:
    record = records[row]
    return record if isinstance(record, str) else json.dumps(record, ensure_ascii=False)


def _cells(records: list[Any], row: int) -> list[str]:
    record = records[row]
    found = record.values() if isinstance(record, dict) else [record]
    return [cell(value) or "" for value in found] or [""]


def from_lines(lines: Sequence[str]) -> list[Any]:
    """The objects of JSON lines; a line that is none stays text."""
    found: list[Any] = []
    for line in lines:
        try:
            found.append(json.loads(_whole_letters(line)))
        except (ValueError, RecursionError):
            found.append(line)
    return found
