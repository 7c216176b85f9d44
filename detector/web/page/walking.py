"""One parse and one walk over a page: everything that the facts are made of, in the order in which it stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from detector.web.page import hiding, places
from detector.web.page.walked import BLOCK_END, NO_SIZE, Anchor, Block, Walked

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

#: Nothing beyond these is kept of one page.
MOST_LINKS: Final = 20_000
MOST_TEXT: Final = 2_000_000  # characters
MOST_SCRIPT: Final = 100_000  # characters of one script

_TEXT: Final = 2  # lexbor's number of text nodes
_BLOCKS: Final = frozenset(
    "address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr html li main nav ol option p pre section select summary table tbody td tfoot th thead"
    " title tr ul noscript iframe".split()
)
_HEADINGS: Final = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
#: Elements whose structure makes up the template of a page.
_STRUCTURE: Final = frozenset(
    "div section header footer nav aside main article form ul ol table tbody tr td body".split()
)
_EMBEDS: Final = frozenset(["iframe", "frame", "embed", "object"])
#: Of these, classes differ from page to page of one template.
_PAGES_OWN: Final = frozenset(["body", "article", "main"])


@dataclass(slots=True)
class _Scope:
    """What holds inside an element: changed by few of them."""

    depth: int
    place: str | None = None
    hidden: str | None = None
    block: int = -1
    anchor: Anchor | None = None
    letters: str | None = None
    ground: str | None = None
    heading: bool = False
    structure: str = ""
    level: int = 0


def walk(text: str) -> Walked:
    """Parse tamed markup and walk over it once."""
    tree = LexborHTMLParser(text)
    walker = _Walker(_hidden_ids(tree))
    node: LexborNode | None = tree.root
    depth = 0
    while node is not None:
        below = walker.enter(node, depth)
        child = node.first_child if below else None
        if child is not None:
            node, depth = child, depth + 1
            continue
        while node is not None:
            walker.leave(node, depth)
            following = node.next
            if following is not None:
                node = following
                break
            node, depth = node.parent, depth - 1
            if depth < 0:
                node = None
    return walker.finish()


def _hidden_ids(tree: LexborHTMLParser) -> dict[str, str]:
    sheets = [node.text_content or "" for node in _first_texts(tree, "style")]
    scripts = [(node.text_content or "")[:MOST_SCRIPT] for node in _first_texts(tree, "script")]
    return hiding.hidden_ids(sheets, scripts)


def _first_texts(tree: LexborHTMLParser, tag: str) -> list[LexborNode]:
    return [child for node in tree.css(tag)[:200] if (child := node.first_child) is not None]


class _Walker:
    """Takes the elements as they come, and keeps what holds inside the open ones."""

    def __init__(self, hidden_ids: dict[str, str]) -> None:
        self._page = Walked()
        self._scopes = [_Scope(-1)]
        self._ids = hidden_ids
        self._run: list[str] = []
        self._linked = 0
        self._kept = 0
        self._form = -1

    # ------------------------------------------------------------------ the walk

    def enter(self, node: LexborNode, depth: int) -> bool:
        """Take a node; whether its children are to be walked."""
        if node.tag_id == _TEXT:
            self._text(node.text_content or "")
            return False
        if not node.is_element_node:
            return False
        tag = node.tag or ""
        page = self._page
        page.elements += 1
        if depth > page.deepest:
            page.deepest = depth
        special = _SPECIAL.get(tag)
        attributes = node.attributes
        if special is not None:
            special(self, node, attributes)
            if tag in _LEAVES:
                return False
        if tag in _BLOCKS:
            self._flush()
        self._open(tag, attributes, depth)
        return True

    def leave(self, node: LexborNode, depth: int) -> None:
        """End a node that was entered."""
        scope = self._scopes[-1]
        if scope.depth == depth and node.tag_id != _TEXT:
            if scope.anchor is not None and scope.anchor is not self._scopes[-2].anchor:
                scope.anchor.end = len(self._page.texts)
            outer = self._scopes[-2]
            if node.tag in _BLOCKS or scope.hidden != outer.hidden:
                self._flush()
            self._scopes.pop()
        elif node.tag in _BLOCKS:
            self._flush()

    def finish(self) -> Walked:
        """The page, when all nodes were taken."""
        self._flush()
        return self._page

    # ------------------------------------------------------------------ scopes

    def _open(self, tag: str, attributes: dict[str, str | None], depth: int) -> None:
        """Open a scope where the element changes what holds inside it."""
        structural = tag in _STRUCTURE
        if not structural and not attributes and tag not in _HEADINGS and tag != "noscript":
            return
        names = _names(attributes)
        if structural:
            self._structure(depth, tag, "" if tag in _PAGES_OWN else names)
            if tag != "body":
                self._place(depth, tag, attributes.get("role") or "", names)
        if attributes or tag == "noscript":
            self._hide(depth, tag, attributes)
        if tag in _HEADINGS:
            self._inner(depth).heading = True
        elif tag == "a" and attributes.get("href") is not None:
            self._anchor(depth, attributes)

    def _inner(self, depth: int) -> _Scope:
        """The scope of the element at this depth, made when it is first changed."""
        top = self._scopes[-1]
        if top.depth == depth:
            return top
        inner = _Scope(
            depth, top.place, top.hidden, top.block, top.anchor, top.letters, top.ground, top.heading, top.structure, top.level
        )  # fmt: skip
        self._scopes.append(inner)
        return inner

    def _structure(self, depth: int, tag: str, names: str) -> None:
        """Note the pair of structural elements, outer and inner, by tag and names without their numbers."""
        own = _structure_name(tag, names)
        scope = self._inner(depth)
        page = self._page
        if len(page.skeleton) < _MOST_PAIRS:
            pair = f"{scope.structure}>{own}"
            page.skeleton.add(pair)
            if scope.level < _TOP_LEVELS and names:
                page.top_skeleton.add(pair)
        scope.structure = own
        scope.level += 1

    def _place(self, depth: int, tag: str, role: str, names: str) -> None:
        place = places.named(tag, role, names)
        if place is not None:
            scope = self._inner(depth)
            scope.place = places.within(scope.place, place)

    def _hide(self, depth: int, tag: str, attributes: dict[str, str | None]) -> None:
        """Note colours, and why the element is hidden if it is."""
        style = attributes.get("style")
        if style or tag == "font" or "bgcolor" in attributes:
            letters, ground = hiding.colors(style) if style else (None, None)
            letters = letters or hiding.color(attributes.get("color") or "")
            ground = ground or hiding.color(attributes.get("bgcolor") or "")
            if letters or ground:
                scope = self._inner(depth)
                scope.letters, scope.ground = letters or scope.letters, ground or scope.ground
        if self._scopes[-1].hidden == NO_SIZE and style and hiding.gives_size(style):
            self._flush()
            self._inner(depth).hidden = None
        if self._scopes[-1].hidden is not None:
            return
        reason = self._hidden_by(depth, tag, attributes, style)
        if reason:
            self._flush()
            scope = self._inner(depth)
            scope.hidden, scope.block = reason, self._page.hidden_blocks
            self._page.hidden_blocks += 1

    def _hidden_by(
        self, depth: int, tag: str, attributes: dict[str, str | None], style: str | None
    ) -> str | None:
        if style and (reason := hiding.by_style(style)):
            return reason
        if self._ids and (identity := attributes.get("id")) and identity in self._ids:
            return self._ids[identity]
        if "hidden" in attributes and attributes["hidden"] != "until-found":
            return "hidden attribute"
        scope = self._scopes[-1]
        if (
            scope.letters is not None
            and scope.depth == depth
            and scope.letters in (scope.ground, "transparent")
        ):
            return "colour of the background"
        if tag == "noscript":
            return "noscript"
        if tag == "marquee" and "1" in (attributes.get("height"), attributes.get("width")):
            return "no size"
        return None

    def _anchor(self, depth: int, attributes: dict[str, str | None]) -> None:
        page = self._page
        if len(page.anchors) >= MOST_LINKS:
            page.cut = True
            return
        scope = self._inner(depth)
        scope.anchor = Anchor(
            href=attributes.get("href") or "",
            rel=(attributes.get("rel") or "").lower(),
            place=scope.place,
            hidden=scope.hidden,
            block=scope.block,
            start=len(page.texts),
            end=len(page.texts),
            title=attributes.get("title") or "",
            onclick=attributes.get("onclick") or "",
        )
        page.anchors.append(scope.anchor)

    # ------------------------------------------------------------------ text

    def _text(self, text: str) -> None:
        self._kept += len(text)
        if self._kept > MOST_TEXT:
            self._page.cut = True
            text = text[: max(MOST_TEXT + len(text) - self._kept, 0)]
        scope = self._scopes[-1]
        if scope.hidden is not None:
            self._page.hidden_texts.append(text)
        else:
            self._page.texts.append(text)
            self._run.append(text)
            if scope.anchor is not None:
                self._linked += len(text.strip())
        if scope.anchor is not None and len(scope.anchor.own_text) < 100:
            scope.anchor.own_text.append(text)

    def _flush(self) -> None:
        """End a run of text."""
        if not self._run:
            return
        self._page.texts.append(BLOCK_END)
        text = " ".join("".join(self._run).split())
        if text:
            scope = self._scopes[-1]
            self._page.blocks.append(Block(text, self._linked, scope.place, scope.heading))
        self._run, self._linked = [], 0

    # ------------------------------------------------------------------ elements of their own kind

    def html(self, node: LexborNode, attributes: dict[str, str | None]) -> None:
        self._page.lang = (attributes.get("lang") or attributes.get("xml:lang") or "").strip().lower()[:20]

    def title(self, node: LexborNode, attributes: dict[str, str | None]) -> None:
        self._page.titles.append(" ".join(node.text().split()))

    def heading(self, node: LexborNode, attributes: dict[str, str | None]) -> None:
        if len(self._page.headings) < 20:
            self._page.headings.append(" ".join(node.text()[:1000].split()))

    def meta(self, node: LexborNode, attributes: dict[str, str | None]) -> None:
        name = attributes.get("name") or attributes.get("property") or attributes.get("http-equiv")
        if name and len(self._page.metas) < 200:
            self._page.metas.setdefault(name.strip().lower()[:60], (attributes.get("content") or "")[:2000])

    def link(self, node: LexborNode, attributes: dict[str, str | None]) -> None:
        if len(self._page.links) < 500:
            self._page.links.append(((attributes.get("rel") or "").lower(), attributes.get("href") or ""))

    def base(self, node: LexborNode, attributes: dict[str, str | None]) -> None:
        self._page.base = self._page.base or (attributes.get("href") or "")

    def script(self, node: LexborNode, attributes: dict[str, str | None]) -> None:
        source = attributes.get("src")
        if source:
            self._page.sources.append(source)
        elif len(self._page.scripts) < 500 and (child := node.first_child) is not None:
            self._page.scripts.append((child.text_content or "")[:MOST_SCRIPT])

    def embed(self, node: LexborNode, attributes: dict[str, str | None]) -> None:
        source = attributes.get("src") or attributes.get("data") or ""
        tiny = {"0", "1", "0px", "1px"}.intersection({attributes.get("width"), attributes.get("height")})
        why = (
            self._scopes[-1].hidden
            or hiding.by_style(attributes.get("style") or "")
            or ("no size" if tiny else None)
        )
        if source and len(self._page.frames) < 500:
            self._page.frames.append((source, why))

    def image(self, node: LexborNode, attributes: dict[str, str | None]) -> None:
        if len(self._page.images) < MOST_LINKS:
            self._page.images.append(attributes.get("src") or attributes.get("data-src") or "")
        anchor = self._scopes[-1].anchor
        if anchor is not None and anchor.alt is None:
            anchor.alt = " ".join((attributes.get("alt") or "").split())

    def form(self, node: LexborNode, attributes: dict[str, str | None]) -> None:
        if len(self._page.forms) < 200:
            self._page.forms.append(attributes.get("action") or "")

    def field(self, node: LexborNode, attributes: dict[str, str | None]) -> None:
        if len(self._page.fields) < 1000:
            kind = node.tag if node.tag != "input" else (attributes.get("type") or "text").lower()
            name = attributes.get("name") or attributes.get("id") or ""
            self._page.fields.append((str(len(self._page.forms)), kind or "", name.lower()[:60]))

    def skip(self, node: LexborNode, attributes: dict[str, str | None]) -> None:
        """Nothing of it is looked at."""


_TOP_LEVELS: Final = 6
_MOST_PAIRS: Final = 2_000
_SPECIAL: Final = {
    "html": _Walker.html, "title": _Walker.title, "h1": _Walker.heading, "meta": _Walker.meta, "link": _Walker.link,
    "base": _Walker.base, "script": _Walker.script, "style": _Walker.skip, "img": _Walker.image, "form": _Walker.form,
    "input": _Walker.field, "textarea": _Walker.field, "svg": _Walker.skip, "template": _Walker.skip,
    "math": _Walker.skip, "select": _Walker.field, **dict.fromkeys(_EMBEDS, _Walker.embed),
}  # fmt: skip
#: Elements without children of interest.
_LEAVES: Final = frozenset("title meta link base script style img input textarea template svg".split())


def _names(attributes: dict[str, str | None]) -> str:
    identity, classes = attributes.get("id"), attributes.get("class")
    if identity and classes:
        return f"{identity} {classes}"
    return identity or classes or ""


_DIGITS: Final = str.maketrans("", "", "0123456789")


@lru_cache(16_384)
def _structure_name(tag: str, names: str) -> str:
    """``div.post.wide`` of a tag and its id and classes, numbers left out."""
    return ".".join([tag, *sorted(names.translate(_DIGITS).split()[:6])])
