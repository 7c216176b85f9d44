"""Where the links of a page lead: inside or outside, to how many domains, how they are qualified, what they say."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from detector.links import hostnames
from detector.links.domains import Domains
from detector.web.page import hiding
from detector.web.page.targets import TargetLink, Targets, absolute
from detector.web.page.walked import BLOCK_END, NO_SIZE, Anchor, Walked

#: So many of a page's outbound domains and anchors are kept, the most linked first.
MOST_DOMAINS: Final = 500
MOST_ANCHORS: Final = 300
_LONGEST_ANCHOR: Final = 200
_AROUND: Final = 120  # characters on either side of a link
_QUALIFIERS: Final = ("nofollow", "ugc", "sponsored")


@dataclass(slots=True)
class Outbound:
    """What the links of a page come to; see ``facts.PageFacts`` for what each is."""

    domain: str = ""
    links: int = 0
    internal: int = 0
    external: int = 0
    nofollow: int = 0
    ugc: int = 0
    sponsored: int = 0
    domains: Counter[str] = field(default_factory=Counter)
    anchors: Counter[str] = field(default_factory=Counter)
    empty_anchors: int = 0
    image_anchors: int = 0
    content_external: int = 0
    comment_external: int = 0
    footer_external: int = 0
    deliberate: Counter[str] = field(default_factory=Counter)  # domains of links that are hidden deliberately
    hidden: Counter[str] = field(default_factory=Counter)  # domains of links hidden in whatever way
    hidden_reasons: Counter[str] = field(default_factory=Counter)
    hidden_anchors: list[str] = field(default_factory=list)
    blocks: dict[int, Counter[str]] = field(default_factory=dict)  # hidden block -> domains of its links
    targets: list[TargetLink] = field(default_factory=list)


def read_links(page: Walked, url: str, domains: Domains, targets: Targets) -> Outbound:
    """Read all links of a page that stands at ``url``."""
    base = absolute(url, page.base) or url if page.base else url
    own_host = hostnames.of_text(url) or ""
    found = Outbound(domain=domains.referring_domain(url) or own_host)
    units = Units(domains)
    # a relative link stays in the domain, unless the base is elsewhere or the path decides whose a page is
    stays = "/" not in found.domain and (hostnames.of_text(base) or own_host) == own_host
    for anchor in page.anchors:
        if anchor.hidden == NO_SIZE and anchor.alt is not None:
            anchor.hidden = None  # an image is seen all the same
        href = anchor.href.strip()
        if not href or href[0] == "#" or (stays and _is_relative(href)):
            _inside(found, anchor, href)
            if targets and targets.among(href) and (site := targets.carried(f"{own_host}://x{href}")):
                found.targets.append(_target(page, anchor, absolute(base, href) or href, site, "redirector"))
            continue
        address = href if _PLAIN.match(href) else absolute(base, href)
        if address is None:
            found.links += 1
            continue
        host, unit = units.of(address)
        _count(found, anchor, unit)
        if targets:
            site = targets.of(host, address)
            if site is not None:
                kind = "image" if anchor.alt is not None else "text"
                found.targets.append(_target(page, anchor, address, site, kind))
            elif targets.among(address) and (site := targets.carried(address)):
                found.targets.append(_target(page, anchor, address, site, "redirector"))
    return found


#: An address as most are written: nothing in it needs care. Its first group is the host.
_PLAIN: Final = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*)(?:[/?#][!-~]*)?\Z")


class Units:
    """Hosts and referring domains of addresses, each host worked out once a page where its path does not matter."""

    def __init__(self, domains: Domains) -> None:
        self._domains = domains
        self._known: dict[str, str] = {}

    def of(self, address: str) -> tuple[str, str]:
        """(host, referring domain) of an absolute address."""
        plain = _PLAIN.match(address)
        host = plain[1] if plain else hostnames.of_text(address) or ""
        unit = self._known.get(host)
        if unit is None:
            unit = self._domains.referring_domain(address) or host
            if not self._domains.is_shared(host):
                self._known[host] = unit
        return host, unit


def _is_relative(href: str) -> bool:
    """Whether an address surely names no host."""
    if href[0] == "/":
        return href[1:2] not in ("/", "\\")
    return href[0] == "?" or (href[0] != "\\" and ":" not in href and href[0] > " ")


def _inside(found: Outbound, anchor: Anchor, href: str) -> None:
    found.links += 1
    found.internal += href[:1] not in ("", "#")
    _text_of(found, anchor)


def _text_of(found: Outbound, anchor: Anchor) -> str:
    text = " ".join("".join(anchor.own_text).split())[:_LONGEST_ANCHOR]
    if not text:
        if anchor.alt is not None:
            found.image_anchors += 1
        else:
            found.empty_anchors += 1
    return text


def _count(found: Outbound, anchor: Anchor, unit: str) -> None:
    """Count one link to a page, inside or outside."""
    found.links += 1
    text = _text_of(found, anchor)
    if unit == found.domain:
        found.internal += 1
        return
    found.external += 1
    found.domains[unit] += 1
    if text or anchor.alt:
        found.anchors[(text or anchor.alt or "")[:_LONGEST_ANCHOR]] += 1
    for qualifier in _QUALIFIERS:
        if anchor.rel and qualifier in anchor.rel:
            setattr(found, qualifier, getattr(found, qualifier) + 1)
    place = anchor.place or "content"
    if place in ("content", "comment", "footer"):
        name = f"{place}_external"
        setattr(found, name, getattr(found, name) + 1)
    if anchor.hidden is not None and anchor.hidden != "noscript":
        found.hidden[unit] += 1
        found.hidden_reasons[anchor.hidden] += 1
        if len(found.hidden_anchors) < MOST_ANCHORS and text:
            found.hidden_anchors.append(text)
        found.blocks.setdefault(anchor.block, Counter())[unit] += 1
        if anchor.hidden in hiding.DELIBERATE:
            found.deliberate[unit] += 1


def _target(page: Walked, anchor: Anchor, address: str, site: str, kind: str) -> TargetLink:
    text = " ".join("".join(anchor.own_text).split())
    return TargetLink(
        target=site,
        url=address,
        kind=kind,
        text=(text or anchor.alt or anchor.title)[:500],
        around="" if anchor.hidden else _around(page, anchor),
        rel=tuple(sorted(set(anchor.rel.replace(",", " ").split()))[:10]),
        place=anchor.place or "",
        hidden=anchor.hidden or "",
    )


def _around(page: Walked, anchor: Anchor) -> str:
    """The text around a link in its own block."""
    before = "".join(page.texts[max(anchor.start - 40, 0) : anchor.start]).rpartition(BLOCK_END)[2]
    own = "".join(page.texts[anchor.start : anchor.end])
    after = "".join(page.texts[anchor.end : anchor.end + 40]).partition(BLOCK_END)[0]
    return " ".join(f"{before[-_AROUND:]}{own[:500]}{after[:_AROUND]}".split())


def other_links(page: Walked, base: str, targets: Targets, redirect: str) -> list[TargetLink]:
    """What leads to an audited site without being an anchor: redirect, canonical, frames, images from there."""
    found = []
    canonical = next((href for rel, href in page.links if "canonical" in rel.split()), "")
    addresses = [("redirect", redirect, ""), ("canonical", canonical, "")]
    addresses += [("frame", source, why or "") for source, why in page.frames]
    addresses += [("image source", source, "") for source in page.images]
    seen = set()
    for kind, href, hidden in addresses:
        if not href or (kind, href) in seen or not targets.among(href):
            continue
        seen.add((kind, href))
        address = absolute(base, href)
        site = targets.of(hostnames.of_text(address) or "", address) if address else None
        if address and site is not None:
            found.append(TargetLink(target=site, url=address, kind=kind, hidden=hidden))
    return found[:MOST_ANCHORS]


def is_home(url: str) -> bool:
    """Whether an address is the home page of its host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.path in ("", "/") and not parts.query
