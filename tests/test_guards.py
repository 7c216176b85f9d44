"""Guards: every code, what is narrower and what is wider than it, the whitelist, and the shipped lists."""

from __future__ import annotations

import csv
from importlib import resources
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.errors import InputError, UsageError
from detector.guards import CODES, Guards, entry_of, lists_date, read_whitelist
from detector.links.domains import Domains

DOMAINS = Domains.default()
GUARDS = Guards(
    DOMAINS,
    site="https://www.my-site.example/",
    own=["other-site.co.uk", "shop.third-site.example", "medium.com/@me"],
    whitelist=[
        "friend.example",
        "https://www.partner.example/links",
        "github.com/friend",
        "blog.half.example",
    ],
)

EXPECTED = {
    # one's own
    "my-site.example": "own_site",
    "www.my-site.example": "own_site",
    "deep.below.my-site.example": "own_site",
    "https://my-site.example/a-page": "own_site",
    "other-site.co.uk": "own_site",
    "third-site.example": "own_site",  # lies above
    "sister.third-site.example": "own_site",
    "medium.com/@me": "own_site",
    "https://medium.com/@ME/story": "own_site",
    "not-my-site.example": None,
    # whitelisted
    "friend.example": "whitelist",
    "a.friend.example": "whitelist",
    "http://friend.example/x": "whitelist",
    "partner.example": "whitelist",
    "github.com/friend": "whitelist",
    "https://github.com/Friend/repo": "whitelist",
    "blog.half.example": "whitelist",
    "half.example": "whitelist",  # such a rule would hit the entry
    "shop.half.example": None,
    "https://half.example/page": None,
    "my-friend.example": None,
    # suffixes
    "com": "public_suffix",
    "org.br": "public_suffix",
    "co.uk": "public_suffix",
    "kobe.jp": "public_suffix",
    "uk.com": "public_suffix",
    "example.org.br": None,
    "example.uk.com": None,
    # platforms, and their tenants
    "blogspot.com": "platform",
    "www.blogspot.com": "platform",
    "blogspot.co.uk": "platform",
    "wordpress.com": "platform",
    "medium.com": "platform",
    "sites.google.com": "platform",
    "github.com": "platform",
    "s3.amazonaws.com": "platform",
    "amazonaws.com": "platform",
    "compute.amazonaws.com": "platform",
    "pages.dev": "platform",
    "spam.blogspot.com": None,
    "spam.wordpress.com": None,
    "spam.pages.dev": None,
    "medium.com/@spam": None,
    "sites.google.com/view/spam": None,
    "https://sites.google.com/view/spam/home": None,
    "https://medium.com/p/0123456789ab": None,
    "http://s3.amazonaws.com/bucket/k.html": None,
    "https://spam.blogspot.com/2020/": None,
    # search engines
    "google.com": "search_engine",
    "www.google.co.uk": "search_engine",
    "news.google.de": "search_engine",
    "https://www.google.com/url?q=x": "search_engine",
    "yandex.ru": "search_engine",
    "bing.com": "search_engine",
    "duckduckgo.com": "search_engine",
    "google-links.example": None,
    "google.shop": None,  # such a name is Google's only in country forms
    "google.uk.com": None,
    "notgoogle.com": None,
    # the largest
    "en.wikipedia.org": "largest_site",
    "wikipedia.org": "largest_site",
    "https://en.wikipedia.org/wiki/X": "largest_site",
    "amazon.co.jp": "largest_site",
    "www.gov.uk": "largest_site",
    "bbc.co.uk": "largest_site",
    "wikipedia.org.example": None,
    # the rest
    "192.0.2.7": None,
    "[2001:db8::1]": None,
    "ordinary.example": None,
    "some-college.edu": None,
    "county.gov": None,
    "localhost": "invalid",
    "no host": "invalid",
    "": "invalid",
    "a..b": "invalid",
}


@pytest.mark.parametrize(("unit", "code"), EXPECTED.items())
def test_reason(unit: str, code: str | None) -> None:
    assert GUARDS.reason(unit) == code


def test_a_blog_by_google_is_guarded_in_every_country_form() -> None:
    guards = Guards(DOMAINS, site="zzme.blogspot.com", whitelist=["https://friend.blogspot.co.uk/2020/"])
    units = {
        "zzme.blogspot.com": "own_site",
        "zzme.blogspot.de": "own_site",
        "https://zzme.blogspot.com.ar/p": "own_site",
        "friend.blogspot.com": "whitelist",
        "other.blogspot.de": None,
        "blogspot.de": "platform",
        "com.ar": "public_suffix",
        "zzme.blogspot.example": None,  # is none of Google's
    }
    assert {unit: guards.reason(unit) for unit in units} == units
    assert guards.reasons(pl.Series(list(units), dtype=pl.String)).to_list() == list(units.values())
    assert Guards(DOMAINS, site="a.blogspot.example").reason("a.blogspot.de") is None


def test_a_column_says_the_same() -> None:
    units = pl.Series("referring_domain", [*EXPECTED, None, *EXPECTED])
    codes = GUARDS.reasons(units)
    assert codes.name == "guard"
    assert codes.to_list() == [*EXPECTED.values(), None, *EXPECTED.values()]
    assert GUARDS.reasons(pl.Series([], dtype=pl.String)).to_list() == []


def test_every_code_has_a_sentence() -> None:
    for code in CODES:
        assert Guards.sentence(code).endswith(".")
    assert {code for code in EXPECTED.values() if code} == set(CODES)
    assert Guards.words("public_suffix") == "public suffix"


def test_a_suffix_is_named_a_suffix_even_above_the_own_site() -> None:
    guards = Guards(DOMAINS, site="shop.org.br")
    assert guards.reason("org.br") == "public_suffix"
    assert Guards(DOMAINS, site="me.blogspot.com").reason("blogspot.com") == "platform"


def test_a_site_under_a_suffix_with_www_is_not_the_suffix() -> None:
    guards = Guards(DOMAINS, site="www.gov.uk")
    assert guards.reason("www.gov.uk") == "own_site"
    assert guards.reason("spam.gov.uk") is None


def test_a_whitelisted_suffix_or_platform_protects_all_below() -> None:
    guards = Guards(DOMAINS, whitelist=["gov", "blogspot.com", "medium.com"])
    for unit in ("county.gov", "x.blogspot.com", "medium.com/@x", "https://x.blogspot.com/p"):
        assert guards.reason(unit) == "whitelist"


@pytest.mark.parametrize("text", ["", "two words", "localhost", "mailto:a@b.example", "http://"])
def test_a_site_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="names no host"):
        entry_of(DOMAINS, text, "site")


def test_read_whitelist(tmp_path: Path) -> None:
    path = tmp_path / "whitelist.txt"
    path.write_bytes(
        "\ufeff# ours\r\n\r\nfriend.example\r\n  domain:Other.EXAMPLE # they asked\r\n"
        "DOMAIN: third.example\r\n"
        "https://www.partner.example/a?b#c\r\nbücher.example\r\nhttps://medium.com/@Me/x".encode()
    )
    entries = read_whitelist(path)
    assert [entry_of(DOMAINS, entry) for entry in entries] == [
        "friend.example",
        "other.example",
        "third.example",
        "partner.example",
        "xn--bcher-kva.example",
        "medium.com/@me",
    ]
    assert Guards(DOMAINS, whitelist=entries).reason("other.example") == "whitelist"


def test_a_bad_line_of_the_whitelist_is_named(tmp_path: Path) -> None:
    path = tmp_path / "whitelist.txt"
    path.write_text("friend.example\n\nour good friends\n")
    with pytest.raises(InputError, match=r"row 3: .*'our good friends' names no host") as caught:
        read_whitelist(path)
    assert caught.value.row == 3


def test_a_whitelist_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9.example\n")
    for name in ("latin.txt", "absent.txt"):
        with pytest.raises(InputError, match="cannot be read"):
            read_whitelist(tmp_path / name)


@pytest.mark.parametrize("name", ["search_engines.csv", "largest_sites.csv"])
def test_the_shipped_lists_hold_registrable_domains_once(name: str) -> None:
    text = resources.files("detector").joinpath("data", name).read_text("utf-8")
    rows = list(csv.DictReader(text.split("\n", 1)[1].splitlines()))
    listed = [row["domain"] for row in rows]
    assert len(listed) == len(set(listed))
    assert all(row["why"] for row in rows)
    domains = [domain for domain in listed if not domain.endswith(".*")]
    assert [domain for domain in domains if DOMAINS.describe_one(domain)[0] != domain] == []
    guards = Guards(DOMAINS)
    assert [domain for domain in domains if guards.reason(domain) is None] == []
    assert lists_date() >= "2026-01-01"


@given(st.text(max_size=30))
def test_no_unit_raises(unit: str) -> None:
    assert GUARDS.reason(unit) in (*CODES, None)


HOSTS = st.lists(
    st.sampled_from(["a", "b", "my-site", "friend", "example", "com", "co.uk", "blogspot.com"]), min_size=1
)


@given(HOSTS.map(".".join), HOSTS.map(".".join))
def test_no_rule_that_would_hit_a_protected_host_passes(rule: str, protected: str) -> None:
    """Whatever is whitelisted: a domain rule that covers it, or that it covers, is forbidden."""
    if DOMAINS.describe_one(protected)[2] == "invalid":
        return
    guards = Guards(DOMAINS, whitelist=[protected])
    entry = entry_of(DOMAINS, protected)
    if f".{rule}".endswith(f".{entry}") or f".{entry}".endswith(f".{rule}"):
        assert guards.reason(rule) is not None
