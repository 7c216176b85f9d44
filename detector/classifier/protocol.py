"""The part of the protocol of docs/evaluation.md that fits the model anew: families left out, ablation, seeds, sources.

All of it is about exports as they stand. A fit takes seconds, the whole some minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from detector.classifier.dataset import Dataset, kept_together
from detector.classifier.evaluation import by_domain, skill
from detector.classifier.held_out import promise_left_out
from detector.classifier.model import TIERS
from detector.classifier.training import (
    AS_IT_STANDS,
    Examples,
    cross_fitted,
    fit_seen,
    inputs,
    make_examples,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

#: Families left out together: toxic families, benign families.
LEFT_OUT: Final = (
    (("disavow_files",), ("awesome",)),
    (("many_profiles",), ("smallweb", "hn_blogs", "zh_blogs", "eng_blogs")),
    (("referrer", "eppcqtrwm"), ("hn2016", "debian", "jser")),
    (("opendisavow",), ("ut1", "misp", "rss_feeds")),
    (("wikimedia", "splorp", "pukiwiki", "ssss"), ("hipo", "universities", "dotgov", "gsa", "etalab")),
)
SEEDS: Final = (1, 2, 3)
#: A benign family is compared with others from so many domains on.
_LARGE: Final = 100


def protocol(data: Dataset, progress: Callable[[str], None] = lambda _: None) -> dict[str, Any]:
    """All figures of this file, by section."""
    rows = data.rows
    examples = make_examples(rows)
    figures: dict[str, Any] = {}
    for name, section in (
        ("left_out", left_out),
        ("ablation", ablation),
        ("seeds", over_seeds),
        ("sources", between_sources),
    ):
        progress(name.replace("_", " "))
        figures[name] = list(section(rows, examples))
    return figures


def left_out(rows: pl.DataFrame, examples: Examples) -> Iterator[dict[str, Any]]:
    """Train without some families, judge only them: each pair of toxic and benign families of ``LEFT_OUT``.

    The promise is made on the families that stay, out of fold, and tried on those left out.
    """
    number = rows.height  # the examples begin with the rows as they stand
    stands = pl.DataFrame({"tier": examples.tier, "log_odds": cross_fitted(examples)}).head(number)
    for toxic, benign in LEFT_OUT:
        out = rows["family"].is_in([*toxic, *benign])
        groups = rows.filter(out)["group"].unique()
        unseen = rows["group"].is_in(groups.implode()).to_numpy()
        judged = np.append(out.to_numpy(), np.zeros(len(examples.y) - number, dtype=np.bool_))
        log_odds = _unseen(examples, ~unseen[examples.row], judged)
        table = by_domain(rows.filter(out), log_odds)
        if table["label"].n_unique() == 2:
            yield {
                "toxic": ", ".join(toxic),
                "benign": ", ".join(benign),
                **skill(table["label"].to_numpy(), table["score"].to_numpy()),
                "promise": promise_left_out(rows, stands, unseen, out.to_numpy(), log_odds),
            }


def _unseen(examples: Examples, seen: NDArray[np.bool_], judged: NDArray[np.bool_]) -> Floats:
    """Log odds of the ``judged`` examples by the boosting of their tier, fitted on the ``seen`` ones."""
    log_odds = np.empty(len(judged))
    for tier in TIERS:
        of_tier = (examples.tier == tier).to_numpy()
        if (of_tier & judged).any():
            booster = fit_seen(examples, of_tier & seen)
            log_odds[of_tier & judged] = booster.decision_function(examples.x[of_tier & judged])
    return log_odds[judged]


def ablation(rows: pl.DataFrame, examples: Examples) -> Iterator[dict[str, Any]]:
    """What is lost without a family of signals, and what it says alone (rich exports)."""
    of_family = np.array([signal.family for signal in inputs()])
    yield {"family": "", "signals": len(of_family), "all": _rich_skill(rows, examples, {})}
    for family in _families():
        own = of_family == family
        yield {
            "family": family,
            "signals": int(own.sum()),
            "without": _rich_skill(rows, _only(examples, ~own), {}),
            "alone": _rich_skill(rows, _only(examples, own), {}),
        }


def _families() -> list[str]:
    return list(dict.fromkeys(signal.family for signal in inputs()))


def over_seeds(rows: pl.DataFrame, examples: Examples) -> Iterator[dict[str, Any]]:
    """The figures of other draws: of the boosting, and of the folds."""
    for seed in SEEDS:
        together = rows.select(unit=kept_together())
        units = together.unique(maintain_order=True)
        fold = np.random.default_rng(seed).integers(0, 5, units.height).astype(np.int8)
        drawn = together.join(units.with_columns(fold=pl.Series(fold)), on="unit", maintain_order="left")[
            "fold"
        ]
        other = replace(examples, fold=drawn.to_numpy()[examples.row])
        yield {"seed": seed, **_rich_skill(rows, other, {"random_state": seed})}


def between_sources(rows: pl.DataFrame, examples: Examples) -> Iterator[dict[str, Any]]:
    """How well the model's score tells one benign family from the others: 0.5 if it has not learnt the source."""
    scores = cross_fitted(examples, tiers=("rich",))
    judged = ((examples.mask == AS_IT_STANDS) & (examples.tier == "rich")).to_numpy()
    honest = by_domain(rows[examples.row[judged]], scores[judged]).filter(label=0)
    sizes = honest["family"].value_counts().filter(pl.col("count") >= _LARGE).sort("count", descending=True)
    for family, count in sizes.iter_rows():
        other = (honest["family"] == family).to_numpy().astype(np.int8)
        yield {"family": family, "domains": count, "auc": skill(other, honest["score"].to_numpy())["auc"]}


def _rich_skill(rows: pl.DataFrame, examples: Examples, changed: dict[str, Any]) -> dict[str, float]:
    scores = cross_fitted(examples, tiers=("rich",), **changed)
    judged = ((examples.mask == AS_IT_STANDS) & (examples.tier == "rich")).to_numpy()
    table = by_domain(rows[examples.row[judged]], scores[judged])
    return skill(table["label"].to_numpy(), table["score"].to_numpy())


def _only(examples: Examples, kept: NDArray[np.bool_]) -> Examples:
    """The examples with the other signals missing everywhere."""
    return replace(examples, x=np.where(kept, examples.x, np.nan))
