"""When which host is asked: many at once, each one slowly.

A host is asked by one thread at a time, and waits after each request. What is in memory is the hosts under way: the source
hands out the next ones when threads have nothing to do, and a host whose pages are done is forgotten.
"""

from __future__ import annotations

import heapq
import itertools
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
        closed: set by the work: it will not be asked again, and its jobs are handed out without waiting.
        memory: whatever the work keeps of the host while it is under way.
    """

    name: str
    jobs: deque[Job] = field(default_factory=deque)
    ready: float = 0.0
    busy: bool = False
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
        source: the hosts with their jobs, the first ones first. A host that comes again is joined to the one under way.
        work: does one job; for many threads at once. What it raises ends the run.
        threads: how many.
        window: how many hosts may be under way.
    """

    def __init__(
        self,
        source: Iterator[tuple[str, list[Job]]],
        work: Callable[[Host[Job], Job], Step[Job]],
        threads: int,
        window: int,
    ) -> None:
        self._source = source
        self._work = work
        self._threads = threads
        self._window = window
        self._changed = threading.Condition()
        self._hosts: dict[str, Host[Job]] = {}
        self._waiting: list[tuple[float, int, Host[Job]]] = []  # a heap: hosts with jobs that are not busy
        self._resting: list[
            tuple[float, int, Host[Job]]
        ] = []  # a heap: hosts without jobs, until they may be asked
        self._order = itertools.count()
        self._busy = 0
        self._exhausted = False
        self._stopped = False
        self._error: BaseException | None = None

    def run(self, look: Callable[[], None] = lambda: None, every: float = 0.5) -> None:
        """Do all jobs; ``look`` is called in this thread every so many seconds.

        Raises:
            what ``work``, ``source`` or ``look`` raised. An interrupt ends the run when the requests under way are done.
        """
        workers = [threading.Thread(target=self._serve, daemon=True) for _ in range(self._threads)]
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
            self._changed.notify_all()

    @property
    def under_way(self) -> tuple[int, int]:
        """Hosts being asked this moment, and hosts in memory."""
        return self._busy, self._busy + len(self._waiting)

    def _serve(self) -> None:
        try:
            while (host := self._take()) is not None:
                job = host.jobs.popleft()
                step = self._work(host, job)
                self._put_back(host, step)
        except BaseException as error:  # handed to the thread that waits for all
            with self._changed:
                self._error = self._error or error
            self.stop()

    def _take(self) -> Host[Job] | None:
        """The next host that may be asked, now this thread's; None when nothing is left or the run is stopped."""
        with self._changed:
            while not self._stopped:
                now = time.monotonic()
                self._forget_rested(now)
                if self._waiting and self._waiting[0][0] <= now:
                    host = heapq.heappop(self._waiting)[2]
                    host.busy = True
                    self._busy += 1
                    return host
                if not self._exhausted and self._busy + len(self._waiting) < self._window:
                    self._draw()
                elif self._waiting:
                    self._changed.wait(min(self._waiting[0][0] - now, _LOOK_UP))
                elif self._busy:
                    self._changed.wait(_LOOK_UP)
                else:
                    break
            self._changed.notify_all()
            return None

    def _draw(self) -> None:
        drawn = next(self._source, None)
        if drawn is None:
            self._exhausted = True
            return
        name, jobs = drawn
        self._join(name, jobs)

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
            self._busy -= 1
            host.busy = False
            host.ready = max(host.ready, time.monotonic() + step.rest)
            self._queue(self._waiting if host.jobs else self._resting, host)
            self._changed.notify()
