"""The sample profile as the tools would export it: their columns, their encodings, their quoting.

Each writer takes the links (and sites) and gives the bytes of one file.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Literal

import idna
import sample_words as words
from sample_world import EXPORTED, Dice, Link, Site


def _header(*lines: str) -> list[str]:
    return ",".join(lines).split(",")


AHREFS = _header(
    "Referring page title,Referring page URL,Language,Platform,Referring page HTTP code,Domain rating,UR",
    "Domain traffic,Referring domains,Linked domains,External links,Page traffic,Keywords,Target URL",
    "Left context,Anchor,Right context,Redirect Chain URLs,Redirect Chain status codes,Type,Is spam,Content",
    "Nofollow,UGC,Sponsored,Rendered,Raw,Lost status,Drop reason,Discovered status,First seen,Last seen,Lost",
    "Author,Page type,Page category,Links in group",
)
SEMRUSH = _header(
    "Page ascore,Source title,Source url,Target url,Anchor,External links,Internal links,Nofollow,Sponsored",
    "Ugc,Text,Frame,Form,Image,Sitewide,First seen,Last seen,New link,Lost link",
)
SEMRUSH_DOMAINS = _header("Domain ascore,Domain,Backlinks,IP Address,Country,First seen,Last seen")
MAJESTIC = _header(
    "Target URL,Source URL,Anchor Text,Source Crawl Date,Source First Found Date,FlagNoFollow,FlagImageLink",
    "FlagRedirect,FlagFrame,FlagOldCrawl,FlagAltText,FlagMention,SourceCitationFlow,SourceTrustFlow",
    "TargetCitationFlow,TargetTrustFlow,SourceTopicalTrustFlow_Topic_0,SourceTopicalTrustFlow_Value_0",
    "RefDomainTopicalTrustFlow_Topic_0,RefDomainTopicalTrustFlow_Value_0",
)
UBERSUGGEST = _header(
    "No,Source Page Title,Source URL,Target URL,Domain Authority,Page Authority,Spam Score,Anchor Text",
    "First Seen,Last Seen",
)

PAGE_TYPES = {
    "editorial": "Article > Guide",
    "forum": "User content > Forum",
    "directory": "Listing collection > Service",
    "press": "Article > News",
}
PLATFORMS = {"forum": "message-boards", "comment_and_profile_spam": "message-boards", "link_farm": ""}


def _table(
    rows: Iterable[Sequence[object]],
    *,
    delimiter: str = ",",
    end: str = "\n",
    quoting: Literal[0, 1] = csv.QUOTE_MINIMAL,
) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
    return text.getvalue()


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _ascii_url(url: str) -> str:
    """The URL with its host in A-labels, as the tools other than Ahrefs print it."""
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}://{idna.encode(host, uts46=True).decode() if not host.isascii() else host}{slash}{path}"


def _seen(links: Sequence[Link], tool: str) -> list[Link]:
    return [link for link in links if tool in link.tools]


def _clock(day: date, dice: Dice) -> str:
    return f"{day} {dice.whole(0, 23):02}:{dice.whole(0, 59):02}:{dice.whole(0, 59):02}"


def _ahrefs_row(link: Link) -> list[object]:
    dice = Dice(f"ahrefs:{link.url}")
    site, status = (
        link.site,
        {"notfound": 404, "pageerror": 503}.get(link.lost, 0 if dice.chance(0.06) else 200),
    )
    traffic = int(site.traffic * dice.skewed(0, 0.05))
    return [
        *(
            link.title,
            link.url,
            site.language,
            PLATFORMS.get(site.group, dice.pick(("wordpress", ""))),
            status,
        ),
        *(f"{site.rating:g}", f"{link.page_rating:g}", site.traffic, int(dice.skewed(0, site.rating / 4))),
        *(max(1, int(link.external_links * 0.6)), link.external_links, traffic, traffic // 9, link.target),
        *(
            link.before,
            link.anchor,
            link.after,
            "",
            "",
            "image" if link.image else "text",
            _flag(site.flagged),
        ),
        *(_flag(link.content), _flag(link.nofollow), _flag(link.ugc), _flag(link.sponsored), "false", "true"),
        *(link.lost, "", dice.pick(("pagefound", "pagefound", "linkfound"))),
        *(_clock(link.first_seen, dice), _clock(link.last_seen, dice)),
        _clock(link.last_seen + timedelta(days=5), dice) if link.lost else "",
        *("", PAGE_TYPES.get(site.group, ""), "", dice.whole(2, 40) if link.sitewide else 1),
    ]


def ahrefs_backlinks(links: Sequence[Link]) -> bytes:
    """Backlinks of 2026: UTF-16LE with a byte order mark, tabs, every field quoted, LF, named .csv."""
    rows: list[Sequence[object]] = [AHREFS, *(_ahrefs_row(link) for link in _seen(links, "ahrefs"))]
    return _table(rows, delimiter="\t", quoting=csv.QUOTE_ALL).encode("utf-16-le").join((b"\xff\xfe", b""))


def semrush_backlinks(links: Sequence[Link]) -> bytes:
    """Backlinks: UTF-8 without a mark, minimal quoting, CRLF; one of Text, Frame, Form, Image is true."""
    rows: list[Sequence[object]] = [SEMRUSH]
    for link in _seen(links, "semrush"):
        dice = Dice(f"semrush:{link.url}")
        first = min(link.first_seen + timedelta(days=dice.whole(0, 12)), link.last_seen)
        rows.append(
            [
                *(
                    int(link.site.rating * dice.skewed(0.5, 1)),
                    link.title,
                    _ascii_url(link.url),
                    link.target,
                    link.anchor,
                ),
                *(
                    link.external_links,
                    dice.whole(3, 90),
                    _flag(link.nofollow),
                    _flag(link.sponsored),
                    _flag(link.ugc),
                ),
                *(
                    _flag(not link.image),
                    "false",
                    "false",
                    _flag(link.image),
                    _flag(link.sitewide),
                    first,
                    link.last_seen,
                ),
                *(_flag(first > EXPORTED - timedelta(days=30)), _flag(bool(link.lost))),
            ]
        )
    return _table(rows, end="\r\n").encode()


def semrush_domains(sites: Sequence[Site], links: Sequence[Link]) -> bytes:
    """Referring domains with addresses: UTF-8, LF, most links first.

    It knows more domains than the links file, and of a path tenant (medium.com/@x) only the platform.
    """
    known = {link.site.referring_domain for link in _seen(links, "semrush")}
    by_site: dict[str, list[Link]] = {}
    for link in links:
        by_site.setdefault(link.site.referring_domain, []).append(link)
    rows: list[list[object]] = [
        [1, host, n, "", "us", "2018-05-01", EXPORTED] for host, n in _platforms(links).items()
    ]
    for site in sites:
        domain, dice = site.referring_domain, Dice(f"semrush:{site.referring_domain}")
        if "/" in domain or not (domain in known or dice.chance(0.3)):
            continue
        own = by_site[domain]
        count = sum(dice.whole(2, 40) if link.sitewide else 1 for link in own)
        first, last = min(link.first_seen for link in own), max(link.last_seen for link in own)
        rows.append([int(site.rating * 0.8), domain, count, site.ip, site.country, first, last])
    rows.sort(key=lambda row: (-int(str(row[2])), str(row[1])))
    return _table([SEMRUSH_DOMAINS, *rows]).encode()


def _platforms(links: Sequence[Link]) -> Counter[str]:
    tenants = (link.site.referring_domain for link in links if "/" in link.site.referring_domain)
    return Counter(tenant.split("/")[0] for tenant in tenants)


def gsc_latest_links(links: Sequence[Link]) -> bytes:
    """Latest links of Search Console: two columns, minimal quoting, no newline at the end."""
    rows = [(_ascii_url(link.url), link.last_seen) for link in _seen(links, "gsc")]
    rows.sort(key=lambda row: (row[1], row[0]), reverse=True)
    return _table([("Linking page", "Last crawled"), *rows]).rstrip("\n").encode()


def gsc_top_sites(links: Sequence[Link]) -> bytes:
    """Top linking sites of Search Console: a table about sites, not about links."""
    pages: dict[str, set[str]] = {}
    targets: dict[str, set[str]] = {}
    for link in _seen(links, "gsc"):
        host = link.site.referring_domain.split("/")[0]
        pages.setdefault(host, set()).add(link.url)
        targets.setdefault(host, set()).add(link.target)
    rows = sorted(
        ((host, len(urls), len(targets[host])) for host, urls in pages.items()), key=lambda r: (-r[1], r[0])
    )
    return _table([("Site", "Linking pages", "Target pages"), *rows]).rstrip("\n").encode()


def majestic_backlinks(links: Sequence[Link]) -> bytes:
    """The backlinks download: target first, flags that are set by not being empty; gzip, no time stamp."""
    rows: list[Sequence[object]] = [MAJESTIC]
    for link in _seen(links, "majestic"):
        site = link.site
        topic = "" if site.toxic else "Home/Cooking"
        rows.append(
            [
                *(link.target, _ascii_url(link.url), link.anchor, link.last_seen, link.first_seen),
                *("+" if link.nofollow else "", "+" if link.image else "", "", "", "+" if link.lost else ""),
                *("+" if link.image and link.anchor else "", "", site.citation, site.trust, 24, 27),
                *(topic, site.trust if topic else 0, topic, site.trust if topic else 0),
            ]
        )
    text = "\ufeff" + _table(rows, quoting=csv.QUOTE_ALL)
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def ubersuggest_backlinks(links: Sequence[Link]) -> bytes:
    """Backlinks: numbers bare, texts quoted, `null` for no score, titles with line breaks inside, CRLF."""
    lines = [",".join(UBERSUGGEST)]
    for number, link in enumerate(_seen(links, "ubersuggest"), 1):
        dice = Dice(f"ubersuggest:{link.url}")
        spam = dice.whole(25, 80) if link.site.flagged else dice.whole(1, 30)
        title = f"\n\t{link.title}\n" if dice.chance(0.2) else link.title
        quoted = [
            f'"{text.replace(chr(34), chr(34) * 2)}"' for text in (title, _ascii_url(link.url), link.target)
        ]
        anchor = link.anchor.lower().replace('"', '""')
        score = "null" if dice.chance(0.2) else str(spam)
        numbers = (str(int(link.site.rating)), str(int(link.page_rating)), score)
        lines.append(
            ",".join(
                [str(number), *quoted, *numbers, f'"{anchor}"', f'"{link.first_seen}"', f'"{link.last_seen}"']
            )
        )
    return ("\r\n".join(lines) + "\r\n").encode()


def truth(sites: Sequence[Site]) -> bytes:
    """What the generator knows: the group of every referring domain, and whether its links are toxic."""
    rows = [(site.referring_domain, site.group, _flag(site.toxic)) for site in sites]
    rows += [
        ("medium.com", "platform", "false"),
        ("sites.google.com", "platform", "false"),
        ("github.com", "platform", "false"),
    ]
    return _table([("referring_domain", "group", "toxic"), *sorted(rows)]).encode()


def old_disavow(sites: Sequence[Site]) -> bytes:
    """An old disavow file as people upload them: a byte order mark, mixed line ends, many faults."""
    of = {
        group: [s.referring_domain for s in sites if s.group == group] for group in {s.group for s in sites}
    }
    farm, seller, trade, forum = (
        of["link_farm"],
        of["link_seller"],
        of["trade_spam"],
        of["comment_and_profile_spam"],
    )
    lines = [
        f"# Disavow file for {words.SITE}",
        "# 2025-12-03: wrote to the owner of the two directories below, twice, no answer (Mara)",
        f"domain:{farm[0]}",
        f"domain: {farm[1]}",
        f"DOMAIN:{farm[2].upper()}",
        "",
        "# suggested by a tool, spring 2026",
        f"{seller[0]}",
        f"domain:{seller[1]}  ",
        f"domain:{seller[1]}",
        f"domain:www.{seller[2]}",
        f"domain:https://{trade[0]}/bonus/",
        f"domain:{trade[1]} # casino",
        f"*.{trade[2]}",
        "domain:bücher-töplinks.example",
        f"https://{forum[0]}/member.php?u=4411",
        f"https://{farm[0]}/links/page-17.html",
        "domain:org.br",
        "domain:blogspot.com",
        "domain:kettle-and-thyme.example",
        "best kettle 2026 buy now",
        "# do not remove: agreed with legal, ticket 118",
        "domain:gone-since-2024.example",
    ]
    ends = ["\r\n" if number % 3 else "\n" for number in range(len(lines))]
    return b"\xef\xbb\xbf" + "".join(line + end for line, end in zip(lines, ends, strict=True)).encode()


#: File name -> how it is made.
FILES: dict[str, Callable[[Sequence[Site], Sequence[Link]], bytes]] = {
    "ahrefs-backlinks.csv": lambda sites, links: ahrefs_backlinks(links),
    "semrush-backlinks.csv": lambda sites, links: semrush_backlinks(links),
    "semrush-referring-domains.csv": semrush_domains,
    "gsc-latest-links.csv": lambda sites, links: gsc_latest_links(links),
    "gsc-top-linking-sites.csv": lambda sites, links: gsc_top_sites(links),
    "majestic-backlinks.csv.gz": lambda sites, links: majestic_backlinks(links),
    "ubersuggest-backlinks.csv": lambda sites, links: ubersuggest_backlinks(links),
    "old-disavow.txt": lambda sites, links: old_disavow(sites),
    "truth.csv": lambda sites, links: truth(sites),
}
