"""The recipe: real exports and lists of domains -> the table of signals that the classifier is trained on.

What is written to ``training_data/`` holds numbers only: signals, labels and where they come from, texts as bags of hashed
parts that many of them share, and salted hashes in place of names. It is enough to train on.
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

from detector.classifier.collections import collections
from detector.classifier.injected import INJECTED, injected
from detector.classifier.labels import (
    EVIDENCE,
    FOUND,
    MANY_PROFILES,
    OF_HACKED,
    READ,
    TRUSTED,
    UNREAD,
    UNREAD_TOOL,
    link_key,
    operators,
    popular,
    raw_folder,
    read_labels,
    read_links,
)
from detector.classifier.text_tables import TextTables, text_tables
from detector.errors import InputError
from detector.links.domains import Domains
from detector.links.merging import merge_records, typed
from detector.links.reading import read
from detector.signals.compute import Computed, compute_signals, facts_of
from detector.signals.registry import all_signals, model_signals
from detector.signals.site import make_site
from detector.signals.spelling import readable
from detector.signals.text import normalised, says_something

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

FILES: Final = ("signals.parquet", "texts.parquet", "text_uses.parquet", "text_collections.parquet")


@dataclass(frozen=True)
class Dataset:
    """The training table.

    Attributes:
        rows: one row per profile and referring domain: ``key, profile, group`` (salted hashes; ``group``: operator or
            domain), ``fold`` (Int8, 0 to 4, see ``kept_together``), ``operator`` (Boolean: it is known whose it is), ``label`` (Int8), ``family, source, category, evidence`` (String), ``year`` (Int16),
            ``weight`` (Float64), ``tld`` (String), ``strong`` (Boolean: figures rest on the label), ``known`` (Boolean: or it was given by
            reading), ``found`` (String: what reading found, listed or not, see ``labels.FOUND``),
            ``popularity`` (Int8: how many lists of popular domains hold it; for comparison, never learnt) and every signal (Float32; those of texts are
            Float64 and cross-fitted: no row's come from weights that saw its domain).
        texts: what its anchors, titles and page addresses say, and collections of texts.
    """

    rows: pl.DataFrame
    texts: TextTables

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
            InputError: one is not there, or is no such table, or was made before a signal was.
        """
        rows, *texts = (_read_table(folder / name) for name in FILES)
        missing = sorted({s.name for s in model_signals()} - set(rows.columns))
        if missing:
            raise InputError(
                folder / FILES[0], f"signals to learn from are missing in it: {', '.join(missing[:3])}{' ...' if missing[3:] else ''}",
                "make the training tables anew with 'detector train --rebuild --raw DIR'",
            )  # fmt: skip
        return cls(rows, TextTables(*texts))

    def _frames(self) -> tuple[pl.DataFrame, ...]:
        return self.rows, self.texts.texts, self.texts.uses, self.texts.collected


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
    tables, texts = [], []
    for site, files in profiles(raw):
        progress(site)
        batches = list(read(files, domains=domains, keep_going=True).batches())
        records = pl.concat(batches)
        facts = facts_of(typed(records), merge_records(records))
        computed = compute_signals(facts, make_site(domains.referring_domain(site) or site), domains)
        named = pl.lit(site).alias("profile")
        tables.append(computed.domains.select("referring_domain", "kind", "suffix", *_signals(), named))
        texts.append(_texts_of(computed).with_columns(named))
    rows = _labelled(pl.concat(tables), raw, domains)
    progress("collections of texts")
    collected = collections(raw, _ordinary_titles(texts, rows))
    copies, computed, injected_texts = injected(rows, collected, domains)
    copied = copies.select("referring_domain", "profile")
    texts.append(_texts_of(computed).join(copied, on="referring_domain").select(texts[0].columns))
    rows = pl.concat([rows, copies.select(rows.columns).cast(dict(rows.schema))])  # type: ignore[arg-type]
    kept = rows.select("referring_domain", "profile").with_row_index("document")
    uses = (
        pl.concat(texts).join(kept, on=["referring_domain", "profile"]).rename({"referring_domain": "domain"})
    )
    learnt = collected.filter(~pl.col("text").is_in(injected_texts.implode()))
    progress("signals of texts, by weights that saw nothing of a row's fold")
    table, wording = _anonymous(rows), text_tables(uses, _normal(learnt))
    data = Dataset(table.with_columns(wording.signals(table).get_columns()), wording)
    return data, kept.select("referring_domain", "profile")


def _signals() -> list[str]:
    """The signals of exports; no export tells of pages that were fetched."""
    return [name for name, signal in all_signals().items() if signal.stage != "seen"]


def _texts_of(computed: Computed) -> pl.DataFrame:
    """``referring_domain, place, norm, share`` of the texts that hold a word; pages count alike."""
    samples = {"anchor": computed.anchors, "title": computed.titles, "page": computed.pages}
    tables = [
        sample.select(
            "referring_domain",
            place=pl.lit(place),
            norm="bare",
            share=pl.col("share") if "share" in sample.columns else pl.lit(1.0),
        )
        for place, sample in samples.items()
    ]
    return pl.concat(tables).filter(says_something(pl.col("norm")))


def _ordinary_titles(texts: list[pl.DataFrame], rows: pl.DataFrame) -> pl.Series:
    """Titles and anchors of domains that are taken for ordinary, normalised."""
    honest = rows.filter(label=0).select("referring_domain", "profile")
    told = pl.concat(texts).join(honest, on=["referring_domain", "profile"], how="semi")
    return told.filter(pl.col("place") != "page")["norm"].unique().sort()


def _normal(collected: pl.DataFrame) -> pl.DataFrame:
    """Texts of collections as those of links are normalised."""
    return collected.with_columns(readable(pl.col("text")).alias("low")).with_columns(
        norm=normalised("low", ascii_only=False)
    )


#: What a label that no list gives is called, by its family.
_UNLISTED: Final = {
    "source": {READ: READ, "many_profiles": "profiles", "popular": "crux_tranco", UNREAD: UNREAD},
    "category": {READ: READ, "many_profiles": "link_scatterer", "popular": "popular", UNREAD: UNREAD},
    "evidence": {READ: READ, "many_profiles": "single", "popular": "popular", UNREAD: UNREAD},
}


def _labelled(table: pl.DataFrame, raw: Path, domains: Domains) -> pl.DataFrame:
    """Join the labels; add those that reading, popularity and the spread over profiles give; drop what stays unknown.

    But of a tool of which no link was read, what stays unknown is kept, as weakly ordinary (``labels.EVIDENCE``).
    """
    link = pl.struct("referring_domain", "profile").map_elements(
        lambda row: link_key(row["referring_domain"], row["profile"]), return_dtype=pl.String
    )
    spread = table.group_by("referring_domain").agg(spread=pl.col("profile").n_unique())
    table = (
        table.join(spread, on="referring_domain")
        .join(read_labels(raw, domains), on="referring_domain", how="left")
        .join(popular(raw), on="referring_domain", how="left")
        .join(operators(raw), on="referring_domain", how="left")
        .with_columns(link=link)
        .join(read_links(), on="link", how="left")
        .with_columns(as_read=pl.col("found").replace_strict(FOUND, default=None, return_dtype=pl.Int8))
    )
    is_popular = pl.col("largest").is_not_null()
    many = (pl.col("spread") >= MANY_PROFILES) & ~is_popular & pl.col("kind").is_in(["domain", "tenant_host"])
    ordinary = (pl.col("spread") < MANY_PROFILES) & is_popular & (pl.col("kind") == "domain")
    read = pl.col("as_read").is_not_null() & ~many
    told = pl.col("label").is_not_null() | read | many | ordinary
    unread = ~told.any().over("referring_domain") & pl.col(UNREAD_TOOL).is_not_null()
    how = (
        pl.when(read)
        .then(pl.lit(READ))
        .when(many)
        .then(pl.lit("many_profiles"))
        .when(ordinary)
        .then(pl.lit("popular"))
        .when(unread)
        .then(pl.lit(UNREAD))
    )
    of_hacked = pl.when(read & (pl.col("found") == "hacked")).then(OF_HACKED).otherwise(1.0)
    unlisted = {
        "label": pl.when(read)
        .then("as_read")
        .when(many)
        .then(1)
        .when(ordinary | unread)
        .then(0)
        .cast(pl.Int8),
        "family": how,
        **{name: how.replace_strict(values) for name, values in _UNLISTED.items()},
        "weight": how.replace_strict({k: EVIDENCE[e] for k, e in _UNLISTED["evidence"].items()}) * of_hacked,
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
        known=pl.col("evidence").is_in([*TRUSTED, READ]),
    )


#: What is kept of a label.
_KEPT: Final = tuple("label family source category evidence year weight strong known found".split())


def kept_together() -> pl.Expr:
    """What no split may part, by ``group`` and ``profile``: a group that links to several profiles, else a whole profile.

    The domains of a wave mostly link to one profile. With some of them on either side of a split its texts would be known
    beforehand, which those of a profile that is audited for the first time never are: docs/labels.md has what that is worth.
    """
    several = pl.col("profile").n_unique().over("group") > 1
    return pl.when(several | (pl.col("family") == INJECTED)).then("group").otherwise("profile")


def _anonymous(rows: pl.DataFrame) -> pl.DataFrame:
    """Salted hashes in place of names; the salt is not kept."""
    import secrets

    salt = secrets.token_hex(16)

    def hashed(column: pl.Expr) -> pl.Expr:
        return column.map_elements(lambda name: _digest(salt + name), return_dtype=pl.String)

    rows = rows.with_columns(group=pl.coalesce("operator", "referring_domain"))
    return rows.select(
        key=hashed(pl.col("referring_domain")),
        profile=hashed(pl.col("profile")),
        group=hashed(pl.col("group")),
        operator=pl.col("operator").is_not_null(),
        fold=kept_together().map_elements(lambda name: int(_digest(name), 16) % 5, return_dtype=pl.Int8),
        tld=pl.col("suffix").str.extract(r"([^.]+)$", 1),
        **{name: pl.col(name) for name in _KEPT},
        popularity=pl.col("popularity").fill_null(0),
        **{name: pl.col(name).cast(pl.Float32) for name in _signals()},
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
