"""Word weights: learnt from words seen with several domains, and never judged by what they were learnt from."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from detector.classifier import words
from detector.classifier.words import FOLDS, Bags, cross_fitted_scores, fit_weights

SPAM_WORD, HONEST_WORD, PLAIN_WORD = 0, 1, 2
WORDS = 3


def bags(count: int = 400, *, secret_fold: int | None = None) -> Bags:
    """Word 0 stands in toxic documents, 1 in honest ones, 2 in all; the last document has none.

    With ``secret_fold``, that fold's labels are the other way round.
    """
    label = (np.arange(count) % 2).astype(np.int8)
    fold = ((np.arange(count) // 2) % FOLDS).astype(np.int8)
    word = np.where(label == 1, SPAM_WORD, HONEST_WORD)
    pairs = [(d, w) for d in range(count - 1) for w in (word[d], PLAIN_WORD)]
    if secret_fold is not None:
        label = np.where(fold == secret_fold, 1 - label, label).astype(np.int8)
    schema = {"document": pl.UInt32, "word": pl.UInt32}
    return Bags(pl.DataFrame(pairs, schema=schema, orient="row"), label, np.ones(count), fold, WORDS)


def test_words_get_the_sign_of_their_company() -> None:
    weights = fit_weights(bags())
    assert weights[SPAM_WORD] > 0.5
    assert weights[HONEST_WORD] < -0.5
    assert abs(weights[PLAIN_WORD]) < 0.1


def test_a_document_without_words_has_no_score() -> None:
    scores = cross_fitted_scores(bags())
    assert np.isnan(scores[-1])
    assert not np.isnan(scores[:-1]).any()


def test_the_score_of_a_fold_does_not_know_its_labels() -> None:
    """Turning a fold's labels round changes the scores of every fold but that one."""
    true, turned = cross_fitted_scores(bags()), cross_fitted_scores(bags(secret_fold=2))
    of_fold = (bags().fold == 2) & ~np.isnan(true)
    others = (bags().fold != 2) & ~np.isnan(true)
    assert np.array_equal(true[of_fold], turned[of_fold])
    assert (true[others] != turned[others]).all()


def test_each_fold_is_left_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    fitted = fit_weights

    def spy(given: Bags, keep: np.ndarray | None = None) -> np.ndarray:
        assert keep is not None
        seen.append(sorted(set(given.fold[keep].tolist())))
        return fitted(given, keep)

    monkeypatch.setattr(words, "fit_weights", spy)
    cross_fitted_scores(bags())
    assert seen == [[f for f in range(FOLDS) if f != left_out] for left_out in range(FOLDS)]


def test_weights_of_documents_count() -> None:
    given = bags()
    heavy = np.where(given.label == 1, 1.0, 1e-6)
    scarcely_honest = fit_weights(Bags(given.bag, given.label, heavy, given.fold, WORDS))
    assert scarcely_honest[HONEST_WORD] > fit_weights(given)[HONEST_WORD] / 2


def test_one_label_alone_teaches_nothing() -> None:
    given = bags()
    only = Bags(given.bag, np.ones_like(given.label), given.weight, given.fold, WORDS)
    assert fit_weights(only).tolist() == [0.0] * WORDS
