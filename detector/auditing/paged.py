"""The linking pages in an audit: read where ``detector crawl`` left them, and what they change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import polars as pl
from polars.exceptions import PolarsError

from detector.errors import UsageError
from detector.page_verdict import NOT_CALIBRATED, apply_pages
from detector.report.words import plural
from detector.web.urls import fetchable

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
    about = record.get("site") if isinstance(record, dict) else None
    if about != site:
        raise UsageError(f"--pages: {path} is about {about}, not about {site}: audit into another folder")
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
    table = table.with_columns(pl.col("linking_pages").fill_null(0))
    judged = apply_pages(table, _of_these_links(pages, table, links))
    return judged.with_columns(reasons=pl.concat_list("page_reasons", "reasons")).drop(
        "linking_pages", "page_reasons"
    )


def _of_these_links(pages: pl.DataFrame, table: pl.DataFrame, links: pl.LazyFrame) -> pl.DataFrame:
    """The pages, where no link is expected of one that the links do not name: exports may have changed since it was asked for, and
    it must not stand for one that never was. Looked into where all of a domain's pages may have been asked for: elsewhere it changes nothing.
    """
    asked = pages.group_by("referring_domain").agg(asked=pl.len())
    few = table.join(asked, on="referring_domain").filter(pl.col("linking_pages") <= pl.col("asked"))
    named = (
        links.join(few.lazy(), on="referring_domain", how="semi").select("source_url").drop_nulls().unique()
    )
    urls = [fetchable(url) or url for url in named.collect()["source_url"]]
    among = pl.col("referring_domain").is_in(few["referring_domain"].to_list())
    return pages.with_columns(is_home=pl.col("is_home") | (among & ~pl.col("url").is_in(urls)))


def pages_sentence(pages: pl.DataFrame, before: pl.DataFrame, after: pl.DataFrame) -> str:
    """What the pages changed, for the summary."""
    changed = int((before["verdict"] != after["verdict"]).sum())
    asked = int((pages["outcome"] != "not_fetched").sum())
    were = f"{plural(asked, 'page')} {'was' if asked == 1 else 'were'}"
    return f"{were} asked for, and changed the verdict of {plural(changed, 'domain')}. A domain is then {NOT_CALIBRATED}."
