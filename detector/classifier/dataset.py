"""The recipe: real exports and lists of domains -> the table of signals that the classifier is trained on.

What is written to ``training_data/`` holds numbers only: signals, labels and where they come from, words by their
number in a vocabulary of common words, and salted hashes in place of names. It is enough to train on.
"""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from detector.classifier.injected import injected
from detector.classifier.labels import (
    EVIDENCE,
    MANY_PROFILES,
    TRUSTED,
    operators,
    popular,
    raw_folder,
    read_labels,
)
from detector.classifier.words import SEEN_WITH
from detector.errors import InputError
from detector.links.domains import Domains
from detector.links.merging import merge_records, typed
from detector.links.reading import read
from detector.signals.compute import compute_signals, facts_of
from detector.signals.registry import all_signals
from detector.signals.site import make_site
from detector.signals.tokens import bag_of_words, tokens

#: A word enters the vocabulary when it stands with ``SEEN_WITH`` domains and in so many profiles.
SEEN_IN: Final = 3
#: Of a domain that sends links into very many profiles, so many are kept.
PROFILES_PER_DOMAIN: Final = 8
#: Reports of the manifest that are no profile of a site, or whose labels a script made.
_NOT_PROFILES: Final = (
    "disavow",
    "plainlist",
    "screamingfrog",
    "gsc-internal",
    "ahrefs-refdomains-screencopy",
)

#: Year of a label that rests on what the exports themselves tell.
EXPORTS_YEAR: Final = 2026

FILES: Final = ("signals.parquet", "anchor_words.parquet", "title_words.parquet", "vocabulary.parquet")


@dataclass(frozen=True)
class Dataset:
    """The training table.

    Attributes:
        rows: one row per profile and referring domain: ``key, profile, group`` (salted hashes; ``group``: operator or
            domain), ``operator`` (Boolean: it is known whose it is), ``label`` (Int8), ``family, source, category, evidence`` (String), ``year`` (Int16),
            ``weight`` (Float64), ``tld`` (String), ``strong`` (Boolean: figures rest on the label),
            ``popularity`` (Int8: how many lists of popular domains hold it; for comparison, never learnt) and every signal (Float32).
        anchor_words, title_words: ``document`` (row number) and ``word`` (UInt32).
        vocabulary: ``token`` and ``word``.
    """

    rows: pl.DataFrame
    anchor_words: pl.DataFrame
    title_words: pl.DataFrame
    vocabulary: pl.DataFrame

    def save(self, folder: Path) -> None:
        """Write the tables, each beside its place first."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, frame in zip(FILES, self._frames(), strict=True):
            draft = folder / (name + ".draft")
            frame.write_parquet(draft, compression="zstd", compression_level=15, statistics=False)
            draft.replace(folder / name)

    @classmethod
    def load(cls, folder: Path) -> Dataset:
        """Read the tables that ``save`` wrote.

        Raises:
            InputError: one is not there, or is no such table.
        """
        return cls(*(_read_table(folder / name) for name in FILES))

    def _frames(self) -> tuple[pl.DataFrame, ...]:
        return self.rows, self.anchor_words, self.title_words, self.vocabulary


def _read_table(path: Path) -> pl.DataFrame:
    try:
        return pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        why = "it is not there" if not path.exists() else "it is no Parquet file"
        raise InputError(
            path, f"the training table cannot be read: {why}",
            "name the folder of the tables with --data, or make them with 'detector train --rebuild --raw DIR'",
        ) from error  # fmt: skip


def profiles(raw: Path) -> Iterator[tuple[str, list[Path]]]:
    """The real exports, by the site they are about: ``(site, files)``, sorted by site."""
    folder = raw_folder(raw).parent / "exports" / "real"
    sites: dict[str, list[Path]] = defaultdict(list)
    with (folder / "MANIFEST.csv").open(encoding="utf-8", newline="") as table:
        for line in csv.DictReader(table):
            if (
                line["target_site"]
                and " " not in line["target_site"]
                and not line["tool"].startswith(_NOT_PROFILES)
            ):
                sites[line["target_site"]].append(folder / line["file"])
    yield from sorted(sites.items())


def build(raw: Path, domains: Domains, progress: Callable[[str], None] = lambda _: None) -> Dataset:
    """Compute the training table from the raw data.

    Raises:
        InputError: the raw data is not there.
    """
    return build_named(raw, domains, progress)[0]


def build_named(
    raw: Path, domains: Domains, progress: Callable[[str], None] = lambda _: None
) -> tuple[Dataset, pl.DataFrame]:
    """The training table, and beside it ``referring_domain`` and ``profile`` of each of its rows, which are not to be kept."""
    tables, anchors, titles = [], [], []
    for site, files in profiles(raw):
        progress(site)
        batches = list(read(files, domains=domains, keep_going=True).batches())
        records = pl.concat(batches)
        facts = facts_of(typed(records), merge_records(records))
        computed = compute_signals(facts, make_site(domains.referring_domain(site) or site), domains)
        named = pl.lit(site).alias("profile")
        tables.append(computed.domains.select("referring_domain", "kind", "suffix", *all_signals(), named))
        anchors.append(computed.anchors.select("referring_domain", "bare", named))
        titles.append(computed.titles.select("referring_domain", "bare", named))
    rows = _labelled(pl.concat(tables), raw, domains)
    copies, computed = injected(rows, raw, domains)
    rows = pl.concat([rows, copies.select(rows.columns).cast(dict(rows.schema))])  # type: ignore[arg-type]
    for texts, collected in ((computed.anchors, anchors), (computed.titles, titles)):
        collected.append(
            texts.select("referring_domain", "bare").join(
                copies.select("referring_domain", "profile"), on="referring_domain"
            )
        )
    kept = rows.select("referring_domain", "profile").with_row_index("document")
    anchor_texts, title_texts = (_texts_of(texts, kept) for texts in (anchors, titles))
    vocabulary = _vocabulary(pl.concat([anchor_texts, title_texts]))
    data = Dataset(
        _anonymous(rows),
        _bags(anchor_texts, vocabulary),
        _bags(title_texts, vocabulary),
        vocabulary,
    )
    return data, kept.select("referring_domain", "profile")


def _labelled(table: pl.DataFrame, raw: Path, domains: Domains) -> pl.DataFrame:
    """Join the labels; add those that popularity and the spread over profiles give; drop what stays unknown."""
    spread = table.group_by("referring_domain").agg(spread=pl.col("profile").n_unique())
    table = (
        table.join(spread, on="referring_domain")
        .join(read_labels(raw, domains), on="referring_domain", how="left")
        .join(popular(raw), on="referring_domain", how="left")
        .join(operators(raw), on="referring_domain", how="left")
    )
    is_popular = pl.col("largest").is_not_null()
    many = (pl.col("spread") >= MANY_PROFILES) & ~is_popular & pl.col("kind").is_in(["domain", "tenant_host"])
    ordinary = (pl.col("spread") < MANY_PROFILES) & is_popular & (pl.col("kind") == "domain")
    unlisted = {
        "label": pl.when(many).then(1).when(ordinary).then(0).cast(pl.Int8),
        "family": pl.when(many).then(pl.lit("many_profiles")).when(ordinary).then(pl.lit("popular")),
        "source": pl.when(many).then(pl.lit("profiles")).when(ordinary).then(pl.lit("crux_tranco")),
        "category": pl.when(many).then(pl.lit("link_scatterer")).when(ordinary).then(pl.lit("popular")),
        "evidence": pl.when(many).then(pl.lit("single")).when(ordinary).then(pl.lit("popular")),
        "weight": pl.when(many).then(EVIDENCE["single"]).when(ordinary).then(EVIDENCE["popular"]),
        "year": pl.lit(EXPORTS_YEAR, pl.Int16),
    }
    table = table.with_columns(
        pl.coalesce(name, other).alias(name) for name, other in unlisted.items()
    ).filter(pl.col("label").is_not_null())
    order = pl.concat_str("referring_domain", pl.lit("@"), "profile")
    table = table.sort("referring_domain", order.map_elements(_digest, return_dtype=pl.String))
    table = table.filter(pl.int_range(pl.len()).over("referring_domain") < PROFILES_PER_DOMAIN)
    return table.with_columns(
        weight=pl.col("weight") / pl.len().over("referring_domain"),
        strong=pl.col("evidence").is_in(TRUSTED),
    )


def _texts_of(texts: list[pl.DataFrame], kept: pl.DataFrame) -> pl.DataFrame:
    joined = pl.concat(texts).join(kept, on=["referring_domain", "profile"])
    return joined.filter(pl.col("bare").str.strip_chars() != "")


def _vocabulary(texts: pl.DataFrame) -> pl.DataFrame:
    """Words common enough to stand for no single site, numbered in alphabetical order."""
    distinct = texts.select(norm="bare").unique().with_row_index("id")
    words = tokens(distinct).join(distinct, on="id").rename({"norm": "bare"})
    seen = (
        words.join(texts, on="bare")
        .group_by("token")
        .agg(domains=pl.col("referring_domain").n_unique(), profiles=pl.col("profile").n_unique())
    )
    common = seen.filter((pl.col("domains") >= SEEN_WITH) & (pl.col("profiles") >= SEEN_IN))
    return common.select("token").sort("token").with_row_index("word").select("token", "word")


def _bags(texts: pl.DataFrame, vocabulary: pl.DataFrame) -> pl.DataFrame:
    pairs = texts.select(referring_domain="document", norm="bare")
    bags = bag_of_words(pairs, vocabulary).rename({"referring_domain": "document"})
    return bags.select("document", "word").sort("document", "word")


def _anonymous(rows: pl.DataFrame) -> pl.DataFrame:
    """Salted hashes in place of names; the salt is not kept."""
    import secrets

    salt = secrets.token_hex(16)

    def hashed(column: pl.Expr) -> pl.Expr:
        return column.map_elements(lambda name: _digest(salt + name), return_dtype=pl.String)

    return rows.select(
        key=hashed(pl.col("referring_domain")),
        profile=hashed(pl.col("profile")),
        group=hashed(pl.coalesce("operator", "referring_domain")),
        operator=pl.col("operator").is_not_null(),
        fold=pl.coalesce("operator", "referring_domain").map_elements(
            lambda name: int(_digest(name), 16) % 5, return_dtype=pl.Int8
        ),
        tld=pl.col("suffix").str.extract(r"([^.]+)$", 1),
        **{
            name: pl.col(name)
            for name in ("label", "family", "source", "category", "evidence", "year", "weight", "strong")
        },
        popularity=pl.col("popularity").fill_null(0),
        **{name: pl.col(name).cast(pl.Float32) for name in all_signals()},
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
