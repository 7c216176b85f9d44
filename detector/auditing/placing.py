"""Finished drafts take the places of the earlier results: all of them, or none."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from detector.errors import UsageError


def take_places(drafts: Path, out: Path, aside: Path) -> None:
    """Move every draft into a folder of results; what stood there waits aside until all have their places.

    Args:
        drafts: folder of the new files.
        out: folder of the results.
        aside: an empty folder for the earlier files, on the same disk.

    Raises:
        UsageError: a file cannot take its place; ``out`` is as it was before.
    """
    names = sorted(draft.name for draft in drafts.iterdir())
    name = ""
    try:
        for name in names:
            _exchange(drafts / name, out / name, aside / name)
    except BaseException as error:
        mixed = [each for each in names if not _put_back(drafts / each, out / each, aside / each)]
        if isinstance(error, OSError):
            left = (
                f"but for {', '.join(mixed)} all earlier results are" if mixed else "all earlier results are"
            )
            raise UsageError(
                f"{out / name}: the new file cannot take this place ({error.strerror}); {left} as they"
                " were. Move away what stands there, or name another folder with --out."
            ) from error
        raise


def _exchange(draft: Path, place: Path, aside: Path) -> None:
    if place.is_dir():  # a folder is nothing that an audit wrote: it is not ours to move
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if os.path.lexists(place):
        try:
            os.link(place, aside, follow_symlinks=False)  # the place is never empty, even if we are killed
        except OSError:  # a disk without hard links
            place.rename(aside)
    draft.replace(place)


def _put_back(draft: Path, place: Path, aside: Path) -> bool:
    """Undo an exchange, however far it came; whether that went well."""
    try:
        if os.path.lexists(aside):
            aside.replace(place)
        elif not draft.exists():
            place.unlink(missing_ok=True)
    except OSError:
        return False
    return True
