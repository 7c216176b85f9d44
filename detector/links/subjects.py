"""What each row of a table is about: the linking page, else its host, else the target, else the anchor."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import polars as pl

from detector.links import cells, hostnames
from detector.links.domains import Domains
from detector.links.layout import Layout
from detector.links.schema import TEXT

_SCHEME = re.compile(r"(?:https?:|[a-z][a-z0-9+.-]*://)", re.IGNORECASE)
_PLAIN: Final = r"^[a-z0-9._-]*[a-z0-9_-]$"
_LONGEST: Final = 1 << 30
_NAME: Final = r"^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$"


@dataclass(frozen=True)
class Subjects:
    """Per row, all of the same length.

    Attributes:
        table: source_url, source_host, target_url, target_host, kind (String; kind is the record type, null
            where the row is about nothing), assumed (Boolean: ``https://`` was put before a URL).
        bare: rows that have nothing of all this; they are blank, no records, or invalid, unless the table is
            one of anchors, where one of them may be empty.
        unusable: rows whose linking page or host is none: position -> reason.
    """

    table: pl.DataFrame
    bare: list[int]
    unusable: dict[int, str]


def read(frame: pl.DataFrame, layout: Layout, domains: Domains) -> Subjects:
    """Find what the rows are about.

    Args:
        frame: cells, String columns named by their index.
        layout: of the table.
        domains: for hosts.
    """
    source = _urls(_first(frame, layout, "source_url"))
    target = _urls(_first(frame, layout, "target_url"))
    source_host, has_blank = _hosts_of_pages(source["usable"], domains)
    target_host = _hosts_of_few(target["usable"], domains)
    hosts = _hosts(frame, layout, domains)
    unusable = _broken_pages(source, source_host.is_null() & hosts.is_null() | has_blank)
    unusable |= _broken_hosts(hosts, source["url"])
    table = pl.DataFrame(
        {
            "source_url": source["url"],
            "source_host": pl.select(pl.coalesce(source_host, hosts)).to_series(),
            "target_url": target["url"],
            "target_host": target_host,
            "assumed": source["assumed"] | target["assumed"],
        }
    )
    bare = table["source_url"].is_null().any()  # then it matters what else there is
    anchor, ip = (_filled(frame, layout, name) if bare else _none(frame.height) for name in ("anchor", "ip"))
    table = table.with_columns(anchor=anchor, ip=ip)
    table = table.with_columns(kind=_kind(layout))
    anchorless = (table["kind"] == "anchor").fill_null(value=True) & ~table["anchor"]
    return Subjects(table.drop("anchor", "ip"), anchorless.arg_true().to_list(), unusable)


def _kind(layout: Layout) -> pl.Expr:
    """Record type by what a row has. A row of a table of anchors may be about the empty anchor."""
    anchors_only = bool(layout.of("anchor")) and not layout.of("source_url", "source_host", "target_url")
    return (
        pl.when(pl.col("source_url").is_not_null())
        .then(pl.lit("link"))
        .when(pl.col("source_host").is_not_null())
        .then(pl.lit("domain"))
        .when(pl.col("target_host").is_not_null())
        .then(pl.lit("target"))
        .when(pl.col("anchor") | (pl.lit(anchors_only) & ~pl.col("ip")))
        .then(pl.lit("anchor"))
        .when(pl.col("ip"))
        .then(pl.lit("ip"))
    )


def _first(frame: pl.DataFrame, layout: Layout, name: str) -> pl.Series:
    """The first of the columns for ``name`` that is not empty, stripped."""
    columns = [pl.col(str(column.index)).str.strip_chars() for column in layout.of(name)]
    if not columns:
        return pl.Series(name, [None] * frame.height, dtype=TEXT)
    filled = [pl.when(column != "").then(column) for column in columns]
    return frame.lazy().select(pl.coalesce(filled).alias(name)).collect().to_series()


def _filled(frame: pl.DataFrame, layout: Layout, name: str) -> pl.Series:
    return _first(frame, layout, name).is_not_null()


def _none(height: int) -> pl.Series:
    return pl.repeat(False, height, dtype=pl.Boolean, eager=True)


def _urls(text: pl.Series) -> pl.DataFrame:
    """URLs of stripped cells: ``url``, ``usable`` (null where it is none), ``assumed``."""
    plain = text.str.starts_with("https://") | text.str.starts_with("http://")
    odd = (~plain).fill_null(value=False).arg_true()
    url, usable = text, text
    assumed = _none(len(text))
    if len(odd):
        distinct = text.gather(odd).unique()
        read_ = [_url(cell) for cell in distinct.to_list()]
        known = pl.DataFrame(
            {
                "cell": distinct,
                "url": [found[0] for found in read_],
                "usable": [found[0] if found[1] else None for found in read_],
                "assumed": [found[2] for found in read_],
            },
            schema={"cell": TEXT, "url": TEXT, "usable": TEXT, "assumed": pl.Boolean},
        )
        found = text.gather(odd).rename("cell").to_frame().join(known, on="cell", maintain_order="left")
        url, usable = text.scatter(odd, found["url"]), text.clone().scatter(odd, found["usable"])
        assumed = assumed.scatter(odd, found["assumed"])
    return pl.DataFrame({"url": url, "usable": usable, "assumed": assumed})


def _url(cell: str) -> tuple[str | None, bool, bool]:
    """(the URL, whether it is one, whether its scheme is assumed) of a cell."""
    if cells.is_empty(cell):
        return None, False, False
    if _SCHEME.match(cell):
        return cell, True, False
    if cell.startswith("//"):
        return f"https:{cell}", True, True
    host = hostnames.of_text(cell)
    if host and not cell.startswith(("/", "\\")) and (hostnames.is_ip(host) or hostnames.is_name(host)):
        return f"https://{cell}", True, True
    return cell, False, False


def _hosts(frame: pl.DataFrame, layout: Layout, domains: Domains) -> pl.Series:
    """Hosts of the domain cells; a URL there gives its host."""
    text = _first(frame, layout, "source_host")
    if not len(text) or text.null_count() == len(text):
        return text
    if layout.badge:
        text = text.str.replace(rf"([a-z0-9]){layout.badge}$", "$1")
    if any(column.field.transform == "reverse" for column in layout.of("source_host")):
        text = text.map_elements(cells.reversed_host, return_dtype=TEXT)
    empty = text.str.to_lowercase().is_in(sorted(cells.EMPTY_WORDS))
    return domains.canonical_hosts(pl.select(pl.when(~empty).then(text)).to_series())


def _hosts_of_pages(urls: pl.Series, domains: Domains) -> tuple[pl.Series, pl.Series]:
    """Hosts of URLs, and which of them hold what none can; one in canonical spelling, as most are, is simply cut out."""
    url = pl.col("url")
    secure = pl.when(url.str.starts_with("https://")).then(url.str.strip_prefix("https://"))
    rest = urls.alias("url").to_frame().select(rest=secure.otherwise(url.str.strip_prefix("http://")))
    end = pl.col("rest").str.find("/", literal=True).fill_null(_LONGEST)
    hosts = rest.select(pl.col("rest").str.slice(0, end)).to_series()
    distinct = hosts.drop_nulls().unique()
    odd = distinct.filter(~distinct.str.contains(_PLAIN))
    broken = pl.repeat(False, len(urls), dtype=pl.Boolean, eager=True)
    if not len(odd):
        return hosts, broken
    rows = hosts.is_in(odd.implode()).fill_null(value=False).arg_true()
    found = domains.hosts(urls.gather(rows))
    return hosts.scatter(rows, found), broken.scatter(
        rows, found.str.contains(r"[\s*]").fill_null(value=False)
    )


def _hosts_of_few(urls: pl.Series, domains: Domains) -> pl.Series:
    """Hosts of URLs most of which are often the same."""
    distinct = urls.drop_nulls().unique()
    if 4 * len(distinct) > len(urls):
        return domains.hosts(urls)
    return urls.replace_strict(distinct, domains.hosts(distinct), default=None, return_dtype=TEXT)


def _broken_pages(source: pl.DataFrame, hostless: pl.Series) -> dict[int, str]:
    """Rows whose linking page has no host, and whose domain cell does not help."""
    broken = source["url"].is_not_null() & hostless
    usable = source["usable"].is_not_null()
    return {
        row: "the URL of the linking page has no host" if usable[row] else "the linking page is no URL"
        for row in broken.arg_true().to_list()
    }


def _broken_hosts(hosts: pl.Series, source_url: pl.Series) -> dict[int, str]:
    """Rows about a host whose cell is none."""
    odd = hosts.is_not_null() & source_url.is_null() & ~hosts.str.contains(_NAME)
    rows = odd.fill_null(value=False).arg_true().to_list()
    names = ((row, str(hosts[row])) for row in rows)
    return {
        row: "expected a host name"
        for row, name in names
        if not (hostnames.is_ip(name) or hostnames.is_name(name))
    }
