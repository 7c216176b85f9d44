"""The page in a real browser: it answers, it is accessible, and hostile data stays text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from report_fixtures import domains_frame, many_domains, one_domain, signals_and_links

from detector.report import write_report
from detector.report.branding import Branding

sync_api = pytest.importorskip("playwright.sync_api", reason="NOT RUN: Playwright is not installed")

pytestmark = pytest.mark.browser

ARGUMENTS: Final = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
DESKTOP: Final = {"width": 1360, "height": 900}
PHONE: Final = {"width": 390, "height": 844}
#: A green square, as SVG.
LOGO: Final = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='40' height='40'%3E%3Crect width='40' height='40' fill='green'/%3E%3C/svg%3E"
BRANDING: Final = Branding("Harbour & <b>Pine</b> דוחות", LOGO)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield browser
        browser.close()


class Visit:
    """One page with all it did: what it asked for, what it said, what it opened."""

    def __init__(self, browser: Any, path: Path, **options: Any) -> None:
        self.context = browser.new_context(**{"viewport": DESKTOP} | options)
        self.requests: list[str] = []
        self.trouble: list[str] = []
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.page.on("dialog", lambda dialog: (self.trouble.append(dialog.message), dialog.dismiss()))
        self.page.on("console", lambda message: self.trouble.append(message.text))
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.address = path.as_uri()
        self.page.goto(self.address)
        self.page.wait_for_selector("#body tr")

    def domains(self) -> list[str]:
        found: list[str] = self.page.locator("#body th.domain .name > bdi:first-child").all_text_contents()
        return found

    def column(self, name: str) -> list[str]:
        found: list[str] = self.page.locator(f"#body td.{name}").all_text_contents()
        return found

    def status(self) -> str:
        return str(self.page.locator("#status").text_content())

    def search(self, words: str, expected: str, everything: str) -> None:
        """Search anew: the answer of the search before must be gone, as the page answers a frame later."""
        for typed, said in (("", everything), (words, expected)):
            self.page.fill("#search", typed)
            sync_api.expect(self.page.locator("#status")).to_contain_text(said)


@pytest.fixture
def visit(browser: Any, tmp_path: Path, audit: dict[str, Any]) -> Iterator[Any]:
    visits: list[Visit] = []

    def make(domains: Any, **options: Any) -> Visit:
        path = tmp_path / f"report-{len(visits)}.html"
        signals, links = signals_and_links(domains)
        write_report(path, audit, domains, signals=signals, links=links, branding=BRANDING)
        visits.append(Visit(browser, path, **options))
        return visits[-1]

    yield make
    for one in visits:
        one.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_no_violation(visit: Any, scheme: str, viewport: dict[str, int]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="NOT RUN: no axe").Axe()
    number = 250 if scheme == "light" else 40  # more rows have no other colours
    page = visit(many_domains(number), color_scheme=scheme, viewport=viewport).page
    page.locator("#verdicts label").first.click()
    page.locator("button.expand").first.click()
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    assert page.locator("tr.details").count() == 1
    results = axe.run(page)
    assert len(results.response["passes"]) > 20, "axe looked at something"
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1216, 1217, 1360, 1920])
def test_nothing_sticks_out_at_any_width(visit: Any, width: int) -> None:
    long = one_domain(referring_domain="a" * 63 + ".example", anchors=["b" * 150], rule="domain:" + "c" * 90)
    page = visit(domains_frame([long]), viewport={"width": width, "height": 800}).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("button.expand").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_two_hundred_rows_a_page(visit: Any) -> None:
    seen = visit(many_domains(450))
    assert seen.page.locator("#body tr").count() == 200
    assert seen.status() == "450 of 450 referring domains; shown here 1 to 200."
    first = seen.domains()
    seen.page.click("#next")
    assert not set(first) & set(seen.domains())
    seen.page.click("#next")
    assert seen.page.locator("#body tr").count() == 50
    assert seen.page.locator("#next").get_attribute("aria-disabled") == "true"
    seen.page.locator("#next").dispatch_event("click")
    assert seen.page.locator("#page").text_content() == "Page 3 of 3"
    seen.page.click("#previous")
    assert seen.page.locator("#page").text_content() == "Page 2 of 3"


def test_search_finds_names_anchors_and_reasons_in_any_script(visit: Any) -> None:
    rows = [
        one_domain(referring_domain="one.example", anchors=["オンラインカジノ"], reasons=["Plain."]),
        one_domain(referring_domain="two.example", anchors=["ＳＬＯＴ８８"], reasons=["Twin of another."]),
        one_domain(referring_domain="xn--bcher-kva.example", anchors=["המתכון"], reasons=["Third."]),
    ]
    seen = visit(domains_frame(rows))
    for words, expected in (
        ("カジノ", "one.example"),
        ("slot88", "two.example"),
        ("TWIN another", "two.example"),
        ("bücher", "xn--bcher-kva.example"),
        ("המתכון", "xn--bcher-kva.example"),
    ):
        seen.search(words, "1 of 3", "3 of 3")
        assert seen.domains() == [expected]
    seen.search("nothing like this", "0 of 3", "3 of 3")
    assert "No referring domain matches" in seen.page.locator("#body").text_content()


def test_filters_narrow_together_and_clear(visit: Any) -> None:
    seen, domains = visit(many_domains(300)), many_domains(300)
    seen.page.check("#verdicts input[value=disavow]")
    expected = domains.filter(verdict="disavow")
    assert seen.status().startswith(f"{expected.height} of 300")
    seen.page.select_option("#kind", "link farm")
    expected = expected.filter(kind="link farm")
    assert seen.status().startswith(f"{expected.height} of 300")
    seen.page.select_option("#tool", "gsc")
    expected = expected.filter(expected["tools"].list.contains("gsc"))
    assert sorted(seen.domains()) == sorted(expected["referring_domain"])
    assert expected.height > 0
    seen.page.check("#verdicts input[value=keep]")
    assert seen.status().startswith(f"{expected.height} of 300"), "verdicts are joined by or"
    seen.page.click("#clear")
    assert seen.status().startswith("300 of 300")
    assert seen.page.locator("#verdicts input:checked").count() == 0


def test_every_column_sorts_both_ways_and_says_so(visit: Any) -> None:
    seen = visit(many_domains(150))
    for column, key in (("links", int), ("first", str), ("last", str), ("followed", int)):
        for direction in ("descending", "ascending"):
            seen.page.click(f"#head th.{column} button")
            assert seen.page.locator(f"#head th.{column}").get_attribute("aria-sort") == direction
            values = [key(text) for text in seen.column(column) if text != "–"]
            assert values == sorted(values, reverse=direction == "descending")
            assert len(set(values)) > 1 or column == "last"
            gaps = [text == "–" for text in seen.column(column)]
            assert gaps == sorted(gaps), "rows without a value come last, whichever way"
    seen.page.click("#head th.domain button")
    assert seen.page.locator('#head th[aria-sort="ascending"]').count() == 1
    names = seen.domains()
    seen.page.click("#head th.domain button")
    assert seen.domains() == names[::-1]
    headings = seen.page.locator("#head th button")
    for number in range(headings.count()):
        headings.nth(number).click()
    assert seen.trouble == []


def test_sorting_by_the_menu_where_there_are_no_headings(visit: Any) -> None:
    seen = visit(many_domains(60), viewport=PHONE)
    seen.page.select_option("#sort", "links")
    values = [int(text) for text in seen.column("links")]
    assert values == sorted(values, reverse=True)
    seen.page.click("#direction")
    assert [int(text) for text in seen.column("links")] == sorted(values)
    seen.page.select_option("#sort", "")
    assert seen.page.locator("#direction").get_attribute("aria-disabled") == "true"


def test_keyboard_alone_is_enough(visit: Any) -> None:
    seen = visit(many_domains(30))
    keys, page = seen.page.keyboard, seen.page
    keys.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    keys.press("Enter")
    assert page.evaluate("document.activeElement.id") == "list"
    keys.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    keys.type("copper/")
    assert page.input_value("#search") == "copper/", "the shortcut is a plain character while one is typing"
    page.locator("#head th.links button").focus()
    keys.press("Enter")
    assert page.locator("#head th.links").get_attribute("aria-sort") == "descending"
    page.click("#clear")
    page.locator("button.expand").first.focus()
    keys.press("Enter")
    assert page.locator("tr.details").count() == 1
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"
    keys.press("Enter")
    assert page.locator("tr.details").count() == 0


def test_details_hold_all_that_is_known(visit: Any) -> None:
    row = one_domain(
        reasons=["First reason.", "Second reason."],
        anchors=["one", "", "three"],
        tools=["ahrefs", "gsc"],
        rule="domain:copper-pantry.example",
        example_url="https://copper-pantry.example/links?page=2",
    )
    seen = visit(domains_frame([row]))
    seen.page.click("button.expand")
    controls = seen.page.locator("button.expand").get_attribute("aria-controls")
    text = seen.page.locator(f"#{controls}").inner_text()
    for part in ("First reason.", "Second reason.", "one", "(no text)", "three", "ahrefs, gsc"):
        assert part in text
    assert "domain:copper-pantry.example" in text
    assert "https://copper-pantry.example/links?page=2" in text


def test_why_there_is_no_line(visit: Any) -> None:
    guarded = one_domain(referring_domain="medium.com", guard="a whole platform")
    spared = one_domain(referring_domain="quiet.example", no_line_needed="all links are nofollow")
    text = visit(domains_frame([guarded, spared])).page.locator("#body").inner_text()
    assert "never disavowed: a whole platform" in text
    assert "no line needed: all links are nofollow" in text


HOSTILE: Final = (
    "</script><script>alert(1)</script>",
    "<img src='https://evil.example/x.png' onerror=alert(2)>",
    "<a href='javascript:alert(3)'>click</a>",
    "line\u2028separator\u2029end",
    "\u202egnp.exe",
    "__proto__",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_data_stays_text(visit: Any, text: str) -> None:
    names = ("referring_domain", "verdict", "kind", "guard", "no_line_needed", "example_url")
    row = one_domain(**dict.fromkeys(names, text), reasons=[text], anchors=[text], tools=[text])
    seen = visit(domains_frame([row, row | {"rule": text}]))
    for button in seen.page.locator("button.expand").all():
        button.click()
    seen.page.select_option("#kind", index=1)
    seen.page.select_option("#tool", index=1)
    for heading in seen.page.locator("#head button").all():
        heading.click()
    assert seen.domains() == [text, text]
    assert seen.page.locator("#table :is(a, img, script, iframe, object)").count() == 0
    assert seen.trouble == []
    assert [address for address in seen.requests if not address.startswith("data:")] == [seen.address]


def test_the_page_asks_for_nothing_and_the_policy_stops_what_would(visit: Any) -> None:
    seen = visit(many_domains(20))
    assert [address for address in seen.requests if not address.startswith("data:")] == [seen.address]
    assert seen.trouble == []
    refused = seen.page.evaluate(
        """() => new Promise((resolve) => {
             document.addEventListener("securitypolicyviolation", (e) => resolve(e.violatedDirective));
             const image = new Image();
             image.src = "https://evil.example/pixel.png";
             document.body.append(image);
           })"""
    )
    assert refused == "img-src"


def test_five_thousand_rows_answer_at_once(visit: Any) -> None:
    seen = visit(many_domains(5_000))
    measured = seen.page.evaluate(
        """() => {
             const time = (act) => { const start = performance.now(); act(); document.body.offsetHeight;
                                     return performance.now() - start; };
             return [time(() => document.querySelector("#head th.anchor button").click()),
                     time(() => document.querySelector("#verdicts input").click()),
                     time(() => document.getElementById("next").click())];
           }"""
    )
    assert max(measured) < 10_000, f"milliseconds to sort, to filter, to turn the page: {measured}"


def test_words_of_another_direction_do_not_turn_the_row(visit: Any) -> None:
    page = visit(domains_frame([one_domain(anchors=["המתכון המקורי"], reasons=["Reason."])])).page
    anchor = page.locator("#body td.anchor bdi")
    assert anchor.evaluate("element => getComputedStyle(element).direction") == "rtl"
    assert page.locator("#body td.anchor").evaluate("element => getComputedStyle(element).direction") == "ltr"


def test_printing_unfolds_and_leaves_the_controls_out(visit: Any) -> None:
    seen = visit(many_domains(30), color_scheme="dark")
    pdf = seen.page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    seen.page.emulate_media(media="print")
    assert not seen.page.locator("#controls").is_visible()
    assert seen.page.locator("#body tr").first.is_visible()
    background = seen.page.evaluate("getComputedStyle(document.body).color")
    assert background == "rgb(32, 36, 42)", "paper is light, whatever the screen is"
    assert seen.page.locator("details:not([open])").count() > 0, "what was folded is folded again"


def test_paper_holds_more_of_the_list_than_one_page_of_the_screen_and_then_all_is_as_before(
    visit: Any,
) -> None:
    page = visit(many_domains(700)).page
    page.click("#next")
    before = page.locator("#status").text_content()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#body tr").count() == 500
    assert page.locator("#status").text_content() == "700 of 700 referring domains; shown here 1 to 500."
    assert page.locator("details.group:not([open])").count() == 0
    assert (
        page.locator("#table thead").evaluate("part => getComputedStyle(part).display")
        == "table-header-group"
    )
    for hidden in ("#controls", ".show-group", ".numbers", ".expand"):
        assert not page.locator(hidden).first.is_visible(), hidden
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#status").text_content() == before
    assert page.locator("#body tr").count() == 200


def test_charts_are_drawn_and_fit_wide_and_narrow_screens(visit: Any) -> None:
    wide, narrow = visit(many_domains(300)), visit(many_domains(300), viewport=PHONE)
    for seen, shown in ((wide, "wide"), (narrow, "narrow")):
        pictures = seen.page.locator(".picture svg:visible")
        assert pictures.count() == 3
        assert seen.page.locator(f".weeks .{shown}").is_visible()
        for number in range(3):
            box = pictures.nth(number).bounding_box()
            assert box["width"] <= seen.page.viewport_size["width"]
            assert box["height"] > 150
    colours = wide.page.locator(".authority path").evaluate_all(
        "paths => paths.map(p => getComputedStyle(p).fill)"
    )
    assert len(set(colours)) == 3, colours


def test_a_group_shows_its_domains_in_the_list(visit: Any) -> None:
    domains = many_domains(120)
    seen = visit(domains)
    seen.page.locator("details.group summary").nth(1).click()
    seen.page.locator("button.show-group:visible").click()
    expected = domains.filter(cluster=2)
    assert seen.status().startswith(f"{expected.height} of 120")
    assert sorted(seen.domains()) == sorted(expected["referring_domain"])
    assert seen.page.evaluate("document.activeElement.id") == "list"


def test_what_a_person_decided_is_marked_and_told(visit: Any) -> None:
    row = one_domain(decided="keep, by ann on 3 November 2026: <b>ours</b>", verdict="keep")
    seen = visit(domains_frame([row]))
    assert "decided" in seen.page.locator("td.verdict").inner_text()
    seen.page.click("button.expand")
    assert "keep, by ann on 3 November 2026: <b>ours</b>" in seen.page.locator("tr.details").inner_text()


def test_the_agency_is_named_and_its_logo_is_shown(visit: Any) -> None:
    page = visit(many_domains(3), color_scheme="dark").page
    assert page.locator(".agency").inner_text() == "Prepared by Harbour & <b>Pine</b> דוחות"
    assert page.locator("img.logo").evaluate("image => image.complete && image.naturalWidth") == 40


def test_without_script_the_findings_can_still_be_read(visit: Any, browser: Any) -> None:
    address = visit(many_domains(5)).address
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator("#finding").is_visible()
    assert page.locator("noscript p").is_visible()
    assert not page.locator("#controls").is_visible()
    context.close()
