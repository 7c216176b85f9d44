"""``detector report``: the report of an audit anew, with what a person decided since."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

AGENCY = typer.Option(help="Name of the agency whose report it is.", show_default=False)
LOGO = typer.Option(help="Its logo: PNG, JPEG or SVG, at most 500 kB.", show_default=False)
XLSX = typer.Option("--xlsx", help="Write a workbook for Excel as well.")


def report(
    folder: Annotated[Path, typer.Argument(help="Folder of an audit.", metavar="DIR", show_default=False)],
    agency: Annotated[str | None, AGENCY] = None,
    logo: Annotated[Path | None, LOGO] = None,
    xlsx: Annotated[bool, XLSX] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")] = False,
) -> None:
    """Make the report of an audit anew, with the decisions of a review; nothing is audited again."""
    from detector.auditing.reporting import REPORT, WORKBOOK, branding_of, report_again
    from detector.report.branding import read_branding
    from detector.review.store import read_decisions

    decisions = read_decisions(folder)
    agency_then, logo_then = branding_of(folder)
    branding = read_branding(agency_then if agency is None else agency, logo or logo_then)
    said = report_again(folder, decisions, branding=branding, xlsx=xlsx)
    if quiet:
        return
    for sentence in said:
        typer.echo(f"warning: {sentence}", err=True)
    number = decisions.height
    typer.echo(f"{folder / REPORT}  with {number:,} {'decision' if number == 1 else 'decisions'}")
    if xlsx:
        typer.echo(f"{folder / WORKBOOK}")
