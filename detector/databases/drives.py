"""Whether a folder lies on another machine: SQLite's write-ahead log needs memory that all writers share.

Source: https://www.sqlite.org/wal.html ("all processes using a database must be on the same host computer;
WAL does not work over a network filesystem").
"""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

#: Types of Linux file systems that lie on another machine (9p: among others the Windows drives in WSL 2).
_NETWORK: Final = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "glusterfs", "lustre", "gpfs",
     "beegfs", "davfs", "fuse.sshfs", "fuse.rclone", "fuse.davfs2", "fuse.glusterfs", "fuse.s3fs",
     "fuse.gcsfuse", "fuse.ceph", "fuse.smbnetfs")
)  # fmt: skip
_MOUNTS: Final = Path("/proc/self/mountinfo")
_OCTAL = re.compile(r"\\([0-7]{3})")
_REMOTE_DRIVE: Final = 4  # DRIVE_REMOTE of GetDriveTypeW


def network_drive(folder: Path) -> str | None:
    """What network file system an existing folder lies on; None where it is local, or nothing tells.

    Known are Linux (by the table of mounts) and Windows (by the drive's type, and ``\\\\server\\share``).
    """
    place = folder.resolve()
    if sys.platform == "win32":
        return _on_windows(place)
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    kind = mounted_type(str(place), mounts)
    return kind if kind in _NETWORK else None


def mounted_type(place: str, mounts: Iterable[str]) -> str | None:
    """Type of the file system that holds an absolute path, by lines of ``/proc/self/mountinfo`` (proc(5))."""
    longest, kind = -1, None
    for line in mounts:
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) < 5 or not after:
            continue
        at = _OCTAL.sub(lambda found: chr(int(found[1], 8)), fields[4])
        holds = place == at or place.startswith(at.rstrip("/") + "/")
        if holds and len(at) >= longest:  # of two mounts at one place the later lies on top
            longest, kind = len(at), after.split(" ", 1)[0]
    return kind


def _on_windows(place: Path) -> str | None:
    windll = getattr(ctypes, "windll", None)  # there on Windows only
    drive = windll.kernel32.GetDriveTypeW(place.anchor) if windll else None
    return "network drive" if place.anchor.startswith("\\\\") or drive == _REMOTE_DRIVE else None
