"""What is kept of the links while they stream by: a few bytes of each, and more of an even sample of each domain.

=========  ================================================================================================
counts     of every record: its domain, whether it is a link, whether it passes credit, whether it stands
peaks      per domain: highest scores, first and last dates; they do not mind duplicates
rows       flags, counts and hashes of the sampled links (``sampling``); a column that says nothing as nothing
texts      the distinct anchors and titles of the sampled links
pages      the addresses of a few pages of each domain (``page_sample``)
=========  ================================================================================================

Peaks and pages are taken of all records as they come; the others are of links, as merging left them.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from detector.links.hashing import text_hash
from detector.links.merging import link_keys
from detector.links.schema import LINK_SCHEMA
from detector.signals.page_sample import PageSample
from detector.signals.registry import stage_signals
from detector.signals.sampling import Sampler

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


def is_dead() -> pl.Expr:
    """Whether a link no longer stands; null where the file does not say."""
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


#: The facts of one link; what they are is said by the signals that use them. Beside the columns of a link they read
#: the hashes of ``merging.link_keys``: ``page``, ``target``, ``anchor_key``, ``link``.
ROW_FACTS: Final[dict[str, pl.Expr]] = {
    "referring_domain": pl.col("domain"),
    "is_link": pl.col("record_type") == "link",
    "tool": pl.col("tool").cast(pl.Categorical),
    "link": pl.col("link"),
    "page_hash": pl.col("page"),
    "target_hash": pl.col("target"),
    "anchor_hash": pl.col("anchor_key"),
    "title_hash": text_hash(pl.col("source_title")),
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
    "deep": pl.col("target_url").str.contains(r"^[^/]*//[^/]+/[^?#]"),
    "to_file": pl.col("target_url").str.contains(_FILE),
    "spam_flag": pl.col("is_spam_flag"),
    "external_share": _share_of_external(),
    "external_log": _log("external_links"),
    "internal_log": _log("internal_links"),
    "linked_log": _log("linked_domains"),
}

_READ: Final = sorted(
    {"index", *TEXTS, *(name for fact in ROW_FACTS.values() for name in fact.meta.root_names())}
)

#: What is kept of every record.
COUNTED: Final[dict[str, pl.Expr]] = {
    "referring_domain": pl.col("domain"),
    "is_judged": pl.col("domain").is_not_null(),
    "is_link": pl.col("record_type") == "link",
    "qualified": is_qualified(),
    "dead": is_dead(),
}

#: Evidence that is taken of all records: name -> (value of a record, how the values of a domain become one).
PEAK_EVIDENCE: Final[dict[str, tuple[pl.Expr, str]]] = {
    "first_seen": (pl.col("first_seen"), "min"),
    "last_seen": (pl.col("last_seen"), "max"),
    "backlinks_known": (pl.col("backlinks"), "max"),
    "ip": (pl.col("ip"), "min"),  # of several any would do, but always the same
    "country": (pl.col("country"), "min"),
}


class Facts:
    """Collects the facts of a profile from batches of typed records.

    ``add`` takes every record as it comes; ``settle`` says which of them were links of their own and what the others
    became; then ``rows``, ``counts``, ``peaks``, ``texts`` and ``pages`` are complete.
    """

    def __init__(self) -> None:
        self._sampler = Sampler()
        self._records = 0
        self._rows: list[pl.DataFrame] = []
        self._counted: list[pl.DataFrame] = []
        self._peaks: list[pl.DataFrame] = []
        self._pages = PageSample()
        self._texts: dict[str, list[pl.DataFrame]] = {column: [] for column in TEXTS}

    def add(self, records: pl.DataFrame, keys: pl.DataFrame) -> None:
        """Take the facts of a batch (``LINK_SCHEMA``) with its ``link_keys``."""
        records = _keyed(records, keys, self._records)
        self._records += records.height
        self._counted.append(records.select(**COUNTED))
        self._take(records)
        self._pages.add(records["domain"], records["page"], records["source_url"])
        judged = records if records["domain"].null_count() == 0 else records.drop_nulls("domain")
        self._peaks.append(_peaks_of(judged))
        if len(self._peaks) >= _FOLD_AT:
            self._fold()

    def _take(self, records: pl.DataFrame) -> None:
        """Take the rows and texts of records with their keys."""
        sampled = self._sampler.take(records["domain"], records["link"])
        looked_at = records.select(_READ).filter(sampled)
        rows = looked_at.select("index", **ROW_FACTS)
        self._rows.append(rows)
        for column, name in TEXTS.items():
            texts = pl.DataFrame({"hash": rows[name], "text": looked_at[column]}).drop_nulls()
            self._texts[column].append(_on_its_own(texts.unique("hash", keep="first", maintain_order=True)))

    def settle(self, alone: pl.Series | None = None, merged: pl.DataFrame | None = None) -> None:
        """Drop the rows that are not ``alone`` (Boolean, one entry a record in order) and take the merged links instead."""
        if not self._rows:
            none = pl.DataFrame(schema=LINK_SCHEMA)
            self.add(none, link_keys(none))
        counted = pl.concat(self._counted)
        if alone is not None and merged is not None:
            self._rows = [rows.filter(alone.gather(rows["index"])) for rows in self._rows]
            links = _keyed(merged, link_keys(merged), self._records)
            self._take(links)
            counted = pl.concat([counted.filter(alone), links.select(**COUNTED)])
        self._counted = [_counts(counted.filter("is_judged"))]
        rows = pl.concat(self._rows, how="vertical", rechunk=False)
        self._rows = [
            rows.filter(self._sampler.settled(rows["referring_domain"], rows["link"])).drop("index", "link")
        ]
        self._fold()
        self._peaks = [_with_tools(self._peaks[0])]

    def rows(self) -> pl.DataFrame:
        """``ROW_FACTS`` of the sampled links and domain records."""
        return self._rows[0]

    def counts(self) -> pl.DataFrame:
        """Per referring domain (Categorical) ``links``, ``followed_links``, ``live_links`` and ``passing_links`` (Int64), of all."""
        return self._counted[0]

    def peaks(self) -> pl.DataFrame:
        """One row per referring domain (Categorical): the ``peak`` signals, ``PEAK_EVIDENCE`` and ``tools`` (list of str)."""
        return self._peaks[0]

    def pages(self) -> pl.DataFrame:
        """``referring_domain`` and ``url``: the sampled pages of each domain."""
        return self._pages.pages()

    def texts(self, column: str) -> pl.DataFrame:
        """``hash`` (UInt64) and ``text`` of the distinct texts of a column of ``TEXTS``."""
        return self._texts[column][0]

    def _fold(self) -> None:
        """Make one frame of each list."""
        self._pages.fold()
        self._peaks = [_joined(self._peaks)]
        for column, kept in self._texts.items():
            spelt = pl.concat(kept).sort("hash", "text")  # the same spelling whatever the order of the files
            self._texts[column] = [spelt.unique("hash", keep="first", maintain_order=True)]


#: Columns that tell of a page. A table of referring domains tells by them of whole domains (Ahrefs: linked domains, keywords):
#: any large site links to thousands.
_OF_PAGES: Final = ("external_links", "internal_links", "linked_domains", "page_traffic", "keywords")


def _keyed(records: pl.DataFrame, keys: pl.DataFrame, start: int) -> pl.DataFrame:
    """Records with their keys, their number and, where they are judged, their ``domain`` (Categorical)."""
    is_link = records["record_type"] == "link"
    if not is_link.all():
        records = records.with_columns(pl.when(is_link).then(pl.col(_OF_PAGES)))
    is_judged = pl.col("record_type").is_in(["link", "domain"])
    domain = pl.col("referring_domain").cast(pl.Categorical)
    return records.with_columns(
        keys["page"], keys["target"], keys["anchor"].alias("anchor_key"), keys["link"],
        domain=pl.when(is_judged).then(domain),
        index=pl.int_range(start, start + records.height, dtype=pl.UInt32),
    )  # fmt: skip


def _on_its_own(texts: pl.DataFrame) -> pl.DataFrame:
    """The same, its strings copied: chosen ones are views that keep all the text of their batch in memory."""
    return texts.with_columns(pl.col(pl.String) + "")


_HOW: Final = {
    "min": lambda column: column.min(),
    "max": lambda column: column.max(),
}


def _peaks_of(records: pl.DataFrame) -> pl.DataFrame:
    """The peaks of one batch per ``referring_domain`` and ``tool``; columns that say nothing are left out."""
    signals = {s.name: s.expr().cast(pl.Float32) for s in stage_signals("peak")}
    evidence = {name: value for name, (value, _) in PEAK_EVIDENCE.items()}
    values = records.select(
        pl.col("tool").cast(pl.Categorical), referring_domain="domain", **signals, **evidence
    )
    told = [name for name in values.columns if values[name].null_count() < values.height]
    return _highest(values.select(told) if values.height else values)


def _highest(values: pl.DataFrame) -> pl.DataFrame:
    how = {name: how for name, (_, how) in PEAK_EVIDENCE.items()}
    names = [name for name in values.columns if name not in ("referring_domain", "tool")]
    return values.group_by("referring_domain", "tool", maintain_order=True).agg(
        _HOW[how.get(name, "max")](pl.col(name)) for name in names
    )


def _joined(peaks: list[pl.DataFrame]) -> pl.DataFrame:
    return _highest(pl.concat(peaks, how="diagonal"))


def _with_tools(peaks: pl.DataFrame) -> pl.DataFrame:
    """One row a domain, of one row a domain and tool; with every column that peaks may have."""
    how = {name: how for name, (_, how) in PEAK_EVIDENCE.items()}
    values = [
        (
            _HOW[how.get(name, "max")](pl.col(name)).alias(name)
            if name in peaks.columns
            else pl.lit(None, kind).alias(name)
        )
        for name, kind in {**_NO_EVIDENCE, **{s.name: pl.Float64() for s in stage_signals("peak")}}.items()
    ]
    tools = pl.col("tool").drop_nulls().unique().cast(pl.String).sort().alias("tools")
    table = peaks.group_by("referring_domain").agg(*values, tools)
    return table.with_columns(pl.col(s.name).cast(pl.Float64) for s in stage_signals("peak"))


_NO_EVIDENCE: Final = {
    "first_seen": pl.Date(),
    "last_seen": pl.Date(),
    "backlinks_known": pl.Int64(),
    "ip": pl.String(),
    "country": pl.String(),
}


def _counts(counted: pl.DataFrame) -> pl.DataFrame:
    """How many links each domain has, how many of them are followed, stand, and are both, where that is told of any."""
    is_link = pl.col("is_link")
    told_rel, told_dead = ((is_link & pl.col(name).is_not_null()).any() for name in ("qualified", "dead"))
    is_followed = is_link & ~pl.col("qualified").fill_null(False)
    is_live = is_link & ~pl.col("dead").fill_null(False)
    return counted.group_by("referring_domain").agg(
        links=is_link.sum().cast(pl.Int64),
        followed_links=pl.when(told_rel).then(is_followed.sum().cast(pl.Int64)),
        live_links=pl.when(told_dead).then(is_live.sum().cast(pl.Int64)),
        passing_links=pl.when(told_rel | told_dead).then((is_followed & is_live).sum().cast(pl.Int64)),
    )
