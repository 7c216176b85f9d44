"""``detector disavow convert``: disavow files to and from other lists."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detector.cli.disavow.output import check_name, count, deliver, print_json, print_lines, section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detector.disavow.converting import Converted
    from detector.disavow.lists import Unlisted

_FORMATS = "disavow, domains, urls, csv, hosts, adblock, dnsmasq, nginx, apache"


def convert(
    file: Annotated[Path, typer.Argument(help="The list.", show_default=False)],
    to: Annotated[str, typer.Option(help=f"What it becomes: {_FORMATS}.")] = "disavow",
    from_: Annotated[
        str | None, typer.Option("--from", help="What it is (default: seen by its content).")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write to a file (default: standard output).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Turn a disavow file into another list, or another list into a disavow file; nothing is widened.

    The summary goes to standard output, or, where the list itself goes there, to standard error.
    """
    from detector.disavow.converting import GOOGLE
    from detector.disavow.converting import convert as run
    from detector.disavow.list_formats import format_of
    from detector.disavow.lists import read_list
    from detector.guards import Guards
    from detector.links.domains import Domains

    format_of(to)
    if to == GOOGLE:
        check_name(out)
    result = run(read_list(file, from_), to, Guards(Domains.default()))
    deliver(result.data, out)
    if as_json:
        print_json(result.as_dict(), err=out is None)
    else:
        print_lines(_summary(result, out), err=out is None)
    if result.source.unread:
        raise typer.Exit(3)


def _summary(result: Converted, out: Path | None) -> list[str]:
    lines = [
        f"{result.source.name} ({result.source.format}): {count(len(result.source.entries), 'rule')} read, "
        f"{result.rules:,} written as {result.to}{f': {out}' if out else ''}"
    ]  # fmt: skip
    lines += list(result.notes)
    lines.append("")
    for heading, found in (
        ("Not read", result.source.unread),
        (f"Left out: {result.to} cannot say them", result.left_out),
        ("Held back, as comments: a guard forbids them", result.held_back),
    ):
        lines += section(f"{heading} ({len(found):,})", _told(found))
    return lines


def _told(found: Sequence[Unlisted]) -> list[str]:
    from detector.disavow.showing import printable

    return [f"line {one.line}: {printable(one.text)}  ({one.why})" for one in found]
