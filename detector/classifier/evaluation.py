"""How good the classifier is, measured so that it cannot fool itself: the protocol of docs/evaluation.md.

No domain, and no operator's domains, are on both sides of a split; whole families of lists are left out together with a
benign source; the baselines stand beside every figure. Figures are per referring domain (mean over its profiles) and on
labels that do not rest on popularity alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from detector.classifier.dataset import Dataset
from detector.classifier.held_out import promise_left_out
from detector.classifier.model import fit_booster
from detector.classifier.training import inputs, make_examples, with_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

#: Families left out together: toxic families, benign families.
LEFT_OUT: Final = (
    (("disavow_files",), ("awesome",)),
    (("many_profiles",), ("smallweb", "hn_blogs", "zh_blogs", "eng_blogs")),
    (("referrer", "eppcqtrwm"), ("hn2016", "debian", "jser")),
    (("wikimedia", "splorp", "pukiwiki"), ("universities", "dotgov", "gsa", "etalab")),
)
#: Of ordinary domains at most this share may stand above the disavow threshold, out of fold.
TOLERATED: Final = 0.002
REVIEW_FROM: Final = 0.5


def by_domain(rows: pl.DataFrame, scores: Floats) -> pl.DataFrame:
    """One row per domain with a strong label: ``key, label, category, score`` (mean over its profiles)."""
    scored = rows.with_columns(pl.Series("score", scores)).filter("strong")
    return scored.group_by("key", maintain_order=True).agg(
        pl.col("label", "category", "family").first(), pl.col("score").mean()
    )


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


def calibration(label: NDArray[np.int8], probability: Floats, bins: int = 10) -> dict[str, float]:
    """Brier score and expected calibration error over equal-count bins."""
    order = np.argsort(probability, kind="stable")
    error = sum(
        len(part) / len(label) * abs(probability[part].mean() - label[part].mean())
        for part in np.array_split(order, bins)
        if len(part)
    )
    return {"brier": float(((probability - label) ** 2).mean()), "ece": float(error)}


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


def left_out(data: Dataset, out_of_fold: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Train without some families, judge only them: each pair of toxic and benign families of ``LEFT_OUT``.

    Args:
        out_of_fold: as ``training.fit`` returns it; on the families that stay the promise is made that those left out try.
    """
    rows = with_words(data)
    examples = make_examples(rows)
    as_they_stand = np.arange(rows.height)
    directions = [s.direction for s in inputs()]
    for toxic, benign in LEFT_OUT:
        out = rows["family"].is_in([*toxic, *benign]).to_numpy()
        groups = set(rows.filter(out)["group"])
        unseen = rows["group"].is_in(groups).to_numpy()
        seen = ~unseen[examples.row]
        booster = fit_booster(examples.x[seen], examples.y[seen], examples.weight[seen], directions)
        judged = rows.filter(out)
        log_odds = booster.decision_function(examples.x[as_they_stand[out]])
        table = by_domain(judged, log_odds)
        if table["label"].n_unique() == 2:
            yield {
                "toxic": ", ".join(toxic),
                "benign": ", ".join(benign),
                **skill(table["label"].to_numpy(), table["score"].to_numpy()),
                "promise": promise_left_out(rows, out_of_fold.head(rows.height), unseen, out, log_odds),
            }


def thresholds(rows: pl.DataFrame, judged: pl.DataFrame) -> dict[str, float]:
    """Where to cut: the lowest probability above which at most ``TOLERATED`` of the ordinary domains stand.

    Args:
        judged: as ``training.fit`` returns it.
    """
    full = judged.head(rows.height)
    honest = by_domain(rows, full["probability"].to_numpy()).filter(pl.col("label") == 0)["score"].to_numpy()
    cut = float(np.quantile(honest, 1 - TOLERATED, method="higher"))
    return {"disavow": round(min(max(cut, 0.8), 0.995), 4), "review": REVIEW_FROM}


def evaluate(data: Dataset, judged: pl.DataFrame, cut: dict[str, float]) -> dict[str, Any]:
    """Every figure of the model card, from out-of-fold judgements.

    Args:
        judged: as ``training.fit`` returns it; its first rows are the dataset's rows as they stand.
        cut: as ``thresholds`` returns it.
    """
    rows = data.rows
    tiers: dict[str, Any] = {}
    for tier in ("rich", "anchors", "urls", "name"):
        part = judged.filter(pl.col("tier") == tier)
        table = by_domain(rows[part["row"].to_numpy()], part["probability"].to_numpy())
        label, score = table["label"].to_numpy(), table["score"].to_numpy()
        tiers[tier] = {**skill(label, score), **calibration(label, score)}
    full = judged.head(rows.height)["probability"].to_numpy()
    return {
        "tiers": tiers,
        "baselines": {name: _of_known(rows, score, full) for name, score in baselines(rows).items()},
        "left_out": list(left_out(data, judged)),
        "false_positives": _false_positives(rows, full, cut),
        "rows": rows.height,
        "domains": rows["key"].n_unique(),
    }


def _of_known(rows: pl.DataFrame, score: Floats, ours: Floats) -> dict[str, float]:
    """Skill of a baseline where it has its input, and ours on the same domains."""
    known = ~np.isnan(score)
    table = by_domain(rows.filter(known), score[known])
    same = by_domain(rows.filter(known), ours[known])
    return {
        **skill(table["label"].to_numpy(), table["score"].to_numpy()),
        "our_auc": skill(same["label"].to_numpy(), same["score"].to_numpy())["auc"],
    }


def _false_positives(rows: pl.DataFrame, probability: Floats, cut: dict[str, float]) -> list[dict[str, Any]]:
    """Ordinary domains above the thresholds, by category, per 1,000."""
    honest = by_domain(rows, probability).filter(pl.col("label") == 0)
    return (
        honest.group_by("category")
        .agg(
            domains=pl.len(),
            disavow_per_1000=(pl.col("score") >= cut["disavow"]).mean() * 1000,
            review_per_1000=(pl.col("score") >= cut["review"]).mean() * 1000,
        )
        .filter(pl.col("domains") >= 20)
        .sort("domains", descending=True)
        .to_dicts()
    )
