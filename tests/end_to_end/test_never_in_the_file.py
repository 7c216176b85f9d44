"""Whatever the score: what a guard protects never stands in the file, tenants get the right rule.

Every domain of these exports is as toxic as a link can look; ``probability`` is forced to 1.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from detector import Audit, Settings, audit
from detector.classifier.model import Model

Write = Callable[[Path, list[dict[str, str]]], Path]

GUARDED = {
    "https://www.kettles.co.uk/old-page": "own site",
    "https://shop.kettles.co.uk/x": "own site",
    "https://pans.org/x": "own site",
    "https://friend.com/x": "whitelist",
    "https://blog.friend.com/x": "whitelist",
    "https://www.google.com/search?q=kettles": "search engine",
    "https://yandex.ru/x": "search engine",
    "https://www.youtube.com/watch?v=1": "largest site",
    "https://en.wikipedia.org/wiki/Kettle": "largest site",
    "https://org.br/": "public suffix",
    "https://wordpress.com/x": "platform",
    "https://sites.google.com/": "platform",
}
LISTED = {
    "https://casino-gacor.top/x": "domain:casino-gacor.top",
    "https://a.b.casino-slot.co.uk/x": "domain:casino-slot.co.uk",
    "https://xn--bcher-kva.de/x": "domain:xn--bcher-kva.de",
    "https://bücher-links.de/x": "domain:xn--bcher-links-thb.de",
    "https://zz-spam.wordpress.com/x": "domain:zz-spam.wordpress.com",
    "https://zz-spam.blogspot.de/x": "domain:zz-spam.blogspot.de",
    "https://zz-spam.pages.dev/x": "domain:zz-spam.pages.dev",
    "https://medium.com/@zz-spam/one": "https://medium.com/@zz-spam/one",
    "https://sites.google.com/view/zz-spam/home": "https://sites.google.com/view/zz-spam/home",
    "http://203.0.113.9/x": "domain:203.0.113.9",
}
UNNEEDED = {
    "https://nofollowed-slots.top/x": ({"Nofollow": "true"}, "nofollow, ugc or sponsored"),
    "https://sponsored-slots.top/x": ({"Sponsored": "true"}, "nofollow, ugc or sponsored"),
    "https://dead-slots.top/x": (
        {"Lost": "2026-01-05", "Lost status": "removed", "Last seen": ""},
        "are gone",
    ),
}


def toxic(url: str, **cells: str) -> dict[str, str]:
    return {
        "Referring page URL": url,
        "Referring page title": "Slot gacor casino online 777, buy viagra cheap",
        "Anchor": "situs slot gacor casino terpercaya",
        "Target URL": "https://www.kettles.co.uk/",
        "External links": "4000",
        "Linked domains": "2500",
        "Domain rating": "0",
        "Is spam": "true",
        **cells,
    }


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory, write_ahrefs: Write) -> Audit:
    folder = tmp_path_factory.mktemp("guards")
    rows = [toxic(url) for url in (*GUARDED, *LISTED)]
    rows += [toxic(url, **cells) for url, (cells, _) in UNNEEDED.items()]
    export = write_ahrefs(folder / "export.csv", rows)
    (folder / "white.txt").write_text("friend.com\n")
    settings = Settings(
        "kettles.co.uk", own=("pans.org",), whitelist=folder / "white.txt", manual_action=True
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Model, "probabilities", lambda self, log_odds, tiers: np.ones(len(log_odds)))
        return audit([export], settings, folder / "out")


def rules(result: Audit) -> list[str]:
    lines = (result.folder / "disavow.txt").read_text(encoding="ascii").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_exactly_the_unprotected_stand_in_the_file(result: Audit) -> None:
    assert sorted(rules(result)) == sorted(LISTED.values())


@pytest.mark.parametrize(("url", "why"), GUARDED.items())
def test_what_is_protected_is_kept_and_it_is_said_why(result: Audit, url: str, why: str) -> None:
    host = url.split("/")[2]
    named = pl.col("referring_domain").map_elements(
        lambda name: host == name or host.endswith(f".{name}"), return_dtype=pl.Boolean
    )
    row = result.domains.filter(named, pl.col("guard").is_not_null())
    assert row["verdict"].unique().to_list() == ["keep"], (url, why)
    assert row["rule"].null_count() == row.height


@pytest.mark.parametrize(("url", "words"), [(url, words) for url, (_, words) in UNNEEDED.items()])
def test_what_needs_no_line_gets_none_even_under_a_manual_action(result: Audit, url: str, words: str) -> None:
    [row] = result.domains.filter(referring_domain=url.split("/")[2]).rows(named=True)
    assert row["verdict"] == "ignore"
    assert words in row["no_line_needed"]
    assert row["rule"] is None


def test_every_rule_is_explained_in_a_comment(result: Audit) -> None:
    lines = (result.folder / "disavow.txt").read_text(encoding="ascii").splitlines()
    for rule in LISTED.values():
        assert lines[lines.index(rule) - 1].startswith("# 1.00")
