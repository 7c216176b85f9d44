"""``detector disavow prune`` as a user calls it, on exports and on the folder of an audit."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from in_process import Run

WriteExport = Callable[[Path, Sequence[dict[str, str]]], Path]

OLD = "# why\ndomain:gone.example\ndomain:nofollow.example\ndomain:alive.example\ndomain:blogspot.com\n"


@pytest.fixture
def folder(tmp_path: Path, write_ahrefs: WriteExport) -> Path:
    (tmp_path / "old.txt").write_text(OLD)
    rows = [{"Referring page URL": f"https://page{n}.example/a", "Anchor": "kettles"} for n in range(20)]
    rows += [
        {"Referring page URL": "https://nofollow.example/a", "Nofollow": "true"},
        {"Referring page URL": "https://alive.example/a"},
        {"Referring page URL": "https://tenant.blogspot.com/a", "Anchor": "best recipes"},
    ]
    write_ahrefs(tmp_path / "links.csv", [{**row, "Target URL": "https://kettles.example/"} for row in rows])
    return tmp_path


def test_it_proposes_and_drops_nothing(detector: Run, folder: Path) -> None:
    done = detector("disavow", "prune", "old.txt", "--links", "links.csv")
    assert (done.returncode, done.stderr) == (0, "")
    for words in (
        "old.txt: 4 rules, held against 23 known links from 23 referring domains",
        "unmatched: 1 line\n  Exports are samples",
        "  line 2: domain:gone.example  no known link  # why\n",
        "  line 3: domain:nofollow.example  its only known link is nofollow, ugc or sponsored  # why\n",
        "  line 5: domain:blogspot.com  platform: it covers too much  # why\n",
        "is known only with the verdicts of an audit: give its folder with --links.",
        "Nothing is dropped: name what is to go with --drop, and a file with --out.",
    ):
        assert words in done.stdout
    assert (folder / "old.txt").read_text() == OLD


def test_what_is_named_goes_and_stays_as_a_comment(detector: Run, folder: Path) -> None:
    done = detector("disavow", "prune", "old.txt", "--links", "links.csv", "--drop", "unmatched, nofollow", "--out", "new.txt")  # fmt: skip
    assert done.returncode == 0
    assert done.stdout.endswith("new.txt: 2 lines dropped, kept there as comments.\n")
    assert (folder / "new.txt").read_text() == (
        "# why\n# pruned (no known link): domain:gone.example\n"
        "# pruned (its only known link is nofollow, ugc or sponsored): domain:nofollow.example\n"
        "domain:alive.example\ndomain:blogspot.com\n"
    )


def test_with_an_audit_the_verdicts_speak(detector: Run, folder: Path) -> None:
    assert detector("audit", "links.csv", "--site", "kettles.example", "--quiet").returncode == 0
    done = detector("disavow", "prune", "old.txt", "--links", "audit", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["with_verdicts"]
    platform = next(one for one in told["candidates"] if one["entry"] == "domain:blogspot.com")
    assert sum(platform["judged"].values()) == 1
    assert told["dropped"] == []
    assert set(told["candidates"][0]) == {
        "line",
        "entry",
        "links",
        "followed",
        "findings",
        "judged",
        "comment",
        "instead",
    }


@pytest.mark.parametrize(
    ("call", "code", "words"),
    [
        ((), 2, "Missing option '--links'"),
        (("--links", "links.csv", "--drop", "old", "--out", "x.txt"), 2, "--drop old: there is no such reason; there are unmatched"),
        (("--links", "links.csv", "--out", "x.txt"), 2, "--out and --drop go together"),
        (("--links", "links.csv", "--drop", "dead"), 2, "--out and --drop go together"),
        (("--links", "links.csv", "--drop", "dead", "--out", "x"), 2, "name ends in .txt"),
        (("--links", "links.csv", "--links", "absent.csv"), 3, "absent.csv: there is no such file"),
        (("--links", "."), 3, "no audit's"),
        (("--links", "old.txt"), 3, "old.txt: no link and no referring domain is named there"),
    ],
)  # fmt: skip
def test_bad_calls(detector: Run, folder: Path, call: tuple[str, ...], code: int, words: str) -> None:
    done = detector("disavow", "prune", "old.txt", *call)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "x.txt").exists()
