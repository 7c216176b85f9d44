"""Where this program keeps what it remembers of a user."""

from __future__ import annotations

import os
from pathlib import Path

from detector.errors import UsageError


def state_folder() -> Path:
    """The user's own state folder for this program; it need not exist.

    Source: XDG Base Directory Specification: ``$XDG_STATE_HOME``, where it is an absolute path, else ``~/.local/state``.

    Raises:
        UsageError: this user has no home, as in a container whose user has no name.
    """
    base = Path(os.environ.get("XDG_STATE_HOME", ""))
    if not base.is_absolute():
        try:
            base = Path.home() / ".local" / "state"
        except RuntimeError:
            base = Path()
    if not base.is_absolute():  # a HOME that is relative names none
        raise UsageError(
            "you have no home folder, in which histories, lists and models are kept: name a folder for them in the"
            " variable XDG_STATE_HOME"
        )
    return base / "toxic-link-detector"
