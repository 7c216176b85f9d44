"""The command ``detector``: one file a command group, no logic. ``main`` runs it."""

from __future__ import annotations

import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from detector.cli import audit, crawl, disavow, explain, links, lists, model, report, review, signals


class _Commands(TyperGroup):
    """The commands; that the reader of their output has gone (``| head``) is no fault."""

    def invoke(self, ctx: Any) -> Any:
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()  # or Python finds at its end that nobody reads, and calls it a fault
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
