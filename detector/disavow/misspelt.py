"""What people write where ``domain:HOST`` or a URL should stand: a table of patterns, tried in order."""

from __future__ import annotations

import difflib
import re
from typing import Final, NamedTuple


class Guess(NamedTuple):
    """What a line probably is: the fault, its 0-based place, and the entry inside it (empty if none)."""

    code: str
    at: int
    inner: str


_ENTRY = r"(?:domain[ \t]*:|https?://)"
_WRAPS = "\"'`´“”„‟‘’‚‛«»‹›<>()[]{},;"

#: Code -> pattern; the group ``inner`` is the entry that was meant.
_PATTERNS: Final = tuple(
    (code, re.compile(pattern, re.IGNORECASE))
    for code, pattern in (
        ("other_comment_mark", r"(?://+|--+|;+|!+|%+|/\*+|\*/|＃|&#35;|rem\b|::)(?=\s|$|\w+\s)"),
        ("other_comment_mark", r"<!--|<!doctype|</?[a-z][a-z0-9]*[\s>/]|[\"'“”]\s*#"),
        ("list_marker", rf"(?:[-*+•·▪‣–—>]+|\(?\d{{1,6}}[.):]?)\s+(?P<inner>{_ENTRY}.*)"),
        ("list_marker", r"(?:[-*+•·▪‣–—>]+|\(?\d{1,6}[.):])\s+(?P<inner>[^\s/.]+\.[^\s/]{2,})$"),
        ("list_marker", rf"(?:[-*+•·▪‣–—>]+)(?P<inner>{_ENTRY}.*)"),
        ("scheme_misspelt", r"(?P<wrong>(?:h[tx]{0,4}p{1,3}s{0,2}|t?tps?)\s*(?::\s*[/\\]{1,4}|;//|//|:(?=[^/\\\d])))(?P<rest>[^\s/\\.]+\.\S+)"),
        ("other_scheme", r"(?:[a-z][a-z0-9+.-]*://|(?:mailto|tel|javascript|data|ftp|sftp|file|about):)"),
        ("other_scheme", r"(?:user-agent|disallow|allow|sitemap|crawl-delay)\s*:"),
    )
)  # fmt: skip
_PREFIX = re.compile(r"([^\W\d_][\w-]{1,19}?)[ \t]*(?:[:=;,|：︓﹕∶]|\.:|->|=>)+[ \t]*(\S.*)", re.DOTALL)
_NO_COLON = re.compile(r"([^\W\d_]{4,9})[ \t]+(\S+\.\S+)")
#: What people write for ``domain``; other words of about these letters count as well.
_WORDS: Final = {
    "domain", "domains", "domaine", "domein", "dominio", "domeniu", "site", "sites", "website", "host", "url",
    "link", "disavow", "block", "subdomain", "sub-domain", "root-domain",
}  # fmt: skip


def guess(text: str) -> Guess | None:
    """What a line without ``domain:`` and scheme probably is; None where no pattern fits."""
    wrapped = _unwrapped(text)
    if wrapped:
        return wrapped
    for code, pattern in _PATTERNS:
        found = pattern.match(text)
        if found:
            groups = found.groupdict()
            inner = groups.get("inner") or ""
            if groups.get("rest"):
                inner = ("https://" if "s" in groups["wrong"].lower() else "http://") + groups["rest"]
            elif inner and not re.match(_ENTRY, inner, re.IGNORECASE):
                inner = f"domain:{inner}"
            return Guess(code, 0, inner)
    return _prefix(text)


def _unwrapped(text: str) -> Guess | None:
    """An entry inside quotation marks or brackets."""
    inner = text.strip(f"{_WRAPS} \t")
    if inner == text or not re.match(_ENTRY, inner, re.IGNORECASE) or re.search(r"[\s,;]", inner.strip()):
        return None
    return Guess("punctuation_around", 0, inner)


def _prefix(text: str) -> Guess | None:
    """Another word, or another sign, where ``domain:`` should stand."""
    found = _PREFIX.fullmatch(text) or _NO_COLON.fullmatch(text)
    if not found:
        return None
    word, value = found[1].lower(), found[2]
    alike = difflib.SequenceMatcher(None, word, "domain").ratio() >= 0.75
    if not (alike or word in _WORDS) or not re.search(r"\w\.\w|://", value):
        return None
    inner = value if re.match(_ENTRY, value, re.IGNORECASE) else f"domain:{value}"
    return Guess("prefix_misspelt", 0, inner)
