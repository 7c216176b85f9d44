"""A crawl of a hostile local web: every page has its outcome, hosts are asked politely, and a second run asks little."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from local_web import AGENT, SHORT, Asked, LocalWeb, answer, redirect

from detector.errors import InputError
from detector.web.crawling import Crawled, Settings, crawl, guard_of_environment
from detector.web.fetching import CUT_SHORT
from detector.web.outcomes import MEANINGS, Outcome
from detector.web.table import schema
from detector.web.visiting import Pace

QUICK = Pace(delay=0.05, back_off=0.1, patience=2.0)
PAGE = answer("<title>t</title><p>some words and <a href='https://www.audited.test/x'>a link</a></p>")
PLAIN = answer("<title>t</title><p>words</p>")
Audit = Callable[..., Path]


def run(web: LocalWeb, folder: Path, pace: Pace = QUICK, **more: Any) -> Crawled:
    now = more.pop("now", lambda: datetime.now(UTC))
    settings = Settings(
        "test@crawler.example", pages_per_domain=more.pop("pages_per_domain", 1), pace=pace, limits=SHORT,
        threads=more.pop("threads", 8), store=folder.parent / "store", **more,
    )  # fmt: skip
    return crawl(folder, settings, guard=web.guard, now=now)


def outcomes(folder: Path) -> dict[str, str]:
    """Last part of the URL, or the host -> outcome."""
    table = pl.read_parquet(folder / "pages.parquet")
    return dict(zip(table["referring_domain"], table["outcome"], strict=True))


def test_every_fault_is_survived_and_named(web: LocalWeb, audit_of: Audit) -> None:
    manners: dict[str, tuple[Any, str]] = {
        "live.test": (lambda asked: PAGE if asked.path == "/" else PLAIN, "linked"),
        "unlinked.test": (PLAIN, "unlinked"),
        "empty.test": (answer(""), "unlinked"),
        "latin.test": (answer("<p>caf\u00e9 <a href='//audited.test'>\u00fc</a>".encode("latin-1"), content_type="text/html; charset=iso-8859-1"), "linked"),
        "utf16.test": (answer("<a href='//audited.test'>x</a>".encode("utf-16"), content_type="text/html"), "linked"),
        "parked.test": (answer("<title>parked.test</title><p>This domain is parked</p>"), "parked"),
        "sale.test": (answer("<title>sale.test is for sale</title><p>Buy this domain</p>"), "for_sale"),
        "challenge.test": (answer("<title>Just a moment...</title><p>Checking your browser</p><script src='/cdn-cgi/challenge-platform/x.js'></script>", "403 Forbidden"), "challenged"),
        "moved.test": (lambda asked: redirect("/new") if asked.path == "/" else PAGE, "linked"),
        "away.test": (redirect(web.url("live.test", "/2")), "redirected_away"),
        "links.test": (redirect("http://www.audited.test/page"), "linked_by_redirect"),
        "loop.test": (redirect("/"), "too_many_redirects"),
        "circle.test": (lambda asked: redirect("/b" if asked.path == "/" else "/"), "too_many_redirects"),
        "chain.test": (lambda asked: redirect(f"/{len(asked.path)}{asked.path}"), "too_many_redirects"),
        "inside.test": (redirect("http://10.0.0.1/"), "address_forbidden"),
        "metadata.test": (redirect("http://169.254.169.254/latest/meta-data/"), "address_forbidden"),
        "six.test": (redirect("http://[::ffff:7f00:1]/"), "address_forbidden"),
        "file.test": (redirect("file:///etc/passwd"), "bad_url"),
        "gone.test": (answer("", "404 Not Found"), "gone"),
        "gone410.test": (answer("", "410 Gone"), "gone"),
        "blocked.test": (answer("no", "403 Forbidden"), "bot_blocked"),
        "login.test": (answer("no", "401 Unauthorized"), "bot_blocked"),
        "busy.test": (answer("", "429 Too Many Requests", retry_after="1"), "too_many_requests"),
        "patient.test": (answer("", "429 Too Many Requests", retry_after="3600"), "too_many_requests"),
        "error.test": (answer("", "500 Oops"), "server_error"),
        "teapot.test": (answer("", "422 What"), "client_error"),
        "pdf.test": (answer("%PDF", content_type="application/pdf"), "no_page"),
        "short.test": (answer("half", content_length="900", connection="close"), "live_in_part"),
        "silent.test": (lambda asked: time.sleep(5), "timed_out"),
        "hangup.test": (lambda asked: None, "refused"),
        "ssh.test": (lambda asked: asked.send(b"SSH-2.0-x\r\n"), "broken_answer"),
    }  # fmt: skip
    for host, (manner, _) in manners.items():
        web.site(host, manner)
    web.site("forbids.test", PAGE, robots=answer("User-agent: *\nDisallow: /"))
    web.site("norobots.test", PAGE, robots=answer("", "503 Busy"))
    expected = {host: outcome for host, (_, outcome) in manners.items()}
    expected |= {
        "forbids.test": "robots_forbid",
        "norobots.test": "robots_unreachable",
        "nowhere.test": "name_gone",
    }
    folder = audit_of({host: [web.url(host)] for host in expected} | {"odd.test": ["ftp://odd.test/"]})
    start = time.monotonic()
    done = run(web, folder, threads=16)
    assert time.monotonic() - start < 30
    assert outcomes(folder) == expected | {"odd.test": "bad_url"}
    assert sum(done.outcomes.values()) == len(expected) + 1
    assert not web.paths("forbids.test")
    assert not web.paths("norobots.test")
    assert all(one.headers["user-agent"] == AGENT for one in web.asked)


def test_the_table_has_its_schema_and_tells_hops(web: LocalWeb, audit_of: Audit) -> None:
    web.site(
        "a.test", lambda asked: redirect("/b") if asked.path == "/" else answer("x", x_robots_tag="noindex")
    )
    folder = audit_of([web.url("a.test")])
    run(web, folder)
    table = pl.read_parquet(folder / "pages.parquet")
    assert dict(table.schema) == schema()
    row = table.row(0, named=True)
    assert row["hops"] == f"301 {web.url('a.test', '/b')}"
    assert (row["final_url"], row["status"], row["redirects"]) == (web.url("a.test", "/b"), 200, 1)
    assert (row["robots_tag"], row["size"], row["page_source"]) == ("noindex", 1, "web")
    assert row["address"].startswith("127.")


def test_one_host_is_asked_one_request_at_a_time_and_slowly(web: LocalWeb, audit_of: Audit) -> None:
    for host in ("a.test", "b.test"):
        web.site(host, PAGE)
    folder = audit_of([web.url(host, f"/{n}") for host in ("a.test", "b.test") for n in range(5)])
    run(web, folder, Pace(delay=0.2), pages_per_domain=9)
    for host in ("a.test", "b.test"):
        times = [one.at for one in web.asked if one.host == host and one.path != "/robots.txt"]
        assert len(times) == 6  # five that link, and the home page
        assert min(later - before for before, later in itertools.pairwise(times)) >= 0.2
        assert web.most_at_once[host] == 1


def test_a_delay_beyond_our_patience_is_kept_and_no_page_is_left(web: LocalWeb, audit_of: Audit) -> None:
    web.site("a.test", PAGE)
    folder = audit_of([web.url("a.test", f"/{n}") for n in range(2)])
    run(web, folder, Pace(delay=0.3, patience=0.1), pages_per_domain=3)
    assert outcomes(folder) == {"a.test": "linked"}
    first, second, third = [one.at for one in web.asked if one.path != "/robots.txt"]
    assert min(second - first, third - second) >= 0.3


def test_robots_txt_may_ask_for_more_time(web: LocalWeb, audit_of: Audit) -> None:
    web.site("a.test", PAGE, robots=answer("User-agent: *\nCrawl-delay: 0.4"))
    web.site("never.test", PAGE, robots=answer("User-agent: *\nCrawl-delay: 86400"))
    folder = audit_of([web.url(host, f"/{n}") for host in ("a.test", "never.test") for n in range(3)])
    done = run(web, folder, pages_per_domain=3)
    times = [one.at for one in web.asked if one.host == "a.test" and one.path != "/robots.txt"]
    assert min(later - before for before, later in itertools.pairwise(times)) >= 0.4
    assert len(web.paths("never.test")) == 1
    assert done.outcomes == {Outcome.LINKED: 4, Outcome.NOT_FETCHED: 2}
    assert done.tally.left == 2


def test_many_pages_that_redirect_to_one_host_do_not_hurt_it(web: LocalWeb, audit_of: Audit) -> None:
    web.site("victim.test", PAGE)
    for n in range(12):
        web.site(f"h{n}.test", redirect(web.url("victim.test", f"/{n}")))
    folder = audit_of([web.url(f"h{n}.test") for n in range(12)])
    run(web, folder, Pace(delay=0.1))
    times = [one.at for one in web.asked if one.host == "victim.test" and one.path != "/robots.txt"]
    assert len(times) == 12
    assert min(later - before for before, later in itertools.pairwise(times)) >= 0.1
    assert web.most_at_once["victim.test"] == 1


def test_a_redirect_is_subject_to_the_robots_txt_of_where_it_leads(web: LocalWeb, audit_of: Audit) -> None:
    web.site("a.test", redirect(web.url("b.test", "/trap")))
    web.site("b.test", PAGE, robots=answer("User-agent: *\nDisallow: /trap"))
    folder = audit_of([web.url("a.test")])
    run(web, folder)
    assert outcomes(folder) == {"a.test": "robots_forbid"}
    assert web.paths("b.test") == []


def test_the_audited_site_is_not_asked(web: LocalWeb, audit_of: Audit) -> None:
    web.site("audited.test", PAGE)
    web.site("a.test", redirect(web.url("audited.test")))
    folder = audit_of([web.url("a.test")])
    run(web, folder)
    assert outcomes(folder) == {"a.test": "linked_by_redirect"}
    assert not [one for one in web.asked if one.host == "audited.test"]


def test_retry_after_is_waited_for(web: LocalWeb, audit_of: Audit) -> None:
    replies = iter([answer("", "429 Too Many Requests", retry_after="1"), PAGE])
    web.site("a.test", lambda asked: next(replies))
    folder = audit_of([web.url("a.test")])
    run(web, folder)
    first, second = [one.at for one in web.asked if one.path == "/"]
    assert second - first >= 1
    assert outcomes(folder) == {"a.test": "linked"}


def test_a_host_that_asks_for_an_hour_is_left_until_then(web: LocalWeb, audit_of: Audit) -> None:
    web.site("a.test", answer("", "503 Busy", retry_after="7200"))
    folder = audit_of([web.url("a.test", f"/{n}") for n in range(3)])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    assert run(web, folder, now=lambda: start, pages_per_domain=3).left == 2
    assert len(web.paths("a.test")) == 1
    assert run(web, folder, now=lambda: start + timedelta(hours=1), pages_per_domain=3).left == 2
    assert len(web.asked) == 2  # robots.txt and one page, in the first run
    run(web, folder, now=lambda: start + timedelta(days=2), pages_per_domain=1)
    assert len(web.paths("a.test")) == 2


@pytest.mark.parametrize(
    "value",
    [
        "",
        "\u00b2",
        "soon",
        "-5",
        "9" * 300,
        "Fri, 31 Dec 9999 23:59:59 -2359",
        "Mon, 01 Jan 0001 00:00:00 GMT",
        "nan",
    ],
)
def test_no_retry_after_brings_the_run_down(web: LocalWeb, audit_of: Audit, value: str) -> None:
    reply = f"HTTP/1.1 429 Slow\r\nRetry-After: {value}\r\nContent-Length: 0\r\n\r\n".encode("latin-1")
    web.site("a.test", reply)
    folder = audit_of([web.url("a.test")])
    run(web, folder)
    assert outcomes(folder) == {"a.test": "too_many_requests"}


def test_a_redirect_in_utf_8_leads_where_browsers_go(web: LocalWeb, audit_of: Audit) -> None:
    moved = b"HTTP/1.1 301 Moved\r\nLocation: /caf\xc3\xa9\r\nContent-Length: 0\r\n\r\n"
    web.site("a.test", lambda asked: moved if asked.path == "/" else PAGE)
    folder = audit_of([web.url("a.test")])
    run(web, folder)
    assert web.paths("a.test") == ["/", "/caf%C3%A9"]
    assert outcomes(folder) == {"a.test": "linked"}


def test_no_cookie_comes_back(web: LocalWeb, audit_of: Audit) -> None:
    web.site("a.test", lambda asked: redirect("/b") if asked.path == "/" else answer("x", set_cookie="id=7"))
    folder = audit_of([web.url("a.test"), web.url("a.test", "/c"), web.url("a.test", "/d")])
    run(web, folder, pages_per_domain=3)
    assert len(web.asked) >= 4
    assert not [one for one in web.asked if "cookie" in one.headers or "authorization" in one.headers]


def test_a_dead_host_is_given_up_for_all_its_pages(web: LocalWeb, audit_of: Audit) -> None:
    lookups: list[str] = []
    resolve = web.resolve
    web.resolve = lambda name, port: (lookups.append(name), resolve(name, port))[1]  # type: ignore[method-assign]
    folder = audit_of({"gone.test": [f"http://gone.test/{n}" for n in range(20)]})
    done = run(web, folder, pages_per_domain=20)
    assert done.outcomes == {Outcome.NAME_GONE: 20}
    assert lookups.count("gone.test") == 1


def test_a_second_run_asks_for_nothing_and_a_stale_page_is_asked_for_conditionally(
    web: LocalWeb, audit_of: Audit
) -> None:
    def versioned(asked: Asked) -> bytes:
        if asked.headers.get("if-none-match") == '"v1"':
            return b"HTTP/1.1 304 Not Modified\r\n\r\n"
        return answer("<p>long</p>", etag='"v1"', last_modified="Thu, 01 Jan 2026 00:00:00 GMT")

    web.site("a.test", versioned)
    folder = audit_of([web.url("a.test")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    run(web, folder, now=lambda: start)
    before = pl.read_parquet(folder / "pages.parquet").drop("fetched", "seconds")
    asked = len(web.asked)
    done = run(web, folder, now=lambda: start + timedelta(days=29))
    assert (len(web.asked), done.fresh, done.tally.pages) == (asked, 1, 0)
    run(web, folder, now=lambda: start + timedelta(days=31))
    assert web.asked[-1].headers["if-none-match"] == '"v1"'
    assert web.asked[-1].headers["if-modified-since"] == "Thu, 01 Jan 2026 00:00:00 GMT"
    after = pl.read_parquet(folder / "pages.parquet")
    assert after.drop("fetched", "seconds").equals(before)
    assert after["fetched"].to_list() == [start + timedelta(days=31)]


def test_a_page_that_was_lost_or_gone_is_asked_for_without_conditions(web: LocalWeb, audit_of: Audit) -> None:
    replies = [answer("no", "404 Not Found", etag='"v1"'), answer("<p>one</p>", etag='"v1"'), PAGE]

    def careful(asked: Asked) -> bytes:
        return b"HTTP/1.1 304 Not Modified\r\n\r\n" if "if-none-match" in asked.headers else replies.pop(0)

    web.site("a.test", careful)
    folder = audit_of([web.url("a.test")])
    found = []
    for month in range(3):
        start = datetime(2026, 1 + month, 28, tzinfo=UTC)
        run(web, folder, now=lambda start=start: start, max_age=timedelta(days=20))
        found.append(outcomes(folder)["a.test"])
        for pack in (folder.parent / "store").glob("*.pack"):
            pack.unlink()
    assert found == ["gone", "unlinked", "linked"]
    run(web, folder, now=lambda: datetime(2026, 3, 29, tzinfo=UTC))
    assert outcomes(folder) == {"a.test": "live_in_part"}  # its body was lost: nothing is said of a link


def test_a_limit_and_the_pages_beyond_it(web: LocalWeb, audit_of: Audit) -> None:
    for n in range(5):
        web.site(f"h{n}.test", PAGE)
    folder = audit_of([web.url(f"h{n}.test") for n in range(5)])
    assert run(web, folder, limit=2).outcomes == {Outcome.LINKED: 2, Outcome.NOT_FETCHED: 3}
    assert run(web, folder, limit=2).outcomes == {Outcome.LINKED: 4, Outcome.NOT_FETCHED: 1}
    assert run(web, folder).outcomes == {Outcome.LINKED: 5}
    assert len([one for one in web.asked if one.path == "/"]) == 5


def test_what_was_cut_is_told(web: LocalWeb, audit_of: Audit) -> None:
    web.site("a.test", answer("half", content_length="900", connection="close"))
    folder = audit_of([web.url("a.test")])
    run(web, folder)
    assert pl.read_parquet(folder / "pages.parquet")["cut"].to_list() == [CUT_SHORT]


def test_a_folder_without_an_audit_is_refused(tmp_path: Path, web: LocalWeb) -> None:
    with pytest.raises(InputError, match="detector audit"):
        run(web, tmp_path)


def test_loopback_needs_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DETECTOR_TEST_LOOPBACK", raising=False)
    assert not guard_of_environment().allows("127.0.0.1")
    monkeypatch.setenv("DETECTOR_TEST_LOOPBACK", "1")
    guard = guard_of_environment()
    assert all(guard.allows(address) for address in guard.resolver("some.test", 80))
    assert not guard.allows("10.0.0.1")


def test_every_outcome_has_its_words() -> None:
    assert set(MEANINGS) == set(Outcome)
    words = [meaning.words for meaning in MEANINGS.values()]
    assert len(set(words)) == len(words)
