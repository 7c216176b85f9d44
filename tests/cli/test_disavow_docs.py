"""The page about the commands shows what they print: its examples are run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from in_process import Run

PAGE = Path(__file__).resolve().parents[2] / "docs" / "disavow-commands.md"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(language: str = "") -> list[str]:
    return [text for tag, text in BLOCK.findall(PAGE.read_text("utf-8")) if tag == language]


@pytest.fixture
def folder(tmp_path: Path, project: Path, detector: Run) -> Path:
    old, tool = (text for text in blocks() if not text.startswith("$"))
    (tmp_path / "old.txt").write_text(old)
    (tmp_path / "tool.txt").write_text(tool)
    (tmp_path / "whitelist.txt").write_text("partner.example\n")
    samples = project / "disavow_samples"
    (tmp_path / "sample.txt").write_bytes((samples / "old-disavow.txt").read_bytes())
    exports = [path for path in sorted(samples.glob("*.csv*")) if path.name != "truth.csv"]
    assert detector("audit", *exports, "--site", "kettle-and-thyme.example", "--disavow", samples / "old-disavow.txt", "--quiet").returncode == 0  # fmt: skip
    prune = ("disavow", "prune", "sample.txt", "--links", "audit", "--drop", "unmatched,overblocking")
    assert detector(*prune, "--out", "pruned.txt").returncode == 0
    return tmp_path


def test_the_examples_print_what_the_page_shows(detector: Run, folder: Path) -> None:
    examples = [text.split("\n", 1) for text in blocks() if text.startswith("$ ")]
    assert len(examples) == 7
    for call, shown in examples:
        command, *args = shlex.split(call.removeprefix("$ "))
        if command == "cat":
            assert (folder / args[0]).read_text() == shown
            continue
        printed = detector(*args).stdout
        for part in shown.split("...\n"):
            assert part.strip("\n") in printed, call


def test_the_python_example_runs(detector: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    monkeypatch.chdir(folder)
    (example,) = blocks("python")
    exec(compile(example, str(PAGE), "exec"), {})
    assert (
        capsys.readouterr().out
        == "['domain:spam.example', 'https://new.example/x', 'domain:partner.example']\n"
    )
