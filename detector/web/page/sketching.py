"""Small fingerprints of sets: equal for equal sets, near for near ones.

A sketch holds the smallest hashes of a set's members (bottom-k; A. Broder 1997, E. Cohen and H. Kaplan 2007): the share of
members that two sketches have in common, among the smallest of their union, estimates the Jaccard similarity of the sets.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable
from hashlib import blake2b
from heapq import nsmallest
from typing import Final

SKETCH: Final = 48  # members, each 32 bits
_MIX: Final = 0x9E3779B1  # odd: a bijection of 32 bits; CRC alone keeps like strings alike


def digest(members: Iterable[str]) -> str:
    """Sixteen hexadecimal digits, equal for equal sets of strings."""
    return blake2b("\n".join(sorted(set(members))).encode(errors="replace"), digest_size=8).hexdigest()


def sketch(members: Collection[str], size: int = SKETCH) -> tuple[int, ...]:
    """The smallest hashes of a set of strings, ascending; fewer than ``size`` of a smaller set."""
    hashes = {zlib.crc32(member.encode(errors="replace")) * _MIX & 0xFFFFFFFF for member in members}
    return tuple(nsmallest(size, hashes))


def similarity(a: tuple[int, ...], b: tuple[int, ...]) -> float:
    """Estimate of the Jaccard similarity of the sets behind two sketches (0 to 1); 0 where one is empty."""
    if not a or not b:
        return 0.0
    smallest = nsmallest(max(len(a), len(b)), {*a, *b})
    return len({*a} & {*b} & {*smallest}) / len(smallest)
