"""The content features, each against a value worked out by hand from its published definition."""

from __future__ import annotations

import math
import zlib

import pytest

from detector.web.page.content import (
    ContentFeatures,
    compression_rate,
    content_features,
    trigram_features,
    words_of,
)
from detector.web.page.reading import read_page

#: Visible words: title none; "tea is good tea is warm see the kettle", of which "the kettle" is a link: 9 words, 2 in links.
PAGE = b"""<html><head><title>All about tea</title></head>
<body><p>Tea is good. Tea is warm.</p><p>See <a href="/k">the kettle</a></p></body></html>"""
WORDS = "tea is good tea is warm see the kettle".split()


def features(words: list[str], **given: object) -> ContentFeatures:
    return content_features(words, title_words=0, anchor_words=0, source_words=100, **given)  # type: ignore[arg-type]


def test_words_are_runs_of_letters_and_digits() -> None:
    assert words_of("Don't stop: 3 tea-cups, Übung_x!") == ["don't", "stop", "3", "tea", "cups", "übung", "x"]


def test_the_features_of_a_page_are_those_worked_out_by_hand() -> None:
    page = read_page(PAGE, "https://a.example/")
    assert page.number_of_words == 9
    assert page.number_of_title_words == 3
    assert page.average_word_length == pytest.approx((3 + 2 + 4 + 3 + 2 + 4 + 3 + 3 + 6) / 9)
    assert page.anchor_text_fraction == pytest.approx(2 / 9)
    # source words: html head title All about tea title head | body p Tea is good Tea is warm p p See a href k the kettle a p body html
    assert page.visible_text_fraction == pytest.approx(9 / (8 + 20))
    assert page.compression_rate == pytest.approx(
        39 / len(zlib.compress(b"tea is good tea is warm see the kettle "))
    )
    assert (page.trigram_likelihood, page.trigram_entropy) == pytest.approx((math.log(7), math.log(7)))


def test_precision_counts_the_words_of_the_page_and_recall_the_words_of_the_list() -> None:
    corpus = ["is", *(f"x{n}" for n in range(149)), "tea", *(f"y{n}" for n in range(500)), "kettle"]
    found = features(WORDS, corpus=corpus)
    assert found.corpus_precision == pytest.approx((2 / 9, 4 / 9, 4 / 9, 5 / 9))
    assert found.corpus_recall == pytest.approx((2 / 100, 4 / 200, 4 / 500, 5 / 1000))
    assert found.query_precision is None and found.query_recall is None


def test_query_features_are_the_same_over_a_query_log() -> None:
    found = features(WORDS, queries=["kettle", "tea"])
    assert found.query_precision == pytest.approx((3 / 9,) * 4)
    assert found.query_recall == pytest.approx((3 / 100, 3 / 200, 3 / 500, 3 / 1000))
    assert found.corpus_precision is None


def test_trigrams_that_come_again_lower_entropy_more_than_likelihood() -> None:
    # "a b a b a b": trigrams aba bab aba bab: two distinct, each 2 of 4
    assert trigram_features("a b a b a b".split()) == pytest.approx((math.log(2), math.log(2)))
    # "x y z x y z w": xyz yzx zxy xyz yzw: four distinct of five; p = 2/5 and three times 1/5
    likelihood, entropy = trigram_features("x y z x y z w".split())
    assert likelihood == pytest.approx((math.log(5 / 2) + 3 * math.log(5)) / 4)
    assert entropy == pytest.approx(2 / 5 * math.log(5 / 2) + 3 / 5 * math.log(5))


@pytest.mark.parametrize("words", [[], ["one"], ["one", "two"]])
def test_a_page_of_fewer_than_three_words_has_no_trigrams(words: list[str]) -> None:
    assert trigram_features(words) == (1.0, 1.0)
    assert trigram_features(["a", "b", "c"]) == (0.0, 0.0)


def test_text_that_repeats_itself_compresses() -> None:
    assert compression_rate([]) == 0.0
    assert compression_rate(["spam"] * 200) > 20 > 2 > compression_rate(WORDS)


def test_a_page_without_words_has_no_share_of_anything() -> None:
    found = features([], corpus=["the"])
    assert (found.number_of_words, found.average_word_length, found.anchor_text_fraction) == (0, 0.0, 0.0)
    assert found.corpus_precision == found.corpus_recall == (0.0, 0.0, 0.0, 0.0)
