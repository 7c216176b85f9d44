"""One visit: what is done with a page that is to be asked for, one request after the other, until something is known.

A redirect to another host waits its turn there, by that host's own robots.txt and pace; so a thousand pages that
all redirect to one host cannot be turned against it.
"""

from __future__ import annotations

import email.utils
import random
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urljoin

from detector.web.fetching import Answer, Fetcher
from detector.web.outcomes import FetchError, Outcome, of_status
from detector.web.robots import Rules, ask_for_robots
from detector.web.schedule import Host, Step
from detector.web.store import Head, Hop, PageStore, Visit
from detector.web.urls import belongs_to, fetchable, host_of, origin_of

#: Outcomes that are tried again in the same run, and how often.
AGAIN: Final = {
    Outcome.TOO_MANY_REQUESTS: 2,
    Outcome.SERVER_ERROR: 1,
    Outcome.TIMED_OUT: 1,
    Outcome.REFUSED: 1,
    Outcome.NAME_FAILS: 1,
}
#: Outcomes that hold for the whole host: after so many in a row its other pages have the same, unasked.
OF_THE_HOST: Final = {
    Outcome.NAME_GONE: 1,
    Outcome.ADDRESS_FORBIDDEN: 1,
    Outcome.NAME_FAILS: 2,
    Outcome.TIMED_OUT: 2,
    Outcome.REFUSED: 2,
}
_LONGEST_WAIT: Final = 30 * 24 * 3600.0  # seconds
#: Redirects that lead elsewhere (RFC 9110, section 15.4; 300 is an answer, 304 to a condition).
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True)
class Pace:
    """How fast one host is asked.

    Attributes:
        delay: seconds between two requests; robots.txt may ask for more, never for less.
        back_off: seconds before a failed request is tried again; twice as many the next time, each time a
            random half more or less.
        patience: seconds that a host is waited for at most, unless ``delay`` is longer: what would take longer is left for another run.
    """

    delay: float = 1.0
    back_off: float = 5.0
    patience: float = 120.0

    @property
    def longest(self) -> float:
        """Seconds that a host is waited for at most."""
        return max(self.patience, self.delay)


@dataclass(frozen=True)
class Errand:
    """A page that is to be asked for, on its way.

    Attributes:
        url: of the page.
        at: what is asked for next: the page, or where redirects have led.
        hops: the redirects so far.
        tries: failed requests so far.
        known: what is remembered of the page.
    """

    url: str
    at: str
    hops: tuple[Hop, ...] = ()
    tries: int = 0
    known: Visit | None = None


@dataclass
class Tally:
    """What was done in a run; threads share it.

    Attributes:
        pages: of which something is known now.
        left: pages left for another run, because their host asks for more patience than we have.
        requests: sent, those for robots.txt and redirects among them.
        received: bytes of bodies, unpacked.
        outcomes: of the pages.
    """

    pages: int = 0
    left: int = 0
    requests: int = 0
    received: int = 0
    outcomes: dict[Outcome, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def add(self, *, left: int = 0, requests: int = 0, received: int = 0) -> None:
        """Count."""
        with self._lock:
            self.left += left
            self.requests += requests
            self.received += received

    def finish(self, outcome: Outcome) -> None:
        """Count a page that is done."""
        with self._lock:
            self.pages += 1
            self.outcomes[outcome] = self.outcomes.get(outcome, 0) + 1


class Visitor:
    """The work of a crawl: one request for one errand at a time; for many threads.

    Args:
        fetcher: sends the requests.
        store: remembers.
        pace: of each host.
        own: the audited sites: a redirect to one is the link, and is not followed.
        now: the clock.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        store: PageStore,
        pace: Pace,
        own: Sequence[str] = (),
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._fetcher = fetcher
        self._store = store
        self._pace = pace
        self._own = own
        self.now = now
        self.tally = Tally()

    def prepare(self, host: Host[Errand]) -> None:
        """Ask for the robots.txt of a host's first page, which is not known."""
        origin = origin_of(host.jobs[0].at)
        host.memory["rules"] = {origin: self._ask_for_rules(origin)}

    def step(self, host: Host[Errand], errand: Errand) -> Step[Errand]:
        """Bring an errand one request further; what becomes known is in the store before this returns."""
        if (dead := host.memory.get("dead")) is not None:
            return self._failed(host, errand, dead, rest=0.0)
        if host.closed:
            self.tally.add(left=1)
            return Step()
        rules = self._rules(host, origin_of(errand.at))
        refusal = rules.refusal(errand.at)
        if refusal is not None:
            robots = rules.robots
            if robots.outcome in OF_THE_HOST:
                return self._failed(host, errand, FetchError(robots.outcome, robots.detail), rest=0.0)
            self._finish(errand, self._visit(errand, refusal, detail=robots.detail))
            return Step()
        rest = max(self._pace.delay, rules.delay)
        if rest > self._pace.longest:
            host.closed = True
        try:
            answer = self._get(errand.at, more=self._conditions(errand))
        except FetchError as error:
            return self._failed(host, errand, error, rest)
        host.memory["failures"] = 0
        return self._answered(host, errand, answer, rest)

    # ------------------------------------------------------------------ asking

    def _get(self, url: str, **kwargs: object) -> Answer:
        self.tally.add(requests=1)
        answer = self._fetcher.get(url, **kwargs)  # type: ignore[arg-type]
        self.tally.add(received=len(answer.body))
        return answer

    def _conditions(self, errand: Errand) -> dict[str, str]:
        """Headers that ask for a page only if it has changed (RFC 9110, section 13); of the page itself, and of what we kept whole
        and can still read: nothing would ever bring back a body that was lost, nor a page that was gone.
        """
        known = errand.known
        if known is None or known.outcome is not Outcome.LIVE or known.cut or known.final_url != errand.at:
            return {}
        told = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
        conditions = {name: value for name, value in told.items() if value and _is_plain(value)}
        return conditions if conditions and self._store.content(known) else {}

    def _rules(self, host: Host[Errand], origin: str) -> Rules:
        """The rules of an origin: as the host's memory has them, or the store, or the origin itself."""
        known: dict[str, Rules] = host.memory.setdefault("rules", {})
        if origin not in known:
            robots = self._store.robots(origin, self.now())
            known[origin] = self._ask_for_rules(origin) if robots is None else Rules(robots)
        return known[origin]

    def _ask_for_rules(self, origin: str) -> Rules:
        robots = ask_for_robots(origin, self._get)
        if robots.outcome in (Outcome.LIVE, Outcome.ROBOTS_UNREACHABLE):  # a host that was reached
            self._store.save_robots(origin, robots, self.now())
        return Rules(robots)

    # ------------------------------------------------------------------ what came of it

    def _answered(self, host: Host[Errand], errand: Errand, answer: Answer, rest: float) -> Step[Errand]:
        location = answer.header("Location") if answer.status in _REDIRECTS else None
        if location is not None:
            return self._redirected(errand, answer, location, rest)
        if answer.status == 304 and errand.known is not None:
            self._finish(
                errand, replace(errand.known, fetched=self.now(), hops=errand.hops, seconds=answer.seconds)
            )
            return Step(rest)
        outcome = of_status(answer.status)
        if outcome is Outcome.LIVE and not answer.page:
            outcome = Outcome.NO_PAGE
        later = _retry_after(answer.header("Retry-After"), self.now()) if outcome in AGAIN else None
        if errand.tries < AGAIN.get(outcome, 0):
            wait = max(rest, later if later is not None else self._back_off(errand))
            if wait <= self._pace.longest:
                return Step(wait, again=replace(errand, tries=errand.tries + 1))
        visit = self._visit(errand, outcome, answer)
        if later is not None:
            visit = replace(visit, not_before=self.now() + timedelta(seconds=later))
            if later > self._pace.longest:
                host.closed = True
        self._finish(errand, visit, answer)
        return Step(rest)

    def _redirected(self, errand: Errand, answer: Answer, location: str, rest: float) -> Step[Errand]:
        try:
            following = fetchable(urljoin(errand.at, _as_utf8(location)))
        except ValueError:
            following = None
        hops = (*errand.hops, Hop(errand.at, answer.status, following or location[:2000]))
        onward = replace(errand, at=following or errand.at, hops=hops, tries=0)
        outcome = None
        if following is None:
            outcome = Outcome.BAD_URL
        elif any(belongs_to(following, site) for site in self._own):
            outcome = Outcome.REDIRECTED_AWAY
        elif len(hops) > self._fetcher.limits.redirects or following in {hop.url for hop in hops}:
            outcome = Outcome.TOO_MANY_REDIRECTS
        if outcome is not None or following is None:
            self._finish(errand, self._visit(onward, outcome or Outcome.BAD_URL, answer))
            return Step(rest)
        if host_of(following) == host_of(errand.at):
            return Step(rest, again=onward)
        return Step(rest, moved=(host_of(following), onward))

    def _failed(self, host: Host[Errand], errand: Errand, error: FetchError, rest: float) -> Step[Errand]:
        """No answer: try again, or tell so; and count it against the host, which may be given up."""
        if host.memory.get("dead") is None:
            failures: int = host.memory.get("failures", 0) + 1
            host.memory["failures"] = failures
            if errand.tries < AGAIN.get(error.outcome, 0) and failures < OF_THE_HOST.get(error.outcome, 9):
                host.memory.get("rules", {}).pop(origin_of(errand.at), None)
                return Step(max(rest, self._back_off(errand)), again=replace(errand, tries=errand.tries + 1))
            if failures >= OF_THE_HOST.get(error.outcome, failures + 1):
                host.memory["dead"] = error
        self._finish(errand, self._visit(errand, error.outcome, detail=error.detail))
        return Step(rest)

    def _back_off(self, errand: Errand) -> float:
        jitter = random.uniform(0.5, 1.5)  # noqa: S311 - no secret
        return self._pace.back_off * float(2**errand.tries) * jitter

    def _visit(
        self, errand: Errand, outcome: Outcome, answer: Answer | None = None, detail: str = ""
    ) -> Visit:
        visit = Visit(errand.url, self.now(), outcome, detail=detail, final_url=errand.at, hops=errand.hops)
        if answer is None:
            return visit
        return replace(
            visit,
            status=answer.status,
            etag=answer.header("ETag"),
            modified=answer.header("Last-Modified"),
            cut=answer.cut,
            seconds=answer.seconds,
            address=answer.address,
        )

    def _finish(self, errand: Errand, visit: Visit, answer: Answer | None = None) -> None:
        if answer is not None and (answer.body or visit.outcome is Outcome.LIVE):
            self._store.save(visit, Head(answer.reason, answer.headers), answer.body)
        else:
            self._store.save(visit)
        self.tally.finish(visit.outcome)


def _is_plain(value: str) -> bool:
    return value.isprintable() and value.isascii() and value == value.strip() and len(value) < 1000


def _retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds by a ``Retry-After`` header: a number of them, or a date (RFC 9110, section 10.2.3); a month at most."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), _LONGEST_WAIT)
    try:
        moment = email.utils.parsedate_to_datetime(text)
        seconds = (moment.astimezone(UTC) - now.astimezone(UTC)).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(0.0, seconds), _LONGEST_WAIT)


def _as_utf8(value: str) -> str:
    """A header that http.client took for Latin-1, in the encoding that browsers take it for."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value
