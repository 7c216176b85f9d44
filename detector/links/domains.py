"""URL -> host -> referring domain.

*Host*: lower case, A-labels by IDNA 2008 / UTS 46 non-transitional, no user-info, port or trailing dot; an IP
address as it stands (IPv6 in brackets); a host that IDNA refuses only in lower case.

*Referring domain*: the unit that is judged. The registrable domain by the Public Suffix List (ICANN and
private sections; an unlisted suffix follows the list's rule ``*``), an IP address itself, and on a platform
the tenant: a host (``x.wordpress.com``) or a host with the start of a path (``medium.com/@x``). A link on a
platform that belongs to no tenant has the platform as its referring domain.

No network: the list comes from the package ``publicsuffixlist`` and its date is kept
(``Domains.suffix_list_date``). Everything is worked out once per distinct host, and remembered.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, Final, NamedTuple

import polars as pl
import requests
import tldextract

from detector.errors import InputError
from detector.links import hostnames, suffixes
from detector.links.numbered import Numbered
from detector.links.platforms import ALIAS_LABELS, Found, Platforms

DOMAIN: Final = "domain"
TENANT_HOST: Final = "tenant_host"
TENANT_PATH: Final = "tenant_path"
PLATFORM: Final = suffixes.PLATFORM
PUBLIC_SUFFIX: Final = suffixes.PUBLIC_SUFFIX
IP: Final = "ip"
INVALID: Final = "invalid"

#: What a host, domain or tenant can be.
KINDS: Final = (DOMAIN, TENANT_HOST, TENANT_PATH, PLATFORM, PUBLIC_SUFFIX, IP, INVALID)

#: A plain name in A-labels, of two labels or more, whose last begins with a letter: no IP address, none broken.
_PLAIN_NAME = r"^(?:[a-z0-9_-]{1,63}\.){1,3}[a-z][a-z0-9-]{0,62}$"
_RECENT = 1024  # hosts
_REMEMBERED = 2_000_000  # distinct values kept between calls, so that no input can fill the memory


class _Place(NamedTuple):
    """What is known of a host."""

    unit: str
    kind: str
    registrable: str | None
    suffix: str | None
    found: Found | None = None  # set where the path decides about a tenant


class Domains:
    """Hosts and referring domains by one dated suffix list and one dated table of platforms.

    Args:
        suffix_list: file with the Public Suffix List.
        platforms: the table of platforms.

    Attributes:
        suffix_list_date: the day of the list (ISO), from its ``// VERSION:`` header.
        platforms_date: the day of the table of platforms (ISO).

    Raises:
        InputError: the list cannot be read or carries no version.
    """

    def __init__(self, suffix_list: Path, platforms: Platforms) -> None:
        try:
            text = suffix_list.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(suffix_list, f"the Public Suffix List cannot be read ({error})") from error
        version = re.search(r"^// VERSION: (\d{4}-\d\d-\d\d)", text, re.MULTILINE)
        if not version:
            raise InputError(suffix_list, "this is no Public Suffix List: it has no line '// VERSION:'")
        self.suffix_list_date = version[1]
        self.platforms_date = platforms.date
        self._platforms = platforms
        self._extract = tldextract.TLDExtract(
            cache_dir=None,
            suffix_list_urls=(suffix_list.resolve().as_uri(),),
            fallback_to_snapshot=False,
            include_psl_private_domains=True,
        )
        with _session_of(text) as session:  # parses the list now, and never asks anybody else for it
            self._extract("example.com", session=session)
        rules = suffixes.Rules.of(text)
        self._above = suffixes.above_suffixes(rules, platforms)
        self._wildcards = rules.wildcards()
        self._deep = suffixes.deep_endings(rules, platforms)
        self._tops = rules.tops()
        self._flat_tops = pl.Series(sorted(self._tops - self._deep)).implode()
        self._deep_pairs = pl.Series(sorted(name for name in self._deep if "." in name)).implode()
        self._from_authority: dict[str, str | None] = {}
        self._from_text: dict[str, str | None] = {}
        self._units = Numbered(self._work_out_units, _REMEMBERED)
        self._place = lru_cache(_RECENT)(
            self._work_out_place
        )  # several questions are asked of a host in a row

    @staticmethod
    def default() -> Domains:
        """The one by the list that ``publicsuffixlist`` ships and the platforms that we ship; made once a process."""
        return _default()

    # ------------------------------------------------------------------ hosts

    def host(self, url: str) -> str | None:
        """Canonical host of a URL, or of a host with or without port; None where there is none."""
        return hostnames.of_text(url)

    def hosts(self, urls: pl.Series) -> pl.Series:
        """Canonical host of every URL.

        Args:
            urls: String.

        Returns:
            String of the same length and name; null where the URL is null or has no host. Nothing raises.
        """
        parts = pl.col("url").str.split_exact("/", 3).struct
        plain = (
            parts.field("field_0").is_in(["http:", "https:"])
            & (parts.field("field_1") == "")
            & ~parts.field("field_2").str.contains(r"^(?:\\|$)")
        )
        frame = pl.select(url=urls).select(
            "url", plain=plain.fill_null(value=False), authority=parts.field("field_2")
        )
        usual = frame.select(pl.when("plain").then("authority"))["authority"]
        result = self._canonical(usual, hostnames.of_authority, self._from_authority).rename(urls.name)
        rest = (~frame["plain"] & frame["url"].is_not_null()).arg_true()
        if not len(rest):
            return result
        heads = frame["url"].gather(rest).str.extract(hostnames.HEAD)
        return result.scatter(rest, self._canonical(heads, hostnames.of_text, self._from_text))

    def canonical_hosts(self, raw_hosts: pl.Series) -> pl.Series:
        """The same for cells that hold a host, with or without port; a URL in such a cell gives its host."""
        return self._canonical(raw_hosts, hostnames.of_text, self._from_text)

    @staticmethod
    def _canonical(
        raw: pl.Series, parse: Callable[[str], str | None], known: dict[str, str | None]
    ) -> pl.Series:
        """Canonical hosts: a plain one as it stands, another ``parse``d once per distinct value."""
        distinct = raw.drop_nulls().unique()
        odd = distinct.filter(~distinct.str.contains(hostnames.PLAIN))
        if not len(odd):
            return raw.clone()
        if len(known) > _REMEMBERED:
            known.clear()
        clean = []
        for value in odd.to_list():
            try:
                clean.append(known[value])
            except KeyError:  # new, or forgotten by another thread just now
                clean.append(known.setdefault(value, parse(value)))
        return raw.replace(odd, pl.Series(clean, dtype=pl.String))

    # ------------------------------------------------------------------ referring domains

    def referring_domain(self, url_or_host: str) -> str | None:
        """Referring domain of one URL, host or referring domain; None where there is no host."""
        host = hostnames.of_text(url_or_host)
        if host is None:
            return None
        return _unit(self._place(host), hostnames.path_of_text(url_or_host))

    def referring_domains(self, hosts: pl.Series, urls: pl.Series | None = None) -> pl.Series:
        """The unit that is judged, for every link.

        Args:
            hosts: String, canonical hosts as ``hosts`` gives them.
            urls: String, the linking pages; without them no path tenant can be told from its platform.

        Returns:
            String of the same length, named ``referring_domain``; null where the host is null.
        """
        told = self._units.look_up(hosts)
        result = told["unit"].rename("referring_domain")
        if urls is None:
            return result
        rows = told["by_path"].fill_null(value=False).arg_true()
        return result.scatter(rows, self._path_tenants(hosts.gather(rows), urls.gather(rows)))

    def _work_out_units(self, hosts: pl.Series) -> pl.DataFrame:
        """The ``unit`` (String) of each host, and whether it is ``by_path`` (Boolean) that a link belongs to a tenant."""
        told = self.are_ordinary(hosts)
        odd = (~told["ordinary"]).arg_true()
        places = [self._place(host) for host in hosts.gather(odd).to_list()]
        units = pl.Series([place.unit for place in places], dtype=pl.String)
        by_path = pl.Series([place.found is not None for place in places], dtype=pl.Boolean)
        return pl.DataFrame(
            {
                "unit": told["domain"].scatter(odd, units),
                "by_path": pl.repeat(False, len(hosts), dtype=pl.Boolean, eager=True).scatter(odd, by_path),
            }
        )

    def _path_tenants(self, hosts: pl.Series, urls: pl.Series) -> pl.Series:
        """Units of links where the path decides: worked out per distinct host and first segments."""
        first = (
            urls.str.extract(hostnames.FIRST_SEGMENTS).fill_null("").str.replace_all("\\", "/", literal=True)
        )
        paths = pl.select(host=hosts, path=first)
        distinct = paths.unique()
        pairs = zip(distinct["host"].to_list(), distinct["path"].to_list(), strict=True)
        units = pl.Series([_unit(self._place(host), path) for host, path in pairs], dtype=pl.String)
        answers = distinct.with_columns(unit=units)
        return paths.join(answers, on=["host", "path"], how="left", maintain_order="left")["unit"]

    def describe(self, values: pl.Series) -> pl.DataFrame:
        """What hosts, domains and tenants are.

        Args:
            values: String; canonical hosts, or referring domains as ``referring_domains`` gives them.

        Returns:
            One row a value, in order: ``value``, ``registrable_domain``, ``suffix``, ``kind`` (all String).
            ``kind`` is one of ``KINDS``; an IP address has no suffix, an invalid value neither suffix nor
            domain, and of a null all is null.
        """
        distinct = values.drop_nulls().unique().alias("value")
        names = ["value", "registrable_domain", "suffix", "kind"]
        told = self.are_ordinary(distinct).with_columns(distinct)
        top = pl.col("domain").str.extract(r"([^.]+)$")
        ordinary = told.filter("ordinary").select(
            "value", registrable_domain="domain", suffix=top, kind=pl.lit(DOMAIN)
        )
        rows = [
            (value, *self.describe_one(value))
            for value in told.filter(~pl.col("ordinary"))["value"].to_list()
        ]
        others = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
        table = pl.concat([ordinary, others])
        return values.rename("value").to_frame().join(table, on="value", how="left", maintain_order="left")

    def describe_one(self, value: str) -> tuple[str | None, str | None, str]:
        """(registrable domain, suffix, kind) of one canonical host or referring domain."""
        host, slash, path = value.partition("/")
        place = self._place(host)
        if not slash:
            return place.registrable, place.suffix, place.kind
        if place.found and _unit(place, f"/{path}") == value:
            return place.registrable, place.suffix, TENANT_PATH
        return None, None, INVALID

    def is_shared(self, host: str) -> bool:
        """Whether a canonical host is, or is part of, a platform of the table, or a suffix of the list.

        Not so of a name that only lies above such (``amazonaws.com``, ``google.com``).
        """
        found = self._platforms.find(host)
        if found and not found.platform.registry:
            return True
        parts = self._extract.extract_str(host)
        return parts.is_private or (parts.suffix == host) or self._above.get(host) == PUBLIC_SUFFIX

    def are_ordinary(self, hosts: pl.Series) -> pl.DataFrame:
        """Which hosts are, for certain, ordinary names under a listed top-level domain; worked out natively.

        Args:
            hosts: String, canonical hosts in ASCII.

        Returns:
            One row a host, in order: ``domain`` (String: its last two labels) and ``ordinary`` (Boolean: that is
            its registrable domain, and no rule of the list and no platform lies at, below or above it).
        """
        two = hosts.str.extract(r"([^.]+\.[^.]+)$").alias("domain")
        top = two.str.extract(r"([^.]+)$")
        listed = top.is_in(self._flat_tops) & ~two.is_in(self._deep_pairs)
        ordinary = hosts.str.contains(_PLAIN_NAME) & listed
        return pl.DataFrame({"domain": two, "ordinary": ordinary.fill_null(value=False)})

    def has_known_top(self, host: str) -> bool:
        """Whether the list knows the top-level domain that a canonical host in ASCII ends in."""
        return host.rpartition(".")[2] in self._tops

    # ------------------------------------------------------------------ one host

    def _work_out_place(self, host: str) -> _Place:
        """Work out one canonical host."""
        if hostnames.is_ip(host):
            return _Place(host, IP, host, None)
        if not hostnames.is_name(host):
            kind = PUBLIC_SUFFIX if self._is_top_level(host) else INVALID
            return _Place(host, kind, None, host if kind == PUBLIC_SUFFIX else None)
        rest, _, top = host.rpartition(".")
        two = f"{rest.rpartition('.')[2]}.{top}"
        if two not in self._deep and top not in self._deep:  # neither list nor table goes deeper here
            return _Place(two, DOMAIN, two, top)
        return self._listed_place(host, two)

    def _listed_place(self, host: str, last_two: str) -> _Place:
        """Work out a host below which, or above which, there is a rule of the list or a platform."""
        parts = self._extract.extract_str(host)
        suffix = parts.suffix or host.rpartition(".")[2]
        domain: str | None = parts.top_domain_under_public_suffix or None
        if not parts.suffix:  # the list's rule `*`
            domain = last_two
        found = self._platforms.find(host)
        registry = found is not None and found.platform.registry
        # A wildcard (`*.eth.limo`) makes each name a suffix; the table knows whether it is a tenant.
        if found and not registry and (len(found.host) >= len(suffix) or found.host in self._wildcards):
            return self._on_platform(host, found, domain, suffix)
        if parts.is_private and not registry:
            return _on_private_suffix(domain, suffix)
        if domain is None:
            return _Place(host, PUBLIC_SUFFIX, None, suffix)
        return _Place(domain, self._above.get(host, DOMAIN), domain, suffix)

    @staticmethod
    def _on_platform(host: str, found: Found, domain: str | None, suffix: str) -> _Place:
        """Work out a host at or under a platform of the table."""
        platform, at = found
        below = host[: -len(at) - 1].split(".") if host != at else []
        if platform.deep or not below or below[-1] in ALIAS_LABELS:
            return _Place(at, PLATFORM, domain, suffix, found if platform.paths else None)
        label = below[-1]
        if platform.subdomains and not platform.owns_label(label):
            return _Place(f"{label}.{at}", TENANT_HOST, domain, suffix)
        if suffix == at:  # by the list too, names under it are somebody's own
            return _on_private_suffix(domain, suffix)
        return _Place(domain or at, PLATFORM, domain, suffix)

    def _is_top_level(self, label: str) -> bool:
        return label in self._above or self._extract.extract_str(label).suffix == label != ""


def _on_private_suffix(domain: str | None, suffix: str) -> _Place:
    """A host at or under a private suffix: by the list, the label under it is a tenant."""
    if domain is None or domain == f"www.{suffix}":
        return _Place(suffix, PLATFORM, None, suffix)
    return _Place(domain, TENANT_HOST, domain, suffix)


@cache
def _default() -> Domains:
    with packaged_suffix_list() as path:
        return Domains(path, Platforms.default())


def _unit(place: _Place, path: str) -> str:
    """Unit of a link at a place: the tenant of its path, else of its host."""
    tenant = place.found.platform.tenant_path(path) if place.found else None
    return place.unit + tenant if tenant else place.unit


class _TextAdapter(requests.adapters.BaseAdapter):
    """Answers every request with one text (tldextract's own adapter leaves the file open)."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        response = requests.Response()
        response.request, response.url = request, str(request.url)
        response.status_code, response.encoding = 200, "utf-8"
        response.raw = io.BytesIO(self._text.encode())
        return response

    def close(self) -> None:
        """Nothing is open."""


def _session_of(text: str) -> requests.Session:
    session = requests.Session()
    session.adapters.clear()
    session.mount("file://", _TextAdapter(text))
    return session


@contextmanager
def packaged_suffix_list() -> Iterator[Path]:
    """The Public Suffix List that ``publicsuffixlist`` ships, as a file."""
    source = resources.files("publicsuffixlist").joinpath("public_suffix_list.dat")
    with resources.as_file(source) as path:
        yield path
