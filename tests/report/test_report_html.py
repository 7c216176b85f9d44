"""The page as a file: self-contained, escaped, bounded, written whole or not at all."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from report_fixtures import domains_frame, many_domains, one_domain

from detector.errors import InputError
from detector.report import html, write_report
from detector.report.html import render_report

HOSTILE = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "<!--<script>",
    '" onmouseover="alert(3)',
    "'><svg/onload=alert(4)>",
    "line\u2028separator\u2029end\x00",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(5)",
)


class Elements(HTMLParser):
    """Every element of a page with its attributes, and the text inside scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] in ("script", "style") and self.cdata_elem:
            self.raw.append((self.elements[-1][0], data))
        else:
            self.words.append(data)


def hostile_audit(text: str) -> dict[str, Any]:
    return {
        "site": text,
        "generated": text,
        "headline": text,
        "summary": [text],
        "warnings": [text + "w"],
        "counts": {"links": 1, "verdicts": {"disavow": 1}, text: text},
        "files": [{"file": text, "tool": text, "report": text, "records": 1, "warnings": [text]}],
        "model": {"version": text, text: text},
        "disavow": {"path": text, "lines": 1, "held_back": [text]},
        "settings": {text: [text, {text: text}]},
    }


def hostile_row(text: str) -> dict[str, Any]:
    names = ("referring_domain", "verdict", "kind", "rule", "guard", "no_line_needed", "example_url")
    return one_domain(**dict.fromkeys(names, text), reasons=[text], anchors=[text], tools=[text])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_adds_no_element_and_no_attribute(text: str, audit: dict[str, Any]) -> None:
    plain = Elements(render_report(hostile_audit("plain"), domains_frame([hostile_row("plain")])))
    hostile = Elements(render_report(hostile_audit(text), domains_frame([hostile_row(text)])))
    assert [tag for tag, _ in hostile.elements] == [tag for tag, _ in plain.elements]
    assert [set(attrs) for _, attrs in hostile.elements] == [set(attrs) for _, attrs in plain.elements]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_arrives_unchanged(text: str) -> None:
    page = Elements(render_report(hostile_audit(text), domains_frame([hostile_row(text)])))
    data = json.loads(next(raw for tag, raw in page.raw if raw.startswith('{"columns"')))
    cells = dict(zip(data["columns"], data["rows"][0], strict=True))
    assert cells["domain"] == cells["url"] == cells["anchors"][0] == text
    assert data["texts"] == [text]
    assert any(text.rstrip("\x00") in words for words in page.words), "the headline shows the text as it is"


def test_nothing_is_loaded_from_anywhere(audit: dict[str, Any]) -> None:
    page = render_report(audit, many_domains(50))
    for tag, attributes in Elements(page).elements:
        assert not [name for name in attributes if name.startswith("on")], f"{tag} has an inline handler"
        assert "style" not in attributes, "an inline style is not covered by the policy"
        for name in ("src", "srcset", "href", "action", "data", "poster", "background", "ping"):
            assert re.fullmatch(r"#[\w-]+|data:,", attributes.get(name) or "#x"), (tag, name, attributes)
    assert "@import" not in page
    assert "url(" not in page
    assert "fetch(" not in page


def test_the_policy_allows_this_style_and_this_script_and_nothing_else(audit: dict[str, Any]) -> None:
    page = Elements(render_report(audit, many_domains(5)))
    policy = next(a["content"] for t, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert "unsafe" not in policy
    style, data, script = page.raw
    assert data[1].startswith('{"columns"')
    for rule, (_, text) in (("style-src", style), ("script-src", script)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert rules[rule] == f"'sha256-{digest}'"


def test_the_script_never_makes_markup_from_text() -> None:
    script = resources.files("detector.report").joinpath("report.js").read_text("utf-8")
    code = re.sub(r"^\s*//.*$", "", script, flags=re.MULTILINE)
    banned = r"(inner|outer|insertAdjacent|set)HTML|document\.write|\beval\(|new Function|srcdoc|\.href\b"
    assert re.search(banned, code) is None


def test_five_thousand_rows_stay_a_small_file(audit: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_report(path, audit, many_domains(6_000))
    page = path.read_text("utf-8")
    rows = json.loads(next(raw for _, raw in Elements(page).raw if raw.startswith('{"columns"')))["rows"]
    assert len(rows) == 5_000
    assert path.stat().st_size < 2_500_000
    assert "The 5,000 most harmful of 6,000 judged domains." in " ".join(page.split())


def test_the_page_says_where_the_whole_list_is_without_script(audit: dict[str, Any]) -> None:
    page = render_report(audit, many_domains(3))
    assert re.search(r"<noscript>.*referring-domains\.csv.*</noscript>", page, re.DOTALL)


def test_held_back_lines_stand_before_every_other_warning(audit: dict[str, Any]) -> None:
    page = render_report(audit, many_domains(3))
    assert (
        0 < page.index("domain:org.br") < page.index("domain:blogspot.com") < page.index("exactly 1,000 rows")
    )
    assert page.index("exactly 1,000 rows") < page.index("At a glance")


def test_nothing_to_upload_is_said_in_so_many_words(audit: dict[str, Any]) -> None:
    audit["disavow"] = {"path": "disavow.txt", "lines": 0, "bytes": 0}
    assert "No line is proposed, and nothing needs to be uploaded." in render_report(audit, many_domains(3))


def test_entries_left_out_are_said(audit: dict[str, Any]) -> None:
    audit["disavow"]["left_out"] = 1234
    assert "1,234 of the least certain entries were left out" in render_report(audit, many_domains(3))


def test_the_same_audit_gives_the_same_page(audit: dict[str, Any]) -> None:
    assert render_report(audit, many_domains(40)) == render_report(audit, many_domains(40))


def test_a_lone_surrogate_in_the_record_does_not_stop_the_report(
    audit: dict[str, Any], tmp_path: Path
) -> None:
    audit["headline"] = "broken \ud83d name"
    write_report(tmp_path / "report.html", audit, many_domains(2))
    assert "broken ? name" in (tmp_path / "report.html").read_text("utf-8")


def test_a_folder_that_is_not_there_is_one_sentence(audit: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"report\.html: the report cannot be written \(No such file"):
        write_report(tmp_path / "nowhere" / "report.html", audit, many_domains(2))


def test_a_failed_write_leaves_the_old_report_and_nothing_else(
    audit: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.html"
    path.write_text("the old one")

    def full(self: Path, content: bytes) -> int:
        with self.open("wb") as file:
            file.write(content[:100])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(html.Path, "write_bytes", full)
    with pytest.raises(InputError, match="No space left"):
        write_report(path, audit, many_domains(2))
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("report.html", "the old one")]
