"""``detector disavow history``, and ``detector audit`` that starts from it."""

from __future__ import annotations

import json
import shlex
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from in_process import Run

from detector.disavow.parsing import DisavowFile
from detector.history import Decision, Store

SITE = "kettles.example"
START = datetime(2026, 5, 1, 12, tzinfo=UTC)
FILES = (
    b"# first\r\ndomain:a.example\r\ndomain:b.example\r\n",
    b"domain:b.example\ndomain:c.example\nhttps://d.example/x\n",
    b"domain:z.example\n",
)


@pytest.fixture
def filled(own_stores: Path) -> Path:
    """Two uploads, and one file that was only handed over."""
    with Store.open(SITE, own_stores) as store:
        for number, content in enumerate(FILES, start=1):
            file, when = DisavowFile.parse(content, f"{number}.txt"), START + timedelta(days=number)
            c = file.rules[1] if number == 2 else None
            evidence = (
                {c: Decision("", "", "c.example", "disavow", 0.98765, "link farm", "a\nb; =1")} if c else {}
            )
            upload = store.record(
                file, property_url="https://kettles.example/", who="ann", now=when, evidence=evidence
            )
            if number < 3:
                store.confirm(upload.number, when)
    return own_stores


def test_the_list(detector: Run, filled: Path) -> None:
    done = detector("disavow", "history", f"https://www.{SITE}/")
    assert (done.returncode, done.stderr) == (0, "")
    head, *lines = [line.split() for line in done.stdout.splitlines()]
    assert head == ["no.", "day", "state", "lines", "rules", "new", "gone", "SHA-256"]
    assert [line[:2] for line in lines] == [["1", "2026-05-02"], ["2", "2026-05-03"], ["3", "2026-05-04"]]
    assert lines[1][2:7] == ["uploaded", "3", "3", "2", "1"]
    assert lines[1][-2:] == ["in", "force"]
    assert lines[2][2:4] == ["handed", "over"]


def test_the_list_for_machines(detector: Run, filled: Path) -> None:
    done = detector("disavow", "history", SITE, "--json")
    listed = json.loads(done.stdout)
    assert [upload["number"] for upload in listed] == [1, 2, 3]
    assert list(listed[0]) == [
        "number", "state", "handed", "uploaded", "who", "property", "name", "sha256", "lines", "domain_rules",
        "url_rules", "since", "added", "removed",
    ]  # fmt: skip
    assert (listed[1]["state"], listed[1]["uploaded"], listed[1]["since"]) == (
        "uploaded",
        "2026-05-03T12:00:00+00:00",
        1,
    )
    assert (listed[2]["state"], listed[2]["uploaded"], listed[2]["since"]) == ("handed over", None, 2)


def test_show_tells_what_came_and_went_and_why(detector: Run, filled: Path) -> None:
    done = detector("disavow", "history", SITE, "--show", "2")
    assert [line for line in done.stdout.splitlines() if line[:1] in "+-"] == [
        "+ domain:c.example  disavow 0.99, link farm: a b; =1",
        "+ https://d.example/x",
        "- domain:a.example",
    ]
    told = json.loads(detector("disavow", "history", SITE, "--show", "2", "--json").stdout)
    assert told["decisions"][0] == {
        "rule": "domain:c.example", "change": "added", "unit": "c.example", "verdict": "disavow",
        "probability": 0.98765, "kind": "link farm", "reasons": "a\nb; =1",
    }  # fmt: skip


def test_diff(detector: Run, filled: Path) -> None:
    done = detector("disavow", "history", SITE, "--diff", "2", "1")
    assert done.stdout.splitlines() == [
        "- domain:c.example  counts again",
        "- https://d.example/x  counts again",
        "+ domain:a.example",
        "1 new, 2 gone, of which 2 count again",
    ]
    told = json.loads(detector("disavow", "history", SITE, "--diff", "1", "2", "--json").stdout)
    assert told == {
        "added": ["domain:c.example", "https://d.example/x"],
        "removed": ["domain:a.example"],
        "counts_again": ["domain:a.example"],
    }


def test_restore_gives_the_very_bytes(detector: Run, filled: Path, tmp_path: Path) -> None:
    for number, content in enumerate(FILES, start=1):
        done = detector("disavow", "history", SITE, "--restore", str(number), "--out", f"back{number}.txt")
        assert (done.returncode, done.stderr) == (0, "")
        assert (tmp_path / f"back{number}.txt").read_bytes() == content


def test_the_command_that_restore_names_can_be_run(detector: Run, filled: Path, tmp_path: Path) -> None:
    done = detector("disavow", "history", SITE, "--restore", "1", "--out", "zurück geholt.txt")
    command = shlex.split(done.stdout.splitlines()[-1].partition(": ")[2])
    assert command == ["detector", "disavow", "handoff", "zurück geholt.txt", "--site", SITE]


def test_a_site_without_a_history(detector: Run, own_stores: Path) -> None:
    done = detector("disavow", "history", SITE)
    assert (done.returncode, done.stdout) == (0, f"{SITE}: no file was handed over yet\n")
    assert detector("disavow", "history", SITE, "--json").stdout == "[]\n"
    assert detector("disavow", "history", SITE, "--show", "1").returncode == 2
    assert not own_stores.exists()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--show", "7"), "there is no upload 7"),
        (("--diff", "1", "7"), "there is no upload 7"),
        (("--show", "1", "--diff", "1", "2"), "choose one"),
        (("--restore", "1"), "--restore N and --out FILE go together"),
        (("--out", "x.txt"), "--restore N and --out FILE go together"),
        (("--restore", "1", "--out", "x.csv"), "whose name ends in .txt"),
    ],
)
def test_a_wrong_call_is_2(detector: Run, filled: Path, args: tuple[str, ...], words: str) -> None:
    done = detector("disavow", "history", SITE, *args)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_another_folder_of_stores(detector: Run, filled: Path, tmp_path: Path) -> None:
    assert "no file" in detector("disavow", "history", SITE, "--store", tmp_path / "other").stdout
    assert "in force" in detector("disavow", "history", SITE, "--store", filled).stdout


# ------------------------------------------------------------------------------------------------ the audit


@pytest.fixture
def export(tmp_path: Path) -> str:
    rows = "".join(f"https://p{n}.example/,https://{SITE}/\n" for n in range(9))
    (tmp_path / "e.csv").write_text(f"Source url,Target url\n{rows}")
    return "e.csv"


def test_an_audit_starts_from_the_last_upload_and_says_so(
    detector: Run, filled: Path, export: str, tmp_path: Path
) -> None:
    done = detector("audit", export, "--site", SITE)
    assert "The run started from upload 2 of 2026-05-03 (3 rules); 0 rules are new since then." in done.stdout
    written = (tmp_path / "audit" / "disavow.txt").read_text()
    assert "domain:b.example\ndomain:c.example\nhttps://d.example/x\n" in written


def test_an_audit_can_be_told_not_to(detector: Run, filled: Path, export: str, tmp_path: Path) -> None:
    done = detector("audit", export, "--site", SITE, "--no-history")
    assert "upload 2" not in done.stdout
    assert "c.example" not in (tmp_path / "audit" / "disavow.txt").read_text()


def test_an_audit_looks_in_the_folder_it_is_told(
    detector: Run, filled: Path, export: str, tmp_path: Path
) -> None:
    assert (
        "started from" not in detector("audit", export, "--site", SITE, "--store", tmp_path / "none").stdout
    )
    assert not (tmp_path / "none").exists()


def test_an_audit_with_a_file_of_the_users_says_what_it_lacks(
    detector: Run, filled: Path, export: str, tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("domain:b.example\n")
    done = detector("audit", export, "--site", SITE, "--disavow", "mine.txt")
    assert (
        "By the history, in force is upload 2 of 2026-05-03 (3 rules); 0 rules are new since then."
        in done.stdout
    )
    assert "to count again once the new file is uploaded: 2 rules of upload 2" in done.stdout
