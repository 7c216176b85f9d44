"""What reasons quote: the right texts, of the right domain, harmless wherever they are shown."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from detector.classifier.evidence import COUNTED, FACTS, LONGEST_QUOTE, SHARED, Evidence, quotable
from detector.classifier.explain import NO_SIGN, SMALL_SIGNS, reasons
from detector.links.domains import Domains
from detector.links.schema import LINK_SCHEMA
from detector.signals.compute import Computed, compute_signals, facts_of
from detector.signals.registry import all_signals
from detector.signals.site import make_site
from detector.signals.wording import BITS, SCALE, TextWeights, Words

DOMAINS = Domains.default()


def weighing(**words: float) -> TextWeights:
    """Weights that know a few whole words and nothing else."""
    table = np.zeros(1 << BITS, dtype=np.int16)
    for word, weight in words.items():
        whole = Words.of(pl.Series([f" {word} "])).features()[1][-1]
        table[whole] = round(weight * SCALE)
    return TextWeights(table, 0.0)


#: A word that speaks for spam, one that does so softly, one that speaks against it.
WORDS = weighing(casino=8.0, bonus=2.0, garden=-4.0)

HOSTILE = [
    "a\u202egnp.exe", "line\nbreak\r\ttab", 'he said "keep it"; all is well', "\u200b\ufeff", "z" + "\u0301" * 300, "\x1b[31mred\x1b[0m",
    "=HYPERLINK(1)", "x" * 5_000, "</script><script>alert(1)</script>", "\ue000\U000e0041tag", "\x9b31m", "a\u2028b\u2029c",
]  # fmt: skip


def link(domain: str, number: int = 0, **cells: object) -> dict[str, object]:
    return {
        **dict.fromkeys(LINK_SCHEMA), "record_type": "link", "source_url": f"https://{domain}/post/{number}", "source_host": domain,
        "tool": "ahrefs", "referring_domain": domain, "target_url": "https://kettle.example/", "target_host": "kettle.example",
        "source_title": f"page {number}", **cells,
    }  # fmt: skip


def computed(links: list[dict[str, object]]) -> Computed:
    frame = pl.DataFrame(links, schema=LINK_SCHEMA, orient="row")
    return compute_signals(facts_of(frame), make_site("kettle.example"), DOMAINS, WORDS)


def said(result: Computed, signal: str, domain: str = "a.example", *, toxic: bool = True) -> str:
    """The one reason that a domain gets of a signal."""
    weights = np.full((result.domains.height, 1), 1.0 if toxic else -1.0)
    leaning = np.full(result.domains.height, toxic)
    lists = reasons(result.domains, [signal], weights, leaning, Evidence(result))
    [sentence] = dict(zip(result.domains["referring_domain"], lists.to_list(), strict=True))[domain]
    return str(sentence)


def test_the_texts_that_count_are_quoted_the_most_frequent_first() -> None:
    anchors = ["buy cheap viagra", "my garden", "online casino", "online casino", "casino bonus"]
    result = computed([link("a.example", n, anchor=text) for n, text in enumerate(anchors)])
    assert said(result, "anchor_trade_share") == (
        '80% of its anchors hold words of a spam trade: "online casino", "buy cheap viagra", "casino bonus"'
    )


@pytest.mark.parametrize(
    ("last", "sentence"),
    [
        (date(2011, 11, 24), "its links were seen on one day only (24 November 2011)"),
        (date(2011, 11, 26), "its links were seen over 2 days (24 November 2011 to 26 November 2011)"),
    ],
)
def test_one_day_is_told_once(last: date, sentence: str) -> None:
    result = computed([link("a.example", first_seen=date(2011, 11, 24), last_seen=last)])
    assert said(result, "velocity_lifetime", toxic=False) == sentence


def test_the_words_that_weigh_are_quoted_the_loudest_first_and_only_those_of_the_judgement() -> None:
    anchors = ["my bonus", "garden club", "casino casino bonus", "no such word"]
    result = computed([link("a.example", n, anchor=text) for n, text in enumerate(anchors)])
    assert said(result, "anchor_words").endswith('towards spam: "casino casino bonus", "my bonus"')
    assert said(result, "anchor_words_max").endswith('towards spam: "casino casino bonus", "my bonus"')
    assert said(result, "anchor_words", toxic=False) == NO_SIGN  # they speak the other way
    honest = computed(
        [link("a.example", n, anchor=text) for n, text in enumerate(["garden club", "garden", "my bonus"])]
    )
    assert said(honest, "anchor_words", toxic=False).endswith('against spam: "garden", "garden club"')
    assert said(honest, "anchor_words") == SMALL_SIGNS


def wave(size: int, days: int, **cells: object) -> list[dict[str, object]]:
    start = date(2026, 3, 1)
    return [
        link(f"{'abcdefghijklmnopqrstuvwxyz'[n]}.example", k, anchor=f"best {n} deals on things", first_seen=start + timedelta(days=n * days), **cells)
        for n in range(size) for k in range(3)
    ]  # fmt: skip


def test_a_template_is_quoted_with_its_links_and_when_its_domains_appeared() -> None:
    assert said(computed(wave(12, 3)), "anchor_template_domains") == (
        '11 other domains of this profile fill one anchor template: "best 0 deals on things"'
        " (36 links in all, all of these domains first seen within 34 days)"
    )


def test_domains_that_appeared_over_years_are_not_said_to_have_come_together() -> None:
    assert said(computed(wave(12, 100)), "anchor_template_domains").endswith('on things" (36 links in all)')


def test_one_straggler_is_told_as_such() -> None:
    links = [*wave(25, 1), link("old.example", anchor="best 9 deals on things", first_seen=date(2019, 1, 1))]
    assert "(76 links in all, nine in ten of these domains first seen within 24 days)" in said(
        computed(links), "anchor_template_domains"
    )


def test_of_a_sample_the_number_of_links_is_a_lower_bound() -> None:
    links = [*wave(12, 1), *(link("a.example", n, anchor="best 0 deals on things") for n in range(3, 400))]
    assert "(at least " in said(computed(links), "anchor_template_domains")


def test_a_shared_path_is_quoted_without_the_host() -> None:
    links = [
        link(f"{name}.example", 7, source_url=f"https://{name}.example/xmlrpc-old/7-buy.php?id=4")
        for name in "abcdef"
    ]
    assert said(computed(links), "page_path_domains") == (
        '5 other domains of this profile have pages whose addresses follow the same pattern: "/xmlrpc-old/7-buy.php?id=4"'
    )


def test_dates_and_addresses_stand_behind_their_signals() -> None:
    links = [link(f"{name}.example", ip="198.51.100.7", first_seen=date(2026, 3, 9)) for name in "ab"]
    links.append(link("late.example", first_seen=date(2026, 4, 9)))
    result = computed(links)
    assert said(result, "network_same_ip").endswith(" (198.51.100.7)")
    assert said(result, "velocity_age").endswith("before the newest link (on 9 March 2026)")


def test_what_does_not_count_is_not_quoted() -> None:
    result = computed([link("a.example", anchor="online casino"), link("b.example", anchor="my garden")])
    asked = pl.DataFrame({"row": [1], "toxic": [True]})
    assert Evidence(result).of(all_signals()["anchor_trade_share"], asked).height == 0
    assert Evidence(result).of(all_signals()["links_log"], asked).height == 0


# The conditions stand in the signals and again in the tables of what is quoted; here the two are held together.


def mixed_profile() -> Computed:
    texts = [
        "Kettle", "kettle shop", "https://kettle.example/", "click here", "online casino", "buy backlinks cheap", "t.me/spam_seller",
        "🔥 hot", "s l o t online", "казино онлайн", "", "garden club", "www.other.example", "kettle.example review site", "plain words here",
    ]  # fmt: skip
    random = np.random.default_rng(4)
    links = [
        link(
            f"d{n}.example", k, anchor=texts[random.integers(len(texts))], source_title=texts[random.integers(len(texts))],
            source_url=f"https://{'shop.' * (k == 3)}d{n}.example/{['', 'go/?url=kettle.example', 'links/casino-1.html', 'a/b?c=d'][random.integers(4)]}",
        )
        for n in range(60) for k in range(4)
    ]  # fmt: skip
    return computed([*links, link("d1.example", 9, anchor="ที่นี่ดี")])


@pytest.fixture(scope="module")
def mixed() -> Computed:
    return mixed_profile()


@pytest.mark.parametrize("name", sorted(COUNTED))
def test_what_is_quoted_is_what_the_signal_counts(mixed: Computed, name: str) -> None:
    signal = all_signals()[name]
    sample = {"anchor": mixed.anchors, "title": mixed.titles, "page": mixed.pages}[signal.stage]
    weight = pl.lit(1.0) if signal.stage == "page" else pl.col("share")
    counted = pl.when(COUNTED[name]()).then(weight).otherwise(0.0)
    share = counted.sum() / weight.sum() if signal.stage != "page" else counted.mean()
    told = sample.group_by("referring_domain").agg(share=share).sort("referring_domain")
    joined = mixed.domains.select("referring_domain", name).join(
        told, on="referring_domain", maintain_order="left"
    )
    assert joined.height == 60
    assert np.allclose(joined[name], joined["share"], atol=1e-9)
    assert joined["share"].max() > 0  # else nothing was compared


@pytest.mark.parametrize("name", sorted(SHARED))
def test_what_is_shared_is_what_the_signal_counts(mixed: Computed, name: str) -> None:
    shared, stage = SHARED[name], all_signals()[name].stage
    sample = {"anchor": mixed.anchors, "title": mixed.titles, "page": mixed.pages}[stage]
    others = pl.when(shared.which()).then(pl.col(shared.domains).cast(pl.Int64) - 1).otherwise(0).max()
    told = sample.group_by("referring_domain").agg(others=others.cast(pl.Float64).log1p())
    joined = mixed.domains.select("referring_domain", name).join(
        told, on="referring_domain", maintain_order="left"
    )
    assert np.allclose(joined[name], joined["others"])
    assert joined["others"].max() > 0
    value = joined[name].to_list()
    asked = pl.DataFrame({"row": list(range(60)), "toxic": [True] * 60})
    quoted = Evidence(mixed).of(all_signals()[name], asked)["row"].to_list()
    assert sorted(quoted) == [row for row, others in enumerate(value) if others > 0]


def test_every_signal_that_is_quoted_exists() -> None:
    assert {*COUNTED, *SHARED, *FACTS} <= set(all_signals())


# ------------------------------------------------------------------------------------------------ hostile texts


def quote(text: str) -> str:
    return str(quotable(pl.Series([text])).item())


@given(st.text(max_size=400))
@example("".join(HOSTILE))
def test_a_quotation_is_harmless_whatever_it_holds(text: str) -> None:
    shown = quote(text)
    assert len(shown) <= LONGEST_QUOTE
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    assert '"' not in shown
    assert ";" not in shown
    assert shown == shown.strip()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_anchor_does_not_leave_its_quotation_marks(text: str) -> None:
    result = computed([link("a.example", anchor=f"casino {text}", first_seen=date(2026, 1, 1))])
    sentence = said(result, "anchor_trade_share")
    assert sentence.count('"') == 2
    assert sentence.isprintable()
    assert "; " not in sentence


def test_a_long_text_ends_in_an_ellipsis_and_a_short_one_stays() -> None:
    assert quote("x" * 61) == "x" * 59 + "…"
    assert quote("x" * 60) == "x" * 60
    assert quote(' Bücher  "für" alle; ') == "Bücher 'für' alle,"
