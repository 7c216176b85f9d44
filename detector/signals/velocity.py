"""Velocity signals: when the domain appeared, and who appeared with it.

Stage ``domain``: over the table of referring domains with ``first_seen``, ``last_seen`` (Date) and ``suffix``.
"""

from __future__ import annotations

import polars as pl

from detector.signals.registry import signal

_BURST = "negative-SEO waves; link velocity (Majestic, SEO SpyGlass)"


def _week() -> pl.Expr:
    return pl.col("first_seen").dt.truncate("1w")


@signal(
    "velocity", "domain", needs="first_seen", unit="days", direction=0,
    sentence="it was first seen {value} before the newest link", source="age of the link",
)  # fmt: skip
def velocity_age() -> pl.Expr:
    newest = pl.max_horizontal(pl.col("first_seen").max(), pl.col("last_seen").max())
    return (newest - pl.col("first_seen")).dt.total_days()


@signal(
    "velocity", "domain", needs="first_seen last_seen", unit="days", direction=0,
    sentence="its links were seen over {value}", source="lifetime of the links",
)  # fmt: skip
def velocity_lifetime() -> pl.Expr:
    return (pl.col("last_seen") - pl.col("first_seen")).dt.total_days().clip(0)


@signal(
    "velocity", "domain", needs="first_seen", unit="log ratio", direction=0,
    sentence="in its week {value} as many domains appeared as in the profile's usual week", source=_BURST,
)  # fmt: skip
def velocity_burst() -> pl.Expr:
    in_week = pl.len().over(_week())
    weeks = _week().n_unique()
    usual = (pl.col("first_seen").is_not_null().sum() / weeks).clip(1)
    return pl.when(pl.col("first_seen").is_not_null()).then((in_week / usual).log())


@signal(
    "velocity", "domain", needs="first_seen", unit="log1p count", direction=0,
    sentence="{value} other domains with the same suffix appeared in the same week", source=_BURST,
)  # fmt: skip
def velocity_suffix_burst() -> pl.Expr:
    alike = pl.len().over(_week(), pl.col("suffix"))
    common = pl.col("suffix").is_in(["com"])
    return pl.when(pl.col("first_seen").is_not_null()).then(
        pl.when(common).then(0).otherwise(alike - 1).cast(pl.Float64).log1p()
    )
