"""``detector lists``: who else names a domain: show, fetch, add and remove lists."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="lists",
    help="Lists of domains that the results quote: which there are, fetch them anew, add your own.",
    no_args_is_help=True,
)

_JSON = typer.Option("--json", help="Print JSON for machines.")


@app.command()
def show(
    domains: Annotated[
        list[str] | None, typer.Argument(help="Domains to look up.", show_default=False)
    ] = None,
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    """Print which lists there are, or which lists name a domain."""
    if domains:
        _show_domains(domains, as_json=as_json)
    else:
        _show_lists(as_json=as_json)


def _show_lists(*, as_json: bool) -> None:
    from detector.reference.lookup import Reference, own_folder
    from detector.reference.sources import all_sources

    reference = Reference.default()
    here = {one.name: one for one in reference.lists()}
    rows = [
        {"name": s.name, "kind": s.kind, "family": s.family, "licence": s.licence, "ships": s.ships,
         "why_not": s.why_not, "address": s.address, "meaning": s.meaning,
         "entries": here[s.name].entries if s.name in here else None,
         "date": here[s.name].date if s.name in here else None}
        for s in all_sources().values()
    ]  # fmt: skip
    rows += [
        {"name": o.name, "kind": o.kind, "family": o.family, "licence": "", "ships": False, "why_not": "your own",
         "address": "", "meaning": "your own list", "entries": o.entries, "date": o.date}
        for o in here.values() if o.name not in all_sources()
    ]  # fmt: skip
    if as_json:
        typer.echo(json.dumps(rows, indent=1, ensure_ascii=False))
        return
    typer.echo(f"{'list':28} {'kind':9} {'domains':>9} {'of':10} {'licence':15} meaning")
    for row in rows:
        count = f"{row['entries']:,}" if row["entries"] is not None else "-"
        typer.echo(
            f"{row['name']:28} {row['kind']:9} {count:>9} {row['date'] or '-':10} {row['licence']:15} {row['meaning']}"
        )
    rate = sum(table.false_match_rate for table in reference.tables)
    typer.echo(
        f"{len(here)} lists are here; of a million domains on none of them, {rate * 1e6:.1f} are taken for listed."
    )
    typer.echo(f"Those you fetch or add are kept in {own_folder()}")


def _show_domains(names: list[str], *, as_json: bool) -> None:
    import polars as pl

    from detector.errors import UsageError
    from detector.links.domains import Domains
    from detector.reference.lookup import Reference
    from detector.reference.sources import KINDS

    domains = Domains.default()
    units = [domains.referring_domain(name.strip()) for name in names]
    for name, unit in zip(names, units, strict=True):
        if unit is None:
            raise UsageError(f"{name!r} names no host: expected something like example.com")
    reference = Reference.default()
    kinds = {one.name: one.kind for one in reference.lists()}
    found = reference.look_up(pl.Series("domain", units, dtype=pl.String))
    named = {unit: lists or [] for unit, lists in zip(units, found["lists"].to_list(), strict=True)}
    if as_json:
        rows = [
            {"domain": unit, "lists": [{"name": name, "kind": kinds[name]} for name in lists]}
            for unit, lists in named.items()
        ]
        typer.echo(json.dumps(rows, indent=1, ensure_ascii=False))
        return
    for unit, lists in named.items():
        typer.echo(f"{unit}:" if lists else f"{unit}: no list names it")
        for name in lists:
            typer.echo(f"  {name:28} {KINDS[kinds[name]]}")


@app.command()
def update(
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Lists to fetch; all that have an address without one.", show_default=False),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")] = False,
) -> None:
    """Fetch lists from their public addresses. This, and nothing else here, uses the network."""
    from detector.links.domains import Domains
    from detector.reference.lookup import own_folder
    from detector.reference.updating import chosen
    from detector.reference.updating import update as run

    def say(name: str) -> None:
        if not quiet:
            typer.echo(f"fetching {name}", err=True)

    outcomes = run(chosen(names or []), own_folder(), Domains.default(), date.today(), progress=say)
    for outcome in outcomes:
        if outcome.problem:
            typer.echo(f"detector: {outcome.problem}", err=True)
        elif not quiet:
            typer.echo(f"{outcome.name}: {outcome.entries:,} domains")
    if any(outcome.problem for outcome in outcomes):
        raise typer.Exit(3)


@app.command()
def add(
    file: Annotated[
        Path, typer.Argument(help="Domains one a line, a disavow file, a hosts file or filters.")
    ],
    name: Annotated[
        str, typer.Option(help="Name of the list; the file's without one.", show_default=False)
    ] = "",
) -> None:
    """Add a list of your own: results then say where it names a domain. It is no whitelist and no verdict."""
    from detector.links.domains import Domains
    from detector.reference.lookup import own_folder
    from detector.reference.updating import add as run

    full, parsed = run(file, name, own_folder(), Domains.default(), date.today())
    typer.echo(f"{full}: {len(parsed.domains):,} domains of {parsed.entries:,} entries")
    for count, what in (
        (parsed.pages, "name a single page, which says nothing of its domain: left out"),
        (parsed.deeper, "name a host below a domain, or a platform that many share: left out"),
        (parsed.unread, "name no host: left out"),
    ):
        if count:
            typer.echo(f"  {count:,} {what}")


@app.command()
def remove(name: Annotated[str, typer.Argument(help="A list that you added or fetched.")]) -> None:
    """Remove a list that you added or fetched; a shipped list of that name counts again."""
    from detector.reference.lookup import own_folder
    from detector.reference.updating import remove as run

    typer.echo(f"{run(name, own_folder())}: removed")


@app.command(hidden=True)
def build(
    raw: Annotated[Path, typer.Option(help="Folder with the raw data.", envvar="DETECTOR_RAW")],
    out: Annotated[Path, typer.Option(help="Folder for the tables.")] = Path("models/reference"),
) -> None:
    """Make the shipped tables from the raw data (for developers of this project)."""
    from detector.links.domains import Domains
    from detector.reference.building import build as run

    manifest = run(raw, out, Domains.default())
    for one in manifest["tables"]:
        typer.echo(f"{one['file']:20} {one['keys']:>9,} domains {one['bytes']:>10,} bytes")
    typer.echo(f"{manifest['bytes']:,} bytes; false matches: {manifest['false_match_rate']:.2e}")
