"""Profiles with planted waves and with honest groups, of which it is known who belongs together.

Everything is invented; only ``random.Random.random`` is used, so that a seed gives the same profile everywhere. The ordinary
domains are shaped as in ``disavow_samples``: names, addresses of the site and phrases as anchors, small authority, years of dates;
two dozen phrases are used by many of them, as the titles of well-liked pages are.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, TypeVar

import polars as pl

from detector.links.schema import LINK_SCHEMA

SITE: Final = "kettle-and-thyme.example"
TODAY: Final = date(2026, 10, 1)
Row = dict[str, object]
T = TypeVar("T")

WORDS: Final = (
    "copper kettle tea morning garden slow supper bread river winter village market orchard pottery walking history music"
    " harbour kitchen simple weekend family autumn baking letters craft bicycle museum travel coffee stove pantry spoon"
    " recipe local season school lantern cottage meadow paper linen honey barley saddle candle ladder bridge chapel"
    " orchid pebble thistle willow anchor compass lighthouse tailor weaver cobbler glazier mason"
).split()
CITIES: Final = (
    "ashford brampton calne dunmore elsworth fairlea gransby hexley ilmouth jarrowby kelston lydney morwick norbury"
    " oakham penrith quorn ripley selby thaxted upwell ventnor wadley yarm alford bexton corley denby evesham frome"
    " girton hawes ingle juniper kirkby lanwick marlow"
).split()
GENERAL: Final = ("com",) * 9 + (
    "org",
    "net",
    "de",
    "fr",
    "co.uk",
    "it",
    "es",
    "nl",
    "pl",
    "ca",
    "io",
    "info",
)
CHEAP: Final = ("xyz", "top", "shop", "icu", "click", "online", "site", "space", "cfd", "sbs", "buzz", "cyou")
NAMED: Final = (
    "Kettle and Thyme",
    "Kettle & Thyme",
    SITE,
    f"https://www.{SITE}/",
    "Kettle and Thyme shop",
    "here",
    "",
)
FOLDERS: Final = (
    "/blog/",
    "/news/",
    "/2023/05/",
    "/2025/11/",
    "/articles/",
    "/",
    "/posts/",
    "/category/tea/",
)
LIKED: Final = 24


class Dice:
    """A seeded source of choices."""

    def __init__(self, name: str) -> None:
        self._random = random.Random(name).random

    def chance(self, probability: float) -> bool:
        return self._random() < probability

    def pick(self, options: Sequence[T]) -> T:
        return options[int(self._random() * len(options))]

    def whole(self, low: int, high: int) -> int:
        return low + int(self._random() * (high - low + 1))

    def skewed(self, low: float, high: float) -> int:
        """More often near the low end."""
        return int(low + (high - low) * self._random() ** 2)

    def words(self, count: int) -> str:
        return " ".join(self.pick(WORDS) for _ in range(count))

    def slug(self, count: int = 4) -> str:
        return self.words(count).replace(" ", "-") + f"-{self.whole(2, 9999)}"

    def name(self, parts: int = 2) -> str:
        return "-".join(self.pick(WORDS) for _ in range(parts)) + self.letters(3)

    def letters(self, count: int) -> str:
        return "".join(self.pick("bcdfghklmnprstvz") + self.pick("aeiou") for _ in range(count))

    def day(self, back: int, over: int) -> date:
        """A day of the ``over`` days that began ``back`` days ago."""
        return TODAY - timedelta(days=back) + timedelta(days=self.whole(0, over))

    def address(self, network: str = "") -> str:
        parts = network.split(".") if network else []
        return ".".join([*parts, *(str(self.whole(2, 250)) for _ in range(4 - len(parts)))])


def link(dice: Dice, host: str, path: str, **cells: object) -> Row:
    """One link of an honest-looking host, as a rich export tells it; ``cells`` say what is otherwise."""
    day = cells.get("first_seen") or dice.day(2200, 2190)
    row: Row = {
        "record_type": "link", "tool": "ahrefs", "referring_domain": host, "source_host": host,
        "source_url": f"https://{host}{path}", "target_url": f"https://www.{SITE}/", "target_host": f"www.{SITE}",
        "anchor": "Kettle and Thyme", "source_title": f"{dice.words(4).capitalize()} - {host.split('.')[0]}", "rel_nofollow": False,
        "first_seen": day, "last_seen": TODAY, "external_links": dice.skewed(2, 60), "domain_authority": dice.skewed(2, 60),
        "domain_traffic": dice.skewed(0, 9000), "ip": dice.address(),
    }  # fmt: skip
    row |= cells
    return row | {"domain_authority_metric": "ahrefs_dr"}


def junk(dice: Dice, **cells: object) -> dict[str, object]:
    """What most made-up hosts look like in numbers."""
    return {
        "domain_authority": dice.skewed(0, 4), "domain_traffic": dice.skewed(0, 5),
        "external_links": dice.whole(800, 3200), "target_url": f"https://www.{SITE}/shop/copper-kettle", **cells,
    }  # fmt: skip


# ------------------------------------------------------------------------------------------------ ordinary


def ordinary(dice: Dice, number: int) -> Row:
    host = f"{dice.name()}.{dice.pick(GENERAL)}"
    liked = Dice(f"liked:{dice.whole(1, LIKED)}").words(4)
    anchor = (
        dice.pick(NAMED) if dice.chance(0.6) else liked if dice.chance(0.4) else dice.words(dice.whole(2, 6))
    )
    path = "/" if dice.chance(0.2) else f"{dice.pick(FOLDERS)}{dice.slug()}{dice.pick(('', '/', '.html'))}"
    return link(dice, host, path, anchor=anchor, rel_nofollow=dice.chance(0.2))


# ------------------------------------------------------------------------------------------------ planted waves


def template_burst(dice: Dice, number: int) -> Row:
    """One anchor template on unrelated junk, within 25 days."""
    host = f"{dice.name()}.{dice.pick(GENERAL + CHEAP)}"
    anchor = f"{dice.whole(100, 9999)} best rank links for {SITE} order now"
    day = dice.day(90, 25)
    return link(
        dice, host, f"{dice.pick(FOLDERS)}{dice.slug()}/", anchor=anchor, first_seen=day, **junk(dice)
    )


def private_network(dice: Dice, number: int) -> Row:
    """Repurposed names with one path skeleton in three networks, over ten months: no burst, no equal numbers."""
    host = f"{dice.name()}.{dice.pick(GENERAL)}"
    anchor = dice.pick(
        ("buy copper kettle", "cheap tea kettle online", "best stove kettles", "kettle discount shop")
    )
    return link(
        dice, host, f"/editors-desk/{dice.slug()}.html", anchor=anchor, first_seen=dice.day(400, 300),
        external_links=dice.whole(5, 30), domain_authority=dice.whole(8, 30), domain_traffic=dice.skewed(0, 60),
        ip=dice.address(dice.pick(("203.0.113", "198.51.100", "192.0.2"))), target_url=f"https://www.{SITE}/shop/copper-kettle",
    )  # fmt: skip


def numbered_mirrors(dice: Dice, number: int) -> Row:
    """One name with a number, one page behind all of them."""
    host = f"best-kettle-deals-{number + 10}.{dice.pick(('xyz', 'top', 'shop'))}"
    title = f"Best kettle deals page {dice.whole(1, 900)}"
    cells = junk(dice, external_links=512, first_seen=dice.day(300, 200), anchor=dice.words(3))
    return link(dice, host, f"/{dice.slug(2)}", source_title=title, **cells)


def comment_wave(dice: Dice, number: int) -> Row:
    """Comments on other people's blogs: honest hosts and pages; only anchor and month are shared."""
    host = f"{dice.name()}.{dice.pick(GENERAL)}"
    anchor = dice.pick(("cheap kettle casino bonus", "online casino no deposit"))
    day, path = dice.day(150, 30), f"/{dice.whole(2009, 2019)}/{dice.whole(1, 12):02}/{dice.slug()}/"
    return link(dice, host, path, anchor=anchor, first_seen=day, external_links=dice.whole(60, 900))


def scattered_suffixes(dice: Dice, number: int) -> Row:
    """Machine-made names under a dozen cheap suffixes, one title template, one path, within 30 days."""
    host = f"{dice.letters(4)}.{dice.pick(CHEAP)}"
    title = f"Top {dice.whole(10, 99)} kettles you must not miss"
    cells = junk(dice, first_seen=dice.day(220, 30), anchor=dice.words(3))
    return link(dice, host, f"/kettle-picks-{dice.whole(1, 999)}/", source_title=title, **cells)


def slow_drip(dice: Dice, number: int) -> Row:
    """One template of anchor and one of title, a few domains a week for a year."""
    host = f"{dice.name()}.{dice.pick(GENERAL + CHEAP)}"
    title = f"Guest post {dice.whole(1, 999)} on kettles and stoves"
    cells = junk(dice, first_seen=dice.day(380, 365), external_links=dice.whole(60, 400))
    return link(
        dice,
        host,
        f"/blog/{dice.slug()}/",
        anchor="reliable kettle supplier reviews",
        source_title=title,
        **cells,
    )


def link_list(dice: Dice, number: int) -> Row:
    """Lists of a thousand sites a page, one script behind all: the path is the only text they share."""
    host = f"{dice.name(1)}.{dice.pick(GENERAL + CHEAP)}"
    cells = junk(dice, external_links=1000, first_seen=dice.day(500, 480), anchor=SITE)
    return link(dice, host, f"/weblist-{dice.whole(1, 400)}", source_title=f"{dice.words(3)} {host}", **cells)


# ------------------------------------------------------------------------------------------------ honest groups


def newspaper_group(dice: Dice, number: int) -> Row:
    """Regional sites of one publisher: one content system, one network, their own stories over years."""
    host = f"{CITIES[number % len(CITIES)]}-{dice.pick(('courier', 'herald', 'post'))}.{dice.pick(('de', 'com'))}"
    path = f"/lokalteil/{dice.slug()}-art{dice.whole(10000, 99999)}.html"
    return link(
        dice, host, path, anchor=dice.pick(NAMED[:4]), domain_authority=dice.whole(25, 70), ip=dice.address("198.18.7"),
        domain_traffic=dice.whole(900, 90_000), external_links=dice.whole(20, 45),
    )  # fmt: skip


def syndicated_press(dice: Dice, number: int) -> Row:
    """One press release on many newspapers within two days: title, slug and anchor are the agency's."""
    host = f"{CITIES[number % len(CITIES)]}-{dice.pick(('times', 'gazette', 'news', 'register'))}.com"
    path = f"/news/kettle-and-thyme-opens-pottery-in-old-mill-{dice.whole(1000, 9999)}"
    return link(
        dice, host, path, anchor=dice.pick(("opens pottery in old mill", "Kettle and Thyme")),
        source_title="Kettle and Thyme opens pottery in old mill", first_seen=dice.day(60, 2),
        domain_authority=dice.whole(20, 70), domain_traffic=dice.whole(900, 90_000), external_links=dice.whole(15, 60),
        rel_nofollow=dice.chance(0.5),
    )  # fmt: skip


def university(dice: Dice, number: int) -> Row:
    """Departments of one university, each under its own name: a list of links that one copied from the other."""
    host = f"{dice.pick(WORDS)}-{dice.letters(2)}-{CITIES[number % len(CITIES)]}.edu"
    return link(
        dice, host, f"/~{dice.letters(3)}/teaching/links.html", anchor="History of the tea kettle",
        source_title=f"Teaching resources: {dice.words(2)}", domain_authority=dice.whole(30, 85),
        ip=dice.address("198.18.40"), external_links=dice.whole(30, 160), domain_traffic=dice.whole(100, 9000),
    )  # fmt: skip


def franchise(dice: Dice, number: int) -> Row:
    """Local sites of one chain of shops: one page of partners, one server, one relaunch."""
    host = f"teahouse-{CITIES[number % len(CITIES)]}{dice.letters(1)}.co.uk"
    return link(
        dice, host, "/our-suppliers/", anchor="Kettle and Thyme", source_title="Our suppliers | Your Teahouse",
        ip="198.18.90.14", first_seen=dice.day(700, 20), domain_authority=dice.skewed(0, 20), external_links=dice.whole(8, 14),
        domain_traffic=dice.skewed(5, 400),
    )  # fmt: skip


def blog_tenants(dice: Dice, number: int) -> Row:
    """Private blogs at two platforms."""
    host = f"{dice.name()}.{dice.pick(('blogspot.com', 'wordpress.com'))}"
    path = f"/{dice.whole(2012, 2025)}/{dice.whole(1, 12):02}/{dice.slug(3)}.html"
    numbers = {
        "domain_authority": dice.skewed(0, 20),
        "domain_traffic": dice.skewed(0, 90),
        "ip": dice.address("192.0.78"),
    }
    return link(dice, host, path, anchor=dice.pick(NAMED), **numbers)


def blogroll(dice: Dice, number: int) -> Row:
    """Blogs of one circle that list each other under the same words, from the front page."""
    host = f"{dice.name()}.{dice.pick(GENERAL)}"
    numbers = {
        "domain_authority": dice.skewed(0, 20),
        "domain_traffic": dice.skewed(0, 200),
        "external_links": dice.whole(20, 160),
    }
    return link(dice, host, "/", anchor="The kettle people of the valley", **numbers)


def plugin_credit(dice: Dice, number: int) -> Row:
    """The credit line of a free theme, in the footer of whoever took it."""
    host = f"{dice.name()}.{dice.pick(GENERAL)}"
    numbers = {"domain_authority": dice.skewed(0, 30), "domain_traffic": dice.skewed(0, 400)}
    return link(
        dice,
        host,
        f"/{dice.slug(2)}/",
        anchor="Cosy theme by Kettle and Thyme",
        link_position="footer",
        **numbers,
    )


def viral_story(dice: Dice, number: int) -> Row:
    """A story that everybody quotes by its title for ten days."""
    host = f"{dice.name()}.{dice.pick(GENERAL)}"
    return link(
        dice, host, f"{dice.pick(FOLDERS)}{dice.slug()}/", anchor="why tea tastes better from copper",
        first_seen=dice.day(120, 10), target_url=f"https://www.{SITE}/why-tea-tastes-better-from-copper",
    )  # fmt: skip


WAVES: Final[tuple[Callable[[Dice, int], Row], ...]] = (
    template_burst, private_network, numbered_mirrors, comment_wave, scattered_suffixes, slow_drip, link_list,
)  # fmt: skip
HONEST: Final[tuple[Callable[[Dice, int], Row], ...]] = (
    newspaper_group, syndicated_press, university, franchise, blog_tenants, blogroll, plugin_credit, viral_story,
)  # fmt: skip

#: Share of spam -> (ordinary domains, domains an honest group, domains a wave).
MIXES: Final = {"0 %": (1200, 36, 0), "5 %": (1200, 36, 11), "50 %": (800, 36, 155), "95 %": (160, 12, 700)}


@dataclass(frozen=True)
class Profile:
    """The links (``LINK_SCHEMA``), and of each referring domain the group it belongs to (``referring_domain, group``)."""

    links: pl.DataFrame
    truth: pl.DataFrame


def make_profile(mix: str, seed: int = 0) -> Profile:
    """A profile of one of ``MIXES``."""
    alone, honest, planted = MIXES[mix]
    counts = {ordinary: alone, **dict.fromkeys(HONEST, honest), **dict.fromkeys(WAVES, planted)}
    rows, truth, taken = [], [], set()
    for make, count in counts.items():
        for row in _rows(make, count, f"{seed}:{mix}"):
            domain = str(row["referring_domain"])
            if domain not in taken:
                taken.add(domain)
                rows.append({**dict.fromkeys(LINK_SCHEMA), **row})
                truth.append((domain, make.__name__))
    links = pl.DataFrame(rows, schema=LINK_SCHEMA)
    return Profile(links, pl.DataFrame(truth, schema=["referring_domain", "group"], orient="row"))


def _rows(make: Callable[[Dice, int], Row], count: int, seed: str) -> Iterator[Row]:
    for number in range(count):
        yield make(Dice(f"{seed}:{make.__name__}:{number}"), number)
