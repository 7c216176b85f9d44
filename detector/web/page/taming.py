r"""Hostile markup made harmless before it is parsed.

The parsing that the HTML standard asks for takes time with the square of three things: how deep elements nest, how
many attributes a tag has, and how many different formatting elements (``<b x=1><b x=2>``) are open, each of which comes again in
every paragraph. Ordinary pages are far below the limits here and pass as they are; of the others the tags beyond a
limit are left out, their text stays.
"""

from __future__ import annotations

import re
from typing import Final

MOST_TAGS: Final = 150_000
DEEPEST: Final = 500
MOST_ATTRIBUTES: Final = 100
#: Different formatting tags of a page; beyond them they lose their attributes. (Of equal ones at most three are open.)
MOST_FORMATTING: Final = 30
#: A page of more tags than these loses its formatting tags.
_MANY_TAGS: Final = 20_000

#: Below these a page is taken as it is.
_FEW_TAGS: Final = 5_000
_SHORT_TAG: Final = 2_000  # characters

_TAG_PATTERN: Final = r"<(/?)([a-zA-Z][^\s/>]*)((?:[^>\"']++|\"[^\"]*+\"|'[^']*+'|[\"'])*+)>?"
_TAG: Final = re.compile(_TAG_PATTERN)
#: The same behind what holds no tags: comments, scripts and style sheets (which do hold tags inside SVG and MathML).
_MARKUP: Final = re.compile(
    r"(?is:<!--(?:-?>|.*?(?:--!?>|\Z))|<(script|style)(?=[\s/>])(?:.*?</\1(?=[\s/>])|.*\Z))|" + _TAG_PATTERN
)
_ATTRIBUTE: Final = re.compile(r"[^\s/=>\"']++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"']++))?+")
_FORMATTING: Final = frozenset("b big code em font i nobr s small strike strong tt u".split())
_FORMATS: Final = re.compile(rf"<(?:{'|'.join(sorted(_FORMATTING))})(?:[\s/][^>]*)?>", re.IGNORECASE)
_VOID: Final = frozenset("area base br col embed hr img input link meta param source track wbr".split())
#: Elements that the next of their kind closes: pages leave them open, and they do not nest by themselves.
_IMPLIED: Final = frozenset("a dd dt li option p tbody td tfoot th thead tr".split())
_FOREIGN: Final = frozenset(["math", "svg"])
#: Elements that end SVG and MathML around them.
_BREAKS_OUT: Final = frozenset(
    "blockquote body center div dl embed h1 h2 h3 h4 h5 h6 head listing menu ol p pre ruby span sub sup table ul var".split()
)


def tame(text: str) -> tuple[str, bool]:
    """The markup of a page, safe to parse; and whether anything of it was left out."""
    tags = text.count("<")
    formats = len(set(_FORMATS.findall(text)))
    if tags <= _FEW_TAGS and formats <= MOST_FORMATTING and not _has_long_tag(text):
        return text, False
    limits = _Limits(plain=tags > _MANY_TAGS)
    tamed = _MARKUP.sub(limits.markup, _cut(text))
    return tamed, len(tamed) != len(text)


def _has_long_tag(text: str) -> bool:
    spans = (found.span(2) + found.span(4) for found in _MARKUP.finditer(text))
    return any(end - start > _SHORT_TAG for start, _, _, end in spans)


def _cut(text: str) -> str:
    """At most ``MOST_TAGS`` tags of the text."""
    if text.count("<") <= MOST_TAGS:
        return text
    for number, tag in enumerate(_TAG.finditer(text)):
        if number == MOST_TAGS:
            return text[: tag.start()]
    return text


class _Limits:
    """What to put in place of each tag, called in their order."""

    def __init__(self, *, plain: bool) -> None:
        self._plain = plain  # no formatting tags at all
        self._formats: set[str] = set()
        self._depth = 0
        self._foreign = 0

    def markup(self, found: re.Match[str]) -> str:
        """What becomes of a match of ``_MARKUP``."""
        if found[3] is not None:
            return self._tag(found[2], found[3].lower(), found[4], found[0])
        return _TAG.sub(self._within, found[0]) if self._foreign else found[0]

    def _within(self, found: re.Match[str]) -> str:
        return self._tag(found[1], found[2].lower(), found[3], found[0])

    def _tag(self, slash: str, name: str, rest: str, whole: str) -> str:
        if name in _FORMATTING:
            return "" if self._plain else self._format(name, rest, whole)
        if name in _VOID or name in _IMPLIED:
            self._foreign *= name not in _BREAKS_OUT
            return _shortened(whole, rest)
        if name in _BREAKS_OUT:
            self._foreign = 0
        if not (self._foreign and rest.endswith("/")):  # there, <path/> is closed
            step = -1 if slash else 1
            self._depth = max(self._depth + step, 0)
            self._foreign = max(self._foreign + step * (name in _FOREIGN), 0)
        if self._depth + (slash != "") > DEEPEST:
            return ""
        return _shortened(whole, rest)

    def _format(self, name: str, rest: str, whole: str) -> str:
        if whole.startswith("</") or not rest:
            return whole
        if len(self._formats) < MOST_FORMATTING:
            self._formats.add(whole)
        return _shortened(whole, rest) if whole in self._formats else f"<{name}>"


def _shortened(tag: str, rest: str) -> str:
    """A tag with at most ``MOST_ATTRIBUTES`` attributes."""
    if len(tag) <= _SHORT_TAG // 10:
        return tag
    attributes = _ATTRIBUTE.findall(rest)
    if len(attributes) <= MOST_ATTRIBUTES:
        return tag
    return f"{tag[: len(tag) - len(rest) - tag.endswith('>')]} {' '.join(attributes[:MOST_ATTRIBUTES])}>"
