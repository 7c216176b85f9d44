"""``pages.parquet``: every page of the plan, one row each, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import polars as pl
from polars.io.plugins import register_io_source

from detector.web.outcomes import Outcome
from detector.web.page import CONTENT_SCHEMA
from detector.web.planning import Planned
from detector.web.reading import Read, read_all

_TEXT: Final = pl.String()
_MOMENT: Final = pl.Datetime("us", "UTC")

#: column -> (type, meaning): what was seen on the way to a page.
TRANSPORT: Final[dict[str, tuple[pl.DataType, str]]] = {
    "referring_domain": (_TEXT, "the unit that is judged"),
    "url": (_TEXT, "the page, as it was asked for"),
    "is_home": (pl.Boolean(), "it is the domain's home page, on which no link is expected"),
    "outcome": (_TEXT, "what became of it; docs/crawling.md lists the outcomes"),
    "outcome_detail": (_TEXT, "the reason in the words of who reported it"),
    "fetched": (_MOMENT, "when it was asked for, or taken from a WARC file"),
    "page_source": (_TEXT, "web, or warc"),
    "status": (pl.Int64(), "HTTP status of the last answer"),
    "final_url": (_TEXT, "the address that gave it"),
    "hops": (_TEXT, "the redirects on the way: 'status address' of each, joined by ' | '"),
    "redirects": (pl.Int64(), "how many"),
    "content_type": (_TEXT, "Content-Type of the answer"),
    "server": (_TEXT, "Server of the answer"),
    "robots_tag": (_TEXT, "X-Robots-Tag of the answer"),
    "size": (pl.Int64(), "bytes of the body, unpacked"),
    "cut": (_TEXT, "why the body is not whole: size, time, short, damaged"),
    "seconds": (pl.Float64(), "from the last request to the last byte"),
    "address": (_TEXT, "the IP address that answered"),
    "not_before": (_MOMENT, "the server asks not to come back earlier (Retry-After)"),
}


def schema() -> dict[str, pl.DataType]:
    """Columns and types of ``pages.parquet``."""
    return {name: kind for name, (kind, _) in TRANSPORT.items()} | CONTENT_SCHEMA


def write_pages(pages: Iterator[Planned], folder: Path, own: Sequence[str], path: Path) -> dict[Outcome, int]:
    """Write the table, whole or not at all.

    Args:
        pages: of the plan.
        folder: of the store.
        own: the audited sites.

    Returns:
        How many pages came to which outcome.

    Raises:
        OSError: the file cannot be written.
    """
    counts: dict[Outcome, int] = {}

    def frames() -> Iterator[pl.DataFrame]:
        for batch in read_all(pages, folder, own):
            for read in batch:
                counts[read.outcome] = counts.get(read.outcome, 0) + 1
            yield pl.DataFrame([_row(read) for read in batch], schema=schema(), orient="row")

    draft = path.with_name(path.name + ".draft")
    try:
        _sink(frames(), draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return counts


def _row(read: Read) -> dict[str, Any]:
    page, head = read.page, read.head
    row: dict[str, Any] = dict.fromkeys(schema()) | read.columns
    row |= {
        "referring_domain": page.domain,
        "url": page.url,
        "is_home": page.is_home,
        "outcome": read.outcome.value,
    }
    visit = page.visit
    if visit is None:
        return row
    row |= {
        "outcome_detail": visit.detail or None,
        "fetched": visit.fetched,
        "page_source": visit.source,
        "status": visit.status,
        "final_url": visit.final_url,
        "hops": " | ".join(f"{hop.status} {hop.location}" for hop in visit.hops) or None,
        "redirects": len(visit.hops),
        "size": visit.size,
        "cut": visit.cut,
        "seconds": visit.seconds,
        "address": visit.address or None,
        "not_before": visit.not_before,
    }
    if head is not None:
        for column, name in (
            ("content_type", "Content-Type"),
            ("server", "Server"),
            ("robots_tag", "X-Robots-Tag"),
        ):
            row[column] = (head.header(name) or "")[:500] or None
    return row


def _sink(frames: Iterator[pl.DataFrame], path: Path) -> None:
    """Stream frames into a Parquet file; an error of ``frames`` comes out as it was raised."""
    failure: list[Exception] = []

    def source(
        with_columns: list[str] | None, predicate: pl.Expr | None, n_rows: int | None, batch_size: int | None
    ) -> Iterator[pl.DataFrame]:
        try:
            yield from frames
        except Exception as error:
            failure.append(error)
            raise

    try:
        register_io_source(source, schema=schema()).sink_parquet(path, compression="zstd")
    except pl.exceptions.PolarsError as error:
        if failure:
            raise failure[0] from None
        raise OSError(f"{path.name.removesuffix('.draft')} cannot be written ({error})") from error
