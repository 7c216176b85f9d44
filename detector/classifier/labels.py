"""What is known of a referring domain by itself: labels for training, with their source, family and worth.

The tables come from the raw data (``--raw DIR``). A label is evidence, not truth: its weight says how much, its family
which sources it shares its errors with, so that the evaluation can leave a whole family out.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import polars as pl

from detector.errors import InputError
from detector.links.domains import Domains

#: Link-spam sources that copy each other count as one family.
_COPIES: Final = {"mertcan": "referrer"}
#: Benign categories whose list is old, broad or partly contaminated weigh less (quality 1-3 in SOURCES.csv).
_BENIGN_WEIGHT: Final = {
    "shop": 0.7,
    "press": 0.7,
    "sports": 0.7,
    "radio": 0.7,
    "blog": 0.3,
    "url_shortener": 0.5,
}
_ONE_LIST, _MORE_LISTS = 0.6, 1.0
_PRIVATE_WEIGHT = (
    0.8  # a domain that sends links into many unrelated profiles and that no list of sites knows
)

#: Disavow files that a script made of the very metrics we learn from are no evidence (INDEX.csv says which).
_SCRIPT_MADE: Final = "rome2o__oil-comp"

#: A domain seen in this many unrelated profiles, unpopular and unlisted as ordinary, sells or scatters links.
MANY_PROFILES: Final = 10


def raw_folder(raw: Path) -> Path:
    """The folder with the raw tables.

    Raises:
        InputError: it is not there.
    """
    data = raw / "data"
    if not (data / "spam_domains.parquet").is_file():
        raise InputError(
            raw, "no raw data here: data/spam_domains.parquet is missing",
            "name the folder that holds data/ and exports/ with --raw or DETECTOR_RAW",
        )  # fmt: skip
    return data


def read_labels(raw: Path, domains: Domains) -> pl.DataFrame:
    """Labels of domains from the raw lists.

    Returns:
        one row per referring domain: ``referring_domain`` (String), ``label`` (Int8: 1 toxic, 0 ordinary), ``family``,
        ``source``, ``category`` (String), ``weight`` (Float64, up to 1). Domains that stand on both sides are left out.
    """
    data = raw_folder(raw)
    toxic = pl.concat([_listed(data), _disavowed(data)])
    toxic = (
        _canonical(toxic, domains)
        .group_by("referring_domain", maintain_order=True)
        .agg(
            pl.col("family", "source", "category").first(),
            weight=pl.when(pl.col("family").n_unique() > 1)
            .then(_MORE_LISTS)
            .otherwise(pl.col("weight").max()),
        )
    )
    ordinary = _canonical(_ordinary(data), domains).unique(
        "referring_domain", keep="first", maintain_order=True
    )
    both = toxic.select("referring_domain").join(ordinary, on="referring_domain", how="semi")
    labelled = pl.concat(
        [
            toxic.select("referring_domain", pl.lit(1, pl.Int8).alias("label"), *_ABOUT),
            ordinary.select("referring_domain", pl.lit(0, pl.Int8).alias("label"), *_ABOUT),
        ]
    )
    return labelled.join(both, on="referring_domain", how="anti").sort("referring_domain")


_ABOUT: Final = ["family", "source", "category", "weight"]


def popular(raw: Path) -> pl.DataFrame:
    """Domains of the popularity lists: ``referring_domain`` and whether they are among the ten thousand largest."""
    table = pl.read_parquet(raw_folder(raw) / "popular_domains.parquet")
    return table.select(referring_domain="domain", largest=pl.col("in_tranco10k") == 1)


def operators(raw: Path) -> pl.DataFrame:
    """Domains known to belong to one operator: ``referring_domain`` and ``operator``."""
    table = pl.read_csv(raw_folder(raw) / "spam" / "networks.csv", infer_schema=False)
    return table.select(referring_domain="domain", operator="network").unique(
        "referring_domain", maintain_order=True
    )


def _listed(data: Path) -> pl.DataFrame:
    """Tier A: link spam by name. The themes of tiers B to D are topics, not labels."""
    table = pl.read_parquet(data / "spam_domains.parquet")
    listed = table.filter(
        (pl.col("tier") == "A") & (pl.col("in_tranco10k") == 0) & (pl.col("in_benign") == 0)
    )
    first = pl.col("families").str.split(",").list.sort().list.first()
    return listed.select(
        domain="domain",
        family=first.replace(_COPIES),
        source=pl.col("sources").str.split(",").list.first(),
        category="category",
        weight=pl.when(pl.col("n_families") > 1).then(_MORE_LISTS).otherwise(_ONE_LIST),
    )


def _disavowed(data: Path) -> pl.DataFrame:
    """Entries of real disavow files; many of 2025-26 share one campaign, so that all are one family."""
    table = pl.read_parquet(data / "disavow_entries.parquet")
    ordinary = (pl.col("in_tranco10k") == "0") & (pl.col("kind") == "apex")
    by_script = pl.col("files").str.contains(_SCRIPT_MADE) & (pl.col("n_lists") == 1)
    return table.filter(ordinary & ~by_script).select(
        domain="registrable",
        family=pl.lit("disavow_files"),
        source=pl.lit("disavow_files"),
        category=pl.lit("disavow"),
        weight=pl.when(pl.col("n_lists") > 1).then(_MORE_LISTS).otherwise(_ONE_LIST),
    )


def _ordinary(data: Path) -> pl.DataFrame:
    table = pl.read_parquet(data / "benign_domains.parquet")
    first = pl.col("category").str.split(";").list.first()
    return table.select(
        domain="domain",
        family=pl.col("families").str.split(",").list.sort().list.first(),
        source=pl.col("sources").str.split(",").list.first(),
        category=first,
        weight=first.replace_strict(_BENIGN_WEIGHT, default=1.0, return_dtype=pl.Float64),
    )


def _canonical(table: pl.DataFrame, domains: Domains) -> pl.DataFrame:
    """Names of lists as referring domains; a platform or a public suffix is never labelled from its tenants."""
    hosts = domains.canonical_hosts(table["domain"])
    table = table.with_columns(referring_domain=domains.referring_domains(hosts))
    told = domains.describe(table["referring_domain"].unique().drop_nulls())
    judged = told.filter(pl.col("kind").is_in(["domain", "tenant_host", "ip"])).select(
        referring_domain="value"
    )
    return table.join(judged, on="referring_domain", how="semi", maintain_order="left")
