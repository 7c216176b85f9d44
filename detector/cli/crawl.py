"""``detector crawl``: the linking pages themselves."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from detector.web.crawling import Crawled, Progress, Settings


def crawl(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of an audit.", show_default=False)],
    contact: Annotated[
        str,
        typer.Option(
            help="Your e-mail address or web page: sent with each request, so that a site's owner can reach you.",
            envvar="DETECTOR_CONTACT",
            show_default=False,
        ),
    ],
    pages_per_domain: Annotated[
        int, typer.Option(min=1, max=1000, help="At most so many pages of each referring domain.")
    ] = 3,
    limit: Annotated[
        int | None, typer.Option(min=0, help="Ask for at most so many pages in this run.", show_default=False)
    ] = None,
    delay: Annotated[
        float, typer.Option(min=0.1, max=3600, help="Seconds between two requests to one host.")
    ] = 1.0,
    threads: Annotated[
        int, typer.Option(min=1, max=1000, help="Hosts whose pages are asked for at the same time.")
    ] = 64,
    max_age: Annotated[
        float, typer.Option(min=0, max=36500, help="Days after which a page is asked for again.")
    ] = 30.0,
    warc_in: Annotated[
        list[Path] | None,
        typer.Option(help="WARC file whose pages stand in for fetching (repeatable).", show_default=False),
    ] = None,
    warc_out: Annotated[
        Path | None,
        typer.Option(help="Write the answers to a WARC file (.warc or .warc.gz).", show_default=False),
    ] = None,
    store: Annotated[
        Path | None, typer.Option(help="Folder of all pages ever fetched.", show_default=False)
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")] = False,
) -> None:
    """Ask for the linking pages of an audit, politely, and write what became of each into its folder.

    The network is used. Ctrl-C ends the run; the next one goes on where it stopped.
    """
    from datetime import timedelta

    from detector.web.crawling import Settings
    from detector.web.visiting import Pace

    settings = Settings(
        contact=contact, pages_per_domain=pages_per_domain, limit=limit, threads=threads, pace=Pace(delay=delay),
        max_age=timedelta(days=max_age), warc_in=tuple(warc_in or ()), warc_out=warc_out, store=store,
    )  # fmt: skip
    _run(folder, settings, quiet=quiet)


def fetch(folder: Path, *, contact: str, quiet: bool) -> None:
    """What ``detector crawl`` does without options."""
    from detector.web.crawling import Settings

    _run(folder, Settings(contact=contact), quiet=quiet)


def _run(folder: Path, settings: Settings, *, quiet: bool) -> None:
    from detector.web.crawling import TEST_VARIABLE, guard_of_environment
    from detector.web.crawling import crawl as run

    guard = guard_of_environment()
    if guard.permitted:
        typer.echo(f"warning: {TEST_VARIABLE} is set: loopback addresses may be reached.", err=True)
    with _ProgressLine(shown=not quiet) as line:
        done = run(folder, settings, guard=guard, progress=line)
    if not quiet:
        _print_summary(done)
    if done.interrupted:
        raise typer.Exit(130)


def _print_summary(done: Crawled) -> None:
    from detector.report.words import plural
    from detector.web.crawling import outcome_counts
    from detector.web.outcomes import MEANINGS

    tally = done.tally
    if done.interrupted:
        typer.echo("Interrupted: what was fetched is kept, and the next run goes on from there.")
    typer.echo(
        f"{plural(done.planned, 'page')}: {tally.pages:,} asked for now ({plural(tally.requests, 'request')},"
        f" {tally.received / 1e6:,.1f} MB), {done.fresh:,} known already, {done.brought:,} from WARC files"
    )
    for outcome, number in outcome_counts(done.outcomes):
        typer.echo(f"  {outcome.value:20} {number:>9,}  {MEANINGS[outcome].words}")
    if done.left:
        typer.echo(f"Left for another run, as their hosts ask for longer waits: {plural(done.left, 'page')}")
    typer.echo("")
    typer.echo(f"  {done.path}  every page and what became of it")


class _ProgressLine:
    """One line on the terminal; nothing where standard error is no terminal."""

    def __init__(self, shown: bool) -> None:
        self._shown = shown and sys.stderr.isatty()

    def __enter__(self) -> _ProgressLine:
        return self

    def __exit__(self, *_: Any) -> None:
        if self._shown:
            sys.stderr.write("\r\033[K")

    def __call__(self, now: Progress) -> None:
        if self._shown:
            part = f"{now.tally.pages / now.chosen:.0%}" if now.chosen else "nothing to ask for"
            sys.stderr.write(
                f"\r\033[K{part}: {now.tally.pages:,} of {now.chosen:,} pages, {now.busy:,} hosts asked,"
                f" {now.hosts - now.busy:,} waiting for their turn"
            )
            sys.stderr.flush()
