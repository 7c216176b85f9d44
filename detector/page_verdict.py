"""What the linking pages themselves change: a fact takes a domain off the list, a suspicion puts it before a person.

The page signals are not calibrated: labelled spam pages are too few. So pages never add a line to the file. A fact (the pages
are gone, the domain is parked, the link is not there, its rel passes no credit) says that no line is needed; what looks wrong moves
a domain that would be kept into review, with the reason in plain words and its numbers. What a guard keeps, it keeps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from detector.verdict import DISAVOW, IGNORE, KEEP, REVIEW

#: Said wherever pages were read.
NOT_CALIBRATED: Final = (
    "judged by its pages as well; what they add is not calibrated and only asks for a person's review"
)

#: Outcomes (``web.outcomes``) after which no link can stand on a page.
_GONE: Final = ("gone", "name_gone")
_PARKED: Final = ("parked", "for_sale")
_ABSENT: Final = ("unlinked",)
#: Outcomes that leave open whether the link stands.
_TURNED_AWAY: Final = ("bot_blocked", "challenged", "robots_forbid")


@dataclass(frozen=True)
class Rule:
    """One row of the policy.

    Attributes:
        when: over the table of ``page_evidence`` joined with the ``seen`` signals.
        verdict: what the domain becomes: ``ignore`` or ``review``; null only adds the reason.
        reason: plain words; ``{name}`` stands for a column of the evidence, a count of a signal given as log1p as ``{count:name}``.
    """

    when: pl.Expr
    verdict: str | None
    reason: str


def _all_are(outcomes: str) -> pl.Expr:
    """Every linking page that the exports know was asked for, and came to these outcomes."""
    return (pl.col(outcomes) > 0) & (pl.col(outcomes) == pl.col("asked")) & pl.col("all_asked")


def _count(signal: str, least: int) -> pl.Expr:
    return (pl.col(signal) >= pl.lit(float(least)).log1p() - 1e-9).fill_null(value=False)


def _share(signal: str, least: float) -> pl.Expr:
    return (pl.col(signal) >= least).fill_null(value=False)


#: Facts, the first that holds.
FACTS: Final[tuple[Rule, ...]] = (
    Rule(_all_are("gone"), IGNORE, "its linking pages were asked for and are gone ({gone} of {asked})"),
    Rule(_all_are("parked"), IGNORE, "the domain is parked or for sale: no link stands there"),
    Rule(_all_are("absent"), IGNORE, "its linking pages are live, and the link is not on them ({absent} of {asked})"),
    Rule(_all_are("no_link"), IGNORE, "no link stands on its linking pages: they are gone, parked or without it ({no_link} of {asked})"),
    Rule(
        (pl.col("linking") > 0) & (pl.col("linking") + pl.col("no_link") == pl.col("asked")) & pl.col("all_asked")
        & (pl.col("seen_target_qualified") == 1.0).fill_null(value=False),
        IGNORE, "every link that its pages carry is nofollow, ugc or sponsored",
    ),
)  # fmt: skip

_FARM_LINKS, _FARM_DOMAINS, _FARM_DENSITY = 100, 60, 15.0
#: Suspicions; all that hold are told.
SUSPICIONS: Final[tuple[Rule, ...]] = (
    Rule(
        _count("seen_deliberate_domains", 3), REVIEW,
        "a page carries {hidden_links} links to {deliberate} sites in blocks hidden from readers",
    ),
    Rule(
        (pl.col("seen_target_hidden") > 0).fill_null(value=False) & _count("seen_hidden_domains", 3), REVIEW,
        "the link to the site is hidden from readers",
    ),
    Rule(
        _share("seen_hidden_trade", 0.3) & _count("seen_hidden_domains", 2), REVIEW,
        "hidden links name spam trades: a page that was broken into, or made to deceive",
    ),
    Rule(_count("seen_links_after_html", 3), REVIEW, "{count:seen_links_after_html} links stand behind the end of a page: it may have been broken into"),
    Rule(
        _share("seen_trade_anchors", 0.2) & _count("seen_external_links", 5), REVIEW,
        "{percent:seen_trade_anchors} of the links that leave its pages name spam trades",
    ),
    Rule(
        _share("seen_seller_anchors", 0.2) & _count("seen_external_links", 5), REVIEW,
        "{percent:seen_seller_anchors} of the links that leave its pages sell links or rankings",
    ),
    Rule(
        _count("seen_external_links", _FARM_LINKS) & _count("seen_external_domains", _FARM_DOMAINS)
        & _share("seen_outbound_density", _FARM_DENSITY), REVIEW,
        "a page links {count:seen_external_links} times to {count:seen_external_domains} sites, with little text between",
    ),
    Rule(_share("seen_redirects", 0.5), REVIEW, "its pages send every visitor to another site"),
    Rule(_count("seen_same_outbound", 2), REVIEW, "{count:seen_same_outbound} other domains of this profile link to exactly the same sites"),
    Rule(_share("seen_guest_posts", 0.5) & _share("seen_linked_share", 0.01), REVIEW, "its linking pages offer guest posts or links for money"),
)  # fmt: skip

#: Told, without changing anything.
REMARKS: Final[tuple[Rule, ...]] = (
    Rule(
        (pl.col("turned_away") > 0) & (pl.col("read") == 0), None,
        "its server turns crawlers away: the link may well stand, and is judged by the exports alone",
    ),
    Rule(pl.col("read") > 0, None, NOT_CALIBRATED),
)  # fmt: skip


def page_evidence(pages: pl.DataFrame) -> pl.DataFrame:
    """What became of the pages of each referring domain.

    Args:
        pages: ``referring_domain`` and ``outcome`` (String), ``is_home`` (Boolean: no link is expected of it), and of pages that were read
            the columns of ``web.page.CONTENT_SCHEMA``.

    Returns:
        one row per referring domain: the counts (Int64) of its linking pages ``asked, gone, parked, absent, no_link`` (all three),
        ``linking``, ``turned_away``, and of all its pages ``read``; ``hidden_links`` and ``deliberate`` (sites) of the page that hides most.
    """
    linking = ~pl.col("is_home").fill_null(value=False)

    def count(*outcomes: str) -> pl.Expr:
        return (linking & pl.col("outcome").is_in(outcomes)).sum().cast(pl.Int64)

    most = pl.col("deliberate_domains").list.len().arg_max()
    return pages.group_by("referring_domain").agg(
        asked=(linking & (pl.col("outcome") != "not_fetched")).sum().cast(pl.Int64),
        gone=count(*_GONE),
        parked=count(*_PARKED),
        absent=count(*_ABSENT),
        no_link=count(*_GONE, *_PARKED, *_ABSENT),
        linking=count("linked"),
        turned_away=count(*_TURNED_AWAY),
        read=pl.col("number_of_words").is_not_null().sum().cast(pl.Int64),
        hidden_links=pl.col("deliberate_links").get(most, null_on_oob=True).fill_null(0),
        deliberate=pl.col("deliberate_domains")
        .list.len()
        .get(most, null_on_oob=True)
        .cast(pl.Int64)
        .fill_null(0),
    )


def apply_pages(decided: pl.DataFrame, pages: pl.DataFrame) -> pl.DataFrame:
    """Change verdicts by what the pages are.

    Args:
        decided: as ``verdict.decide`` returns it, with the ``seen`` signals and ``linking_pages`` (how many distinct pages the exports know).
        pages: see ``page_evidence``.

    Returns:
        ``decided`` with ``verdict`` and ``no_line_needed`` changed where a rule says so, and ``page_reasons`` (List(String)): what the
        pages tell, the fact first; empty where none was asked for.
    """
    names = ["asked", "gone", "parked", "absent", "no_link", "linking", "turned_away", "read"]
    table = decided.join(page_evidence(pages), on="referring_domain", how="left", maintain_order="left")
    table = table.with_columns(pl.col(*names, "hidden_links", "deliberate").fill_null(0))
    table = table.with_columns(all_asked=pl.col("asked") >= pl.col("linking_pages"))
    fact = pl.coalesce([pl.when(rule.when).then(_told(rule)) for rule in FACTS])
    suspicion = pl.any_horizontal(rule.when for rule in SUSPICIONS)
    others = [pl.when(rule.when).then(_told(rule)) for rule in (*SUSPICIONS, *REMARKS)]
    guarded = pl.col("guard").is_not_null()
    verdict = (
        pl.when(fact.is_not_null() & pl.col("verdict").is_in([DISAVOW, REVIEW]))
        .then(pl.lit(IGNORE))
        .when(suspicion & fact.is_null() & (pl.col("verdict") == KEEP) & ~guarded)
        .then(pl.lit(REVIEW))
        .otherwise("verdict")
    )
    return table.with_columns(
        verdict=verdict,
        no_line_needed=pl.coalesce("no_line_needed", fact),
        page_reasons=pl.concat_list(fact, *others).list.drop_nulls(),
    ).drop(*names, "hidden_links", "deliberate", "all_asked")


def _told(rule: Rule) -> pl.Expr:
    """The reason with its numbers filled in."""
    parts: list[pl.Expr] = []
    rest = rule.reason
    while "{" in rest:
        before, _, rest = rest.partition("{")
        name, _, rest = rest.partition("}")
        parts += [pl.lit(before), _number(name)]
    return pl.concat_str(*parts, pl.lit(rest))


def _number(name: str) -> pl.Expr:
    kind, _, column = name.rpartition(":")
    value = pl.col(column)
    if kind == "count":
        value = value.exp() - 1
    if kind == "percent":
        return pl.concat_str((value * 100).round(0).cast(pl.Int64), pl.lit(" %"))
    return value.round(0).cast(pl.Int64).cast(pl.String)
