"""Examples of injected links: an ordinary site as an export shows it, with the words of spam in its anchor or title.

Hacked pages, comment spam and repurposed domains have the numbers of the ordinary site they sit on; only the words give
them away. Lists of domains hardly hold them, collections of spam texts do. So rows of ordinary domains are copied with
the text signals of spam texts (toxic) and of other ordinary texts (ordinary), with a small weight. They never count in
the evaluation.
"""

from __future__ import annotations

import hashlib
import random
from typing import Final

import polars as pl

from detector.links.domains import Domains
from detector.links.schema import LINK_SCHEMA
from detector.signals.compute import Computed, compute_signals, facts_of
from detector.signals.registry import stage_signals
from detector.signals.site import make_site

#: Family of these rows, and source: whether the text stands in the anchor alone, or in the title as well.
INJECTED: Final = "injected"
IN_TITLE: Final = "injected_title"
#: The weight of one example.
WEIGHT: Final = 0.12
#: (collection, label) -> so many of its texts.
_DRAWN: Final = {
    ("comment_phrases", 1): 60, ("gambling_comments", 1): 120, ("chinese_terms", 1): 60, ("made", 1): 360,
    ("editorial_anchors", 0): 240, ("page_anchors", 0): 240, ("submitted_titles", 0): 60, ("japanese_titles", 0): 30,
    ("site_names", 0): 30, ("made", 0): 60, ("gambling_comments", 0): 30,
}  # fmt: skip
_LONGEST: Final = 100
#: Signals that tell about other domains of the profile stay those of the copied row.
_OF_THE_PROFILE: Final = ("anchor_shared_domains", "anchor_template_domains", "title_template_domains")


def injected(
    rows: pl.DataFrame, collected: pl.DataFrame, domains: Domains
) -> tuple[pl.DataFrame, Computed, pl.Series]:
    """Copies of ordinary rows with other texts.

    Args:
        rows: labelled rows with signals and ``referring_domain``, as ``dataset`` makes them.
        collected: ``collections.collections``.

    Returns:
        rows of the same columns (family ``injected``); the computed texts, whose domains are the rows'; and the texts, which
        must be learnt from as texts of those rows only.
    """
    draw = random.Random(20261121)  # noqa: S311  (no secret)
    table = pl.concat(_drawn(collected, name, label, count) for (name, label), count in _DRAWN.items())
    table = (
        table.unique("text", maintain_order=True)
        .with_row_index("i")
        .with_columns(
            referring_domain=pl.concat_str(pl.lit("injected-"), pl.col("i")),
            in_title=pl.col("i") % 2 == 0,
        )
    )
    computed = compute_signals(facts_of(_links(table)), make_site("audited-site.example"), domains)
    base = rows.filter(
        (pl.col("label") == 0)
        & pl.col("strong")
        & pl.col("title_length").is_not_null()
        & pl.col("anchor_distinct").is_not_null()
    )
    picked = base[[draw.randrange(base.height) for _ in range(table.height)]]
    own = [
        s.name for stage in ("anchor", "title") for s in stage_signals(stage) if s.name not in _OF_THE_PROFILE
    ]
    texts_of = table.join(computed.domains, on="referring_domain", how="left", maintain_order="left")
    titled = pl.Series(table["in_title"])
    copies = picked.with_columns(
        texts_of["referring_domain"],
        texts_of["label"],
        pl.Series("profile", [f"injected-{i % 5}" for i in range(table.height)]),
        pl.lit(INJECTED).alias("family"),
        pl.select(pl.when(titled).then(pl.lit(IN_TITLE)).otherwise(pl.lit(INJECTED)))
        .to_series()
        .alias("source"),
        pl.lit("injected").alias("category"),
        pl.lit("injected").alias("evidence"),
        pl.lit(None, pl.Int16).alias("year"),
        pl.lit(WEIGHT).alias("weight"),
        pl.lit(False).alias("strong"),
        pl.lit(False).alias("known"),
        pl.lit(None, pl.String).alias("found"),
        pl.lit(None, pl.String).alias("operator"),
        *(
            texts_of[name]
            if name.startswith("anchor")
            else pl.select(
                pl.when(titled).then(texts_of[name]).otherwise(picked[name]).alias(name)
            ).to_series()
            for name in own
        ),
    )
    return copies, computed, table["text"]


def _links(table: pl.DataFrame) -> pl.DataFrame:
    cells = {
        "record_type": pl.lit("link"),
        "source_url": pl.concat_str(pl.lit("https://"), "referring_domain", pl.lit(".example/page")),
        "source_host": pl.concat_str("referring_domain", pl.lit(".example")),
        "target_url": pl.lit("https://audited-site.example/"),
        "anchor": pl.col("text"),
        "source_title": pl.when("in_title").then("text").otherwise(pl.lit("Weekly notes")),
        "tool": pl.lit("injected"),
        "referring_domain": pl.col("referring_domain"),
    }
    return table.select(
        cells.get(name, pl.lit(None)).cast(kind).alias(name) for name, kind in LINK_SCHEMA.items()
    )


def _drawn(collected: pl.DataFrame, collection: str, label: int, count: int) -> pl.DataFrame:
    """An even sample of the short texts of a collection that does not depend on their order."""
    fit = collected.filter(
        pl.col("collection") == collection,
        pl.col("label") == label,
        pl.col("text").str.len_chars() <= _LONGEST,
    )
    key = pl.col("text").map_elements(
        lambda text: hashlib.sha256(text.encode()).hexdigest()[::-1], return_dtype=pl.String
    )
    return fit.select("text", "label", key=key).sort("key").head(count).drop("key")
