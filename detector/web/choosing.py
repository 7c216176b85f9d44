"""Which pages of a referring domain are asked for, and in which order.

Of each domain: first its best linking page (it says whether the link stands), then its home page (it says what the site is),
then further linking pages. A linking page is better when its links are not known to be lost, when some are followed, when no better
page has the same shape of address (pages of one template say the same), and when it holds more links to the site.

Of the domains: first those that a person has to decide, then those that stand in the disavow file, then the rest; among
them the most doubtful first, whose probability is nearest to one half.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polars as pl

from detector.errors import InputError
from detector.links.edited import edited_table
from detector.web.urls import fetchable

#: verdict -> turn
_TURNS: Final = {"review": 0, "disavow": 1, "keep": 2, "ignore": 3}
#: What is read of the table of referring domains.
_JUDGED: Final = {"referring_domain": pl.String, "probability": pl.Float64, "verdict": pl.String}
_BATCH: Final = 50_000

#: What ``candidates`` gives of each page.
CANDIDATE: Final[dict[str, pl.DataType]] = {
    "referring_domain": pl.String(),
    "url": pl.String(),
    "is_home": pl.Boolean(),
}


def candidates(folder: Path, pages_per_domain: int) -> pl.DataFrame:
    """The pages to ask for, the first ones first.

    Args:
        folder: of an audit, with ``links.parquet`` and ``referring-domains.csv``.
        pages_per_domain: at most so many of each.

    Returns:
        Columns of ``CANDIDATE``; ``url`` is as the exports have it, or null for a home page whose address must
        be made (``home_url``).

    Raises:
        InputError: the folder holds no audit.
    """
    domains = _domains(folder / "referring-domains.csv")
    linking = _linking_pages(folder / "links.parquet")
    homes = domains.select(
        "referring_domain", url=pl.lit(None, pl.String), is_home=pl.lit(True), rank=pl.lit(1.5)
    )
    return (
        pl.concat([linking, homes.lazy()], how="vertical_relaxed")
        .join(domains.lazy(), on="referring_domain", how="inner", maintain_order="left")
        .sort("turn", "doubt", "referring_domain", "rank")
        .filter(pl.int_range(pl.len()).over("referring_domain") < pages_per_domain)
        .select(*CANDIDATE)
        .collect()
    )


def _domains(path: Path) -> pl.DataFrame:
    """``referring_domain, turn, doubt`` of an audit's domains."""
    table = edited_table(path, _JUDGED)
    return table.select(
        "referring_domain",
        turn=pl.col("verdict").replace_strict(_TURNS, default=len(_TURNS), return_dtype=pl.Int64),
        doubt=(pl.col("probability").fill_null(0.5) - 0.5).abs(),
    )


def _linking_pages(path: Path) -> pl.LazyFrame:
    """``referring_domain, url, is_home, rank`` of the pages that link, the best of each domain with rank 1."""
    try:
        links = pl.scan_parquet(path).filter(
            pl.col("record_type") == "link", pl.col("source_url").is_not_null()
        )
        links.collect_schema()
    except (OSError, pl.exceptions.PolarsError) as error:
        fault = "it is no table of links"
        raise InputError(path, fault, "name the folder that 'detector audit' has written") from error
    shape = pl.col("url").str.replace_all(r"\d+", "0").str.replace(r"[?#].*$", "").str.replace(r"[^/]*$", "")
    return (
        links.group_by("referring_domain", url="source_url")
        .agg(
            lost=pl.col("lost").fill_null(False).all(),
            unfollowed=pl.any_horizontal(
                pl.col("rel_nofollow", "rel_ugc", "rel_sponsored").fill_null(False)
            ).all(),
            fewer=-pl.len().cast(pl.Int64),
        )
        .with_columns(shape=shape, length=pl.col("url").str.len_bytes())
        .sort("lost", "unfollowed", "fewer", "length", "url")
        .with_columns(repeats=pl.int_range(pl.len()).over("referring_domain", "shape"))
        .sort("lost", "repeats", "unfollowed", "fewer", "length", "url")
        .with_columns(rank=pl.int_range(1, pl.len() + 1).over("referring_domain").cast(pl.Float64))
        .select("referring_domain", "url", is_home=pl.lit(False), rank="rank")
    )


def spelled(pages: pl.DataFrame) -> Iterator[tuple[str, str, bool]]:
    """The candidates as ``(referring domain, URL to ask for, is it the home page)``.

    A page whose address is none that can be asked for keeps the spelling of the export, so that it does not
    vanish. A home page is asked for at the scheme and host of the page before it.
    """
    before = ("", "")
    for batch in pages.iter_slices(_BATCH):
        for domain, text, is_home in batch.iter_rows():
            if is_home:
                example = before[1] if before[0] == domain else ""
                url = home_url(domain, example)
            else:
                url = fetchable(text)
                before = (domain, url or "")
            yield domain, url or text or domain, is_home


def home_url(domain: str, example: str) -> str | None:
    """Address of the home page of a referring domain: a tenant's own, or that of the host of an example page."""
    name, slash, path = domain.partition("/")
    start = example.split("/", 3)
    place = "/".join(start[:3]) if len(start) > 3 else f"http://{name}"
    return fetchable(f"{place}/{path}" if slash else f"{place}/")
