"""Identifiers of accounts that a page carries: who shares one, shares an owner."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

#: Service -> pattern whose first group is the account. Patterns begin with what is rare, for speed.
SERVICES: Final[tuple[tuple[str, str, re.Pattern[str]], ...]] = tuple(
    (service, marker, re.compile(pattern))
    for service, marker, pattern in (
        ("google analytics", "UA-", r"UA-(\d{4,10})-\d{1,4}\b"),
        ("google analytics 4", "G-", r"G-(?<=[\"'=/]G-)([A-Z0-9]{8,12})\b"),
        ("google tag manager", "GTM-", r"GTM-([A-Z0-9]{4,9})\b"),
        ("google ads", "AW-", r"AW-(\d{8,12})\b"),
        ("adsense", "pub-", r"pub-(\d{14,18})\b"),
        ("matomo", "etSiteId", r"(?:setSiteId['\"]\s*,\s*['\"]?(\d{1,6})|getTracker\(\s*['\"][^'\"]{1,200}['\"]\s*,\s*(\d{1,6}))"),
        ("yandex metrika", "ym(", r"ym\(\s*(\d{5,10})\s*,\s*[\"']init"),
        ("yandex metrika", "mc.yandex.ru/watch/", r"mc\.yandex\.ru/watch/(\d{5,10})"),
        ("yandex metrika", "yaCounter", r"yaCounter(\d{5,10})"),
        ("facebook pixel", "fbq(", r"fbq\(\s*[\"']init[\"']\s*,\s*[\"'](\d{10,20})[\"']"),
        ("facebook pixel", "facebook.com/tr?id=", r"facebook\.com/tr\?id=(\d{10,20})"),
        ("baidu tongji", "hm.baidu.com", r"hm\.baidu\.com/hm\.js\?([0-9a-f]{32})"),
        ("cnzz", "cnzz.com", r"cnzz\.com/[\w./]*\?(?:web_)?id=(\d{6,12})"),
        ("51.la", "51.la", r"(?:\bid\s*:\s*[\"']|51\.la/\?|go\.php\?id=)(\w{6,20})"),
        ("statcounter", "sc_project", r"sc_project\s*=\s*(\d{4,10})"),
        ("histats", "istats", r"Histats\.start\(\s*1\s*,\s*(\d{4,10})"),
        ("live internet", "counter.yadro.ru", r"counter\.yadro\.ru/hit;([\w-]{1,40})"),
        ("hotjar", "hjid", r"hjid\s*:\s*(\d{5,9})"),
        ("clarity", "clarity", r"[\"']clarity[\"']\s*,\s*[\"']script[\"']\s*,\s*[\"'](\w{8,12})[\"']"),
        ("tiktok pixel", "ttq.load", r"ttq\.load\(\s*[\"'](\w{15,25})[\"']"),
        ("cloudflare insights", "data-cf-beacon", r"token[\"']\s*:\s*[\"']([0-9a-f]{32})"),
        ("amazon associates", "tag=", r"amazon\.[a-z.]{2,6}/[^\"'\s<>]{0,300}[?&;]tag=([\w-]{3,30}-2\d)\b"),
    )
)  # fmt: skip


def identifiers(text: str) -> list[str]:
    """Accounts named in a page's source, each as ``service:account``, sorted; at most a hundred."""
    found: set[str] = set()
    for service, marker, pattern in SERVICES:
        if marker in text:
            found.update(f"{service}:{account}" for account in _accounts(pattern.finditer(text)))
    if "matomo" in "".join(found):
        found = {_with_server(one, text) for one in found}
    return sorted(found)[:100]


def _accounts(matches: Iterable[re.Match[str]]) -> Iterable[str]:
    for number, match in enumerate(matches):
        if number == 200:
            return
        yield next(group for group in match.groups() if group)


_MATOMO_SERVER: Final = re.compile(
    r"(?:var u\s*=\s*|setTrackerUrl['\"]\s*,\s*)[\"'](?:\(\()?(?:https?:)?//([\w.-]{4,100})"
)


def _with_server(identifier: str, text: str) -> str:
    """A Matomo number means something only on its server."""
    service, _, account = identifier.partition(":")
    if service != "matomo":
        return identifier
    server = _MATOMO_SERVER.search(text)
    return f"matomo:{server[1].lower() if server else 'own'}/{account}"
