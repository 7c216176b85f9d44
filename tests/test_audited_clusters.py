"""Clusters in what an audit tells: audit.json, the table of referring domains, the report."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from detector import Settings, audit
from detector.report.summary import MOST_WAVES, waves

Write = Callable[[Path, list[dict[str, str]]], Path]
HOSTILE = "cheap casino kettle <img src=x onerror=alert(1)>"


def alone(i: int) -> dict[str, str]:
    return {
        "Referring page URL": f"https://own-name{'abcdefghij'[i % 10] * (1 + i // 10)}.example/notes/{i}", "Anchor": "kettles",
        "Target URL": "https://www.kettles.example/", "First seen": f"20{15 + i % 10}-0{1 + i % 9}-03 00:00:00",
    }  # fmt: skip


def planted(i: int) -> dict[str, str]:
    return {
        "Referring page URL": f"https://planted-{'abcdefghijkl'[i]}-site.test/page-of-casino-{i}/", "Anchor": HOSTILE,
        "Target URL": "https://www.kettles.example/", "First seen": f"2026-05-{10 + i} 00:00:00", "External links": "2153",
    }  # fmt: skip


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory, write_ahrefs: Write) -> Path:
    folder = tmp_path_factory.mktemp("clusters")
    rows = [*map(alone, range(40)), *map(planted, range(12))]
    audit([write_ahrefs(folder / "export.csv", rows)], Settings("kettles.example"), folder / "out")
    return folder / "out"


def test_the_record_tells_each_cluster(out: Path) -> None:
    (cluster,) = json.loads((out / "audit.json").read_text("utf-8"))["clusters"]
    assert (cluster["cluster"], cluster["domains"], cluster["links"]) == (1, 12, 12)
    assert (cluster["first_seen"], cluster["last_first_seen"], cluster["days"]) == (
        "2026-05-10",
        "2026-05-21",
        9,
    )
    assert sum(cluster["verdicts"].values()) == 12
    assert cluster["verdicts"][cluster["majority"]] == max(cluster["verdicts"].values())
    kinds = {trace["kind"]: trace["value"] for trace in cluster["traces"]}
    assert kinds["outbound"] == "2153"
    assert kinds["path"] == "/page-of-casino-0/"
    assert len(cluster["examples"]) == 5


def test_the_table_numbers_the_domains_of_a_cluster(out: Path) -> None:
    with (out / "referring-domains.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["referring_domain"].startswith("planted-") for row in rows if row["cluster"] == "1"} == {True}
    assert sum(row["cluster"] == "1" for row in rows) == 12
    assert {row["cluster"] for row in rows} == {"", "1"}


def test_the_report_shows_the_wave_and_runs_nothing_of_it(out: Path) -> None:
    page = (out / "report.html").read_text("utf-8")
    assert "Groups that belong together" in page
    assert "<strong>Group 1</strong> 12 domains, 12 links" in page
    assert "/page-of-casino-0/" in page
    assert "<img src=x" not in page


def test_without_clusters_nothing_is_said_of_them(out: Path, tmp_path: Path) -> None:
    without = Settings("kettles.example", without=("cluster",))
    result = audit([out.parent / "export.csv"], without, tmp_path / "out")
    assert result.summary["clusters"] == []
    assert result.domains["cluster"].null_count() == result.domains.height
    assert not any("share the" in reason for reason in result.domains["reasons"].explode())


def cluster(majority: str, **cells: object) -> dict[str, object]:
    return {"cluster": 7, "domains": 1200, "links": 3, "majority": majority, **cells}


def test_groups_that_are_mostly_kept_are_not_shown_as_waves() -> None:
    shown = waves([cluster("keep"), cluster("review", verdicts={"review": 1100, "keep": 100})])
    assert [(wave["domains"], wave["judged"]) for wave in shown] == [
        ("1,200", [("review", "1,100"), ("keep", "100")])
    ]


def test_so_many_waves_are_shown_and_without_dates_none_is_told() -> None:
    shown = waves([cluster("disavow")] * (MOST_WAVES + 5))
    assert len(shown) == MOST_WAVES
    assert {wave["since"] for wave in shown} == {""}


@pytest.mark.parametrize("odd", [None, 7, "text", {}, [1]])
def test_a_cluster_of_another_shape_than_expected_does_no_harm(odd: object) -> None:
    names = ("domains", "links", "first_seen", "days", "verdicts", "traces", "examples", "cluster")
    (wave,) = waves([{**dict.fromkeys(names, odd), "majority": "disavow"}])
    assert isinstance(wave["traces"], list)
    assert waves([odd]) == []
