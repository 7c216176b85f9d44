"""The figures of the model card: skill, calibration, worth of signals; and the card that is written from them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.classifier import model, protocol, recipe, words, worth
from detector.classifier.card import model_card
from detector.classifier.dataset import Dataset
from detector.classifier.evaluation import (
    LOOKED_AT,
    _of_known,
    _of_read,
    _refuted,
    by_domain,
    calibration,
    review_from,
    roc,
    skill,
    told_of,
)
from detector.classifier.plots import CALIBRATION, RECALL, write_plots
from detector.classifier.recipe import EVALUATION, SIGNALS_PAGE, evaluate_model, train_model
from detector.classifier.store import CARD
from detector.classifier.training import AS_IT_STANDS
from detector.classifier.worth_page import learns_the_source, worth_page
from detector.errors import InputError
from detector.links.domains import Domains

TABLES = Path(__file__).parents[2] / "training_data"
LABELS = st.lists(st.tuples(st.integers(0, 1), st.floats(0, 1)), min_size=4, max_size=60).filter(
    lambda pairs: {label for label, _ in pairs} == {0, 1}
)


def arrays(pairs: list[tuple[int, float]]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    return np.array([p[0] for p in pairs], dtype=np.int8), np.array([p[1] for p in pairs])


def test_skill_by_hand() -> None:
    label, score = arrays([(0, 0.1), (0, 0.2), (0, 0.6), (0, 0.3), (1, 0.9), (1, 0.5)])
    told = skill(label, score)
    assert told["auc"] == pytest.approx(7 / 8)  # one of eight pairs is the wrong way round
    assert told["recall_at_1pct"] == 0.5  # above every ordinary one
    assert (told["domains"], told["toxic_domains"]) == (6, 2)


@given(LABELS)
def test_the_curve_rises_from_what_costs_nothing_to_everything(pairs: list[tuple[int, float]]) -> None:
    label, score = arrays(pairs)
    points = np.array(roc(label, score))
    assert (np.diff(points, axis=0) >= -1e-9).all()
    assert points[0][0] == 0
    assert points[-1][0] == 1
    assert points[0][1] == pytest.approx((score[label == 1] > score[label == 0].max()).mean(), abs=1e-4)


@given(LABELS)
def test_calibration_counts_everybody_once(pairs: list[tuple[int, float]]) -> None:
    label, probability = arrays(pairs)
    told = calibration(label, probability, np.ones(len(label)))
    assert sum(size for *_, size in told["reliability"]) == pytest.approx(len(label))
    error = sum(size * abs(told - true) for told, true, size in told["reliability"]) / len(label)
    assert told["ece"] == pytest.approx(error, abs=1e-3)
    assert told["brier"] == pytest.approx(((probability - label) ** 2).mean())


def test_calibration_of_probabilities_that_are_told_twice_is_that_of_half_as_many_domains() -> None:
    label, probability = arrays([(0, 0.1), (1, 0.3), (0, 0.2), (1, 0.7), (1, 0.95)] * 20)
    once = calibration(label, probability, np.ones(100))
    twice = calibration(np.repeat(label, 2), np.repeat(probability, 2), np.full(200, 0.5))
    assert twice["reliability"] == once["reliability"]
    assert (twice["ece"], twice["brier"]) == pytest.approx((once["ece"], once["brier"]))
    assert once["ece"] == pytest.approx((0.1 + 0.7 + 0.2 + 0.3 + 0.05) / 5)


def test_calibration_is_of_what_each_profile_is_told_and_each_domain_weighs_one() -> None:
    rows, judged = table(("a", 1, "f", True, 0.2), ("a", 1, "f", True, 0.6), ("b", 0, "g", True, 0.1))
    label, score, weight = told_of(rows, judged["probability"].to_numpy())
    assert (label.tolist(), score.tolist(), weight.tolist()) == ([1, 1, 0], [0.2, 0.6, 0.1], [0.5, 0.5, 1.0])


def table(*rows: tuple[str, int, str, bool, float]) -> tuple[pl.DataFrame, pl.DataFrame]:
    names = ["key", "label", "family", "strong"]
    about = pl.DataFrame([r[:4] for r in rows], schema=names, orient="row").with_columns(
        category=pl.lit("c"), known="strong", found=pl.lit(None, pl.String), evidence=pl.lit("single")
    )
    return about, pl.DataFrame({"probability": [r[4] for r in rows]})


def test_domains_count_once_by_their_mean_and_only_with_a_trusted_label() -> None:
    rows, judged = table(("a", 1, "f", True, 0.2), ("a", 1, "f", True, 0.6), ("b", 0, "g", False, 0.9))
    told = by_domain(rows, judged["probability"].to_numpy())
    assert told.select("key", "score").rows() == [("a", pytest.approx(0.4))]


def test_a_baseline_is_told_where_it_has_its_input_and_not_where_that_is_of_one_label_alone() -> None:
    rows, judged = table(*[(f"d{i}", i % 2, "f", True, 0.9 if i % 2 else 0.1) for i in range(8)])
    ours = judged["probability"].to_numpy()
    flags = np.array([0.0, 1.0, 0.0, 1.0, np.nan, np.nan, np.nan, np.nan])
    told = _of_known(rows, flags, ours)
    assert told is not None
    assert (told["domains"], told["auc"], told["our_auc"]) == (4, 1.0, 1.0)
    flags[[0, 2]] = np.nan
    assert _of_known(rows, flags, ours) is None


@pytest.mark.parametrize(
    ("label", "found", "refuted"),
    [
        (0, "honest", False), (0, "toxic", True), (0, "hacked", True), (0, "planted", True), (0, None, False),
        (1, "honest", True), (1, "toxic", False), (1, "hacked", False), (1, None, False),
    ],
)  # fmt: skip
def test_reading_refutes_a_label_where_it_found_the_opposite(
    label: int, found: str | None, refuted: bool
) -> None:
    row = pl.DataFrame({"label": [label], "found": [found]}, schema={"label": pl.Int8, "found": pl.String})
    assert row.select(_refuted()).item() is refuted


def test_links_that_were_read_have_figures_of_their_own() -> None:
    rows, judged = table(
        *[(f"l{i}", i % 2, "f", True, 0.5) for i in range(6)],
        *[(f"r{i}", i % 2, "read", False, (0.95 if i % 2 else i / 10)) for i in range(10)],
    )
    rows = rows.with_columns(evidence=pl.when(pl.col("family") == "read").then(pl.lit("read")))
    judged = judged.with_columns(row=pl.int_range(pl.len()), tier=pl.lit("rich"), mask=pl.lit(AS_IT_STANDS))
    told = _of_read(rows, judged, {"review": 0.7, "disavow": 0.9})
    assert set(told) == {"rich"}
    assert (told["rich"]["domains"], told["rich"]["auc"]) == (10, 1.0)
    assert (told["rich"]["review_per_1000"], told["rich"]["disavow_per_1000"]) == (200.0, 0.0)


def test_the_review_threshold_has_few_ordinary_domains_above_it_and_is_at_least_a_half() -> None:
    honest = [(f"h{i}", 0, "g", True, i / 1000) for i in range(1000)]
    assert review_from(*table(*honest)) == pytest.approx(1 - LOOKED_AT, abs=0.001)
    rows, judged = table(*honest)
    spam_on_them = pl.when(pl.int_range(pl.len()) >= 990).then(pl.lit("hacked"))
    assert review_from(rows.with_columns(found=spam_on_them), judged) == pytest.approx(0.970, abs=0.001)
    low = [(f"h{i}", 0, "g", True, i / 10_000) for i in range(1000)]
    assert review_from(*table(*low)) == 0.5


# ------------------------------------------------------------------------------------------------ worth of signals


@pytest.fixture(scope="module")
def shipped() -> Dataset:
    return Dataset.load(TABLES)


def test_no_signal_that_is_learnt_tells_sources_apart_better_than_spam(shipped: Dataset) -> None:
    entries = list(worth.alone(shipped.rows))
    assert [e["name"] for e in entries if e["in_model"] and learns_the_source(e)] == []


def test_a_signal_that_is_the_source_is_found_out() -> None:
    draw = np.random.default_rng(0)
    families = ["a"] * 100 + ["b"] * 100 + ["t"] * 100
    rows = pl.DataFrame(
        {
            "key": [f"d{i}" for i in range(300)], "label": [0] * 200 + [1] * 100, "family": families,
            "strong": True, "category": "c", "evidence": "single",
        }
    ).with_columns(pl.lit(None, pl.Float32).alias(name) for name in worth.all_signals())  # fmt: skip
    of_source = draw.normal([0.0] * 100 + [5.0] * 100 + [2.5] * 100, 0.3)
    of_spam = draw.normal([0.0] * 200 + [5.0] * 100, 0.3)
    rows = rows.with_columns(name_length=pl.Series(of_source), page_depth=pl.Series(of_spam))
    told = {e["name"]: e for e in worth.alone(rows)}
    assert learns_the_source(told["name_length"])
    assert told["name_length"]["sources"] > 0.99
    assert not learns_the_source(told["page_depth"])
    assert told["name_length"]["read"] is None  # nothing was read
    assert told["page_depth"]["alone"] > 0.99
    assert told["title_length"]["alone"] is None  # nobody has it


def test_without_what_no_tree_looks_at_the_figures_are_the_same(
    shipped: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worth, "FAST", {"max_iter": 3, "max_features": 0.5})
    rows = shipped.rows.gather_every(8)
    examples = worth.make_examples(rows)
    used = worth._used_columns(examples, "name")
    unused = sorted(set(worth._known_columns(examples, "name")) - used)
    assert used
    assert worth._without(rows, examples, "name", unused[0]) == worth._skill(rows, examples, "name")


def test_the_page_says_which_signals_are_not_learnt_and_why() -> None:
    def entry(name: str, *, in_model: bool, alone: float, sources: float) -> dict[str, Any]:
        return {
            "name": name, "family": "name" if in_model else "vendor", "in_model": in_model, "known": 0.5,
            "alone": alone, "read": 0.5, "sources": sources, "without": {"rich": 0.0012} if in_model else {},
        }  # fmt: skip

    figures = {
        "tiers": {"rich": {"auc": 0.97, "noise": 0.0004}},
        "signals": [
            entry("name_length", in_model=True, alone=0.7, sources=0.55),
            entry("name_hyphens", in_model=True, alone=0.5, sources=0.9),
            entry("vendor_moz_spam", in_model=False, alone=0.9, sources=0.5),
        ],
    }
    page = worth_page(figures, 1234, "2026-11-21")
    assert "| `name_length` | name | 50% | 0.700 | 0.500 | 0.550 | +0.0012 |" in page
    assert "| `vendor_moz_spam` | vendor | 50% | 0.900 | 0.500 | 0.500 | another vendor's opinion |" in page
    assert "still learnt from: `name_hyphens`" in page
    assert "1,234 labelled domains" in page
    assert "rich ±0.0004" in page


# ------------------------------------------------------------------------------------------------ everything at once


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few small trees, few steps for the texts, one pair of families, one signal left out: the way is the same, the figures are poor."""
    monkeypatch.setitem(model.BOOSTING, "max_iter", 3)
    monkeypatch.setattr(words, "STEPS", 2)
    monkeypatch.setattr(protocol, "LEFT_OUT", protocol.LEFT_OUT[:1])
    monkeypatch.setattr(protocol, "SEEDS", (1,))
    monkeypatch.setattr(protocol, "_families", lambda: ["name"])
    monkeypatch.setattr(worth, "FAST", {"max_iter": 2, "learning_rate": 0.25})
    monkeypatch.setattr(worth, "_SEEDS", (1, 2))
    monkeypatch.setattr(worth, "_known_columns", lambda examples, tier: [0] if tier == "rich" else [])


@pytest.mark.slow
@pytest.mark.usefixtures("quick")
def test_a_model_is_measured_again_by_the_whole_protocol(shipped: Dataset, tmp_path: Path) -> None:
    domains, out = Domains.default(), tmp_path / "models"
    rows = shipped.rows.gather_every(16)
    uses = shipped.texts.uses.filter(
        pl.col("document") < rows.height
    )  # whose texts they are does not matter here
    fewer = Dataset(rows, replace(shipped.texts, uses=uses))
    train_model(fewer, TABLES, out, domains)
    assert "not yet measured for this model" in (out / CARD).read_text()
    figures = evaluate_model(fewer, TABLES, out, domains)
    assert figures["differences"] == []
    card, page = (out / CARD).read_text(), (out / SIGNALS_PAGE).read_text()
    for heading in (
        "Whole families left out",
        "Without a family of signals",
        "Other draws",
        "## The promise",
    ):
        assert heading in card
    assert "not yet measured" not in card
    assert f"({CALIBRATION})" in card
    assert all((out / name).read_text().startswith("<?xml") for name in (CALIBRATION, RECALL))
    assert "`title_words`" in page
    # a model that is trained anew is another one: what was found of the old one is not told of it
    model.BOOSTING["max_iter"] = 4
    train_model(fewer, TABLES, out, domains)
    assert "not yet measured for this model" in (out / CARD).read_text()
    assert (out / EVALUATION).exists()


def test_a_model_of_other_tables_is_not_measured(shipped: Dataset, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"manifest\.json: the manifest of the model cannot be read"):
        evaluate_model(shipped, TABLES, tmp_path, Domains.default())
    whole = {"training_data": {}, "metrics": {}, "sha256": "0", "trained": "2026-11-21"}
    (tmp_path / "manifest.json").write_text(json.dumps(whole))
    with pytest.raises(InputError, match="this model was not made from the tables"):
        evaluate_model(shipped, TABLES, tmp_path, Domains.default())


def test_the_plots_are_the_same_bytes_for_the_same_figures(tmp_path: Path) -> None:
    pairs = [[0.1, 0.1, 5], [0.9, 0.8, 5]]
    tiers = {
        "rich": {"auc": 0.9, "ece": 0.05, "reliability": pairs, "roc": [[0.0, 0.1], [0.01, 0.5], [1.0, 1.0]]}
    }
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_plots(tmp_path / name, tiers)
        made.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert made[0] == made[1]
    assert set(made[0]) == {CALIBRATION, RECALL}


def test_the_shipped_card_is_that_of_the_shipped_model() -> None:
    models = TABLES.parent / "models"
    manifest = recipe._manifest(models)
    assert (models / CARD).read_text(encoding="utf-8") == model_card(
        manifest, recipe._thorough(models, manifest)
    )
