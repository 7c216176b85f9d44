"""Checking a disavow file, and asking it for pages, beside what the work cannot do without.

    python benchmarks/disavow_speed.py [--lines 100000] [--urls 1000000] [--runs 5]

``check`` of a file of 100,000 lines (bytes in, findings out) stands beside ``tldextract`` alone over the same
distinct hosts, with the same suffix list; ``covers`` for a million URLs beside ``urllib.parse.urlsplit`` of the
same. All in one process, without the network; the two sides of a ratio run in turn, and the ratio is that of
the medians. Compare ratios of one run, not seconds of two machines.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import polars as pl
import tldextract
from domains import ENDINGS

from detector.disavow.checking import check
from detector.disavow.parsing import DisavowFile
from detector.guards import Guards
from detector.links.domains import Domains, packaged_suffix_list

#: What is promised: at most so many times what stands beside it.
CHECK_LIMIT, COVERS_LIMIT = 3.0, 2.0


def make_file(count: int, draw: random.Random) -> tuple[bytes, list[str]]:
    """A file as people have them, and its distinct hosts: mostly domains, some pages, a comment now and then."""
    endings = draw.choices(list(ENDINGS), list(ENDINGS.values()), k=count)
    lines, hosts = [], []
    for number, ending in enumerate(endings):
        host = f"{'www.' * (number % 11 == 0)}site-{number:x}.{ending}"
        if number % 50 == 0:
            lines.append(f"# reviewed on day {number // 50}")
            continue
        hosts.append(host)
        lines.append(f"https://{host}/page-{number}.html" if number % 20 == 0 else f"domain:{host}")
    return ("\n".join(lines) + "\n").encode(), hosts


def make_urls(count: int, hosts: list[str], draw: random.Random) -> list[str]:
    """URLs of which half lie on hosts of the file, some below them, some on the very page."""
    known = [
        f"https://{'sub.' * (n % 5 == 0)}{draw.choice(hosts)}/article-{n}.html?page={n % 7}"
        for n in range(count // 2)
    ]
    other = [
        f"http://elsewhere-{draw.randrange(count // 10):x}.com/{n % 997}/{n}"
        for n in range(count - count // 2)
    ]
    both = known + other
    draw.shuffle(both)
    return both


def medians(runs: int, *works: Callable[[], object]) -> list[float]:
    """Median wall time of each work, run in turn."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(runs):
        for work, taken in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            taken.append(time.perf_counter() - start)
    return [statistics.median(taken) for taken in times]


def report(what: str, seconds: float, beside: str, base: float, limit: float) -> None:
    """One measured ratio, and whether it is what is promised."""
    ratio = seconds / base
    kept = "kept" if ratio <= limit else "MISSED"
    print(f"{what}: {seconds:.3f} s; {beside}: {base:.3f} s; ratio {ratio:.2f} (at most {limit:g}: {kept})")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--lines", type=int, default=100_000)
    options.add_argument("--urls", type=int, default=1_000_000)
    options.add_argument("--runs", type=int, default=5)
    chosen = options.parse_args()
    draw = random.Random(7)
    data, hosts = make_file(chosen.lines, draw)
    urls = make_urls(chosen.urls, hosts, draw)
    column = pl.Series(urls)
    print(f"{chosen.lines:,} lines, {len(hosts):,} distinct hosts, {len(data):,} bytes; {len(urls):,} URLs")

    guards = Guards(Domains.default(), site="own-site.example")
    with packaged_suffix_list() as path:
        extract = tldextract.TLDExtract(
            cache_dir=None, suffix_list_urls=(path.resolve().as_uri(),), fallback_to_snapshot=False, include_psl_private_domains=True
        )  # fmt: skip
        extract("example.com")
    checked, extracted = medians(
        chosen.runs,
        lambda: check(DisavowFile.parse(data), guards),
        lambda: [extract(host) for host in hosts],
    )
    report("check", checked, "tldextract", extracted, CHECK_LIMIT)

    def asked() -> int:
        file = DisavowFile.parse(data)
        return sum(file.covers(url) is not None for url in urls)

    def parsed() -> int:
        return sum(bool(urlsplit(url).netloc) for url in urls)

    one_by_one, column_wise, split = medians(
        chosen.runs, asked, lambda: DisavowFile.parse(data).covers_many(column), parsed
    )
    report("covers, one by one, the file parsed anew", one_by_one, "urlsplit", split, COVERS_LIMIT)
    report("covers_many, the file parsed anew", column_wise, "urlsplit", split, COVERS_LIMIT)


if __name__ == "__main__":
    main()
