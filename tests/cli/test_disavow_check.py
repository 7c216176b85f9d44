"""``detector disavow check`` as its users call it: on their files, in a hook, in a workflow."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from measured import run_measured

FAULTY = "# of my shop\ndomain: spam.example\ndomain:blogspot.com\nhttp://a.example/x,y\n"
CLEAN = "domain:spam-of-somebody.com\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    faulty, clean = tmp_path / "faulty.txt", tmp_path / "clean.txt"
    faulty.write_text(FAULTY)
    clean.write_text(CLEAN)
    return faulty, clean


def test_people_get_groups_and_a_summary_of_each_file(detector, files: tuple[Path, Path]) -> None:
    done = detector("disavow", "check", "faulty.txt", "clean.txt")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[0] == "faulty.txt: 1 error, 1 danger, 2 warnings (4 lines, 3 rules)"
    assert "clean.txt: no fault found (1 line, 1 rule)" in done.stdout.splitlines()
    order = [
        done.stdout.index(word)
        for word in ("error blank_in_domain", "danger platform", "warning placeholder")
    ]
    assert order == sorted(order)
    assert "    2:8  domain: spam.example  -> Write domain:spam.example\n" in done.stdout


def test_machines_get_one_list(detector, files: tuple[Path, Path]) -> None:
    done = detector("disavow", "check", "--json", "faulty.txt", "clean.txt")
    findings = json.loads(done.stdout)
    assert done.returncode == 1
    assert {tuple(finding) for finding in findings} == {
        ("file", "line", "column", "code", "severity", "entry", "message", "fix")
    }
    assert findings[-2]["entry"] == "domain:blogspot.com"
    assert json.loads(detector("disavow", "check", "--json", "clean.txt").stdout) == []


def test_annotations_are_escaped(detector, tmp_path: Path) -> None:
    (tmp_path / "a,b:c%.txt").write_text("domain:spam%0a::error::.example\u2028x\n")
    done = detector("disavow", "check", "--github", "a,b:c%.txt")
    lines = done.stdout.splitlines()
    assert done.returncode == 1
    assert lines
    for line in lines:
        assert line.startswith("::error file=a%2Cb%3Ac%25.txt,line=1,col=")
        assert "%0a" not in line.replace("%250a", "")
        assert "\u2028" not in line
    done = detector("disavow", "check", "--github", "--json", "a,b:c%.txt")
    assert done.returncode == 2
    (tmp_path / "h.txt").write_text("domain:www.spam-of-somebody.com\n")
    assert detector("disavow", "check", "--github", "h.txt").stdout.startswith(
        "::notice file=h.txt,line=1,col=1,title=www_only::domain:www.spam-of-somebody.com: The line "
    )


def test_hints_and_warnings_are_no_failure(detector, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"http://spam-of-somebody.com/\r\ndomain:www.b-of-somebody.com")
    done = detector("disavow", "check", "a.txt")
    assert done.returncode == 0
    assert done.stdout.startswith("a.txt: 1 warning, 3 hints ")


def test_own_sites_and_the_whitelist_are_dangers(detector, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("domain:own.example\ndomain:shop.example\ndomain:kept.example\n")
    (tmp_path / "white.txt").write_text("# ours\nkept.example\n")
    call = ("disavow", "check", "a.txt", "--json")
    options = ("--site", "https://www.own.example/", "--own", "shop.example", "--whitelist", "white.txt")
    assert {f["code"] for f in json.loads(detector(*call).stdout)} == {"placeholder"}
    codes = [f["code"] for f in json.loads(detector(*call, *options).stdout) if f["severity"] == "danger"]
    assert codes == ["own_site", "own_site", "whitelist"]
    assert detector(*call, "--site", "no site").returncode == 2
    assert detector(*call, "--whitelist", "absent.txt").returncode == 3


def test_the_others_are_checked_when_one_cannot_be_read(detector, files: tuple[Path, Path]) -> None:
    done = detector("disavow", "check", "absent.txt", "clean.txt", ".")
    assert done.returncode == 3
    assert "clean.txt: no fault found" in done.stdout
    assert done.stderr.count("cannot be read") == 2
    assert "Traceback" not in done.stderr
    done = detector("disavow", "check", "--json", "absent.txt", "faulty.txt")
    assert done.returncode == 3
    assert json.loads(done.stdout)


def test_hostile_bytes_reach_no_terminal(detector, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(
        b"domain:\x1b[31mred.example\r\n\xff\xfe\x00\n" + b"x" * 300_000 + b"\n\x9b2J\n"
    )
    for option in ((), ("--github",), ("--json",)):
        done = detector("disavow", "check", *option, "a.txt")
        assert done.returncode == 1
        assert not any(ord(letter) < 32 and letter != "\n" for letter in done.stdout)
        assert "\x9b" not in done.stdout
    assert len(done.stdout) < 50_000


def test_what_is_no_disavow_file_is_said_once(detector, tmp_path: Path) -> None:
    (tmp_path / "sheet.xlsx").write_bytes(b"PK\x03\x04" + bytes(range(256)))
    done = detector("disavow", "check", "sheet.xlsx")
    assert done.returncode == 1
    assert "an Excel, Word or ZIP file" in done.stdout
    assert done.stdout.startswith("sheet.xlsx: 2 errors ")  # its name is the other


def test_memory_grows_with_the_lines_so_that_a_million_take_no_gigabyte(tmp_path: Path) -> None:
    """Measured: 116 MiB before the first line, 250 with this file, 632 with a million lines."""
    with (tmp_path / "large.txt").open("w") as file:
        file.writelines(
            f"domain: site-{n:x}.com\n" if n % 3 == 0 else f"domain:site-{n:x}.com\n" for n in range(250_000)
        )
    done, memory = run_measured("disavow", "check", "large.txt", cwd=tmp_path)
    assert done.returncode == 1
    assert "250,000 lines" in done.stdout
    assert memory < 330 * 2**20
