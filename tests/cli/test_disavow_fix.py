"""``detector disavow fix``: where the mended file goes, what is said, and what is never overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

BEFORE = b"# k\xc3\xa4se\r\ndomain: Spam.example\r\nhttp://a.spam.example/x\r\ndomain: blogspot.com\r\nspam-too.example\r\n"
AFTER = b"# k\xc3\xa4se\ndomain:spam.example\ndomain: blogspot.com\nspam-too.example\n"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.txt"
    path.write_bytes(BEFORE)
    return path


def test_the_mended_file_is_printed_and_nothing_is_overwritten(detector, old: Path) -> None:
    done = detector("disavow", "fix", "old.txt")
    assert done.returncode == 0
    assert done.stdout.encode() == AFTER
    assert old.read_bytes() == BEFORE
    assert "3 mends made:" in done.stderr
    assert "line 2 (blank_in_domain, capitals): domain: Spam.example -> domain:spam.example" in done.stderr
    assert "line 3 (url_covered): http://a.spam.example/x -> removed" in done.stderr
    assert (
        "line 3 (error blank_in_domain): domain: blogspot.com -> Do not write domain:blogspot.com"
        in done.stderr
    )
    assert "line 4 (error no_prefix): spam-too.example -> Write domain:spam-too.example" in done.stderr


def test_it_is_written_where_one_says(detector, old: Path, tmp_path: Path) -> None:
    done = detector("disavow", "fix", "old.txt", "--out", "new.txt")
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "new.txt").read_bytes() == AFTER
    assert old.read_bytes() == BEFORE
    old.chmod(0o600)
    assert detector("disavow", "fix", "old.txt", "--in-place").returncode == 0
    assert old.read_bytes() == AFTER
    assert old.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.txt", "old.txt"]
    done = detector("disavow", "fix", "old.txt", "--in-place")
    assert "0 mends made." in done.stderr
    assert old.read_bytes() == AFTER


def test_the_report_as_json_prints_no_file(detector, old: Path) -> None:
    done = detector("disavow", "fix", "old.txt", "--json")
    report = json.loads(done.stdout)
    assert list(report) == ["file", "written", "mends", "left"]
    assert report["written"] is None
    assert report["mends"][1] == {
        "line": 2, "code": "blank_in_domain", "before": "domain: Spam.example", "after": "domain:spam.example",
    }  # fmt: skip
    assert report["mends"][-1]["after"] is None
    assert {"blank_in_domain", "no_prefix"} <= {finding["code"] for finding in report["left"]}
    assert old.read_bytes() == BEFORE
    assert (
        json.loads(detector("disavow", "fix", "old.txt", "--json", "--in-place").stdout)["written"]
        == "old.txt"
    )
    assert old.read_bytes() == AFTER


def test_no_mend_wakes_a_rule_on_an_own_site_or_the_whitelist(detector, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("domain: own.example\ndomain: kept.example\ndomain: spam.example\n")
    (tmp_path / "white.txt").write_text("kept.example\n")
    done = detector("disavow", "fix", "a.txt", "--site", "own.example", "--whitelist", "white.txt")
    assert done.stdout == "domain: own.example\ndomain: kept.example\ndomain:spam.example\n"


def test_wrong_calls_and_what_cannot_be_read_or_written(detector, old: Path, tmp_path: Path) -> None:
    assert detector("disavow", "fix", "old.txt", "--in-place", "--out", "new.txt").returncode == 2
    for call in (("absent.txt",), (".",), ("old.txt", "--out", "no/such/folder.txt")):
        done = detector("disavow", "fix", *call)
        assert done.returncode == 3
        assert "Traceback" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["old.txt"]
    assert old.read_bytes() == BEFORE
