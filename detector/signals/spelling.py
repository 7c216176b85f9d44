"""Texts spelt to be read by people and missed by filters, and what they say in plain letters.

``c.a.s.i.n.o``, ``𝐬𝐥𝐨𝐭``, ``саsinо`` with Cyrillic letters, ``sl0t``, letters with invisible characters between them. A language's own
letters are left as they are: only a word that mixes alphabets, of which one is wholly look-alikes, is in disguise.
Odd texts are found by searches over the column and mended one by one; in ordinary profiles they are few.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

import polars as pl

from detector.signals.lookalikes import LEET, STYLED, TO_CYRILLIC, TO_LATIN

#: Characters that are not seen: joiners, directions, fillers, soft hyphens, variation selectors, tags.
_INVISIBLE: Final = (
    r"[\x{AD}\x{34F}\x{61C}\x{115F}\x{1160}\x{17B4}\x{17B5}\x{180B}-\x{180E}\x{200B}-\x{200F}\x{202A}-\x{202E}"
    r"\x{2060}-\x{206F}\x{3164}\x{FE00}-\x{FE0F}\x{FEFF}\x{FFA0}\x{E0000}-\x{E0FFF}]"
)
_HIDDEN_INSIDE: Final = r"[a-z][\x{200B}-\x{200D}\x{2060}]+[a-z]"
#: Three letters of a fancy alphabet in a row, blanks and marks between them or not. Full-width letters are not among
#: them: Japanese writes them as a matter of course.
_FANCY_LETTER: Final = (
    r"[\x{1D400}-\x{1D7FF}\x{1F130}-\x{1F169}\x{1F170}-\x{1F189}\x{24B6}-\x{24E9}" + "".join(
        letter for letter in STYLED if ord(letter) < 0x10000
    ) + "]"
)  # fmt: skip
_FANCY: Final = rf"(?:{_FANCY_LETTER}[ ._*-]?){{3}}"
#: Four letters or more, each by itself.
_SPACED: Final = r"(?:^|[^\p{L}\p{N}])(?:\p{L}[ ._*-]){3,}\p{L}(?:$|[^\p{L}])"
_SPELT: Final = re.compile(r"(?<!\S)[^\W\d_](?: \w){3,}(?!\S)")
_MIXED: Final = r"[a-z][\x{370}-\x{58F}]|[\x{370}-\x{58F}][a-z]"
_MIXED_WORD: Final = re.compile("(?=[^ ]*[a-z])(?=[^ ]*[\u0370-\u058f])[a-z\u0370-\u058f]{4,}")
_LEET: Final = r"\p{L}[013457]\p{L}"
_LEET_INSIDE: Final = re.compile(r"(?<=[^\W\d_])[013457](?=[^\W\d_])")
#: Accents on Latin, Greek and Cyrillic letters; the marks of other scripts are letters of theirs.
_ACCENTS: Final = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff\ufe20-\ufe2f]+")
_ACCENTED: Final = (
    r"[\x{C0}-\x{24F}\x{300}-\x{36F}\x{386}-\x{3CE}\x{400}-\x{45F}\x{1E00}-\x{1FFF}\x{20D0}-\x{20FF}]"
)


def disguised(low: str, *, ascii_only: bool) -> pl.Expr:
    """Whether a text (column ``low``, in lower case) is spelt with spaced, fancy, hidden or foreign letters."""
    spaced = pl.col(low).str.contains(_SPACED)
    if ascii_only:
        return spaced
    mixed = pl.col(low).str.contains(_MIXED)
    swapped = pl.when(mixed).then(
        pl.col(low).map_batches(_swapped, return_dtype=pl.Boolean, is_elementwise=True)
    )
    tricks = pl.col(low).str.contains(_FANCY) | pl.col(low).str.contains(_HIDDEN_INSIDE)
    return spaced | tricks | swapped.fill_null(False)


def readable(text: pl.Expr) -> pl.Expr:
    """A text in lower case and NFKC, without what is not seen, its styled and foreign look-alike letters made plain."""
    seen = text.str.replace_all(_INVISIBLE, "").str.normalize("NFKC").str.to_lowercase()
    plain = seen.str.replace_many(list(STYLED), list(STYLED.values()))
    return plain.map_batches(
        lambda texts: mended(texts, _MIXED, unmixed), return_dtype=pl.String, is_elementwise=True
    )


def joined_letters(norm: pl.Series) -> pl.Series:
    """Normalised texts (see ``text.normalised``), letters that stand alone joined: `` s l o t online `` -> `` slot online ``."""
    return mended(norm, r" \p{L} \S \S \S ", lambda text: _SPELT.sub(_joined, text))


def plain_words(words: pl.Series) -> pl.Series:
    """Words with digits inside read as letters and accents dropped: ``v1agra`` -> ``viagra``, ``níqueis`` -> ``niqueis``."""
    words = mended(words, _LEET, lambda word: _LEET_INSIDE.sub(lambda digit: LEET[digit[0]], word))
    return mended(words, _ACCENTED, without_accents)


def unmixed(text: str) -> str:
    """A text whose words in two alphabets are written in the one that the other passes for, where there is one."""
    return _MIXED_WORD.sub(lambda word: _one_alphabet(word[0]) or word[0], text)


def without_accents(text: str) -> str:
    """Latin, Greek and Cyrillic letters without their accents; other scripts stay as they are."""
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", text)))


def _one_alphabet(word: str) -> str | None:
    """The word in Latin if all its other letters pass for Latin ones, else in Cyrillic if the Latin ones pass for those."""
    if all(letter in TO_LATIN for letter in word if letter > "z"):
        return "".join(TO_LATIN.get(letter, letter) for letter in word)
    cyrillic = all("\u0400" <= letter <= "\u052f" for letter in word if letter > "z")
    if cyrillic and all(letter in TO_CYRILLIC for letter in word if letter <= "z"):
        return "".join(TO_CYRILLIC.get(letter, letter) for letter in word)
    return None


def _swapped(texts: pl.Series) -> pl.Series:
    return texts.map_elements(lambda text: unmixed(text) != text, return_dtype=pl.Boolean)


def _joined(spelt: re.Match[str]) -> str:
    return spelt[0].replace(" ", "")


def mended(texts: pl.Series, odd: str, mend: Callable[[str], str]) -> pl.Series:
    """The texts, those that hold something ``odd`` mended one by one."""
    at = texts.str.contains(odd).fill_null(False).arg_true()
    if not len(at):
        return texts
    return texts.scatter(at, [mend(text) for text in texts.gather(at)])
