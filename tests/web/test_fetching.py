"""One request against servers that misbehave: every fault is named, nothing hangs, nothing grows."""

from __future__ import annotations

import gzip
import time
import zlib

import pytest
from local_web import SHORT, Asked, LocalWeb, answer, redirect

from detector.errors import UsageError
from detector.web.addresses import Guard
from detector.web.fetching import Fetcher, user_agent
from detector.web.outcomes import FetchError, Outcome


def fault(fetcher: Fetcher, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetcher.get(url)
    return caught.value


def test_an_answer_is_told_as_it_came(web: LocalWeb, fetcher: Fetcher) -> None:
    url = web.site("a.test", answer("<p>hello</p>", x_two="2", etag='"v1"'))
    got = fetcher.get(url)
    assert (got.status, got.reason, got.body, got.cut, got.page) == (200, "OK", b"<p>hello</p>", None, True)
    assert got.header("x-TWO") == "2"
    assert got.header("ETag") == '"v1"'
    assert got.address.startswith("127.0.")


def test_we_say_who_we_are_and_nothing_else(
    web: LocalWeb, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    netrc = f"{tmp_path}/netrc"
    with open(netrc, "w") as file:  # noqa: PTH123
        file.write("machine a.test login me password secret\n")
    monkeypatch.setenv("NETRC", netrc)
    url = web.site("a.test", answer("hi", set_cookie="id=1; Path=/"))
    fetcher.get(url)
    fetcher.get(url)
    for asked in web.asked:
        assert set(asked.headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}
        assert asked.headers["user-agent"].startswith("toxic-link-detector/")
        assert "(+test@crawler.example)" in asked.headers["user-agent"]


@pytest.mark.parametrize(
    "contact", ["", "nobody", "a@b.example\r\nX: y", "a@b.example (x)", "ä@b.example", "ftp://a.example"]
)
def test_a_contact_that_is_none_is_refused(contact: str) -> None:
    with pytest.raises(UsageError, match="--contact"):
        user_agent(contact)


def test_one_connection_serves_many_requests(web: LocalWeb, fetcher: Fetcher) -> None:
    url = web.site("a.test", answer("hi"))
    for _ in range(5):
        fetcher.get(url)
    assert web.connections == 1


def test_a_redirect_is_told_not_followed(web: LocalWeb, fetcher: Fetcher) -> None:
    url = web.site("a.test", redirect("http://127.0.0.1/"))
    got = fetcher.get(url)
    assert (got.status, got.header("location"), got.body) == (301, "http://127.0.0.1/", b"")


def pour(asked: Asked, head: bytes) -> None:
    """A body without end."""
    asked.send(head)
    while True:
        asked.send(b"a" * 65536)


def test_the_body_of_a_redirect_is_not_read_to_its_end(web: LocalWeb, fetcher: Fetcher) -> None:
    head = b"HTTP/1.1 301 Moved\r\nLocation: /b\r\n\r\n"
    got = fetcher.get(web.site("a.test", lambda asked: pour(asked, head)))
    assert (got.status, got.header("location"), got.body) == (301, "/b", b"")


def drip(asked: Asked, start: bytes, unit: bytes = b"x") -> None:
    asked.send(start)
    for _ in range(100):
        asked.send(unit)
        time.sleep(0.1)


def test_a_body_that_drips_is_cut_by_the_total_time(web: LocalWeb, fetcher: Fetcher) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n"
    url = web.site("a.test", lambda asked: drip(asked, head))
    start = time.monotonic()
    got = fetcher.get(url)
    assert time.monotonic() - start < SHORT.seconds + 1
    assert got.cut == "time"
    assert 5 <= len(got.body) <= 20


def test_headers_that_drip_are_cut_by_the_total_time(web: LocalWeb, fetcher: Fetcher) -> None:
    url = web.site("a.test", lambda asked: drip(asked, b"HTTP/1.1 200 OK\r\nX: "))
    start = time.monotonic()
    assert fault(fetcher, url).outcome is Outcome.TIMED_OUT
    assert time.monotonic() - start < SHORT.seconds + 1


def test_silence_is_cut(web: LocalWeb, fetcher: Fetcher) -> None:
    url = web.site("a.test", lambda asked: time.sleep(5))
    start = time.monotonic()
    assert fault(fetcher, url).outcome is Outcome.TIMED_OUT
    assert time.monotonic() - start < SHORT.silence + 0.5


def test_a_body_without_end_is_cut_by_its_size(web: LocalWeb, fetcher: Fetcher) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    got = fetcher.get(web.site("a.test", lambda asked: pour(asked, head)))
    assert (got.cut, len(got.body)) == ("size", SHORT.page)


def test_headers_without_end_are_cut(web: LocalWeb, fetcher: Fetcher) -> None:
    def endless(asked: Asked) -> None:
        asked.send(b"HTTP/1.1 200 OK\r\n")
        while True:
            asked.send(b"X-A: " + b"a" * 1000 + b"\r\n")

    assert fault(fetcher, web.site("a.test", endless)).outcome is Outcome.BROKEN_ANSWER


def test_a_chunk_size_without_end_is_cut(web: LocalWeb, fetcher: Fetcher) -> None:
    def endless(asked: Asked) -> None:
        asked.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            asked.send(b"0" * 65536)

    assert fault(fetcher, web.site("a.test", endless)).outcome is Outcome.BROKEN_ANSWER


def test_interim_answers_without_end_are_cut(web: LocalWeb, fetcher: Fetcher) -> None:
    def endless(asked: Asked) -> None:
        while True:
            asked.send(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000)

    assert fault(fetcher, web.site("a.test", endless)).outcome in (Outcome.BROKEN_ANSWER, Outcome.TIMED_OUT)


def test_a_bomb_is_cut_after_unpacking(web: LocalWeb, fetcher: Fetcher) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(10_000_000)) for _ in range(30)) + packer.flush()
    assert len(bomb) < 400_000
    url = web.site("a.test", answer(bomb, content_encoding="gzip"))
    start = time.monotonic()
    got = fetcher.get(url)
    assert (got.cut, len(got.body)) == ("size", SHORT.page)
    assert time.monotonic() - start < 1


@pytest.mark.parametrize(
    ("reply", "cut", "body"),
    [
        (answer(b"short", content_length="500", connection="close"), "short", b"short"),
        (answer(b"longer", content_length="4"), None, b"long"),
        (answer(gzip.compress(b"packed")[:-9] + b"?" * 9, content_encoding="gzip"), None, None),
        (answer(gzip.compress(b"packed" * 999), content_encoding="gzip"), None, b"packed" * 999),
        (answer(b"sealed", content_encoding="compress"), "damaged", b""),
        (answer(b"plain", content_encoding="utf-8"), None, b"plain"),
        (answer(zlib.compress(b"deflated"), content_encoding="deflate"), None, b"deflated"),
        (answer(b"6\r\nchunk1\r\n0\r\n\r\n", transfer_encoding="chunked", content_length=""), None, b"chunk1"),
        (answer(b"6\r\nchunk1\r\nzz\r\n", transfer_encoding="chunked", content_length=""), "short", b"chunk1"),
    ],
    ids=["short", "long", "damaged", "gzip", "sealed", "unknown", "deflate", "chunked", "broken chunks"],
)  # fmt: skip
def test_lengths_and_encodings(
    web: LocalWeb, fetcher: Fetcher, reply: bytes, cut: str | None, body: bytes | None
) -> None:
    url = web.site("a.test", reply)
    if body is None:
        assert fault(fetcher, url).outcome is Outcome.BROKEN_ANSWER
        return
    got = fetcher.get(url)
    assert (got.cut, got.body) == (cut, body)


def test_bytes_behind_an_answer_are_not_the_next_answer(web: LocalWeb, fetcher: Fetcher) -> None:
    smuggled = answer("one") + answer("evil")
    url = web.site("a.test", lambda asked: smuggled if asked.path == "/" else answer("two"))
    assert fetcher.get(url).body == b"one"
    time.sleep(0.05)
    assert fetcher.get(web.url("a.test", "/2")).body == b"two"


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        (b"", Outcome.REFUSED),
        (b"SSH-2.0-OpenSSH_9\r\n", Outcome.BROKEN_ANSWER),
        (b"HTTP/1.1 abc\r\n\r\n", Outcome.BROKEN_ANSWER),
        (b"\x00" * 70_000, Outcome.BROKEN_ANSWER),
    ],
)
def test_what_is_no_http(web: LocalWeb, fetcher: Fetcher, raw: bytes, outcome: Outcome) -> None:
    assert fault(fetcher, web.site("a.test", lambda asked: asked.send(raw))).outcome is outcome


def test_what_is_no_page_is_not_read(web: LocalWeb, fetcher: Fetcher) -> None:
    got = fetcher.get(web.site("a.test", answer(b"%PDF" * 9999, content_type="application/pdf")))
    assert (got.page, got.body) == (False, b"")


def test_a_name_that_is_gone_and_a_port_that_refuses(web: LocalWeb, fetcher: Fetcher) -> None:
    assert fault(fetcher, "http://gone.test/").outcome is Outcome.NAME_GONE
    web.site("a.test", answer())
    assert fault(fetcher, "http://a.test:1/").outcome is Outcome.REFUSED


def test_without_a_network_no_name_is_said_to_be_gone(web: LocalWeb, fetcher: Fetcher) -> None:
    web.offline = True
    assert fault(fetcher, "http://gone.test/").outcome is Outcome.NAME_FAILS


def test_loopback_is_out_of_reach_unless_a_test_says_so(web: LocalWeb) -> None:
    url = web.site("a.test", answer())
    with Fetcher("t/1", SHORT, Guard(resolver=web.resolve)) as fetcher:
        assert fault(fetcher, url).outcome is Outcome.ADDRESS_FORBIDDEN
        assert fault(fetcher, f"http://127.0.0.1:{web.port}/").outcome is Outcome.ADDRESS_FORBIDDEN
        assert fault(fetcher, f"http://[::1]:{web.port}/").outcome is Outcome.ADDRESS_FORBIDDEN
        assert fault(fetcher, f"http://[::ffff:127.0.0.1]:{web.port}/").outcome is Outcome.ADDRESS_FORBIDDEN
    assert web.connections == 0


def test_a_name_that_rebinds_is_asked_once_and_checked(web: LocalWeb) -> None:
    """The checked answer is connected to; a second look-up, which would lead inside, never happens."""
    web.site("rebind.test", answer("inside"))
    answers = [["127.0.0.9"], ["10.0.0.1"], ["169.254.169.254"]]
    asked: list[str] = []

    def resolver(name: str, port: int) -> list[str]:
        asked.append(name)
        return answers[len(asked) - 1]

    with Fetcher("t/1", SHORT, Guard(resolver=resolver, permitted=web.guard.permitted)) as fetcher:
        got = fetcher.get(web.url("rebind.test"))
        assert (got.address, len(asked)) == ("127.0.0.9", 1)
        fetcher._adapter.close()  # the connection is gone; the next look-up answers something else
        assert fault(fetcher, web.url("rebind.test")).outcome is Outcome.ADDRESS_FORBIDDEN
        assert fault(fetcher, web.url("rebind.test")).outcome is Outcome.ADDRESS_FORBIDDEN
    assert len(asked) == 3


def test_of_several_addresses_only_permitted_ones_are_tried(web: LocalWeb) -> None:
    web.site("mixed.test", answer("x"))
    guard = Guard(resolver=lambda name, port: ["10.0.0.1", "::1", "127.0.0.5"], permitted=web.guard.permitted)
    with Fetcher("t/1", SHORT, guard) as fetcher:
        assert fetcher.get(web.url("mixed.test")).address == "127.0.0.5"


def test_a_host_that_cloaks_sees_us_as_we_are(web: LocalWeb, fetcher: Fetcher) -> None:
    def cloak(asked: Asked) -> bytes:
        return answer("spam" if "Googlebot" in asked.headers["user-agent"] else "innocent")

    url = web.site("a.test", cloak)
    assert {fetcher.get(url).body for _ in range(3)} == {b"innocent"}
