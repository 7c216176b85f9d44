"""The command, run in the test's own process: what takes long to start (Python, Polars, scikit-learn) starts once.

All but the start is a user's: ``main`` with its arguments, its folder, its streams (files, no terminal) and its exit code.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

import pytest


class Done(NamedTuple):
    """How a command ended, and what it wrote (its lines end in ``\\n`` on every system)."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


def run(*args: str | Path, cwd: Path | None = None, timeout: float = 300) -> Done:
    """Exit code and output of ``detector`` with these arguments, in this folder; fails after ``timeout`` seconds."""
    from detector.cli.main import main

    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as out,
        tempfile.TemporaryFile("w+", encoding="utf-8", errors="backslashreplace") as err,
        Path(os.devnull).open() as nothing,
        pytest.MonkeyPatch.context() as patch,
        _limited(timeout),
    ):
        patch.setattr(sys, "argv", ["detector", *map(str, args)])
        patch.setattr(sys, "stdin", nothing)
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        patch.setattr(sys, "unraisablehook", sys.unraisablehook)
        if cwd:
            patch.chdir(cwd)
        code: Any = 0
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
        return Done(code, _text(out), _text(err))


def _text(file: IO[str]) -> str:
    file.seek(0)
    return file.read()


class _TooLong(BaseException):
    """Not to be taken for an error of the command's own."""


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise _TooLong(f"the command still ran after {seconds} seconds")

    if not hasattr(signal, "setitimer"):  # no such clock on this system: a command that hangs, hangs
        yield
        return
    ended = signal.getsignal(signal.SIGTERM)  # the command sees to it itself
    former = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, former)
        signal.signal(signal.SIGTERM, ended)
