"""``detector audit``: the main job."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detector.cli.crawl import fetch
from detector.cli.report import AGENCY, LOGO, XLSX

if TYPE_CHECKING:
    from detector.auditing import Audit


def _folder(text: str) -> Path:
    """A folder; an empty word, such as a variable that is not set, would mean the one we are in."""
    if not str(text):
        raise typer.BadParameter("an empty word names no folder")
    return Path(text)


def audit(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Exports of any tool, in any mix.", show_default=False)],
    site: Annotated[str, typer.Option(help="The audited site, e.g. example.com.", show_default=False)],
    own: Annotated[
        list[str] | None, typer.Option(help="Another site of yours (repeatable).", show_default=False)
    ] = None,
    brand: Annotated[
        list[str] | None, typer.Option(help="A name of the site (repeatable).", show_default=False)
    ] = None,
    disavow: Annotated[
        Path | None, typer.Option(help="The disavow file in force: merged, nothing of it lost.")
    ] = None,
    no_history: Annotated[
        bool, typer.Option("--no-history", help="Do not look at what was uploaded before.")
    ] = False,
    store: Annotated[Path | None, typer.Option(help="Folder of the histories of your sites.")] = None,
    whitelist: Annotated[Path | None, typer.Option(help="Domains never to be disavowed, one a line.")] = None,
    manual_action: Annotated[
        bool, typer.Option("--manual-action", help="Google has taken manual action.")
    ] = False,
    risk: Annotated[
        str, typer.Option(help="Share of the proposed lines that may be wrong, at 90 % confidence.")
    ] = "1%",
    without: Annotated[str, typer.Option(help="Signal families to leave out, e.g. reputation,vendor.")] = "",
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="Go on when a file cannot be read.")
    ] = False,
    pages: Annotated[
        bool,
        typer.Option(
            "--pages", help="Fetch the linking pages as well (needs --contact), and judge with them."
        ),
    ] = False,
    contact: Annotated[
        str,
        typer.Option(
            help="Your address, told to the sites whose pages are fetched.", envvar="DETECTOR_CONTACT"
        ),
    ] = "",
    out: Annotated[
        Path, typer.Option(help="Folder for the results.", parser=_folder, metavar="<path>")
    ] = Path("audit"),
    model: Annotated[Path | None, typer.Option(help="Folder of another model.")] = None,
    trust_model: Annotated[
        bool, typer.Option("--trust-model", help="Open --model although nothing vouches for it.")
    ] = False,
    agency: Annotated[str, AGENCY] = "",
    logo: Annotated[Path | None, LOGO] = None,
    xlsx: Annotated[bool, XLSX] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print audit.json instead of the summary.")] = False,
) -> None:
    """Judge a backlink profile: exports in, a disavow file, tables and a report out."""
    from detector.auditing import Settings
    from detector.auditing import audit as run
    from detector.classifier.kept import read_risk
    from detector.classifier.store import load
    from detector.errors import UsageError
    from detector.history.naming import stores_folder
    from detector.links.sources import told

    if pages and not contact:
        raise UsageError(
            "--pages asks other people's servers for pages: say who you are with --contact (or DETECTOR_CONTACT)"
        )
    source = ctx.get_parameter_source("contact")
    if not pages and source and source.name == "COMMANDLINE":  # the variable may be set for other runs
        raise UsageError("--contact is told to sites whose pages are fetched: it needs --pages")
    for option, text in (("--agency", agency), *(("--brand", name) for name in brand or ())):
        if told(text) != text:
            raise UsageError(f"{option} {text!r}: this is no UTF-8 text")
    settings = Settings(
        site=site, own=tuple(own or ()), brands=tuple(brand or ()), disavow=disavow, whitelist=whitelist,
        manual_action=manual_action, risk=read_risk(risk),
        without=tuple(w.strip() for w in without.split(",") if w.strip()),
        keep_going=keep_going, stores=None if no_history else stores_folder(store),
        agency=agency, logo=logo, xlsx=xlsx,
    )  # fmt: skip
    loaded = load(model, trust=trust_model) if model else None
    with _Progress(shown=not (quiet or as_json)) as progress:
        result = run(files, settings, out, loaded=loaded, progress=progress)
    if pages:
        fetch(out, contact=contact, quiet=quiet or as_json)
        with _Progress(shown=not (quiet or as_json)) as progress:
            result = run(files, replace(settings, pages=True), out, loaded=loaded, progress=progress)
    if as_json:
        typer.echo(json.dumps(result.summary, indent=1, ensure_ascii=False))
    elif not quiet:
        _print_summary(result, workbook=xlsx)
    if result.partly_read:
        if quiet or as_json:  # else it stands among the warnings
            _print_unread(result)
        raise typer.Exit(3)


def _print_unread(result: Audit) -> None:
    for report in result.files:
        if report.unread:
            typer.echo(f"detector: {report.file}: {report.refused or report.broken_off}", err=True)


def _print_summary(result: Audit, *, workbook: bool) -> None:
    held_back, warnings = _held_back_first(result.summary["warnings"])
    for warning in warnings:
        typer.echo(f"warning: {warning}", err=True)
    for sentence in held_back:
        typer.echo(f"! {sentence}")
    typer.echo(result.advice.headline)
    for sentence in result.advice.summary:
        typer.echo(f"  {sentence}")
    typer.echo("")
    counts = result.summary["counts"]
    typer.echo(_what_was_read(counts))
    for verdict, number in counts["verdicts"].items():
        typer.echo(f"  {verdict:8} {number:>9,}")
    typer.echo("")
    rules = result.summary["disavow"]["rules"]
    for name, what in (
        ("disavow.txt", f"{_count(rules, 'rule')}, for Google's upload form if you decide to upload" if rules else "no rule: nothing to upload"),
        ("report.html", "read, sort and filter in a browser"),
        *((("audit.xlsx", "the same as a workbook"),) if workbook else ()),
        ("referring-domains.csv", "every domain with verdict and reasons"),
        ("referring-domains.parquet", "the same, for 'detector report'"),
        ("links.parquet", "every link, merged"),
        ("signals.parquet", "what every verdict was made of, for 'detector explain'"),
        ("audit.json", "counts, settings, versions"),
    ):  # fmt: skip
        typer.echo(f"  {result.folder / name}  {what}")


def _what_was_read(counts: dict[str, Any]) -> str:
    """``3 files: 4,419 records, 1,508 links, 2,216 referring domains (623 known by name only)``."""
    unread = f" ({counts['unread_files']:,} unread or read in part)" if counts["unread_files"] else ""
    invalid = f" ({counts['invalid']:,} unreadable)" if counts["invalid"] else ""
    unlinked = counts["domains_without_links"]
    named = f" ({unlinked:,} of them without a link in the exports)" if unlinked else ""
    return (
        f"{_count(counts['files'], 'file')}{unread}: {_count(counts['records'], 'record')}{invalid},"
        f" {_count(counts['links'], 'link')}, {_count(counts['referring_domains'], 'referring domain')}{named}"
    )


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _held_back_first(warnings: list[str]) -> tuple[list[str], list[str]]:
    """Old lines that a guard holds back lead the summary; the other warnings go to standard error."""
    held_back = [sentence for sentence in warnings if sentence.startswith("Held back")]
    return held_back, [sentence for sentence in warnings if sentence not in held_back]


class _Progress:
    """One line on the terminal that says what is going on; nothing where standard error is no terminal."""

    def __init__(self, shown: bool) -> None:
        self._shown = shown and sys.stderr.isatty()
        self._last = ""

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_: Any) -> None:
        if self._shown:
            sys.stderr.write("\r\033[K")

    def __call__(self, stage: str, done: float) -> None:
        line = f"{stage} {done:.0%}" if done else stage
        if self._shown and line != self._last:
            sys.stderr.write(f"\r\033[K{line}")
            sys.stderr.flush()
            self._last = line
