"""Fit the weights that ``signals.wording`` reads texts by: a logistic regression over the hashed parts of texts.

The texts are of two kinds: anchors, titles and addresses of labelled referring domains, and collections of spam and of ordinary
texts. Two traps are met here. Much spam is written in a few languages: so each language (and each kind of text) has a
column of its own while fitting, which takes up how often it is spam and is then thrown away. And a domain must not be
judged by what was learnt from it: every score that the classifier is trained on comes from weights that saw neither
the domain nor the collection (cross-fitting).
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from detector.signals.wording import BITS, SCALE, TextWeights

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Inverse of the L2 penalty; chosen on held-out collections, see docs/text-model.md.
STRENGTH: Final = 1.0
#: A column that is thrown away is this much cheaper to use than one that stays.
_THROWN_AWAY: Final = 3.0
#: Steps of the solver at most; it stops near the optimum, and always at the same place.
STEPS: Final = 300
FOLDS: Final = 5


@dataclass(frozen=True)
class Documents:
    """Labelled texts.

    Attributes:
        matrix: sparse (texts, ``2 ** BITS``), occurrences of each feature over the root of their number.
        label, weight, fold: of each text (int8, float64, int8).
        trait: further columns (sparse, texts by traits) that explain away how often a language or a kind of text is spam.
    """

    matrix: Any
    label: NDArray[np.int8]
    weight: NDArray[np.float64]
    fold: NDArray[np.int8]
    trait: Any


def feature_matrix(features: pl.Series, size: pl.Series) -> Any:
    """Sparse rows of texts: ``features`` (List(UInt32), repeats counted) and ``size``, the number of all their features."""
    from scipy.sparse import csr_matrix

    lengths = features.list.len().to_numpy().astype(np.int64)
    columns = features.explode(empty_as_null=False).to_numpy()
    values = np.repeat(1.0 / np.sqrt(np.maximum(size.to_numpy(), 1)), lengths)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    matrix = csr_matrix((values, columns.astype(np.int32), starts), shape=(len(lengths), 1 << BITS))
    matrix.sum_duplicates()
    return matrix


def trait_matrix(*traits: pl.Series) -> Any:
    """One column for each value of each trait (String, null: none)."""
    from scipy.sparse import csr_matrix, hstack

    blocks = []
    for trait in traits:
        values = trait.unique().drop_nulls().sort()
        rows = np.flatnonzero(trait.is_not_null().to_numpy())
        columns = (
            trait.drop_nulls().replace_strict(values, range(len(values)), return_dtype=pl.Int32).to_numpy()
        )
        marks = np.full(len(rows), _THROWN_AWAY)
        blocks.append(csr_matrix((marks, (rows, columns)), shape=(len(trait), len(values))))
    return hstack(blocks, format="csr")


def fit_weights(documents: Documents, keep: NDArray[np.bool_] | None = None) -> TextWeights:
    """The weights of a regression that sees only the texts of ``keep``; of one label alone nothing is learnt."""
    from scipy.sparse import hstack
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    rows = np.flatnonzero((keep if keep is not None else True) & (documents.weight > 0))
    label = documents.label[rows]
    if len(np.unique(label)) < 2:
        return TextWeights(np.zeros(1 << BITS, dtype=np.int16), 0.0)
    used = np.flatnonzero(np.bincount(documents.matrix[rows].indices, minlength=1 << BITS))
    columns = hstack([documents.matrix[rows][:, used], documents.trait[rows]], format="csr")
    weight = _balanced(label, documents.weight[rows])
    model = LogisticRegression(C=STRENGTH, solver="lbfgs", max_iter=STEPS, tol=1e-3)
    # Two threads add up in another order than one, and the solver then stops at another step.
    with threadpool_limits(1, user_api="blas"), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # the number of steps is part of the recipe
        model.fit(columns, label, sample_weight=weight)
    fitted = np.zeros(1 << BITS)
    fitted[used] = model.coef_[0][: len(used)]
    limits = np.iinfo(np.int16)
    table = np.clip(np.round(fitted * SCALE), limits.min, limits.max).astype(np.int16)
    return TextWeights(table, _centred(documents.matrix[rows] @ (table / SCALE), label, weight))


def _balanced(label: NDArray[np.int8], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights that sum to the same on both sides, one on average."""
    sums = np.bincount(label, weight, minlength=2)
    return np.asarray(weight * (len(label) / 2) / sums[label], dtype=np.float64)


def _centred(scores: NDArray[np.float64], label: NDArray[np.int8], weight: NDArray[np.float64]) -> float:
    """The bias with which zero lies midway between the mean scores of both sides."""
    means = [float(np.average(scores[label == side], weights=weight[label == side])) for side in (0, 1)]
    return -sum(means) / 2


def cross_fitted_scores(documents: Documents, matrix: Any, fold: NDArray[np.int8]) -> NDArray[np.float64]:
    """Log odds of texts (rows of ``matrix``), each by weights fitted without its ``fold`` of the documents."""
    scores = np.full(matrix.shape[0], np.nan)
    for left_out in range(FOLDS):
        weights = fit_weights(documents, documents.fold != left_out)
        rows = np.flatnonzero(fold == left_out)
        scores[rows] = matrix[rows] @ (weights.table / SCALE) + weights.bias
    return scores
