"""Merging: coverage is the union without what a guard forbids; comments live on; nothing changes the second time."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from disavow_lines import DOMAINS, GUARDS, allowed, covered, disavow, files, texts
from hypothesis import given
from hypothesis import strategies as st

from detector.disavow.combining import Merged, merge, reasons, wider_rule
from detector.disavow.merging import one_line
from detector.disavow.parsing import BLANK, COMMENT, DisavowFile
from detector.disavow.rules import DOMAIN, Limits, Rule, RuleSet
from detector.errors import InputError
from detector.guards import Guards


def merged_text(*made: DisavowFile) -> str:
    return merge(made, GUARDS).data.decode()


def told(result: Merged, name: str) -> list[tuple[str, int, str, str]]:
    return [(one.file, one.line, one.entry, one.because) for one in getattr(result, name)]


# ------------------------------------------------------------------------------------------------ by example


def test_each_rule_once_with_the_first_reason_and_no_comment_lost() -> None:
    old = disavow(
        "# Bob's links, 2014\ndomain:spam.example\n\n# hacked\nhttp://blog.example/bad\n", "old.txt"
    )
    new = disavow("# toxic\ndomain:spam.example\n# scraper\ndomain:scraper.test\n", "dir/new.txt")
    assert merged_text(old, new) == (
        "# Bob's links, 2014\ndomain:spam.example\n\n# hacked\nhttp://blog.example/bad\n\n"
        "# from new.txt\n\n# toxic\n# (already listed: domain:spam.example)\n\n# scraper\ndomain:scraper.test\n"
    )


def test_a_comment_that_an_earlier_file_has_is_not_said_again() -> None:
    old = disavow("# bought\ndomain:spam.example\n")
    assert merged_text(old, disavow("# bought\ndomain:spam.example\n")) == "# bought\ndomain:spam.example\n"


@pytest.mark.parametrize("wide_first", [True, False])
def test_a_covered_rule_is_left_out_whichever_comes_first(wide_first: bool) -> None:
    wide = disavow("domain:spam.example\n", "wide.txt")
    narrow = disavow("# one page\nhttp://a.spam.example/x\n# twice\ndomain:www.spam.example\ndomain:b.example\n", "narrow.txt")  # fmt: skip
    result = merge([wide, narrow] if wide_first else [narrow, wide], GUARDS)
    assert sorted(texts(result.rules)) == ["domain:b.example", "domain:spam.example"]
    assert told(result, "covered") == [
        ("narrow.txt", 2, "http://a.spam.example/x", "domain:spam.example"),
        ("narrow.txt", 4, "domain:www.spam.example", "domain:spam.example"),
    ]
    text = result.data.decode()
    assert "# one page\n# (already listed: http://a.spam.example/x)\n\n# twice\ndomain:b.example\n" in text


def test_covered_by_names_the_widest_rule_that_stands_there() -> None:
    result = merge([disavow("domain:a.b.spam.example\ndomain:b.spam.example\ndomain:spam.example\n")], GUARDS)
    assert {one.because for one in result.covered} == {"domain:spam.example"}
    assert texts(result.rules) == ["domain:spam.example"]


def test_www_is_never_merged_with_the_bare_host() -> None:
    result = merge([disavow("domain:www.spam.example\n"), disavow("https://spam.example/\n")], GUARDS)
    assert texts(result.rules) == ["domain:www.spam.example", "https://spam.example/"]


def test_what_a_guard_forbids_is_held_back_and_wakes_nothing() -> None:
    text = "domain:blogspot.com\ndomain: org.br\ndomain:x.friend.example\nhttps://my-site.example/a\ndomain:x.blogspot.com\n"
    result = merge([disavow(text, "old.txt")], GUARDS)
    assert result.data.decode() == (
        "# held back (platform): domain:blogspot.com\n# held back (public suffix): domain: org.br\n"
        "# held back (whitelist): domain:x.friend.example\n# held back (own site): https://my-site.example/a\n"
        "domain:x.blogspot.com\n"
    )
    assert [code for *_, code in told(result, "held_back")] == ["platform", "public_suffix", "whitelist", "own_site"]  # fmt: skip
    assert not result.woken


def test_what_is_plain_is_mended_and_what_was_dead_is_told() -> None:
    result = merge([disavow("domain: spam.example\nDOMAIN:Farm.Test\ndomain: b.example\n", "a.txt"), disavow("domain:b.example\n")], GUARDS)  # fmt: skip
    assert texts(result.rules) == ["domain:spam.example", "domain:farm.test", "domain:b.example"]
    assert told(result, "woken") == [("a.txt", 1, "domain: spam.example", "domain:spam.example")]
    assert [one.line for one in result.respelled] == [1, 2, 3]


def test_a_line_that_google_does_not_read_stays_as_a_comment() -> None:
    result = merge([disavow("*.spam.example\ndomain:spam.example/path\nspam.example\n", "a.txt")], GUARDS)
    assert result.rules == ()
    assert result.data.decode().splitlines() == [
        f"# not a rule Google reads ({one.because}): {one.entry}" for one in result.unread
    ]
    assert [one.line for one in result.unread] == [1, 2, 3]


def test_a_comment_that_stands_for_a_line_is_no_reason_for_the_lines_below() -> None:
    file = disavow(
        "# bought\ndomain:a.example\ndomain:blogspot.com\ndomain:b.example\n*.c.example\n\ndomain:d.example\n"
    )
    assert reasons(file) == {2: "bought", 3: "bought", 4: "bought", 5: "bought"}
    once = disavow(merged_text(file))
    assert reasons(once) == dict.fromkeys((2, 3, 4, 5), "bought")
    assert merged_text(once, file) == once.text


def test_decoration_of_a_single_file_is_kept() -> None:
    text = "# -----\n# Head\n# -----\n\n# -----\n# Next\n# -----\ndomain:spam.example\n"
    assert merged_text(disavow(text)) == text


def test_many_left_out_rules_are_counted_in_the_comment() -> None:
    rules = "".join(f"domain:s{n}.example\n" for n in range(6))
    assert (
        "# (already listed: domain:s0.example, domain:s1.example, domain:s2.example and 3 more)\n"
        in merged_text(disavow(rules), disavow(f"# why\n{rules}"))
    )


def test_over_the_limits_is_refused_with_what_would_help() -> None:
    made = [disavow("# a\ndomain:a.example\n", "a.txt"), disavow("# b\ndomain:b.example\n", "b.txt")]
    with pytest.raises(InputError, match=r"a.txt \+ b.txt: merged they are over Google's limits: 7 lines \(of at most 3\).*fits \(2 lines, 34 bytes\). Take comments out"):  # fmt: skip
        merge(made, GUARDS, Limits(lines=3))
    with pytest.raises(InputError, match=r"is over them too.*prune"):
        merge(made, GUARDS, Limits(lines=1))
    with pytest.raises(InputError, match="bytes"):
        merge(made, GUARDS, Limits(bytes=40))


def test_the_summary_counts_what_is_there() -> None:
    result = merge([disavow("domain:a.example\nhttp://b.example/\n", "a.txt"), disavow("domain:a.example\n", "b.txt")], GUARDS)  # fmt: skip
    summary = result.as_dict()
    assert summary["files"] == [{"file": "a.txt", "rules": 2}, {"file": "b.txt", "rules": 0}]
    assert (summary["rules"], summary["domain_rules"], summary["url_rules"], summary["lines"]) == (2, 1, 1, 2)
    assert summary["bytes"] == len(result.data)
    assert summary["duplicates"] == [{"file": "b.txt", "line": 1, "entry": "domain:a.example", "because": ""}]


@pytest.mark.parametrize(
    ("rule", "wider"),
    [
        (Rule(DOMAIN, "spam.example"), None),
        (Rule(DOMAIN, "a.spam.example"), "spam.example"),
        (Rule("url", "http://a.spam.example:81/x"), "spam.example"),
        (Rule(DOMAIN, "192.0.2.7"), None),
        (Rule("url", "http://192.0.2.7/"), "192.0.2.7"),
    ],
)
def test_the_wider_rule(rule: Rule, wider: str | None) -> None:
    rules = RuleSet([Rule(DOMAIN, "spam.example"), Rule(DOMAIN, "192.0.2.7"), Rule(DOMAIN, "0.2.7"), rule])
    assert wider_rule(rule, rules) == (Rule(DOMAIN, wider) if wider else None)


# ------------------------------------------------------------------------------------------------ properties

several = st.lists(files, min_size=1, max_size=3)


@given(several)
def test_the_result_covers_the_union_without_what_is_guarded(made: list[DisavowFile]) -> None:
    result = merge(made, GUARDS)
    assert covered(RuleSet(result.rules)) == covered(allowed(*made))
    assert len(set(result.rules)) == len(result.rules)


@given(several)
def test_the_result_is_valid_and_every_line_counts(made: list[DisavowFile]) -> None:
    parsed = DisavowFile.parse(merge(made, GUARDS).data)
    assert all(line.in_force for line in parsed.lines if line.kind not in (BLANK, COMMENT))
    rules = list(parsed.rules)
    for place, rule in enumerate(rules):
        assert RuleSet(rules[:place] + rules[place + 1 :]).covers(rule) is None


@given(several)
def test_no_line_is_lost(made: list[DisavowFile]) -> None:
    """Every comment stands in the result; every entry is a rule there, is covered, or stands in a comment."""
    result = merge(made, GUARDS)
    lines = set(result.data.decode().split("\n"))
    comments = "\n".join(line for line in lines if line.startswith("#"))
    rules = RuleSet(result.rules)
    for file in made:
        for line in file.lines:
            text = " ".join(one_line(line.text).split())
            if line.rule and rules.covers(line.rule):
                continue
            if line.kind != BLANK:
                assert text in " ".join(comments.split())


@given(several)
def test_merging_again_changes_nothing(made: list[DisavowFile]) -> None:
    once = DisavowFile.parse(merge(made, GUARDS).data, "merged.txt")
    assert merge([once], GUARDS).data == once.data
    assert merge([once, once], GUARDS).data == once.data
    assert merge([once, *made], GUARDS).data == once.data


@given(files, files)
def test_the_order_of_files_changes_no_cover(one: DisavowFile, other: DisavowFile) -> None:
    forth, back = merge([one, other], GUARDS), merge([other, one], GUARDS)
    assert set(forth.rules) == set(back.rules)


# ------------------------------------------------------------------------------------------------ real files


@pytest.mark.raw
def test_all_real_files_merge_without_loss(raw: Path) -> None:
    """Pairwise and all at once; the whole is over the limits that it is then given."""
    made = [DisavowFile.parse(path.read_bytes(), path.name) for path in sorted((raw / "data/disavow").glob("*.txt"))]  # fmt: skip
    assert len(made) > 150
    guards = Guards(DOMAINS)
    wide = Limits(lines=10**9, bytes=10**9)
    for one, other in itertools.pairwise(made):
        merge([one, other], guards, wide)
    result = merge(made, guards, wide)
    wanted = {rule for file in made for rule in file.rules if guards.reason(rule.value) is None}
    rules = RuleSet(result.rules)
    assert all(rules.covers(rule) for rule in wanted)
    assert wanted.issuperset(result.rules)
    lines = set(result.data.decode().split("\n"))
    comments = {line.text.strip() for file in made for line in file.lines if line.kind == COMMENT and line.text.isprintable()}  # fmt: skip
    assert comments <= lines
    again = DisavowFile.parse(result.data, "all.txt")
    assert merge([again, *made], guards, wide).data == result.data
    with pytest.raises(InputError, match="over Google's limits"):
        merge(made, guards)
