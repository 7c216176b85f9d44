"""Which site a history is about, and the name of its file."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import Final

from detector.errors import UsageError
from detector.links.domains import INVALID, PUBLIC_SUFFIX, Domains
from detector.links.sources import told
from detector.places import state_folder

#: Names the folder of the stores where no option does.
VARIABLE: Final = "DETECTOR_STORES"

_SUFFIX: Final = ".sqlite"
_LONGEST: Final = 200  # bytes; SQLite adds "-wal", and file systems take 255
_PLAIN: Final = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789.-")
#: Device names of Windows: a file whose name begins so, whatever follows a dot, cannot be made there.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)")


def site_of(text: str, domains: Domains) -> str:
    """The audited site that a user means: a registrable domain, a tenant or an IP address, in A-labels.

    Raises:
        UsageError: the text names no site.
    """
    site = None if told(text) != text else domains.referring_domain(text.strip())
    if not site or "." not in site or domains.describe_one(site)[2] in (PUBLIC_SUFFIX, INVALID):
        raise UsageError(f"{text!r} is no site: give a domain such as example.com")
    return site


def stores_folder(folder: Path | None = None) -> Path:
    """The folder of the stores: as given, else ``$DETECTOR_STORES``, else in the user's state folder.

    Raises:
        UsageError: a file stands there.
    """
    named = folder or os.environ.get(VARIABLE)
    if named and Path(named).is_file():
        said = f"--store {named}" if folder else f"{VARIABLE}={named}"
        raise UsageError(f"{said}: this is a file, where the folder of the histories was expected")
    return Path(named) if named else state_folder() / "sites"


def file_name(site: str) -> str:
    """Name of a site's file: ``example.com.sqlite``.

    Safe on every file system, and never the same for two sites: a byte that is not one of ``a-z 0-9 . -`` is
    written ``_hh``; what is too long ends in ``~`` and its SHA-256.
    """
    name = "".join(chr(byte) if byte in _PLAIN else f"_{byte:02x}" for byte in site.encode("utf-8"))
    if _DEVICE.match(name) or name.startswith("."):
        name = f"_{ord(name[0]):02x}{name[1:]}"
    if len(name) > _LONGEST:
        digest = hashlib.sha256(site.encode("utf-8")).hexdigest()
        name = f"{name[: _LONGEST - len(digest) - 1]}~{digest}"
    return name + _SUFFIX
