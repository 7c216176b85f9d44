"""What stands on a page that its owner did not put there: behind the end, written by scripts, in a foreign script."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

_END: Final = re.compile(r"</html\s*>", re.IGNORECASE)
_HREF: Final = re.compile(
    r"<a\s[^>]{0,500}?href\s*=\s*[\"']?\s*((?:https?:)?//[^\"'\s>]{1,500})", re.IGNORECASE
)
_MOST: Final = 2_000

#: Ways of writing a page by script that hide what is written.
_WRITES: Final = re.compile(
    r"document\s*\.\s*write(?:ln)?\s*\(|\.(?:innerHTML|outerHTML)\s*\+?=|insertAdjacentHTML\s*\("
)
_OBFUSCATED: Final = re.compile(
    r"eval\(function\(p,a,c,k,e|eval\s*\(\s*(?:unescape|atob|String\.fromCharCode|decodeURIComponent)|String\.fromCharCode\((?:\s*\d+\s*,){20}"
    r"|unescape\(\s*[\"'](?:%[0-9a-fA-F]{2}){20}|atob\(\s*[\"'][A-Za-z0-9+/=]{80}|(?:\\x[0-9a-fA-F]{2}){40}"
)
_LINK_IN_SCRIPT: Final = re.compile(
    r"<a\s[^<>]{0,300}?href\s*=\s*\\?[\"']?\s*\\?(https?:\\?/\\?/[^\"'\s>\\]{1,300})", re.IGNORECASE
)
_GOES: Final = re.compile(
    r"(?:(?:window|document|top|self|parent)\s*\.\s*)?\blocation(?:\.href)?\s*=\s*[\"']([^\"']{1,500})[\"']"
    r"|\blocation\s*\.\s*(?:replace|assign)\s*\(\s*[\"']([^\"']{1,500})[\"']\s*\)"
)
_CONDITION: Final = re.compile(
    r"\bfunction\b|=>|\bif\b|\bcase\b|&&|\|\||\?|addEventListener|onclick", re.IGNORECASE
)
_REFRESH: Final = re.compile(
    r"^\s*(\d{1,5})?[\d.]*\s*[;,]?\s*(?:url\s*=\s*)?[\"']?\s*([^\"'\s]+)?", re.IGNORECASE
)

#: Scripts of writing -> characters that belong to one.
_LETTERS: Final = {
    "latin": re.compile(r"[a-zà-öø-ɏ]", re.IGNORECASE),
    "cyrillic": re.compile(r"[а-ӿ]", re.IGNORECASE),
    "japanese": re.compile(r"[぀-ヿ]"),
    "chinese": re.compile(r"[㐀-鿿]"),
    "korean": re.compile(r"[가-힣]"),
    "thai": re.compile(r"[ก-๛]"),
    "arabic": re.compile(r"[؀-ۿ]"),
    "hebrew": re.compile(r"[א-ת]"),
    "greek": re.compile(r"[α-ωά-ώ]", re.IGNORECASE),
    "indic": re.compile(r"[ऀ-෿]"),
}
_FOREIGN: Final = re.compile(r"[^\x00-\u024f\u2000-\u2bff]")


def links_after_end(text: str) -> list[str]:
    """Addresses of the links that stand behind the page's last ``</html>``."""
    ends = list(_END.finditer(text[-500_000:]))
    if not ends:
        return []
    rest = text[-500_000:][ends[-1].end() :]
    return _HREF.findall(rest)[:_MOST] if "<a" in rest.lower() else []


def script_links(scripts: list[str]) -> list[str]:
    """Addresses of the links that the page's own scripts write into it."""
    found: list[str] = []
    for script in scripts:
        if "href" in script and _WRITES.search(script):
            found += [address.replace("\\", "") for address in _LINK_IN_SCRIPT.findall(script)[:_MOST]]
    return found[:_MOST]


def obfuscated(scripts: list[str]) -> int:
    """Scripts that hide what they do."""
    return sum(_OBFUSCATED.search(script) is not None for script in scripts)


def refresh(content: str) -> tuple[int, str]:
    """(seconds, address) of a meta refresh; the address is empty where it only loads the page again."""
    found = _REFRESH.match(content[:2000])
    if not found:
        return 0, ""
    return int(found[1] or 0), found[2] or ""


def script_redirect(scripts: list[str]) -> str:
    """Where a script sends every visitor; empty where none does.

    A script that only does so when something happens, or if something holds, is none.
    """
    for script in scripts:
        if (
            len(script) < 3_000
            and (goes := _GOES.search(script))
            and not _CONDITION.search(script[: goes.start()])
        ):
            return goes[1] or goes[2] or ""
    return ""


def writing(text: str) -> tuple[str, str, float]:
    """(script of most letters, script of the second most, its share of the letters); empty where there is none."""
    sample = text[:20_000]
    foreign = "".join(_FOREIGN.findall(sample))
    counts = Counter(
        {name: len(letters.findall(foreign)) for name, letters in _LETTERS.items() if name != "latin"}
    )
    if counts["japanese"] * 10 > counts["chinese"]:  # kanji are written in both
        counts["japanese"] += counts.pop("chinese")
    counts["latin"] = sum(map(str.isalpha, sample)) - sum(map(str.isalpha, foreign))
    first, second = (*counts.most_common(2), ("", 0), ("", 0))[:2]
    total = sum(counts.values())
    if not first[1]:
        return "", "", 0.0
    return first[0], second[0] if second[1] > 0 else "", max(second[1], 0) / total
