"""What an audit tells of clusters, so that a person can review a whole wave at once."""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from detector.verdict import KEEP, VERDICTS

#: So many clusters are told, those with the most domains that are not kept first; ``referring-domains.csv`` numbers all.
MOST_CLUSTERS: Final = 500
_EXAMPLES: Final = 5
#: How many characters of a shared text are told: strangers wrote it.
_LONGEST: Final = 200


def clusters_told(clusters: pl.DataFrame, decided: pl.DataFrame) -> list[dict[str, Any]]:
    """The entries of ``clusters`` in ``audit.json``.

    Args:
        clusters: as ``signals.clusters.Clusters.table``.
        decided: the judged domains, with ``cluster``, ``verdict`` and ``probability``.

    Returns:
        per cluster ``cluster`` (its number), ``domains``, ``links``, ``first_seen`` and ``last_first_seen`` (ISO dates or None), ``days``,
        ``marked``, ``majority`` (the verdict of most), ``verdicts`` (counts), ``traces`` and ``examples`` (the most probable domains).
    """
    judged = (
        decided.filter(pl.col("cluster").is_not_null())
        .sort("probability", "referring_domain", descending=[True, False])
        .group_by("cluster", maintain_order=True)
        .agg(
            *((pl.col("verdict") == verdict).sum().alias(verdict) for verdict in VERDICTS),
            examples=pl.col("referring_domain").head(_EXAMPLES),
        )
    )
    found = clusters.join(judged, on="cluster").with_columns(doubted=pl.col("domains") - pl.col(KEEP))
    first = found.sort("doubted", "domains", "cluster", descending=[True, True, False]).head(MOST_CLUSTERS)
    return [_entry(row) for row in first.iter_rows(named=True)]


def _entry(row: dict[str, Any]) -> dict[str, Any]:
    verdicts = {verdict: row[verdict] for verdict in VERDICTS}
    days = {name: None if row[name] is None else str(row[name]) for name in ("first_seen", "last_first_seen")}
    return {
        **{name: row[name] for name in ("cluster", "domains", "links")},
        **days,
        **{name: row[name] for name in ("days", "marked")},
        "majority": max(verdicts, key=lambda verdict: verdicts[verdict]),
        "verdicts": verdicts,
        "traces": [{**trace, "value": trace["value"][:_LONGEST]} for trace in row["traces"]],
        "examples": row["examples"],
    }
