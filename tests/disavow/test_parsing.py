"""Parsing: every kind of line, every encoding, and nothing lost."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.disavow.parsing import FAULTS, DisavowFile
from detector.disavow.rules import domain_rule, url_rule
from detector.errors import InputError

#: line -> (kind, canonical rule, fault, in force); the shapes are those of real files.
LINES = {
    "# a comment": ("comment", None, None, False),
    "  # indented": ("comment", None, None, False),
    "#domain:spam.example": ("comment", None, None, False),
    "": ("blank", None, None, False),
    " \t": ("blank", None, None, False),
    "domain:spam.example": ("domain", "domain:spam.example", None, True),
    "  domain:spam.example\t": ("domain", "domain:spam.example", None, True),
    "domain:192.0.2.7": ("domain", "domain:192.0.2.7", None, True),
    "domain:org.br": ("domain", "domain:org.br", None, True),
    "domain:xyz": ("domain", "domain:xyz", None, True),
    "domain:under_score.example.com": ("domain", "domain:under_score.example.com", None, True),
    "domain:-a-.example": ("domain", "domain:-a-.example", None, True),
    "domain: spam.example": ("domain", "domain:spam.example", "blank_in_domain", False),
    "DOMAIN:Spam.Example": ("domain", "domain:spam.example", "capitals", True),
    "domain : spam.example.": ("domain", "domain:spam.example", "blank_in_domain", False),
    "domain:spam.example.": ("domain", "domain:spam.example", "trailing_dot", True),
    "domain:bücher.example": ("domain", "domain:xn--bcher-kva.example", "unicode_host", False),
    "domain:александр-терентьев.рф": (
        "domain", "domain:xn----7sbajiedaa8bj1ae2bcjwe4q.xn--p1ai", "unicode_host", False,
    ),
    "domain:http://spam.example": ("domain", "domain:spam.example", "scheme_in_domain", False),
    "https://spam.example/a?b=c": ("url", "https://spam.example/a?b=c", None, True),
    "https://spam.example/a#frag": ("url", "https://spam.example/a", None, True),
    "http://spam.example": ("url", "http://spam.example/", None, True),
    "HTTP://Spam.example": ("url", "http://spam.example/", "capitals", True),
    "https://bücher.example/a": ("url", "https://xn--bcher-kva.example/a", "unicode_host", False),
    "https://spam.example/böse": ("url", "https://spam.example/b%C3%B6se", "unicode_in_url", True),
    "domain:": ("invalid", None, "empty_domain", False),
    "domain:spam.example/path": ("invalid", None, "path_in_domain", False),
    "domain:http://spam.example/": ("invalid", None, "scheme_in_domain", False),
    "domain:spam.example:8080": ("invalid", None, "port_in_domain", False),
    "domain:*.spam.example": ("invalid", None, "wildcard", False),
    "domain:spam.example # why": ("invalid", None, "comment_behind_entry", False),
    "domain:spam.example# Disavow file": ("invalid", None, "comment_behind_entry", False),
    "domain:a.exampledomain:b.example": ("invalid", None, "several_entries", False),
    "domain:rankings & authority 🎖️": ("invalid", None, "not_a_host", False),
    "https://spam.example/a # why": ("invalid", None, "comment_behind_entry", False),
    "http://": ("invalid", None, "url_without_host", False),
    "https://spam.example/" + "a" * 2048: ("invalid", None, "url_too_long", False),
    "spam.example": ("invalid", None, "no_prefix", False),
    "www.spam.example/page": ("invalid", None, "no_scheme", False),
    "*.spam.example": ("invalid", None, "wildcard", False),
    "Links we do not want": ("invalid", None, "unreadable", False),
    "ftp://spam.example/": ("invalid", None, "other_scheme", False),
    "{": ("invalid", None, "unreadable", False),
    "domain:a\0b.example": ("invalid", None, "control_character", False),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LINES.items(), ids=[text[:40] for text in LINES])
def test_a_line(text: str, expected: tuple[str, str | None, str | None, bool]) -> None:
    (line,) = DisavowFile.parse(f"{text}\n".encode()).lines
    assert (line.kind, line.rule and line.rule.text, line.fault, line.in_force) == expected
    assert (line.number, line.text, line.end) == (1, text, "\n")
    assert line.fault is None or line.fault in FAULTS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_encodings_and_line_ends(encoding: str, end: str) -> None:
    texts = ["# Größe: für später geprüft", "domain:bücher.example", "", "https://spam.example/a"] * 10
    data = end.join(texts).encode(encoding)
    parsed = DisavowFile.parse(data)
    assert [line.text for line in parsed.lines] == texts
    assert [line.end for line in parsed.lines] == [end] * (len(texts) - 1) + [""]
    assert [rule.value for rule in parsed.rules[:2]] == ["xn--bcher-kva.example", "https://spam.example/a"]
    assert parsed.data == data


def test_mixed_line_ends_keep_their_lines() -> None:
    parsed = DisavowFile.parse(b"domain:a.example\rdomain:b.example\r\ndomain:c.example\n\ndomain:d.example")
    assert [line.text for line in parsed.lines][:3] == [
        "domain:a.example",
        "domain:b.example",
        "domain:c.example",
    ]
    assert [line.number for line in parsed.lines] == [1, 2, 3, 4, 5]
    assert len(parsed.rules) == 4


def test_an_empty_file_is_one_without_lines() -> None:
    assert DisavowFile.parse(b"").lines == ()
    assert DisavowFile.parse(b"\xef\xbb\xbf").lines == ()


@given(st.binary(max_size=200))
def test_any_bytes_parse_and_keep_their_bytes(data: bytes) -> None:
    parsed = DisavowFile.parse(data)
    assert parsed.data == data
    for line in parsed.lines:
        assert (line.rule is None) == (line.kind in ("comment", "blank", "invalid"))
        assert (line.fault is not None) or line.kind != "invalid"


@given(st.text(st.characters(exclude_characters="\x00\ufeff", exclude_categories=["Cs"]), max_size=100))
def test_any_text_is_the_join_of_its_lines(text: str) -> None:
    for mark in (b"", b"\xef\xbb\xbf"):
        parsed = DisavowFile.parse(mark + text.encode())
        assert parsed.text == text
        assert mark + parsed.text.encode() == parsed.data


@given(st.text(max_size=60), st.sampled_from(["", "domain:", "http://", "https://spam.example/"]))
def test_a_rule_that_is_written_is_read_as_it_was(text: str, before: str) -> None:
    for rule in (domain_rule(text), url_rule(before + text)):
        if rule is not None and len(rule.text) <= 2048:
            (line,) = DisavowFile.parse(rule.text.encode()).lines
            assert (line.rule, line.fault, line.in_force) == (rule, None, True)


def test_lines_that_are_no_utf8_are_read_each_by_itself() -> None:
    data = "# größer\n".encode() + "# größer\n".encode("cp1252") + "domain:bücher.example\n".encode()
    parsed = DisavowFile.parse(data)
    assert [line.text for line in parsed.lines] == ["# größer", "# größer", "domain:bücher.example"]
    assert parsed.guessed == {2}
    assert parsed.encoding == "cp1252"


def test_a_page_whose_letters_are_guessed_is_not_covered() -> None:
    """In which code page it is saved nobody knows, so that no page can be said to be meant; merge and audit agree."""
    parsed = DisavowFile.parse("http://a.example/café\n# für\nhttp://a.example/plain\n".encode("cp1252"))
    assert [(line.in_force, line.fault) for line in parsed.lines] == [(False, "not_utf8"), (False, None), (True, None)]  # fmt: skip
    assert parsed.covers("http://a.example/caf%C3%A9") is None
    assert [finding.code for finding in parsed.check()].count("not_utf8") == 1


def test_which_line_covers_a_page() -> None:
    lines = [
        "# of my shop", "domain: dead.example", "domain:spam.example", "DOMAIN:Upper.example", "domain:deep.spam.example",
        "https://fine.example/bad?x=1", "domain:spam.example", "domain:192.0.2.7", "http://fine.example/ö",
    ]  # fmt: skip
    file = DisavowFile.parse("\n".join(lines).encode())
    expected = {
        "http://dead.example/": None,
        "http://spam.example/x": 3,
        "https://A.SPAM.example:8443/x": 3,
        "http://www.deep.spam.example/": 5,
        "http://upper.example/": 4,
        "https://fine.example/bad?x=1#frag": 6,
        "https://FINE.example:443/bad?x=%31": 6,
        "http://fine.example/bad?x=1": None,
        "https://www.fine.example/bad?x=1": None,
        "https://fine.example/bad?x=1/": None,
        "https://fine.example/bad": None,
        "http://fine.example/%c3%b6": 9,
        "http://192.0.2.7/a": 8,
        "http://1.192.0.2.7/a": None,
        "http://notspam.example/": None,
        "spam.example": None,
        "": None,
        "ftp://spam.example/": None,
    }
    for url, number in expected.items():
        line = file.covers(url)
        assert (line and line.number) == number, url
    column = pl.Series("source_url", [*expected, None])
    assert file.covers_many(column).to_list() == [*expected.values(), None]
    assert file.covers_many(column).name == "line"
    assert file.covers_many(column).dtype == pl.Int64
    assert DisavowFile.parse(b"").covers_many(column).null_count() == len(column)


def test_reading_what_is_no_disavow_file(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("<html><body>Sign in</body></html>\n")
    (tmp_path / "sheet.txt").write_bytes(b"PK\x03\x04 and more\n")
    for name in ("page.txt", "sheet.txt"):
        with pytest.raises(InputError, match="holds no rule of a disavow file"):
            DisavowFile.read(tmp_path / name)
    for name in ("absent.txt", "."):
        with pytest.raises(InputError, match="cannot be read"):
            DisavowFile.read(tmp_path / name)
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    with pytest.raises(InputError, match="64 MB"):
        DisavowFile.read(tmp_path / "huge.txt")
    (tmp_path / "comments.txt").write_text("# nothing yet\n")
    assert DisavowFile.read(tmp_path / "comments.txt").rules == ()


@pytest.mark.raw
def test_every_real_file_parses_without_loss(raw: Path) -> None:
    paths = sorted((raw / "data/disavow").glob("*.txt"))
    assert len(paths) > 150
    rules = 0
    for path in paths:
        data = path.read_bytes()
        parsed = DisavowFile.parse(data, path.name)
        assert parsed.data == data
        assert parsed.text.encode() == data, path.name
        assert [line.number for line in parsed.lines] == list(range(1, len(parsed.lines) + 1))
        rules += len(parsed.rules)
    assert rules > 50_000
