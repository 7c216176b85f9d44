"""``detector links``: every export in, one table of records out.

A row that cannot be read is in the table, as ``invalid``, so it is no reason for exit code 3; a file that was
refused, or whose end is missing, is.
"""

from __future__ import annotations

import errno
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from detector.errors import InputError, UsageError, writing

if TYPE_CHECKING:
    import polars as pl

    from detector.links.notes import FileReport
    from detector.links.reading import Reading

_PROBLEMS_SHOWN = 20


class Format(StrEnum):
    """How the table is written."""

    CSV = "csv"
    PARQUET = "parquet"
    JSONL = "jsonl"


def links(
    files: Annotated[list[Path], typer.Argument(help="Exports of any tool, in any mix.", show_default=False)],
    format_: Annotated[Format, typer.Option("--format", help="How to write the table.")] = Format.CSV,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to a file.")] = None,
    merge: Annotated[bool, typer.Option("--merge", help="Merge what several tools say of a link.")] = False,
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="Go on when a file cannot be read.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print no notes, only errors.")] = False,
) -> None:
    """Print the links of exports as one table; what was noticed goes to standard error."""
    from detector.links.domains import Domains
    from detector.links.reading import read

    if format_ is Format.PARQUET and output is None:
        raise UsageError("A Parquet file cannot be printed: name it with -o.")
    shown = not quiet and sys.stderr.isatty()
    reading = read(
        files, domains=Domains.default(), keep_going=keep_going, progress=_progress if shown else None
    )
    with _destination(output, direct=keep_going) as path:
        _write(reading, format_, path, merge=merge)
    if shown:
        sys.stderr.write("\r\033[K")
    for report in reading.files:
        _print_notes(report, quiet=quiet)
    if any(report.unread for report in reading.files):
        raise typer.Exit(3)


def _progress(done: int, total: int) -> None:
    sys.stderr.write(f"\r\033[Kreading {done / max(1, total):.0%}")
    sys.stderr.flush()


#: That a file cannot be made where the user wants it.
_NO_PLACE = (
    errno.ENOENT,
    errno.ENOTDIR,
    errno.EISDIR,
    errno.EACCES,
    errno.EPERM,
    errno.EROFS,
    errno.ENAMETOOLONG,
)


@contextmanager
def _destination(output: Path | None, *, direct: bool) -> Iterator[Path | None]:
    """Where to write: a draft that becomes the output when all is written, or standard output (None).

    Without ``direct`` nothing is printed before everything is read.
    """
    if output is None and direct:
        yield None
        return
    folder = output.resolve().parent if output else Path(tempfile.gettempdir())
    try:
        with (
            writing(output or folder),
            tempfile.TemporaryDirectory(prefix=".detector-", dir=folder) as drafts,
        ):
            draft = Path(drafts, "links")
            yield draft
            if output:
                draft.replace(output)
            else:
                with writing("standard output"), draft.open("rb") as file:
                    shutil.copyfileobj(file, sys.stdout.buffer, 1 << 20)
    except OSError as error:
        if error.errno not in _NO_PLACE:
            raise
        raise UsageError(f"{output or error.filename} cannot be written ({error.strerror}).") from error


def _write(reading: Reading, format_: Format, path: Path | None, *, merge: bool) -> None:
    if merge:
        _write_merged(reading, format_, path)
    elif format_ is Format.PARQUET and path:
        _write_parquet(reading, path)
    elif path:
        with path.open("wb") as file:
            _write_rows(reading.batches(), format_, file)
    else:
        _write_rows(reading.batches(), format_, sys.stdout.buffer)


def _write_rows(batches: Iterator[pl.DataFrame], format_: Format, file: IO[bytes]) -> None:
    """Write frames one after the other: CSV with a header, or one JSON object a line."""
    import polars as pl

    from detector.links.schema import RECORD_SCHEMA

    if format_ is Format.JSONL:
        for frame in batches:
            frame.write_ndjson(file)
        return
    first = next(batches, pl.DataFrame(schema=RECORD_SCHEMA))
    first.write_csv(file)
    for frame in batches:
        frame.write_csv(file, include_header=False)


def _write_parquet(reading: Reading, path: Path) -> None:
    """Stream the records into a Parquet file."""
    from polars.io.plugins import register_io_source

    from detector.links.schema import RECORD_SCHEMA

    errors: list[InputError] = []

    def frames(
        columns: list[str] | None, predicate: pl.Expr | None, n_rows: int | None, batch_size: int | None
    ) -> Iterator[pl.DataFrame]:
        try:
            for frame in reading.batches():
                yield frame if columns is None else frame.select(columns)
        except InputError as error:
            errors.append(error)

    register_io_source(frames, schema=RECORD_SCHEMA).sink_parquet(path, compression="zstd")
    if errors:
        raise errors[0]


def _write_merged(reading: Reading, format_: Format, path: Path | None) -> None:
    import polars as pl

    from detector.links.merging import printable, store_links

    with tempfile.TemporaryDirectory(prefix=".detector-", dir=path.parent if path else None) as folder:
        stored = store_links(reading.batches(), Path(folder, "links.parquet"))
        if format_ is Format.PARQUET and path:
            stored.path.replace(path)
            return
        rows = pl.scan_parquet(stored.path)
        slices = (
            printable(rows.slice(start, _SLICE).collect()) for start in range(0, max(1, stored.links), _SLICE)
        )
        if path:
            with path.open("wb") as file:
                _write_rows(slices, format_, file)
        else:
            _write_rows(slices, format_, sys.stdout.buffer)


_SLICE = 200_000


def _print_notes(report: FileReport, *, quiet: bool) -> None:
    """What a file was, and what could not be read of it."""

    def say(text: str) -> None:
        typer.echo(f"{report.file}: {text}", err=True)

    if report.refused:
        say(f"{report.refused}")
        return
    if report.broken_off:
        say(f"{report.broken_off} What came before is there.")
    if quiet:
        return
    counts = [f"{report.records:,} records"]
    counts += [f"{report.invalid:,} of them could not be read"] if report.invalid else []
    counts += [f"{report.dropped:,} rows are no links"] if report.dropped else []
    say(f"{report.tool} {report.report}, {', '.join(counts)}")
    for warning in report.warnings:
        say(f"warning: {warning}")
    for problem in report.problems[:_PROBLEMS_SHOWN]:
        typer.echo(f"  {problem}", err=True)
    if report.problem_count > _PROBLEMS_SHOWN:
        say(f"{report.problem_count - _PROBLEMS_SHOWN:,} more problems")
