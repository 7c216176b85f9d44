"""What a first review of the commands found: advice and results that would have put a wrong rule in force."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from detector.disavow.checking import check
from detector.disavow.combining import merge
from detector.disavow.merging import take_over
from detector.disavow.parsing import DisavowFile
from detector.errors import UsageError
from detector.guards import Guards
from detector.history.handoff import confirm_newest
from detector.history.store import Store
from detector.links.domains import Domains

DOMAINS = Domains.default()
GUARDS = Guards(DOMAINS)
GUESSED = b"domain:plain-farm.com\ndomain:\xb9koda-farm.com\n"  # a host in ISO 8859-2, which no file names


def found(data: bytes) -> dict[tuple[int, str], str]:
    return {(one.line, one.code): one.fix for one in check(DisavowFile.parse(data), GUARDS)}


def test_no_advice_wakes_a_rule_that_a_guard_forbids() -> None:
    fix = found(b"domain:plain-farm.com\n\xef\xbb\xbfdomain:blogspot.com\n")[2, "bom_inside"]
    assert fix.startswith("Do not write domain:blogspot.com")


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (b"domain:a-farm.com domain:b-farm.com domain:c-farm.com", ["a-farm", "b-farm", "c-farm"]),
        (b"domain:a-farm.com,b-farm.com", ["a-farm", "b-farm"]),
        (b"http://a-farm.com/x http://b-farm.com/y", ["http://a-farm.com/x", "http://b-farm.com/y"]),
    ],
)
def test_of_several_entries_all_are_proposed(line: bytes, parts: list[str]) -> None:
    fix = found(line + b"\n")[1, "several_entries"]
    assert all(part in fix for part in parts)


def test_a_live_line_is_no_duplicate_of_a_dead_one() -> None:
    told = found(b"domain: a-farm.com\ndomain:a-farm.com\n")
    assert (1, "blank_in_domain") in told
    assert not [code for line, code in told if line == 2]
    assert (2, "near_duplicate") in found(b"domain:a-farm.com\ndomain: a-farm.com\n")


def test_a_host_whose_letters_are_guessed_is_never_put_in_force() -> None:
    file = DisavowFile.parse(GUESSED)
    assert file.guessed
    merged = merge([file], GUARDS)
    assert [rule.value for rule in merged.rules] == ["plain-farm.com"]
    assert b"koda-farm.com" in merged.data
    assert [rule.value for rule in take_over(file, GUARDS).rules] == ["plain-farm.com"]


def moment(year: int) -> datetime:
    return datetime(year, 3, 1, tzinfo=UTC)


def record(store: Store, data: bytes, name: str, uploaded: datetime | None) -> int:
    file = DisavowFile.parse(data, name)
    return store.record(
        file,
        property_url="https://www.kettle.example/",
        who="",
        now=moment(2026),
        evidence={},
        uploaded=uploaded,
    ).number


def test_an_upload_of_the_past_is_compared_with_what_was_in_force_then(tmp_path: Path) -> None:
    with Store.open("kettle.example", tmp_path, domains=DOMAINS) as store:
        first = record(store, b"domain:a-farm.com\n", "a.txt", moment(2021))
        record(store, b"domain:b-farm.com\n", "b.txt", moment(2025))
        between = store.upload(record(store, b"domain:c-farm.com\n", "c.txt", moment(2023)))
        before = store.upload(record(store, b"domain:d-farm.com\n", "d.txt", moment(2020)))
        assert (between.since, before.since) == (first, None)
        newest = store.in_force()
        assert newest is not None and newest.name == "b.txt"


def test_a_file_that_changed_since_it_was_handed_over_is_not_confirmed(tmp_path: Path) -> None:
    path = tmp_path / "disavow.txt"
    path.write_bytes(b"domain:a-farm.com\n")
    with Store.open("kettle.example", tmp_path / "stores", domains=DOMAINS) as store:
        record(store, path.read_bytes(), str(path), None)
        path.write_bytes(b"domain:a-farm.com\ndomain:b-farm.com\n")
        with pytest.raises(UsageError, match="has changed since"):
            confirm_newest(store, "kettle.example", moment(2026))
        path.unlink()  # what is not there any more cannot be compared
        assert confirm_newest(store, "kettle.example", moment(2026)).uploaded
