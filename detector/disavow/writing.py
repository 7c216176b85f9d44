"""Writing a disavow file: choose and fit the rules, prove the result, put it in place all at once."""

from __future__ import annotations

import os
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from detector.disavow.fitting import Chosen, Fitted, choose, fit
from detector.disavow.layout import Layout
from detector.disavow.merging import Former, take_over
from detector.disavow.parsing import INVALID, DisavowFile
from detector.disavow.plan import LeftOut, Plan
from detector.disavow.rules import DOMAIN, Limits, RuleSet
from detector.errors import DetectorError, InputError, UsageError
from detector.guards import Guards
from detector.links.domains import TENANT_HOST

_SHOWN = 20  # as many sentences of one sort stand in a summary


@dataclass(frozen=True)
class WrittenFile:
    """What was written, and what was not.

    Attributes:
        path: the file.
        lines, bytes: its size.
        former_rules, new_rules: number of rules from the former file, and of new ones.
        rules: referring domain -> the rule that covers it (of several pages the first, and how many more);
            only units of the plan.
        held_back: old lines that a guard forbids, with line number and reason.
        left_out: planned rules that do not stand in the file, each with the reason.
        folded: domain rules that stand for several URL rules, with their number.
        warnings: sentences for the summary, the gravest first.
    """

    path: Path
    lines: int
    bytes: int
    former_rules: int
    new_rules: int
    rules: Mapping[str, str]
    held_back: Sequence[str]
    left_out: Sequence[LeftOut]
    folded: Mapping[str, int]
    warnings: Sequence[str]


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
        plan: the new rules.
        guards: what must never stand in the file.
        site: the site it is for (for the header).
        today: the day (for the header and the comments).
        existing: the former file; every line of it goes on, see ``merging``.
        limits: other limits than Google's (for tests and budgets).

    Raises:
        UsageError: the name does not end in ``.txt``.
        InputError: the former file alone is over the limits, or the file cannot be written.
        DetectorError: the result is not what it must be (a fault of ours; nothing is written).
    """
    if path.suffix != ".txt":
        raise UsageError(f"{path.name}: Google takes only a file whose name ends in .txt")
    limits = limits or Limits()
    former = take_over(existing, guards)
    chosen = choose(plan, former, guards)
    name = Path(existing.name).name if existing else ""
    full = Layout(site, today, former, name, chosen.new)
    fitted = fit(full, guards, limits)
    data = fitted.layout.data()
    _prove(data, fitted.layout, guards, limits)
    _replace(path, data)
    written = RuleSet([*former.rules, *(planned.rule for planned in fitted.layout.new)])
    return WrittenFile(
        path=path,
        lines=data.count(b"\n"),
        bytes=len(data),
        former_rules=len(former.rules),
        new_rules=len(fitted.layout.new),
        rules=_rule_of_units(plan, written),
        held_back=former.held_back,
        left_out=[*plan.left_out, *chosen.forbidden, *fitted.left_out, *_covered_by_none(chosen, written)],
        folded=fitted.folded,
        warnings=_warnings(former, name, plan, chosen, fitted, guards),
    )


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


def _replace(path: Path, data: bytes) -> None:
    """Write beside and rename, so that a reader sees the old file or the new one."""
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        draft = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            draft.chmod(0o644)
            draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(path, f"it cannot be written ({error.strerror or error})") from error


# ---------------------------------------------------------------------- summary


def _rule_of_units(plan: Plan, written: RuleSet) -> dict[str, str]:
    covering: dict[str, set[str]] = defaultdict(set)
    for planned in plan.rules:
        rule = written.covers(planned.rule)
        if rule is not None:
            covering[planned.unit].add(rule.text)
    return {
        unit: min(texts) + (f" (and {len(texts) - 1:,} more)" if len(texts) > 1 else "")
        for unit, texts in covering.items()
    }


def _warnings(
    former: Former, name: str, plan: Plan, chosen: Chosen, fitted: Fitted, guards: Guards
) -> list[str]:
    """Sentences for the summary: what was held back leads."""
    said = _some([f"Held back from {name}: {held}." for held in former.held_back])
    said += _some([f"Not written: {left.what}: {left.why}." for left in chosen.forbidden])
    if fitted.left_out:
        count = _are(len(fitted.left_out), "new rule")
        said.append(f"{count} left out, the least certain ones: the file would be over Google's limits.")
    said += _some(
        [
            f"{rule} stands for {pages:,} pages: all known links are flagged."
            for rule, pages in fitted.folded.items()
        ]
    )
    if former.unread:
        count, numbers = _are(len(former.unread), "line"), _numbers(former.unread)
        said.append(f"{count} kept as a comment: no rule that Google reads ({name}, {numbers}).")
    if former.respelled:
        count, numbers = _are(len(former.respelled), "old rule"), _numbers(former.respelled)
        said.append(f"{count} spelled anew, as Google's help shows it ({name}, {numbers}).")
    said += _some([f"No rule for {left.what}: {left.why}." for left in plan.left_out])
    new = [planned.rule.value for planned in fitted.layout.new if planned.rule.kind == DOMAIN]
    tenants = [host for host in new if _is_unlisted_tenant(host, guards)]
    if tenants:
        examples = ", ".join(tenants[:3]) + (", ..." if len(tenants) > 3 else "")
        said.append(
            f"{_are(len(tenants), 'new rule')} for a tenant of a host that the Public Suffix List does not "
            f"know ({examples}): on a rare free host Google may take such a rule for the whole host."
        )
    return said


def _is_unlisted_tenant(host: str, guards: Guards) -> bool:
    registrable, _, kind = guards.domains.describe_one(host)
    return kind == TENANT_HOST and registrable != host


def _some(sentences: list[str]) -> list[str]:
    more = len(sentences) - _SHOWN
    return [*sentences[:_SHOWN], f"... and {more:,} more of this sort."] if more > 0 else sentences


def _are(count: int, what: str) -> str:
    return f"{count:,} {what} is" if count == 1 else f"{count:,} {what}s are"


def _numbers(numbers: Sequence[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:10])
    return f"line{'s' * (len(numbers) > 1)} {shown}{', ...' * (len(numbers) > 10)}"
