"""Other vendors' opinions. Shown with their names, never learnt: a vendor's label must not be predicted from itself.

``--without vendor`` leaves them out of the reasons as well.
"""

from __future__ import annotations

import polars as pl

from detector.signals.authority import metric
from detector.signals.registry import signal


@signal(
    "vendor", "link", needs="is_spam_flag", unit="share", direction=1, in_model=False,
    sentence="the tool flags {value} of its links as spam", source="Ahrefs: Is spam",
)  # fmt: skip
def vendor_spam_flag_share() -> pl.Expr:
    flag = pl.col("spam_flag").cast(pl.Float64)
    # a table of domains flags the domain: that is none of its links
    return pl.coalesce(flag.filter("is_link").mean(), flag.mean())


@signal(
    "vendor", "peak", needs="toxicity_score", unit="points", direction=1, in_model=False,
    sentence="its Semrush Toxic Score is {value}", source="Semrush Backlink Audit, 0-100",
)  # fmt: skip
def vendor_semrush_toxic() -> pl.Expr:
    return metric("toxicity_score", "semrush_toxic_score")


@signal(
    "vendor", "peak", needs="toxicity_score", unit="points", direction=1, in_model=False,
    sentence="its Link Detox risk is {value}", source="LinkResearchTools DTOXRISK, points",
)  # fmt: skip
def vendor_lrt_risk() -> pl.Expr:
    return metric("toxicity_score", "lrt_dtoxrisk")


@signal(
    "vendor", "peak", needs="spam_score", unit="points", direction=1, in_model=False,
    sentence="its Moz Spam Score is {value}", source="Moz Spam Score, 0-100 %",
)  # fmt: skip
def vendor_moz_spam() -> pl.Expr:
    return metric("spam_score", "moz_spam_score")


@signal(
    "vendor", "peak", needs="spam_score", unit="points", direction=1, in_model=False,
    sentence="its DataForSEO spam score is {value}", source="DataForSEO spam score, 0-100",
)  # fmt: skip
def vendor_dataforseo_spam() -> pl.Expr:
    return metric("spam_score", "dataforseo_spam_score")
