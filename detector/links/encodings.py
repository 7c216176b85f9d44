"""Any encoding that exports come in, turned into UTF-8: by mark, by zeros, by validity, by letters.

Files without a byte order mark that are no valid UTF-8 are in a Windows code page. Which one is told by the
letters that the bytes above ASCII would be: each alphabet has a few that make up most of its text.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

UTF8: Final = "utf-8"

_MARKS: Final = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", UTF8),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)

#: Code page -> the letters that its languages use most beyond ASCII, most frequent first.
_LETTERS: Final = {
    "cp1252": "éäàüöèçñóáíãßøåêúôîâæïœÉÄÜÖÀÇÑÓÁÍÅØõû",
    "cp1251": "оеаитнсрвлкмдпуяыьгзбчйхжшюцщэфёіїєъ",
    "cp1250": "áéíěšřžčýůłąęóśżćőńűăâîșțúÁÉŠŘŽČŁŚŻĐđ",
    "cp1253": "αοιετσνηυρπκμλςάέήίόώύγδθχφβξ",
    "cp1254": "ıüşğöçİŞÜÖÇâî",
    "cp1255": "יוהלאתרבמנשדםחקעפגסטצזןכךףץ",
    "cp1256": "ايلنمورتبعدهسفكقحجةشطصخزىغذضثءأإ",
    "cp1257": "āīēšņžųėąčģļķūõäüö",
    "cp874": "านรอกเงยลมวดทสตะปบคหแจพชข่้็์ัิีื",
    "cp932": "のにはをたがでてとしれさいるなんスルトンーリア日本の人大年",
    "cp936": "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会",
    "cp949": "이다의는에을가고하로기한지사를리어세요자시도서인스아나트페대정보",
    "cp950": "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會",
}
#: Code page of two bytes a letter -> first bytes of its everyday characters.
_WIDE: Final = {"cp932": (0x82, 0x97), "cp936": (0xB0, 0xD7), "cp949": (0xB0, 0xC8), "cp950": (0xA4, 0xC6)}
#: What stands at the same place in (nearly) all of them.
_PUNCTUATION: Final = "\u00a0€‚„…†‡‰‹‘’“”•–—™›¤¦§©«¬®°±¶·»"
_RUN = re.compile(rb"[\x80-\xff][\x40-\xff]*")
_WORD = re.compile(
    rb"(?<![A-Za-z\x80-\xff])[A-Za-z]*+[\x80-\xff][A-Za-z\x80-\xff]*"
)  # each letter is looked at once


@dataclass(frozen=True)
class Encoding:
    """An encoding, the length of its mark, and whether lines end with CR alone."""

    name: str
    mark: int = 0
    cr_only: bool = False


@dataclass
class Repairs:
    """What was mended in the bytes of a file."""

    nul_bytes: int = 0
    recoded_lines: int = 0


def detect(head: bytes, *, whole: bool) -> Encoding:
    """Tell the encoding from the start of a file; ``whole``: nothing follows."""
    name, mark = _named(head, whole=whole)
    text = head[mark:].replace(b"\0", b"") if name.startswith(("utf-16", "utf-32")) else head[mark:]
    return Encoding(name, mark, cr_only=b"\r" in text and b"\n" not in text)


def marked(head: bytes) -> tuple[str, int] | None:
    """Name and length of the mark of an encoding that its mark or its zeros tell; None of one that they do not."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name, len(mark)
    zeros, odd_zeros = head.count(b"\0"), head[1::2].count(b"\0")
    if zeros * 5 > len(head):  # text of mostly ASCII has a zero in every other byte
        if odd_zeros > 0.9 * zeros:
            return "utf-16-le", 0
        if odd_zeros < 0.1 * zeros:
            return "utf-16-be", 0
    return None


def _named(head: bytes, *, whole: bool) -> tuple[str, int]:
    told = marked(head)
    if told:
        return told
    try:
        codecs.getincrementaldecoder(UTF8)().decode(head, final=whole)
    except UnicodeDecodeError:
        valid = _mostly_utf8(head)
        return (UTF8 if valid else code_page(head)), 0
    return UTF8, 0


def _mostly_utf8(head: bytes) -> bool:
    """Whether a few broken lines stand among valid ones that are not plain ASCII."""
    lines = [line for line in head.split(b"\n") if not line.isascii()]
    valid = sum(_is_utf8(line) for line in lines)
    return valid * 2 > len(lines)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode(UTF8)
    except UnicodeDecodeError:
        return False
    return True


def code_page(data: bytes) -> str:
    """The Windows code page in which the words of ``data`` look most like words."""
    words = [word for word in _WORD.findall(data)[:2000] if len(word) > 1] or _RUN.findall(data)[:2000]
    scores = {name: _score(name, words, data) for name in _LETTERS}
    return max(scores, key=lambda name: scores[name])


def _score(name: str, words: list[bytes], data: bytes) -> float:
    """How much like a language, 0 to 1: letters count by how frequent they are, oddities against it."""
    if name in _WIDE:
        return _wide_score(name, data)
    letters = _LETTERS[name]
    weights = {letter: 1 - 0.7 * place / len(letters) for place, letter in enumerate(letters)}
    latin = name in {"cp1250", "cp1252", "cp1254", "cp1257"}
    total, count = 0.0, 0
    for word in words:
        text = word.decode(name, "replace")
        mixed = not latin and any(letter.isascii() for letter in text)
        for place, letter in enumerate(text):
            if letter.isascii() or letter in _PUNCTUATION:
                continue
            count += 1
            after = text[place - 1] if place else ""
            odd = (letter.isupper() and after.islower()) or not (after or letter.isalpha())
            if mixed or odd or (letter not in weights and not letter.isalpha()):
                total -= 0.5
            else:
                total += weights.get(letter, weights.get(letter.lower(), 0) * 0.7)
    usual = 0.02 if name == "cp1252" else 0.0  # where nothing decides
    return (total / count if count else 0.0) + usual


def _wide_score(name: str, data: bytes) -> float:
    """The same for code pages with two bytes a letter, where few sequences of bytes are valid at all."""
    text = data[: 64 << 10].decode(name, "replace")
    foreign = [place for place, letter in enumerate(text) if not letter.isascii()]
    if not foreign or text.count("\ufffd") > len(foreign) * 0.02:
        return 0.0

    glued = sum(text[place - 1 : place].isalpha() and text[place - 1].isascii() for place in foreign)
    common = sum(text[place] in _LETTERS[name] for place in foreign)
    first, last = _WIDE[name]
    pairs = [text[place].encode(name, "replace") for place in foreign]
    everyday = sum(len(pair) == 2 and first <= pair[0] <= last for pair in pairs)
    return (1.2 * common + 0.6 * everyday - glued) / len(foreign)


def to_utf8(blocks: Iterable[bytes], encoding: Encoding, repairs: Repairs) -> Iterator[bytes]:
    """Blocks of any encoding as blocks of UTF-8, without mark and NUL bytes.

    UTF-8 passes as it is: it is checked where it is parsed (``mended``). An unknown byte becomes U+FFFD.
    """
    skip = encoding.mark
    decode = None
    if encoding.name != UTF8:
        decode = codecs.getincrementaldecoder(encoding.name)(errors="replace").decode
    for block in blocks:
        if skip:
            skip, block = max(0, skip - len(block)), block[skip:]
        if decode:
            block = decode(block).encode(UTF8, "replace")
        yield _clean(block, encoding, repairs)
    if decode:
        yield _clean(decode(b"", final=True).encode(UTF8, "replace"), encoding, repairs)


def _clean(block: bytes, encoding: Encoding, repairs: Repairs) -> bytes:
    if b"\0" in block:
        text = block.translate(None, b"\0")  # as fast through millions of them as through one; replace is not
        repairs.nul_bytes += len(block) - len(text)
        block = text
    return block.replace(b"\r", b"\n") if encoding.cr_only else block


def mended(data: bytes, repairs: Repairs) -> bytes:
    """Complete lines in UTF-8, a line that is none read in its code page."""
    if _is_utf8(data):
        return data
    lines = data.split(b"\n")
    broken = [place for place, line in enumerate(lines) if not _is_utf8(line)]
    page = code_page(b"\n".join(lines[place] for place in broken))
    for place in broken:
        lines[place] = lines[place].decode(page, "replace").encode(UTF8)
    repairs.recoded_lines += len(broken)
    return b"\n".join(lines)
