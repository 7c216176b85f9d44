"""What several commands print: counted words, lists that are cut off, results as text or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import typer

from detector.errors import UsageError

SHOWN = 20  # lines of one sort


def count(number: int, what: str) -> str:
    """``1 rule``, ``1,204 rules``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def some(lines: Sequence[str], shown: int = SHOWN) -> list[str]:
    """The first lines, and how many more there are."""
    more = len(lines) - shown
    return [*lines[:shown], f"... and {more:,} more (all of them with --json)"] if more > 0 else list(lines)


def section(heading: str, lines: Sequence[str]) -> list[str]:
    """A heading with its lines indented below; nothing where there is none."""
    return [heading, *(f"  {line}" for line in some(lines)), ""] if lines else []


def print_json(value: Any, *, err: bool = False) -> None:
    """Print a result for machines."""
    from detector.links.sources import told

    typer.echo(told(json.dumps(value, indent=1, ensure_ascii=False)), err=err)


def print_lines(lines: Iterable[str], *, err: bool = False) -> None:
    """Print a result for people; what files hold does nothing to their terminal."""
    from detector.disavow.showing import harmless
    from detector.links.sources import told

    text = "\n".join(harmless(told(line)) for line in lines).rstrip("\n")
    if text:
        typer.echo(text, err=err)


def check_name(out: Path | None) -> None:
    """Raise unless Google takes a file of that name.

    Raises:
        UsageError: its name does not end in ``.txt``.
    """
    if out is not None and out.suffix != ".txt":
        raise UsageError(f"--out {out}: Google takes only a file whose name ends in .txt")


def deliver(data: bytes, out: Path | None) -> None:
    """Write a file to its place, or to standard output."""
    from detector.disavow.files import write_atomically

    if out is None:
        binary = typer.get_binary_stream("stdout")
        binary.write(data)
        binary.flush()
    else:
        write_atomically(out, data)
