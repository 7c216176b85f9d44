"""``detector disavow fix``: the safe mends, each listed."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from detector.cli.disavow.check import guards_of, name_of
from detector.cli.disavow.options import Own, Whitelist
from detector.errors import UsageError


def fix(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A disavow file.", show_default=False)],
    out: Annotated[Path | None, typer.Option("--out", help="Write the mended file here.")] = None,
    in_place: Annotated[bool, typer.Option("--in-place", help="Replace FILE by the mended one.")] = False,
    site: Annotated[
        str | None, typer.Option("--site", help="The site it is for: no mend makes a rule that hits it.")
    ] = None,
    own: Own = None,
    whitelist: Whitelist = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what was done as JSON, instead of the mended file.")
    ] = False,
) -> None:
    """Make the safe mends of a disavow file, and name what needs a person.

    The mended file goes to standard output, or where --out or --in-place says; what was done to standard error.
    """
    from detector.disavow import showing
    from detector.disavow.files import read_bytes, write_atomically
    from detector.disavow.fixing import fix as mend
    from detector.disavow.parsing import DisavowFile

    if out and in_place:
        raise UsageError("--out and --in-place: choose one.")
    data = read_bytes(path)
    fixed = mend(DisavowFile.parse(data, name_of(path)), guards_of(site, own, whitelist))
    target = path if in_place else out
    if target and not (in_place and fixed.data == data):
        write_atomically(target, fixed.data)
    if as_json:
        report = {
            "file": name_of(path),
            "written": name_of(target) if target else None,
            "mends": [asdict(done) for done in fixed.mends],
            "left": [found.as_dict() for found in fixed.left],
        }
        typer.echo(json.dumps(report, indent=1, ensure_ascii=False))
        return
    if not target:
        sys.stdout.buffer.write(fixed.data)
        sys.stdout.buffer.flush()
    for line in showing.mended(fixed.mends, fixed.left):
        typer.echo(line, err=True)
