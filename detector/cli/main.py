"""The command ``detector``: one file a command group, no logic.

Exit codes over the whole command line: 0 done (whatever the verdicts), 1 faults found by a check, 2 wrong usage,
3 input unread or only partly read.
"""

from __future__ import annotations

import sys

import typer

from detector.cli import audit, links, model, signals
from detector.errors import DetectorError

app = typer.Typer(
    name="detector",
    help="Find toxic backlinks in the exports of every SEO tool, and write a disavow file that Google accepts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command(name="audit")(audit.audit)
app.command(name="links")(links.links)
app.command(name="signals")(signals.signals)
app.command(name="train")(model.train)
app.command(name="evaluate")(model.evaluate)


def main() -> None:
    """Run the command line; every error meant for the user becomes one sentence and an exit code."""
    try:
        app()
    except DetectorError as error:
        sys.stderr.write(f"detector: {error}\n")
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone, which is no fault
        sys.exit(0)
