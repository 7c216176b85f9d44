"""What is proposed, why, and what it would cost; whose report it is."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from report_fixtures import domains_frame, many_domains, one_domain

from detector.errors import InputError, UsageError
from detector.report.branding import MOST_BYTES, Branding, read_branding
from detector.report.html import render_report
from detector.report.proposal import KIND_MEANING, cost, mistakes, proposed_kinds
from detector.report.words import about
from detector.verdict import KINDS, ORDINARY, UNCLEAR

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
PLAIN = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


def test_every_kind_is_explained_in_plain_words() -> None:
    assert set(KIND_MEANING) == {*KINDS, UNCLEAR, ORDINARY}


def test_proposed_kinds_are_counted_the_most_frequent_first() -> None:
    rows = [one_domain(referring_domain=f"f{n}.example", verdict="disavow", kind="link farm", links=2, probability=n / 10) for n in range(5)]  # fmt: skip
    rows += [one_domain(verdict="disavow", kind="spam trade"), one_domain(verdict="keep", kind="link farm")]
    farm, trade = proposed_kinds(domains_frame(rows))
    assert (farm.name, farm.domains, farm.links, farm.examples) == ("link farm", 5, 10, ["f4.example", "f3.example", "f2.example"])  # fmt: skip
    assert (trade.name, trade.domains) == ("spam trade", 1)
    assert farm.share + trade.share == pytest.approx(100)


def test_a_followed_link_that_is_gone_costs_nothing() -> None:
    rows = [one_domain(verdict="disavow", links=5, followed_links=4, passing_links=1), one_domain(links=9, followed_links=9, passing_links=3)]  # fmt: skip
    told = cost(domains_frame(rows), None)
    assert told is not None
    assert (told.followed, told.of_followed) == (1, 0.25)  # as in the summary of the audit
    before = cost(domains_frame(rows).drop("passing_links"), None)  # an audit made before
    assert before is not None
    assert before.followed == 4


@pytest.mark.parametrize(("expected", "said"), [(0.0, "fewer than 0.1"), (0.049, "fewer than 0.1"), (0.06, "0.1"), (12.4, "12")])  # fmt: skip
def test_mistakes_to_expect_are_told_as_in_the_summary(expected: float, said: str) -> None:
    assert about(expected) == said


def test_the_cost_counts_untold_links_as_followed_and_weighs_by_rating() -> None:
    rows = [
        one_domain(referring_domain="a.example", verdict="disavow", links=4, followed_links=1),
        one_domain(referring_domain="b.example", verdict="disavow", links=3, followed_links=None),
        one_domain(referring_domain="c.example", verdict="keep", links=10, followed_links=6),
    ]
    signals = pl.DataFrame(
        {
            "referring_domain": ["a.example", "b.example", "c.example"],
            "authority_ahrefs_dr": [30.0, None, 20.0],
        }
    )
    told = cost(domains_frame(rows), signals)
    assert told is not None
    assert (told.domains, told.links, told.followed, told.untold, told.unrated) == (2, 7, 4, 1, 1)
    assert told.of_followed == pytest.approx(0.4)
    assert told.value == pytest.approx(30 / (30 + 120))
    assert told.strongest == [("a.example", 30.0)]
    assert cost(domains_frame(rows[2:]), signals) is None
    unrated = cost(domains_frame(rows), None)
    assert unrated is not None
    assert (unrated.metric, unrated.value) == (None, None)


def test_mistakes_are_those_of_all_tiers() -> None:
    tier = {"lines": 100, "expected_wrong": 0.4}
    told = mistakes(
        {"risk": 0.01, "confidence": 0.9, "tiers": {"rich": tier, "urls": tier}, "sentences": ["Sure."]}
    )
    assert told is not None
    assert (told.lines, told.expected, told.allowed, told.sentences) == (200, 0.8, 2.0, ["Sure."])


@pytest.mark.parametrize(
    "odd", [{}, {"tiers": 3}, {"tiers": {"rich": 1}}, {"risk": "x", "tiers": {"rich": {"lines": "9"}}}]
)
def test_a_promise_of_another_shape_does_no_harm(odd: dict[str, Any]) -> None:
    assert mistakes(odd) is None
    assert "What it would cost" in render_report({"site": "x.example", "promise": odd}, many_domains(20))


@pytest.mark.parametrize(
    ("headline", "here"),
    [
        ("Do nothing: all is well.", "Do nothing"),
        ("Act: there is a manual action.", "Act"),
        ("Something else: odd.", None),
    ],
)
def test_the_scale_shows_where_the_site_stands(headline: str, here: str | None) -> None:
    page = render_report({"site": "x.example", "headline": headline}, many_domains(3))
    assert (f'class="here" aria-current="true"><strong>{here}</strong>' in page) == (here is not None)
    assert (headline in page) == (here is None)


def test_what_the_promise_says_is_told_once_and_below(audit: dict[str, Any]) -> None:
    audit["promise"] = {"risk": 0.01, "confidence": 0.9, "sentences": ["Promised."], "tiers": {"rich": {"lines": 9, "expected_wrong": 0.04}}}  # fmt: skip
    audit["summary"] = ["First.", "Promised."]
    page = render_report(audit, many_domains(30))
    assert page.count("Promised.") == 1
    assert page.index("What it would cost") < page.index("Promised.") < page.index("Referring domains</h2>")
    assert "fewer than 0.1" in page


# ---------------------------------------------------------------------- agency and logo


@pytest.mark.parametrize(
    ("content", "kind"),
    [(PNG, "image/png"), (b"\xff\xd8\xff\xe0" + b"\0" * 9, "image/jpeg"), (PLAIN, "image/svg+xml")],
)
def test_a_logo_is_known_by_what_it_is(tmp_path: Path, content: bytes, kind: str) -> None:
    path = tmp_path / "logo.txt"
    path.write_bytes(content)
    branding = read_branding("  Harbour  & <Pine> ", path)
    assert branding == Branding(
        "Harbour & <Pine>", f"data:{kind};base64,{base64.b64encode(content).decode()}"
    )
    page = render_report({"site": "x.example"}, many_domains(3), branding=branding)
    assert f'src="{branding.logo}"' in page
    assert 'alt="Harbour &amp; &lt;Pine&gt;"' in page


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"<html><script>alert(1)</script></html>",
        b'<svg xmlns="http://www.w3.org/2000/svg">',
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'.encode("utf-16"),
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_logo_is_refused_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"logo\.png: the logo is .*\. Save it as"):
        read_branding("", path)


def test_a_logo_has_an_end_and_must_be_there(tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(PNG + b"\0" * MOST_BYTES)
    with pytest.raises(InputError, match="more than 500 kB"):
        read_branding("", path)
    with pytest.raises(InputError, match="the logo cannot be read"):
        read_branding("", tmp_path / "none.png")
    with pytest.raises(UsageError, match="--agency"):
        read_branding("x" * 200)


def test_an_unclear_kind_is_not_said_to_rest_on_weak_signs() -> None:
    """Words alone bring a slot page on a casino's profile to 0.999: its trade is the site's own, so no kind fits."""
    assert "weak" not in KIND_MEANING[UNCLEAR]
    assert "No known kind of spam fits" in KIND_MEANING[UNCLEAR]
