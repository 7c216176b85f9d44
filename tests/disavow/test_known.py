"""Known links: from exports, from an audit, from both; and which lines cover them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl
import pytest
from disavow_lines import DOMAINS, QUESTIONS, files
from hypothesis import given

from detector.disavow.known import KNOWN_LINK, VERDICT, known_links, matches
from detector.disavow.parsing import DisavowFile
from detector.disavow.rules import RuleSet
from detector.errors import DetectorError, InputError
from detector.links import hostnames
from detector.links.merging import store_links
from detector.links.reading import read

WriteExport = Callable[[Path, Sequence[dict[str, str]]], Path]

ROWS = [
    {"Referring page URL": "https://spam.example/a", "Target URL": "https://kettles.example/"},
    {"Referring page URL": "https://spam.example/b", "Target URL": "https://kettles.example/", "Nofollow": "true"},
    {"Referring page URL": "https://x.wordpress.com/c", "Target URL": "https://kettles.example/", "Lost status": "removed", "Lost": "2026-01-02 00:00:00"},
    {"Referring page URL": "https://gone.example/d", "Target URL": "https://kettles.example/", "Referring page HTTP code": "404"},
]  # fmt: skip


@pytest.fixture
def export(tmp_path: Path, write_ahrefs: WriteExport) -> Path:
    return write_ahrefs(tmp_path / "ahrefs.csv", ROWS)


@pytest.fixture
def audit(tmp_path: Path, export: Path) -> Path:
    """The folder of an audit, as far as it is looked at."""
    folder = tmp_path / "audit"
    folder.mkdir()
    store_links(read([export], domains=DOMAINS, keep_going=False).batches(), folder / "links.parquet")
    verdicts = [("spam.example", "disavow", "link farm", "0.98", "many", "rich"), ("'-odd.example", "keep", "ordinary", "", "", "name")]  # fmt: skip
    pl.DataFrame(verdicts, list(VERDICT), orient="row").write_csv(folder / "referring-domains.csv")
    return folder


def rows_of(paths: list[Path]) -> list[tuple[str | None, str, str, bool | None, bool | None]]:
    with known_links(paths, DOMAINS) as known:
        assert known.links.collect_schema() == KNOWN_LINK
        return sorted(known.links.collect().iter_rows(), key=str)


EXPECTED = sorted(
    [
        ("https://spam.example/a", "spam.example", "spam.example", True, True),
        ("https://spam.example/b", "spam.example", "spam.example", False, True),
        ("https://x.wordpress.com/c", "x.wordpress.com", "x.wordpress.com", True, False),
        ("https://gone.example/d", "gone.example", "gone.example", True, False),
    ],
    key=str,
)


def test_the_links_of_an_export(export: Path) -> None:
    assert rows_of([export]) == EXPECTED


def test_the_links_and_verdicts_of_an_audit(audit: Path) -> None:
    assert rows_of([audit]) == EXPECTED
    with known_links([audit], DOMAINS) as known:
        assert known.verdicts is not None
        table = known.verdicts.sort("referring_domain")
        assert table["referring_domain"].to_list() == ["-odd.example", "spam.example"]
        assert table["probability"].to_list() == [None, 0.98]


def test_an_audit_and_the_export_it_came_from_are_the_same_links(audit: Path, export: Path) -> None:
    assert rows_of([audit, export]) == EXPECTED
    assert rows_of([export, audit, export]) == EXPECTED


def test_a_domain_that_is_known_by_name_only_has_no_page(tmp_path: Path, export: Path) -> None:
    sites = tmp_path / "sites.csv"
    sites.write_text("Site,Linking pages,Target pages\nnamed.example,12,3\nspam.example,4,1\n")
    named = [row for row in rows_of([export, sites]) if row[0] is None]
    assert named == [(None, "named.example", "named.example", None, None), (None, "spam.example", "spam.example", None, None)]  # fmt: skip


def test_entries_of_a_disavow_file_are_no_links(tmp_path: Path, export: Path) -> None:
    (tmp_path / "old.txt").write_text("domain:listed.example\nhttp://listed.example/x\n" * 3)
    assert rows_of([export, tmp_path / "old.txt"]) == EXPECTED
    with pytest.raises(DetectorError, match=r"old\.txt: no link and no referring domain is named there"):
        rows_of([tmp_path / "old.txt"])


def test_what_cannot_be_read_is_never_passed_over(tmp_path: Path, audit: Path, export: Path) -> None:
    (tmp_path / "page.csv").write_text("<!DOCTYPE html><html><body>Sorry</body></html>")
    (tmp_path / "empty").mkdir()
    for path, words in (("page.csv", "web page"), ("absent.csv", "no such file"), ("empty", "no audit's")):
        with pytest.raises(InputError, match=words):
            rows_of([export, tmp_path / path])
    (audit / "referring-domains.csv").write_text("a,b\n1,2\n")
    with pytest.raises(
        InputError, match="the columns referring_domain, verdict, probability, tier are missing"
    ):
        rows_of([audit])
    pl.DataFrame({"source_url": ["x"]}).write_parquet(audit / "links.parquet")
    with pytest.raises(InputError, match="not the links of an audit"):
        rows_of([audit])
    (audit / "links.parquet").write_bytes(b"PAR1 half a file")
    with pytest.raises(InputError, match="cannot be read as a Parquet file"):
        rows_of([audit])


def test_verdicts_are_read_as_a_spreadsheet_saved_them(audit: Path) -> None:
    table = "tier;kind;reasons;verdict;probability;referring_domain\r\nrich;link farm;many;Disavow ;0,98;spam.example\r\n"
    (audit / "referring-domains.csv").write_bytes(b"\xef\xbb\xbf" + table.encode())
    with known_links([audit], DOMAINS) as known:
        assert known.verdicts is not None
        told = known.verdicts.select(*VERDICT).rows()
    assert told == [("spam.example", "disavow", "link farm", 0.98, "many", "rich")]


@given(files)
def test_matches_are_what_the_rules_cover(file: DisavowFile) -> None:
    links = pl.LazyFrame(
        {"source_url": QUESTIONS, "source_host": [hostnames.of_text(url) for url in QUESTIONS]}
    )
    rules = [(line.number, line.rule) for line in file.lines if line.rule]
    found = set(matches(links, rules).select("source_url", "line").collect().iter_rows())
    assert found == {
        (url, line) for line, rule in rules for url in QUESTIONS if RuleSet([rule]).covers_url(url)
    }
    assert matches(links, rules).select("source_url").unique().collect().height == sum(
        file.rule_set.covers_url(url) is not None for url in QUESTIONS
    )


def test_odd_hosts_and_pages_are_matched_by_their_canonical_form() -> None:
    urls = [
        "http://BÜCHER.example:80/a#x",
        "https://192.0.2.7/",
        "http://x.192.0.2.7.example/",
        "http://[2001:db8::1]/",
    ]
    links = pl.LazyFrame({"source_url": urls, "source_host": [hostnames.of_text(url) for url in urls]})
    file = DisavowFile.parse(b"http://xn--bcher-kva.example/a\ndomain:192.0.2.7\ndomain:xn--bcher-kva.example\nhttp://[2001:db8::1]/\n")  # fmt: skip
    found = matches(links, ((line.number, line.rule) for line in file.lines if line.rule))
    assert set(found.select("source_url", "line").collect().iter_rows()) == {(urls[0], 1), (urls[0], 3), (urls[1], 2), (urls[3], 4)}  # fmt: skip
