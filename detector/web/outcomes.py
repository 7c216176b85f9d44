"""What can become of a page that was asked for: one declared table, with the words told to a person.

Nothing that happens to a page is a gap: a server that turns crawlers away, a name that is gone, a certificate that is wrong
are each an outcome. An outcome says what was seen, never what must be true of the link: a page that turns
crawlers away still links.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Outcome(StrEnum):
    """The codes, as they stand in the store and in ``pages.parquet``."""

    LINKED = "linked"
    UNLINKED = "unlinked"
    LIVE = "live"
    LIVE_IN_PART = "live_in_part"
    LINKED_BY_REDIRECT = "linked_by_redirect"
    REDIRECTED_AWAY = "redirected_away"
    PARKED = "parked"
    FOR_SALE = "for_sale"
    NO_PAGE = "no_page"
    GONE = "gone"
    NAME_GONE = "name_gone"
    BOT_BLOCKED = "bot_blocked"
    CHALLENGED = "challenged"
    ROBOTS_FORBID = "robots_forbid"
    ROBOTS_UNREACHABLE = "robots_unreachable"
    TOO_MANY_REQUESTS = "too_many_requests"
    CLIENT_ERROR = "client_error"
    SERVER_ERROR = "server_error"
    NAME_FAILS = "name_fails"
    CERTIFICATE_WRONG = "certificate_wrong"
    TLS_FAILS = "tls_fails"
    REFUSED = "refused"
    TIMED_OUT = "timed_out"
    BROKEN_ANSWER = "broken_answer"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    ADDRESS_FORBIDDEN = "address_forbidden"
    BAD_URL = "bad_url"
    NOT_FETCHED = "not_fetched"


@dataclass(frozen=True)
class Meaning:
    """What an outcome means.

    Attributes:
        words: told to a person, of one page.
        seen: the page's own content was seen.
        passing: likely to be otherwise soon: tried again in the run, and stale after a day.
    """

    words: str
    seen: bool = False
    passing: bool = False


MEANINGS: Final[dict[Outcome, Meaning]] = {
    Outcome.LINKED: Meaning("the page is live and links to the site", seen=True),
    Outcome.UNLINKED: Meaning("the page is live, and the link is not on it", seen=True),
    Outcome.LIVE: Meaning("the page is live; no link is expected of it", seen=True),
    Outcome.LIVE_IN_PART: Meaning(
        "the page is live; it was read in part, and that part holds no link", seen=True
    ),
    Outcome.LINKED_BY_REDIRECT: Meaning("the address redirects to the site"),
    Outcome.REDIRECTED_AWAY: Meaning(
        "the address redirects to another domain, and no link is there", seen=True
    ),
    Outcome.PARKED: Meaning("the domain is parked", seen=True),
    Outcome.FOR_SALE: Meaning("the domain is for sale", seen=True),
    Outcome.NO_PAGE: Meaning("the address answers with something that is no web page"),
    Outcome.GONE: Meaning("the page is gone (404 or 410)"),
    Outcome.NAME_GONE: Meaning("the host's name no longer exists"),
    Outcome.BOT_BLOCKED: Meaning("the server turns crawlers away; the link may well stand"),
    Outcome.CHALLENGED: Meaning("the server asks for proof of a person; the link may well stand"),
    Outcome.ROBOTS_FORBID: Meaning("robots.txt forbids the page; the link may well stand"),
    Outcome.ROBOTS_UNREACHABLE: Meaning(
        "robots.txt cannot be had, which forbids the page until it can", passing=True
    ),
    Outcome.TOO_MANY_REQUESTS: Meaning("the server asks to come back later (429)", passing=True),
    Outcome.CLIENT_ERROR: Meaning("the server refuses the request (another 4xx)"),
    Outcome.SERVER_ERROR: Meaning("the server fails (5xx)", passing=True),
    Outcome.NAME_FAILS: Meaning("the host's name cannot be looked up at the moment", passing=True),
    Outcome.CERTIFICATE_WRONG: Meaning("the host's certificate is wrong"),
    Outcome.TLS_FAILS: Meaning("no secure connection can be agreed on"),
    Outcome.REFUSED: Meaning("the host refuses or breaks the connection", passing=True),
    Outcome.TIMED_OUT: Meaning("the host does not answer in time", passing=True),
    Outcome.BROKEN_ANSWER: Meaning("the answer is no readable HTTP"),
    Outcome.TOO_MANY_REDIRECTS: Meaning("the address redirects in a circle, or too often"),
    Outcome.ADDRESS_FORBIDDEN: Meaning("the host lies in a private or reserved network"),
    Outcome.BAD_URL: Meaning("the address is none that can be asked for"),
    Outcome.NOT_FETCHED: Meaning("the page has not been asked for yet"),
}

#: Statuses by which servers turn crawlers away although the page is there (999: LinkedIn's).
BLOCKING: Final = frozenset({401, 403, 405, 406, 407, 418, 451, 456, 493, 498, 999})


def of_status(status: int) -> Outcome:
    """What an HTTP status says; ``LIVE`` where a page came.

    Source: RFC 9110, section 15; RFC 6585 for 429.
    """
    if 200 <= status < 300:
        return Outcome.LIVE
    if status in (404, 410):
        return Outcome.GONE
    if status == 429:
        return Outcome.TOO_MANY_REQUESTS
    if status in BLOCKING:
        return Outcome.BOT_BLOCKED
    if 400 <= status < 500:
        return Outcome.CLIENT_ERROR
    if 500 <= status < 600:
        return Outcome.SERVER_ERROR
    return Outcome.BROKEN_ANSWER


class FetchError(Exception):
    """A request that brought no answer.

    Attributes:
        outcome: what that is told as.
        detail: the reason in the words of who reported it; one line.
    """

    def __init__(self, outcome: Outcome, detail: object = "") -> None:
        super().__init__(outcome.value, str(detail))
        self.outcome = outcome
        self.detail = " ".join(str(detail).split())[:200]
