"""Checking: every fault at its place, each cause once, nothing raises; and the page of the docs is the table."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from faulty_files import FILES, OWN, SITE, WHITELIST
from hypothesis import given, settings

from detector.disavow.checking import Finding, check, is_fit
from detector.disavow.faults import DANGER, DEAD, ERROR, FAULTS, HINT, SAFE, SEVERITIES, WARNING
from detector.disavow.parsing import DisavowFile
from detector.guards import Guards
from detector.links.domains import Domains

LONG = "a" * 64
DEEP = ".".join(["a" * 50] * 6)

#: code -> (a file of that shape, line, column). Hosts are invented; shapes are those of real files.
PLACES = {
    "not_a_disavow_file": (b'{\n    "Table1": [\n        {\n            "Domains": "spam.example"\n', 1, 1),
    "file_name": (b"domain:spam.example\n", 1, 1),
    "no_rules": (b"# Disavow file for my shop\n# Upload it here\n\n# domain:spam.example\n", 1, 1),
    "utf16": ("domain:spam.example\n".encode("utf-16"), 1, 1),
    "not_utf8": ("# für später\ndomain:spam.example\n".encode("cp1252"), 1, 4),
    "nul_character": (b"domain:spam.example\ndomain:a\0b.example\n", 2, 9),
    "bom": (b"\xef\xbb\xbfdomain:spam.example\n", 1, 1),
    "bom_inside": (b"domain:spam.example\n\xef\xbb\xbfdomain:b.example\n", 2, 1),
    "cr_line_ends": (b"domain:spam.example\rdomain:b.example\r", 1, 20),
    "mixed_line_ends": (b"domain:spam.example\ndomain:b.example\r\n", 2, 17),
    "crlf_line_ends": (b"domain:spam.example\r\ndomain:b.example\r\n", 1, 20),
    "no_final_line_end": (b"domain:spam.example\ndomain:b.example", 2, 17),
    "blank_in_domain": (b"domain: spam.example\n", 1, 8),
    "capitals": (b"domain:spamSiteHI.tenant.example\n", 1, 12),
    "unicode_host": ("domain:lifehac\u0138er.example\n".encode(), 1, 15),
    "scheme_in_domain": (b"domain:http://spam.example\n", 1, 8),
    "path_in_domain": ("domain:dn.spam.example?page=61&order=Время\n".encode(), 1, 23),
    "port_in_domain": (b"domain:spam.example:8080\n", 1, 20),
    "userinfo_in_domain": (b"domain:me:word@spam.example\n", 1, 8),
    "email_address": (b"domain:info@spam.example\n", 1, 8),
    "wildcard": (b"domain:*.spam.example\n", 1, 8),
    "trailing_dot": (b"domain:spam.example.\n", 1, 20),
    "empty_domain": (b"domain:\n", 1, 7),
    "not_a_host": ("domain:rankings & authority 100% premium 🎖️ – spam.example\n".encode(), 1, 8),
    "label_too_long": (f"domain:{LONG}.example\n".encode(), 1, 8),
    "host_too_long": (f"domain:{DEEP}.example\n".encode(), 1, 8),
    "comment_behind_entry": (b"domain:spam.example# Disavow file\n", 1, 20),
    "text_behind_entry": (b"domain:spam.example bought links\n", 1, 21),
    "several_entries": (b"domain:a.exampledomain:b.example\n", 1, 17),
    "punctuation_around": (b'"domain:spam.example",\n', 1, 1),
    "list_marker": (b"- domain:spam.example\n", 1, 1),
    "table_row": (b"spam.example,12,dofollow\n", 1, 1),
    "invisible_character": ("domain:spam\u200b.example\n".encode(), 1, 12),
    "control_character": (b"domain:spam\x08.example\n", 1, 12),
    "outer_blanks": (b"domain:spam.example\t\n", 1, 20),
    "no_prefix": (b"tenant.example\n", 1, 1),
    "no_scheme": (b"spam.example/v/PDylgzybWAw\n", 1, 1),
    "prefix_misspelt": (b"domian:spam.example\n", 1, 1),
    "scheme_misspelt": (b"hxxp://spam.example/a\n", 1, 1),
    "other_scheme": (b"ftp://spam.example/a\n", 1, 1),
    "other_comment_mark": (b'"# of 331 spamming domains, 80 have been cleaned up"\n', 1, 1),
    "unreadable": (b"Links we do not want\n", 1, 1),
    "url_without_host": (b"http:///spam.example\n", 1, 8),
    "url_too_long": (f"http://spam.example/{'a' * 2048}\n".encode(), 1, 2049),
    "home_page_url": (b"http://spam.example/\n", 1, 1),
    "wildcard_in_url": (b"http://spam.example/blog/*\n", 1, 26),
    "unicode_in_url": ("http://spam.example/böse\n".encode(), 1, 22),
    "fragment_in_url": (b"http://spam.example/a#b\n", 1, 22),
    "userinfo_in_url": (b"http://me:word@spam.example/a\n", 1, 8),
    "punctuation_in_url": (b"http://spam.example/a,\n", 1, 22),
    "own_site": (b"domain:shop.own-site.test\n", 1, 1),
    "whitelist": (b"domain:kept.test\n", 1, 1),
    "top_level_domain": (b"domain:RU\n", 1, 1),
    "public_suffix": (b"domain:pa.gov.br\n", 1, 1),
    "platform": (b"domain:blogspot.com\n", 1, 1),
    "search_engine": (b"domain:google.az\n", 1, 1),
    "largest_site": (b"domain:nytimes.com\n", 1, 1),
    "unlisted_tenant": (b"domain:tenant-of-a-host.canalblog.com\n", 1, 1),
    "unknown_suffix": (b"domain:spam.netcheap\n", 1, 1),
    "ip_address": (b"domain:8.8.4.4\n", 1, 1),
    "private_host": (b"domain:192.168.1.1\n", 1, 1),
    "placeholder": (b"domain:example3.com\n", 1, 1),
    "underscore": (b"domain:my_site.spam-of-ours.com\n", 1, 1),
    "look_alike": (b"domain:xn--lifehacer-1rb.com\n", 1, 1),
    "www_only": (b"domain:www.spam-of-ours.com\n", 1, 1),
    "duplicate": (b"domain:spam.example\n\ndomain:spam.example\n", 3, 1),
    "near_duplicate": (b"http://spam.example/a\nhttp://spam.example:80/a\n", 2, 1),
    "url_covered": (b"http://a.spam.example/a\ndomain:spam.example\n", 1, 1),
    "domain_covered": (b"domain:spam.example\ndomain:a.spam.example\n", 2, 1),
    "url_twin": (b"http://spam.example/a\nhttps://www.spam.example/a/\n", 2, 1),
    "too_large": (b"# " + b"x" * 2_097_151 + b"\n", 1, 1),
    "nearly_too_large": (b"# " + b"x" * 2_000_000 + b"\n", 1, 1),
    "too_many_lines": (b"\n" * 100_001, 100_001, 1),
    "nearly_too_many_lines": (b"\n" * 95_000, 95_000, 1),
}

#: What a file says besides, of the same line: independent faults.
BESIDE = {
    "bom_inside": set(), "top_level_domain": {"capitals"}, "url_too_long": set(),
    "too_large": {"no_rules"}, "nearly_too_large": {"no_rules"}, "too_many_lines": {"no_rules"},
    "nearly_too_many_lines": {"no_rules"},
}  # fmt: skip


@pytest.fixture(scope="module")
def guards() -> Guards:
    return Guards(Domains.default(), site=SITE, own=OWN, whitelist=WHITELIST)


def found(data: bytes, guards: Guards, name: str = "disavow.txt") -> list[Finding]:
    """Findings, without the remark that `.example` and `.test` are reserved."""
    findings = check(DisavowFile.parse(data, name), guards)
    reserved = re.compile(r"\.(?:example|test)\b(?!\.\w)", re.IGNORECASE)
    return [f for f in findings if not (f.code == "placeholder" and reserved.search(f.entry))]


@pytest.mark.parametrize("code", FAULTS)
def test_every_fault_is_found_at_its_place_and_nothing_else(code: str, guards: Guards) -> None:
    data, line, column = PLACES[code]
    findings = found(data, guards, "links.csv" if code == "file_name" else "disavow.txt")
    assert {f.code for f in findings} == {code} | BESIDE.get(code, set())
    (finding,) = [f for f in findings if f.code == code]
    assert (finding.line, finding.column, finding.severity) == (line, column, FAULTS[code].severity)
    assert finding.fix
    assert FAULTS[code].meaning in finding.message


def test_the_table_is_sound() -> None:
    assert set(PLACES) == set(FAULTS)
    for fault in FAULTS.values():
        assert re.fullmatch(r"[a-z][a-z0-9_]+", fault.code)
        assert fault.severity in SEVERITIES
        assert all((fault.words, fault.meaning, fault.example, fault.mend))
        assert fault.meaning.endswith(".")
        assert fault.mend.endswith(".")
        assert not fault.words.endswith(".")
    assert {
        "blank_in_domain", "capitals", "scheme_in_domain", "unicode_host", "bom", "bom_inside", "utf16", "cr_line_ends",
        "mixed_line_ends", "crlf_line_ends", "no_final_line_end", "duplicate", "url_covered",
    } == SAFE  # fmt: skip


#: line -> codes: several faults on a line are each told, one cause once.
LINES = {
    "DOMAIN: Spam.Example": {"blank_in_domain", "capitals"},
    "domain: https://Spam.example/u/x # bought": {
        "blank_in_domain", "scheme_in_domain", "path_in_domain", "capitals", "comment_behind_entry",
    },
    "domain:*.spam.example # why": {"wildcard", "comment_behind_entry"},
    "domain:bücher.example:80": {"unicode_host", "port_in_domain"},
    "domain:": {"empty_domain"},
    "domain: # nothing": {"blank_in_domain", "empty_domain", "comment_behind_entry"},
    "domain:spam.example,": {"punctuation_around"},
    "domain:“spam.example”": {"punctuation_around"},
    "<domain:spam.example>": {"punctuation_around"},
    "domain:a.example, domain:b.example": {"several_entries"},
    "domain:a.example b.example": {"several_entries"},
    "domain:a.example,b.example;c.example": {"several_entries"},
    "http://a.example/x http://b.example/y": {"several_entries"},
    "a.example b.example c.example": {"several_entries"},
    "a.example\t120\tnofollow": {"table_row"},
    '"http://spam.example/a","Anchor","2024-01-01"': {"table_row"},
    "domain=spam.example": {"prefix_misspelt"},
    "domain;spam.example": {"prefix_misspelt"},
    "domains:spam.example": {"prefix_misspelt"},
    "domain：spam.example": {"prefix_misspelt"},
    "domain spam.example": {"prefix_misspelt"},
    "domaine:spam.example": {"prefix_misspelt"},
    "d\u043emain:spam.example": {"prefix_misspelt"},  # a Cyrillic o
    "site:spam.example": {"prefix_misspelt"},
    "domain://spam.example": {"prefix_misspelt"},
    "domain:ftp://spam.example": {"other_scheme"},
    "mailto:info@spam.example": {"other_scheme"},
    "info@spam.example": {"email_address"},
    "htp://spam.example/a": {"scheme_misspelt"},
    "http:/spam.example/a": {"scheme_misspelt"},
    "https:\\\\spam.example\\a": {"scheme_misspelt"},
    "http//spam.example/a": {"scheme_misspelt"},
    "//spam.example/a": {"no_scheme"},
    "spam.example:8080": {"no_scheme"},
    "spam.example/": {"no_scheme"},
    "spam.example # bought": {"no_prefix", "comment_behind_entry"},
    "bücher.example": {"no_prefix", "unicode_host"},
    "www.spam.example": {"no_prefix"},
    "*.spam.example": {"wildcard"},
    "http://*.spam.example/a": {"wildcard"},
    "// bought links": {"other_comment_mark"},
    "; bought links": {"other_comment_mark"},
    "-- bought links": {"other_comment_mark"},
    "<!-- bought links -->": {"other_comment_mark"},
    "＃ bought links": {"other_comment_mark"},
    "1. domain:spam.example": {"list_marker"},
    "• spam.example": {"list_marker"},
    "User-agent: *": {"other_scheme"},
    "http://": {"url_without_host"},
    "http://spam.example:99999/": {"url_without_host"},
    "http://sp am.example/": {"url_without_host", "text_behind_entry"},
    "http://spam.example/a b": {"text_behind_entry"},
    "http://spam.example/a # why": {"comment_behind_entry"},
    "HTTP://Spam.example": {"capitals", "home_page_url"},
    "http://web.archive.example/web/http://b.example/": set(),
    "domain:[2001:db8::1]": {"private_host"},
    "domain:2001:db8::1": {"private_host"},
    "domain:127.0.0.1": {"private_host"},
    "domain:localhost": {"private_host"},
    "domain:printer.local": {"private_host"},
    "domain:ghost-rider": {"not_a_host"},
    "domain:a..example": {"not_a_host"},
    "domain:sp&am.example": {"not_a_host"},
    "domain:\u00a0spam.example": {"invisible_character"},
    "\u00a0domain:spam.example": {"invisible_character"},
    "domain:spam\u00ad.example": {"invisible_character"},
    "http://spam.example/a\u200b": {"invisible_character"},
    "domain:your-site.com": {"placeholder"},
    "domain:sub.example.com": {"placeholder"},
    "domain:p\u0430ypal.com": {"unicode_host", "look_alike"},
    "domain: blogspot.com": {"blank_in_domain"},
    "domain:tenant.blogspot.com": set(),
    "domain:www.gov.uk": {"largest_site"},
    "http://tenant.blogspot.com/a": set(),
    "http://own-site.test/a": {"own_site"},
    "http://www.google.com/url?q=x": {"search_engine"},
    "https://medium.com/@x/story": set(),
    "# domain: anything Goes: here": set(),
}  # fmt: skip


@pytest.mark.parametrize(("text", "codes"), LINES.items(), ids=[text[:40] for text in LINES])
def test_what_is_told_of_a_line(text: str, codes: set[str], guards: Guards) -> None:
    findings = found(f"{text}\ndomain:fine.example\n".encode(), guards)
    assert {f.code for f in findings} == codes
    assert len(findings) == len(codes)
    assert {f.line for f in findings} <= {1}


def test_the_mend_is_spelled_out_unless_a_guard_forbids_it(guards: Guards) -> None:
    lines = {
        "DOMAIN: Spam.example": "Write domain:spam.example",
        "domain:http://spam.example": "Write domain:spam.example",
        "spam.example": "Write domain:spam.example",
        "domian:bücher.example": "Write domain:xn--bcher-kva.example",
        "htp://spam.example/a": "Write http://spam.example/a",
        "domain:https://host.example/user/x": "Write the page as a URL line: https://host.example/user/x",
        "a.example b.example": "Write each on a line of its own: domain:a.example, domain:b.example",
        "domain:*.spam.example": "Write domain:spam.example",
    }
    for text, fix in lines.items():
        assert found(f"{text}\n".encode(), guards)[0].fix == fix
    for text in (
        "domain: blogspot.com",
        "org.br",
        "domain:*.google.com",
        "DOMAIN:own-site.test",
        "domain:kept.test:80",
    ):
        fixes = {f.fix for f in found(f"{text}\n".encode(), guards) if f.severity != DANGER}
        assert all(fix.startswith("Do not write domain:") for fix in fixes), text


def test_a_path_behind_domain_is_never_proposed_as_the_whole_host(guards: Guards) -> None:
    for text in ("domain:sites.google.com/view/x", "domain:https://medium.com/@x", "domain:spam.example/a?b"):
        for finding in found(f"{text}\n".encode(), guards):
            assert "Write domain:" not in finding.fix


def test_another_sort_of_file_is_told_once(guards: Guards) -> None:
    samples = {
        b"<!DOCTYPE html>\n<html><body>spam.example</body></html>\n": "a web page",
        b"PK\x03\x04\x14\x00\x06\x00 and so on": "an Excel, Word or ZIP file",
        b"{\\rtf1\\ansi domain:spam.example\\par}": "an RTF file",
        b'[\n {"domain": "a.example"},\n {"domain": "b.example"}\n]\n': "a JSON file",
        b"User-agent: *\nDisallow: /\n\nUser-agent: x\nDisallow:\n": "a robots.txt file",
        b"0.0.0.0 spam.example\n0.0.0.0 b.example\n": "a hosts file",
        b"Domain,DR,Links\nspam.example,12,3\nb.example,1,2\n": "a table (CSV)",
        bytes(range(256)) * 8: "a binary file",
    }
    for data, what in samples.items():
        (finding,) = found(data, guards)
        assert finding.code == "not_a_disavow_file"
        assert what in finding.message


def test_a_pasted_line_does_not_make_another_sort_of_file(guards: Guards) -> None:
    data = b"User-agent: *\nDisallow: /\ndomain:spam.example\n"
    assert [f.code for f in found(data, guards)] == ["other_scheme", "other_scheme"]


def test_the_name_may_end_in_txt_of_any_case(guards: Guards) -> None:
    for name, codes in {"a.TXT": [], "a.txt.txt": [], "txt": ["file_name"], "a.cvs": ["file_name"]}.items():
        assert [f.code for f in found(b"domain:spam.example\n", guards, name)] == codes


def test_limits_count_what_google_counts(guards: Guards) -> None:
    exact = b"domain:spam.example\n" + b"#\n" * 99_999
    assert {f.code for f in found(exact, guards)} == {"nearly_too_many_lines"}
    assert "too_many_lines" in {f.code for f in found(exact + b"\n", guards)}
    url = "http://spam.example/"
    for text, is_long in {
        url + "a" * (2048 - len(url)): False,
        url + "a" * (2049 - len(url)): True,
        url + "ö" * 400: True,  # 420 characters, and 2,420 in ASCII
        url + "ö" * 330: False,
    }.items():
        assert ("url_too_long" in {f.code for f in found(f"{text}\n".encode(), guards)}) == is_long
    full = b"domain:spam.example\n# "
    full += b"x" * (2 * 1024 * 1024 - len(full) - 1) + b"\n"
    assert {f.code for f in found(full, guards)} == {"nearly_too_large"}
    assert "too_large" in {f.code for f in found(full + b"\n", guards)}


def test_a_dead_line_does_no_harm_and_covers_nothing(guards: Guards) -> None:
    findings = found(b"domain: spam.example\nhttp://spam.example/a\ndomain: google.com\n", guards)
    assert [f.code for f in findings] == ["blank_in_domain", "blank_in_domain"]


def test_every_finding_is_whole_and_findings_are_sorted(guards: Guards) -> None:
    data = (
        b"\xef\xbb\xbfDOMAIN: google.com\r\nhttp://a.example/x#y\rx y z\ndomain:google.com\ndomain:google.com"
    )
    findings = found(data, guards)
    assert [(f.line, f.column) for f in findings] == sorted((f.line, f.column) for f in findings)
    for finding in findings:
        assert list(finding.as_dict()) == [
            "file",
            "line",
            "column",
            "code",
            "severity",
            "entry",
            "message",
            "fix",
        ]
    assert not is_fit(findings)
    assert is_fit([f for f in findings if f.severity in (WARNING, HINT)])
    assert {ERROR, DANGER, WARNING, HINT} == {f.severity for f in findings}


def test_check_needs_no_guards() -> None:
    codes = {f.code for f in DisavowFile.parse(b"domain:blogspot.com\ndomain: x.example\n").check()}
    assert codes >= {"platform", "blank_in_domain"}


@settings(max_examples=150)
@given(data=FILES)
def test_any_file_is_checked_and_places_are_in_it(guards: Guards, data: bytes) -> None:
    file = DisavowFile.parse(data)
    for finding in check(file, guards):
        assert 1 <= finding.line <= max(1, len(file.lines))
        length = len(file.lines[finding.line - 1].text) if file.lines else 0
        assert 1 <= finding.column <= length + 1
        assert finding.severity == FAULTS[finding.code].severity


@settings(max_examples=100)
@given(data=FILES)
def test_a_line_is_in_force_unless_it_has_an_error(guards: Guards, data: bytes) -> None:
    file = DisavowFile.parse(data)
    dead = {f.line for f in check(file, guards) if f.code in DEAD and f.entry and f.code != "cr_line_ends"}
    for line in file.lines:
        if line.in_force and line.rule and "." in line.rule.value and line.number not in file.guessed:
            assert line.number not in dead or "\0" in line.text


def test_the_page_of_the_docs_is_the_table(project: Path) -> None:
    page = (project / "docs" / "disavow-check.md").read_text("utf-8")
    rows = [
        line
        for line in page.splitlines()
        if re.match(r"\| `[a-z0-9_]+` \| (?:error|danger|warning|hint) ", line)
    ]
    expected = [
        f"| `{f.code}` | {f.severity} | {f.words}. {f.meaning} | {f.example.replace('|', chr(92) + '|')} | {f.mend}{' **Safe.**' if f.safe else ''} |"
        for f in FAULTS.values()
    ]
    assert rows == expected
