"""What a judgement says beside its probability."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

from detector.auditing.judging import judge, shared_signs
from detector.classifier.store import load
from detector.signals.registry import all_signals
from detector.verdict import Thresholds, decide, weigh


def test_the_probability_without_the_strongest_sign_is_that_of_the_rest() -> None:
    model = load().model
    rows = pl.DataFrame(
        {"page_depth": [1.0, 3.0], "page_words": [3.0, -3.0], "page_url_length": [15.0, 60.0]}
    )
    judged, parts = judge(rows, model)
    assert judged["tier"].to_list() == ["urls", "urls"]
    rest = judged["log_odds"].to_numpy() - np.maximum(parts.max(axis=1), 0)
    assert judged["without_strongest"].to_list() == pytest.approx(
        model.probabilities(rest, judged["tier"]).tolist(), abs=1e-12
    )
    assert judged["without_strongest"][0] < judged["probability"][0] - 0.1


def test_the_probability_without_words_is_that_of_everything_else() -> None:
    model = load().model
    rows = pl.DataFrame({"page_depth": [1.0, 3.0], "page_words": [3.0, -3.0], "name_trade_word": [1.0, 0.0]})
    judged, parts = judge(rows, model)
    named = "anchor_words anchor_words_max title_words title_words_max page_words name_trade_word name_seller_word"
    words = [model.signals.index(name) for name in named.split()]
    rest = judged["log_odds"].to_numpy() - np.maximum(parts[:, words], 0).sum(axis=1)
    assert judged["without_words"].to_list() == pytest.approx(
        model.probabilities(rest, judged["tier"]).tolist(), abs=1e-12
    )
    assert judged["without_words"][0] < judged["without_strongest"][0] < judged["probability"][0]


@pytest.mark.parametrize(
    ("anchors", "sign"),
    [
        ({"anchor_contact_share": 1.0}, "anchor_contact_share"),
        ({"anchor_seller_share": 1.0}, "anchor_seller_share"),
        ({"anchor_trade_share": 1.0, "topic": "gambling"}, "anchor_trade_share"),
        ({}, "page_path_domains"),  # the addresses of many others follow the same pattern
    ],
)
def test_what_brings_a_domain_before_a_person_is_among_its_reasons(
    anchors: dict[str, Any], sign: str
) -> None:
    known = {
        "referring_domain": "blog.example",
        "links": 1,
        "followed_links": 1,
        "live_links": 1,
        "probability": 0.8,
        "without_strongest": 0.8,
        "without_words": 0.8,
        "page_path_domains": 4.0,
    }
    told = {"tier": "rich", "suffix": "test", **anchors}
    missing = {name: None for name in (*all_signals(), "topic", "cluster") if name not in {**known, **told}}
    domains = pl.DataFrame(
        {**missing, **known, **told},
        schema_overrides=dict.fromkeys(all_signals(), pl.Float64) | {"topic": pl.String},
    )
    no_guard = pl.Series("guard", [None], dtype=pl.String)
    weighed = weigh(domains, 0.7, no_guard, manual_action=False)
    decided = decide(weighed, Thresholds({}, 0.7))
    assert shared_signs(decided, [], np.zeros((1, 0))).to_list() == [sign]
