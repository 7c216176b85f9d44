"""The comparison with other tools: our column is what `check` does, and the page is what the benchmark prints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from detector.disavow import FAULTS


@pytest.fixture(scope="module")
def peers(project: Path) -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(project / "benchmarks")
        import disavow_peers

        yield disavow_peers


@pytest.fixture(scope="module")
def ours(peers: ModuleType) -> dict[str, str]:
    return peers.ours(peers.fault_files())


@pytest.mark.parametrize("code", FAULTS)
def test_check_names_the_fault_of_every_file(ours: dict[str, str], code: str) -> None:
    assert ours[code] == "names it"


def test_no_host_of_the_files_is_a_reserved_one(peers: ModuleType) -> None:
    for name, data in peers.fault_files().values():
        assert name in ("disavow.txt", "links.csv")
        assert b".example" not in data
        assert b".test" not in data


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_the_page_of_the_docs_is_what_the_benchmark_prints(
    peers: ModuleType, ours: dict[str, str], project: Path
) -> None:
    lines = (project / "docs" / "disavow-peers.md").read_text("utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("| code |"))
    table = [cells(line) for line in lines[start : start + len(FAULTS) + 3]]
    columns = {
        name: {row[0].strip("`"): row[at] for row in table[2:-1]}
        for at, name in enumerate(table[0])
        if at > 1
    }
    assert columns["`detector disavow check`"] == ours
    told = {peers.NAMES, peers.REFUSES, peers.BREAKS, peers.MENDS, peers.CHANGES, peers.SILENT}
    for name in ("moneypenny", "AgentLinkOps"):
        assert set(columns[name].values()) <= told
    assert [cells(line) for line in peers.markdown(columns)] == table


def test_what_is_said_of_the_form_is_about_faults_and_has_a_source(peers: ModuleType, project: Path) -> None:
    sources = (
        (project / "docs" / "disavow-peers.md").read_text("utf-8").partition("## What is known of Google")[2]
    )
    assert set(peers.GOOGLE) <= set(FAULTS)
    for cell in peers.GOOGLE.values():
        assert cell.endswith("]")
        assert f"\n{cell[-2]}. " in sources


def test_a_tool_that_is_not_there_is_not_run(peers: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    peers.main([])
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.split("  ")[0] == "says anything of"
    assert last.count("NOT RUN") == 2
    assert last.endswith(f"{len(FAULTS)} of {len(FAULTS)}")
    with pytest.raises(SystemExit, match="does not run"):
        peers.main(["--agentlinkops", "nowhere"])


#: A tool in the manner of AgentLinkOps that does what its line says.
TOOL = """
import pathlib
class DisavowError(Exception): pass
def import_rules(connection, path, site, source):
    global text
    text = pathlib.Path(path).read_text().split("\\n")
    if "refuse" in text[0]:
        raise DisavowError("no")
    if "break" in text[0]:
        raise KeyError
    return {"existing_rule_lines": int("name" in text[0])}
def export_rules(connection, site):
    line = text[0].replace("domain: ", "domain:").replace("/widen", "")
    return "\\n".join(["#", "#", line]), {}
"""


@pytest.mark.parametrize(
    ("line", "cell"),
    [
        ("domain:name.com", "names it"),
        ("domain:refuse.com", "refuses"),
        ("domain:break.com", "breaks"),
        ("domain: spam-of-ours.com", "mends"),
        ("domain:spam-of-ours.com/widen", "changes"),
        ("domain:spam-of-ours.com", "-"),
    ],
)
def test_what_a_tool_does_is_told_apart(peers: ModuleType, tmp_path: Path, line: str, cell: str) -> None:
    (tmp_path / "migrations").mkdir()
    (tmp_path / "migrations" / "003_disavow.sql").write_text("CREATE TABLE a (b);")
    (tmp_path / "disavow.py").write_text(TOOL)
    files = {"any": ("disavow.txt", f"{line}\n".encode())}
    assert peers.column(files, peers.agentlinkops(tmp_path)) == {"any": cell}
