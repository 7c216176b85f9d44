"""The model is what it says: a sum of one curve per signal, the same as the booster, monotone, sound when blind."""

import pickle

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector.classifier.model import (
    Model,
    StepTable,
    fit_booster,
    fit_curve,
    logistic,
    read_tables,
    tiers_of,
)

NAMES = ["up", "down", "free", "never_seen"]


@pytest.fixture(scope="module")
def fitted():
    random = np.random.default_rng(7)
    x = random.normal(size=(1500, 4)).round(2)
    y = (x[:, 0] - x[:, 1] + np.sin(3 * x[:, 2]) + random.normal(size=1500) > 0).astype(np.int8)
    x[random.random(x.shape) < 0.2] = np.nan
    x[:, 3] = np.nan
    weight = random.uniform(0.2, 1.0, size=1500)
    booster = fit_booster(x, y, weight, [1, -1, 0, 1])
    tables, intercept = read_tables(booster, x, weight)
    model = Model(
        NAMES,
        pickle.dumps(booster),
        NAMES,
        tables,
        intercept,
        {"name": (1.0, 0.0), "rich": (0.5, -1.0)},
        [],
        np.empty(0),
        np.empty(0),
    )
    return model, x, y, weight


def frame(x: np.ndarray) -> pl.DataFrame:
    return pl.DataFrame({n: x[:, i] for i, n in enumerate(NAMES)}).with_columns(pl.all().fill_nan(None))


def test_the_step_tables_are_the_booster(fitted) -> None:
    model, x, _, _ = fitted
    odd = np.array([[1e9, -1e9, 0.0, 5.0], [np.nan] * 4, [-0.0, 1e-300, -1e300, 0.0]])
    edges = np.array([[e, np.nan, np.nan, np.nan] for e in model.tables[0].edges])
    for rows in (x, odd, edges):
        parts = model.contributions(frame(rows))
        assert np.allclose(
            model.log_odds(parts),
            model.estimator().decision_function(np.where(np.arange(4) == 3, 0.0, rows)),
            atol=1e-9,
            rtol=0,
        )


def test_contributions_sum_to_the_log_odds_and_are_centred(fitted) -> None:
    model, x, _, weight = fitted
    parts = model.contributions(frame(x))
    assert np.abs(model.intercept + parts.sum(axis=1) - model.log_odds(parts)).max() <= 1e-9
    assert np.abs(np.average(parts, axis=0, weights=weight)).max() < 1e-9


def test_curves_are_monotone_where_a_direction_is_certain(fitted) -> None:
    model = fitted[0]
    assert (np.diff(model.tables[0].values) >= -1e-12).all()
    assert (np.diff(model.tables[1].values) <= 1e-12).all()
    assert len(model.tables[2].values) > 2, "the free curve is a curve"


def test_a_missing_column_is_a_missing_value_everywhere(fitted) -> None:
    model, x, _, _ = fitted
    without = frame(x).drop("up")
    blind = frame(x).with_columns(up=pl.lit(None, pl.Float64))
    assert np.array_equal(model.contributions(without), model.contributions(blind))
    assert not model.contributions(frame(x))[:, 3].any(), "what training never saw says nothing"


@settings(max_examples=50)
@given(st.lists(st.floats(-50, 50), min_size=2, max_size=20, unique=True))
def test_calibration_never_changes_the_order(fitted, values) -> None:
    model = fitted[0]
    z = np.sort(np.array(values))
    for tier in ("name", "rich"):
        p = model.probabilities(z, pl.Series([tier] * len(z)))
        assert (np.diff(p) >= 0).all() and (p >= 0).all() and (p <= 1).all()


def test_calibration_finds_the_slope_that_made_the_labels() -> None:
    random = np.random.default_rng(3)
    z = random.normal(scale=2, size=20_000)
    y = (random.random(20_000) < logistic(0.7 * z - 0.5)).astype(np.int8)
    slope, offset = fit_curve(z, y, np.ones(20_000))
    assert slope == pytest.approx(0.7, abs=0.04)
    assert offset == pytest.approx(-0.5, abs=0.06)


def test_calibration_stays_increasing_on_labels_that_run_backwards() -> None:
    z = np.linspace(-3, 3, 200)
    assert fit_curve(z, (z < 0).astype(np.int8), np.ones(200))[0] >= 0.05


def test_logistic_neither_overflows_nor_leaves_its_range() -> None:
    with np.errstate(all="raise"):
        assert logistic(np.array([-1e6, 0.0, 1e6])).tolist() == [0.0, 0.5, 1.0]


def test_a_step_table_includes_its_upper_edge() -> None:
    table = StepTable(np.array([1.0, 2.0]), np.array([-1.0, 0.0, 1.0]), 9.0)
    assert table(np.array([0.5, 1.0, 1.5, 2.0, 2.1, np.nan])).tolist() == [-1, -1, 0, 0, 1, 9]


def test_a_tree_with_two_signals_is_refused(fitted) -> None:
    from sklearn.ensemble import HistGradientBoostingClassifier

    _, x, y, weight = fitted
    free = HistGradientBoostingClassifier(max_iter=5, random_state=0).fit(np.nan_to_num(x), y)
    with pytest.raises(ValueError, match="more than one signal"):
        read_tables(free, x, weight)


def test_a_domain_has_the_richest_tier_it_has_evidence_for() -> None:
    rows = pl.DataFrame(
        {"page_depth": [None, 1.0, 1.0, 1.0], "anchor_distinct": [None, None, 1.0, 1.0], "page_external_links": [None, None, None, 3.0]}
    )  # fmt: skip
    assert tiers_of(rows).to_list() == ["name", "urls", "anchors", "rich"]
    assert tiers_of(pl.DataFrame({"other": [1.0]})).to_list() == ["name"]


def test_metrics_of_several_tools_share_their_say() -> None:
    tables = [StepTable(np.array([10.0]), np.array([1.0, -1.0]), 0.25) for _ in range(3)]
    names = ["authority_ahrefs_dr", "authority_moz_da", "page_depth"]
    model = Model(names, b"", [], tables, 0.0, {"name": (1.0, 0.0)}, [], np.empty(0), np.empty(0))
    rows = pl.DataFrame(
        {
            "authority_ahrefs_dr": [5.0, 5.0, None],
            "authority_moz_da": [None, 5.0, None],
            "page_depth": [5.0, 5.0, 5.0],
        }
    )
    assert model.contributions(rows).tolist() == [[1.0, 0.25, 1.0], [0.5, 0.5, 1.0], [0.25, 0.25, 1.0]]
