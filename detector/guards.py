"""What must never stand in a disavow file, whatever the score.

A *unit* is what a rule would be about: a host or domain (``example.com``, the rule covers all below it), a
path tenant (``medium.com/@x``), or one page (a URL). A guard answers with a stable code, or null where
nothing forbids it:

=================  =======================================================================================
``own_site``       the audited site, another site of its owner, what lies below, and what lies above
``whitelist``      an entry of the user's whitelist, what lies below, and what lies above
``invalid``        no host that a rule could be about
``public_suffix``  a suffix under which other people's domains lie (``org.br``), or a name above one
``platform``       a whole platform (``blogspot.com``, ``sites.google.com``) or what lies above; no tenant
``search_engine``  a search engine
``largest_site``   one of the largest sites (``detector/data/largest_sites.csv``, dated)
=================  =======================================================================================

A page or a path tenant on a platform of the table is somebody's own and may be written; a page of a search
engine or of one of the largest sites may not. Whether a registry is trusted (.gov, .edu) says nothing here:
that is evidence for the verdict.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

import polars as pl

from detector.errors import InputError, UsageError
from detector.links import hostnames
from detector.links.domains import INVALID, PLATFORM, PUBLIC_SUFFIX, TENANT_HOST, Domains
from detector.links.platforms import Platforms
from detector.links.sources import refuse_pipe

OWN_SITE: Final = "own_site"
WHITELIST: Final = "whitelist"
SEARCH_ENGINE: Final = "search_engine"
LARGEST_SITE: Final = "largest_site"

_SENTENCES: Final = {
    OWN_SITE: "This is your own site, or a rule that would hit it.",
    WHITELIST: "Your whitelist names it, or something that such a rule would hit.",
    INVALID: "This is no host name that a rule could be about.",
    PUBLIC_SUFFIX: "Other people's domains lie under this suffix; such a rule would hit all of them.",
    PLATFORM: "This is a whole platform; such a rule would hit everybody who has a page there.",
    SEARCH_ENGINE: "This is a search engine.",
    LARGEST_SITE: "This is one of the largest sites of the web; its links are no link scheme.",
}

#: Every code, in the order in which they are tried.
CODES: Final = tuple(_SENTENCES)


_BLOGGER: Final = ".blogspot."
_COUNTRY = re.compile(r"^com$|^cat$|(?:^|\.)[a-z]{2}$")


@dataclass(frozen=True)
class _SiteList:
    """Registrable domains, and names that are theirs in every country form (``google.*``)."""

    domains: frozenset[str]
    names: frozenset[str]

    def holds(self, registrable: str, suffix: str) -> bool:
        if registrable in self.domains:
            return True
        # Under a newer or a private suffix the same name is anybody's.
        return registrable[: -len(suffix) - 1] in self.names and _COUNTRY.search(suffix) is not None


class Guards:
    """The guards of one audit.

    Args:
        domains: hosts and referring domains.
        site: the audited site: a host, a domain or a URL; None where there is none.
        own: further sites of its owner.
        whitelist: what the user never wants disavowed: hosts, domains, URLs, path tenants. ``www.`` before a
            host is left out, so that the whole site is meant.

    Raises:
        UsageError: a value names no host.

    Attributes:
        domains: as given.
    """

    def __init__(
        self,
        domains: Domains,
        site: str | None = None,
        own: Sequence[str] = (),
        whitelist: Iterable[str] = (),
    ) -> None:
        self.domains = domains
        own_entries = [entry_of(domains, text, "site") for text in ([site] if site else []) + list(own)]
        # A site's siblings are its own as well: of `blog.example.com` everything at `example.com`.
        own_units = [domains.referring_domain(entry) or entry for entry in own_entries]
        self._own = _Entries([*own_entries, *own_units])
        self._whitelist = _Entries(entry_of(domains, text, "whitelist entry") for text in whitelist)
        self._engines = _read_sites("search_engines.csv")
        self._largest = _read_sites("largest_sites.csv")
        self._known: dict[str, str | None] = {}  # a plan and the file that is written ask for the same ones

    @staticmethod
    def sentence(code: str) -> str:
        """Say in one sentence what a code means."""
        return _SENTENCES[code]

    @staticmethod
    def words(code: str) -> str:
        """A code as words, for a comment or a table (``public suffix``)."""
        return code.replace("_", " ")

    def reasons(self, units: pl.Series) -> pl.Series:
        """Why each unit must not be written.

        Args:
            units: String: hosts, domains, path tenants, URLs.

        Returns:
            String of the same length, named ``guard``: a code, null where a rule may be written.
        """
        distinct = units.drop_nulls().unique()
        distinct = distinct.filter(~self.are_open(distinct))
        codes = pl.Series([self.reason(unit) for unit in distinct.to_list()], dtype=pl.String)
        answers = pl.DataFrame({"unit": distinct, "guard": codes})
        return (
            units.alias("unit")
            .to_frame()
            .join(answers, on="unit", how="left", maintain_order="left")["guard"]
        )

    def are_open(self, hosts: pl.Series) -> pl.Series:
        """Which hosts no guard is about, nor about a page there; worked out natively, and on the safe side.

        Args:
            hosts: String, canonical hosts in ASCII.

        Returns:
            Boolean of the same length: true means that ``reason`` is null; false means that it must be asked.
        """
        told = self.domains.are_ordinary(hosts)
        near = self._own.domains() | self._whitelist.domains() | self._engines.domains | self._largest.domains
        names = self._engines.names | self._largest.names
        is_near = told["domain"].is_in(pl.Series(sorted(near), dtype=pl.String).implode())
        name = told["domain"].str.extract(r"^([^.]+)")
        has_name = name.is_in(pl.Series(sorted(names), dtype=pl.String).implode())
        return told["ordinary"] & ~is_near.fill_null(value=True) & ~has_name.fill_null(value=True)

    def reason(self, unit: str) -> str | None:
        """Why one unit must not be written; None where it may."""
        if unit not in self._known:
            self._known[unit] = self._work_out(unit)
        return self._known[unit]

    def _work_out(self, unit: str) -> str | None:
        host = self.domains.host(unit)
        if host is None:
            return INVALID
        narrow = "/" in unit  # one page or one path tenant: not the whole host
        place = (self.domains.referring_domain(unit) or host) if narrow else host
        protected = ((OWN_SITE, self._own), (WHITELIST, self._whitelist))
        for code, entries in protected:
            if entries.hold(host, place):
                return code
        registrable, suffix, kind = self.domains.describe_one(host)
        if kind == INVALID:
            return INVALID
        if kind in (PUBLIC_SUFFIX, PLATFORM) and self.domains.is_shared(host):
            return None if narrow else kind
        if not narrow:
            for code, entries in protected:
                if entries.lie_below(host):
                    return code
        if kind == TENANT_HOST or registrable is None or suffix is None:
            return None
        if self._engines.holds(registrable, suffix):
            return SEARCH_ENGINE
        if self._largest.holds(registrable, suffix):
            return LARGEST_SITE
        return None if narrow or kind != PLATFORM else PLATFORM


class _Entries:
    """Hosts and path tenants that are protected with all that lies below them."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._entries = frozenset(form for entry in entries for form in _country_forms(entry))
        self._above: set[str] = set()
        for host, slash, _ in (entry.partition("/") for entry in self._entries):
            self._above.update([host] if slash else [], _parents(host))

    def hold(self, host: str, unit: str) -> bool:
        """Whether the unit, or a name at or above ``host``, is an entry."""
        if not self._entries:
            return False
        if unit in self._entries:
            return True
        while host and host not in self._entries:
            host = host.partition(".")[2]
        return bool(host)

    def domains(self) -> frozenset[str]:
        """The last two labels of every entry."""
        hosts = (entry.partition("/")[0] for entry in self._entries)
        return frozenset(".".join(host.split(".")[-2:]) for host in hosts)

    def lie_below(self, host: str) -> bool:
        """Whether an entry lies below ``host``, so that a rule on it would hit the entry."""
        return host in self._above


def _country_forms(entry: str) -> list[str]:
    """An entry; of a blog by Google its addresses in every country, for they are one blog."""
    blog, name, _ = entry.partition(_BLOGGER)
    if not name:
        return [entry]
    forms = [f"{blog}.{host}" for host in _blogger_hosts()]
    return forms if entry in forms else [entry]


@cache
def _blogger_hosts() -> tuple[str, ...]:
    return tuple(host for host in Platforms.default().hosts() if f".{host}".startswith(_BLOGGER))


def _parents(host: str) -> list[str]:
    labels = host.split(".")
    return [".".join(labels[start:]) for start in range(1, len(labels))]


def entry_of(domains: Domains, text: str, what: str = "entry") -> str:
    """Host or path tenant that a user means by ``text``: a host, ``domain:HOST`` or a URL, ``www.`` left out.

    Raises:
        UsageError: the text names no host.
    """
    host = _host_of_entry(text)
    if host is None or domains.describe_one(host)[2] == INVALID:
        raise UsageError(f"{what} {text.strip()!r} names no host: expected something like example.com")
    value = text.strip()
    value = value[7:] if value[:7].lower() == "domain:" else value
    unit = domains.referring_domain(value) or host
    bare = host.removeprefix("www.")
    # `www.gov.uk` does not mean all of `gov.uk`.
    is_suffix = domains.describe_one(bare)[2] in (PUBLIC_SUFFIX, INVALID)
    return unit if "/" in unit else host if is_suffix else bare


def read_whitelist(path: Path) -> list[str]:
    """Read a whitelist: one host, domain or URL a line.

    ``domain:`` before an entry is tolerated; blank lines are left out, and so is what follows a ``#`` at a
    line's beginning or behind a blank.

    Returns:
        Entries for ``Guards``, in the order of the file.

    Raises:
        InputError: the file cannot be read, or a line (its number is given) names no host.
    """
    refuse_pipe(path)
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # reading has made every line end a "\n"
    except OSError as error:
        why = f"the whitelist cannot be read ({error.strerror or error})"
        raise InputError(path, why, "check the spelling of its path, and who may read it") from error
    except UnicodeDecodeError as error:
        raise InputError(
            path, "the whitelist cannot be read (it is no UTF-8 text)", "save it as UTF-8 text"
        ) from error
    entries = []
    for number, line in enumerate(lines, start=1):
        value = f" {line}".replace("\t", " ").split(" #", 1)[0].strip()
        if not value:
            continue
        if _host_of_entry(value) is None:
            raise InputError(path, f"{value!r} names no host", "mend or remove the line", row=number)
        entries.append(value)
    return entries


def _host_of_entry(text: str) -> str | None:
    """Host of ``HOST``, ``domain:HOST`` or a URL; a name without a dot may be a suffix (``gov``)."""
    value = text.strip()
    host = hostnames.of_text(value[7:] if value[:7].lower() == "domain:" else value)
    fits = host and (hostnames.is_name(host) or hostnames.is_ip(host) or hostnames.is_name(f"x.{host}"))
    return host if fits else None


def _read_sites(name: str) -> _SiteList:
    text = resources.files("detector").joinpath("data", name).read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    listed = [row["domain"] for row in rows]
    return _SiteList(
        domains=frozenset(name for name in listed if not name.endswith(".*")),
        names=frozenset(name[:-2] for name in listed if name.endswith(".*")),
    )


def lists_date() -> str:
    """The day (ISO) on which the shipped lists of sites were last gone through."""
    dates = []
    for name in ("search_engines.csv", "largest_sites.csv"):
        first = (
            resources.files("detector").joinpath("data", name).read_text(encoding="utf-8").split("\n", 1)[0]
        )
        dates.append(first.split()[-1])
    return min(dates)
