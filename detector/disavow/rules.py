"""Rules of a disavow file: their one canonical form, what they cover, and Google's limits.

Source: Google's help page on disavowing (support.google.com/webmasters/answer/2648487). A rule is
``domain:HOST``, which covers the host and everything below it, or one absolute URL, which covers that page.
Compared are URLs without their fragment and with one spelling of scheme, host, default port, and what must be
percent-encoded; nothing else is taken for the same page (not ``http`` for ``https``, not with or without
``www.`` or a closing slash).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple
from urllib.parse import quote

from detector.links import hostnames

DOMAIN: Final = "domain"
URL: Final = "url"

#: Characters of a URL that Google takes at most.
MAX_URL: Final = 2048

_ABSOLUTE = re.compile(r"(https?)://([^/?#\\]*)([^#]*)", re.IGNORECASE | re.DOTALL | re.ASCII)
_HOST_AND_PORT = re.compile(r"(?:\[[^\]]*\]|[^:\[\]]*)(?::([0-9]*))?")
_DEFAULT_PORTS: Final = {"http": "80", "https": "443"}
_TOP_LEVEL = re.compile(r"[a-z0-9-]{1,63}")
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
#: Everything printable in ASCII but what the WHATWG URL standard percent-encodes in paths and queries.
_AS_IT_IS: Final = "%!#$&'()*+,-./:;=?@[\\]^_{|}~"


@dataclass(frozen=True)
class Limits:
    """What Google takes at most, comments and blank lines counted: lines, and bytes (2 MB)."""

    lines: int = 100_000
    bytes: int = 2 * 1024 * 1024


class Rule(NamedTuple):
    """One rule in its canonical form: ``kind`` is ``domain`` (``value`` a host) or ``url``."""

    kind: str
    value: str

    @property
    def text(self) -> str:
        """The rule as a line of the file."""
        return f"domain:{self.value}" if self.kind == DOMAIN else self.value


def domain_rule(host: str) -> Rule | None:
    """Rule for a host and all below it, in A-labels; None where the text is no host or top-level name."""
    canonical = hostnames.canonical(host) if not host.startswith("[") else host.lower()
    name = hostnames.ascii_name(canonical) if canonical else None
    if name is None:
        return None
    fits = hostnames.is_name(name) or hostnames.is_ip(name) or _TOP_LEVEL.fullmatch(name)
    return Rule(DOMAIN, name) if fits else None


def url_rule(url: str) -> Rule | None:
    """Rule for one page: the absolute URL in ASCII, its fragment left out.

    None where the text is no absolute http(s) URL with a host that can be. The length is not looked at.
    """
    parts = _ABSOLUTE.match(url.strip())
    if not parts:
        return None
    scheme, authority, rest = parts[1].lower(), parts[2], parts[3]
    place = _HOST_AND_PORT.fullmatch(authority.rpartition("@")[2])
    host = hostnames.of_authority(authority)
    name = hostnames.ascii_name(host) if host and place else None
    if place is None or name is None or not (hostnames.is_name(name) or hostnames.is_ip(name)):
        return None
    if place[1] and place[1] != _DEFAULT_PORTS[scheme]:
        name += f":{place[1]}"
    path, mark, query = rest.partition("?")
    return Rule(URL, f"{scheme}://{name}{_encoded(path.replace(chr(92), '/')) or '/'}{mark}{_encoded(query)}")


def _encoded(text: str) -> str:
    return quote(_BARE_PERCENT.sub("%25", text), safe=_AS_IT_IS, errors="replace")


class RuleSet:
    """Rules that answer in constant time whether they cover a host or a page, and by which rule."""

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        self._hosts: set[str] = set()
        self._urls: set[str] = set()
        for rule in rules:
            self.add(rule)

    def add(self, rule: Rule) -> None:
        """Add one rule."""
        (self._hosts if rule.kind == DOMAIN else self._urls).add(rule.value)

    def covers_host(self, host: str) -> Rule | None:
        """The rule that covers a whole canonical host in ASCII; the narrowest where several do."""
        name = host
        while name and name not in self._hosts:
            if hostnames.is_ip(name):
                return None
            name = name.partition(".")[2]
        return Rule(DOMAIN, name) if name else None

    def covers(self, rule: Rule) -> Rule | None:
        """The rule that covers everything another rule covers; None where no single one does."""
        if rule.kind == DOMAIN:
            return self.covers_host(rule.value)
        if rule.value in self._urls:
            return rule
        return self.covers_host(hostnames.of_text(rule.value) or "")

    def covers_url(self, url: str) -> Rule | None:
        """The rule that covers a page; None where none does, or where the text is no absolute URL."""
        rule = url_rule(url)
        return self.covers(rule) if rule else None
