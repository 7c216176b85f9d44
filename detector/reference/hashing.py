"""Names as short keys.

A key is the first 40 bits, most significant byte first, of BLAKE2b (RFC 7693) of the referring domain in ASCII, with
an output of 8 bytes and the personalisation ``detector-lists-1``. The hash makes tables small; it hides nothing, for
whoever has a list of domains can try them all.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray

BITS: Final = 40
PERSON: Final = b"detector-lists-1"
DESCRIPTION: Final = "first 40 bits of BLAKE2b-64, person 'detector-lists-1', of the referring domain"


def keys_of(domains: pl.Series, bits: int = BITS) -> NDArray[np.uint64]:
    """Keys of referring domains (String without nulls, A-labels), one each, in order."""
    digests = b"".join(
        blake2b(name.encode(), digest_size=8, person=PERSON).digest() for name in domains.to_list()
    )
    return np.frombuffer(digests, dtype=">u8").astype(np.uint64) >> np.uint64(64 - bits)


def false_match_rate(keys: int, bits: int = BITS) -> float:
    """Share of the domains on no list that a table with so many distinct keys takes for listed."""
    return float(keys / 2.0**bits)
