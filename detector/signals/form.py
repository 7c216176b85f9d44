"""How anchors and titles are written, whatever they say: capitals, digits, marks.

An article has a title that somebody wrote, and its site's name behind a dash; what a program writes is a phrase in lower
case, a name with numbers, or the start of a stolen text.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from detector.signals.text import LONGEST

#: With fewer letters that have a case nothing is said of capitals, nor of words: half the world writes without.
_LETTERS: Final = 5

_cut: Final = pl.col("text").str.slice(0, LONGEST)
_length: Final = _cut.str.len_chars().clip(1)


def _number_of(letters: str) -> pl.Expr:
    """How many letters: all characters but those that are none, of which there are fewer to find."""
    return _cut.str.len_chars() - _cut.str.count_matches(f"[^{letters}]")


_UPPER, _CASED, _LETTER = r"\p{Lu}", r"\p{Lu}\p{Ll}", r"\p{L}"
_cased: Final = _number_of(_CASED)


def _where_cased(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    return pl.when(_cased >= _LETTERS).then(part / whole.clip(1))


_FORM: Final = {
    "capitals": _where_cased(_cut.str.count_matches(f"[{_UPPER}]"), _cased),
    "capitalised": _where_cased(  # a word's edge by `\b` takes several times as long
        _cut.str.count_matches(rf"(?:^|\W)[{_UPPER}]"), _cut.str.count_matches(rf"(?:^|\W)[{_CASED}]")
    ),
    "digits": _cut.str.count_matches(r"\p{N}") / _length,
    "marks": _cut.str.count_matches(r"""[!?,;:"'()]""") / _length,
    "bar": _cut.str.contains(r"[|｜]"),
    "dash": _cut.str.contains(r" [-–—·»•:]+ |»"),
    "word_length": _where_cased(_number_of(_LETTER), _cut.str.count_matches(f"[{_LETTER}]+")),
}
#: Column of a link -> what is told of its texts.
FORM: Final[dict[str, tuple[str, ...]]] = {
    "anchor": ("capitals", "capitalised", "digits"),
    "source_title": tuple(_FORM),
}


def text_form(texts: pl.DataFrame, column: str) -> pl.DataFrame:
    """How each text is written.

    Args:
        texts: a column ``text`` of distinct, non-null strings (String).
        column: of a link, from which they are.

    Returns:
        ``texts`` with ``FORM`` of the column, Float32: ``capitals`` (share of the letters that have a case), ``capitalised`` (share of the
        words of such letters that begin with one), ``digits`` and ``marks`` (shares of the characters), ``bar`` and ``dash`` (1: parts are set off by one), and
        ``word_length`` (letters); null where it has too few letters to say. Where no text at all has a capital the tool writes them so
        (some do), and nothing is said of capitals.
    """
    told = texts.lazy().with_columns(_FORM[name].cast(pl.Float32).alias(name) for name in FORM[column])
    table = told.collect()  # lazily: what several share is worked out once
    if not (table["capitals"] > 0).any():
        table = table.with_columns(
            pl.lit(None, pl.Float32).alias(name) for name in ("capitals", "capitalised")
        )
    return table
