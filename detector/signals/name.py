"""Domain-name signals: weak evidence, and treated so (a name alone gives an AUC of 0.53 to 0.68, see evaluation).

Stage ``domain``: row-wise over the table of referring domains with ``stem`` (the name without its suffix, in its own script) and ``suffix``.
"""

from __future__ import annotations

import polars as pl

from detector.signals.lexicon import INNOCENT, seller_patterns, trade_patterns
from detector.signals.registry import signal

#: Suffixes that cost next to nothing to register in bulk; changed by hand, rarely (2026-11).
CHEAP_SUFFIXES = (
    "xyz top shop store icu click online site website space fun club live buzz cyou cfd sbs rest bond autos lol monster quest"
    " beauty hair skin makeup boats homes yachts motorcycles gq ml cf ga tk pw cc ws su biz info link win bid loan men date"
    " racing stream download review trade party science work gdn vip life today world digital agency"
).split()
TRUSTED_SUFFIX = (
    r"(?:^|\.)(?:gov|edu|mil|int|museum)$|(?:^|\.)(?:gov|gob|gouv|gv|go|ac|edu|mil|sch)\.[a-z]{2}$"
)

_WORDS = "name-based heuristics (SpamAssassin, Semrush: domain name)"


def _label() -> pl.Expr:
    return pl.col("stem")


def _name_words() -> pl.Expr:
    return pl.concat_str(pl.lit(" "), _label().str.replace_all(r"[^\p{L}]+", " "), pl.lit(" "))


def _written_together() -> pl.Expr:
    """The name without ordinary words that hold one of a trade."""
    return _label().str.replace_many(list(INNOCENT), ["-"])


@signal(
    "name", "domain", needs="referring_domain", unit="characters", direction=0,
    sentence="its name is {value} long", source=_WORDS,
)  # fmt: skip
def name_length() -> pl.Expr:
    return _label().str.len_chars()


@signal(
    "name", "domain", needs="referring_domain", unit="share", direction=0,
    sentence="{value} of its name are digits", source=_WORDS,
)  # fmt: skip
def name_digit_share() -> pl.Expr:
    return _label().str.count_matches(r"\d") / _label().str.len_chars().clip(1)


@signal(
    "name", "domain", needs="referring_domain", unit="count", direction=1,
    sentence="its name has {value} hyphens", source=_WORDS,
)  # fmt: skip
def name_hyphens() -> pl.Expr:
    return _label().str.count_matches("-", literal=True)


@signal(
    "name", "domain", needs="referring_domain", unit="letters", direction=0,
    sentence="its name has {value} consonants in a row", source="random names (DGA detection)",
)  # fmt: skip
def name_consonant_run() -> pl.Expr:
    runs = _label().str.extract_all(r"[bcdfghjklmnpqrstvwxz]+")
    return runs.list.eval(pl.element().str.len_chars()).list.max()


@signal(
    "name", "domain", needs="referring_domain", unit="yes/no", direction=1,
    sentence="its name holds words of a spam trade", source=_WORDS,
)  # fmt: skip
def name_trade_word() -> pl.Expr:
    patterns = sorted({p for ps in trade_patterns().values() for p in ps})
    long = sorted({p.strip().replace(" ", "") for p in patterns if len(p.strip()) >= 6})
    return _name_words().str.contains_any(patterns) | _written_together().str.contains_any(long)


@signal(
    "name", "domain", needs="referring_domain", unit="yes/no", direction=1,
    sentence="its name holds words of link sellers", source=_WORDS,
)  # fmt: skip
def name_seller_word() -> pl.Expr:
    long = sorted({p.strip().replace(" ", "") for p in seller_patterns() if len(p.strip()) >= 6})
    return _name_words().str.contains_any(seller_patterns()) | _written_together().str.contains_any(long)


@signal(
    "name", "domain", needs="referring_domain", unit="yes/no", direction=1,
    sentence="its suffix is one that is registered in bulk for next to nothing", source="Spamhaus: abused TLDs",
)  # fmt: skip
def name_cheap_suffix() -> pl.Expr:
    return pl.col("suffix").str.replace(r"^.*\.", "").is_in(CHEAP_SUFFIXES)


@signal(
    "name", "domain", needs="referring_domain", unit="yes/no", direction=-1,
    sentence="its suffix is given to public bodies and schools only", source="trusted registries",
)  # fmt: skip
def name_trusted_suffix() -> pl.Expr:
    return pl.col("suffix").str.contains(TRUSTED_SUFFIX)


@signal(
    "name", "domain", needs="referring_domain", unit="yes/no", direction=0,
    sentence="it is a tenant of a free host", source="free hosts and tenants",
)  # fmt: skip
def name_tenant() -> pl.Expr:
    return pl.col("kind").is_in(["tenant_host", "tenant_path"])


@signal(
    "name", "domain", needs="referring_domain", unit="yes/no", direction=0,
    sentence="its name is not ASCII", source="internationalised names",
)  # fmt: skip
def name_international() -> pl.Expr:
    return pl.col("referring_domain").str.contains("xn--", literal=True)


@signal(
    "name", "domain", needs="referring_domain", unit="yes/no", direction=0,
    sentence="it is an address without a name", source="links from bare IP addresses",
)  # fmt: skip
def name_is_address() -> pl.Expr:
    return pl.col("kind") == "ip"


@signal(
    "name", "domain", needs="referring_domain", unit="log1p count", direction=1,
    sentence="{value} other domains of this profile differ from it in a number or suffix only", source="numbered mirrors",
)  # fmt: skip
def name_series_domains() -> pl.Expr:
    numbered = _label().str.replace_all(r"\d+", "0")
    alike = pl.len().over(numbered)
    own_name = (numbered.str.len_chars() >= 5) & ~pl.col("kind").is_in(["tenant_host", "tenant_path"])
    return pl.when(own_name).then(alike - 1).otherwise(0).cast(pl.Float64).log1p()


@signal(
    "name", "domain", needs="referring_domain", unit="log1p count", direction=0, in_model=False,
    sentence="{value} other domains of this profile begin with the same two words",
    source="names such as seo-brand-alpha, seo-brand-beta; regional editions of a newspaper as well",
)  # fmt: skip
def name_prefix_domains() -> pl.Expr:
    prefix = _label().str.extract(r"^([a-z0-9]{2,}-[a-z0-9]{3,}-)", 1)
    own_name = prefix.is_not_null() & ~pl.col("kind").is_in(["tenant_host", "tenant_path"])
    return pl.when(own_name).then(pl.len().over(prefix, "suffix") - 1).otherwise(0).cast(pl.Float64).log1p()
