"""The written file: merged without loss, held back where a guard says so, in the limits, valid for Google."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detector.disavow import writing
from detector.disavow.parsing import DisavowFile
from detector.disavow.plan import Plan
from detector.disavow.planned import LeftOut, PlannedRule
from detector.disavow.rules import DOMAIN, URL, Limits, Rule, RuleSet
from detector.disavow.writing import WrittenFile, write_disavow
from detector.errors import DetectorError, InputError, UsageError
from detector.guards import Guards
from detector.links.domains import Domains

GUARDS = Guards(Domains.default(), site="my-site.example", whitelist=["friend.example"])
TODAY = date(2026, 11, 21)

#: Google's rules, written again without the code under test: blank, comment, domain or absolute URL in ASCII.
GOOGLE = re.compile(
    r"|#.*|domain:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|https?://[A-Za-z0-9_.:\[\]-]+(?:[/?#][\x21-\x7e]*)?",
    re.DOTALL,
)


def domain(host: str, probability: float = 0.9, kind: str = "link farm", reasons: str = "") -> PlannedRule:
    return PlannedRule(Rule(DOMAIN, host), host, kind, probability, reasons)


def page(url: str, unit: str, probability: float = 0.9) -> PlannedRule:
    return PlannedRule(Rule(URL, url), unit, "hacked page", probability, "hidden links")


def write(
    folder: Path,
    *rules: PlannedRule,
    old: str | bytes | None = None,
    limits: Limits | None = None,
    guards: Guards = GUARDS,
) -> tuple[WrittenFile, list[str]]:
    """Write, check against Google's rules, and give the result with the lines."""
    data = old.encode() if isinstance(old, str) else old
    existing = None if data is None else DisavowFile.parse(data, "old/former.txt")
    written = write_disavow(
        folder / "disavow.txt",
        Plan(list(rules)),
        guards=guards,
        site="my-site.example",
        today=TODAY,
        existing=existing,
        limits=limits,
    )
    raw = written.path.read_bytes()
    lines = raw.decode("utf-8").split("\n")
    assert lines.pop() == ""
    check_google(raw, lines, limits or Limits())
    assert (written.lines, written.bytes) == (len(lines), len(raw))
    return written, lines


def check_google(raw: bytes, lines: list[str], limits: Limits) -> None:
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert len(raw.decode().splitlines()) == len(lines)
    assert len(raw) <= limits.bytes
    assert len(lines) <= limits.lines
    for line in lines:
        assert GOOGLE.fullmatch(line), line
        assert line.startswith("#") or len(line) <= 2048


def entries(lines: list[str]) -> list[str]:
    return [line for line in lines if line and not line.startswith("#")]


def test_a_new_file(tmp_path: Path) -> None:
    written, lines = write(
        tmp_path,
        domain("zz.example", 0.81, "link farm", "one anchor\non many domains"),
        domain("aa.example", 0.97, "link farm"),
        domain("x.wordpress.com", 0.9, "comment spam"),
        page("https://medium.com/@x/2", "medium.com/@x", 0.88),
        page("https://medium.com/@x/1", "medium.com/@x", 0.88),
    )
    assert lines[0].startswith(
        "# Disavow file for my-site.example, written 2026-11-21 by toxic-link-detector "
    )
    assert lines[1] == "# 3 domains, 2 pages"
    assert lines[3:] == [
        "",
        "",
        "# comment spam: 1 domain, probability 0.90, added 2026-11-21",
        "# 0.90",
        "domain:x.wordpress.com",
        "",
        "# hacked page: 2 pages, probability 0.88, added 2026-11-21",
        "# 0.88 medium.com/@x: hidden links",
        "https://medium.com/@x/1",
        "https://medium.com/@x/2",
        "",
        "# link farm: 2 domains, probability 0.81 to 0.97, added 2026-11-21",
        "# 0.97",
        "domain:aa.example",
        "# 0.81: one anchor on many domains",
        "domain:zz.example",
    ]
    assert written.new_rules == 5
    assert written.rules["aa.example"] == "domain:aa.example"
    assert written.rules["medium.com/@x"] == "https://medium.com/@x/1 (and 1 more)"
    assert written.warnings == [
        "1 new rule is for a tenant of a host that the Public Suffix List does not know (x.wordpress.com): "
        "on a rare free host Google may take such a rule for the whole host."
    ]


def test_an_empty_plan_without_a_former_file_is_a_file_without_rules(tmp_path: Path) -> None:
    written, lines = write(tmp_path)
    assert entries(lines) == []
    assert lines[1] == "# no rules"
    assert (written.new_rules, written.former_rules) == (0, 0)


def test_every_line_of_the_former_file_goes_on(tmp_path: Path) -> None:
    old = (
        "\ufeff# asked on 2024-01-02,\u2028no answer\r\n"
        "domain:old.example\r\n"
        "\r\n"
        "domain:old.example\n"  # a duplicate is a line as well
        "https://old-page.example/a?b=c#d\r"
        "DOMAIN: Spelled.Example\n"
        "domain:bücher.example\n"
        "domain:spam.example/path\n"
        "spam.example\n"
        "domain:*.spam.example\n"
        "domain:storefront\n"
        "domain:org.br\n"
        "domain:blogspot.com\n"
        "domain: google.com\n"
        "https://www.my-site.example/page\n"
        "  domain:friend.example"
    )
    written, lines = write(tmp_path, domain("new.example"), domain("deep.old.example"), old=old)
    start = lines.index("# asked on 2024-01-02, no answer")
    end = lines.index("# link farm: 1 domain, probability 0.90, added 2026-11-21")
    assert lines[start : end - 1] == [
        "# asked on 2024-01-02, no answer",
        "domain:old.example",
        "",
        "domain:old.example",
        "https://old-page.example/a?b=c#d",
        "# was: DOMAIN: Spelled.Example",
        "domain:spelled.example",
        "# was: domain:bücher.example",
        "domain:xn--bcher-kva.example",
        "# not a rule Google reads (has a path behind domain:): domain:spam.example/path",
        "# not a rule Google reads (is a bare host: it needs domain: before it): spam.example",
        "# not a rule Google reads (has a wildcard): domain:*.spam.example",
        "# not a rule Google reads (names no host): domain:storefront",
        "# held back (public suffix): domain:org.br",
        "# held back (platform): domain:blogspot.com",
        "# held back (search engine): domain: google.com",
        "# held back (own site): https://www.my-site.example/page",
        "# held back (whitelist): domain:friend.example",
    ]
    assert entries(lines[end:]) == ["domain:new.example"]  # deep.old.example is covered already
    assert written.held_back[0] == "line 12 (public suffix): domain:org.br"
    assert written.warnings[0] == "Held back from former.txt: line 12 (public suffix): domain:org.br."
    assert "5 lines of the former file held back" in lines[3]
    assert any("(former.txt, lines 8, 9, 10, 11)" in warning for warning in written.warnings)
    assert any("(former.txt, lines 6, 7)" in warning for warning in written.warnings)
    assert (written.former_rules, written.new_rules) == (5, 1)
    assert written.rules == {"new.example": "domain:new.example", "deep.old.example": "domain:old.example"}


def test_a_rule_covered_only_by_a_line_that_is_held_back_is_written(tmp_path: Path) -> None:
    _, lines = write(tmp_path, domain("spam.blogspot.com"), old="domain:blogspot.com\n")
    assert entries(lines) == ["domain:spam.blogspot.com"]


def test_writing_again_over_its_own_result_loses_and_repeats_nothing(tmp_path: Path) -> None:
    rules = [domain("a.example"), page("https://medium.com/@x/1", "medium.com/@x")]
    _, first = write(tmp_path, *rules, old="domain:org.br\ndomain:old.example\n")
    again, second = write(tmp_path, *rules, old="\n".join(first))
    assert entries(second) == entries(first)
    assert again.new_rules == 0
    assert again.held_back == []
    assert "# held back (public suffix): domain:org.br" in second


def test_of_many_lines_held_back_the_gravest_are_shown_and_the_rest_says_what_it_is(tmp_path: Path) -> None:
    hosts = ["blogspot.com"] * 26 + ["my-site.example", "org.br"]
    written, _ = write(tmp_path, old="\n".join(f"domain:{host}" for host in hosts))
    assert written.warnings[:3] == [
        "Held back from former.txt: line 27 (own site): domain:my-site.example.",
        "Held back from former.txt: line 28 (public suffix): domain:org.br.",
        "Held back from former.txt: line 1 (platform): domain:blogspot.com.",
    ]
    assert written.warnings[20:] == ["Held back from former.txt, see the file: 8 more lines."]
    assert len(written.held_back) == 28
    few, _ = write(tmp_path, old="\n".join(f"domain:{host}" for host in hosts[7:]))
    assert few.warnings[-1] == "Held back from former.txt, see the file: 1 more line."


def test_our_own_header_is_not_stacked(tmp_path: Path) -> None:
    rules = [domain("a.example"), page("https://medium.com/@x/1", "medium.com/@x")]
    _, first = write(tmp_path, *rules, old="domain:org.br\n# asked twice\ndomain:old.example\n")
    assert first[3] == "# 1 line of the former file held back: see 'held back' below"
    _, second = write(tmp_path, old="\n".join(first))
    assert second == [first[0], "# 2 domains, 1 page (3 from former.txt, 0 new)", first[2], *first[4:]]
    _, again = write(tmp_path, old="\n".join(second))
    assert again == second
    stacked = [*second[:4], *first[:5], *second]  # as older versions left it
    assert write(tmp_path, old="\r\n".join(stacked))[1] == second
    written, empty = write(tmp_path)
    assert write(tmp_path, old="\n".join([*empty, ""]))[1] == [
        empty[0],
        "# no rules (0 from former.txt, 0 new)",
        *empty[2:],
    ]
    assert written.former_rules == 0


@pytest.mark.parametrize("at", range(4))
def test_a_header_that_a_person_changed_is_kept(tmp_path: Path, at: int) -> None:
    _, first = write(tmp_path, domain("a.example"))
    first[at] += "# asked on 3 May"
    _, second = write(tmp_path, old="\n".join(first))
    assert second[4:] == first


def test_a_header_below_the_top_is_a_comment_like_any(tmp_path: Path) -> None:
    _, first = write(tmp_path, domain("a.example"))
    _, second = write(tmp_path, old="\n".join(["# by Ann", *first]))
    assert second[4:] == ["# by Ann", *first]


def test_a_planned_rule_that_a_guard_forbids_is_not_written(tmp_path: Path) -> None:
    written, lines = write(
        tmp_path, domain("wordpress.com"), domain("my-site.example"), domain("spam.example")
    )
    assert entries(lines) == ["domain:spam.example"]
    assert written.left_out == [
        LeftOut("domain:wordpress.com", "a guard forbids it (platform)"),
        LeftOut("domain:my-site.example", "a guard forbids it (own site)"),
    ]
    assert written.warnings[0] == "Not written: domain:wordpress.com: a guard forbids it (platform)."


def test_what_another_new_rule_covers_is_not_repeated(tmp_path: Path) -> None:
    planned = [page("https://www.a.example/1", "a.example"), domain("www.a.example"), domain("a.example")]
    written, lines = write(tmp_path, *planned)
    assert entries(lines) == ["domain:a.example"]
    assert written.new_rules == 1


def test_reasons_go_before_a_rule_does(tmp_path: Path) -> None:
    rules = [domain(f"h{number}.example", reasons="why " * 20) for number in range(10)]
    written, lines = write(tmp_path, *rules, limits=Limits(lines=16))
    assert len(entries(lines)) == 10
    assert written.left_out == []
    assert not any("why" in line for line in lines)


def test_a_rule_that_stands_for_pages_says_so(tmp_path: Path) -> None:
    rule = PlannedRule(Rule(DOMAIN, "blog.half.example"), "half.example", "hacked page", 0.9, pages=8)
    written, lines = write(tmp_path, rule)
    assert entries(lines) == ["domain:blog.half.example"]
    said = "domain:blog.half.example stands for 8 pages: every known link there is flagged."
    assert said in written.warnings


def test_the_new_rules_worth_least_are_left_out_and_said(tmp_path: Path) -> None:
    """The old line, and the eleven most probable ones: no comment takes a rule's place."""
    rules = [replace(domain(f"h{n}.example", 0.8 + n / 100), links=3, followed=2) for n in range(20)]
    written, lines = write(tmp_path, *rules, old="domain:old.example\n", limits=Limits(lines=12))
    assert lines[0] == "domain:old.example"
    assert set(lines[1:]) == {f"domain:h{number}.example" for number in range(9, 20)}
    assert [one.rule.value for one in written.dropped] == [f"h{n}.example" for n in reversed(range(9))]
    why = "there was no room for it; it would have covered 3 links, 2 of them followed"
    assert written.left_out[0] == LeftOut("domain:h8.example", why)
    assert written.warnings[0] == (
        "9 new rules are left out: the file would be over the limits of 12 lines and 2,097,152 bytes. Comments went first."
        " Left uncovered are 27 links, 18 of them followed. The rules with the most expected benefit were chosen"
        " (no other choice has more)."
    )


def test_what_a_rule_without_room_covers_is_not_lost_from_sight(tmp_path: Path) -> None:
    """A rule that is not written because a wider one was to be, which then found no room, is told as well."""
    rules = [domain("a.example", 0.85), domain("x.a.example", 0.85), domain("b.example", 0.99)]
    written, _ = write(tmp_path, *rules, limits=Limits(lines=1))
    told = {left.what for left in written.left_out}
    kept = {one.rule.text for one in written.new}
    assert told | kept >= {"domain:a.example", "domain:b.example"}
    assert ("domain:x.a.example" in told) == ("domain:a.example" in told)


def test_the_limit_in_bytes(tmp_path: Path) -> None:
    rules = [domain(f"{'x' * 40}{number}.example", 0.5 + number / 100) for number in range(20)]
    written, lines = write(tmp_path, *rules, limits=Limits(bytes=900))
    assert 0 < written.new_rules < 20
    assert len(entries(lines)) == written.new_rules


def test_a_former_file_at_the_limit_keeps_its_lines_without_headings(tmp_path: Path) -> None:
    old = "".join(f"domain:h{number}.example\n" for number in range(9))
    written, lines = write(
        tmp_path, domain("new.example"), domain("other.example", 0.5), old=old, limits=Limits(lines=10)
    )
    assert lines == [*old.splitlines(), "domain:new.example"]
    assert written.new_rules == 1


def test_a_former_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"former\.txt: the former file alone is over the limits of 3 lines"):
        write(tmp_path, old="domain:a.example\n" * 4, limits=Limits(lines=3))
    assert list(tmp_path.iterdir()) == []


def test_googles_limits_at_full_size(tmp_path: Path) -> None:
    rules = [domain(f"h{number:06}.de", number / 120_000) for number in range(120_000)]
    written, lines = write(tmp_path, *rules)
    assert len(entries(lines)) == written.new_rules == 100_000
    assert min(entries(lines)) == f"domain:h{120_000 - written.new_rules:06}.de"


def test_the_name_must_end_in_txt(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"ends in \.txt"):
        write_disavow(tmp_path / "disavow.csv", Plan(), guards=GUARDS, site="x.example", today=TODAY)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        write_disavow(tmp_path / "no" / "disavow.txt", Plan(), guards=GUARDS, site="x.example", today=TODAY)


def test_a_failed_write_leaves_the_former_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, domain("a.example"))
    before = (tmp_path / "disavow.txt").read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(InputError, match="No space left"):
        write(tmp_path, domain("b.example"))
    assert (tmp_path / "disavow.txt").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["disavow.txt"]


def test_a_result_that_is_wrong_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof reads the bytes: whatever goes wrong before it is caught."""
    wrong = {
        "a guard forbids": b"domain:org.br\n",
        "no rule that Google reads": b"domain:a.example # why\n",
        "a rule is missing": b"# nothing\n",
        "plain UTF-8": b"domain:a.example\r\n",
        "over the limits": b"#\n" * 100_001,
        "one too many": b"domain:a.example\ndomain:b.example\n",
    }
    for fault, data in wrong.items():
        monkeypatch.setattr(writing.Layout, "data", lambda self, data=data: data)
        monkeypatch.setattr(writing.Layout, "fits", lambda self, limits: True)
        with pytest.raises(DetectorError, match=fault):
            write(tmp_path, domain("a.example"))
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------------- properties

OLD_LINE = st.one_of(
    st.sampled_from(
        [
            "# note",
            "",
            "domain:a.example",
            "domain: b.example",
            "domain:org.br",
            "domain:blogspot.com",
            "spam.example",
            "https://page.example/1",
            "domain:x.blogspot.com",
            "domain:my-site.example",
            "domain:ü.example",
            "{",
        ]
    ),
    st.text(st.characters(exclude_characters="\n\r\x00", exclude_categories=["Cs"]), max_size=12),
)
HOSTS = st.sampled_from(
    ["a.example", "b.example", "www.a.example", "x.blogspot.com", "blogspot.com", "org.br", "c.example"]
)
NEW_RULE = st.one_of(
    st.builds(
        domain,
        HOSTS,
        st.floats(0, 1),
        st.sampled_from(["link farm", "", "Ünklar\nzwei"]),
        st.text(max_size=9),
    ),
    st.builds(
        lambda n, p: page(f"https://page.example/{n}", "page.example", p),
        st.integers(1, 6),
        st.floats(0, 1),
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(OLD_LINE, max_size=12), st.lists(NEW_RULE, max_size=10), st.integers(5, 40))
def test_merging_in_any_limit(tmp_path: Path, old: list[str], new: list[PlannedRule], most: int) -> None:
    """Valid; every old line there in order; no old rule lost but the forbidden; no new rule lost unsaid."""
    data = "\ufeff" + "\n".join(old)
    try:
        written, lines = write(tmp_path, *new, old=data, limits=Limits(lines=most))
    except InputError:
        assert 2 * len(old) > most - 1  # a rule that is spelled anew takes two lines
        return
    visible = iter(["".join(line.split()) for line in lines])
    for text in old:
        if not text.strip():
            continue
        wanted = "".join(re.sub(r"[\x00-\x1f\x7f\x85\ufeff]", "", text).split())
        assert any(wanted in line for line in visible)
    former = DisavowFile.parse(data.encode())
    allowed = {rule for rule in former.rules if GUARDS.reason(rule.value) is None}
    rules = DisavowFile.parse(written.path.read_bytes()).rules
    assert [rule for rule in rules if GUARDS.reason(rule.value)] == []
    assert allowed <= set(rules)
    planned = {p.rule for p in new}
    assert set(rules) - allowed <= planned
    covered = RuleSet(rules)
    left_out = {left.what for left in written.left_out}
    for p in new:
        assert covered.covers(p.rule) or p.rule.text in left_out


@pytest.mark.raw
def test_every_real_file_merged_with_an_empty_plan(raw: Path, tmp_path: Path) -> None:
    """Valid by Google's rules, every line of it there, and every rule that no guard forbids in force."""
    for path in sorted((raw / "data/disavow").glob("*.txt")):
        data = path.read_bytes()
        written, lines = write(tmp_path, old=data)
        former = DisavowFile.parse(data)
        rest = iter(lines)
        for line in former.lines:
            text = line.text.replace("\ufeff", "").strip()
            assert any(new in (text, f"# {text}") or new.endswith(f": {text}") for new in rest), (
                path.name,
                line,
            )
        allowed = [rule for rule in former.rules if GUARDS.reason(rule.value) is None]
        assert list(DisavowFile.parse("\n".join(lines).encode()).rules) == allowed
        assert written.former_rules == len(allowed)
