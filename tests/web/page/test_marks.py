"""What kind of page it is, in several languages; and pages that only speak of such things."""

from __future__ import annotations

import pytest

from detector.web.page import read_page
from detector.web.page.identifiers import identifiers
from detector.web.page.marks import MARKS
from detector.web.page.sketching import similarity, sketch
from detector.web.page.software import generator, platform


@pytest.mark.parametrize(
    ("page", "mark"),
    [
        ("<title>blog.example</title><p>This domain is parked free, courtesy of Parker.", "parked"),
        ("<title>x</title><script src='https://img1.wsimg.com/parking-lander/static/js/main.js'></script>", "parked"),
        ("<p>Diese Domain wurde geparkt", "parked"),
        ("<p>Домен припаркован", "parked"),
        ("<p>このドメインは、お名前.comで取得されています。", "parked"),
        ("<title>tea.example is for sale</title><p>Enquire", "for sale"),
        ("<p>Diese Domain steht zum Verkauf!", "for sale"),
        ("<p>Ce nom de domaine est à vendre", "for sale"),
        ("<p>Этот домен продаётся", "for sale"),
        ("<p>此域名正在出售", "for sale"),
        ("<title>Welcome to nginx!</title>", "default page"),
        ("<title>Apache2 Ubuntu Default Page: It works</title>", "default page"),
        ("<h1>Account Suspended</h1>", "default page"),
        ("<title>Just a moment...</title><p>Enable JavaScript and cookies to continue", "challenge"),
        ("<script src='/cdn-cgi/challenge-platform/h/b/orchestrate/jsch/v1'></script>", "challenge"),
        ("<title>Page not found - Tea</title>", "not found"),
        ("<title>Seite nicht gefunden</title>", "not found"),
        ("<h1>ページが見つかりません</h1>", "not found"),
        ("<title>Free Web Directory</title>", "link directory"),
        ("<p>Добавить сайт в каталог", "link directory"),
        ("<p>We accept guest posts, write for us", "guest post offer"),
        ("<p>Tanıtım yazısı ve backlink satın al", "guest post offer"),
    ],
)  # fmt: skip
def test_pages_are_marked(page: str, mark: str) -> None:
    assert read_page(page.encode(), "https://blog.example/x").marks[:1] == [mark]


def test_an_article_about_parked_domains_is_not_parked() -> None:
    text = (
        "This domain is parked, and this domain is for sale, says a page while checking your browser. " * 30
    )
    assert (
        read_page(f"<title>How parking works</title><p>{text}".encode(), "https://blog.example/").marks == []
    )


def test_phrases_are_written_as_they_are_looked_for() -> None:
    for mark in MARKS.values():
        for phrase in (*mark.title, *mark.text, *mark.source):
            assert phrase == " ".join(phrase.lower().replace("’", "'").split())


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("ga('create', 'UA-1234567-2', 'auto'); x='UA-1234567-1'", ["google analytics:1234567"]),
        ("gtag('config', 'G-ABC123DEF4')", ["google analytics 4:ABC123DEF4"]),
        ("https://www.googletagmanager.com/ns.html?id=GTM-ABC123", ["google tag manager:ABC123"]),
        ('google_ad_client = "ca-pub-1234567890123456"', ["adsense:1234567890123456"]),
        ("var u='//stats.blog.example/'; _paq.push(['setSiteId', '7'])", ["matomo:stats.blog.example/7"]),
        ("ym(12345678, 'init', {})", ["yandex metrika:12345678"]),
        ("fbq('init', '123456789012345')", ["facebook pixel:123456789012345"]),
        ("hm.src='https://hm.baidu.com/hm.js?0123456789abcdef0123456789abcdef'", ["baidu tongji:0123456789abcdef0123456789abcdef"]),
        ("LONG-ABCDEFGHIJ BG-COLORS12 UA-12", []),
    ],
)  # fmt: skip
def test_accounts_are_found(source: str, found: list[str]) -> None:
    assert identifiers(source) == found


@pytest.mark.parametrize(
    ("declared", "source", "name"),
    [
        ("WordPress 6.4.2", "", "wordpress"),
        ("Joomla! - Open Source Content Management", "", "joomla"),
        ("", "<link href=/wp-content/themes/x.css>", "wordpress"),
        ("", "<script src=https://cdn.shopify.com/s/x.js>", "shopify"),
        ("MyCMS (2.1)", "", "mycms"),
        ("", "<a href=https://forum.example/viewtopic.php?f=1>", ""),
    ],
)
def test_the_platform_is_told(declared: str, source: str, name: str) -> None:
    assert platform(generator(declared), source) == name


def test_sketches_estimate_what_sets_have_in_common() -> None:
    words = [f"w{n}" for n in range(300)]
    assert similarity(sketch(words), sketch(words)) == 1.0
    assert similarity(sketch(words[:200]), sketch(words[100:])) == pytest.approx(1 / 3, abs=0.2)
    assert similarity(sketch(words[:150]), sketch(words[150:])) == 0.0
    assert similarity((), ()) == 0.0
