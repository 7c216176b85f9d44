"""The page in a real browser: reviewed by keyboard alone, accessible, and closed to strangers' words and strangers' pages."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

import polars as pl
import pytest

from detector.disavow.parsing import DisavowFile
from detector.review import read_decisions
from detector.review.server import Server

sync_api = pytest.importorskip("playwright.sync_api", reason="NOT RUN: Playwright is not installed")

pytestmark = pytest.mark.browser

ARGUMENTS: Final = (
    *(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-dev-shm-usage",
    ),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
#: Milliseconds: a machine that is busy otherwise is no fault.
PATIENCE: Final = 60_000
FORMER: Final = Path(__file__).parents[2] / "disavow_samples" / "old-disavow.txt"
DESKTOP: Final = {"width": 1360, "height": 900}
PHONE: Final = {"width": 390, "height": 844}
SELECTED: Final = "#queue [aria-selected=true]"


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    sync_api.expect.set_options(timeout=PATIENCE)
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield browser
        browser.close()


class Visit:
    """One page with all it did."""

    def __init__(self, browser: Any, server: Server, **options: Any) -> None:
        self.server = server
        self.context = browser.new_context(**{"viewport": DESKTOP} | options)
        self.requests: list[str] = []
        self.trouble: list[str] = []
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.page.on("dialog", lambda dialog: (self.trouble.append(dialog.message), dialog.dismiss()))
        self.page.on("console", lambda message: self.trouble.append(message.text))
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.goto(server.url)
        self.ready()

    def ready(self) -> None:
        self.page.wait_for_selector("html.ready")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def selected(self) -> str:
        return str(self.page.locator(f"{SELECTED} .name").text_content())

    def expect(self, selector: str, text: str | re.Pattern[str]) -> None:
        sync_api.expect(self.page.locator(selector)).to_contain_text(text)

    def to_a_cluster(self) -> str:
        """Select the first domain of the list that is one of a cluster, and say its name."""
        self.press("Home")
        row = self.page.locator(SELECTED)
        for _ in range(self.total()):
            if re.search(r"· \d+ of \d+", str(row.text_content())):
                return self.selected()
            self.press("ArrowDown")
        raise AssertionError("no domain of the list is in a cluster")

    def total(self) -> int:
        return int(str(self.page.locator("#found").text_content()).split(" ")[0].replace(",", ""))


@pytest.fixture
def visit(browser: Any, serve: Callable[[Path], Server]) -> Iterator[Callable[..., Visit]]:
    visits: list[Visit] = []

    def make(folder: Path, **options: Any) -> Visit:
        visits.append(Visit(browser, serve(folder), **options))
        return visits[-1]

    yield make
    for one in visits:
        one.context.close()


def decisions(folder: Path) -> dict[str, str]:
    return dict(read_decisions(folder).select("subject", "decision").iter_rows())


def test_a_review_by_keyboard_alone(visit: Callable[..., Visit], folder: Path) -> None:
    """Decide, decide on a whole cluster, undo, reload, export; the file is right."""
    seen = visit(folder)
    page, total = seen.page, seen.total()
    first = seen.to_a_cluster()
    seen.press("d")
    seen.expect("#toast", f"Disavowed: {first}")
    second = seen.selected()
    assert second != first, "the next one is selected"
    seen.press("k")
    seen.expect("#toast", f"Kept: {second}")
    seen.press("i", "l")
    seen.expect("#progress", f"4 of {total} decided")
    made = decisions(folder)
    assert list(made.values()) == ["disavow", "keep", "ignore", "later"]

    assert seen.to_a_cluster() == first
    seen.press("c")
    seen.expect("#dialog-title", re.compile(r"Decide on \d+ domains at once"))
    group = int(re.findall(r"\d+", str(page.locator("#dialog-title").text_content()))[0])
    seen.press("d")
    seen.expect("#toast", f"Disavowed: {group} domains")
    of_cluster = {name for name, decision in decisions(folder).items() if decision == "disavow"}
    assert len(of_cluster) == group
    seen.press("u")
    seen.expect("#toast", f"Undone: disavow: {group} domains")
    assert decisions(folder) == made
    seen.press("U")
    seen.expect("#toast", "Done again")
    assert len(decisions(folder)) >= group

    page.reload()
    seen.ready()
    decided = decisions(folder)
    assert seen.total() < total, "what is decided is no longer in the list of what is open"
    undo = page.locator("#undo")
    assert undo.is_enabled()

    with page.expect_download() as download:
        seen.press("x")
        page.wait_for_selector("#download")
        page.locator("#download").focus()
        seen.press("Enter")
    assert download.value.suggested_filename == "disavow.txt"
    file = DisavowFile.parse(Path(download.value.path()).read_bytes(), "disavow.txt")
    rules = {rule.text for rule in file.rules}
    kept = {name for name, decision in decided.items() if decision != "disavow"}
    hosts = {name for name in of_cluster if "/" not in name}
    assert {f"domain:{name}" for name in hosts} <= rules
    pages = {name for name in of_cluster - hosts if any(rule.startswith(f"https://{name}") for rule in rules)}
    assert pages == of_cluster - hosts, "a tenant with a path gets the lines of its pages"
    former = {rule.text for rule in DisavowFile.parse(FORMER.read_bytes(), FORMER.name).rules}
    assert not ({f"domain:{name}" for name in kept} - former) & rules
    proposed = pl.read_parquet(folder / "signals.parquet").filter(verdict="disavow")["referring_domain"]
    assert {f"domain:{name}" for name in proposed if "/" not in name and name not in kept} <= rules
    before = (folder / "report.html").read_bytes()
    page.get_by_role("button", name="Make the report anew").focus()
    seen.press("Enter")
    seen.expect("#dialog", re.compile(r"The report now says what is decided: .*report\.html"))
    assert "decided" in (folder / "report.html").read_text("utf-8")
    assert (folder / "report.html").read_bytes() != before
    assert seen.trouble == []
    own = f"http://{seen.server.host}/"
    assert all(url.startswith((own, "blob:")) for url in seen.requests), "no request goes outside"


def test_a_note_is_written_at_once_and_stays_with_the_domain(
    visit: Callable[..., Visit], folder: Path
) -> None:
    seen = visit(folder)
    seen.press("n")
    seen.expect("#dialog-title", "Note")
    seen.page.keyboard.type("ask them")
    seen.press("Enter")
    seen.page.keyboard.type("first")
    seen.press("Control+Enter")
    seen.expect("#detail .standing q", "ask them first")
    seen.press("d", "Home")
    seen.expect("#detail .standing", "disavow")
    seen.expect("#detail .standing q", "ask them first")
    assert read_decisions(folder)["note"].to_list() == ["ask them\nfirst"]


def test_search_and_filters_by_keyboard(visit: Callable[..., Visit], folder: Path) -> None:
    seen = visit(folder)
    page = seen.page
    total = seen.total()
    seen.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("casino")
    sync_api.expect(page.locator("#found")).not_to_have_text(f"{total} domains")
    assert 0 < seen.total() < total
    assert decisions(folder) == {}, "letters that are typed decide nothing"
    seen.press("Escape")
    assert page.evaluate("document.activeElement.id") == "queue"
    seen.press("A")
    number = seen.total()
    seen.expect("#dialog-title", f"Decide on {number} domains at once")
    seen.expect("dialog", "search “casino”")
    seen.press("i")
    seen.expect("#toast", f"Ignored: {number} domains")
    assert list(decisions(folder).values()) == ["ignore"] * number
    seen.press("r")
    seen.expect("#empty", "Nothing is left to decide here")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_no_violation(
    visit: Callable[..., Visit], folder: Path, scheme: str, viewport: dict[str, int]
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="NOT RUN: no axe").Axe()
    seen = visit(folder, color_scheme=scheme, viewport=viewport, reduced_motion="reduce")
    page = seen.page

    def passes(what: str, part: str = "html", fewest: int = 15) -> None:
        results = axe.run(page, context=part)
        assert len(results.response["passes"]) > fewest, "axe looked at something"
        assert results.violations_count == 0, f"{what}: {results.generate_report()}"

    passes("list")
    seen.press("d", "k", "i", "l")
    seen.expect("#progress", "4 of")
    seen.to_a_cluster()
    seen.press("Enter")
    page.wait_for_selector(".bars")
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    passes("details")
    seen.press("f")
    passes("filters")
    seen.press("Escape")
    for key, part in (
        ("c", "dialog .decisions"),
        ("n", "#note"),
        ("w", "dialog .names, dialog .muted"),
        ("?", ".keys"),
        ("x", "#download"),
    ):
        seen.press(key)
        page.wait_for_selector(part)
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        passes(f"dialog of {key}", "dialog", 8)  # what lies under it was looked at
        seen.press("Escape")
        page.wait_for_selector("dialog", state="hidden")
    assert seen.trouble == []


@pytest.mark.parametrize("width", [320, 390, 767, 768, 1024, 1199, 1200, 1920])
def test_nothing_sticks_out_at_any_width(
    visit: Callable[..., Visit], hostile_folder: Path, width: int
) -> None:
    seen = visit(hostile_folder, viewport={"width": width, "height": 800})
    page = seen.page
    page.evaluate("document.getElementById('clear').click()")
    page.wait_for_selector(".row .name", state="attached")
    for pane in ("list", "detail", "filters"):
        page.evaluate("pane => { document.getElementById('panes').dataset.pane = pane; }", pane)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, pane


def test_hostile_data_stays_data(visit: Callable[..., Visit], hostile_folder: Path) -> None:
    seen = visit(hostile_folder)
    page = seen.page
    page.check("[name=verdict][value=keep]")
    page.check("[name=verdict][value=ignore]")
    seen.expect("#found", re.compile("^6 "))
    shown = ""
    for _ in range(6):
        name = seen.selected()
        seen.expect("#detail h2", name)
        page.wait_for_selector("#detail .links .anchor")
        shown += str(page.locator("#detail").inner_text())
        seen.press("n")
        page.fill("#note", "<img src=x onerror=alert(3)>")
        page.click("dialog .primary")
        seen.expect("#detail .standing", "<img src=x onerror=alert(3)>")
        seen.press("ArrowDown")
    assert "<script>alert(1)</script>" in shown
    assert "‹U+202E›gnp.exe" in shown, "what turns the direction is shown as its code"
    assert "\x1b" not in shown
    assert page.locator("#panes :is(a, img, script, iframe, object)").count() == 0
    assert seen.trouble == []
    assert all(url.startswith(f"http://{seen.server.host}/") for url in seen.requests)


def test_words_of_another_direction_do_not_turn_the_page(
    visit: Callable[..., Visit], hostile_folder: Path
) -> None:
    seen = visit(hostile_folder)
    page = seen.page
    page.get_by_role("button", name="Clear").click()
    page.fill("#anchor", "המתכון")
    seen.expect("#found", re.compile("^1 "))
    page.wait_for_selector("#detail .anchor bdi")
    anchor = page.locator("#detail .anchor bdi").first
    assert anchor.evaluate("element => getComputedStyle(element).direction") == "rtl"
    assert (
        page.locator("#detail .anchor").first.evaluate("element => getComputedStyle(element).direction")
        == "ltr"
    )
    assert page.locator("#anchor").evaluate("element => element.matches(':dir(rtl)')")


def test_the_token_leaves_the_address_and_survives_a_reload(
    visit: Callable[..., Visit], folder: Path
) -> None:
    seen = visit(folder)
    assert seen.server.token not in seen.page.url
    assert all(seen.server.token not in url.split("#")[0] for url in seen.requests)
    seen.page.reload()
    seen.ready()
    fresh = seen.context.browser.new_context().new_page()
    fresh.goto(f"http://{seen.server.host}/")
    sync_api.expect(fresh.locator("[role=alert]")).to_contain_text(
        "The token is missing or wrong", ignore_case=True
    )
    fresh.context.close()


def test_a_key_of_a_dialog_is_no_key_of_the_list(visit: Callable[..., Visit], folder: Path) -> None:
    seen = visit(folder)
    first = seen.to_a_cluster()
    seen.press("c", "k")
    seen.expect("#toast", re.compile(r"Kept: \d+ domains"))
    assert seen.selected() == first
    seen.press("u")
    seen.expect("#toast", "Undone: keep")
    assert decisions(folder) == {}


def test_a_new_address_in_the_same_tab_is_taken(visit: Callable[..., Visit], folder: Path) -> None:
    seen = visit(folder)
    seen.page.evaluate("sessionStorage.setItem('review-token', 'of-the-review-before-this-one')")
    seen.page.reload()
    seen.expect("[role=alert]", "open the address that was printed")
    seen.page.goto(seen.server.url)
    seen.ready()
    assert seen.server.token not in seen.page.url


def test_the_export_is_of_the_box_as_it_stands(visit: Callable[..., Visit], folder: Path) -> None:
    """The answer to the box as it stood before comes later."""
    seen = visit(folder)
    seen.page.evaluate(
        """() => {
             const once = window.fetch;
             window.late = 0;
             window.fetch = async (address, options) => {
               const answer = await once(address, options);
               if (!String(options.body).includes('"proposals":true')) return answer;
               await new Promise((resolve) => setTimeout(resolve, 3000));
               setTimeout(() => { window.late += 1; }, 500);
               return answer;
             };
           }"""
    )
    seen.press("x")
    seen.page.uncheck("#proposals")
    seen.page.wait_for_timeout(5000)
    assert seen.page.evaluate("window.late") == 1
    seen.expect(".result", ", 0 by the audit alone")


def test_what_a_dialog_does_is_told_in_it(visit: Callable[..., Visit], folder: Path) -> None:
    seen = visit(folder)
    seen.press("x")
    with seen.page.expect_download():
        seen.page.get_by_role("button", name="Removal requests").click()
    seen.expect("#dialog", "removal-requests.csv was saved")
    seen.press("Escape")
    seen.press("w")
    seen.page.get_by_role("button", name="For this site").click()
    seen.expect("#toast", "Never disavowed")
    seen.press("w")
    seen.page.wait_for_selector("#dialog .names")
    seen.context.set_offline(True)
    seen.page.get_by_role("button", name="Remove").click()
    seen.expect("#dialog [role=alert]", "The review does not answer")


def test_a_list_that_is_too_old_is_made_anew(visit: Callable[..., Visit], folder: Path) -> None:
    seen = visit(folder)
    total = seen.total()
    seen.page.evaluate(
        """async () => {
             const token = sessionStorage.getItem("review-token");
             for (let number = 0; number < 60; number += 1) {
               await fetch("/api/ask", {method: "POST", body: "{}", headers: {"Content-Type": "application/json", "X-Review-Token": token}});
             }
           }"""
    )
    seen.press("A", "l")
    seen.expect("#toast", "This list is too old, and is made anew: nothing was done.")
    seen.page.wait_for_timeout(1000)
    seen.press("A", "l")
    seen.expect("#toast", f"Put off: {total} domains")


def test_the_policy_stops_what_would_run_or_load(visit: Callable[..., Visit], folder: Path) -> None:
    page = visit(folder).page
    refused = page.evaluate(
        """async () => {
             const seen = [];
             document.addEventListener("securitypolicyviolation", (event) => seen.push(event.effectiveDirective));
             const image = new Image();
             image.src = "https://evil.example/pixel.png";
             const script = document.createElement("script");
             script.textContent = "window.ran = true";
             const style = document.createElement("style");
             style.textContent = "body { display: none }";
             document.body.append(image, script, style);
             await fetch("https://evil.example/").catch(() => {});
             await new Promise((resolve) => setTimeout(resolve, 1500));
             return [...new Set(seen)].sort().concat(String(window.ran));
           }"""
    )
    assert refused == ["connect-src", "img-src", "script-src-elem", "style-src-elem", "undefined"]


class _Elsewhere(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>another site</title>")

    def log_message(self, *args: object) -> None:
        pass


def test_another_site_can_neither_read_nor_decide(visit: Callable[..., Visit], folder: Path) -> None:
    """A page of another origin in the same browser, even one that has stolen the token."""
    seen = visit(folder)
    domain = seen.selected()
    elsewhere = ThreadingHTTPServer(("127.0.0.1", 0), _Elsewhere)
    threading.Thread(target=elsewhere.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        page = seen.context.new_page()
        page.goto(f"http://localhost:{elsewhere.server_port}/")
        told = page.evaluate(
            """async ([address, token, domain]) => {
                 const tried = [];
                 const attempt = async (headers, mode) => {
                   try {
                     const answer = await fetch(address + "/api/decide", {method: "POST", mode, headers, credentials: "include",
                       body: JSON.stringify({domain, decision: "keep"})});
                     tried.push(answer.type === "opaque" ? "opaque" : await answer.text());
                   } catch (error) { tried.push("refused"); }
                 };
                 await attempt({"Content-Type": "application/json", "X-Review-Token": token}, "cors");
                 await attempt({"Content-Type": "text/plain"}, "no-cors");
                 await attempt({"Content-Type": "text/plain"}, "cors");
                 const script = await fetch(address + "/app.js", {mode: "no-cors"}).then(() => "loaded", () => "refused");
                 const frame = document.createElement("iframe");
                 frame.src = address + "/#" + token;
                 document.body.append(frame);
                 // A window that is still empty is ours: it is waited for until the other site's page has come.
                 const closed = async (document) => {
                   for (let times = 0; times < 200; times += 1) {
                     try { if (!document() || document().URL !== "about:blank") break; } catch { break; }
                     await new Promise((resolve) => setTimeout(resolve, 100));
                   }
                   try { return document() ? "reached" : "closed"; } catch { return "closed"; }
                 };
                 const inside = await closed(() => frame.contentDocument);
                 const other = window.open(address + "/");
                 const reached = other ? await closed(() => other.document) : "not opened";
                 return [...tried, script, inside, reached];
               }""",
            [f"http://{seen.server.host}", seen.server.token, domain],
        )
    finally:
        elsewhere.shutdown()
        elsewhere.server_close()
    assert told == ["refused", "refused", "refused", "refused", "closed", "closed"]
    assert decisions(folder) == {}


def test_two_windows_do_not_overwrite_each_other(visit: Callable[..., Visit], folder: Path) -> None:
    one, two = visit(folder), visit(folder)
    first = one.selected()
    assert two.selected() == first
    one.press("d")
    one.expect("#toast", "Disavowed")
    two.press("k")
    two.expect("#toast", f"Somebody else decided on {first}")
    assert decisions(folder) == {first: "disavow"}
    two.expect("#progress", "1 of")
    two.press("u")
    two.expect("#toast", f"Undone: disavow: {first}")
    assert decisions(folder) == {}
    one.press("u")
    one.expect("#toast", "Somebody else decided meanwhile")
    sync_api.expect(one.page.locator("#undo")).to_be_disabled()


def test_a_server_that_is_gone_is_told(visit: Callable[..., Visit], folder: Path) -> None:
    seen = visit(folder)
    seen.context.set_offline(True)
    seen.press("d")
    seen.expect("#toast", "The review does not answer")
