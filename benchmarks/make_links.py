"""Writes a backlinks export of any size in the shape of the real ones.

    python benchmarks/make_links.py links.csv --rows 5000000 [--domains 300000] [--encoding utf-16]

Ahrefs' 37 columns of 2026-02, about 420 bytes a row, links to one invented site. UTF-8 is written with
commas and quotes where needed; UTF-16 as Ahrefs itself does it: BOM, TAB, everything quoted. The same
arguments give the same bytes. Referring domains are invented syllables under real suffixes, so that the
suffix list and the tenants' rules have their work; the addresses are of the range reserved for
benchmarks. Nothing is fetched.

What was measured on real exports, and is imitated (A: Ahrefs, 1,508 rows, one link a domain; B: Ahrefs,
2,436 rows, 1,693 hosts; S: Semrush, 140 sites pooled, 273,928 rows, 30,577 hosts):

| | A | B | S | here, 500,000 rows |
|---|---|---|---|---|
| links a host: 1; 75, 95, 99 % | | .88; 1, 2, 7 | .50; 3, 17, 116 | .47; 4, 27, 166 |
| distinct anchors / rows; commonest | .37; .21 | .37; .23 | .10; .05 | .15; .14 |
| distinct titles / rows | .95 | .75 | .37 | .39 |
| distinct source URLs / rows | 1 | .82 | .77 | .88 |
| distinct targets / rows; commonest | .16; .26 | .19; .44 | .06; .03 | .04; .10 |
| left context: empty, distinct / rows | .52, .41 | .77, .16 | | .55, .27 |
| bytes: title, URL, anchor, contexts | 64, 68, 26, 44 | 59, 77, 46, 21 | 53, 76, 30 | 62, 70, 28, 35 |

S says how links spread over domains: P(n or more links) is close to 1 / n. Here it is n ** -a, with a
chosen so that the asked numbers of rows and domains come out. Nofollow .30, image .08, lost .25, spam
flag .26, as in A. Two rows in a hundred repeat an earlier row in every cell, as merged and re-saved
exports do.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
from drawing import (
    Ints,
    Text,
    chance,
    chosen,
    constant,
    heavy,
    joined,
    mixed,
    pick,
    where,
    zipf,
)
from words import (
    BRAND_ANCHORS,
    CAMPAIGN_ANCHORS,
    LANGUAGES,
    TENANT_HOSTS,
    TENANT_PATHS,
    TLDS,
)

SITE = "www.kettle-and-thyme.example"
ROWS_A_DOMAIN = 5_000_000 / 300_000
CHUNK = 250_000
DUPLICATES = 0.02
NOW = int(datetime(2026, 2, 6, tzinfo=UTC).timestamp())
DAY = 86_400

PLATFORMS = (None, "wordpress", "ecommerce, wordpress", "blogs")
HTTP_CODES = ("200", "0", "404", "403", "301", "429")
LOST_STATUS = ("pageredirected", "removedfromhtml", "pageerror", "notfound", None)
DISCOVERED = ("pagefound", "linkfound", "linkrestored")
FOLDERS = ("/", "/blog/", "/2025/11/", "/category/news/")
PAGE_TYPES = ("Article > Guide", "Site page > Services")
PAGE_CATEGORIES = ("Travel > Accommodations", "Internet > Web services > SEO and marketing; Business")

HONEST, NOISE, CAMPAIGN, TENANT, PATH_TENANT, ADDRESS = range(6)
KIND_SHARES = (0.615, 0.22, 0.10, 0.05, 0.012, 0.003)


def links_per_domain(rows: int, domains: int) -> Ints:
    """Links of each domain, heaviest first: P(n or more) = n ** -a, none above 2.5 % of the rows."""
    rank = domains / np.arange(1, domains + 1)
    most = max(1, int(rows * 0.025))

    def counts(power: float) -> Ints:
        return np.minimum(np.floor(rank**power), most).astype(np.int64)

    low, high = 0.0, 4.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if counts(middle).sum() < rows else (low, middle)
    result = counts(low)
    short = rows - int(result.sum())  # what whole numbers leave over is spread over the middle of the list
    result += short // domains
    result[domains // 10 : domains // 10 + short % domains] += 1
    return result


# ------------------------------------------------------------------------------------------------ domains


@dataclass(frozen=True)
class Domains:
    """One entry a referring domain."""

    links: Ints
    kind: Ints
    language: Ints
    base: pl.Series  # scheme and host, of a path tenant its prefix too
    rating: Ints
    traffic: Ints


def invented_names(count: int) -> pl.Series:
    """Distinct pronounceable names: the digits of a permuted number, each a syllable."""
    syllables = [a + b for a in "bcdfghjklmnprstvwxyz" for b in "aeiou"]  # 100 of them
    number = np.arange(count) * 7_368_787 % 10**8  # coprime to 10: no two are equal below 10 ** 8
    return joined([chosen(syllables, number // 100**place % 100) for place in range(4)], "")


def make_domains(rows: int, count: int) -> Domains:
    ids = np.arange(count)
    kind = pick(KIND_SHARES, chance(ids, 1))
    language = pick([share for share, _ in LANGUAGES.values()], chance(ids, 2))
    names = invented_names(count)
    tld = chosen(list(TLDS), pick(list(TLDS.values()), chance(ids, 3)))
    www = chosen(("", "www."), pick((0.55, 0.45), chance(ids, 4)))
    scheme = chosen(("https://", "http://"), pick((0.9, 0.1), chance(ids, 5)))
    tail = chosen(("", "-seo", "-links", "24", "-blog", "shop"), pick((70, 4, 4, 8, 6, 8), chance(ids, 6)))

    ordinary = joined([scheme, www, joined([joined([names, tail], ""), tld], ".")], "")
    hosts = chosen(TENANT_HOSTS, pick(np.ones(len(TENANT_HOSTS)), chance(ids, 7)))
    paths = chosen(TENANT_PATHS, pick(np.ones(len(TENANT_PATHS)), chance(ids, 7)))
    address = joined([pl.Series(part) for part in (18 + ids // 65536 % 2, ids // 256 % 256, ids % 256)], ".")
    base = where(kind == TENANT, joined([scheme, joined([names, hosts], ".")], ""), ordinary)
    base = where(kind == PATH_TENANT, joined([constant("https://", ids), paths, names], ""), base)
    base = where(kind == ADDRESS, joined([constant("http://198.", ids), address], ""), base)

    honest = kind == HONEST
    rating = np.floor(-np.log1p(-chance(ids, 8)) * np.where(honest, 22, 6)).clip(0, 95).astype(np.int64)
    traffic = np.floor(np.exp(chance(ids, 9) * 14) * (rating > 3) * np.where(honest, 1, 0.1)).astype(np.int64)
    links = links_per_domain(rows, count)
    return Domains(links[np.argsort(chance(ids, 10))], kind, language, base, rating, traffic)


# ------------------------------------------------------------------------------------------------ links


def make_chunk(rows: Ints, domain: Ints, domains: Domains, text: Text, targets: pl.Series) -> pl.DataFrame:
    """The links of these row numbers on these domains, in Ahrefs' columns."""
    size = domains.links[domain]
    kind, language = domains.kind[domain], domains.language[domain]
    spammy = (kind == NOISE) | (kind == CAMPAIGN)
    written = np.where(spammy, len(LANGUAGES), language)
    page = (mixed(rows, 20) % (size * 4).astype(np.uint64)).astype(np.int64)
    topic = page % np.ceil(size**0.85).astype(np.int64)  # a large site repeats its titles and contexts
    about = mixed(domain, topic)
    link_type = pick((0.918, 0.08, 0.002), chance(rows, 21))
    redirect = link_type == 2
    lost = chance(rows, 22)
    first, last, lost_at = dates(rows, domain, kind, lost < 0.25)
    classified = chance(domain, 23) < 0.25

    def prose(part: int, groups: int) -> pl.Series:
        return text.sentence(written, mixed(domain, topic, part), groups)

    columns = {
        "Referring page title": where(chance(rows, 24) < 0.99, prose(0, 3)),
        "Referring page URL": source_urls(rows, domain, domains, text, page),
        "Language": where(chance(domain, 25) < 0.88, chosen(list(LANGUAGES), language)),
        "Platform": chosen(PLATFORMS, pick((49, 36, 10, 5), chance(domain, 26))),
        "Referring page HTTP code": chosen(HTTP_CODES, pick((80, 8, 4, 3, 3, 2), chance(rows, 27))),
        "Domain rating": domains.rating[domain],
        "UR": np.round(np.where(chance(rows, 28) < 0.43, 0, 3 + chance(rows, 29) * 4), 1),
        "Domain traffic": domains.traffic[domain],
        "Referring domains": heavy(rows, 30, 0.82),
        "Linked domains": heavy(rows, 31, 0.02, 12),
        "External links": heavy(rows, 32, 0.01, 20),
        "Page traffic": heavy(rows, 33, 0.89),
        "Keywords": heavy(rows, 34, 0.83),
        "Target URL": targets.gather(zipf(rows, 35, len(targets))),
        "Left context": where(chance(rows, 36) < 0.45, prose(1, 2)),
        "Anchor": anchors(rows, domain, kind, size, written, text),
        "Right context": where(chance(rows, 37) < 0.42, prose(2, 2)),
        "Redirect Chain URLs": where(redirect, constant(f"http://{SITE}/", rows)),
        "Redirect Chain status codes": where(redirect, constant("301", rows)),
        "Type": chosen(("text", "image", "redirect"), link_type),
        "Is spam": chance(domain, 38) < np.where(spammy, 0.75, 0.02),
        "Content": chance(rows, 39) < 0.57,
        "Nofollow": chance(rows, 41) < np.where(chance(domain, 40) < 0.27, 0.95, 0.06),
        "UGC": chance(rows, 42) < 0.004,
        "Sponsored": chance(rows, 43) < 0.001,
        "Rendered": chance(rows, 44) < 0.06,
        "Raw": chance(rows, 45) < 0.997,
        "Lost status": chosen(LOST_STATUS, pick((4, 4, 4, 5, 83), lost)),
        "Drop reason": where((lost >= 0.17) & (lost < 0.25), constant("tooold", rows)),
        "Discovered status": chosen(DISCOVERED, pick((69, 16, 15), chance(rows, 46))),
        "First seen": first,
        "Last seen": last,
        "Lost": lost_at,
        "Author": where(chance(rows, 47) < 0.15, invented_names(1000).gather(about % np.uint64(1000))),
        "Page type": where(classified, chosen(PAGE_TYPES, domain % len(PAGE_TYPES))),
        "Page category": where(classified, chosen(PAGE_CATEGORIES, domain % len(PAGE_CATEGORIES))),
        "Links in group": 1 + heavy(rows, 49, 0.5),
    }
    return pl.DataFrame(columns)


def source_urls(rows: Ints, domain: Ints, domains: Domains, text: Text, page: Ints) -> pl.Series:
    """URLs of pages: a slug or a query; some large sites link from several hosts."""
    number = pl.Series(page).cast(pl.String)
    words = text.draw(text.slugs, domains.language[domain], mixed(domain, page), 2)
    folder = chosen(FOLDERS, pick((40, 30, 20, 10), chance(domain, 50)))
    ending = chosen(("/", ".html", ""), domain % 3)
    slug = joined([folder, joined([*words, number], "-"), ending], "")
    query = joined([chosen(("/index.php?p=", "/viewtopic.php?t="), domain % 2), number], "")
    path = where(chance(domain, 51) < 0.85, slug, query)

    base = domains.base.gather(domain)
    many = (domains.kind[domain] < TENANT) & (chance(domain, 52) < 0.08) & (chance(rows, 53) < 0.5)
    bare = base.str.replace(r"^https?://(?:www\.)?", "")
    elsewhere = joined([chosen(("https://blog.", "https://news.", "https://m."), rows % 3), bare], "")
    return joined([where(many, elsewhere, base), path], "")


def anchors(rows: Ints, domain: Ints, kind: Ints, size: Ints, written: Ints, text: Text) -> pl.Series:
    """Brand and naked anchors, a campaign's own, and what each domain's pages say."""
    own = mixed(domain, rows % np.ceil(size**0.7).astype(np.int64), 3)
    plain = joined(text.draw(text.prose, written, own, 2))
    brand = chosen(BRAND_ANCHORS, zipf(rows, 54, len(BRAND_ANCHORS)))
    money = chosen(CAMPAIGN_ANCHORS, zipf(domain, 55, len(CAMPAIGN_ANCHORS)))
    said = where(chance(rows, 56) < np.where(kind == HONEST, 0.6, 0.35), brand, plain)
    said = where((kind == CAMPAIGN) & (chance(rows, 57) < 0.9), money, said)
    return where(chance(rows, 58) < 0.97, said)


def dates(
    rows: Ints, domain: Ints, kind: Ints, lost: npt.NDArray[np.bool_]
) -> tuple[pl.Series, pl.Series, pl.Series]:
    """First seen, last seen, lost. The campaign came within twelve weeks, on a domain all in one week."""
    wave = 200 - chance(domain, 60) * 77 - chance(rows, 61) * 7  # in days before NOW
    ordinary = 1 + chance(rows, 62) ** 2 * 3650
    first = np.where(kind == CAMPAIGN, wave, ordinary)
    last = first * np.where(lost, chance(rows, 63), chance(rows, 63) ** 4 * 0.2)

    def moment(days: npt.NDArray[np.float64]) -> pl.Series:
        return pl.from_epoch(pl.Series(NOW - (days * DAY).astype(np.int64)), time_unit="s")

    return moment(first), moment(last), where(lost, moment((last - 9).clip(0)))


def make_targets(count: int, text: Text) -> pl.Series:
    """Pages of the audited site, its home page first."""
    ids = np.arange(count)
    words = text.draw(text.slugs, ids * 0, mixed(ids, 70), 1)
    paths = joined([*words, pl.Series(ids).cast(pl.String)], "-")
    home = constant(f"https://{SITE}/", ids)
    return where(ids > 0, joined([home, paths], ""), home)


def make_chunks(rows: int, domain_count: int) -> Iterator[pl.DataFrame]:
    """The export, CHUNK rows at a time. Memory: the domains, 4 bytes a row, one chunk."""
    domains = make_domains(rows, domain_count)
    text = Text.of_all_languages()
    targets = make_targets(max(1, min(20_000, rows // 15)), text)
    owner = np.repeat(np.arange(domain_count, dtype=np.int32), domains.links)
    np.random.default_rng(0).shuffle(owner)
    for start in range(0, rows, CHUNK):
        numbers = np.arange(start, min(start + CHUNK, rows))
        chunk = make_chunk(numbers, owner[numbers].astype(np.int64), domains, text, targets)
        position = np.arange(len(numbers))
        earlier = (position * chance(numbers, 71)).astype(np.int64)
        yield chunk[np.where(chance(numbers, 72) < DUPLICATES, earlier, position)]


def write_export(path: Path, rows: int, domain_count: int, encoding: str) -> None:
    """Writes beside, then renames: a file that exists is whole."""
    beside = path.with_name(path.name + ".part")
    wide = encoding == "utf-16"
    with beside.open("wb") as file:
        if wide:
            file.write(b"\xff\xfe")
        for number, chunk in enumerate(make_chunks(rows, domain_count)):
            buffer = io.BytesIO()
            chunk.write_csv(
                buffer,
                include_header=number == 0,
                separator="\t" if wide else ",",
                quote_style="always" if wide else "necessary",
                datetime_format="%Y-%m-%d %H:%M:%S",
            )
            file.write(buffer.getvalue().decode().encode("utf-16-le") if wide else buffer.getbuffer())
    beside.replace(path)


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a backlinks export in the shape of the real ones.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--domains", type=int, help="referring domains; by default one for every 16.7 rows")
    parser.add_argument("--encoding", choices=("utf-8", "utf-16"), default="utf-8")
    args = parser.parse_args()
    domain_count = args.domains or max(1, round(args.rows / ROWS_A_DOMAIN))
    if not 0 < domain_count <= args.rows:
        parser.error("there must be at least one row a domain")
    write_export(args.path, args.rows, domain_count, args.encoding)


if __name__ == "__main__":
    main()
