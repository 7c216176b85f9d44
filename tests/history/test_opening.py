"""Opening a store: made whole or not at all, brought up to date once, refused in plain words when unfit."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from history_fixtures import PROPERTY, START, parsed

from detector.databases import Kind, open_database
from detector.errors import InputError
from detector.history import Store
from detector.history import store as store_module
from detector.history.migrations import HISTORY, MIGRATIONS


def made(tmp_path: Path) -> Path:
    """A store with one upload."""
    path = tmp_path / "example.com.sqlite"
    with Store("example.com", path) as store:
        store.record(
            parsed(*(f"domain:h{n}.example" for n in range(2000))), property_url=PROPERTY, who="", now=START
        )
    return path


def test_a_store_is_new_marked_and_of_the_newest_version(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "deep" / "a.sqlite", HISTORY)) as opened:
        assert opened.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert opened.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert opened.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert opened.execute("PRAGMA synchronous").fetchone() == (2,)
    assert (tmp_path / "deep").stat().st_mode & 0o777 == 0o700


def test_an_empty_file_is_what_a_kill_at_birth_leaves(tmp_path: Path) -> None:
    (tmp_path / "example.com.sqlite").touch()
    with Store("example.com", tmp_path / "example.com.sqlite") as store:
        assert store.uploads() == []


def test_missing_steps_are_done_and_keep_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path)
    more = (*MIGRATIONS, ("CREATE TABLE note (text TEXT)", "INSERT INTO note VALUES ('new')"))
    monkeypatch.setattr(store_module, "HISTORY", replace(HISTORY, migrations=more))
    with Store("example.com", path) as store:
        assert len(store.uploads()) == 1
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT text FROM note").fetchall() == [("new",)]
        assert raw.execute("PRAGMA user_version").fetchone() == (len(more),)
    Store("example.com", path).close()  # a second time there is nothing to do


def test_a_step_that_fails_leaves_the_old_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path)
    with monkeypatch.context() as patch:
        more = (*MIGRATIONS, ("CREATE TABLE note (text TEXT)", "nonsense"))
        patch.setattr(store_module, "HISTORY", replace(HISTORY, migrations=more))
        with pytest.raises(InputError):
            Store("example.com", path)
    with Store("example.com", path) as store:
        assert len(store.uploads()) == 1
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'note'").fetchone() is None


def test_a_newer_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = made(tmp_path)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(
        InputError, match=r"newer version of this program \(schema 99, known here \d+\)\. Install"
    ):
        Store("example.com", path)
    assert path.read_bytes() == before


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "example.com.sqlite"
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("CREATE TABLE bookmarks (url TEXT)")
    before = path.read_bytes()
    with pytest.raises(InputError, match="database of another program"):
        Store("example.com", path)
    assert path.read_bytes() == before


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "example.com.sqlite"
    path.write_bytes(b"domain:a.example\n" * 500)
    with pytest.raises(InputError, match=r"no store of this program, or it is damaged\. Put back a copy"):
        Store("example.com", path)
    path.unlink()
    path.mkdir()
    with pytest.raises(InputError, match="cannot be opened"):
        Store("example.com", path)


def test_damage_anywhere_is_refused_or_harmless(tmp_path: Path) -> None:
    """A page that is overwritten or cut off raises a sentence, when opened or when read; never anything else."""
    path = made(tmp_path)
    whole, chance, refused = path.read_bytes(), random.Random(3), 0
    expected = parsed(*(f"domain:h{n}.example" for n in range(2000))).data
    for attempt in range(40):
        content = bytearray(whole)
        if attempt % 4 == 0:
            del content[chance.randrange(1, len(content)) :]
        else:
            at = chance.randrange(len(content))
            content[at : at + 600] = chance.randbytes(600)
        for name in path.parent.iterdir():
            name.unlink()
        path.write_bytes(content)
        try:
            with Store("example.com", path) as store:
                store.uploads()
                store.decisions(1)
                assert store.file(1).file.data == expected
        except InputError as error:
            assert str(path) in str(error)
            refused += 1
        except ValueError:  # a date or a text that is damaged itself
            refused += 1
    assert refused > 20


@pytest.mark.skipif(os.geteuid() == 0, reason="NOT RUN: root may write everywhere")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(InputError, match=r"cannot be (opened|made).*--store, or DETECTOR_STORES"):
            Store("example.com", tmp_path / "stores" / "a.sqlite")
    finally:
        tmp_path.chmod(0o700)


def test_a_file_in_the_way_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "stores").touch()
    with pytest.raises(InputError, match=r"the folder of the stores cannot be made"):
        Store("example.com", tmp_path / "stores" / "a.sqlite")


def test_a_store_that_stays_locked_is_named(tmp_path: Path) -> None:
    path = made(tmp_path)
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as other,
        Store("example.com", path, patience=0.2) as store,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(InputError, match="another process keeps it locked"):
            store.confirm(1, START)
        assert len(store.uploads()) == 1  # reading does not wait for a writer
        other.execute("ROLLBACK")
        assert store.confirm(1, START).uploaded == START


# ------------------------------------------------------------------------------------------------ processes

WRITER = """
import os, random, signal, sys, time
from datetime import UTC, datetime
from pathlib import Path
from detector.disavow.parsing import DisavowFile
from detector.history.store import Store

path, name = Path(sys.argv[1]), sys.argv[2]

def write(path, name, count):
    for n in range(count):
        with Store("example.com", path) as store:
            data = "".join(f"domain:{name}-{n}-{k}.example\\n" for k in range(200)).encode()
            file, now = DisavowFile.parse(data, name), datetime.now(UTC)
            upload = store.record(file, property_url="https://www.example.com/", who=name, now=now)
            store.confirm(upload.number, now)
        os.write(1, b"told\\n")
"""
RECORDS = "write(path, name, int(sys.argv[3]))"
IS_KILLED = """
chance = random.Random(5)
started = time.monotonic()
write(path.with_name("measured.sqlite"), "x", 3)
usual = (time.monotonic() - started) / 3  # one record on this machine, as busy as it is
for attempt in range(int(sys.argv[3])):
    child = os.fork()
    if not child:
        write(path, f"{name}{attempt}", 1000)
        os._exit(1)
    time.sleep(chance.uniform(0.0, 4 * usual))
    os.kill(child, signal.SIGKILL)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
"""


def started(code: str, path: Path, name: str, count: int) -> subprocess.Popen[str]:
    call = [sys.executable, "-c", WRITER + code, str(path), name, str(count)]
    return subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def assert_whole(path: Path) -> int:
    """Every upload is there with all its rules and its very bytes; gives their number."""
    with Store("example.com", path) as store:
        uploads = store.uploads()
        assert [upload.number for upload in uploads] == list(range(1, len(uploads) + 1))
        for upload in uploads:
            assert len(store.file(upload.number).file.rules) == upload.domain_rules == 200
            came = [d for d in store.decisions(upload.number) if d.change == "added"]
            assert len(came) == upload.added == 200
        return len(uploads)


@pytest.mark.skipif(sys.platform == "win32", reason="NOT RUN: no fork on this system")
def test_a_kill_at_any_instant_loses_nothing_that_was_told(tmp_path: Path) -> None:
    """Killed at once, while the store is made, while it records; each next one opens what the last left."""
    path, kills, told = tmp_path / "example.com.sqlite", 0, 0
    while told <= 10 and kills < 300:  # a machine that got busier lets few finish
        with started(IS_KILLED, path, f"after-{kills}-", 60) as process:
            lines, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, "")
        kills += 60
        told += len(lines.splitlines()) - 3  # three are of the store beside it, by which the time was taken
    assert told > 10
    # What was recorded and not told was killed between the two.
    assert told <= assert_whole(path) <= told + kills


def test_processes_that_record_at_once_all_are_recorded(tmp_path: Path) -> None:
    """The store itself is made by whoever comes first."""
    path = tmp_path / "example.com.sqlite"
    processes = [started(RECORDS, path, f"writer{n}", 8) for n in range(4)]
    errors = [process.communicate(timeout=60)[1] for process in processes]
    assert [(process.returncode, error) for process, error in zip(processes, errors, strict=True)] == [
        (0, "")
    ] * 4
    assert assert_whole(path) == 32
    with Store("example.com", path) as store:
        assert {upload.who for upload in store.uploads()} == {f"writer{n}" for n in range(4)}


@pytest.mark.parametrize("statement", range(8))
def test_another_that_makes_the_file_between_two_statements_is_no_other_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statement: int
) -> None:
    path, kind = tmp_path / "new.sqlite", Kind(7, (("CREATE TABLE notes (text TEXT)",),), "try elsewhere")
    with closing(sqlite3.connect(path)) as begun:  # as far as another came that is still at it
        begun.execute("PRAGMA journal_mode = WAL")
    connect, steps = sqlite3.connect, iter(range(1000))

    class Interrupted(sqlite3.Connection):
        def execute(self, *call: Any) -> sqlite3.Cursor:
            done = super().execute(*call)
            if next(steps) == statement:
                monkeypatch.setattr(sqlite3, "connect", connect)
                with suppress(InputError):  # locked out by the first
                    open_database(path, kind, patience=0.05).close()
            return done

    monkeypatch.setattr(sqlite3, "connect", partial(connect, factory=Interrupted))
    connection = open_database(path, kind, patience=1.0)
    assert next(steps) > statement
    assert connection.execute("SELECT count(*) FROM notes").fetchone() == (0,)
    connection.close()
