"""How fast the review answers: first screen, filters, searches, a decision; and the same table in Datasette.

    python benchmarks/review_speed.py [--rows 5000000] [--domains 300000] [--times 15] [--datasette PATH]

An audit of a generated export (kept in benchmarks/out) is reviewed by the installed command, in a headless Chromium.
Measured in the page itself: from the navigation to the first domains on the screen; from a change of a filter, or the
last letter of a search, to the new list (the 40 ms for which the page waits for further letters included); from the key
of a decision to the moment at which the page has learnt that it is on the disk. Medians, and the slowest.

The peer is what a user would open instead: the same table as SQLite in Datasette (``--datasette``: its executable, from an
environment of its own), its pages loaded by the same browser. Its table has an index on each filtered column and a
full-text index for the search.
"""

from __future__ import annotations

import argparse
import socket
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from statistics import median
from typing import Any

import polars as pl
from audit_speed import OUT, SITE
from explain_speed import export_of
from measure import detector
from playwright.sync_api import Page, sync_playwright

from detector import Settings, audit

#: In the page: does something, and tells after how many milliseconds a part of the page has changed; ``seen``: and is drawn.
CHANGED = """
([act, part, seen]) => new Promise((resolve) => {
  const start = performance.now();
  const watch = new MutationObserver(() => {
    watch.disconnect();
    const ended = () => resolve(performance.now() - start);
    if (seen) requestAnimationFrame(ended); else ended();
  });
  watch.observe(document.querySelector(part), {childList: true, characterData: true, subtree: true});
  const set = (id, value) => {
    const field = document.getElementById(id);
    if (field.type === "checkbox") field.checked = value; else field.value = value;
    field.dispatchEvent(new Event(field.type === "search" || field.type === "text" ? "input" : "change", {bubbles: true}));
  };
  const press = (key) => document.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
  ({set: () => set(act[1], act[2]), press: () => press(act[1])})[act[0]]();
})
"""
#: What is asked, by turns: (name, steps); each step is (field, value).
FILTERS = (
    ("kind", ("link farm", "link seller", "")),
    ("tld", ("com", "org", "")),
    ("topic", ("gambling", "adult", "")),
    ("state", ("", "undecided")),
    ("cluster", ("1", "2", "")),
    ("order", ("links", "newest", "priority")),
)
SEARCHES = ("casino", "shop", "kettle thyme", "cheap", ".com", "slot", "")
ANCHORS = ("casino", "kettle", "viagra", "")


def audited(rows: int, domains: int) -> Path:
    """The folder of the audit, made once."""
    folder = OUT / f"reviewed-{rows}-{domains}"
    if not (folder / "audit.json").exists():
        audit([export_of(rows, domains)], Settings(site=SITE), folder)
    for left in folder.glob("decisions.sqlite*"):
        left.unlink()
    return folder


@contextmanager
def running(call: list[str | Path], says: str) -> Iterator[tuple[str, float]]:
    """A server: the line with its address, and after how many seconds it said so."""
    start = time.perf_counter()
    with subprocess.Popen(
        [*map(str, call)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout
        try:
            for line in process.stdout:
                if says in line:
                    yield "http" + line.split("http", 1)[1].split()[0], time.perf_counter() - start
                    return
            raise SystemExit(f"{call[0]} did not start")
        finally:
            process.terminate()


def told(name: str, took: list[float], promised: float | None = None) -> None:
    """One line of the result."""
    promise = (
        ""
        if promised is None
        else f"   promised {promised:,.0f} ms: {'kept' if median(took) <= promised else 'BROKEN'}"
    )
    print(f"  {name:34}{median(took):9.0f} ms   slowest {max(took):6.0f} ms{promise}", flush=True)


def first_screens(open_page: Callable[[], Page], url: str, ready: str, times: int) -> list[float]:
    """Milliseconds from the navigation until there is something to read."""
    took = []
    for _ in range(times):
        page = open_page()
        start = time.perf_counter()
        page.goto(url, wait_until="commit")
        page.wait_for_selector(ready)
        took.append((time.perf_counter() - start) * 1000)
        page.context.close()
    return took


def review(browser: Any, folder: Path, times: int) -> None:
    with tempfile.TemporaryDirectory() as stores, running(
        [detector(), "review", folder, "--no-open", "--store", stores], "Review of"
    ) as (url, started):  # fmt: skip
        print(f"detector review (ready after {started:.1f} s)")
        told(
            "first screen",
            first_screens(lambda: browser.new_context().new_page(), url, ".row .name", times),
            1000,
        )
        page = browser.new_context(viewport={"width": 1360, "height": 900}).new_page()
        page.goto(url)
        page.wait_for_selector("#kind option:nth-child(3)", state="attached")

        def change(*act: str, part: str = "#queue .space", seen: bool = True) -> float:
            took = float(page.evaluate(CHANGED, [act, part, seen]))
            page.wait_for_timeout(700)  # the page is at rest again
            return took

        rounds = max(1, times // 5)
        told(
            "filter",
            [
                change("set", name, value)
                for _ in range(rounds)
                for name, values in FILTERS
                for value in values
            ],
            200,
        )
        told("search", [change("set", "search", words) for _ in range(rounds) for words in SEARCHES], 200)
        waited = change("set", "anchor", ANCHORS[0])
        told(
            "search in all anchors",
            [change("set", "anchor", words) for _ in range(rounds) for words in ANCHORS[1:] + ANCHORS[:1]],
            200,
        )
        print(f"  (the first one, which waits until every anchor is read: {waited:.0f} ms)")
        change("set", "anchor", "")
        keys = [change("press", "dki"[turn % 3], part="#toast", seen=False) for turn in range(times)]
        told("decision saved", keys, 50)
        told("undo", [change("press", "u", part="#toast", seen=False) for _ in range(times)])
        page.context.close()


def free_port() -> int:
    """A port that nobody uses at the moment (Datasette names none that the system chose)."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def table_of(folder: Path, path: Path) -> None:
    """The audit's table as SQLite, as a user would import it: indexes, and full text over name, anchors and kind."""
    frame = pl.read_csv(folder / "referring-domains.csv", infer_schema_length=10_000)
    columns = ", ".join(f'"{name}"' for name in frame.columns)
    with sqlite3.connect(path) as connection:
        connection.execute(f"CREATE TABLE domains ({columns})")
        connection.executemany(
            f"INSERT INTO domains VALUES ({', '.join('?' * frame.width)})", frame.iter_rows()
        )
        for name in ("verdict", "kind", "topic", "cluster", "links", "first_seen", "probability"):
            connection.execute(f"CREATE INDEX by_{name} ON domains ({name})")
        connection.execute(
            "CREATE VIRTUAL TABLE domains_fts USING fts5 (referring_domain, anchors, kind, content=domains)"
        )
        connection.execute("INSERT INTO domains_fts (domains_fts) VALUES ('rebuild')")


def datasette(browser: Any, executable: Path, folder: Path, times: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        database = Path(place) / "audit.db"
        table_of(folder, database)
        with running(
            [
                executable,
                "serve",
                database,
                "--port",
                str(free_port()),
                "--setting",
                "sql_time_limit_ms",
                "20000",
            ],
            "Uvicorn running on",
        ) as (url, started):
            base = f"{url.rstrip('/')}/audit/domains"
            print(f"Datasette (ready after {started:.1f} s); it decides nothing")
            kinds = ["link+farm", "link+seller", "spam+trade"]
            questions = {
                "first screen": ["?_sort_desc=probability"],
                "filter": [f"?kind={kind}" for kind in kinds]
                + ["?topic=gambling", "?cluster=1", "?_sort_desc=links"],
                "search": [
                    f"?_search={words}" for words in ("casino", "shop", "kettle+thyme", "cheap", "slot")
                ],
            }
            for name, asked in questions.items():
                rounds = max(1, times // len(asked))
                told(
                    name,
                    [
                        t
                        for _ in range(rounds)
                        for query in asked
                        for t in first_screens(
                            lambda: browser.new_context().new_page(),
                            base + query,
                            "table.rows-and-columns td, .zero-results",
                            1,
                        )
                    ],
                )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--domains", type=int, default=300_000)
    parser.add_argument("--times", type=int, default=15)
    parser.add_argument("--datasette", type=Path)
    args = parser.parse_args()
    chromium = which("chromium") or which("google-chrome")
    if chromium is None:
        raise SystemExit("NOT RUN: no Chromium here")
    folder = audited(args.rows, args.domains)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        print(f"{args.domains:,} domains, {args.rows:,} links")
        review(browser, folder, args.times)
        if args.datasette:
            datasette(browser, args.datasette, folder, args.times)
        browser.close()


if __name__ == "__main__":
    main()
