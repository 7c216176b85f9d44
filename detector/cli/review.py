"""``detector review``: a person goes through an audit's verdicts, in a browser or in the terminal."""

from __future__ import annotations

import signal
import sys
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from detector.cli.user import has_browser, user_name
from detector.errors import UsageError


def review(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder of an audit (--out).", show_default=False)
    ],
    terminal: Annotated[
        bool, typer.Option("--terminal", help="Review here in the terminal, not in a browser.")
    ] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the page (0: any).")] = 0,
    no_open: Annotated[bool, typer.Option("--no-open", help="Print the page's address only.")] = False,
    store: Annotated[Path | None, typer.Option(help="Folder of the histories of your sites.")] = None,
    model: Annotated[Path | None, typer.Option(help="Folder of the model that made the audit.")] = None,
    trust_model: Annotated[
        bool, typer.Option("--trust-model", help="Open --model although nothing vouches for it.")
    ] = False,
) -> None:
    """Go through the verdicts of an audit and decide: in a page on this machine, or in the terminal."""
    from functools import partial

    from detector.classifier.store import load
    from detector.links.domains import Domains
    from detector.report.words import plural
    from detector.review.session import Review

    loaded = partial(load, model, trust=trust_model)
    with Review(folder, Domains.default(), who=user_name(), stores=store) as session:
        if terminal:
            from detector.review.details import Details
            from detector.review.terminal import Terminal

            with _until_interrupted():
                Terminal(session, Details(session, loaded), sys.stdin, sys.stdout).run()
            return
        from detector.review.routes import Routes
        from detector.review.server import Server

        routes = Routes(session, loaded)
        try:
            server = Server(routes.table, port)
        except OSError as error:
            fault = f"port {port} of this machine cannot be used ({error.strerror or error})"
            raise UsageError(f"{fault}: name another with --port, or none") from error
        with server:
            threading.Thread(target=routes.warm, daemon=True).start()
            if session.carried:
                carried = f"{plural(session.carried, 'decision')} carried over"
                typer.echo(f"{carried} from earlier audits of {session.site}.")
            typer.echo(f"Review of {session.site}: {server.url}")
            typer.echo(
                "The address is for you alone. Every decision is saved at once; Ctrl-C ends the review."
            )
            if not no_open and has_browser():
                webbrowser.open(server.url)
            with _until_interrupted():
                server.serve_forever(poll_interval=0.2)


@contextmanager
def _until_interrupted() -> Iterator[None]:
    """Work until Ctrl-C, or until the system asks to end."""
    # Polars installs a handler of its own under which Ctrl-C does nothing until a key is pressed.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        typer.echo("")
