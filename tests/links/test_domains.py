"""URL -> host -> referring domain: examples of every rule, and properties over arbitrary text."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import publicsuffixlist
import pytest
import tldextract
from hypothesis import given
from hypothesis import strategies as st

from detector.errors import InputError
from detector.links import hostnames
from detector.links.domains import KINDS, Domains, _session_of, packaged_suffix_list
from detector.links.platforms import Platforms

DOMAINS = Domains.default()
PLATFORMS = Platforms.default()
EXTRACT = tldextract.TLDExtract(
    cache_dir=None,
    suffix_list_urls=(Path(publicsuffixlist.PSLFILE).as_uri(),),
    fallback_to_snapshot=False,
    include_psl_private_domains=True,
)
EXTRACT("example.com", session=_session_of(Path(publicsuffixlist.PSLFILE).read_text("utf-8")))

HOSTS = {
    "https://www.Example.COM/path?q=1#f": "www.example.com",
    "http://user:pass@example.com:8080/": "example.com",
    "http://a@b@example.com/": "example.com",
    "http://example.com./": "example.com",
    "http://example.com?x=http://other.example/": "example.com",
    "http://example.com\\@other.example/": "example.com",
    "HTTPS://EXAMPLE.COM": "example.com",
    "  http://example.com/ ": "example.com",
    "http:///example.com/": "example.com",
    "//example.com/x": "example.com",
    "ftp://example.com/x": "example.com",
    "example.com": "example.com",
    "example.com:8080/x": "example.com",
    "http://straße.de/": "xn--strae-oqa.de",
    "http://STRASSE.de/": "strasse.de",
    "http://bücher.example/": "xn--bcher-kva.example",
    "http://ＥＸＡＭＰＬＥ。com/": "example.com",
    "http://한국사이버신학대학교.kr/": "xn--9d0b4b70vnol89ezvdmykd32abaw.kr",
    "http://tmés.com/": "xn--tms-cma.com",
    "http://xn--strae-oqa.de/": "xn--strae-oqa.de",
    "http://💩.LA/": "💩.la",  # IDNA 2008 refuses it
    "http://under_score.example.com/": "under_score.example.com",
    "http://192.0.2.7:81/x": "192.0.2.7",
    "http://[2001:DB8::1]:80/x": "[2001:db8::1]",
    "http://a..b/": "a..b",
    "http://": None,
    "http:///": None,
    "": None,
    "   ": None,
    "mailto:someone@example.com": None,
    "javascript:void(0)": None,
    "two words": None,
}

UNITS = {
    # the suffix list
    "https://blog.garden.example/": ("garden.example", "domain"),
    "https://a.b.example.co.uk/": ("example.co.uk", "domain"),
    "https://www.example.com/": ("example.com", "domain"),
    "https://www.gov.uk/": ("www.gov.uk", "domain"),
    "https://www.ck/": ("www.ck", "domain"),
    "https://shop.example.uk.com/": ("example.uk.com", "domain"),
    "https://org.br/": ("org.br", "public_suffix"),
    "https://kobe.jp/": ("kobe.jp", "public_suffix"),
    "https://anything.ck/": ("anything.ck", "public_suffix"),
    "http://192.0.2.7/x": ("192.0.2.7", "ip"),
    "http://[2001:db8::1]/": ("[2001:db8::1]", "ip"),
    "http://localhost/": ("localhost", "invalid"),
    "http://1.2.3.4.5/": ("1.2.3.4.5", "invalid"),
    "http://a..b/": ("a..b", "invalid"),
    # tenants by host
    "https://a-blog.wordpress.com/2020/": ("a-blog.wordpress.com", "tenant_host"),
    "https://deep.a-blog.wordpress.com/": ("a-blog.wordpress.com", "tenant_host"),
    "https://a-blog.blogspot.com/": ("a-blog.blogspot.com", "tenant_host"),
    "https://a-blog.blogspot.co.uk/": ("a-blog.blogspot.co.uk", "tenant_host"),
    "https://a-blog.tumblr.com/post/1": ("a-blog.tumblr.com", "tenant_host"),
    "https://a-blog.weebly.com/": ("a-blog.weebly.com", "tenant_host"),
    "https://x.pages.dev/": ("x.pages.dev", "tenant_host"),
    "https://x.web.app/": ("x.web.app", "tenant_host"),
    "https://x.hatenablog.com/": ("x.hatenablog.com", "tenant_host"),
    "https://x.blog.fc2.com/": ("x.blog.fc2.com", "tenant_host"),
    "https://bucket.s3.amazonaws.com/k": ("bucket.s3.amazonaws.com", "tenant_host"),
    "https://x.z13.web.core.windows.net/": ("x.z13.web.core.windows.net", "tenant_host"),
    "https://x.blog84.fc2.com/": ("x.blog84.fc2.com", "tenant_host"),
    "https://x.id.repl.co/": ("x.id.repl.co", "tenant_host"),  # the list goes deeper than the table
    "https://b.eth.limo/": ("b.eth.limo", "tenant_host"),  # `*.eth.limo`: each name is a suffix of its own
    "https://x.files.wordpress.com/2020/x.pdf": ("x.files.wordpress.com", "tenant_host"),
    "https://x.quora.com/Why": ("x.quora.com", "tenant_host"),
    "https://x.page.link/y": ("x.page.link", "tenant_host"),
    # tenants by path
    "https://sites.google.com/x.example/site/home": ("sites.google.com/x.example", "tenant_path"),
    "https://quora.com/q/x": ("quora.com/q/x", "tenant_path"),
    "https://es.quora.com/profile/X": ("es.quora.com/profile/x", "tenant_path"),
    "https://medium.com/@Someone/a-story": ("medium.com/@someone", "tenant_path"),
    "https://www.medium.com/%40someone": ("medium.com/@someone", "tenant_path"),
    "https://sites.google.com/view/a-site/home": ("sites.google.com/view/a-site", "tenant_path"),
    "https://sites.google.com/site/oldsite": ("sites.google.com/site/oldsite", "tenant_path"),
    "https://github.com/Someone/repo": ("github.com/someone", "tenant_path"),
    "https://s3.amazonaws.com/bucket/k.html": ("s3.amazonaws.com/bucket", "tenant_path"),
    "https://s3.us-west-2.amazonaws.com/bucket/k": ("s3.us-west-2.amazonaws.com/bucket", "tenant_path"),
    "https://storage.googleapis.com/bucket/k": ("storage.googleapis.com/bucket", "tenant_path"),
    "https://de.linkedin.com/in/Some-One/": ("linkedin.com/in/some-one", "tenant_path"),
    "https://www.youtube.com/channel/UCaB": ("youtube.com/channel/UCaB", "tenant_path"),
    "medium.com/@someone": ("medium.com/@someone", "tenant_path"),
    # the platform itself
    "https://medium.com/": ("medium.com", "platform"),
    "https://medium.com/about": ("medium.com", "platform"),
    "https://help.medium.com/x": ("medium.com", "platform"),
    "https://sites.google.com/": ("sites.google.com", "platform"),
    "https://sites.google.com/robots.txt": ("sites.google.com", "platform"),
    "https://es.quora.com/Why": ("es.quora.com", "platform"),
    "https://github.com/robots.txt": ("github.com", "platform"),
    "https://docs.github.com/en": ("github.com", "platform"),
    "https://en.wordpress.com/": ("wordpress.com", "platform"),
    "https://www.wordpress.com/": ("wordpress.com", "platform"),
    "https://www.blogspot.com/": ("blogspot.com", "platform"),
    "https://blogspot.com/": ("blogspot.com", "platform"),
    "https://www.amazonaws.com/": ("amazonaws.com", "platform"),
}

#: Text that is more often near a URL than hypothesis' own.
PIECES = st.sampled_from(
    [
        *(
            "http://",
            "https://",
            "HTTP:",
            "//",
            "/",
            "\\",
            ":",
            "@",
            "?",
            "#",
            ".",
            "%40",
            "[",
            "]",
            "::1",
            "www.",
        ),
        *(
            "example",
            ".com",
            ".co.uk",
            "medium.com",
            "@x",
            "sites.google.com",
            "/view/",
            "github.com",
            "1.2.3.4",
        ),
        *(
            "ß",
            "。",
            "xn--",
            "İ",
            "Σ",
            "ς",
            "💩",
            " ",
            "\n",
            "\x1c",
            "\u00a0",
            "\u2003",
            ":80",
            "-",
            "_",
            "\x00",
            "é",
        ),
    ]
)
URLS = st.one_of(
    st.text(max_size=40), st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=8).map("".join)
)
LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True)
ENDING = st.sampled_from(
    ("com", "co.uk", "blogspot.com", "kobe.jp", "x.kobe.jp", "ck", "example", "xn--p1ai", "s3.amazonaws.com")
)

PLAIN_HOSTS = st.builds(lambda labels, end: ".".join([*labels, end]), st.lists(LABEL, max_size=3), ENDING)


@pytest.mark.parametrize(("url", "host"), HOSTS.items())
def test_host(url: str, host: str | None) -> None:
    assert DOMAINS.host(url) == host
    assert DOMAINS.hosts(pl.Series([url])).to_list() == [host]


@pytest.mark.parametrize(("url", "expected"), UNITS.items())
def test_referring_domain_and_its_kind(url: str, expected: tuple[str, str]) -> None:
    unit = DOMAINS.referring_domain(url)
    assert unit is not None
    assert (unit, DOMAINS.describe_one(unit)[2]) == expected


def test_a_column_says_the_same_as_one_url() -> None:
    urls = pl.Series("source_url", [*HOSTS, *UNITS, None])
    hosts = DOMAINS.hosts(urls)
    assert hosts.name == "source_url"
    assert hosts.to_list() == [None if url is None else DOMAINS.host(url) for url in urls]
    units = DOMAINS.referring_domains(hosts, urls)
    assert units.name == "referring_domain"
    assert units.to_list() == [None if url is None else DOMAINS.referring_domain(url) for url in urls]


def test_without_urls_a_path_tenant_is_its_platform() -> None:
    units = DOMAINS.referring_domains(pl.Series(["medium.com", "x.example.com", None]))
    assert units.to_list() == ["medium.com", "example.com", None]


def test_cells_with_hosts() -> None:
    cells = pl.Series(
        "d", ["Example.COM", "http://www.example.com/", "bücher.example", "example.com:80", "", None]
    )
    clean = ["example.com", "www.example.com", "xn--bcher-kva.example", "example.com", None, None]
    assert DOMAINS.canonical_hosts(cells).to_list() == clean
    assert cells[0] == "Example.COM"  # the caller's series is not touched


def test_empty_and_all_null_columns() -> None:
    for urls in (pl.Series([], dtype=pl.String), pl.Series([None, None], dtype=pl.String)):
        hosts = DOMAINS.hosts(urls)
        assert hosts.to_list() == urls.to_list()
        assert DOMAINS.referring_domains(hosts, urls).to_list() == urls.to_list()
        assert DOMAINS.describe(hosts).height == len(urls)


def test_describe() -> None:
    values = ["www.example.co.uk", "x.wordpress.com", "medium.com/@x", "org.br", "192.0.2.7", "no host", None]
    values += ["medium.com/about", "example.com/x", "com"]
    assert DOMAINS.describe(pl.Series(values)).rows() == [
        ("www.example.co.uk", "example.co.uk", "co.uk", "domain"),
        ("x.wordpress.com", "wordpress.com", "com", "tenant_host"),
        ("medium.com/@x", "medium.com", "com", "tenant_path"),
        ("org.br", None, "org.br", "public_suffix"),
        ("192.0.2.7", "192.0.2.7", None, "ip"),
        ("no host", None, None, "invalid"),
        (None, None, None, None),
        ("medium.com/about", None, None, "invalid"),
        ("example.com/x", None, None, "invalid"),
        ("com", None, "com", "public_suffix"),
    ]


def test_ascii_name_for_a_file_that_holds_ascii_only() -> None:
    assert hostnames.ascii_name("example.com") == "example.com"
    assert hostnames.ascii_name("💩.la") == "xn--ls8h.la"
    assert hostnames.ascii_name("no host ü") is None


def test_dates_are_kept() -> None:
    assert DOMAINS.suffix_list_date >= "2026-01-01"
    assert DOMAINS.platforms_date >= "2026-01-01"


def test_a_file_that_is_no_suffix_list_is_refused(tmp_path: Path) -> None:
    for text in ("<html>", "com\n"):
        (tmp_path / "list.dat").write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match="no Public Suffix List"):
            Domains(tmp_path / "list.dat", Platforms.default())
    with pytest.raises(InputError, match="cannot be read"):
        Domains(tmp_path / "absent.dat", Platforms.default())


def test_remembering_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detector.links.domains._REMEMBERED", 3)
    with packaged_suffix_list() as path:
        domains = Domains(path, Platforms.default())
    for start in range(0, 100, 5):
        urls = pl.Series([f"http://WWW.h{number}.example:80/" for number in range(start, start + 5)])
        hosts = domains.hosts(urls)
        domains.referring_domains(hosts, urls)
    assert len(domains._from_authority) <= 10
    assert len(domains._units) <= 10


@given(URLS)
def test_no_text_raises_and_the_host_is_canonical(text: str) -> None:
    host = DOMAINS.host(text)
    if host is not None:
        assert host
        assert hostnames.canonical(host) == host or host.startswith("[")
    unit = DOMAINS.referring_domain(text)
    assert (unit is None) == (host is None)
    if unit is not None:
        assert DOMAINS.describe_one(unit)[2] in KINDS


@given(st.lists(st.one_of(st.none(), URLS), max_size=6))
def test_a_column_of_any_text_says_the_same_as_each(texts: list[str | None]) -> None:
    urls = pl.Series("u", texts, dtype=pl.String)
    hosts = DOMAINS.hosts(urls)
    assert hosts.to_list() == [None if text is None else DOMAINS.host(text) for text in texts]
    assert DOMAINS.canonical_hosts(urls).to_list() == hosts.to_list()
    units = DOMAINS.referring_domains(hosts, urls).to_list()
    assert units == [None if text is None else DOMAINS.referring_domain(text) for text in texts]


@given(PLAIN_HOSTS, st.sampled_from(["", "/", "/view/x", "/@x/y", "/site/a", "/x?y=/z"]))
def test_a_referring_domain_is_its_own_referring_domain(host: str, path: str) -> None:
    for name in (host, "medium.com", "sites.google.com", "github.com"):
        unit = DOMAINS.referring_domain(f"http://{name}{path}")
        assert unit is not None
        assert DOMAINS.referring_domain(unit) == unit


@given(PLAIN_HOSTS)
def test_where_no_platform_is_known_tldextract_decides(host: str) -> None:
    if PLATFORMS.find(host) is not None or "." not in host:
        return
    registrable, suffix, _ = DOMAINS.describe_one(host)
    parts = EXTRACT(host)
    if parts.suffix:
        assert suffix == parts.suffix
        assert registrable == (parts.top_domain_under_public_suffix or None)
    else:  # the list's rule `*`
        assert registrable == ".".join(host.split(".")[-2:])


@pytest.mark.raw
def test_a_hundred_thousand_real_hosts_by_tldextract(raw: Path) -> None:
    hosts = pl.read_parquet(raw / "data/popular_domains.parquet")["domain"].gather_every(14)
    described = DOMAINS.describe(hosts)
    for host, registrable in zip(hosts, described["registrable_domain"], strict=True):
        if PLATFORMS.find(host) is None:
            assert registrable == (EXTRACT(host).top_domain_under_public_suffix or None), host


def test_what_a_final_dot_hides_is_stripped_as_well() -> None:
    assert hostnames.canonical("\x80\x08.") == hostnames.canonical("\x80\x08") == "\x80"
