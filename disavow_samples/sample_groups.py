"""The groups of referring domains that make up the sample profile: how many, how strong, how named.

Adding a kind of link is one row in `GROUPS` and, if it has names of its own, one in `LABELS` or `TENANTS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import sample_words as words
from sample_words import Texts

TOOLS: Final = ("ahrefs", "semrush", "gsc", "majestic", "ubersuggest")
SEEN_WELL: Final = (0.72, 0.62, 0.60, 0.34, 0.16)
SEEN_LITTLE: Final = (0.62, 0.52, 0.16, 0.24, 0.05)


@dataclass(frozen=True)
class Group:
    """One kind of referring domain: ranges are (low, high), shares are between 0 and 1.

    ``networks`` are the beginnings of its addresses: documentation networks for those who share one,
    RFC 2544's benchmarking block for everybody else. ``language`` is that of pages whose texts
    are not given by language.
    """

    name: str
    count: int
    toxic: bool
    texts: dict[str, Texts] | Texts
    rating: tuple[float, float]
    traffic: tuple[float, float]
    links: tuple[int, int]
    external: tuple[int, int]
    since: tuple[date, date]
    seen: tuple[float, ...] = SEEN_WELL
    nofollow: float = 0.1
    branded: float = 0.0
    flagged: float = 0.05
    networks: tuple[str, ...] = ("198.18.", "198.19.")
    targets: tuple[str, ...] = words.RECIPES
    lost: float = 0.06
    content: bool = True
    ugc: float = 0.0
    language: str = "en"


def _span(first: str, last: str) -> tuple[date, date]:
    return date.fromisoformat(first), date.fromisoformat(last)


LONG: Final = _span("2017-02-01", "2026-06-30")
RECENT: Final = _span("2025-01-10", "2026-09-20")
SHOP: Final = ("", *words.GOODS)
ANY: Final = ("", *words.RECIPES, *words.GOODS)

# Columns: name, count, toxic, texts | rating, traffic, links, external links of a page | since | the rest.
# fmt: off
GROUPS: Final = (
    Group("editorial", 104, False, words.EDITORIAL, (4, 58), (0, 42_000), (1, 5), (4, 38), LONG,
          branded=0.45),
    Group("forum", 18, False, words.FORUM, (12, 61), (300, 90_000), (1, 3), (3, 25), LONG,
          nofollow=0.5, ugc=0.6),
    Group("directory", 16, False, words.DIRECTORY, (6, 48), (20, 9_000), (1, 2), (20, 140), LONG,
          nofollow=0.3, targets=("",), content=False, flagged=0.15),
    Group("press", 14, False, words.PRESS, (58, 86), (80_000, 2_400_000), (1, 2), (8, 45), LONG,
          nofollow=0.3, targets=SHOP, branded=0.2),
    Group("small_site_ugly_numbers", 32, False, words.UGLY, (0, 3), (0, 12), (1, 2), (8, 160), LONG,
          flagged=0.3, targets=("", *words.RECIPES), content=False, nofollow=0.02),
    Group("nofollow_only", 16, False, words.EDITORIAL, (10, 66), (100, 60_000), (1, 3), (5, 50), LONG,
          nofollow=1.0),
    Group("lost", 14, False, words.EDITORIAL, (2, 40), (0, 6_000), (1, 2), (4, 40), LONG,
          lost=1.0, branded=0.4),
    Group("scraper_images", 34, False, words.SCRAPER, (0, 6), (0, 150), (1, 4), (60, 220),
          RECENT, SEEN_LITTLE, targets=words.PICTURES, flagged=0.5, nofollow=0.15, content=False),
    Group("scraper_lists", 14, False, words.LINK_LIST, (0, 30), (0, 400), (1, 2), (90, 400),
          RECENT, SEEN_LITTLE, targets=("",), flagged=0.4, nofollow=0.4, content=False),
    Group("platform_tenant_honest", 10, False, words.EDITORIAL, (2, 30), (0, 900), (1, 3), (3, 20), LONG,
          branded=0.4),
    Group("negative_seo_wave", 152, True, words.WAVE, (0, 4), (0, 3), (1, 3), (1_860, 3_150),
          _span("2026-08-10", "2026-09-16"), SEEN_LITTLE, networks=("192.0.2.", "198.18.", "198.19."),
          targets=SHOP, flagged=0.8, nofollow=0.02),
    Group("link_seller", 20, True, words.SELLER, (1, 34), (0, 1_200), (1, 3), (1_900, 4_200),
          _span("2026-05-02", "2026-10-01"), SEEN_LITTLE, targets=("",), flagged=0.75, nofollow=0.03),
    Group("trade_spam", 34, True, words.TRADE_PAGES, (0, 18), (0, 300), (1, 3), (40, 900),
          _span("2025-11-01", "2026-10-01"), SEEN_LITTLE, targets=ANY, flagged=0.7,
          nofollow=0.05, language=""),
    Group("link_farm", 30, True, words.FARM, (2, 9), (0, 20), (2, 5), (510, 930),
          _span("2026-03-02", "2026-04-20"), (0.75, 0.7, 0.3, 0.5, 0.1), networks=("198.51.100.",),
          targets=words.GOODS, flagged=0.45, nofollow=0.0, content=False, lost=0.0),
    Group("pbn", 12, True, words.PBN, (14, 33), (0, 60), (1, 2), (9, 34),
          _span("2025-06-01", "2026-07-30"), (0.8, 0.7, 0.5, 0.6, 0.2), networks=("203.0.113.",),
          targets=words.GOODS, flagged=0.3, nofollow=0.0, lost=0.0),
    Group("platform_tenant_spam", 22, True, words.PBN, (0, 3), (0, 5), (1, 3), (12, 80),
          _span("2026-02-01", "2026-10-02"), SEEN_LITTLE, targets=words.GOODS, flagged=0.3),
    Group("comment_and_profile_spam", 22, True, words.COMMENT, (3, 50), (0, 8_000), (1, 3), (70, 2_400),
          RECENT, SEEN_LITTLE, targets=SHOP, nofollow=0.35, ugc=0.3, flagged=0.5, content=False),
    Group("hacked_page", 12, True, words.HACKED, (8, 47), (30, 7_000), (1, 2), (180, 1_300),
          RECENT, SEEN_LITTLE, targets=SHOP, flagged=0.5, nofollow=0.0, content=False, language="ja"),
)
# fmt: on

LANGUAGES: Final = ("en",) * 7 + ("de",) * 3 + ("fr", "fr", "es", "es", "pt", "ja", "ru", "tr", "he")
COUNTRY: Final = {"en": "gb", "ja": "jp", "he": "il"}

#: Tenants: what is the tenant's own (as a referring domain is written), and where its pages lie.
TENANTS: Final = {
    "platform_tenant_honest": (
        "zz-sample-{n}.wordpress.com",
        "medium.com/@zz-sample-cook-{n}",
        "github.com/zz-sample-{n}",
    ),
    "platform_tenant_spam": (
        "zz-sample-{n}.wordpress.com",
        "zz-sample-{n}.blogspot.com",
        "sites.google.com/view/zz-sample-{n}",
        "medium.com/@zz-sample-{n}",
        "zz-sample-{n}.weebly.com",
        "zz-sample-{n}.pages.dev",
    ),
}

#: Domain labels of the groups that have no language of their own: first parts, second parts, form.
LABELS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...], str]]] = {
    "forum": (
        ("baking", "kueche", "kuhnya", "cafetera", "caydanlik"),
        ("talk", "board", "forum"),
        "{a}-{b}-{n}",
    ),
    "directory": (("local", "stadt", "annuaire", "guia"), ("shops", "index", "register"), "{a}-{b}-{m}"),
    "press": (
        ("morning", "evening", "valley", "coast"),
        ("courier", "herald", "tribuene", "gazette", "clarion"),
        "the-invented-{a}-{b}",
    ),
    "small_site_ugly_numbers": (
        ("maria", "tanja", "x7", "landfrauen", "scouts", "oldbakery"),
        ("homepage", "web", "2004", "page", "free"),
        "{a}{b}{m}",
    ),
    "scraper_images": (("wallpaper", "pics", "img", "clipart"), ("dump", "hd", "mega", "box"), "{a}-{b}-{n}"),
    "scraper_lists": (("site", "domain", "web"), ("stats", "worth", "az-list"), "{a}-{b}-{m}"),
    "negative_seo_wave": (
        ("best", "rank", "mega", "top", "fast", "cheap"),
        ("seo-links", "boost", "backlink", "traffic", "kettle-deals"),
        "{a}-{b}-{n}-{s}",
    ),
    "link_seller": (
        ("rank", "pbn", "bulk", "oldschool"),
        ("links-signal", "market", "posting", "hub"),
        "{a}-{b}-{m}",
    ),
    "trade_spam": (
        ("slot", "casino", "judi", "bahis", "pharma"),
        ("gacor", "royal", "bonus", "online"),
        "{a}-{b}-{n}",
    ),
    "link_farm": (
        ("kettle", "teapot", "kitchen", "cookware"),
        ("resources", "weblinks", "topsites"),
        "{a}-{b}-{m}",
    ),
    "pbn": (
        ("northfield", "st-agnes", "riverside", "hollowbrook", "elmgate"),
        ("dental-care", "church-choir", "plumbers", "yoga-studio", "primary-school"),
        "{a}-{b}-sample",
    ),
    "comment_and_profile_spam": (
        ("moto", "fishing", "retro-pc", "garten"),
        ("forum", "guestbook", "club"),
        "{a}-{b}-{m}",
    ),
    "hacked_page": (
        ("hotel", "museum", "clinic"),
        ("sample-valley", "musterstadt", "exemple-sur-mer"),
        "{a}-{b}-{m}",
    ),
}
SHOPLIKE: Final = ("shop", "store", "online", "top", "site")
