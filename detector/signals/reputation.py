"""Reputation signals: how many independent lists name the domain, and as what; and whether it is popular.

Stage ``domain``: over the columns of ``reference.lookup``. They are shown and quoted, never learnt: the labels that the
classifier is trained on come from the very same lists. Themes are topics, popularity is weak evidence: neither is a
verdict. ``--without reputation`` leaves them out.
"""

from __future__ import annotations

import polars as pl

from detector.signals.registry import signal

_FAMILIES = "lists of the reference tables; lists that copy each other count once"


@signal(
    "reputation", "domain", needs="referring_domain", unit="count", direction=1, in_model=False,
    sentence="link-spam lists that name it, independent of each other: {value}", source=_FAMILIES,
)  # fmt: skip
def reputation_spam_lists() -> pl.Expr:
    return pl.col("listed_spam")


@signal(
    "reputation", "domain", needs="referring_domain", unit="count", direction=1, in_model=False,
    sentence="lists of content farms and copied sites that name it, independent of each other: {value}",
    source=_FAMILIES,
)  # fmt: skip
def reputation_farm_lists() -> pl.Expr:
    return pl.col("listed_farm")


@signal(
    "reputation", "domain", needs="referring_domain", unit="count", direction=1, in_model=False,
    sentence="lists of scams, malware and hacked sites that name it, independent of each other: {value}",
    source=_FAMILIES,
)  # fmt: skip
def reputation_harm_lists() -> pl.Expr:
    return pl.col("listed_harm")


@signal(
    "reputation", "domain", needs="referring_domain", unit="yes/no", direction=0, in_model=False,
    sentence="a list of gambling sites, licensed or not, names it", source="theme lists: a topic, no verdict",
)  # fmt: skip
def reputation_gambling() -> pl.Expr:
    return pl.col("listed_gambling") > 0


@signal(
    "reputation", "domain", needs="referring_domain", unit="yes/no", direction=0, in_model=False,
    sentence="a list of adult sites names it", source="theme lists: a topic, no verdict",
)  # fmt: skip
def reputation_adult() -> pl.Expr:
    return pl.col("listed_adult") > 0


@signal(
    "reputation", "domain", needs="referring_domain", unit="yes/no", direction=0, in_model=False,
    sentence="a list of pharmacies names it", source="theme lists: a topic, no verdict",
)  # fmt: skip
def reputation_pharma() -> pl.Expr:
    return pl.col("listed_pharma") > 0


@signal(
    "reputation", "domain", needs="referring_domain", unit="count", direction=-1, in_model=False,
    sentence="lists of ordinary sites that name it, independent of each other: {value}", source=_FAMILIES,
)  # fmt: skip
def reputation_ordinary_lists() -> pl.Expr:
    return pl.col("listed_ordinary")


@signal(
    "reputation", "domain", needs="referring_domain", unit="count", direction=-1, in_model=False,
    sentence="lists of much visited sites that name it: {value}",
    source="CrUX: popular, and not therefore innocent",
)  # fmt: skip
def reputation_popular_lists() -> pl.Expr:
    return pl.col("listed_popular")


@signal(
    "reputation", "domain", needs="referring_domain", unit="yes/no", direction=-1, in_model=False,
    sentence="it is one of the ten thousand sites that most others link to", source="Majestic Million",
)  # fmt: skip
def reputation_largest() -> pl.Expr:
    return pl.col("listed_largest") > 0


@signal(
    "reputation", "domain", needs="referring_domain", unit="count", direction=1, in_model=False,
    sentence="lists of your own that name it: {value}", source="detector lists add",
)  # fmt: skip
def reputation_own_lists() -> pl.Expr:
    return pl.col("listed_own")
