"""``detector disavow explain`` as a user calls it: arguments, a file, standard input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from in_process import Run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "old.txt").write_text("domain:spam.example\nhttp://page.example/a\n")
    return tmp_path


def test_arguments(detector: Run, folder: Path) -> None:
    done = detector("disavow", "explain", "old.txt", "https://a.spam.example/x", "https://page.example/a/", "other.example")  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "https://a.spam.example/x\n"
        "  covered by line 1: domain:spam.example  (it covers spam.example and everything below, so a.spam.example as well)\n"
        "https://page.example/a/\n  not covered\n"
        "  not by line 2: http://page.example/a  (it covers that page only: http, not https and without the closing slash, not with)\n"
        "other.example\n  not covered\n"
    )


def test_a_file_of_urls_and_json(detector: Run, folder: Path) -> None:
    (folder / "urls.txt").write_bytes(b"# pages\r\nhttps://spam.example/\r\n\r\nhttp://page.example/a\r\n")
    done = detector("disavow", "explain", "old.txt", "--urls", "urls.txt", "--json")
    told = json.loads(done.stdout)
    assert [(one["asked"], one["covered"]) for one in told["answers"]] == [("https://spam.example/", True), ("http://page.example/a", True)]  # fmt: skip
    assert told["answers"][1]["covering"] == [{"line": 2, "entry": "http://page.example/a", "why": "it names this page"}]  # fmt: skip


def test_standard_input(folder: Path) -> None:
    command = [str(Path(sys.executable).with_name("detector")), "disavow", "explain", "old.txt", "-"]
    done = subprocess.run(
        command,
        cwd=folder,
        input="https://spam.example/\nnot a host\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert "not a host\n  is neither a URL nor a host name\n" in done.stdout


@pytest.mark.parametrize(
    ("call", "code", "words"),
    [
        (("old.txt",), 2, "there is nothing to explain"),
        (("absent.txt", "https://a.example/"), 3, "absent.txt: it cannot be read"),
        (("old.txt", "--urls", "absent.txt"), 3, "absent.txt: it cannot be read"),
    ],
)
def test_bad_calls(detector: Run, folder: Path, call: tuple[str, ...], code: int, words: str) -> None:
    done = detector("disavow", "explain", *call)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_what_a_file_holds_does_nothing_to_the_terminal(detector: Run, tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_text(
        f"domain:ok.example\n*.spam.example\x1b]0;gone\x07\n*.spam.example/{'x' * 300}\u202e\n",
        encoding="utf-8",
    )
    for call in (("explain", "odd.txt", "http://spam.example/"), ("merge", "odd.txt", "--out", "m.txt"), ("convert", "odd.txt", "--to", "csv", "--out", "c.csv")):  # fmt: skip
        shown = detector("disavow", *call).stdout
        assert all(letter.isprintable() or letter == "\n" for letter in shown)
        assert max(map(len, shown.splitlines())) < 200
        assert "*.spam.example" in shown
