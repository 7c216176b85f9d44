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


def hosts(number: int, jobs: int, *, to_prepare: bool = False) -> Iterator[tuple[str, list[str], bool]]:
    for n in range(number):
        yield f"h{n}", [f"h{n}/{job}" for job in range(jobs)], to_prepare


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


def test_each_host_is_prepared_once_before_its_first_job_and_jobs_do_not_wait_for_others_to_be() -> None:
    prepared: Counter[str] = Counter()
    lock = threading.Lock()
    stuck = threading.Event()
    done: list[str] = []

    def prepare(host: Host[str]) -> None:
        if host.name in {"h0", "h1", "h2"}:
            assert stuck.wait(20)
        with lock:
            prepared[host.name] += 1

    def work(host: Host[str], job: str) -> Step[str]:
        with lock:
            assert prepared[host.name] == 1
            done.append(job)
            if len(done) == 97 * 2:  # all but those of the three that are stuck
                stuck.set()
        return Step()

    source = hosts(100, 2, to_prepare=True)
    Schedule(source, work, threads=4, window=20, prepare=prepare).run()
    assert stuck.is_set()
    assert len(set(done)) == len(done) == 200
    assert set(prepared.values()) == {1}


def test_a_host_that_others_send_jobs_to_while_it_is_prepared_is_asked_after_that() -> None:
    ready = threading.Event()
    sent = threading.Event()
    seen: list[str] = []

    def prepare(host: Host[str]) -> None:
        if host.name == "h1":
            assert sent.wait(20)
            ready.set()

    def work(host: Host[str], job: str) -> Step[str]:
        if job == "h0/0" and host.name == "h0":
            threading.Timer(0.05, sent.set).start()  # the job is moved by then
            return Step(moved=("h1", job))
        if host.name == "h1":
            assert ready.is_set()
        seen.append(job)
        return Step()

    Schedule(hosts(2, 1, to_prepare=True), work, threads=2, window=5, prepare=prepare).run()
    assert sorted(seen) == ["h0/0", "h1/0"]


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


@pytest.mark.parametrize("where", ["work", "prepare", "source", "look"])
def test_what_is_raised_ends_the_run(where: str) -> None:
    def work(host: Host[str], job: str) -> Step[str]:
        if where == "work" and job == "h20/0":
            raise OSError("disk full")
        return Step()

    def prepare(host: Host[str]) -> None:
        if where == "prepare" and host.name == "h20":
            raise OSError("disk full")

    def source() -> Iterator[tuple[str, list[str], bool]]:
        for n, host in enumerate(hosts(10_000_000, 1, to_prepare=True)):
            if where == "source" and n == 20:
                raise OSError("disk full")
            yield host

    def look() -> None:
        if where == "look":
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        Schedule(source(), work, threads=4, window=10, prepare=prepare).run(look, every=0.05)


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
    # a short crawl now and then peaks 1.1 MB lower, before its window is full; a long one never
    few, many = max(peak(400), peak(500)), peak(4000)
    assert many - few < 1.5, (few, many)
