"""Encodings: what is said, what is so, and what is neither."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.web.page.decoding import decode

RUSSIAN = "Скачать чайник бесплатно, лучшие чайники города и области. " * 5
JAPANESE = "お茶の時間はとても楽しいです。日本のお茶の作り方を紹介します。" * 5


@pytest.mark.parametrize(
    ("body", "header", "text", "encoding"),
    [
        (RUSSIAN.encode("cp1251"), "text/html; charset=windows-1251", RUSSIAN, "cp1251"),
        (b'<meta charset="windows-1251">' + RUSSIAN.encode("cp1251"), None, RUSSIAN, "cp1251"),
        (b"<meta http-equiv=content-type content='text/html; charset=koi8-r'>" + RUSSIAN.encode("koi8_r"), "text/html", RUSSIAN, "koi8_r"),
        (RUSSIAN.encode("cp1251"), "text/html", RUSSIAN, "cp1251"),
        (RUSSIAN.encode("cp1251"), "text/html; charset=utf-8", RUSSIAN, "cp1251"),
        (RUSSIAN.encode(), "text/html; charset=iso-8859-1", RUSSIAN, "utf-8"),
        (b"\xef\xbb\xbf" + RUSSIAN.encode(), "text/html; charset=windows-1251", RUSSIAN, "utf-8"),
        (RUSSIAN.encode("utf-16"), None, RUSSIAN, "utf-16-le"),
        (JAPANESE.encode("shift_jis"), "text/html; charset=Shift_JIS", JAPANESE, "cp932"),
        (JAPANESE.encode("euc_jp"), 'text/html; charset="EUC-JP"', JAPANESE, "euc_jp"),
        (JAPANESE.encode("iso2022_jp"), "text/html; charset=iso-2022-jp", JAPANESE, "iso2022_jp"),
        ("茶".encode("gb18030") * 9, "text/html; charset=gb2312", "茶" * 9, "gb18030"),
        ("café".encode("latin-1"), "text/html; charset=base64", "café", "cp1252"),
        (b"tea\0pot", None, "teapot", "utf-8"),
        ("naïve ".encode() * 40 + b"\xff\xfe oops", "text/html; charset=utf-8", "naïve " * 40 + "\ufffd\ufffd oops", "utf-8"),
    ],
)  # fmt: skip
def test_text_is_read_in_the_encoding_it_is_in(
    body: bytes, header: str | None, text: str, encoding: str
) -> None:
    read, name = decode(body, header)
    assert name == encoding
    assert read.endswith(text)


@given(st.binary(max_size=300), st.text(max_size=60) | st.none())
def test_nothing_raises(body: bytes, header: str | None) -> None:
    text, name = decode(body, header)
    assert "\0" not in text and name
