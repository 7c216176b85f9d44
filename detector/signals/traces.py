"""The traces that may hold a cluster together, read off the columns of a profile; see ``clusters``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from detector.links.hashing import text_hash
from detector.signals.common_traces import COMMON_FOLDERS, COMMON_SUFFIXES, COMMON_TITLES, SHARED_NETWORKS
from detector.signals.name import CHEAP_SUFFIXES
from detector.signals.site import Site

#: Fewer domains are no cluster.
LEAST: Final = 5
#: Length of a window in days. Each domain lies in two, half a length apart, so that no wave is cut in half.
WINDOW: Final = 40
#: Rate of a network in ``SHARED_NETWORKS``.
SHARED_RATE: Final = 0.05
#: A page with fewer links to other sites than this shares its number with any.
LEAST_OUTBOUND: Final = 50
#: So many domains as the whole profile has them join the background: where that is thin, what all have proves nothing.
_PRIOR: Final = 10


@dataclass(frozen=True)
class Trace:
    """One kind of trace: the rate (share of unrelated domains) of a usual value, and what it is called."""

    rate: float
    told: str


#: A strong trace is one that hardly any two unrelated domains share.
STRONG_RATE: Final = 0.001
#: The strong kinds, then the weak. The rates were read from the ordinary domains of real exports; see docs/clusters.md.
TRACES: Final[dict[str, Trace]] = {
    "anchor": Trace(STRONG_RATE, "the anchor template"),
    "title": Trace(STRONG_RATE, "the title template"),
    "path": Trace(STRONG_RATE, "the path pattern"),
    "name": Trace(STRONG_RATE, "the name series"),
    "window": Trace(0.03, "the time of appearance"),
    "network": Trace(0.005, "the network"),
    "outbound": Trace(0.01, "the number of outbound links"),
    "suffix": Trace(0.02, "the suffix"),
}
KIND: Final = pl.Enum(list(TRACES))


def strong_traces(
    table: pl.DataFrame, anchors: pl.DataFrame, titles: pl.DataFrame, pages: pl.DataFrame, site: Site
) -> pl.DataFrame:
    """The strong traces that domains of at least ``LEAST`` owners have.

    Args:
        table: a row a domain: ``place`` (UInt32), ``stem``, ``suffix``, ``kind``.
        anchors, titles, pages: by ``place``, as ``compute`` makes them.
        site: the audited site, whose name in part is its name still: "go veggie" for goveggiefoods.

    Returns:
        ``place, key, kind, text, words, is_article`` (see ``_keyed``), ``owner`` and ``of_key`` (UInt32), how many owners have it.
    """
    every = pl.concat([_anchors(anchors, site), _titles(titles), _paths(pages), _names(table)])
    every = every.unique(["place", "key"], keep="first", maintain_order=True)
    tied = table.filter(pl.col("place").is_in(every["place"].unique().implode()))
    every = every.join(tied.select("place", owner=_owner()), on="place", maintain_order="left")
    counted = every.with_columns(of_key=pl.col("owner").n_unique().over("key"))
    return counted.filter(pl.col("of_key") >= LEAST)


def _owner() -> pl.Expr:
    """Who counts once: one name under the suffixes of several countries (google.de, google.fr) is one owner.

    Where most suffixes of a name are such that cost nothing, each domain counts; and so does each tenant.
    """
    last = pl.col("suffix").str.extract(r"([^.]+)$", 1)
    national = ((last.str.len_chars() == 2) | last.is_in(COMMON_SUFFIXES)) & ~last.is_in(CHEAP_SUFFIXES)
    one = (pl.col("kind") == "domain") & (national.mean().over("stem") > 0.5)
    return pl.when(one).then(text_hash(pl.col("stem"))).otherwise(pl.col("place").cast(pl.UInt64))


def _keyed(frame: pl.DataFrame, kind: str, text: str) -> pl.DataFrame:
    """``place, key, kind, text, words, is_article``: the trace of each row.

    The last two tell traces of one text from independent ones: the hash of the letters, and whether it is the title of what
    the page says, or the slug made of such a title: the only folder of an address, without number or file.
    """
    bare = pl.col(text).str.replace_all(r"[^\p{L}]+", "")
    is_slug = pl.col(text).str.contains(r"^/[^/.?0@]+/?$")
    return frame.select(
        pl.col("place").cast(pl.UInt32),
        key=text_hash(pl.col(text), list(TRACES).index(kind)),
        kind=pl.lit(kind, KIND),
        text=pl.col(text),
        words=pl.when(bare != "").then(text_hash(bare)),
        is_article=is_slug if kind == "path" else pl.lit(kind == "title"),
    )


def _said(template: str, words: int) -> pl.Expr:
    """Whether a template says so many words beside the site's name and numbers."""
    return (
        pl.col(template).str.count_matches(r"\p{L}{2,}|[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]{2}") >= words
    )


def _anchors(anchors: pl.DataFrame, site: Site) -> pl.DataFrame:
    plain = pl.col("is_brand") | pl.col("is_generic") | pl.col("is_address")
    shared = anchors.filter((pl.col("template_domains") >= LEAST) & ~plain)
    squashed = pl.col("template").str.replace_all(" ", "", literal=True)
    part_of_name = pl.any_horizontal(
        pl.lit(False), *(pl.lit(name).str.contains(squashed, literal=True) for name in site.spellings)
    )
    around_address = ~pl.col("is_own_address") | _said("template", 3)
    return _where(shared, "anchor", "template", _said("template", 2) & around_address & ~part_of_name)


def _titles(titles: pl.DataFrame) -> pl.DataFrame:
    shared = titles.filter(pl.col("template_domains") >= LEAST)
    common = pl.col("template").str.contains_any(list(COMMON_TITLES))
    return _where(shared, "title", "template", _said("template", 3) & ~common)


def _paths(pages: pl.DataFrame) -> pl.DataFrame:
    shared = pages.filter((pl.col("skeleton_domains") >= LEAST) & pl.col("skeleton").is_not_null())
    folder = pl.col("skeleton").str.extract(r"^/([^/?]*)", 1).str.replace(r"\.[a-z]{2,5}$", "")
    # a folder of one or two letters is a language or a script's letter, one of numbers a date
    says = folder.str.replace_all(r"[^\p{L}@]", "").str.len_chars() > 2
    site = pl.col("skeleton").str.contains("@", literal=True)
    return _where(shared, "path", "skeleton", site | (says & ~folder.is_in(COMMON_FOLDERS)))


def _where(shared: pl.DataFrame, kind: str, text: str, rare: pl.Expr) -> pl.DataFrame:
    """The traces whose text is rare; each text is looked at once, however many domains have it."""
    distinct = shared.unique(text).filter(rare).select(text)
    return _keyed(shared.select("place", text).unique().join(distinct, on=text, how="semi"), kind, text)


def _names(table: pl.DataFrame) -> pl.DataFrame:
    series = table.select("place", "kind", series=pl.col("stem").str.replace_all(r"\d+", "0"))
    own = ~pl.col("kind").is_in(["tenant_host", "tenant_path", "ip"]) & (
        pl.col("series").str.len_chars() >= 5
    )
    shared = series.filter(own & (pl.len().over("series") >= LEAST))
    return _keyed(shared, "name", "series")


def weak_traces(table: pl.DataFrame, strong: pl.DataFrame) -> pl.DataFrame:
    """The weak traces of the domains that have a strong one.

    Args:
        table: a row a domain: ``place``, ``first_seen``, ``ip``, ``suffix``, ``page_external_links_max`` (log1p).
        strong: as ``strong_traces`` gives them.

    Returns:
        ``place, key, kind, text`` and ``rate`` (Float64): the share of domains with it among those of the profile that have no strong
        trace, its background even where a wave is most of the profile; never below the kind's own.
    """
    has_strong = pl.col("place").is_in(strong["place"].unique().implode())
    table = table.select(
        "place", "first_seen", "ip", "suffix", "page_external_links_max", is_background=~has_strong
    )
    return pl.concat([_weak(table, kind, value) for kind, value in _weak_values()])


_INPUTS: Final = {
    "window": "first_seen", "network": "ip", "outbound": "page_external_links_max", "suffix": "suffix",
}  # fmt: skip


def _weak_values() -> list[tuple[str, pl.Expr]]:
    """Kind and value of each weak trace; null where a domain has none."""
    half = WINDOW // 2
    day = pl.col("first_seen").cast(pl.Int32)
    outbound = pl.col("page_external_links_max").exp().sub(1).round(0).cast(pl.Int64)
    network = pl.coalesce(
        pl.col("ip").str.extract(r"^(\d+\.\d+\.\d+)\.\d+$", 1),
        pl.col("ip").str.extract(r"^([^:]*:[^:]*:[^:]*):", 1),
    )
    return [
        ("window", day // WINDOW * WINDOW),
        ("window", (day + half) // WINDOW * WINDOW - half),
        ("network", network),
        ("outbound", pl.when(outbound >= LEAST_OUTBOUND).then(outbound)),
        ("suffix", pl.when(~pl.col("suffix").is_in(COMMON_SUFFIXES)).then("suffix")),
    ]


def _weak(table: pl.DataFrame, kind: str, value: pl.Expr) -> pl.DataFrame:
    known = table.drop_nulls(_INPUTS[kind])
    background = int(known["is_background"].sum())
    valued = known.select("place", "is_background", value=value).drop_nulls("value")
    seen = valued.group_by("value").agg(everywhere=pl.len(), behind=pl.col("is_background").sum())
    floor = pl.lit(TRACES[kind].rate)
    if kind == "network":
        floor = pl.when(pl.col("value").is_in(SHARED_NETWORKS)).then(SHARED_RATE).otherwise(floor)
    own = pl.max_horizontal(pl.col("everywhere") / max(known.height, 1), floor)
    share = (pl.col("behind") + _PRIOR * own) / (background + _PRIOR)
    found = valued.filter(~pl.col("is_background")).join(seen, on="value")
    text = pl.col("value").cast(pl.String)
    return found.select(
        "place",
        key=text_hash(text, list(TRACES).index(kind)),
        kind=pl.lit(kind, KIND),
        text=text,
        rate=pl.max_horizontal(share, floor).clip(0, 0.999),
    )
