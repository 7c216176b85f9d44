"""Lists as text: the hosts that they name, whatever the list looks like.

A hosts file, a disavow file, filters of ad blockers and uBlacklist, MediaWiki's spam blacklist, a ranking and a plain
list can be told apart line by line, so that no format need be named. What is read of a line is a whole host; a line
about one page says nothing of its domain, and a list about hosts below a domain says nothing of the domain.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from detector.errors import InputError
from detector.links.domains import Domains

_HOST: Final = r"([^\s/:;,|^*?\"'@()\[\]\\<>=]+\.[^\s/:;,|^*?\"'@()\[\]\\<>=.]+\.?)"
_PORT: Final = r"(?::\d+)?"

#: What a line that names a host looks like; the first that fits counts.
_LINES: Final[tuple[str, ...]] = (
    rf"^(?:0\.0\.0\.0|127\.0\.0\.1|::1?)\s+{_HOST}$",  # hosts(5)
    rf"^(?i:domain:)\s*{_HOST}$",  # Google's disavow file
    rf"^\|\|{_HOST}\^(?:\$[\w,=~-]+)?$",  # AdGuard, uBlock Origin, Adblock Plus
    rf"^\*://(?:\*\.)?{_HOST}/\*$",  # uBlacklist
    rf"^(?i:https?)://{_HOST}{_PORT}/?$",  # an origin
    rf"^(?:\*\.|\.)?{_HOST}$",  # one host a line
)
#: MediaWiki's spam blacklist holds regular expressions; those about one host read ``\bspam\.example\b``.
_PATTERN: Final = r"^(?:\\b)?((?:[\w-]+\\\.)+[\w-]+)(?:\\b)?$"

#: Format -> how its lines are read: ``hosts`` and ``words`` any of the above; ``words`` holds other things as well.
_FORMATS: Final[dict[str, tuple[str, ...]]] = {
    "hosts": _LINES,
    "words": _LINES,
    "pages": (rf"(?i)\bhttps?://{_HOST}{_PORT}(?:[/?#].*)?$",),
    "first": (rf"^\"?(?i:https?://)?{_HOST}{_PORT}\"?[,;\t].*$", *_LINES),
    "ranked": (rf"^\d+[,;\t]\"?{_HOST}\"?\s*$",),
}
_COMMENT: Final = r"^(?:[#!;]|//|\[Adblock)"
_PAGE: Final = r"^(?i:https?)://[^\s/]+/"
_LONGEST: Final = 2_000  # characters of a line
#: Names of a JSON file under which its hosts stand.
_JSON_NAMES: Final = ("domains", "list")
#: Share of the entries that must be readable for a file to be such a list.
_LEAST: Final = 0.5


@dataclass(frozen=True)
class Parsed:
    """What a list names.

    Attributes:
        domains: String, distinct referring domains in A-labels, sorted.
        entries: lines that are neither blank nor comments.
        pages: of them, lines that name a single page.
        deeper: of them, hosts below a referring domain, and platforms and suffixes, of which nothing follows.
        unread: of them, lines that name no host.
    """

    domains: pl.Series
    entries: int
    pages: int
    deeper: int
    unread: int


def parse(data: bytes, name: str, domains: Domains, format_: str = "hosts") -> Parsed:
    """The referring domains that a list names.

    Args:
        data: the list, unpacked; UTF-8 or UTF-16 with a byte order mark; what cannot be decoded names no host.
        name: of the file or address, for errors.
        format_: a key of ``_FORMATS``, or ``json``.

    Raises:
        InputError: it names no domain, or too much of it cannot be read.
    """
    text = _decoded(data)
    lines = _json_lines(text, name) if format_ == "json" else text.splitlines()
    cleaned = pl.Series("line", lines, dtype=pl.String).str.strip_chars(" \t\r\n\v\f\0\ufeff")
    table = cleaned.to_frame().select(pl.col("line").str.replace(r"\s#.*$", "").str.strip_chars_end())
    table = table.filter((pl.col("line") != "") & ~pl.col("line").str.contains(_COMMENT))
    fits = pl.col("line").str.len_chars() <= _LONGEST
    host = pl.coalesce(
        *(pl.col("line").str.extract(pattern, 1) for pattern in _FORMATS.get(format_, _LINES)),
        pl.col("line").str.extract(_PATTERN, 1).str.replace_all(r"\\", ""),
    )
    table = table.with_columns(host=pl.when(fits).then(host))
    hosts = domains.canonical_hosts(table["host"].drop_nulls().unique())
    taken, deeper = _units(hosts.drop_nulls().unique(), domains)
    silent = table.filter(pl.col("host").is_null())
    pages = 0 if format_ == "pages" else int(silent["line"].str.contains(_PAGE).sum())
    unread = silent.height - pages + hosts.null_count()
    if not len(taken) or (format_ != "words" and unread > (1 - _LEAST) * table.height):
        raise InputError(
            name, f"it is no list of domains: {table.height:,} entries, of which {len(taken):,} name a domain",
            "one domain a line is enough; a disavow file, a hosts file and filter lists can be read as well",
        )  # fmt: skip
    return Parsed(taken, table.height, pages, deeper, unread)


def _decoded(data: bytes) -> str:
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    return data.decode("utf-16" if wide else "utf-8", errors="replace")


def _json_lines(text: str, name: str) -> list[str]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(name, f"it is no JSON ({error})") from error
    return list(_strings(content))


def _strings(content: Any) -> Iterator[str]:
    """The strings that stand in lists under one of the known names, at most two levels deep."""
    for one in content if isinstance(content, list) else [content]:
        if isinstance(one, dict):
            for key in _JSON_NAMES:
                if isinstance(value := one.get(key), list):
                    yield from (text for text in value if isinstance(text, str))


def _units(hosts: pl.Series, domains: Domains) -> tuple[pl.Series, int]:
    """The hosts that are referring domains themselves, ``www.`` aside, and how many others there are."""
    units = domains.referring_domains(hosts)
    bare = hosts.str.strip_prefix("www.")
    same = (units == bare) | (units == hosts)
    told = domains.describe(units.filter(same).unique().drop_nulls())
    kept = told.filter(pl.col("kind").is_in(["domain", "tenant_host", "ip"]))["value"].sort()
    silent = ~(same & units.is_in(kept.implode())).fill_null(value=False)
    return kept.alias("domain"), int(silent.sum())
