"""Whether the committed tables give the shipped model again, whole: every figure, threshold and probability, as a user would train it.

    python benchmarks/retrain.py

Runs ``detector train`` on ``training_data/`` (five minutes of processor time), with two threads for linear algebra where the shipped model was made
with one, and compares. Prints what differs, and ends with 1 where it is more than another processor's sums explain. The tests do
the same with less: all sums, and one tier out of fold (``tests/classifier/test_retraining.py``).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import polars as pl

from detector.classifier.dataset import Dataset
from detector.classifier.model import Model, tiers_of
from detector.classifier.store import Loaded, load
from detector.classifier.training import inputs, make_examples
from detector.signals.wording import SCALE

TABLES = Path(__file__).parents[1] / "training_data"
#: Another processor adds the same sums in another order, and the solver of the words' weights then stops a little beside.
MOST_OF_A_WEIGHT, MOST_WEIGHTS, MOST_OF_BIAS = 0.02, 0.2, 1e-3
MOST_OF_A_PROBABILITY, MOST_OF_A_FIGURE = 1e-9, 1e-6


def retrained(folder: Path) -> Loaded:
    """The model that the installed command makes."""
    command = [str(Path(sys.executable).with_name("detector")), "train", "--data", str(TABLES), "--quiet"]
    subprocess.run(
        [*command, "--out", str(folder)], check=True, env=os.environ | {"OPENBLAS_NUM_THREADS": "2"}
    )
    return load(folder)


def probabilities(model: Model, rows: pl.DataFrame) -> np.ndarray:
    tiers = tiers_of(rows)
    return model.probabilities(model.log_odds(model.contributions(rows), tiers), tiers)


def differences(made: Loaded, kept: Loaded, data: Dataset) -> dict[str, tuple[float, float]]:
    """What was compared -> (the difference, the most that is allowed)."""
    examples = make_examples(data.rows)
    rows = pl.DataFrame(examples.x, schema=[s.name for s in inputs()], orient="row").fill_nan(None)
    texts, former = made.model.texts, kept.model.texts
    weights = np.abs(texts.table.astype(np.int32) - former.table)
    figures = [
        abs(value - made.manifest["metrics"]["tiers"][tier][name])
        for tier, told in kept.manifest["metrics"]["tiers"].items()
        for name, value in told.items()
        if isinstance(value, float)
    ]
    apart = np.abs(probabilities(made.model, rows) - probabilities(kept.model, rows))
    return {
        "a probability": (float(apart.max()), MOST_OF_A_PROBABILITY),
        "a figure of the card": (max(figures), MOST_OF_A_FIGURE),
        "thresholds": (float(made.manifest["thresholds"] != kept.manifest["thresholds"]), 0.0),
        "a word's weight": (float(weights.max() / SCALE), MOST_OF_A_WEIGHT),
        "weights that differ": (np.count_nonzero(weights) / np.count_nonzero(former.table), MOST_WEIGHTS),
        "the bias of texts": (abs(texts.bias - former.bias), MOST_OF_BIAS),
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = differences(retrained(Path(folder)), load(), Dataset.load(TABLES))
    for what, (difference, most) in found.items():
        print(f"{what}: {difference:.2g} (at most {most:g})")
    sys.exit(any(difference > most for difference, most in found.values()))


if __name__ == "__main__":
    main()
