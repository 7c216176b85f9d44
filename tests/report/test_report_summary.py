"""Words and figures above the table."""

from __future__ import annotations

from typing import Any

import pytest

from detector.report.rows import VERDICTS
from detector.report.summary import cards, context, figure, size, spoken_time


def test_cards_come_most_urgent_first_and_fill_the_bar() -> None:
    shown = cards({"keep": 50, "disavow": 25, "review": 25})
    assert [(c.verdict, c.count, c.start, c.share) for c in shown] == [
        ("disavow", 25, 0, 25),
        ("review", 25, 25, 25),
        ("ignore", 0, 50, 0),
        ("keep", 50, 50, 50),
    ]


def test_no_domain_at_all_divides_by_nothing() -> None:
    assert [c.share for c in cards({})] == [0.0] * len(VERDICTS)


def test_an_audit_that_says_only_its_site_still_has_a_report() -> None:
    shown = context({"site": "shop.example"})
    assert shown["headline"] == "Audit of the links to shop.example"
    assert shown["disavow"] is None
    assert (shown["warnings"], shown["held_back"], shown["totals"], shown["files"]) == ([], [], [], [])
    assert shown["manual_action"] is None


@pytest.mark.parametrize("odd", [None, 7, "text", [], {}, [None], {"x": None}])
def test_a_key_of_another_type_than_expected_does_no_harm(odd: object) -> None:
    keys = ("headline", "summary", "warnings", "counts", "files", "model", "disavow", "settings", "generated")
    assert context({"site": "shop.example", **dict.fromkeys(keys, odd)})["site"] == "shop.example"


def test_a_held_back_line_is_said_once(audit: dict[str, Any]) -> None:
    held_back = audit["disavow"]["held_back"]
    audit["warnings"] = ["Something else.", *held_back]
    shown = context(audit)
    assert shown["held_back"] == held_back
    assert shown["warnings"] == ["Something else."]


def test_a_held_back_line_may_be_a_record() -> None:
    audit = {
        "site": "shop.example",
        "disavow": {"held_back": [{"line": "domain:org.br", "why": "public suffix"}]},
    }
    assert context(audit)["held_back"] == ["domain:org.br · public suffix"]


def test_the_file_is_named_without_its_folder_on_any_system() -> None:
    for path in ("out/disavow.txt", r"C:\audits\disavow.txt", "disavow.txt"):
        assert (
            context({"site": "x", "disavow": {"path": path, "lines": 3}})["disavow"]["name"] == "disavow.txt"
        )


def test_figures_as_people_write_them() -> None:
    assert [figure(v) for v in (12345, True, False, 0.25, "a", ["a", "b"], {"a": 1})] == [
        *("12,345", "yes", "no", "0.25", "a", "a, b", '{"a": 1}'),
    ]
    assert [size(n) for n in (0, 999, 1_000, 9_874, 1_999_999)] == [
        *("0 bytes", "999 bytes", "1.0 kB", "9.9 kB", "2.00 MB"),
    ]


def test_times_are_spoken_in_english_whatever_the_machine_speaks() -> None:
    assert spoken_time("2026-11-21T05:33:00+00:00") == "21 November 2026, 05:33 UTC"
    assert spoken_time("2026-01-02T03:04:05") == "2 January 2026, 03:04"
    assert spoken_time("yesterday") == "yesterday"
    assert spoken_time(None) == ""


def test_further_counts_are_kept_and_verdicts_are_not_repeated(audit: dict[str, Any]) -> None:
    assert context(audit)["more_counts"] == [("Other targets", "12")]


def test_files_are_named_with_what_was_wrong_in_them(audit: dict[str, Any]) -> None:
    _, semrush, google = context(audit)["files"]
    assert (semrush["name"], semrush["records"], semrush["invalid"]) == ("semrush-backlinks.csv", "671", 2)
    assert semrush["warnings"] == ["Two rows could not be read; they are kept in links.parquet."]
    assert (google["report"], google["records"], google["warnings"]) == ("latest links", "1,000", [])
