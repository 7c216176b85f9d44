"""A review: guards hold, decisions carry over, filters find, the export says what was decided."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector import Settings, audit
from detector.disavow.parsing import DisavowFile
from detector.errors import UsageError
from detector.history.outreach import read_outreach
from detector.history.store import Store
from detector.history.whitelists import Whitelists, remembered_whitelist
from detector.links.domains import Domains
from detector.review import read_decisions
from detector.review.exporting import export, removal_requests
from detector.review.filters import ORDERS, Filters
from detector.review.session import Review
from detector.review.table import priority

OpenReview = Callable[[Path], Review]


def names(review: Review, **asked: object) -> list[str]:
    return review.table["referring_domain"][review.ask(Filters.of(asked)).rows].to_list()


def rules(review: Review, *, with_proposals: bool) -> list[str]:
    made = export(review, with_proposals=with_proposals)
    assert made.fit
    return [rule.text for rule in DisavowFile.parse(made.data, "disavow.txt").rules]


def first_of(review: Review, verdict: str) -> int:
    return review.place(names(review, verdicts=[verdict])[0])


def test_the_order_is_harm_times_uncertainty() -> None:
    frame = pl.DataFrame(
        {
            "probability": [2 / 3, 0.99, 0.1, 2 / 3, 2 / 3],
            "links": [3, 3, 3, 3, 3],
            "followed_links": [None, 3, 3, 1, 3],
            "live_links": pl.Series([None, None, None, None, None], dtype=pl.Int64),
            "guard": [None, None, None, None, "platform"],
            "no_line_needed": pl.Series([None, None, None, None, None], dtype=pl.String),
        }
    )
    found = frame.select(priority()).to_series().to_list()
    assert found[0] == pytest.approx(2 / 3 * 2 * 4 * 2 / 3 / 3)
    assert found[0] > found[3] > found[2]
    assert found[0] > found[1] > 0
    assert found[4] == 0


def test_every_filter_finds_what_the_table_says(review: Review) -> None:
    table = review.table
    assert len(names(review)) == table.height
    assert set(names(review, verdicts=["review"])) == set(table.filter(verdict="review")["referring_domain"])
    kind = review.finder.offers()["kind"][1]
    assert len(names(review, kind=kind[0])) == kind[1]
    reason, count = review.finder.offers()["reason"][0]
    assert len(names(review, reason=reason)) == count
    tool, count = review.finder.offers()["tool"][0]
    assert len(names(review, tool=tool)) == count
    assert set(names(review, google=True)).isdisjoint(names(review, google=False))
    assert len(names(review, google=True)) + len(names(review, google=False)) == table.height
    cluster = table.filter(pl.col("cluster") == 1)["referring_domain"]
    assert set(names(review, cluster=1)) == set(cluster)
    words = names(review, search="ＣＡＳＩＮＯ")
    assert words == names(review, search="casino") != []


def test_an_anchor_is_found_wherever_it_stands_among_a_domains_anchors(review: Review) -> None:
    links = pl.read_parquet(review.folder / "links.parquet").drop_nulls("anchor")
    rare = links.group_by("anchor").len().sort("len", "anchor")["anchor"][0]
    expected = links.filter(pl.col("anchor").str.to_lowercase().str.contains(rare.lower(), literal=True))
    assert set(names(review, anchor=rare.upper())) == set(expected["referring_domain"])


@pytest.mark.parametrize("order", ["probability", "links", "newest", "name"])
def test_every_order_sorts(review: Review, order: str) -> None:
    column, falling = {
        "probability": ("probability", True), "links": ("links", True), "newest": ("first_seen", True), "name": ("referring_domain", False),
    }[order]  # fmt: skip
    values = review.table[column][
        review.ask(Filters.of({"order": order, "verdicts": ["keep"]})).rows
    ].drop_nulls()
    assert values.to_list() == values.sort(descending=falling).to_list()


@pytest.mark.parametrize(
    "asked",
    [{"kind": 3}, {"verdicts": "review"}, {"nothing": 1}, {"state": "maybe"}, {"order": "../x"}, {"new": "yes"}, {"cluster": True}, {"search": "x" * 501}],
)  # fmt: skip
def test_what_is_no_filter_is_refused(asked: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        Filters.of(asked)


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_goes_with_a_filter_that_not_every_domain_has_a_value_for(
    review: Review, order: str
) -> None:
    assert review.table["cluster"].null_count()
    found = review.ask(Filters(cluster=3, order=order)).rows
    assert sorted(found) == review.table["cluster"].eq(3).arg_true().to_list()


def test_an_answer_keeps_its_order_whatever_is_decided(review: Review) -> None:
    asked = Filters(verdicts=("review",), state="undecided")
    before = review.ask(asked)
    review.decide([int(before.rows[0])], "keep")
    assert review.finder.answer(before.number).rows is before.rows
    assert review.ask(asked).rows.tolist() == before.rows.tolist()[1:]
    assert names(review, state="keep") == [review.table["referring_domain"][int(before.rows[0])]]


def test_a_decision_never_makes_a_guarded_line(review: Review) -> None:
    place = review.place("medium.com") if "medium.com" in names(review) else None
    guarded = (
        [place]
        if place is not None
        else review.table.select(pl.col("guard").is_not_null().arg_true()).to_series().to_list()[:1]
    )
    assert guarded, "the sample holds a guarded domain"
    with pytest.raises(UsageError, match="No line is ever written"):
        review.decide(guarded, "disavow")
    review.decide(guarded, "keep")
    everything = np.arange(review.table.height, dtype=np.uint32)
    _, left_out = review.decide(everything, "disavow", about="everything")
    assert left_out == review.table["guard"].count()
    made = rules(review, with_proposals=False)
    held = review.table.filter(pl.col("guard").is_not_null())["referring_domain"]
    assert not {f"domain:{name}" for name in held} & set(made)
    assert len(made) > 300


def test_whitelists_hold_for_this_site_and_for_all(
    review: Review, open_review: OpenReview, tmp_path: Path
) -> None:
    place = first_of(review, "disavow")
    domain = review.table["referring_domain"][place]
    assert f"domain:{domain}" in rules(review, with_proposals=True)
    assert review.whitelist(f"https://www.{domain}/page", shared=False) == domain
    with pytest.raises(UsageError, match="Your whitelist names it"):
        review.decide([place], "disavow")
    assert f"domain:{domain}" not in rules(review, with_proposals=True)
    assert remembered_whitelist("other.example") == []
    review.unlist(domain, shared=False)
    review.whitelist(domain, shared=True)
    assert remembered_whitelist("other.example") == [domain]


def test_the_next_audit_keeps_to_the_whitelist(
    write_ahrefs: Callable[..., Path], tmp_path: Path, own_stores: Path, domains: Domains
) -> None:
    with Whitelists(own_stores) as lists:
        lists.add("casino7.example", "", domains=domains, who="ann", now=datetime.now(UTC))
    rows = [
        {
            "Referring page URL": f"https://casino{n}.example/x",
            "Target URL": "https://kettle.example/",
            "Anchor": "casino",
        }
        for n in range(9)
    ]
    found = audit(
        [write_ahrefs(tmp_path / "a.csv", rows)],
        Settings("kettle.example", stores=own_stores),
        tmp_path / "out",
    )
    guards = dict(found.domains.select("referring_domain", "guard").iter_rows())
    assert [name for name, guard in guards.items() if guard] == ["casino7.example"]


def test_the_export_is_what_was_decided(review: Review) -> None:
    # of a path tenant (example.com/user) the rules are pages
    proposed, doubtful = (
        [name for name in names(review, verdicts=[verdict]) if "/" not in name]
        for verdict in ("disavow", "review")
    )
    review.decide([review.place(proposed[0])], "keep")
    review.decide([review.place(proposed[1])], "later")
    review.decide([review.place(doubtful[0])], "disavow", note="they sell links\ndomain:evil.example")
    made, only = rules(review, with_proposals=True), rules(review, with_proposals=False)
    for written in (made, only):
        assert f"domain:{proposed[0]}" not in written
        assert f"domain:{proposed[1]}" not in written
        assert f"domain:{doubtful[0]}" in written
        assert "domain:evil.example" not in written, "a note is a comment, whatever it says"
    assert f"domain:{proposed[2]}" in made
    assert f"domain:{proposed[2]}" not in only
    text = export(review, with_proposals=False).data.decode()
    assert "decided by ann on 2026-09-21: they sell links domain:evil.example" in text


def test_one_page_can_be_decided_on_by_itself(review: Review) -> None:
    keep = pl.read_parquet(review.folder / "links.parquet").filter(
        pl.col("referring_domain").is_in(names(review, verdicts=["keep"], search="example"))
        & pl.col("source_url").is_not_null()
    )
    url, domain = keep["source_url"][0], keep["referring_domain"][0]
    review.decide_page(url, domain, "disavow")
    assert any(
        rule.startswith((f"https://{domain}", f"http://{domain}"))
        for rule in rules(review, with_proposals=False)
    )
    assert review.decision(review.place(domain)) is None, "the domain itself is not decided on"
    with pytest.raises(UsageError, match="is no page of"):
        review.decide_page("https://elsewhere.example/", domain, "disavow")


def test_decisions_carry_over_and_say_what_has_changed(
    folder: Path, open_review: OpenReview, tmp_path: Path
) -> None:
    first = open_review(folder)
    domain = names(first, verdicts=["review"])[0]
    first.decide([first.place(domain)], "keep", note="a friend")
    same = names(first, verdicts=["review"])[1]
    first.decide([first.place(same)], "ignore")
    later = Path(shutil.copytree(folder, tmp_path / "later", ignore=shutil.ignore_patterns("decisions*")))
    signals = pl.read_parquet(later / "signals.parquet")
    changed = pl.col("referring_domain") == domain
    signals.with_columns(
        links=pl.when(changed).then(pl.col("links") + 40).otherwise("links"),
        verdict=pl.when(changed).then(pl.lit("disavow")).otherwise("verdict"),
    ).write_parquet(later / "signals.parquet")
    second = open_review(later)
    assert second.carried == 2
    assert names(second, state="keep") == [domain]
    assert names(second, state="changed") == [domain]
    assert read_decisions(later)["note"].to_list() == ["a friend", ""]
    assert second.undo() is None, "what another audit decided is not undone here"
    second.decide([second.place(domain)], "disavow")
    assert names(second, state="changed") == [], "decided anew, on the evidence of now"
    assert first.carried == 0
    assert open_review(folder).carried == 1, "and back"


def test_another_process_is_seen(folder: Path, open_review: OpenReview) -> None:
    mine, other = open_review(folder), open_review(folder)
    other.decide([0, 1], "disavow")
    assert mine.progress()["disavow"] == 2
    assert mine.rows([0])[0]["decision"] == "disavow"


def test_removal_requests_are_a_log_to_be_filled_in(review: Review, tmp_path: Path, domains: Domains) -> None:
    review.decide([first_of(review, "review")], "disavow", note='=HYPERLINK("http://evil.example")')
    data = removal_requests(review, with_proposals=True)
    frame = pl.read_csv(io.BytesIO(data), infer_schema=False)
    assert frame.height == 1 + review.table.filter(verdict="disavow").height
    assert frame["Why"].str.contains("^'=HYPERLINK").sum() == 1
    filled = tmp_path / "log.csv"
    frame.with_columns(Date=pl.lit("2026-11-20"), Removed=pl.lit("no")).write_csv(filled)
    log = read_outreach(filled, domains, date(2026, 11, 21))
    assert {request.unit for request in log.requests} == set(frame["Domain"])


def test_new_since_the_last_upload(folder: Path, open_review: OpenReview, domains: Domains) -> None:
    with Store.open("kettle-and-thyme.example", domains=domains) as history:
        when = datetime(2026, 8, 1, tzinfo=UTC)
        file = DisavowFile.parse(b"domain:a.example\n", "disavow.txt")
        history.record(
            file, property_url="https://kettle-and-thyme.example/", who="ann", now=when, uploaded=when
        )
    review = open_review(folder)
    expected = review.table.filter(pl.col("first_seen") > date(2026, 8, 1))["referring_domain"]
    assert set(names(review, new=True)) == set(expected)
    assert 0 < len(expected) < review.table.height


@given(st.text(max_size=40))
def test_a_search_never_fails(text: str) -> None:
    Filters.of({"search": text, "anchor": text or None})


def test_the_record_is_read_whatever_it_lacks(folder: Path, open_review: OpenReview) -> None:
    record = json.loads((folder / "audit.json").read_text("utf-8"))
    for name in ("clusters", "headline", "generated"):
        record.pop(name)
    (folder / "audit.json").write_text(json.dumps(record), "utf-8")
    assert open_review(folder).table.height > 0


def test_what_teaches_most_comes_first_in_its_order(review: Review) -> None:
    asked, by_name = names(review, order="teaches"), names(review, order="name")
    assert sorted(asked) == sorted(by_name)
    judged = pl.read_parquet(review.folder / "signals.parquet").select("referring_domain", "probability")
    unsure = (judged["probability"] - 0.5).abs()
    first = judged.filter(pl.col("referring_domain") == asked[0])["probability"][0]
    assert abs(first - 0.5) == pytest.approx(float(unsure.min() or 0.0)), "nothing is less certain"
