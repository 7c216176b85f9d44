"""A table of listed domains as a file: sorted keys, and for each which lists name it.

The file is a NumPy archive without pickled objects: ``planes`` (uint8, shape ``(bytes of a key, n)``: the keys byte by
byte, so that what sorting makes regular is compressed away), ``marks`` (uint32, ``(n,)``: bit i for the i-th list) and
``about`` (UTF-8 JSON: format, hash, lists).
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import tempfile
import zipfile
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from detector.errors import InputError
from detector.reference.hashing import BITS, DESCRIPTION, false_match_rate
from detector.reference.sources import KINDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

FORMAT: Final = 1
SUFFIX: Final = ".npz"
MOST_LISTS: Final = 32
_BYTES: Final = BITS // 8


@dataclass(frozen=True)
class Listed:
    """What a table keeps of one list: name, family and kind (see ``sources``), date (ISO) and number of domains."""

    name: str
    family: str
    kind: str
    date: str
    entries: int


@dataclass(frozen=True)
class Table:
    """Domains of up to 32 lists.

    Attributes:
        lists: the lists, in the order of their bits.
        keys: uint64, shape ``(n,)``, ascending and distinct.
        marks: uint32, shape ``(n,)``.
    """

    lists: tuple[Listed, ...]
    keys: NDArray[np.uint64]
    marks: NDArray[np.uint32]

    @property
    def false_match_rate(self) -> float:
        """Share of the domains on none of its lists that it takes for listed."""
        return false_match_rate(len(self.keys))

    def look_up(self, keys: NDArray[np.uint64]) -> NDArray[np.uint32]:
        """Marks of keys, 0 where no list has the key."""
        if not len(self.keys):
            return np.zeros(len(keys), np.uint32)
        places = np.searchsorted(self.keys, keys).clip(max=len(self.keys) - 1)
        return np.where(self.keys[places] == keys, self.marks[places], np.uint32(0))


def make_table(lists: list[tuple[Listed, NDArray[np.uint64]]]) -> Table:
    """A table of lists and the keys of each; ``entries`` is counted anew."""
    if len(lists) > MOST_LISTS:
        raise ValueError(f"{len(lists)} lists do not fit into one table")
    distinct = [np.unique(keys) for _, keys in lists]
    keys = np.unique(np.concatenate([np.empty(0, np.uint64), *distinct]))
    marks = np.zeros(len(keys), np.uint32)
    for bit, its in enumerate(distinct):
        marks[np.searchsorted(keys, its)] |= np.uint32(1 << bit)
    counted = [
        Listed(one.name, one.family, one.kind, one.date, len(its))
        for (one, _), its in zip(lists, distinct, strict=True)
    ]
    return Table(tuple(counted), keys, marks)


def packed(table: Table) -> bytes:
    """A table as the bytes of its file; the same table gives the same bytes."""
    about = {"format": FORMAT, "hash": DESCRIPTION, "lists": [asdict(one) for one in table.lists]}
    planes = table.keys.astype(">u8").view(np.uint8).reshape(-1, 8)[:, -_BYTES:].T
    text = json.dumps(about, ensure_ascii=False, sort_keys=True).encode()
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        about=np.frombuffer(text, np.uint8),
        planes=np.ascontiguousarray(planes),
        marks=table.marks.astype("<u4"),
    )
    return buffer.getvalue()


def read_table(path: Path, sha256: str | None = None) -> Table:
    """Read a table.

    Args:
        sha256: what the file must be, where that is known.

    Raises:
        InputError: it cannot be read, is damaged, or is of another format.
    """
    mend = "install the package anew, or leave reputation out with --without reputation"
    if sha256 is None:
        mend = "remove it and make it anew with 'detector lists update' or 'detector lists add'"
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(path, f"the table cannot be read ({error.strerror or error})", mend) from error
    if sha256 is not None and hashlib.sha256(data).hexdigest() != sha256:
        raise InputError(path, "the table is not the one that its manifest names", mend)
    try:
        return _unpacked(data)
    except (ValueError, KeyError, TypeError, OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise InputError(path, f"it is no table of this version ({error})", mend) from error


def _unpacked(data: bytes) -> Table:
    with np.load(io.BytesIO(data), allow_pickle=False) as archive:
        about: dict[str, Any] = json.loads(archive["about"].tobytes())
        planes, marks = archive["planes"], archive["marks"]
    if about["format"] != FORMAT or about["hash"] != DESCRIPTION:
        raise ValueError(f"format {about['format']}, {about['hash']}")
    if planes.dtype != np.uint8 or planes.shape != (_BYTES, len(marks)) or marks.dtype != np.dtype("<u4"):
        raise ValueError("its arrays have other shapes or types")
    whole = np.zeros((len(marks), 8), np.uint8)
    whole[:, -_BYTES:] = planes.T
    keys = whole.view(">u8").reshape(-1).astype(np.uint64)
    if np.any(keys[1:] <= keys[:-1]):
        raise ValueError("its keys are not in order")
    lists = tuple(Listed(**one) for one in about["lists"])
    if len(lists) > MOST_LISTS or any(one.kind not in KINDS for one in lists):
        raise ValueError("it names lists that cannot be")
    return Table(lists, keys, marks.astype(np.uint32))


def write_file(path: Path, data: bytes) -> None:
    """Write beside and rename, so that a reader sees the old file or the new one.

    Raises:
        InputError: it cannot be written; the old file, if there was one, is as it was.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            Path(draft).chmod(0o644)
            Path(draft).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(draft).unlink()
            raise
    except OSError as error:
        raise InputError(path, f"it cannot be written ({error.strerror or error})") from error
