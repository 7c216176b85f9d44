"""WARC in and out (ISO 28500, by the package ``warcio``): pages of Common Crawl or of another crawler can stand in for fetching."""

from __future__ import annotations

import io
import string
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from detector import __version__
from detector.errors import InputError
from detector.web.connecting import Limits
from detector.web.fetching import CUT_DAMAGED, CUT_SHORT, CUT_SIZE, CUT_TIME, is_page, is_sealed
from detector.web.outcomes import Outcome, of_status
from detector.web.planning import Plan
from detector.web.store import WARC, Head, PageStore, Visit
from detector.web.urls import fetchable

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_CHUNK: Final = 64 * 1024
#: Headers that speak of the answer as it was sent; the body is kept unpacked.
_OF_TRANSFER: Final = frozenset({"content-encoding", "transfer-encoding", "content-length", "connection"})
#: Why a body is not whole, in the words of a WARC file.
_TRUNCATED: Final = {CUT_SIZE: "length", CUT_TIME: "time"}
_CUTS: Final = {told: cut for cut, told in _TRUNCATED.items()}


def bring(path: Path, plan: Plan, store: PageStore) -> None:
    """Take the pages of the plan that a WARC file holds; what the store has of a later date stays.

    Args:
        path: a WARC file, gzipped or not. Answers with a redirect are left; such a page is asked for.

    Raises:
        InputError: the file cannot be read, or breaks off; what came before that is taken.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    try:
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                number += 1
                found = _page(record, plan)
                _read_to_end(record)
                if found is not None:
                    _take(*found, plan, store)
    except (ArchiveLoadFailed, OSError, ValueError, EOFError, zlib.error) as error:
        where = f"after record {number:,} " if number else ""
        fault = f"{where}it is no readable WARC file ({' '.join(str(error).split())[:120]})"
        raise InputError(path, fault, "what came before is kept; mend the file or leave it out") from error


def _page(record: ArcWarcRecord, plan: Plan) -> tuple[Visit, Head, bytes] | None:
    """The page of the plan that a record holds; None where it holds none."""
    if record.rec_type != "response" or record.http_headers is None:
        return None
    url = fetchable((record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>"))
    status = record.http_headers.get_statuscode()
    fetched = _moment(record.rec_headers.get_header("WARC-Date") or "")
    if url is None or fetched is None or not status.isdigit() or 300 <= int(status) < 400:
        return None
    if not plan.holds(url):
        return None
    most = Limits().page
    head = Head(record.http_headers.statusline.partition(" ")[2], tuple(record.http_headers.headers))
    body, cut = _body(record, head, most)
    outcome = of_status(int(status))
    if outcome is Outcome.LIVE and not is_page(head.header("Content-Type")):
        outcome = Outcome.NO_PAGE
    visit = Visit(
        url, fetched, outcome, status=int(status), final_url=url, source=WARC,
        etag=head.header("ETag"), modified=head.header("Last-Modified"),
        cut=cut,
        address=record.rec_headers.get_header("WARC-IP-Address") or "",
    )  # fmt: skip
    return visit, head, body


def _body(record: ArcWarcRecord, head: Head, most: int) -> tuple[bytes, str | None]:
    """The body, unpacked, up to so many bytes; and why it is not whole, here or as who wrote the record says."""
    from warcio.bufferedreaders import BufferedReader

    if is_sealed(head.header("Content-Encoding"), BufferedReader.get_supported_decompressors()):
        return b"", CUT_DAMAGED
    stream = record.content_stream()
    body = bytearray()
    while len(body) <= most and (chunk := stream.read(min(_CHUNK, most + 1 - len(body)))):
        body += chunk
    if len(body) > most:
        return bytes(body[:most]), CUT_SIZE
    truncated = record.rec_headers.get_header("WARC-Truncated")
    return bytes(body), _CUTS.get(truncated, CUT_SHORT) if truncated else None


def _read_to_end(record: ArcWarcRecord) -> None:
    """Pass over what is left of a record.

    Raises:
        EOFError: the file ends before the record does.
    """
    while record.raw_stream.read(_CHUNK):
        pass
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise EOFError("it ends in the middle of a record")


def _take(visit: Visit, head: Head, body: bytes, plan: Plan, store: PageStore) -> None:
    known = store.visit(visit.url)
    if known is None or known.fetched < visit.fetched:
        store.save(visit, *(() if visit.outcome is Outcome.NO_PAGE else (head, body)))
    plan.bring(visit.url)


def _moment(text: str) -> datetime | None:
    """A WARC date (ISO 8601 in UTC); None where it is none, or lies in the future."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(moment, datetime.now(UTC))


def write_warc(path: Path, plan: Plan, store: PageStore) -> int:
    """Write the answers that are kept of the pages of the plan, whole or not at all. Gives their number.

    The file is gzipped record by record where its name ends in ``.gz``. Bodies are unpacked; headers that no longer
    hold keep their value under ``X-Archive-Orig-``, as Common Crawl does it.

    Raises:
        OSError: the file cannot be written.
    """
    from warcio.warcwriter import WARCWriter

    draft = path.with_name(path.name + ".draft")
    number = 0
    try:
        with draft.open("wb") as file:
            writer = WARCWriter(file, gzip=path.suffix == ".gz")
            info = {"software": f"toxic-link-detector/{__version__}", "format": "WARC File Format 1.1"}
            writer.write_record(writer.create_warcinfo_record(path.name, info))
            for visit, head, body in _kept(plan, store):
                writer.write_record(_record(writer, visit, head, body))
                number += 1
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return number


def _kept(plan: Plan, store: PageStore) -> Iterator[tuple[Visit, Head, bytes]]:
    for page in plan.all():
        content = store.content(page.visit) if page.visit else None
        if page.visit and content:
            yield page.visit, *content


def _record(writer: Any, visit: Visit, head: Head, body: bytes) -> ArcWarcRecord:
    from warcio.statusandheaders import StatusAndHeaders

    headers = [
        (f"X-Archive-Orig-{name}" if name.lower() in _OF_TRANSFER else _ascii(name), _ascii(value))
        for name, value in head.headers
    ]
    headers.append(("Content-Length", str(len(body))))
    told = {"WARC-Date": visit.fetched.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
    if visit.address:
        told["WARC-IP-Address"] = visit.address
    if visit.cut:
        told["WARC-Truncated"] = _TRUNCATED.get(visit.cut, "unspecified")
    return writer.create_warc_record(
        visit.final_url,
        "response",
        payload=io.BytesIO(body),
        length=len(body),
        http_headers=StatusAndHeaders(
            f"{visit.status} {_ascii(head.reason)}".strip(), headers, protocol="HTTP/1.1"
        ),
        warc_headers_dict=told,
    )


def _ascii(text: str) -> str:
    """Text of a head with what is not ASCII told in per cent: ``warcio`` writes nothing else, and servers send whatever they like."""
    return text if text.isascii() else quote(text, safe=string.printable)
