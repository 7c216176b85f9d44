"""From probability to verdict: thresholds, guards and what needs no line; the kind of link; what to do at all.

The policy in one place: a rule that a guard forbids is never proposed, whatever the score; a domain whose links pass no
credit, or are gone, needs no line; a line for a university or a government is for a person to decide, and so is one that
rests on one sign in an address, or on the words of the site's own trade; noise that search engines discount by themselves is ignored unless there is a manual
action; the rest is decided by the probability. Nothing is disavowed below the thresholds that the promise sets, whatever
rule speaks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from detector.signals.name import name_trusted_suffix

DISAVOW, REVIEW, KEEP, IGNORE = "disavow", "review", "keep", "ignore"
VERDICTS: Final = (DISAVOW, REVIEW, KEEP, IGNORE)


@dataclass(frozen=True)
class Thresholds:
    """Calibrated probabilities from which a domain is disavowed, or shown to a person.

    Attributes:
        disavow: tier of evidence -> probability; of a tier that is not named nothing is disavowed.
        review: for every tier but ``NO_LINKS``, of which less is worth a person's time.
    """

    disavow: Mapping[str, float]
    review: float

    def review_from(self, tier: str) -> float:
        """From what probability a domain of a tier is shown to a person."""
        return _REVIEW_NAME_FROM if tier in NO_LINKS else self.review


def _at_least(signal: str, value: float) -> pl.Expr:
    return (pl.col(signal) >= value).fill_null(False)


def _count_at_least(signal: str, count: int) -> pl.Expr:
    """For a signal given as log1p of a count."""
    return (pl.col(signal) >= pl.lit(float(count)).log1p() - 1e-9).fill_null(False)


_TEMPLATED = (
    _count_at_least("anchor_template_domains", 10)
    | _count_at_least("title_template_domains", 10)
    | _count_at_least("page_path_domains", 20)
)
#: One of a group that shares independent traces, and most of which look made for links by themselves.
_PLANTED = _count_at_least("cluster_marked_domains", 5)
#: Anchors of these trades are no ordinary link, unless it is the site's own trade; others (loans, services) are too common.
_SPAM_TRADES: Final = ("gambling", "adult", "pharma", "replica")
#: Programs post a link to hundreds of sites for bookmarks at once, all of one make (``/story19494562/acme``).
_BOOKMARKED = pl.col("referring_domain").str.contains("bookmark", literal=True) & _count_at_least(
    "page_path_domains", 10
)
#: Names by the dozen that differ in a number, or in what follows two words.
_NUMBERED = _count_at_least("name_series_domains", 10)
_NAMED_ALIKE = _count_at_least("name_prefix_domains", 10)
_IN_SERIES = _NUMBERED | (_NAMED_ALIKE & _at_least("name_seller_word", 1))
#: What anchors hold, or many pages or names are like -> where that is no ordinary link, although the score alone would not bring it before a person.
NEVER_ORDINARY: Final[dict[str, pl.Expr]] = {
    "anchor_contact_share": _at_least("anchor_contact_share", 0.3),
    # Who writes about SEO uses a link seller's words as well; of a site about it the score tells the two apart.
    "anchor_seller_share": _at_least("anchor_seller_share", 0.3) & (pl.col("probability") >= 0.5),
    "anchor_trade_share": _at_least("anchor_trade_share", 0.5)
    & pl.col("topic").is_in(_SPAM_TRADES).fill_null(False),
    "page_path_domains": _BOOKMARKED,
    # Where no link is known the score alone speaks only from 0.8 on; a newspaper names its regional editions alike, but not on `.icu`.
    "name_series_domains": _NUMBERED & (pl.col("probability") >= 0.5),
    "name_prefix_domains": _NAMED_ALIKE & _at_least("name_cheap_suffix", 1) & (pl.col("probability") >= 0.5),
}
_LINKS_PHRASES = _at_least("anchor_money_share", 0.5)
_SELLS = NEVER_ORDINARY["anchor_contact_share"] | NEVER_ORDINARY["anchor_seller_share"]
_TRADE = _at_least("anchor_trade_share", 0.3) | _at_least("title_trade_share", 0.3)

#: Named by independent link-spam lists, and by no list of popular or ordinary sites. The classifier learns nothing of lists.
_LISTED = (
    _at_least("reputation_spam_lists", 2)
    & ~_at_least("reputation_popular_lists", 1)
    & ~_at_least("reputation_ordinary_lists", 1)
)
#: A cluster of so many domains, of which more than this share is suspect, is suspect as a whole.
_WAVE, _MOST_OF_IT = 10, 0.5
#: So is one of which most others look made for links (``clusters.MARKS``): of eight kinds of honest groups none has more than a few such domains.
_MARKED_GROUP = _count_at_least("cluster_domains", _WAVE - 1) & (
    pl.col("cluster_marked_domains").exp() - 1 > _MOST_OF_IT * (pl.col("cluster_domains").exp() - 1)
).fill_null(value=False)

#: A university, a government, a school: spam there is a stranger's page on somebody's site, and a line is for a person to decide.
#: Told by the suffix itself, not by the signal of it, which may be left out of a judgement; or by a list of them.
BY_SUFFIX = name_trusted_suffix().fill_null(value=False)
INSTITUTION = BY_SUFFIX | pl.col("institution")
#: The list, of the reference tables.
UNIVERSITIES: Final = "universities"

#: Such a page lists sites by the thousand: it was made for none of them.
_LISTS_MANY = _count_at_least("page_external_links_max", 500) | _count_at_least("page_linked_domains", 300)

LISTED: Final = "known to spam lists"
#: Kinds of toxic links, the first that fits; the names are shown to the user.
KINDS: Final[dict[str, pl.Expr]] = {
    "link seller": _SELLS | (_at_least("name_seller_word", 1) & _IN_SERIES),
    # A copier of images is template-made too, and is named in series; what makes it noise is what it links to.
    "image scraper": (_at_least("link_file_share", 0.7) | _at_least("link_image_share", 0.7)) & ~_TRADE,
    # A wave comes within weeks: a busy week of one domain is none where its group took longer than a season.
    "negative-SEO wave": _TEMPLATED
    & ~_BOOKMARKED
    & ~(_LISTS_MANY & pl.col("cluster").is_null())
    & _at_least("velocity_burst", 0.7)
    & ~_at_least("cluster_window_days", 93),
    # A page about the site's own address is made for every site alike, however many links it holds.
    "site-report scraper": (
        _at_least("page_names_site_share", 0.5)
        | _at_least("title_names_site_share", 0.5)
        | _at_least("title_address_share", 0.5)
    )
    & ~_TRADE,
    "link farm": _LISTS_MANY
    | (_count_at_least("network_same_ip", 5) & _TEMPLATED)
    | _count_at_least("name_series_domains", 4)
    | NEVER_ORDINARY["name_prefix_domains"],
    # Such a list names sites; an article that was paid for is titled in the same words, and links a phrase.
    "domain or rank list": _at_least("title_seller_share", 0.3) & ~_LINKS_PHRASES,
    "comment or profile spam": _BOOKMARKED
    | (_TRADE & (_at_least("link_ugc_share", 0.3) | _at_least("name_tenant", 1))),
    "repurposed domain or hacked page": _at_least("title_trade_share", 0.3)
    & ~_at_least("name_trade_word", 1),
    "spam trade": _TRADE | _at_least("name_trade_word", 1) | _at_least("page_trade_share", 0.5),
    "template pages": _TEMPLATED | _PLANTED | pl.col("in_wave"),
    # A directory names sites as well; a slot page at `/link-alternatif/` or a thread that sells pills links a phrase.
    "directory or link list": _at_least("page_listing_share", 0.5) & ~_LINKS_PHRASES,
    LISTED: _LISTED,
}
UNCLEAR, ORDINARY = "unclear", "ordinary"
#: Noise that is made for everybody alike and that search engines discount; no link scheme for this site.
NOISE: Final = ("site-report scraper", "image scraper", "domain or rank list", "directory or link list")


#: Tiers of evidence that know nothing of the links themselves.
NO_LINKS: Final = ("name", "metrics")
#: Where only page addresses are known, one word of one of them can mislead: a line needs more than one sign.
_ONLY_ADDRESSES: Final = "urls"
#: From what probability a domain of which only the name, or a metric, is known is worth a person's time.
_REVIEW_NAME_FROM: Final = 0.8


def rests_on_one_sign(review: float) -> pl.Expr:
    """Whether only addresses are known, and without the strongest sign in them a person would not even be shown the domain."""
    return (pl.col("tier") == _ONLY_ADDRESSES) & (pl.col("without_strongest") < review)


def rests_on_own_trade(review: float) -> pl.Expr:
    """Whether nothing but words makes a domain toxic, and the site is of such a trade itself: so write honest partners and the press."""
    return pl.col("own_trade") & pl.col("topic").is_null() & (pl.col("without_words") < review)


def is_held_back(review: float) -> pl.Expr:
    """Whether a line is for a person to decide, whatever the probability."""
    return rests_on_one_sign(review) | rests_on_own_trade(review)


def weigh(judged: pl.DataFrame, review: float, guard: pl.Series, *, manual_action: bool) -> pl.DataFrame:
    """Say of judged domains all that does not depend on the threshold for a line.

    Args:
        judged: ``referring_domain``, ``probability``, ``tier``, the signals, and the evidence of ``signals.compute.EVIDENCE``; and ``institution``
            (Boolean): whether a list names it as one; and ``own_trade`` (Boolean): whether the site itself is of a trade that spam is made for.
        review: probability from which a person should look.
        guard: code of the guard that forbids a rule (String), null where none does.
        manual_action: whether Google has taken action against the site; then noise is disavowed as well.

    Returns:
        ``judged`` with ``kind``, ``guard`` and ``no_line_needed`` (String); ``suspect`` and ``listable`` (Boolean): whether it is toxic
        enough to be shown, and whether a line could be about it if its probability is high enough; ``in_wave`` (Boolean): whether most
        of its cluster are suspect by themselves, or look made for links, which makes the rest of it so.
    """
    judged = with_later(judged)
    review_from = pl.when(pl.col("tier").is_in(NO_LINKS)).then(_REVIEW_NAME_FROM).otherwise(review)
    by_itself = (pl.col("probability") >= review_from) | pl.any_horizontal(*NEVER_ORDINARY.values()) | _LISTED
    if "in_wave" not in judged.columns:  # a part of a profile brings along what the whole of it said
        judged = judged.with_columns(in_wave=_in_wave(by_itself) | _MARKED_GROUP)
    suspect = by_itself | pl.col("in_wave")
    kind = pl.coalesce([pl.when(rule).then(pl.lit(name)) for name, rule in KINDS.items()])
    # A name alone is weak evidence: it brings a domain before a person, and into the file only as one of a series
    # where a manual action asks for thoroughness.
    by_name = pl.col("tier").is_in(NO_LINKS) & ~(_IN_SERIES & pl.lit(manual_action))
    return (
        judged.with_columns(guard.alias("guard"), suspect=suspect)
        .with_columns(kind=pl.when("suspect").then(kind.fill_null(UNCLEAR)).otherwise(pl.lit(ORDINARY)))
        .with_columns(no_line_needed=_no_line_needed(manual_action=manual_action))
        .with_columns(
            listable=pl.col("guard").is_null() & pl.col("no_line_needed").is_null() & ~by_name & ~INSTITUTION,
        )
    )


def with_later(judged: pl.DataFrame) -> pl.DataFrame:
    """Judged domains with the columns that audits made before do not have."""
    later = {
        "passing_links": pl.lit(None, pl.Int64),
        "institution": pl.lit(False),
        "own_trade": pl.lit(False),
    }
    return judged.with_columns(**{name: value for name, value in later.items() if name not in judged.columns})


def _in_wave(by_itself: pl.Expr) -> pl.Expr:
    """Whether a domain is of a cluster most of which is suspect: it shares traces with them that unrelated sites seldom share."""
    return (
        pl.col("cluster").is_not_null()
        & (pl.len().over("cluster") >= _WAVE)
        & (by_itself.mean().over("cluster") > _MOST_OF_IT)
    ).fill_null(value=False)


def decide(weighed: pl.DataFrame, thresholds: Thresholds) -> pl.DataFrame:
    """Add the ``verdict`` (String) to domains that ``weigh`` has weighed, with the same threshold for review.

    Args:
        weighed: with ``without_strongest`` and ``without_words`` (Float64: the probability without the sign that speaks most for it, and
            without all that words say for it).
    """
    no_line = pl.lit(float("inf"))
    line_from = pl.coalesce(
        *(pl.when(pl.col("tier") == tier).then(cut) for tier, cut in thresholds.disavow.items()), no_line
    )
    verdict = (
        pl.when(pl.col("guard").is_not_null() | ~pl.col("suspect"))
        .then(pl.lit(KEEP))
        .when(pl.col("no_line_needed").is_not_null())
        .then(pl.lit(IGNORE))
        .when(pl.col("listable") & (pl.col("probability") >= line_from) & ~is_held_back(thresholds.review))
        .then(pl.lit(DISAVOW))
        .otherwise(pl.lit(REVIEW))
    )
    return weighed.with_columns(verdict=verdict)


def _no_line_needed(*, manual_action: bool) -> pl.Expr:
    """Why no line is needed: Google says so of nofollow, ugc and sponsored links, of pages that are gone, and of noise."""
    all_qualified = (pl.col("followed_links") == 0) & (pl.col("links") > 0)
    all_dead = (pl.col("live_links") == 0) & (pl.col("links") > 0)
    none_passes = (pl.col("passing_links") == 0) & (pl.col("links") > 0)
    return (
        pl.when(all_qualified)
        .then(pl.lit("all its known links are nofollow, ugc or sponsored"))
        .when(all_dead)
        .then(pl.lit("all its known links are gone"))
        .when(none_passes)
        .then(pl.lit("all its known links are nofollow, ugc, sponsored or gone"))
        .when(pl.col("kind").is_in(NOISE) & pl.lit(not manual_action))
        .then(pl.lit("search engines discount such noise by themselves"))
    )


@dataclass(frozen=True)
class Advice:
    """What to do, in so many words: one headline, then sentences."""

    headline: str
    summary: list[str]


#: A profile needs action without a manual action only when this share of its domains, and so many, look like a scheme.
_ACT_SHARE, _ACT_COUNT = 0.05, 15


def advise(decided: pl.DataFrame, site: str, *, manual_action: bool) -> Advice:
    """Say whether anything needs doing at all.

    Args:
        decided: ``verdict``, ``tier``, ``links`` and how many of them are followed, as ``decide`` returns them.
    """
    total = max(decided.height, 1)
    by = dict(decided["verdict"].value_counts().iter_rows())
    listed, unsure, ignored = (by.get(v, 0) for v in (DISAVOW, REVIEW, IGNORE))
    by_links = unsure - decided.filter((pl.col("verdict") == REVIEW) & pl.col("tier").is_in(NO_LINKS)).height
    summary = [
        f"{listed:,} of {decided.height:,} referring domains ({listed / total:.1%}) look made to manipulate rankings;"
        f" {unsure:,} more {'is' if unsure == 1 else 'are'} for a person to decide."
    ]
    if listed:
        summary.append(_cost(decided.filter(pl.col("verdict") == DISAVOW)))
    if ignored:
        looks = "more looks" if ignored == 1 else "more look"
        summary.append(
            f"{ignored:,} {looks} like spam that needs no line: search engines discount such links by themselves, or the"
            " links are nofollow or gone."
        )
    if manual_action:
        headline = (
            f"Act: there is a manual action against {site}. Review the list, ask for removals, then upload the file."
            if listed
            else f"Act: there is a manual action against {site}, and nothing in these exports is certain enough for the file."
            f" {'Go through what is marked for review, and add' if unsure else 'Add'} exports of other tools: Google has seen links that are not here."
        )
        summary.append(
            "Under a manual action Google expects you to have asked for removal first: keep a log of whom you asked."
        )
        return Advice(headline, summary)
    if not listed and _is_much(by_links, total):
        headline = (
            f"Look closer: {by_links / total:.0%} of the domains that link to {site} may be a link scheme, but none is certain enough for"
            " the file. Go through what is marked for review."
        )
    elif not listed and _is_much(unsure, total) and by_links > unsure / 2:
        headline = (
            f"Look closer: {unsure / total:.0%} of the domains that link to {site} look doubtful, {by_links:,} of them by their links, but none"
            " is certain enough for the file. Go through what is marked for review."
        )
    elif not listed and _is_much(unsure, total):
        headline = (
            f"Look closer: {unsure / total:.0%} of the domains that link to {site} look doubtful, but mostly by names and metrics, which say little."
            " Audit an export of the links themselves (pages and anchors) before you go through what is marked for review."
        )
    elif not listed and unsure:
        headline = f"Do nothing: no link to {site} is certain enough for a line. Look at what is marked for review when you have the time."
    elif not listed and not (decided["links"] > 0).any():
        headline = (
            f"Do nothing: by names and metrics none of the domains that link to {site} needs a look. Their links are not in these exports:"
            " only an export of the links themselves (pages and anchors) can tell whether one is worth a line."
        )
    elif not listed:
        headline = f"Do nothing: this profile of {site} holds no link that is worth a line."
    elif not _is_much(listed, total) and _is_much(listed + by_links, total):
        headline = (
            f"Look closer: {listed:,} of the domains that link to {site} {'is' if listed == 1 else 'are'} certain enough for the file,"
            f" and {by_links:,} more may be a link scheme (together {(listed + by_links) / total:.0%} of all). Go through what is marked for review."
        )
    elif not _is_much(listed, total):
        headline = f"Do nothing: the spam around {site} is of the usual amount, and search engines discount it by themselves."
    else:
        headline = (
            f"Look closer: {listed / total:.0%} of the domains that link to {site} look like a link scheme."
            " Review them before you upload the file."
        )
    summary.append(
        "Without a manual action search engines discount most spam links by themselves; a disavow file is worth uploading"
        " only if you, or somebody you paid, had such links made, or if you expect a manual action."
    )
    return Advice(headline, summary)


def _is_much(number: int, total: int) -> bool:
    return number >= _ACT_COUNT and number / total >= _ACT_SHARE


def _cost(listed: pl.DataFrame) -> str:
    """What the proposed lines would take away, as far as the exports tell."""
    told = listed.filter(pl.col("followed_links").is_not_null())
    # A followed link that is gone is none that a line could take away; audits made before did not count them apart.
    counts = [name for name in ("passing_links", "followed_links") if name in told.columns]
    followed, untold = int(told.select(pl.coalesce(counts).sum()).item()), listed.height - told.height
    if untold == listed.height:
        return "The exports do not tell which links of these domains are followed, so what the lines would take away is not known."
    rest = (
        f"; of {untold:,} of these domains the exports do not tell which links are followed" if untold else ""
    )
    return f"The proposed lines would take away {followed:,} followed {'link' if followed == 1 else 'links'}{rest}."
