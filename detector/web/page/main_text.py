"""The main text of a page, told from menus and footers by the density of its text.

C. Kohlschütter, P. Fankhauser, W. Nejdl: Boilerplate detection using shallow text features, WSDM 2010: long blocks with few links
are content, and so are short ones between them. An own one because those at hand cost more than all the rest of the reading; see
docs/pages.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from detector.web.page.places import AROUND
from detector.web.page.walked import Block

#: A block is content by itself from this size; near content from that. In bytes, so that a word of Chinese counts as a word.
_LONG: Final = 100
_SHORT: Final = 30
_MOST_LINKED: Final = 0.4


def main_text(blocks: Sequence[Block]) -> str:
    """The main text, its blocks one a line; empty where there is none."""
    sizes = [0 if _is_around(block) else len(block.text.encode(errors="replace")) for block in blocks]
    sure = [size >= _LONG for size in sizes]
    kept = []
    for at, (block, size) in enumerate(zip(blocks, sizes, strict=True)):
        near = any(sure[max(at - 2, 0) : at + 3])
        if sure[at] or (near and (size >= _SHORT or (size and block.heading))):
            kept.append(block.text)
    return "\n".join(kept)


def _is_around(block: Block) -> bool:
    return block.place in AROUND or block.linked > _MOST_LINKED * len(block.text)
