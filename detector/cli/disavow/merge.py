"""``detector disavow merge``: several disavow files become one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detector.cli.disavow.output import check_name, count, deliver, print_json, print_lines, section

if TYPE_CHECKING:
    from detector.disavow.combining import Merged


def merge(
    files: Annotated[
        list[Path],
        typer.Argument(help="Disavow files; the first one's reasons count first.", show_default=False),
    ],
    whitelist: Annotated[Path | None, typer.Option(help="Domains never to be disavowed, one a line.")] = None,
    site: Annotated[str | None, typer.Option(help="The site that the file is for: never in it.")] = None,
    own: Annotated[
        list[str] | None, typer.Option(help="Another site of yours (repeatable).", show_default=False)
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write to a file (default: standard output).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Merge disavow files into one that Google accepts: each rule once, no comment lost.

    The summary goes to standard output, or, where the file itself goes there, to standard error.
    """
    from detector.disavow.combining import merge as run
    from detector.disavow.parsing import DisavowFile
    from detector.guards import Guards, read_whitelist
    from detector.links.domains import Domains

    check_name(out)
    listed = read_whitelist(whitelist) if whitelist else ()
    guards = Guards(Domains.default(), site, own or (), listed)
    result = run([DisavowFile.read(file) for file in files], guards)
    deliver(result.data, out)
    if as_json:
        print_json(result.as_dict(), err=out is None)
    else:
        print_lines(_summary(result, out), err=out is None)


def _summary(result: Merged, out: Path | None) -> list[str]:
    told = result.as_dict()
    lines = [
        f"{count(told['rules'], 'rule')} ({told['domain_rules']:,} domain, {told['url_rules']:,} URL) in "
        f"{count(told['lines'], 'line')}, {told['bytes']:,} bytes{f': {out}' if out else ''}"
    ]
    lines += [f"  {one['rules']:>9,}  {one['file']}" for one in told["files"]]
    lines.append("")
    for name, heading, link in (
        ("held_back", "Held back, as comments: a guard forbids them", ""),
        ("woken", "In force now, and not before: Google did not read them as they stood", "now "),
        ("covered", "Left out: a wider rule covers them", "covered by "),
        ("unread", "Kept as comments: no rule that Google reads", "it "),
    ):
        lines += section(f"{heading} ({len(told[name]):,})", [_told(one, link) for one in told[name]])
    counts = (("duplicates", "repeated rule stands", "repeated rules stand", "there once"), ("respelled", "rule is", "rules are", "spelled anew"))  # fmt: skip
    for name, one, several, what in counts:
        number = len(told[name])
        lines += [f"{number:,} {one if number == 1 else several} {what}."] if number else []
    return lines


def _told(one: dict[str, str], link: str) -> str:
    from detector.disavow.showing import printable

    because = one["because"] if link else one["because"].replace("_", " ")
    return f"{one['file']}, line {one['line']}: {printable(one['entry'])}  ({link}{printable(because)})"
