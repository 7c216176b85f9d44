"""The worst mistakes of the model, by name, for a person to read: where it is surest against the lists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import polars as pl

from detector.classifier.dataset import build_named
from detector.classifier.explain import reasons
from detector.classifier.training import fit
from detector.links.domains import Domains

#: So many of either kind are told.
MOST: Final = 100


def worst_mistakes(
    raw: Path, domains: Domains, progress: Callable[[str], None] = lambda _: None
) -> pl.DataFrame:
    """Make the training table and the model anew, and list the domains with a trusted label that it judges most wrongly, out of fold.

    Returns:
        ``referring_domain, profile, label`` (0 ordinary, 1 toxic, as the lists say), ``probability`` (Float64, out of fold), ``category, source,
        family`` and ``reasons`` (String): at most ``MOST`` of either label, the worst first, each domain once.

    Raises:
        InputError: the raw data is not there.
    """
    data, names = build_named(raw, domains, progress)
    progress("fitting")
    model, judged = fit(data)
    rows = data.rows
    table = pl.concat([rows, names.rename({"profile": "of_site"})], how="horizontal").with_columns(
        judged.head(rows.height)["probability"]
    )
    wrong = pl.when(pl.col("label") == 1).then(1 - pl.col("probability")).otherwise(pl.col("probability"))
    worst = (
        table.filter("strong")
        .with_columns(wrong=wrong)
        .sort("wrong", "referring_domain", descending=[True, False])
        .unique("referring_domain", keep="first", maintain_order=True)
        .group_by("label", maintain_order=True)
        .head(MOST)
        .sort("label", "wrong", descending=[False, True])
    )
    leaning = (worst["label"] == 0).to_numpy()  # what spoke for the mistake
    why = reasons(worst, model.signals, model.contributions(worst), leaning)
    return worst.select(
        "referring_domain", profile="of_site", label="label", probability=pl.col("probability").round(4),
        category="category", source="source", family="family", reasons=why.list.join("; "),
    )  # fmt: skip
