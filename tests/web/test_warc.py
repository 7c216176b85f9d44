"""WARC in and out: what another crawler saw stands in for asking, and what we saw can be handed on."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest
from local_web import SHORT, LocalWeb, answer
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from detector.errors import InputError
from detector.web.crawling import Crawled, Settings, crawl
from detector.web.store import PageStore
from detector.web.visiting import Pace

Audit = Callable[..., Path]


def run(web: LocalWeb, folder: Path, store: str = "store", **more: object) -> Crawled:
    settings = Settings(
        "test@crawler.example", pages_per_domain=1, pace=Pace(0.05), limits=SHORT, threads=4, store=folder.parent / store, **more
    )  # type: ignore[arg-type]  # fmt: skip
    return crawl(folder, settings, guard=web.guard)


def warc(path: Path, *records: tuple[str, str, bytes, datetime], **headers: str) -> Path:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        for url, status, body, when in records:
            head = StatusAndHeaders(
                status, [("Content-Type", "text/html"), *headers.items()], protocol="HTTP/1.1"
            )
            told = {"WARC-Date": when.strftime("%Y-%m-%dT%H:%M:%SZ")}
            record = writer.create_warc_record(
                url,
                "response",
                payload=BytesIO(body),
                length=len(body),
                http_headers=head,
                warc_headers_dict=told,
            )
            writer.write_record(record)
            writer.write_record(
                writer.create_warc_record(url, "metadata", payload=BytesIO(b"x: y"), length=4)
            )
    return path


YESTERDAY = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)


@pytest.mark.parametrize("name", ["in.warc", "in.warc.gz"])
def test_pages_of_a_warc_file_stand_in_for_asking(
    web: LocalWeb, audit_of: Audit, tmp_path: Path, name: str
) -> None:
    for host in ("a.test", "b.test"):
        web.site(host, answer("live"))
    folder = audit_of(
        [web.url("a.test", "/x"), web.url("b.test", "/x"), "http://c.test/gone", "http://d.test/r"]
    )
    path = warc(
        tmp_path / name,
        (web.url("a.test", "/x#part"), "200 OK", b"from the archive", YESTERDAY),
        ("http://c.test/gone", "404 Not Found", b"", YESTERDAY),
        ("http://d.test/r", "301 Moved", b"", YESTERDAY),  # redirects are asked for
        ("http://unwanted.test/", "200 OK", b"", YESTERDAY),
    )
    done = run(web, folder, warc_in=(path,))
    assert done.brought == 2
    table = {
        row["referring_domain"]: row
        for row in pl.read_parquet(folder / "pages.parquet").iter_rows(named=True)
    }
    assert (table["a.test"]["outcome"], table["a.test"]["page_source"]) == ("unlinked", "warc")
    assert table["a.test"]["fetched"] == YESTERDAY
    assert (table["b.test"]["outcome"], table["b.test"]["page_source"]) == ("unlinked", "web")
    assert table["c.test"]["outcome"] == "gone"
    assert table["d.test"]["outcome"] == "name_gone"
    assert web.paths("a.test") == []
    with PageStore(tmp_path / "store") as store:
        assert store.visit("http://unwanted.test/") is None


def test_an_older_page_does_not_replace_a_newer_one(web: LocalWeb, audit_of: Audit, tmp_path: Path) -> None:
    web.site("a.test", answer("live"))
    folder = audit_of([web.url("a.test", "/x")])
    run(web, folder)
    old = warc(tmp_path / "old.warc", (web.url("a.test", "/x"), "200 OK", b"old", YESTERDAY))
    run(web, folder, warc_in=(old,))
    assert pl.read_parquet(folder / "pages.parquet")["page_source"].to_list() == ["web"]


def test_packed_bodies_are_unpacked_and_bombs_are_cut(web: LocalWeb, audit_of: Audit, tmp_path: Path) -> None:
    folder = audit_of(["http://a.test/x", "http://b.test/x"])
    bomb = gzip.compress(bytes(50_000_000))
    path = warc(
        tmp_path / "in.warc.gz",
        ("http://a.test/x", "200 OK", gzip.compress(b"words"), YESTERDAY),
        ("http://b.test/x", "200 OK", bomb, YESTERDAY),
        **{"Content-Encoding": "gzip"},
    )
    run(web, folder, warc_in=(path,))
    table = pl.read_parquet(folder / "pages.parquet").sort("referring_domain")
    assert table["size"].to_list() == [5, 5 * 1024 * 1024]
    assert table["cut"].to_list() == [None, "size"]


@pytest.mark.parametrize(
    ("headers", "told", "outcome", "cut"),
    [
        ({"Content-Type": "text/html"}, {"WARC-Truncated": "length"}, "live_in_part", "size"),
        ({"Content-Type": "text/html"}, {"WARC-Truncated": "disconnect"}, "live_in_part", "short"),
        ({"Content-Type": "application/pdf"}, {}, "no_page", None),
        ({"Content-Type": "text/html", "Content-Encoding": "zstd"}, {}, "live_in_part", "damaged"),
        ({"Content-Type": "text/html", "Content-Encoding": "utf-8"}, {}, "unlinked", None),
    ],
)
def test_of_a_page_that_was_not_read_whole_no_missing_link_is_told(
    web: LocalWeb, audit_of: Audit, tmp_path: Path, headers: dict[str, str], told: dict[str, str], outcome: str, cut: str | None
) -> None:  # fmt: skip
    with (tmp_path / "in.warc").open("wb") as file:
        writer = WARCWriter(file, gzip=False)
        head = StatusAndHeaders("200 OK", [*headers.items()], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                "http://a.test/x", "response", payload=BytesIO(b"words"), length=5, http_headers=head, warc_headers_dict=told
            )
        )  # fmt: skip
    folder = audit_of(["http://a.test/x"])
    out = tmp_path / "out.warc"
    run(web, folder, warc_in=(tmp_path / "in.warc",), warc_out=out)
    (row,) = pl.read_parquet(folder / "pages.parquet").iter_rows(named=True)
    assert (row["outcome"], row["cut"]) == (outcome, cut)
    if outcome != "no_page":  # and handed on, it says so
        run(web, folder, store="another", warc_in=(out,))
        assert pl.read_parquet(folder / "pages.parquet")["outcome"].to_list() == [outcome]


def test_what_goes_out_comes_in_again(web: LocalWeb, audit_of: Audit, tmp_path: Path) -> None:
    web.site("a.test", answer(gzip.compress(b"<p>w\xc3\xb6rds</p>"), content_encoding="gzip", server="s/1"))
    web.site("b.test", answer("gone", "404 Not Found"))
    folder = audit_of([web.url("a.test", "/x"), web.url("b.test", "/x"), "http://c.test/"])
    out = tmp_path / "out.warc.gz"
    run(web, folder, warc_out=out)
    with out.open("rb") as file:
        kinds = [
            record.rec_type
            for record in ArchiveIterator(file, check_digests="raise")
            if record.raw_stream.read() or True
        ]
    assert kinds == ["warcinfo", "response", "response"]
    asked = len(web.asked)
    done = run(web, folder, store="another", warc_in=(out,))
    assert done.brought == 2
    assert len(web.asked) == asked
    table = pl.read_parquet(folder / "pages.parquet").sort("referring_domain")
    assert table["outcome"].to_list() == ["unlinked", "gone", "name_gone"]
    assert table["server"].to_list() == ["s/1", None, None]
    with PageStore(tmp_path / "another") as store:
        visit = store.visit(web.url("a.test", "/x"))
        assert visit is not None
        content = store.content(visit)
        assert content is not None
        assert content[1] == b"<p>w\xc3\xb6rds</p>"
        assert visit.address.startswith("127.")


def test_a_head_that_is_no_ascii_goes_out_as_well(web: LocalWeb, audit_of: Audit, tmp_path: Path) -> None:
    head = "HTTP/1.1 200 D\u2019accord\r\nX-\u00e9: \u00e9; a=\u00e9\r\nContent-Length: 2\r\n\r\n"
    web.site("a.test", head.encode() + b"hi")
    folder = audit_of([web.url("a.test", "/x")])
    out = tmp_path / "out.warc"
    run(web, folder, warc_out=out)
    assert b"\r\nhi" in out.read_bytes()
    assert run(web, folder, store="another", warc_in=(out,)).brought == 1


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: b"no WARC\r\n" * 50,
        lambda data: data[:-400] + b"\x00" * 300,
    ],
)
def test_a_damaged_file_is_told(
    web: LocalWeb, audit_of: Audit, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    folder = audit_of(["http://a.test/x"])
    path = warc(
        tmp_path / "in.warc.gz", *[("http://a.test/x", "200 OK", bytes(range(256)) * 9, YESTERDAY)] * 5
    )
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(InputError, match=r"in\.warc\.gz"):
        run(web, folder, warc_in=(path,))
    assert not (folder / "pages.parquet").exists()


def test_a_file_that_is_not_there(web: LocalWeb, audit_of: Audit, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.warc"):
        run(web, audit_of(["http://a.test/x"]), warc_in=(tmp_path / "none.warc",))
