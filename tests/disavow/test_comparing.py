"""Comparing: rules added, removed, covered otherwise; links and domains that change; and what merging makes of it."""

from __future__ import annotations

import polars as pl
import pytest
from disavow_lines import DOMAINS, GUARDS, HOSTS, QUESTIONS, disavow, files, texts
from hypothesis import given

from detector.disavow.combining import merge
from detector.disavow.comparing import CHANGE, Changed, compare
from detector.disavow.known import KNOWN_LINK, KnownLinks
from detector.disavow.parsing import DisavowFile
from detector.disavow.rules import RuleSet
from detector.links import hostnames

OLD = """domain:kept.example
http://kept.example/again
domain:shop.example
http://page.example/a
domain:gone.example
domain: dead.example
domain:a.wide.example
"""
NEW = """domain:KEPT.example
domain:www.shop.example
https://shop.example/x
domain:page.example
domain:dead.example
domain:wide.example
domain:new.example
http://kept.example/again
"""


def entries(changes: list[Changed]) -> list[tuple[int, str]]:
    return [(one.line, one.rule.text) for one in changes]


def known(*rows: tuple[str | None, str, bool | None]) -> KnownLinks:
    """Links of (page or None, host, followed)."""
    frame = pl.LazyFrame(
        [(url, host, DOMAINS.referring_domain(host), followed, True) for url, host, followed in rows],
        KNOWN_LINK,
        orient="row",
    )
    return KnownLinks(frame, frame)


def test_every_sort_of_change() -> None:
    result = compare(disavow(OLD), disavow(NEW))
    assert result.kept == 2
    assert entries(list(result.added)) == [
        (4, "domain:page.example"),
        (5, "domain:dead.example"),
        (6, "domain:wide.example"),
        (7, "domain:new.example"),
    ]
    assert entries(list(result.added_needlessly)) == [
        (2, "domain:www.shop.example"),
        (3, "https://shop.example/x"),
    ]
    assert entries(list(result.now_covered)) == [(4, "http://page.example/a"), (7, "domain:a.wide.example")]
    assert entries(list(result.no_longer_covered)) == [(3, "domain:shop.example"), (5, "domain:gone.example")]
    assert [one.covered_by and one.covered_by.text for one in result.now_covered] == ["domain:page.example", "domain:wide.example"]  # fmt: skip
    shop = result.no_longer_covered[0]
    assert texts(tuple(shop.narrower)) == ["domain:www.shop.example", "https://shop.example/x"]
    assert result.added[1].out_of_force == 6
    assert result.links is None


def test_what_it_means_for_links() -> None:
    links = known(
        ("http://page.example/b", "page.example", True),
        ("http://page.example/a", "page.example", True),  # covered before and after
        ("https://sub.new.example/1", "sub.new.example", False),
        ("https://sub.new.example/2", "sub.new.example", None),
        (None, "dead.example", None),
        ("http://shop.example/lost", "shop.example", True),
        ("http://www.shop.example/kept", "www.shop.example", True),
        ("http://other.example/", "other.example", True),
    )
    changes = compare(disavow(OLD), disavow(NEW), links).links
    assert changes is not None
    assert changes.covered.schema == CHANGE
    assert changes.covered.rows() == [
        ("new.example", 2, 0, 1, "https://sub.new.example/1"),
        ("page.example", 1, 1, 0, "http://page.example/b"),
        ("dead.example", 0, 0, 0, None),
    ]
    assert changes.uncovered.rows() == [("shop.example", 1, 1, 0, "http://shop.example/lost")]
    told = changes.as_dict()
    assert (told["covered"]["links"], told["covered"]["followed"], told["covered"]["unknown"]) == (3, 1, 1)
    assert told["covered"]["referring_domains"] == 3
    assert told["uncovered"]["by_domain"][0]["referring_domain"] == "shop.example"


ALL = known(
    *((url, hostnames.of_text(url) or "", True) for url in QUESTIONS), *((None, host, None) for host in HOSTS)
)


def in_force(file: DisavowFile) -> RuleSet:
    return RuleSet(line.rule for line in file.lines if line.rule and line.in_force)


@given(files)
def test_a_file_and_itself_differ_in_nothing(file: DisavowFile) -> None:
    result = compare(file, file, ALL)
    assert not any((result.added, result.added_needlessly, result.now_covered, result.no_longer_covered))
    assert result.links is not None
    assert result.links.covered.is_empty()
    assert result.links.uncovered.is_empty()


@given(files, files)
def test_links_change_as_the_rules_in_force_say(old: DisavowFile, new: DisavowFile) -> None:
    result = compare(old, new, ALL)
    assert result.links is not None
    before = {url for url in QUESTIONS if in_force(old).covers_url(url)}
    after = {url for url in QUESTIONS if in_force(new).covers_url(url)}
    assert result.links.covered["links"].sum() == len(after - before)
    assert result.links.uncovered["links"].sum() == len(before - after)
    if not (result.added or result.no_longer_covered):
        assert before == after


@given(files, files)
def test_there_and_back_is_the_same_change(old: DisavowFile, new: DisavowFile) -> None:
    forth, back = compare(old, new), compare(new, old)
    assert entries(list(forth.added)) == entries(list(back.no_longer_covered))
    assert entries(list(forth.added_needlessly)) == entries(list(back.now_covered))
    assert forth.kept == back.kept


@given(files, files)
def test_merging_only_adds(one: DisavowFile, other: DisavowFile) -> None:
    """Against a merged file, the first one loses nothing but what a guard forbids."""
    merged = DisavowFile.parse(merge([one, other], GUARDS).data)
    result = compare(one, merged)
    assert all(GUARDS.reason(lost.rule.value) for lost in result.no_longer_covered)
    wanted = {rule for file in (one, other) for rule in file.rules if GUARDS.reason(rule.value) is None}
    assert {changed.rule for changed in result.added} <= wanted


@pytest.mark.parametrize("empty", ["", "# nothing yet\n"])
def test_an_empty_file(empty: str) -> None:
    result = compare(disavow(empty), disavow("domain:a.example\n"))
    assert entries(list(result.added)) == [(1, "domain:a.example")]
    assert result.as_dict()["added"] == [
        {"line": 1, "entry": "domain:a.example", "covered_by": None, "narrower": [], "out_of_force": None}
    ]
