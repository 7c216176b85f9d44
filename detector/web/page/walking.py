"""One parse and one walk over a page: everything that the facts are made of, in the order in which it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from detector.web.page import hiding, places

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
        outer = self._scopes[-1]
        names = _names(attributes)
        changed: dict[str, object] = {}
        structural = tag in _STRUCTURE
        if structural:
            changed["structure"] = self._structure(outer, tag, "" if tag in _PAGES_OWN else names)
            changed["level"] = outer.level + 1
        if tag not in ("html", "body"):
            role = attributes.get("role") or ""
            if (names or role or tag in places.TAGS) and (place := places.named(tag, role, names)):
                inner = places.within(outer.place, place)
                if inner != outer.place:
                    changed["place"] = inner
            self._hide(outer, attributes, tag, changed)
        if tag in _HEADINGS:
            changed["heading"] = True
        elif tag == "a" and attributes.get("href") is not None:
            changed["anchor"] = self._anchor(outer, attributes, changed)
        if changed:
            self._flush_if(changed)
            values = {name: getattr(outer, name) for name in _INHERITED}
            self._scopes.append(_Scope(depth, **{**values, **changed}))  # type: ignore[arg-type]

    def _flush_if(self, changed: dict[str, object]) -> None:
        if changed.keys() & {"place", "hidden", "heading"}:
            self._flush()

    def _structure(self, outer: _Scope, tag: str, names: str) -> str:
        """Note the pair of structural elements, outer and inner, by tag and names without their numbers."""
        own = tag + "." + ".".join(sorted(_unnumbered(name) for name in names.split()[:6])) if names else tag
        pair = f"{outer.structure}>{own}"
        if len(self._page.skeleton) < 2_000:
            self._page.skeleton.add(pair)
            if outer.level < _TOP_LEVELS and names:
                self._page.top_skeleton.add(pair)
        return own

    def _hide(self, outer: _Scope, attributes: dict[str, str | None], tag: str, changed: dict[str, object]) -> None:
        style = attributes.get("style")
        reason = None
        if style:
            reason = hiding.by_style(style)
            letters, ground = hiding.colors(style)
            if ground:
                changed["ground"] = ground
            if letters:
                changed["letters"] = letters
        if tag == "font" and (named := attributes.get("color")):
            changed["letters"] = hiding.color(named)
        if (named := attributes.get("bgcolor")) and (ground := hiding.color(named)):
            changed["ground"] = ground
        if outer.hidden is not None:
            return
        letters, ground = changed.get("letters", outer.letters), changed.get("ground", outer.ground)  # type: ignore[assignment]
        if "hidden" in attributes and attributes["hidden"] != "until-found":
            reason = reason or "hidden attribute"
        if (identity := attributes.get("id")) and identity in self._ids:
            reason = self._ids[identity]
        if letters is not None and (letters == ground or letters == "transparent"):
            reason = reason or "colour of the background"
        if tag == "marquee" and "1" in (attributes.get("height"), attributes.get("width")):
            reason = reason or "no size"
        if tag == "noscript":
            reason = reason or "noscript"
        if reason:
            changed["hidden"] = reason
            changed["block"] = self._page.hidden_blocks
            self._page.hidden_blocks += 1

    def _anchor(self, outer: _Scope, attributes: dict[str, str | None], changed: dict[str, object]) -> Anchor | None:
        page = self._page
        if len(page.anchors) >= MOST_LINKS:
            page.cut = True
            return None
        anchor = Anchor(
            href=attributes.get("href") or "",
            rel=(attributes.get("rel") or "").lower(),
            place=changed.get("place", outer.place),  # type: ignore[arg-type]
            hidden=changed.get("hidden", outer.hidden),  # type: ignore[arg-type]
            block=changed.get("block", outer.block),  # type: ignore[arg-type]
            start=len(page.texts),
            end=len(page.texts),
            title=attributes.get("title") or "",
            onclick=attributes.get("onclick") or "",
        )
        page.anchors.append(anchor)
        return anchor

    # ------------------------------------------------------------------ text

    def _text(self, text: str) -> None:
        if self._kept > MOST_TEXT:
            self._page.cut = True
            return
        self._kept += len(text)
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
        self._page.texts.append("\n")
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
        why = self._scopes[-1].hidden or hiding.by_style(attributes.get("style") or "") or ("no size" if tiny else None)
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
_INHERITED: Final = ("place", "hidden", "block", "anchor", "letters", "ground", "heading", "structure", "level")
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


def _unnumbered(name: str) -> str:
    return name.translate(_DIGITS)
