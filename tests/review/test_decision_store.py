"""The store of decisions: undo and redo, nothing lost, nobody overwritten."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from detector.databases import connection
from detector.errors import InputError, UsageError
from detector.review import DECISIONS, DecisionStore, Evidence, Subject, read_decisions
from detector.review.decisions import ConflictError, changes
from detector.review.store import COLUMNS, FILE

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
SITE = "kettle.example"
SEEN = Evidence("review", 0.7, "link farm", "a reason; another", 3, None, "2026-10-31T10:00:00+00:00")


def about(*names: str) -> list[tuple[Subject, Evidence]]:
    return [(Subject(name, "domain", name), SEEN) for name in names]


def decide(store: DecisionStore, names: list[str], decision: str | None, **more: object) -> int:
    action = store.decide(about(*names), decision, title=f"{decision}", who="ann", now=NOW, **more)  # type: ignore[arg-type]
    return action.number


def standing(store: DecisionStore) -> dict[str, str]:
    return dict(store.standing().select("subject", "decision").iter_rows())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "audit.json").write_text(json.dumps({"site": SITE}))
    return tmp_path


@pytest.fixture
def store(folder: Path) -> Iterator[DecisionStore]:
    with DecisionStore(folder, SITE) as opened:
        yield opened


def test_what_was_decided_is_told_with_the_evidence_at_the_time(store: DecisionStore, folder: Path) -> None:
    subject = Subject("https://a.example/x", "url", "a.example")
    store.decide([(subject, SEEN)], "disavow", title="t", who="ann", now=NOW, note="they\nanswered")
    frame = read_decisions(folder)
    assert dict(frame.schema) == COLUMNS
    assert frame.row(0) == (*subject[:1], "url", "a.example", "disavow", "they\nanswered", "ann", NOW, *SEEN)
    found = store.of(subject.name)
    assert found is not None
    assert found.overrules
    assert store.within("a.example") == [found]


def test_a_note_stays_until_another_is_written_or_the_decision_is_taken_back(store: DecisionStore) -> None:
    def notes() -> dict[str, str]:
        return dict(store.standing().select("subject", "note").iter_rows())

    decide(store, ["a.example"], "later", note="ask them")
    decide(store, ["a.example", "b.example"], "disavow", note=None)
    assert notes() == {"a.example": "ask them", "b.example": ""}
    decide(store, ["a.example"], "disavow", note="")
    assert notes()["a.example"] == ""
    store.undo(who="ann", now=NOW)
    assert notes()["a.example"] == "ask them"
    decide(store, ["a.example"], None, note=None)
    decide(store, ["a.example"], "keep", note=None)
    assert notes()["a.example"] == ""


def test_nothing_is_made_by_reading(folder: Path) -> None:
    assert read_decisions(folder).height == 0
    assert not (folder / FILE).exists()
    with pytest.raises(UsageError, match="not the folder of an audit"):
        read_decisions(folder / "none")


def test_a_group_is_undone_and_redone_as_a_whole(store: DecisionStore) -> None:
    decide(store, ["a.example"], "keep")
    decide(store, ["a.example", "b.example", "c.example"], "disavow")
    undone = store.undo(who="ann", now=NOW)
    assert undone is not None
    assert standing(store) == {"a.example": "keep"}
    store.redo(who="ann", now=NOW)
    assert standing(store) == dict.fromkeys(("a.example", "b.example", "c.example"), "disavow")
    assert [action.what for action in store.journal()] == ["decide", "decide", "undo", "redo"]
    assert [action.number for action in store.journal("b.example")] == [2, 3, 4]


class Journal(RuleBasedStateMachine):
    """Against a model: a list of states, and a place in it."""

    @initialize()
    def begin(self) -> None:
        import tempfile

        self.place = tempfile.TemporaryDirectory()
        self.store = DecisionStore(Path(self.place.name), SITE)
        self.states: list[dict[str, str]] = [{}]
        self.at = 0
        self.actions = 0

    @rule(names=st.sets(st.sampled_from("abcde"), min_size=1), decision=st.sampled_from([*DECISIONS, None]))
    def decides(self, names: set[str], decision: str | None) -> None:
        decide(self.store, sorted(names), decision, seen=self.actions)
        state = dict(self.states[self.at])
        for name in names:
            state.pop(name, None)
            if decision:
                state[name] = decision
        self.states[self.at + 1 :] = [state]
        self.at += 1
        self.actions += 1

    @rule()
    def undoes(self) -> None:
        done = self.store.undo(who="ann", now=NOW)
        assert (done is None) == (self.at == 0)
        self.at -= done is not None
        self.actions += done is not None

    @rule()
    def redoes(self) -> None:
        done = self.store.redo(who="ann", now=NOW)
        assert (done is None) == (self.at == len(self.states) - 1)
        self.at += done is not None
        self.actions += done is not None

    @precondition(lambda self: hasattr(self, "store"))
    @rule()
    def opens_again(self) -> None:
        self.store.close()
        self.store = DecisionStore(Path(self.place.name), SITE)

    @invariant()
    def stands_what_the_model_says(self) -> None:
        if hasattr(self, "store"):
            assert standing(self.store) == self.states[self.at]
            assert self.store.newest() == self.actions

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.place.cleanup()


TestJournal = Journal.TestCase
TestJournal.settings = settings(max_examples=25, stateful_step_count=20)


def test_the_journal_is_only_added_to(store: DecisionStore, folder: Path) -> None:
    decide(store, ["a.example"], "keep")
    with closing(sqlite3.connect(folder / FILE)) as raw:
        for statement in ("DELETE FROM step", "UPDATE step SET decision = 'disavow'", "DELETE FROM action"):
            with pytest.raises(sqlite3.IntegrityError, match="only added to"):
                raw.execute(statement)


def test_what_somebody_else_decided_is_not_overwritten(store: DecisionStore, folder: Path) -> None:
    first = decide(store, ["a.example"], "keep")
    with DecisionStore(folder, SITE) as other:
        decide(other, ["b.example"], "disavow", seen=first)
        with pytest.raises(ConflictError, match=r"decided on b\.example meanwhile"):
            decide(store, ["a.example", "b.example"], "keep", seen=first)
        assert standing(store) == {"a.example": "keep", "b.example": "disavow"}
        decide(store, ["c.example"], "keep", seen=first)  # nobody has touched that one
        with pytest.raises(ConflictError, match="Somebody else decided meanwhile"):
            other.undo(who="bob", now=NOW, expected=2)
        assert store.undo(who="ann", now=NOW, expected=3) is not None
    assert standing(store) == {"a.example": "keep", "b.example": "disavow"}


def test_a_network_drive_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "network_drive", lambda _: "nfs4")
    with pytest.raises(
        InputError, match=r"network drive \(nfs4\).*Make the audit in a folder on a drive of this machine"
    ):
        DecisionStore(folder, SITE)


def test_the_store_of_another_site_is_refused(store: DecisionStore, folder: Path) -> None:
    with pytest.raises(InputError, match=r"decisions about kettle\.example, not about other\.example"):
        DecisionStore(folder, "other.example")


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (SEEN, []),
        (
            SEEN._replace(verdict="disavow", probability=0.95),
            ["the verdict was review", "rose from 0.70 to 0.95"],
        ),
        (SEEN._replace(probability=0.55, links=3), []),
        (SEEN._replace(links=4), ["1 more links"]),
        (SEEN._replace(group=12), ["one of 12 domains of one make"]),
    ],
)
def test_what_has_changed_since(now: Evidence, said: list[str]) -> None:
    told = list(changes(SEEN, now))
    assert len(told) == len(said)
    assert all(words in sentence for words, sentence in zip(said, told, strict=True))


# ------------------------------------------------------------------------------------------------ processes

WRITER = """
import os, random, signal, sys, time
from datetime import UTC, datetime
from pathlib import Path
from detector.review import DecisionStore, Evidence, Subject

folder, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])

def write(name, count):
    with DecisionStore(folder, "kettle.example") as store:
        for n in range(count):
            subjects = [(Subject(f"{name}-{n}-{k}", "domain", f"{name}-{n}-{k}"), Evidence()) for k in range(20)]
            store.decide(subjects, "disavow", title=name, who=name, now=datetime.now(UTC))
            os.write(1, f"{name}-{n}\\n".encode())
"""
RECORDS = "write(name, count)"
IS_KILLED = """
chance = random.Random(7)
start = time.monotonic()
with DecisionStore(folder, "kettle.example"):
    usual = time.monotonic() - start  # to open it, on this machine, as busy as it is
for attempt in range(count):
    child = os.fork()
    if not child:
        write(f"{name}{attempt}", 10000)
        os._exit(1)
    time.sleep(chance.uniform(0.0, 0.05 + 4 * usual))
    os.kill(child, signal.SIGKILL)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
"""


def started(code: str, folder: Path, name: str, count: int) -> subprocess.Popen[str]:
    call = [sys.executable, "-c", WRITER + code, str(folder), name, str(count)]
    return subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def recorded(folder: Path) -> dict[str, int]:
    """Every action that is there, with how many of its decisions stand."""
    counts: dict[str, int] = {}
    for subject in read_decisions(folder)["subject"]:
        action = subject.rpartition("-")[0]
        counts[action] = counts.get(action, 0) + 1
    return counts


@pytest.mark.skipif(sys.platform == "win32", reason="NOT RUN: no fork on this system")
def test_a_kill_at_any_instant_loses_nothing_that_was_acknowledged(folder: Path) -> None:
    """Killed while the store is made, while it decides; each next process opens what the last left."""
    with started(IS_KILLED, folder, "run", 60) as process:
        told, errors = process.communicate(timeout=120)
    assert (process.returncode, errors) == (0, "")
    acknowledged, found = set(told.split()), recorded(folder)
    assert len(acknowledged) > 50
    assert acknowledged <= found.keys()
    assert set(found.values()) == {20}, "an action is there whole or not at all"
    assert len(found) <= len(acknowledged) + 60, "what is there unacknowledged was killed between the two"


def test_two_processes_take_turns(folder: Path) -> None:
    writers = [started(RECORDS, folder, name, 40) for name in ("ann", "bob")]
    told = [process.communicate(timeout=120) for process in writers]
    for process, (words, errors) in zip(writers, told, strict=True):
        assert (process.returncode, errors, len(words.split())) == (0, "", 40)
    found = recorded(folder)
    assert len(found) == 80
    assert set(found.values()) == {20}
