"""The reading of texts: as a slow and plain reading of the same rule does it, whatever the texts are."""

from __future__ import annotations

import itertools
import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.signals.site import make_site
from detector.signals.spelling import joined_letters, plain_words
from detector.signals.text import normalised, text_facts
from detector.signals.wording import BITS, LONGEST_WORD, SCALE, TextWeights, Words

TABLE = np.random.default_rng(7).integers(-5000, 5000, 1 << BITS).astype(np.int16)
WEIGHTS = TextWeights(TABLE, -0.75)

MASK = (1 << 64) - 1
BASE, MIX, PAIR = 0x100000001B3, 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F


def feature(number: int) -> int:
    return (((number ^ (number >> 29)) * MIX) & MASK) >> (64 - BITS)


def is_unspaced(char: str) -> bool:
    return ord(char) >= 0x2E80 or 0x0E00 <= ord(char) <= 0x0EFF


def hash_of(text: str) -> int:
    """Polynomial in the code points, the last one lowest."""
    number = 0
    for char in text:
        number = (number * BASE + ord(char) + 1) & MASK
    return number


def plain_features(text: str) -> list[int]:
    """The features of one normalised text, by the module's docstring and nothing faster."""
    words = joined_letters(pl.Series([text]))[0].split(" ")
    words = [" " + plain_words(pl.Series([word]))[0][:LONGEST_WORD] + " " for word in words if word]
    found = []
    for word in words:
        for length in range(2, 6):
            for at in range(len(word) - length + 1):
                part = word[at : at + length]
                if length > 2 or all(is_unspaced(char) for char in part):
                    found.append(feature((hash_of(part) + length) & MASK))
        found.append(feature((hash_of(word) * BASE + 31) & MASK))
    wholes = [(hash_of(word) * BASE) & MASK for word in words]
    found += [feature((a * PAIR + b) & MASK) for a, b in itertools.pairwise(wholes)]
    return found


def plain_score(text: str) -> float | None:
    features = plain_features(text)
    if not features:
        return None
    return WEIGHTS.bias + sum(int(TABLE[f]) for f in features) / (SCALE * math.sqrt(len(features)))


def normal(texts: list[str]) -> pl.Series:
    frame = pl.DataFrame({"low": [text.lower() for text in texts]}, schema={"low": pl.String})
    return frame.select(normalised("low", ascii_only=False)).to_series()


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=50), max_size=12))
def test_columns_are_scored_as_a_plain_reading_scores_each_text(texts: list[str]) -> None:
    norm = normal(texts)
    scores = WEIGHTS.score(norm).to_list()
    for text, score in zip(norm, scores, strict=True):
        expected = plain_score(text)
        assert score == pytest.approx(expected, abs=1e-9) if expected is not None else score is None


@pytest.mark.parametrize(
    "text", [" slot gacor ", " caça níqueis sl0t ", " 澳门赌场 ", " s l o t ", " คาสิโน online ", " казино "]
)
def test_features_for_learning_are_those_that_are_scored(text: str) -> None:
    row, features = Words.of(pl.Series(["", text, None, text])).features()
    for place in (1, 3):
        assert sorted(features[row == place].tolist()) == sorted(plain_features(text))
    assert set(row.tolist()) == {1, 3}


def test_a_score_depends_on_nothing_but_the_text() -> None:
    texts = normal(["best casino", "here", "s l o t", "赌场 彩票", "Vulkan казино"] * 50)
    alone = [WEIGHTS.score(texts[i : i + 1])[0] for i in range(len(texts))]
    assert WEIGHTS.score(texts).to_list() == alone
    assert WEIGHTS.score(texts.reverse()).to_list() == alone[::-1]


def test_a_text_without_words_has_no_score() -> None:
    assert WEIGHTS.score(pl.Series(["", "  ", None], dtype=pl.String)).to_list() == [None, None, None]
    assert WEIGHTS.score(pl.Series([], dtype=pl.String)).to_list() == []


def test_hostile_texts_cost_no_more_than_their_beginning() -> None:
    texts = [
        "casino " * 150_000,
        "\x00\u202e\ufffd",
        "a" * 1_000_000,
        "\ufdd0\U0010ffff",
        "s " * 500_000,
        "́" * 1000,
    ]
    facts = text_facts(pl.DataFrame({"text": texts}), make_site("shop.example"))
    scores = WEIGHTS.score(facts["norm"])
    assert facts["norm"].str.len_chars().max() <= 8000
    assert all(score is None or math.isfinite(score) for score in scores)
