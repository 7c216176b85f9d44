"""Fit the word weights that ``signals.tokens`` looks up: a sparse logistic regression over each domain's words.

Only words seen with several referring domains are kept, so that no weight stands for a single site, and every score
that the classifier is trained on comes from weights that never saw that domain (cross-fitting).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: A word must stand with so many referring domains.
SEEN_WITH: Final = 5
#: Inverse of the L2 penalty; chosen by grouped cross-validation among 0.03, 0.1, 0.3 and 1.
STRENGTH: Final = 0.1
FOLDS: Final = 5


@dataclass(frozen=True)
class Bags:
    """Bags of words of domains.

    Attributes:
        word_of: column ``word`` (UInt32) by row of ``bag``; ``document`` (UInt32) is the row of ``label``, ``weight`` and ``fold``.
        label, weight, fold: one entry a document (int8, float64, int8).
    """

    bag: pl.DataFrame
    label: NDArray[np.int8]
    weight: NDArray[np.float64]
    fold: NDArray[np.int8]
    words: int


def fit_weights(bags: Bags, keep: NDArray[np.bool_] | None = None) -> NDArray[np.float64]:
    """Weight of each word in log odds (float64, shape ``(words,)``); documents outside ``keep`` are not seen."""
    from sklearn.linear_model import LogisticRegression

    rows = np.arange(len(bags.label)) if keep is None else np.flatnonzero(keep)
    if len(np.unique(bags.label[rows])) < 2:
        return np.zeros(bags.words)
    model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=200)
    model.fit(_matrix(bags)[rows], bags.label[rows], sample_weight=bags.weight[rows])
    return np.asarray(model.coef_[0], dtype=np.float64)


def cross_fitted_scores(bags: Bags) -> NDArray[np.float64]:
    """Score of each document by weights fitted on the other folds (float64; NaN for a document without words)."""
    matrix = _matrix(bags)
    scores = np.full(len(bags.label), np.nan)
    has_words = np.asarray(matrix.sum(axis=1)).ravel() > 0
    for fold in range(FOLDS):
        weights = fit_weights(bags, bags.fold != fold)
        rows = (bags.fold == fold) & has_words
        scores[rows] = matrix[rows] @ weights
    return scores


def _matrix(bags: Bags) -> Any:
    from scipy.sparse import csr_matrix

    documents, words = bags.bag["document"].to_numpy(), bags.bag["word"].to_numpy()
    ones = np.ones(len(words), dtype=np.float64)
    return csr_matrix((ones, (documents, words)), shape=(len(bags.label), bags.words))
