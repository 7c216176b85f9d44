"""Signals by the content features of Ntoulas et al. 2006 and Castillo et al. 2007, of pages that were fetched.

Stage ``seen``, as in ``seen``: definitions in ``web.page.content``. Shown, never learnt.
"""

from __future__ import annotations

import polars as pl

from detector.signals.registry import signal

_NTOULAS = "Ntoulas et al. 2006"
_CASTILLO = "Castillo et al. 2007"


def _mean(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.Float64).mean()


@signal(
    "page", "seen", needs="number_of_words", unit="log1p count", direction=0, in_model=False,
    sentence="its pages have {value} words", source=f"{_NTOULAS}: number of words in the page",
)  # fmt: skip
def content_words() -> pl.Expr:
    return _mean("number_of_words").log1p()


@signal(
    "page", "seen", needs="main_words", unit="log1p count", direction=-1, in_model=False,
    sentence="the main text of its pages has {value} words", source="thin content",
)  # fmt: skip
def content_main_words() -> pl.Expr:
    return _mean("main_words").log1p()


@signal(
    "page", "seen", needs="number_of_title_words", unit="words", direction=0, in_model=False,
    sentence="the titles of its pages have {value}", source=f"{_NTOULAS}: number of words in the page title",
)  # fmt: skip
def content_title_words() -> pl.Expr:
    return _mean("number_of_title_words")


@signal(
    "page", "seen", needs="average_word_length", unit="letters", direction=0, in_model=False,
    sentence="the words of its pages have {value} letters on average", source=f"{_NTOULAS}: average length of words",
)  # fmt: skip
def content_word_length() -> pl.Expr:
    return _mean("average_word_length")


@signal(
    "page", "seen", needs="anchor_text_fraction", unit="share", direction=0, in_model=False,
    sentence="{value} of the words of its pages are links", source=f"{_NTOULAS}: amount of anchor text",
)  # fmt: skip
def content_anchor_fraction() -> pl.Expr:
    return _mean("anchor_text_fraction")


@signal(
    "page", "seen", needs="visible_text_fraction", unit="share", direction=0, in_model=False,
    sentence="{value} of the words in the source of its pages are visible", source=f"{_CASTILLO}: fraction of visible text",
)  # fmt: skip
def content_visible_fraction() -> pl.Expr:
    return _mean("visible_text_fraction")


@signal(
    "page", "seen", needs="compression_rate", unit="times", direction=0, in_model=False,
    sentence="the text of its pages can be compressed {value}", source=f"{_NTOULAS}: compressibility",
)  # fmt: skip
def content_compression() -> pl.Expr:
    return _mean("compression_rate")


@signal(
    "page", "seen", needs="corpus_precision_100", unit="share", direction=0, in_model=False,
    sentence="{value} of the words of its pages are among the 100 commonest of the language", source=f"{_NTOULAS}: fraction of globally popular words",
)  # fmt: skip
def content_corpus_precision_100() -> pl.Expr:
    return _mean("corpus_precision_100")


@signal(
    "page", "seen", needs="corpus_precision_1000", unit="share", direction=0, in_model=False,
    sentence="{value} of the words of its pages are among the 1,000 commonest of the language", source=f"{_CASTILLO}: corpus precision",
)  # fmt: skip
def content_corpus_precision_1000() -> pl.Expr:
    return _mean("corpus_precision_1000")


@signal(
    "page", "seen", needs="corpus_recall_1000", unit="occurrences a word", direction=0, in_model=False,
    sentence="the 1,000 commonest words of the language come on its pages {value}", source=f"{_CASTILLO}: corpus recall",
)  # fmt: skip
def content_corpus_recall() -> pl.Expr:
    return _mean("corpus_recall_1000")


@signal(
    "page", "seen", needs="trigram_likelihood", unit="nats", direction=0, in_model=False,
    sentence="the independent likelihood of its trigrams is {value}", source=f"{_NTOULAS}: independent n-gram likelihoods",
)  # fmt: skip
def content_likelihood() -> pl.Expr:
    return _mean("trigram_likelihood")


@signal(
    "page", "seen", needs="trigram_entropy number_of_words", unit="nats", direction=1, in_model=False,
    sentence="its text repeats itself: the entropy of its trigrams lies {value} below that of text that never does", source=f"{_CASTILLO}: entropy",
)  # fmt: skip
def content_repetition() -> pl.Expr:
    long_enough = pl.col("number_of_words") > 12
    return pl.when(long_enough).then((pl.col("number_of_words") - 2).log() - pl.col("trigram_entropy")).mean()


@signal(
    "page", "seen", needs="top_word_share", unit="share", direction=1, in_model=False,
    sentence="one word makes up {value} of the longer words of its pages", source="Google spam policies: keyword stuffing",
)  # fmt: skip
def content_top_word() -> pl.Expr:
    return pl.when(pl.col("main_words") >= 50).then("top_word_share").mean()


@signal(
    "page", "seen", needs="title_in_text", unit="share", direction=0, in_model=False,
    sentence="{value} of the words of its titles come in its text", source="title at odds with the text",
)  # fmt: skip
def content_title_in_text() -> pl.Expr:
    return _mean("title_in_text")


@signal(
    "page", "seen", needs="language declared_language", unit="share", direction=0, in_model=False,
    sentence="{value} of its pages are in another language than they say", source="language of the page against its declaration",
)  # fmt: skip
def content_other_language() -> pl.Expr:
    told = (pl.col("declared_language").str.len_chars() >= 2) & (pl.col("language") != "")
    return (
        pl.when(told)
        .then(pl.col("declared_language").str.slice(0, 2) != pl.col("language"))
        .cast(pl.Float64)
        .mean()
    )
