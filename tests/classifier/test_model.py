"""The model is what it says: a sum of curves and maps, the same as the booster, monotone, sound when blind."""

import pickle
from itertools import combinations, permutations, product

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector.classifier.curves import PairMap, StepTable, coarse_cells
from detector.classifier.model import Model, Sum, calibrated, fit_booster, fit_curve, logistic, tiers_of
from detector.classifier.readout import read_out
from detector.signals.wording import BITS, TextWeights

NAMES = ["up", "down", "free", "never_seen"]


@pytest.fixture(scope="module")
def fitted():
    random = np.random.default_rng(7)
    x = random.normal(size=(1500, 4)).round(2)
    up = x[:, 0] * np.where(x[:, 2] > 0, 2.0, 0.2)  # what it says depends on another
    y = (up - x[:, 1] + np.sin(3 * x[:, 2]) + random.normal(size=1500) > 0).astype(np.int8)
    x[random.random(x.shape) < 0.2] = np.nan
    x[:, 3] = np.nan
    weight = random.uniform(0.2, 1.0, size=1500)
    return model_of(x, y, weight), x, y, weight


def model_of(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> Sum:
    booster = fit_booster(x, y, weight, [1, -1, 0, 1])
    read = read_out(booster, NAMES, x, weight)
    return Sum(read.signals, pickle.dumps(booster), read.tables, read.pairs, read.intercept)


def log_odds_of(model: Sum, rows: pl.DataFrame) -> np.ndarray:
    return model.intercept + model.contributions(rows).sum(axis=1)


def pair_of(first: str, second: str, edges: list[float], values: list[list[float]]) -> PairMap:
    return PairMap(first, second, np.array(edges), np.array(edges), np.array(values))


def frame(x: np.ndarray) -> pl.DataFrame:
    return pl.DataFrame({n: x[:, i] for i, n in enumerate(NAMES)}).with_columns(pl.all().fill_nan(None))


def test_curves_and_maps_are_the_booster(fitted) -> None:
    model, x, _, _ = fitted
    assert {(p.first, p.second) for p in model.pairs} == set(combinations(model.signals, 2))
    odd = np.array(
        [[1e9, -1e9, 0.0, 5.0], [np.nan] * 4, [-0.0, 1e-300, -1e300, 0.0], [np.inf, -np.inf, np.inf, 0.0]]
    )
    random = np.random.default_rng(1)
    at_edges = np.full((3000, 4), np.nan)
    for i, table in enumerate(model.tables):
        ends = np.concatenate([table.edges, np.nextafter(table.edges, np.inf), [np.nan, -np.inf]])
        at_edges[:, i] = random.choice(ends, 3000)
    for rows in (x, odd, at_edges):
        log_odds = log_odds_of(model, frame(rows))
        by_booster = model.estimator().decision_function(np.where(np.arange(4) == 3, 0.0, rows))
        assert np.allclose(log_odds, by_booster, atol=1e-9, rtol=0)


NO_WORDS = TextWeights(np.zeros(1 << BITS, dtype=np.int16), 0.0)


def of_tiers(**sums: Sum) -> Model:
    curves = {"name": (1.0, 1.0, 0.0), "rich": (0.5, 2.0, -1.0)}
    return Model(NAMES, dict(sums), curves, NO_WORDS)


def test_contributions_sum_to_the_log_odds_of_each_tier(fitted) -> None:
    """A domain with the evidence of a rich export is judged by that sum, the others by theirs."""
    poor, x, y, weight = fitted
    rich = model_of(-x, y, weight)
    model = of_tiers(name=poor, rich=rich)
    rows = frame(x).with_columns(page_linked_domains=pl.when(pl.int_range(pl.len()) % 3 == 0).then(1.0))
    tiers, parts = tiers_of(rows), model.contributions(rows)
    assert parts.shape == (len(x), len(model.signals))
    is_rich = (tiers == "rich").to_numpy()
    assert is_rich.sum() == len(x) // 3
    expected = np.where(is_rich, log_odds_of(rich, rows), log_odds_of(poor, rows))
    assert np.abs(model.log_odds(parts, tiers) - expected).max() <= 1e-9
    assert np.abs(model.intercepts(tiers) + parts.sum(axis=1) - expected).max() <= 1e-9


def test_curves_and_the_rows_and_columns_of_maps_are_centred(fitted) -> None:
    model, x, _, weight = fitted
    for i, table in enumerate(model.tables):
        assert abs(np.average(table(x[:, i]), weights=weight)) < 1e-9
    for pair in model.pairs:
        first, second = (
            np.bincount(
                StepTable(edges, np.zeros(len(edges) + 1), 0.0).cells(x[:, NAMES.index(name)]), weight
            )
            for name, edges in ((pair.first, pair.first_edges), (pair.second, pair.second_edges))
        )
        assert np.abs(pair.values).max() > 0.01, "a map that says something"
        assert np.abs(first @ pair.values).max() < 1e-9
        assert np.abs(pair.values @ second).max() < 1e-9


def test_contributions_are_the_shapley_values_of_signals_that_are_independent() -> None:
    """By the definition: the mean over all orders of what a signal adds to the mean of the log odds, once it is known."""
    random = np.random.default_rng(11)
    x = random.integers(0, 4, size=(2000, 4)).astype(float)
    y = (x[:, 0] * (x[:, 2] > 1) - x[:, 1] + random.normal(size=2000) > 0).astype(np.int8)
    x[random.random(x.shape) < 0.2] = np.nan
    x[:, 3] = np.nan
    weight = random.uniform(0.2, 1.0, size=2000)
    model = model_of(x, y, weight)
    values = np.array([0.0, 1.0, 2.0, 3.0, np.nan])
    shares = [
        [weight[np.isnan(c) if np.isnan(v) else c == v].sum() / weight.sum() for v in values] for c in x.T[:3]
    ]
    grid = np.array([[*at, np.nan] for at in product(values, repeat=3)])
    parts = model.contributions(frame(grid))
    cube = (model.intercept + parts.sum(axis=1)).reshape(5, 5, 5)

    def known(signals: frozenset[int]) -> np.ndarray:
        mean = cube
        for i in {0, 1, 2} - signals:
            mean = np.average(mean, axis=i, weights=shares[i], keepdims=True)
        return mean

    for i in range(3):
        added = sum(
            np.broadcast_to(
                known(frozenset(order[: order.index(i) + 1])) - known(frozenset(order[: order.index(i)])),
                cube.shape,
            )
            for order in permutations(range(3))
        )
        assert np.allclose(parts[:, i], added.ravel() / 6, atol=1e-9)


def test_curves_are_monotone_where_a_direction_is_certain(fitted) -> None:
    model = fitted[0]
    assert (np.diff(model.tables[0].values) >= -1e-12).all()
    assert (np.diff(model.tables[1].values) <= 1e-12).all()
    assert len(model.tables[2].values) > 2, "the free curve is a curve"
    assert (np.diff(model.tables[2].values) < -1e-6).any(), "and it both rises and falls"
    assert (np.diff(model.tables[2].values) > 1e-6).any()


@pytest.mark.parametrize(("signal", "sign"), [(0, 1), (1, -1)])
def test_the_whole_is_monotone_whatever_the_rest(fitted, signal: int, sign: int) -> None:
    model, x, _, _ = fitted
    steps = np.append(model.tables[signal].edges, np.inf)
    for row in x[:60]:
        rows = np.tile(row, (len(steps), 1))
        rows[:, signal] = steps
        parts = model.contributions(frame(rows))
        assert (sign * np.diff(model.intercept + parts.sum(axis=1)) >= -1e-9).all()
        assert (sign * np.diff(parts[:, signal]) >= -1e-9).all(), "and so is its own contribution"


def test_a_missing_column_is_a_missing_value_everywhere(fitted) -> None:
    model, x, _, _ = fitted
    without = frame(x).drop("up")
    blind = frame(x).with_columns(up=pl.lit(None, pl.Float64))
    assert np.array_equal(model.contributions(without), model.contributions(blind))
    assert model.signals == NAMES[:3], "what training never saw says nothing"


@settings(max_examples=50)
@given(st.lists(st.floats(-50, 50), min_size=2, max_size=20, unique=True))
def test_calibration_never_changes_the_order(fitted, values) -> None:
    model = of_tiers(name=fitted[0])
    z = np.sort(np.array(values))
    for tier in ("name", "rich"):
        p = model.probabilities(z, pl.Series([tier] * len(z)))
        assert (np.diff(p) >= 0).all() and (p >= 0).all() and (p <= 1).all()


def test_calibration_finds_the_line_that_made_the_labels() -> None:
    random = np.random.default_rng(3)
    z = random.normal(scale=2, size=20_000)
    made = logistic(0.7 * z - 0.5)
    y = (random.random(20_000) < made).astype(np.int8)
    curve = fit_curve(z, y, np.ones(20_000))
    found = calibrated(z, pl.Series(["rich"] * 20_000), {"rich": curve})
    assert np.abs(found - made)[np.abs(z) < 4].max() < 0.03


def test_calibration_bends_each_end_by_itself() -> None:
    """Labels that are surer at one end than at the other: two parameters could not say so."""
    random = np.random.default_rng(5)
    z = random.normal(scale=2, size=40_000)
    made = logistic(np.where(z > 0, 2.5 * z, 0.4 * z))
    y = (random.random(40_000) < made).astype(np.int8)
    a, b, _ = fit_curve(z, y, np.ones(40_000))
    assert b > 2 * a


def test_calibration_stays_increasing_on_labels_that_run_backwards() -> None:
    z = np.linspace(-3, 3, 200)
    a, b, _ = fit_curve(z, (z < 0).astype(np.int8), np.ones(200))
    assert min(a, b) >= 0.05


def test_logistic_neither_overflows_nor_leaves_its_range() -> None:
    with np.errstate(all="raise"):
        assert logistic(np.array([-1e6, 0.0, 1e6])).tolist() == [0.0, 0.5, 1.0]


def test_a_step_table_includes_its_upper_edge() -> None:
    table = StepTable(np.array([1.0, 2.0]), np.array([-1.0, 0.0, 1.0]), 9.0)
    assert table(np.array([0.5, 1.0, 1.5, 2.0, 2.1, np.nan])).tolist() == [-1, -1, 0, 0, 1, 9]


def test_a_leaf_with_three_signals_is_refused(fitted) -> None:
    from sklearn.ensemble import HistGradientBoostingClassifier

    _, x, y, weight = fitted
    free = HistGradientBoostingClassifier(max_iter=5, random_state=0).fit(np.nan_to_num(x), y)
    with pytest.raises(ValueError, match="more than two signals"):
        read_out(free, NAMES, x, weight)


def test_a_split_into_present_and_missing_is_read() -> None:
    x = np.where(np.arange(400)[:, None] % 2 == 0, np.nan, [[1.0, 2.0, 3.0, 4.0]])
    x[1::4, 1] = 5.0
    model = model_of(x, (np.arange(400) % 2).astype(np.int8), np.ones(400))
    assert all(not np.isinf(table.edges).any() for table in model.tables)
    log_odds = log_odds_of(model, frame(x))
    varied = [np.nanmin(c) < np.nanmax(c) for c in x.T]
    assert np.allclose(log_odds, model.estimator().decision_function(np.where(varied, x, 0.0)), atol=1e-9)
    assert log_odds[1] > 1 > -1 > log_odds[0]


def test_the_cells_of_a_coarser_table_hold_those_of_a_finer_one() -> None:
    assert coarse_cells(np.array([2.0]), np.array([1.0, 2.0, 3.0])).tolist() == [0, 0, 1, 1, 2]
    assert coarse_cells(np.empty(0), np.array([1.0])).tolist() == [0, 0, 1]


def test_a_domain_has_the_richest_tier_it_has_evidence_for() -> None:
    rows = pl.DataFrame(
        {"page_depth": [None, *4 * [1.0]], "anchor_distinct": [None, None, 1.0, 1.0, 1.0], "title_length": [None, None, None, 9.0, 9.0],
         "page_external_links": [None, None, None, None, 3.0]}
    )  # fmt: skip
    assert tiers_of(rows).to_list() == ["name", "urls", "anchors", "titles", "rich"]
    metric = pl.DataFrame({"authority_moz_da": [None, 30.0, 30.0], "page_depth": [None, None, 1.0]})
    assert tiers_of(metric).to_list() == ["name", "metrics", "urls"]
    assert tiers_of(pl.DataFrame({"other": [1.0]})).to_list() == ["name"]


def test_metrics_of_several_tools_share_their_say() -> None:
    tables = [StepTable(np.array([10.0]), np.array([1.0, -1.0]), 0.25) for _ in range(3)]
    names = ["authority_ahrefs_dr", "authority_moz_da", "page_depth"]
    model = Sum(names, b"", tables, [], 0.0)
    rows = pl.DataFrame(
        {
            "authority_ahrefs_dr": [5.0, 5.0, None],
            "authority_moz_da": [None, 5.0, None],
            "page_depth": [5.0, 5.0, 5.0],
        }
    )
    assert model.contributions(rows).tolist() == [[1.0, 0.25, 1.0], [0.5, 0.5, 1.0], [0.25, 0.25, 1.0]]


def test_a_pair_has_as_much_to_say_as_the_lesser_of_its_two() -> None:
    tables = [StepTable(np.array([10.0]), np.zeros(2), 0.0) for _ in range(3)]
    names = ["authority_ahrefs_dr", "authority_moz_da", "page_depth"]
    values = [[2.0, 4.0, 0.0], [6.0, 8.0, 0.0], [0.0, 0.0, 0.0]]
    pairs = [pair_of(names[0], names[2], [10.0], values)]
    model = Sum(names, b"", tables, pairs, 0.0)
    rows = pl.DataFrame(
        {"authority_ahrefs_dr": [5.0, 5.0, 15.0, None], "authority_moz_da": [None, 1.0, None, None], "page_depth": [15.0, 15.0, 15.0, 5.0]}
    )  # fmt: skip
    assert model.contributions(rows).tolist() == [[2, 0, 2], [1, 0, 1], [4, 0, 4], [0, 0, 0]]


def test_many_rows_are_judged_as_each_by_itself(fitted) -> None:
    model, x, _, _ = fitted
    many = np.tile(x, (12, 1))  # more than are looked up at a time
    assert np.array_equal(model.contributions(frame(many)), np.tile(model.contributions(frame(x)), (12, 1)))
    assert model.contributions(frame(x[:0])).shape == (0, 3)
