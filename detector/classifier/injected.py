"""Examples of injected links: an ordinary site as an export shows it, with the words of spam in its anchor or title.

Hacked pages, comment spam and repurposed domains have the numbers of the ordinary site they sit on; only the words give
them away. Lists of domains hardly hold them, collections of spam texts do. So rows of ordinary domains are copied with
the text signals of spam texts (toxic) and of other ordinary texts (ordinary), with a small weight. They never count in
the evaluation.
"""

from __future__ import annotations

import hashlib
import random
from pathlib import Path
from typing import Final

import polars as pl

from detector.classifier.labels import raw_folder
from detector.links.domains import Domains
from detector.links.schema import LINK_SCHEMA
from detector.signals.compute import Computed, compute_signals, facts_of
from detector.signals.lexicon import TRADES
from detector.signals.registry import stage_signals
from detector.signals.site import make_site

#: So many texts of each collection, and the weight of one example.
TEXTS_EACH, WEIGHT = 120, 0.12
_LONGEST: Final = 100
#: Signals that tell about other domains of the profile stay those of the copied row.
_OF_THE_PROFILE: Final = ("anchor_shared_domains", "anchor_template_domains", "title_template_domains")


def injected(rows: pl.DataFrame, raw: Path, domains: Domains) -> tuple[pl.DataFrame, Computed]:
    """Copies of ordinary rows with other texts.

    Args:
        rows: labelled rows with signals and ``referring_domain``, as ``dataset`` makes them.

    Returns:
        rows of the same columns (family ``injected``), and the computed texts, whose domains are the rows'.
    """
    draw = random.Random(20261121)  # noqa: S311  (no secret)
    texts = [(text, 1) for text in _spam(raw, draw)] + [(text, 0) for text in _ordinary(raw, draw)]
    table = pl.DataFrame(texts, schema={"text": pl.String, "label": pl.Int8}, orient="row").unique(
        "text", maintain_order=True
    )
    table = table.with_row_index("i").with_columns(
        referring_domain=pl.concat_str(pl.lit("injected-"), pl.col("i")),
        in_title=pl.col("i") % 2 == 0,
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
        pl.lit("injected").alias("family"),
        pl.lit("injected").alias("source"),
        pl.lit("injected").alias("category"),
        pl.lit("injected").alias("evidence"),
        pl.lit(None, pl.Int16).alias("year"),
        pl.lit(WEIGHT).alias("weight"),
        pl.lit(False).alias("strong"),
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
    return copies, computed


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


def _spam(raw: Path, draw: random.Random) -> list[str]:
    """Texts of comment spam in English, Indonesian and Chinese, and trade words of every language of the lexicon."""
    folder = raw_folder(raw) / "anchors"
    phrases = [line for line in _lines(folder / "splorp" / "blacklist.txt") if " " in line and len(line) > 8]
    comments = pl.read_csv(
        folder / "id_gambling_comments/huggingface/online_gambling_yt_comments/train.csv", infer_schema=False
    )
    gambling = comments.filter((pl.col("label") == "1") & (pl.col("text").str.len_chars() <= _LONGEST))[
        "text"
    ].to_list()
    terms = [line for line in _lines(folder / "zh_spam_dict" / "SpamDict.txt") if len(line) >= 3]
    topics = [words.split() for words in TRADES.values()]
    made = [
        " ".join(draw.sample(draw.choice(topics), draw.randint(1, 3))).replace("-", " ")
        for _ in range(2 * TEXTS_EACH)
    ]
    return [*_some(phrases, draw), *_some(gambling, draw), *_some(terms, draw), *made]


def _ordinary(raw: Path, draw: random.Random) -> list[str]:
    """Anchors that people set, anchors of ordinary pages, titles in several languages."""
    folder = raw_folder(raw) / "anchors"
    set_by_hand = (
        pl.read_parquet(folder / "awesome_links" / "awesome_links.parquet")["anchor"].drop_nulls().to_list()
    )
    pages = (
        pl.read_parquet(folder / "html_anchors" / "benign_html_anchors.parquet")["anchor"]
        .drop_nulls()
        .to_list()
    )
    titles = (
        pl.read_parquet(folder / "benign_titles" / "benign_titles.parquet")["text"].drop_nulls().to_list()
    )
    return [*_some(set_by_hand, draw, 2), *_some(pages, draw, 2), *_some(titles, draw)]


def _some(texts: list[str], draw: random.Random, times: int = 1) -> list[str]:
    fit = sorted({text.strip() for text in texts if 2 <= len(text.strip()) <= _LONGEST})
    fit.sort(key=lambda text: hashlib.sha256(text.encode()).digest())
    return draw.sample(fit, min(times * TEXTS_EACH, len(fit)))


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines()
