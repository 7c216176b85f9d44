"""What is kept of each link while the links stream by: a few bytes, enough for every signal.

Rows of flags, counts, scores and hashes (of page, target, anchor and title) are kept per record, a column that says nothing
as nothing; texts once each; page addresses as a sample per referring domain. Peaks (highest scores, first and last
dates) do not mind duplicates and are taken of all records; everything else of links after merging.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from detector.signals.registry import stage_signals

#: Of a domain's pages, so many are looked at (the first in the file).
PAGES_PER_DOMAIN: Final = 2
_BOILERPLATE: Final = r"foot|side|nav|header|aside|widget|menu|blogroll"
_FILE: Final = r"(?i)\.(?:jpe?g|png|gif|webp|svg|pdf|mp4|zip)(?:$|[?#])"
_FOLD_AT: Final = 24  # batches between two folds of what was collected, which bounds the memory

#: The texts that are looked at: column of a link -> name of its hash in the rows.
TEXTS: Final = {"anchor": "anchor_hash", "source_title": "title_hash"}


def is_qualified() -> pl.Expr:
    """Whether a link passes no ranking credit by its rel; null where the file does not say."""
    others = pl.col("rel_ugc").fill_null(False) | pl.col("rel_sponsored").fill_null(False)
    said = pl.col("rel_nofollow").is_not_null() | others
    return pl.when(said).then(pl.col("rel_nofollow").fill_null(False) | others)


def _is_dead() -> pl.Expr:
    said = pl.col("lost").is_not_null() | pl.col("http_status").is_not_null()
    gone = pl.col("lost").fill_null(False) | pl.col("http_status").is_in([404, 410]).fill_null(False)
    return pl.when(said).then(gone)


def _share_of_external() -> pl.Expr:
    """External of all links on the page; null without both counts or without any link."""
    external = pl.col("external_links").cast(pl.Float32)
    total = external + pl.col("internal_links").cast(pl.Float32)
    return pl.when(total > 0).then(external / total)


def _log(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.Float32).clip(0).log1p()


#: The facts of one link; what they are is said by the signals that use them.
ROW_FACTS: Final[dict[str, pl.Expr]] = {
    "referring_domain": pl.col("referring_domain").cast(pl.Categorical),
    "is_link": pl.col("record_type") == "link",
    "tool": pl.col("tool").cast(pl.Categorical),
    "page_hash": pl.col("source_url").hash(),
    "target_hash": pl.when(pl.col("target_url").is_not_null()).then(pl.col("target_url").hash()),
    "anchor_hash": pl.when(pl.col("anchor").is_not_null()).then(pl.col("anchor").hash()),
    "title_hash": pl.when(pl.col("source_title").is_not_null()).then(pl.col("source_title").hash()),
    "qualified": is_qualified(),
    "ugc": pl.col("rel_ugc"),
    "sponsored": pl.col("rel_sponsored"),
    "image": pl.col("is_image"),
    "redirect": pl.col("link_type").is_in(["redirect", "canonical"]),
    "sitewide": pl.col("is_sitewide"),
    "boilerplate": pl.col("link_position").str.contains(_BOILERPLATE),
    "in_content": pl.col("link_position").is_in(["content", "article", "main"]),
    "lost": pl.col("lost"),
    "new": pl.col("is_new"),
    "error": pl.col("http_status") >= 400,
    "dead": _is_dead(),
    "deep": pl.col("target_url").str.contains(r"^[^/]*//[^/]+/[^?#]"),
    "to_file": pl.col("target_url").str.contains(_FILE),
    "spam_flag": pl.col("is_spam_flag"),
    "first_seen": pl.col("first_seen"),
    "last_seen": pl.col("last_seen"),
    "ip": pl.col("ip").cast(pl.Categorical),
    "country": pl.col("country").cast(pl.Categorical),
    "backlinks": pl.col("backlinks").cast(pl.Float64),
    "external_share": _share_of_external(),
    "external_log": _log("external_links"),
    "internal_log": _log("internal_links"),
    "linked_log": _log("linked_domains"),
}

#: Evidence that is taken of all records: name -> aggregation.
PEAK_EVIDENCE: Final[dict[str, pl.Expr]] = {
    "first_seen": pl.col("first_seen").min(),
    "last_seen": pl.col("last_seen").max(),
    "backlinks_known": pl.col("backlinks").max().cast(pl.Int64),
    "ip": pl.col("ip").drop_nulls().first().cast(pl.String),
    "country": pl.col("country").drop_nulls().first().cast(pl.String),
}


class Facts:
    """Collects the facts of a profile from batches of typed records.

    ``add`` takes every record as it comes; ``settle`` says which of them were links of their own and what the others
    became; then ``rows``, ``peaks``, ``texts`` and ``pages`` are complete.
    """

    def __init__(self) -> None:
        self._rows: list[pl.DataFrame] = []
        self._peaks = pl.DataFrame()
        self._pages: list[pl.DataFrame] = []
        self._texts: dict[str, list[pl.DataFrame]] = {column: [] for column in TEXTS}

    def add(self, records: pl.DataFrame) -> None:
        """Take the facts of a batch (``LINK_SCHEMA``)."""
        self._rows.append(row_facts(records))
        links = records.lazy().filter(_is_judged() & (pl.col("record_type") == "link"))
        pages = links.select(pl.col("referring_domain").cast(pl.Categorical), url="source_url").drop_nulls()
        texts = [
            links.select(hash=pl.col(column).hash(), text=pl.col(column))
            .drop_nulls()
            .unique("hash", keep="any")
            for column in TEXTS
        ]
        first, *distinct = pl.collect_all([_first_pages(pages), *texts])
        self._pages.append(first)
        for kept, frame in zip(self._texts.values(), distinct, strict=True):
            kept.append(frame)
        if len(self._pages) >= _FOLD_AT:
            self._fold()

    def settle(self, alone: pl.Series | None = None, merged: pl.DataFrame | None = None) -> None:
        """Drop the rows that are not ``alone`` (Boolean, one entry a record in order) and take the merged links instead."""
        rows = pl.concat(self._rows or [row_facts(_no_records())], how="vertical_relaxed", rechunk=False)
        self._rows.clear()
        self._peaks = _peaks_of(rows if rows["is_judged"].all() else rows.filter("is_judged"))
        rows = rows.drop(s.name for s in stage_signals("peak"))
        if alone is not None and merged is not None:
            settled = row_facts(merged).select(rows.columns)
            rows = pl.concat([rows.filter(alone), settled], how="vertical_relaxed")
        rows = rows if rows["is_judged"].all() else rows.filter("is_judged")
        self._rows = [rows.drop("is_judged")]
        self._fold()

    def rows(self) -> pl.DataFrame:
        """``ROW_FACTS`` of each link and domain record that is judged; an all-null column has the type Null."""
        return self._rows[0]

    def peaks(self) -> pl.DataFrame:
        """One row per referring domain (Categorical): the ``peak`` signals, ``PEAK_EVIDENCE`` and ``tools`` (list of str)."""
        return self._peaks

    def pages(self) -> pl.DataFrame:
        """``referring_domain`` and ``url``: the first pages of each domain."""
        return self._pages[0]

    def texts(self, column: str) -> pl.DataFrame:
        """``hash`` (UInt64) and ``text`` of the distinct texts of a column of ``TEXTS``."""
        return self._texts[column][0]

    def _fold(self) -> None:
        """Make one frame of each list."""
        pages = pl.concat(
            [pl.DataFrame(schema={"referring_domain": pl.Categorical, "url": pl.String}), *self._pages]
        )
        self._pages = [_first_pages(pages.lazy()).collect()]
        for column, kept in self._texts.items():
            none = pl.DataFrame(schema={"hash": pl.UInt64, "text": pl.String})
            self._texts[column] = [pl.concat([none, *kept]).unique("hash", keep="any")]


def _first_pages(pages: pl.LazyFrame) -> pl.LazyFrame:
    return pages.group_by("referring_domain", maintain_order=True).head(PAGES_PER_DOMAIN)


def row_facts(records: pl.DataFrame) -> pl.DataFrame:
    """``ROW_FACTS`` and the values of the ``peak`` signals (Float32) of typed links or records, and ``is_judged``."""
    peaks = {s.name: s.expr().cast(pl.Float32) for s in stage_signals("peak")}
    rows = records.select(is_judged=_is_judged(), **ROW_FACTS, **peaks)
    return rows.with_columns(
        pl.lit(None, pl.Null).alias(name)
        for name, kind in rows.schema.items()
        if (kind.is_numeric() or kind == pl.Categorical)
        and rows.height
        and rows[name].null_count() == rows.height
    )


def _is_judged() -> pl.Expr:
    """Links and domains; not targets, lists or unread rows."""
    return pl.col("record_type").is_in(["link", "domain"]) & pl.col("referring_domain").is_not_null()


def _peaks_of(rows: pl.DataFrame) -> pl.DataFrame:
    values = [pl.col(s.name).max().cast(pl.Float64) for s in stage_signals("peak")]
    by = rows.lazy().group_by("referring_domain")
    tools = (
        rows.lazy()
        .select("referring_domain", "tool")
        .unique()
        .group_by("referring_domain")
        .agg(tools=pl.col("tool").cast(pl.String).sort())
    )
    return by.agg(*values, **PEAK_EVIDENCE).join(tools, on="referring_domain", how="left").collect()


def _no_records() -> pl.DataFrame:
    from detector.links.schema import LINK_SCHEMA

    return pl.DataFrame(schema=LINK_SCHEMA)
