"""What one walk over a page brings home: raw, in the order in which it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

#: Stands among the visible texts where a block ends; a blank to ``str.split``.
BLOCK_END: Final = "\x1e"
#: Why an element is hidden whose letters have no size; images in it are seen all the same.
NO_SIZE: Final = "letters without size"


@dataclass(slots=True)
class Anchor:
    """One link as it stands.

    ``start`` and ``end`` are places in the list of visible texts (``Walked.texts``).
    """

    href: str
    rel: str
    place: str | None
    hidden: str | None
    block: int  # number of the hidden block, -1 outside
    start: int
    end: int = 0
    own_text: list[str] = field(default_factory=list)
    alt: str | None = None  # of an image in it
    title: str = ""
    onclick: str = ""


@dataclass(slots=True)
class Block:
    """A run of text between two block elements."""

    text: str
    linked: int  # characters of it in links
    place: str | None
    heading: bool


@dataclass(slots=True)
class Walked:
    """What stands on a page, raw."""

    lang: str = ""
    titles: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)  # of the first level
    metas: dict[str, str] = field(default_factory=dict)
    links: list[tuple[str, str]] = field(default_factory=list)  # rel, href of link elements
    base: str = ""
    anchors: list[Anchor] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)  # what readers see
    hidden_texts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)  # of scripts
    frames: list[tuple[str, str | None]] = field(default_factory=list)  # source, why hidden
    images: list[str] = field(default_factory=list)
    fields: list[tuple[str, str, str]] = field(default_factory=list)  # form, tag or type, name
    forms: list[str] = field(default_factory=list)  # actions
    skeleton: set[str] = field(default_factory=set)
    top_skeleton: set[str] = field(default_factory=set)
    elements: int = 0
    deepest: int = 0
    hidden_blocks: int = 0
    cut: bool = False
