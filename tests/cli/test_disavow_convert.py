"""``detector disavow convert`` as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from in_process import Run

from detector.cli.disavow.convert import _FORMATS
from detector.disavow.list_formats import FORMATS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "old.txt").write_text("# Bob\ndomain:spam.example\nhttps://page.example/a\n")
    (tmp_path / "list.txt").write_text("spam.example\nblogspot.com\n")
    return tmp_path


def test_the_help_names_every_format() -> None:
    assert _FORMATS.split(", ") == list(FORMATS)


def test_a_plain_list_becomes_a_disavow_file(detector: Run, folder: Path) -> None:
    done = detector("disavow", "convert", "list.txt")
    assert (done.returncode, done.stdout) == (
        0,
        "domain:spam.example\n# held back (platform): domain:blogspot.com\n",
    )
    assert "list.txt (domains): 2 rules read, 1 written as disavow" in done.stderr
    assert (
        "Held back, as comments: a guard forbids them (1)\n  line 2: domain:blogspot.com  (platform)"
        in done.stderr
    )


def test_what_a_list_cannot_say_is_left_out_and_named(detector: Run, folder: Path) -> None:
    done = detector("disavow", "convert", "old.txt", "--to", "adblock", "--out", "block.list")
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        "Left out: adblock cannot say them (1)\n  line 3: https://page.example/a  (it names one page"
        in done.stdout
    )
    assert (folder / "block.list").read_text() == "! Bob\n||spam.example^\n"


def test_json(detector: Run, folder: Path) -> None:
    told = json.loads(
        detector("disavow", "convert", "old.txt", "--to", "csv", "--out", "x.csv", "--json").stdout
    )
    assert set(told) == {
        "file",
        "from",
        "to",
        "read",
        "rules",
        "bytes",
        "unread",
        "left_out",
        "held_back",
        "notes",
    }
    assert (told["from"], told["rules"]) == ("disavow", 2)
    assert (folder / "x.csv").read_text().splitlines()[1] == "domain,spam.example,2,Bob"


def test_lines_that_could_not_be_read_are_named_and_the_exit_code_says_so(
    detector: Run, folder: Path
) -> None:
    done = detector("disavow", "convert", "old.txt", "--from", "urls", "--to", "disavow")
    assert (done.returncode, done.stdout) == (3, "# Bob\nhttps://page.example/a\n")
    assert "Not read (1)\n  line 2: domain:spam.example  (it is no entry of this format)" in done.stderr


@pytest.mark.parametrize(
    ("call", "code", "words"),
    [
        ((), 2, "Missing argument"),
        (("list.txt", "--to", "xml"), 2, "xml: there is no such format; there are disavow"),
        (("list.txt", "--from", "xml"), 2, "xml: there is no such format"),
        (("list.txt", "--out", "x.csv"), 2, "name ends in .txt"),
        (("absent.txt",), 3, "absent.txt: it cannot be read"),
        (("prose.txt",), 3, "it is not sure what list this is. Name it with --from"),
        (("list.txt", "--from", "hosts"), 3, "it holds no entry of the format hosts"),
        (("list.txt", "--to", "urls"), 3, "nothing of it can be said in the format urls"),
    ],
)
def test_bad_calls(detector: Run, folder: Path, call: tuple[str, ...], code: int, words: str) -> None:
    (folder / "prose.txt").write_text("Dear all,\nplease see the file.\n")
    done = detector("disavow", "convert", *call)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
