"""The schedule: every job is done once, hosts in memory stay few, and what goes wrong ends the run."""

from __future__ import annotations

import random
import threading
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from local_web import SHORT, LocalWeb

from detector.web.crawling import Settings, crawl
from detector.web.outcomes import Outcome
from detector.web.schedule import Host, Schedule, Step
from detector.web.visiting import Pace


def hosts(number: int, jobs: int) -> Iterator[tuple[str, list[str]]]:
    for n in range(number):
        yield f"h{n}", [f"h{n}/{job}" for job in range(jobs)]


def test_every_job_is_done_once_and_few_hosts_are_in_memory() -> None:
    done: Counter[str] = Counter()
    lock = threading.Lock()
    most = 0

    def work(host: Host[str], job: str) -> Step[str]:
        nonlocal most
        with lock:
            done[job] += 1
            most = max(most, schedule.under_way[1])
        return Step(rest=0.0)

    schedule: Schedule[str] = Schedule(hosts(5000, 3), work, threads=8, window=50)
    schedule.run()
    assert len(done) == 15_000
    assert set(done.values()) == {1}
    assert most <= 50
    assert schedule.under_way == (0, 0)


def test_jobs_that_move_and_come_again_are_all_done_and_no_host_is_asked_twice_at_once() -> None:
    chance = random.Random(3)
    busy: Counter[str] = Counter()
    ended: Counter[str] = Counter()
    asked: dict[str, float] = {}
    lock = threading.Lock()

    def work(host: Host[str], job: str) -> Step[str]:
        with lock:
            busy[host.name] += 1
            assert busy[host.name] == 1
            assert time.monotonic() - asked.get(host.name, -1) >= 0.01
            turn = chance.random()
        time.sleep(0.001)
        with lock:
            busy[host.name] -= 1
            asked[host.name] = time.monotonic()
            if turn < 0.3:
                return Step(0.01, again=job)
            if turn < 0.6:
                return Step(0.01, moved=(f"h{chance.randrange(60)}", job))
            ended[job] += 1
        return Step(0.01)

    Schedule(hosts(50, 4), work, threads=8, window=10).run()
    assert len(ended) == 200
    assert set(ended.values()) == {1}


def test_a_closed_host_keeps_nobody_waiting() -> None:
    seen = []

    def work(host: Host[str], job: str) -> Step[str]:
        seen.append(job)
        if host.closed:
            return Step()
        host.closed = True
        return Step(rest=3600)

    start = time.monotonic()
    Schedule(hosts(1, 5), work, threads=2, window=5).run()
    assert len(seen) == 5
    assert time.monotonic() - start < 2


@pytest.mark.parametrize("where", ["work", "source", "look"])
def test_what_is_raised_ends_the_run(where: str) -> None:
    def work(host: Host[str], job: str) -> Step[str]:
        if where == "work" and job == "h20/0":
            raise OSError("disk full")
        return Step()

    def source() -> Iterator[tuple[str, list[str]]]:
        for n, host in enumerate(hosts(10_000_000, 1)):
            if where == "source" and n == 20:
                raise OSError("disk full")
            yield host

    def look() -> None:
        if where == "look":
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        Schedule(source(), work, threads=4, window=10).run(look, every=0.05)


@pytest.mark.slow
def test_memory_is_flat_over_thousands_of_hosts(web: LocalWeb, audit_of: Any, tmp_path: Path) -> None:
    """Ten times the hosts, hardly more memory; the fixed part (a window of hosts, a batch of rows) is in both."""

    def peak(number: int) -> float:
        folder = audit_of({f"g{n}.test": [f"http://g{n}.test/page"] for n in range(number)})
        settings = Settings(
            "test@crawler.example", pages_per_domain=1, threads=4, pace=Pace(0.1), limits=SHORT, store=tmp_path / f"store{number}"
        )  # fmt: skip
        tracemalloc.start()
        done = crawl(folder, settings, guard=web.guard)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert done.outcomes == {Outcome.NAME_GONE: number}
        return found / 1e6

    peak(50)  # what is imported and filled once
    few, many = peak(400), peak(4000)
    assert many - few < 1.0, (few, many)
