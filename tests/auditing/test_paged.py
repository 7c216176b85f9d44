"""The linking pages in an audit: only what was asked for of the links at hand is evidence, and is told."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from detector.auditing.paged import judge_by_pages, pages_sentence, read_pages
from detector.errors import UsageError
from detector.signals.registry import stage_signals
from detector.verdict import DISAVOW, IGNORE

GONE = "http://a.example/gone"
SEEN = {s.name: pl.Float64() for s in stage_signals("seen")}


def pages(*rows: tuple[str, str]) -> pl.DataFrame:
    table = pl.DataFrame(rows, schema={"url": pl.String, "outcome": pl.String}, orient="row")
    nothing = {
        "number_of_words": pl.Int64(),
        "deliberate_links": pl.Int64(),
        "deliberate_domains": pl.List(pl.String),
    }
    return table.with_columns(
        referring_domain=pl.lit("a.example"),
        is_home=pl.lit(value=False),
        **{name: pl.lit(None, kind) for name, kind in nothing.items()},
    )


@pytest.mark.parametrize(
    ("links", "verdict"),
    [
        ([GONE], IGNORE),
        (["HTTP://A.example/gone#part"], IGNORE),
        (["http://a.example/new"], DISAVOW),  # never asked for: the exports have changed
        ([GONE, "http://a.example/new"], DISAVOW),
        ([], DISAVOW),
    ],
)
def test_a_page_stands_for_the_links_at_hand_only(links: list[str], verdict: str) -> None:
    decided = pl.DataFrame({"referring_domain": ["a.example"], "verdict": [DISAVOW]}).with_columns(
        guard=pl.lit(None, pl.String),
        no_line_needed=pl.lit(None, pl.String),
        reasons=pl.lit(["why"]),
        **{name: pl.lit(None, kind) for name, kind in SEEN.items()},
    )
    named = pl.LazyFrame({"source_url": links}, schema={"source_url": pl.String}).with_columns(
        referring_domain=pl.lit("a.example")
    )
    assert judge_by_pages(decided, pages((GONE, "gone")), named)["verdict"].to_list() == [verdict]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([(GONE, "not_fetched")], "0 pages were asked for, and changed the verdict of 0 domains."),
        (
            [(GONE, "gone"), ("x", "not_fetched")],
            "1 page was asked for, and changed the verdict of 1 domain.",
        ),
    ],
)
def test_only_what_was_asked_for_is_counted(rows: list[tuple[str, str]], told: str) -> None:
    before = pl.DataFrame({"verdict": [DISAVOW]})
    after = pl.DataFrame({"verdict": [IGNORE if "1 page" in told else DISAVOW]})
    assert pages_sentence(pages(*rows), before, after).startswith(told)


def test_a_record_that_is_none_is_refused(tmp_path: Path) -> None:
    pages((GONE, "gone")).write_parquet(tmp_path / "pages.parquet")
    (tmp_path / "audit.json").write_text("[]", encoding="utf-8")
    with pytest.raises(UsageError, match=r"not about b\.example"):
        read_pages(tmp_path, "b.example")
