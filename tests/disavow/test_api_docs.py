"""The examples of docs/disavow-api.md are run as they stand, and its snippets name what there is."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import plain_yaml
import pytest

import detector
import detector.disavow

FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def page(project: Path) -> str:
    return (project / "docs" / "disavow-api.md").read_text("utf-8")


def blocks(page: str, language: str) -> list[str]:
    return [text for name, text in FENCE.findall(page) if name == language]


def run(examples: list[str], names: dict[str, object]) -> tuple[int, int]:
    """Runs blocks one after the other, each with what those before it left.

    Returns:
        How many examples failed, and how many there were.
    """
    runner = doctest.DocTestRunner(verbose=False)
    for number, text in enumerate(examples, start=1):
        test = doctest.DocTestParser().get_doctest(text, names, f"block {number}", None, None)
        runner.run(test, clear_globs=False)
        names = test.globs
    results = runner.summarize(verbose=False)
    return results.failed, results.attempted


def test_every_example_gives_what_the_page_says(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    failed, attempted = run(blocks(page, "pycon"), {})
    assert failed == 0
    assert attempted >= 30


def test_a_wrong_example_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([">>> a = 1\n", ">>> a + 1\n3\n"], {}) == (1, 2)
    assert "Expected:\n    3\nGot:\n    2\n" in capsys.readouterr().out


@pytest.mark.parametrize("module", [detector, detector.disavow])
def test_the_docstrings_give_what_they_say(module: object) -> None:
    results = doctest.testmod(module)  # type: ignore[arg-type]
    assert results.failed == 0
    assert results.attempted


@pytest.mark.parametrize("module", [detector, detector.disavow])
def test_every_public_name_is_there_and_no_other(module: object) -> None:
    for name in module.__all__:  # type: ignore[attr-defined]
        assert getattr(module, name) is not None
    with pytest.raises(AttributeError, match="nothing"):
        module.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_the_page_names_the_hook_and_the_inputs_that_there_are(page: str, project: Path) -> None:
    hook_use, workflow = map(plain_yaml.load, blocks(page, "yaml"))
    (hook,) = plain_yaml.load((project / ".pre-commit-hooks.yaml").read_text("utf-8"))
    ((used,),) = [repo["hooks"] for repo in hook_use["repos"]]
    assert used["id"] == hook["id"]
    inputs = plain_yaml.load((project / "action.yml").read_text("utf-8"))["inputs"]
    (_, step) = workflow["jobs"]["check"]["steps"]
    assert set(step["with"]) <= set(inputs)
    rows = dict(
        re.findall(r"^\| `([\w-]+)` \|.*\| (.+) \|$", page.partition("## A GitHub Action")[2], re.MULTILINE)
    )
    assert rows == {name: f"`{one['default']}`" if one["default"] else "none" for name, one in inputs.items()}
