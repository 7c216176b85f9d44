"""How fast pages are read: facts and signals of pages, per second and core, beside the HTML parser alone.

    python benchmarks/page_speed.py [--pages 300] [--runs 3]     # with DETECTOR_RAW=DIR: the real pages of the raw data

Without the raw data the pages are made up: 100 kB each, of which a third are scripts, 12 kB text, 150 links. Measured is processor time (what
else the machine does must not count) of one process and one thread; speed is told per 100 kB of HTML, so that pages of different sizes compare.
*Parser alone* is the parsing of the same bytes; *signals* are those of stage ``seen`` over the table of all pages.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import resource
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from selectolax.lexbor import LexborHTMLParser
from words import LANGUAGES

from detector.signals.neighbours import seen_signals
from detector.signals.site import make_site
from detector.web.page import PageFacts, page_table, read_page

SITE = "kettle-and-thyme.example"


def made(number: int) -> bytes:
    """One page of about 100 kB; the same number gives the same page."""
    rng = random.Random(number)
    words = LANGUAGES["en"][1].split()

    def text(count: int) -> str:
        return " ".join(rng.choices(words, k=count))

    def link(at: int) -> str:
        host = f"site-{rng.randrange(5000)}.example" if at % 4 == 0 else f"blog-{number}.example"
        return f'<a class="link item-{at}" href="https://{host}/{text(3).replace(" ", "-")}" title="{text(4)}">{text(3)}</a>'

    script = f"<script>{''.join(f'var v{n}={{a:{rng.random()},b:function(x){{return x<{n}}}}};' for n in range(620))}</script>"
    items = "".join(
        f'<li class="menu-item item-{n}" id="m{n}"><span class="icon i{n}" data-n="{n}"></span>{link(n)}</li>'
        for n in range(120)
    )
    body = "".join(
        f'<p class="para" style="margin:0 0 10px">{text(50)} {link(n)} {text(20)}</p>' for n in range(30)
    )
    cards = "".join(
        f'<div class="card col-{n % 4}" data-id="{n}" data-config="{text(12)}"><div class="card-inner"><img src="/img/{n}.jpg" alt="{text(3)}" width="300" height="200">'
        f'<h3 class="card-title">{text(5)}</h3><div class="meta"><span>{n} min</span><time datetime="2026-01-01">today</time></div></div></div>'
        for n in range(75)
    )
    page = (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{text(8)}</title>{script}</head><body class='post-{number}'>"
        f"<nav class=menu><ul>{items}</ul></nav><main><h1>{text(6)}</h1>{body}<a href='https://{SITE}/'>kettles</a></main>"
        f"<aside class=sidebar>{cards}</aside><footer>{text(40)}</footer></body></html>"
    )
    return page.encode()


def real(raw: Path) -> list[bytes]:
    """The ordinary pages of the raw data."""
    files = sorted((raw / "data" / "html").glob("readability/*/source.html.gz"))
    files += sorted((raw / "data" / "html").glob("scrapinghub/*.html.gz"))
    return [gzip.decompress(file.read_bytes()) for file in files]


def seconds(work: Callable[[], object], runs: int) -> float:
    """Median processor time."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return median(times)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    raw = os.environ.get("DETECTOR_RAW")
    pages = real(Path(raw)) if raw else [made(number) for number in range(options.pages)]
    units = sum(map(len, pages)) / 100_000
    facts: list[PageFacts] = []

    def read() -> None:
        facts[:] = [
            read_page(page, f"https://blog-{at}.example/p", targets=[SITE]) for at, page in enumerate(pages)
        ]

    read_page(
        b"<p>" + b"warm up the language detector with a sentence of some length " * 3, "https://a.example/"
    )
    parsing = seconds(lambda: [LexborHTMLParser(page) for page in pages], options.runs)
    reading = seconds(read, options.runs)
    signals = seconds(lambda: seen_signals(page_table(facts), make_site(SITE)), options.runs)
    print(f"{len(pages)} {'real' if raw else 'made-up'} pages, {units / len(pages):.2f} times 100 kB each")
    for name, cost in (
        ("parser alone", parsing),
        ("facts", reading),
        ("signals", signals),
        ("facts and signals", reading + signals),
    ):
        print(
            f"{name:18} {cost / units * 1000:6.2f} ms per 100 kB, {units / cost:7.0f} pages of 100 kB a second and core"
        )
    print(f"facts and signals cost {(reading + signals) / parsing:.1f} times the parser alone")
    print(
        f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB, with all pages and facts held"
    )


if __name__ == "__main__":
    main()
