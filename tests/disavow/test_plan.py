"""Verdicts become rules: the fewest that cover what is flagged and nothing that is kept."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from planning_helpers import GUARDS, link, named, profile, rule, verdicts

from detector.disavow.judged import BY_PERSON, Judged
from detector.disavow.plan import Plan, plan
from detector.disavow.profile import Profile
from detector.disavow.rules import RuleSet
from detector.guards import Guards


def planned(
    table: pl.DataFrame, known: Profile, former: tuple[str, ...] = (), guards: Guards = GUARDS
) -> Plan:
    return plan(table, known, guards=guards, former=[rule(text) for text in former])


def texts(made: Plan) -> list[str]:
    return [one.rule.text for one in made.rules]


def why(made: Plan) -> dict[str, str]:
    return {left.what: left.why for left in made.left_out}


NOTHING = profile()


def test_domains_and_tenants_with_a_host_become_domain_rules() -> None:
    made = planned(
        verdicts(
            ("spam.example", "disavow", 0.99, "link farm", "one anchor on many domains"),
            ("x.wordpress.com", "disavow"),
            ("💩.la", "disavow", 0.8, None, None),
            ("192.0.2.7", "disavow"),
            ("fine.example", "keep"),
            ("doubtful.example", "review"),
            ("noise.example", "ignore"),
        ),
        profile("https://www.spam.example/1", "https://spam.example/2", "https://fine.example/"),
    )
    assert texts(made) == [
        "domain:spam.example",
        "domain:x.wordpress.com",
        "domain:xn--ls8h.la",
        "domain:192.0.2.7",
    ]
    first = made.rules[0]
    assert (first.unit, first.kind, first.probability) == ("spam.example", "link farm", 0.99)
    assert (first.reasons, first.links, first.followed) == ("one anchor on many domains", 2, 2)
    assert made.left_out == []


def test_path_tenants_and_ipv6_become_a_url_line_for_each_known_page() -> None:
    made = planned(
        verdicts(("medium.com/@x", "disavow"), ("[2001:db8::1]", "disavow")),
        profile(
            "https://medium.com/@x/b",
            "https://medium.com/@x/a#part",
            "https://medium.com/@x/a",
            "https://medium.com/@x/ü",
            "https://medium.com/@other/c",
            link(None, unit="medium.com/@x"),
            "http://[2001:db8::1]/p",
        ),
    )
    assert sorted(texts(made)) == [
        "http://[2001:db8::1]/p",
        "https://medium.com/@x/%C3%BC",
        "https://medium.com/@x/a",
        "https://medium.com/@x/b",
    ]
    assert {one.links for one in made.rules if one.rule.value.endswith("/a")} == {2}


def test_pages_without_a_passing_link_get_no_line_of_their_own() -> None:
    """A URL line covers nothing else, so it would do nothing; a page that a person named is another matter."""
    made = planned(
        verdicts(
            ("medium.com/@x", "disavow"),
            ("[2001:db8::1]", "disavow"),
            ("https://medium.com/@y/named", "disavow"),
        ),
        profile(
            "https://medium.com/@x/passes",
            link("https://medium.com/@x/nofollow", rel_nofollow=True),
            link("https://medium.com/@x/gone", lost=True),
            link("https://medium.com/@x/both", rel_nofollow=True),
            "https://medium.com/@x/both",
            link("https://medium.com/@x/untold", rel_nofollow=None, lost=None),
            link("http://[2001:db8::1]/p", rel_nofollow=True),
            link("https://medium.com/@y/named", rel_nofollow=True),
        ),
    )
    assert sorted(texts(made)) == [
        "https://medium.com/@x/both",
        "https://medium.com/@x/passes",
        "https://medium.com/@x/untold",
        "https://medium.com/@y/named",
    ]
    without = ["http://[2001:db8::1]/p", "https://medium.com/@x/gone", "https://medium.com/@x/nofollow"]
    assert why(made) == dict.fromkeys(without, "every known link on it is nofollow, ugc, sponsored or gone")


def test_a_page_without_a_passing_link_that_an_old_line_covers_is_not_called_left_out() -> None:
    gone = link("https://medium.com/@x/gone", lost=True)
    made = planned(
        verdicts(("medium.com/@x", "disavow")), profile(gone), former=("https://medium.com/@x/gone",)
    )
    assert (texts(made), made.left_out, len(made.covered)) == ([], [], 1)


def test_what_cannot_become_a_rule_is_left_out_and_said() -> None:
    long = "https://medium.com/@x/" + "ü" * 400  # 2,400 characters once encoded
    made = planned(
        verdicts(("medium.com/@x", "disavow"), ("medium.com/@unknown", "disavow"), ("no host", "disavow")),
        profile(long, link("ftp://medium.com/@x/a", unit="medium.com/@x")),
    )
    assert made.rules == []
    assert why(made)[rule_text(long)] == "it is longer than 2,048 characters"
    assert why(made)["ftp://medium.com/@x/a"] == "it is no absolute http(s) URL"
    assert "name none that links" in why(made)["medium.com/@unknown"]
    assert "no host" in why(made)["no host"]


def rule_text(url: str) -> str:
    return url.replace("ü", "%C3%BC")


def test_tenants_never_add_up_to_their_platform() -> None:
    made = planned(
        verdicts(*((f"t{n}.blogspot.com", "disavow") for n in range(5)), ("medium.com/@x", "disavow")),
        profile(*(f"https://t{n}.blogspot.com/" for n in range(5)), "https://medium.com/@x/1", "https://medium.com/@x/2"),
    )  # fmt: skip
    assert len(made.rules) == 7
    assert not {"domain:blogspot.com", "domain:medium.com"} & set(texts(made))


def test_a_platform_that_a_person_marks_gets_its_own_pages_and_no_domain() -> None:
    made = planned(
        verdicts(("medium.com", "disavow", None, BY_PERSON), ("medium.com/@x", "keep")),
        profile("https://medium.com/tag/casino", "https://medium.com/@x/1"),
    )
    assert texts(made) == ["https://medium.com/tag/casino"]
    assert why(made) == {"medium.com": "a guard forbids it (platform)"}


def test_a_guard_forbids_pages_as_well() -> None:
    table = verdicts(
        ("google.com", "disavow"), ("my-site.example", "disavow"), ("https://friend.example/p", "disavow")
    )
    made = planned(table, profile("https://www.google.com/a", "https://my-site.example/b"))
    assert made.rules == []
    assert why(made)["google.com"] == "a guard forbids it (search engine)"
    assert why(made)["https://my-site.example/b"] == "a guard forbids it (own site)"
    assert why(made)["https://friend.example/p"] == "a guard forbids it (whitelist)"


# ------------------------------------------------------------------ parts of a site


def test_what_is_kept_below_a_flagged_domain_is_left_alone() -> None:
    """The rules around it are as wide as they may be: sub-domains, and pages at the host that has kept links."""
    made = planned(
        verdicts(("bad.example", "disavow"), ("good.bad.example", "keep"), ("https://bad.example/fine", "keep")),
        profile(
            "https://good.bad.example/1",
            "https://bad.example/fine",
            "https://bad.example/spam-1",
            "https://bad.example/spam-2",
            "https://a.wild.bad.example/1",
            "https://b.wild.bad.example/2",
            "https://lone.bad.example/1",
        ),
    )  # fmt: skip
    assert sorted(texts(made)) == [
        "domain:wild.bad.example",
        "https://bad.example/spam-1",
        "https://bad.example/spam-2",
        "https://lone.bad.example/1",
    ]
    assert "something below it is kept" in why(made)["bad.example"]
    wild = next(one for one in made.rules if one.rule.value == "wild.bad.example")
    assert (wild.pages, wild.links, wild.unit) == (2, 2, "bad.example")
    assert {one.rule.text for one in made.covered} == {
        "https://a.wild.bad.example/1",
        "https://b.wild.bad.example/2",
    }


def test_a_whitelisted_host_below_a_flagged_domain_narrows_the_rules() -> None:
    guards = Guards(GUARDS.domains, site="my-site.example", whitelist=["shop.bad.example"])
    known = profile("https://shop.bad.example/1", "https://x.bad.example/1", "https://x.bad.example/2")
    made = planned(verdicts(("bad.example", "disavow")), known, guards=guards)
    assert texts(made) == ["domain:x.bad.example"]
    assert why(made)["bad.example"] == "a guard forbids it (whitelist)"
    assert why(made)["https://shop.bad.example/1"] == "a guard forbids it (whitelist)"


def test_bad_pages_of_a_site_never_become_a_rule_on_the_site() -> None:
    """Not even where every known page of it is flagged: the site itself is marked keep."""
    pages = [f"https://{host}all.example/{n}" for host in ("", "www.", "blog.") for n in (1, 2)]
    made = planned(verdicts(("all.example", "keep"), *((page, "disavow") for page in pages)), profile(*pages))
    assert sorted(texts(made)) == sorted([*pages[:4], "domain:blog.all.example"])


def test_a_page_without_a_verdict_on_its_site_keeps_the_site() -> None:
    table = verdicts(("https://half.example/bad", "disavow"), ("https://half.example/worse", "disavow"))
    made = planned(table, profile(*(f"https://half.example/{name}" for name in ("bad", "worse", "good"))))
    assert sorted(texts(made)) == ["https://half.example/bad", "https://half.example/worse"]


def test_a_link_of_unknown_page_is_kept() -> None:
    table = verdicts(("https://h.gap.example/1", "disavow"), ("https://h.gap.example/2", "disavow"))
    unknown = link(None, unit="gap.example", source_host="h.gap.example")
    made = planned(table, profile("https://h.gap.example/1", "https://h.gap.example/2", unknown))
    assert len(made.rules) == 2


def test_a_page_that_no_link_is_known_on_is_planned_all_the_same() -> None:
    made = planned(verdicts(("https://unknown.example/1", "disavow")), NOTHING)
    assert texts(made) == ["https://unknown.example/1"]
    assert made.rules[0].unit == "unknown.example"


def test_a_host_below_a_kept_site_is_disavowed_as_a_whole_where_it_was_judged() -> None:
    made = planned(
        verdicts(("good.example", "keep"), ("spam.good.example", "disavow", None, BY_PERSON)),
        profile("https://good.example/", "https://spam.good.example/1"),
    )
    assert texts(made) == ["domain:spam.good.example"]


# ------------------------------------------------------------------ the former file, and repeats


def test_what_an_old_line_covers_needs_none() -> None:
    made = planned(
        verdicts(("old.example", "disavow"), ("half.example", "disavow"), ("medium.com/@x", "disavow")),
        profile(
            "https://old.example/",
            "https://www.half.example/1",
            "https://medium.com/@x/1",
            "https://medium.com/@x/2",
        ),
        former=("domain:old.example", "domain:www.half.example", "https://medium.com/@x/1"),
    )
    assert texts(made) == ["domain:half.example", "https://medium.com/@x/2"]
    assert [one.rule.text for one in made.covered] == ["domain:old.example", "https://medium.com/@x/1"]


def test_old_lines_take_part_in_the_count() -> None:
    """Of two pages of a host one is covered: its host would save no line, so the page alone is named."""
    pages = ["https://blog.all.example/1", "https://blog.all.example/2"]
    table = verdicts(("all.example", "keep"), *((page, "disavow") for page in pages))
    assert texts(planned(table, profile(*pages))) == ["domain:blog.all.example"]
    assert texts(planned(table, profile(*pages), former=(pages[0],))) == [pages[1]]


def test_each_rule_stands_once_with_the_most_careful_of_equal_names() -> None:
    made = planned(verdicts(("spam.example", "disavow", 0.8), ("SPAM.example", "disavow", 0.9)), NOTHING)
    assert texts(made) == ["domain:spam.example"]
    made = planned(verdicts(("spam.example", "disavow"), ("spam.example", "keep")), NOTHING)
    assert made.rules == []


def test_a_domain_known_by_name_only_gets_its_rule() -> None:
    made = planned(verdicts(("spam.example", "disavow")), profile(named("spam.example")))
    assert [(one.rule.text, one.links) for one in made.rules] == [("domain:spam.example", 0)]
    assert made.rules[0].worth > 0


def test_links_that_pass_no_credit_make_a_rule_worth_nothing_and_do_not_forbid_it() -> None:
    gone = link("https://a.example/1", lost=True)
    nofollow = link("https://b.example/1", rel_nofollow=True)
    table = verdicts(("a.example", "disavow"), ("b.example", "disavow"), ("c.example", "disavow"))
    made = planned(table, profile(gone, nofollow, "https://c.example/1"))
    assert [one.worth for one in made.rules] == [0, 0, made.rules[2].worth]
    assert made.rules[2].worth > 0


def test_a_page_to_be_kept_that_no_link_is_known_on_narrows_the_rules() -> None:
    table = verdicts(("bad.example", "disavow"), ("https://www.bad.example/fine", "keep"))
    made = planned(table, profile("https://bad.example/spam"))
    assert texts(made) == ["https://bad.example/spam"]


# ------------------------------------------------------------------ properties

HOST = st.sampled_from(["", "www.", "a.", "b.", "x.a.", "y.a.", "good."])
SITE = st.sampled_from(["one.example", "two.example", "t.blogspot.com", "u.blogspot.com"])
URL = st.one_of(
    st.builds("https://{}{}/{}".format, HOST, SITE, st.integers(1, 3)),
    st.builds("https://medium.com/@{}/{}".format, st.sampled_from("pq"), st.integers(1, 3)),
)
NAME = st.one_of(
    SITE, st.builds("{}{}".format, HOST, SITE), URL, st.sampled_from(["medium.com", "medium.com/@p", "medium.com/@q"])
)  # fmt: skip
WORD = st.sampled_from(["disavow", "disavow", "keep", "review", "ignore"])
OLD = st.sampled_from(
    ["domain:one.example", "domain:a.two.example", "https://medium.com/@p/1", "domain:u.blogspot.com"]
)


@given(st.lists(st.tuples(NAME, WORD), max_size=8), st.lists(URL, max_size=12), st.lists(OLD, max_size=2))
def test_no_plan_covers_what_is_kept_and_none_leaves_out_in_silence(
    rows: list[tuple[str, str]], urls: list[str], former: list[str]
) -> None:
    known = profile(*urls)
    made = planned(verdicts(*rows), known, former=tuple(former))
    new = RuleSet(one.rule for one in made.rules)
    both = RuleSet([*(one.rule for one in made.rules), *(rule(text) for text in former)])
    asked = Judged(verdicts(*rows))
    said = {left.what for left in made.left_out}
    for url in urls:
        host, unit = GUARDS.domains.host(url) or "", GUARDS.domains.referring_domain(url) or ""
        verdict = asked.of_page(url, host, unit)
        if verdict is None or not verdict.flagged:
            assert not new.covers_url(url), (url, texts(made))
        else:
            assert both.covers_url(url) or url in said, (url, texts(made), said)
    for one in made.rules:
        assert GUARDS.reason(one.rule.value) is None
        assert not RuleSet(other.rule for other in made.rules if other is not one).covers(one.rule)
        assert one.worth >= 0
