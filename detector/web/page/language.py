"""The language of a text, and its most frequent words."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A text of fewer letters says too little.
_LEAST: Final = 60
_SAMPLE: Final = 1_000  # characters
#: Languages that share a list.
_SHARED: Final = {"no": "nb", "nn": "nb", "hr": "sh", "sr": "sh", "bs": "sh"}


def detect(text: str) -> str:
    """ISO 639-1 code of the language that a text is written in; empty of one that is too short to tell.

    By ``py3langid`` (M. Lui, T. Baldwin: langid.py, ACL 2012).
    """
    middle = max(len(text) // 2 - _SAMPLE // 2, 0) if len(text) > 2 * _SAMPLE else 0
    sample = text[middle : middle + _SAMPLE]
    if sum(map(str.isalpha, sample)) < _LEAST and len(sample.encode(errors="replace")) < 3 * _LEAST:
        return ""
    from py3langid import classify  # 0.5 s and 100 MB, once

    return str(classify(sample)[0])


@lru_cache(1)
def _frequent() -> dict[str, tuple[str, ...]]:
    text = resources.files("detector").joinpath("data", "frequent_words.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["language"]: tuple(row["words"].split(" ")) for row in rows}


def frequent_words(language: str) -> Sequence[str] | None:
    """The 1,000 most frequent words of a language, the most frequent first; None of a language without a list."""
    code = language[:2]
    return _frequent().get(_SHARED.get(code, code))
