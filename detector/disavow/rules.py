"""Rules of a disavow file: their one canonical form, what they cover, and Google's limits.

Source: Google's help page on disavowing (support.google.com/webmasters/answer/2648487). A rule is
``domain:HOST``, which covers the host and everything below it under both schemes and on every port, or one
absolute URL, which covers that page. Compared are URLs without their fragment and with one spelling of scheme,
host, default port and percent-encoding; nothing else is taken for the same page (not ``http`` for ``https``, not
with or without ``www.``, a closing slash or a query). An IP address is covered only by its own rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple
from urllib.parse import quote

import polars as pl

from detector.links import hostnames

DOMAIN: Final = "domain"
URL: Final = "url"

#: Characters of a URL that Google takes at most.
MAX_URL: Final = 2048

_ABSOLUTE = re.compile(r"(https?)://([^/?#\\]*)([^#]*)", re.IGNORECASE | re.DOTALL | re.ASCII)
_HOST_AND_PORT = re.compile(r"(?:\[[^\]]*\]|[^:\[\]]*)(?::([0-9]*))?")
_DEFAULT_PORTS: Final = {"http": "80", "https": "443"}
_TOP_LEVEL = re.compile(r"[a-z0-9-]{1,63}")
_LETTERS = re.compile(r"[a-z0-9_.-]+")
_LONGEST: Final = 1000  # characters of a host: more can be no name, and Punycode takes quadratic time
_HIGHEST_PORT: Final = 65_535
_REMEMBERED: Final = 1_000_000  # hosts of which a set of rules remembers the answer
#: A URL of which nothing but the host decides which domain rule covers it; its host as it is spelled.
_USUAL = re.compile(r"^https?://([a-z0-9._-]+)(?::[0-9]{1,4})?(?:[/?#]|$)")
#: A host that is a canonical name as it stands.
PLAIN_HOST: Final = re.compile(r"(?=.{1,253}$)(?:[a-z0-9_-]{1,63}\.)+(?![0-9]+$)[a-z0-9_-]{1,63}")
#: A URL, with such a host and no port, that is canonical as it stands.
_CANONICAL_URL = re.compile(r"https?://[a-z0-9._-]+/[A-Za-z0-9!$&'()*+,./:;=?@\[\]^_{|}~-]*")
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
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


_UNKNOWN: Final = Rule("", "")


def domain_rule(host: str) -> Rule | None:
    """Rule for a host and all below it, in A-labels; None where the text is no host or top-level name."""
    if len(host) > _LONGEST:
        return None
    canonical = hostnames.canonical(host) if not host.startswith("[") else host.lower()
    name = hostnames.ascii_name(canonical) if canonical else None
    if name is None:
        return None
    is_name = hostnames.is_name(name) and _LETTERS.fullmatch(name)
    return Rule(DOMAIN, name) if is_name or hostnames.is_ip(name) or _TOP_LEVEL.fullmatch(name) else None


def url_rule(url: str) -> Rule | None:
    """Rule for one page: the absolute URL in ASCII, its fragment left out.

    None where the text is no absolute http(s) URL with a host that can be. The length is not looked at.
    """
    parts = _ABSOLUTE.match(url.strip())
    if not parts:
        return None
    scheme, authority, rest = parts[1].lower(), parts[2], parts[3]
    place = _HOST_AND_PORT.fullmatch(authority.rpartition("@")[2])
    if place is None or place.end() > _LONGEST:
        return None
    port = (place[1] or "").lstrip("0")
    if len(port) > 5 or int(port or 0) > _HIGHEST_PORT:
        return None
    host = hostnames.of_authority(authority)
    name = hostnames.ascii_name(host) if host else None
    if name is None or not (hostnames.is_ip(name) or (hostnames.is_name(name) and _LETTERS.fullmatch(name))):
        return None
    if port and port != _DEFAULT_PORTS[scheme]:
        name += f":{port}"
    path, mark, query = rest.partition("?")
    return Rule(URL, f"{scheme}://{name}{_encoded(path.replace(chr(92), '/')) or '/'}{mark}{_encoded(query)}")


def _encoded(text: str) -> str:
    """Path or query in one spelling: what must be percent-encoded is, what need not be is not (RFC 3986, 6.2.2)."""
    quoted = quote(_BARE_PERCENT.sub("%25", text), safe=_AS_IT_IS, errors="replace")
    return _PERCENT.sub(_one_spelling, quoted) if "%" in quoted else quoted


def _one_spelling(encoded: re.Match[str]) -> str:
    letter = chr(int(encoded[1], 16))
    return letter if letter in _UNRESERVED else encoded[0].upper()


class RuleSet:
    """Rules that answer in constant time whether they cover a host or a page, and by which rule.

    A page is looked for by its host, a walk over a handful of labels that is remembered per distinct host; only
    where a rule names a page of that very host is the whole URL put into its canonical form.
    """

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        self._hosts: set[str] = set()
        self._urls: set[str] = set()
        self._paged: set[str] = set()  # hosts, as canonical URLs spell them, of which a rule names a page
        self._known: dict[str, Rule | None] = {}  # plain host of which no page is named -> rule
        for rule in rules:
            self.add(rule)

    def add(self, rule: Rule) -> None:
        """Add one rule."""
        if rule.kind == DOMAIN:
            self._hosts.add(rule.value)
        else:
            self._urls.add(rule.value)
            self._paged.add(_host_of_canonical(rule.value))
        if self._known:
            self._known.clear()

    def covers_host(self, host: str) -> Rule | None:
        """The rule that covers a whole canonical host in ASCII; the narrowest where several do."""
        name = host
        if is_address(host):
            return Rule(DOMAIN, host) if host in self._hosts else None
        while name and name not in self._hosts:
            name = name.partition(".")[2]
        return Rule(DOMAIN, name) if name else None

    def covers(self, rule: Rule) -> Rule | None:
        """The rule that covers everything another rule covers; None where no single one does."""
        if rule.kind == DOMAIN:
            return self.covers_host(rule.value)
        if rule.value in self._urls:
            return rule
        return self.covers_host(host_of(rule))

    def covers_url(self, url: str) -> Rule | None:
        """The rule that covers a page; None where none does, or where the text is no absolute URL."""
        usual = _USUAL.match(url)
        if usual is None:
            rule = url_rule(url)
            return self.covers(rule) if rule else None
        spelled = usual[1]
        known = self._known.get(spelled, _UNKNOWN)
        if known is not _UNKNOWN:
            return known
        is_plain = PLAIN_HOST.fullmatch(spelled) is not None
        if not is_plain or spelled in self._paged:
            rule = Rule(URL, url) if is_plain and _CANONICAL_URL.fullmatch(url) else url_rule(url)
            return self.covers(rule) if rule else None
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        covering = self._known[spelled] = self.covers_host(spelled)
        return covering

    def covers_urls(self, urls: pl.Series) -> pl.Series:
        """The same for a column: worked out per distinct host, and per page only where a rule names one there.

        Args:
            urls: String.

        Returns:
            String of the same length, named ``rule``: the covering rule as a line (``Rule.text``); null where
            none covers the page, or where there is no absolute URL.
        """
        frame = pl.select(url=urls, host=urls.str.extract(_USUAL.pattern))
        hosts = frame["host"].drop_nulls().unique()
        paged = pl.Series(sorted(self._paged), dtype=pl.String).implode()
        alone = hosts.filter(~hosts.is_in(paged) & hosts.str.contains(r"[a-z_-][a-z0-9_-]*$"))
        answers = pl.DataFrame(
            {"host": alone, "rule": [_text(self.covers_url(f"http://{host}/")) for host in alone.to_list()]},
            schema={"host": pl.String, "rule": pl.String},
        )
        frame = frame.join(answers, on="host", how="left", maintain_order="left")
        known = pl.col("host").is_in(alone.implode()).fill_null(value=False)
        rest = frame.select(pl.col("url").is_not_null() & ~known).to_series().arg_true()
        pages = frame["url"].gather(rest).to_list()
        rules = pl.Series([_text(self.covers_url(page)) for page in pages], dtype=pl.String)
        return frame["rule"].scatter(rest, rules) if len(rest) else frame["rule"]


def is_address(host: str) -> bool:
    """Whether a canonical host has the shape of an IP address: no name lies above it, and none ends so."""
    return host[-1:] == "]" or host.rpartition(".")[2].isdigit()


def host_of(rule: Rule) -> str:
    """The canonical host that a rule is about."""
    return rule.value if rule.kind == DOMAIN else _host_of_canonical(rule.value)


def _host_of_canonical(url: str) -> str:
    """Host of a URL in canonical form, without the port."""
    place = url[url.find("//") + 2 :].partition("/")[0]
    return place if place.endswith("]") else place.rpartition(":")[0] or place


def _text(rule: Rule | None) -> str | None:
    return rule.text if rule else None
