"""One cell at a time: numbers, truth values, countries and link types, as people and tools write them.

These are the exact rules. Columns are converted in bulk by ``convert``, which asks here for the values that
its fast paths do not know, once per distinct value. Every function gives None for a cell that says nothing;
``CellError`` is raised for one that says something else than its column promises.
"""

from __future__ import annotations

import re
from typing import Final

#: Cells that say nothing. ``na`` is not among them: it is a country.
EMPTY_WORDS: Final = frozenset(
    {"", "-", "--", "---", "–", "—", "null", "none", "nan", "n/a", "#n/a", "(null)"}
)

_TRUE: Final = frozenset(
    ("true", "t", "yes", "y", "1", "1.0", "+", "x", "✓", "✔", "wahr", "ja", "vrai", "oui", "verdadero", "sí",
     "si", "vero", "sim", "sì", "да", "истина", "כן")
)  # fmt: skip
_FALSE: Final = frozenset(
    ("false", "f", "no", "n", "0", "0.0", "✗", "falsch", "nein", "faux", "non", "falso", "não", "нет", "ложь",
     "לא")
)  # fmt: skip

#: Words that name the state itself, whatever the header asks: column -> word -> value.
_STATES: Final = {
    "rel_nofollow": {"nofollow": True, "no-follow": True, "nf": True, "dofollow": False, "follow": False},
    "lost": {"lost": True, "deleted": True, "removed": True, "live": False, "active": False, "found": False},
}

_DIGITS = r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[+-]?\.\d+"
_PLAIN = re.compile(_DIGITS)
_BLANKS = " \u00a0\u2009\u202f"
_GROUPED = re.compile(rf"([+-]?\d{{1,3}})((?:([,.'’{_BLANKS}])\d{{2,3}})*([,.'’{_BLANKS}])\d{{3}})([.,]\d+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
_FIRST = re.compile(
    rf"[+-]?(?:[1-9]\d{{0,2}}(?:([,{_BLANKS}])\d{{3}})(?:\1\d{{3}})*(?![\d])(?:\.\d+)?|\d+[.,]\d+|\d+|\.\d+)"
)
_ZERO = re.compile(r"[+-]?0*(?:\.0*)?")

_KINDS: Final = {
    "a": "text", "anchor": "text", "href": "text", "hyperlink": "text", "img": "image", "iframe": "frame",
    "meta": "redirect",
}  # fmt: skip
LINK_KINDS: Final = frozenset(
    ["text", "image", "redirect", "frame", "form", "canonical", "alternate", "rss", "mention"]
)


class CellError(ValueError):
    """A cell whose content is not of its column's type; the text says what was expected."""


def is_empty(cell: str) -> bool:
    """Whether the cell says nothing."""
    return cell.strip().lower() in EMPTY_WORDS


def number(cell: str, *, whole: bool = False, zero_is_empty: bool = False) -> str | None:
    """A number without thousands separators, otherwise as written; ``-1`` (no rank) is empty.

    ``whole`` says that the column counts things, so that a point before three digits separates thousands.
    """
    text = cell.strip()
    if is_empty(text):
        return None
    plain = _without_separators(text.removesuffix("%").removesuffix("+").strip(), whole=whole)
    if plain is None:
        raise CellError("expected a number")
    if plain in {"-1", "-1.0"} or (zero_is_empty and _ZERO.fullmatch(plain)):
        return None
    return plain


def first_number(cell: str) -> str | None:
    """The first number in a cell that may hold more than a number."""
    try:
        return number(cell)
    except CellError:
        found = _FIRST.search(cell)
        if not found:
            raise
        return number(found[0])


def _without_separators(text: str, *, whole: bool) -> str | None:
    grouped = _GROUPED.fullmatch(text)
    if grouped and not grouped[1].lstrip("+-").startswith("0"):
        marks = {mark for mark in grouped[2] if not mark.isdigit()}
        point = grouped[5] or ""
        one_mark = len(marks) == 1 and not (point and point[0] in marks)
        several = len(grouped[2]) > len("000,")
        if one_mark and (marks != {"."} or whole or several or point):
            return grouped[1] + re.sub(r"\D", "", grouped[2]) + point.replace(",", ".")
    if _PLAIN.fullmatch(text):
        return text
    if _DECIMAL_COMMA.fullmatch(text):
        return text.replace(",", ".")
    return None


def boolean(cell: str, column: str = "", *, inverted: bool = False) -> bool | None:
    """A truth value in any of the spellings and languages seen; ``inverted`` for headers such as Follow."""
    word = cell.strip().lower()
    state = _STATES.get(column, {}).get(word)
    if state is not None:
        return state
    if word in _TRUE:
        return not inverted
    if word in _FALSE:
        return inverted
    if word in EMPTY_WORDS:
        return None
    raise CellError("expected true or false")


def country(cell: str) -> str | None:
    """ISO 3166-1 alpha-2, lower case."""
    code = cell.strip().lower()
    if code in EMPTY_WORDS:
        return None
    if len(code) == 2 and code.isascii() and code.isalpha():
        return "gb" if code == "uk" else code
    raise CellError("expected a country code of two letters")


def link_kind(cell: str) -> str | None:
    """A link type: HTML's names become ours, other words stay as they are in lower case."""
    word = cell.strip().lower()
    return None if word in EMPTY_WORDS else _KINDS.get(word, word)


def values(cell: str) -> str | None:
    """Several values separated by comma and blank, joined by ``|``."""
    parts = (part.strip() for part in re.split(r",\s+", cell.strip()))
    return "|".join(part for part in parts if part) or None


def reversed_host(cell: str) -> str | None:
    """``com.example.www`` the right way round."""
    return ".".join(reversed(cell.strip().strip(".").split("."))) or None
