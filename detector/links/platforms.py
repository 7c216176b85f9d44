"""Platforms whose tenants are somebody's own space although the Public Suffix List does not say so.

The table itself is data: ``platforms.csv`` beside this module, with its date in the first line. Columns:

``host``
    The platform's host. ``www.``, ``m.``, ``mobile.`` and ``amp.`` before it are the same host. A leading
    dot (``.linkedin.com``) says that every host below is the same platform; ``*`` stands for one label or a
    part of it.
``tenant``
    Where a tenant lives; several words are tried in this order:
    ``subdomain`` the label under the host (``x.wordpress.com``);
    a path template (``/*``, ``/view/*``, ``/@*``, ``/*/*``), ``*`` being a path segment or the rest of one;
    ``registry`` no platform at all, but a suffix where names are sold like domains (``uk.com``).
``except``
    Labels or first segments that are the platform's own. The rows of the host ``*`` hold those that
    practically every platform keeps for itself: labels (``subdomain``) and segments (``/*``).
``case``
    ``exact`` where the platform tells upper from lower case in the tenant's path. Elsewhere a tenant is
    written in lower case.
"""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import resources
from typing import NamedTuple
from urllib.parse import unquote

from detector.links import hostnames

#: Labels in front of a host that name the same site.
ALIAS_LABELS = frozenset({"www", "m", "mobile", "amp"})

#: A segment that is a file is a page of the platform, not somebody's space.
_FILE = re.compile(
    r"\.(?:html?|php\d?|aspx?|jsp|cgi|xml|txt|ico|js|css|png|jpe?g|gif|svg|pdf)$", re.IGNORECASE
)

#: Decoded characters that would change where a path ends, and so stay encoded.
_UNSAFE = re.compile(r"[/?#%\\\s\x00-\x1f\x7f]")


@dataclass(frozen=True)
class Platform:
    """One row of the table, compiled.

    Attributes:
        host: canonical host of the platform, without a leading dot.
        deep: every host below is the platform, none of them a tenant.
        subdomains: the label under the host is a tenant.
        registry: names under it are sold like domains.
        paths: compiled path templates in the order they are tried.
        own_labels, own_segments: labels and first segments that are the platform's own, lower case.
        exact: the tenant's path tells upper from lower case.
    """

    host: str
    deep: bool = False
    subdomains: bool = False
    registry: bool = False
    paths: tuple[re.Pattern[str], ...] = ()
    own_labels: frozenset[str] = frozenset()
    own_segments: frozenset[str] = frozenset()
    exact: bool = False

    def owns_label(self, label: str) -> bool:
        """Whether ``label`` under the host is the platform itself and not a tenant."""
        return label in self.own_labels

    def tenant_path(self, path: str) -> str | None:
        """Return the tenant's prefix of a URL path (``/@x`` of ``/@x/a-story``); None where there is none."""
        plain = "/".join(_decoded(segment) for segment in hostnames.stripped(path).split("/"))
        for template in self.paths:
            found = template.match(plain)
            if found and not (found.start("name") == 1 and self._is_own(found["name"])):
                return found[0] if self.exact else found[0].lower()
        return None

    def _is_own(self, segment: str) -> bool:
        return segment.lower() in self.own_segments or bool(_FILE.search(segment))


def _decoded(segment: str) -> str:
    """One spelling for ``%40x`` and ``@x``; a segment that cannot be decoded safely stays as it is."""
    if "%" not in segment:
        return segment
    try:
        plain = unquote(segment, errors="strict")
    except UnicodeDecodeError:
        return segment
    return segment if _UNSAFE.search(plain) else plain


def _template(text: str) -> re.Pattern[str]:
    """Compile a path template; the group ``name`` is its first variable segment."""
    pattern, named = "", False
    for segment in text.strip("/").split("/"):
        piece = re.escape(segment).replace(r"\*", r"[^/?#\s]+")
        if "*" in segment and not named:
            piece, named = f"(?P<name>{piece})", True
        pattern += "/" + piece
    if not named:
        raise ValueError(f"path template {text!r} has no *")
    return re.compile(pattern + r"(?=[/?#]|$)", re.IGNORECASE)


class Found(NamedTuple):
    """A platform and the host at which it was found (they differ where the table has a pattern)."""

    platform: Platform
    host: str


@dataclass
class Platforms:
    """The table of platforms, looked up by host.

    Attributes:
        date: the day (ISO) on which the table was last gone through.
    """

    date: str
    _exact: dict[str, Platform] = field(default_factory=dict)
    _globs: dict[str, list[tuple[re.Pattern[str], Platform]]] = field(default_factory=dict)

    @classmethod
    def default(cls) -> Platforms:
        """Load the table that ships with the package."""
        text = resources.files(__package__).joinpath("platforms.csv").read_text(encoding="utf-8")
        return cls.parse(text)

    @classmethod
    def parse(cls, text: str) -> Platforms:
        """Parse the table's text; raises ValueError on a row that makes no sense (a fault of the table)."""
        head, _, body = text.partition("\n")
        dated = re.fullmatch(r"# .*\b(\d{4}-\d\d-\d\d)\s*", head)
        if not dated:
            raise ValueError("the first line of the platform table must end in its date")
        table = cls(dated[1])
        rows = list(csv.DictReader(body.splitlines()))
        labels, segments = (_words_of_all(rows, tenant) for tenant in ("subdomain", "/*"))
        for row in rows:
            if row["host"] != "*":
                table._add(_compiled(row, labels | ALIAS_LABELS, segments), row["host"])
        return table

    def _add(self, platform: Platform, pattern: str) -> None:
        if "*" in pattern:
            tail = ".".join(platform.host.split(".")[-2:])
            glob = re.compile(re.escape(platform.host).replace(r"\*", r"[^.]+"))
            self._globs.setdefault(tail, []).append((glob, platform))
        elif platform.host in self._exact:
            raise ValueError(f"{platform.host} stands twice in the platform table")
        else:
            self._exact[platform.host] = platform

    def hosts(self) -> Iterable[str]:
        """Every host of the table that is no pattern."""
        return self._exact.keys()

    def pattern_tails(self) -> Iterable[str]:
        """The last two labels of every host that is a pattern."""
        return self._globs.keys()

    def find(self, host: str) -> Found | None:
        """The most specific platform at or above ``host``."""
        labels = host.split(".")
        globs = self._globs.get(".".join(labels[-2:]), ())
        for start in range(len(labels) - 1):
            at = host if not start else ".".join(labels[start:])
            platform = self._exact.get(at)
            if platform is not None:
                return Found(platform, at)
            for glob, candidate in globs:
                if glob.fullmatch(at):
                    return Found(candidate, at)
        return None


def _words_of_all(rows: list[dict[str, str]], tenant: str) -> frozenset[str]:
    """What every platform keeps for itself."""
    words = (row["except"].split() for row in rows if (row["host"], row["tenant"]) == ("*", tenant))
    return frozenset(itertools.chain.from_iterable(words))


def _compiled(row: dict[str, str], labels: frozenset[str], segments: frozenset[str]) -> Platform:
    words = row["tenant"].split()
    unknown = [word for word in words if word not in ("subdomain", "registry") and not word.startswith("/")]
    if unknown or not words:
        raise ValueError(f"{row['host']}: tenant rule {row['tenant']!r} is not understood")
    own = frozenset(row["except"].lower().split())
    return Platform(
        host=row["host"].lstrip("."),
        deep=row["host"].startswith("."),
        subdomains="subdomain" in words,
        registry="registry" in words,
        paths=tuple(_template(word) for word in words if word.startswith("/")),
        own_labels=labels | own,
        own_segments=segments | own,
        exact=row["case"] == "exact",
    )
