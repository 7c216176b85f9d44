"""``detector lists`` as a user runs it; nothing here touches the network."""

from __future__ import annotations

import json
from pathlib import Path

from in_process import Run


def test_a_list_of_your_own_is_added_shown_and_removed(detector: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("domain:bad.example\nhttps://x.example/page\n")
    added = detector("lists", "add", "bad.txt")
    assert added.returncode == 0
    assert added.stdout.startswith("own-bad: 1 domains of 2 entries\n  1 name a single page")
    shown = detector("lists", "show", "https://www.bad.example/p", "--json")
    assert json.loads(shown.stdout) == [
        {"domain": "bad.example", "lists": [{"name": "own-bad", "kind": "own"}]}
    ]
    every = json.loads(detector("lists", "show", "--json").stdout)
    assert {"matomo", "own-bad", "disavow_eppcqtrwm"} <= {row["name"] for row in every}
    assert all(row["ships"] or row["why_not"] for row in every)
    assert detector("lists", "remove", "bad").returncode == 0


def test_errors_are_one_sentence_and_an_exit_code(detector: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"\0\0")
    for call, code in (
        (("update", "no-such-list"), 2),
        (("remove", "no-such-list"), 2),
        (("add", "gone.txt"), 3),
        (("add", "empty.txt"), 3),
    ):
        done = detector("lists", *call)
        assert (done.returncode, done.stderr.count("\n")) == (code, 1), done.stderr
        assert done.stderr.startswith("detector: ")
