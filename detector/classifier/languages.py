"""A rough guess of the language of a short text, by its script and the commonest words of each language.

Only learning and measuring ask: the word weights must not learn that a language is spam because much spam is written in
it (see ``words``). Written by hand; a text without any of the words is of its script, no more.
"""

from __future__ import annotations

import re
from typing import Final

import polars as pl

#: Language -> words that hardly another language of its script uses, without accents.
_COMMON: Final[dict[str, str]] = {
    "English": "the and of to for with your how you from is on by best what new this are at",
    "Indonesian": "dan yang di untuk dengan dari ini itu tidak ada bisa saya kami terbaik cara banyak juga sudah situs terpercaya bang gak aja indonesia daftar resmi",
    "Turkish": "ve bir icin ile bu nasil en iyi guvenilir siteleri olarak turkiye yeni giris adresi nedir",
    "Vietnamese": "va cua cho la nha nhung khong cac viet nam mot uy tin choi tai trang voi tot nhat",
    "Spanish": "el los las del para una por mejores con como espana y donde esta sus",
    "Portuguese": "os dos uma melhores mais sobre nao brasil seu sua voce ao foi pelo",
    "French": "les des pour une avec est dans sur et vous meilleur comment aux du ligne en",
    "German": "der die das und fur mit von ist im den auf nicht ein eine zu uber bei startseite",
    "Italian": "il della delle per con una di che sono gli nel migliori alla piu come",
    "Dutch": "het een van voor met niet zijn je naar ook bij onze meer",
    "Polish": "w z dla jak sie jest oraz nie najlepsze polska strona",
    "Czech and Slovak": "na pro se jak jsou nebo sk je ako pre ktore nejlepsi",
    "Swedish and its neighbours": "och for att med pa av ett det til og den er ikke som",
    "Romanian": "si cu pe din la pentru mai este cele romania",
    "Hungarian": "az egy hogy nem magyar vagy mint hogyan legjobb",
}  # fmt: skip
_RUSSIAN: Final = re.compile("[ыэёъ]|ого |ние |ть ")
_UKRAINIAN: Final = re.compile("[іїєґ]")
_SETS: Final = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_SCRIPTS: Final = (
    ("Japanese", "[\u3040-\u30ff]"), ("Korean", "[\uac00-\ud7a3]"), ("Chinese", "[\u3400-\u9fff]"),
    ("Thai", "[\u0e00-\u0e7f]"), ("Arabic and Persian", "[\u0600-\u06ff]"), ("Hebrew", "[\u0590-\u05ff]"),
    ("Greek", "[\u0370-\u03ff]{3}"), ("Indic", "[\u0900-\u0dff]"),
)  # fmt: skip
_OTHER: Final = "other Latin"


def languages(texts: pl.Series) -> pl.Series:
    """The language each normalised text is probably written in (String)."""
    return pl.Series([_language(text) for text in texts], dtype=pl.String)


def _language(text: str) -> str:
    for name, letters in _SCRIPTS:
        if re.search(letters, text):
            return name
    if re.search("[\u0400-\u052f]", text):
        return "Ukrainian" if _UKRAINIAN.search(text) and not _RUSSIAN.search(text) else "Russian"
    from detector.signals.spelling import without_accents

    words = without_accents(text).split()
    counts = {language: sum(word in known for word in words) for language, known in _SETS.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] > 0 and list(counts.values()).count(counts[best]) == 1 else _OTHER
