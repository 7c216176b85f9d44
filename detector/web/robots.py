"""robots.txt by RFC 9309: what a host allows us, and how fast.

The rules are read and matched by ``protego`` (Scrapy's parser; its matching costs linear time). What is ours is when the file
counts, and that a hostile one stays cheap.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from detector.web.fetching import PRODUCT, Answer
from detector.web.outcomes import FetchError, Outcome
from detector.web.urls import fetchable

if TYPE_CHECKING:
    from protego import Protego

MOST_BYTES: Final = 500 * 1024  # RFC 9309, section 2.5
MOST_REDIRECTS: Final = 5  # section 2.3.1.2

_AGENT_LINE: Final = re.compile(r"\s*user[- ]?agent\s*(?::|\s)\s*([^#]*)", re.IGNORECASE)
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Robots:
    """What a robots.txt came to.

    Attributes:
        outcome: ``LIVE`` where there is an answer that lets us in, by rules or for want of them; else why nothing may be asked for.
        text: the rules; empty where there are none.
        detail: of the outcome.
    """

    outcome: Outcome = Outcome.LIVE
    text: str = ""
    detail: str = ""


class Rules:
    """The rules of one origin, for us."""

    def __init__(self, robots: Robots) -> None:
        self.robots = robots
        self._parsed = _parse(robots.text)

    @property
    def delay(self) -> float:
        """Seconds between requests that the file asks for (``Crawl-delay``); 0 where it asks for none."""
        asked = self._parsed.crawl_delay(PRODUCT) if self._parsed else None
        return float(asked or 0)

    def refusal(self, url: str) -> Outcome | None:
        """Why a URL may not be asked for; None where it may."""
        if self.robots.outcome is not Outcome.LIVE:
            return self.robots.outcome
        if self._parsed is None or self._parsed.can_fetch(url, PRODUCT):
            return None
        return Outcome.ROBOTS_FORBID


def _parse(text: str) -> Protego | None:
    if not text:
        return None
    from protego import Protego

    return Protego.parse(_ours(text))


def _ours(text: str) -> str:
    """The text with every group of other agents told as one.

    Rules are kept once for each agent that a group names: a hostile file of half agents, half rules would cost the
    square of its length.
    """
    kept: list[str] = []
    other = False
    for line in _LINE_END.split(text):
        found = _AGENT_LINE.match(line)
        if not found:
            other = False
        else:
            name = found[1].strip().strip("*").lower()
            if name and not PRODUCT.startswith(name):
                if other:
                    continue
                other, line = True, "User-agent: another.agent"
        kept.append(line)
    return "\n".join(kept)


def ask_for_robots(origin: str, get: Callable[..., Answer]) -> Robots:
    """Ask an origin for its robots.txt.

    A file counts where the answer is 2xx. 4xx and more than five redirects mean that there is none: all is
    allowed. 5xx means that nothing is allowed, and so does, as Google has it, 429. What cannot be reached at all
    has that as its outcome.

    Args:
        origin: see ``urls.origin_of``.
        get: ``Fetcher.get``.
    """
    first = url = f"{origin}/robots.txt"
    try:
        for _ in range(MOST_REDIRECTS + 1):
            answer = get(url, most=MOST_BYTES)
            target = answer.header("Location") if 300 <= answer.status < 400 else None
            following = fetchable(urljoin(url, target)) if target else None
            if following is None:
                return _of_answer(answer)
            url = following
    except FetchError as error:
        return Robots(error.outcome if url == first else Outcome.ROBOTS_UNREACHABLE, detail=error.detail)
    except ValueError:  # a redirect to something that is no URL
        return Robots()
    return Robots()


def _of_answer(answer: Answer) -> Robots:
    if answer.status == 429 or answer.status >= 500:
        return Robots(Outcome.ROBOTS_UNREACHABLE, detail=f"status {answer.status}")
    if not 200 <= answer.status < 300:
        return Robots()
    body = answer.body
    if answer.cut == "size":  # the last line may be broken
        body = body[: body.rfind(b"\n") + 1]
    return Robots(text=body.decode("utf-8", "replace").removeprefix("\ufeff"))
