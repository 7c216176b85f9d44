"""One key from a terminal, without waiting for Enter where the system can do that."""

from __future__ import annotations

import sys
from typing import TextIO

_ESCAPE = "\x1b"


if sys.platform == "win32":

    def _key(keys: TextIO) -> str | None:
        import msvcrt

        key = msvcrt.getwch()
        if key in ("\x00", "\xe0"):
            return {"P": "j", "M": "j", "H": "p", "K": "p"}.get(msvcrt.getwch(), "?")
        return key

else:

    def _key(keys: TextIO) -> str | None:
        import os
        import select
        import termios
        import tty

        descriptor = keys.fileno()
        before = termios.tcgetattr(descriptor)
        try:
            tty.setcbreak(descriptor, termios.TCSANOW)  # what was typed ahead is not thrown away
            data = os.read(descriptor, 1)
            if data == _ESCAPE.encode():
                while select.select([descriptor], [], [], 0.02)[0]:
                    data += os.read(descriptor, 1)
                return {b"B": "j", b"C": "j", b"A": "p", b"D": "p"}.get(data[-1:], "?")
            while data and data[0] >= 0xC0 and len(data) < _length(data[0]):  # the rest of a UTF-8 character
                data += os.read(descriptor, 1)
        finally:
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
        return data.decode("utf-8", "replace") if data else None


def _length(first: int) -> int:
    """How many bytes a UTF-8 character has, by its first."""
    return 2 if first < 0xE0 else 3 if first < 0xF0 else 4


def read_key(keys: TextIO) -> str | None:
    """The next key; of what is no terminal the first letter of the next line. None where there are no more.

    Enter is the empty text. An arrow key (an escape sequence) is read whole: down and right are ``j``, up and left ``p``.
    """
    if not keys.isatty():
        line = keys.readline()
        return line.strip("\r\n")[:1] if line else None
    key = _key(keys)
    return "" if key in ("\r", "\n") else key
