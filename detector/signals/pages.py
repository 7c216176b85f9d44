"""Facts about page addresses, as expressions over a sample of distinct URLs."""

from __future__ import annotations

from itertools import chain
from urllib.parse import unquote

import polars as pl

from detector.signals.lexicon import seller_patterns
from detector.signals.site import Site
from detector.signals.spelling import mended
from detector.signals.text import normalised, without_names

_LISTING = (
    r"(?i)/(?:links?|linklist|partners?|directory|dir|listing|profile|profiles|user|users|member|members|author|u|"
    r"go|out|redirect|redir|away|jump|url|visit|exit|site|sites|domain|domains|www|whois|stats?|info|rank|review|"
    r"guestbook|gbook|gaestebuch|forum|viewtopic|showthread|member\.php|profile\.php|links?\.html?|links?\.php)(?:[/?.=]|$)"
    r"|/story(?:\d{4,}|\.php)|/comment-page-\d|[?&]cpage=\d|[?&;/=](?:user(?::|%3a)|action=profile)"
    r"|(?:[?&](?:url|u|site|domain|link|goto|to|q)=)"
)


def page_facts(urls: pl.DataFrame, site: Site) -> pl.DataFrame:
    """What the address of a page tells.

    Args:
        urls: a column ``url`` (String, non-null).

    Returns:
        ``urls`` with Boolean ``is_home, has_query, names_site, is_listing, is_html, trade``, Int64 ``depth`` (levels below the
        home page) and ``path_length`` (characters behind the host), Float64 ``digit_share`` and String ``skeleton``: the path with its words and
        numbers replaced by their kind, null for the home page, and ``bare``, the words of the path without the site's own names.
    """
    path = pl.col("url").str.replace(r"^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*", "").str.slice(0, 500)
    urls = urls.with_columns(path=path)
    read = mended(urls["path"], "%", lambda escaped: unquote(escaped, errors="ignore"))
    urls = urls.with_columns(low=read.str.to_lowercase())
    own = site.hosts
    words = normalised("low", ascii_only=False)
    suspicious = sorted({*seller_patterns(), *chain.from_iterable(site.trade_patterns().values())})
    facts = urls.lazy().with_columns(  # lazily: what several expressions share is worked out once
        is_home=pl.col("path").str.contains(r"^/?(?:index\.\w+)?$"),
        has_query=pl.col("path").str.contains("?", literal=True),
        names_site=pl.col("path").str.to_lowercase().str.contains_any(own)
        if own
        else pl.lit(None, pl.Boolean),
        is_listing=pl.col("path").str.contains(_LISTING),
        is_html=pl.col("path").str.contains(r"(?i)\.s?html?(?:$|[?#])"),
        trade=words.str.contains_any(suspicious),
        bare=without_names(words, site),
        depth=pl.col("path")
        .str.replace(r"[?#].*$", "")
        .str.strip_chars("/")
        .str.count_matches(r"/+")
        .cast(pl.Int64)
        + (pl.col("path").str.len_bytes() > 1).cast(pl.Int64),
        path_length=pl.col("path").str.len_chars().cast(pl.Int64),
        digit_share=pl.col("path").str.count_matches(r"\d") / pl.col("path").str.len_chars().clip(1),
        skeleton=_skeleton(own),
    )
    return facts.drop("path", "low").collect()


def on_subdomain() -> pl.Expr:
    """Whether a page (``url``) lies on a sub-domain of its ``referring_domain`` (Categorical); ``www`` is none."""
    domain = pl.col("referring_domain").cast(pl.String).str.replace(r"/.*$", "")
    host = pl.col("url").str.extract(r"^[A-Za-z]+://(?:[wW]{3}\d?\.)?([^/?#:]+)", 1).str.to_lowercase()
    return host.str.ends_with(pl.concat_str(pl.lit("."), domain)).fill_null(value=False)


def _skeleton(own: list[str]) -> pl.Expr:
    """``/blog/2026/buy-7-links.html?id=5`` -> ``/blog/0/w-0-w.html?id=``; the audited site's address becomes ``@``.

    The first folder stays as it is; it names the script that made the page.
    """
    path = pl.col("path").str.to_lowercase()
    for host in own:
        path = path.str.replace_all(host, "@", literal=True)
    path = path.str.replace(r"#.*$", "").str.replace_all(r"=[^&]*", "=").str.replace_all(r"\d+", "0")
    last = path.str.extract(r"(\.[a-z]{2,5})(?:\?|$)", 1).fill_null("")
    path = path.str.replace(r"\.[a-z]{2,5}(\?|$)", "$1")
    first = path.str.extract(r"^(/[^/?]*)", 1)
    rest = path.str.replace(r"^/[^/?]*", "").str.replace_all(r"\p{L}+", "w")
    whole = pl.concat_str(first, rest, last)
    return pl.when(path.str.len_bytes() > 3).then(whole)
