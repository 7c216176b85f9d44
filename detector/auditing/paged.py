"""The linking pages in an audit: read where ``detector crawl`` left them, and what they change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import polars as pl
from polars.exceptions import PolarsError

from detector.errors import UsageError
from detector.page_verdict import NOT_CALIBRATED, apply_pages

PAGES: Final = "pages.parquet"


def read_pages(folder: Path, site: str) -> pl.DataFrame:
    """The pages that were fetched for the last audit of a site in this folder.

    Raises:
        UsageError: there are none, or they were fetched for an audit of another site.
    """
    path = folder / PAGES
    try:
        record = json.loads((folder / "audit.json").read_text(encoding="utf-8"))
        pages = pl.read_parquet(path)
    except (OSError, ValueError, PolarsError) as error:
        raise UsageError(
            f"--pages: {path} cannot be read ({error}); 'detector crawl {folder}' makes it after an audit"
        ) from error
    if record.get("site") != site:
        raise UsageError(
            f"--pages: {path} is about {record.get('site')}, not about {site}: audit into another folder"
        )
    return pages


def judge_by_pages(decided: pl.DataFrame, pages: pl.DataFrame, links: pl.LazyFrame) -> pl.DataFrame:
    """Change verdicts by what the pages are; what they tell leads the reasons.

    Args:
        decided: as ``verdict.decide`` returns it, with the signals of pages and ``reasons``.
        pages: as ``read_pages`` returns it.
        links: of the audit, ``referring_domain`` and ``source_url``.
    """
    known = links.group_by("referring_domain").agg(
        linking_pages=pl.col("source_url").drop_nulls().n_unique().cast(pl.Int64)
    )
    table = decided.join(known.collect(), on="referring_domain", how="left", maintain_order="left")
    judged = apply_pages(table.with_columns(pl.col("linking_pages").fill_null(0)), pages)
    return judged.with_columns(reasons=pl.concat_list("page_reasons", "reasons")).drop(
        "linking_pages", "page_reasons"
    )


def pages_sentence(pages: pl.DataFrame, before: pl.DataFrame, after: pl.DataFrame) -> str:
    """What the pages changed, for the summary."""
    changed = int((before["verdict"] != after["verdict"]).sum())
    read = int(pages["outcome"].is_not_null().sum())
    return f"{read:,} pages were asked for, and changed the verdict of {changed:,} domains. A domain is then {NOT_CALIBRATED}."
