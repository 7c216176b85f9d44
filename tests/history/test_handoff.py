"""Handing over: the right property, a fit file, what changes by it, and four lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from history_fixtures import PROPERTY, START

from detector.errors import UsageError
from detector.history import Store, Upload
from detector.history.handoff import Handoff, confirm_newest, fit_property, prepare
from detector.links.domains import Domains

Record = Callable[..., Upload]


@pytest.fixture
def ready(tmp_path: Path, store: Store, domains: Domains) -> Callable[..., Handoff]:
    """Prepares lines as a file, with the history as it stands."""

    def prepared(
        *lines: str, property_url: str | None = PROPERTY, whitelist: tuple[str, ...] = ()
    ) -> Handoff:
        path = tmp_path / "disavow.txt"
        path.write_text("".join(f"{line}\n" for line in lines))
        return prepare(
            path, "example.com", store, domains, property_url=property_url, audit=None, whitelist=whitelist
        )

    return prepared


@pytest.mark.parametrize(
    ("text", "fitted"),
    [
        ("https://www.example.com/", "https://www.example.com/"),
        ("https://www.example.com", "https://www.example.com/"),
        (" HTTP://Example.com/ ", "http://example.com/"),
        ("https://example.com/blog", "https://example.com/blog/"),
        ("https://example.com:8443/", "https://example.com:8443/"),
    ],
)
def test_a_property_is_spelled_as_search_console_spells_it(text: str, fitted: str, domains: Domains) -> None:
    assert fit_property(text, "example.com", domains) == fitted


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sc-domain:example.com", "is a Domain property, and Google takes disavow files for URL-prefix properties only"),
        ("SC-Domain:example.com", "is a Domain property"),
        ("example.com", "is no URL-prefix property"),
        ("ftp://example.com/", "is no URL-prefix property"),
        ("https://example.com/?a=b", "is no URL-prefix property"),
        ("https://", "is no URL-prefix property"),
        ("https://example.org/", "is no property of example.com"),
        ("https://example.com.evil.example/", "is no property of example.com"),
        ("https://example.com@evil.example/", "is no property of example.com"),
    ],
)  # fmt: skip
def test_what_is_no_property_of_the_site_is_wrong_usage(text: str, words: str, domains: Domains) -> None:
    with pytest.raises(UsageError) as raised:
        fit_property(text, "example.com", domains)
    assert words in str(raised.value)


def test_the_page_is_googles_with_the_property_as_one_parameter(ready: Callable[..., Handoff]) -> None:
    page = urlsplit(ready("domain:a.example", property_url="https://www.example.com/a&b=c").page)
    assert (page.scheme, page.netloc, page.path) == (
        "https",
        "search.google.com",
        "/search-console/disavow-links",
    )
    assert parse_qs(page.query) == {"resource_id": ["https://www.example.com/a&b=c/"]}


def test_the_property_is_remembered(ready: Callable[..., Handoff], record: Record) -> None:
    with pytest.raises(UsageError, match=r"Which property .* --property https://www\.example\.com/"):
        ready("domain:a.example", property_url=None)
    record("domain:a.example")
    assert ready("domain:a.example", property_url=None).property_url == PROPERTY


def test_errors_and_dangers_are_told_apart(ready: Callable[..., Handoff]) -> None:
    found = ready(
        "domain:a.example", "domain:*.b.example", "domain:blogspot.com", "domain:example.com", "DOMAIN:C.test"
    )
    assert [(finding.line, finding.code) for finding in found.errors] == [(2, "wildcard")]
    assert [(finding.line, finding.code) for finding in found.dangers] == [(3, "platform"), (4, "own_site")]


def test_the_whitelist_is_a_danger(ready: Callable[..., Handoff]) -> None:
    (danger,) = ready("domain:friend.test", whitelist=("friend.test",)).dangers
    assert danger.code == "whitelist"


def test_what_changes_counts_from_the_upload_in_force(ready: Callable[..., Handoff], record: Record) -> None:
    record("domain:a.example", "domain:www.b.example", "domain:c.example", done=True)
    waiting = record("domain:z.example", day=1)
    found = ready("domain:a.example", "domain:b.example")
    assert found.before
    assert found.before.number == 1
    assert found.waiting == waiting
    assert [rule.value for rule in found.changes.added] == ["b.example"]
    assert [rule.value for rule in found.changes.removed] == ["www.b.example", "c.example"]
    assert [rule.value for rule in found.changes.uncovered] == ["c.example"]


def test_it_says_what_to_do_in_four_lines(ready: Callable[..., Handoff]) -> None:
    found = ready("domain:a.example", "domain:a.example", "https://b.example/x")
    steps = found.steps()
    assert [step[:3] for step in steps] == ["1. ", "2. ", "3. ", "4. "]
    assert all("\n" not in step for step in steps)
    assert PROPERTY in steps[0]
    assert str(found.path) in steps[1]
    assert "1 domain, 1 page" in steps[2]


def test_what_is_checked_is_what_is_recorded(
    ready: Callable[..., Handoff], store: Store, domains: Domains
) -> None:
    found = ready("domain:a.example")
    assert found.is_unchanged()
    found.path.write_text("domain:evil.example\n")
    upload = found.record(store, domains, who="ann", now=START)
    assert store.file(upload.number).file.data == b"domain:a.example\n"
    assert not found.is_unchanged()
    found.path.unlink()
    assert not found.is_unchanged()


def test_the_newest_is_confirmed(store: Store, record: Record) -> None:
    with pytest.raises(UsageError, match="no file was handed over yet"):
        confirm_newest(store, "example.com", START)
    with pytest.raises(UsageError, match="no file was handed over yet"):
        confirm_newest(None, "example.com", START)
    record("domain:a.example")
    record("domain:b.example", day=1)
    assert confirm_newest(store, "example.com", START).number == 2
    with pytest.raises(UsageError, match=r"upload 2 of 2026-05-01 is confirmed already"):
        confirm_newest(store, "example.com", START)
