"""One spelling for a URL; whatever is none, or leads to another service, has no spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from requests.models import Request

from detector.web.urls import belongs_to, fetchable, host_of, origin_of


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("HTTP://A.Example", "http://a.example/"),
        (" https://a.example:443/x#y ", "https://a.example/x"),
        ("http://a.example:8080?q=1", "http://a.example:8080/?q=1"),
        ("http://me:secret@a.example/", "http://a.example/"),
        ("http://a.example\\@b.example/", "http://a.example/@b.example/"),
        ("http://bücher.example/ü ?ä=ö", "http://xn--bcher-kva.example/%C3%BC%20?%C3%A4=%C3%B6"),
        ("http://a.example/100%/%41%zz", "http://a.example/100%25/%41%25zz"),
        ("http://a.example/a\r\nHost: b", "http://a.example/aHost:%20b"),
        ("http://[2001:DB8::1]:8080/", "http://[2001:db8::1]:8080/"),
        ("http://1.2.3.4/", "http://1.2.3.4/"),
        ("//a.example/", None),
        ("a.example/x", None),
        ("ftp://a.example/", None),
        ("file:///etc/passwd", None),
        ("javascript:alert(1)", None),
        ("http:///x", None),
        ("http://localhost/", None),
        ("http://2130706433/", None),
        ("http://0x7f.1/", None),
        ("http://a.example:25/", None),
        ("http://a.example:6667/", None),
        ("http://a.example:99999/", None),
        ("http://a.example:x/", None),
        ("http://a.example/" + "x" * 9000, None),
        ("", None),
    ],
)
def test_spelling(text: str, url: str | None) -> None:
    assert fetchable(text) == url


@given(st.text() | st.from_regex(r"https?://[^\s]{1,40}", fullmatch=True))
def test_a_spelling_is_stable_and_requests_asks_the_same_host(text: str) -> None:
    url = fetchable(text)
    if url is not None:
        assert fetchable(url) == url
        assert url.isascii()
        assert url.isprintable()
        sent = Request("GET", url).prepare().url
        assert sent is not None
        assert host_of(sent) == host_of(url)
        assert origin_of(sent) == origin_of(url)


@pytest.mark.parametrize(
    ("url", "site", "belongs"),
    [
        ("https://a.example/x", "a.example", True),
        ("https://www.a.example:8080/", "a.example", True),
        ("https://ba.example/", "a.example", False),
        ("https://a.example.b.example/", "a.example", False),
        ("https://medium.com/@x/post", "medium.com/@x", True),
        ("https://medium.com/@x?y", "medium.com/@x", True),
        ("https://medium.com/@xy", "medium.com/@x", False),
        ("https://medium.com/", "medium.com/@x", False),
    ],
)
def test_whose_a_url_is(url: str, site: str, belongs: bool) -> None:
    assert belongs_to(url, site) is belongs
