"""Signals of a small profile, computed by hand beside the code."""

import math
from datetime import date

import polars as pl
import pytest

from detector.links.domains import Domains
from detector.links.schema import LINK_SCHEMA
from detector.report.opinions import opinions
from detector.signals.compute import EVIDENCE, Computed, compute_signals, facts_of
from detector.signals.registry import SIGNALS, all_signals, families, model_signals, signal
from detector.signals.site import make_site
from detector.web.page import PAGE_SCHEMA

SITE = make_site("kettle.example")


def link(domain: str, **cells: object) -> dict[str, object]:
    base = {
        "record_type": "link", "source_url": f"https://{domain}/page", "source_host": domain, "tool": "ahrefs",
        "referring_domain": domain, "target_url": "https://kettle.example/", "target_host": "kettle.example",
    }  # fmt: skip
    return {**dict.fromkeys(LINK_SCHEMA), **base, **cells}


def computed(*links: dict[str, object]) -> Computed:
    return compute_signals(facts_of(pl.DataFrame(list(links), schema=LINK_SCHEMA)), SITE, Domains.default())


def of(result: Computed, domain: str) -> dict[str, float | None]:
    return result.domains.filter(pl.col("referring_domain") == domain).row(0, named=True)


def test_there_are_enough_signals_and_each_is_told_in_full() -> None:
    table = all_signals()
    assert len(table) >= 40
    assert {"anchor", "link", "page", "name", "authority", "velocity", "network", "vendor"} <= set(families())
    for s in table.values():
        assert s.sentence and s.source and s.unit and s.needs, s.name
        assert s.direction in (-1, 0, 1)
        assert set(s.needs) <= set(PAGE_SCHEMA if s.stage == "seen" else LINK_SCHEMA), s.name
        assert s.sentence.count("{value}") == (0 if s.unit == "yes/no" else 1), s.name


def test_a_name_is_taken_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        signal("anchor", "anchor", needs="anchor", unit="share", direction=0, sentence="", source="")(
            SIGNALS["anchor_brand_share"].expr
        )


def test_no_vendor_opinion_is_learnt() -> None:
    assert not [s for s in model_signals() if s.family == "vendor"]


def test_anchor_shares_are_weighted_by_links() -> None:
    result = computed(
        link("a.example", anchor="Kettle"), link("a.example", anchor="Kettle", source_url="https://a.example/2"),
        link("a.example", anchor="best casino", source_url="https://a.example/3"),
        link("a.example", anchor=None, source_url="https://a.example/4"),
    )  # fmt: skip
    a = of(result, "a.example")
    assert a["anchor_brand_share"] == 0.5
    assert a["anchor_trade_share"] == 0.25
    assert a["anchor_empty_share"] == 0.25
    assert a["anchor_money_share"] == 0.25
    assert a["anchor_distinct"] == pytest.approx(math.log1p(3))
    assert a["anchor_entropy"] == pytest.approx(1.5)
    assert (a["topic"], a["top_anchor"], a["links"]) == ("gambling", "Kettle", 4)


def test_what_the_export_does_not_say_is_missing_not_zero() -> None:
    a = of(computed(link("a.example", tool="gsc", target_url=None, target_host=None)), "a.example")
    for name in ("anchor_brand_share", "anchor_empty_share", "title_length", "page_external_links", "link_followed_share",
                 "link_targets", "authority_ahrefs_dr", "network_same_ip", "velocity_age", "link_lost_share", "vendor_spam_flag_share"):  # fmt: skip
        assert a[name] is None, name
    assert a["followed_links"] is None and a["live_links"] is None and a["passing_links"] is None
    assert a["page_depth"] == 1.0


def test_rel_and_lost_count_what_is_known() -> None:
    a = of(
        computed(
            link("a.example", rel_nofollow=True, lost=False), link("a.example", rel_nofollow=False, rel_sponsored=True, lost=True),
            link("a.example", rel_nofollow=False, lost=False, http_status=404), link("a.example", rel_nofollow=False),
        ),
        "a.example",
    )  # fmt: skip
    assert a["link_followed_share"] == 0.5
    assert a["link_lost_share"] == pytest.approx(1 / 3)
    assert (a["followed_links"], a["live_links"], a["passing_links"]) == (2, 2, 1)


def test_a_table_of_domains_tells_of_no_link_whether_it_stands() -> None:
    row = {"record_type": "domain", "source_url": None, "target_url": None, "target_host": None}
    result = computed(
        link("a.example", **row, lost=False), link("b.example", **row, lost=True), link("b.example")
    )
    for name, links in (("a.example", 0), ("b.example", 1)):
        told = of(result, name)
        assert (told["links"], told["live_links"], told["passing_links"]) == (links, None, None), name


def test_a_spam_flag_of_a_domain_is_none_of_a_link() -> None:
    row = {"record_type": "domain", "source_url": None, "target_url": None, "target_host": None}
    flagged = (link(f"{name}.example", **row, is_spam_flag=True) for name in "ab")
    result = computed(*flagged, link("b.example", is_spam_flag=False), link("c.example", is_spam_flag=True))
    shares = [of(result, f"{name}.example")["vendor_spam_flag_share"] for name in "abc"]
    assert shares == [1.0, 0.0, 1.0]
    told = opinions(result.domains.with_columns(lists=pl.lit([], pl.List(pl.String))))
    assert told.to_list() == [
        ["the tool flags it as spam"], [], ["the tool flags 100% of its links as spam"],
    ]  # fmt: skip


def test_scores_of_different_tools_are_never_mixed() -> None:
    a = of(
        computed(
            link("a.example", domain_authority=41.0, domain_authority_metric="ahrefs_dr"),
            link("a.example", domain_authority=12.0, domain_authority_metric="semrush_ascore"),
            link("a.example", domain_authority=3.0, domain_authority_metric="moz_da"),
        ),
        "a.example",
    )  # fmt: skip
    assert (a["authority_ahrefs_dr"], a["authority_semrush_as"], a["authority_moz_da"]) == (41.0, 12.0, 3.0)
    assert a["authority_ahrefs_ur"] is None


def test_a_template_shared_by_many_domains_is_seen() -> None:
    wave = [
        link(f"wave-{i}.example", anchor=f"buy kettle offer {i} now", source_title=f"Top {i} offers for kettle.example today",
             source_url=f"https://wave-{i}.example/out/{i}/kettle.example.html", first_seen=date(2026, 8, 3 + i % 3))
        for i in range(12)
    ]  # fmt: skip
    honest = [
        link(f"h{i}.example", anchor=f"a tea story {'abcdefghijkl'[i]}", first_seen=date(2015 + i % 9, 1, 1))
        for i in range(12)
    ]
    result = computed(*wave, *honest)
    w, h = of(result, "wave-3.example"), of(result, "h3.example")
    eleven = pytest.approx(math.log1p(11))
    assert (w["anchor_template_domains"], w["title_template_domains"], w["page_path_domains"]) == (
        eleven,
    ) * 3
    assert w["name_series_domains"] == eleven
    assert w["page_names_site_share"] == w["title_names_site_share"] == 1.0
    assert h["anchor_template_domains"] == 0.0
    assert w["velocity_burst"] > h["velocity_burst"]


@pytest.mark.parametrize(
    ("path", "share"),
    [
        ("links.html", 1.0), ("members/tea", 1.0), ("?cpage=3", 1.0), ("tea/comment-page-2", 1.0), ("link?x", 1.0),
        ("link-building-guide", 0.0), ("review-of-teas", 0.0), ("tea?page=3", 0.0),
    ],
)  # fmt: skip
def test_an_address_may_look_like_a_list_of_links(path: str, share: float) -> None:
    told = of(computed(link("a.example", source_url=f"https://a.example/{path}")), "a.example")
    assert told["page_listing_share"] == share


@pytest.mark.parametrize(
    ("host", "share"),
    [("a.example", 0.0), ("www.a.example", 0.0), ("WWW2.A.example", 0.0), ("blog.a.example", 1.0), ("ba.example", 0.0)],
)  # fmt: skip
def test_a_page_may_lie_on_a_sub_domain(host: str, share: float) -> None:
    told = of(computed(link("a.example", source_url=f"https://{host}/page.html?x=1")), "a.example")
    assert (told["page_subdomain_share"], told["page_html_share"]) == (share, 1.0)


def test_titles_in_a_script_that_few_write_are_foreign() -> None:
    honest = [link(f"h{i}.example", source_title=f"A tea story of {i} cups") for i in range(19)]
    hacked = link("church.example", source_title="激安 メンズ腕時計 送料無料")
    result = computed(*honest, hacked)
    assert of(result, "church.example")["title_foreign_share"] == 1.0
    assert of(result, "h1.example")["title_foreign_share"] == 0.0


def test_shared_addresses_are_counted_where_the_export_names_them() -> None:
    result = computed(
        *(link(f"n{c}.example", ip=f"192.0.2.{i % 2}") for i, c in enumerate("abcd")), link("far.example", ip="198.51.100.7"), link("no.example")
    )  # fmt: skip
    assert of(result, "na.example")["network_same_ip"] == pytest.approx(math.log1p(1))
    assert of(result, "na.example")["network_same_subnet"] == pytest.approx(math.log1p(3))
    assert of(result, "far.example")["network_same_subnet"] == 0.0
    assert of(result, "no.example")["network_same_ip"] is None


def test_a_domain_record_gives_scores_but_no_links() -> None:
    row = {
        **link("a.example", domain_authority=7.0, domain_authority_metric="semrush_ascore", backlinks=90),
        "record_type": "domain",
        "source_url": None,
    }
    a = of(computed(row), "a.example")
    assert (a["links"], a["links_known"], a["authority_semrush_as"], a["page_depth"]) == (0, 90, 7.0, None)


def test_what_a_table_of_domains_tells_of_a_whole_domain_is_not_taken_for_its_pages() -> None:
    """Ahrefs' referring domains have "Dofollow linked domains" and "Keywords": a newspaper links to thousands of domains."""
    of_a_domain = {"record_type": "domain", "source_url": None, "target_url": None, "target_host": None}
    counts = {
        "linked_domains": 5000,
        "external_links": 9000,
        "internal_links": 10,
        "page_traffic": 7,
        "keywords": 3,
    }
    result = computed(
        link("paper.example", **of_a_domain, **counts), link("both.example", **of_a_domain, **counts),
        link("both.example", linked_domains=2, external_links=3, internal_links=1, page_traffic=0, keywords=0),
    )  # fmt: skip
    of_pages = ("page_linked_domains", "page_external_links", "page_external_links_max", "page_external_share", "page_internal_links",
                "page_traffic", "page_keywords")  # fmt: skip
    paper, both = of(result, "paper.example"), of(result, "both.example")
    assert {name: paper[name] for name in of_pages} == dict.fromkeys(of_pages)
    assert [both[name] for name in of_pages] == pytest.approx(
        [math.log1p(n) for n in (2, 3, 3)] + [0.75, math.log1p(1), 0, 0]
    )
    assert paper["links_log"] is None and paper["link_pages"] is None  # unknown, not none


def test_order_and_row_count_of_the_input_do_not_matter() -> None:
    links = [link(f"{c}.example", anchor=a, source_title=t) for c, a, t in zip("abcab", ["x y z", "", "k", "x y z", None], ["T", None, "u v w", "T", "u v w"], strict=True)]  # fmt: skip
    one, other = computed(*links).domains, computed(*reversed(links)).domains
    assert one.equals(other)
    assert one.columns == ["referring_domain", *all_signals(), *EVIDENCE]


def test_an_empty_profile_has_no_domains() -> None:
    assert computed().domains.height == 0


def test_a_name_in_another_script_is_measured_as_it_is_read() -> None:
    told = of(computed(link("xn--ay-saati-r0a.example")), "xn--ay-saati-r0a.example")  # çay-saati
    assert (told["name_hyphens"], told["name_length"], told["name_digit_share"]) == (1, 9, 0)


def test_the_letters_of_a_trade_inside_an_ordinary_word_are_none_of_its_words() -> None:
    names = "eye-specialists", "kalender-druck", "waterproofing", "cialisonline", "slenderking-casino"
    told = computed(*(link(f"{name}.example") for name in names))
    assert [of(told, f"{name}.example")["name_trade_word"] for name in names] == [0, 0, 0, 1, 1]
