"""The table of platforms: every row means something, and what must be found is found."""

from __future__ import annotations

import csv
from importlib import resources

import pytest

from detector.links.domains import Domains
from detector.links.platforms import Platforms

DOMAINS = Domains.default()
ROWS = list(
    csv.DictReader(
        resources.files("detector.links")
        .joinpath("platforms.csv")
        .read_text("utf-8")
        .split("\n", 1)[1]
        .splitlines()
    )
)


def _example_host(pattern: str) -> str:
    return pattern.lstrip(".").replace("*", "x1")


def _faults_of(row: dict[str, str]) -> list[str]:
    """What the row promises and the table does not keep."""
    host, words = _example_host(row["host"]), row["tenant"].split()

    def kind_of(url: str) -> str:
        return DOMAINS.describe_one(DOMAINS.referring_domain(url) or "")[2]

    if "registry" in words:
        kept = {
            "suffix": kind_of(host) == "public_suffix",
            "domain": kind_of(f"some-name.{host}") == "domain",
        }
        return [promise for promise, holds in kept.items() if not holds]
    kept = {"platform": kind_of(f"http://{host}/") == "platform"}
    if "subdomain" in words:
        url = f"http://deep.some-name.{host}/x"
        kept["tenant's host"] = DOMAINS.referring_domain(url) == f"some-name.{host}"
        kept["kind of the tenant"] = kind_of(url) == "tenant_host"
    for template in (word for word in words if word.startswith("/")):
        unit = (
            DOMAINS.referring_domain(f"http://{host}{template.replace('*', 'some-name7')}/more?q=/x#y") or ""
        )
        kept[template] = unit.startswith(f"{host}/") and DOMAINS.referring_domain(unit) == unit
        kept[f"kind of {template}"] = DOMAINS.describe_one(unit)[2] == "tenant_path"
    return [promise for promise, holds in kept.items() if not holds]


def test_every_row_finds_its_tenants_and_its_platform() -> None:
    assert len(ROWS) > 1_000
    faults = {row["host"]: found for row in ROWS if row["host"] != "*" and (found := _faults_of(row))}
    assert faults == {}


def test_case_counts_only_where_the_platform_tells_it() -> None:
    assert DOMAINS.referring_domain("https://medium.com/@ABC") == "medium.com/@abc"
    assert DOMAINS.referring_domain("https://docs.google.com/document/d/1AbC/edit") == (
        "docs.google.com/document/d/1AbC"
    )


def test_one_spelling_of_an_encoded_tenant() -> None:
    plain = DOMAINS.referring_domain("https://medium.com/@имя/x")
    assert DOMAINS.referring_domain("https://medium.com/%40%D0%B8%D0%BC%D1%8F/x") == plain
    assert DOMAINS.referring_domain("https://medium.com/@a%2Fb/x") == "medium.com/@a%2fb"
    assert DOMAINS.referring_domain("https://medium.com/@%ff/x") == "medium.com/@%ff"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("host,tenant,except,case,note\n", "date"),
        ("# on 2026-01-01\nhost,tenant,except,case,note\nx.com,tenants,,,\n", "not understood"),
        ("# on 2026-01-01\nhost,tenant,except,case,note\nx.com,/about,,,\n", "no \\*"),
        ("# on 2026-01-01\nhost,tenant,except,case,note\nx.com,/*,,,\nx.com,/@*,,,\n", "twice"),
    ],
)
def test_a_faulty_table_is_refused(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        Platforms.parse(text)
