"""What a file takes away: counted behind each rule and in total, nothing twice, nothing that is kept."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning_helpers import GUARDS, judged, link, named, profile, rule

from detector.disavow.judged import Judged
from detector.disavow.loss import Losses, losses
from detector.disavow.plan import plan
from detector.disavow.planned import PlannedRule
from detector.disavow.profile import Profile
from detector.disavow.rules import RuleSet
from detector.errors import DetectorError


def lost(known: Profile, asked: Judged, *former: str) -> Losses:
    old = [rule(text) for text in former]
    made = plan(asked, known, guards=GUARDS, former=old)
    return losses(known, asked, new=made.rules, old=old)


def row(found: Losses, text: str) -> dict[str, Any]:
    rows = [one for one in found.rules.iter_rows(named=True) if one["rule"] == text]
    assert len(rows) == 1
    return rows[0]


def counts(found: Losses, part: str) -> tuple[int, int, int, int]:
    total = found.totals[part]
    return total["links"], total["followed_links"], total["live_links"], total["referring_domains"]


DR = {"domain_authority_metric": "ahrefs_dr"}
SPAM = [
    link("https://www.spam.example/1", domain_authority=20.0, **DR),
    link("https://spam.example/2", rel_nofollow=True, domain_authority=30.0, **DR),
    link("https://a.spam.example/3", lost=True),
    link("https://spam.example/4", rel_nofollow=None, lost=None),
]
FINE = [
    link("https://fine.example/1", domain_authority=50.0, **DR),
    link("https://fine.example/2", domain_authority=50.0, **DR),
]


def test_each_kind_of_link_is_counted_behind_its_rule() -> None:
    found = lost(profile(*SPAM, *FINE), judged(("spam.example", "disavow", 0.9), ("fine.example", "keep")))
    spam = row(found, "domain:spam.example")
    assert (spam["links"], spam["followed_links"], spam["untold_links"], spam["live_links"]) == (4, 3, 1, 3)
    assert (spam["passing_links"], spam["referring_domains"], spam["kept_links"]) == (2, 1, 0)
    assert (spam["authority"], spam["authority_metric"]) == (30.0, "Ahrefs DR")
    assert (spam["status"], spam["probability"], spam["referring_domain"]) == ("new", 0.9, "spam.example")
    assert counts(found, "profile") == (6, 5, 5, 2)
    assert counts(found, "new") == counts(found, "file") == counts(found, "flagged") == (4, 3, 3, 1)
    assert found.totals["new"]["shares"]["links"] == pytest.approx(4 / 6, abs=1e-6)
    # 1 followed live link and one that counts 0.7, of a domain rated 30; 2 links of one rated 50.
    assert found.totals["new"]["shares"]["authority"] == pytest.approx(1.7 * 30 / (1.7 * 30 + 100), abs=1e-6)


def test_what_old_lines_take_already_is_told_apart() -> None:
    asked = judged(("spam.example", "disavow"), ("fine.example", "keep"))
    found = lost(profile(*SPAM, *FINE), asked, "domain:www.spam.example", "https://fine.example/1")
    assert row(found, "domain:spam.example")["links"] == 4
    assert row(found, "domain:spam.example")["already_covered"] == 1
    assert row(found, "https://fine.example/1")["kept_links"] == 1
    assert counts(found, "old")[0] == 2
    assert counts(found, "new")[0] == 3
    assert counts(found, "file")[0] == 5
    assert counts(found, "kept_by_old")[0] == 1


def test_pages_are_counted_in_every_spelling() -> None:
    known = profile(
        "https://medium.com/@x/a#top", "https://MEDIUM.com:443/@x/a", "https://medium.com/@x/b", "https://medium.com/@y/a"
    )  # fmt: skip
    found = lost(known, judged(("medium.com/@x", "disavow"), ("medium.com/@y", "keep")))
    assert row(found, "https://medium.com/@x/a")["links"] == 2
    assert row(found, "https://medium.com/@x/b")["links"] == 1
    assert row(found, "https://medium.com/@x/a")["authority"] is None
    assert counts(found, "file")[0] == 3


def test_ratings_of_different_tools_are_not_mixed() -> None:
    known = profile(
        link("https://a.example/1", domain_authority=10.0, **DR),
        link("https://b.example/1", domain_authority=10.0, **DR),
        link("https://c.example/1", domain_authority=90.0, domain_authority_metric="moz_da"),
        link("https://d.example/1", trust_flow=7.0),
        link("https://e.example/1", domain_authority=1.0, domain_authority_metric="moz_da",
             other_scores="domain_authority:ahrefs_dr=33.5|domain_authority:moz_da=1.0"),
        link("https://medium.com/@x/1", domain_authority=94.0, **DR),
        link("https://f.example/1", domain_authority=5.0, domain_authority_metric="a tool we do not know"),
    )  # fmt: skip
    found = lost(
        known, judged(*((f"{name}.example", "disavow") for name in "abcdef"), ("medium.com/@x", "disavow"))
    )
    assert (found.metric, found.rated_domains) == ("ahrefs_dr", 3)
    shown = {
        one["rule"]: (one["authority"], one["authority_metric"]) for one in found.rules.iter_rows(named=True)
    }
    assert shown["domain:a.example"] == (10.0, "Ahrefs DR")
    assert shown["domain:c.example"] == (90.0, "Moz DA")
    assert shown["domain:d.example"] == (7.0, "Majestic TF")
    assert shown["domain:e.example"] == (33.5, "Ahrefs DR")
    assert shown["domain:f.example"] == (None, None)
    assert shown["https://medium.com/@x/1"] == (None, None)  # the rating is the platform's


def test_without_any_rating_there_is_no_share_of_authority() -> None:
    found = lost(profile("https://spam.example/"), judged(("spam.example", "disavow")))
    assert found.metric is None
    assert found.totals["file"]["shares"]["authority"] is None


def test_a_domain_known_by_name_only_counts_as_a_domain() -> None:
    found = lost(profile(named("spam.example"), "https://fine.example/"), judged(("spam.example", "disavow")))
    assert row(found, "domain:spam.example")["referring_domains"] == 1
    assert counts(found, "new") == (0, 0, 0, 1)


def test_first_to_look_at_is_what_costs_most_if_the_verdict_is_wrong() -> None:
    many = [link(f"https://many.example/{n}", domain_authority=40.0, **DR) for n in range(9)]
    sure = [link(f"https://sure.example/{n}", domain_authority=40.0, **DR) for n in range(9)]
    small = [link("https://small.example/", domain_authority=40.0, **DR)]
    dead = [link(f"https://dead.example/{n}", lost=True) for n in range(99)]
    asked = judged(
        ("many.example", "disavow", 0.93), ("sure.example", "disavow", 0.999), ("small.example", "disavow", 0.93),
        ("dead.example", "disavow", 0.93),
    )  # fmt: skip
    found = lost(profile(*many, *sure, *small, *dead), asked)
    assert found.to_look_at()["rule"].to_list() == [
        f"domain:{name}.example" for name in ("many", "small", "sure")
    ]
    assert found.to_look_at(1).height == 1


def test_a_rule_that_covers_what_is_kept_makes_no_plan() -> None:
    asked = judged(("spam.example", "disavow"), ("fine.example", "keep"))
    wrong = PlannedRule(rule("domain:fine.example"), "fine.example", "", 0.9)
    with pytest.raises(DetectorError, match=r"domain:fine\.example would cover links that are kept"):
        losses(profile(*SPAM, *FINE), asked, new=[wrong])


URLS = st.one_of(
    st.builds(
        "https://{}{}/{}".format,
        st.sampled_from(["", "www.", "a.", "x.a."]),
        st.sampled_from(["one.example", "two.example", "t.blogspot.com"]),
        st.integers(1, 3),
    ),
    st.builds("https://medium.com/@{}/{}".format, st.sampled_from("pq"), st.integers(1, 2)),
)
LINK = st.builds(
    lambda url, nofollow, gone: link(url, rel_nofollow=nofollow, lost=gone),
    URLS,
    st.sampled_from([True, False, None]),
    st.sampled_from([True, False, None]),
)
NAMES = st.one_of(
    st.sampled_from(["one.example", "two.example", "a.one.example", "t.blogspot.com", "medium.com/@p"]), URLS
)


@given(
    st.lists(LINK, max_size=15),
    st.lists(st.tuples(NAMES, st.sampled_from(["disavow", "disavow", "keep"])), max_size=5),
    st.sampled_from([(), ("domain:a.one.example", "https://medium.com/@p/1"), ("domain:two.example",)]),
)
def test_columnar_counts_are_those_of_one_link_at_a_time(
    links: list[dict[str, Any]], rows: list[tuple[str, str]], former: tuple[str, ...]
) -> None:
    asked = judged(*rows)
    found = lost(profile(*links), asked, *former)
    new = RuleSet(rule(text) for text in found.rules.filter(found.rules["status"] == "new")["rule"])
    old = RuleSet(rule(text) for text in former)
    behind: dict[str, list[dict[str, Any]]] = {}
    for one in links:
        for covering in (new.covers_url(one["source_url"]), old.covers_url(one["source_url"])):
            if covering:
                behind.setdefault(covering.text, []).append(one)
    for told in found.rules.iter_rows(named=True):
        mine = behind.get(told["rule"], [])
        assert told["links"] == len(mine)
        assert told["followed_links"] == sum(not one["rel_nofollow"] for one in mine)
        assert told["live_links"] == sum(not one["lost"] for one in mine)
        assert told["referring_domains"] == len({one["referring_domain"] for one in mine})
    total = [one for one in links if new.covers_url(one["source_url"]) or old.covers_url(one["source_url"])]
    assert counts(found, "file")[0] == len(total)
    assert counts(found, "profile")[0] == len(links)
