"""Reading a file whole, and putting one in its place all at once."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from detector.errors import InputError

_MODE = 0o644
_LARGEST = 64 * 1024 * 1024


def write_atomically(path: Path, data: bytes) -> None:
    """Write beside and rename, so that a reader sees the old file or the new one, never half of either.

    A file that is there keeps its permissions; a symbolic link stays, and what it leads to is replaced.

    Raises:
        InputError: it cannot be written; the old file, if there was one, is as it was.
    """
    try:
        target = path.resolve()
        mode = target.stat().st_mode & 0o777 if target.exists() else _MODE
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        draft = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            draft.chmod(mode)
            draft.replace(target)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(path, f"it cannot be written ({error.strerror or error})") from error


def read_bytes(path: Path) -> bytes:
    """The whole of a file that may be a disavow file.

    Raises:
        InputError: it cannot be read, or is larger than 64 MB.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(path, "it is larger than 64 MB and so no disavow file", "name the right file")
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(path, f"it cannot be read ({reason})", "name a text file") from error
