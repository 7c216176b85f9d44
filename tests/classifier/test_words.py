"""Text weights: learnt from labelled texts, blind to how often a language is spam, never judged by what they were learnt from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from detector.classifier import words
from detector.classifier.words import (
    FOLDS,
    Documents,
    cross_fitted_scores,
    feature_matrix,
    fit_weights,
    trait_matrix,
)
from detector.signals.wording import BITS, SCALE, TextWeights

SPAM_PART, HONEST_PART, PLAIN_PART = 5, 70_000, (1 << BITS) - 1


def documents(count: int = 400, *, turned_fold: int | None = None) -> Documents:
    """One part stands in spam, one in honest texts, one in all; the last text has none.

    With ``turned_fold``, that fold's labels are the other way round.
    """
    label = (np.arange(count) % 2).astype(np.int8)
    fold = ((np.arange(count) // 2) % FOLDS).astype(np.int8)
    parts = [[SPAM_PART if of == 1 else HONEST_PART, PLAIN_PART] for of in label[:-1]] + [[]]
    if turned_fold is not None:
        label = np.where(fold == turned_fold, 1 - label, label).astype(np.int8)
    sizes = pl.Series([len(part) for part in parts])
    matrix = feature_matrix(pl.Series(parts, dtype=pl.List(pl.UInt32)), sizes)
    none = trait_matrix(pl.Series([None] * (count - 1) + ["x"], dtype=pl.String))
    return Documents(matrix, label, np.ones(count), fold, none)


def weight(weights: TextWeights, part: int) -> float:
    return float(weights.table[part]) / SCALE


def test_parts_get_the_sign_of_their_company() -> None:
    weights = fit_weights(documents())
    assert weight(weights, SPAM_PART) > 0.5
    assert weight(weights, HONEST_PART) < -0.5
    assert abs(weight(weights, PLAIN_PART)) < 0.2
    assert np.count_nonzero(weights.table) <= 3


def test_zero_lies_midway_between_both_sides() -> None:
    given = documents()
    weights = fit_weights(given)
    scores = given.matrix @ (weights.table / SCALE) + weights.bias
    means = [scores[:-1][given.label[:-1] == side].mean() for side in (0, 1)]
    assert means[1] > 0.5
    assert sum(means) == pytest.approx(0, abs=0.02)


def test_a_language_that_is_mostly_spam_is_not_held_against_its_words() -> None:
    """Half the spam has a trait and no honest text: the part that is common to that half weighs less for it."""
    count = 400
    label = (np.arange(count) % 2).astype(np.int8)
    foreign = (np.arange(count) % 4) == 1
    parts = pl.Series([[SPAM_PART] if f else [PLAIN_PART] for f in foreign], dtype=pl.List(pl.UInt32))
    language = pl.Series(["rare" if f else "common" for f in foreign])
    fold = np.zeros(count, dtype=np.int8)
    matrix = feature_matrix(parts, pl.Series([1] * count))
    told, untold = (
        fit_weights(Documents(matrix, label, np.ones(count), fold, trait_matrix(trait)))
        for trait in (language, pl.Series([None] * (count - 1) + ["x"], dtype=pl.String))
    )
    assert 0 < weight(told, SPAM_PART) < weight(untold, SPAM_PART) / 2


def test_the_score_of_a_fold_does_not_know_its_labels() -> None:
    """Turning a fold's labels round changes the scores of every fold but that one."""
    given, other = documents(), documents(turned_fold=2)
    true, turned = (cross_fitted_scores(d, d.matrix, d.fold) for d in (given, other))
    of_fold = given.fold == 2
    assert np.array_equal(true[of_fold], turned[of_fold])
    assert (true[~of_fold][:-1] != turned[~of_fold][:-1]).all()


def test_each_fold_is_left_out_once_and_collections_never(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    fitted = fit_weights

    def spy(given: Documents, keep: np.ndarray | None = None) -> TextWeights:
        assert keep is not None
        seen.append(sorted(set(given.fold[keep].tolist())))
        return fitted(given, keep)

    monkeypatch.setattr(words, "fit_weights", spy)
    given = documents()
    given = replace(given, fold=np.where(np.arange(400) < 20, -1, given.fold).astype(np.int8))
    cross_fitted_scores(given, given.matrix, given.fold)
    assert seen == [[-1, *(f for f in range(FOLDS) if f != left_out)] for left_out in range(FOLDS)]


def test_weights_of_documents_count() -> None:
    given = documents()
    unweighed = replace(given, weight=np.where(np.arange(400) < 200, 1.0, 0.0))
    assert (
        fit_weights(unweighed).table.tolist() == fit_weights(unweighed, np.arange(400) < 200).table.tolist()
    )


def test_one_label_alone_teaches_nothing() -> None:
    given = documents()
    only = fit_weights(replace(given, label=np.ones_like(given.label)))
    assert not only.table.any()
    assert only.bias == 0.0
