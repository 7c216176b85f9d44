"""Facts about short texts, anchors and titles, as expressions over a column of distinct strings.

Each string is judged once, however many links carry it. The words come from ``lexicon``; what a fact is worth is
learnt by the classifier.
"""

from __future__ import annotations

import polars as pl

from detector.signals.lexicon import generic_anchors, seller_patterns, trade_patterns
from detector.signals.site import Site

#: Longer strings are cut before they are looked at: a title of a megabyte is hostile, not informative.
LONGEST = 400

_ADDRESS = r"^(?:[a-z][a-z0-9+.-]*://|www\d?\.)\S+$|^[^\s/@]+\.[\p{L}]{2,24}(?:[/?#:]\S*)?$"
_CONTACT = r"(?:^|[\s:(])@[a-z0-9_]{4,}|t\.me/|telegram|whats\s?app|wa\.me/|skype|(?:tg|wechat|weixin|微信|飞机|qq)\s*[:：@]\s*\S+"
_METRICS = r"\b(?:da|dr|pa|tf|cf|ur|as)\s*[:>]?\s*\d{2}\b"
_EMOJI = r"[\x{1F300}-\x{1FAFF}\x{2600}-\x{27BF}\x{1F1E6}-\x{1F1FF}\x{2B50}\x{2705}]"
_FANCY = r"[\x{1D400}-\x{1D7FF}\x{1F130}-\x{1F189}\x{24B6}-\x{24E9}\x{FF21}-\x{FF5A}]"
_SPACED = r"(?:^|[^\p{L}])(?:\p{L}[ ._*-]){3,}\p{L}(?:$|[^\p{L}])"
_MIXED = r"[a-z][а-яα-ω]|[а-яα-ω][a-z]"
#: Script of a text: the first class that occurs in it; Latin when none does.
_SCRIPTS: tuple[tuple[str, str], ...] = (
    ("japanese", r"[\p{Hiragana}\p{Katakana}]"),
    ("korean", r"\p{Hangul}"),
    ("chinese", r"\p{Han}"),
    ("thai", r"\p{Thai}"),
    ("arabic", r"\p{Arabic}"),
    ("hebrew", r"\p{Hebrew}"),
    ("cyrillic", r"\p{Cyrillic}"),
    ("greek", r"\p{Greek}"),
    ("indic", r"[\p{Devanagari}\p{Bengali}\p{Tamil}\p{Telugu}\p{Gujarati}]"),
    ("latin", r"\p{Latin}"),
)


def share_of_links(flag: pl.Expr) -> pl.Expr:
    """Over a domain's distinct texts, each with its ``share`` of the links: the share whose text has the flag."""
    return pl.col("share").filter(flag).sum()


def normalised(column: str) -> pl.Expr:
    """NFKC, lower case, one blank between words and around the whole: `` best casino ``."""
    text = pl.col(column).str.slice(0, LONGEST).str.normalize("NFKC").str.to_lowercase()
    return pl.concat_str(
        pl.lit(" "), text.str.replace_all(r"[^\p{L}\p{N}\p{M}]+", " ").str.strip_chars(" "), pl.lit(" ")
    )


def text_facts(texts: pl.DataFrame, site: Site) -> pl.DataFrame:
    """What can be told of each string by itself.

    Args:
        texts: a column ``text`` of distinct, non-null strings (String).

    Returns:
        ``texts`` with Boolean ``is_address, is_own_address, has_brand, is_brand, is_generic, trade, seller, contact,
        emoji, obfuscated, has_digits``, String ``topic`` (trade, or null) and ``script``, and Int64 ``length`` (characters) and ``words``.
    """
    base = texts.with_columns(
        norm=normalised("text"),
        low=pl.col("text").str.slice(0, LONGEST).str.to_lowercase(),
    ).with_columns(squash=pl.col("norm").str.replace_all(" ", "", literal=True))
    facts = base.with_columns(
        is_address=pl.col("low").str.strip_chars().str.contains(_ADDRESS),
        is_own_address=_contains_any("low", site.hosts),
        has_brand=_contains_any("squash", site.inside) | pl.col("squash").is_in(list(site.spellings)),
        is_brand=pl.col("squash").is_in(_brand_alone(site)),
        is_generic=pl.col("norm").str.strip_chars(" ").is_in(generic_anchors()),
        seller=_contains_any("norm", seller_patterns()) | pl.col("low").str.contains(_METRICS),
        contact=pl.col("low").str.contains(_CONTACT),
        emoji=pl.col("low").str.contains(_EMOJI),
        obfuscated=pl.col("text").str.contains(_FANCY)
        | pl.col("low").str.contains(_SPACED)
        | pl.col("low").str.contains(_MIXED),
        has_digits=pl.col("low").str.contains(r"\d"),
        script=_script("low"),
        length=pl.col("text").str.len_chars().cast(pl.Int64),
        words=pl.col("norm").str.count_matches(" ", literal=True).cast(pl.Int64) - 1,
    )
    return _with_topic(facts, site).drop("low", "squash")


def _with_topic(facts: pl.DataFrame, site: Site) -> pl.DataFrame:
    """Add ``trade`` and ``topic``, the first trade with a word in the text.

    In a text that is spelt to fool filters (``s l o t``) words of ``_HIDDEN`` letters or more are looked for without
    regard to blanks.
    """
    words = {topic: p for topic, p in trade_patterns().items() if topic not in site.own_topics}
    rules = {topic: _trades(patterns) for topic, patterns in words.items()}
    facts = facts.with_columns(trade=_trades(sorted({p for patterns in words.values() for p in patterns})))
    topics = [pl.when(rule).then(pl.lit(topic)) for topic, rule in rules.items()]
    traded = facts.filter("trade").select("text", topic=pl.coalesce(topics))
    return facts.join(traded, on="text", how="left", maintain_order="left")


_HIDDEN = 4


def _trades(patterns: list[str]) -> pl.Expr:
    hidden = sorted({w for p in patterns if len(w := p.replace(" ", "")) >= _HIDDEN or p == p.strip()})
    return _contains_any("norm", patterns) | (pl.col("obfuscated") & _contains_any("squash", hidden))


def _brand_alone(site: Site) -> list[str]:
    """Squashed anchors that are the name and nothing else: ``acme``, ``acmecom``, ``theacme``."""
    addresses = [d.replace(".", "").replace("-", "") for d in site.hosts]
    return sorted(
        {*site.spellings, *(f"the{s}" for s in site.spellings), *addresses, *(f"www{a}" for a in addresses)}
    )


def _contains_any(column: str, patterns: list[str]) -> pl.Expr:
    if not patterns:
        return pl.lit(False)
    return pl.col(column).str.contains_any(patterns)


def _script(column: str) -> pl.Expr:
    chain = [pl.when(pl.col(column).str.contains(regex)).then(pl.lit(name)) for name, regex in _SCRIPTS]
    return pl.coalesce(chain)
