"""robots.txt by RFC 9309: which answers count, what they allow, and that hostile files stay cheap."""

from __future__ import annotations

import time

import pytest
from local_web import Asked, LocalWeb, answer, redirect

from detector.web.fetching import Fetcher
from detector.web.outcomes import Outcome
from detector.web.robots import MOST_BYTES, Robots, Rules, ask_for_robots


def rules(text: str) -> Rules:
    return Rules(Robots(text=text))


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/x", True),
        ("User-agent: *\nDisallow: /", "/x", False),
        ("User-agent: *\nDisallow:", "/x", True),
        ("User-agent: *\nDisallow: /\nUser-agent: toxic-link-detector\nAllow: /", "/x", True),
        ("User-agent: *\nAllow: /\nUser-agent: Toxic-Link-Detector\nDisallow: /", "/x", False),
        (
            "User-agent: toxic-link\nDisallow: /\n",
            "/x",
            False,
        ),  # protego's reading: a prefix at a token's start
        ("User-agent: googlebot\nUser-agent: toxic-link-detector\nDisallow: /x", "/x", False),
        ("User-agent: googlebot\nDisallow: /\n", "/x", True),
        ("User-agent: a\nUser-agent: *\nUser-agent: b\nDisallow: /x", "/x", False),
        ("User-agent: *\nDisallow: /a\nUser-agent: b\nDisallow: /x", "/x", True),
        ("User-agent: *\nDisallow: /\nAllow: /x", "/x/y", True),  # the longest match wins
        ("User-agent: *\nDisallow: /x*y$", "/xzzy", False),
        ("User-agent: *\nDisallow: /x*y$", "/xzzy?", True),
        ("User-agent: *\rDisallow: /x\r", "/x", False),
        ("User-agent: *  # all\nDisallow: /x # not this", "/x", False),
        ("\ufeffUser-agent: *\nDisallow: /x", "/y", True),
        ("<html><body>Disallow: /</body></html>", "/x", True),
        ("User-agent: *\nDisallow: /%C3%BC", "/ü", False),
    ],
)
def test_what_is_allowed(text: str, path: str, allowed: bool) -> None:
    refusal = rules(text).refusal(f"http://a.test{path}")
    assert refusal == (None if allowed else Outcome.ROBOTS_FORBID)


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 2.5", 2.5),
        ("User-agent: *\nCrawl-delay: nan", 0),
        ("User-agent: *\nCrawl-delay: -1", 0),
        ("User-agent: bingbot\nCrawl-delay: 30\nUser-agent: *\nDisallow: /x", 0),
        ("", 0),
    ],
)
def test_crawl_delay(text: str, delay: float) -> None:
    assert rules(text).delay == delay


FORBIDS = answer("User-agent: *\nDisallow: /", content_type="text/plain")


@pytest.mark.parametrize(
    ("reply", "outcome", "refusal"),
    [
        (FORBIDS, Outcome.LIVE, Outcome.ROBOTS_FORBID),
        (answer("User-agent: *\nDisallow: /", content_type="application/octet-stream"), Outcome.LIVE, Outcome.ROBOTS_FORBID),
        (answer("User-agent: *\nDisallow: /", "404 Not Found"), Outcome.LIVE, None),
        (answer("", "401 Unauthorized"), Outcome.LIVE, None),
        (answer("", "403 Forbidden"), Outcome.LIVE, None),
        (answer("", "410 Gone"), Outcome.LIVE, None),
        (answer("", "429 Too Many Requests"), Outcome.ROBOTS_UNREACHABLE, Outcome.ROBOTS_UNREACHABLE),
        (answer("", "500 Oops"), Outcome.ROBOTS_UNREACHABLE, Outcome.ROBOTS_UNREACHABLE),
        (answer("", "503 Busy"), Outcome.ROBOTS_UNREACHABLE, Outcome.ROBOTS_UNREACHABLE),
        (answer("", "301 Moved"), Outcome.LIVE, None),
        (redirect("http://gone.test/robots.txt"), Outcome.ROBOTS_UNREACHABLE, Outcome.ROBOTS_UNREACHABLE),
        (redirect("http://10.0.0.1/robots.txt"), Outcome.ROBOTS_UNREACHABLE, Outcome.ROBOTS_UNREACHABLE),
        (redirect("file:///etc/passwd"), Outcome.LIVE, None),
    ],
)  # fmt: skip
def test_which_answers_count(
    web: LocalWeb, fetcher: Fetcher, reply: bytes, outcome: Outcome, refusal: Outcome | None
) -> None:
    url = web.site("a.test", b"", robots=reply)
    robots = ask_for_robots(url[:-1], fetcher.get)
    assert robots.outcome is outcome
    assert Rules(robots).refusal(url) == refusal


@pytest.mark.parametrize(("redirects", "refusal"), [(5, Outcome.ROBOTS_FORBID), (6, None)])
def test_five_redirects_are_followed_also_to_other_hosts(
    web: LocalWeb, fetcher: Fetcher, redirects: int, refusal: Outcome | None
) -> None:
    for n in range(redirects):
        web.site(f"h{n}.test", b"", robots=redirect(web.url(f"h{n + 1}.test", "/robots.txt")))
    web.site(f"h{redirects}.test", b"", robots=FORBIDS)
    assert Rules(ask_for_robots(web.url("h0.test")[:-1], fetcher.get)).refusal(web.url("h0.test")) == refusal


def test_a_host_that_is_gone_has_that_as_its_outcome(web: LocalWeb, fetcher: Fetcher) -> None:
    robots = ask_for_robots("http://gone.test", fetcher.get)
    assert robots.outcome is Outcome.NAME_GONE


def test_500_kib_are_read_and_no_broken_line_counts(web: LocalWeb, fetcher: Fetcher) -> None:
    start = b"User-agent: *\nDisallow: /first\n"
    filler = b"#" * (MOST_BYTES - len(start) - 20) + b"\n"
    long = start + filler + b"Disallow: /broken-by-the-limit\nDisallow: /late\n"
    url = web.site("a.test", b"", robots=answer(long, content_type="text/plain"))
    found = Rules(ask_for_robots(url[:-1], fetcher.get))
    assert found.refusal(url + "first") is Outcome.ROBOTS_FORBID
    assert found.refusal(url + "late") is None
    assert found.refusal(url + "broken") is None


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"User-agent: a{n}\n" for n in range(18_000)) + "Disallow: /x\n" * 18_000,
        "User-agent: *\n" + "".join(f"Disallow: /{'*a' * 20}{n}\n" for n in range(9_000)),
        "User-agent: *\nDisallow: /" + "*a" * 200_000,
        "User-agent:" * 40_000,
        "\r" * 500_000,
    ],
    ids=["agents times rules", "wildcards", "one rule", "one line", "no lines"],
)
def test_a_hostile_file_costs_bounded_time(text: str) -> None:
    start = time.process_time()
    rules(text[:MOST_BYTES]).refusal("http://a.test/" + "a" * 4000)
    assert time.process_time() - start < 3


def test_an_endless_robots_txt_is_cut(web: LocalWeb, fetcher: Fetcher) -> None:
    def endless(asked: Asked) -> None:
        asked.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nUser-agent: *\nDisallow: /x\n")
        while True:
            asked.send(b"#" * 65536)

    url = web.site("a.test", b"", robots=endless)
    assert Rules(ask_for_robots(url[:-1], fetcher.get)).refusal(url + "x") is Outcome.ROBOTS_FORBID
