"""Reputation: counted by independent families, missing without tables, never learnt."""

from __future__ import annotations

import polars as pl

from detector.links.domains import Domains
from detector.links.schema import LINK_SCHEMA
from detector.reference.hashing import keys_of
from detector.reference.lookup import Reference
from detector.reference.tables import Listed, make_table
from detector.report.opinions import opinions
from detector.signals.compute import compute_signals, facts_of
from detector.signals.registry import all_signals, model_signals
from detector.signals.site import make_site

NAMES = [name for name, one in all_signals().items() if one.family == "reputation"]


def rows(reference: Reference | None) -> pl.DataFrame:
    links = [
        {**dict.fromkeys(LINK_SCHEMA), "record_type": "link", "source_url": f"https://{domain}/p", "source_host": domain,
         "tool": "ahrefs", "referring_domain": domain, "target_url": "https://kettle.example/"}
        for domain in ("good.example", "spam.example")
    ]  # fmt: skip
    facts = facts_of(pl.DataFrame(links, schema=LINK_SCHEMA))
    return compute_signals(facts, make_site("kettle.example"), Domains.default(), reference=reference).domains


def reference() -> Reference:
    def of(name: str, family: str, kind: str, *domains: str) -> tuple[Listed, object]:
        return Listed(name, family, kind, "2026", 0), keys_of(pl.Series(domains, dtype=pl.String))

    lists = [
        of("a", "one", "spam", "spam.example"),
        of("b", "one", "spam", "spam.example"),
        of("c", "two", "spam", "spam.example"),
        of("d", "theme", "gambling", "spam.example"),
        of("e", "crux", "popular", "good.example"),
    ]
    return Reference([make_table(lists)])  # type: ignore[arg-type]


def test_each_domain_gets_what_the_lists_say() -> None:
    good, spam = rows(reference()).iter_rows(named=True)
    assert (spam["reputation_spam_lists"], spam["reputation_gambling"], spam["reputation_popular_lists"]) == (
        2,
        1,
        0,
    )
    assert (good["reputation_spam_lists"], good["reputation_gambling"], good["reputation_popular_lists"]) == (
        0,
        0,
        1,
    )
    assert spam["reputation_adult"] is None  # no list of that kind: missing, not "no"
    assert spam["lists"] == ["a", "b", "c", "d"]


def test_without_tables_reputation_is_missing() -> None:
    assert NAMES
    for row in rows(None).iter_rows(named=True):
        assert [row[name] for name in NAMES] == [None] * len(NAMES)


def test_no_reputation_is_learnt() -> None:
    assert not {one.name for one in model_signals()} & set(NAMES)


def test_lists_are_quoted_with_their_names() -> None:
    good, spam = opinions(rows(reference())).to_list()
    assert spam == [
        "link-spam lists that name it, independent of each other: 2",
        "a list of gambling sites, licensed or not, names it",
        "named by: a, b, c, d",
    ]
    assert good == ["lists of much visited sites that name it: 1", "named by: e"]
    assert opinions(rows(None)).to_list() == [[], []]
