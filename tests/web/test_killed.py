"""Killed at random instants and resumed: no page is lost, and none is asked for twice within its freshness."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from local_web import LocalWeb, answer

from detector.web.store import PageStore

HOSTS, PAGES, THREADS = 150, 3, 8


def start(folder: Path, store: Path) -> subprocess.Popen[str]:
    call = [
        sys.executable, "-c", "from detector.cli.main import main; main()", "crawl", str(folder), "--store", str(store),
        "--contact", "test@crawler.example", "--threads", str(THREADS), "--delay", "0.1",
    ]  # fmt: skip
    environment = os.environ | {"DETECTOR_TEST_LOOPBACK": "1"}
    return subprocess.Popen(call, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def served(web: LocalWeb, audit_of: Callable[..., Path]) -> Path:
    def page(asked):  # type: ignore[no-untyped-def]
        time.sleep(0.02)
        return answer(f"<title>{asked.host}{asked.path}</title>" + "<p>text</p>" * 200)

    hosts = [f"h{n}.test" for n in range(HOSTS)]
    for host in hosts:
        web.site(host, page)
    return audit_of({host: [web.url(host, f"/{n}") for n in range(PAGES - 1)] for host in hosts})


def check(web: LocalWeb, folder: Path, store: Path, kills: int) -> None:
    table = pl.read_parquet(folder / "pages.parquet")
    assert table.height == HOSTS * PAGES
    assert set(table["outcome"]) == {"live", "unlinked"}
    with PageStore(store) as pages:
        for url in table["url"]:
            visit = pages.visit(url)
            assert visit is not None
            content = pages.content(visit)
            assert content is not None, url
            assert content[1].startswith(
                f"<title>{url.split('/')[2].partition(':')[0]}/{url.split('/', 3)[3]}<".encode()
            )
    asked = Counter((one.host, one.path) for one in web.asked if one.path != "/robots.txt")
    repeated = sum(number - 1 for number in asked.values())
    assert (
        repeated <= kills * THREADS
    )  # the requests under way when it was killed, whose answers nobody had yet


@pytest.mark.slow
def test_killed_at_random_instants_and_resumed(
    web: LocalWeb, audit_of: Callable[..., Path], tmp_path: Path
) -> None:
    folder, store = served(web, audit_of), tmp_path / "store"
    chance = random.Random(7)
    kills = 0
    while kills < 6:
        process = start(folder, store)
        before = len(web.asked)
        while len(web.asked) < before + chance.randrange(1, 80) and process.poll() is None:
            time.sleep(0.005)
        if process.poll() is not None:
            break
        time.sleep(chance.random() * 0.05)
        process.kill()
        process.communicate()
        kills += 1
    assert kills >= 4
    process = start(folder, store)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    check(web, folder, store, kills)
    asked = len(web.asked)
    out, err = start(folder, store).communicate(timeout=60)
    assert len(web.asked) == asked
    assert f"{HOSTS * PAGES:,} known already" in out


@pytest.mark.slow
def test_interrupted_it_ends_cleanly_and_goes_on(
    web: LocalWeb, audit_of: Callable[..., Path], tmp_path: Path
) -> None:
    folder, store = served(web, audit_of), tmp_path / "store"
    process = start(folder, store)
    while len(web.asked) < 60:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "the next run goes on from there" in out
    assert "Traceback" not in err
    table = pl.read_parquet(folder / "pages.parquet")
    assert 0 < table.filter(pl.col("status") == 200).height < HOSTS * PAGES
    assert table.filter(pl.col("outcome") == "not_fetched").height > 0
    process = start(folder, store)
    process.communicate(timeout=120)
    check(web, folder, store, kills=0)
