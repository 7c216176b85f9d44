"""The sample profile, judged by the shipped model: the verdicts against what its generator knows, and its files.

The floors are a little under what was measured on 2026-11-22. Those of what is found may only be raised; one was lowered, of spam that users plant
on real forums, since the classifier learns from links that were read, where such a link says nothing of its domain (docs/labels.md).
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from detector import Audit, Settings, audit
from detector.disavow.parsing import DisavowFile
from detector.guards import Guards
from detector.links.domains import Domains

SAMPLES = Path(__file__).parents[2] / "disavow_samples"
SITE = "www.kettle-and-thyme.example"
EXPORTS = [p for p in sorted(SAMPLES.glob("*.csv*")) if p.name != "truth.csv"]

ACT = ("disavow", "review")
SPAM = (*ACT, "ignore")
#: group of the truth -> (verdicts that are right for it, least share of its domains that have one of them)
FLOORS = {
    "negative_seo_wave": (SPAM, 0.98),
    "link_seller": (SPAM, 0.95),
    "trade_spam": (SPAM, 0.93),
    "hacked_page": (SPAM, 0.90),
    "link_farm": (SPAM, 0.95),
    "pbn": (SPAM, 0.9),
    "platform_tenant_spam": (SPAM, 0.95),
    "comment_and_profile_spam": (SPAM, 0.65),  # on real forums and clubs, whose domains are not to blame
    "editorial": (("keep", "ignore"), 0.91),
    "press": (("keep", "ignore"), 0.92),
    "directory": (("keep", "ignore"), 0.95),
    "forum": (("keep", "ignore"), 0.95),
    "scraper_images": (("keep", "ignore"), 1.0),
    "platform": (("keep",), 1.0),
    "platform_tenant_honest": (("keep", "ignore"), 0.95),
    "nofollow_only": (("keep", "ignore"), 0.87),
    "lost": (("keep", "ignore"), 1.0),
}  # fmt: skip
#: Of the honest domains so many may be disavowed, and so many more shown to a person.
MOST_WRONG_LINES, MOST_NEEDLESS_REVIEWS = 0, 8
#: Scrapers are no scheme against the site; a line costs nothing, and helps nothing.
MOST_SCRAPERS_LISTED = 1
#: Of what was placed to manipulate, this share is disavowed, and this share is found at all.
LEAST_LISTED, LEAST_FOUND = 0.62, 0.96


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    settings = Settings(SITE, disavow=SAMPLES / "old-disavow.txt")
    return audit(EXPORTS, settings, tmp_path_factory.mktemp("sample") / "out")


@pytest.fixture(scope="module")
def judged(result: Audit) -> pl.DataFrame:
    truth = pl.read_csv(SAMPLES / "truth.csv")
    joined = truth.join(result.domains, on="referring_domain", how="left")
    assert joined["verdict"].null_count() == 0
    return joined


def share(rows: pl.DataFrame, verdicts: tuple[str, ...]) -> float:
    return rows["verdict"].is_in(verdicts).sum() / rows.height


def test_the_order_of_the_files_changes_nothing(result: Audit, tmp_path: Path) -> None:
    settings = Settings(SITE, disavow=SAMPLES / "old-disavow.txt")
    other = audit(EXPORTS[::-1], settings, tmp_path / "out")
    assert_frame_equal(other.domains, result.domains)
    judged, again = (pl.read_parquet(a.folder / "signals.parquet") for a in (result, other))
    assert_frame_equal(again, judged)


@pytest.mark.parametrize("group", FLOORS)
def test_each_group_is_judged_as_it_should(judged: pl.DataFrame, group: str) -> None:
    verdicts, floor = FLOORS[group]
    rows = judged.filter(pl.col("group") == group)
    assert share(rows, verdicts) >= floor


def test_hardly_an_honest_domain_is_disavowed(judged: pl.DataFrame) -> None:
    honest = judged.filter(~pl.col("toxic"))
    listed = honest.filter(pl.col("verdict") == "disavow")
    scrapers = listed.filter(pl.col("group").str.starts_with("scraper_"))
    assert scrapers.height <= MOST_SCRAPERS_LISTED, scrapers["referring_domain"].to_list()
    assert listed.height - scrapers.height <= MOST_WRONG_LINES, listed["referring_domain"].to_list()
    assert honest.filter(pl.col("verdict") == "review").height <= MOST_NEEDLESS_REVIEWS


def test_most_of_what_was_placed_to_manipulate_is_found(judged: pl.DataFrame) -> None:
    toxic = judged.filter("toxic")
    assert share(toxic, ("disavow",)) >= LEAST_LISTED
    assert share(toxic, SPAM) >= LEAST_FOUND


def test_the_wave_is_seen_and_the_headline_says_to_look(result: Audit) -> None:
    assert result.advice.headline.startswith("Look closer: ")
    assert result.domains.filter(kind="negative-SEO wave", verdict="disavow").height >= 30


def test_every_domain_has_reasons_in_plain_words(result: Audit) -> None:
    assert result.domains["reasons"].list.len().min() >= 1
    told = result.domains["reasons"].explode().unique().to_list()
    sentences = [re.sub(r'"[^"]*"', "quoted", text) for text in told]  # quoted is what strangers wrote
    assert not [text for text in sentences if re.search(r"\bnan\b|None|null|\{|not so:|_|  ", text)]


def test_every_disavowed_domain_has_its_rule_and_no_other_has_a_new_one(result: Audit) -> None:
    listed = result.domains.filter(verdict="disavow")
    assert listed["rule"].null_count() == 0
    others = result.domains.filter(pl.col("verdict") != "disavow")
    assert others["rule"].null_count() == others.height


def test_the_file_obeys_google_and_the_guards(result: Audit) -> None:
    data = (result.folder / "disavow.txt").read_bytes()
    text = data.decode("utf-8")
    assert data.count(b"\n") <= 100_000
    assert len(data) <= 2 * 1024 * 1024
    rules = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert len(rules) == result.summary["disavow"]["rules"]
    for line in rules:
        assert re.fullmatch(r"domain:[a-z0-9.-]+|https?://[!-~]{1,2030}", line), line
    guards = Guards(Domains.default(), site=SITE)
    assert [r.text for r in DisavowFile.parse(data).rules if guards.reason(r.value)] == []


def test_the_old_file_goes_on_in_the_new_one(result: Audit) -> None:
    text = (result.folder / "disavow.txt").read_text()
    for line in (
        "# 2025-12-03: wrote to the owner of the two directories below, twice, no answer (Mara)",
        "# do not remove: agreed with legal, ticket 118",
        "domain:gone-since-2024.example",
        "domain:xn--bcher-tplinks-omb7f.example",
        "# held back (public suffix): domain:org.br",
        "# held back (platform): domain:blogspot.com",
        "# held back (own site): domain:kettle-and-thyme.example",
    ):
        assert f"\n{line}\n" in text
    assert [entry.split(":")[0] for entry in result.summary["disavow"]["held_back"]] == [
        "line 18 (public suffix)", "line 19 (platform)", "line 20 (own site)",
    ]  # fmt: skip


def test_no_platform_falls_with_its_tenants(result: Audit) -> None:
    text = (result.folder / "disavow.txt").read_text()
    for host in ("wordpress.com", "weebly.com", "pages.dev", "medium.com", "sites.google.com", "github.com", "blogspot.com"):  # fmt: skip
        assert f"\ndomain:{host}\n" not in text


def test_the_spreadsheet_holds_every_domain_once(result: Audit) -> None:
    with (result.folder / "referring-domains.csv").open(encoding="utf-8", newline="") as file:
        names = [row["referring_domain"] for row in csv.DictReader(file)]
    assert len(names) == len(set(names)) == result.domains.height
    links = pl.read_parquet(result.folder / "links.parquet")
    assert set(links["referring_domain"].drop_nulls()) <= set(names)
