"""A user's decisions as labels: the model fitted anew with them, and whether that made it better.

A decision of a person who knows the site is worth more than a list's entry, but a wave decided at once is one piece of knowledge: its
domains share a weight, and are never on both sides of a split; and all decisions about one site share what one site may weigh. Decisions take part in the boosting alone: calibration, the
promise and the figures rest on the training tables as before, for what is decided on is no sample of anything (people look at what was
flagged).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from detector.classifier.dataset import Dataset
from detector.classifier.evaluation import by_domain
from detector.classifier.model import TIERS, Model, tiers_of
from detector.classifier.recipe import SAME, manifest_of
from detector.classifier.training import FOLDS, MIXED, fit, make_examples, out_of_fold
from detector.errors import DetectorError
from detector.links.domains import Domains
from detector.signals.registry import all_signals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

#: What a decision weighs; a domain that two independent lists name weighs 1.
WEIGHT: Final = 2.0
#: The decisions about one group weigh together as many as so many single ones at most.
MOST_OF_GROUP: Final = 10
#: All decisions about one site weigh together at most so much: one profile must not outweigh what many sites tell (docs/learning.md).
MOST_OF_SITE: Final = 100.0
#: With fewer decisions of a side nothing can be learnt, nor measured.
LEAST: Final = 10
#: A loss is told from noise when a paired bootstrap over domains excludes none at this confidence, and when it is larger than what figures
#: that are measured again may differ by (``recipe.SAME``).
CONFIDENCE: Final = 0.99
_DRAWS: Final = 300


@dataclass(frozen=True)
class Shift:
    """A figure before and after: ``low`` to ``high`` is the interval of the change."""

    before: float
    after: float
    low: float
    high: float

    @property
    def worse(self) -> bool:
        """Whether it fell by more than noise."""
        return self.high < 0 and self.after - self.before < -SAME

    @property
    def better(self) -> bool:
        """Whether it rose by more than noise."""
        return self.low > 0 and self.after - self.before > SAME


@dataclass(frozen=True)
class OnDecisions:
    """How the model fares on decisions that it has not seen.

    Attributes:
        disavow, keep: decisions of each side.
        groups: independent ones among them: a group counts once.
        auc: of the order.
        agree: share of decisions that the side of 50 % agrees with.
        mended, broken: decisions that it contradicted before and agrees with now, and the other way round.
    """

    disavow: int
    keep: int
    groups: int
    auc: Shift
    agree: Shift
    mended: int
    broken: int


@dataclass(frozen=True)
class Learnt:
    """A model that learnt from decisions.

    Attributes:
        model, manifest: as ``recipe.write_model`` takes them.
        decisions: before and after on decisions, each judged by a fold that did not see its group.
        shipped: tier of evidence -> AUC on the training tables, out of fold, without and with the decisions.
        recall: the same of the recall at 1 % false positives.
    """

    model: Model
    manifest: dict[str, Any]
    decisions: OnDecisions
    shipped: dict[str, Shift]
    recall: dict[str, Shift]

    @property
    def worse(self) -> list[str]:
        """What fell by more than noise, in words; nothing where the model is at least as good as before."""
        told = [
            f"AUC on the training tables ({tier}) fell from {shift.before:.4f} to {shift.after:.4f}"
            for tier, shift in self.shipped.items()
            if shift.worse
        ]
        told += [
            f"recall at 1 % false positives ({tier}) fell from {shift.before:.1%} to {shift.after:.1%}"
            for tier, shift in self.recall.items()
            if shift.worse
        ]
        if self.decisions.auc.worse:
            auc = self.decisions.auc
            told.append(
                f"AUC on decisions that it had not seen fell from {auc.before:.3f} to {auc.after:.3f}"
            )
        return told


def own_rows(decided: pl.DataFrame, data: Dataset) -> pl.DataFrame:
    """Decided domains as rows of the training table, with names and sites as digests.

    Args:
        decided: ``site, referring_domain`` (String), ``label`` (1 disavow, 0 keep), ``cluster`` (null: in none) and signals; a signal that is
            not there is missing.

    Raises:
        DetectorError: there are fewer than ``LEAST`` decisions of a side.
    """
    sides = {
        side: decided.filter(pl.col("label") == label).height for side, label in (("disavow", 1), ("keep", 0))
    }
    if short := [f"{number:,} to {side}" for side, number in sides.items() if number < LEAST]:
        raise DetectorError(
            f"Too few decisions to learn from: there are only {' and '.join(short)}, and at least {LEAST} of each are needed."
        )
    alone = WEIGHT * (MOST_OF_GROUP / pl.len().over("group")).clip(upper_bound=1.0)
    group = pl.concat_str(
        "site", pl.coalesce(pl.col("cluster").cast(pl.String), "referring_domain"), separator=" "
    )
    rows = decided.with_columns(group=group).with_columns(alone=alone)
    told: dict[str, pl.Expr] = {
        "key": _digests(pl.col("referring_domain")),
        "profile": _digests(pl.col("site")),
        "group": _digests(pl.col("group")),
        "operator": pl.lit(value=False),
        "fold": pl.col("group").map_elements(
            lambda name: int(_digest(name), 16) % FOLDS, return_dtype=pl.Int8
        ),
        "label": pl.col("label"),
        "weight": pl.col("alone") * (MOST_OF_SITE / pl.col("alone").sum().over("site")).clip(upper_bound=1.0),
        **{name: pl.lit(value=False) for name in ("strong", "known")},
        **{name: pl.lit("own") for name in ("family", "source", "category", "evidence")},
    }
    there = {name for name in all_signals() if name in rows.columns}
    columns = [
        told[name] if name in told else pl.col(name) if name in there else pl.lit(None)
        for name in data.rows.columns
    ]
    return rows.select(
        column.cast(kind).alias(name)
        for column, (name, kind) in zip(columns, data.rows.schema.items(), strict=True)
    )


def learn(
    data: Dataset, folder: Path, own: pl.DataFrame, before: Model, domains: Domains,
    progress: Callable[[str], None] = lambda _: None,
) -> Learnt:  # fmt: skip
    """Fit the model with and without decisions, and compare.

    Args:
        data: the training tables of ``folder``.
        own: as ``own_rows`` makes them.
        before: the model that the decisions were made with, or would be judged by.
    """
    progress("without the decisions")
    base = data.rows
    without = out_of_fold(base, make_examples(base))
    progress("with the decisions")
    model, judged = fit(data, own)
    progress("measuring")
    number = data.rows.height
    with_them = judged.filter(pl.col("row") < number)
    stands = judged.head(number + own.height).filter(pl.col("row") >= number)
    on_decisions = _on_decisions(own, _judged_by(before, own), stands["probability"].to_numpy())
    auc, recall = _on_tables(data.rows, without, with_them)
    manifest = manifest_of(model, data, with_them, folder, domains)
    manifest["decisions"] = {
        "disavow": on_decisions.disavow, "keep": on_decisions.keep, "groups": on_decisions.groups,
        "sites": own["profile"].n_unique(), "auc": {"before": on_decisions.auc.before, "after": on_decisions.auc.after},
    }  # fmt: skip
    return Learnt(model, manifest, on_decisions, auc, recall)


def _judged_by(model: Model, own: pl.DataFrame) -> Floats:
    signals = own.select(pl.col(name).cast(pl.Float64) for name in all_signals() if name in own.columns)
    tiers = tiers_of(signals)
    return model.probabilities(model.log_odds(model.contributions(signals), tiers), tiers)


def _on_decisions(own: pl.DataFrame, before: Floats, after: Floats) -> OnDecisions:
    label = own["label"].to_numpy()
    groups = own["group"].rank("dense").to_numpy().astype(np.int64) - 1
    right_before, right_after = (before >= 0.5) == (label == 1), (after >= 0.5) == (label == 1)
    return OnDecisions(
        disavow=int((label == 1).sum()),
        keep=int((label == 0).sum()),
        groups=own["group"].n_unique(),
        auc=_shift(label, before, after, groups, _auc),
        agree=_shift(label, before, after, groups, _agreement),
        mended=int((~right_before & right_after).sum()),
        broken=int((right_before & ~right_after).sum()),
    )


def _on_tables(
    rows: pl.DataFrame, without: pl.DataFrame, with_them: pl.DataFrame
) -> tuple[dict[str, Shift], dict[str, Shift]]:
    """AUC and recall of each tier on the training tables, before and after."""
    auc, recall = {}, {}
    for tier in reversed(TIERS):
        before, after = (
            by_domain(rows[part["row"].to_numpy()], part["probability"].to_numpy())
            for part in (
                judged.filter((pl.col("tier") == tier) & (pl.col("mask") != MIXED))
                for judged in (without, with_them)
            )
        )
        both = before.join(after.select("key", after="score"), on="key", maintain_order="left")
        if both["label"].n_unique() < 2:
            continue
        label, each = both["label"].to_numpy(), np.arange(both.height)
        scores = both["score"].to_numpy(), both["after"].to_numpy()
        auc[tier] = _shift(label, *scores, each, _auc)
        recall[tier] = _shift(label, *scores, each, _recall)
    return auc, recall


# ---------------------------------------------------------------------- noise


def _shift(
    label: NDArray[np.int8], before: Floats, after: Floats, groups: NDArray[np.int64],
    figure: Callable[[NDArray[np.int8], Floats], float],
) -> Shift:  # fmt: skip
    """A figure of two judgements of the same; the interval of its change by a bootstrap that draws whole groups (Efron 1979)."""
    draw = np.random.default_rng(0)
    order = np.argsort(groups, kind="stable")
    ends = np.searchsorted(groups[order], np.arange(groups.max() + 2))
    members = [order[start:end] for start, end in pairwise(ends)]
    changes = []
    for _ in range(_DRAWS):
        drawn = np.concatenate([members[i] for i in draw.integers(0, len(members), len(members))])
        if 0 < label[drawn].sum() < len(drawn):
            changes.append(figure(label[drawn], after[drawn]) - figure(label[drawn], before[drawn]))
    low, high = np.quantile(changes, [1 - CONFIDENCE, CONFIDENCE]) if changes else (-1.0, 1.0)
    return Shift(figure(label, before), figure(label, after), float(low), float(high))


def _auc(label: NDArray[np.int8], score: Floats) -> float:
    """Share of pairs of a toxic and an honest one that are in order; ties count half (Mann and Whitney)."""
    from scipy.stats import rankdata

    toxic = int(label.sum())
    ranks = rankdata(score)[label == 1].sum()
    return float((ranks - toxic * (toxic + 1) / 2) / (toxic * (len(label) - toxic)))


def _recall(label: NDArray[np.int8], score: Floats) -> float:
    honest = score[label == 0]
    return float((score[label == 1] > np.quantile(honest, 0.99, method="higher")).mean())


def _agreement(label: NDArray[np.int8], probability: Floats) -> float:
    return float(((probability >= 0.5) == (label == 1)).mean())


def _digests(names: pl.Expr) -> pl.Expr:
    return names.map_elements(_digest, return_dtype=pl.String)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
