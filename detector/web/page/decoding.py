"""The bytes of a page as text: what encoding it is in, whatever it says of itself.

The order is the WHATWG's (byte order mark, HTTP header, ``meta``, detection), with one exception: bytes above ASCII that
are valid UTF-8 are UTF-8, whatever header and ``meta`` say. By chance they hardly ever are.
"""

from __future__ import annotations

import re
from typing import Final

from detector.links import encodings

#: More of a page is not read.
MOST_BYTES: Final = 10_000_000
_HEAD: Final = 4096  # where a meta element is looked for (the standard asks for 1,024)
_SAMPLE: Final = 65_536  # bytes that the encoding is told from

_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_META: Final = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)

#: Labels as pages write them -> Python's codec, where they differ or a browser means a superset (WHATWG Encoding).
_CODECS: Final[dict[str, str]] = {
    "utf8": "utf-8", "utf-8": "utf-8", "unicode-1-1-utf-8": "utf-8",
    "utf-16": "utf-16-le", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
    "ascii": "cp1252", "us-ascii": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252", "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb18030": "gb18030", "gb_2312-80": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "euc-jp": "euc_jp", "x-euc-jp": "euc_jp", "iso-2022-jp": "iso2022_jp",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "windows-949": "cp949",
    "koi8-r": "koi8_r", "koi8-u": "koi8_u", "ibm866": "cp866", "cp866": "cp866",
    "macintosh": "mac_roman", "x-mac-cyrillic": "mac_cyrillic",
    **{f"iso-8859-{n}": f"iso8859_{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **{f"windows-{n}": f"cp{n}" for n in range(1250, 1259)},
    **{f"cp{n}": f"cp{n}" for n in range(1250, 1259)},
}  # fmt: skip


def decode(body: bytes, content_type: str | None = None) -> tuple[str, str]:
    """Text of a page and the name of the encoding that it was read in.

    Args:
        body: what the server sent, decompressed; of more than ``MOST_BYTES`` only the start is read.
        content_type: the value of the HTTP header.

    Nothing raises: a byte that means nothing becomes U+FFFD. NUL characters are left out.
    """
    body = body[:MOST_BYTES]
    marked = encodings.marked(body[:_SAMPLE])
    if marked:
        name, mark = marked
        return _text(body[mark:], name), name
    declared = _declared(body, content_type)
    if declared == "iso2022_jp":  # plain ASCII to all but itself
        return _text(body, declared), declared
    try:
        return body.decode("utf-8").replace("\0", ""), "utf-8"
    except UnicodeDecodeError as error:
        # only the last character, cut off, is wrong
        if error.reason == "unexpected end of data" and not body[: error.start].isascii():
            return _text(body, "utf-8"), "utf-8"
    name = declared or encodings.detect(body[:_SAMPLE], whole=False).name
    if name == "utf-8" and _mostly_broken(body):
        name = encodings.code_page(body[:_SAMPLE])
    return _text(body, name), name


def _declared(body: bytes, content_type: str | None) -> str | None:
    """Codec that the header names, else the ``meta`` element; None where neither names one that we know."""
    header = _CHARSET.search(content_type or "")
    if header and (codec := _CODECS.get(header[1].lower())):
        return codec
    meta = _META.search(body[:_HEAD])
    codec = _CODECS.get(meta[1].decode("ascii").lower()) if meta else None
    return (
        "utf-8" if codec in ("utf-16-le", "utf-16-be") else codec
    )  # a meta that can be read is not in UTF-16


def _mostly_broken(body: bytes) -> bool:
    """Whether more of the characters beyond ASCII are broken than are valid UTF-8."""
    sample = body[:_SAMPLE].decode("utf-8", "replace")
    foreign = sum(not char.isascii() for char in sample)
    return sample.count("\ufffd") * 2 > foreign


def _text(body: bytes, codec: str) -> str:
    return body.decode(codec, "replace").replace("\0", "")
