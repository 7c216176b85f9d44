"""Network signals: who shares an address with whom, where an export names addresses.

Stage ``domain``: over the table of referring domains with ``ip`` (one of its addresses) and ``country``.
"""

from __future__ import annotations

import polars as pl

from detector.signals.registry import signal

_PBN = "PBN footprints: shared hosting (LRT, SEO SpyGlass: C-blocks)"


def _others_with(key: pl.Expr) -> pl.Expr:
    """Other domains of the profile with the same key, log1p; null where there is no key."""
    return pl.when(key.is_not_null()).then((pl.len().over(key) - 1).cast(pl.Float64).log1p())


@signal(
    "network", "domain", needs="ip", unit="log1p count", direction=0, in_model=False,
    sentence="{value} other domains of this profile are at the same address", source=_PBN,
)  # fmt: skip
def network_same_ip() -> pl.Expr:
    return _others_with(pl.when(pl.col("ip").str.contains(r"^[\d.]+$|:")).then(pl.col("ip")))


@signal(
    "network", "domain", needs="ip", unit="log1p count", direction=0,
    sentence="{value} other domains of this profile are in the same /24 network", source=_PBN,
)  # fmt: skip
def network_same_subnet() -> pl.Expr:
    return _others_with(pl.col("ip").str.extract(r"^(\d+\.\d+\.\d+)\.", 1))


@signal(
    "network", "domain", needs="country", unit="share", direction=0, in_model=False,
    sentence="{value} of this profile's domains are hosted in the same country", source="country mix (Semrush)",
)  # fmt: skip
def network_country_share() -> pl.Expr:
    known = pl.col("country").is_not_null()
    return pl.when(known).then(pl.len().over("country") / known.sum())
