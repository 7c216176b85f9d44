"""The invented profile: who links to the sample shop, from where, since when, and with which anchor.

A table of groups is turned into referring domains and their links. Only ``random.Random.random`` is used,
with one stream per domain, because that alone is promised to stay the same in every Python version.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, TypeVar

import idna
import sample_words as words
from sample_groups import COUNTRY, GROUPS, LABELS, LANGUAGES, SHOPLIKE, TENANTS, TOOLS, Group
from sample_words import Texts

SEED: Final = 20261012
EXPORTED: Final = date(2026, 10, 12)

T = TypeVar("T")


class Dice:
    """A seeded source of choices, the same on every machine and in every Python version."""

    def __init__(self, name: str) -> None:
        self._random = random.Random(f"{SEED}:{name}").random  # noqa: S311 - sample data, not a secret

    def chance(self, probability: float) -> bool:
        return self._random() < probability

    def pick(self, options: Sequence[T]) -> T:
        return options[int(self._random() * len(options))]

    def whole(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self._random() * (high - low + 1))

    def skewed(self, low: float, high: float) -> float:
        """A number that is more often near the low end, as ratings and traffic are."""
        return low + (high - low) * self._random() ** 2

    def day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.whole(0, (last - first).days))


@dataclass(frozen=True)
class Site:
    """A referring domain of the sample. ``base`` is where its pages lie (scheme, host, tenant's path)."""

    referring_domain: str
    base: str
    label: str
    group: str
    toxic: bool
    language: str
    ip: str
    country: str
    rating: float
    traffic: int
    trust: int
    citation: int
    flagged: bool


@dataclass(frozen=True)
class Link:
    """One link as it is in truth; every tool then sees its own part of it."""

    site: Site
    url: str
    title: str
    target: str
    anchor: str
    before: str
    after: str
    image: bool
    nofollow: bool
    ugc: bool
    sponsored: bool
    sitewide: bool
    content: bool
    external_links: int
    page_rating: float
    first_seen: date
    last_seen: date
    lost: str
    tools: frozenset[str]


def _label(group: Group, language: str, dice: Dice) -> str:
    if group.name in LABELS:
        first, second, form = LABELS[group.name]
    else:
        (first, second), form = words.NAMES[language], dice.pick(words.NAME_FORMS)
    return form.format(
        a=dice.pick(first),
        b=dice.pick(second),
        n=dice.whole(1000, 9999),
        m=dice.whole(2, 99),
        s=dice.pick(SHOPLIKE),
    )


def _address(group: Group, dice: Dice) -> str:
    parts = dice.pick(group.networks).rstrip(".").split(".")
    return ".".join(parts + [str(dice.whole(2, 250)) for _ in range(4 - len(parts))])


def _place(group: Group, language: str, dice: Dice, taken: set[str]) -> tuple[str, str, str]:
    """A new referring domain: (as it is written, where its pages lie, its label)."""
    for _ in range(1000):
        if group.name in TENANTS:
            domain = dice.pick(TENANTS[group.name]).format(n=dice.whole(1000, 9999))
            base, label = f"https://{domain}/", domain.split(".")[0]
        else:
            own = words.UNICODE_NAMES.get(language, "") if group.name == "editorial" else ""
            label = own if own and f"{own}.example" not in taken else _label(group, language, dice)
            domain = f"{label}.example"
            scheme = "http" if not group.toxic and dice.chance(0.12) else "https"
            base = f"{scheme}://{'www.' if not group.toxic and dice.chance(0.4) else ''}{domain}/"
        if domain not in taken:
            taken.add(domain)
            return domain, base, label
    raise ValueError(f"{group.name}: no unused name is left; give it more words in LABELS or NAMES")


def _site(group: Group, number: int, taken: set[str]) -> Site:
    dice = Dice(f"{group.name}:{number}")
    language = group.language
    if not isinstance(group.texts, Texts):
        language = dice.pick([spoken for spoken in LANGUAGES if spoken in group.texts])
    domain, base, label = _place(group, language, dice, taken)
    rating = round(dice.skewed(*group.rating), 1)
    citation = min(95, int(rating * 0.6) + dice.whole(0, 9))
    return Site(
        referring_domain=domain if "/" in domain else idna.encode(domain, uts46=True).decode(),
        base=base,
        label=label,
        group=group.name,
        toxic=group.toxic,
        language=language,
        ip=_address(group, dice),
        country="" if dice.chance(0.25) else COUNTRY.get(language, language),
        rating=rating,
        traffic=int(dice.skewed(*group.traffic)),
        citation=citation,
        trust=int(citation * (dice.skewed(0, 0.3) if group.toxic else 0.5 + dice.skewed(0, 0.5))),
        flagged=dice.chance(group.flagged),
    )


def _words(group: Group, site: Site, dice: Dice) -> dict[str, str]:
    """Title, slug, anchor and contexts of one page; the slug belongs to the title where there are as many."""
    texts = group.texts if isinstance(group.texts, Texts) else group.texts[site.language]
    number = dice.whole(0, len(texts.titles) - 1)
    if texts is words.TRADE_PAGES:
        title, anchor = dice.pick(words.TRADE)
    else:
        title, anchor = texts.titles[number], dice.pick(texts.anchors)
    if dice.chance(group.branded):
        anchor = dice.pick(words.BRANDED)
    blanks = {"label": site.label, "n": str(dice.whole(11, 9999)), "item": dice.pick(words.ITEMS)}
    slug = texts.slugs[number] if len(texts.slugs) == len(texts.titles) else dice.pick(texts.slugs)
    return {
        "title": title.format_map(blanks),
        "slug": slug.format_map(blanks),
        "anchor": anchor,
        "before": dice.pick(texts.before),
        "after": dice.pick(texts.after),
    }


LOST_REASONS: Final = ("notfound", "notfound", "removedfromhtml", "pageerror", "noindex")


def _links(group: Group, site: Site) -> Iterator[Link]:
    dice = Dice(f"links:{site.referring_domain}")
    seen_pages: set[str] = set()
    for _ in range(dice.whole(*group.links)):
        text = _words(group, site, dice)
        url = site.base + text["slug"]
        first = dice.day(*group.since)
        if url in seen_pages:
            continue
        seen_pages.add(url)
        lost = dice.chance(group.lost)
        tools = frozenset(t for t, share in zip(TOOLS, group.seen, strict=True) if dice.chance(share))
        yield Link(
            site=site,
            url=url,
            title=text["title"],
            target=words.HOME + dice.pick(group.targets),
            anchor=text["anchor"],
            before=text["before"],
            after=text["after"],
            image=text["anchor"] == "" or group.name == "scraper_images",
            nofollow=dice.chance(group.nofollow),
            ugc=dice.chance(group.ugc),
            sponsored=group.name == "press" and dice.chance(0.1),
            sitewide=group.name in ("link_farm", "directory") and dice.chance(0.3),
            content=group.content,
            external_links=dice.whole(*group.external),
            page_rating=round(site.rating * dice.skewed(0, 0.5), 1),
            first_seen=first,
            last_seen=dice.day(max(first, date(2026, 3, 1)), date(2026, 9, 1))
            if lost
            else dice.day(date(2026, 9, 20), EXPORTED),
            lost=dice.pick(LOST_REASONS) if lost else "",
            tools=tools or frozenset({"ahrefs"}),
        )


def build() -> tuple[list[Site], list[Link]]:
    """The whole profile, in a fixed order: referring domains, and their links."""
    taken: set[str] = set()
    sites: list[Site] = []
    links: list[Link] = []
    for group in GROUPS:
        for number in range(group.count):
            site = _site(group, number, taken)
            sites.append(site)
            links.extend(_links(group, site))
    return sites, links
