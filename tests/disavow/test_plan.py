"""Verdicts become rules."""

from __future__ import annotations

from typing import Any

import polars as pl

from detector.disavow.plan import plan
from detector.disavow.rules import DOMAIN, URL, Rule

VERDICT_COLUMNS = {
    "referring_domain": pl.String,
    "verdict": pl.String,
    "kind": pl.String,
    "probability": pl.Float64,
    "reasons": pl.String,
}


def verdicts(*rows: tuple[Any, ...]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=VERDICT_COLUMNS, orient="row")


def links(*rows: tuple[str | None, str]) -> pl.LazyFrame:
    return pl.LazyFrame(rows, schema={"source_url": pl.String, "referring_domain": pl.String}, orient="row")


def pages(*urls: str, probability: float = 0.9) -> pl.DataFrame:
    return pl.DataFrame(
        [(url, "hacked page", probability, "hidden links") for url in urls],
        schema={"source_url": pl.String, "kind": pl.String, "probability": pl.Float64, "reasons": pl.String},
        orient="row",
    )


NO_LINKS = links()


def test_domains_and_tenants_with_a_host_become_domain_rules() -> None:
    made = plan(
        verdicts(
            ("spam.example", "disavow", "link farm", 0.99, "one anchor on many domains"),
            ("x.wordpress.com", "disavow", "link farm", 0.9, ""),
            ("💩.la", "disavow", None, 0.8, None),
            ("192.0.2.7", "disavow", "", 0.8, ""),
            ("fine.example", "keep", "ordinary", 0.01, ""),
            ("doubtful.example", "review", "", 0.6, ""),
        ),
        NO_LINKS,
    )
    assert [planned.rule.text for planned in made.rules] == [
        "domain:spam.example",
        "domain:x.wordpress.com",
        "domain:xn--ls8h.la",
        "domain:192.0.2.7",
    ]
    first = made.rules[0]
    assert (first.unit, first.kind, first.probability) == ("spam.example", "link farm", 0.99)
    assert first.reasons == "one anchor on many domains"
    assert made.left_out == []


def test_path_tenants_become_a_url_line_for_each_known_page() -> None:
    made = plan(
        verdicts(
            ("medium.com/@x", "disavow", "profile spam", 0.9, ""), ("[2001:db8::1]", "disavow", "", 0.9, "")
        ),
        links(
            ("https://medium.com/@x/b", "medium.com/@x"),
            ("https://medium.com/@x/a#part", "medium.com/@x"),
            ("https://medium.com/@x/a", "medium.com/@x"),
            ("https://medium.com/@x/ü", "medium.com/@x"),
            ("https://medium.com/@other/c", "medium.com/@other"),
            (None, "medium.com/@x"),
            ("http://[2001:db8::1]/p", "[2001:db8::1]"),
        ),
    )
    assert [planned.rule for planned in made.rules] == [
        Rule(URL, "https://medium.com/@x/a"),
        Rule(URL, "https://medium.com/@x/b"),
        Rule(URL, "https://medium.com/@x/%C3%BC"),
        Rule(URL, "http://[2001:db8::1]/p"),
    ]
    assert all(planned.whole is None for planned in made.rules)


def test_what_cannot_become_a_rule_is_left_out_and_said() -> None:
    long = "https://medium.com/@x/" + "ü" * 400  # 2,400 characters once encoded
    made = plan(
        verdicts(
            ("medium.com/@x", "disavow", "", 0.9, ""),
            ("medium.com/@unknown", "disavow", "", 0.9, ""),
            ("no host", "disavow", "", 0.9, ""),
        ),
        links((long, "medium.com/@x"), ("ftp://medium.com/@x/a", "medium.com/@x")),
    )
    assert made.rules == []
    why = {left.what: left.why for left in made.left_out}
    assert why[long] == "it is longer than 2,048 characters"
    assert why["ftp://medium.com/@x/a"] == "it is no absolute http(s) URL"
    assert "name none that links" in why["medium.com/@unknown"]
    assert "no host" in why["no host"]


def test_bad_pages_on_good_sites_know_whether_all_links_of_the_site_are_flagged() -> None:
    made = plan(
        verdicts(("half.example", "keep", "", 0.2, ""), ("all.example", "keep", "", 0.3, "")),
        links(
            ("https://half.example/bad", "half.example"),
            ("https://half.example/good", "half.example"),
            ("https://all.example/1", "all.example"),
            ("https://www.all.example/2", "all.example"),
            ("https://medium.com/@x/1", "medium.com/@x"),
            ("https://gap.example/1", "gap.example"),
            (None, "gap.example"),
        ),
        pages=pages(
            "https://half.example/bad",
            "https://all.example/1",
            "https://www.all.example/2",
            "https://medium.com/@x/1",
            "https://gap.example/1",
            "https://unknown.example/1",
        ),
    )
    whole = {planned.rule.value: planned.whole for planned in made.rules}
    assert whole == {
        "https://half.example/bad": None,
        "https://all.example/1": Rule(DOMAIN, "all.example"),
        "https://www.all.example/2": Rule(DOMAIN, "all.example"),
        "https://medium.com/@x/1": None,  # a path tenant never widens
        "https://gap.example/1": None,  # a link of unknown page is not flagged
        "https://unknown.example/1": None,
    }
    assert {planned.kind for planned in made.rules} == {"hacked page"}


def test_each_rule_stands_once_with_its_highest_probability() -> None:
    made = plan(
        verdicts(("spam.example", "disavow", "a", 0.8, ""), ("SPAM.example", "disavow", "b", 0.9, "")),
        NO_LINKS,
    )
    assert [(planned.rule.text, planned.probability) for planned in made.rules] == [
        ("domain:spam.example", 0.9)
    ]
