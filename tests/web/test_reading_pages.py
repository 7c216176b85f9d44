"""From transport and content to one outcome; and readers that a page cannot bring down for the others."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from detector.web.outcomes import Outcome
from detector.web.planning import Planned
from detector.web.reading import Readers, Seen, outcome_of, see
from detector.web.store import Hop, Visit

URL = "http://a.example/x"
LIVE = Visit(URL, datetime(2026, 1, 1, tzinfo=UTC), Outcome.LIVE, status=200, final_url=URL)
AWAY = replace(LIVE, final_url="http://b.example/", hops=(Hop(URL, 301, "http://b.example/"),))
HERE = replace(LIVE, final_url="http://www.a.example/", hops=(Hop(URL, 301, "http://www.a.example/"),))
TO_US = replace(LIVE, outcome=Outcome.REDIRECTED_AWAY, hops=(Hop(URL, 301, "https://audited.example/p"),))
BLOCKED = replace(LIVE, outcome=Outcome.BOT_BLOCKED, status=403)


@pytest.mark.parametrize(
    ("visit", "seen", "home", "outcome"),
    [
        (None, Seen(), False, "not_fetched"),
        (LIVE, Seen(linked=True), False, "linked"),
        (LIVE, Seen(linked=False), False, "unlinked"),
        (LIVE, Seen(linked=False), True, "live"),
        (LIVE, Seen(linked=True), True, "linked"),
        (LIVE, Seen(), False, "live_in_part"),
        (LIVE, Seen(), True, "live"),
        (replace(LIVE, cut="size"), Seen(linked=False), False, "live_in_part"),
        (replace(LIVE, cut="size"), Seen(linked=True), False, "linked"),
        (LIVE, Seen(linked=False, parked=True), False, "parked"),
        (LIVE, Seen(linked=False, parked=True, for_sale=True), False, "for_sale"),
        (BLOCKED, Seen(linked=False), False, "bot_blocked"),
        (BLOCKED, Seen(linked=False, challenged=True), False, "challenged"),
        (AWAY, Seen(linked=False), False, "redirected_away"),
        (AWAY, Seen(linked=True), False, "linked"),
        (HERE, Seen(linked=False), False, "unlinked"),
        (TO_US, Seen(), False, "linked_by_redirect"),
        (replace(LIVE, outcome=Outcome.NAME_GONE), Seen(), False, "name_gone"),
    ],
)
def test_what_it_all_adds_up_to(visit: Visit | None, seen: Seen, home: bool, outcome: str) -> None:
    assert outcome_of(Planned("a.example", URL, home, visit), seen, ["audited.example"]) == outcome


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("<p>words <a href='/a'>a</a><script src='/a.js'></script>", "unlinked"),
        ("<p>words", "unlinked"),
        ("<script src='/app.js'></script><div id='root'></div>", "live_in_part"),
        ("<frameset><frame src='http://b.example/'></frameset>", "live_in_part"),
        ("<b>w</b>" * 160_000 + "<a href='https://audited.example/'>behind what is read</a>", "live_in_part"),
    ],
    ids=["page", "text", "scripts", "frames", "too many tags"],
)
def test_that_a_link_is_missing_is_told_of_whole_pages_only(body: str, outcome: str) -> None:
    seen = see(body.encode(), URL, "text/html", ["audited.example"])
    assert outcome_of(Planned("a.example", URL, False, LIVE), seen, ["audited.example"]) == outcome


def test_what_cannot_be_asked_for_is_no_gap() -> None:
    assert outcome_of(Planned("a.example", "ftp://a.example/", False, None), Seen(), []) is Outcome.BAD_URL


def fragile(number: int) -> int:
    if number in (3, 17):
        os._exit(1)  # as a parser does that a page has brought down
    return number * 2


def test_a_page_that_brings_its_reader_down_costs_itself_alone() -> None:
    with Readers(fragile, lambda number: -number) as readers:
        assert readers.map(range(20)) == [-n if n in (3, 17) else n * 2 for n in range(20)]
        assert readers.map([1, 2]) == [2, 4]
