"""Word weights for anchors and titles: what each word says for or against link spam, summed over a domain's words.

A text becomes the set of its words (letters and digits between anything else, at most ``LONGEST_WORD`` characters) and,
for Chinese, Japanese, Korean and Thai, of its single characters and neighbouring pairs as well. The weights are fitted
by ``classifier.words``; here they are only looked up, as joins over columns, so that a million texts cost seconds.
"""

from __future__ import annotations

import polars as pl

LONGEST_WORD = 24
_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}]"


def tokens(texts: pl.DataFrame) -> pl.DataFrame:
    """The distinct words of each text.

    Args:
        texts: columns ``id`` (any integer) and ``norm`` (String, as ``text.normalised`` makes it).

    Returns:
        columns ``id`` and ``token`` (String), one row a word of a text, without repeats.
    """
    words = (
        texts.select("id", token=pl.col("norm").str.strip_chars(" ").str.split(" "))
        .explode("token", empty_as_null=False)
        .filter(
            pl.col("token").str.len_chars().is_between(1, LONGEST_WORD)
            & ~pl.col("token").str.contains("@", literal=True)
        )
    )
    unspaced = texts.filter(pl.col("norm").str.contains(_UNSPACED)).select(
        "id", character=pl.col("norm").str.extract_all(_UNSPACED)
    )
    pairs = unspaced.explode("character", empty_as_null=False).with_columns(
        following=pl.col("character").shift(-1).over("id")
    )
    return pl.concat(
        [
            words,
            pairs.select("id", token="character"),
            pairs.drop_nulls("following").select("id", token=pl.col("character") + pl.col("following")),
        ]
    ).unique(maintain_order=False)


def bag_of_words(pairs: pl.DataFrame, vocabulary: pl.DataFrame) -> pl.DataFrame:
    """The known words of each referring domain, over all its texts.

    Args:
        pairs: columns ``referring_domain`` and ``norm`` (normalised text).
        vocabulary: columns ``token`` (String) and ``word`` (UInt32), and any others to carry along.

    Returns:
        ``referring_domain``, ``word`` and the vocabulary's other columns, without repeats.
    """
    texts = pairs.select("norm").unique().with_row_index("id")
    known = tokens(texts).join(vocabulary, on="token", how="inner").drop("token")
    numbered = pairs.select("referring_domain", "norm").join(texts, on="norm").drop("norm")
    return numbered.join(known, on="id").drop("id").unique(["referring_domain", "word"], maintain_order=False)


def known_words(texts: pl.DataFrame, weights: pl.DataFrame) -> pl.DataFrame:
    """The words of each text that have a weight; the same as joining ``tokens``, at the cost of one search.

    Args:
        texts: ``hash`` (any integer) and ``norm`` (normalised text).
        weights: ``token``, ``word`` (UInt32) and ``weight`` (Float64).

    Returns:
        ``hash``, ``word`` and ``weight``; a word that stands twice in a text may come twice.
    """
    unspaced = pl.col("token").str.contains(_UNSPACED)
    pattern = pl.when(unspaced).then("token").otherwise(pl.concat_str(pl.lit(" "), "token", pl.lit(" ")))
    patterns = weights.with_columns(pattern=pattern)
    if not patterns.height:
        return texts.select("hash").clear().with_columns(word=pl.lit(0, pl.UInt32), weight=pl.lit(0.0))
    found = texts.select(
        "hash", pattern=pl.col("norm").str.extract_many(patterns["pattern"].to_list(), overlapping=True)
    )
    words = found.explode("pattern", empty_as_null=False)
    return words.join(patterns.select("pattern", "word", "weight"), on="pattern").drop("pattern")
