"""Links to the audited sites, wherever on a page they hide: anchors, redirects, canonicals, frames, images."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urljoin

from detector.links import hostnames

_LONGEST: Final = 2_000  # characters of an address


@dataclass(frozen=True)
class TargetLink:
    """A link of the page to an audited site.

    Attributes:
        target: the site, as it was asked for.
        url: where the link leads, absolute.
        kind: ``text``, ``image`` (a linked image), ``redirector`` (an address of another site that carries ours),
            ``redirect``, ``canonical``, ``frame``, ``image source`` (the image is shown from our site; no link), ``after html``.
        text: what the link says; of an image its alternative text.
        around: the visible text around it, the link's own included; empty of a hidden link.
        rel: the words of its rel, sorted.
        place: ``content``, ``comment``, ``navigation``, ``footer``, ``sidebar``, ``header``, ``blogroll``, ``profile``, or empty.
        hidden: why readers do not see it; empty of a visible link.
    """

    target: str
    url: str
    kind: str
    text: str = ""
    around: str = ""
    rel: tuple[str, ...] = ()
    place: str = ""
    hidden: str = ""


class Targets:
    """The sites that are looked for.

    Args:
        sites: domains or hosts, which stand for all hosts below them; or a host with the start of a path.
    """

    def __init__(self, sites: Collection[str]) -> None:
        self._sites: dict[str, list[tuple[str, str]]] = {}
        for site in sorted(set(sites)):
            host = hostnames.of_text(site)
            if host:
                path = hostnames.path_of_text(site).rstrip("/").lower()
                self._sites.setdefault(host.removeprefix("www."), []).append((path, site))
        self._names = tuple(self._sites)

    def __bool__(self) -> bool:
        return bool(self._sites)

    def among(self, text: str) -> bool:
        """Whether a site's name stands anywhere in a text: a cheap first look."""
        low = text.lower()
        return any(name in low for name in self._names)

    def of(self, host: str, url: str) -> str | None:
        """The site that a URL leads to; None of a URL that leads elsewhere."""
        path = ""
        while host:
            for start, site in self._sites.get(host, ()):
                path = path or hostnames.path_of_text(url).lower()
                if not start or path == start or path.startswith(start + "/"):
                    return site
            host = host.partition(".")[2]
        return None

    def carried(self, url: str) -> str | None:
        """The site whose address stands in the query or path of an address of somebody else."""
        rest = unquote(url[:_LONGEST]).lower().partition("://")[2].partition("/")[2]
        for name in self._names:
            at = rest.find(name)
            if at < 0:
                continue
            before, after = rest[max(at - 8, 0) : at], rest[at + len(name) : at + len(name) + 1]
            if (not before or before[-1] in "/=.") and after in ("", "/", "?", "&", "#", ":"):
                return self.of(name, f"https://{rest[at:]}")
        return None


def absolute(base: str, href: str) -> str | None:
    """A link's address, absolute; None where it leads to no page of the web.

    What browsers leave out is left out: blanks around it, line ends and tabs within it.
    """
    href = hostnames.stripped(href[:_LONGEST].replace("\n", "").replace("\t", "").replace("\r", ""))
    if href[:4].lower() == "http":
        return href
    if not href or href[0] == "#" or (":" in href.partition("/")[0] and not href[:1].isdigit()):
        return None
    try:
        return urljoin(base, href)
    except ValueError:
        return None
