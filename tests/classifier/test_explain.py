"""Reasons: which contributions are told, in which order, in which words."""

from __future__ import annotations

import math
import re

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.classifier.explain import (
    MOST,
    NO_SIGN,
    SMALL_SIGNS,
    TOO_LITTLE,
    reasons,
    sentence_of,
    shown_value,
)
from detector.classifier.model import TIERS, tiers_of
from detector.classifier.singular import VERBS, singular
from detector.classifier.store import load
from detector.signals.authority import TOOL_OF
from detector.signals.registry import all_signals, model_signals

NAMES = ["name_trade_word", "anchor_trade_share", "velocity_age", "anchor_words", "page_external_links"]


def told(
    values: dict[str, float | None], weights: list[float], *, toxic: bool, names: list[str] = NAMES
) -> list[str]:
    frame = pl.DataFrame(
        {name: [values.get(name)] for name in names}, schema=dict.fromkeys(names, pl.Float64)
    )
    return reasons(frame, names, np.array([weights]), np.array([toxic]))[0].to_list()


def test_the_largest_contribution_leads() -> None:
    values = {"name_trade_word": 1.0, "anchor_trade_share": 0.5, "page_external_links": math.log1p(1234)}
    assert told(values, [0.5, 2.0, 0.0, 0.0, 1.0], toxic=True) == [
        "50% of its anchors hold words of a spam trade",
        "its pages hold 1,234 links to other sites",
        "its name holds words of a spam trade",
    ]


def test_only_what_speaks_for_the_judgement_is_told() -> None:
    values = {"name_trade_word": 1.0, "velocity_age": 400.0, "page_external_links": math.log1p(3)}
    weights = [1.0, 0.0, -2.0, 0.0, 0.04]
    assert told(values, weights, toxic=True) == ["its name holds words of a spam trade"]
    assert told(values, weights, toxic=False) == ["it was first seen 400 days before the newest link"]


@pytest.mark.parametrize(
    ("mean", "highest", "sentence"),
    [
        (2.0, 1.0, "its pages hold 80 links to other sites"),
        (1.0, 1.0, "its pages hold 80 links to other sites"),
        (1.0, 2.0, "one of its pages holds 90 links to other sites"),
    ],
)
def test_a_mean_and_a_highest_value_of_the_same_are_one_reason(
    mean: float, highest: float, sentence: str
) -> None:
    names = ["page_external_links", "page_external_links_max"]
    values = dict(zip(names, (math.log1p(80), math.log1p(90)), strict=True))
    assert told(values, [mean, highest], toxic=True, names=names) == [sentence]
    assert told({**values, names[mean < highest]: None}, [mean, highest], toxic=True, names=names) != [
        SMALL_SIGNS
    ]


@pytest.mark.parametrize(("toxic", "words"), [(True, SMALL_SIGNS), (False, NO_SIGN)])
def test_a_missing_signal_is_never_a_reason_and_nobody_goes_without_one(toxic: bool, words: str) -> None:
    assert told({}, [9.0, -9.0, 9.0, -9.0, 9.0], toxic=toxic) == [words]


@pytest.mark.parametrize("toxic", [True, False])
@pytest.mark.parametrize(
    "values", [{"name_trade_word": 0.0}, {"anchor_trade_share": 0.0}, {"anchor_words": 0.01}]
)
def test_that_something_is_not_there_is_no_reason(values: dict[str, float | None], toxic: bool) -> None:
    sign = 1.0 if toxic else -1.0
    assert told(values, [sign] * 5, toxic=toxic) == [SMALL_SIGNS if toxic else NO_SIGN]


def test_words_weigh_towards_spam_or_against_it() -> None:
    assert told({"anchor_words": 1.25}, [0, 0, 0, 1.0, 0], toxic=True) == [
        "the words of its anchors weigh +1.2 towards spam"
    ]
    assert told({"anchor_words": -0.5}, [0, 0, 0, -1.0, 0], toxic=False) == [
        "the words of its anchors weigh 0.5 against spam"
    ]


def test_each_row_has_its_own_reasons_also_beside_rows_without() -> None:
    frame = pl.DataFrame(
        {"name_trade_word": [1.0, None, 1.0], "velocity_age": [10.0, 2000.0, None]},
        schema_overrides={"name_trade_word": pl.Float64},
    )
    parts = np.array([[1.0, -1.0], [1.0, -1.0], [-1.0, 1.0]])
    lists = reasons(frame, ["name_trade_word", "velocity_age"], parts, np.array([True, False, True]))
    assert lists.to_list() == [
        ["its name holds words of a spam trade"],
        ["it was first seen 2,000 days before the newest link"],
        [SMALL_SIGNS],
    ]


def test_what_is_more_probably_spam_is_not_told_to_be_without_a_sign_of_it() -> None:
    frame = pl.DataFrame({"name_trade_word": [1.0, 1.0, 1.0], "probability": [0.49, 0.77, 0.77]})
    toxic = np.array([False, False, True])
    lists = reasons(frame, ["name_trade_word"], np.array([[2.0], [2.0], [0.0]]), toxic)
    assert lists.to_list() == [[NO_SIGN], [TOO_LITTLE], [SMALL_SIGNS]]


@pytest.mark.parametrize(("times", "toxic"), [(0.9, True), (1.0, True), (7.7, False), (1.0, False)])
def test_a_quiet_week_is_no_sign_of_spam_and_a_busy_one_none_against_it(times: float, toxic: bool) -> None:
    def of(ratio: float) -> list[str]:
        return told(
            {"velocity_burst": math.log(ratio)},
            [1.0 if toxic else -1.0],
            toxic=toxic,
            names=["velocity_burst"],
        )

    assert of(times) == [SMALL_SIGNS if toxic else NO_SIGN]
    assert of(3.0 if toxic else 0.3)[0].startswith("in its week ")


@pytest.mark.parametrize(
    ("name", "days", "sentence"),
    [
        ("velocity_lifetime", 0.0, "its links were seen on one day only"),
        ("velocity_lifetime", 1.0, "its links were seen over 1 day"),
        ("velocity_age", 0.0, "it was first seen as late as the newest link"),
        ("velocity_age", 2.0, "it was first seen 2 days before the newest link"),
    ],
)
def test_no_days_are_one_day(name: str, days: float, sentence: str) -> None:
    assert told({name: days}, [1.0], toxic=True, names=[name]) == [sentence]


def test_no_rows_no_reasons() -> None:
    frame = pl.DataFrame(schema=dict.fromkeys(NAMES, pl.Float64))
    assert reasons(frame, NAMES, np.empty((0, len(NAMES))), np.empty(0, dtype=bool)).to_list() == []


SHOWN = [
    ("anchor_trade_share", 0.0, "0%"), ("anchor_trade_share", 0.001, "under 1%"), ("anchor_trade_share", 0.126, "13%"),
    ("anchor_trade_share", 0.999, "over 99%"), ("anchor_trade_share", 1.0, "100%"),
    ("page_external_links", 0.0, "0"), ("page_external_links", math.log1p(999), "999"),
    ("page_external_links", math.log1p(1_000), "1,000"), ("page_external_links", math.log1p(1_234_567), "1,234,567"),
    ("velocity_burst", math.log(3.24), "3.2 times"), ("anchor_words", 2.0, "+2.0"), ("anchor_words", -2.0, "-2.0"),
    ("velocity_age", 12.0, "12 days"), ("velocity_age", 2086.0, "2,086 days"), ("anchor_length", 16.5, "16.5 characters"),
    ("authority_ahrefs_dr", 7.0, "7"), ("authority_trust_ratio", 0.5, "0.5"), ("name_trade_word", 1.0, "yes"),
    ("anchor_entropy", -0.0, "0 bits"), ("anchor_entropy", -0.04, "0 bits"), ("anchor_entropy", -0.4, "-0.4 bits"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "words"), SHOWN)
def test_a_value_is_written_as_a_person_reads_it(name: str, value: float, words: str) -> None:
    frame = pl.DataFrame({"value": [value]})
    assert frame.select(shown_value(all_signals()[name])).item() == words


@pytest.mark.parametrize("name", [s.name for s in model_signals()])
def test_every_signal_of_the_model_makes_a_clean_sentence(name: str) -> None:
    [sentence] = told({name: 1.0}, [1.0], toxic=True, names=[name])
    assert "{" not in sentence
    assert "  " not in sentence
    assert not sentence.endswith((".", " "))
    assert sentence[0].islower() or sentence[0].isdigit()


def of_value(name: str, *values: float) -> list[str]:
    frame = pl.DataFrame({"value": values}, schema={"value": pl.Float64})
    return frame.select(sentence_of(all_signals()[name])).to_series().to_list()


@pytest.mark.parametrize("name", sorted(all_signals()))
def test_of_one_every_sentence_speaks_in_the_singular(name: str) -> None:
    signal = all_signals()[name]
    value = {"log1p count": math.log1p(1), "log ratio": 0.0}.get(signal.unit, 1.0)
    [sentence] = of_value(name, value)
    counted = re.search(r"(?<![\d.,])1 (?:(?:other|independent|search|spam) )*(\w+)", sentence)
    assert counted is None or not counted[1].endswith("s"), sentence
    assert "1 different" not in sentence
    if re.match(r"(at least )?1 ", sentence):  # the one is the subject
        said = sentence.removeprefix("at least ").split()[2:]
        assert not {*VERBS, "their", "themselves"} & set(said), sentence


def test_one_and_many_stand_beside_each_other() -> None:
    one, two = math.log1p(1), math.log1p(2)
    assert of_value("anchor_shared_domains", one, two) == [
        "1 other domain of this profile uses the very same unusual anchor",
        "2 other domains of this profile use the very same unusual anchor",
    ]
    assert of_value("cluster_marked_domains", one, two) == [
        "1 other of its group looks made for links itself",
        "2 others of its group look made for links themselves",
    ]
    assert of_value("velocity_lifetime", 1.0, 1.5, 11.0) == [
        "its links were seen over 1 day",
        "its links were seen over 1.5 days",
        "its links were seen over 11 days",
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("its pages hold at most 1 links to other sites", "its pages hold at most 1 link to other sites"),
        ("at least 1 tools know it", "at least 1 tool knows it"),
        ("its pages hold between 0 and 1 links to other sites",) * 2,
        ("its anchors vary by 0.1 bits",) * 2,
        ("it sends 1,001 links",) * 2,
        ("1% of its links are followed",) * 2,
    ],
)
def test_what_is_not_one_stays(written: str, read: str) -> None:
    assert singular(written) == read


@given(st.data())
def test_at_most_five_reasons_all_of_signals_that_are_there(data: st.DataObject) -> None:
    names = [s.name for s in model_signals()][:12]
    values = data.draw(st.lists(st.none() | st.floats(0.1, 5), min_size=12, max_size=12))
    weights = data.draw(st.lists(st.floats(-3, 3), min_size=12, max_size=12))
    sentences = told(dict(zip(names, values, strict=True)), weights, toxic=True, names=names)
    candidates = sum(v is not None and w >= 0.05 for v, w in zip(values, weights, strict=True))
    assert len(sentences) == max(1, min(MOST, candidates))
    assert (sentences == [SMALL_SIGNS]) == (candidates == 0)


@pytest.mark.parametrize("tier", TIERS)
def test_contributions_of_the_shipped_model_add_up(tier: str) -> None:
    model = load().model
    random = np.random.default_rng(3)
    values = random.uniform(0, 4, size=(40, len(model.inputs)))
    values[random.random(values.shape) < 0.4] = np.nan
    several = [i for i, n in enumerate(model.inputs) if TOOL_OF.get(n, "ahrefs") != "ahrefs"]
    values[:, several] = np.nan  # one tool's metrics: where there are more, they share their say
    frame = pl.DataFrame({n: values[:, i] for i, n in enumerate(model.inputs)}).fill_nan(None)
    one = model.sums[tier]
    log_odds = one.intercept + one.contributions(frame).sum(axis=1)
    assert np.allclose(log_odds, one.estimator().decision_function(values), atol=1e-9)
    tiers, parts = tiers_of(frame), model.contributions(frame)
    assert np.allclose(model.intercepts(tiers) + parts.sum(axis=1), model.log_odds(parts, tiers), atol=1e-9)
