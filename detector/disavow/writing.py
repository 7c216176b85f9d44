"""Writing a disavow file: choose and fit the rules, prove the result, put it in place all at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from detector.disavow.files import write_atomically
from detector.disavow.fitting import Chosen, Fitted, choose, fit
from detector.disavow.layout import Layout
from detector.disavow.merging import Former, take_over
from detector.disavow.parsing import INVALID, DisavowFile
from detector.disavow.plan import Plan
from detector.disavow.planned import LeftOut, PlannedRule
from detector.disavow.rules import DOMAIN, Limits, RuleSet
from detector.errors import DetectorError, UsageError
from detector.guards import OWN_SITE, Guards
from detector.links.domains import PUBLIC_SUFFIX, TENANT_HOST

_SHOWN = 20  # as many sentences of one sort stand in a summary


@dataclass(frozen=True)
class ComposedFile:
    """A file, what is in it, and what is not.

    Attributes:
        data: its bytes.
        lines, bytes: its size.
        former_rules, new_rules: number of rules from the former file, and of new ones.
        rules: referring domain -> the rule that covers it (of several pages the first, and how many more);
            only units of the plan.
        new, dropped: the new rules that are in the file, and those for which there was no room.
        former: what the former file contributes.
        value, bound: the benefit of ``new`` (see ``budget``), and what no other choice within the limits could exceed.
        held_back: old lines that a guard forbids, with line number and reason.
        left_out: what does not stand in the file although it was wanted, each with the reason.
        warnings: sentences for the summary, the gravest first.
    """

    data: bytes
    lines: int
    bytes: int
    former_rules: int
    new_rules: int
    rules: Mapping[str, str]
    new: Sequence[PlannedRule]
    dropped: Sequence[PlannedRule]
    former: Former
    value: float
    bound: float
    held_back: Sequence[str]
    left_out: Sequence[LeftOut]
    warnings: Sequence[str]


@dataclass(frozen=True)
class WrittenFile(ComposedFile):
    """The same once it is written, and where."""

    path: Path


def write_disavow(
    path: Path,
    plan: Plan,
    *,
    guards: Guards,
    site: str,
    today: date,
    existing: DisavowFile | None = None,
    limits: Limits | None = None,
) -> WrittenFile:
    """Write a disavow file that Google accepts.

    Args:
        path: where to; its name must end in ``.txt``. A file there is replaced, all or nothing.
        plan, guards, site, today, existing, limits: see ``compose_disavow``.

    Raises:
        UsageError: the name does not end in ``.txt``.
        InputError: the former file alone is over the limits, or the file cannot be written.
        DetectorError: the result is not what it must be (a fault of ours; nothing is written).
    """
    check_name(path)
    composed = compose_disavow(plan, guards=guards, site=site, today=today, existing=existing, limits=limits)
    write_atomically(path, composed.data)
    return WrittenFile(**vars(composed), path=path)


def check_name(path: Path) -> None:
    """See that a file may be uploaded under its name.

    Raises:
        UsageError: the name does not end in ``.txt``.
    """
    if path.suffix != ".txt":
        raise UsageError(f"{path.name}: Google takes only a file whose name ends in .txt")


def compose_disavow(
    plan: Plan,
    *,
    guards: Guards,
    site: str,
    today: date,
    existing: DisavowFile | None = None,
    limits: Limits | None = None,
) -> ComposedFile:
    """Compose a disavow file that Google accepts, and write it nowhere.

    Args:
        plan: the new rules.
        guards: what must never stand in the file.
        site: the site it is for (for the header).
        today: the day (for the header and the comments).
        existing: the former file; every line of it goes on, see ``merging``.
        limits: other limits than Google's (for tests and budgets).

    Raises:
        InputError: the former file alone is over the limits.
        DetectorError: the result is not what it must be (a fault of ours).
    """
    limits = limits or Limits()
    former = take_over(existing, guards)
    chosen = choose(plan, former, guards)
    name = Path(existing.name).name if existing else ""
    fitted = fit(Layout(site, today, former, name, chosen.new), limits)
    data = fitted.layout.data()
    _prove(data, fitted.layout, guards, limits)
    written = RuleSet([*former.rules, *(planned.rule for planned in fitted.layout.new)])
    return ComposedFile(
        data=data,
        lines=data.count(b"\n"),
        bytes=len(data),
        former_rules=len(former.rules),
        new_rules=len(fitted.layout.new),
        rules=_rule_of_units(plan, written),
        new=fitted.layout.new,
        dropped=fitted.dropped,
        former=former,
        value=fitted.value,
        bound=fitted.bound,
        held_back=former.held_back,
        left_out=[
            *plan.left_out,
            *chosen.forbidden,
            *(LeftOut(planned.rule.text, _why_dropped(planned)) for planned in fitted.dropped),
            *_covered_by_none(chosen, written),
        ],
        warnings=_warnings(former, name, plan, chosen, fitted, guards, limits),
    )


def _why_dropped(planned: PlannedRule) -> str:
    links = f"{planned.links:,} link{'s' * (planned.links != 1)}, {planned.followed:,} of them followed"
    return f"there was no room for it; it would have covered {links}"


def _covered_by_none(chosen: Chosen, written: RuleSet) -> list[LeftOut]:
    """Rules that were not written because a wider one was to be, which was then left out."""
    why = "the wider rule that covers it was left out"
    return [LeftOut(rule.text, why) for rule in chosen.covered if not written.covers(rule)]


def _prove(data: bytes, layout: Layout, guards: Guards, limits: Limits) -> None:
    """Read what is about to be written as a stranger would, and refuse anything that must not be.

    Raises:
        DetectorError: naming the first thing found.
    """
    parsed = DisavowFile.parse(data)
    rules = parsed.rule_set
    expected = [*layout.former.rules, *(planned.rule for planned in layout.new)]
    texts = [line.text for line in parsed.lines]
    faults = {
        "it is over the limits": len(data) > limits.bytes or data.count(b"\n") > limits.lines,
        "it is not plain UTF-8 with LF": b"\r" in data or data.startswith(b"\xef\xbb\xbf"),
        "a line is no rule that Google reads": any(
            line.kind == INVALID or line.fault or line.text != line.text.strip() for line in parsed.lines
        ),
        "a rule is one that a guard forbids": any(guards.reason(rule.value) for rule in parsed.rules),
        "a rule is missing": not all(rules.covers(rule) for rule in expected),
        "a rule is one too many": len(parsed.rules) != len(expected),
        "a line of the former file is missing": not _in_order(layout.former_lines, texts),
    }
    for fault, found in faults.items():
        if found:
            raise DetectorError(f"The disavow file was not written: {fault}. Please report this.")


def _in_order(lines: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether ``lines`` stand in ``texts`` in their order."""
    rest = iter(texts)
    return all(line in rest for line in lines)


# ---------------------------------------------------------------------- summary


def _rule_of_units(plan: Plan, written: RuleSet) -> dict[str, str]:
    covering: dict[str, set[str]] = defaultdict(set)
    for planned in [*plan.rules, *plan.covered]:
        rule = written.covers(planned.rule)
        if rule is not None:
            covering[planned.unit].add(rule.text)
    return {
        unit: min(texts) + (f" (and {len(texts) - 1:,} more)" if len(texts) > 1 else "")
        for unit, texts in covering.items()
    }


def _warnings(
    former: Former,
    name: str,
    plan: Plan,
    chosen: Chosen,
    fitted: Fitted,
    guards: Guards,
    limits: Limits,
) -> list[str]:
    """Sentences for the summary: what was held back leads."""
    held_back = [f"Held back from {name}: {held}." for held in _gravest_shown(former.held_back)]
    said = _some(held_back, f"Held back from {name}, see the file:", "line")
    said += _some(
        [f"Not written: {left.what}: {left.why}." for left in chosen.forbidden], "Not written:", "rule"
    )
    if fitted.dropped:
        said.append(_what_was_dropped(fitted, limits))
    said += _some(
        [
            f"{planned.rule.text} stands for {planned.pages:,} pages: every known link there is flagged."
            for planned in fitted.layout.new
            if planned.pages > 1
        ],
        "Standing for pages of which every known link is flagged:",
        "rule",
    )
    if former.unread:
        count, numbers = _are(len(former.unread), "line"), _numbers(former.unread)
        said.append(f"{count} kept as a comment: no rule that Google reads ({name}, {numbers}).")
    if former.respelled:
        count, numbers = _are(len(former.respelled), "old rule"), _numbers(former.respelled)
        said.append(f"{count} spelled anew, as Google's help shows it ({name}, {numbers}).")
    said += _some([f"No rule for {left.what}: {left.why}." for left in plan.left_out], "No rule for", "name")
    new = [planned.rule.value for planned in fitted.layout.new if planned.rule.kind == DOMAIN]
    tenants = [host for host in new if _is_unlisted_tenant(host, guards)]
    if tenants:
        examples = ", ".join(tenants[:3]) + (", ..." if len(tenants) > 3 else "")
        said.append(
            f"{_are(len(tenants), 'new rule')} for a tenant of a host that the Public Suffix List does not "
            f"know ({examples}): on a rare free host Google may take such a rule for the whole host."
        )
    return said


def _what_was_dropped(fitted: Fitted, limits: Limits) -> str:
    links = sum(planned.links for planned in fitted.dropped)
    followed = sum(planned.followed for planned in fitted.dropped)
    kept = fitted.value / fitted.bound if fitted.bound else 1.0
    proof = "no other choice has more" if kept > 1 - 1e-9 else f"at least {kept:.4%} of the most that fits"
    return (
        f"{_are(len(fitted.dropped), 'new rule')} left out: the file would be over the limits of {limits.lines:,} lines and"
        f" {limits.bytes:,} bytes. Comments went first. Left uncovered are {links:,} links, {followed:,} of them followed. The"
        f" rules with the most expected benefit were chosen ({proof})."
    )


def _is_unlisted_tenant(host: str, guards: Guards) -> bool:
    registrable, _, kind = guards.domains.describe_one(host)
    return kind == TENANT_HOST and registrable != host


def _some(sentences: list[str], rest: str, what: str) -> list[str]:
    """The first sentences of one sort, and how many more there are of what: said in full, for it may stand elsewhere."""
    more = len(sentences) - _SHOWN
    if more <= 0:
        return sentences
    return [*sentences[:_SHOWN], f"{rest} {more:,} more {what}{'s' * (more > 1)}."]


def _gravest_shown(held_back: Sequence[str]) -> list[str]:
    """Lines held back in their order; of more than are shown, those first that would hit the own site or a suffix."""
    if len(held_back) <= _SHOWN:
        return list(held_back)
    grave = tuple(f"({Guards.words(code)})" for code in (OWN_SITE, PUBLIC_SUFFIX))
    return sorted(held_back, key=lambda held: not held.partition(": ")[0].endswith(grave))


def _are(count: int, what: str) -> str:
    return f"{count:,} {what} is" if count == 1 else f"{count:,} {what}s are"


def _numbers(numbers: Sequence[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:10])
    return f"line{'s' * (len(numbers) > 1)} {shown}{', ...' * (len(numbers) > 10)}"
