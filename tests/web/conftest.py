"""A local web for each test, a fetcher of it, and an audit's folder that names its pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest
from local_web import AGENT, SHORT, LocalWeb

from detector.web.fetching import Fetcher


@pytest.fixture
def web() -> Iterator[LocalWeb]:
    with LocalWeb() as served:
        yield served


@pytest.fixture
def fetcher(web: LocalWeb) -> Iterator[Fetcher]:
    with Fetcher(AGENT, SHORT, web.guard) as made:
        yield made


@pytest.fixture
def audit_of(tmp_path: Path) -> Callable[..., Path]:
    """Makes an audit's folder: of each URL, one link in the export."""

    def make(urls: dict[str, list[str]] | list[str], site: str = "audited.test") -> Path:
        pages = (
            urls
            if isinstance(urls, dict)
            else {_host(url): [u for u in urls if _host(u) == _host(url)] for url in urls}
        )
        folder = tmp_path / "audit"
        folder.mkdir(exist_ok=True)
        (folder / "audit.json").write_text(json.dumps({"site": site, "settings": {"own": []}}))
        rows = [(domain, url) for domain, found in pages.items() for url in found]
        pl.DataFrame(
            {"referring_domain": [d for d, _ in rows], "source_url": [u for _, u in rows]},
            schema={"referring_domain": pl.String, "source_url": pl.String},
        ).with_columns(
            record_type=pl.lit("link"),
            lost=pl.lit(None, pl.Boolean),
            rel_nofollow=pl.lit(None, pl.Boolean),
            rel_ugc=pl.lit(None, pl.Boolean),
            rel_sponsored=pl.lit(None, pl.Boolean),
        ).write_parquet(folder / "links.parquet")
        pl.DataFrame({"referring_domain": list(pages)}).with_columns(
            probability=pl.lit("0.5"), verdict=pl.lit("review")
        ).write_csv(folder / "referring-domains.csv")
        return folder

    return make


def _host(url: str) -> str:
    return url.split("/")[2].partition(":")[0]
