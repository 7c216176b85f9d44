"""Verdicts become rules: a domain, a tenant's host, or pages.

=====================================  ==================================================================
what is disavowed                      rule
=====================================  ==================================================================
a referring domain                     ``domain:`` and the domain
a tenant with its own host             ``domain:`` and that host (``domain:x.wordpress.com``)
a tenant with a path                   one URL line for each known page that links (a path cannot be
                                       disavowed, and the platform's host must not be)
a bad page on a good site              its URL
an IPv6 address                        one URL line for each known page
=====================================  ==================================================================
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import polars as pl

from detector.disavow.rules import MAX_URL, Rule, domain_rule, url_rule

#: The verdict that asks for a rule.
DISAVOW = "disavow"


@dataclass(frozen=True)
class PlannedRule:
    """A rule that is wanted.

    Attributes:
        rule: the rule.
        unit: the referring domain that was judged.
        kind: what is wrong with it, in plain words (``link farm``).
        probability: that it is toxic.
        reasons: why, in plain words; may be empty.
        whole: of a URL rule: the domain rule that may stand for all its site's URL rules, because every known
            link of the site is flagged; None where one must not.
    """

    rule: Rule
    unit: str
    kind: str
    probability: float
    reasons: str = ""
    whole: Rule | None = None


@dataclass(frozen=True)
class LeftOut:
    """A rule, or a unit without one, that does not stand in the file, and why."""

    what: str
    why: str


@dataclass
class Plan:
    """The rules that are wanted, and what could not become a rule."""

    rules: list[PlannedRule] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def plan(verdicts: pl.DataFrame, links: pl.LazyFrame, *, pages: pl.DataFrame | None = None) -> Plan:
    """Make rules of verdicts.

    Args:
        verdicts: one row a referring domain: ``referring_domain``, ``verdict``, ``kind``, ``reasons``
            (String), ``probability`` (Float64). Rows with the verdict ``disavow`` get rules.
        links: ``source_url``, ``referring_domain`` (String): every known link.
        pages: single pages to be disavowed on sites that are not: ``source_url``, ``kind``, ``reasons``
            (String), ``probability`` (Float64).

    Returns:
        The plan, in the order of the verdicts, pages last; each rule once.
    """
    wanted = verdicts.filter(pl.col("verdict") == DISAVOW)
    result = Plan()
    by_page = [unit for unit in wanted["referring_domain"].to_list() if _needs_pages(unit)]
    known = _known_pages(links, by_page)
    columns = ["referring_domain", "kind", "probability", "reasons"]
    for unit, kind, probability, reasons in wanted.select(columns).iter_rows():
        about = (unit, kind or "", float(probability), reasons or "")
        if _needs_pages(unit):
            _add_pages(result, known.get(unit, []), about)
            continue
        rule = domain_rule(unit)
        if rule is None:
            result.left_out.append(LeftOut(unit, "it is no host that a rule could be about"))
        else:
            result.rules.append(PlannedRule(rule, *about))
    if pages is not None:
        _add_single_pages(result, pages, links)
    return _once(result)


def _needs_pages(unit: str) -> bool:
    """Whether only its pages can be disavowed: a tenant with a path, or an IPv6 address."""
    return "/" in unit or unit.startswith("[")


def _known_pages(links: pl.LazyFrame, units: list[str]) -> dict[str, list[str]]:
    """Linking pages of units, each once and sorted."""
    pages: dict[str, list[str]] = defaultdict(list)
    if units:
        rows = (
            links.select("referring_domain", "source_url")
            .filter(pl.col("referring_domain").is_in(units), pl.col("source_url").is_not_null())
            .unique()
            .sort("referring_domain", "source_url")
            .collect(engine="streaming")
        )
        for unit, url in rows.iter_rows():
            pages[unit].append(url)
    return pages


def _add_pages(
    result: Plan, urls: list[str], about: tuple[str, str, float, str], whole: Rule | None = None
) -> None:
    """Add a URL rule for each page of a unit; say what cannot become one."""
    unit = about[0]
    if not urls:
        why = "only pages can be disavowed there, and the exports name none that links"
        result.left_out.append(LeftOut(unit, why))
    for url in urls:
        rule = url_rule(url)
        if rule is None:
            result.left_out.append(LeftOut(url, "it is no absolute http(s) URL"))
        elif len(rule.value) > MAX_URL:
            result.left_out.append(LeftOut(url, f"it is longer than {MAX_URL:,} characters"))
        else:
            result.rules.append(PlannedRule(rule, *about, whole=whole))


def _add_single_pages(result: Plan, pages: pl.DataFrame, links: pl.LazyFrame) -> None:
    """Add rules for bad pages on good sites, each knowing whether all of its site's links are flagged."""
    columns = ["source_url", "kind", "probability", "reasons"]
    flagged = pages.select(columns).unique("source_url", maintain_order=True)
    known = links.select("source_url", "referring_domain").unique()
    sites = (
        known.join(
            known.join(flagged.lazy(), on="source_url", how="semi").select("referring_domain").unique(),
            on="referring_domain",
            how="semi",
        )
        .with_columns(flagged=pl.col("source_url").is_in(flagged["source_url"].to_list()))
        .collect(engine="streaming")
    )
    unit_of = dict(sites.filter("flagged").select("source_url", "referring_domain").iter_rows())
    all_flagged = set(
        sites.group_by("referring_domain")
        .agg(pl.col("flagged").fill_null(value=False).all())
        .filter("flagged")["referring_domain"]
        .to_list()
    )
    for url, kind, probability, reasons in flagged.iter_rows():
        unit = unit_of.get(url, url)
        whole = domain_rule(unit) if unit in all_flagged and not _needs_pages(unit) else None
        _add_pages(result, [url], (unit, kind or "", float(probability), reasons or ""), whole)


def _once(result: Plan) -> Plan:
    """Each rule once, the most certain of equals; a page under a planned domain is not said twice."""
    best: dict[Rule, PlannedRule] = {}
    for planned in result.rules:
        held = best.get(planned.rule)
        if held is None or planned.probability > held.probability:
            best[planned.rule] = planned
    return Plan(list(best.values()), result.left_out)
