"""Content features with their published names: Ntoulas et al. 2006, Castillo et al. 2007.

A. Ntoulas, M. Najork, M. Manasse, D. Fetterly: Detecting spam web pages through content analysis, WWW 2006. C. Castillo, D. Donato,
A. Gionis, V. Murdock, F. Silvestri: Know your neighbors: web spam detection using the web topology, SIGIR 2007.

Where the papers leave a choice, it is the one that the released feature tables of WEBSPAM-UK2007 show by their own arithmetic (a test
holds this over all their rows): the compression rate is (characters of the words + one blank each) over the length that zlib leaves of
them; visible text and anchor text are shares of words; precision and recall count every occurrence of a popular word, so that recall
may exceed 1; trigrams are of words, logarithms natural, and a page of fewer than three words has 1 for both trigram features.
"""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

#: Sizes of the sets of popular words.
TOP_K: Final = (100, 200, 500, 1000)
#: More words of a page are not looked at.
MOST_WORDS: Final = 50_000

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True)
class ContentFeatures:
    """The features of one page.

    Attributes:
        number_of_words: words of the visible text.
        number_of_title_words: words of the title.
        average_word_length: characters per visible word.
        anchor_text_fraction: visible words in links / visible words.
        visible_text_fraction: visible words / all words of the page's source, tags and scripts included.
        compression_rate: see the module; high where text repeats itself.
        corpus_precision: for each k of ``TOP_K``: occurrences of the k most frequent words of the language / words.
        corpus_recall: the same occurrences / k.
        query_precision, query_recall: the same with the most frequent words of a query log.
        trigram_likelihood: independent trigram likelihood, -(1/k) sum over the k distinct trigrams of ln p.
        trigram_entropy: -sum over the distinct trigrams of p ln p.

    Of a page without words the fractions are 0; without a list of words the features of it are None.
    """

    number_of_words: int
    number_of_title_words: int
    average_word_length: float
    anchor_text_fraction: float
    visible_text_fraction: float
    compression_rate: float
    corpus_precision: tuple[float, ...] | None
    corpus_recall: tuple[float, ...] | None
    query_precision: tuple[float, ...] | None
    query_recall: tuple[float, ...] | None
    trigram_likelihood: float
    trigram_entropy: float


def words_of(text: str) -> list[str]:
    """Words of a text in lower case: runs of letters and digits, an apostrophe between them included."""
    return _WORD.findall(text.lower())


def content_features(
    words: Sequence[str],
    *,
    title_words: int,
    anchor_words: int,
    source_words: int,
    corpus: Sequence[str] | None = None,
    queries: Sequence[str] | None = None,
) -> ContentFeatures:
    """Compute the features of a page.

    Args:
        words: the visible words, in order.
        title_words, anchor_words: how many words stand in the title, and in visible links.
        source_words: words of the page's source, tags and scripts included.
        corpus: the most frequent words of the page's language, the most frequent first.
        queries: the most frequent words of a query log, likewise.
    """
    count = len(words)
    letters = sum(map(len, words))
    likelihood, entropy = trigram_features(words)
    in_corpus, in_queries = _occurrences(words, corpus), _occurrences(words, queries)
    return ContentFeatures(
        number_of_words=count,
        number_of_title_words=title_words,
        average_word_length=_ratio(letters, count),
        anchor_text_fraction=_ratio(anchor_words, count),
        visible_text_fraction=_ratio(count, source_words),
        compression_rate=compression_rate(words),
        corpus_precision=in_corpus and tuple(_ratio(found, count) for found in in_corpus),
        corpus_recall=in_corpus and tuple(found / k for found, k in zip(in_corpus, TOP_K, strict=True)),
        query_precision=in_queries and tuple(_ratio(found, count) for found in in_queries),
        query_recall=in_queries and tuple(found / k for found, k in zip(in_queries, TOP_K, strict=True)),
        trigram_likelihood=likelihood,
        trigram_entropy=entropy,
    )


def compression_rate(words: Sequence[str]) -> float:
    """Length of the words with a blank behind each, over what zlib leaves of it; 0 without words."""
    if not words:
        return 0.0
    text = (" ".join(words) + " ").encode()
    return len(text) / len(zlib.compress(text))


def trigram_features(words: Sequence[str]) -> tuple[float, float]:
    """(independent trigram likelihood, entropy of trigrams); see ``ContentFeatures``."""
    total = len(words) - 2
    if total < 1:
        return 1.0, 1.0
    counts = Counter(zip(words, words[1:], words[2:], strict=False))
    sizes = Counter(counts.values())
    log_total = math.log(total)
    likelihood = sum(n * (log_total - math.log(c)) for c, n in sizes.items()) / len(counts)
    entropy = sum(n * c * (log_total - math.log(c)) for c, n in sizes.items()) / total
    return likelihood, entropy


def _occurrences(words: Sequence[str], popular: Sequence[str] | None) -> tuple[int, ...] | None:
    """How many of the words are among the first k of a list, for each k of ``TOP_K``."""
    if not popular:
        return None
    rank = {word: place for place, word in reversed(list(enumerate(popular[: TOP_K[-1]])))}
    ranks = sorted(
        place for word, n in Counter(words).items() if (place := rank.get(word)) is not None for _ in range(n)
    )
    return tuple(sum(place < k for place in ranks) for k in TOP_K)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
