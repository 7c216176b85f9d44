"""From a table of pages to what the ``seen`` signals aggregate: whom the pages link to, and what domains share.

Pages tell anchors and domains as they are (``web.page``); here the words of ``lexicon`` judge them.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

import polars as pl

from detector.links.hashing import text_hash
from detector.signals.lexicon import trade_patterns
from detector.signals.registry import stage_signals
from detector.signals.site import Site
from detector.signals.text import text_facts

#: Outcomes (``web.outcomes``) of a page whose own content was seen.
READ: Final = ("linked", "unlinked", "live", "live_in_part", "redirected_away", "parked", "for_sale")
#: Pages whose lists of other sites overlap by so much link to nearly the same; lists of fewer sites say nothing.
_LEAST_SHARED: Final = 5
_QUALIFIED: Final = ("nofollow", "ugc", "sponsored")
#: Kinds of ``target_links`` that are links of the page.
_LINKS: Final = ("text", "image", "redirector", "after html", "frame")


def seen_signals(pages: pl.DataFrame | None, site: Site) -> pl.DataFrame:
    """The signals of stage ``seen``.

    Args:
        pages: columns of ``web.page.PAGE_SCHEMA``, of which ``referring_domain`` is that of the linking page as it was asked for; with a
            column ``outcome`` only pages of ``READ`` count. None: nothing was fetched.

    Returns:
        one row per referring domain with a page that was read: ``referring_domain`` and one Float64 column a signal.
    """
    signals = stage_signals("seen")
    if pages is None or not pages.height:
        return pl.DataFrame(
            schema={"referring_domain": pl.String, **dict.fromkeys((s.name for s in signals), pl.Float64)}
        )
    if "outcome" in pages.columns:
        pages = pages.filter(pl.col("outcome").is_in(READ))
    seen = seen_pages(pages.filter(pl.col("number_of_words").is_not_null()), site)
    expressions = [s.expr().cast(pl.Float64).fill_nan(None).alias(s.name) for s in signals]
    return seen.group_by("referring_domain").agg(expressions)


def seen_pages(pages: pl.DataFrame, site: Site) -> pl.DataFrame:
    """Pages with what the lexicon says of them, and with what they share with other domains.

    Returns:
        ``pages`` and: shares ``trade_anchor_share, seller_anchor_share, hidden_trade_share, trade_domain_share, large_domain_share`` and
        ``trade_title`` (Float64; null without anchors or domains), ``anchor_trades`` (distinct trades), ``deliberate_unknown`` and
        ``hidden_unknown`` (hidden domains that are none of the largest sites), ``target_count, target_hidden, target_in_content,
        target_in_comment, target_qualified`` (links to the audited site), and ``template_sharing, account_sharing, outbound_sharing``
        (other referring domains of the table).
    """
    pages = pages.with_row_index("page")
    for part in (
        _anchors(pages, "outbound_anchors", site).rename(
            {"trade": "trade_anchor_share", "seller": "seller_anchor_share", "trades": "anchor_trades"}
        ),
        _anchors(pages, "hidden_anchors", site).select("page", hidden_trade_share="trade"),
        _titles(pages, site),
        _domains(pages),
        _targets(pages),
    ):
        pages = pages.join(part, on="page", how="left", maintain_order="left")
    counts = ("target_count", "target_hidden", "target_in_content", "target_in_comment", "target_qualified")
    return pages.with_columns(
        pl.col(counts).fill_null(0),
        pl.col("anchor_trades").fill_null(0),
        template_sharing=_sharing(pages, pl.when(pl.col("template") != "").then("template")),
        account_sharing=_most_shared(pages, "identifiers"),
        outbound_sharing=_sharing(pages, _outbound_set()),
    ).drop("page")


def _anchors(pages: pl.DataFrame, column: str, site: Site) -> pl.DataFrame:
    """``page``, the shares of its anchors of a trade and of link sellers, and how many trades they name."""
    rows = pages.select("page", text=column).explode("text").drop_nulls("text")
    facts = text_facts(rows.select("text").unique(), site).select("text", "trade", "seller", "topic")
    told = rows.join(facts, on="text", how="left")
    return told.group_by("page").agg(
        pl.col("trade").cast(pl.Float64).mean(),
        pl.col("seller").cast(pl.Float64).mean(),
        trades=pl.col("topic").drop_nulls().n_unique().cast(pl.Int64),
    )


def _titles(pages: pl.DataFrame, site: Site) -> pl.DataFrame:
    facts = text_facts(pages.select(text="title").drop_nulls().unique(), site).select("text", "trade")
    told = pages.select("page", text="title").join(facts, on="text", how="left")
    return told.select("page", trade_title=pl.col("trade").cast(pl.Float64))


@cache
def _largest() -> pl.Series:
    text = resources.files("detector").joinpath("data", "largest_sites.csv").read_bytes()
    return pl.read_csv(text, comment_prefix="#")["domain"]


def _is_large(domain: pl.Expr) -> pl.Expr:
    """Whether a referring domain, or the platform of a tenant, is one of the largest sites."""
    return domain.str.replace(r"/.*$", "").is_in(_largest().implode())


def _has_trade(domain: pl.Expr) -> pl.Expr:
    words = sorted({p.strip().replace(" ", "") for ps in trade_patterns().values() for p in ps})
    return domain.str.to_lowercase().str.contains_any([word for word in words if len(word) >= 5])


def _domains(pages: pl.DataFrame) -> pl.DataFrame:
    neighbours = pages.select("page", domain="outbound_domains").explode("domain").drop_nulls("domain")
    shares = neighbours.group_by("page").agg(
        trade_domain_share=_has_trade(pl.col("domain")).cast(pl.Float64).mean(),
        large_domain_share=_is_large(pl.col("domain")).cast(pl.Float64).mean(),
    )
    unknown = pl.element().filter(~_is_large(pl.element())).len().cast(pl.Int64)
    hidden = pages.select(
        "page",
        deliberate_unknown=pl.col("deliberate_domains").list.eval(unknown).list.first(),
        hidden_unknown=pl.col("hidden_domains").list.eval(unknown).list.first(),
    )
    return hidden.join(shares, on="page", how="left")


def _targets(pages: pl.DataFrame) -> pl.DataFrame:
    links = pages.select("page", link="target_links").explode("link").drop_nulls("link").unnest("link")
    qualified = pl.any_horizontal(pl.col("rel").list.contains(word) for word in _QUALIFIED)
    return (
        links.filter(pl.col("kind").is_in(_LINKS))
        .group_by("page")
        .agg(
            target_count=pl.len().cast(pl.Int64),
            target_hidden=((pl.col("hidden") != "") & (pl.col("hidden") != "noscript")).sum().cast(pl.Int64),
            target_in_content=pl.col("place").is_in(["", "content"]).sum().cast(pl.Int64),
            target_in_comment=(pl.col("place") == "comment").sum().cast(pl.Int64),
            target_qualified=qualified.sum().cast(pl.Int64),
        )
    )


def _outbound_set() -> pl.Expr:
    """A key that pages with the same other sites share; null of a page that links to few."""
    few = pl.col("outbound_domains").list.len() < _LEAST_SHARED
    return pl.when(~few).then(text_hash(pl.col("outbound_domains").list.sort().list.join(" ")))


def _sharing(pages: pl.DataFrame, key: pl.Expr) -> pl.Series:
    """How many other referring domains of the table have a page with the same key; 0 without a key."""
    keyed = pages.select("referring_domain", key=key)
    others = pl.col("referring_domain").n_unique().over("key") - 1
    return keyed.select(
        pl.when(pl.col("key").is_not_null()).then(others).otherwise(0).cast(pl.Int64)
    ).to_series()


def _most_shared(pages: pl.DataFrame, column: str) -> pl.Series:
    """The same of a list of keys: of the key that most domains share."""
    keyed = pages.select("page", "referring_domain", key=column).explode("key").drop_nulls("key")
    counts = keyed.with_columns(others=pl.col("referring_domain").n_unique().over("key") - 1)
    most = counts.group_by("page").agg(pl.col("others").max())
    joined = pages.select("page").join(most, on="page", how="left", maintain_order="left")
    return joined["others"].fill_null(0).cast(pl.Int64)
