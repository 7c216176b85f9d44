"""``detector disavow explain``: which line covers a page, and which only looks as if it did."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detector.cli.disavow.output import print_json, print_lines
from detector.errors import UsageError

if TYPE_CHECKING:
    from detector.disavow.explaining import Explanation


def explain(
    file: Annotated[Path, typer.Argument(help="The disavow file.", show_default=False)],
    pages: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="URL", help="URLs or hosts; - reads them from standard input.", show_default=False
        ),
    ] = None,
    urls: Annotated[Path | None, typer.Option(help="File with more of them, one a line.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answers as JSON.")] = False,
) -> None:
    """Say which line of a disavow file covers a page, why, and which lines only look alike."""
    from detector.disavow.explaining import Explainer
    from detector.disavow.parsing import DisavowFile
    from detector.links.domains import Domains

    asked = [*_asked(pages or []), *(_lines(urls) if urls else [])]
    if not asked:
        raise UsageError(
            "there is nothing to explain: name a URL, a file with --urls, or - for standard input"
        )
    explainer = Explainer(DisavowFile.read(file), Domains.default())
    answers = [explainer.explain(page) for page in asked]
    if as_json:
        print_json({"file": str(file), "answers": [answer.as_dict() for answer in answers]})
    else:
        print_lines(line for answer in answers for line in _answer(answer))
    if any(answer.page is None for answer in answers):
        raise typer.Exit(3)


def _asked(pages: list[str]) -> Iterator[str]:
    for page in pages:
        if page == "-":
            yield from filter(
                None,
                (
                    line.strip()
                    for line in sys.stdin.buffer.read().decode("utf-8-sig", "replace").splitlines()
                ),
            )
        else:
            yield page


def _lines(path: Path) -> Iterator[str]:
    """The lines of a list that are neither blank nor comments."""
    from detector.disavow.files import read_bytes
    from detector.disavow.parsing import BLANK, COMMENT, DisavowFile

    for line in DisavowFile.parse(read_bytes(path), str(path)).lines:
        if line.kind not in (BLANK, COMMENT):
            yield line.text.strip()


def _answer(answer: Explanation) -> Iterator[str]:
    from detector.disavow.showing import printable

    yield answer.asked
    if answer.page is None:
        yield "  is neither a URL nor a host name"
    elif not answer.covering:
        yield "  not covered"
    for reason in answer.covering:
        yield f"  covered by line {reason.line}: {printable(reason.entry)}  ({reason.why})"
    for reason in answer.near:
        yield f"  not by line {reason.line}: {printable(reason.entry)}  ({reason.why})"
