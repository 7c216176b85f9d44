"""Records become links: what is the same link, and what of it is kept."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector.errors import InputError
from detector.links.merging import merge_records, store_links
from detector.links.schema import LINK_SCHEMA, RECORD_SCHEMA


def record(**cells: object) -> dict[str, object]:
    """A link record of a page on a.example, with the given cells."""
    base = {
        "record_type": "link", "source_url": "https://a.example/x", "source_host": "a.example", "row": 1,
        "target_url": "https://t.example/", "target_host": "t.example", "tool": "ahrefs", "report": "backlinks",
        "file": "one.csv", "referring_domain": "a.example",
    }  # fmt: skip
    return {**dict.fromkeys(RECORD_SCHEMA), **base, **cells}


def frame(*records: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame(list(records), schema=RECORD_SCHEMA)


def test_the_same_link_in_two_tools_is_one_that_remembers_both() -> None:
    merged = merge_records(
        frame(
            record(anchor="Red  Shears", domain_authority="41", domain_authority_metric="ahrefs_dr",
                   first_seen=date(2024, 1, 2), last_seen=date(2025, 1, 1), backlinks="3"),
            record(anchor="red shears", source_url="http://a.example/x#part", target_url="http://t.example", tool="semrush",
                   file="two.csv", domain_authority="12", domain_authority_metric="semrush_ascore",
                   first_seen=date(2023, 5, 5), backlinks="1", row=9),
        )
    )  # fmt: skip
    assert merged.height == 1
    link = merged.row(0, named=True)
    assert (link["tool"], link["file"], link["row"]) == ("ahrefs|semrush", "one.csv|two.csv", None)
    assert (link["first_seen"], link["last_seen"], link["backlinks"]) == (
        date(2023, 5, 5),
        date(2025, 1, 1),
        3,
    )
    assert (link["domain_authority"], link["domain_authority_metric"]) == (41.0, "ahrefs_dr")
    assert "domain_authority:semrush_ascore=12.0" in link["other_scores"].split("|")


@pytest.mark.parametrize(
    "different",
    [
        {"source_url": "https://a.example/y"},
        {"target_url": "https://t.example/deep"},
        {"anchor": "other words"},
        {"source_host": "www.a.example"},
    ],
)
def test_what_differs_stays_two_links(different: dict[str, object]) -> None:
    assert (
        merge_records(frame(record(anchor="a"), record(**{"anchor": "a", "row": 2, **different}))).height == 2
    )


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://a.example:443/x", "a.example"),
        ("http://a.example:80/x/", "a.example"),
        ("https://a.example./x", "a.example"),
        ("https://A.Example/x", "a.example"),
    ],
)
def test_spellings_of_one_address_are_one_link(url: str, host: str) -> None:
    assert merge_records(frame(record(), record(source_url=url, source_host=host))).height == 1


@pytest.mark.parametrize("path", ["café menu", "caf%C3%A9%20menu", "caf%c3%a9 menu/"])
def test_letters_and_their_escapes_are_one_address(path: str) -> None:
    of_two_tools = frame(
        record(source_url="https://a.example/caf%C3%A9%20menu", target_url="https://t.example/%D0%B0"),
        record(source_url=f"https://a.example/{path}", target_url="https://t.example/а", row=2, file="b.csv"),
    )
    assert merge_records(of_two_tools).height == 1
    others = (record(source_url=f"https://a.example/caf%C3%A9{rest}", row=2) for rest in ("", "%2Fmenu"))
    assert merge_records(frame(record(source_url="https://a.example/café/menu"), *others)).height == 3


def test_another_port_is_another_address() -> None:
    others = (record(source_url=f"https://a.example{rest}/x", row=2) for rest in (":8080", ":8443"))
    assert merge_records(frame(record(), *others)).height == 3


@pytest.mark.parametrize("anchor", ["x y", "X   y", "x\ty", "x\u00a0y", "x \n\n y", "X \u3000y"])
def test_white_space_and_case_do_not_part_anchors(anchor: str) -> None:
    assert merge_records(frame(record(anchor="x y"), record(anchor=anchor, row=2))).height == 1
    assert merge_records(frame(record(anchor="xy"), record(anchor=anchor, row=2))).height == 2


def test_a_record_without_target_joins_the_link_of_its_page() -> None:
    gsc = record(target_url=None, target_host=None, tool="gsc", file="gsc.csv", last_seen=date(2026, 1, 1))
    merged = merge_records(frame(record(anchor="shears"), gsc))
    assert merged["tool"].to_list() == ["ahrefs|gsc"]
    assert merged["anchor"].to_list() == ["shears"]


def test_an_empty_anchor_joins_only_what_another_file_says() -> None:
    image, text = record(), record(anchor="alt text", row=2)
    assert merge_records(frame(image, text)).height == 2, "one file: an image and a text link on one page"
    assert merge_records(frame(image, {**text, "file": "two.csv", "tool": "dataforseo"})).height == 1


def test_the_newest_observation_counts() -> None:
    old = record(lost=False, last_seen=date(2024, 1, 1), rel_nofollow=False)
    new = record(
        lost=True, last_seen=date(2025, 1, 1), rel_nofollow=True, lost_date=date(2025, 1, 2), file="two.csv"
    )
    link = merge_records(frame(old, new)).row(0, named=True)
    assert (link["lost"], link["rel_nofollow"], link["lost_date"]) == (True, True, date(2025, 1, 2))


@pytest.mark.parametrize(
    ("newest", "kept"), [(True, date(2024, 2, 2)), (False, None), (None, date(2024, 2, 2))]
)
def test_day_and_reason_of_a_loss_agree_with_it(newest: bool | None, kept: date | None) -> None:
    gone = record(lost=True, last_seen=date(2024, 1, 1), lost_date=date(2024, 2, 2), lost_reason="removed")
    now = record(lost=newest, last_seen=date(2025, 1, 1), file="two.csv")
    silent = record(lost_date=date(2023, 1, 1), last_seen=date(2023, 1, 1), file="three.csv")
    link = merge_records(frame(silent, gone, now)).row(0, named=True)
    assert (link["lost"], link["lost_date"]) == (newest is not False, kept)
    assert link["lost_reason"] == (kept and "removed")


def test_a_day_of_loss_stands_where_no_record_says_lost_or_not() -> None:
    day = date(2024, 2, 2)
    merged = merge_records(frame(record(lost_date=day), record(file="two.csv")))
    assert merged["lost_date"].to_list() == [day]


def test_of_a_link_that_one_file_tells_twice_the_first_record_stands() -> None:
    merged = merge_records(frame(record(anchor="a", backlinks="1"), record(anchor="A", backlinks="2", row=2)))
    assert merged["backlinks"].to_list() == [1]


def test_only_links_are_merged() -> None:
    domain = {**record(record_type="domain", source_url=None)}
    assert (
        merge_records(frame(domain, {**domain, "row": 2}, {**domain, "record_type": "invalid"})).height == 3
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["/", "", "/a", "/b?x=1", "/b?x=1#f"]),
            st.sampled_from([None, "https://t.example/", "http://t.example", "https://t.example/q"]),
            st.sampled_from([None, "one", "ONE ", "two"]),
            st.sampled_from(["1.csv", "2.csv", "3.csv"]),
            st.sampled_from(["link", "domain", "invalid"]),
        ),
        max_size=12,
    ),
    st.integers(1, 5),
)
def test_storing_in_batches_gives_the_same_links_as_merging_at_once(tmp_path_factory, rows, size) -> None:
    records = frame(
        *(
            record(source_url=f"https://a.example{path}", target_url=target, anchor=anchor, file=file, record_type=kind, row=i,
                   target_host="t.example" if target else None)
            for i, (path, target, anchor, file, kind) in enumerate(rows)
        )
    )  # fmt: skip
    path = tmp_path_factory.mktemp("links") / "links.parquet"
    stored = store_links((records.slice(at, size) for at in range(0, records.height, size)), path)
    once, in_batches = merge_records(records), pl.read_parquet(path)
    order = ["record_type", "source_url", "target_url", "anchor", "file", "row"]
    assert once.sort(order).equals(in_batches.sort(order))
    assert (stored.records, stored.links) == (len(rows), once.height)
    assert dict(in_batches.schema) == LINK_SCHEMA
    assert sum(len(files.split("|")) for files in in_batches["file"]) <= len(rows), "nothing is made up"


def test_nothing_is_left_behind_when_reading_fails(tmp_path: Path) -> None:
    def broken():
        yield frame(record())
        raise InputError("b.csv", "the file ended", row=7)

    with pytest.raises(InputError, match=r"^b.csv, row 7: the file ended\.$"):
        store_links(broken(), tmp_path / "links.parquet")
    assert list(tmp_path.iterdir()) == []


def test_of_one_file_nothing_is_left_to_merge_once_its_repeats_are_dropped(tmp_path: Path) -> None:
    rows = [record(anchor=anchor, row=i) for i, anchor in enumerate(["a", "b", None, "A", "b", "c"])]
    batches = [frame(*rows[:3]), frame(*rows[3:])]
    alone = store_links(iter(batches), tmp_path / "alone.parquet", one_file=True)
    usual = store_links(iter(batches), tmp_path / "usual.parquet")
    assert (
        (alone.records, alone.links, alone.merged)
        == (usual.records, usual.links, usual.merged)
        == (6, 4, None)
    )
    assert pl.read_parquet(alone.path).equals(pl.read_parquet(usual.path))
