"""When which host is asked: many at once, each one slowly.

A host is asked by one thread at a time, and waits after each request. What comes before its first job (its robots.txt) is done a
little ahead by threads of their own, so that those that do jobs wait for nothing else. What is in memory is the hosts under way:
the source hands out the next ones when threads will soon have nothing to do, and a host whose pages are done is forgotten.
"""

from __future__ import annotations

import contextlib
import heapq
import itertools
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

Job = TypeVar("Job")

_LOOK_UP: Final = 1.0  # seconds after which a waiting thread looks whether it should stop


@dataclass(eq=False)
class Host(Generic[Job]):
    """A host under way; what is in it belongs to the one thread that asks it.

    Attributes:
        name: the host.
        jobs: what is still to be asked of it.
        ready: when it may be asked next (``time.monotonic``).
        busy: a thread has it.
        first: it needs no preparing (any more), and was not asked yet.
        closed: set by the work: it will not be asked again, and its jobs are handed out without waiting.
        memory: whatever the work keeps of the host while it is under way.
    """

    name: str
    jobs: deque[Job] = field(default_factory=deque)
    ready: float = 0.0
    busy: bool = False
    first: bool = False
    closed: bool = False
    memory: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Step(Generic[Job]):
    """What one piece of work came to.

    Attributes:
        rest: seconds until the host may be asked again; 0 where it was not asked.
        again: the job goes back to the front of the same host's.
        moved: a job for another host, by its name.
    """

    rest: float = 0.0
    again: Job | None = None
    moved: tuple[str, Job] | None = None


class Schedule(Generic[Job]):
    """Hands jobs to threads, host by host.

    Args:
        source: the hosts with their jobs, the first ones first, and whether they are to be prepared. A host that comes again is
            joined to the one under way.
        work: does one job; for many threads at once. What it raises ends the run.
        threads: how many do jobs; as many prepare.
        window: how many hosts may be under way.
        prepare: called with a host that is to be prepared, before its first job is handed out; for many threads at once. What it
            raises ends the run.
    """

    def __init__(
        self,
        source: Iterator[tuple[str, list[Job], bool]],
        work: Callable[[Host[Job], Job], Step[Job]],
        threads: int,
        window: int,
        prepare: Callable[[Host[Job]], None] = lambda host: None,
    ) -> None:
        self._source = source
        self._work = work
        self._threads = threads
        self._window = window
        self._prepare = prepare
        lock = threading.Lock()
        self._changed = threading.Condition(lock)  # there may be a job, or an end
        self._drawn = threading.Condition(lock)  # there may be a host to prepare, or an end
        self._hosts: dict[str, Host[Job]] = {}
        self._unprepared: deque[Host[Job]] = deque()
        self._waiting: list[tuple[float, int, Host[Job]]] = []  # a heap: hosts with jobs that are not busy
        self._resting: list[
            tuple[float, int, Host[Job]]
        ] = []  # a heap: hosts without jobs, until they may be asked
        self._order = itertools.count()
        self._busy = 0
        self._ahead = 0  # hosts that need no preparing (any more) and were not asked yet
        self._exhausted = False
        self._stopped = False
        self._error: BaseException | None = None

    def run(self, look: Callable[[], None] = lambda: None, every: float = 0.5) -> None:
        """Do all jobs; ``look`` is called in this thread every so many seconds.

        Raises:
            what ``work``, ``source`` or ``look`` raised. An interrupt ends the run when the requests under way are done.
        """
        core = _a_core()
        workers = [
            threading.Thread(target=self._guarded, args=(part, core), daemon=True)
            for part in (self._do_jobs, self._prepare_hosts)
            for _ in range(self._threads)
        ]
        for worker in workers:
            worker.start()
        try:
            for worker in workers:
                while worker.is_alive():
                    worker.join(every)
                    look()
        finally:
            self.stop()
            for worker in workers:
                worker.join()
        if self._error is not None:
            raise self._error

    def stop(self) -> None:
        """Begin nothing more."""
        with self._changed:
            self._stopped = True
            self._end()

    @property
    def under_way(self) -> tuple[int, int]:
        """Hosts being asked this moment, and hosts in memory."""
        return self._busy - len(self._unprepared), self._busy + len(self._waiting)

    def _guarded(self, part: Callable[[], None], core: int | None) -> None:
        try:
            _stay_on(core)
            part()
        except BaseException as error:  # handed to the thread that waits for all
            with self._changed:
                self._error = self._error or error
            self.stop()

    def _do_jobs(self) -> None:
        while (host := self._take()) is not None:
            job = host.jobs.popleft()
            step = self._work(host, job)
            self._put_back(host, step)

    def _prepare_hosts(self) -> None:
        while (host := self._take_unprepared()) is not None:
            self._prepare(host)
            with self._changed:
                self._in_line(host)

    def _take(self) -> Host[Job] | None:
        """The next host that may be asked, now this thread's; None when nothing is left or the run is stopped."""
        with self._changed:
            while not self._stopped:
                now = time.monotonic()
                self._forget_rested(now)
                if self._waiting and self._waiting[0][0] <= now:
                    host = heapq.heappop(self._waiting)[2]
                    self._hold(host)
                    if host.first:
                        host.first = False
                        self._ahead -= 1
                        self._draw()
                    return host
                if self._draw():
                    continue
                if self._waiting:
                    self._changed.wait(min(self._waiting[0][0] - now, _LOOK_UP))
                elif self._busy:
                    self._changed.wait(_LOOK_UP)
                else:
                    break
            self._end()
            return None

    def _take_unprepared(self) -> Host[Job] | None:
        """The next host to prepare, now this thread's; None when there is none or the run is stopped."""
        with self._changed:
            while not self._stopped:
                if self._unprepared:
                    return self._unprepared.popleft()
                if self._exhausted:
                    break
                self._drawn.wait(_LOOK_UP)
            return None

    def _draw(self) -> bool:
        """Draw a host from the source, if there is room for one; gives whether there was."""
        full = self._busy + len(self._waiting) >= self._window
        if self._exhausted or full or self._ahead + len(self._unprepared) >= self._threads:
            return False
        drawn = next(self._source, None)
        if drawn is None:
            self._exhausted = True
            self._end()
            return False
        name, jobs, to_prepare = drawn
        if name in self._hosts:
            self._join(name, jobs)
            return True
        host = self._hosts[name] = Host(name, deque(jobs))
        self._hold(host)
        if to_prepare:
            self._unprepared.append(host)
            self._drawn.notify()
        else:
            self._in_line(host)
        return True

    def _in_line(self, host: Host[Job]) -> None:
        """A host that was never asked, behind those that may be asked already."""
        host.first = True
        host.ready = time.monotonic()
        self._ahead += 1
        self._free(host)

    def _end(self) -> None:
        self._changed.notify_all()
        self._drawn.notify_all()

    def _hold(self, host: Host[Job]) -> None:
        host.busy = True
        self._busy += 1

    def _free(self, host: Host[Job]) -> None:
        host.busy = False
        self._busy -= 1
        self._queue(self._waiting if host.jobs else self._resting, host)

    def _join(self, name: str, jobs: list[Job]) -> None:
        """Give jobs to a host: one under way, one that rests, or a new one."""
        host = self._hosts.setdefault(name, Host(name))
        idle = not host.busy and not host.jobs
        host.jobs.extend(jobs)
        if idle and jobs:
            self._queue(self._waiting, host)

    def _queue(self, heap: list[tuple[float, int, Host[Job]]], host: Host[Job]) -> None:
        ready = 0.0 if host.closed and heap is self._waiting else host.ready
        heapq.heappush(heap, (ready, next(self._order), host))
        self._changed.notify()

    def _forget_rested(self, now: float) -> None:
        while self._resting and self._resting[0][0] <= now:
            host = heapq.heappop(self._resting)[2]
            if not host.busy and not host.jobs and host.ready <= now:
                self._hosts.pop(host.name, None)

    def _put_back(self, host: Host[Job], step: Step[Job]) -> None:
        with self._changed:
            if step.again is not None:
                host.jobs.appendleft(step.again)
            if step.moved is not None:
                self._join(step.moved[0], [step.moved[1]])  # may be this host, which is busy still
            host.ready = max(host.ready, time.monotonic() + step.rest)
            self._free(host)


def _a_core() -> int | None:
    """A processor that this process may use; another one for another process, most likely."""
    if sys.platform != "linux":
        return None
    cores = sorted(os.sched_getaffinity(0))
    return cores[os.getpid() % len(cores)]


def _stay_on(core: int | None) -> None:
    """Run this thread on one processor, where the system lets us.

    Only one thread of Python runs at a time. Spread over processors, many of them spend more on handing the turn over than on
    their work (Beazley, "Understanding the Python GIL", 2010); `benchmarks/crawl_speed.py` shows it.
    """
    if sys.platform == "linux" and core is not None:
        with contextlib.suppress(OSError):
            os.sched_setaffinity(0, {core})
