"""The audit as a function: its five lines, its files, and what stays as it was when it fails."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from detector import Audit, Settings, audit, auditing
from detector.disavow.audited import read_audit
from detector.errors import DetectorError, InputError, OutputError, UsageError
from detector.links.domains import Domains
from detector.links.schema import LINK_SCHEMA
from detector.reference.hashing import keys_of
from detector.reference.lookup import Reference
from detector.reference.tables import Listed, make_table

NOW = datetime.fromisoformat("2026-11-20T12:00:00+01:00")
FILES = [
    "audit.json",
    "disavow.txt",
    "links.parquet",
    "referring-domains.csv",
    "referring-domains.parquet",
    "report.html",
    "signals.parquet",
]

Write = Callable[[Path, list[dict[str, str]]], Path]


def link(number: int, **cells: str) -> dict[str, str]:
    return {
        "Referring page URL": f"https://page{number}.example/a/{number}",
        "Target URL": "https://www.kettles.example/",
        "Anchor": "kettles",
        **cells,
    }


@pytest.fixture
def export(tmp_path: Path, write_ahrefs: Write) -> Path:
    return write_ahrefs(tmp_path / "export.csv", [link(n) for n in range(12)])


def test_five_lines_are_enough(tmp_path: Path, export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = audit(["export.csv"], Settings(site="kettles.example"), "out")  # plain texts, as in the README
    assert isinstance(result, Audit)
    assert result.domains.height == 12
    assert not result.partly_read
    assert sorted(path.name for path in Path("out").iterdir()) == FILES


def test_a_university_is_known_as_one_also_where_reputation_is_left_out(
    tmp_path: Path, write_ahrefs: Write
) -> None:
    spam = {"Anchor": "best casino bonus online", "Referring page title": "casino slots", "External links": "2400",
            "Linked domains": "900", "Domain rating": "0"}  # fmt: skip
    export = write_ahrefs(tmp_path / "export.csv", [link(n, **spam) for n in range(20)])
    listed = Listed("universities", "hipo", "ordinary", "2026", 0), keys_of(pl.Series(["page7.example"]))
    lists = Reference([make_table([listed])])
    settings = Settings("kettles.example", without=("reputation",))
    table = audit([export], settings, tmp_path / "out", reference=lists).domains
    verdicts = dict(table.select("referring_domain", "verdict").iter_rows())
    assert verdicts.pop("page7.example") == "review"
    assert set(verdicts.values()) == {"disavow"}


@pytest.mark.parametrize(
    ("site", "expected"), [("casino-royal.example", "review"), ("kettles.example", "disavow")]
)
def test_to_a_casino_words_of_its_own_trade_are_no_line(
    tmp_path: Path, write_ahrefs: Write, site: str, expected: str
) -> None:
    row = {"Target URL": f"https://{site}/", "Anchor": "legale online casinos bonus", "Domain rating": "31",
           "Referring page title": "Legale Online Casinos mit Bonus", "External links": "15", "Linked domains": "10"}  # fmt: skip
    pages = [f"https://verdiener{n}.example/legale-online-casinos/" for n in range(20)]
    export = write_ahrefs(tmp_path / "export.csv", [{**row, "Referring page URL": page} for page in pages])
    table = audit([export], Settings(site), tmp_path / "out").domains
    assert expected in table["verdict"].to_list()
    assert ("disavow" in table["verdict"].to_list()) == (expected == "disavow")


def test_the_table_is_sorted_by_probability_and_has_its_columns(tmp_path: Path, export: Path) -> None:
    result = audit([export], Settings("kettles.example"), tmp_path / "out")
    with (tmp_path / "out" / "referring-domains.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0])[:6] == ["referring_domain", "links", "probability", "verdict", "kind", "reasons"]
    probabilities = [float(row["probability"]) for row in rows]
    assert probabilities == sorted(probabilities, reverse=True)
    assert [row["referring_domain"] for row in rows] == result.domains["referring_domain"].to_list()
    assert all(row["reasons"] for row in rows)


@pytest.mark.parametrize("anchor", ['=HYPERLINK("http://evil.example")', "+1", "-2", "@SUM(A1)"])
def test_no_cell_is_a_formula(tmp_path: Path, write_ahrefs: Write, anchor: str) -> None:
    source = write_ahrefs(tmp_path / "a.csv", [link(1, Anchor=anchor)])
    audit([source], Settings("kettles.example"), tmp_path / "out")
    with (tmp_path / "out" / "referring-domains.csv").open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert row["anchors"] == "'" + anchor


def test_the_links_are_the_canonical_ones(tmp_path: Path, export: Path) -> None:
    audit([export, export], Settings("kettles.example"), tmp_path / "out")
    links = pl.read_parquet(tmp_path / "out" / "links.parquet")
    assert dict(links.schema) == dict(LINK_SCHEMA)
    assert links.height == 12  # the same export twice adds nothing


def test_the_record_says_what_was_done(tmp_path: Path, export: Path) -> None:
    white = tmp_path / "white.txt"
    white.write_text("page3.example\n")
    settings = Settings(
        "www.kettles.example", own=("pans.example",), brands=("Kettle & Co",), whitelist=white
    )
    audit([export], settings, tmp_path / "out", now=NOW)
    record = json.loads((tmp_path / "out" / "audit.json").read_text(encoding="utf-8"))
    assert record["site"] == "kettles.example"
    assert record["generated"] == "2026-11-20T12:00:00+01:00"
    assert record["counts"] | {"verdicts": None, "evidence": None} == {
        "files": 1, "unread_files": 0, "records": 12, "invalid": 0, "set_aside": 0, "links": 12,
        "domains_without_links": 0, "stored_rows": 12, "referring_domains": 12, "verdicts": None, "evidence": None,
    }  # fmt: skip
    assert sum(record["counts"]["verdicts"].values()) == 12
    assert set(record["disavow"]) >= {"path", "rules", "lines", "bytes", "new_rules", "held_back", "left_out"}
    assert set(record["model"]) == {"version", "trained", "sha256", "suffix_list_date", "thresholds"}
    assert set(record["versions"]) >= {"scikit-learn", "polars", "suffix_list_date", "platforms_date"}
    assert record["settings"] == {
        "own": ["pans.example"], "brands": ["Kettle & Co"], "without": [], "disavow": None, "whitelist": str(white),
    }  # fmt: skip
    assert "2026-11-20" in (tmp_path / "out" / "disavow.txt").read_text()
    assert "kettles.example" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_the_same_input_gives_the_same_files(tmp_path: Path, export: Path) -> None:
    for name in ("one", "two"):
        audit([export], Settings("kettles.example"), tmp_path / name, now=NOW)
    for file in set(FILES) - {"links.parquet", "referring-domains.parquet", "signals.parquet"}:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes(), file


def test_without_vendor_nobody_elses_opinion_is_shown(tmp_path: Path, write_ahrefs: Write) -> None:
    source = write_ahrefs(tmp_path / "a.csv", [link(1, **{"Is spam": "true"})])
    told = audit([source], Settings("kettles.example"), tmp_path / "a").domains["opinions"][0]
    untold = audit(
        [source], Settings("kettles.example", without=("vendor", "reputation")), tmp_path / "b"
    ).domains["opinions"][0]
    assert told.to_list() == ["the tool flags 100% of its links as spam"]
    assert untold.to_list() == []


def test_without_a_family_its_reasons_are_gone(tmp_path: Path, export: Path) -> None:
    full = audit([export], Settings("kettles.example"), tmp_path / "a").domains
    blind = audit(
        [export], Settings("kettles.example", without=("page", "anchor", "link", "velocity")), tmp_path / "b"
    ).domains
    assert full["tier"].unique().to_list() == ["rich"]
    assert blind["tier"].unique().to_list() == ["metrics"], "authority is left"
    assert blind["probability"].to_list() != full["probability"].to_list()
    assert not any("anchors" in reason for reason in blind["reasons"].explode())


# ------------------------------------------------------------------------------------------------ failing


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def break_report(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(auditing, "write_reports", fail)


def test_a_run_that_fails_late_leaves_the_earlier_results(
    tmp_path: Path, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    audit([export], Settings("kettles.example"), out)
    (out / "notes.txt").write_text("my own")
    before = snapshot(out)
    break_report(monkeypatch)
    with pytest.raises(OutputError, match=r"--out .*/out: .*No space left"):
        audit([export], Settings("page1.example", own=("kettles.example",)), out)
    assert snapshot(out) == before


def test_a_run_that_fails_leaves_no_folder_behind(
    tmp_path: Path, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_report(monkeypatch)
    with pytest.raises(OutputError, match=r"--out .*/out: .*No space left"):
        audit([export], Settings("kettles.example"), tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["audit.json", "report.html"])
def test_a_file_that_cannot_take_its_place_leaves_the_earlier_results(
    tmp_path: Path, export: Path, name: str
) -> None:
    out = tmp_path / "out"
    audit([export], Settings("kettles.example"), out)
    (out / name).unlink()
    (out / name).mkdir()
    (out / name / "mine.txt").write_text("my own")
    (out / "signals.parquet").unlink()
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    with pytest.raises(UsageError, match=rf"out/{name}: .*Is a directory.*another folder with --out"):
        audit([export], Settings("page1.example", own=("kettles.example",)), out)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    assert sorted(path.name for path in out.iterdir() if path.is_dir()) == [name]


def test_an_interrupt_while_the_files_take_their_places_puts_all_back(
    tmp_path: Path, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    audit([export], Settings("kettles.example"), out)
    (out / "audit.json").unlink()
    before = snapshot(out)
    replace = Path.replace

    def interrupted(path: Path, target: Path) -> Path:
        if path.name == "report.html" and path.parent.name == "new":
            raise KeyboardInterrupt
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        audit([export], Settings("page1.example", own=("kettles.example",)), out)
    assert snapshot(out) == before


def test_a_file_about_another_site_writes_nothing(tmp_path: Path, export: Path) -> None:
    with pytest.raises(InputError, match=r"lead mostly to kettles\.example, not to pans\.example"):
        audit([export], Settings("pans.example"), tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("text", ["", "Source url,Target url\n", "domain:bad.example\n"])
def test_an_audit_of_nothing_is_refused(tmp_path: Path, text: str) -> None:
    """It would say that nothing needs doing."""
    source = tmp_path / "nothing.csv"
    source.write_text(text)
    with pytest.raises(DetectorError, match=r"Nothing to audit\. .*nothing\.csv: "):
        audit([source], Settings("kettles.example", keep_going=True), tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("site", ["", "  ", "localhost", "co.uk", "no site", "http://", "."])
def test_what_is_no_site_is_wrong_usage(tmp_path: Path, export: Path, site: str) -> None:
    for settings in (Settings(site), Settings("kettles.example", own=(site,))):
        with pytest.raises(UsageError, match="is no site"):
            audit([export], settings, tmp_path / "out")


@pytest.mark.parametrize(
    "site", ["https://www.kettles.example/shop?x=1", "KETTLES.example", "blog.kettles.example."]
)
def test_a_site_may_be_named_by_any_of_its_addresses(tmp_path: Path, export: Path, site: str) -> None:
    assert audit([export], Settings(site), tmp_path / "out").summary["site"] == "kettles.example"


def test_the_files_of_an_audit_are_found_from_another_folder(
    tmp_path: Path, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for client, rule in (("mine", "domain:old.example"), ("theirs", "domain:their-secret.example")):
        (tmp_path / client).mkdir()
        (tmp_path / client / "old.txt").write_text(f"{rule}\n")
        (tmp_path / client / "never.txt").write_text(f"{client}.example\n")
    monkeypatch.chdir(tmp_path / "mine")
    settings = Settings("kettles.example", disavow=Path("old.txt"), whitelist=Path("never.txt"))
    audit([export], settings, "out", now=NOW)
    monkeypatch.chdir(tmp_path / "theirs")
    found = read_audit(tmp_path / "mine" / "out", Domains.default())
    assert (found.disavow, found.whitelist) == (
        tmp_path / "mine" / "old.txt",
        tmp_path / "mine" / "never.txt",
    )


def test_the_former_file_may_be_the_one_that_is_replaced(tmp_path: Path, export: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "disavow.txt").write_text("# agreed with legal\ndomain:old.example\n")
    audit([export], Settings("kettles.example", disavow=out / "disavow.txt"), out, now=NOW)
    text = (out / "disavow.txt").read_text()
    assert "# agreed with legal\ndomain:old.example\n" in text
    assert str(date(2026, 11, 20)) in text
