"""Clusters: planted waves are found, honest neighbours are not tied together, one trace or four domains are not enough."""

from __future__ import annotations

import math
import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector.classifier.store import load
from detector.links.domains import Domains
from detector.links.schema import LINK_SCHEMA
from detector.signals.clusters import LEAST, LIFT, SURPRISE, _surprising, _told
from detector.signals.compute import Computed, compute_signals, facts_of
from detector.signals.registry import all_signals
from detector.signals.site import make_site

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))
from waves import HONEST, SITE, TODAY, WAVES, Dice, Profile, link, make_profile, ordinary

NAMES = [name for name, one in all_signals().items() if one.family == "cluster"]
Row = dict[str, object]


def computed(rows: list[Row], site: str = SITE) -> Computed:
    links = pl.DataFrame([{**dict.fromkeys(LINK_SCHEMA), **row} for row in rows], schema=LINK_SCHEMA)
    return compute_signals(facts_of(links), make_site(site), Domains.default())


def clusters_of(result: Computed) -> dict[str, int]:
    """Cluster of each domain that is in one."""
    found = result.domains.filter(pl.col("cluster").is_not_null())
    return dict(found.select("referring_domain", "cluster").iter_rows())


def background(count: int = 120) -> list[Row]:
    return [ordinary(Dice(f"background:{i}"), i) for i in range(count)]


def group(count: int, **cells: object) -> list[Row]:
    """Domains of one group beside nothing: their own names, dates, numbers; ``cells`` are what they share."""
    rows = []
    for i in range(count):
        dice = Dice(f"group:{i}")
        host = f"{dice.name(3)}.com"
        made = {name: value(i) if callable(value) else value for name, value in cells.items()}
        path = str(made.pop("path", f"/blog/{dice.slug()}/"))
        rows.append(link(dice, host, path, **({"anchor": dice.words(5)} | made)))
    return rows


def found_in(rows: list[Row]) -> int:
    """How many of these domains are in a cluster, among the background."""
    clusters = clusters_of(computed([*background(), *rows]))
    return len({str(row["referring_domain"]) for row in rows} & set(clusters))


# ------------------------------------------------------------------------------------------------ planted and honest


@pytest.fixture(scope="module")
def shares() -> dict[str, dict[str, float]]:
    """Mix -> group -> share of its domains in a cluster."""
    return {mix: _shares(make_profile(mix)) for mix in ("0 %", "5 %", "50 %", "95 %")}


def _shares(profile: Profile) -> dict[str, float]:
    result = compute_signals(facts_of(profile.links), make_site(SITE), Domains.default())
    joined = result.domains.join(profile.truth, on="referring_domain")
    assert joined.height == profile.truth.height
    found = joined.group_by("group").agg(share=pl.col("cluster").is_not_null().mean())
    return dict(found.iter_rows())


@pytest.mark.parametrize("wave", [make.__name__ for make in WAVES])
def test_planted_waves_are_found_in_half_and_in_nearly_all_of_a_profile(
    shares: dict[str, dict[str, float]], wave: str
) -> None:
    assert shares["50 %"][wave] >= 0.95
    assert shares["95 %"][wave] >= 0.95


def test_most_waves_of_a_dozen_domains_are_found(shares: dict[str, dict[str, float]]) -> None:
    assert sum(shares["5 %"][make.__name__] >= 0.8 for make in WAVES) >= len(WAVES) - 2


@pytest.mark.parametrize("mix", ["0 %", "5 %", "50 %", "95 %"])
def test_nothing_ties_ordinary_domains_together(shares: dict[str, dict[str, float]], mix: str) -> None:
    assert shares[mix]["ordinary"] <= 0.01
    for honest in ("blog_tenants", "blogroll", "plugin_credit"):
        assert shares[mix][honest] <= 0.01, honest


def test_no_honest_group_is_marked_and_every_made_up_one_is() -> None:
    profile = make_profile("50 %")
    result = compute_signals(facts_of(profile.links), make_site(SITE), Domains.default())
    joined = result.domains.join(profile.truth, on="referring_domain")
    peers = dict(joined.group_by("group").agg(pl.col("cluster_marked_domains").median()).iter_rows())
    assert all(peers[make.__name__] <= math.log1p(4) for make in HONEST)
    for wave in ("template_burst", "numbered_mirrors", "scattered_suffixes", "slow_drip", "link_list"):
        assert peers[wave] >= math.log1p(100), wave


# ------------------------------------------------------------------------------------------------ what is enough


def burst(i: int) -> date:
    return TODAY - timedelta(days=100 + i % 15)


PHRASE = "reliable stove kettle supplier"


def test_an_anchor_and_a_month_are_two_traces() -> None:
    assert found_in(group(12, anchor=PHRASE, first_seen=burst)) == 12


def test_fewer_than_five_domains_are_no_cluster() -> None:
    shared = {"anchor": PHRASE, "source_title": lambda i: f"Guest post {i} about stoves"}
    assert found_in(group(LEAST - 1, **shared)) == 0
    assert found_in(group(LEAST, **shared)) == LEAST


@pytest.mark.parametrize(
    "shared",
    [
        {"anchor": PHRASE},
        {"source_title": "Twelve stoves for a small kitchen"},
        {"path": lambda i: f"/stove-picks-{i}/"},
        {"first_seen": burst},
        {"external_links": 777},
        {"first_seen": burst, "external_links": 777, "ip": "203.0.113.5"},  # weak traces alone, however many
    ],
)
def test_one_trace_or_only_weak_ones_are_not_enough(shared: dict[str, object]) -> None:
    assert found_in(group(30, **shared)) == 0


@pytest.mark.parametrize(
    "shared",
    [
        # what a copied article brings along is one text
        {"source_title": "Twelve stoves for a kitchen", "path": "/twelve-stoves/"},
        {"source_title": "Twelve stoves for a kitchen", "anchor": "Twelve stoves for a kitchen"},
        {"source_title": "Twelve stoves for a kitchen", "first_seen": burst},
        # what many have: the site's names, general words, common folders, dates, error pages
        {"anchor": "Kettle and Thyme", "first_seen": burst},
        {"anchor": f"https://www.{SITE}/", "first_seen": burst},
        {"anchor": "click here", "first_seen": burst},
        {"path": lambda i: f"/blog/stove-{i}", "first_seen": burst},
        {"path": lambda i: f"/2026/05/stove-{i}/", "first_seen": burst},
        {"path": "/", "first_seen": burst},
        {"source_title": "404 Not Found - nothing here", "external_links": 777},
    ],
)
def test_what_is_one_text_or_common_ties_nobody(shared: dict[str, object]) -> None:
    assert found_in(group(30, **shared)) == 0


def test_a_part_of_the_sites_name_is_its_name() -> None:
    rows = [*background(), *group(30, anchor="go veggie", first_seen=burst)]
    assert not clusters_of(computed(rows, "goveggiefoods.example"))
    assert len(clusters_of(computed(rows, "stoves.example"))) == 30


def test_words_around_the_sites_address_are_a_template() -> None:
    assert found_in(group(12, anchor=f"rank higher for {SITE} now", first_seen=burst)) == 12


def test_one_name_under_many_countries_is_one_owner() -> None:
    countries = "de fr it es nl pl se no dk fi at ch".split()
    rows = [
        link(Dice(c), f"big-search.{c}", f"/url-out?q={c}", source_title="Search results of the day", first_seen=burst(i))
        for i, c in enumerate(countries)
    ]  # fmt: skip
    assert found_in(rows) == 0
    mirrors = [
        row | {"referring_domain": f"big-search-{i}.xyz", "source_host": f"big-search-{i}.xyz"}
        for i, row in enumerate(rows)
    ]
    assert found_in(mirrors) == len(mirrors)


def test_a_month_in_which_everybody_appeared_says_nothing() -> None:
    young = [row | {"first_seen": burst(i)} for i, row in enumerate(background())]
    wave = group(12, anchor=PHRASE, first_seen=burst)
    assert not clusters_of(computed([*young, *wave]))


def test_clusters_do_not_chain() -> None:
    """Two waves with one domain in both stay two."""
    first = group(20, anchor=PHRASE, external_links=777)
    second = [
        link(Dice(f"second:{i}"), f"second-{Dice(f's{i}').letters(4)}.com", f"/stove-picks-{i}/", external_links=888, anchor=f"a{i}")
        for i in range(20)
    ]  # fmt: skip
    both = link(Dice("both"), str(first[0]["referring_domain"]), "/stove-picks-99/", external_links=888)
    clusters = clusters_of(computed([*background(), *first, *second, both]))
    assert len(set(clusters.values())) == 2
    assert len(clusters) == 40


# ------------------------------------------------------------------------------------------------ what is told


def test_what_holds_a_cluster_together_is_quoted() -> None:
    result = computed([*background(), *group(12, anchor=PHRASE, external_links=777, first_seen=burst)])
    (cluster,) = result.clusters.iter_rows(named=True)
    assert (cluster["cluster"], cluster["domains"], cluster["links"], cluster["days"]) == (1, 12, 12, 9)
    assert (cluster["first_seen"], cluster["last_first_seen"]) == (burst(11), burst(0))
    told = [(trace["kind"], trace["value"], trace["domains"]) for trace in cluster["traces"]]
    assert told[0] == ("anchor", PHRASE, 12)
    assert ("outbound", "777", 12) in told
    member = result.domains.filter(pl.col("cluster") == 1).row(0, named=True)
    assert member["cluster_told"].startswith(
        f'it is one of 12 domains that share the anchor template "{PHRASE}" and '
    )
    assert "the number of outbound links 777" in member["cluster_told"]
    assert member["cluster_domains"] == pytest.approx(math.log1p(11))
    assert member["cluster_traces"] == 3
    assert member["cluster_window_days"] == 9
    assert member["cluster_outbound"] == pytest.approx(math.log1p(777))


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((12, 12), 'domains that share the path pattern "/x-0/" and the suffix .top'),
        ((12, 9), 'domains that share the path pattern "/x-0/", of which 9 also share the suffix .top'),
        (
            (12, 9, 5, 4),
            'domains that share the path pattern "/x-0/", of which 9 also share the suffix .top, 5 the network 192.0.2.* and'
            " 4 the number of outbound links 777",
        ),
        ((11, 9), 'domains of which 11 share the path pattern "/x-0/" and 9 the suffix .top'),
    ],
)
def test_what_only_some_of_a_group_share_is_told_of_those(counts: tuple[int, ...], told: str) -> None:
    kinds = [("path", "path pattern", "/x-0/"), ("suffix", "suffix", ".top"), ("network", "network", "192.0.2.*"),
             ("outbound", "number of outbound links", "777")]  # fmt: skip
    traces = [
        {"kind": kind, "told": f"the {words}", "value": value, "domains": number}
        for number, (kind, words, value) in zip(counts, kinds, strict=False)
    ]
    assert _told({"domains": 12, "traces": traces}) == f"it is one of 12 {told}"


def test_what_cannot_be_known_is_missing_and_what_is_not_there_is_zero() -> None:
    bare = dict.fromkeys(("anchor", "source_title", "first_seen", "external_links", "ip"))
    bare |= {"domain_authority": None, "domain_traffic": None}
    gsc = [link(Dice(f"{i}"), f"site-{i}.example", "/x", tool="gsc") | bare for i in range(3)]
    row = computed(gsc).domains.row(0, named=True)
    assert all(row[name] is None for name in NAMES)  # paths are one kind of trace, not two
    row = computed(background(10)).domains.row(0, named=True)
    assert (row["cluster_domains"], row["cluster_traces"], row["cluster_marked_domains"]) == (0, 0, 0)
    assert (row["cluster_window_days"], row["cluster_outbound"], row["cluster"]) == (None, None, None)


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 2**16))
def test_the_order_of_the_links_does_not_matter(seed: int) -> None:
    profile = make_profile("5 %")
    rows = list(range(profile.links.height))
    Random(seed).shuffle(rows)
    site, domains = make_site(SITE), Domains.default()
    as_it_is, shuffled = (
        compute_signals(facts_of(links), site, domains) for links in (profile.links, profile.links[rows])
    )
    columns = ["referring_domain", *NAMES, "cluster", "cluster_told"]
    assert as_it_is.domains.select(columns).equals(shuffled.domains.select(columns))
    assert as_it_is.clusters.equals(shuffled.clusters)


@given(st.integers(5, 10_000), st.integers(5, 10_000), st.floats(0.001, 0.999))
def test_the_likelihood_ratio_is_the_formula(n: int, k: int, p: float) -> None:
    k = min(n, k)
    f = k / n
    against = (n - k) * math.log((1 - f) / (1 - p)) if k < n else 0.0
    ratio = (k - 1) * math.log(f / p) + against
    counts = pl.DataFrame({"of_key": [n], "both": [k], "rate": [p]})
    if abs(ratio - SURPRISE) > 1e-6:
        assert counts.select(_surprising()).item() == (f >= LIFT * p and ratio >= SURPRISE)


def test_a_model_that_was_not_trained_on_clusters_does_not_look_at_them() -> None:
    model = load().model
    if set(NAMES) & set(model.signals):
        pytest.skip("NOT RUN: the shipped model was trained on them")
    domains = computed([*background(20), *group(12, anchor=PHRASE, first_seen=burst)]).domains
    blind = domains.drop(NAMES)
    assert (model.contributions(domains) == model.contributions(blind)).all()
