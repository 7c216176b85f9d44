"""Verdicts become rules: a domain, a tenant's host, a sub-domain, or pages.

=====================================  ==================================================================
what is disavowed                      rule
=====================================  ==================================================================
a referring domain, or a host below    ``domain:`` and its name: the whole of it was judged, so the rule covers the
one                                    links that nobody has seen yet as well
a tenant with its own host             ``domain:`` and that host (``domain:x.wordpress.com``)
a tenant with a path                   one URL line for each known page that links (a path cannot be
                                       disavowed, and the platform's host must not be)
a domain of which a part is kept, or   the narrower rules that leave alone what is kept: sub-domains whose known
whose rule a guard forbids             links are all flagged, else pages
bad pages on a good site               their URLs; one ``domain:`` line for a host below the site where every known link
                                       of it is flagged and the line saves others
an IPv6 address                        one URL line for each known page
=====================================  ==================================================================

The universe is the known links. Flagged are those whose verdict is ``disavow``; all others, those marked ``review``
and ``ignore`` included, are kept: a rule must not anticipate a person's decision. Kept is also a site itself that has
such a verdict, so that no rule stands for the whole of it even where each of its known pages is flagged. Of all sets
of permitted rules that cover the flagged and nothing kept, the plan is one with the fewest lines (``cover``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import polars as pl

from detector.disavow.cover import cover
from detector.disavow.judged import Judged, near_flagged
from detector.disavow.planned import LeftOut, PlannedRule
from detector.disavow.profile import Profile
from detector.disavow.rules import DOMAIN, MAX_URL, URL, Rule, RuleSet
from detector.disavow.wants import Wants
from detector.guards import Guards


@dataclass
class Plan:
    """The rules that are wanted, and what needs or could be none.

    Attributes:
        rules: the new rules; none covers another.
        covered: what was wanted and needs no line of its own: an old rule, or a wider new one, covers it.
        left_out: what could not become a rule.
    """

    rules: list[PlannedRule] = field(default_factory=list)
    covered: list[PlannedRule] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def plan(
    judged: Judged | pl.DataFrame, profile: Profile, *, guards: Guards, former: Iterable[Rule] = ()
) -> Plan:
    """Make rules of verdicts.

    Args:
        judged: the verdicts, or their table (see ``Judged``).
        profile: every known link.
        guards: what must never stand in the file.
        former: rules of a former file that stay in force; what they cover needs no line.

    Returns:
        The plan, in the order of the verdicts, pages last. Its rules cover no link that is kept.
    """
    if isinstance(judged, pl.DataFrame):
        judged = Judged(near_flagged(judged))
    wants = Wants(judged, profile, guards, RuleSet(former))
    rules = [want.rule for want in wants.open]
    found = cover(rules, wants.tops, wants.kept, wants.may_stand)
    result = Plan(covered=wants.covered, left_out=wants.left_out)
    for rule, under in sorted(found.lines.items(), key=lambda line: min(line[1])):
        behind = [wants.open[place] for place in under]
        if rule.kind == URL and len(rule.value) > MAX_URL:
            result.left_out.append(LeftOut(rule.value, f"it is longer than {MAX_URL:,} characters"))
            continue
        result.rules.append(_joined(rule, behind))
        result.covered += [want for want in behind if want.rule != rule]
    for place in found.unmet:
        want = wants.open[place]
        result.left_out.append(LeftOut(want.unit, _why_not(want.rule.value, guards)))
    return result


def _joined(rule: Rule, behind: Sequence[PlannedRule]) -> PlannedRule:
    """The one rule that stands for all that is wanted behind it."""
    if len(behind) == 1 and behind[0].rule == rule:
        return behind[0]
    named = next((want for want in behind if want.rule == rule), None)
    whole = RuleSet(want.rule for want in behind if want.rule.kind == DOMAIN)
    # The links of a host that was judged as a whole stand behind it, those of its single pages included.
    counted = [want for want in behind if want.rule.kind == DOMAIN or not whole.covers(want.rule)]
    least = min(behind, key=lambda want: want.probability)
    about = named or least
    return PlannedRule(
        rule,
        about.unit,
        about.kind,
        least.probability,
        about.reasons,
        pages=0 if named else len(behind),
        links=sum(want.links for want in counted),
        followed=sum(want.followed for want in counted),
        benefit=sum(want.worth for want in counted),
    )


def _why_not(host: str, guards: Guards) -> str:
    code = guards.reason(host)
    if code is not None:
        return f"a guard forbids it ({guards.words(code)})"
    return "something below it is kept; what is flagged beside that gets narrower rules"
