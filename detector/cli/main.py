"""The way into the command ``detector``, and out of it.

Exit codes over the whole command line: 0 done (whatever the verdicts), 1 faults found by a check, 2 wrong usage,
3 input unread or only partly read, 130 interrupted.
"""

from __future__ import annotations

import io
import os
import signal
import sys
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from sys import UnraisableHookArgs


def _unraisable(unraisable: UnraisableHookArgs) -> None:
    """Let an interrupt that also hits where nothing can be raised (a finalizer) print no traceback."""
    if unraisable.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(unraisable)


def _make_writable() -> None:
    """Standard streams that can be written to, whatever who started us has done to them."""
    sys.stdout = sys.stdout or _nowhere()  # closed
    sys.stderr = sys.stderr or _nowhere()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout = _whole(sys.stdout)


def _nowhere() -> TextIO:
    return os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")


def _whole(stream: io.TextIOWrapper) -> io.TextIOWrapper:
    """Standard output that is written whole or raises, and that no letter ends in a traceback.

    With PYTHONUNBUFFERED set Python writes as much as there is room for, and says nothing of the rest. What the
    encoding of the output does not know (half of a letter in a file's name, Cyrillic on a Western Windows) is escaped.
    """
    errors = "backslashreplace" if stream.errors == "strict" else stream.errors
    if isinstance(stream.buffer, io.RawIOBase):
        buffer = io.BufferedWriter(stream.buffer)
        return io.TextIOWrapper(buffer, stream.encoding, errors, line_buffering=True)
    stream.reconfigure(errors=errors)
    return stream


#: For how many milliseconds Polars keeps memory that is free before it gives it back: a file is read piece by piece, and what
#: one piece leaves the next takes. Given back after half a second, as by default, each page is asked for and emptied anew:
#: an audit of millions of links takes some 7 % longer (docs/benchmarks.md).
_MEMORY: Final = "dirty_decay_ms:5000"


def main() -> None:
    """Run the command line; every error meant for the user becomes one sentence and an exit code."""
    os.environ.setdefault("_RJEM_MALLOC_CONF", _MEMORY)  # read when Polars is first imported
    sys.unraisablehook = _unraisable
    # `timeout`, a container that is stopped: as by Ctrl-C, no draft is left behind
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    _make_writable()
    try:
        from detector.cli.commands import app  # takes a while: an interrupt must find us in here

        app()
    except KeyboardInterrupt:  # before the commands are there; later they see to it themselves
        sys.exit(130)
    except OSError as error:  # a disk that is full, a folder that vanished while we worked
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what had no room is not tried again
        place = f"{error.filename}: " if error.filename else ""
        sys.stderr.write(f"detector: {place}{error.strerror or error}\n")
        sys.exit(3)
    except Exception as error:
        from detector.errors import DetectorError

        if isinstance(error, DetectorError):
            sys.stderr.write(f"detector: {error}\n")
            sys.exit(error.exit_code)
        # by name: to import Polars takes a while. Others of its errors are mistakes of ours
        if type(error).__name__ != "ComputeError" or not type(error).__module__.startswith("polars."):
            raise
        sys.stderr.write(f"detector: a table cannot be read or written ({' '.join(str(error).split())})\n")
        sys.exit(3)
