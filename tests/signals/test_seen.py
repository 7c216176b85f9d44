"""Signals of pages that were read: aggregated a domain, missing where none was, never learnt."""

from __future__ import annotations

import math

import polars as pl
import pytest

from detector.links.domains import Domains
from detector.links.schema import LINK_SCHEMA
from detector.signals.compute import compute_signals, facts_of
from detector.signals.neighbours import READ, seen_pages, seen_signals
from detector.signals.registry import all_signals, model_signals, stage_signals
from detector.signals.site import make_site
from detector.web.page import PAGE_SCHEMA, page_table, read_page

SITE = make_site("kettle.example")
NAMES = [s.name for s in stage_signals("seen")]
TEXT = "Tea is a drink that people make with hot water and leaves, and they like it warm in the morning. " * 3


def page(domain: str, body: str, *, path: str = "/p", head: str = "") -> dict[str, object]:
    markup = f"<html lang=en><head>{head}</head><body><p>{TEXT}</p>{body}</body></html>"
    return read_page(markup.encode(), f"https://{domain}{path}", targets=["kettle.example"]).row()


def signals(*rows: dict[str, object], **more: object) -> dict[str, dict[str, float | None]]:
    table = pl.DataFrame(list(rows), schema=PAGE_SCHEMA, orient="row").with_columns(**more)  # type: ignore[arg-type]
    return {row["referring_domain"]: row for row in seen_signals(table, SITE).iter_rows(named=True)}


def test_there_are_at_least_forty_and_none_is_learnt() -> None:
    assert len(NAMES) >= 40
    assert not {s.name for s in model_signals()} & set(NAMES)
    needs = set(PAGE_SCHEMA)
    for signal in stage_signals("seen"):
        assert signal.family == "page" and set(signal.needs) <= needs, signal.name


def test_without_pages_they_are_missing() -> None:
    link = {**dict.fromkeys(LINK_SCHEMA), "record_type": "link", "source_url": "https://a.example/", "source_host": "a.example",
            "referring_domain": "a.example", "target_url": "https://kettle.example/", "tool": "ahrefs"}  # fmt: skip
    facts = facts_of(pl.DataFrame([link], schema=LINK_SCHEMA))
    (row,) = compute_signals(facts, SITE, Domains.default()).domains.iter_rows(named=True)
    assert [row[name] for name in NAMES] == [None] * len(NAMES)
    seen = page_table([read_page(f"<p>{TEXT}".encode(), "https://a.example/")])
    (row,) = compute_signals(facts, SITE, Domains.default(), seen=seen).domains.iter_rows(named=True)
    assert row["content_words"] == pytest.approx(math.log1p(60)) and row["seen_external_links"] == 0.0


def test_links_and_neighbours_are_judged() -> None:
    spam = "".join(f'<a href="https://casino-{n}.example/">best casino bonus {n}</a> ' for n in range(8))
    found = signals(
        page("a.example", spam + '<a href="https://wikipedia.org/">tea</a><a href="https://b.example">buy backlinks</a>'),
        page("b.example", '<a href="https://wikipedia.org/">tea</a>'),
        page("b.example", '<a href="/x">x</a>', path="/q"),
    )  # fmt: skip
    a, b = found["a.example"], found["b.example"]
    assert a["seen_external_links"] == pytest.approx(math.log1p(10)) and a[
        "seen_external_domains"
    ] == pytest.approx(math.log1p(10))
    assert (a["seen_trade_anchors"], a["seen_seller_anchors"], a["seen_trades"]) == (
        pytest.approx(0.8),
        pytest.approx(0.1),
        1.0,
    )
    assert (a["seen_trade_neighbours"], a["seen_large_neighbours"]) == (
        pytest.approx(0.8),
        pytest.approx(0.1),
    )
    assert (b["seen_external_share"], b["seen_large_neighbours"], b["seen_trade_anchors"]) == (0.5, 1.0, 0.0)


def test_hidden_links_to_large_sites_are_no_sign() -> None:
    hidden = '<div style="position:absolute;left:-9000px">{}</div>'
    share = "".join(
        f'<a href="https://{host}/share">s</a>'
        for host in ("facebook.com", "instagram.com", "youtube.com", "linkedin.com")
    )
    spam = "".join(f'<a href="https://s{n}.example/">poker {n}</a>' for n in range(5))
    found = signals(page("a.example", hidden.format(share)), page("b.example", hidden.format(spam)))
    assert found["a.example"]["seen_deliberate_domains"] == 0.0
    assert found["b.example"]["seen_deliberate_domains"] == pytest.approx(math.log1p(5))
    assert found["b.example"]["seen_hidden_trade"] == 1.0


def test_what_domains_share_is_counted_of_other_domains() -> None:
    frame = '<div id=wrap class=site><div class="col side">x</div></div>'
    head = "<script>ga('create','UA-777777-1')</script>"
    same = "".join(f'<a href="https://t{n}.example/">t</a>' for n in range(6))
    found = signals(
        *(page(f"{name}.example", frame + same, head=head) for name in "abc"),
        page("a.example", frame + same, head=head, path="/again"),
        page("d.example", "<main><section class=own>y</section></main>"),
    )
    for name in ("seen_same_template", "seen_same_account", "seen_same_outbound"):
        assert found["a.example"][name] == pytest.approx(math.log1p(2)), name
        assert found["d.example"][name] == 0.0, name


def test_the_link_is_told_by_its_place_and_rel() -> None:
    found = signals(
        page("a.example", '<a href="https://kettle.example/">k</a><ol class=commentlist><li><a rel=ugc href="https://kettle.example/">k</a></ol>'),
        page("a.example", "", path="/none"),
    )["a.example"]  # fmt: skip
    assert (
        found["seen_linked_share"],
        found["seen_target_in_content"],
        found["seen_target_in_comment"],
        found["seen_target_qualified"],
    ) == (0.5, 0.5, 0.5, 0.5)
    assert found["seen_target_hidden"] == 0.0


def test_pages_that_were_not_seen_say_nothing() -> None:
    rows = (page("a.example", ""), page("b.example", ""))
    outcome = pl.Series("outcome", ["challenged", "linked"])
    assert list(signals(*rows, outcome=outcome)) == ["b.example"]
    assert "challenged" not in READ and "gone" not in READ


def test_the_table_keeps_its_rows() -> None:
    table = pl.DataFrame([page("a.example", ""), page("b.example", "")], schema=PAGE_SCHEMA, orient="row")
    assert seen_pages(table, SITE)["referring_domain"].to_list() == ["a.example", "b.example"]


def test_the_catalogue_tells_them() -> None:
    for name in NAMES:
        signal = all_signals()[name]
        assert signal.sentence.count("{value}") == (0 if signal.unit == "yes/no" else 1), name
        assert signal.source and signal.unit
