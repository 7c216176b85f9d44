"""The definitions against the released tables of WEBSPAM-UK2007, and the facts of real pages against what a person says."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from detector.web.page import PageFacts, read_page

pytestmark = pytest.mark.raw
FEATURES = 24
WORDS, LENGTH, ANCHORS, VISIBLE, COMPRESSION, LIKELIHOOD, ENTROPY = 0, 2, 3, 4, 5, 22, 23
TOP_K = (100, 200, 500, 1000)


@pytest.fixture(scope="module")
def pages(raw: Path) -> NDArray[np.float64]:
    """The features of the home page and of the page of highest PageRank of every host: shape (rows, 24)."""
    table = raw / "data" / "html" / "webspam_uk2007_features" / "content-train.arff"
    rows = []
    for line in table.read_text().splitlines():
        if line[:1].isdigit():
            cells = line.split(",")
            cells[0] = cells[0].rpartition("-")[2]
            rows.append([float(cell) for cell in cells[: 2 * FEATURES]])
    wide = np.array(rows)
    assert len(wide) == 3849
    return np.vstack([wide[:, :FEATURES], wide[:, FEATURES:]])


def close_to_whole(values: NDArray[np.float64], tolerance: float) -> float:
    return float(np.mean(np.abs(values - np.round(values)) < tolerance))


def test_compression_is_of_words_with_a_blank_behind_each(pages: NDArray[np.float64]) -> None:
    some = pages[(pages[:, WORDS] > 10) & (pages[:, WORDS] < 400)]
    letters = some[:, WORDS] * some[:, LENGTH]
    assert (
        close_to_whole((letters + some[:, WORDS]) / some[:, COMPRESSION], 0.01) > 0.99
    )  # what the packed text measures
    assert close_to_whole(letters / some[:, COMPRESSION], 0.01) < 0.1


def test_visible_and_anchor_text_are_shares_of_words(pages: NDArray[np.float64]) -> None:
    some = pages[(pages[:, WORDS] > 10) & (pages[:, VISIBLE] > 0.02) & (pages[:, WORDS] < 400)]
    assert close_to_whole(some[:, WORDS] * some[:, ANCHORS], 0.01) > 0.99
    source = some[:, WORDS] / some[:, VISIBLE]
    assert close_to_whole(source[source < 8000], 0.1) > 0.95


@pytest.mark.parametrize("start", [6, 14], ids=["corpus", "query"])
def test_precision_and_recall_count_the_same_occurrences(pages: NDArray[np.float64], start: int) -> None:
    words = pages[:, [WORDS]]
    precise, recalled = pages[:, start : start + 4] * words, pages[:, start + 4 : start + 8] * np.array(TOP_K)
    assert np.allclose(precise, recalled, atol=0.01, rtol=0.01)
    assert pages[:, start + 4].max() > 1  # so occurrences are counted, not words


def test_trigram_features_are_natural_logarithms_over_words_less_two(pages: NDArray[np.float64]) -> None:
    never_repeats = pages[(np.abs(pages[:, LIKELIHOOD] - pages[:, ENTROPY]) < 1e-6) & (pages[:, WORDS] > 3)]
    assert len(never_repeats) > 1000
    assert np.allclose(never_repeats[:, LIKELIHOOD], np.log(never_repeats[:, WORDS] - 2), atol=1e-5)
    short = pages[(pages[:, WORDS] > 0) & (pages[:, WORDS] < 3)]
    assert (short[:, [LIKELIHOOD, ENTROPY]] == 1).all()


def facts_of(path: Path) -> PageFacts:
    return read_page(gzip.decompress(path.read_bytes()), "https://a.example/x")


def test_a_page_that_was_broken_into_tells_it(raw: Path) -> None:
    (page,) = (raw / "data/html/scrapinghub").glob("5f9c5ed5d64dfe682d9bde13*")
    facts = facts_of(page)
    assert "downloadtutorials.net" in facts.deliberate_domains and len(facts.deliberate_domains) >= 8
    assert "off screen" in facts.hidden_reasons


@pytest.mark.parametrize(
    ("name", "language", "external", "words"),
    [("001", "en", 14, 558), ("bbc-1", "en", 7, 817), ("cnet-svg-classes", "es", 8, 284)],
)
def test_an_ordinary_article_is_read_as_one(
    raw: Path, name: str, language: str, external: int, words: int
) -> None:
    facts = facts_of(raw / "data/html/readability" / name / "source.html.gz")
    assert (facts.language, facts.marks, facts.redirect, facts.deliberate_domains) == (language, [], "", [])
    assert facts.external_domains == external
    assert abs(facts.main_words - words) < 0.2 * words


def test_few_ordinary_pages_hide_links_deliberately_or_are_marked(raw: Path) -> None:
    paths = sorted((raw / "data/html/readability").glob("*/source.html.gz"))
    paths += sorted((raw / "data/html/scrapinghub").glob("*.html.gz"))
    read = [facts_of(path) for path in paths]
    assert len(read) > 300
    assert sum(len(facts.deliberate_domains) >= 3 for facts in read) <= 2  # one of them was broken into
    assert (
        sum(bool({"parked", "for sale", "challenge", "default page"} & set(facts.marks)) for facts in read)
        == 0
    )
    assert sum(facts.redirect_elsewhere for facts in read) == 0


def test_the_main_text_is_what_a_reader_would_copy(raw: Path) -> None:
    """Words of the main text against those of the reference texts: F1, mean over pages."""
    scores = []
    for folder in sorted((raw / "data/html/readability").iterdir()):
        expected = folder / "expected.html.gz"
        if not expected.exists():
            continue
        wanted = set(
            read_page(gzip.decompress(expected.read_bytes()), "https://a.example/").main_text.lower().split()
        )
        got = set(facts_of(folder / "source.html.gz").main_text.lower().split())
        if len(wanted) >= 50:
            both = len(wanted & got)
            scores.append(2 * both / (len(wanted) + len(got)))
    assert len(scores) > 100
    assert float(np.mean(scores)) > 0.85
