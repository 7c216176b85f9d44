"""Where this program keeps what it remembers of a user."""

from __future__ import annotations

import os
from pathlib import Path


def state_folder() -> Path:
    """The user's own state folder for this program; it need not exist.

    Source: XDG Base Directory Specification: ``$XDG_STATE_HOME``, without it ``~/.local/state``.
    """
    base = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(base) / "toxic-link-detector"
