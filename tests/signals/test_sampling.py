"""The even sample of a domain's links: the same however they come, and about as large as promised."""

import numpy as np
import polars as pl
from polars.testing import assert_frame_equal

from detector.links.domains import Domains
from detector.links.hashing import joint_hash, text_hash
from detector.links.merging import link_keys
from detector.links.schema import LINK_SCHEMA
from detector.signals.compute import compute_signals
from detector.signals.facts import Facts
from detector.signals.page_sample import PageSample
from detector.signals.sampling import LINKS_PER_DOMAIN, Sampler
from detector.signals.site import make_site

MANY = 5_000


def links() -> pl.DataFrame:
    """``MANY`` links of one domain, of which the first half of the file is nofollow; ten of another."""
    sizes = {"large.example": MANY, "small.example": 10}
    rows = [
        {
            "record_type": "link", "source_url": f"https://{domain}/{n}", "source_host": domain, "tool": "ahrefs", "file": "a.csv",
            "referring_domain": domain, "target_url": f"https://kettle.example/{n % 7}", "target_host": "kettle.example",
            "anchor": f"anchor {n}", "rel_nofollow": n < MANY / 2 if domain == "large.example" else n < 5,
        }
        for domain, size in sizes.items()
        for n in range(size)
    ]  # fmt: skip
    return pl.DataFrame([{**dict.fromkeys(LINK_SCHEMA), **row} for row in rows], schema=LINK_SCHEMA)


def facts(records: pl.DataFrame, batch: int) -> Facts:
    collected = Facts()
    for part in records.iter_slices(batch):
        collected.add(part, link_keys(part))
    collected.settle()
    return collected


def test_a_large_domain_is_sampled_evenly_and_a_small_one_looked_at_whole() -> None:
    rows = facts(links(), 700).rows()
    large = rows.filter(pl.col("referring_domain") == "large.example")
    assert 0.6 * LINKS_PER_DOMAIN < large.height < 1.5 * LINKS_PER_DOMAIN
    nofollow = large["qualified"].sum() / large.height  # a sample of what comes first would say 1.0
    assert 0.35 < nofollow < 0.65
    assert rows.filter(pl.col("referring_domain") == "small.example").height == 10


def test_all_links_are_counted() -> None:
    counts = facts(links(), 700).counts()
    found = {
        name: row
        for name, *row in counts.with_columns(pl.col("referring_domain").cast(pl.String)).iter_rows()
    }
    assert found == {"large.example": [MANY, MANY // 2, None, MANY // 2], "small.example": [10, 5, None, 5]}


def test_neither_the_order_of_a_file_nor_its_batches_change_a_signal() -> None:
    site, domains = make_site("kettle.example"), Domains.default()
    expected = compute_signals(facts(links(), 10_000), site, domains).domains
    for seed, batch in ((1, 10_000), (2, 333), (3, 41)):
        shuffled = links().sample(fraction=1.0, shuffle=True, seed=seed)
        assert_frame_equal(compute_signals(facts(shuffled, batch), site, domains).domains, expected)


def test_links_that_merging_made_are_sampled_too() -> None:
    records = pl.concat([links(), links().with_columns(file=pl.lit("b.csv"), tool=pl.lit("moz"))])
    collected = Facts()
    collected.add(records, link_keys(records))
    collected.settle(pl.repeat(False, records.height, eager=True), links())
    large = collected.rows().filter(pl.col("referring_domain") == "large.example")
    assert LINKS_PER_DOMAIN / 6 < large.height < LINKS_PER_DOMAIN  # three times as many came by as are left
    counts = collected.counts().filter(pl.col("referring_domain") == "large.example")
    assert counts["links"].to_list() == [MANY]


def test_what_is_no_link_and_what_has_no_domain() -> None:
    sampler = Sampler()
    domains = pl.Series(["a.example", None, "a.example"], dtype=pl.Categorical)
    taken = sampler.take(domains, pl.Series([None, 5, 2**64 - 1], dtype=pl.UInt64))
    assert taken.to_list() == [True, False, True]


def test_the_sample_is_uniform() -> None:
    random = np.random.default_rng(7)
    sampler = Sampler()
    hashes = random.integers(0, 2**64, size=200 * LINKS_PER_DOMAIN, dtype=np.uint64)
    one = pl.Series(["a.example"] * len(hashes), dtype=pl.Categorical)
    kept = []
    for start in range(0, len(hashes), 1000):
        links_ = pl.Series("hash", hashes[start : start + 1000])
        taken = sampler.take(one[start : start + 1000], links_)
        kept.append(links_.to_frame().with_row_index("place", offset=start).filter(taken))
    held = pl.concat(kept)
    assert held.height < 10 * LINKS_PER_DOMAIN  # what is held on the way stays small as well
    final = held.filter(sampler.settled(one.head(held.height), held["hash"]))
    assert 0.7 * LINKS_PER_DOMAIN < final.height < 1.4 * LINKS_PER_DOMAIN
    assert 0.35 < (final["place"] < len(hashes) // 2).mean() < 0.65


def test_of_a_domain_two_pages_are_drawn_evenly_and_a_page_of_many_links_once() -> None:
    pages = pl.DataFrame(
        {
            "domain": pl.Series(["a.example"] * 1200 + ["b.example"] * 3 + [None], dtype=pl.Categorical),
            "url": [f"https://a.example/{n}" for n in range(200) for _ in range(6)] + ["https://b.example/1"] * 3 + ["x"],
        }
    ).with_columns(page=text_hash(pl.col("url")))  # fmt: skip
    drawn = []
    for seed in range(20):
        sample = PageSample()
        for part in pages.sample(fraction=1.0, shuffle=True, seed=seed).iter_slices(100):
            sample.add(part["domain"], part["page"], part["url"])
        sample.fold()
        drawn.append(sorted(sample.pages()["url"]))
    low = pages.filter(pl.col("domain") == "a.example").unique("url").sort("page")["url"].head(2)
    assert drawn == [sorted([*low, "https://b.example/1"])] * 20


def test_what_is_drawn_does_not_hang_on_a_version_of_a_library() -> None:
    """The first three are what the reference implementation of XXH3 gives; the model learnt from what they draw."""
    hashes = pl.select(text_hash(pl.lit(pl.Series(["", "a", "https://example.com/", None])))).to_series()
    assert hashes.to_list() == [3244421341483603138, 16629034431890738719, 5522761390303137003, None]
    joint = joint_hash([hashes, hashes.reverse()])
    assert joint.to_list() == [
        9627666474562289507, 12175099356483172279, 12986424365820314638, 3756738879447610865,
    ]  # fmt: skip
