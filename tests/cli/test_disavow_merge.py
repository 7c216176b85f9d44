"""``detector disavow merge`` as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from in_process import Run

MERGED = (
    "# Bob's links\ndomain:spam.example\n# held back (platform): domain:blogspot.com\n\n"
    "# from new.txt\n\n# toxic\n# (already listed: domain:spam.example)\n\n# held back (own site): domain:shop.example\n"
    "# held back (whitelist): domain:friend.example\nhttp://page.example/a\n"
)
CALL = ("disavow", "merge", "old.txt", "new.txt", "--site", "kettles.example", "--own", "shop.example", "--whitelist", "white.txt")  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "old.txt").write_text("# Bob's links\ndomain: spam.example\ndomain:blogspot.com\n")
    (tmp_path / "new.txt").write_text(
        "# toxic\ndomain:spam.example\n\ndomain:shop.example\ndomain:friend.example\nhttp://page.example/a\nhttp://a.spam.example/x\n"
    )
    (tmp_path / "white.txt").write_text("friend.example\n")
    return tmp_path


def test_the_file_goes_to_standard_output_and_the_summary_beside_it(detector: Run, folder: Path) -> None:
    done = detector(*CALL)
    assert (done.returncode, done.stdout) == (0, MERGED)
    for words in (
        "2 rules (1 domain, 1 URL) in 12 lines",
        "1  old.txt",
        "Held back, as comments: a guard forbids them (3)\n  old.txt, line 3: domain:blogspot.com  (platform)",
        "Left out: a wider rule covers them (1)\n  new.txt, line 7: http://a.spam.example/x  (covered by domain:spam.example)",
        "1 repeated rule stands there once.",
        "1 rule is spelled anew.",
    ):
        assert words in done.stderr


def test_a_file_and_json(detector: Run, folder: Path) -> None:
    done = detector(*CALL, "--out", "merged.txt", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert (folder / "merged.txt").read_text() == MERGED
    assert told["rules"] == 2
    assert [one["because"] for one in told["held_back"]] == ["platform", "own_site", "whitelist"]
    assert set(told) == {"files", "rules", "domain_rules", "url_rules", "lines", "bytes", "duplicates", "covered", "held_back", "unread", "respelled", "woken"}  # fmt: skip


def test_what_was_dead_and_is_in_force_now_is_told(detector: Run, folder: Path) -> None:
    done = detector("disavow", "merge", "old.txt")
    assert "In force now, and not before: Google did not read them as they stood (1)\n  old.txt, line 2: domain: spam.example  (now domain:spam.example)" in done.stderr  # fmt: skip


def test_into_one_of_the_files_itself(detector: Run, folder: Path) -> None:
    assert detector(*CALL, "--out", "old.txt").returncode == 0
    assert (folder / "old.txt").read_text() == MERGED
    assert detector(*CALL, "--out", "old.txt").returncode == 0
    assert (folder / "old.txt").read_text() == MERGED


@pytest.mark.parametrize(
    ("call", "code", "words"),
    [
        (("merge",), 2, "Missing argument"),
        (("merge", "old.txt", "--out", "x.csv"), 2, "--out x.csv: Google takes only a file whose name ends in .txt"),
        (("merge", "old.txt", "--site", "not a host"), 2, "names no host"),
        (("merge", "old.txt", "absent.txt"), 3, "absent.txt: it cannot be read"),
        (("merge", "old.txt", "page.html"), 3, "page.html: it holds no rule of a disavow file"),
        (("merge", "old.txt", "--whitelist", "absent.txt"), 3, "absent.txt: the whitelist cannot be read"),
        (("merge", "old.txt", "--out", "nowhere/x.txt"), 3, "cannot be written"),
        (("merge", "big-1.txt", "big-2.txt", "--out", "old.txt"), 3, "merged they are over Google's limits: 120,003 lines"),
    ],
)  # fmt: skip
def test_bad_calls_say_one_sentence_and_write_nothing(
    detector: Run, folder: Path, call: tuple[str, ...], code: int, words: str
) -> None:
    (folder / "page.html").write_text("<html><body>Sign in</body></html>")
    for number in (1, 2):
        lines = "".join(f"domain:s{n}.big-{number}.example\n" for n in range(60_000))
        (folder / f"big-{number}.txt").write_text(lines)
    before = (folder / "old.txt").read_text()
    done = detector("disavow", *call)
    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert (folder / "old.txt").read_text() == before
