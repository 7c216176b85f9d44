"""What is known of a referring domain by itself: labels for training, with their source, family and worth.

The tables come from the raw data (``--raw DIR``). A label is evidence, not truth: its weight says how much, its family
which sources it shares its errors with, so that the evaluation can leave a whole family out.
"""

from __future__ import annotations

import hashlib
from importlib import resources
from pathlib import Path
from typing import Final

import polars as pl

from detector.errors import InputError
from detector.links.domains import Domains

#: Lists that copy each other are one witness: an aggregate of referrer spam (98 to 100 % of three lists), of which half
#: of another webmaster's file comes too; measured in data/README.md. Name of a family or of a disavow file's owner -> witness.
_COPIES: Final = {
    "mertcan": "referrer",
    "eppcqtrwm": "referrer",
    "mertcangokgoz": "referrer",
    "mitchellkrogza": "referrer",
    "binhnndigital": "opendisavow",
}
#: Families of tier A, link spam by name. The others in the same table are themes (adult, gambling, scam): topics, no witnesses.
_LINK_SPAM: Final = (
    "eppcqtrwm", "mertcan", "opendisavow", "pukiwiki", "referrer", "seo_garbage", "spamdexing_elliot", "splorp", "ssss",
    "webspam_uk2007", "wikimedia",
)  # fmt: skip
#: Benign categories whose list is old, broad or partly contaminated weigh less (quality 1-3 in SOURCES.csv).
_BENIGN_WEIGHT: Final = {
    "shop": 0.7,
    "press": 0.7,
    "sports": 0.7,
    "radio": 0.7,
    "blog": 0.3,
    "url_shortener": 0.5,
}

#: Disavow files that are no evidence: one that a script made of the very metrics we learn from, and one of whose
#: domains 85 % are popular (a list of directories to be listed in).
_NO_EVIDENCE: Final = ("rome2o", "marketingboutiques")

#: A domain seen in this many unrelated profiles, unpopular and unlisted as ordinary, sells or scatters links.
MANY_PROFILES: Final = 10

#: The evidence of a label that somebody gave who read the link.
READ: Final = "read"
#: The evidence of what nobody has told anything of, and the metric of the tool whose tables it is taken from.
UNREAD: Final = "unread"
UNREAD_TOOL: Final = "authority_trust_flow"
#: What reading finds, and the label that it gives: the site itself is toxic; a hacked page on a real site; a link that a user has
#: planted on a real site, which says nothing of the site; an honest link.
FOUND: Final = {"toxic": 1, "hacked": 1, "planted": None, "honest": 0}
#: A hacked page weighs so many times what another link does that was read: it is spam, and its domain is somebody's.
OF_HACKED: Final = 0.3

#: How far a label is to be trusted, and its weight in training:
#: ``several`` independent witnesses; ``single``: one; ``doubtful``: one, against a popular domain, which is more often an
#: innocent that a list swept up; ``popular``: no list at all, taken for ordinary because it is popular; ``read``: no list, but the link
#: was read (``read_links``); ``unread``: nothing, in tables of a tool of which no link was read. Without these what lists know would stand for all
#: that the tool shows, the large honest sites and the smallest spam, and whoever is small would be guilty. They weigh so much that
#: about a third of them is expected to be spam, as of the links that were read (docs/labels.md).
EVIDENCE: Final = {"several": 1.0, "single": 0.6, "doubtful": 0.15, "popular": 0.1, READ: 0.1, UNREAD: 0.02}
#: The evidence that figures rest on.
TRUSTED: Final = ("several", "single")


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
        ``source``, ``category``, ``evidence`` (String, a key of ``EVIDENCE``), ``year`` (Int16: when the source was last
        kept up), ``weight`` (Float64, up to 1). Domains that stand on both sides are left out.
    """
    data = raw_folder(raw)
    toxic = _witnessed(_canonical(pl.concat([_listed(data), _disavowed(data)]), domains), popular(raw))
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


_ABOUT: Final = ["family", "source", "category", "evidence", "year", "weight"]


def _witnessed(entries: pl.DataFrame, popular_domains: pl.DataFrame) -> pl.DataFrame:
    """One row per domain: how many independent witnesses name it, and what that is worth."""
    toxic = (
        entries.group_by("referring_domain", maintain_order=True)
        .agg(
            pl.col("family", "source", "category").first(),
            pl.col("year").max(),
            witnesses=pl.col("witness").n_unique(),
        )
        .join(popular_domains, on="referring_domain", how="left")
    )
    evidence = (
        pl.when(pl.col("witnesses") > 1)
        .then(pl.lit("several"))
        .when(pl.col("largest").is_not_null())
        .then(pl.lit("doubtful"))
        .otherwise(pl.lit("single"))
    )
    return toxic.with_columns(evidence=evidence).with_columns(
        weight=pl.col("evidence").replace_strict(EVIDENCE, return_dtype=pl.Float64)
    )


def popular(raw: Path) -> pl.DataFrame:
    """Domains of the popularity lists: ``referring_domain``, how many lists hold it (``popularity``), and whether it is among the ten
    thousand largest."""
    table = pl.read_parquet(raw_folder(raw) / "popular_domains.parquet")
    return table.select(
        referring_domain="domain",
        popularity=pl.sum_horizontal("in_crux2025", "in_tranco2025", "in_tranco10k").cast(pl.Int8),
        largest=pl.col("in_tranco10k") == 1,
    )


def operators(raw: Path) -> pl.DataFrame:
    """Domains known to belong to one operator: ``referring_domain`` and ``operator``."""
    table = pl.read_csv(raw_folder(raw) / "spam" / "networks.csv", infer_schema=False)
    return table.select(referring_domain="domain", operator="network").unique(
        "referring_domain", maintain_order=True
    )


def read_links() -> pl.DataFrame:
    """Links of the real exports that were read one by one; see docs/labels.md.

    Returns:
        ``link`` (String: ``link_key`` of a referring domain in a profile) and ``found`` (String, a key of ``FOUND``).
    """
    table = resources.files("detector").joinpath("data", "read_links.csv").read_bytes()
    return pl.read_csv(table, schema={"link": pl.String, "found": pl.String})


def link_key(referring_domain: str, profile: str) -> str:
    """What stands for a referring domain in a profile where its name is not to be told."""
    return hashlib.sha256(f"read link:{referring_domain}@{profile}".encode()).hexdigest()[:16]


def _listed(data: Path) -> pl.DataFrame:
    """Tier A, a row for each family that lists a domain."""
    table = pl.read_parquet(data / "spam_domains.parquet").filter(
        (pl.col("tier") == "A") & (pl.col("in_tranco10k") == 0) & (pl.col("in_benign") == 0)
    )
    entries = table.with_columns(
        source=pl.col("sources").str.split(",").list.first(),
        each=pl.col("families").str.split(",").list.sort(),
    ).explode("each")
    return _dated(entries.filter(pl.col("each").is_in(_LINK_SPAM)), data).select(
        "domain",
        family=pl.col("each").replace({"mertcan": "referrer"}),
        source="source",
        category="category",
        witness=pl.col("each").replace(_COPIES),
        year="year",
    )


def _disavowed(data: Path) -> pl.DataFrame:
    """Entries of real disavow files, a row per independent owner; many of 2025-26 share one campaign, so that all are one family."""
    index = pl.read_csv(data / "disavow" / "INDEX.csv", infer_schema=False, truncate_ragged_lines=True)
    files = index.filter(
        (pl.col("class") == "real") & ~pl.col("independent_unit").is_in(_NO_EVIDENCE)
    ).select("file", owner="independent_unit", year=pl.col("year").cast(pl.Int16, strict=False))
    table = pl.read_parquet(data / "disavow_entries.parquet")
    ordinary = (pl.col("in_tranco10k") == "0") & (pl.col("kind") == "apex")
    entries = (
        table.filter(ordinary)
        .select(domain="registrable", file=pl.col("files").str.split(";"))
        .explode("file")
        .join(files, on="file", maintain_order="left")
    )
    witness = pl.col("owner").replace(_COPIES)
    return entries.select(
        "domain",
        family=pl.when(witness == pl.col("owner")).then(pl.lit("disavow_files")).otherwise(witness),
        source=pl.lit("disavow_files"),
        category=pl.lit("disavow"),
        witness=witness,
        year="year",
    )


def _ordinary(data: Path) -> pl.DataFrame:
    table = pl.read_parquet(data / "benign_domains.parquet").with_columns(
        source=pl.col("sources").str.split(",").list.first()
    )
    first = pl.col("category").str.split(";").list.first()
    several = pl.col("families").str.contains(",", literal=True)
    return _dated(table, data).select(
        "domain",
        family=pl.col("families").str.split(",").list.sort().list.first(),
        source="source",
        category=first,
        evidence=pl.when(several).then(pl.lit("several")).otherwise(pl.lit("single")),
        year="year",
        weight=first.replace_strict(_BENIGN_WEIGHT, default=1.0, return_dtype=pl.Float64),
    )


def _dated(table: pl.DataFrame, data: Path) -> pl.DataFrame:
    """``table`` with ``year`` (Int16): when its ``source`` was last kept up, the last year that SOURCES.csv names."""
    sources = pl.read_csv(data / "SOURCES.csv", infer_schema=False, truncate_ragged_lines=True)
    years = sources.unique("name", keep="first", maintain_order=True).select(
        source="name",
        year=pl.col("last_update").str.extract_all(r"(?:19|20)\d\d").list.last().cast(pl.Int16),
    )
    return table.join(years, on="source", how="left", maintain_order="left")


def _canonical(table: pl.DataFrame, domains: Domains) -> pl.DataFrame:
    """Names of lists as referring domains; a platform or a public suffix is never labelled from its tenants."""
    hosts = domains.canonical_hosts(table["domain"])
    table = table.with_columns(referring_domain=domains.referring_domains(hosts))
    told = domains.describe(table["referring_domain"].unique().drop_nulls())
    judged = told.filter(pl.col("kind").is_in(["domain", "tenant_host", "ip"])).select(
        referring_domain="value"
    )
    return table.join(judged, on="referring_domain", how="semi", maintain_order="left")
