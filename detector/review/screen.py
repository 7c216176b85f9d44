"""Strangers' text on a terminal: nothing of it is a command to the terminal, and it takes the columns it is given."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

#: Categories that are not shown: controls (ESC, CSI), invisible and direction-turning marks, halves of characters,
#: private ones, line and paragraph separators (Unicode TR 44).
_HIDDEN: Final = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_INSTEAD: Final = "\N{REPLACEMENT CHARACTER}"
#: Categories that take no column of their own.
_ABOVE: Final = frozenset(("Mn", "Me"))
#: More of these on one character are no writing of any language, and would run over other lines.
_MOST_ABOVE: Final = 4


def safe(text: str) -> str:
    """Text without anything that a terminal could act on: what is not shown becomes U+FFFD, blanks become one."""
    shown: list[str] = []
    above = 0
    for mark in " ".join(text.split()):
        category = unicodedata.category(mark)
        above = above + 1 if category in _ABOVE else 0
        if above <= _MOST_ABOVE:
            shown.append(_INSTEAD if category in _HIDDEN else mark)
    return "".join(shown)


def columns_of(text: str) -> int:
    """How many columns safe text takes: two for wide characters (Unicode TR 11), none for marks above others."""
    return sum(map(_columns, text))


def clip(text: str, columns: int) -> str:
    """Safe text in at most so many columns, an ellipsis where something was left out."""
    shown = safe(text)
    if columns_of(shown) <= columns:
        return shown
    taken, used = [], 0
    for mark in shown:
        used += _columns(mark)
        if used > columns - 1:
            break
        taken.append(mark)
    return "".join(taken) + "…"


def wrap(text: str, columns: int, first: str = "", later: str = "") -> Iterator[str]:
    """Safe text in lines of at most so many columns, with an indent of the first and of later ones; a word that is too long is broken."""
    line = first
    for word in safe(text).split(" "):
        tried = f"{line} {word}" if line.strip() else line + word
        if columns_of(tried) <= columns:
            line = tried
            continue
        if line.strip():
            yield line
            line = later
        for mark in word:
            if columns_of(line) + _columns(mark) > columns:
                yield line
                line = later
            line += mark
    if line.strip():
        yield line


def _columns(mark: str) -> int:
    if unicodedata.category(mark) in _ABOVE:
        return 0
    return 2 if unicodedata.east_asian_width(mark) in "WF" else 1
