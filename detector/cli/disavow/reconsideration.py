"""``detector disavow reconsideration``: the evidence document for a reconsideration request."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from detector.errors import UsageError


def reconsideration(
    folder: Annotated[Path, typer.Argument(help="Folder of the audit.", show_default=False)],
    site: Annotated[str, typer.Option(help="The site, e.g. example.com.", show_default=False)],
    outreach: Annotated[
        Path | None, typer.Option(help="CSV of removal requests: date, domain or URL, contact, answer, ...")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="The document (default: reconsideration.html in the folder).")
    ] = None,
    store: Annotated[Path | None, typer.Option(help="Folder of the histories of your sites.")] = None,
) -> None:
    """Write what was found, decided, asked for and uploaded as a document to share with Google, and a sheet."""
    from contextlib import nullcontext

    from detector.history.audits import NEEDED, read_audit
    from detector.history.evidence import gather
    from detector.history.naming import site_of
    from detector.history.outreach import read_outreach
    from detector.history.reconsideration import numbers, write_evidence
    from detector.history.store import Store
    from detector.links.domains import Domains

    domains, today = Domains.default(), datetime.now().astimezone().date()
    name, audit = site_of(site, domains), read_audit(folder, tuple(NEEDED))
    if name != audit.site:
        raise UsageError(f"{folder} is the audit of {audit.site}, not of {name}")
    log = read_outreach(outreach, domains, today) if outreach else None
    with Store.find(name, store, domains=domains) or nullcontext() as history:
        evidence = gather(audit, history, log, domains, today)
    document = out or folder / "reconsideration.html"
    sheet = write_evidence(document, evidence)
    for title in log.unused if log else ():
        typer.echo(f"{outreach}: column {title!r} is not used", err=True)
    found = numbers(evidence)
    typer.echo(
        f"{document}: {found['listed']:,} referring domains, {found['disavowed']:,} disavowed by a confirmed upload,"
        f" {found['asked']:,} asked for removal"
    )
    typer.echo(f"{sheet}: the same rows for a spreadsheet")
    typer.echo("What stands in [brackets] only you can say: fill it in before you share the document.")
    if evidence.in_force is None:
        typer.echo("No upload is confirmed in the history, and the document says so.", err=True)
