"""What pages change: facts take a domain off the list, suspicions put it before a person, guards stay."""

from __future__ import annotations

import math

import polars as pl
import pytest

from detector.page_verdict import FACTS, NOT_CALIBRATED, REMARKS, SUSPICIONS, apply_pages, page_evidence
from detector.signals.registry import stage_signals
from detector.verdict import DISAVOW, IGNORE, KEEP, REVIEW, VERDICTS

SEEN = [s.name for s in stage_signals("seen")]


def decided(
    verdict: str = KEEP, *, linking_pages: int = 1, guard: str | None = None, **signals: float
) -> pl.DataFrame:
    row = {
        "referring_domain": "a.example",
        "verdict": verdict,
        "guard": guard,
        "no_line_needed": None,
        "linking_pages": linking_pages,
    }
    schema = {"referring_domain": pl.String, "verdict": pl.String, "guard": pl.String, "no_line_needed": pl.String,
              "linking_pages": pl.Int64, **dict.fromkeys(SEEN, pl.Float64)}  # fmt: skip
    return pl.DataFrame([{**dict.fromkeys(SEEN), **row, **signals}], schema=schema)


def pages(*outcomes: str, domain: str = "a.example", hides: int = 0) -> pl.DataFrame:
    read = ("linked", "unlinked", "live")
    rows = [
        {"referring_domain": domain, "outcome": outcome, "is_home": outcome == "live", "number_of_words": 9 if outcome in read else None,
         "deliberate_links": hides * 2 if outcome in read else None, "deliberate_domains": [f"s{n}.example" for n in range(hides)] if outcome in read else None}
        for outcome in outcomes
    ]  # fmt: skip
    schema = {"referring_domain": pl.String, "outcome": pl.String, "is_home": pl.Boolean, "number_of_words": pl.Int64,
              "deliberate_links": pl.Int64, "deliberate_domains": pl.List(pl.String)}  # fmt: skip
    return pl.DataFrame(rows, schema=schema)


def after(table: pl.DataFrame, seen: pl.DataFrame) -> tuple[str, list[str]]:
    (row,) = apply_pages(table, seen).iter_rows(named=True)
    return row["verdict"], row["page_reasons"]


@pytest.mark.parametrize("before", [DISAVOW, REVIEW])
@pytest.mark.parametrize(
    ("outcomes", "reason"),
    [
        (("gone", "name_gone"), "its linking pages were asked for and are gone (2 of 2)"),
        (("parked", "for_sale"), "the domain is parked or for sale: no link stands there"),
        (
            ("unlinked", "unlinked", "live"),
            "its linking pages are live, and the link is not on them (2 of 2)",
        ),
        (
            ("gone", "unlinked"),
            "no link stands on its linking pages: they are gone, parked or without it (2 of 2)",
        ),
    ],
)
def test_a_fact_takes_a_domain_off_the_list(before: str, outcomes: tuple[str, ...], reason: str) -> None:
    verdict, reasons = after(decided(before, linking_pages=2), pages(*outcomes))
    assert (verdict, reasons[0]) == (IGNORE, reason)
    table = apply_pages(decided(before, linking_pages=2), pages(*outcomes))
    assert table["no_line_needed"].to_list() == [reason]


@pytest.mark.parametrize(
    ("outcomes", "known"),
    [(("gone",), 2), (("gone", "linked"), 2), (("gone", "bot_blocked"), 2), (("gone", "server_error"), 2), (("gone", "not_fetched"), 2), (("challenged",), 1)],
)  # fmt: skip
def test_what_is_not_known_of_every_page_is_no_fact(outcomes: tuple[str, ...], known: int) -> None:
    assert after(decided(DISAVOW, linking_pages=known), pages(*outcomes))[0] == DISAVOW


def test_links_that_pass_no_credit_need_no_line() -> None:
    verdict, reasons = after(decided(DISAVOW, seen_target_qualified=1.0), pages("linked"))
    assert (verdict, reasons[0]) == (IGNORE, "every link that its pages carry is nofollow, ugc or sponsored")
    assert after(decided(DISAVOW, seen_target_qualified=0.5), pages("linked"))[0] == DISAVOW


def test_a_hidden_block_moves_a_domain_into_review_with_its_numbers() -> None:
    table = decided(seen_deliberate_domains=math.log1p(280))
    verdict, reasons = after(table, pages("linked", "live", hides=280))
    assert verdict == REVIEW
    assert reasons == ["a page carries 560 links to 280 sites in blocks hidden from readers", NOT_CALIBRATED]


def test_shares_are_told_in_per_cent() -> None:
    table = decided(seen_trade_anchors=0.42, seen_external_links=math.log1p(20))
    assert after(table, pages("linked"))[1][0] == "42 % of the links that leave its pages name spam trades"


def test_a_suspicion_never_adds_a_line_and_never_moves_what_a_guard_keeps() -> None:
    strong = {"seen_deliberate_domains": 5.0, "seen_redirects": 1.0, "seen_links_after_html": 4.0}
    for before in VERDICTS:
        moved = after(decided(before, **strong), pages("linked"))[0]
        assert moved == (REVIEW if before == KEEP else before)
    assert after(decided(KEEP, guard="largest_site", **strong), pages("linked"))[0] == KEEP


def test_a_domain_without_pages_stays_as_it_is() -> None:
    assert after(decided(DISAVOW), pages("gone", domain="b.example")) == (DISAVOW, [])


def test_a_page_that_turns_crawlers_away_stays_in_the_audit() -> None:
    verdict, reasons = after(decided(DISAVOW), pages("bot_blocked"))
    assert verdict == DISAVOW and reasons == [REMARKS[0].reason]


def test_only_pages_that_should_link_are_evidence_of_a_missing_link() -> None:
    (row,) = page_evidence(pages("live", "linked", "not_fetched")).iter_rows(named=True)
    assert (row["asked"], row["linking"], row["no_link"], row["read"]) == (1, 1, 0, 2)


def test_the_policy_only_ignores_or_reviews() -> None:
    assert {rule.verdict for rule in FACTS} == {IGNORE}
    assert {rule.verdict for rule in SUSPICIONS} == {REVIEW}
