"""Pages made to cost time or memory cost little; ordinary markup passes as it is."""

from __future__ import annotations

import time

import pytest

from detector.web.page import read_page
from detector.web.page.taming import DEEPEST, tame

BOMBS = {
    "nested tags": b"<div>" * 100_000,
    "nested and closed": b"<div>" * 100_000 + b"x" + b"</div>" * 100_000,
    "ten megabytes of nested tags": b"<div>" * 2_000_000,
    "ten megabytes of paragraphs": b"<p>x</p>" * 1_250_000,
    "ten megabytes of links": b'<a href="https://b.example/">x</a>' * 300_000,
    "a million attributes": b"<div " + b" ".join(b"a%d" % n for n in range(1_000_000)) + b">",
    "attributes with tags in them": b"<div " + b" ".join(b'a%d="<"' % n for n in range(500_000)) + b">",
    "formatting elements": b"".join(b"<b x=%d>" % n for n in range(1000)) + b"<p>x</p>" * 4000,
    "formatting behind markers": b"".join(b"<b x=%d><object></b></object>" % n for n in range(1000)) + b"<p>x</p>" * 50_000,
    "formatting in a sheet in svg": b"<svg><style>" + b"".join(b"<b x=%d>" % n for n in range(1000)) + b"<p>x</p>" * 4000,
    "nesting behind an svg": b"<svg><p>" + b"<div/>" * 100_000,
    "lists in lists": b"<ul><li>" * 500_000,
    "open quotes": b'<a "' * 100_000,
    "nul": b"\0" * 10_000_000,
    "brackets": b"<" * 10_000_000,
    "one word": b"x" * 10_000_000,
    "words": b"spam casino " * 800_000,
    "styles": b'<p style="' + b"color:red;" * 1000 + b'">x</p>' * 500,
    "comments": b"<!--" * 2_500_000,
    "half a tag": b"<a href=",
    "refresh": b'<meta http-equiv=refresh content="' + b"0;" * 100_000 + b'">',
    "script": b"<script>" + b"document.write('<a href=" * 100_000 + b"</script>",
    "blanks": b"<script>var a = " + b" " * 5_000_000 + b"</script>",
    "ends": b"</html>" * 500_000,
}  # fmt: skip


@pytest.mark.parametrize("body", BOMBS.values(), ids=BOMBS.keys())
def test_a_hostile_page_costs_seconds_at_most(body: bytes) -> None:
    start = time.process_time()
    facts = read_page(body, "https://a.example/", targets=["kettle.example"])
    assert time.process_time() - start < 8
    assert len(facts.main_text) <= 20_000 and len(facts.outbound_anchors) <= 300


def test_what_stands_deeper_than_the_limit_keeps_its_text_and_links() -> None:
    deep = (
        b"<div>" * 20_000 + b'<p>deep words <a href="https://b.example/">there</a></p>' + b"</div>" * 20_000
    )
    facts = read_page(deep, "https://a.example/")
    assert (facts.number_of_words, facts.external_links, facts.read_in_part) == (3, 1, True)
    assert facts.depth <= DEEPEST + 5


@pytest.mark.parametrize(
    "text",
    [
        "<p>plain</p>",
        "<script>" + "if(a<b){x='<b a1><b a2>'}" * 2000 + "</script><p>x",
        "<ul>" + "<li>x" * 4000 + "</ul>",
        "<svg>" + "<path d='x'/>" * 6000 + "</svg><p>x</p>",
        "<table>" + "<tr><td>x" * 4000 + "</table>",
    ],
    ids=["short", "script", "open items", "svg", "open cells"],
)
def test_ordinary_markup_passes_as_it_is(text: str) -> None:
    assert tame(text) == (text, False)


def test_a_long_tag_keeps_its_first_attributes() -> None:
    tag = "<p id=here " + " ".join(f"data-{n}=x" for n in range(1000)) + ">text"
    tamed, cut = tame(tag)
    assert (
        cut
        and tamed.startswith("<p id=here data-0=x")
        and tamed.endswith(">text")
        and "data-500" not in tamed
    )
