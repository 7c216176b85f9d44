"""The command ``detector``: one file a command group, no logic.

Exit codes over the whole command line: 0 done (whatever the verdicts), 1 faults found by a check, 2 wrong usage,
3 input unread or only partly read.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from detector.cli import audit, crawl, disavow, explain, links, lists, model, report, review, signals
from detector.errors import DetectorError

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

#: Memory that one batch of rows gives back serves the next: Polars' allocator holds it for some seconds (it reads this
#: when Polars is imported, which is later). To return it to the system at once costs a fifth of an audit's time.
os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:2000")


class _Commands(TyperGroup):
    """The commands; that the reader of their output has gone (``| head``) is no fault."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            os.dup2(
                os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
            )  # what is still buffered goes nowhere
            raise typer.Exit(0) from error


app = typer.Typer(
    name="detector",
    cls=_Commands,
    help="Find toxic backlinks in the exports of every SEO tool, and write a disavow file that Google accepts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command(name="audit")(audit.audit)
app.command(name="explain")(explain.explain)
app.command(name="crawl")(crawl.crawl)
app.command(name="review")(review.review)
app.command(name="report")(report.report)
app.command(name="links")(links.links)
app.command(name="signals")(signals.signals)
app.command(name="train")(model.train)
app.command(name="evaluate")(model.evaluate)
app.add_typer(disavow.app, name="disavow")
app.add_typer(lists.app, name="lists")


def _unraisable(unraisable: UnraisableHookArgs) -> None:
    """Let an interrupt that also hits where nothing can be raised (a finalizer) print no traceback."""
    if unraisable.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(unraisable)


def main() -> None:
    """Run the command line; every error meant for the user becomes one sentence and an exit code."""
    sys.unraisablehook = _unraisable
    try:
        app()
    except DetectorError as error:
        sys.stderr.write(f"detector: {error}\n")
        sys.exit(error.exit_code)
    except OSError as error:  # a disk that is full, a folder that vanished while we worked
        place = f"{error.filename}: " if error.filename else ""
        sys.stderr.write(f"detector: {place}{error.strerror or error}\n")
        sys.exit(3)
    except Exception as error:
        if not type(error).__module__.startswith("polars."):  # not imported: that takes a while
            raise
        sys.stderr.write(f"detector: a table cannot be read or written ({' '.join(str(error).split())})\n")
        sys.exit(3)
