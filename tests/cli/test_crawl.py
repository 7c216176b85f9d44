"""``detector crawl`` at the command line; what it does is tested in tests/web."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest
from in_process import run

from detector.web.outcomes import MEANINGS, Outcome
from detector.web.table import TRANSPORT

CONTACT = ("--contact", "test@crawler.example")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audited")
    export = folder / "links.csv"
    export.write_text(
        "Linking page,Last crawled\nhttp://127.0.0.1:8080/a,2026-01-01\nhttp://10.0.0.1:25/b,2026-01-01\n"
    )
    done = run("audit", export, "--site", "www.audited.example", "--out", folder / "audit", "--quiet")
    assert done.returncode == 0, done.stderr
    return folder / "audit"


@pytest.fixture
def audited(made: Path, tmp_path: Path) -> Path:
    """A copy that a test may write into."""
    return shutil.copytree(made, tmp_path / "audit")


def test_what_is_done_and_printed(audited: Path, tmp_path: Path) -> None:
    done = run("crawl", audited, *CONTACT, "--store", tmp_path / "store", "--threads", "4")
    assert done.returncode == 0, done.stderr
    assert "asked for now" in done.stdout
    assert MEANINGS[Outcome.ADDRESS_FORBIDDEN].words in done.stdout
    assert str(audited / "pages.parquet") in done.stdout
    table = pl.read_parquet(audited / "pages.parquet")
    assert set(TRANSPORT) <= set(table.columns)
    assert set(table["outcome"]) <= {"address_forbidden", "bad_url"}
    again = run("crawl", audited, *CONTACT, "--store", tmp_path / "store")
    assert " 0 asked for now (0 requests" in again.stdout


def test_a_contact_is_needed(audited: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DETECTOR_CONTACT", raising=False)
    assert run("crawl", audited).returncode == 2
    done = run("crawl", audited, "--contact", "nobody")
    assert done.returncode == 2
    assert "e-mail address or a web page" in done.stderr
    monkeypatch.setenv("DETECTOR_CONTACT", "test@crawler.example")
    assert run("crawl", audited, "--limit", "0", "--quiet").returncode == 0


@pytest.mark.parametrize("days", ["1000000", "1e12", "inf", "nan", "-1"])
def test_an_age_that_is_none_is_wrong_usage(audited: Path, days: str) -> None:
    done = run("crawl", audited, *CONTACT, "--limit", "0", "--max-age", days)
    assert done.returncode == 2
    assert "--max-age" in done.stderr


def test_a_warc_file_that_cannot_be_written_is_told_before_anything_is_asked(
    audited: Path, tmp_path: Path
) -> None:
    for place in (tmp_path, tmp_path / "none" / "out.warc"):
        done = run("crawl", audited, *CONTACT, "--warc-out", place)
        assert done.returncode == 2
        assert f"--warc-out {place}" in done.stderr
        assert not (audited / "pages.parquet").exists()


def test_a_folder_that_is_no_audit(tmp_path: Path) -> None:
    done = run("crawl", tmp_path, *CONTACT)
    assert done.returncode == 3
    assert "detector audit" in done.stderr


def test_the_test_setting_is_said_aloud(audited: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETECTOR_TEST_LOOPBACK", "1")
    assert "loopback addresses may be reached" in run("crawl", audited, *CONTACT, "--limit", "0").stderr
    monkeypatch.setenv("DETECTOR_TEST_LOOPBACK", "yes")
    assert run("crawl", audited, *CONTACT).returncode == 2


def test_the_document_lists_every_column_and_outcome(project: Path) -> None:
    text = (project / "docs" / "crawling.md").read_text("utf-8")
    for column, (_, meaning) in TRANSPORT.items():
        assert f"| `{column}` | {meaning} |" in text
    for outcome, meaning in MEANINGS.items():
        assert f"| `{outcome.value}` | {meaning.words} |" in text
