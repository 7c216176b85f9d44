"""Plain lists and old disavow files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_helpers import Folder, filled

from detector.links.lists import Count, entry


@pytest.mark.parametrize(
    ("line", "kind", "host", "url"),
    [
        ("HTTPS://WWW.A.example/x?y", "link", "www.a.example", "HTTPS://WWW.A.example/x?y"),
        ("A.Example.", "domain", "a.example", ""),
        ("domain: A.Example", "domain", "a.example", ""),
        ("203.0.113.7", "domain", "203.0.113.7", ""),
        ("пример.example", "domain", "xn--e1afmkfd.example", ""),
        ("a.example/page", "link", "a.example", "https://a.example/page"),
        ("a.example?q=1", "link", "a.example", "https://a.example?q=1"),
        ('"https://a.example/x"', "link", "a.example", "https://a.example/x"),
        ("ftp://a.example/", "invalid", "", ""),
        ("*.a.example", "invalid", "", ""),
        ("localhost", "invalid", "", ""),
        ("two words", "invalid", "", ""),
        ("mail@a.example", "invalid", "", ""),
        ("http://", "invalid", "", ""),
        ("1.2.3", "invalid", "", ""),
    ],
)
def test_line_of_a_list(folder: Folder, line: str, kind: str, host: str, url: str) -> None:
    rows, _ = folder.read(f"# a list\n\nfirst.example\nsecond.example\n{line}\n", "list.txt")
    row = rows[2]
    assert [row[name] for name in ("row", "record_type", "source_host", "source_url")] == [
        "5",
        kind,
        host,
        url,
    ]
    comment = line if kind == "invalid" else "scheme_assumed" if url and "://" not in line else ""
    assert row["comment"] == comment


@pytest.mark.parametrize(
    ("line", "kind", "host"),
    [
        ("DOMAIN:  a.example", "disavow_domain", "a.example"),
        ("http://a.example/x", "disavow_url", "a.example"),
        ("a.example", "invalid", ""),
        ("a.example/x", "invalid", ""),
        ("domain:http://a.example/", "invalid", ""),
        ("domain:", "invalid", ""),
        ("domain:*.a.example", "invalid", ""),
    ],
)
def test_line_of_a_disavow_file(folder: Folder, line: str, kind: str, host: str) -> None:
    rows, report = folder.read(f"domain:x.example\ndomain:y.example\n{line}\n", "disavow.txt")
    assert (report.tool, report.report) == ("list", "disavow")
    assert (rows[2]["record_type"], rows[2]["source_host"]) == (kind, host)


def test_a_list_with_more_hosts_than_domain_lines_is_no_disavow_file(folder: Folder) -> None:
    rows, _ = folder.read("domain:a.example\nb.example\n", "list.txt")
    assert [row["record_type"] for row in rows] == ["domain", "domain"]
    rows, _ = folder.read("domain:a.example\ndomain:c.example\nb.example\n", "list.txt")
    assert [row["record_type"] for row in rows] == ["disavow_domain", "disavow_domain", "invalid"]


def test_line_ends(folder: Folder) -> None:
    rows, _ = folder.read(b"\xef\xbb\xbfa.example\r\r\n\r\nhttps://b.example/x\ry\r\nc.example", "list.txt")
    assert [(row["row"], row["source_host"]) for row in rows] == [
        ("1", "a.example"),
        ("3", "b.example"),
        ("4", "c.example"),
    ]
    assert rows[1]["source_url"] == "https://b.example/x\ry"
    rows, _ = folder.read("a.example\rb.example\r", "mac.txt")
    assert [row["source_host"] for row in rows] == ["a.example", "b.example"]


def test_urls_with_commas_are_a_list(folder: Folder) -> None:
    rows, report = folder.read(
        "https://a.example/x,y\nhttps://b.example/\nhttps://c.example/p,q,r\n", "list.txt"
    )
    assert report.tool == "list"
    assert rows[0]["source_url"] == "https://a.example/x,y"


def test_comments_alone_are_an_empty_list(folder: Folder) -> None:
    rows, report = folder.read("# nothing yet\n# domain:a.example\n", "disavow.txt")
    assert rows == []
    assert report.refused is None


def test_letters_are_no_list(folder: Folder) -> None:
    _, report = folder.read("Dear friend,\nthis is a letter.\n\nYours, A.\n", "letter.txt")
    assert report.refused == (
        "it has no column of URLs or hosts. Export the backlinks of your site from your SEO tool as CSV."
    )


def test_referring_domain_of_list_entries(folder: Folder) -> None:
    rows, _ = folder.read("domain:x.a.co.uk\ndomain:b.example\nhttps://c.d.example/p\n", "disavow.txt")
    assert [filled(row)["referring_domain"] for row in rows] == ["a.co.uk", "b.example", "d.example"]


@given(st.text(max_size=40))
def test_every_line_is_an_entry_or_invalid(text: str) -> None:
    for disavow in (False, True):
        found = entry(text, disavow=disavow)
        assert (found.kind == "invalid") == (found.host is None)
        assert (found.url is not None) == (found.kind in {"link", "disavow_url"})


@given(st.lists(st.sampled_from(["domain:a.example", "b.example", "https://c.example/", "# x", ""])))
def test_what_makes_a_disavow_file(lines: list[str]) -> None:
    count = Count()
    count.add(lines)
    assert count.is_disavow == (lines.count("domain:a.example") > lines.count("b.example"))
