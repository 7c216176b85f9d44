"""From probability to verdict: what a guard, a rel, a dead link and a manual action change; and the advice."""

from __future__ import annotations

import math
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.signals.registry import all_signals
from detector.verdict import (
    DISAVOW,
    IGNORE,
    KEEP,
    KINDS,
    LISTED,
    NO_LINKS,
    NOISE,
    ORDINARY,
    REVIEW,
    UNCLEAR,
    VERDICTS,
    Thresholds,
    advise,
    decide,
    weigh,
)

CUT = Thresholds(disavow=dict.fromkeys(("rich", "anchors", "urls", "name"), 0.9), review=0.5)
EVIDENCE = dict.fromkeys(("links", "followed_links", "live_links", "passing_links"), pl.Int64)


def domains(*rows: dict[str, Any]) -> pl.DataFrame:
    """Judged domains: certain to be toxic, of rich evidence, with two live followed links; signals are missing."""
    usual = {
        "probability": 0.99,
        "without_strongest": 0.98,
        "without_words": 0.98,
        "referring_domain": "blog.example",
        "tier": "rich",
        "links": 2,
        "followed_links": 2,
        "live_links": 2,
        "passing_links": 2,
        "topic": None,
        "cluster": None,
        "suffix": "example",
        "institution": False,
        "own_trade": False,
        **dict.fromkeys(all_signals()),
    }
    kinds = {
        "probability": pl.Float64,
        "without_strongest": pl.Float64,
        "without_words": pl.Float64,
        "referring_domain": pl.String,
        "own_trade": pl.Boolean,
        "tier": pl.String,
        "topic": pl.String,
        "cluster": pl.UInt32,
        "suffix": pl.String,
        "institution": pl.Boolean,
        **EVIDENCE,
    } | dict.fromkeys(all_signals(), pl.Float64)
    return pl.DataFrame([{**usual, **row} for row in rows], schema=kinds)


def verdict(
    row: dict[str, Any], *, guard: str | None = None, manual_action: bool = False, cut: Thresholds = CUT
) -> dict[str, Any]:
    guards = pl.Series("guard", [guard], pl.String)
    weighed = weigh(domains(row), cut.review, guards, manual_action=manual_action)
    answer = decide(weighed, cut).row(0, named=True)
    return {name: answer[name] for name in ("verdict", "kind", "guard", "no_line_needed")}


@pytest.mark.parametrize(
    ("probability", "expected"), [(0.0, KEEP), (0.499, KEEP), (0.5, REVIEW), (0.899, REVIEW), (0.9, DISAVOW), (1.0, DISAVOW)]
)  # fmt: skip
def test_the_thresholds_are_included(probability: float, expected: str) -> None:
    assert verdict({"probability": probability})["verdict"] == expected


@given(
    probability=st.floats(0, 1),
    tier=st.sampled_from(["name", "urls", "anchors", "rich"]),
    series=st.floats(0, 10),
    followed=st.none() | st.integers(0, 5),
    live=st.none() | st.integers(0, 5),
    guard=st.sampled_from(["own_site", "whitelist", "public_suffix", "platform", "search_engine", "largest_site"]),
    manual_action=st.booleans(),
)  # fmt: skip
def test_what_a_guard_forbids_is_kept_whatever_the_score(
    probability: float, tier: str, series: float, followed: int | None, live: int | None, guard: str, manual_action: bool
) -> None:  # fmt: skip
    row = {
        "probability": probability,
        "tier": tier,
        "name_series_domains": series,
        "followed_links": followed,
        "live_links": live,
    }
    answer = verdict(row, guard=guard, manual_action=manual_action)
    assert (answer["verdict"], answer["guard"]) == (KEEP, guard)


@pytest.mark.parametrize("manual_action", [False, True])
@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"followed_links": 0}, "all its known links are nofollow, ugc or sponsored"),
        ({"live_links": 0}, "all its known links are gone"),
        ({"followed_links": 0, "live_links": 0}, "all its known links are nofollow, ugc or sponsored"),
        (
            {"followed_links": 1, "live_links": 1, "passing_links": 0},
            "all its known links are nofollow, ugc, sponsored or gone",
        ),
    ],
)
def test_links_without_effect_need_no_line_and_it_is_said(
    row: dict[str, Any], why: str, manual_action: bool
) -> None:
    answer = verdict(row, manual_action=manual_action)
    assert (answer["verdict"], answer["no_line_needed"]) == (IGNORE, why)


@pytest.mark.parametrize(
    "row",
    [
        {"followed_links": 1},
        {"live_links": 1},
        {
            "followed_links": 1,
            "live_links": 1,
            "passing_links": None,
        },  # an audit made before did not count them
        {"followed_links": None, "live_links": None},
        {
            "links": 0,
            "followed_links": 0,
            "live_links": 0,
            "passing_links": 0,
        },  # known from a list of domains only
    ],
)
def test_a_line_is_needed_where_one_link_counts_or_nothing_is_told(row: dict[str, Any]) -> None:
    assert verdict(row) == {
        "verdict": DISAVOW, "kind": UNCLEAR, "guard": None, "no_line_needed": None,
    }  # fmt: skip


@pytest.mark.parametrize("manual_action", [False, True])
def test_an_institution_goes_before_a_person_whatever_the_score(manual_action: bool) -> None:
    def said(suffix: str | None) -> str:
        # no signal of the name: the rule stands where the family is left out
        return str(verdict({"probability": 1.0, "suffix": suffix}, manual_action=manual_action)["verdict"])

    assert [said(suffix) for suffix in ("edu", "ac.uk", "gov", "k12.ca.us.gov")] == [REVIEW] * 4
    assert [said(suffix) for suffix in ("com", "education", None)] == [DISAVOW] * 3
    listed = verdict({"probability": 1.0, "institution": True}, manual_action=manual_action)
    assert listed["verdict"] == REVIEW


def test_audits_made_before_lists_of_institutions_are_judged_as_they_were() -> None:
    old = domains({"probability": 1.0, "suffix": "edu"}, {"probability": 1.0}).drop("institution")
    weighed = weigh(old, CUT.review, pl.Series("guard", [None, None], pl.String), manual_action=False)
    assert decide(weighed, CUT)["verdict"].to_list() == [REVIEW, DISAVOW]


#: A row that fits a kind and none before it.
KIND_ROWS: dict[str, dict[str, float]] = {
    "link seller": {"anchor_seller_share": 0.5},
    "image scraper": {"link_file_share": 1.0, "title_template_domains": 4.0, "name_series_domains": 3.0},
    "negative-SEO wave": {"anchor_template_domains": 3.0, "velocity_burst": 1.0},
    "site-report scraper": {"title_names_site_share": 1.0},
    "link farm": {"page_external_links_max": 7.0},
    "domain or rank list": {"title_seller_share": 1.0},
    "comment or profile spam": {"anchor_trade_share": 1.0, "link_ugc_share": 1.0},
    "repurposed domain or hacked page": {"title_trade_share": 1.0},
    "spam trade": {"name_trade_word": 1.0},
    "template pages": {"page_path_domains": 4.0},
    "directory or link list": {"page_listing_share": 1.0},
    LISTED: {"reputation_spam_lists": 2.0},
}


def test_every_kind_is_tried() -> None:
    assert list(KIND_ROWS) == list(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_told_by_its_signals(kind: str) -> None:
    assert verdict(KIND_ROWS[kind])["kind"] == kind


@pytest.mark.parametrize(
    ("days", "kind"), [(None, "negative-SEO wave"), (92, "negative-SEO wave"), (93, "template pages")]
)
def test_a_group_that_took_longer_than_a_season_is_no_wave(days: int | None, kind: str) -> None:
    row = {**KIND_ROWS["negative-SEO wave"], "cluster_window_days": days}
    assert verdict(row)["kind"] == kind


@pytest.mark.parametrize(("phrases", "kind"), [(0.4, "domain or rank list"), (0.5, "template pages")])
def test_articles_that_were_paid_for_are_no_list_that_search_engines_discount(
    phrases: float, kind: str
) -> None:
    row = {"title_seller_share": 1.0, "title_template_domains": 4.0, "anchor_money_share": phrases}
    told = verdict(row)
    assert (told["kind"], told["verdict"]) == (kind, IGNORE if phrases < 0.5 else DISAVOW)


@pytest.mark.parametrize(("phrases", "kind"), [(0.4, "directory or link list"), (0.5, UNCLEAR)])
def test_a_page_that_links_phrases_is_no_directory_that_search_engines_discount(
    phrases: float, kind: str
) -> None:
    told = verdict({"page_listing_share": 1.0, "anchor_money_share": phrases})
    assert (told["kind"], told["verdict"]) == (kind, IGNORE if phrases < 0.5 else DISAVOW)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"name_prefix_domains": 9.0, "name_cheap_suffix": 1.0}, (REVIEW, "link farm")),
        ({"name_prefix_domains": 9.0, "name_cheap_suffix": 0.0}, (KEEP, ORDINARY)),
        ({"name_prefix_domains": math.log1p(9), "name_cheap_suffix": 1.0}, (KEEP, ORDINARY)),
        ({"name_series_domains": 9.0}, (REVIEW, "link farm")),
        ({"name_series_domains": 9.0, "probability": 0.49}, (KEEP, ORDINARY)),
    ],
)
def test_names_made_by_the_dozen_come_before_a_person_where_no_link_is_known(
    row: dict[str, float], expected: tuple[str, str]
) -> None:
    told = verdict({"tier": "metrics", "probability": 0.6, **row})
    assert (told["verdict"], told["kind"]) == expected


@pytest.mark.parametrize(("cluster", "kind"), [(None, "link farm"), (7, "negative-SEO wave")])
def test_a_page_that_lists_sites_by_the_thousand_is_no_wave_by_itself(cluster: int | None, kind: str) -> None:
    row = {**KIND_ROWS["negative-SEO wave"], "page_external_links_max": 7.0, "cluster": cluster}
    assert verdict(row)["kind"] == kind


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("link seller", LISTED)])
def test_a_domain_that_is_not_toxic_has_no_toxic_kind(kind: str) -> None:
    assert verdict({**KIND_ROWS[kind], "probability": 0.1})["kind"] == ORDINARY


@pytest.mark.parametrize(
    "row",
    [
        {"anchor_contact_share": 0.3},
        {"anchor_trade_share": 0.5, "topic": "gambling"},
    ],
)
def test_anchors_that_are_never_ordinary_come_before_a_person_whatever_the_score(row: dict[str, Any]) -> None:
    assert verdict({**row, "probability": 0.01})["verdict"] == REVIEW
    assert verdict({**row, "probability": 0.01, "followed_links": 0})["verdict"] == IGNORE


@pytest.mark.parametrize(("probability", "said"), [(0.5, (REVIEW, "link seller")), (0.49, (KEEP, ORDINARY))])
def test_words_of_link_sellers_count_where_spam_is_likelier_than_not(
    probability: float, said: tuple[str, str]
) -> None:
    cut = Thresholds(
        disavow={"rich": 0.9}, review=0.7
    )  # "SEO" in an anchor is no offer where a site is about it
    answer = verdict({"anchor_seller_share": 1.0, "probability": probability}, cut=cut)
    assert (answer["verdict"], answer["kind"]) == said


def test_an_anchor_of_a_trade_that_many_sites_have_is_left_to_the_score() -> None:
    row = {"anchor_trade_share": 1.0, "topic": "loans", "probability": 0.01}
    assert verdict(row)["verdict"] == KEEP


@pytest.mark.parametrize("kind", KINDS)
def test_a_manual_action_turns_noise_into_lines(kind: str) -> None:
    without, with_action = verdict(KIND_ROWS[kind]), verdict(KIND_ROWS[kind], manual_action=True)
    assert with_action["verdict"] == DISAVOW
    if kind in NOISE:
        assert without["verdict"] == IGNORE
        assert without["no_line_needed"] == "search engines discount such noise by themselves"
        assert with_action["no_line_needed"] is None
    else:
        assert without["verdict"] == DISAVOW


def test_a_name_alone_is_disavowed_only_as_one_of_a_series_under_a_manual_action() -> None:
    name = {"tier": "name", "links": 0, "followed_links": None, "live_links": None, "probability": 1.0}
    assert verdict(name)["verdict"] == REVIEW
    assert verdict({**name, "probability": 0.7})["verdict"] == KEEP  # weaker than that it is not worth a look
    series = {**name, "name_series_domains": 4.0}
    assert verdict(series)["verdict"] == REVIEW
    assert verdict(name, manual_action=True)["verdict"] == REVIEW
    assert verdict(series, manual_action=True)["verdict"] == DISAVOW


#: What speaks for a line beside the score: every rule of this file at once.
LOUDEST = {
    "anchor_contact_share": 1.0, "anchor_seller_share": 1.0, "anchor_trade_share": 1.0, "topic": "gambling",
    "name_series_domains": 9.0, "name_prefix_domains": 9.0, "name_seller_word": 1.0, "velocity_burst": 1.0,
    "anchor_template_domains": 9.0, "page_external_links_max": 9.0,
}  # fmt: skip


@pytest.mark.parametrize("tier", ["rich", "anchors", "urls", "name"])
@pytest.mark.parametrize("manual_action", [False, True])
@pytest.mark.parametrize("probability", [0.0, 0.5, 0.8999, 1.0])
def test_no_rule_writes_a_line_below_the_threshold_of_the_promise(
    tier: str, manual_action: bool, probability: float
) -> None:
    row = {**LOUDEST, "tier": tier, "probability": probability}
    for cut in (CUT, Thresholds({}, 0.5), Thresholds({"another": 0.1}, 0.5)):
        answer = verdict(row, manual_action=manual_action, cut=cut)["verdict"]
        if probability < cut.disavow.get(tier, 2.0):
            assert answer == REVIEW
        else:
            assert answer == (REVIEW if tier == "name" and not manual_action else DISAVOW)


# ------------------------------------------------------------------------------------------------ advice


def profile(
    followed: int | None = 1, passing: int | None = None, tier: str = "rich", links: int = 1, **counts: int
) -> pl.DataFrame:
    rows = [v for v in VERDICTS for _ in range(counts.get(v, 0))]
    return pl.DataFrame({"verdict": rows}, schema={"verdict": pl.String}).with_columns(
        followed_links=pl.when(pl.col("verdict") == DISAVOW).then(pl.lit(followed, pl.Int64)),
        passing_links=pl.lit(followed if passing is None else passing, pl.Int64),
        tier=pl.lit(tier),
        links=pl.lit(links, pl.Int64),
    )


@pytest.mark.parametrize(
    ("counts", "headline"),
    [
        ({"keep": 100}, "Do nothing: this profile of example.com holds no link that is worth a line."),
        (
            {"keep": 90, "review": 10},  # a person may yet find some worth one
            "Do nothing: no link to example.com is certain enough for a line. Look at what is marked for review",
        ),
        (
            {"keep": 80, "review": 20},
            "Look closer: 20% of the domains that link to example.com may be a link scheme, but none",
        ),
        ({"keep": 90, "disavow": 10}, "Do nothing: the spam around example.com is of the usual amount"),
        ({"keep": 900, "disavow": 40}, "Do nothing: the spam around example.com is of the usual amount"),
        (
            {"keep": 37, "review": 369, "disavow": 8},  # some certain spam more must not make it calmer
            "Look closer: 8 of the domains that link to example.com are certain enough for the file,"
            " and 369 more may be a link scheme (together 91% of all).",
        ),
        (
            {"keep": 1042, "disavow": 55, "review": 5},  # 5 more are not "0% of all"
            "Look closer: 55 of the domains that link to example.com are certain enough for the file,"
            " and 5 more may be a link scheme (together 5% of all).",
        ),
        (
            {"keep": 900, "disavow": 10, "review": 30},
            "Do nothing: the spam around example.com is of the usual",
        ),
        (
            {"keep": 80, "disavow": 20, "review": 40},
            "Look closer: 14% of the domains that link to example.com look",
        ),
        ({"keep": 80, "disavow": 20}, "Look closer: 20% of the domains that link to example.com look like"),
    ],
)
def test_the_headline_says_whether_to_do_anything(counts: dict[str, int], headline: str) -> None:
    advice = advise(profile(**counts), "example.com", manual_action=False)
    assert advice.headline.startswith(headline)
    assert "Without a manual action search engines discount most spam links" in advice.summary[-1]


@pytest.mark.parametrize("tier", NO_LINKS)
def test_doubts_by_names_and_metrics_are_not_called_a_link_scheme(tier: str) -> None:
    def headline(**counts: int) -> str:
        linked = profile(keep=10, **counts)
        return advise(
            pl.concat([linked, profile(tier=tier, keep=40, review=50)]), "example.com", manual_action=False
        ).headline

    assert headline().startswith(
        "Look closer: 50% of the domains that link to example.com look doubtful, but mostly by names"
    )
    assert headline(review=20).startswith(
        "Look closer: 17% of the domains that link to example.com may be a link scheme"
    )
    assert headline(disavow=2).startswith("Do nothing: the spam around example.com is of the usual amount")


def test_doubts_that_are_mostly_about_links_are_not_told_as_doubts_by_names() -> None:
    mixed = pl.concat([profile(keep=3263, review=139), profile(tier="metrics", review=33)])
    assert advise(mixed, "example.com", manual_action=False).headline == (
        "Look closer: 5% of the domains that link to example.com look doubtful, 139 of them by their links, but none is certain enough"
        " for the file. Go through what is marked for review."
    )


@pytest.mark.parametrize("tier", NO_LINKS)
def test_of_links_that_no_export_shows_nothing_is_said(tier: str) -> None:
    tables = profile(tier=tier, links=0, keep=30)
    assert advise(tables, "example.com", manual_action=False).headline == (
        "Do nothing: by names and metrics none of the domains that link to example.com needs a look. Their links are not in these exports:"
        " only an export of the links themselves (pages and anchors) can tell whether one is worth a line."
    )
    mixed = pl.concat([tables, profile(keep=1)])
    assert advise(mixed, "example.com", manual_action=False).headline.endswith(
        "no link that is worth a line."
    )


def test_under_a_manual_action_nobody_is_sent_to_a_review_of_nothing() -> None:
    headline = advise(profile(keep=99), "example.com", manual_action=True).headline
    assert headline.endswith(
        "certain enough for the file. Add exports of other tools: Google has seen links that are not here."
    )


def test_a_manual_action_asks_for_action() -> None:
    advice = advise(profile(keep=99, disavow=1), "example.com", manual_action=True)
    assert advice.headline.startswith("Act: there is a manual action against example.com. Review the list")
    assert not any("discount most spam" in sentence for sentence in advice.summary)


def test_a_manual_action_with_an_empty_list_does_not_speak_of_uploading() -> None:
    headline = advise(profile(keep=99, review=3), "example.com", manual_action=True).headline
    assert "nothing in these exports is certain enough" in headline
    assert "upload" not in headline


@pytest.mark.parametrize(
    ("followed", "disavow", "sentence"),
    [
        (1, 1, "The proposed lines would take away 1 followed link."),
        (600, 2, "The proposed lines would take away 1,200 followed links."),
        (0, 3, "The proposed lines would take away 0 followed links."),
        (None, 3, "what the lines would take away is not known."),
    ],
)
def test_the_cost_of_the_lines_is_said(followed: int | None, disavow: int, sentence: str) -> None:
    summary = advise(profile(followed, disavow=disavow, keep=50), "example.com", manual_action=False).summary
    assert summary[1].endswith(sentence)


def test_a_followed_link_that_is_gone_is_none_that_a_line_takes_away() -> None:
    gone = profile(followed=3, passing=1, disavow=2)
    assert "take away 2 followed links" in advise(gone, "x.com", manual_action=False).summary[1]
    before = gone.drop("passing_links")  # an audit made before
    assert "take away 6 followed links" in advise(before, "x.com", manual_action=False).summary[1]


def test_what_is_not_told_of_some_is_said_too() -> None:
    both = pl.concat([profile(2, disavow=1), profile(None, disavow=4)])
    assert "2 followed links; of 4 of these domains" in advise(both, "x.com", manual_action=False).summary[1]


def test_numbers_agree_with_their_nouns_and_an_empty_profile_divides_by_nothing() -> None:
    one = " ".join(advise(profile(keep=1, review=1, ignore=1), "x.com", manual_action=False).summary)
    assert "1 more is for a person" in one
    assert "1 more looks like spam" in one
    assert "0 of 0" in advise(profile(), "x.com", manual_action=False).summary[0]


@pytest.mark.parametrize(
    ("name", "others", "expected"),
    [("bookmarkwuzz.example", 10, REVIEW), ("bookmarkwuzz.example", 9, KEEP), ("blog.example", 10, KEEP)],
)
def test_sites_for_bookmarks_of_one_make_come_before_a_person(name: str, others: int, expected: str) -> None:
    told = verdict({"probability": 0.3, "referring_domain": name, "page_path_domains": math.log1p(others)})
    assert told["verdict"] == expected
    if expected == REVIEW:
        assert told["kind"] == "comment or profile spam"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"own_trade": True, "without_words": 0.1}, REVIEW),
        ({"own_trade": True, "without_words": 0.6}, DISAVOW),  # more than words speaks against it
        (
            {"own_trade": True, "without_words": 0.1, "topic": "pharma"},
            DISAVOW,
        ),  # another trade than the site's
        ({"own_trade": False, "without_words": 0.1}, DISAVOW),
    ],
)
def test_words_of_the_sites_own_trade_alone_are_no_line(row: dict[str, Any], expected: str) -> None:
    assert verdict(row)["verdict"] == expected


def test_audits_made_before_know_no_own_trade() -> None:
    old = domains({"without_words": 0.1}).drop("own_trade")
    weighed = weigh(old, CUT.review, pl.Series("guard", [None], pl.String), manual_action=False)
    assert decide(weighed, CUT)["verdict"].to_list() == [DISAVOW]


def in_clusters(*sizes: tuple[int, int], first: int = 1) -> pl.DataFrame:
    """Clusters of so many suspect and so many harmless domains, weighed."""
    rows = [
        {"cluster": number, "probability": probability}
        for number, (suspect, harmless) in enumerate(sizes, first)
        for probability in [0.99] * suspect + [0.01] * harmless
    ]
    table = domains(*rows, {"cluster": None, "probability": 0.01})
    return weigh(
        table, CUT.review, pl.repeat(None, table.height, dtype=pl.String, eager=True), manual_action=False
    )


def test_the_rest_of_a_suspect_cluster_comes_before_a_person_and_not_into_the_file() -> None:
    told = decide(in_clusters((7, 5), (5, 7), (5, 4)), CUT)
    assert told.filter(cluster=1)["verdict"].to_list() == [DISAVOW] * 7 + [REVIEW] * 5
    assert told.filter(cluster=2)["verdict"].to_list() == [DISAVOW] * 5 + [KEEP] * 7, "most of it is harmless"
    assert told.filter(cluster=3)["verdict"].to_list() == [DISAVOW] * 5 + [KEEP] * 4, "nine are no wave"
    assert told.filter(pl.col("cluster").is_null())["verdict"].to_list() == [KEEP], "no cluster is no cluster"


@pytest.mark.parametrize(
    ("tier", "rest", "expected"), [("urls", 0.49, REVIEW), ("urls", 0.5, DISAVOW), ("rich", 0.01, DISAVOW)]
)
def test_one_sign_in_an_address_is_no_line(tier: str, rest: float, expected: str) -> None:
    assert verdict({"tier": tier, "without_strongest": rest})["verdict"] == expected


def test_a_single_row_keeps_what_its_profile_said() -> None:
    alone = in_clusters((7, 5)).filter(probability=0.01, cluster=1).head(1)
    again = weigh(alone, CUT.review, alone["guard"], manual_action=False)
    assert again["in_wave"].to_list() == [True]
    assert decide(again, CUT)["verdict"].to_list() == [REVIEW]


@pytest.mark.parametrize(
    ("lists", "expected"),
    [
        ({"reputation_spam_lists": 2.0}, (REVIEW, "known to spam lists")),
        ({"reputation_spam_lists": 1.0}, (KEEP, ORDINARY)),
        ({"reputation_spam_lists": 3.0, "reputation_popular_lists": 1.0}, (KEEP, ORDINARY)),
        ({"reputation_spam_lists": 3.0, "reputation_ordinary_lists": 1.0}, (KEEP, ORDINARY)),
    ],
)
def test_two_independent_spam_lists_bring_a_domain_before_a_person(
    lists: dict[str, float], expected: tuple[str, str]
) -> None:
    told = verdict({"probability": 0.1, **lists})
    assert (told["verdict"], told["kind"]) == expected


@pytest.mark.parametrize(("marked", "expected"), [(30, REVIEW), (21, REVIEW), (20, KEEP), (0, KEEP)])
def test_a_group_most_of_which_looks_made_for_links_comes_before_a_person(marked: int, expected: str) -> None:
    row = {
        "probability": 0.2,
        "cluster_domains": math.log1p(40),
        "cluster_marked_domains": math.log1p(marked),
    }
    assert verdict(row)["verdict"] == expected


def test_nine_are_no_wave_however_marked() -> None:
    row = {"probability": 0.2, "cluster_domains": math.log1p(8), "cluster_marked_domains": math.log1p(8)}
    assert verdict(row)["verdict"] == KEEP
