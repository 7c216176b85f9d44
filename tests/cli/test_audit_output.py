"""What ``detector audit`` prints: a summary for people, JSON for machines, nothing when asked to be quiet."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from in_process import Run

from detector.signals.registry import all_signals

SITE = ("--site", "kettles.example")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [f"https://page{n}.example/a,https://kettles.example/,kettles" for n in range(9)]
    rows += [
        "https://page10.example/a,https://pans.example/,pans",
        "no address at all,https://kettles.example/,x",
    ]
    (tmp_path / "export.csv").write_text("Source url,Target url,Anchor\n" + "\n".join(rows) + "\n")
    (tmp_path / "one.csv").write_text("Source url,Target url\n" + rows[0].rsplit(",", 1)[0] + "\n")
    (tmp_path / "old.txt").write_text("domain:org.br\ndomain:kettles.example\ndomain:gone.example\n")
    return tmp_path


def test_json_is_all_of_standard_output_and_is_the_record(detector: Run, folder: Path) -> None:
    done = detector("audit", "export.csv", *SITE, "--json")
    assert done.returncode == 0
    assert done.stderr == ""
    assert json.loads(done.stdout) == json.loads((folder / "audit" / "audit.json").read_text("utf-8"))


def test_the_page_names_every_field_and_column(detector: Run, folder: Path, project: Path) -> None:
    record = json.loads(detector("audit", "export.csv", *SITE, "--json").stdout)
    names = {*record, *record["files"][0]}
    for block in ("counts", "disavow", "model", "settings", "report"):
        names |= set(record[block])
    for table in ("referring-domains.parquet", "signals.parquet"):
        names |= set(pl.read_parquet_schema(folder / "audit" / table))
    page = (project / "docs" / "audit-files.md").read_text("utf-8")
    assert {name for name in names - set(all_signals()) if f"`{name}`" not in page} == set()


def test_quiet_prints_nothing(detector: Run, folder: Path) -> None:
    done = detector("audit", "export.csv", *SITE, "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (folder / "audit" / "report.html").is_file()


def test_the_summary_leads_with_what_to_do_and_ends_with_where_things_are(
    detector: Run, folder: Path
) -> None:
    done = detector("audit", "export.csv", *SITE, "--out", "here")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("Do nothing: ")
    assert "1 file: 11 records (1 unreadable), 9 links, 9 referring domains" in lines
    assert [line.split()[0] for line in lines[-7:]] == [
        "here/disavow.txt", "here/report.html", "here/referring-domains.csv", "here/referring-domains.parquet", "here/links.parquet", "here/signals.parquet",
        "here/audit.json",
    ]  # fmt: skip
    assert "no rule: nothing to upload" in done.stdout
    assert done.stderr.splitlines() == [
        "warning: export.csv: 1 row could not be read (row 11: the linking page is no URL)",
        "warning: 1 row leads to other sites than yours: set aside, not judged.",
    ]


def test_each_verdict_has_its_number(detector: Run, folder: Path) -> None:
    done = detector("audit", "one.csv", *SITE)
    numbers = [line.split() for line in done.stdout.splitlines() if len(line.split()) == 2]
    assert [name for name, _ in numbers if name in {"disavow", "review", "keep", "ignore"}] == [
        "disavow", "review", "keep", "ignore",
    ]  # fmt: skip
    assert "1 file: 1 record, 1 link, 1 referring domain" in done.stdout.splitlines()


def test_old_lines_that_a_guard_holds_back_lead_the_summary(detector: Run, folder: Path) -> None:
    done = detector("audit", "export.csv", *SITE, "--disavow", "old.txt")
    assert done.stdout.splitlines()[:2] == [
        "! Held back from old.txt: line 1 (public suffix): domain:org.br.",
        "! Held back from old.txt: line 2 (own site): domain:kettles.example.",
    ]
    text = (folder / "audit" / "disavow.txt").read_text()
    assert (
        "# held back (public suffix): domain:org.br\n# held back (own site): domain:kettles.example\n" in text
    )
    assert "\ndomain:gone.example\n" in text
    assert "1 rule, for Google's upload form" in done.stdout


def test_own_takes_the_other_site_in(detector: Run, folder: Path) -> None:
    done = detector("audit", "export.csv", *SITE, "--own", "pans.example", "--json")
    counts = json.loads(done.stdout)["counts"]
    assert (counts["set_aside"], counts["links"]) == (0, 10)


def test_a_manual_action_changes_the_headline(detector: Run, folder: Path) -> None:
    done = detector("audit", "export.csv", *SITE, "--manual-action", "--json")
    assert json.loads(done.stdout)["headline"].startswith(
        "Act: there is a manual action against kettles.example"
    )
