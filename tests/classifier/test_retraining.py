"""The committed tables give the shipped model: all its sums and words, and one tier's calibration and figures.

``benchmarks/retrain.py`` compares everything, by the command itself.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from in_process import Run
from threadpoolctl import threadpool_limits

from detector.classifier import model, training, words
from detector.classifier.dataset import Dataset
from detector.classifier.evaluation import by_tier, of_tier
from detector.classifier.model import TIERS
from detector.classifier.store import Loaded, load
from detector.classifier.training import Examples, inputs, make_examples
from detector.signals.wording import SCALE

TABLES = Path(__file__).parents[2] / "training_data"
#: The one whose figures are measured again, by five fits.
TIER = "urls"


@pytest.fixture(scope="module")
def shipped() -> Dataset:
    return Dataset.load(TABLES)


@pytest.fixture(scope="module")
def examples(shipped: Dataset) -> Examples:
    return make_examples(shipped.rows)


@pytest.fixture(scope="module")
def kept() -> Loaded:
    return load()


@pytest.mark.parametrize("first", ["classifier.training", "classifier.store", "signals.page", "auditing"])
def test_signals_stand_in_the_order_of_training_whatever_is_imported_first(kept: Loaded, first: str) -> None:
    call = f"import detector.{first}\nfrom detector.classifier.training import inputs\nprint(*(s.name for s in inputs()))"
    done = subprocess.run([sys.executable, "-c", call], capture_output=True, text=True, check=True)
    assert done.stdout.split() == kept.model.inputs


@pytest.mark.parametrize("tier", TIERS)
def test_each_sum_is_made_again(examples: Examples, kept: Loaded, tier: str) -> None:
    seen = (examples.tier == tier).to_numpy()
    made, former = training._fit_sum(examples, seen), kept.model.sums[tier]
    assert made.signals == former.signals
    rows = pl.DataFrame(examples.x[seen], schema=[s.name for s in inputs()], orient="row").fill_nan(None)
    assert np.allclose(made.contributions(rows), former.contributions(rows), atol=1e-9)
    assert made.intercept == pytest.approx(former.intercept, abs=1e-9)


def test_the_weights_of_words_are_made_again(shipped: Dataset, kept: Loaded) -> None:
    with threadpool_limits(2, "blas"):  # they were made with one
        made, former = shipped.texts.weights(shipped.rows), kept.model.texts
    # Another processor adds the same sums in another order, and the solver then stops a little beside.
    apart = np.abs(made.table.astype(np.int32) - former.table)
    assert apart.max() <= 0.02 * SCALE
    assert np.count_nonzero(apart) <= 0.2 * np.count_nonzero(former.table)
    assert made.bias == pytest.approx(former.bias, abs=1e-3)


def test_a_tiers_calibration_and_figures_are_made_again(
    shipped: Dataset, examples: Examples, kept: Loaded
) -> None:
    chosen = (examples.tier == TIER).to_numpy()
    arrays = (examples.x, examples.y, examples.weight, examples.row, examples.fold)
    some = Examples(
        *(array[chosen] for array in arrays),
        examples.mask.filter(pl.Series(chosen)),
        examples.tier.filter(pl.Series(chosen)),
    )
    judged = training.out_of_fold(shipped.rows, some)
    everybody = np.full(len(some.y), True)
    curves = training._curves(shipped.rows, some, judged["log_odds"].to_numpy(), everybody)
    assert curves[TIER] == pytest.approx(kept.model.curves[TIER], abs=1e-6)
    [told] = [of_tier(*rest) for tier, *rest in by_tier(shipped.rows, judged) if tier == TIER]
    former = kept.manifest["metrics"]["tiers"][TIER]
    assert told.keys() == former.keys()
    for name, value in former.items():
        if name not in ("reliability", "roc"):
            assert told[name] == pytest.approx(value, abs=1e-6), name


def test_the_command_makes_a_model_from_tables_and_tells_its_skill(
    detector: Run, shipped: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From an eighth of the tables with few small trees: the way is the same, the figures are poor."""
    monkeypatch.setitem(model.BOOSTING, "max_iter", 3)
    monkeypatch.setattr(words, "STEPS", 2)
    rows = shipped.rows.gather_every(8)
    uses = shipped.texts.uses.filter(pl.col("document") < rows.height)  # whose texts they are does not matter
    Dataset(rows, replace(shipped.texts, uses=uses)).save(tmp_path / "tables")
    done = detector("train", "--data", "tables", "--out", "models")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("models: AUC 0.")
    made = load(tmp_path / "models")
    figures = made.manifest["metrics"]["tiers"]["rich"]
    assert f"AUC {figures['auc']:.3f}" in done.stdout
    assert 0.8 < figures["auc"] < 1
    assert "# " in (tmp_path / "models" / "MODEL_CARD.md").read_text()
