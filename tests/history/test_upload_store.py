"""What a store remembers: every upload, the very bytes, what came and went, and why."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from history_fixtures import PROPERTY, START, parsed
from hypothesis import given
from hypothesis import strategies as st

from detector.disavow.parsing import DisavowFile
from detector.disavow.rules import Rule, domain_rule
from detector.errors import InputError, UsageError
from detector.history import Decision, Store, Upload, last_upload
from detector.history.changes import Changes
from detector.links.domains import Domains

DAY = timedelta(days=1)
Record = Callable[..., Upload]


def rule(host: str) -> Rule:
    found = domain_rule(host)
    assert found
    return found


def test_an_upload_is_remembered_with_its_counts(store: Store, record: Record) -> None:
    record("# old", "domain:a.example", "https://b.example/x", "domain:a.example")
    (upload,) = store.uploads()
    assert (upload.number, upload.handed, upload.uploaded, upload.who) == (1, START, None, "ann")
    assert (upload.property_url, upload.name, upload.state) == (PROPERTY, "disavow.txt", "handed over")
    assert (upload.lines, upload.domain_rules, upload.url_rules) == (4, 1, 1)
    assert (upload.since, upload.added, upload.removed) == (None, 2, 0)
    assert store.upload(1) == upload
    assert store.in_force() is None


def test_confirming_makes_it_the_one_in_force_and_keeps_the_first_date(store: Store, record: Record) -> None:
    record("domain:a.example")
    assert store.confirm(1, START + DAY).state == "uploaded"
    assert store.confirm(1, START + 2 * DAY).uploaded == START + DAY
    assert store.in_force() == store.upload(1)


def test_changes_count_from_the_upload_in_force_not_from_what_was_only_handed_over(
    store: Store, record: Record
) -> None:
    record("domain:a.example", "domain:b.example", done=True)
    record("domain:x.example", day=1)
    third = record("domain:b.example", "domain:c.example", "domain:d.example", day=2)
    assert (third.since, third.added, third.removed) == (1, 2, 1)
    changes = {decision.rule: decision.change for decision in store.decisions(3)}
    assert changes == {
        "domain:a.example": "removed",
        "domain:c.example": "added",
        "domain:d.example": "added",
    }


def test_in_force_is_the_last_uploaded_whenever_it_was_recorded(store: Store, record: Record) -> None:
    record("domain:new.example", day=5, done=True)
    store.record(
        parsed("domain:old.example"),
        property_url=PROPERTY,
        who="ann",
        now=START + 6 * DAY,
        uploaded=START - 900 * DAY,
    )
    in_force = store.in_force()
    assert in_force
    assert in_force.number == 1


def test_going_back_gives_the_very_bytes(store: Store) -> None:
    contents = [
        b"domain:a.example\n",
        "\ufeffdomain:b.example\r\n# für\r\n".encode("utf-16"),
        b"\x00\xff\xfe broken\r\rdomain:c.example",
        b"",
    ]
    for content in contents:
        store.record(DisavowFile.parse(content), property_url=PROPERTY, who="", now=START)
    assert [store.file(number).file.data for number in range(1, 5)] == contents


def test_the_same_bytes_are_kept_once(store: Store, record: Record) -> None:
    for day in range(3):
        record("domain:a.example", day=day)
    assert len({upload.sha256 for upload in store.uploads()}) == 1
    with closing(sqlite3.connect(store.path)) as raw:
        assert raw.execute("SELECT count(*) FROM file").fetchone() == (1,)


def test_what_an_audit_said_is_remembered_of_new_and_kept_rules(store: Store, record: Record) -> None:
    said = Decision("?", "?", "a.example", "disavow", 0.987, "link farm", "500 links a page")
    record("domain:a.example", "domain:b.example", done=True, evidence={rule("a.example"): said})
    record("domain:a.example", day=1, evidence={rule("a.example"): said})
    assert store.decisions(1) == [
        Decision("domain:a.example", "added", "a.example", "disavow", 0.987, "link farm", "500 links a page"),
        Decision("domain:b.example", "added"),
    ]
    assert [(d.rule, d.change, d.verdict) for d in store.decisions(2)] == [
        ("domain:a.example", "kept", "disavow"),
        ("domain:b.example", "removed", None),
    ]


def test_a_rule_was_decided_when_it_was_first_recorded(store: Store, record: Record) -> None:
    record("domain:a.example", day=1, done=True)
    record("domain:b.example", day=2, done=True)
    record("domain:a.example", "domain:b.example", day=3, done=True)
    recorded = store.first_recorded()
    assert recorded == {"domain:a.example": START + DAY, "domain:b.example": START + 2 * DAY}


def test_every_spelling_opens_the_same_store(tmp_path: Path, domains: Domains) -> None:
    with Store.open("https://WWW.bücher.example/x", tmp_path, domains=domains) as one:
        one.record(parsed("domain:a.example"), property_url=PROPERTY, who="", now=START)
    with Store.open("xn--bcher-kva.example", tmp_path, domains=domains) as other:
        assert len(other.uploads()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["xn--bcher-kva.example.sqlite"]


def test_the_store_of_another_site_is_refused(tmp_path: Path, domains: Domains) -> None:
    Store.open("one.example", tmp_path, domains=domains).close()
    (tmp_path / "one.example.sqlite").rename(tmp_path / "other.example.sqlite")
    with pytest.raises(InputError, match=r"it is the history of one\.example, not of other\.example"):
        Store.open("other.example", tmp_path, domains=domains)


def test_looking_makes_nothing(tmp_path: Path, domains: Domains) -> None:
    assert Store.find("example.com", tmp_path / "none", domains=domains) is None
    assert last_upload("example.com", tmp_path / "none", domains=domains) is None
    assert not (tmp_path / "none").exists()


def test_the_last_upload_is_the_file_in_force(store: Store, record: Record, domains: Domains) -> None:
    folder = store.path.parent
    record("domain:a.example")
    assert last_upload("example.com", folder, domains=domains) is None
    store.confirm(1, START + DAY)
    record("domain:b.example", day=3)
    found = last_upload("www.example.com", folder, domains=domains)
    assert found
    assert found.upload.number == 1
    assert found.file.data == b"domain:a.example\n"
    assert found.file.name == "upload 1 of 2026-05-02"


def test_bytes_that_changed_on_disk_are_refused(store: Store, record: Record) -> None:
    record("domain:a.example")
    with closing(sqlite3.connect(store.path)) as raw, raw:
        raw.execute("UPDATE file SET content = (SELECT substr(content, 1, 9) FROM file)")
    with pytest.raises(InputError, match="the file of upload 1 is damaged"):
        store.file(1)


def test_a_number_that_is_not_there_is_wrong_usage(store: Store) -> None:
    for ask in (store.upload, store.file, store.decisions, lambda n: store.confirm(n, START)):
        with pytest.raises(UsageError, match="there is no upload 7"):
            ask(7)


def test_a_name_that_is_no_unicode_is_kept_readable(store: Store) -> None:
    file = DisavowFile.parse(b"domain:a.example\n", "a\udcff\nb.txt")
    assert store.record(file, property_url=PROPERTY, who="\udcff", now=START).name == "a? b.txt"
    assert store.uploads()[0].who == "?"


def test_a_moment_without_a_zone_is_refused_and_nothing_is_recorded(store: Store) -> None:
    with pytest.raises(ValueError, match="time zone"):
        store.record(parsed("domain:a.example"), property_url=PROPERTY, who="", now=datetime(2026, 5, 1))
    assert store.uploads() == []


def test_a_fault_on_the_way_records_nothing(store: Store) -> None:
    def poisoned() -> dict[Rule, Decision]:
        return {rule("b.example"): Decision("", "", unit=object())}  # type: ignore[arg-type]

    with pytest.raises((sqlite3.Error, InputError)):
        store.record(
            parsed("domain:a.example", "domain:b.example"),
            property_url=PROPERTY,
            who="",
            now=START,
            evidence=poisoned(),
        )
    with closing(sqlite3.connect(store.path)) as raw:
        counts = [
            raw.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("upload", "file", "decision")
        ]
    assert counts == [0, 0, 0]
    assert store.record(parsed("domain:a.example"), property_url=PROPERTY, who="", now=START).number == 1


# ------------------------------------------------------------------------------------------------ changes

HOSTS = st.sampled_from(["a.example", "www.a.example", "b.example", "x.b.example", "192.0.2.1"])
RULES = st.lists(
    st.one_of(
        HOSTS.map(lambda host: Rule("domain", host)),
        st.builds("http://{}/{}".format, HOSTS, st.sampled_from("pq")).map(lambda url: Rule("url", url)),
    ),
    max_size=8,
)


@given(RULES, RULES)
def test_changes_lead_from_one_file_to_the_other(earlier: list[Rule], later: list[Rule]) -> None:
    changes = Changes.between(earlier, later)
    assert (set(earlier) - set(changes.removed)) | set(changes.added) == set(later)
    assert not set(changes.added) & set(earlier)
    assert not set(changes.removed) & set(later)
    assert len(set(changes.added)) == len(changes.added)


@given(RULES, RULES)
def test_what_is_covered_anew_does_not_count_again(earlier: list[Rule], later: list[Rule]) -> None:
    def hit(host: str, page: str, rules: list[Rule]) -> bool:
        parents = [host] if host[0].isdigit() else [host.split(".", n)[n] for n in range(host.count(".") + 1)]
        return Rule("url", page) in rules or any(Rule("domain", parent) in rules for parent in parents)

    uncovered = Changes.between(earlier, later).uncovered
    for old in set(earlier):
        host = old.value if old.kind == "domain" else old.value.split("/")[2]
        # A page that nothing names stands for the whole host.
        page = f"http://{host}/unnamed" if old.kind == "domain" else old.value
        assert (old in uncovered) == (not hit(host, page, later))
