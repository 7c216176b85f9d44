"""A reader for the plain part of YAML that this project's own files keep to; whatever is not plain raises.

Mappings and lists by indentation, plain and double-quoted scalars on one line, literal blocks (``|``), comments on
lines of their own. No flow style, no anchors, no folded scalars, no types but text and booleans.
"""

from __future__ import annotations

import json
import re
from typing import Any

_PAIR = re.compile(r"([\w-]+):(?: (.+))?")
_NOT_PLAIN = re.compile(r"""^[-?:,\[\]{}#&*!|>'"%@`](?:\s|$)|^[\[\]{}#&*!|>'"%@`]|: |:$| #""")
_WORDS = {"true": True, "false": False}


def load(text: str) -> Any:
    """The value of a document.

    Raises:
        ValueError: it is not plain; the text names the line.
    """
    reader = _Reader(text.splitlines())
    value = reader.value(0)
    if reader.peek() is not None:
        raise reader.error()
    return value


class _Reader:
    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._at = 0

    def error(self) -> ValueError:
        return ValueError(f"line {self._at + 1} is not plain: {self._lines[self._at]!r}")

    def peek(self) -> tuple[int, str] | None:
        """Indentation and content of the next line that says something."""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            content = line.lstrip(" ")
            if content and not content.startswith("#"):
                if "\t" in line or content != content.rstrip():
                    raise self.error()
                return len(line) - len(content), content
            self._at += 1
        return None

    def value(self, indent: int) -> Any:
        """A mapping or list that starts at an indentation; None where nothing stands there."""
        found = self.peek()
        if found is None or found[0] < indent:
            return None
        if found[1].startswith("- "):
            return self._list(found[0])
        return self._mapping(found[0])

    def _list(self, indent: int) -> list[Any]:
        values: list[Any] = []
        while (found := self.peek()) and found[0] == indent and found[1].startswith("- "):
            content = found[1][2:]
            if _PAIR.fullmatch(content):
                self._lines[self._at] = " " * (indent + 2) + content
                values.append(self._mapping(indent + 2))
            else:
                values.append(self._scalar(content))
                self._at += 1
        self._check_end(indent)
        return values

    def _mapping(self, indent: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while (found := self.peek()) and found[0] == indent:
            pair = _PAIR.fullmatch(found[1])
            if pair is None or pair[1] in values:
                raise self.error()
            key, rest = pair.groups()
            if rest is None:
                self._at += 1
                values[key] = self.value(indent + 1)
            elif rest == "|":
                self._at += 1
                values[key] = self._block(indent)
            else:
                values[key] = self._scalar(rest)
                self._at += 1
        self._check_end(indent)
        return values

    def _check_end(self, indent: int) -> None:
        if (found := self.peek()) and found[0] > indent:
            raise self.error()

    def _block(self, indent: int) -> str:
        lines: list[str] = []
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if line.strip() and len(line) - len(line.lstrip(" ")) <= indent:
                break
            lines.append(line)
            self._at += 1
        depth = min(len(line) - len(line.lstrip(" ")) for line in lines if line.strip())
        return "\n".join(line[depth:] for line in lines).rstrip("\n") + "\n"

    def _scalar(self, text: str) -> str | bool:
        if text.startswith('"'):
            return str(json.loads(text))
        if _NOT_PLAIN.search(text):
            raise self.error()
        return _WORDS.get(text, text)
