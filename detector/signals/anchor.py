"""Anchor signals: what the links say, and who else says it.

Stage ``anchor``: rows are the distinct anchors of a referring domain (the most frequent ones, see
``compute.ANCHORS_PER_DOMAIN``), ``n`` links each and their ``share``, with the facts of ``text.text_facts``; an anchor that the file leaves
empty is the empty string.
"""

from __future__ import annotations

import polars as pl

from detector.signals.registry import signal
from detector.signals.text import mean_of_links, mean_text_score, share_of_links

_FORM = "how texts are written, see signals/form.py"
_SPAM_POLICIES = "Google spam policies: link spam"
_ANCHOR_TEXT = "Google spam policies: links with optimised anchor text"


def _filled() -> pl.Expr:
    return pl.col("text") != ""


@signal(
    "anchor", "anchor", needs="anchor", unit="share", direction=0,
    sentence="{value} of its anchors are the site's own name", source="Semrush, LRT: anchor classes",
)  # fmt: skip
def anchor_brand_share() -> pl.Expr:
    return share_of_links(pl.col("is_brand"))


@signal(
    "anchor", "anchor", needs="anchor", unit="share", direction=0,
    sentence="{value} of its anchors hold the site's name among other words", source="Semrush: compound anchors",
)  # fmt: skip
def anchor_compound_share() -> pl.Expr:
    return share_of_links(pl.col("has_brand") & ~pl.col("is_brand") & ~pl.col("is_address"))


@signal(
    "anchor", "anchor", needs="anchor", unit="share", direction=0,
    sentence="{value} of its anchors are the site's bare address", source="Semrush: naked URL",
)  # fmt: skip
def anchor_url_share() -> pl.Expr:
    return share_of_links(pl.col("is_address") | pl.col("is_own_address"))


@signal(
    "anchor", "anchor", needs="anchor", unit="share", direction=0,
    sentence="{value} of its anchors are general words such as 'here'", source="Semrush: general anchors",
)  # fmt: skip
def anchor_generic_share() -> pl.Expr:
    return share_of_links(pl.col("is_generic"))


@signal(
    "anchor", "anchor", needs="anchor", unit="share", direction=0,
    sentence="{value} of its links have no anchor text", source="Semrush: empty anchors",
)  # fmt: skip
def anchor_empty_share() -> pl.Expr:
    return share_of_links(~_filled())


@signal(
    "anchor", "anchor", needs="anchor", unit="share", direction=0,
    sentence="{value} of its anchors are other words: neither name, address nor general", source=_ANCHOR_TEXT,
)  # fmt: skip
def anchor_money_share() -> pl.Expr:
    named = pl.col("has_brand") | pl.col("is_address") | pl.col("is_own_address") | pl.col("is_generic")
    return share_of_links(_filled() & ~named)


@signal(
    "anchor", "anchor", needs="anchor", unit="share", direction=1,
    sentence="{value} of its anchors hold words of a spam trade", source=_SPAM_POLICIES,
)  # fmt: skip
def anchor_trade_share() -> pl.Expr:
    return share_of_links(pl.col("trade"))


@signal(
    "anchor", "anchor", needs="anchor", unit="share", direction=1,
    sentence="{value} of its anchors advertise links or search rankings", source=_SPAM_POLICIES,
)  # fmt: skip
def anchor_seller_share() -> pl.Expr:
    return share_of_links(pl.col("seller"))


@signal(
    "anchor", "anchor", needs="anchor", unit="share", direction=1,
    sentence="{value} of its anchors hold a contact handle", source="seen in sellers' waves of 2025-26",
)  # fmt: skip
def anchor_contact_share() -> pl.Expr:
    return share_of_links(pl.col("contact"))


@signal(
    "anchor", "anchor", needs="anchor", unit="share", direction=1,
    sentence="{value} of its anchors hold emoji", source="seen in sellers' waves of 2025-26",
)  # fmt: skip
def anchor_emoji_share() -> pl.Expr:
    return share_of_links(pl.col("emoji"))


@signal(
    "anchor", "anchor", needs="anchor", unit="share", direction=1,
    sentence="{value} of its anchors are spelt to fool filters", source="obfuscated comment spam",
)  # fmt: skip
def anchor_obfuscated_share() -> pl.Expr:
    return share_of_links(pl.col("obfuscated"))


@signal(
    "anchor", "anchor", needs="anchor", unit="share", direction=1,
    sentence="{value} of its anchors are in a script that is rare in this profile", source="LRT: foreign anchors",
)  # fmt: skip
def anchor_foreign_share() -> pl.Expr:
    return share_of_links(pl.col("rare_script"))


@signal(
    "anchor", "anchor", needs="anchor", unit="share", direction=0,
    sentence="{value} of the letters of its anchors are capitals", source=_FORM,
)  # fmt: skip
def anchor_capital_share() -> pl.Expr:
    return mean_of_links(pl.col("capitals"))


@signal(
    "anchor", "anchor", needs="anchor", unit="share", direction=0,
    sentence="{value} of the words of its anchors begin with a capital", source=_FORM,
)  # fmt: skip
def anchor_capitalised_share() -> pl.Expr:
    return mean_of_links(pl.col("capitalised"))


@signal(
    "anchor", "anchor", needs="anchor", unit="share", direction=0,
    sentence="{value} of the characters of its anchors are digits", source=_FORM,
)  # fmt: skip
def anchor_digit_share() -> pl.Expr:
    return mean_of_links(pl.col("digits"))


@signal(
    "anchor", "anchor", needs="anchor", unit="characters", direction=0,
    sentence="its anchors are {value} long", source="Ntoulas et al. 2006: length of anchor text",
)  # fmt: skip
def anchor_length() -> pl.Expr:
    return mean_of_links(pl.col("length"))


@signal(
    "anchor", "anchor", needs="anchor", unit="log1p count", direction=0,
    sentence="it uses at least {value} different anchors", source="anchor diversity (LRT, cognitiveSEO)",
)  # fmt: skip
def anchor_distinct() -> pl.Expr:
    return pl.col("distinct").max().cast(pl.Float64).log1p()


@signal(
    "anchor", "anchor", needs="anchor", unit="bits", direction=0,
    sentence="its anchors vary by {value}", source="Shannon entropy of the anchor distribution",
)  # fmt: skip
def anchor_entropy() -> pl.Expr:
    return -(pl.col("share") * pl.col("share").log(2)).sum()


@signal(
    "anchor", "anchor", needs="anchor", unit="log1p count", direction=1,
    sentence="{value} other domains of this profile use the very same unusual anchor",
    source="Google spam policies: link schemes; 'complete hyperlink' (Carvalho et al. 2006)",
)  # fmt: skip
def anchor_shared_domains() -> pl.Expr:
    named = pl.col("is_brand") | pl.col("is_address") | pl.col("is_own_address") | pl.col("is_generic")
    unusual = _filled() & ~named
    return pl.when(unusual).then(pl.col("sharing_domains") - 1).otherwise(0).max().cast(pl.Float64).log1p()


@signal(
    "anchor", "anchor", needs="anchor", unit="log1p count", direction=1,
    sentence="{value} other domains of this profile fill one anchor template",
    source="template-made link spam; the text with the site's name and numbers taken out",
)  # fmt: skip
def anchor_template_domains() -> pl.Expr:
    named = pl.col("is_brand") | pl.col("is_address") | pl.col("is_own_address") | pl.col("is_generic")
    templated = (pl.col("words") >= 3) & ~named
    return pl.when(templated).then(pl.col("template_domains") - 1).otherwise(0).max().cast(pl.Float64).log1p()


@signal(
    "anchor", "anchor", needs="anchor", unit="log odds", direction=1,
    sentence="the words of its anchors weigh {value} towards spam", source="text model trained here, see docs/text-model.md",
)  # fmt: skip
def anchor_words() -> pl.Expr:
    return mean_text_score(pl.col("n"))


@signal(
    "anchor", "anchor", needs="anchor", unit="log odds", direction=1,
    sentence="the words of one of its anchors weigh {value} towards spam",
    source="text model trained here, see docs/text-model.md",
)  # fmt: skip
def anchor_words_max() -> pl.Expr:
    return pl.col("text_score").max()
