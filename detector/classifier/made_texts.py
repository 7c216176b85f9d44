"""Spam texts made of the phrases of its trades, alone and set into ordinary titles of the same language.

A hacked page and a repurposed domain look like this: a title among honest words that sells something. Because the same ordinary
titles are learnt from as they stand, only the phrases can tell the two apart, in every language.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Final

import polars as pl

from detector.classifier.ordinary_phrases import ORDINARY_PHRASES
from detector.classifier.trade_phrases import PHRASES, phrases
from detector.signals.lexicon import SELLERS

#: Of each phrase so many texts are made, and so many of each single word of link sellers; an ordinary phrase counts so often.
_OF_EACH: Final = 10
_OF_SELLERS_WORDS: Final = 3
_OF_PLAIN: Final = 7
_JOINTS: Final = (" ", " ", " - ", " | ", ", ", ": ")


def made_texts(ordinary: pl.DataFrame) -> pl.DataFrame:
    """The texts, the same in every run.

    Args:
        ordinary: ``text`` and ``language`` (String) of ordinary titles and anchors.

    Returns:
        ``text``, ``label`` (Int8) and ``weight`` (Float64): in each language the spam and the ordinary texts weigh the same, so
        that the language itself says nothing.
    """
    draw = random.Random(20261121)  # noqa: S311  (no secret)
    tables = []
    for language in PHRASES:
        known, plain = phrases(PHRASES, language), phrases(ORDINARY_PHRASES, language)
        hosts = ordinary.filter(language=language)["text"].unique().sort().to_list()
        spam = [_made(phrase, known, [*hosts, *plain], draw) for phrase in known for _ in range(_OF_EACH)]
        if language == "English":
            words = [word.replace("-", " ") for word in SELLERS.split()]
            spam += [_made(word, words, hosts, draw) for word in words for _ in range(_OF_SELLERS_WORDS)]
        honest = [*draw.sample(hosts, min(len(hosts), len(spam))), *(_OF_PLAIN * plain)]
        tables += [_table(spam, 1, len(spam)), _table(honest, 0, len(spam))]
    return pl.concat(tables)


def _table(texts: list[str], label: int, weight: float) -> pl.DataFrame:
    """Texts whose weights sum to ``weight``."""
    table = pl.DataFrame({"text": texts}, schema={"text": pl.String})
    return table.with_columns(label=pl.lit(label, pl.Int8), weight=pl.lit(weight / max(len(texts), 1)))


def _made(phrase: str, others: list[str], hosts: list[str], draw: random.Random) -> str:
    ways: list[Callable[[], list[str]]] = [
        lambda: [phrase],
        lambda: [phrase, draw.choice(others)],
        lambda: [phrase, draw.choice(others), str(draw.choice((24, 77, 88, 365, 777, 2024, 2025, 2026)))],
        lambda: [phrase, draw.choice(hosts)] if hosts else [phrase],
        lambda: [draw.choice(hosts), phrase] if hosts else [phrase],
    ]
    return draw.choice(_JOINTS).join(draw.choice(ways)())
