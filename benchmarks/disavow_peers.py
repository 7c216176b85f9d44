"""What the disavow form of Google, other open tools and ``detector disavow check`` notice, fault by fault.

    python benchmarks/disavow_peers.py [--moneypenny FOLDER --python2 PYTHON] [--agentlinkops FOLDER] [--markdown]

For each code of ``check`` there is one small file that has this fault and no other (invented hosts; those of
``tests/disavow/test_checking.py``, with a real ending instead of a reserved one, since some tools know no other).
Each tool is given each file, and what it says and does is sorted:

    names it    it says so: of the line, or of the file, and goes on
    refuses     it takes nothing of the file, and says why: of the first line that it does not like
    breaks      it ends with a traceback
    mends       it says nothing, and goes on with what the line means to say, or with what ``check`` proposes
    changes     it says nothing, and goes on with other rules, or without the line
    -           it says nothing, and goes on with the file as it is

Two tools can be run. A tool whose folder is not named is NOT RUN. What Google's form does is not run but reported:
see ``GOOGLE``, and docs/disavow-peers.md for the sources.

- moneypenny 0.0.3 (PyPI, 2015) needs Python 2.7: ``pip install --target FOLDER moneypenny==0.0.3 url==0.1.5
  tldextract==2.2.3 requests-file==1.5.1``. Run is ``combine_with_original_disavow``: the file comes back, with remarks.
- AgentLinkOps (github.com/sunlover7/agentlinkops-cli, Apache-2.0): FOLDER is its ``scripts``. Run is the import of a file
  into a new store, and the export from it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "disavow"))

from faulty_files import OWN, SITE, WHITELIST  # noqa: E402
from test_checking import PLACES  # noqa: E402

from detector.disavow import FAULTS, DisavowFile, Line, Rule  # noqa: E402
from detector.disavow.entries import read_entry  # noqa: E402
from detector.disavow.parsing import entry_of  # noqa: E402
from detector.guards import Guards  # noqa: E402
from detector.links.domains import Domains  # noqa: E402

NAMES, REFUSES, BREAKS, MENDS, CHANGES, SILENT = "names it", "refuses", "breaks", "mends", "changes", "-"
NOT_RUN = "NOT RUN"

Column = dict[str, str]  # code -> what a tool does with the file that has this fault


def real(text: bytes) -> bytes:
    """Text whose hosts have real endings instead of reserved ones."""
    for reserved, ending in ((".example", "-of-ours.com"), (".test", "-of-ours.net")):
        for encoding in ("ascii", "utf-16-le"):
            text = text.replace(reserved.encode(encoding), ending.encode(encoding))
    return text


def fault_files() -> dict[str, tuple[str, bytes]]:
    """Code -> name and bytes of a file that has this fault."""
    return {
        code: ("links.csv" if code == "file_name" else "disavow.txt", real(data))
        for code, (data, _, _) in PLACES.items()
    }


def outcome(before: bytes, after: Sequence[str]) -> str:
    """What a tool did that said nothing: from a file to entries, one a line, comments and blank lines left out."""
    file = DisavowFile.parse(before)
    entries = [line.text for line in file.lines if line.kind not in ("comment", "blank")]
    if sorted(entries) == sorted(after):
        return MENDS if file.data != file.text.encode() or "\r" in file.text else SILENT
    meant = {rule for line in file.lines if line.kind not in ("comment", "blank") for rule in meant_by(line)}
    return MENDS if meant == set(DisavowFile.parse("\n".join(after).encode()).rules) else CHANGES


def meant_by(line: Line) -> Sequence[Rule | None]:
    """The rule that a line means to say; where only a person can tell, those that ``check`` proposes."""
    proposed = read_entry(entry_of(line.text)).proposed
    return [line.rule] if line.rule else DisavowFile.parse("\n".join(proposed).encode()).rules or [None]


# ------------------------------------------------------------------------------------------- the tools


def ours(files: dict[str, tuple[str, bytes]]) -> Column:
    """``detector disavow check``, told whose site it is and what is whitelisted, as the others cannot be."""
    site, *own = (real(host.encode()).decode() for host in (SITE, *OWN))
    whitelist = [real(host.encode()).decode() for host in WHITELIST]
    guards = Guards(Domains.default(), site=site, own=own, whitelist=whitelist)
    return {
        code: NAMES
        if code in {found.code for found in DisavowFile.parse(data, name).check(guards)}
        else SILENT
        for code, (name, data) in files.items()
    }


#: Run by Python 2.7 with the file as its argument; prints the lines that moneypenny makes of it, as JSON.
_MONEYPENNY = """
import json, sys
from moneypenny import combine_with_original_disavow, disavow_file_to_dict, extract_file_contents
text = extract_file_contents(sys.argv[1])
print(json.dumps(combine_with_original_disavow(text, disavow_file_to_dict(text))))
"""
_REMARKS = (
    "# invalid entry",
    "# domain entry already",
    "# link now disavowed",
    "# link entry already",
    "# error occ",
)


def moneypenny(python: str, folder: Path) -> Callable[[Path], str]:
    """A run of moneypenny's ``combine_with_original_disavow``."""

    def run(path: Path) -> str:
        call = [python, "-c", _MONEYPENNY, str(path)]
        environment = {"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin", "HOME": str(path.parent)}
        done = subprocess.run(call, capture_output=True, env=environment, check=False)
        if done.returncode:
            return BREAKS
        lines = json.loads(done.stdout)
        if any(line.startswith(_REMARKS) for line in lines):
            return NAMES
        return outcome(path.read_bytes(), [line for line in lines if not line.startswith("#")])

    return run


#: Run with the folder and the file as its arguments; prints what the import says, and the entries of the export.
_AGENTLINKOPS = """
import json, pathlib, sqlite3, sys
folder, path = map(pathlib.Path, sys.argv[1:3])
sys.path.insert(0, str(folder))
import disavow
store = sqlite3.connect(":memory:", isolation_level=None)
store.row_factory = sqlite3.Row
store.executescript((folder / "migrations" / "003_disavow.sql").read_text())
site = "https://own-site.test/"
try:
    said = disavow.import_rules(store, path, site, "benchmark")
except disavow.DisavowError as error:
    print(json.dumps(["refused", str(error)]))
else:
    print(json.dumps([said, disavow.export_rules(store, site)[0].splitlines()[2:]]))
"""


def agentlinkops(folder: Path) -> Callable[[Path], str]:
    """A run of AgentLinkOps' ``disavow import``."""

    def run(path: Path) -> str:
        call = [sys.executable, "-c", _AGENTLINKOPS, str(folder), str(path)]
        done = subprocess.run(call, capture_output=True, check=False)
        if done.returncode:
            return BREAKS
        said, result = json.loads(done.stdout)
        if said == "refused":
            return REFUSES
        if said["existing_rule_lines"]:
            return NAMES
        return outcome(path.read_bytes(), result)

    return run


def column(files: dict[str, tuple[str, bytes]], run: Callable[[Path], str]) -> Column:
    """What a tool does with each file, each in a folder of its own.

    Raises:
        SystemExit: it does not even take a file without a fault; so it is not there, or not whole.
    """
    cells = {}
    for code, (name, data) in {"": ("disavow.txt", b"domain:spam-of-ours.com\n"), **files}.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, name)
            path.write_bytes(data)
            cells[code] = run(path)
    if cells.pop("") != SILENT:
        raise SystemExit("error: a tool does not run: a file without a fault is not taken as it is")
    return cells


# ------------------------------------------------------------------------------------------- Google's form

#: What the form does, as its help page or somebody at Google says; numbers are those of the sources in docs/disavow-peers.md.
#: Of all other faults nothing is said.
GOOGLE: dict[str, str] = {
    **dict.fromkeys(("file_name", "utf16", "not_utf8", "too_large", "too_many_lines"), "against its rules [1]"),
    **dict.fromkeys(("url_too_long", "wildcard_in_url"), "against its rules [1]"),
    "not_a_disavow_file": "refuses [2]",
    **dict.fromkeys(
        (
            "path_in_domain", "port_in_domain", "userinfo_in_domain", "email_address", "wildcard", "empty_domain", "not_a_host",
            "comment_behind_entry", "text_behind_entry", "several_entries", "punctuation_around", "list_marker", "table_row",
            "no_prefix", "no_scheme", "prefix_misspelt", "scheme_misspelt", "other_scheme", "other_comment_mark", "unreadable",
            "url_without_host", "invisible_character", "control_character", "nul_character", "bom_inside",
        ),
        "may refuse the file [2]",
    ),
    "scheme_in_domain": "wrong syntax [2]",
    "blank_in_domain": "takes it, says a Googler [3]",
    "capitals": "takes `Domain:`, says a Googler [4]",
    "unicode_host": "takes it in UTF-8, says a Googler [5]",
    "platform": "takes it, and hits every tenant [6]",
}  # fmt: skip


# ------------------------------------------------------------------------------------------- the table


def table(columns: dict[str, Column]) -> list[list[str]]:
    """Rows of cells: the code, then what each tool does; codes in the order of ``FAULTS``."""
    return [[code, *(cells.get(code, NOT_RUN) for cells in columns.values())] for code in FAULTS]


def totals(columns: dict[str, Column]) -> list[str]:
    """For each tool, of how many faults it says anything."""
    said = (NAMES, REFUSES)
    return [
        f"{sum(cell in said for cell in cells.values())} of {len(FAULTS)}" if cells else NOT_RUN
        for cells in columns.values()
    ]


def markdown(columns: dict[str, Column]) -> list[str]:
    """The table of docs/disavow-peers.md."""
    heads = ["code", "Google's form (reported)", *columns]
    rows = [[f"`{code}`", GOOGLE.get(code, "not said"), *cells] for code, *cells in table(columns)]
    rows.append(["says anything of", "", *totals(columns)])
    return [f"| {' | '.join(cells)} |" for cells in [heads, ["---"] * len(heads), *rows]]


def plain(columns: dict[str, Column]) -> list[str]:
    """The same for a terminal, without Google's form."""
    rows = [["code", *columns], *table(columns), ["says anything of", *totals(columns)]]
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run every tool that is there, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--moneypenny", type=Path, help="folder into which it is installed")
    parser.add_argument("--python2", default="python2.7", help="a Python 2.7 (default: python2.7)")
    parser.add_argument("--agentlinkops", type=Path, help="folder 'scripts' of its checkout")
    parser.add_argument("--markdown", action="store_true", help="the table of docs/disavow-peers.md")
    chosen = parser.parse_args(arguments)
    python2 = shutil.which(chosen.python2)
    if chosen.moneypenny and python2 is None:
        parser.error(f"--python2: there is no {chosen.python2}")
    files = fault_files()
    columns = {
        "moneypenny": column(files, moneypenny(python2, chosen.moneypenny))
        if chosen.moneypenny and python2
        else {},
        "AgentLinkOps": column(files, agentlinkops(chosen.agentlinkops)) if chosen.agentlinkops else {},
        "`detector disavow check`": ours(files),
    }
    print("\n".join(markdown(columns) if chosen.markdown else plain(columns)))


if __name__ == "__main__":
    main()
