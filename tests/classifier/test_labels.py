"""Labels count independent witnesses: lists that copy each other are one."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from detector.classifier.labels import EVIDENCE, FOUND, _witnessed, link_key, read_labels, read_links
from detector.links.domains import Domains


def entries(*told: tuple[str, str]) -> pl.DataFrame:
    """Entries of lists: ``(domain, witness)``."""
    table = pl.DataFrame(told, schema=["referring_domain", "witness"], orient="row")
    about = {name: pl.lit("x").alias(name) for name in ("family", "source", "category")}
    return table.with_columns(**about, year=pl.lit(2020, pl.Int16))


def evidence(*told: tuple[str, str], popular: tuple[str, ...] = ()) -> dict[str, str]:
    known = pl.DataFrame(
        {"referring_domain": popular, "largest": [False] * len(popular)},
        schema={"referring_domain": pl.String, "largest": pl.Boolean},
    )
    found = _witnessed(entries(*told), known)
    assert found["weight"].to_list() == [EVIDENCE[name] for name in found["evidence"]]
    return dict(found.select("referring_domain", "evidence").iter_rows())


def test_two_witnesses_are_several_and_one_twice_is_single() -> None:
    told = evidence(("a.example", "one"), ("a.example", "two"), ("b.example", "one"), ("b.example", "one"))
    assert told == {"a.example": "several", "b.example": "single"}


def test_one_witness_against_a_popular_domain_is_doubtful() -> None:
    told = evidence(
        ("a.example", "one"), ("b.example", "one"), ("b.example", "two"), popular=("a.example", "b.example")
    )
    assert told == {"a.example": "doubtful", "b.example": "several"}


def test_links_that_were_read_are_told_without_a_name_and_once() -> None:
    read = read_links()
    assert read.height > 7_000
    assert read["link"].is_unique().all()
    assert read["link"].str.contains("^[0-9a-f]{16}$").all()
    assert set(read["found"]) == set(FOUND)


def test_a_read_link_is_that_of_one_profile() -> None:
    """Pinned: another hash would lose every label."""
    assert link_key("spam.example", "shop.example") == "2dea7a1e847474e7"
    assert link_key("spam.example", "other.example") != link_key("spam.example", "shop.example")


@pytest.mark.raw
def test_an_aggregate_and_what_it_copies_are_one_witness(raw: Path) -> None:
    """Of the aggregate's domains a quarter stands in a copy of it too; that alone must not make two witnesses."""
    labels = read_labels(raw, Domains.default())
    toxic = labels.filter(label=1)
    assert set(labels["evidence"].unique()) <= set(EVIDENCE)
    aggregate = toxic.filter(pl.col("family") == "referrer")
    assert aggregate.height > 5_000
    assert (aggregate["evidence"] == "several").mean() < 0.1
    listed = pl.read_parquet(raw / "data" / "spam_domains.parquet").filter(
        pl.col("families").is_in(["mertcan", "mertcan,referrer", "eppcqtrwm,mertcan"])
    )
    listed_once = toxic.join(listed.select(referring_domain="domain"), on="referring_domain", how="semi")
    owners = (
        pl.read_parquet(raw / "data" / "disavow_entries.parquet")
        .select("registrable", owner=pl.col("files").str.split(";"))
        .explode("owner")
        .group_by("registrable")
        .agg(pl.col("owner").str.extract(r"^(.+?)__").unique())
    )
    copies = ["mertcangokgoz", "eppcqtrwm", "mitchellkrogza"]
    copied = owners.filter(pl.col("owner").list.set_difference(copies).list.len() == 0)
    only = listed_once.join(
        copied.select(referring_domain="registrable").unique(), on="referring_domain", how="semi"
    )
    assert only.height > 1_000
    assert (only["evidence"] != "several").all()
    assert labels["year"].null_count() < labels.height * 0.05
