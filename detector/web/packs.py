"""Packs: the heads and bodies of answers, compressed one after the other into a file that only grows.

A pack belongs to the process that began it. What is in it counts when the index names it, which happens after it was written; so
whatever a killed process leaves at the end of a pack is never looked at. Each block is checked
against its digest when it is read.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from pathlib import Path
from typing import Final, NamedTuple

from isal import isal_zlib

_LEVEL: Final = 1  # a quarter of the time that zlib takes at its fastest, and smaller
_DIGEST: Final = 16  # bytes


class Block(NamedTuple):
    """Where a block lies: number of the pack, first byte, bytes, digest of them."""

    pack: int
    start: int
    length: int
    digest: bytes


def pack_path(folder: Path, number: int) -> Path:
    """The file of a pack."""
    return folder / f"pages-{number:06d}.pack"


def packed(content: bytes) -> tuple[bytes, bytes]:
    """Content compressed, and the digest of that."""
    data = isal_zlib.compress(content, _LEVEL)
    return data, hashlib.blake2b(data, digest_size=_DIGEST).digest()


class Pack:
    """A pack that is being written; for one thread at a time."""

    def __init__(self, folder: Path, number: int) -> None:
        self.number = number
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_BINARY", 0)
        self._file = os.open(pack_path(folder, number), flags, 0o600)
        self._end = 0

    def add(self, data: bytes, digest: bytes) -> Block:
        """Append what ``packed`` made."""
        view = memoryview(data)
        while view:
            view = view[os.write(self._file, view) :]
        block = Block(self.number, self._end, len(data), digest)
        self._end += len(data)
        return block

    def close(self) -> None:
        """Bring it to the disk."""
        os.fsync(self._file)
        os.close(self._file)


def read_block(folder: Path, block: Block, most: int) -> bytes | None:
    """Content of a block; None where it is not what was written (a disk that failed, a power cut).

    Args:
        most: bytes; what is larger was not written by us.
    """
    try:
        with pack_path(folder, block.pack).open("rb") as file:
            file.seek(block.start)
            data = file.read(block.length)
        if hashlib.blake2b(data, digest_size=_DIGEST).digest() != block.digest:
            return None
        return zlib.decompressobj().decompress(data, most)
    except (OSError, zlib.error):
        return None
