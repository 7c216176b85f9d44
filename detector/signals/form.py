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


def _form(upper: str, cased: str, letter: str, word: str) -> dict[str, pl.Expr]:
    """Name -> what is told of a text, by the patterns of a capital, of any letter that has a case, of any letter, and of what words are made of.

    Letters are counted as all but what is none, of which there is less to find.
    """
    letters = _number_of(cased)

    def where_cased(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
        return pl.when(letters >= _LETTERS).then(part / whole.clip(1))

    return {
        "capitals": where_cased(_cut.str.count_matches(f"[{upper}]"), letters),
        "capitalised": where_cased(
            _cut.str.count_matches(f"(?:^|[^{word}])[{upper}]"),
            _cut.str.count_matches(f"(?:^|[^{word}])[{cased}]"),
        ),
        "digits": _cut.str.count_matches(r"\p{N}") / _length,
        "marks": _cut.str.count_matches(r"""[!?,;:"'()]""") / _length,
        "bar": _cut.str.contains(r"[|｜]"),
        "dash": _cut.str.contains(r" [-–—·»•:]+ |»"),
        "word_length": where_cased(_number_of(letter), _cut.str.count_matches(f"[{letter}]+")),
    }


def _number_of(letters: str) -> pl.Expr:
    return _cut.str.len_chars() - _cut.str.count_matches(f"[^{letters}]")


_ANY: Final = _form(r"\p{Lu}", r"\p{Lu}\p{Ll}", r"\p{L}", r"\w")
#: The same of texts in ASCII, several times as fast.
_ASCII: Final = _form("A-Z", "A-Za-z", "A-Za-z", "0-9A-Za-z_")
#: Column of a link -> what is told of its texts.
FORM: Final[dict[str, tuple[str, ...]]] = {
    "anchor": ("capitals", "capitalised", "digits"),
    "source_title": tuple(_ANY),
}


def text_form(texts: pl.DataFrame, column: str) -> pl.DataFrame:
    """How each text is written.

    Args:
        texts: a column ``text`` of distinct, non-null strings (String).
        column: of a link, from which they are.

    Returns:
        ``texts``, in another order, with ``FORM`` of the column, Float32: ``capitals`` (share of the letters that have a case), ``capitalised`` (share of the
        words of such letters that begin with one), ``digits`` and ``marks`` (shares of the characters), ``bar`` and ``dash`` (1: parts are set off by one), and
        ``word_length`` (letters); null where it has too few letters to say. Where no text at all has a capital the tool writes them so
        (some do), and nothing is said of capitals.
    """
    is_ascii = texts["text"].str.len_bytes() == texts["text"].str.len_chars()
    halves = (texts.filter(is_ascii), _ASCII), (texts.filter(~is_ascii), _ANY)
    table = pl.concat(
        half.lazy().with_columns(form[name].cast(pl.Float32).alias(name) for name in FORM[column]).collect()
        for half, form in halves
    )
    if not (table["capitals"] > 0).any():
        table = table.with_columns(
            pl.lit(None, pl.Float32).alias(name) for name in ("capitals", "capitalised")
        )
    return table
