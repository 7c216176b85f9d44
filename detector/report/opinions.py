"""What others say of a domain: vendors with their names, lists with theirs. Shown beside the verdict, not part of it."""

from __future__ import annotations

from typing import Final

import polars as pl

from detector.classifier.explain import shown_value
from detector.signals.registry import all_signals

_FAMILIES: Final = ("vendor", "reputation")
#: What is said of a domain of which no link is known, where the sentence speaks of its links.
_OF_NO_LINKS: Final = {"vendor_spam_flag_share": "the tool flags it as spam"}


def opinions(domains: pl.DataFrame) -> pl.Series:
    """One sentence for every opinion that is there, and one that names the lists.

    Args:
        domains: the signals of the families ``vendor`` and ``reputation``, ``links`` and ``lists``.

    Returns:
        List(String), one entry a row.
    """
    told = []
    for signal in all_signals().values():
        if signal.family in _FAMILIES and (domains[signal.name] > 0).any():
            before, placed, after = signal.sentence.partition("{value}")
            parts = [pl.lit(before), *([shown_value(signal, signal.name), pl.lit(after)] if placed else [])]
            said = pl.concat_str(parts)
            if signal.name in _OF_NO_LINKS:
                said = pl.when(pl.col("links") == 0).then(pl.lit(_OF_NO_LINKS[signal.name])).otherwise(said)
            told.append(pl.when(pl.col(signal.name) > 0).then(said))
    named = pl.when(pl.col("lists").list.len() > 0).then(
        pl.concat_str(pl.lit("named by: "), pl.col("lists").list.join(", "))
    )
    return domains.select(opinions=pl.concat_list(*told, named).list.drop_nulls()).to_series()
