"""Which questions teach a classifier most, and how long it takes to put them in order.

    python benchmarks/learning.py

A learner knows 40 labelled domains of the training tables (rich exports) and may ask for 40 more, five times over; what it
is asked about is chosen by chance, by probability (the worst first, as a list sorted by harm is worked through), by uncertainty alone, or by
``teaching.order``. After each round a small boosting is fitted, and its AUC measured on domains that are never asked. Means over draws
of the start and of the halves. Then the time to order 300,000 domains.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from detector.classifier.dataset import Dataset
from detector.classifier.model import fit_booster, tiers_of
from detector.classifier.teaching import order, unsure
from detector.classifier.training import inputs

TABLES = Path(__file__).resolve().parent.parent / "training_data"
START, ASKED, ROUNDS = 40, 40, 5
Choose = Callable[[pl.DataFrame, Any, Any], Any]

#: How the next questions are chosen: (domains, their probabilities, random numbers) -> row numbers, the first question first.
STRATEGIES: dict[str, Choose] = {
    "by chance": lambda pool, p, draw: draw.permutation(pool.height),
    "by probability": lambda pool, p, draw: np.argsort(-p, kind="stable"),
    "by uncertainty": lambda pool, p, draw: np.argsort(-unsure(p), kind="stable"),
    "teaching.order": lambda pool, p, draw: order(pool, p),
}


def domains() -> pl.DataFrame:
    """Trusted domains of rich exports, one row each; ``cluster`` is the operator where it is known, ``suffix`` the TLD."""
    rows = Dataset.load(TABLES).rows.filter("strong").unique("key", keep="first", maintain_order=True)
    operator = pl.when(pl.col("operator")).then(pl.col("group"))
    return rows.filter(tiers_of(rows) == "rich").with_columns(
        cluster=operator, suffix=pl.col("tld"), referring_domain=pl.col("key")
    )


def fitted(x: Any, y: Any) -> Any:
    """The model's boosting, smaller."""
    small = {"max_iter": 40, "learning_rate": 0.15, "min_samples_leaf": 5}
    return fit_booster(x, y, np.ones(len(y)), [signal.direction for signal in inputs()], **small)


def learn(table: pl.DataFrame, x: Any, y: Any, choose: Choose, seed: int) -> list[float]:
    """AUC on the other half after the start and after each round."""
    from sklearn.metrics import roc_auc_score

    draw = np.random.default_rng(seed)
    half = draw.permutation(table.height)
    tested, pool = half[: table.height // 2], half[table.height // 2 :]
    sides = [pool[y[pool] == label][: START // 2] for label in (0, 1)]
    known, aucs = np.concatenate(sides), []
    for _ in range(ROUNDS + 1):
        model = fitted(x[known], y[known])
        aucs.append(float(roc_auc_score(y[tested], model.decision_function(x[tested]))))
        left = pool[~np.isin(pool, known)]
        asked = choose(table[left.tolist()], model.predict_proba(x[left])[:, 1], draw)[:ASKED]
        known = np.concatenate([known, left[asked]])
    return aucs


def seconds_to_order(number: int) -> float:
    """Least of three runs."""
    draw = np.random.default_rng(0)
    frame = pl.DataFrame(
        {
            "referring_domain": [f"d{n}.example" for n in range(number)],
            "cluster": draw.integers(0, number // 100, number),
            "kind": draw.integers(0, 12, number),
            "suffix": draw.integers(0, 300, number),
        }
    )
    p, runs = draw.random(number), []
    for _ in range(3):
        start = time.perf_counter()
        order(frame, p)
        runs.append(time.perf_counter() - start)
    return min(runs)


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare ways to choose what a person is asked.")
    parser.add_argument("--draws", type=int, default=10, help="draws of the start and of the halves")
    args = parser.parse_args()
    table = domains()
    x = table.select(pl.col(s.name).cast(pl.Float64) for s in inputs()).to_numpy()
    y = table["label"].to_numpy()
    print("| chosen | " + " | ".join(f"{START + ASKED * n} known" for n in range(ROUNDS + 1)) + " |")
    print("|---|" + "---|" * (ROUNDS + 1))
    for name, choose in STRATEGIES.items():
        means = np.mean([learn(table, x, y, choose, seed) for seed in range(args.draws)], axis=0)
        print(f"| {name} | " + " | ".join(f"{mean:.4f}" for mean in means) + " |", flush=True)
    print(f"\n300,000 domains are put in order in {seconds_to_order(300_000):.2f} s.")


if __name__ == "__main__":
    main()
