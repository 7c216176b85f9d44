"""Which planned rules stand in the file: those that may, that say something new, and that fit.

A list over Google's limits is shortened in this order, each step only as far as needed: the comments with
reasons go; old lines that Google does not read no longer say why; URL lines fold into a domain line where
every known link of the site is flagged and no guard fires (a path tenant never becomes its platform); the
least certain new rules are left out; the headings go. Lines of the former file are never dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from detector.disavow.layout import Layout, arranged
from detector.disavow.merging import Former
from detector.disavow.plan import LeftOut, Plan, PlannedRule
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
    chosen = Chosen([], [], [])
    former_rules = RuleSet(former.rules)
    # Domains first, and short names before long ones: what a wider rule covers need not be said again.
    for planned in sorted(plan.rules, key=lambda p: (p.rule.kind != DOMAIN, len(p.rule.value), p.rule.value)):
        code = guards.reason(planned.rule.value)
        if code is not None:
            chosen.forbidden.append(LeftOut(planned.rule.text, f"a guard forbids it ({guards.words(code)})"))
            continue
        if former_rules.covers(planned.rule):
            continue
        if known.covers(planned.rule):
            chosen.covered.append(planned.rule)
            continue
        chosen.new.append(planned)
        known.add(planned.rule)
    return replace(chosen, new=arranged(chosen.new))


@dataclass
class Fitted:
    """A layout that fits, and what that cost."""

    layout: Layout
    folded: dict[str, int]
    left_out: list[LeftOut]


def fit(full: Layout, guards: Guards, limits: Limits) -> Fitted:
    """Shorten a layout until Google takes it.

    Raises:
        InputError: the former file alone is over the limits.
    """
    if full.fits(limits):
        return Fitted(full, {}, [])
    terse = replace(full, reasons=False)
    if not terse.fits(limits):
        terse = replace(terse, explained=False)
    if terse.fits(limits):
        return Fitted(terse, {}, [])
    folds = _folds(terse.new, guards)
    count = _fewest(len(folds), lambda n: terse.with_rules(_folded(terse.new, folds[:n])).fits(limits))
    folded = {whole.rule.text: len(pages) for whole, pages in folds[:count]}
    small = terse.with_rules(_folded(terse.new, folds[:count]))
    if small.fits(limits):
        return Fitted(small, folded, [])
    for layout in (small, replace(small, headings=False)):
        if layout.with_rules([]).fits(limits):
            return _least_certain_out(layout, folded, limits)
    raise InputError(
        full.former_name or "disavow.txt",
        f"the former file alone is over Google's limits of {limits.lines:,} lines and {limits.bytes:,} bytes",
        "shorten it, no line of it is dropped here",
    )


_Fold = tuple[PlannedRule, list[PlannedRule]]


def _folds(rules: Sequence[PlannedRule], guards: Guards) -> list[_Fold]:
    """Domain rules that may stand for several URL rules each; those that save most first."""
    pages: dict[Rule, list[PlannedRule]] = defaultdict(list)
    for planned in rules:
        if planned.whole is not None:
            pages[planned.whole].append(planned)
    folds = []
    for whole, group in pages.items():
        if len(group) > 1 and guards.reason(whole.value) is None:
            least = min(group, key=lambda planned: planned.probability)
            folds.append((replace(least, rule=whole, whole=None), group))
    return sorted(folds, key=lambda fold: (-len(fold[1]), fold[0].rule.value))


def _folded(rules: Sequence[PlannedRule], folds: Sequence[_Fold]) -> list[PlannedRule]:
    gone = {planned.rule for _, group in folds for planned in group}
    return arranged(
        [*(whole for whole, _ in folds), *(planned for planned in rules if planned.rule not in gone)]
    )


def _least_certain_out(layout: Layout, folded: dict[str, int], limits: Limits) -> Fitted:
    by_doubt = sorted(layout.new, key=lambda planned: (planned.probability, planned.rule.value))

    def without(count: int) -> Layout:
        gone = {planned.rule for planned in by_doubt[:count]}
        return layout.with_rules([planned for planned in layout.new if planned.rule not in gone])

    dropped = _fewest(len(by_doubt), lambda count: without(count).fits(limits))
    why = "the file would be over Google's limits, and it is among the least certain"
    return Fitted(
        without(dropped), folded, [LeftOut(planned.rule.text, why) for planned in by_doubt[:dropped]]
    )


def _fewest(most: int, enough: Callable[[int], bool]) -> int:
    """The smallest number up to ``most`` that is enough; ``most`` where none is."""
    low, high = 0, most
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle + 1, high)
    return low
