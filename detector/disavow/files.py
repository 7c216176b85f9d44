"""Reading a file whole, and putting one in its place all at once."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from detector.errors import InputError

_MODE = 0o644
_LARGEST = 64 * 1024 * 1024


def write_atomically(path: Path, data: bytes) -> None:
    """Write beside and rename, so that a reader sees the old file or the new one, never half of either.

    A file that is there keeps its permissions; a symbolic link stays, and what it leads to is replaced.

    Raises:
        InputError: it cannot be written, or is a folder, a pipe or a device; what was there is as it was.
    """
    try:
        mode = _mode(path)
        target = path.resolve()
        descriptor, name = tempfile.mkstemp(prefix=".detector-", dir=target.parent)
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


def _mode(path: Path) -> int:
    """Permissions for what takes a place: those of the file that is there, if there is one.

    Raises:
        InputError: there is something that a file must not take the place of, such as ``/dev/null``.
        OSError: it cannot be looked at; a symbolic link that leads in a circle is one such case.
    """
    try:
        found = path.stat().st_mode
    except FileNotFoundError:
        return _MODE
    if not stat.S_ISREG(found):
        what = "a folder" if stat.S_ISDIR(found) else "a pipe or a device"
        raise InputError(path, f"it cannot be written (it is {what})", "name a file")
    return found & 0o777


def read_bytes(path: Path) -> bytes:
    """The whole of a file that may be a disavow file.

    Raises:
        InputError: it cannot be read, or is larger than 64 MB.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)  # no more: a device has no size, and may have no end
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(path, f"it cannot be read ({reason})", "name a text file") from error
    if len(data) > _LARGEST:
        raise InputError(path, "it is larger than 64 MB and so no disavow file", "name the right file")
    return data
