"""Where on a page an element stands: content, comment, navigation, footer, sidebar, header."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

CONTENT: Final = "content"
#: Places whose text is about the site, not about the page.
AROUND: Final = frozenset(["navigation", "footer", "sidebar", "header", "comment", "blogroll", "profile"])

#: Elements and roles that say it themselves.
TAGS: Final = {
    "nav": "navigation",
    "footer": "footer",
    "aside": "sidebar",
    "header": "header",
    "main": CONTENT,
    "article": CONTENT,
}
_ROLES: Final = {
    "navigation": "navigation", "contentinfo": "footer", "complementary": "sidebar", "banner": "header",
    "main": CONTENT, "menu": "navigation", "menubar": "navigation",
}  # fmt: skip
#: Place -> whole tokens of ids and classes, in the order in which they are tried.
_TOKENS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (place, re.compile(pattern))
    for place, pattern in (
        ("comment", r"(?:the|post|entry|user|article|blog)?[-_]?comments?(?:[-_]?(?:list|area|body|content|text|section|author|meta|form|wrap|wrapper|container|item|box|block|thread|holder))*(?:[-_]?\d+)?|commentlist|disqus[-_]thread|respond|guestbook(?:[-_]?entry)?|gb[-_]?entry|trackbacks?|pingbacks?|kommentare?|comentarios?|commentaires?|replies"),
        ("blogroll", r"(?:\w+[-_])?(?:blogroll|friend[-_]?links?|friendly[-_]?links?|flinks?|link[-_]?list|partner[-_]?links|widget_links|yqlinks?|youlian)(?:[-_]\w+)?"),
        ("profile", r"(?:author|user|member)[-_]?(?:box|bio|info|profile|card|details|signature)(?:[-_]\w+)?|signature|profile(?:[-_]\w+)?"),
        ("footer", r"(?:(?:site|page|main|global|the|blog|app|inner|outer)[-_]?)?(?:footer|foot|bottom|colophon)(?:[-_]?(?:wrap|wrapper|inner|area|container|content|widgets?|nav|menu|links?|bar|bottom|top|info|text|main|\d+|sidebar|column|col|copyright|legal|credits?))*|copyright|site[-_]?info|credits?"),
        ("sidebar", r"(?:(?:left|right|main|primary|secondary|page|blog|site|inner)[-_]?)?(?:sidebar|side[-_]?bar|side[-_]?col(?:umn)?|rail|aside)(?:[-_]?(?:left|right|primary|secondary|inner|wrap|wrapper|container|content|widget|area|main|\d+))*|widget(?:[-_]area)?|secondary"),
        ("navigation", r"(?:(?:site|main|primary|secondary|top|global|mobile|page|header|sub|user|mega|side|bottom)[-_]?)*(?:nav(?:igation|bar)?|menu|breadcrumbs?|pagination|pager)(?:[-_]?(?:bar|list|wrap|wrapper|inner|container|main|primary|top|links?|menu|items?|\d+))*"),
        ("header", r"(?:(?:site|page|main|global|top|blog)[-_]?)?(?:header|masthead|topbar|top[-_]bar)(?:[-_]?(?:wrap|wrapper|inner|container|content|main|top|area|\d+))*"),
        (CONTENT, r"(?:(?:main|page|post|entry|article|blog|story|site|the|single)[-_]?)?(?:content|article|post|entry|story|hentry)(?:[-_]?(?:body|content|text|main|inner|area|wrap|wrapper|container))*|main|post-\d+|mw-parser-output"),
    )
)  # fmt: skip

#: What stands within what: an inner place counts only inside these. (A header inside an article is the article's.)
_INSIDE: Final[dict[str, frozenset[str | None]]] = {
    CONTENT: frozenset([None, CONTENT, "header", "sidebar"]),
    "header": frozenset([None, "header"]),
    "footer": frozenset([None, "footer", "sidebar", "header", "navigation"]),
    "sidebar": frozenset([None, CONTENT, "sidebar", "header"]),
    "navigation": frozenset([None, CONTENT, "header", "sidebar", "navigation"]),
    "profile": frozenset([None, CONTENT, "sidebar", "profile"]),
    "comment": frozenset([None, CONTENT, "sidebar", "footer", "comment", "profile"]),
    "blogroll": frozenset([None, CONTENT, "sidebar", "footer", "navigation", "header", "blogroll"]),
}


@lru_cache(16_384)
def named(tag: str, role: str, names: str) -> str | None:
    """The place that an element's tag, role, id and classes name; None where they name none.

    Args:
        names: id and classes, separated by blanks.
    """
    if place := _ROLES.get(role) or TAGS.get(tag):
        return place
    tokens = names.lower().split()[:8]
    if not tokens or any(len(token) > 60 for token in tokens):
        return None
    for place, pattern in _TOKENS:
        if any(map(pattern.fullmatch, tokens)):
            return place
    return None


def within(outer: str | None, inner: str) -> str | None:
    """The place of an element that is named ``inner`` and stands in ``outer``."""
    return inner if outer in _INSIDE[inner] else outer
