"""Where the links of a page lead: inside or outside, to how many domains, how they are qualified, what they say."""

from __future__ import annotations

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
    contacts: int = 0  # mailto, tel
    dead_ends: int = 0  # javascript:, "#"
    domains: Counter[str] = field(default_factory=Counter)
    anchors: Counter[str] = field(default_factory=Counter)
    empty_anchors: int = 0
    image_anchors: int = 0
    anchor_words: int = 0
    anchor_chars: int = 0
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
    base_host = hostnames.of_text(base) or own_host
    units: dict[str, str] = {}
    for anchor in page.anchors:
        if anchor.hidden == NO_SIZE and anchor.alt is not None:
            anchor.hidden = None  # an image is seen all the same
        href = anchor.href.strip()
        if (
            not href
            or href[0] in "#?"
            or (href[0] == "/" and href[:2] != "//" and not href.startswith("/\\"))
        ):
            _inside(found, anchor, href, own=base_host == own_host)
            if href and href[0] != "#" and targets and (site := targets.carried(f"{own_host}://x{href}")):
                found.targets.append(_target(page, anchor, absolute(base, href) or href, site, "redirector"))
            continue
        address = absolute(base, href)
        if address is None:
            _no_page(found, href)
            continue
        host = hostnames.of_text(address) or ""
        key = host if host == own_host else f"{host}/{hostnames.path_of_text(address)[:60]}"
        unit = units.get(key)
        if unit is None:
            unit = units[key] = _unit(domains, address, host, own_host, found.domain)
        _count(found, anchor, unit)
        if targets:
            site = targets.of(host, address)
            if site is not None:
                kind = "image" if anchor.alt is not None else "text"
                found.targets.append(_target(page, anchor, address, site, kind))
            elif targets.among(address) and (site := targets.carried(address)):
                found.targets.append(_target(page, anchor, address, site, "redirector"))
    return found


def _unit(domains: Domains, address: str, host: str, own_host: str, own: str) -> str:
    if host == own_host and "/" not in own:
        return own
    return domains.referring_domain(address) or host


def _inside(found: Outbound, anchor: Anchor, href: str, *, own: bool) -> None:
    found.links += 1
    if href and href[0] != "#":
        found.internal += own
    else:
        found.dead_ends += 1
    _text_of(found, anchor)


def _no_page(found: Outbound, href: str) -> None:
    found.links += 1
    if href[:7].lower() == "mailto:" or href[:4].lower() == "tel:":
        found.contacts += 1
    else:
        found.dead_ends += 1


def _text_of(found: Outbound, anchor: Anchor) -> str:
    text = " ".join("".join(anchor.own_text).split())[:_LONGEST_ANCHOR]
    if anchor.hidden is None:
        found.anchor_chars += len(text)
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
