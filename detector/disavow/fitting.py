"""Which planned rules stand in the file: those that may, that say something new, and that fit.

A list over the limits is shortened in this order, each step only where it is needed: the comments with reasons
go; old lines that Google does not read no longer say why; the headings go; and of the new rules those are chosen
that are worth most within the lines and bytes that are left (``budget``). A comment never costs a rule its place.
Lines of the former file are never dropped.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from detector.disavow.budget import choose_lines
from detector.disavow.layout import Layout, arranged
from detector.disavow.merging import Former
from detector.disavow.plan import Plan
from detector.disavow.planned import LeftOut, PlannedRule
from detector.disavow.rules import DOMAIN, Limits, Rule, RuleSet
from detector.errors import InputError
from detector.guards import Guards


@dataclass
class Chosen:
    """Planned rules that may be written and say something new; the ones that a guard forbids."""

    new: list[PlannedRule]
    forbidden: list[LeftOut]
    covered: list[Rule]  # by another new rule


def choose(plan: Plan, former: Former, guards: Guards) -> Chosen:
    """Sort out what a guard forbids and what another rule, old or new, covers already."""
    known = RuleSet()
    new: dict[Rule, PlannedRule] = {}
    chosen = Chosen([], [], [])
    former_rules = RuleSet(former.rules)
    # Domains first, and short names before long ones: what a wider rule covers need not be said again.
    for planned in sorted(plan.rules, key=lambda p: (p.rule.kind != DOMAIN, len(p.rule.value), p.rule.value)):
        code = guards.reason(planned.rule.value)
        if code is not None:
            chosen.forbidden.append(LeftOut(planned.rule.text, f"a guard forbids it ({guards.words(code)})"))
        elif former_rules.covers(planned.rule):
            continue
        elif wider := known.covers(planned.rule):
            chosen.covered.append(planned.rule)
            new[wider] = _with(new[wider], planned)
        else:
            new[planned.rule] = planned
            known.add(planned.rule)
    return replace(chosen, new=arranged(new.values()))


def _with(wider: PlannedRule, narrower: PlannedRule) -> PlannedRule:
    """A rule that stands for another one as well."""
    return replace(
        wider,
        links=wider.links + narrower.links,
        followed=wider.followed + narrower.followed,
        benefit=wider.worth + narrower.worth,
    )


@dataclass
class Fitted:
    """A layout that fits, and what that cost.

    Attributes:
        layout: the layout.
        dropped: the new rules for which there was no room.
        value, bound: the benefit of the new rules that are written, and what no other choice could exceed.
    """

    layout: Layout
    dropped: list[PlannedRule]
    value: float
    bound: float


def fit(full: Layout, limits: Limits) -> Fitted:
    """Shorten a layout until it is within the limits.

    Raises:
        InputError: the former file alone is over the limits.
    """
    terse = replace(full, reasons=False)
    brief = replace(terse, explained=False)
    bare = replace(brief, headings=False)
    for layout in (full, terse, brief, bare):
        if layout.fits(limits):
            value = sum(planned.worth for planned in layout.new)
            return Fitted(layout, [], value, value)
    former = bare.with_rules([]).data()
    lines, size = limits.lines - former.count(b"\n"), limits.bytes - len(former)
    if lines < 0 or size < 0:
        raise InputError(
            full.former_name or "disavow.txt",
            f"the former file alone is over the limits of {limits.lines:,} lines and {limits.bytes:,} bytes",
            "shorten it, no line of it is dropped here",
        )
    return _chosen(bare, lines, size)


def _chosen(bare: Layout, lines: int, size: int) -> Fitted:
    """The new rules that are worth most, within what the former file leaves of lines and bytes."""
    rules = sorted(bare.new, key=lambda planned: (-planned.probability, planned.rule.value))
    values = np.array([planned.worth for planned in rules])
    sizes = np.array([len(planned.rule.text) + 1 for planned in rules])
    choice = choose_lines(values, sizes, lines=lines, size=size)
    written = [planned for planned, is_in in zip(rules, choice.chosen.tolist(), strict=True) if is_in]
    dropped = [planned for planned, is_in in zip(rules, choice.chosen.tolist(), strict=True) if not is_in]
    return Fitted(bare.with_rules(arranged(written)), dropped, choice.value, choice.bound)
