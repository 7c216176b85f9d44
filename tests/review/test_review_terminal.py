"""The review in a terminal: the same decisions, and nothing of a stranger's that a terminal could act on."""

from __future__ import annotations

import io
import os
import re
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.classifier.store import load
from detector.disavow.parsing import DisavowFile
from detector.review import read_decisions
from detector.review.details import Details
from detector.review.filters import Filters
from detector.review.keyboard import read_key
from detector.review.screen import clip, columns_of, safe, wrap
from detector.review.session import Review
from detector.review.terminal import Terminal, links_told

#: Lines and tabs aside, what a terminal could act on: controls, and marks that hide or turn.
ACTS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


def played(review: Review, *lines: str) -> str:
    out = io.StringIO()
    Terminal(review, Details(review, load), io.StringIO("".join(f"{line}\n" for line in lines)), out).run()
    return out.getvalue()


def test_of_a_domain_without_a_link_it_is_not_said_that_it_sends_none() -> None:
    assert links_told({"links": 0, "followed_links": None}) == "no link in the exports"
    assert links_told({"links": 1, "followed_links": 0}) == "1 link, 0 followed"


def test_decisions_undo_and_export(review: Review, folder: Path) -> None:
    said = played(review, "d", "k", "u", "i", "x", "n", "q")
    found = read_decisions(folder)
    assert found["decision"].to_list() == ["disavow", "ignore"]
    assert "undo: keep: " in said
    rules = DisavowFile.read(folder / "disavow-reviewed.txt").rules
    assert f"domain:{found['subject'][0]}" in [rule.text for rule in rules]
    assert (folder / "removal-requests.csv").read_text("utf-8").count("\n") == 2
    assert "1 by decision, 0 by the audit alone; checked: fit to be uploaded." in said


def test_what_one_did_oneself_is_no_conflict(review: Review, folder: Path) -> None:
    """After a note, undo, a cluster, and on the last domain, which stays in sight."""
    said = played(
        review,
        "f",
        "cluster=3 order=name",
        "n",
        "ask them",
        "d",
        "p",
        "u",
        "k",
        "p",
        "c",
        "i",
        "25",
        "l",
        "q",
    )
    assert "Somebody else" not in said
    found = read_decisions(folder)
    assert found["decision"].to_list().count("ignore") == 24
    assert set(found.filter(pl.col("decision") != "ignore")["decision"]) == {"later"}
    name = review.table.filter(cluster=3).sort("referring_domain")["referring_domain"][0]
    said = played(review, "/", name, "d", "k", "q")
    assert "Somebody else" not in said
    assert review.decision(review.place(name)) == "keep"


def test_a_cluster_needs_its_number(review: Review, folder: Path) -> None:
    review.whitelist("kitchen-topsites-17.example", shared=False)
    said = played(review, "f", "cluster=3", "c", "d", "no", "c", "d", "25")
    assert "Nothing was done." in said
    assert "1 left out: no line is ever written for it." in said
    assert read_decisions(folder).height == 24


def test_search_filter_and_everything_known(review: Review) -> None:
    said = played(
        review,
        "/",
        "casino",
        "m",
        "f",
        'kind="link farm" verdicts=disavow,review',
        "f",
        "nothing=1",
        "f",
        "",
        "?",
        "~",
    )
    assert "Why" in said
    assert "What would change it" in said
    assert "|" in said
    assert "'nothing' is no filter" in said
    assert "No such key" in said


def test_what_another_process_decided_is_not_overwritten(
    review: Review, folder: Path, open_review: Callable[[Path], Review], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = open_review(folder)
    domain = review.table["referring_domain"][
        int(review.ask(Filters(verdicts=("disavow", "review"))).rows[0])
    ]

    class Keys(io.StringIO):
        def readline(self, size: int = -1, /) -> str:
            if not other.progress()["disavow"]:
                other.decide([other.place(domain)], "disavow")
            return super().readline(size)

    out = io.StringIO()
    Terminal(review, Details(review, load), Keys("k\n"), out).run()
    assert f"Somebody else decided on {domain} meanwhile" in " ".join(out.getvalue().split())
    assert read_decisions(folder)["decision"].to_list() == ["disavow"]


def test_the_end_of_the_keys_is_the_end(review: Review) -> None:
    assert played(review, "p").count("This is the first one.") == 1


@pytest.mark.parametrize("columns", ["20", "60", "200"])
def test_nothing_hostile_reaches_the_terminal(
    hostile_folder: Path, open_review: Callable[[Path], Review], monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    review = open_review(hostile_folder)
    lines = ["f", "order=name"]
    for _ in range(6):
        lines += ["m", "n", "\x1b[31mred\u202e", "m", "j"]
    said = played(review, *lines, "x", "y")
    assert "alert(1)" in said.replace("\n    ", "")
    assert ACTS.search(said) is None
    own = [
        line
        for line in said.split("\n")
        if not line.startswith(("note:", "written:", "search:", "filter:", "[", "Include", "Review of"))
    ]
    assert max(columns_of(line) for line in own) <= max(int(columns), 62)


@given(st.text())
def test_safe_text_holds_nothing_that_acts(text: str) -> None:
    shown = safe(text)
    assert ACTS.search(shown) is None
    assert not any(unicodedata.category(mark) in ("Cc", "Cf", "Cs", "Zl", "Zp") for mark in shown)
    assert safe(shown) == shown


@given(st.text(), st.integers(4, 60))
def test_lines_take_the_columns_they_are_given(text: str, columns: int) -> None:
    assert columns_of(clip(text, columns)) <= columns
    lines = list(wrap(text, columns, "  ", "    " if columns > 8 else ""))
    assert all(columns_of(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(safe(text).split())


def test_wide_characters_count_twice_and_marks_nothing() -> None:
    assert columns_of("カジノ") == 6
    assert columns_of("e\u0301") == 1
    assert clip("カジノ", 5) == "カジ…"
    assert safe("a" + "\u0301" * 50) == "a" + "\u0301" * 4


@pytest.mark.skipif(sys.platform == "win32", reason="NOT RUN: no pseudo-terminal on this system")
def test_a_key_is_read_without_enter() -> None:
    import pty

    master, slave = pty.openpty()
    with os.fdopen(slave, "r", encoding="utf-8") as keys:
        for sent, expected in (
            (b"d", "d"),
            (b"\n", ""),
            (b"\x1b[B", "j"),
            (b"\x1b[A", "p"),
            (b"\x1b[5~", "?"),
            ("é".encode(), "é"),
        ):
            os.write(master, sent)
            assert read_key(keys) == expected
    os.close(master)
