"""``detector disavow handoff``: exit codes, what is said, what is recorded, and the question on a terminal."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from in_process import Done, Run, run

from detector.cli.disavow.handoff import _day_of_upload
from detector.errors import UsageError
from detector.history import Store
from detector.history.whitelists import ALL, Whitelists
from detector.links.domains import Domains

SITE = ("--site", "kettles.example")
PROPERTY = ("--property", "https://www.kettles.example/")
PAGE = (
    "https://search.google.com/search-console/disavow-links?resource_id=https%3A%2F%2Fwww.kettles.example%2F"
)


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs ``detector disavow handoff`` in this process: exit code, output, errors."""
    monkeypatch.chdir(tmp_path)

    def handoff(*args: str) -> Done:
        return run("disavow", "handoff", *args)

    return handoff


def write(name: str, *lines: str) -> str:
    Path(name).write_text("".join(f"{line}\n" for line in lines))
    return name


def uploads() -> list[tuple[int, str, int, int]]:
    found = Store.find("kettles.example")
    if found is None:
        return []
    with found as store:
        return [(u.number, u.state, u.added, u.removed) for u in store.uploads()]


#: What Ctrl-C types.
INTERRUPT = b"\x03"


def test_it_is_confirmed_from_another_folder(
    call: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call(write("a.txt", "domain:a.example"), *SITE, *PROPERTY)
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path / "other")
    write("a.txt", "domain:of-another-client.example")
    write("../a.txt", "domain:changed.example")
    code, _, err = call(*SITE, "--done")
    assert (code, f"{tmp_path / 'a.txt'} has changed" in err) == (2, True)
    write("../a.txt", "domain:a.example")
    assert call(*SITE, "--done")[0] == 0


def test_without_a_terminal_it_is_recorded_as_handed_over_and_confirmed_later(call: Run) -> None:
    code, out, err = call(write("a.txt", "domain:a.example", "domain:b.example"), *SITE, *PROPERTY)
    assert (code, err) == (0, "")
    assert f"Open {PAGE}" in out.splitlines()
    assert [line[:2] for line in out.splitlines() if line[1:2] == "."] == ["1.", "2.", "3.", "4."]
    assert "detector disavow handoff --site kettles.example --done" in out
    assert uploads() == [(1, "handed over", 2, 0)]
    code, out, err = call(*SITE, "--done")
    assert (code, err) == (0, "")
    assert "uploaded, SHA-256" in out
    assert uploads() == [(1, "uploaded", 2, 0)]


def test_what_is_left_out_is_warned_of(call: Run) -> None:
    call(write("a.txt", "domain:a.example", "domain:b.example"), *SITE, *PROPERTY, "--done")
    code, out, err = call(write("b.txt", "domain:b.example", "domain:c.example"), *SITE)
    assert code == 0
    assert "1 rule new, 1 rule gone." in out
    assert "  + domain:c.example" in out
    assert err.startswith("WARNING: an upload replaces the whole list. 1 rule of upload 1 of ")
    assert err.endswith("COUNTS AGAIN:\n  - domain:a.example\n")


def test_an_upload_that_waits_is_called_to_mind(call: Run) -> None:
    call(write("a.txt", "domain:a.example"), *SITE, *PROPERTY)
    _, _, err = call(write("b.txt", "domain:b.example"), *SITE)
    assert err.startswith("Note: upload 1 of ")
    assert "is not confirmed" in err


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("domain: a.example", "error", "Google rejects or ignores such lines"),
        ("domain:blogspot.com", "danger", "insist with --despite-dangers"),
        ("domain:kettles.example", "danger", "insist with --despite-dangers"),
    ],
)
def test_an_unfit_file_is_1_named_and_not_recorded(call: Run, line: str, code: str, words: str) -> None:
    found, out, err = call(write("a.txt", "domain:fine.example", line), *SITE, *PROPERTY)
    assert (found, out) == (1, "")
    assert f"a.txt:2: {code}: " in err
    assert words in err
    assert uploads() == []


def test_what_a_review_whitelisted_is_a_danger(call: Run) -> None:
    file = write("a.txt", "domain:partner.example", "domain:bad.example")
    with Whitelists() as lists:
        lists.add("partner.example", ALL, domains=Domains.default(), who="ann", now=datetime.now(UTC))
        lists.add("bad.example", "pans.example", domains=Domains.default(), who="ann", now=datetime.now(UTC))
    code, _, err = call(file, *SITE, *PROPERTY)
    assert (
        code,
        "a.txt:1: danger: The line hits something on your whitelist" in err,
        "bad.example" in err,
    ) == (1, True, False)
    assert uploads() == []


def test_a_person_may_insist_on_dangers_and_not_on_errors(call: Run) -> None:
    code, out, err = call(write("a.txt", "domain:blogspot.com"), *SITE, *PROPERTY, "--despite-dangers")
    assert code == 0
    assert "a.txt:1: danger: " in err
    assert PAGE in out
    code, _, _ = call(
        write("b.txt", "domain:a.example", "domain:*.x.example"), *SITE, *PROPERTY, "--despite-dangers"
    )
    assert code == 1
    assert len(uploads()) == 1


def test_what_is_uploaded_already_is_recorded_with_its_day_whatever_is_wrong_with_it(call: Run) -> None:
    file = write("a.txt", "domain:a.example", "domain:*.b.example")
    code, out, _ = call(file, *SITE, *PROPERTY, "--done", "--on", "2019-03-31")
    assert code == 0
    assert "Recorded: upload 1 of 2019-03-31, uploaded" in out
    assert PAGE not in out


def test_an_upload_of_a_day_is_the_last_of_it(call: Run) -> None:
    for name in ("a", "b"):
        file = write(f"{name}.txt", f"domain:{name}.example")
        on = () if name == "a" else ("--on", f"{datetime.now(UTC):%Y-%m-%d}")
        assert call(file, *SITE, *PROPERTY, "--done", *on)[0] == 0
    with Store.open("kettles.example") as store:
        assert [upload.number for upload in (store.in_force(),) if upload] == [2]


def test_the_day_is_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    try:
        now = datetime(2026, 5, 1, 20, 0, tzinfo=UTC)  # there it is the second
        assert _day_of_upload(datetime(2026, 5, 2), now, done=True) == now
        assert _day_of_upload(datetime(2026, 4, 30), now, done=True).date().isoformat() == "2026-04-30"
        with pytest.raises(UsageError, match="lies in the future"):
            _day_of_upload(datetime(2026, 5, 3), now, done=True)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_another_property_has_a_list_of_its_own(call: Run) -> None:
    call(write("a.txt", "domain:a.example", "domain:b.example"), *SITE, *PROPERTY, "--done")
    shop = ("--property", "https://shop.kettles.example/")
    code, _, err = call(write("b.txt", "domain:b.example"), *SITE, *shop)
    assert code == 0
    assert "was for https://www.kettles.example/, this file is for https://shop.kettles.example/." in err
    assert "1 rule of upload 1 of" in err
    assert "WARNING" not in err


def test_the_audit_around_the_file_tells_why_and_whose_it_is(call: Run, tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text(
        "Source url,Target url\n"
        + "".join(f"https://p{n}.example/,https://kettles.example/\n" for n in range(9))
    )
    done = run("audit", "e.csv", *SITE, "--quiet")
    assert done.returncode == 0, done.stderr
    Path("audit/mine.txt").write_text("domain:p1.example\n")
    assert call("audit/mine.txt", *SITE, *PROPERTY)[0] == 0
    with Store.open("kettles.example") as store:
        (decision,) = store.decisions(1)
    assert (decision.unit, decision.change) == ("p1.example", "added")
    assert decision.verdict in ("keep", "review", "disavow", "ignore")
    code, _, err = call("audit/mine.txt", "--site", "pans.example", "--property", "https://pans.example/")
    assert (code, "is the audit of kettles.example, not of pans.example" in err) == (2, True)


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        ((), 2, ""),
        (SITE, 2, "Name the file to hand over"),
        (("a.txt", *SITE), 2, "Which property of Search Console"),
        (("a.txt", *SITE, "--property", "sc-domain:kettles.example"), 2, "is a Domain property"),
        (("a.txt", "--site", "co.uk", *PROPERTY), 2, "'co.uk' is no site"),
        (("a.txt", *SITE, *PROPERTY, "--on", "2026-01-01"), 2, "needs --done"),
        (("a.txt", *SITE, *PROPERTY, "--done", "--on", "2999-01-01"), 2, "lies in the future"),
        (("a.txt", *SITE, *PROPERTY, "--audit", "."), 2, "is not the folder of an audit"),
        (("none.txt", *SITE, *PROPERTY), 3, "it cannot be read"),
        (("a.txt", *SITE, *PROPERTY, "--whitelist", "none.txt"), 3, "the whitelist cannot be read"),
        ((*SITE, "--done"), 2, "no file was handed over yet"),
    ],
)
def test_a_wrong_call_says_so_and_leaves_no_store(
    call: Run, own_stores: Path, args: tuple[str, ...], code: int, words: str
) -> None:
    write("a.txt", "domain:a.example")
    found, _, err = call(*args)
    assert found == code
    assert words in err
    assert not own_stores.exists()


def test_a_damaged_store_is_3_and_one_sentence(detector: Run, tmp_path: Path, own_stores: Path) -> None:
    (tmp_path / "a.txt").write_text("domain:a.example\n")
    own_stores.mkdir()
    (own_stores / "kettles.example.sqlite").write_bytes(b"x" * 5000)
    done = detector("disavow", "handoff", "a.txt", *SITE, *PROPERTY)
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "or it is damaged. Put back a copy" in done.stderr


# ------------------------------------------------------------------------------------------------ a terminal


@pytest.mark.skipif(sys.platform == "win32", reason="NOT RUN: no pseudo-terminals on this system")
class TestOnATerminal:
    """The real command on a pseudo-terminal, with a browser that notes what it is to open."""

    @pytest.fixture
    def browser(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        script = tmp_path / "browser"
        script.write_text('#!/bin/sh\nprintf %s "$1" > opened\n')
        script.chmod(0o700)
        monkeypatch.setenv("BROWSER", f"{script} %s")
        return tmp_path / "opened"

    def answer(self, folder: Path, keys: bytes, *more: str, change: bool = False) -> tuple[int, str]:
        """Runs it, types the keys at the question; exit code and all that the terminal showed."""
        import fcntl
        import termios

        def take_terminal() -> None:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # a test run in the background has it ignored
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        (folder / "a.txt").write_text("domain:a.example\n")
        master, slave = os.openpty()
        command = [str(Path(sys.executable).with_name("detector")), "disavow", "handoff", "a.txt", *SITE]
        with subprocess.Popen(
            [*command, *PROPERTY, *more], cwd=folder, stdin=slave, stdout=slave, stderr=slave,
            start_new_session=True, preexec_fn=take_terminal,
        ) as process:  # fmt: skip
            os.close(slave)
            try:
                shown = self.read(master, until=b"Was it uploaded? [y/N]: ")
                if change:
                    (folder / "a.txt").write_text("domain:other.example\n")
                os.write(master, keys)
                shown += self.read(master, again=INTERRUPT if keys == INTERRUPT else b"")
                code = process.wait(10)
            finally:
                process.kill()
                os.close(master)
        return code, shown.decode()

    @staticmethod
    def read(master: int, until: bytes | None = None, again: bytes = b"") -> bytes:
        """What the terminal shows until some words, or until the other end is closed; at most for a minute.

        ``again`` is typed at every pause: Python loses an interrupt that comes between the showing of a question and the waiting for
        its answer, and a person presses the key once more.
        """
        shown, deadline = b"", time.monotonic() + 60
        while until is None or until not in shown:
            if not select.select([master], [], [], 5)[0]:
                if time.monotonic() > deadline:
                    pytest.fail(f"the command waits; it showed {shown!r}")
                os.write(master, again)
                continue
            try:
                piece = os.read(master, 4096)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            shown += piece
        return shown

    def test_yes_is_recorded_as_uploaded(self, tmp_path: Path, browser: Path) -> None:
        code, shown = self.answer(tmp_path, b"y\n")
        assert code == 0
        assert f"Opened {PAGE}" in shown
        assert browser.read_text() == PAGE
        assert uploads() == [(1, "uploaded", 1, 0)]

    @pytest.mark.parametrize("keys", [b"n\n", b"\n", b"\x04", INTERRUPT])
    def test_no_enter_end_and_interrupt_leave_it_handed_over(
        self, tmp_path: Path, browser: Path, keys: bytes
    ) -> None:
        code, shown = self.answer(tmp_path, keys)
        assert code == 0
        assert "the upload is not confirmed" in shown
        assert "Traceback" not in shown
        assert uploads() == [(1, "handed over", 1, 0)]

    def test_no_open_prints_only(self, tmp_path: Path, browser: Path) -> None:
        code, shown = self.answer(tmp_path, b"y\n", "--no-open")
        assert code == 0
        assert f"Open {PAGE}" in shown
        assert not browser.exists()

    def test_a_file_that_changed_meanwhile_is_not_confirmed(self, tmp_path: Path, browser: Path) -> None:
        code, shown = self.answer(tmp_path, b"y\n", change=True)
        assert code == 1
        assert "has changed since it was checked" in shown
        assert uploads() == [(1, "handed over", 1, 0)]
