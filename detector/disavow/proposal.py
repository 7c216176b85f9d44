"""A plan for a site: verdicts in; the file that says them, and what it would take away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from detector.disavow.audited import Audited
from detector.disavow.files import write_atomically
from detector.disavow.judged import BY_PERSON, Judged
from detector.disavow.loss import Losses, losses
from detector.disavow.merging import take_over
from detector.disavow.parsing import DisavowFile
from detector.disavow.plan import plan
from detector.disavow.rules import Limits
from detector.disavow.writing import ComposedFile, check_name, compose_disavow
from detector.errors import UsageError
from detector.guards import Guards


@dataclass(frozen=True)
class Proposal:
    """A file that is proposed.

    Attributes:
        audited: the audit it follows from.
        limits: what it had to fit into.
        file: the file, and what is not in it.
        losses: what it takes away.
        expected_wrong: so many of the new lines are to be expected to be wrong, if the probabilities are right: the
            sum of 1 - probability over the lines that the audit asks for.
        by_person: new lines that a person asks for, and the audit alone would not have written.
        warnings: sentences, the gravest first.
    """

    audited: Audited
    limits: Limits
    file: ComposedFile
    losses: Losses
    expected_wrong: float
    by_person: int
    warnings: list[str]

    def write(self, path: Path) -> None:
        """Write the file, all or nothing.

        Raises:
            UsageError: the name does not end in ``.txt``.
            InputError: it cannot be written.
        """
        check_name(path)
        write_atomically(path, self.file.data)

    def as_dict(self) -> dict[str, Any]:
        """The plan for machines; the fields are a contract, see docs/disavow-plan.md."""
        table = self.losses.rules
        return {
            "site": self.audited.site,
            "limits": {"lines": self.limits.lines, "bytes": self.limits.bytes},
            "lines": self.file.lines,
            "bytes": self.file.bytes,
            "old_rules": self.file.former_rules,
            "new_rules": self.file.new_rules,
            "expected_wrong_lines": round(self.expected_wrong, 4),
            "lines_by_person": self.by_person,
            "benefit": {"written": round(self.file.value, 6), "at_most": round(self.file.bound, 6)},
            "totals": self.losses.totals,
            "authority_metric": self.losses.metric,
            "rated_domains": self.losses.rated_domains,
            "look_twice": self.losses.to_look_at()["rule"].to_list(),
            "rules": table.to_dicts(),
            "held_back": list(self.file.held_back),
            "left_out": [{"what": left.what, "why": left.why} for left in self.file.left_out],
            "warnings": self.warnings,
        }


def limits_of(lines: int | None, size: int | None) -> Limits:
    """The limits that a user gives, Google's where none is given.

    Raises:
        UsageError: a limit is above Google's, or below 1.
    """
    google = Limits()
    for option, value, most in (("--max-lines", lines, google.lines), ("--max-bytes", size, google.bytes)):
        if value is not None and not 1 <= value <= most:
            raise UsageError(
                f"{option} {value}: give a number from 1 to {most:,}, which is what Google takes"
            )
    return Limits(lines or google.lines, size or google.bytes)


def propose(
    audited: Audited,
    *,
    guards: Guards,
    today: date,
    existing: DisavowFile | None = None,
    limits: Limits | None = None,
) -> Proposal:
    """Plan the rules for an audit's verdicts.

    Args:
        audited: the audit, with the verdicts as they stand.
        guards: what must never stand in the file.
        today: the day (for the header and the comments).
        existing: the former file; every line of it goes on.
        limits: other limits than Google's.

    Raises:
        InputError: the former file alone is over the limits.
        DetectorError: the result is not what it must be (a fault of ours).
    """
    limits = limits or Limits()
    judged = Judged(audited.verdicts)
    former = take_over(existing, guards)
    wanted = plan(judged, audited.profile, guards=guards, former=former.rules)
    file = compose_disavow(
        wanted, guards=guards, site=audited.site, today=today, existing=existing, limits=limits
    )
    lost = losses(audited.profile, judged, new=file.new, old=file.former.rules, dropped=file.dropped)
    asked = [planned for planned in file.new if planned.kind != BY_PERSON]
    warnings = [*file.warnings, *_of_old(lost.rules, lost.totals), *audited.notes]
    return Proposal(
        audited,
        limits,
        file,
        lost,
        sum(1 - planned.probability for planned in asked),
        len(file.new) - len(asked),
        warnings,
    )


def _of_old(table: pl.DataFrame, totals: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """What the old lines cover although it is kept."""
    kept = totals["kept_by_old"]
    if not kept["links"]:
        return []
    worst = table.filter(pl.col("kept_links") > 0).sort("kept_links", "rule", descending=[True, False])
    names = ", ".join(worst["rule"].head(3).to_list()) + (", ..." if worst.height > 3 else "")
    return [
        f"Old rules cover {kept['links']:,} links that are not marked disavow, {kept['followed_links']:,} of them followed"
        f" ({names}): are these lines still wanted?"
    ]
