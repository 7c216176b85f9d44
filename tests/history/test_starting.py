"""An audit starts from the last upload, and says what is new since then."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from history_fixtures import START, parsed

from detector import Settings, audit
from detector.errors import InputError
from detector.history import Store, Upload
from detector.history.starting import start_from
from detector.links.domains import Domains

Record = Callable[..., Upload]
Write = Callable[[Path, list[dict[str, str]]], Path]
NOW = datetime.fromisoformat("2026-11-20T12:00:00+01:00")


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    def write(*lines: str) -> Path:
        (tmp_path / "new.txt").write_bytes(parsed(*lines).data)
        return tmp_path / "new.txt"

    return write


def test_without_a_store_there_is_nothing_to_say(
    written: Callable[..., Path], tmp_path: Path, domains: Domains
) -> None:
    for stores in (None, tmp_path / "none"):
        start = start_from(None, "example.com", stores, domains)
        assert start.file is None
        since = start.since(written("domain:a.example"))
        assert (since.sentences, since.record) == ([], None)


def test_it_starts_from_the_last_upload_and_says_what_is_new(
    store: Store, record: Record, written: Callable[..., Path], domains: Domains
) -> None:
    record("domain:a.example", "domain:b.example", done=True)
    start = start_from(None, "example.com", store.path.parent, domains)
    assert start.file
    assert [rule.text for rule in start.file.rules] == ["domain:a.example", "domain:b.example"]
    since = start.since(written("domain:a.example", "domain:b.example", "domain:c.example"))
    assert since.sentences == [
        "The run started from upload 1 of 2026-05-01 (2 rules); 1 rule is new since then."
    ]
    assert since.record == {
        "upload": 1, "uploaded": "2026-05-01T12:00:00+00:00", "sha256": store.upload(1).sha256,
        "merged": True, "added": 1, "removed": 0, "counts_again": 0,
    }  # fmt: skip


def test_a_file_that_the_user_names_goes_first_and_what_it_lacks_is_said(
    store: Store, record: Record, written: Callable[..., Path], domains: Domains, tmp_path: Path
) -> None:
    record("domain:a.example", "domain:www.b.example", done=True)
    (tmp_path / "mine.txt").write_text("domain:b.example\n")
    start = start_from(tmp_path / "mine.txt", "example.com", store.path.parent, domains)
    assert start.file
    assert start.file.name == str(tmp_path / "mine.txt")
    since = start.since(written("domain:b.example"))
    assert since.sentences == [
        "By the history, in force is upload 1 of 2026-05-01 (2 rules); 1 rule is new since then.",
        "Left out, and so to count again once the new file is uploaded: 1 rule of upload 1 of 2026-05-01 (domain:a.example).",
    ]  # fmt: skip
    assert since.record
    assert (since.record["merged"], since.record["removed"], since.record["counts_again"]) == (False, 2, 1)


def test_what_was_only_handed_over_is_no_start(store: Store, record: Record, domains: Domains) -> None:
    record("domain:a.example")
    assert start_from(None, "example.com", store.path.parent, domains).file is None


# ------------------------------------------------------------------------------------------------ in an audit


@pytest.fixture
def export(tmp_path: Path, write_ahrefs: Write) -> Path:
    rows = [
        {
            "Referring page URL": f"https://page{n}.example/a",
            "Target URL": "https://example.com/",
            "Anchor": "kettles",
        }
        for n in range(12)
    ]
    return write_ahrefs(tmp_path / "export.csv", rows)


def test_an_audit_merges_with_the_last_upload(
    tmp_path: Path, export: Path, store: Store, record: Record
) -> None:
    record("# mine", "domain:gone.example", done=True)
    settings = Settings("www.example.com", stores=store.path.parent)
    result = audit([export], settings, tmp_path / "out", now=NOW)
    text = (tmp_path / "out" / "disavow.txt").read_text()
    assert "# mine\ndomain:gone.example\n" in text
    assert "upload 1 of 2026-05-01" in text
    told = json.loads((tmp_path / "out" / "audit.json").read_text())
    assert told["history"]["upload"] == 1
    assert told["history"]["merged"] is True
    sentence = "The run started from upload 1 of 2026-05-01 (1 rule); 0 rules are new since then."
    assert sentence in told["summary"]
    assert sentence in (tmp_path / "out" / "report.html").read_text("utf-8")
    assert result.summary["history"] == told["history"]


def test_an_audit_that_is_told_of_no_stores_looks_at_none(
    tmp_path: Path, export: Path, own_stores: Path
) -> None:
    with Store.open("example.com", own_stores) as mine:
        mine.record(parsed("domain:gone.example"), property_url="", who="", now=START, uploaded=START)
    audit([export], Settings("example.com"), tmp_path / "out", now=NOW)
    assert "gone.example" not in (tmp_path / "out" / "disavow.txt").read_text()
    assert json.loads((tmp_path / "out" / "audit.json").read_text())["history"] is None


def test_an_audit_leaves_a_damaged_store_alone_and_writes_nothing(
    tmp_path: Path, export: Path, own_stores: Path
) -> None:
    own_stores.mkdir()
    (own_stores / "example.com.sqlite").write_text("no database" * 200)
    with pytest.raises(InputError, match="it is no store of this program, or it is damaged"):
        audit([export], Settings("example.com", stores=own_stores), tmp_path / "out", now=NOW)
    assert not (tmp_path / "out").exists()
