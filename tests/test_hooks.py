"""The pre-commit hook and the GitHub Action: what they declare is run, on good files and bad ones."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import plain_yaml
import pytest

GOOD, BAD = "domain:spam-of-ours.com\n", "domain: spam-of-ours.com\n"
BIN = Path(sys.executable).parent
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
#: What an expression of the action may be, and nothing else: none of them is text that somebody else wrote.
CONTEXTS = re.compile(r"inputs\.[\w-]+|steps\.[\w-]+\.outputs\.[\w-]+|github\.action_path|runner\.temp")


def test_the_reader_of_yaml_reads_what_is_plain_and_nothing_else() -> None:
    text = '# c\na: b c\nd:\n  - e: "f: g"\n    h: |\n      1\n       2\n\n      3\n  - i\nj:\nk: true\n'
    assert plain_yaml.load(text) == {
        "a": "b c",
        "d": [{"e": "f: g", "h": "1\n 2\n\n3\n"}, "i"],
        "j": None,
        "k": True,
    }
    for wrong in ("a: [b]", "a: {b: c}", "a: &b c", "a: 'b'", "a: b: c", "a: b # c", "a:\n\tb: c", "a: >\n  b",
                  "a: 1\na: 2", "a: b\n  c: d", "a: *b", "a: !b c", "- a\n  - b", "a"):  # fmt: skip
        with pytest.raises(ValueError, match="not plain"):
            plain_yaml.load(wrong)


# ------------------------------------------------------------------------------------------------ the hook


@pytest.fixture(scope="module")
def hook(project: Path) -> dict[str, Any]:
    (hook,) = plain_yaml.load((project / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert isinstance(hook, dict)
    return hook


def test_the_hook_declares_what_pre_commit_knows(hook: dict[str, Any]) -> None:
    assert set(hook) == {"id", "name", "description", "entry", "language", "files", "require_serial"}
    assert (hook["id"], hook["language"]) == ("disavow-check", "python")


@pytest.mark.parametrize(
    ("name", "is_looked_at"),
    [
        ("disavow.txt", True),
        ("clients/a b/My-Disavow file 2.TXT", True),
        ("disavow/links.txt", False),
        ("disavow.txt.bak", False),
        ("disavow.csv", False),
        ("notes.txt", False),
    ],
)
def test_the_hook_looks_at_disavow_files(hook: dict[str, Any], name: str, is_looked_at: bool) -> None:
    assert bool(re.search(hook["files"], name)) == is_looked_at


def test_what_the_hook_declares_runs(hook: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "good disavow.txt").write_text(GOOD)
    (tmp_path / "bad disavow.txt").write_text(BAD)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        entry, *rest = shlex.split(hook["entry"])
        call = [str(BIN / entry), *rest, *arguments]
        return subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert run("good disavow.txt").returncode == 0
    done = run("good disavow.txt", "bad disavow.txt")
    assert (done.returncode, "error blank_in_domain" in done.stdout) == (1, True)
    done = run("--site=spam-of-ours.com", "good disavow.txt")
    assert (done.returncode, "danger own_site" in done.stdout) == (1, True)


# ------------------------------------------------------------------------------------------------ the action


@pytest.fixture(scope="module")
def action(project: Path) -> dict[str, Any]:
    action = plain_yaml.load((project / "action.yml").read_text("utf-8"))
    assert isinstance(action, dict)
    return action


def step(action: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = [step for step in action["runs"]["steps"] if step["name"] == name]
    assert isinstance(found, dict)
    return found


def test_the_action_is_whole(action: dict[str, Any]) -> None:
    assert set(action) == {"name", "description", "inputs", "runs"}
    assert set(action["inputs"]) == {"files", "site", "own", "whitelist", "python-version"}
    for declared in action["inputs"].values():
        assert set(declared) == {"description", "default"}
    assert action["runs"]["using"] == "composite"
    used, outputs, ids = set(), set(), set()
    for part in action["runs"]["steps"]:
        ids.add(part.get("id"))
        assert ("run" in part) == (part.get("shell") == "bash") != ("uses" in part)
        for text in [*part.get("env", {}).values(), *part.get("with", {}).values()]:
            used |= set(re.findall(r"inputs\.([\w-]+)", str(text)))
            outputs |= set(re.findall(r"steps\.([\w-]+)\.outputs", str(text)))
    assert used == set(action["inputs"])
    assert outputs <= ids


def test_no_input_is_written_into_a_script(action: dict[str, Any]) -> None:
    for part in action["runs"]["steps"]:
        assert "${{" not in part.get("run", "")
        assert "eval" not in part.get("run", "")
        for text in [*part.get("env", {}).values(), *part.get("with", {}).values()]:
            for expression in EXPRESSION.findall(str(text)):
                assert CONTEXTS.fullmatch(expression), expression


def test_what_a_step_writes_as_output_is_what_the_next_one_asks_for(action: dict[str, Any]) -> None:
    install, check = step(action, "Install"), step(action, "Check")
    assert 'echo "detector=' in install["run"]
    assert check["env"]["DETECTOR"] == "${{ steps.install.outputs.detector }}"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with a good file, a bad one in a folder with a blank, and one that git ignores."""
    folder = tmp_path / "checkout"
    (folder / "clients" / "a b").mkdir(parents=True)
    subprocess.run(["git", "init", "-q", folder], check=True)
    (folder / "disavow.txt").write_text(GOOD)
    (folder / "clients" / "a b" / "my disavow.txt").write_text(BAD)
    (folder / ".gitignore").write_text("old-disavow.txt\n")
    (folder / "old-disavow.txt").write_text(BAD)
    (folder / "allow.txt").write_text("spam-of-ours.com\n")
    subprocess.run(["git", "add", "."], cwd=folder, check=True)
    return folder


def run_check(action: dict[str, Any], checkout: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Runs the step as a runner does: its script in bash, its environment from the inputs and their defaults."""
    part = step(action, "Check")
    values = {name: declared["default"] for name, declared in action["inputs"].items()}
    values.update(inputs)
    environment = {"PATH": os.environ["PATH"], "HOME": str(checkout.parent), "LC_ALL": "C.UTF-8"}
    for name, text in part["env"].items():
        (expression,) = EXPRESSION.findall(text)
        environment[name] = values.get(expression.removeprefix("inputs."), str(BIN / "detector"))
    call = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", part["run"]]
    return subprocess.run(call, cwd=checkout, env=environment, capture_output=True, text=True, check=False)


def test_the_action_finds_files_by_itself_and_annotates(action: dict[str, Any], checkout: Path) -> None:
    done = run_check(action, checkout)
    assert (done.returncode, done.stderr) == (1, "")
    (line,) = done.stdout.splitlines()
    assert line.startswith("::error file=clients/a b/my disavow.txt,line=1,col=8,title=blank_in_domain::")


def test_the_action_takes_files_sites_and_a_whitelist(action: dict[str, Any], checkout: Path) -> None:
    assert run_check(action, checkout, files="disavow.txt").returncode == 0
    done = run_check(action, checkout, files="DISAVOW.txt\n\nclients/*.txt\n*disavow.txt\n")
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 1)
    done = run_check(action, checkout, files="disavow.txt", whitelist="allow.txt")
    assert (done.returncode, "title=whitelist" in done.stdout) == (1, True)
    done = run_check(
        action, checkout, files="disavow.txt", site="kettles.net", own="pots.net\nspam-of-ours.com\n"
    )
    assert (done.returncode, "title=own_site" in done.stdout) == (1, True)


def test_the_action_does_not_pass_where_nothing_is_checked(action: dict[str, Any], checkout: Path) -> None:
    for files in ("none*.txt", "disavow.txt\nnone.txt", "old-disavow.txt"):
        done = run_check(action, checkout, files=files)
        assert (done.returncode, done.stdout.startswith("::error::No file")) == (2, True)
    done = run_check(action, checkout, files="\n")
    assert (done.returncode, done.stdout) == (2, "::error::No file is named\n")
    subprocess.run(["rm", "-r", checkout / ".git"], check=True)
    assert run_check(action, checkout).returncode == 2


@pytest.mark.parametrize(
    "text", ["$(touch pwned)", "`touch pwned`", '"; touch pwned; "', "x\ntouch pwned", "--json"]
)
def test_no_input_is_run(action: dict[str, Any], checkout: Path, text: str) -> None:
    for name in ("files", "site", "own", "whitelist"):
        done = run_check(action, checkout, **{"files": "disavow.txt", name: text})
        assert done.returncode in (2, 3), (name, done)
        assert not (checkout / "pwned").exists()


def test_a_file_name_is_no_option(action: dict[str, Any], checkout: Path) -> None:
    (checkout / "--json disavow.txt").write_text(BAD)
    done = run_check(action, checkout, files="--json*")
    assert (done.returncode, done.stdout.startswith("::error file=--json disavow.txt,")) == (1, True)
