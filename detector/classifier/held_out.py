"""The held-out sample of a model, from out-of-fold judgements; and how a promise fares on families it was not made on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from detector.classifier.model import logistic
from detector.classifier.promise import RISK, HeldOut

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

#: What the labels call a domain that the list of universities names.
_OF_UNIVERSITIES: Final = "university"


def held_out(rows: pl.DataFrame, judged: pl.DataFrame) -> dict[str, HeldOut]:
    """Tier of evidence -> held-out sample, of the domains whose label is known, from lists or from reading, and that may get a line at all.

    An institution gets none, by the suffix of its name or the list of universities, whatever its probability (``verdict.decide``): so it is in
    no promise.
    A domain counts once, as one of its profiles shows it: the first in the table, where profiles stand in the order of a hash. So
    each domain is one independent draw, which the binomial tests rest on; a mean over profiles is steadier than what an audit sees.

    Args:
        rows: of a ``Dataset``: ``key, label, family, category, known, name_trusted_suffix``.
        judged: rows as they stand and as poorer exports show them: ``row, tier, probability``.
    """
    about = _promised(rows)[judged["row"].to_numpy()]
    table = pl.concat([judged.select("tier", "probability"), about], how="horizontal").filter("known")
    return {str(tier): _sample(part) for (tier,), part in sorted(table.group_by("tier", maintain_order=True))}


def _promised(rows: pl.DataFrame) -> pl.DataFrame:
    """``key, label, family`` and whether a row's label is ``known`` and an audit may write a line for it."""
    may = (pl.col("name_trusted_suffix").fill_null(0) < 1) & pl.col("category").ne_missing(_OF_UNIVERSITIES)
    return rows.select("key", "label", "family", known=pl.col("known") & may)


def _sample(part: pl.DataFrame) -> HeldOut:
    drawn = part.unique("key", keep="first", maintain_order=True)
    return HeldOut.of(drawn["label"].to_numpy(), drawn["probability"].to_numpy(), drawn["family"].n_unique())


def promise_left_out(
    rows: pl.DataFrame, judged: pl.DataFrame, unseen: Flags, out: Flags, log_odds: Floats, risk: float = RISK
) -> dict[str, Any]:
    """Promised against realised, on families that neither the model nor the promise was made on.

    Args:
        rows: of a ``Dataset``.
        judged: ``tier`` and ``log_odds`` (out of fold) of the rows as they stand.
        unseen: rows that the promise must not be made on: those left out and their operators' others.
        out: rows that were left out, which it is tried on.
        log_odds: of these, by a model that saw none of the unseen.
        risk: what is promised.

    Returns:
        of rich evidence: ``risk``; ``honest`` and ``toxic`` domains that were left out; ``promised`` and ``promised_per_1000``, the bounds that
        the other families prove on the share of wrong lines and on honest domains with a line (None where they do not support the
        risk: then ``missing_lines`` says by how much); ``lines`` and ``wrong`` of those left out; ``realised``, the share of wrong lines
        moved into the mix of the proof, and ``realised_per_1000``.
    """
    rich = (judged["tier"] == "rich").to_numpy()
    probability = logistic(judged["log_odds"].to_numpy())  # only the order matters
    probability[out] = logistic(log_odds)
    made, tried = (_of_rows(rows, probability, keep & rich) for keep in (~unseen, out))
    return _compare(made, tried, risk)


def _of_rows(rows: pl.DataFrame, probability: Floats, kept: Flags) -> HeldOut:
    part = _promised(rows).with_columns(probability=probability)
    return _sample(part.filter(pl.Series(kept) & pl.col("known")))


def _compare(made: HeldOut, tried: HeldOut, risk: float) -> dict[str, Any]:
    told: dict[str, Any] = {"risk": risk, "honest": tried.honest, "toxic": tried.toxic}
    proof = made.proof(risk)
    if proof is None:
        return {**told, "promised": None, "missing_lines": made.missing_lines(risk)}
    wrong, right = int(tried.honest_above[proof.index]), int(tried.toxic_above[proof.index])
    false, found = wrong / max(tried.honest, 1), right / max(tried.toxic, 1)
    honest_lines, toxic_lines = (1 - made.mix) * false, made.mix * found
    return {
        **told,
        "promised": proof.bound,
        "promised_per_1000": made.wrong_per_1000(proof.index),
        "lines": wrong + right,
        "wrong": wrong,
        "realised": honest_lines / (honest_lines + toxic_lines) if wrong + right else 0.0,
        "realised_per_1000": 1000 * false,
    }
