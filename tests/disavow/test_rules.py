"""Rules: their canonical form, and what a set of them covers."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.disavow.rules import DOMAIN, URL, Rule, RuleSet, domain_rule, url_rule


@pytest.mark.parametrize(
    ("host", "value"),
    [
        ("Spam.EXAMPLE", "spam.example"),
        ("spam.example.", "spam.example"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("straße.de", "xn--strae-oqa.de"),
        ("💩.la", "xn--ls8h.la"),
        ("192.0.2.7", "192.0.2.7"),
        ("[2001:DB8::1]", "[2001:db8::1]"),
        ("com", "com"),
        ("two words", None),
        ("a..b", None),
        ("", None),
        ("spam.example/path", None),
        ("sp&am.example", None),
        ("ü" * 100_000, None),
    ],
)
def test_domain_rule(host: str, value: str | None) -> None:
    rule = domain_rule(host)
    assert (rule and rule.value) == value
    if rule:
        assert rule.text == f"domain:{value}"


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("http://Spam.Example", "http://spam.example/"),
        ("HTTPS://spam.example:443/a?b=c#d", "https://spam.example/a?b=c"),
        ("http://spam.example:8080/", "http://spam.example:8080/"),
        ("http://user:word@spam.example/x", "http://spam.example/x"),
        ("http://spam.example?x", "http://spam.example/?x"),
        ("https://bücher.example/böse seite?q=ü", "https://xn--bcher-kva.example/b%C3%B6se%20seite?q=%C3%BC"),
        ("https://spam.example/100%/%C3%BC%zz", "https://spam.example/100%25/%C3%BC%25zz"),
        ('https://spam.example/"<a>', "https://spam.example/%22%3Ca%3E"),
        ("https://spam.example/a\\b", "https://spam.example/a/b"),
        ("http://[::1]:81/x", "http://[::1]:81/x"),
        ("ftp://spam.example/", None),
        ("//spam.example/", None),
        ("spam.example/", None),
        ("http://localhost/", None),
        ("http://spam.example:port/", None),
        ("http://", None),
        ("http://spam.example:0080/a", "http://spam.example/a"),
        ("http://spam.example:65535/a", "http://spam.example:65535/a"),
        ("http://spam.example:65536/a", None),
        ("http://sp&am.example/", None),
        ("https://spam.example/%7ea%2f%41?q=%c3", "https://spam.example/~a%2FA?q=%C3"),
        ("https://spam.example/%2541", "https://spam.example/%2541"),
        ("http://" + "ü" * 100_000 + ".example/", None),
    ],
)
def test_url_rule(url: str, value: str | None) -> None:
    rule = url_rule(url)
    assert (rule and rule.value) == value
    if rule:
        assert rule.text.isascii()
        assert url_rule(rule.text) == rule


def test_what_a_set_covers() -> None:
    rules = RuleSet([Rule(DOMAIN, "spam.example"), Rule(URL, "https://fine.example/bad?x=1")])
    wide = Rule(DOMAIN, "spam.example")
    assert rules.covers_url("http://deep.SPAM.example/x") == wide
    assert rules.covers_host("spam.example") == wide
    assert rules.covers(Rule(DOMAIN, "www.spam.example")) == wide
    assert rules.covers_url("https://fine.example/bad?x=1#frag") == Rule(URL, "https://fine.example/bad?x=1")
    for url in (
        "https://notspam.example/",
        "https://example/",
        "http://fine.example/bad?x=1",
        "https://fine.example/bad",
    ):
        assert rules.covers_url(url) is None
    assert rules.covers(Rule(DOMAIN, "fine.example")) is None
    assert RuleSet([Rule(DOMAIN, "0.2.7")]).covers_url("http://192.0.2.7/") is None


HOST = st.lists(st.sampled_from(["a", "b", "spam", "example", "x7"]), min_size=1, max_size=4).map(".".join)


@given(st.lists(HOST, max_size=5), HOST)
def test_a_domain_rule_covers_its_host_and_what_lies_below(hosts: list[str], asked: str) -> None:
    covered = any(asked == host or asked.endswith(f".{host}") for host in hosts)
    assert (RuleSet(Rule(DOMAIN, host) for host in hosts).covers_host(asked) is not None) == covered


@given(st.text(max_size=40))
def test_any_text_is_a_rule_in_ascii_or_none(text: str) -> None:
    for rule in (domain_rule(text), url_rule(text), url_rule(f"http://spam.example/{text}")):
        if rule is not None:
            assert rule.text.isascii()
            assert rule.text.isprintable()
            assert " " not in rule.text
            again = domain_rule(rule.value) if rule.kind == DOMAIN else url_rule(rule.value)
            assert again == rule


NAMES = st.sampled_from(
    ["spam.example", "a.spam.example", "fine.example", "FINE.example", "fine.example.", "192.0.2.7", "bücher.example",
     "a..example", "spam.example:80", "spam.example:8080", "me@fine.example", "x" * 70 + ".example", "[::1]", "example", "1.192.0.2.7", "site.x7"]
)  # fmt: skip
URLS = st.builds(
    "{}{}{}".format,
    st.sampled_from(["http://", "https://", "HTTP://", " http://", "//", "", "ftp://"]),
    NAMES,
    st.sampled_from(["", "/", "/a", "/a#b", "/a?b", "/%61", "\\a", "/ö", "?b", "#b", " ", "/a\n", ":"]),
)


@given(
    st.lists(URLS, max_size=6), st.lists(HOST | NAMES, max_size=4), st.lists(st.none() | URLS, max_size=12)
)
def test_the_fast_answer_is_the_slow_one(pages: list[str], hosts: list[str], asked: list[str | None]) -> None:
    known = [rule for rule in (*map(url_rule, pages), *map(domain_rule, hosts)) if rule]
    rules = RuleSet(known)

    def slow(url: str) -> str | None:
        rule = url_rule(url)
        if rule is None or rule in known:
            return rule and rule.text
        host = rule.value.split("/")[2]
        host = host if host.endswith("]") else host.partition(":")[0]
        is_address = host.endswith("]") or host.split(".")[-1].isdigit()
        above = [host] if is_address else [host.split(".", n)[-1] for n in range(host.count(".") + 1)]
        return next((f"domain:{name}" for name in above if Rule(DOMAIN, name) in known), None)

    expected = [None if url is None else slow(url) for url in asked]
    for _ in range(2):  # the second time from memory
        answers = [None if url is None else rules.covers_url(url) for url in asked]
        assert [rule and rule.text for rule in answers] == expected
    assert rules.covers_urls(pl.Series(asked, dtype=pl.String)).to_list() == expected


def test_a_rule_that_is_added_changes_the_answer() -> None:
    rules = RuleSet()
    assert rules.covers_url("http://a.spam.example/x") is None
    rules.add(Rule(DOMAIN, "spam.example"))
    assert rules.covers_url("http://a.spam.example/x") == Rule(DOMAIN, "spam.example")
    rules.add(Rule(URL, "http://a.spam.example/x"))
    assert rules.covers_url("http://a.spam.example/x") == Rule(URL, "http://a.spam.example/x")
