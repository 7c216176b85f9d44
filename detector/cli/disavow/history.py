"""``detector disavow history``: what was handed over for a site, what came and went, and the way back."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detector.errors import UsageError

if TYPE_CHECKING:
    from detector.history.changes import Changes
    from detector.history.store import Store


def history(
    site: Annotated[str, typer.Argument(help="The site, e.g. example.com.", show_default=False)],
    show: Annotated[
        int | None, typer.Option(metavar="N", help="Show upload N: what came and went, and why.")
    ] = None,
    diff: Annotated[
        tuple[int, int] | None, typer.Option(metavar="N M", help="Show what upload M changes over upload N.")
    ] = None,
    restore: Annotated[
        int | None, typer.Option(metavar="N", help="Write the file of upload N again, to --out.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Where --restore writes; must end in .txt.")] = None,
    store: Annotated[Path | None, typer.Option(help="Folder of the histories of your sites.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """List the disavow files that were handed over for a site; show, compare or restore them."""
    from detector.history.store import Store
    from detector.history.telling import as_dict

    if sum(choice is not None for choice in (show, diff, restore)) > 1:
        raise UsageError("--show, --diff and --restore are three things to do: choose one")
    if (restore is None) != (out is None):
        raise UsageError("--restore N and --out FILE go together")
    found = Store.find(site, store)
    if found is None:
        if show is not None or diff is not None or restore is not None:
            raise UsageError(f"{site}: no file was handed over yet")
        typer.echo("[]" if as_json else f"{site}: no file was handed over yet")
        return
    with found as history_:
        if show is not None:
            _show(history_, show, as_json=as_json)
        elif diff is not None:
            _diff(history_, *diff, as_json=as_json)
        elif restore is not None and out is not None:
            _restore(history_, restore, out)
        elif as_json:
            _print_json([as_dict(upload) for upload in history_.uploads()])
        else:
            _list(history_)


def _list(store: Store) -> None:
    uploads, in_force = store.uploads(), store.in_force()
    if not uploads:
        typer.echo(f"{store.site}: no file was handed over yet")
        return
    typer.echo(
        f"{'no.':>4}  {'day':10}  {'state':11}  {'lines':>7}  {'rules':>7}  {'new':>7}  {'gone':>7}  SHA-256"
    )
    for upload in uploads:
        rules = upload.domain_rules + upload.url_rules
        force = "  in force" if in_force and upload.number == in_force.number else ""
        typer.echo(
            f"{upload.number:>4}  {upload.day:10}  {upload.state:11}  {upload.lines:>7,}  {rules:>7,}"
            f"  {upload.added:>7,}  {upload.removed:>7,}  {upload.sha256[:12]}{force}"
        )


def _show(store: Store, number: int, *, as_json: bool) -> None:
    from detector.history.telling import as_dict, decision_line

    upload, decisions = store.upload(number), store.decisions(number)
    if as_json:
        _print_json({**as_dict(upload), "decisions": [vars(decision) for decision in decisions]})
        return
    for name, value in as_dict(upload).items():
        typer.echo(f"{name:14} {'-' if value is None else value}")
    for decision in decisions:
        typer.echo(decision_line(decision))


def _diff(store: Store, earlier: int, later: int, *, as_json: bool) -> None:
    from detector.history.changes import Changes

    changes = Changes.between(store.file(earlier).file.rules, store.file(later).file.rules)
    if as_json:
        _print_json(changes.as_dict())
        return
    _print_changes(changes)


def _print_changes(changes: Changes) -> None:
    again = set(changes.uncovered)
    for rule in changes.removed:
        typer.echo(f"- {rule.text}{'  counts again' if rule in again else ''}")
    for rule in changes.added:
        typer.echo(f"+ {rule.text}")
    typer.echo(
        f"{len(changes.added):,} new, {len(changes.removed):,} gone, of which {len(changes.uncovered):,} count again"
    )


def _restore(store: Store, number: int, out: Path) -> None:
    from detector.disavow.files import write_atomically

    if out.suffix != ".txt":
        raise UsageError(f"{out.name}: Google takes only a file whose name ends in .txt")
    stored = store.file(number)
    write_atomically(out, stored.file.data)
    typer.echo(f"{out}: the file of {stored.upload.title}, SHA-256 {stored.upload.sha256}")
    typer.echo(f"To go back to it: detector disavow handoff {shlex.quote(str(out))} --site {store.site}")


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, indent=1, ensure_ascii=False))
