"""Facts about short texts, anchors and titles, as expressions over a column of distinct strings.

Each string is judged once, however many links carry it. The words come from ``lexicon``; what a fact is worth is
learnt by the classifier.
"""

from __future__ import annotations

import polars as pl

from detector.signals.lexicon import generic_anchors, seller_patterns
from detector.signals.site import Site, normal_words
from detector.signals.spelling import disguised, readable

#: Longer strings are cut before they are looked at: a title of a megabyte is hostile, not informative.
LONGEST = 400

_ADDRESS = r"^(?:[a-z][a-z0-9+.-]*://|www\d?\.)\S+$|^[^\s/@]+\.[\p{L}]{2,24}(?:[/?#:]\S*)?$"
_CONTACT = r"(?:^|[\s:(])@[a-z0-9_]{4,}|t\.me/|telegram|whats\s?app|wa\.me/|skype|(?:tg|wechat|weixin|微信|飞机|qq)\s*[:：@]\s*\S+"
_METRICS = r"\b(?:da|dr|pa|tf|cf|ur|as)\s*[:>]?\s*\d{2}\b"
_EMOJI = r"[\x{1F300}-\x{1FAFF}\x{2600}-\x{27BF}\x{1F1E6}-\x{1F1FF}\x{2B50}\x{2705}]"
#: All but words and single blanks between them. (Blanks are the commonest thing between words; to leave them standing
#: is three times as fast as to replace each by itself.)
_BETWEEN_WORDS = r" *[^\p{L}\p{N}\p{M} ][^\p{L}\p{N}\p{M}]*|  +"
_BETWEEN_ASCII = r" *[^a-z0-9 ][^a-z0-9]*|  +"
#: Script of a text: the first class that occurs in it.
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
_FOREIGN = "|".join(regex for name, regex in _SCRIPTS if name != "latin")


def share_of_links(flag: pl.Expr) -> pl.Expr:
    """Over a domain's distinct texts, each with its ``share`` of the links: the share whose text has the flag."""
    return pl.when(flag).then(pl.col("share")).otherwise(0.0).sum()


def mean_of_links(value: pl.Expr) -> pl.Expr:
    """Over a domain's distinct texts, each with ``n`` links: the mean of a value of those that are not empty; NaN where it is told of none."""
    return _mean(value, pl.when(pl.col("text") != "").then(pl.col("n")))


def mean_text_score(links: pl.Expr) -> pl.Expr:
    """Over a domain's distinct texts: the mean of how they read, each by its ``links``; NaN where none has words."""
    return _mean(pl.col("text_score"), links)


def _mean(value: pl.Expr, weight: pl.Expr) -> pl.Expr:
    counted = pl.when(value.is_not_null()).then(weight)
    return (value.cast(pl.Float64) * counted).sum() / counted.sum()


def without_names(norm: pl.Expr, site: Site) -> pl.Expr:
    """Normalised text with ``@`` in place of the audited site's own names."""
    spaced = (" ".join(normal_words(name)) for name in (*site.hosts, *site.names()))
    names = {*(name for name in spaced if len(name) >= 4), *site.inside}
    for name in sorted(names, key=len, reverse=True):
        norm = norm.str.replace_all(name, "@", literal=True)
    return norm


def says_something(bare: pl.Expr) -> pl.Expr:
    """Whether a text without the audited site's names (see ``without_names``) holds more than their places."""
    return bare.str.strip_chars("@ ") != ""


def normalised(low: str, *, ascii_only: bool) -> pl.Expr:
    """Text in lower case and NFKC with one blank between words and around the whole: `` best casino ``."""
    between = _BETWEEN_ASCII if ascii_only else _BETWEEN_WORDS
    words = pl.col(low).str.replace_all(between, " ").str.strip_chars(" ")
    return pl.concat_str(pl.lit(" "), words, pl.lit(" "))


def text_facts(texts: pl.DataFrame, site: Site) -> pl.DataFrame:
    """What can be told of each string by itself.

    Args:
        texts: a column ``text`` of distinct, non-null strings (String).

    Returns:
        ``texts``, in another order, with Boolean ``is_address, is_own_address, has_brand, is_brand, is_generic, trade, seller,
        contact, emoji, obfuscated, has_digits``, String ``norm`` (see ``normalised``), ``topic`` (trade, or null) and ``script``,
        and Int64 ``length`` (characters) and ``words``.
    """
    is_ascii = texts["text"].str.len_bytes() == texts["text"].str.len_chars()
    halves = (texts.filter(is_ascii), True), (texts.filter(~is_ascii), False)
    return pl.concat([_facts(half, site, ascii_only=ascii_only) for half, ascii_only in halves])


def _facts(texts: pl.DataFrame, site: Site, *, ascii_only: bool) -> pl.DataFrame:
    """``text_facts`` of strings that are all in ASCII, which are spared what only others need, or all not."""
    cut = pl.col("text").str.slice(0, LONGEST)
    base = texts.with_columns(low=cut.str.to_lowercase())
    if ascii_only:
        base = base.with_columns(norm=normalised("low", ascii_only=True))
    else:
        base = base.with_columns(norm=readable(cut))
        base = base.with_columns(norm=normalised("norm", ascii_only=False))
    base = base.with_columns(squash=pl.col("norm").str.replace_all(" ", "", literal=True))
    facts = base.with_columns(
        is_address=pl.col("low").str.strip_chars().str.contains(_ADDRESS),
        is_own_address=_contains_any("low", site.hosts),
        has_brand=_contains_any("squash", site.inside) | pl.col("squash").is_in(list(site.spellings)),
        is_brand=pl.col("squash").is_in(_brand_alone(site)),
        is_generic=pl.col("norm").str.strip_chars(" ").is_in(generic_anchors()),
        seller=_contains_any("norm", seller_patterns()) | pl.col("low").str.contains(_METRICS),
        contact=pl.col("low").str.contains(_CONTACT),
        emoji=pl.lit(False) if ascii_only else pl.col("low").str.contains(_EMOJI),
        obfuscated=disguised("low", ascii_only=ascii_only),
        has_digits=pl.col("low").str.contains(r"\d"),
        length=pl.col("text").str.len_chars().cast(pl.Int64),
        words=pl.col("norm").str.count_matches(" ", literal=True).cast(pl.Int64) - 1,
    )
    return _with_topic(facts.with_columns(_scripts(facts["low"])), site).drop("low", "squash")


def _scripts(texts: pl.Series) -> pl.Series:
    """The script of each text (``script``); null where it holds no letter of a known one."""
    chain = [pl.when(pl.col("low").str.contains(regex)).then(pl.lit(name)) for name, regex in _SCRIPTS]
    latin = texts.to_frame().select(pl.when(pl.col("low").str.contains(r"\p{Latin}")).then(pl.lit("latin")))
    script = latin.to_series().alias("script")
    foreign = texts.str.contains(_FOREIGN).arg_true()
    return script.scatter(foreign, texts.gather(foreign).to_frame().select(pl.coalesce(chain)).to_series())


def _with_topic(facts: pl.DataFrame, site: Site) -> pl.DataFrame:
    """Add ``trade`` and ``topic``, the first trade with a word in the text.

    In a text that is spelt to fool filters (``s l o t``) words of ``_HIDDEN`` letters or more are looked for without
    regard to blanks.
    """
    words = site.trade_patterns()
    rules = {topic: _trades(patterns) for topic, patterns in words.items()}
    facts = facts.with_columns(trade=_trades(sorted({p for patterns in words.values() for p in patterns})))
    topics = [pl.when(rule).then(pl.lit(topic)) for topic, rule in rules.items()]
    traded = facts["trade"].arg_true()
    named = facts[traded].select(pl.coalesce(topics)).to_series()
    return facts.with_columns(
        topic=pl.repeat(None, facts.height, dtype=pl.String, eager=True).scatter(traded, named)
    )


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
