"""How well content features alone tell spam hosts: WEBSPAM-UK2007, 10-fold cross-validation, ten seeded repeats.

    DETECTOR_RAW=DIR python benchmarks/webspam.py [--repeats 10]

The tables (research data, read where they lie; nothing of them is kept) hold the 24 content features of ``detector.web.page.content`` for
home page, page of highest PageRank, average and standard deviation over the host, and the judges' labels. Compared are gradient
boosting as it comes, on the columns as they are, and the design: what the columns mean, spelt out (see ``described``), and an average of
slow boosted trees, weighted for the rare class and not, with a support vector machine on normal scores. Of each repeat the areas
under the ROC curve of the ten folds are averaged; nothing is fitted, scaled or chosen on a held-out fold.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import QuantileTransformer
from sklearn.svm import SVC

Table = NDArray[np.float64]
FEATURES, BLOCKS = 24, 4
WORDS, WORD_LENGTH, VISIBLE, LIKELIHOOD, ENTROPY = 0, 2, 4, 22, 23
CORPUS, QUERIES = slice(6, 10), slice(14, 18)


def load(raw: Path) -> tuple[Table, NDArray[np.int8]]:
    """The 96 content columns of every labelled host, and whether it is spam."""
    path = raw / "data" / "html" / "webspam_uk2007_features" / "content-train.arff"
    rows, spam = [], []
    for line in path.read_text().splitlines():
        if not line[:1].isdigit():
            continue
        cells = line.split(",")
        cells[0] = cells[0].rpartition("-")[2]  # the host's number is glued to the first value
        rows.append([float(cell) for cell in cells[: FEATURES * BLOCKS]])
        spam.append(cells[FEATURES * BLOCKS] == "spam")
    return np.array(rows), np.array(spam, dtype=np.int8)


def described(x: Table) -> Table:
    """The columns, and what they say together.

    Differences between the host's pages (home, most linked, average); the size of text and source behind the fractions; how far likelihood and
    entropy lie below those of a text that never repeats itself; query words among popular words; spread against mean.
    """
    home, top, mean, spread = (x[:, at * FEATURES : (at + 1) * FEATURES] for at in range(BLOCKS))
    pages = (home, top, mean)
    source = [page[:, [WORDS]] / np.maximum(page[:, [VISIBLE]], 1e-6) for page in pages]
    unrepeated = [np.log(np.maximum(page[:, [WORDS]] - 2, 1)) for page in (home, top)]
    repeated = [
        page[:, [LIKELIHOOD, ENTROPY]] - most for page, most in zip((home, top), unrepeated, strict=True)
    ]
    uneven = [page[:, [LIKELIHOOD]] - page[:, [ENTROPY]] for page in pages]
    return np.hstack(
        [
            x, top - home, mean - home, np.log1p(home[:, [WORDS]] * home[:, [WORD_LENGTH]]), *source, *repeated, *uneven,
            home[:, QUERIES] / np.maximum(home[:, CORPUS], 1e-3), (home == top).all(axis=1, keepdims=True),
            np.sqrt(np.maximum(spread, 0)) / np.maximum(np.abs(mean), 1e-6),
        ]
    )  # fmt: skip


def trees(seed: int, *, weight: str | None, columns: float) -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        learning_rate=0.03, max_iter=250, max_leaf_nodes=8, l2_regularization=5, max_features=columns,
        class_weight=weight, random_state=seed,
    )  # fmt: skip


def plain(x: Table, y: NDArray[np.int8], unseen: Table, seed: int) -> Table:
    """Gradient boosting as it comes."""
    model = HistGradientBoostingClassifier(random_state=seed).fit(x, y)
    return np.asarray(model.decision_function(unseen))


def design(x: Table, y: NDArray[np.int8], unseen: Table, seed: int) -> Table:
    """The average of the members' scores, each scaled by its spread on what it was fitted to."""
    x, unseen = described(x), described(unseen)
    scores = QuantileTransformer(n_quantiles=200, output_distribution="normal", random_state=seed)
    members: list[Any] = [trees(seed * 10 + at, weight=None, columns=0.3) for at in range(2)]
    members += [trees(seed * 10 + 5 + at, weight="balanced", columns=0.2) for at in range(2)]
    members += [make_pipeline(scores, SVC(C=1, gamma=0.003, class_weight="balanced"))]
    share = [1, 1, 1, 1, 2]
    total = np.zeros(len(unseen))
    for member, part in zip(members, share, strict=True):
        member.fit(x, y)
        total += part * member.decision_function(unseen) / np.std(member.decision_function(x))
    return total


def cross_validated(
    fit: Callable[[Table, NDArray[np.int8], Table, int], Table], x: Table, y: NDArray[np.int8], seed: int
) -> float:
    """Mean area under the curve of ten stratified folds."""
    folds = StratifiedKFold(10, shuffle=True, random_state=seed)
    areas = [
        roc_auc_score(y[test], fit(x[train], y[train], x[test], seed)) for train, test in folds.split(x, y)
    ]
    return float(np.mean(areas))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeats", type=int, default=10)
    options = parser.parse_args()
    raw = os.environ.get("DETECTOR_RAW")
    if not raw:
        sys.exit("NOT RUN: DETECTOR_RAW does not name the folder of the raw data")
    x, y = load(Path(raw))
    print(f"{len(y):,} hosts, {y.sum()} spam")
    areas: dict[str, list[float]] = {"as it comes": [], "design": []}
    for seed in range(options.repeats):
        for name, fit in (("as it comes", plain), ("design", design)):
            areas[name].append(cross_validated(fit, x, y, seed))
        print(
            f"repeat {seed}: " + ", ".join(f"{name} {of[-1]:.4f}" for name, of in areas.items()), flush=True
        )
    for name, of in areas.items():
        print(f"{name}: AUC {np.mean(of):.4f}, standard deviation over repeats {np.std(of):.4f}")


if __name__ == "__main__":
    main()
