"""How good the classifier is, measured so that it cannot fool itself: the figures of docs/evaluation.md that need no other fit.

No domain, and no operator's domains, are on both sides of a split, nor is a profile, but for domains that link to several
(``dataset.kept_together``); the baselines stand beside every figure. Figures are per referring domain (mean over its profiles) and on labels of lists that are to be trusted (``labels.TRUSTED``); links that were
read have figures of their own. Calibration is that of the probabilities as they are told, of lists and of reading together, one in each
profile, and each domain counts once: a mean over profiles nobody is ever told.
What needs the model to be fitted anew is in ``protocol``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from detector.classifier.dataset import Dataset
from detector.classifier.labels import FOUND, READ, UNREAD
from detector.classifier.model import TIERS
from detector.classifier.training import MIXED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

#: Of ordinary domains at most this share may stand above the review threshold, out of fold.
LOOKED_AT: Final = 0.02


def by_domain(rows: pl.DataFrame, scores: Floats) -> pl.DataFrame:
    """One row per domain with a strong label: ``key, label, category, score`` (mean over its profiles)."""
    scored = rows.with_columns(pl.Series("score", scores)).filter("strong")
    return scored.group_by("key", maintain_order=True).agg(
        pl.col("label", "category", "family").first(), pl.col("score").mean()
    )


def told_of(rows: pl.DataFrame, scores: Floats) -> tuple[NDArray[np.int8], Floats, Floats]:
    """Label, score and weight of each row with a known label: a domain's rows weigh 1 together."""
    told = rows.with_columns(pl.Series("score", scores)).filter("known")
    weight = told.select(1.0 / pl.len().over("key")).to_series()
    return told["label"].to_numpy(), told["score"].to_numpy(), weight.to_numpy()


def skill(label: NDArray[np.int8], score: Floats) -> dict[str, float]:
    """AUC, average precision, and recall at a false-positive rate of 1 % and 0.1 %; higher scores are worse."""
    from sklearn.metrics import average_precision_score, roc_auc_score

    honest = np.sort(score[label == 0])
    recall = {
        f"recall_at_{name}": float(
            (score[label == 1] > np.quantile(honest, 1 - rate, method="higher")).mean()
        )
        for name, rate in (("1pct", 0.01), ("0.1pct", 0.001))
    }
    return {
        "domains": float(len(label)),
        "toxic_domains": float(label.sum()),
        "auc": float(roc_auc_score(label, score)),
        "average_precision": float(average_precision_score(label, score)),
        **recall,
    }


def calibration(label: NDArray[np.int8], probability: Floats, weight: Floats) -> dict[str, Any]:
    """Brier score, expected calibration error over ten bins of equal weight, and those bins.

    Returns:
        ``brier``, ``ece``, and ``reliability``: of each bin the mean probability, the share of toxic domains, and its weight.
    """
    bins = [
        [
            float(weight[part].sum()),
            *np.average([probability[part], label[part]], axis=1, weights=weight[part]),
        ]
        for part in _of_equal_weight(probability, weight)
    ]
    total = weight.sum()
    return {
        "brier": float((weight * (probability - label) ** 2).sum() / total),
        "ece": float(sum(size * abs(told - true) for size, told, true in bins) / total),
        "reliability": [
            [round(float(told), 4), round(float(true), 4), round(size, 1)] for size, told, true in bins
        ],
    }


def _of_equal_weight(probability: Floats, weight: Floats, bins: int = 10) -> list[NDArray[np.int64]]:
    """The places of the least probable tenth by weight, of the next, and so on; a tenth that nothing falls into is left out."""
    order = np.argsort(probability, kind="stable")
    middle = np.cumsum(weight[order]) - weight[order] / 2
    starts = np.searchsorted(middle, weight.sum() * np.arange(1, bins) / bins)
    return [part for part in np.split(order, starts) if len(part)]


def roc(label: NDArray[np.int8], score: Floats, points: int = 60) -> list[list[float]]:
    """False-positive rate and recall at thresholds evenly spread over the logarithm of the rate, from 0 to 1."""
    honest, toxic = np.sort(score[label == 0])[::-1], np.sort(score[label == 1])
    above = np.unique(np.geomspace(1, len(honest), points).round().astype(np.int64))
    recall = 1 - np.searchsorted(toxic, honest[above - 1], side="right") / len(toxic)
    found_before = float((toxic > honest[0]).mean())
    return [[0.0, round(found_before, 4)]] + [
        [round(float(rate), 5), round(float(found), 4)]
        for rate, found in zip(above / len(honest), recall, strict=True)
    ]


def baselines(rows: pl.DataFrame) -> dict[str, Floats]:
    """Scores (higher is worse) of what people use instead; NaN where a row lacks the input."""
    rates = _tld_rates(rows)
    low = rows.select(
        -pl.max_horizontal(
            "authority_semrush_as", "authority_semrush_page", "authority_ahrefs_dr", "authority_moz_da"
        )
    )
    return {
        "TLD alone": rates,
        "popularity lists": -rows["popularity"].cast(pl.Float64).to_numpy(),
        "a vendor's spam flags": rows["vendor_spam_flag_share"].cast(pl.Float64).to_numpy(),
        "authority": low.to_series().cast(pl.Float64).to_numpy(),
        "flag authority below 10": np.where(np.isnan(a := low.to_series().cast(pl.Float64).to_numpy()), np.nan, a > -10),
        "outbound links": rows["page_external_links_max"].cast(pl.Float64).to_numpy(),
        "outbound above 100": rows.select((pl.col("page_external_links_max") > np.log1p(100)).cast(pl.Float64)).to_series().to_numpy(),
    }  # fmt: skip


def _tld_rates(rows: pl.DataFrame) -> Floats:
    """Share of toxic domains of the same TLD in the other folds."""
    rates = np.full(rows.height, np.nan)
    for fold in range(5):
        seen = rows.filter(pl.col("fold") != fold)
        overall = float(np.average(seen["label"].to_numpy(), weights=seen["weight"].to_numpy()))
        table = seen.group_by("tld").agg(
            rate=((pl.col("label") * pl.col("weight")).sum() + overall) / (pl.col("weight").sum() + 1)
        )
        judged = rows.with_row_index("row").filter(pl.col("fold") == fold)
        rates[judged["row"].to_numpy()] = (
            judged.join(table, on="tld", how="left", maintain_order="left")["rate"]
            .fill_null(overall)
            .to_numpy()
        )
    return rates


def review_from(rows: pl.DataFrame, judged: pl.DataFrame) -> float:
    """The lowest probability above which at most ``LOOKED_AT`` of the ordinary domains stand; not below a half.

    Listed domains whose link is spam, as reading it showed, are not counted: they ought to be looked at.

    Args:
        judged: as ``training.fit`` returns it.
    """
    full = judged.head(rows.height)["probability"].to_numpy()
    ordinary = rows.with_columns(strong=pl.col("known") & ~_refuted())
    honest = by_domain(ordinary, full).filter(pl.col("label") == 0)["score"].to_numpy()
    return round(max(float(np.quantile(honest, 1 - LOOKED_AT, method="higher")), 0.5), 4)


def evaluate(data: Dataset, judged: pl.DataFrame, cut: dict[str, float]) -> dict[str, Any]:
    """Every figure of the model card, from out-of-fold judgements.

    Args:
        judged: as ``training.fit`` returns it; its first rows are the dataset's rows as they stand.
        cut: probability from which domains are disavowed and shown, ``disavow`` and ``review``.
    """
    rows = data.rows
    figures = {tier: of_tier(shown, probability) for tier, shown, probability in by_tier(rows, judged)}
    full = judged.head(rows.height)["probability"].to_numpy()
    is_unread = pl.col("evidence") == UNREAD
    return {
        "tiers": figures,
        "agreeing": _skill_of(rows, full, pl.col("strong") & ~_refuted()),
        "read": _of_read(rows, judged, cut),
        "with_doubtful": _with_doubtful(rows, full),
        "of_several": _of_several(rows, full),
        "list_lookup": _list_lookup(rows),
        "baselines": {
            name: told
            for name, score in baselines(rows).items()
            if (told := _of_known(rows, score, full)) is not None
        },
        "false_positives": _false_positives(rows, full, cut),
        "rows": rows.height,
        "domains": rows.filter(~is_unread)["key"].n_unique(),
        "unread_domains": rows.filter(is_unread)["key"].n_unique(),
    }


def of_tier(rows: pl.DataFrame, probability: Floats) -> dict[str, Any]:
    """Skill, calibration and the points of the ROC curve of one tier's rows."""
    table = by_domain(rows, probability)
    label, score = table["label"].to_numpy(), table["score"].to_numpy()
    return {**skill(label, score), **calibration(*told_of(rows, probability)), "roc": roc(label, score)}


def by_tier(rows: pl.DataFrame, judged: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame, Floats]]:
    """Each tier with its rows, as they stand or as a poorer export shows them, and their probabilities."""
    for tier in reversed(TIERS):
        part = judged.filter((pl.col("tier") == tier) & (pl.col("mask") != MIXED))
        yield tier, rows[part["row"].to_numpy()], part["probability"].to_numpy()


def _refuted() -> pl.Expr:
    """Whether reading a link found the opposite of what its domain's label says."""
    spam = pl.col("found").is_in([name for name, label in FOUND.items() if label != 0])
    return (
        pl.when(pl.col("label") == 0).then(spam).otherwise(pl.col("found") == "honest").fill_null(value=False)
    )


def _skill_of(rows: pl.DataFrame, probability: Floats, counted: pl.Expr) -> dict[str, float]:
    """Skill on the rows that count."""
    table = by_domain(rows.with_columns(strong=counted), probability)
    return skill(table["label"].to_numpy(), table["score"].to_numpy())


def _of_read(rows: pl.DataFrame, judged: pl.DataFrame, cut: dict[str, float]) -> dict[str, dict[str, float]]:
    """Tier -> skill on the links that were read, and honest ones above the thresholds per 1,000."""
    figures = {}
    for tier, shown, probability in by_tier(rows, judged):
        table = by_domain(shown.with_columns(strong=pl.col("evidence") == READ), probability)
        if table["label"].n_unique() == 2:
            honest = table.filter(label=0)["score"].to_numpy()
            figures[tier] = {
                **skill(table["label"].to_numpy(), table["score"].to_numpy()),
                **{
                    f"{name}_per_1000": float((honest >= cut[name]).mean() * 1000)
                    for name in ("review", "disavow")
                },
            }
    return figures


def _with_doubtful(rows: pl.DataFrame, probability: Floats) -> dict[str, float]:
    """Skill where doubtful labels (see ``labels.EVIDENCE``) count as well."""
    return _skill_of(rows, probability, pl.col("strong") | (pl.col("evidence") == "doubtful"))


def _of_several(rows: pl.DataFrame, probability: Floats) -> dict[str, float]:
    """Skill on toxic domains that several independent families of lists name, against all ordinary ones."""
    toxic = (pl.col("label") == 0) | (pl.col("evidence") == "several")
    return _skill_of(rows, probability, pl.col("strong") & toxic)


def _list_lookup(rows: pl.DataFrame) -> float:
    """Share of toxic domains that a second, independent family of lists names: what a lookup finds of a wave it has not seen."""
    toxic = rows.filter(pl.col("strong") & (pl.col("label") == 1)).unique("key")
    return float((toxic["evidence"] == "several").to_numpy().mean())


def _of_known(rows: pl.DataFrame, score: Floats, ours: Floats) -> dict[str, float] | None:
    """Skill of a baseline where it has its input, and ours on the same domains; None where these are all of one label."""
    known = ~np.isnan(score)
    table = by_domain(rows.filter(known), score[known])
    if table["label"].n_unique() < 2:
        return None
    same = by_domain(rows.filter(known), ours[known])
    return {
        **skill(table["label"].to_numpy(), table["score"].to_numpy()),
        "our_auc": skill(same["label"].to_numpy(), same["score"].to_numpy())["auc"],
    }


def _false_positives(rows: pl.DataFrame, probability: Floats, cut: dict[str, float]) -> list[dict[str, Any]]:
    """Ordinary domains above the thresholds, by category, per 1,000."""
    honest = by_domain(rows.with_columns(strong="known"), probability).filter(pl.col("label") == 0)
    return (
        honest.group_by("category")
        .agg(
            domains=pl.len(),
            disavow_per_1000=(pl.col("score") >= cut["disavow"]).mean() * 1000,
            review_per_1000=(pl.col("score") >= cut["review"]).mean() * 1000,
        )
        .filter(pl.col("domains") >= 20)
        .sort("domains", "category", descending=[True, False])
        .to_dicts()
    )
