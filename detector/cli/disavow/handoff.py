"""``detector disavow handoff``: from a checked file to Google's upload page, and into the history."""

from __future__ import annotations

import signal
import sys
import webbrowser
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detector.cli.user import has_browser, user_name
from detector.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detector.disavow.checking import Finding
    from detector.disavow.rules import Rule
    from detector.history.handoff import Handoff
    from detector.history.uploads import Upload

_SHOWN = 20
_DAY = "%Y-%m-%d"


def handoff(
    site: Annotated[str, typer.Option(help="The site, e.g. example.com.", show_default=False)],
    file: Annotated[
        Path | None,
        typer.Argument(help="The disavow file (none with --done: the last one).", show_default=False),
    ] = None,
    property_: Annotated[
        str | None,
        typer.Option(
            "--property", help="Its URL-prefix property, e.g. https://www.example.com/ (remembered)."
        ),
    ] = None,
    audit: Annotated[
        Path | None, typer.Option(help="Folder of the audit it comes from (default: its own folder).")
    ] = None,
    whitelist: Annotated[Path | None, typer.Option(help="Domains never to be disavowed, one a line.")] = None,
    despite_dangers: Annotated[
        bool, typer.Option("--despite-dangers", help="Hand over lines that would do harm.")
    ] = False,
    no_open: Annotated[bool, typer.Option("--no-open", help="Print the page's address only.")] = False,
    done: Annotated[
        bool, typer.Option("--done", help="It is uploaded already: record that, and ask nothing.")
    ] = False,
    on: Annotated[
        datetime | None,
        typer.Option(formats=[_DAY], help="The day it was uploaded, with --done (default: now)."),
    ] = None,
    store: Annotated[Path | None, typer.Option(help="Folder of the histories of your sites.")] = None,
) -> None:
    """Check a file, show what it changes, lead to Google's upload page, and record what was handed over."""
    from contextlib import nullcontext

    from detector.guards import read_whitelist
    from detector.history.handoff import confirm_newest, prepare
    from detector.history.naming import site_of
    from detector.history.store import Store
    from detector.history.whitelists import remembered_whitelist
    from detector.links.domains import Domains

    if file is None and not done:
        raise UsageError("Name the file to hand over; or say --done to confirm the last one.")
    now, domains = datetime.now(UTC), Domains.default()
    when, name = _day_of_upload(on, now, done=done), site_of(site, domains)
    with Store.find(name, store, domains=domains) or nullcontext() as known:
        if file is None:
            _say_recorded(confirm_newest(known, name, when))
            return
        entries = [*(read_whitelist(whitelist) if whitelist else ()), *remembered_whitelist(name, store)]
        ready = prepare(
            file,
            name,
            known,
            domains,
            property_url=property_,
            audit=audit,
            whitelist=entries,
            when=when if done else None,
        )
    if not done:
        _refuse_unfit(ready, despite_dangers=despite_dangers)
    _print_changes(ready)
    with Store.open(name, store, domains=domains) as history:
        upload = ready.record(history, domains, who=user_name(), now=now, uploaded=when if done else None)
        if not done:
            _lead_to_page(ready, no_open=no_open)
            if not _asked_done():
                _say_unconfirmed(upload, name)
                return
            _refuse_changed(ready)
            upload = history.confirm(upload.number, datetime.now(UTC))
        _say_recorded(upload)


def _day_of_upload(on: datetime | None, now: datetime, *, done: bool) -> datetime:
    if on is None:
        return now
    if not done:
        raise UsageError("--on tells when a file was uploaded, and so needs --done")
    if on.date() > now.astimezone().date():  # the user's day, which may have begun before that of UTC
        raise UsageError(f"--on {on:{_DAY}} lies in the future")
    # What was uploaded by hand came after what the history saw on that day, or it would not have to be told.
    return min(on.replace(hour=23, minute=59, second=59, tzinfo=UTC), now)


def _refuse_unfit(ready: Handoff, *, despite_dangers: bool) -> None:
    """Name errors and dangers; leave with 1 at an error, or at a danger that is not insisted upon."""
    _print_findings(ready.path, [*ready.errors, *ready.dangers])
    if ready.errors:
        typer.echo(
            "Not handed over: Google rejects or ignores such lines. 'detector disavow fix' does the safe mends.",
            err=True,
        )
        raise typer.Exit(1)
    if ready.dangers and not despite_dangers:
        typer.echo(
            "Not handed over: such lines do harm. Remove them, or insist with --despite-dangers.", err=True
        )
        raise typer.Exit(1)


def _print_findings(path: Path, findings: Sequence[Finding]) -> None:
    for found in findings[:_SHOWN]:
        typer.echo(f"{path}:{found.line}: {found.severity}: {found.message}", err=True)
    if len(findings) > _SHOWN:
        typer.echo(f"... and {len(findings) - _SHOWN:,} more: see 'detector disavow check'", err=True)


def _print_changes(ready: Handoff) -> None:
    """What an upload of the file would change."""
    changes = ready.changes
    if ready.waiting:
        typer.echo(
            f"Note: {ready.waiting.title} was handed over and is not confirmed. If it was uploaded, say so first"
            " (--done without a file), so that the comparison is with what Google has.",
            err=True,
        )
    if ready.before is None:
        typer.echo(
            f"By the history no file is in force; this one has {_rules(changes.added)}. If Google holds a list for"
            " the property, download it from the page first: an upload replaces it."
        )
        return
    is_other = ready.before.property_url != ready.property_url
    if is_other:
        typer.echo(
            f"Note: {ready.before.title} was for {ready.before.property_url}, this file is for {ready.property_url}."
            " Google keeps a list for each property: what you upload here leaves the other one as it is.",
            err=True,
        )
    if not changes.added and not changes.removed:
        typer.echo(f"The same rules as {ready.before.title}.")
        return
    typer.echo(f"Since {ready.before.title}: {_rules(changes.added)} new, {_rules(changes.removed)} gone.")
    _list("+", changes.added)
    if changes.uncovered and is_other:
        typer.echo(f"{_rules(changes.uncovered)} of {ready.before.title} not covered by this file:", err=True)
        _list("-", changes.uncovered, err=True)
    elif changes.uncovered:
        typer.echo(
            f"WARNING: an upload replaces the whole list. {_rules(changes.uncovered)} of {ready.before.title}"
            f" {'is' if len(changes.uncovered) == 1 else 'are'} left out, and what {'it covers' if len(changes.uncovered) == 1 else 'they cover'} COUNTS AGAIN:",
            err=True,
        )
        _list("-", changes.uncovered, err=True)


def _list(mark: str, rules: Sequence[Rule], *, err: bool = False) -> None:
    for rule in rules[:_SHOWN]:
        typer.echo(f"  {mark} {rule.text}", err=err)
    if len(rules) > _SHOWN:
        typer.echo(f"  {mark} ... and {len(rules) - _SHOWN:,} more", err=err)


def _rules(rules: Sequence[Rule]) -> str:
    return f"{len(rules):,} rule{'' if len(rules) == 1 else 's'}"


def _lead_to_page(ready: Handoff, *, no_open: bool) -> None:
    opened = not no_open and has_browser() and webbrowser.open(ready.page)
    typer.echo(f"{'Opened' if opened else 'Open'} {ready.page}")
    for line in ready.steps():
        typer.echo(line)


def _asked_done() -> bool:
    """Ask whether the upload was done; no where nobody can answer."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    # Polars installs a handler of its own under which Ctrl-C does nothing until a key is pressed.
    signal.signal(signal.SIGINT, signal.getsignal(signal.SIGINT) or signal.SIG_DFL)
    try:
        return typer.confirm("Was it uploaded?", default=False)
    except typer.Abort:
        typer.echo("")
        return False


def _refuse_changed(ready: Handoff) -> None:
    """Leave with 1 where the file on disk is no longer the one that was checked and recorded."""
    if not ready.is_unchanged():
        typer.echo(
            f"Not confirmed: {ready.path} has changed since it was checked. Hand it over again, so that the"
            " history holds what was uploaded.",
            err=True,
        )
        raise typer.Exit(1)


def _say_unconfirmed(upload: Upload, site: str) -> None:
    typer.echo(f"Recorded as handed over, number {upload.number}; the upload is not confirmed.")
    typer.echo(f"Once it is done: detector disavow handoff --site {site} --done")


def _say_recorded(upload: Upload) -> None:
    typer.echo(f"Recorded: {upload.title}, {upload.state}, SHA-256 {upload.sha256}.")
