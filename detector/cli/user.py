"""Who sits there."""

from __future__ import annotations

import getpass
import os
import sys


def user_name() -> str:
    """The user's name on this machine; empty where it has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name
        return ""


def has_browser() -> bool:
    """Whether a page may be opened: somebody sits there, and the browser is no text browser in this terminal."""
    graphical = sys.platform in ("win32", "darwin") or any(
        map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
    )
    return graphical and sys.stdout.isatty()
