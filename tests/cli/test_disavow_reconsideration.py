"""``detector disavow reconsideration``: from an audit, the history and a log to two files."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from in_process import Run, run

from detector.disavow.parsing import DisavowFile
from detector.history import Store

NAME = "kettle-and-thyme.example"
SITE = ("--site", f"www.{NAME}")


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Path:
    """The audit that ``make demo`` makes, made here: a clean checkout has none."""
    folder = tmp_path_factory.mktemp("demo") / "audit"
    samples = project / "disavow_samples"
    exports = sorted(path for path in samples.glob("*.csv*") if path.name != "truth.csv")
    done = run(
        "audit", *exports, "--site", f"www.{NAME}", "--disavow", samples / "old-disavow.txt", "--out", folder
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def folder(tmp_path: Path, audited: Path) -> Path:
    """A copy of that audit, for one test to write into."""
    shutil.copytree(audited, tmp_path / "audit")
    return tmp_path / "audit"


def upload(folder: Path, stores: Path) -> None:
    with Store.open(NAME, stores) as store:
        day = datetime(2026, 11, 22, tzinfo=UTC)
        file = DisavowFile.read(folder / "disavow.txt")
        store.record(file, property_url=f"https://{NAME}/", who="ann", now=day, uploaded=day)


def test_a_document_and_a_sheet(detector: Run, folder: Path, own_stores: Path, tmp_path: Path) -> None:
    upload(folder, own_stores)
    listed = (
        pl.read_csv(folder / "referring-domains.csv").filter(verdict="disavow")["referring_domain"].to_list()
    )
    (tmp_path / "log.csv").write_text(f"sent;site;answer;owner\n2026-11-01;{listed[0]};removed;me\n")
    done = detector("disavow", "reconsideration", "audit", *SITE, "--outreach", "log.csv")
    assert done.returncode == 0
    assert done.stderr == "log.csv: column 'owner' is not used\n"
    assert "1 asked for removal" in done.stdout
    assert "fill it in before you share the document" in done.stdout
    sheet = pl.read_csv(folder / "reconsideration.csv", infer_schema=False)
    assert set(listed) <= set(sheet["referring_domain"])
    row = sheet.filter(referring_domain=listed[0]).row(0, named=True)
    assert (row["first_request"], row["removed"]) == ("2026-11-01", "yes")
    assert row["decision"] == "disavowed: upload 1 of 2026-11-22"
    assert row["example_pages"].startswith("http")
    page = (folder / "reconsideration.html").read_text("utf-8")
    assert all(domain in page for domain in listed)


def test_without_an_upload_it_says_so(detector: Run, folder: Path, own_stores: Path, tmp_path: Path) -> None:
    done = detector("disavow", "reconsideration", "audit", *SITE, "--out", "here.html")
    assert done.returncode == 0
    assert "No upload is confirmed in the history" in done.stderr
    assert (tmp_path / "here.html").is_file()
    assert (tmp_path / "here.csv").is_file()
    assert not own_stores.exists()


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("audit", "--site", "other.example"), 2, f"audit is the audit of {NAME}, not of other.example"),
        ((".", *SITE), 2, "is not the folder of an audit"),
        (("audit", *SITE, "--out", "x.docx"), 2, "must end in .html"),
        (("audit", *SITE, "--outreach", "none.csv"), 3, "none.csv: the log cannot be read"),
        (("audit", *SITE, "--outreach", "log.csv"), 3, "log.csv, row 1, column 'date': '03/04/2026' can be read in two ways"),
        (("audit", *SITE, "--out", "nowhere/x.html"), 3, "it cannot be written"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_sentence(
    detector: Run, folder: Path, tmp_path: Path, args: tuple[str, ...], code: int, words: str
) -> None:
    (tmp_path / "log.csv").write_text("date,domain\n03/04/2026,a.example\n")
    done = detector("disavow", "reconsideration", *args)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (folder / "reconsideration.html").exists()
