"""Exit codes over the whole command line, and one clear sentence with each: 0 done, 2 wrong usage, 3 unread."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import polars
import pytest
from in_process import Run

from detector.cli import commands, main
from detector.errors import InputError, OutputError, writing

GOOD = "Source url,Target url,Anchor\n" + "".join(
    f"https://page{n}.example/a,https://kettles.example/,kettles\n" for n in range(20)
)
TABLES = Path(__file__).parents[2] / "training_data"
SITE = ("--site", "kettles.example")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.csv").write_text(GOOD)
    (tmp_path / "other.csv").write_text(GOOD.replace("kettles.example", "pans.example"))
    (tmp_path / "page.csv").write_text("<!DOCTYPE html><html><body>Service unavailable</body></html>")
    (tmp_path / "white.txt").write_text("page1.example\ntwo words\n")
    (tmp_path / "folder").mkdir()
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "manifest.json").write_text("{}")
    return tmp_path


def is_one_sentence(text: str) -> bool:
    """One line of plain words (a usage error of the command line's own has its usage above it)."""
    lines = [line for line in text.splitlines() if line.strip()]
    own = len(lines) == 1 and lines[0].startswith("detector: ")
    usage = lines[0].startswith("Usage: detector") and lines[-1].startswith("Error: ")
    return (own or usage) and "Traceback" not in text


WRONG_USAGE = [
    (("nonsense",), "No such command 'nonsense'"),
    (("audit",), "Missing argument"),
    (("audit", "good.csv"), "Missing option '--site'"),
    (("audit", *SITE), "Missing argument"),
    (("audit", "good.csv", *SITE, "--bogus"), "No such option: --bogus"),
    (("audit", "good.csv", "--site", "localhost"), "'localhost' is no site: give a domain such as example.com"),
    (("audit", "good.csv", "--site", "co.uk"), "'co.uk' is no site"),
    (("audit", "good.csv", *SITE, "--own", "a b"), "'a b' is no site"),
    (("audit", "good.csv", *SITE, "--without", "vendor,looks"), "--without looks: there is no such family; there are "),
    (("audit", "good.csv", *SITE, "--out", "good.csv"), "--out good.csv: no results can be written there (File exists)"),
    (("audit", "good.csv", *SITE, "--out", "good.csv/x"), "no results can be written there (Not a directory)"),
    (("audit", "good.csv", *SITE, "--out", ""), "an empty word names no folder"),
    (("audit", "good.csv", *SITE, "--contact", "me@example.com"), "it needs --pages"),
    (("audit", "good.csv", *SITE, "--store", "white.txt"), "--store white.txt: this is a file, where the folder"),
    (("links", "good.csv", "--format", "xml"), "'xml' is not one of"),
    (("links", "good.csv", "--format", "parquet"), "name it with -o"),
    (("links", "good.csv", "-o", "nowhere/links.csv"), "cannot be written"),
    (("links", "good.csv", "-o", "good.csv/links.csv"), "detector: good.csv/links.csv cannot be written (Not a directory)"),
    (("links", "good.csv", "-o", f"{'x' * 300}.csv"), "x.csv cannot be written (File name too long)"),
    (("signals", "--family", "looks"), "--family looks: there is no such family"),
    (("train", "--out", "good.csv"), "--out good.csv: no model can be written there"),
    (("train", "--out", "good.csv/model"), "--out good.csv/model: no model can be written there"),
    (("train", "--rebuild"), "name its folder with --raw or DETECTOR_RAW"),
]  # fmt: skip

UNREAD = [
    (("audit", "missing.csv", *SITE), "missing.csv: there is no such file"),
    (("audit", "folder", *SITE), "folder: it is a folder"),
    (("audit", "page.csv", *SITE), "page.csv: it is a web page"),
    (("audit", "other.csv", *SITE), "other.csv: its links lead mostly to pans.example, not to kettles.example"),
    (("audit", "page.csv", *SITE, "--keep-going"), "Nothing to audit. page.csv: it is a web page"),
    (("audit", "good.csv", *SITE, "--disavow", "missing.txt"), "missing.txt: it cannot be read (No such file"),
    (("audit", "good.csv", *SITE, "--disavow", "page.csv"), "page.csv: it holds no rule of a disavow file"),
    (("audit", "good.csv", *SITE, "--whitelist", "missing.txt"), "missing.txt: the whitelist cannot be read (No such file or directory). Check the spelling"),
    (("audit", "good.csv", *SITE, "--whitelist", "white.txt"), "white.txt, row 2: 'two words' names no host"),
    (("audit", "good.csv", *SITE, "--model", "folder"), "folder: no model can be read here"),
    (("links", "missing.csv"), "missing.csv: there is no such file"),
    (("train", "--data", "folder"), "signals.parquet: the training table cannot be read: it is not there"),
    (("evaluate", "--data", "folder"), "signals.parquet: the training table cannot be read: it is not there"),
    (("evaluate", "--data", str(TABLES), "--out", "damaged"), "manifest.json: it is damaged: it does not tell all of metrics, sha256"),
    (("train", "--rebuild", "--raw", "folder"), "folder: no raw data here"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("call", "words"), WRONG_USAGE, ids=lambda v: " ".join(v) if isinstance(v, tuple) else ""
)
def test_wrong_usage_is_2(
    detector: Run, folder: Path, call: tuple[str, ...], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DETECTOR_RAW", raising=False)
    done = detector(*call)
    assert done.returncode == 2
    assert words in done.stderr
    assert is_one_sentence(done.stderr)
    assert done.stdout == ""
    assert not (folder / "audit").exists()


@pytest.mark.parametrize(("call", "words"), UNREAD, ids=lambda v: " ".join(v) if isinstance(v, tuple) else "")
def test_what_cannot_be_read_is_3(
    detector: Run, folder: Path, call: tuple[str, ...], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DETECTOR_RAW", raising=False)
    done = detector(*call)
    assert done.returncode == 3
    assert words in done.stderr
    assert is_one_sentence(done.stderr)
    assert done.stdout == ""
    assert not (folder / "audit").exists()


@pytest.mark.parametrize(
    "call", [("--help",), ("audit", "--help"), ("links", "--help"), ("train", "--help"), ("signals",)]
)
def test_help_is_0(detector: Run, call: tuple[str, ...]) -> None:
    done = detector(*call)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_no_command_shows_the_help_and_is_wrong_usage(detector: Run) -> None:
    done = detector()
    assert done.returncode == 2
    assert "Commands:" in done.stdout + done.stderr


@pytest.mark.parametrize("how", [(), ("--quiet",), ("--json",)])
def test_keep_going_does_the_rest_names_the_file_and_is_3(
    detector: Run, folder: Path, how: tuple[str, ...]
) -> None:
    done = detector("audit", "good.csv", "page.csv", "missing.csv", *SITE, "--keep-going", *how)
    assert done.returncode == 3
    assert "page.csv: " in done.stderr
    assert "it is a web page" in done.stderr
    assert "missing.csv: " in done.stderr
    assert (folder / "audit" / "disavow.txt").is_file()


def test_without_keep_going_one_bad_file_stops_all(detector: Run, folder: Path) -> None:
    done = detector("audit", "good.csv", "page.csv", *SITE)
    assert done.returncode == 3
    assert not (folder / "audit").exists()


def test_a_failing_run_leaves_the_earlier_results(detector: Run, folder: Path) -> None:
    assert detector("audit", "good.csv", *SITE, "--quiet").returncode == 0
    before = {path.name: path.read_bytes() for path in (folder / "audit").iterdir()}
    assert detector("audit", "good.csv", "page.csv", *SITE).returncode == 3
    assert {path.name: path.read_bytes() for path in (folder / "audit").iterdir()} == before


@pytest.mark.skipif(os.geteuid() == 0, reason="NOT RUN: root may write everywhere, read everything")
def test_a_folder_that_may_not_be_written_and_a_file_that_may_not_be_read(
    detector: Run, folder: Path
) -> None:
    (folder / "folder").chmod(0o500)
    assert detector("audit", "good.csv", *SITE, "--out", "folder").returncode == 2
    (folder / "good.csv").chmod(0)
    done = detector("audit", "good.csv", *SITE)
    assert done.returncode == 3
    assert is_one_sentence(done.stderr)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="NOT RUN: no /proc on this system")
def test_a_place_that_takes_no_folder(detector: Run, folder: Path) -> None:
    done = detector("audit", "good.csv", *SITE, "--out", "/proc/results")
    assert (done.returncode, is_one_sentence(done.stderr)) == (2, True)


@pytest.fixture
def limited() -> Iterator[Callable[[], None]]:
    resource = pytest.importorskip("resource")
    yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, 4_096))


def test_a_full_disk_is_one_sentence_and_leaves_nothing(folder: Path, limited: Callable[[], None]) -> None:
    """A limit on the size of files stands in for a disk that is full."""
    command = [str(Path(sys.executable).with_name("detector")), "audit", "good.csv", *SITE]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=60, check=False, preexec_fn=limited
    )
    assert done.returncode == 3
    assert is_one_sentence(done.stderr)
    assert "--out audit: it cannot be written whole (the disk did not take its end). Free some" in done.stderr
    assert not (folder / "audit").exists()


@pytest.mark.parametrize(
    "how", [("links.csv",), ("links.csv", "--merge"), ("links.parquet", "--format", "parquet"), ("l.jsonl", "--format", "jsonl")]
)  # fmt: skip
def test_a_full_disk_is_told_by_the_name_that_the_user_gave(
    folder: Path, limited: Callable[[], None], how: tuple[str, ...]
) -> None:
    (folder / "many.csv").write_text(
        GOOD + "".join(f"https://p{n}.example/{n * n},https://kettles.example/,{n}\n" for n in range(3_000))
    )
    before = sorted(folder.iterdir())
    command = [str(Path(sys.executable).with_name("detector")), "links", "many.csv", "-o", *how]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=60, check=False, preexec_fn=limited
    )
    assert done.returncode == 3
    assert done.stderr.startswith(f"detector: {how[0]}: it cannot be written whole (File too large). Free")
    assert is_one_sentence(done.stderr)
    assert sorted(folder.iterdir()) == before


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("call", [("fix", "many.txt"), ("check", "many.txt", "--json"), ("compare", "many.txt", "none.txt", "--json")])  # fmt: skip
def test_output_for_which_there_is_no_room_is_no_success(
    folder: Path, limited: Callable[[], None], call: tuple[str, ...], unbuffered: str
) -> None:
    """With PYTHONUNBUFFERED, usual in containers, Python cuts off what it cannot write, and says nothing."""
    (folder / "many.txt").write_text(
        "".join(f"domain:{n}.spam.test\nDomain:{n}.x.test\n" for n in range(900))
    )
    (folder / "none.txt").write_text("domain:other.test\n")
    command = [str(Path(sys.executable).with_name("detector")), "disavow", *call]
    with (folder / "output").open("wb") as output:
        done = subprocess.run(
            command, cwd=folder, stdout=output, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
            preexec_fn=limited, env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (3, "detector: File too large\n")


@pytest.fixture
def odd(folder: Path) -> Path:
    """A folder in which names are no UTF-8."""
    try:
        for name, text in (
            ("odd\udcff.csv", GOOD),
            ("old\udcff.txt", "domain:a.example\n"),
            ("w\udcff.txt", ""),
        ):
            (folder / name).write_text(text)
    except (OSError, UnicodeEncodeError):
        pytest.skip("NOT RUN: every name is UTF-8 on this file system")
    return folder


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="NOT RUN: no pipes on this system")
@pytest.mark.parametrize("option", ["--disavow", "--whitelist"])
def test_a_pipe_is_refused_at_once(detector: Run, folder: Path, option: str) -> None:
    os.mkfifo(folder / "pipe")
    done = detector("audit", "good.csv", *SITE, option, "pipe", timeout=60)
    assert done.returncode == 3
    assert "pipe: it is a pipe or a device, no file. Save it to a file first." in done.stderr
    assert is_one_sentence(done.stderr)


def test_names_that_are_no_utf8_are_read_and_told(detector: Run, odd: Path) -> None:
    done = detector("links", "odd\udcff.csv", "missing\udcff.csv", "--keep-going")
    assert done.returncode == 3
    assert done.stdout.count("odd\ufffd.csv") == 20
    assert "missing\ufffd.csv: there is no such file" in done.stderr
    done = detector(
        "audit", "odd\udcff.csv", *SITE, "--json", "--disavow", "old\udcff.txt", "--whitelist", "w\udcff.txt"
    )
    record = json.loads(done.stdout)
    assert done.returncode == 0
    assert record["files"][0]["file"] == "odd\ufffd.csv"
    assert (record["settings"]["disavow"], record["settings"]["whitelist"]) == (
        "old\ufffd.txt",
        "w\ufffd.txt",
    )


@pytest.mark.parametrize(
    "call",
    [
        ("merge", "old\udcff.txt", "--out", "new\udcff.txt"),
        ("convert", "old\udcff.txt", "--to", "csv", "--out", "new\udcff.csv"),
        ("prune", "old\udcff.txt", "--links", "odd\udcff.csv"),
        ("compare", "old\udcff.txt", "old\udcff.txt"),
        ("explain", "old\udcff.txt", "\udcff.example"),
    ],
)
@pytest.mark.parametrize("how", [(), ("--json",)])
def test_disavow_commands_tell_names_that_are_no_utf8(
    detector: Run, odd: Path, call: tuple[str, ...], how: tuple[str, ...]
) -> None:
    done = detector("disavow", *call, *how, cwd=odd)
    assert (done.returncode, done.stderr) == (3 if call[0] == "explain" else 0, "")
    assert ("\ufffd" in done.stdout) is (call[0] != "compare" or bool(how))


def test_letters_that_the_output_cannot_show_are_escaped(folder: Path) -> None:
    """A pipe on a Western Windows, say: a Cyrillic name must not end the command in a traceback."""
    (folder / "old.txt").write_text("domain:\u0441\u043f\u0430\u043c.test\n", encoding="utf-8")
    command = [str(Path(sys.executable).with_name("detector")), "disavow", "check", "old.txt"]
    env = os.environ | {"PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=60, check=False, env=env
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert "domain:\\u0441\\u043f\\u0430\\u043c.test" in done.stdout


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ((*SITE, "--out", "out\udcff"), "--out out\ufffd: its name is no UTF-8"),
        (("--site", "kettle\udcff.example"), "is no site: give a domain such as example.com"),
        ((*SITE, "--own", "kettle\udcff.example"), "is no site"),
        ((*SITE, "--brand", "kettle\udcff"), "this is no UTF-8 text"),
        ((*SITE, "--agency", "\udcff"), "this is no UTF-8 text"),
    ],
)
def test_a_folder_or_a_word_that_is_no_utf8_is_wrong_usage(
    detector: Run, call: tuple[str, ...], words: str, folder: Path
) -> None:
    done = detector("audit", "good.csv", *call)
    assert done.returncode == 2
    assert words in done.stderr


def test_an_error_of_polars_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise polars.exceptions.ComputeError("parquet: File out of specification\nsomething else")

    monkeypatch.setattr(commands, "app", fail)
    with pytest.raises(SystemExit) as ended:
        main.main()
    errors = capsys.readouterr().err
    assert ended.value.code == 3
    assert is_one_sentence(errors)
    assert "File out of specification" in errors


@pytest.mark.parametrize(
    "error",
    [
        polars.exceptions.ComputeError("underlying IO error: No space left on device (os error 28)"),
        OSError("No space left on device (os error 28)"),
        OSError(28, "No space left on device", "/out/.audit-x/new/links.parquet"),
    ],
)
def test_where_there_is_no_room_the_place_that_the_user_named_is_told(error: Exception) -> None:
    words = r"^--out d: it cannot .*No space left on device\). Free some"
    with pytest.raises(OutputError, match=words), writing("--out d"):
        raise error


@pytest.mark.parametrize(
    "error", [OSError(2, "No such file"), ValueError("x"), InputError("a", "b (os error 28)")]
)
def test_other_errors_stay_what_they_are(error: Exception) -> None:
    with pytest.raises(type(error)) as raised, writing("--out d"):
        raise error
    assert raised.value is error


@pytest.mark.parametrize(
    "call", [("audit", "good.csv", *SITE), ("audit", "good.csv", *SITE, "--json"), ("signals",), ("links", "good.csv")]
)  # fmt: skip
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_goes_away_is_no_fault(folder: Path, call: tuple[str, ...], unbuffered: str) -> None:
    command = [str(Path(sys.executable).with_name("detector")), *call]
    env = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with subprocess.Popen(
        command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        errors = running.stderr.read().decode()
        assert running.wait(60) == 0
    assert "Traceback" not in errors
    assert "Broken pipe" not in errors


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_leaves_nothing_behind_and_no_traceback(folder: Path, end: signal.Signals) -> None:
    with (folder / "large.csv").open("w") as file:
        file.write(GOOD)
        for n in range(400_000):
            file.write(f"https://p{n}.example/{n},https://kettles.example/,word {n}\n")
    command = [str(Path(sys.executable).with_name("detector")), "audit", "large.csv", *SITE]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        until = time.monotonic() + 30
        while not (folder / "audit").exists() and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.2)
        running.send_signal(end)
        _, errors = running.communicate(timeout=60)
    assert running.returncode == 130
    assert b"Traceback" not in errors
    assert not (folder / "audit").exists()


@pytest.mark.skipif(os.name != "posix", reason="NOT RUN: no such descriptors on this system")
def test_without_standard_error_the_work_is_done(folder: Path) -> None:
    command = [str(Path(sys.executable).with_name("detector")), "audit", "good.csv", *SITE]
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" 2>&-', "sh", *command],
        cwd=folder,
        stdout=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert (folder / "audit" / "disavow.txt").is_file()


HOMELESS = """
import pathlib
def home(): raise RuntimeError("Could not determine home directory.")
pathlib.Path.home = home
from detector.cli.main import main
main()
"""


@pytest.mark.parametrize("variable", [{}, {"XDG_STATE_HOME": "state"}])
def test_a_user_without_a_home_is_told_what_to_name(folder: Path, variable: dict[str, str]) -> None:
    """As in a container whose user has no name; a folder that is not absolute names no place."""
    call = [sys.executable, "-c", HOMELESS, "audit", "good.csv", *SITE, "--quiet"]
    without = {name: value for name, value in os.environ.items() if name != "XDG_STATE_HOME"}
    done = subprocess.run(
        call, cwd=folder, env=without | variable, capture_output=True, text=True, check=False
    )
    assert (done.returncode, is_one_sentence(done.stderr)) == (2, True)
    assert "name a folder for them in the variable XDG_STATE_HOME" in done.stderr
    named = without | {"XDG_STATE_HOME": str(folder / "state")}
    assert subprocess.run(call, cwd=folder, env=named, check=False).returncode == 0


def test_an_interrupt_while_the_commands_are_loaded_prints_no_traceback() -> None:
    call = (
        "import sys\nfrom detector.cli.main import main\n"
        "class Interrupted:\n    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'typer': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupted())\nmain()"
    )
    done = subprocess.run([sys.executable, "-c", call], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
