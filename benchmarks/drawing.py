"""Columns drawn by chance, whole columns at a time: a value is a hash of its keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from words import LANGUAGES, NOT_IN_URLS, SPAM_WORDS

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]

FRAGMENTS = 4096  # groups of words a language

#: What stands between groups of words -> share in per cent; the last ones make a CSV writer quote.
BREAKS = {" ": 72, " - ": 5, ", ": 20, ' "': 2.8, "\n": 0.2}


def mixed(*keys: Ints | int) -> Hashes:
    """A 64-bit hash of the keys, element by element (splitmix64): the generator's only source of chance."""
    state = np.uint64(0x9E3779B97F4A7C15)
    with np.errstate(over="ignore"):
        for key in keys:
            state = (state ^ np.asarray(key).astype(np.uint64)) * np.uint64(0xBF58476D1CE4E5B9)
            state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            state = state ^ (state >> np.uint64(31))
    return np.asarray(state)


def chance(*keys: Ints | int) -> npt.NDArray[np.float64]:
    """Uniform numbers in [0, 1) made of the keys."""
    return (mixed(*keys) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def pick(shares: npt.ArrayLike, uniform: npt.NDArray[np.float64]) -> Ints:
    """Indices drawn by ``shares``, one for each uniform number."""
    steps = np.cumsum(np.asarray(shares, dtype=np.float64))
    return np.minimum(np.searchsorted(steps / steps[-1], uniform, side="right"), len(steps) - 1)


def zipf(rows: Ints, salt: int, count: int) -> Ints:
    """Indices below ``count`` by Zipf's law, 0 the commonest."""
    return pick(1 / np.arange(1, count + 1), chance(rows, salt))


def heavy(rows: Ints, salt: int, zero: float, scale: float = 1) -> Ints:
    """Counts: a share of zeros, the others long-tailed around ``scale``."""
    uniform = chance(rows, salt)
    tail = scale / np.sqrt(1 - (uniform - zero).clip(0) / (1 - zero) * 0.9999)
    return np.where(uniform < zero, 0, tail).astype(np.int64)


# ------------------------------------------------------------------------------------------------ text


def chosen(values: Sequence[str | None], index: Ints) -> pl.Series:
    return pl.Series(values, dtype=pl.String).gather(index)


def constant(value: str, like: Ints) -> pl.Series:
    return pl.repeat(value, len(like), eager=True)


def where(mask: npt.NDArray[np.bool_], yes: pl.Series, no: pl.Series | None = None) -> pl.Series:
    other = pl.lit(None) if no is None else pl.col("no")
    columns = {"mask": mask, "yes": yes, **({} if no is None else {"no": no})}
    return pl.DataFrame(columns).select(pl.when("mask").then("yes").otherwise(other)).to_series()


def joined(parts: list[pl.Series], separator: str = " ") -> pl.Series:
    frame = pl.DataFrame([part.alias(str(number)) for number, part in enumerate(parts)])
    return frame.select(pl.concat_str(pl.all(), separator=separator)).to_series()


def fragments(in_urls: bool) -> pl.Series:
    """Groups of two to four words: FRAGMENTS of each language in turn, then as many of spam."""
    vocabularies = [words.split() for _, words in LANGUAGES.values()]
    if in_urls:
        vocabularies = [
            vocabularies[0] if name in NOT_IN_URLS else words
            for name, words in zip(LANGUAGES, vocabularies, strict=True)
        ]
    spam = SPAM_WORDS.split()
    vocabularies.append([word for word in spam if word.isascii()] if in_urls else spam)
    made = []
    for number, words in enumerate(vocabularies):
        ids = np.arange(FRAGMENTS)
        drawn = [mixed(number, ids, place) % np.uint64(len(words)) for place in range(4)]
        lengths = 2 + mixed(number, ids, 9) % np.uint64(3)
        for row in range(FRAGMENTS):
            group = [words[int(drawn[place][row])] for place in range(int(lengths[row]))]
            made.append("-".join(group) if in_urls else " ".join(group))
    return pl.Series(made)


@dataclass(frozen=True)
class Text:
    """Words to draw from; ``language`` is an index, the one past the last being spam."""

    prose: pl.Series
    slugs: pl.Series

    @classmethod
    def of_all_languages(cls) -> Text:
        return cls(fragments(in_urls=False), fragments(in_urls=True))

    def draw(self, pool: pl.Series, language: Ints, keys: Hashes, count: int) -> list[pl.Series]:
        """``count`` columns of fragments: the same language and key always give the same words."""
        base, number = language * FRAGMENTS, np.uint64(FRAGMENTS)
        places = (mixed(keys.view(np.int64), place) % number for place in range(count))
        return [pool.gather(base + place.astype(np.int64)) for place in places]

    def sentence(self, language: Ints, keys: Hashes, count: int) -> pl.Series:
        """Prose of ``count`` fragments, with the punctuation that real titles have."""
        first, *others = self.draw(self.prose, language, keys, count)
        breaks = chosen(list(BREAKS), pick(list(BREAKS.values()), chance(keys.view(np.int64), 9)))
        return joined([first, *(part for other in others for part in (breaks, other))], "")
