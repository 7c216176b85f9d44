"""Learning from decisions: what becomes of them, that it helps where they are right, and that harm is told."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from detector.classifier import decisions, model
from detector.classifier.dataset import Dataset
from detector.classifier.decisions import MOST_OF_GROUP, MOST_OF_SITE, WEIGHT, Shift, learn, own_rows
from detector.classifier.store import load
from detector.errors import DetectorError
from detector.links.domains import Domains
from detector.signals.registry import all_signals

TABLES = Path(__file__).parents[2] / "training_data"


@cache
def every_row() -> Dataset:
    return Dataset.load(TABLES)


@pytest.fixture(scope="module")
def tables() -> Dataset:
    """Every sixteenth domain of the training tables, in every fold."""
    whole = every_row()
    kept = whole.rows.with_row_index("old").filter(pl.col("key").str.slice(0, 1) == "0")
    places = kept.select(document=pl.col("old").cast(pl.UInt32)).with_row_index("new")
    uses = whole.texts.uses.join(places, on="document", maintain_order="left").drop("document")
    uses = uses.select(pl.col("new").alias("document"), pl.exclude("new"))
    return Dataset(kept.drop("old"), replace(whole.texts, uses=uses))


def decided(
    tables: Dataset, number: int = 120, *, flipped: bool = False, cluster: int | None = None
) -> pl.DataFrame:
    """Decisions about domains like those of the tables, right or the wrong way round."""
    rows = every_row().rows.filter(
        pl.col("strong")
        & ~pl.col("key").is_in(tables.rows["key"].implode())
        & pl.col("title_length").is_not_null()
    )
    sides = [rows.filter(label=label).head(number // 2) for label in (0, 1)]
    own = pl.concat(sides).with_row_index("n")
    return own.select(
        pl.lit("kettles.example").alias("site"),
        referring_domain=pl.format("d{}.example", "n"),
        label=(1 - pl.col("label")) if flipped else pl.col("label"),
        cluster=pl.lit(cluster, pl.UInt32),
        **{name: pl.col(name).cast(pl.Float64) for name in all_signals() if name in own.columns},
    )


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small boosting: what is tested is the way, not the skill."""
    for name, value in {"max_iter": 20, "min_samples_leaf": 8, "learning_rate": 0.3}.items():
        monkeypatch.setitem(model.BOOSTING, name, value)
    monkeypatch.setattr(decisions, "_DRAWS", 40)


def test_decisions_become_rows_without_names(tables: Dataset) -> None:
    own = own_rows(decided(tables), tables)
    assert dict(own.schema) == dict(tables.rows.schema)
    assert own["weight"].unique().to_list() == [pytest.approx(MOST_OF_SITE / 120)], (
        "more than one site may weigh"
    )
    few = own_rows(decided(tables, 40), tables)
    assert few["weight"].unique().to_list() == [WEIGHT]
    assert not own["strong"].any()
    assert set(own["family"]) == {"own"}
    assert sorted(own["fold"].unique()) == [0, 1, 2, 3, 4]
    for name in ("key", "profile", "group"):
        assert own[name].str.contains("^[0-9a-f]{16}$").all()
    told = decided(tables).sort("referring_domain")
    assert np.allclose(own["title_length"].sort(), told["title_length"].sort())


def test_a_group_is_one_piece_of_knowledge(tables: Dataset) -> None:
    own = own_rows(decided(tables, cluster=4), tables)
    assert own["fold"].n_unique() == own["group"].n_unique() == 1
    assert own["weight"].sum() == pytest.approx(WEIGHT * MOST_OF_GROUP)
    other = decided(tables, cluster=4).with_columns(site=pl.lit("pans.example"))
    both = own_rows(pl.concat([decided(tables, cluster=4), other]), tables)
    assert both["group"].n_unique() == 2, "cluster 4 of another site is another one"


@pytest.mark.parametrize("label", [0, 1])
def test_too_few_decisions_are_refused_in_one_sentence(tables: Dataset, label: int) -> None:
    side = decided(tables).filter(pl.col("label") != label).head(40)
    few = pl.concat([side, decided(tables).filter(label=label).head(3)])
    with pytest.raises(DetectorError, match=r"only 3 to (keep|disavow), and at least 10 of each"):
        own_rows(few, tables)


def test_right_decisions_do_no_harm_and_the_manifest_holds_counts_only(
    tables: Dataset, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decisions, "MOST_OF_SITE", 6.0)  # of these tables the share that 100 is of all
    own = own_rows(decided(tables), tables)
    learnt = learn(tables, TABLES, own, load().model, Domains.default())
    assert (learnt.decisions.disavow, learnt.decisions.keep, learnt.decisions.groups) == (60, 60, 120)
    assert learnt.decisions.auc.after > 0.8
    assert not learnt.shipped["rich"].worse
    assert learnt.manifest["decisions"]["sites"] == 1
    assert learnt.manifest["metrics"]["rows"] == tables.rows.height, (
        "the figures are of the training tables alone"
    )
    held = learnt.manifest["held_out"]["rich"]
    assert held["honest"] + held["toxic"] <= tables.rows.filter("known")["key"].n_unique()
    assert "example" not in str(learnt.manifest)


def test_wrong_decisions_are_learnt_and_the_harm_is_told(
    tables: Dataset, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decisions, "WEIGHT", 30.0)
    monkeypatch.setattr(decisions, "MOST_OF_SITE", 1e9)
    own = own_rows(decided(tables, 400, flipped=True), tables)
    learnt = learn(tables, TABLES, own, load().model, Domains.default())
    assert learnt.decisions.auc.after > learnt.decisions.auc.before, "it does as it is told"
    assert any("training tables (rich) fell" in sentence for sentence in learnt.worse)


# ---------------------------------------------------------------------- noise


def test_a_change_is_told_from_noise() -> None:
    assert Shift(0.98, 0.97, -0.015, -0.004).worse
    assert not Shift(0.98, 0.97, -0.025, 0.004).worse, "the interval holds no change"
    assert not Shift(0.98, 0.9795, -0.0009, -0.0001).worse, "no more than when it is measured again"
    assert Shift(0.9, 0.95, 0.01, 0.09).better


def test_the_interval_holds_no_change_where_only_noise_is_between_them() -> None:
    random = np.random.default_rng(5)
    wrong = 0
    for _ in range(20):
        label = (random.random(300) < 0.4).astype(np.int8)
        score = label + random.normal(0, 0.8, 300)
        one, other = (score + random.normal(0, 0.3, 300) for _ in range(2))
        shift = decisions._shift(label, one, other, np.arange(300), decisions._auc)
        wrong += shift.high < 0 or shift.low > 0
    assert wrong <= 2, "a 98 % interval"


def test_groups_widen_the_interval() -> None:
    random = np.random.default_rng(1)
    label = np.repeat([0, 1], 100).astype(np.int8)
    before, after = random.random(200), label + random.normal(0, 1, 200)
    single = decisions._shift(label, before, after, np.arange(200), decisions._auc)
    grouped = decisions._shift(label, before, after, np.arange(200) // 20, decisions._auc)
    assert grouped.high - grouped.low > 0
    assert (single.before, single.after) == (grouped.before, grouped.after)


def test_the_auc_is_that_of_the_library() -> None:
    from sklearn.metrics import roc_auc_score

    random = np.random.default_rng(2)
    label = (random.random(200) < 0.3).astype(np.int8)
    score = (label + random.normal(0, 1, 200)).round(1)  # with ties
    assert decisions._auc(label, score) == pytest.approx(roc_auc_score(label, score))
