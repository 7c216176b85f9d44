"""Authority signals: the tools' metrics, each on its own scale and never mixed (Ahrefs DR is not Semrush AS).

Stage ``peak``: the highest value over the records of one referring domain.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from detector.links.schema import METRICS
from detector.signals.registry import signal

#: Whose opinion a metric is. Several tools measure the same thing: together they are one witness, not several.
TOOL_OF: Final[dict[str, str]] = {
    "authority_ahrefs_dr": "ahrefs",
    "authority_ahrefs_ur": "ahrefs",
    "authority_semrush_as": "semrush",
    "authority_semrush_page": "semrush",
    "authority_moz_da": "moz",
    "authority_moz_pa": "moz",
    "authority_dataforseo_rank": "dataforseo",
    "authority_trust_flow": "majestic",
    "authority_citation_flow": "majestic",
    "authority_trust_ratio": "majestic",
}


def metric(column: str, name: str) -> pl.Expr:
    """A record's score where it is of the named metric, else null."""
    return pl.when(pl.col(METRICS[column]) == name).then(pl.col(column))


@signal(
    "authority", "peak", needs="domain_authority", unit="points", direction=-1,
    sentence="its Ahrefs Domain Rating is {value}", source="Ahrefs DR, 0-100",
)  # fmt: skip
def authority_ahrefs_dr() -> pl.Expr:
    return metric("domain_authority", "ahrefs_dr")


@signal(
    "authority", "peak", needs="page_authority", unit="points", direction=-1,
    sentence="its linking pages have an Ahrefs URL Rating of {value}", source="Ahrefs UR, 0-100",
)  # fmt: skip
def authority_ahrefs_ur() -> pl.Expr:
    return metric("page_authority", "ahrefs_ur")


@signal(
    "authority", "peak", needs="domain_authority", unit="points", direction=-1,
    sentence="its Semrush Authority Score is {value}", source="Semrush AS, 0-100",
)  # fmt: skip
def authority_semrush_as() -> pl.Expr:
    return metric("domain_authority", "semrush_ascore")


@signal(
    "authority", "peak", needs="page_authority", unit="points", direction=-1,
    sentence="its linking pages have a Semrush page score of {value}", source="Semrush page AS, 0-100",
)  # fmt: skip
def authority_semrush_page() -> pl.Expr:
    return metric("page_authority", "semrush_page_ascore")


@signal(
    "authority", "peak", needs="domain_authority", unit="points", direction=-1,
    sentence="its Moz Domain Authority is {value}", source="Moz DA, 0-100",
)  # fmt: skip
def authority_moz_da() -> pl.Expr:
    return metric("domain_authority", "moz_da")


@signal(
    "authority", "peak", needs="page_authority", unit="points", direction=-1,
    sentence="its linking pages have a Moz Page Authority of {value}", source="Moz PA, 0-100",
)  # fmt: skip
def authority_moz_pa() -> pl.Expr:
    return metric("page_authority", "moz_pa")


@signal(
    "authority", "peak", needs="domain_authority", unit="points", direction=-1,
    sentence="its DataForSEO rank is {value}", source="DataForSEO rank, 0-1000",
)  # fmt: skip
def authority_dataforseo_rank() -> pl.Expr:
    return metric("domain_authority", "dataforseo_rank_0_1000")


@signal(
    "authority", "peak", needs="trust_flow", unit="points", direction=-1,
    sentence="its Majestic Trust Flow is {value}", source="Majestic TF, 0-100",
)  # fmt: skip
def authority_trust_flow() -> pl.Expr:
    return pl.col("trust_flow")


@signal(
    "authority", "peak", needs="citation_flow", unit="points", direction=0,
    sentence="its Majestic Citation Flow is {value}", source="Majestic CF, 0-100",
)  # fmt: skip
def authority_citation_flow() -> pl.Expr:
    return pl.col("citation_flow")


@signal(
    "authority", "peak", needs="trust_flow citation_flow", unit="ratio", direction=-1,
    sentence="its Trust Flow is {value} of its Citation Flow", source="Majestic TF / CF (LRT, feelosophy13)",
)  # fmt: skip
def authority_trust_ratio() -> pl.Expr:
    return pl.when(pl.col("citation_flow") > 0).then(pl.col("trust_flow") / pl.col("citation_flow"))


@signal(
    "authority", "peak", needs="domain_traffic", unit="log1p count", direction=-1,
    sentence="it gets {value} search visits a month", source="Ahrefs: domain traffic",
)  # fmt: skip
def authority_traffic() -> pl.Expr:
    return pl.col("domain_traffic").cast(pl.Float64).log1p()


@signal(
    "authority", "peak", needs="referring_domains", unit="log1p count", direction=0,
    sentence="{value} domains link to it or to its linking pages", source="Ahrefs, Majestic: referring domains",
)  # fmt: skip
def authority_referring_domains() -> pl.Expr:
    return pl.col("referring_domains").cast(pl.Float64).log1p()
