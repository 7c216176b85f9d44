"""Small profiles, verdicts and guards for the tests of plans."""

from __future__ import annotations

from typing import Any

import polars as pl

from detector.disavow.judged import Judged
from detector.disavow.profile import Profile
from detector.disavow.rules import Rule, domain_rule, url_rule
from detector.guards import Guards
from detector.links.domains import Domains
from detector.links.schema import LINK_SCHEMA

DOMAINS = Domains.default()
GUARDS = Guards(DOMAINS, site="my-site.example", whitelist=["friend.example"])


def link(url: str | None, **more: Any) -> dict[str, Any]:
    """One link as an audit keeps it; ``unit=`` names another referring domain than the page's own."""
    host = DOMAINS.host(url) if url else None
    unit = more.pop("unit", DOMAINS.referring_domain(url) if url else None)
    return {
        "record_type": "link",
        "source_url": url,
        "source_host": host,
        "referring_domain": unit,
        "rel_nofollow": False,
        "lost": False,
        **more,
    }


def named(unit: str, **more: Any) -> dict[str, Any]:
    """A referring domain that is known by name only."""
    return {
        "record_type": "domain",
        "referring_domain": unit,
        "source_host": unit.partition("/")[0],
        **more,
    }


def profile(*rows: dict[str, Any] | str) -> Profile:
    """A profile of links; a text is the page of an ordinary one."""
    full = [link(row) if isinstance(row, str) else row for row in rows]
    return Profile(pl.LazyFrame(full, schema=LINK_SCHEMA))


def verdicts(*rows: tuple[Any, ...]) -> pl.DataFrame:
    """Rows of name, verdict and, where given, probability, kind and reasons."""
    filled = [(*row, *(0.95, "link farm", "")[len(row) - 2 :]) for row in rows]
    columns = ("referring_domain", "verdict", "probability", "kind", "reasons")
    types = (pl.String, pl.String, pl.Float64, pl.String, pl.String)
    return pl.DataFrame(filled, schema=dict(zip(columns, types, strict=True)), orient="row")


def judged(*rows: tuple[Any, ...]) -> Judged:
    return Judged(verdicts(*rows))


def rule(text: str) -> Rule:
    """A rule from its line."""
    made = domain_rule(text[7:]) if text.startswith("domain:") else url_rule(text)
    assert made is not None
    assert made.text == text
    return made
