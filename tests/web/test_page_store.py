"""The store keeps what it was given, and takes nothing damaged for whole."""

from __future__ import annotations

import errno
import os
import re
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector.errors import InputError, OutputError
from detector.web.outcomes import Outcome
from detector.web.packs import pack_path
from detector.web.robots import Robots
from detector.web.store import Head, Hop, PageStore, Visit

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
HEAD = Head("OK", (("Content-Type", "text/html"), ("X-Ä", "\u00fc\n")))


def full(url: str) -> Visit:
    return Visit(
        url, NOW, Outcome.LIVE, detail="d", status=200, final_url=url + "2", hops=(Hop(url, 301, url + "2"),), etag='"e"',
        modified="m", cut="size", seconds=0.5, address="192.0.2.1", not_before=NOW + timedelta(days=1),
    )  # fmt: skip


def test_everything_comes_back(tmp_path: Path) -> None:
    with PageStore(tmp_path) as store:
        store.save(full("http://a.test/"), HEAD, b"body")
    with PageStore(tmp_path) as store:
        visit = store.visit("http://a.test/")
        assert visit is not None
        assert visit.block is not None
        assert visit == Visit(**{**vars(full("http://a.test/")), "block": visit.block, "size": 4})
        assert store.content(visit) == (HEAD, b"body")
        assert store.visit("http://b.test/") is None


@settings(max_examples=30)
@given(bodies=st.lists(st.binary(max_size=2000), min_size=1, max_size=5))
def test_any_body_comes_back(tmp_path_factory: pytest.TempPathFactory, bodies: list[bytes]) -> None:
    with PageStore(tmp_path_factory.mktemp("store")) as store:
        for number, body in enumerate(bodies):
            store.save(full(f"http://a.test/{number}"), HEAD, body)
        for number, body in enumerate(bodies):
            visit = store.visit(f"http://a.test/{number}")
            assert visit is not None
            assert store.content(visit) == (HEAD, body)


def test_a_damaged_pack_is_told_from_a_whole_one(tmp_path: Path) -> None:
    with PageStore(tmp_path) as store:
        store.save(full("http://a.test/1"), HEAD, b"one" * 100)
        store.save(full("http://a.test/2"), HEAD, b"two" * 100)
        first, second = store.visit("http://a.test/1"), store.visit("http://a.test/2")
    assert first is not None
    assert second is not None
    assert second.block is not None
    path = pack_path(tmp_path, second.block.pack)
    data = bytearray(path.read_bytes())
    data[second.block.start + 20] ^= 1
    path.write_bytes(data)
    with PageStore(tmp_path) as store:
        assert store.content(first) is not None
        assert store.content(second) is None
        path.write_bytes(data[: second.block.start])
        assert store.content(second) is None
        path.unlink()
        assert store.content(first) is None


def test_a_body_that_the_index_does_not_name_is_not_there(tmp_path: Path) -> None:
    """What a kill between the pack and the index leaves: a tail that nobody looks at, and a new pack for the next run."""
    with PageStore(tmp_path) as store:
        store.save(full("http://a.test/1"), HEAD, b"one")
        visit = store.visit("http://a.test/1")
    assert visit is not None
    assert visit.block is not None
    with pack_path(tmp_path, visit.block.pack).open("ab") as file:
        file.write(b"half a bod")
    with PageStore(tmp_path) as store:
        store.save(full("http://a.test/2"), HEAD, b"two")
        later = store.visit("http://a.test/2")
        assert later is not None
        assert later.block is not None
        assert later.block.pack != visit.block.pack
        assert store.content(visit) == (HEAD, b"one")
        assert store.content(later) == (HEAD, b"two")


def test_threads_and_processes_share_a_store(tmp_path: Path) -> None:
    with PageStore(tmp_path) as one, PageStore(tmp_path) as other:

        def write(store: PageStore, name: str) -> None:
            for number in range(100):
                store.save(full(f"http://{name}.test/{number}"), HEAD, f"{name} {number}".encode())

        threads = [
            threading.Thread(target=write, args=(store, name))
            for store, name in ((one, "a"), (one, "b"), (one, "c"), (other, "d"))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with PageStore(tmp_path) as store:
        for name in "abcd":
            for number in range(100):
                visit = store.visit(f"http://{name}.test/{number}")
                assert visit is not None
                assert store.content(visit) == (HEAD, f"{name} {number}".encode())


def test_packs_without_pages_are_dropped_after_a_week(tmp_path: Path) -> None:
    with PageStore(tmp_path) as store:
        store.save(full("http://a.test/"), HEAD, b"old")
    with PageStore(tmp_path) as store:
        store.save(full("http://a.test/"), HEAD, b"new")
        packs = sorted(tmp_path.glob("*.pack"))
        assert len(packs) == 2
        store.drop_unused_packs(datetime.now(UTC))
        assert sorted(tmp_path.glob("*.pack")) == packs  # somebody may still write it
        store.drop_unused_packs(datetime.now(UTC) + timedelta(days=8))
        assert sorted(tmp_path.glob("*.pack")) == packs[1:]
        visit = store.visit("http://a.test/")
        assert visit is not None
        assert store.content(visit) == (HEAD, b"new")


def test_robots_txt_is_remembered_for_a_day_and_a_failure_for_an_hour(tmp_path: Path) -> None:
    good, bad = (
        Robots(text="User-agent: *\nDisallow: /ü"),
        Robots(Outcome.ROBOTS_UNREACHABLE, detail="status 503"),
    )
    with PageStore(tmp_path) as store:
        store.save_robots("http://a.test", good, NOW)
        store.save_robots("http://b.test", bad, NOW)
        assert store.robots("http://a.test", NOW + timedelta(hours=23)) == good
        assert store.robots("http://a.test", NOW + timedelta(hours=25)) is None
        assert store.robots("http://b.test", NOW + timedelta(minutes=59)) == bad
        assert store.robots("http://b.test", NOW + timedelta(minutes=61)) is None
        origins = ["http://a.test", "http://b.test", "http://c.test"]
        for minutes in (0, 59, 61, 23 * 60, 25 * 60):
            moment = NOW + timedelta(minutes=minutes)
            known = {origin for origin in origins if store.robots(origin, moment) is not None}
            assert store.known_robots(origins, moment) == known


def test_a_full_disk_is_told_with_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("detector.web.packs.os.write", full_disk)
    with PageStore(tmp_path) as store, pytest.raises(OutputError, match=re.escape(f"{tmp_path}: ")):
        store.save(full("http://a.test/"), HEAD, b"body")


def test_what_is_no_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.sqlite").write_bytes(b"this is no database" * 100)
    with pytest.raises(InputError, match=r"index\.sqlite"):
        PageStore(tmp_path)
