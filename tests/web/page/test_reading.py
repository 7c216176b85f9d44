"""The facts of hand-made pages: what a person who looks at the page would say."""

from __future__ import annotations

import polars as pl
import pytest

from detector.web.page import PAGE_SCHEMA, PageFacts, TargetLink, page_table, read_page

URL = "https://blog.example/tea/kettles"
TEXT = (
    "A kettle is a pot for boiling water, and this long sentence about kettles stands here to be read by people. "
    * 4
)


def read(
    body: str, *, head: str = "", url: str = URL, targets: tuple[str, ...] = ("kettle.example",)
) -> PageFacts:
    return read_page(
        f"<html lang=en><head>{head}</head><body>{body}</body></html>".encode(), url, targets=targets
    )


def only(facts: PageFacts) -> TargetLink:
    (link,) = facts.target_links
    return link


def test_the_head_is_read() -> None:
    facts = read(
        f"<h1>Best  kettles</h1><p>{TEXT}</p><a href=/contact>Contact</a>",
        head="""<title>Kettles
          and tea</title><meta name=description content="All of them"><meta name="generator" content="WordPress 6.4.2">
          <link rel="canonical" href="/tea/kettles"><link rel="shortcut icon" href=/f.ico><meta name=robots content="NOINDEX, follow">""",
    )
    assert (facts.title, facts.heading, facts.description) == (
        "Kettles and tea",
        "Best kettles",
        "All of them",
    )
    assert (facts.generator, facts.platform) == ("wordpress", "wordpress")
    assert (facts.canonical, facts.canonical_elsewhere) == ("https://blog.example/tea/kettles", False)
    assert (facts.noindex, facts.nofollow_page, facts.has_icon, facts.has_contact) == (
        True,
        False,
        True,
        True,
    )
    assert (facts.declared_language, facts.language, facts.script) == ("en", "en", "latin")
    assert facts.main_text.startswith("Best kettles\nA kettle is a pot")


def test_links_are_counted_inside_and_outside() -> None:
    facts = read("""
        <a href="/a">in</a> <a href="b.html">in</a> <a href="//www.blog.example/c">in</a> <a href="http://shop.blog.example">in</a>
        <a href="https://b.example/1" rel="nofollow ugc">one</a> <a href="https://b.example/2">one</a> <a href="HTTPS://C.example" rel=sponsored><img alt=pic></a>
        <a href="#top">top</a> <a href="mailto:me@b.example">mail</a> <a href="javascript:void(0)">no</a> <a name=x>no link</a>
    """)
    assert (facts.links, facts.internal_links, facts.external_links, facts.external_domains) == (10, 4, 3, 2)
    assert (facts.nofollow_links, facts.ugc_links, facts.sponsored_links) == (1, 1, 1)
    assert facts.outbound_domains == ["b.example", "c.example"]
    assert facts.outbound_anchors == ["one", "pic"]
    assert facts.external_share == pytest.approx(3 / 7)
    assert facts.outbound_link_density == pytest.approx(3.0)  # of at least 100 words
    assert (facts.distinct_anchors, facts.top_anchor_share) == (2, pytest.approx(2 / 3))


def test_a_base_address_moves_relative_links() -> None:
    facts = read('<a href="x">there</a>', head='<base href="https://kettle.example/shop/">')
    assert (facts.external_links, only(facts).url) == (1, "https://kettle.example/shop/x")


def test_a_tenant_of_a_platform_is_another_domain() -> None:
    facts = read('<a href="https://medium.com/@other/x">x</a>', url="https://medium.com/@me/post")
    assert (facts.referring_domain, facts.external_links, facts.outbound_domains) == (
        "medium.com/@me",
        1,
        ["medium.com/@other"],
    )


@pytest.mark.parametrize(
    ("around", "place"),
    [
        ("<main><p>{}</p></main>", "content"),
        ("<article class='post-12'><div class='entry-content'>{}</div></article>", "content"),
        ("<nav>{}</nav>", "navigation"),
        ("<div class='menu-item'><ul id=main-menu>{}</ul></div>", "navigation"),
        ("<footer><div class=content>{}</div></footer>", "footer"),
        ("<div id='site-footer'>{}</div>", "footer"),
        ("<aside>{}</aside>", "sidebar"),
        ("<div class='sidebar-primary'><section class='widget widget_text'>{}</section></div>", "sidebar"),
        ("<article><ol class='commentlist'><li id=comment-7><article class=comment-body>{}</article></li></ol></article>", "comment"),
        ("<ul class=blogroll>{}</ul>", "blogroll"),
        ("<article><header class=entry-header>{}</header></article>", "content"),
        ("<article><div class='author-box'>{}</div></article>", "profile"),
        ("<div class='has-sidebar commentary-page'>{}</div>", ""),
    ],
)  # fmt: skip
def test_a_link_stands_where_a_reader_would_say(around: str, place: str) -> None:
    link = only(read(around.format('<a href="https://kettle.example/">kettles</a>')))
    assert (link.place, link.text, link.hidden) == (place, "kettles", "")


@pytest.mark.parametrize(
    ("around", "why"),
    [
        ('<div style="display: none">{}</div>', "display none"),
        ('<div style="DISPLAY:NONE !important">{}</div>', "display none"),
        ('<p style="visibility:hidden">{}</p>', "invisible"),
        ('<p style="opacity:0">{}</p>', "invisible"),
        ('<div style="position:absolute; left:-9999px">{}</div>', "off screen"),
        ('<div style="position:absolute;top:-152413851px">{}</div>', "off screen"),
        ('<div style="margin-left:-100em">{}</div>', "off screen"),
        ('<font style="font-size:0px">{}</font>', "letters without size"),
        ('<span style="font-size:1px">{}</span>', "letters without size"),
        ('<div style="overflow:hidden;height:1px">{}</div>', "no size"),
        ('<marquee height=1 width=1>{}</marquee>', "no size"),
        ('<div hidden>{}</div>', "hidden attribute"),
        ('<div style="background:#fff"><span style="color:#FFFFFF">{}</span></div>', "colour of the background"),
        ('<table bgcolor=white><tr><td><font color="#ffffff">{}</font></table>', "colour of the background"),
        ('<noscript>{}</noscript>', "noscript"),
        ('<style>#gone {{ position: fixed; top: -5000px }}</style><div id=gone>{}</div>', "off screen"),
        ('<div id=m6>{}</div><script>var s=document.createElement("style");s.innerHTML="#m6{{position:absolute;top:-15241px}}"</script>', "hidden by a script"),
        ('<div style="left:-50px">{}</div>', ""),
        ('<div style="font-size:10px;opacity:0.9;margin-left:-15px">{}</div>', ""),
        ('<div style="text-indent:-9999px">{}</div>', ""),
        ('<div style="color:#fff">{}</div>', ""),
        ('<div style="font-size:0"><span style="font-size:14px">{}</span></div>', ""),
        ('<div style="font-size:0.9em;height:100px;overflow:hidden">{}</div>', ""),
    ],
)  # fmt: skip
def test_hidden_links_are_told_with_the_reason(around: str, why: str) -> None:
    link = only(read(around.format('<a href="https://www.kettle.example/x">kettles</a>')))
    assert (link.hidden, link.text) == (why, "kettles")


def test_a_hidden_block_of_links_is_counted() -> None:
    spam = "".join(f'<a href="https://s{n}.example/">casino {n}</a>' for n in range(30))
    facts = read(
        f"<p>{TEXT}</p><a href='https://b.example'>b</a><div style='position:absolute;left:-5000px'>{spam}</div>"
    )
    assert (facts.hidden_external_links, facts.deliberate_links, len(facts.deliberate_domains)) == (
        30,
        30,
        30,
    )
    assert (facts.hidden_block_links, facts.hidden_block_domains) == (30, 30)
    assert facts.hidden_reasons == ["off screen"] and "casino 3" in facts.hidden_anchors
    assert "casino" not in facts.main_text and facts.external_links == 31


def test_links_behind_the_end_and_written_by_scripts_are_found() -> None:
    body = f"""<html><body><p>{TEXT}</p>
      <script>document.write('<a href="https:\\/\\/w.example\\/x">w</a>');eval(function(p,a,c,k,e,d){{}})</script>
      </body></html><a href="https://late.example/">late</a><a href=http://kettle.example/late>k</a>"""
    facts = read_page(body.encode(), URL, targets=["kettle.example"])
    assert facts.after_html_domains == ["kettle.example", "late.example"]
    assert (facts.script_written_domains, facts.obfuscated_scripts) == (["w.example"], 1)


@pytest.mark.parametrize(
    ("page", "kind", "to"),
    [
        ('<meta http-equiv="refresh" content="0; URL=\'https://kettle.example/a\'">', "meta refresh", "https://kettle.example/a"),
        ('<meta http-equiv=Refresh content="5;https://kettle.example/b">', "meta refresh", "https://kettle.example/b"),
        ("<script>window.location.href = 'https://kettle.example/c';</script>", "script", "https://kettle.example/c"),
        ('<script>location.replace("/d")</script>', "script", "https://blog.example/d"),
        ('<meta http-equiv="refresh" content="600">', "", ""),
        ('<meta http-equiv="refresh" content="900;url=https://kettle.example/">', "", ""),
        ("<script>function go(){location.href='https://kettle.example/'}</script>", "", ""),
        ("<script>if (mobile) location.href='https://m.blog.example/'</script>", "", ""),
    ],
)  # fmt: skip
def test_redirects_of_the_page_itself(page: str, kind: str, to: str) -> None:
    facts = read("", head=page)
    assert (facts.redirect_kind, facts.redirect) == (kind, to)
    assert facts.redirect_elsewhere == ("kettle" in to)
    assert [link.kind for link in facts.target_links] == ["redirect"] * ("kettle" in to)


def test_every_kind_of_link_to_the_site_is_found() -> None:
    facts = read(
        """<p>Read about <b>good</b> <a href="https://www.kettle.example/a" rel="Nofollow,noopener">these kettles</a> before you buy one.</p>
        <a href="https://kettle.example/b"><img src=x.png alt="a kettle"></a> <a href="https://go.example/out?to=https%3A%2F%2Fkettle.example%2Fc">out</a>
        <iframe src="https://kettle.example/frame" width=0></iframe><img src="https://cdn.kettle.example/i.jpg">
        <a href="https://notkettle.example/">no</a> <a href="https://b.example/kettle.example.html">no</a>""",
        head='<link rel=canonical href="https://kettle.example/original">',
    )
    found = {link.kind: link for link in facts.target_links}
    assert list(found) == ["text", "image", "redirector", "canonical", "frame", "image source"]
    assert found["text"].rel == ("nofollow", "noopener")
    assert found["text"].around == "Read about good these kettles before you buy one."
    assert (found["image"].text, found["frame"].hidden, found["frame"].url) == (
        "a kettle",
        "no size",
        "https://kettle.example/frame",
    )
    assert facts.canonical_elsewhere and not facts.target_named


def test_a_site_that_is_named_without_a_link_is_told() -> None:
    facts = read("<p>I bought it at Kettle.example yesterday.</p>")
    assert (facts.target_links, facts.target_named) == ((), True)


def test_a_target_may_be_the_start_of_a_path() -> None:
    body = '<a href="https://medium.com/@me/post">a</a><a href="https://medium.com/@melissa">b</a>'
    assert [link.text for link in read(body, targets=("medium.com/@me",)).target_links] == ["a"]


def test_pages_of_one_template_are_equal_and_others_are_not() -> None:
    def page(number: int, title: str, items: int) -> PageFacts:
        return read(f"""<body class="post-{number} cat-{title}"><div id=wrap class="site"><header class=top><h1>{title}</h1></header>
          <div class="cols"><div class=left id="post-{number}">{"<p>text</p><ul><li>x</ul>" * items}</div>
          <div class=right>{"<section class=widget><a href=/x>y</a></section>" * items}</div></div><div class=foot>{title}</div></div>""")

    one, two = page(1, "tea", 2), page(22, "kettles", 9)
    other = read("<div class=main><div class=inner><table class=t><tr><td class=a>x</table></div></div>")
    assert one.template == two.template != other.template and one.template
    assert one.template_sketch == two.template_sketch != other.template_sketch


def test_a_second_script_is_told() -> None:
    facts = read(f"<p>{TEXT}</p><p>{'ブランドコピー時計の専門店です。' * 6}</p>")
    assert (facts.script, facts.second_script) == ("latin", "japanese")
    assert 0.1 < facts.second_script_share < 0.4


def test_forms_tell_comments_and_logins() -> None:
    comments = read("<form action=/wp-comments-post.php><textarea name=comment></textarea></form>")
    login = read("<form><input type=password name=p></form>")
    assert (comments.comment_form, comments.login_form) == (True, False)
    assert (login.comment_form, login.login_form) == (False, True)


def test_facts_are_one_row_of_the_schema() -> None:
    facts = [read('<a href="https://kettle.example">k</a>'), read_page(b"", URL)]
    table = page_table(facts)
    assert table.schema == pl.Schema(PAGE_SCHEMA) and table.height == 2
    assert table["target_links"][0][0]["text"] == "k"
    assert page_table([]).schema == pl.Schema(PAGE_SCHEMA)


@pytest.mark.parametrize(
    "url", ["", "no url", "https://", "http://[::1", "https://blog.example/\u0000", "ftp://a.example/"]
)
def test_no_address_raises(url: str) -> None:
    for href in (
        "http://[",
        "//",
        "https://b.example:99999/",
        "\\\\x",
        "http:////b",
        "?",
        "  ",
        "https://" + "a" * 5000,
    ):
        read_page(
            f'<base href="{url}"><a href="{href}">x</a><meta http-equiv=refresh content="0;{href}">'.encode(),
            url,
            targets=["b.example", "", "/"],
        )
