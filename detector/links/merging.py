"""Records become links: one link per page, target and anchor, which remembers the tools that saw it.

Two records are the same link when page, target and anchor agree: addresses without scheme, fragment and final
slash, and escaped in one way; anchors without regard to white space and case. A record without a target (Search
Console, Bing) joins a link of the same page; a record without an anchor joins a link of the same page and target that another file describes. Of a link
that one file tells twice the first record stands.
Of what the records say, the newest observation counts (``last_seen``); dates become the widest span, counts the largest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import polars as pl
from polars.io.plugins import register_io_source

from detector.links.hashing import joint_hash, text_hash
from detector.links.prefetch import ahead
from detector.links.repeats import Repeats
from detector.links.schema import COUNT, LINK_SCHEMA, METRICS, NUMBERS

_SLICE = 500_000  # rows of the second pass that are in memory at once
_JOINED = ("tool", "report", "file", "comment")
_OF_LOSS = ("lost_date", "lost_reason")
_UNESCAPED = r"[^!-~]|%(?:[a-f][0-9a-fA-F]|[0-9A-F][a-f])"  # a blank, a letter beyond ASCII, an escape in small letters
_WIDEST = {"first_seen": "min", "last_seen": "max", "backlinks": "max", "is_spam_flag": "max"}


@dataclass(frozen=True)
class Stored:
    """What ``store_links`` wrote: ``records`` rows came in, ``links`` rows are in the file.

    ``alone`` (Boolean, one entry a record that was watched) says which records are a link of their own; ``merged`` (``LINK_SCHEMA``) is what
    the others became. Both are None where nothing was merged.
    """

    path: Path
    records: int
    links: int
    alone: pl.Series | None = None
    merged: pl.DataFrame | None = None


def typed(records: pl.DataFrame) -> pl.DataFrame:
    """Records with their numbers as numbers (``LINK_SCHEMA``); a number too odd to be one becomes null."""
    casts = []
    for name in NUMBERS:
        cells = records[name]
        numbers = cells.cast(pl.Float64, strict=False)
        casts.append(numbers.cast(COUNT, strict=False) if LINK_SCHEMA[name] == COUNT else numbers)
    return records.with_columns(*casts, pl.lit(None, pl.String).alias("other_scores")).select(
        list(LINK_SCHEMA)
    )


def store_links(
    batches: Iterable[pl.DataFrame],
    path: Path,
    watch: Callable[[pl.DataFrame, pl.DataFrame], None] = lambda records, keys: None,
    *,
    one_file: bool = False,
) -> Stored:
    """Write records as merged links to a Parquet file, in bounded memory.

    Args:
        batches: records (``RECORD_SCHEMA``), in the order of their files.
        path: the file to write; it appears only when it is complete.
        watch: is shown each batch of typed records, with its ``link_keys``, as it passes.
        one_file: all records are of one file, where nothing is left to merge once its repeats are dropped.
    """
    draft = path.with_name(path.name + ".draft")
    keys: list[pl.DataFrame] = []
    repeats = Repeats()
    rows = 0

    def keep_keys() -> Iterator[pl.DataFrame]:
        nonlocal rows
        for batch in ahead(iter(batches)):
            records, of_records = _without_repeats(typed(batch), repeats)
            if records.height:
                rows += records.height
                if not one_file:
                    keys.append(of_records)
                watch(records, of_records)
                yield records

    try:
        _sink(keep_keys(), draft)
        stored = Stored(path, rows + repeats.dropped, rows)
        if keys:
            groups = _groups(pl.concat(keys))
            keys.clear()
            if groups.null_count() < groups.len():
                merged = _rewrite(draft, groups)
                links = groups.null_count() + merged.height
                stored = Stored(path, stored.records, links, groups.is_null(), merged)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return stored


def merge_records(records: pl.DataFrame) -> pl.DataFrame:
    """The links (``LINK_SCHEMA``) of records (``RECORD_SCHEMA``) that fit in memory."""
    links, keys = _without_repeats(typed(records), Repeats())
    groups = _groups(keys)
    return pl.concat([links.filter(groups.is_null()), _merged(links, groups)])


def printable(links: pl.DataFrame) -> pl.DataFrame:
    """Links as they are printed: a link of several files has no row number, and 41.0 is written 41."""
    scores = [name for name in NUMBERS if links.schema[name] == pl.Float64]
    return links.with_columns(
        pl.lit(None, pl.Int64).alias("row"),
        *(pl.col(name).cast(pl.String).str.strip_suffix(".0") for name in scores),
    )


def _sink(batches: Iterator[pl.DataFrame], path: Path) -> None:
    """Stream frames of ``LINK_SCHEMA`` into one Parquet file; an error of ``batches`` comes out as it was raised.

    Raises:
        OSError: the file cannot be written (a full disk).
    """
    failure: list[Exception] = []

    def source(
        with_columns: list[str] | None, predicate: pl.Expr | None, n_rows: int | None, batch_size: int | None
    ) -> Iterator[pl.DataFrame]:
        try:
            for batch in batches:
                yield batch if with_columns is None else batch.select(with_columns)
        except Exception as error:
            failure.append(error)
            raise

    frame = register_io_source(source, schema=LINK_SCHEMA)
    try:
        frame.sink_parquet(path, compression="lz4", statistics=False)
    except pl.exceptions.PolarsError as error:
        if failure:
            raise failure[0] from None
        raise OSError(f"{path.name.removesuffix('.draft')} cannot be written ({error})") from error


def _rewrite(draft: Path, groups: pl.Series) -> pl.DataFrame:
    """Write the file anew with the records of each group as one link; gives those links."""
    alone = groups.is_null()
    repeated = pl.concat([part.filter(~alone.slice(start, part.height)) for start, part in _slices(draft)])
    merged = _merged(repeated, groups.drop_nulls())
    del repeated

    def parts() -> Iterator[pl.DataFrame]:
        for start, part in _slices(draft):
            yield part.filter(alone.slice(start, part.height))
        yield merged

    second = draft.with_name(draft.name + "2")
    try:
        _sink(parts(), second)
        second.replace(draft)
    finally:
        second.unlink(missing_ok=True)
    return merged


def _slices(path: Path) -> Iterator[tuple[int, pl.DataFrame]]:
    frame = pl.scan_parquet(path)
    rows = frame.select(pl.len()).collect().item()
    for start in range(0, rows, _SLICE):
        yield start, frame.slice(start, _SLICE).collect()


def _address(records: pl.DataFrame, url: str, host: str) -> pl.Series:
    """Hash of an address without scheme, fragment and a final slash; null without an address."""
    bare = pl.col(url).str.strip_prefix("https://").str.strip_prefix("http://").str.strip_suffix("/")
    behind = pl.col("bare").str.strip_prefix(pl.col(host))
    whole_host = behind.str.starts_with("/") | (behind == "") | behind.str.starts_with("?")
    plain = whole_host & ~pl.col(url).str.contains("#", literal=True)
    table = records.select(pl.col(url, host), bare=bare).with_columns(plain=plain.fill_null(True))
    if not table["plain"].all():  # capitals, a port, a fragment: the canonical host, then what follows it
        path = pl.col(url).str.extract(r"^[^/]*//[^/?#]*([^#]*)", 1).str.strip_suffix("/")
        port = pl.col(url).str.extract(r"^[^/]*//[^/?#]*(:\d+)(?:[/?#]|$)", 1)
        other_port = pl.when(port.is_in([":80", ":443"]).not_()).then(port).fill_null("")
        spelt = pl.concat_str(pl.col(host).fill_null(""), other_port, path)
        odd = table.with_row_index().filter(~pl.col("plain")).select("index", spelt.alias("bare"))
        table = table.with_columns(table["bare"].scatter(odd["index"], odd["bare"]))
    spelling = _one_spelling(table["bare"])
    return pl.select(text_hash(pl.lit(spelling))).to_series()


def _one_spelling(addresses: pl.Series) -> pl.Series:
    """Addresses whose letters beyond ASCII are escaped, in capitals: one tool shows ``/caf%C3%A9``, another ``/café``."""
    odd = addresses.str.contains(_UNESCAPED).arg_true()
    if not len(odd):
        return addresses
    found = addresses.gather(odd)
    signs = found.str.extract_all(_UNESCAPED).explode().unique().to_list()  # few, however many addresses
    escaped = [quote(sign, safe="%").upper() for sign in signs]
    return addresses.scatter(odd, found.str.replace_many(signs, escaped))


def _one_blank(texts: pl.Series) -> pl.Series:
    """Texts in which any white space is one blank; few have any other, so only those are written anew."""
    odd = texts.str.contains(r"\s\s|[^\S ]").arg_true()
    return texts.scatter(odd, texts.gather(odd).str.replace_all(r"\s+", " ")) if len(odd) else texts


def link_keys(links: pl.DataFrame) -> pl.DataFrame:
    """What makes records (``LINK_SCHEMA``) the same link.

    Returns:
        ``page``, ``target`` and ``anchor`` as hashes (UInt64), null where a record has none or is no link; ``link``, the
        hash of the three, null where there is no page; and ``file`` (Categorical).
    """
    anchor = pl.lit(_one_blank(links["anchor"].str.to_lowercase()))
    is_link = links["record_type"] == "link"
    page, target = _address(links, "source_url", "source_host"), _address(links, "target_url", "target_host")
    keys = links.select(
        page=pl.when(is_link).then(page),
        target=target,
        anchor=text_hash(anchor),
        file=pl.col("file").cast(pl.Categorical),
    )
    link = joint_hash([keys["page"], keys["target"], keys["anchor"]])
    return keys.with_columns(link=pl.when(pl.col("page").is_not_null()).then(link))


def _without_repeats(records: pl.DataFrame, repeats: Repeats) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The records that are the first of their link in their file, and their keys."""
    keys = link_keys(records)
    first = repeats.first(keys["link"] ^ records["file"].hash())
    return (records, keys) if first.all() else (records.filter(first), keys.filter(first))


def _groups(keys: pl.DataFrame) -> pl.Series:
    """For each record the hash of the link it belongs to with others, null where it is alone or no link."""
    if keys["file"].n_unique() > 1:
        keys = _adopt(keys, "anchor", on=["page", "target"], other_file=True)
        keys = _adopt(keys, "target", on=["page"], other_file=True)
    return keys.select(pl.when(pl.col("link").is_duplicated()).then(pl.col("link"))).to_series()


def _adopt(keys: pl.DataFrame, part: str, on: list[str], other_file: bool) -> pl.DataFrame:
    """Records that lack ``part`` take the link of a record that has it and agrees in ``on``, of another file."""
    lacking = keys[part].is_null() & keys["page"].is_not_null()
    if not lacking.any():
        return keys
    having = (
        keys.filter(~lacking & pl.Series(keys["page"].is_not_null()))
        .join(keys.filter(lacking).select(on).unique(), on=on, how="semi", nulls_equal=False)
        .group_by(on, maintain_order=True)
        .agg(adopted=pl.col("link").first(), of_file=pl.col("file").first())
    )
    joined = keys.join(having, on=on, how="left", maintain_order="left")
    adopts = lacking & joined["adopted"].is_not_null()
    if other_file:
        adopts &= joined["of_file"] != joined["file"]
    return joined.with_columns(link=pl.when(adopts).then("adopted").otherwise("link")).drop(
        "adopted", "of_file"
    )


def _merged(records: pl.DataFrame, groups: pl.Series) -> pl.DataFrame:
    """One row a group, the newest observation first."""
    if groups.len() == records.height:
        records = records.with_columns(groups.alias("group")).drop_nulls("group")
    newest = records.with_row_index("order").sort(
        "group", "last_seen", "order", descending=[False, True, False], nulls_last=True
    )
    first = [
        pl.col(name).drop_nulls().first()
        for name in LINK_SCHEMA
        if name not in {"row", "other_scores", *_OF_LOSS, *_JOINED, *_WIDEST, *METRICS, *METRICS.values()}
    ]
    lost = pl.col("lost").drop_nulls().first()  # its day and reason are of the records that say the same
    agrees = pl.col("lost").eq_missing(lost) | (pl.col("lost").is_null() & lost)
    of_loss = [pl.col(name).filter(agrees).drop_nulls().first() for name in _OF_LOSS]
    widest = [getattr(pl.col(name), how)() for name, how in _WIDEST.items()]
    joined = [
        pl.col(n)
        .drop_nulls()
        .sort_by(pl.col("order").filter(pl.col(n).is_not_null()))
        .unique(maintain_order=True)
        .str.join("|")
        for n in _JOINED
    ]
    scores = [
        pl.col(column).filter(pl.col(score).is_not_null()).first().alias(column)
        for score, metric in METRICS.items()
        for column in (score, metric)
    ]
    merged = newest.group_by("group", maintain_order=True).agg(
        *first,
        *of_loss,
        *widest,
        *joined,
        *scores,
        row=pl.lit(None, pl.Int64).first(),
        other_scores=_other_scores(),
    )
    return merged.with_columns(pl.col(n).replace("", None) for n in (*_JOINED, "other_scores")).select(
        pl.col(name).cast(kind) for name, kind in LINK_SCHEMA.items()
    )


def _other_scores() -> pl.Expr:
    """``score:metric=value`` of every score in the group, joined by |: the merged row itself has room for one a kind."""
    parts = [
        pl.when(pl.col(score).is_not_null()).then(
            pl.concat_str(pl.lit(f"{score}:"), pl.col(metric), pl.lit("="), pl.col(score).cast(pl.String))
        )
        for score, metric in METRICS.items()
    ]
    every = pl.concat_list(parts).list.drop_nulls().list.join("|")
    return (
        every.filter(every != "").str.join("|").str.split("|").list.unique(maintain_order=True).list.join("|")
    )
