"""Links in, one row of signals per referring domain out.

What is kept of each link (``facts``) is aggregated as far as it goes before text is looked at: texts are judged as
distinct strings, and of a domain's anchors, titles and pages only a sample (the most frequent anchors and titles, two pages
drawn evenly), stated in the constants below and in ``page_sample``.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import polars as pl

from detector.links.domains import Domains
from detector.links.hostnames import in_own_script
from detector.links.merging import link_keys
from detector.reference.lookup import Reference
from detector.signals.clusters import find_clusters
from detector.signals.facts import TEXTS, Facts
from detector.signals.form import text_form
from detector.signals.neighbours import seen_signals
from detector.signals.pages import on_subdomain, page_facts
from detector.signals.registry import Stage, all_signals, stage_signals
from detector.signals.site import Site
from detector.signals.spelling import mended
from detector.signals.text import says_something, text_facts, without_names
from detector.signals.wording import TextWeights

#: How many of a domain's distinct anchors and titles are looked at, the most frequent first.
ANCHORS_PER_DOMAIN = 5
TITLES_PER_DOMAIN = 2
#: A script that fewer of the profile's domains than this write their anchors in is rare.
RARE_SCRIPT_SHARE = 0.1
_THREADS = 2


@dataclass(frozen=True)
class Computed:
    """Signals and what the verdict quotes beside them.

    Attributes:
        domains: one row per referring domain, sorted by it: ``referring_domain``, one Float64 column a signal
            (null: input missing), and the columns of ``EVIDENCE``.
        anchors: the sample of distinct anchors a domain, with their facts.
        titles: the same of titles.
        clusters: the groups of domains that belong together; see ``clusters.Clusters.table``.
        pages: the sample of page addresses a domain, with their facts.
    """

    domains: pl.DataFrame
    anchors: pl.DataFrame
    titles: pl.DataFrame
    clusters: pl.DataFrame
    pages: pl.DataFrame


#: Columns beside the signals: evidence that reasons and reports quote.
EVIDENCE = (
    "links links_known followed_links live_links passing_links first_seen last_seen tools ip country example_url topic"
    " top_anchor kind stem suffix lists cluster cluster_told"
).split()


def compute_signals(
    facts: Facts,
    site: Site,
    domains: Domains,
    words: TextWeights | None = None,
    reference: Reference | None = None,
    seen: pl.DataFrame | None = None,
) -> Computed:
    """Compute every signal of every referring domain of one profile.

    Args:
        facts: the settled facts of its links.
        site: the audited site.
        words: fitted word weights; without them the signals that need them are null.
        reference: tables of listed domains; without them reputation is null.
        seen: the pages that were fetched (see ``neighbours.seen_signals``); without them their signals are null.
    """
    rows = facts.rows()
    with ThreadPoolExecutor(_THREADS) as pool:  # four independent passes, each too narrow to fill all cores
        titles_of = pool.submit(_texts, facts, rows, "source_title", TITLES_PER_DOMAIN, site, words)
        anchors_of = pool.submit(_texts, facts, rows, "anchor", ANCHORS_PER_DOMAIN, site, words)
        pages_of = pool.submit(_pages, facts.pages(), site, words)
        numbers = _of_links(rows)
        titles, anchors, pages = titles_of.result(), anchors_of.result(), pages_of.result()
    table = facts.peaks().join(facts.counts(), on="referring_domain", how="left")
    table = table.join(numbers, on="referring_domain", how="left")
    samples: dict[Stage, pl.DataFrame] = {"anchor": anchors, "title": titles, "page": pages}
    for stage, sample in samples.items():
        table = table.join(_aggregate(sample, stage), on="referring_domain", how="left")
    seen_table = seen_signals(seen, site).with_columns(pl.col("referring_domain").cast(pl.Categorical))
    table = table.join(seen_table, on="referring_domain", how="left")
    table = table.join(_quotes(anchors, titles), on="referring_domain", how="left")
    example = (
        facts.pages().group_by("referring_domain", maintain_order=True).agg(example_url=pl.col("url").first())
    )
    table = table.join(example, on="referring_domain", how="left")
    table = table.with_columns(_named, place=_place)
    table = _describe(table, domains).sort("referring_domain")
    placed = [sample.with_columns(place=_place) for sample in (anchors, titles, pages)]
    clusters = find_clusters(table, placed[0], placed[1], placed[2], site)
    table = table.join(clusters.domains, on="place", how="left", maintain_order="left")
    table = table.hstack((reference or Reference()).look_up(table["referring_domain"]))
    table = table.lazy().with_columns(_expressions("domain")).collect()
    return Computed(
        table.select("referring_domain", *all_signals(), *EVIDENCE),
        anchors.with_columns(_named),
        titles.with_columns(_named),
        clusters.table,
        pages.with_columns(_named),
    )


#: Referring domains are numbers (categories) until everything is joined.
_named = pl.col("referring_domain").cast(pl.String)
_place = pl.col("referring_domain").to_physical()


def facts_of(records: pl.DataFrame, links: pl.DataFrame | None = None) -> Facts:
    """The settled facts of records (``LINK_SCHEMA``) in memory, of which merging made ``links``."""
    facts = Facts()
    facts.add(records, link_keys(records))
    if links is None:
        facts.settle()
    else:
        facts.settle(pl.repeat(False, records.height, eager=True), links)
    return facts


def _expressions(stage: Stage) -> list[pl.Expr]:
    """The stage's signals; NaN (0/0: no link had the input) is missing, not a number."""
    return [s.expr().cast(pl.Float64).fill_nan(None).alias(s.name) for s in stage_signals(stage)]


def _aggregate(rows: pl.DataFrame, stage: Stage) -> pl.DataFrame:
    """The stage's signals of each domain. (Not lazily: that adds floats up in parts, and three thirds make 0.9999.)"""
    return rows.group_by("referring_domain").agg(_expressions(stage))


def _of_links(rows: pl.DataFrame) -> pl.DataFrame:
    """The stage ``link``. The many links of a domain are brought together once, not by each signal: half the time."""
    together = rows.with_columns(place=_place).sort("place", maintain_order=True)
    signals = together.group_by("place", maintain_order=True).agg(
        pl.col("referring_domain").first(), *_expressions("link")
    )
    return signals.drop("place")


def _texts(
    facts: Facts, rows: pl.DataFrame, column: str, most: int, site: Site, weights: TextWeights | None
) -> pl.DataFrame:
    """The most frequent texts of each domain, with their facts.

    Where a tool gives the column at all, a link without the text has the empty text; else the text is unknown.

    Returns:
        columns ``referring_domain, text, n`` (links with it), ``distinct`` (texts of the domain in all), ``sharing_domains``
        and ``template``, ``template_domains`` (domains of the profile with the same text, or template), ``text_score`` (log odds),
        ``rare_script``, the facts of ``text_facts`` and those of ``text_form``.
    """
    hashed = pl.col(TEXTS[column]).cast(pl.UInt64)
    told = pl.col("is_link") & hashed.is_not_null()
    telling = rows.lazy().filter(told).select(pl.col("tool").unique()).collect().to_series()
    counted = (
        rows.lazy()
        .filter(pl.col("is_link") & pl.col("tool").is_in(telling.implode()))
        .group_by("referring_domain", hash=hashed.fill_null(0))
        .agg(n=pl.len().cast(pl.Int64))
        .sort("referring_domain", -pl.col("n"), "hash")
        .group_by("referring_domain", maintain_order=True)
        .agg(distinct=pl.len(), hash=pl.col("hash").head(most), n=pl.col("n").head(most))
        .explode("hash", "n")
        .with_columns(share=pl.col("n") / pl.col("n").sum().over("referring_domain"))
        .collect()
    )
    texts = counted.select("hash").unique().join(facts.texts(column), on="hash", how="left")
    described = _with_templates(text_facts(texts.with_columns(pl.col("text").fill_null("")), site), site)
    described = text_form(_with_text_scores(described, weights), column)
    sample = counted.join(described.drop("norm"), on="hash", how="left").with_columns(
        sharing_domains=pl.len().over("hash"),
        template_domains=pl.col("referring_domain").n_unique().over("template"),
    )
    return _with_rare_scripts(sample.drop("hash"))


def _with_templates(facts: pl.DataFrame, site: Site) -> pl.DataFrame:
    """Add ``bare``, the normalised text without the site's own names, and ``template``, without numbers as well."""
    bare = without_names(pl.col("norm"), site)
    return facts.with_columns(bare=bare).with_columns(template=pl.col("bare").str.replace_all(r"\d+", "0"))


def _with_text_scores(texts: pl.DataFrame, weights: TextWeights | None) -> pl.DataFrame:
    """Add ``text_score``, how the column ``bare`` reads (log odds towards spam); null without weights or words.

    Of a text that is nothing but the site's own name nothing is learnt (``classifier.dataset``), so nothing is read from it.
    """
    if weights is None:
        return texts.with_columns(text_score=pl.lit(None, pl.Float64))
    bare = pl.col("bare")
    told = texts.select(pl.when(says_something(bare)).then(bare)).to_series()
    return texts.with_columns(weights.score(told).alias("text_score"))


def _with_rare_scripts(rows: pl.DataFrame) -> pl.DataFrame:
    """Add ``rare_script``: the text's script is one that few domains of this profile write."""
    scripted = rows.select("referring_domain", "script").drop_nulls().unique()
    written = scripted.group_by("script").agg(n=pl.len())
    total = max(scripted["referring_domain"].n_unique(), 1)
    common = written.filter(pl.col("n") >= RARE_SCRIPT_SHARE * total)["script"].to_list()
    return rows.with_columns(
        rare_script=pl.col("script").is_not_null() & ~pl.col("script").is_in([*common, "latin"])
    )


def _pages(sample: pl.DataFrame, site: Site, weights: TextWeights | None) -> pl.DataFrame:
    """The sampled page addresses with their facts, how they read and how many domains share their skeleton."""
    facts = _with_text_scores(page_facts(sample, site), weights)
    facts = facts.with_columns(is_subdomain=on_subdomain())
    skeleton = pl.col("skeleton")
    sharing = pl.col("referring_domain").n_unique().over(skeleton)
    return facts.with_columns(skeleton_domains=pl.when(skeleton.is_not_null()).then(sharing).otherwise(1))


def _quotes(anchors: pl.DataFrame, titles: pl.DataFrame) -> pl.DataFrame:
    """The most frequent anchor, and the trade that anchors or titles name most."""
    filled = anchors.select("referring_domain", "text", "n").filter(pl.col("text") != "")
    most = filled.filter(pl.col("n") == pl.col("n").max().over("referring_domain"))
    top = most.group_by("referring_domain").agg(top_anchor=pl.col("text").min())
    trades = pl.concat([frame.select("referring_domain", "topic", "n") for frame in (anchors, titles)])
    trade = (
        trades.drop_nulls("topic")
        .group_by("referring_domain", "topic")
        .agg(pl.col("n").sum())
        .sort("n", "topic", descending=[True, False])
        .group_by("referring_domain", maintain_order=True)
        .agg(topic=pl.col("topic").first())
    )
    return top.join(trade, on="referring_domain", how="full", coalesce=True)


def _describe(table: pl.DataFrame, domains: Domains) -> pl.DataFrame:
    """Add ``kind``, ``suffix`` and ``stem`` (in its own script) of each referring domain, and how many links are known of it."""
    told = domains.describe(table["referring_domain"]).rename({"value": "referring_domain"})
    table = table.join(told, on="referring_domain", how="left", maintain_order="left")
    unit = pl.col("referring_domain").str.replace(r"/.*$", "")
    stem = unit.str.strip_suffix(pl.concat_str(pl.lit("."), pl.col("suffix")))
    tenant = pl.col("referring_domain").str.extract(r"/@?(.+)$", 1)
    named = pl.when(pl.col("kind") == "tenant_path").then(pl.coalesce(tenant, stem)).otherwise(stem)
    return table.with_columns(
        stem=mended(table.select(named).to_series(), "xn--", in_own_script),
        links_known=pl.max_horizontal("links", "backlinks_known"),
    )
