"""Rows about other sites are set aside; a file that is mostly about another site is refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.errors import InputError
from detector.links import targets
from detector.links.domains import Domains
from detector.links.notes import FileReport
from detector.links.targets import Targets


@pytest.fixture(scope="module")
def suffixes() -> Domains:
    return Domains.default()


def frame(file: str, hosts: Sequence[str | None]) -> pl.DataFrame:
    table = {"file": [file] * len(hosts), "target_host": hosts, "row": range(len(hosts))}
    return pl.DataFrame(table, schema={"file": pl.String, "target_host": pl.String, "row": pl.Int64})


def passed(
    suffixes: Domains,
    *batches: pl.DataFrame,
    own: Sequence[str] = ("site.com",),
    keep_going: bool = False,
) -> tuple[list[tuple[str, str | None]], Targets, dict[str, FileReport]]:
    reports = {name: FileReport(name, records=1) for batch in batches for name in batch["file"].unique()}
    mine = Targets(own, suffixes, list(reports.values()), keep_going=keep_going)
    rows = [row for part in mine.of_user(iter(batches)) for row in part.select("file", "target_host").rows()]
    return rows, mine, reports


def test_rows_about_others_are_set_aside_and_counted(suffixes: Domains) -> None:
    hosts = ["site.com", "www.site.com", "notsite.com", None, "site.com.evil.net"]
    rows, mine, _ = passed(suffixes, frame("a.csv", hosts))
    assert [host for _, host in rows] == ["site.com", "www.site.com", None]
    assert mine.set_aside == 2


def test_half_is_not_mostly(suffixes: Domains) -> None:
    rows, mine, _ = passed(suffixes, frame("a.csv", ["site.com", "other.com"]))
    assert (len(rows), mine.set_aside) == (1, 1)


def test_a_file_mostly_about_another_site_is_refused_by_name(suffixes: Domains) -> None:
    hosts = ["blog.other.co.uk", "other.co.uk", "other.co.uk", "third.com", "site.com"]
    with pytest.raises(
        InputError, match=r"a\.csv: its links lead mostly to other\.co\.uk, not to site\.com\."
    ):
        passed(suffixes, frame("a.csv", hosts))


def test_further_sites_of_the_user_count_as_own(suffixes: Domains) -> None:
    rows, mine, _ = passed(
        suffixes, frame("a.csv", ["other.com"] * 9 + ["site.com"]), own=("site.com", "other.com")
    )
    assert (len(rows), mine.set_aside) == (10, 0)


def test_a_file_that_names_no_target_is_fine(suffixes: Domains) -> None:
    rows, mine, _ = passed(suffixes, frame("gsc.csv", [None, None, None]))
    assert (len(rows), mine.set_aside) == (3, 0)


def test_of_a_path_tenant_the_host_counts(suffixes: Domains) -> None:
    rows, _, _ = passed(suffixes, frame("a.csv", ["medium.com", "medium.com"]), own=("medium.com/@me",))
    assert len(rows) == 2


def test_keep_going_leaves_the_file_out_and_says_so(suffixes: Domains) -> None:
    foreign, good = frame("b.csv", ["other.com"] * 3 + ["site.com"]), frame("c.csv", ["site.com"])
    rows, mine, reports = passed(suffixes, foreign, good, keep_going=True)
    assert rows == [("c.csv", "site.com")]
    assert mine.set_aside == 0  # a refused file is not counted row by row
    assert str(reports["b.csv"].refused).startswith("its links lead mostly to other.com")
    assert reports["c.csv"].refused is None


def test_the_beginning_of_a_file_does_not_decide_about_it(suffixes: Domains) -> None:
    batches = [frame("a.csv", ["other.com"] * 10), frame("a.csv", ["site.com"] * 20)]
    rows, mine, _ = passed(suffixes, *batches)
    assert (len(rows), mine.set_aside) == (20, 10)


def test_a_file_that_turns_foreign_late_is_refused_too(
    suffixes: Domains, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(targets, "PROOF", 5)
    batches = [frame("a.csv", ["site.com"] * 5), frame("a.csv", ["other.com"] * 20)]
    with pytest.raises(InputError, match="lead mostly to other"):
        passed(suffixes, *batches)
    rows, _, reports = passed(suffixes, *batches, keep_going=True)
    assert len(rows) == 5
    assert reports["a.csv"].refused is None
    assert str(reports["a.csv"].broken_off).startswith("its links lead mostly to other.com")


def test_a_refused_file_is_refused_to_its_end(suffixes: Domains, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "PROOF", 5)
    batches = [frame("a.csv", ["other.com"] * 5), frame("a.csv", ["site.com"] * 3)]
    assert passed(suffixes, *batches, keep_going=True)[0] == []


@given(st.lists(st.lists(st.sampled_from(["site.com", "other.com", None]), max_size=6), max_size=8))
def test_batches_do_not_matter(chunks: list[list[str | None]]) -> None:
    hosts = [host for chunk in chunks for host in chunk]
    own, foreign = hosts.count("site.com"), hosts.count("other.com")

    def outcome(batches: Iterator[pl.DataFrame]) -> tuple[int, int, bool]:
        reports = [FileReport("a.csv")]
        mine = Targets(["site.com"], _DOMAINS, reports, keep_going=True)
        number = sum(part.height for part in mine.of_user(batches))
        return number, mine.set_aside, reports[0].refused is not None

    split = outcome(frame("a.csv", chunk) for chunk in chunks if chunk)
    assert split == outcome(iter([frame("a.csv", hosts)] if hosts else []))
    assert split == ((0, 0, True) if foreign > own else (len(hosts) - foreign, foreign, False))


_DOMAINS = Domains.default()
