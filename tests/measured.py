"""A command in a process of its own, and the most memory it took."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

#: Runs the command, and tells its peak on a last line of standard error: of this command alone, whatever ran before it.
_MEASURE: Final = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(done.returncode)
"""


def run_measured(*args: str | Path, cwd: Path) -> tuple[subprocess.CompletedProcess[str], int]:
    """The installed ``detector`` with these arguments, and its peak of memory (bytes)."""
    pytest.importorskip("resource", reason="NOT RUN: no measure of memory on this system")
    command = [sys.executable, "-c", _MEASURE, Path(sys.executable).with_name("detector"), *args]
    done = subprocess.run(
        [*map(str, command)], cwd=cwd, capture_output=True, text=True, timeout=300, check=False
    )
    unit = 1 if sys.platform == "darwin" else 1024
    return done, int(done.stderr.splitlines()[-1]) * unit
