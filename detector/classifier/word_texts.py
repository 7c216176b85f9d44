"""Ordinary texts in forty languages: a few words, drawn by chance from the commonest of a language.

Titles of ordinary sites are at hand in few languages. Without these texts a part of a word that is honest anywhere else
(``castagna``, ``viaggio``) would be spam wherever a trade's phrase happens to hold it. Spam is made by setting phrases into
the same texts (see ``made_texts``), so that a language's words by themselves say nothing.
"""

from __future__ import annotations

import random
from typing import Final

import polars as pl

from detector.errors import UsageError
from detector.signals.lexicon import trade_patterns

#: Texts a language, words a text, and how many of the commonest words they are drawn from.
TEXTS_EACH: Final = 1500
_LENGTHS: Final = (1, 2, 3, 4, 5, 6, 8)
_COMMONEST: Final = 12_000
#: Code of the word lists -> language as ``languages`` names it.
_LANGUAGES: Final = {
    "en": "English", "id": "Indonesian", "ms": "Indonesian", "tr": "Turkish", "ru": "Russian", "bg": "Russian", "mk": "Russian",
    "uk": "Ukrainian", "vi": "Vietnamese", "es": "Spanish", "ca": "Spanish", "pt": "Portuguese", "fr": "French", "de": "German",
    "it": "Italian", "nl": "Dutch", "pl": "Polish", "cs": "Czech and Slovak", "sk": "Czech and Slovak", "sl": "other Latin",
    "sh": "other Latin", "lt": "other Latin", "lv": "other Latin", "fil": "other Latin", "is": "Swedish and its neighbours",
    "sv": "Swedish and its neighbours", "da": "Swedish and its neighbours", "nb": "Swedish and its neighbours",
    "fi": "Swedish and its neighbours", "ro": "Romanian", "hu": "Hungarian", "el": "Greek", "ar": "Arabic and Persian",
    "fa": "Arabic and Persian", "ur": "Arabic and Persian", "he": "Hebrew", "hi": "Indic", "bn": "Indic", "ta": "Indic",
    "ko": "Korean", "ja": "Japanese", "zh": "Chinese",
}  # fmt: skip
_WITHOUT_BLANKS: Final = ("ja", "zh")


def word_texts() -> pl.DataFrame:
    """The texts, the same in every run: ``text`` and ``language`` (String).

    Raises:
        UsageError: the package ``wordfreq`` is not installed (only the making of the training tables needs it).
    """
    try:
        from wordfreq import top_n_list
    except ImportError as error:
        raise UsageError(
            "--rebuild needs the package 'wordfreq': run 'pip install toxic-link-detector[train]'"
        ) from error
    draw = random.Random(20261122)  # noqa: S311  (no secret)
    texts: list[tuple[str, str]] = []
    for code, language in _LANGUAGES.items():
        words = _unsold(top_n_list(code, _COMMONEST))
        joint = "" if code in _WITHOUT_BLANKS else " "
        texts += [
            (joint.join(draw.choices(words, k=draw.choice(_LENGTHS))), language) for _ in range(TEXTS_EACH)
        ]
    return pl.DataFrame(texts, schema={"text": pl.String, "language": pl.String}, orient="row")


def _unsold(words: list[str]) -> list[str]:
    """The words without those that a spam trade is known by."""
    patterns = sorted({pattern for listed in trade_patterns().values() for pattern in listed})
    spaced = pl.DataFrame({"word": words}).with_columns(spaced=pl.format(" {} ", "word"))
    return spaced.filter(~pl.col("spaced").str.contains_any(patterns))["word"].to_list()
