"""Letters that pass for others: the tables that ``spelling`` folds by.

Taken by hand from Unicode's confusables (UTS 39, confusables.txt) and the character database: the letters of other
alphabets that an ordinary typeface draws like a Latin small letter or capital, and the small capitals and framed
letters that have no compatibility decomposition (NFKC folds the mathematical, circled and full-width alphabets itself).
"""

from __future__ import annotations

from typing import Final

#: Each Latin letter with the Cyrillic, Greek and Armenian letters (in lower case) that look like it or its capital.
_PASSES_FOR: Final = """
a а α ɑ   b в β ь   c с ϲ   d ԁ   e е ε ҽ   g ɡ ց   h һ н հ   i і ι ї ı   j ј յ   k к κ   l ӏ ⅼ   m м   n п η ո   o о ο օ σ
p р ρ   q ԛ   r г   s ѕ տ   t т τ   u υ ս   v ν ѵ   w ԝ ш ω   x х χ   y у γ ү   z ζ
"""

#: Styled Latin letters without a decomposition: small capitals and the like.
_STYLED: Final = """
a ᴀ   b ʙ ᴃ   c ᴄ   d ᴅ   e ᴇ   f ꜰ   g ɢ   h ʜ   i ɪ   j ᴊ   k ᴋ   l ʟ   m ᴍ   n ɴ   o ᴏ   p ᴘ   q ꞯ   r ʀ   s ꜱ   t ᴛ   u ᴜ
v ᴠ   w ᴡ   y ʏ   z ᴢ
"""


def _pairs(table: str) -> dict[str, str]:
    """``a а α`` -> ``{"а": "a", "α": "a"}``, of groups that three blanks or a new line divide."""
    groups = [group.split() for line in table.splitlines() for group in line.split("   ")]
    return {like: group[0] for group in groups if group for like in group[1:]}


#: Foreign letter -> the Latin one it passes for.
TO_LATIN: Final = _pairs(_PASSES_FOR)
#: Latin letter -> the Cyrillic one it passes for (``саsinо`` is Latin in disguise, ``cлoты`` Cyrillic).
TO_CYRILLIC: Final = {"a": "а", "b": "в", "c": "с", "e": "е", "h": "н", "k": "к", "m": "м", "n": "п", "o": "о", "p": "р",
                      "t": "т", "x": "х", "y": "у", "i": "і", "r": "г", "u": "и"}  # fmt: skip
#: Styled letter -> plain letter: small capitals, and letters in black frames (U+1F150 to 1F169, U+1F170 to 1F189).
STYLED: Final = {
    **_pairs(_STYLED),
    **{chr(first + i): chr(ord("a") + i) for first in (0x1F150, 0x1F170) for i in range(26)},
}
#: Digits that stand for letters inside a word: ``sl0t``, ``v1agra``.
LEET: Final = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t"}
