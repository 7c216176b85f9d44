"""A million URLs over 160,000 hosts: what hosts and referring domains cost beside parsing the hosts alone.

    python benchmarks/domains.py [--urls 1000000] [--hosts 160000]

Medians of five runs in one process; compare figures of one run with each other, not with another machine's.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable

import polars as pl

from detector.links.domains import Domains

#: Where hosts lie, and how often: mostly plain domains, some under deep suffixes, some tenants of platforms.
ENDINGS = {
    "com": 50, "org": 8, "net": 8, "de": 6, "ru": 5, "co.uk": 5, "com.br": 3, "shop": 4, "xyz": 3,
    "blogspot.com": 3, "wordpress.com": 2, "pages.dev": 1, "co.jp": 2,
}  # fmt: skip
PATH_PLATFORMS = (
    "https://medium.com/@user{}/a-story",
    "https://github.com/user{}",
    "https://sites.google.com/view/s{}",
)


def urls_of(count: int, hosts: int, seed: int = 7) -> pl.Series:
    """``count`` URLs over ``hosts`` hosts; one in fifty on a path platform, one in a hundred has a port."""
    draw = random.Random(seed)
    endings = draw.choices(list(ENDINGS), list(ENDINGS.values()), k=hosts)
    names = [f"{'www.' * (n % 3 == 0)}site-{n:x}.{ending}" for n, ending in enumerate(endings)]

    def one(number: int) -> str:
        if number % 50 == 0:
            return draw.choice(PATH_PLATFORMS).format(draw.randrange(20_000))
        port = ":8080" * (number % 100 == 1)
        return f"https://{draw.choice(names)}{port}/{number % 997}/article-{number}.html?page={number % 7}"

    return pl.Series("source_url", [one(number) for number in range(count)])


def median_seconds(work: Callable[[], object], runs: int = 5) -> float:
    """Median wall time of ``runs`` calls."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--urls", type=int, default=1_000_000)
    options.add_argument("--hosts", type=int, default=160_000)
    chosen = options.parse_args()
    urls = urls_of(chosen.urls, chosen.hosts)
    known = Domains.default()
    hosts = known.hosts(urls)
    known.referring_domains(hosts, urls)
    first_time = Domains.default()
    units = known.referring_domains(hosts, urls)

    def both(domains: Domains) -> None:
        domains.referring_domains(domains.hosts(urls), urls)

    frame = urls.to_frame()
    rows = [
        ("parsing the hosts alone (regular expression)", lambda: frame.select(
            pl.col("source_url").str.extract(r"^https?://(?:[^/?#@]*@)?([^/?#:]*)"))),
        ("Domains.hosts", lambda: known.hosts(urls)),
        ("Domains.referring_domains, hosts known", lambda: known.referring_domains(hosts, urls)),
        ("Domains.describe, distinct units", lambda: known.describe(units.unique())),
        ("Domains.default()", Domains.default),
    ]  # fmt: skip
    print(f"{len(urls):,} URLs, {hosts.n_unique():,} hosts, {units.n_unique():,} referring domains")
    start = time.perf_counter()
    both(first_time)
    print(f"{time.perf_counter() - start:8.3f} s  hosts and referring domains, nothing known yet")
    for name, work in rows:
        print(f"{median_seconds(work):8.3f} s  {name}")


if __name__ == "__main__":
    main()
