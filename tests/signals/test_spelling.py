"""Spelling: what is written to fool filters is read, and what a language writes by itself is left alone."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.signals.lookalikes import TO_LATIN
from detector.signals.spelling import disguised, joined_letters, plain_words, readable, unmixed


def read(text: str) -> str:
    return pl.select(readable(pl.lit(text))).item()


def is_disguised(text: str) -> bool:
    frame = pl.DataFrame({"low": [text.lower()]})
    return frame.select(disguised("low", ascii_only=text.isascii())).item()


@pytest.mark.parametrize(
    "text",
    ["𝐬𝐥𝐨𝐭", "𝓼𝓵𝓸𝓽", "ｓｌｏｔ", "ⓢⓛⓞⓣ", "🅂🄻🄾🅃", "🅢🅛🅞🅣", "ꜱʟᴏᴛ", "sl\u200bot", "s\u2060l\u00ado\ufe0ft", "ѕӏоt", "slοt"],
)  # fmt: skip
def test_a_disguised_word_is_read(text: str) -> None:
    assert read(text) == "slot"


def test_a_cyrillic_word_with_latin_letters_is_read_as_cyrillic() -> None:
    assert unmixed("cлoты") == "слоты"


@pytest.mark.parametrize(
    "text", ["𝐬𝐥𝐨𝐭 online", "s l o t gacor", "c.a.s.i.n.o", "саsinо", "cлoты", "ca\u200bsino", "ᴄᴀꜱɪɴᴏ"]
)
def test_tricks_are_seen(text: str) -> None:
    assert is_disguised(text)


@pytest.mark.parametrize(
    "text",
    ["онлайн казино", "ΑΘΗΝΑ", "caça-níqueis", "IT-компания", "WiFi роутер", "5μm und 3kΩ", "ＵＲＬ", "東京 図書館", "한국", "คาสิโน",
     "כלי גינה", "كازينو", "ALL CAPS SALE", "U.S.A. news", "Việt Nam", "Zeit\u00adschrift", "می\u200cخواهم", "I ♥ tea 🔥", "plan ⓘ"],
)  # fmt: skip
def test_a_language_in_its_own_letters_is_no_trick(text: str) -> None:
    assert not is_disguised(text)


@given(st.text(alphabet=sorted(set("казиновулкстьЖЯщюё ")), max_size=30))
def test_russian_stays_russian(text: str) -> None:
    assert unmixed(text) == text


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=12), st.data())
def test_any_look_alike_of_a_letter_is_undone(word: str, data: st.DataObject) -> None:
    """Of a Latin word, all letters but one may be replaced by any letter that passes for them."""
    kept = data.draw(st.integers(0, len(word) - 1))
    foreign: dict[str, list[str]] = {}
    for like, latin in TO_LATIN.items():
        if "\u0370" <= like <= "\u058f":
            foreign.setdefault(latin, []).append(like)
    masked = "".join(
        letter if i == kept or letter not in foreign else data.draw(st.sampled_from(foreign[letter]))
        for i, letter in enumerate(word)
    )
    assert unmixed(masked) == word


@given(st.text(max_size=60))
def test_reading_twice_changes_no_plain_text(text: str) -> None:
    once = read(text)
    if once.isascii():
        assert read(once) == once


def test_letters_are_joined_digits_read_and_accents_dropped() -> None:
    assert joined_letters(pl.Series([" play s l o t now ", " a b c ", " p l u t o 8 8 "])).to_list() == [
        " play slot now ", " a b c ", " pluto88 ",
    ]  # fmt: skip
    words = pl.Series(["v1agra", "sl0t", "slot88", "2024", "níqueis", "ёлка", "が", "한국", "พนัน"])
    assert plain_words(words).to_list() == [
        "viagra", "slot", "slot88", "2024", "niqueis", "елка", "が", "한국", "พนัน",
    ]  # fmt: skip
