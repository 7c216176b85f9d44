"""How a text reads: the sum of what its words and parts of words weigh towards spam, as the classifier learnt it.

A text (an anchor, a page title, the words of a page's address) is taken apart into features: of each word its parts of
three to five characters, blanks around the word included, parts of two where a script writes no blanks, and the word
itself; and each two neighbouring words. A feature is a number below ``2 ** BITS``, by a hash that is fixed here. The score
is ``bias + sum of weights / sqrt(number of features)``: log odds.

Words repeat, so each distinct word is taken apart once; weights are whole numbers (``SCALE`` to one), so that the
same text has the same score whatever order its words are summed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from detector.signals.spelling import joined_letters, plain_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Features = NDArray[np.uint32]

BITS: Final = 20
SCALE: Final = 2048
#: Longer words are cut: an unspaced sentence is one word.
LONGEST_WORD: Final = 40
#: Lengths of the parts of words; the shortest only of characters of scripts without blanks.
_SHORTEST, _LONGEST = 2, 5
#: Scripts without blanks begin here; Thai is below, and named beside.
_UNSPACED: Final = 0x2E80
_THAI: Final = (0x0E00, 0x0EFF)
_BASE: Final = np.uint64(0x100000001B3)
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
_PAIR: Final = np.uint64(0xC2B2AE3D27D4EB4F)
_WHOLE: Final = 31  # stands for the length of a part in the hash of a whole word


@dataclass(frozen=True)
class TextWeights:
    """Fitted weights: ``table`` (int16, shape ``(2 ** BITS,)``, ``SCALE`` to one log odd) and ``bias`` (log odds)."""

    table: NDArray[np.int16]
    bias: float

    def score(self, texts: pl.Series) -> pl.Series:
        """Log odds of each text (Float64), as ``text.normalised`` writes them; null of a text without words or null."""
        scores = np.full(len(texts), np.nan)
        words = Words.of(texts)
        if len(words.row):
            weights = np.bincount(words.owner, self.table[words.part], minlength=len(words.hash)).astype(
                np.int64
            )
            totals = weights[words.place]
            totals[:-1] += np.where(words.followed[:-1], self.table[words.pairs()], 0)
            first = words.first()
            summed = np.add.reduceat(totals, first) / (SCALE * np.sqrt(words.counts()))
            scores[words.row[first]] = self.bias + summed
        return pl.Series(scores).fill_nan(None)


@dataclass(frozen=True)
class Words:
    """Texts taken apart.

    Attributes:
        row, place: of each word in order, the text it stands in and its number among the distinct words (int64).
        hash: of each distinct word (uint64).
        part, owner: of each part of a distinct word, the feature (uint32) and the word's number (int64).
    """

    row: NDArray[np.int64]
    place: NDArray[np.int64]
    hash: NDArray[np.uint64]
    part: Features
    owner: NDArray[np.int64]

    @classmethod
    def of(cls, texts: pl.Series) -> Words:
        """The words of normalised texts (String; nulls have none)."""
        listed = joined_letters(texts).str.strip_chars(" ").str.split(" ")
        frame = pl.DataFrame({"word": listed}).with_row_index("row")
        frame = frame.explode("word", empty_as_null=False).filter(pl.col("word") != "")
        distinct = frame["word"].unique()
        place = frame["word"].cast(pl.Enum(distinct)).to_physical()
        hashed, part, owner = _parts(distinct)
        return cls(
            frame["row"].to_numpy().astype(np.int64), place.to_numpy().astype(np.int64), hashed, part, owner
        )

    @property
    def followed(self) -> NDArray[np.bool_]:
        """Whether another word of the same text comes behind each word."""
        return np.append(self.row[:-1] == self.row[1:], False)

    def first(self) -> NDArray[np.int64]:
        """Where each text begins: index of its first word."""
        return np.flatnonzero(np.diff(self.row, prepend=-1))

    def pairs(self) -> Features:
        """The feature of each word and the one behind it, whatever text that stands in (one fewer than words)."""
        hashed = self.hash[self.place]
        return _feature(hashed[:-1] * _PAIR + hashed[1:])

    def counts(self) -> NDArray[np.int64]:
        """Number of features of each text, in the order of ``first``."""
        own = np.bincount(self.owner, minlength=len(self.hash))[self.place] + self.followed
        return np.asarray(np.add.reduceat(own, self.first()), dtype=np.int64)

    def features(self) -> tuple[NDArray[np.int64], Features]:
        """``(row, feature)`` of every feature of every text, as often as it occurs; for learning."""
        order = np.argsort(self.owner, kind="stable")
        sizes = np.bincount(self.owner, minlength=len(self.hash))
        ends = np.cumsum(sizes)
        repeats = sizes[self.place]
        offsets = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        parts = self.part[order][np.repeat((ends - sizes)[self.place], repeats) + offsets]
        followed = self.followed[:-1]
        rows = np.concatenate([np.repeat(self.row, repeats), self.row[:-1][followed]])
        return rows, np.concatenate([parts, self.pairs()[followed]])


def _parts(words: pl.Series) -> tuple[NDArray[np.uint64], Features, NDArray[np.int64]]:
    """Hash of each distinct word; and of each of its parts the feature and the word's number."""
    cut = pl.concat_str(pl.lit(" "), pl.col("word").str.slice(0, LONGEST_WORD), pl.lit(" "))
    padded = plain_words(words).alias("word").to_frame().select(cut).to_series()
    text = "".join(padded.to_list())
    code = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    size = padded.str.len_chars().to_numpy().astype(np.int64)
    word = np.repeat(np.arange(len(size)), size)
    left = np.repeat(np.cumsum(size), size) - np.arange(
        len(code)
    )  # characters up to the word's end, this one counted
    code64 = code.astype(np.uint64) + np.uint64(1)
    hashed = code64.copy()
    found, owners = [], []
    for length in range(2, _LONGEST + 1):
        hashed = hashed[:-1] * _BASE + code64[length - 1 :]
        inside = left[: len(hashed)] >= length
        if length == _SHORTEST:
            inside &= _is_unspaced(code[: len(hashed)]) & _is_unspaced(code[length - 1 :])
        found.append(_feature(hashed[inside] + np.uint64(length)))
        owners.append(word[: len(hashed)][inside])
    powers = np.cumprod(np.concatenate([[np.uint64(1)], np.full(LONGEST_WORD + 2, _BASE)]), dtype=np.uint64)
    starts = np.cumsum(size) - size
    whole = np.add.reduceat(code64 * powers[left], starts)
    return (
        whole,
        np.concatenate([*found, _feature(whole + np.uint64(_WHOLE))]),
        np.concatenate([*owners, np.arange(len(size))]),
    )


def _is_unspaced(code: NDArray[np.uint32]) -> NDArray[np.bool_]:
    return (code >= _UNSPACED) | ((code >= _THAI[0]) & (code <= _THAI[1]))


def _feature(hashed: NDArray[np.uint64]) -> Features:
    """Multiplicative (Fibonacci) hashing to ``BITS`` bits, after folding the high bits down."""
    mixed = (hashed ^ (hashed >> np.uint64(29))) * _MIX
    return np.asarray(mixed >> np.uint64(64 - BITS), dtype=np.uint32)
