"""``detector disavow compare`` as a user calls it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from in_process import Run

WriteExport = Callable[[Path, Sequence[dict[str, str]]], Path]


@pytest.fixture
def folder(tmp_path: Path, write_ahrefs: WriteExport) -> Path:
    (tmp_path / "old.txt").write_text("domain:kept.example\nhttp://page.example/a\ndomain:gone.example\n")
    (tmp_path / "new.txt").write_text("domain:page.example\ndomain:kept.example\ndomain:www.kept.example\n")
    links = (
        "https://page.example/b",
        "http://page.example/a",
        "https://gone.example/1",
        "https://gone.example/2",
    )
    write_ahrefs(
        tmp_path / "links.csv",
        [{"Referring page URL": url, "Target URL": "https://kettles.example/"} for url in links],
    )
    return tmp_path


def test_rules(detector: Run, folder: Path) -> None:
    done = detector("disavow", "compare", "old.txt", "new.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "1 rule in both\n1 added\n1 added, and covered before\n1 removed, now covered by a wider rule\n"
        "1 removed, no longer covered\n\n"
        "Added\n  line 1: domain:page.example  (a part of it was before: http://page.example/a)\n\n"
        "Added, and covered before\n  line 3: domain:www.kept.example  (covered by domain:kept.example)\n\n"
        "Removed, now covered by a wider rule\n  line 2: http://page.example/a  (covered by domain:page.example)\n\n"
        "Removed, no longer covered\n  line 3: domain:gone.example\n"
    )


def test_links(detector: Run, folder: Path) -> None:
    done = detector("disavow", "compare", "old.txt", "new.txt", "--links", "links.csv")
    assert done.returncode == 0
    assert done.stdout.endswith(
        "1 known link now covered (1 followed), from 1 referring domain\n"
        "  page.example: 1 link  https://page.example/b\n\n"
        "2 known links no longer covered (2 followed), from 1 referring domain\n"
        "  gone.example: 2 links  https://gone.example/1\n"
    )


def test_json(detector: Run, folder: Path) -> None:
    told = json.loads(
        detector("disavow", "compare", "old.txt", "new.txt", "--links", "links.csv", "--json").stdout
    )
    assert set(told) == {"old", "new", "kept", "added", "added_needlessly", "now_covered", "no_longer_covered", "links"}  # fmt: skip
    assert told["now_covered"][0]["covered_by"] == "domain:page.example"
    assert told["links"]["uncovered"] == {
        "links": 2, "followed": 2, "unknown": 0, "referring_domains": 1,
        "by_domain": [{"referring_domain": "gone.example", "links": 2, "followed": 2, "unknown": 0, "example_url": "https://gone.example/1"}],
    }  # fmt: skip


def test_long_lists_are_cut_off_and_json_has_them_all(detector: Run, folder: Path) -> None:
    (folder / "many.txt").write_text("".join(f"domain:s{n}.example\n" for n in range(50)))
    assert (
        "... and 30 more (all of them with --json)"
        in detector("disavow", "compare", "old.txt", "many.txt").stdout
    )
    told = json.loads(detector("disavow", "compare", "old.txt", "many.txt", "--json").stdout)
    assert len(told["added"]) == 50


@pytest.mark.parametrize(
    ("call", "code", "words"),
    [
        (("old.txt",), 2, "Missing argument"),
        (("old.txt", "absent.txt"), 3, "absent.txt: it cannot be read"),
        (("old.txt", "new.txt", "--links", "absent.csv"), 3, "absent.csv: there is no such file"),
        (("old.txt", "new.txt", "--links", "."), 3, "it is a folder, and no audit's"),
    ],
)
def test_bad_calls(detector: Run, folder: Path, call: tuple[str, ...], code: int, words: str) -> None:
    done = detector("disavow", "compare", *call)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
