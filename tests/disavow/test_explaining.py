"""Explaining: the covering line and why; what only looks alike; the same answer as the rules give."""

from __future__ import annotations

import pytest
from disavow_lines import DOMAINS, QUESTIONS, disavow, files
from hypothesis import given
from hypothesis import strategies as st

from detector.disavow.explaining import Explainer, Explanation
from detector.disavow.parsing import DisavowFile

FILE = disavow(
    """# a comment
domain:spam.example
domain:www.twin.example
http://page.example/Post/?id=1
https://a.page.example/x
domain: dead.example
*.wild.example
domain:x.wordpress.com
https://spam.example/named
domain:192.0.2.7
domain:spam.example
domain:host.example/user/x
"""
)


def explain(asked: str, file: DisavowFile = FILE) -> Explanation:
    return Explainer(file, DOMAINS).explain(asked)


@pytest.mark.parametrize(
    ("asked", "covering"),
    [
        ("https://spam.example/", {2: "it covers spam.example and everything below (and again in line 11)"}),
        ("http://a.b.spam.example:8080/x?y", {2: "it covers spam.example and everything below, so a.b.spam.example as well (and again in line 11)"}),
        ("https://spam.example/named#part", {2: "it covers spam.example and everything below (and again in line 11)", 9: "it names this page"}),
        ("http://page.example/Post/?id=1", {4: "it names this page"}),
        ("HTTP://PAGE.example:80/Post/?id=1", {4: "it names this page"}),
        ("spam.example", {2: "it covers spam.example and everything below (and again in line 11)"}),
        ("http://192.0.2.7/x", {10: "it covers 192.0.2.7 and everything below"}),
        ("www.twin.example", {3: "it covers www.twin.example and everything below"}),
    ],
)  # fmt: skip
def test_covered(asked: str, covering: dict[int, str]) -> None:
    answer = explain(asked)
    assert {reason.line: reason.why for reason in answer.covering} == covering
    assert answer.near == ()


@pytest.mark.parametrize(
    ("asked", "line", "why"),
    [
        ("https://page.example/Post/?id=1", 4, "it covers that page only: http, not https"),
        ("http://www.page.example/Post/?id=1", 4, "it covers that page only: page.example, not www.page.example"),
        ("http://page.example/Post?id=1", 4, "it covers that page only: with the closing slash, not without"),
        ("http://page.example/Post/", 4, "it covers that page only: with the query ?id=1, not without a query"),
        ("http://page.example/Post/?id=2", 4, "it covers that page only: with the query ?id=1, not with the query ?id=2"),
        ("http://page.example/post/?id=1", 4, "it covers that page only: its path is spelled otherwise"),
        ("https://page.example/Post", 4, "it covers that page only: http, not https and with the closing slash, not without and with the query ?id=1, not without a query"),
        ("http://a.page.example/x", 5, "it covers that page only: https, not http"),
        ("http://page.example/other", 4, "it covers that one page only"),
        ("page.example", 4, "it covers that one page only"),
        ("https://twin.example/", 3, "it covers www.twin.example and what lies below, nothing else of the site"),
        ("https://dead.example/", 6, "Google does not read it: it has a blank around the colon of domain:"),
        ("https://www.dead.example/x", 6, "Google does not read it: it has a blank around the colon of domain:"),
        ("http://a.wild.example/", 7, "Google does not read it: it has a wildcard"),
        ("http://host.example/user/x", 12, "Google does not read it: it has a path behind domain:"),
    ],
)  # fmt: skip
def test_near_misses(asked: str, line: int, why: str) -> None:
    answer = explain(asked)
    assert answer.covering == ()
    assert (answer.near[0].line, answer.near[0].why) == (line, why)


def test_another_tenant_of_a_platform_is_no_near_miss() -> None:
    assert explain("https://y.wordpress.com/") == Explanation(
        "https://y.wordpress.com/", "https://y.wordpress.com/"
    )


@pytest.mark.parametrize("asked", ["", "two words", "page", "ftp://spam.example/", "http://", "a@b.example", "spam.example/x"])  # fmt: skip
def test_neither_url_nor_host(asked: str) -> None:
    answer = explain(asked)
    assert (answer.page, answer.covering, answer.near) == (None, (), ())


def test_at_most_five_near_misses() -> None:
    file = disavow("".join(f"http://page.example/{n}\n" for n in range(50)))
    assert [reason.line for reason in explain("http://page.example/x", file).near] == [1, 2, 3, 4, 5]
    assert explain("https://page.example/40", file).near[0].line == 41


def test_for_machines() -> None:
    assert explain("https://twin.example/").as_dict() == {
        "asked": "https://twin.example/", "page": "https://twin.example/", "covered": False, "covering": [],
        "near": [{"line": 3, "entry": "domain:www.twin.example", "why": "it covers www.twin.example and what lies below, nothing else of the site"}],
    }  # fmt: skip


@given(files)
def test_the_answer_is_that_of_the_file(file: DisavowFile) -> None:
    explainer = Explainer(file, DOMAINS)
    for url in QUESTIONS:
        answer = explainer.explain(url)
        line = file.covers(url)
        assert bool(answer.covering) == (line is not None)
        assert line is None or line.number in {reason.line for reason in answer.covering}
        assert not {reason.line for reason in answer.near} & {reason.line for reason in answer.covering}


@given(files, st.text(max_size=40))
def test_nothing_raises(file: DisavowFile, asked: str) -> None:
    answer = explain(asked, file)
    assert answer.page is not None or not answer.covering
