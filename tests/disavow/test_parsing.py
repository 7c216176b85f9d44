"""Parsing: every kind of line, every encoding, and nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.disavow.parsing import FAULTS, DisavowFile
from detector.errors import InputError

#: line -> (kind, canonical rule, fault); the shapes are those of real files.
LINES = {
    "# a comment": ("comment", None, None),
    "  # indented": ("comment", None, None),
    "#domain:spam.example": ("comment", None, None),
    "": ("blank", None, None),
    " \t": ("blank", None, None),
    "domain:spam.example": ("domain", "domain:spam.example", None),
    "  domain:spam.example\t": ("domain", "domain:spam.example", None),
    "domain:192.0.2.7": ("domain", "domain:192.0.2.7", None),
    "domain:org.br": ("domain", "domain:org.br", None),
    "domain:xyz": ("domain", "domain:xyz", None),
    "domain:under_score.example.com": ("domain", "domain:under_score.example.com", None),
    "domain: spam.example": ("domain", "domain:spam.example", "spelling"),
    "DOMAIN:Spam.Example": ("domain", "domain:spam.example", "spelling"),
    "domain : spam.example.": ("domain", "domain:spam.example", "spelling"),
    "domain:bücher.example": ("domain", "domain:xn--bcher-kva.example", "not_ascii"),
    "domain:александр-терентьев.рф": (
        "domain",
        "domain:xn----7sbajiedaa8bj1ae2bcjwe4q.xn--p1ai",
        "not_ascii",
    ),
    "https://spam.example/a?b=c": ("url", "https://spam.example/a?b=c", None),
    "https://spam.example/a#frag": ("url", "https://spam.example/a", None),
    "HTTP://Spam.example": ("url", "http://spam.example/", "spelling"),
    "https://spam.example/böse": ("url", "https://spam.example/b%C3%B6se", "not_ascii"),
    "domain:": ("invalid", None, "no_host"),
    "domain:http://spam.example": ("invalid", None, "scheme_in_domain"),
    "domain:spam.example/path": ("invalid", None, "path_in_domain"),
    "domain:spam.example:8080": ("invalid", None, "port_in_domain"),
    "domain:*.spam.example": ("invalid", None, "wildcard"),
    "domain:spam.example # why": ("invalid", None, "trailing_text"),
    "domain:spam.example# Disavow file": ("invalid", None, "trailing_text"),
    "domain:a.exampledomain:b.example": ("invalid", None, "no_host"),
    "domain:rankings & authority 🎖️": ("invalid", None, "trailing_text"),
    "https://spam.example/a # why": ("invalid", None, "trailing_text"),
    "http://": ("invalid", None, "no_host"),
    "https://spam.example/" + "a" * 2048: ("invalid", None, "url_too_long"),
    "spam.example": ("invalid", None, "no_prefix"),
    "www.spam.example/page": ("invalid", None, "no_scheme"),
    "*.spam.example": ("invalid", None, "wildcard"),
    "Links we do not want": ("invalid", None, "unreadable"),
    "ftp://spam.example/": ("invalid", None, "unreadable"),
    "{": ("invalid", None, "unreadable"),
}


@pytest.mark.parametrize(("text", "expected"), LINES.items(), ids=[text[:40] for text in LINES])
def test_a_line(text: str, expected: tuple[str, str | None, str | None]) -> None:
    (line,) = DisavowFile.parse(f"{text}\n".encode()).lines
    assert (line.kind, line.rule and line.rule.text, line.fault) == expected
    assert (line.number, line.text, line.end) == (1, text, "\n")


def test_every_fault_occurs() -> None:
    assert {fault for _, _, fault in LINES.values() if fault} == set(FAULTS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_encodings_and_line_ends(encoding: str, end: str) -> None:
    texts = ["# Größe: für später geprüft", "domain:bücher.example", "", "https://spam.example/a"] * 10
    data = end.join(texts).encode(encoding)
    parsed = DisavowFile.parse(data)
    assert [line.text for line in parsed.lines] == texts
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


@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=100))
def test_any_text_is_the_join_of_its_lines(text: str) -> None:
    parsed = DisavowFile.parse(b"\xef\xbb\xbf" + text.encode())
    if "\r" not in text:
        assert parsed.text == text
    assert parsed.text.replace("\r", "\n").split() == text.replace("\r", "\n").split()


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
        assert parsed.text == data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "strict"), path.name
        assert [line.number for line in parsed.lines] == list(range(1, len(parsed.lines) + 1))
        rules += len(parsed.rules)
    assert rules > 50_000
