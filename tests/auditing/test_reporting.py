"""The report made anew from an audit's folder: the same page without decisions, and what a person decided with them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

from detector import Settings, audit
from detector.auditing.reporting import JUDGED, REPORT, branding_of, report_again, with_decisions
from detector.cli.commands import app
from detector.errors import InputError, UsageError
from detector.report.branding import read_branding
from detector.review.decisions import Evidence, Subject
from detector.review.store import COLUMNS, DecisionStore, read_decisions

Write = Callable[[Path, list[dict[str, str]]], Path]
AT = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
NOBODY = pl.DataFrame(schema=dict(COLUMNS))


@pytest.fixture
def folder(tmp_path: Path, write_ahrefs: Write) -> Path:
    """An audit of twelve domains, made for an agency."""
    rows = [
        {"Referring page URL": f"https://page{n}.example/a/{n}", "Target URL": "https://www.kettles.example/", "Anchor": f"kettle {n} | =1+1"}
        for n in range(12)
    ]  # fmt: skip
    logo = tmp_path / "logo.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    audit(
        [write_ahrefs(tmp_path / "export.csv", rows)],
        Settings(site="kettles.example", agency="Harbour & Pine", logo=logo),
        tmp_path / "audit",
    )
    return tmp_path / "audit"


def decided(*rows: dict[str, Any]) -> pl.DataFrame:
    common = dict.fromkeys(COLUMNS) | {"scope": "domain", "note": "", "who": "ann", "at": AT}
    whole = [common | {"unit": row["subject"]} | row for row in rows]
    return pl.DataFrame(whole, schema=dict(COLUMNS))


def page_of(folder: Path) -> str:
    return (folder / REPORT).read_text("utf-8")


def rows_of(page: str) -> dict[str, dict[str, Any]]:
    """The rows of the list by domain, shared texts put in."""
    data = json.loads(re.search(r'id="data">(.*?)</script>', page, re.DOTALL)[1])  # type: ignore[index]
    rows = [dict(zip(data["columns"], cells, strict=True)) for cells in data["rows"]]
    for row in rows:
        for name in ("verdict", "kind", "guard", "unneeded", "decided"):
            row[name] = None if row[name] is None else data["texts"][row[name]]
    return {row["domain"]: row for row in rows}


def test_without_decisions_it_is_the_page_of_the_audit_to_the_byte(folder: Path) -> None:
    before = page_of(folder)
    (folder / REPORT).unlink()
    agency, logo = branding_of(folder)
    assert report_again(folder, NOBODY, branding=read_branding(agency, logo), xlsx=False) == []
    assert page_of(folder) == before
    assert "Harbour &amp; Pine" in before
    assert "data:image/svg+xml;base64," in before


def test_decisions_take_precedence_and_are_told(folder: Path) -> None:
    proposed = rows_of(page_of(folder))["page1.example"]["verdict"]
    decisions = decided(
        {"subject": "page1.example", "decision": "disavow", "note": "<b>bought</b>"},
        {"subject": "page2.example", "decision": "later"},
        {
            "subject": "https://page3.example/a/3",
            "unit": "page3.example",
            "scope": "url",
            "decision": "disavow",
        },
    )
    report_again(folder, decisions, branding=None, xlsx=False)
    page = page_of(folder)
    rows = rows_of(page)
    assert proposed != "disavow"
    assert (rows["page1.example"]["verdict"], rows["page1.example"]["rule"]) == (
        "disavow",
        "domain:page1.example",
    )
    assert rows["page1.example"]["decided"] == "disavow, by ann on 3 November 2026: <b>bought</b>"
    assert rows["page2.example"]["decided"] == "put off, by ann on 3 November 2026"
    assert (rows["page2.example"]["verdict"], rows["page3.example"]["verdict"]) == (proposed, proposed)
    assert rows["page3.example"]["decided"] == "1 decided for pages or hosts of it"
    assert "1 of 12 referring domains (8.3%)" in page
    left, other = (1, 0) if proposed == "review" else (0, 1)
    assert (
        f"ann decided about 2 domains and 1 page or host: {left} that the classifier left to a person, {other} otherwise than it proposed."
        in page
    )
    assert "disavow.txt is still the one that the audit wrote" in page
    assert "<b>bought" not in page


def test_what_was_proposed_and_is_kept_has_no_line_any_more() -> None:
    table = pl.DataFrame(
        {"referring_domain": ["a.example", "x.test/@y", "g.example"], "verdict": ["disavow", "review", "keep"], "guard": [None, None, "never"],
         "rule": ["domain:a.example", None, None]}
    )  # fmt: skip
    after = with_decisions(
        table,
        decided({"subject": "a.example", "decision": "keep"}, {"subject": "x.test/@y", "scope": "tenant", "decision": "disavow"},
                {"subject": "g.example", "decision": "disavow"}),
    )  # fmt: skip
    assert after["verdict"].to_list() == ["keep", "disavow", "disavow"]
    assert after["rule"].to_list() == [None, None, None], "kept; a path needs URL lines; a guard forbids"
    assert with_decisions(table, NOBODY).drop("decided").equals(table)


def test_the_command_reads_the_store_and_keeps_the_agency(folder: Path) -> None:
    with DecisionStore(folder, "kettles.example") as store:
        store.decide(
            [(Subject("page4.example", "domain", "page4.example"), Evidence("keep", 0.1))],
            "disavow", title="disavow", who="ann", now=AT,
        )  # fmt: skip
    assert read_decisions(folder).height == 1
    done = CliRunner().invoke(app, ["report", str(folder), "--xlsx"], catch_exceptions=False)
    assert done.exit_code == 0
    assert "with 1 decision" in done.output
    assert rows_of(page_of(folder))["page4.example"]["verdict"] == "disavow"
    assert "Harbour &amp; Pine" in page_of(folder)
    assert (folder / "audit.xlsx").is_file()
    done = CliRunner().invoke(
        app, ["report", str(folder), "--agency", "Other", "--quiet"], catch_exceptions=False
    )
    assert (done.output, "Prepared by <bdi>Other" in page_of(folder)) == ("", True)


def test_a_logo_that_is_gone_does_not_stop_the_report(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").unlink()
    assert branding_of(folder) == ("Harbour & Pine", None)


def test_a_folder_that_is_none_or_of_an_older_version_says_what_to_do(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not the folder of an audit"):
        report_again(tmp_path, NOBODY, branding=None, xlsx=False)
    (folder / JUDGED).write_bytes(b"PAR1 no")
    with pytest.raises(
        InputError, match=r"parquet: it cannot be read as a Parquet file\. Run 'detector audit' again"
    ):
        report_again(folder, NOBODY, branding=None, xlsx=False)
    (folder / JUDGED).unlink()
    with pytest.raises(InputError, match="an audit of this version writes it"):
        report_again(folder, NOBODY, branding=None, xlsx=False)
    pl.DataFrame({"referring_domain": ["a"]}).write_parquet(folder / JUDGED)
    with pytest.raises(InputError, match="it lacks verdict"):
        report_again(folder, NOBODY, branding=None, xlsx=False)
