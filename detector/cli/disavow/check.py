"""``detector disavow check``: every fault of disavow files, with its place and its mend."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detector.cli.disavow.options import Own, Whitelist
from detector.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detector.disavow.checking import Finding
    from detector.guards import Guards


def check(
    files: Annotated[list[Path], typer.Argument(help="Disavow files.", show_default=False)],
    site: Annotated[
        str | None, typer.Option("--site", help="The site they are for: rules that hit it are dangers.")
    ] = None,
    own: Own = None,
    whitelist: Whitelist = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a list of findings as JSON.")] = False,
    github: Annotated[bool, typer.Option("--github", help="Print annotations for GitHub Actions.")] = False,
) -> None:
    """Check disavow files by Google's rules and for rules that do harm.

    Exit code 1: errors or dangers were found; 3: a file could not be read (the others are checked); 0: neither.
    """
    from detector.disavow import showing
    from detector.disavow.checking import findings
    from detector.disavow.faults import DANGER, ERROR
    from detector.disavow.files import read_bytes
    from detector.disavow.parsing import DisavowFile

    if as_json and github:
        raise UsageError("--json and --github: choose one.")
    guards = guards_of(site, own, whitelist)
    severities: set[str] = set()
    is_unread = False

    def found(file: DisavowFile) -> Iterator[Finding]:
        for finding in findings(file, guards):
            severities.add(finding.severity)
            yield finding

    def parsed() -> Iterator[DisavowFile]:
        nonlocal is_unread
        for path in files:
            try:
                data = read_bytes(path)
            except InputError as error:
                typer.echo(f"detector: {error}", err=True)
                is_unread = True
                continue
            yield DisavowFile.parse(data, name_of(path))

    if as_json:
        lines = showing.as_json(finding for file in parsed() for finding in found(file))
    elif github:
        lines = showing.github(finding for file in parsed() for finding in found(file))
    else:
        lines = (line for file in parsed() for line in showing.report(file, found(file)))
    for line in lines:
        typer.echo(line)
    if is_unread or severities & {ERROR, DANGER}:
        raise typer.Exit(3 if is_unread else 1)


def name_of(path: Path) -> str:
    """A file's name as it can be printed: a byte that is no text becomes U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


def guards_of(site: str | None, own: list[str] | None, whitelist: Path | None) -> Guards:
    """The guards for a user's sites and whitelist.

    Raises:
        UsageError: a site names no host.
        InputError: the whitelist cannot be read.
    """
    from detector.guards import Guards, read_whitelist
    from detector.links.domains import Domains

    entries = read_whitelist(whitelist) if whitelist else ()
    return Guards(Domains.default(), site=site, own=own or (), whitelist=entries)
