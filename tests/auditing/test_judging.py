"""What a judgement says beside its probability."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from detector.auditing.judging import judge
from detector.classifier.store import load


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
