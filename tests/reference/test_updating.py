"""Lists from addresses and files: what is read of them, and that a fault leaves what was there as it was."""

from __future__ import annotations

import gzip
import io
import threading
import time
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import polars as pl
import pytest

from detector.errors import InputError, UsageError
from detector.links.domains import Domains
from detector.reference import updating
from detector.reference.fetching import Limits, fetch, unpacked
from detector.reference.lookup import Reference, own_tables
from detector.reference.parsing import parse
from detector.reference.sources import Source, all_sources

TODAY = date(2026, 3, 1)
LOCAL = Limits(packed=50_000, unpacked=200_000, seconds=1.5, silence=1, schemes=("http",))
LIST = b"# a list\nspam.example\nwww.farm.example\n"
#: Redirects to what is no address.
NOWHERE = {"nowhere": "http://[::1/list", "bytes": "http://\xff\xfe/list"}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        name = self.path.strip("/")
        if name == "loop":
            self._send(302, b"", {"Location": "/loop"})
        elif name == "moved":
            self._send(301, b"", {"Location": "/list"})
        elif name == "elsewhere":
            self._send(301, b"", {"Location": "ftp://files.example/list"})
        elif name in NOWHERE:
            self._send(302, b"", {"Location": NOWHERE[name]})
        elif name == "packed":
            self._send(200, gzip.compress(LIST), {"Content-Encoding": "gzip"})
        elif name == "half-packed":
            self._send(200, gzip.compress(LIST * 50)[:-12], {"Content-Encoding": "gzip"})
        elif name == "half":
            self._send(200, LIST, {"Content-Length": "1000"})
            self.close_connection = True
        elif name == "large":
            self._send(200, b"a.example\n" * 10_000)
        elif name == "bomb":
            self._send(200, gzip.compress(b"a.example\n" * 100_000))
        elif name == "slow":
            self._send(200, b"", {"Content-Length": "1000"})
            try:
                for _ in range(100):
                    self.wfile.write(b"x")
                    time.sleep(0.1)
            except OSError:
                pass
        elif name == "mute":
            time.sleep(1.5)
            self.close_connection = True
        elif name == "page":
            self._send(200, b"<!DOCTYPE html><html>\n<title>Sign in</title>\n<p>hello</p>\n</html>")
        elif name == "list":
            self._send(200, LIST)
        else:
            self._send(404, b"no")

    def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for key, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


def source(address: str, name: str = "a_list") -> Source:
    return Source(name, "family", "spam", "MIT", False, "", "", "2026-01", address, "hosts", "o/r", "a test")


@pytest.fixture(scope="module")
def domains() -> Domains:
    return Domains.default()


def names(folder: Path, *asked: str) -> list[list[str]]:
    return Reference(own_tables(folder)).look_up(pl.Series(asked))["lists"].to_list()


@pytest.mark.parametrize("path", ["list", "moved", "packed"])
def test_a_list_is_fetched_and_found(server: str, tmp_path: Path, domains: Domains, path: str) -> None:
    (outcome,) = updating.update(
        [source(f"{server}/{path}")], tmp_path, domains, TODAY, get=partial(fetch, limits=LOCAL)
    )
    assert (outcome.problem, outcome.entries) == ("", 2)
    assert names(tmp_path, "spam.example", "farm.example", "x.example") == [["a_list"], ["a_list"], []]
    assert own_tables(tmp_path)[0].lists[0].date == "2026-03-01"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("gone", "answered 404"),
        ("loop", "redirects more than"),
        ("elsewhere", "only http is fetched"),
        ("nowhere", "could not be fetched (Invalid IPv6 URL)"),
        ("bytes", "could not be fetched"),
        ("half", "could not be fetched"),
        ("half-packed", "the file breaks off"),
        ("large", "larger than"),
        ("bomb", "unpacked it is larger"),
        ("slow", "longer than"),
        ("mute", "could not be fetched"),
        ("page", "no list of domains"),
    ],
)
def test_a_fault_is_told_and_the_old_table_stays(
    server: str, tmp_path: Path, domains: Domains, path: str, words: str
) -> None:
    get = partial(fetch, limits=LOCAL)
    updating.update([source(f"{server}/list")], tmp_path, domains, TODAY, get=get)
    before = (tmp_path / "a_list.npz").read_bytes()
    bad, good = updating.update(
        [source(f"{server}/{path}"), source(f"{server}/list", "other")], tmp_path, domains, TODAY, get=get
    )
    assert words in bad.problem
    assert (tmp_path / "a_list.npz").read_bytes() == before
    assert (good.name, good.problem) == ("other", "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a_list.npz", "other.npz"]


def test_only_https_is_fetched_unless_a_test_says_otherwise(server: str) -> None:
    with pytest.raises(InputError, match="only https"):
        fetch(f"{server}/list")
    assert all(one.address.startswith("https://") for one in all_sources().values() if one.address)


def test_a_list_that_has_shrunk_is_not_taken(tmp_path: Path, domains: Domains) -> None:
    long = "".join(f"s{n}.example\n" for n in range(20)).encode()
    updating.update([source("x")], tmp_path, domains, TODAY, get=lambda _: long)
    (outcome,) = updating.update([source("x")], tmp_path, domains, TODAY, get=lambda _: b"s1.example\n")
    assert "kept as it was" in outcome.problem
    assert names(tmp_path, "s19.example") == [["a_list"]]


def test_a_list_must_not_have_shrunk_from_what_ships_either(tmp_path: Path, domains: Domains) -> None:
    (matomo,) = updating.chosen(["matomo"])
    short = b"".join(b"s%d.example\n" % number for number in range(99))
    (outcome,) = updating.update([matomo], tmp_path, domains, TODAY, get=lambda _: short)
    assert "it names 99 domains, where it named " in outcome.problem
    assert own_tables(tmp_path) == []


def test_what_is_fetched_takes_the_place_of_what_ships(tmp_path: Path, domains: Domains) -> None:
    assert updating.chosen(["matomo"])[0].name == "matomo"
    assert {one.name for one in updating.chosen([])} == {o.name for o in all_sources().values() if o.address}
    with pytest.raises(UsageError, match="no such list"):
        updating.chosen(["nothing"])
    with pytest.raises(UsageError, match="no address"):
        updating.chosen(["ssss_spam"])


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("spam.example", "spam.example"),
        ("WWW.Spam.Example.", "spam.example"),
        ("domain:spam.example", "spam.example"),
        ("0.0.0.0 spam.example # ads", "spam.example"),
        ("||spam.example^$third-party", "spam.example"),
        ("*://*.spam.example/*", "spam.example"),
        (r"\bspam\.example\b", "spam.example"),
        ("https://spam.example/", "spam.example"),
        ("*.spam.example", "spam.example"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("https://spam.example/page", None),
        ("blog.spam.example", None),  # says nothing of spam.example
        ("blogspot.com", None),  # a platform is no one's
        ("a.blogspot.com", "a.blogspot.com"),
        ("co.uk", None),
        ("just words", None),
        ("x" * 3000 + ".example", None),
    ],
)
def test_a_line_names_a_domain_or_none(domains: Domains, line: str, found: str | None) -> None:
    parsed = parse(f"known.test\n{line}\n".encode(), "list", domains)
    assert sorted(parsed.domains.to_list()) == sorted({"known.test", *([found] if found else [])})
    assert parsed.entries == 2
    assert parsed.pages + parsed.deeper + parsed.unread == (found is None)


@pytest.mark.parametrize(
    ("format_", "text"),
    [
        ("ranked", "1,spam.example\n2,other.test\n"),
        ("first", "origin,rank\nhttps://spam.example,1000\nhttps://other.test,1000\n"),
        ("pages", "https://spam.example/feed.xml\nhttps://other.test/rss?x=1\n"),
        ("words", "cheap pills\nviagra\nmore pills\nspam.example\nother.test\n"),
        ("json", '{"list": ["spam.example", "other.test", 3]}'),
        ("json", '[{"domains": ["spam.example"]}, {"domains": ["other.test"]}]'),
    ],
)
def test_the_formats_of_the_sources_are_read(domains: Domains, format_: str, text: str) -> None:
    assert parse(text.encode(), "list", domains, format_).domains.to_list() == ["other.test", "spam.example"]


@pytest.mark.parametrize("data", [b"", b"\0\0\0", b"# nothing\n", b"\xff\xfe", b"a\nb\nc\nspam.example\n"])
def test_what_is_no_list_is_refused(domains: Domains, data: bytes) -> None:
    with pytest.raises(InputError, match="no list of domains"):
        parse(data, "list", domains)


def test_one_domain_spelled_twice_is_not_counted_as_left_out(domains: Domains) -> None:
    parsed = parse(b"www.spam.example\nspam.example\nSPAM.example\nx.spam.example\n", "list", domains)
    assert (parsed.domains.to_list(), parsed.entries, parsed.deeper) == (["spam.example"], 4, 1)


def test_utf16_is_read(domains: Domains) -> None:
    assert parse("spam.example\r\n".encode("utf-16"), "list", domains).domains.to_list() == ["spam.example"]


def test_a_gzip_of_several_members_is_read_to_its_end() -> None:
    both = gzip.compress(b"a.example\n") + gzip.compress(b"b.example\n")
    assert unpacked(both, "x", 20) == b"a.example\nb.example\n"
    with pytest.raises(InputError, match="larger than"):
        unpacked(both, "x", 19)
    with pytest.raises(InputError, match="breaks off"):
        unpacked(both[:-5], "x", 1000)
    with pytest.raises(InputError, match="cannot be unpacked"):
        unpacked(both + b"rubbish", "x", 1000)


def test_packed_lists_are_unpacked() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("top.csv", LIST)
    assert unpacked(archive.getvalue(), "x", 1000) == unpacked(gzip.compress(LIST), "x", 1000) == LIST
    with pytest.raises(InputError, match="breaks off"):
        unpacked(gzip.compress(LIST)[:-12], "x", 1000)
    with pytest.raises(InputError, match="unpack"):
        unpacked(archive.getvalue()[:-30], "x", 1000)


def test_your_own_list_is_added_replaced_and_removed(tmp_path: Path, domains: Domains) -> None:
    file, folder = tmp_path / "My List.txt", tmp_path / "lists"
    file.write_text("domain:one.example\nhttps://two.example/page\n")
    name, parsed = updating.add(file, "", folder, domains, TODAY)
    assert (name, parsed.domains.to_list(), parsed.pages) == ("own-my-list", ["one.example"], 1)
    file.write_text("three.example\n")
    updating.add(file, "", folder, domains, TODAY)
    found = Reference(own_tables(folder)).look_up(pl.Series(["one.example", "three.example"]))
    assert found["listed_own"].to_list() == [0.0, 1.0]
    assert updating.remove("my-list", folder) == "own-my-list"
    with pytest.raises(UsageError, match="no such list"):
        updating.remove("my-list", folder)


@pytest.mark.parametrize("name", ["../x", "A", "a b", "-a", "x" * 61])
def test_a_name_that_could_leave_the_folder_is_refused(tmp_path: Path, domains: Domains, name: str) -> None:
    file = tmp_path / "l.txt"
    file.write_text("one.example\n")
    with pytest.raises(UsageError):
        updating.add(file, name, tmp_path / "lists", domains, TODAY)
    with pytest.raises(UsageError):
        updating.remove(name, tmp_path / "lists")
