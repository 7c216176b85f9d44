"""What one command costs: wall clock, processor time, and the most memory held at once.

Linux only: memory is read from /proc. The measuring process stays small, because a child starts
with its parent's peak on its own account.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

POLL_SECONDS = 0.02


@dataclass(frozen=True)
class Cost:
    wall: float  # seconds
    cpu: float  # seconds, user and system, children included
    peak: float  # MiB resident
    output: str


def measure(call: Sequence[str | Path]) -> Cost:
    """Runs a command to its end.

    Raises:
        SystemExit: the command failed; what it said is passed on, and nothing is measured.
    """
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        start = time.perf_counter()
        process = subprocess.Popen([str(part) for part in call], stdout=out, stderr=err)
        watch = _Watch(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        watched = watch.finish()
        out.seek(0)
        err.seek(0)
        if process.returncode:
            raise SystemExit(f"{' '.join(map(str, call))}\nexit {process.returncode}\n{err.read()}")
        peak = max(usage.ru_maxrss / 1024, watched)
        return Cost(wall, usage.ru_utime + usage.ru_stime, peak, out.read())


class _Watch:
    """Polls the memory of a process and all below it: a sum, where rusage knows only the largest one."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._poll, daemon=True)
        self._thread.start()

    def _poll(self) -> None:
        while not self._done.wait(POLL_SECONDS):
            self._peak = max(self._peak, _resident(self._pid))

    def finish(self) -> float:
        self._done.set()
        self._thread.join()
        return self._peak


def _resident(pid: int) -> float:
    """MiB that a process and its descendants hold; pages they share count more than once."""
    folder = Path(f"/proc/{pid}")
    try:
        pages = int((folder / "statm").read_text().split()[1])
        children = [
            int(child)
            for task in (folder / "task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except (OSError, IndexError):  # it ended while we looked
        return 0.0
    return pages * resource.getpagesize() / 2**20 + sum(map(_resident, children))


def detector() -> Path:
    """The installed command, of the environment that runs the benchmark."""
    path = Path(sys.executable).with_name("detector")
    if not path.exists():
        raise SystemExit("the detector command is not installed here: run the benchmark by `make bench`")
    return path
