"""Mending: exactly what is safe, nothing that a guard forbids, the same meaning, and the second time nothing."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from faulty_files import FILES, OWN, SITE, WHITELIST
from hypothesis import given, settings

from detector.disavow.faults import SAFE
from detector.disavow.fixing import Fixed, Mend, fix, meaning
from detector.disavow.parsing import COMMENT, DisavowFile
from detector.disavow.rules import DOMAIN, Rule, RuleSet, host_of
from detector.guards import Guards
from detector.links.domains import Domains


@pytest.fixture(scope="module")
def guards() -> Guards:
    return Guards(Domains.default(), site=SITE, own=OWN, whitelist=WHITELIST)


def fixed(text: str | bytes, guards: Guards) -> Fixed:
    return fix(DisavowFile.parse(text.encode() if isinstance(text, str) else text), guards)


#: line -> the line as it is mended; each by itself.
MENDED = {
    "domain: spam.example": "domain:spam.example",
    "domain :\tspam.example": "domain:spam.example",
    "DOMAIN:Spam.Example": "domain:spam.example",
    "  Domain: Spam.Example \t": "domain:spam.example",
    "domain:http://spam.example": "domain:spam.example",
    "domain: HTTPS://Spam.example": "domain:spam.example",
    "domain:bücher.example": "domain:xn--bcher-kva.example",
    "domain:straße.test": "domain:xn--strae-oqa.test",
    "HTTP://Spam.Example/Case?Kept=Yes#Too": "http://spam.example/Case?Kept=Yes#Too",
    "https://bücher.example/ä": "https://xn--bcher-kva.example/ä",
    "HTTP://spam.example": "http://spam.example",
    "\ufeffdomain:spam.example": "domain:spam.example",
    "\ufeff# a comment": "# a comment",
}

#: Lines that a person must look at, and lines that must not be woken or changed.
LEFT = (
    "domain:https://spam.example/", "domain:https://medium.com/@x", "domain:spam.example/a", "domain: spam.example # why",
    "DOMAIN:spam.example.", "domain:*.spam.example", "domain:spam.example:80", "domain:me@spam.example", "spam.example",
    "domian:spam.example", "http:/spam.example/a", "domain:Spam\u200b.example", "domain:spam.example\t", "domain:",
    "HTTP://me:word@spam.example/a", "Links we do not want", '"domain:spam.example"', "domain:https://Spam.example:80",
    # what a guard forbids: dead or alive, it stays as it stands
    "domain: blogspot.com", "DOMAIN:blogspot.com", "domain:http://org.br", "domain: xyz", "Domain:Google.com", "domain: nytimes.com",
    "domain: own-site.test", "DOMAIN:shop.own-site.test", "domain:http://kept.test", "HTTP://own-site.test/a", "domain: test",
    "domain: other-own.test", "\ufeffdomain:blogspot.com", "domain: storefront",
)  # fmt: skip


@pytest.mark.parametrize(("before", "after"), MENDED.items())
def test_a_safe_mend(before: str, after: str, guards: Guards) -> None:
    result = fixed(f"# first\n{before}\n", guards)
    assert result.data.decode() == f"# first\n{after}\n"
    assert {(mend.line, mend.before, mend.after) for mend in result.mends} == {(2, before, after)}
    assert {mend.code for mend in result.mends} <= SAFE | {
        "outer_blanks",
        "home_page_url",
        "fragment_in_url",
        "unicode_in_url",
    }


@pytest.mark.parametrize("line", LEFT)
def test_what_is_left_as_it_is(line: str, guards: Guards) -> None:
    data = f"# first\n{line}\n".encode()
    result = fixed(data, guards)
    assert (result.data, result.mends) == (data, ())
    assert {finding.line for finding in result.left} == {2}


def test_repeated_lines_and_covered_urls_go_and_all_else_stays(guards: Guards) -> None:
    text = (
        "# first\ndomain:spam.example\n# again\ndomain:spam.example\nDOMAIN: Spam.example\nhttp://a.spam.example/x\n"
        "http://fine.example/a\nhttp://fine.example/a\nhttps://fine.example/a\ndomain:a.spam.example\n"
        "domain:www.spam.example\nhttp://fine.example/a#b\n\n"
    )
    result = fixed(text, guards)
    assert result.data.decode() == (
        "# first\ndomain:spam.example\n# again\nhttp://fine.example/a\nhttps://fine.example/a\ndomain:a.spam.example\n"
        "domain:www.spam.example\nhttp://fine.example/a#b\n\n"
    )
    assert [(mend.line, mend.code, mend.after) for mend in result.mends] == [
        (4, "duplicate", None), (5, "blank_in_domain", None), (5, "capitals", None), (5, "duplicate", None),
        (6, "url_covered", None), (8, "duplicate", None),
    ]  # fmt: skip


def test_a_url_goes_only_where_the_rule_over_it_is_sure_to_stay(guards: Guards) -> None:
    for above in (
        "domain:blogspot.com",
        "domain: spam.example # x",
        "domain:spam.example.",
        "domain: blogspot.com",
    ):
        data = f"{above}\nhttp://a.spam.example/x\nhttp://a.blogspot.com/x\n".encode()
        assert fixed(data, guards).data == data
    assert fixed("http://a.spam.example/x\ndomain: spam.example\n", guards).data == b"domain:spam.example\n"


def test_line_ends_and_the_mark(guards: Guards) -> None:
    result = fixed(
        b"\xef\xbb\xbf# k\xc3\xa4se\r\ndomain:a.example\rdomain:b.example\r\r\n\ndomain:c.example", guards
    )
    assert result.data == b"# k\xc3\xa4se\ndomain:a.example\ndomain:b.example\n\ndomain:c.example\n"
    assert {mend.code for mend in result.mends} == {
        "bom",
        "mixed_line_ends",
        "cr_line_ends",
        "no_final_line_end",
    }
    twice = b"\xef\xbb\xbf" * 2
    assert fixed(twice + b"domain: a.example\n", guards).data == b"domain:a.example\n"
    assert (
        fixed(twice + b"a.example\ndomain: b.example\n", guards).data
        == twice + b"a.example\ndomain:b.example\n"
    )
    result = fixed(b"domain:a.example\r\ndomain:b.example\r\n", guards)
    assert result.mends == (Mend(1, "crlf_line_ends", "CR LF", "LF"),)


def test_a_forbidden_rule_is_woken_neither_by_a_line_end_nor_by_an_encoding(guards: Guards) -> None:
    joined = b"# bought: \rdomain:blogspot.com\ndomain: a.example\n"
    assert fixed(joined, guards).data == b"# bought: \rdomain:blogspot.com\ndomain:a.example\n"
    wide = "domain:a.example\r\ndomain: blogspot.com\r\n".encode("utf-16")
    assert fixed(wide, guards).data == wide
    marked = b"\xef\xbb\xbfdomain:blogspot.com\ndomain: a.example\n"
    assert fixed(marked, guards).data == b"\xef\xbb\xbfdomain:blogspot.com\ndomain:a.example\n"
    hidden = b"http://a.spam.example/x\n\xef\xbb\xbfdomain:blogspot.com\ndomain:spam.example\n"
    assert b"\xef\xbb\xbfdomain:blogspot.com" in fixed(hidden, guards).data
    assert not fixed(hidden, guards).data.startswith(b"\xef\xbb\xbf")


def test_encodings(guards: Guards) -> None:
    text = "# größe\r\ndomain: bücher.example\r\n"
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        result = fixed(text.encode(encoding), guards)
        assert result.data.decode() == "# größe\ndomain:xn--bcher-kva.example\n"
        assert "utf16" in {mend.code for mend in result.mends}
    latin = "# größe\ndomain: bücher.example\ndomain: spam.example\n".encode("cp1252")
    result = fixed(latin, guards)
    assert result.data == "# größe\ndomain: bücher.example\ndomain:spam.example\n".encode("cp1252")
    assert "not_utf8" in {finding.code for finding in result.left}


def test_what_is_damaged_or_no_disavow_file_keeps_its_bytes(guards: Guards) -> None:
    for data in (
        b"domain: a.example\ndomain:b\0.example\r\n",
        b"PK\x03\x04\r\n",
        b"<html>\r\n<p>x</p>",
        b"",
        b'{\r\n "a": 1}\r\n',
    ):
        assert (fixed(data, guards).data, fixed(data, guards).mends) == (data, ())


def test_a_clean_file_is_not_touched(guards: Guards) -> None:
    data = "# für uns\ndomain:spam.example\n\nhttp://fine.example/a\n".encode()
    assert (fixed(data, guards).data, fixed(data, guards).mends) == (data, ())


# ------------------------------------------------------------------------------------------- properties


def probes(rules: Iterable[Rule]) -> list[str]:
    """URLs on, above, below and beside what rules are about."""
    urls = []
    for rule in rules:
        host = host_of(rule)
        names = [
            host,
            f"sub.{host}",
            f"www.{host}",
            host.removeprefix("www."),
            host.partition(".")[2],
            f"x{host}",
        ]
        urls += [f"{scheme}://{name}/" for name in names if name for scheme in ("http", "https")]
        if rule.kind != DOMAIN:
            value = rule.value
            urls += [
                value,
                f"{value}/",
                value.rstrip("/"),
                f"{value}?z=1",
                f"{value}#z",
                value.partition("?")[0],
            ]
            urls += [value.replace("http://", "https://", 1), value.replace("https://", "http://", 1)]
            urls += [value.replace("://", "://www.", 1), value.replace("://www.", "://", 1)]
    return list(dict.fromkeys(urls))


def assert_safe(data: bytes, guards: Guards) -> None:
    """All that is promised of a mended file, whatever the file was."""
    before = DisavowFile.parse(data)
    result = fix(before, guards)
    after = DisavowFile.parse(result.data)
    again = fix(after, guards)
    assert (again.data, again.mends) == (result.data, ()), "the second time nothing"

    old, new = meaning(before, guards), meaning(after, guards)
    urls = probes({*before.rules, *after.rules})
    old_set, new_set = RuleSet(old), RuleSet(new)
    for url in urls:
        assert (old_set.covers_url(url) is None) == (new_set.covers_url(url) is None), url

    was = {line.rule for line in before.lines if line.in_force and line.rule}
    now = {line.rule for line in after.lines if line.in_force and line.rule}
    in_force_before, in_force_now = RuleSet(was), RuleSet(now)
    assert all(in_force_now.covers(rule) for rule in was), "what was in force is in force"
    listed = {line.rule for line in before.lines if line.number in {mend.line for mend in result.mends}}
    woken = [rule for rule in now if not in_force_before.covers(rule)]
    assert all(rule in listed for rule in woken), "nothing is in force that was not listed"
    assert not any(guards.reason(rule.value) for rule in woken), "nothing is woken that a guard forbids"

    if result.mends:
        comments = [line.text.lstrip("\ufeff") for line in before.lines if line.kind == COMMENT]
        assert [line.text.lstrip("\ufeff") for line in after.lines if line.kind == COMMENT] == comments
    removed = sum(mend.after is None for mend in result.mends if mend.code in ("duplicate", "url_covered"))
    assert len(after.lines) == len(before.lines) - removed
    in_order = iter(before.rules)
    assert all(any(rule == other for other in in_order) for rule in after.rules), "the order is kept"


@settings(max_examples=400)
@given(data=FILES)
def test_a_mended_file_means_what_it_meant(guards: Guards, data: bytes) -> None:
    assert_safe(data, guards)


def test_the_proof_can_fail(guards: Guards) -> None:
    """A mend that widens a rule would be seen by the same probes."""
    narrow, wide = RuleSet([Rule(DOMAIN, "a.spam.example")]), RuleSet([Rule(DOMAIN, "spam.example")])
    urls = probes([Rule(DOMAIN, "a.spam.example")])
    assert any((narrow.covers_url(url) is None) != (wide.covers_url(url) is None) for url in urls)
