"""From decisions to files: the disavow file with its check, the report, and the list of whom to ask for removal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import polars as pl

from detector.auditing.reporting import REPORT, branding_of, report_again
from detector.disavow.audited import Audited, read_audit, recorded
from detector.disavow.checking import Finding, check, is_fit
from detector.disavow.judged import BY_PERSON
from detector.disavow.parsing import DisavowFile
from detector.disavow.proposal import Proposal, propose
from detector.history.audits import AuditFolder
from detector.history.starting import start_from
from detector.report.branding import read_branding
from detector.report.sheet import harmless
from detector.review.decisions import DISAVOW, IGNORE, KEEP, LATER, URL
from detector.review.session import Review
from detector.review.store import read_decisions
from detector.verdict import REVIEW

#: Decision -> the verdict that the plan goes by; put off means that nothing is written yet.
_VERDICTS: Final = {DISAVOW: DISAVOW, KEEP: KEEP, IGNORE: IGNORE, LATER: REVIEW}
NAME: Final = "disavow.txt"
REQUESTS: Final = "removal-requests.csv"
_PAGES: Final = 3  # that are named to a webmaster


@dataclass(frozen=True)
class Export:
    """A disavow file made of decisions.

    Attributes:
        proposal: the file, and what it would take away.
        findings: what the check says of it.
        decided, proposed: how many domains are disavowed by decision; and by the audit alone.
    """

    proposal: Proposal
    findings: list[Finding]
    decided: int
    proposed: int

    @property
    def data(self) -> bytes:
        """The file."""
        return self.proposal.file.data

    @property
    def fit(self) -> bool:
        """Whether it can be uploaded: the check finds no error and no danger."""
        return is_fit(self.findings)

    def as_dict(self) -> dict[str, Any]:
        """For the page."""
        file, totals = self.proposal.file, self.proposal.losses.totals
        return {
            "text": self.data.decode("utf-8"),
            "name": NAME,
            "fit": self.fit,
            "findings": [finding.as_dict() for finding in self.findings],
            "decided": self.decided,
            "proposed": self.proposed,
            "lines": file.lines,
            "bytes": file.bytes,
            "old_rules": file.former_rules,
            "new_rules": file.new_rules,
            "links": totals["file"]["links"],
            "followed_links": totals["file"]["followed_links"],
            "held_back": list(file.held_back),
            "left_out": [{"what": left.what, "why": left.why} for left in file.left_out],
            "warnings": self.proposal.warnings,
        }


def export(review: Review, *, with_proposals: bool) -> Export:
    """Make the disavow file of a review: what stood in the former file goes on, what was decided decides.

    Args:
        with_proposals: also disavow what the audit proposes and nobody has decided on.

    Raises:
        InputError: a file of the audit, or the former disavow file, cannot be read.
        DetectorError: the file is not what it must be (a fault of ours).
    """
    audited = read_audit(review.folder, review.domains)
    old = recorded(None, audited.disavow, "--disavow")
    start = start_from(old, audited.site, review.stores, review.domains)
    decided, counts = with_decisions(audited, review.store.standing(), with_proposals=with_proposals)
    today = review.now().astimezone().date()
    proposal = propose(decided, guards=review.guards, today=today, existing=start.file)
    file = DisavowFile.parse(proposal.file.data, NAME)
    return Export(proposal, check(file, review.guards), *counts)


def report_anew(review: Review) -> Path:
    """Make ``report.html`` of the audit's folder anew, with what is decided; it bears the same name and logo as before.

    Raises:
        InputError: a file of the audit, or the logo, cannot be read, or the report cannot be written.
    """
    branding = read_branding(*branding_of(review.folder))
    report_again(review.folder, read_decisions(review.folder), branding=branding, xlsx=False)
    return review.folder / REPORT


def with_decisions(
    audited: Audited, decisions: pl.DataFrame, *, with_proposals: bool
) -> tuple[Audited, tuple[int, int]]:
    """The verdicts of an audit as decided, and how many domains are disavowed by decision, and by the audit alone.

    Args:
        decisions: as ``store.read_decisions`` returns them; what is about no domain of the audit is left out.
    """
    known = set(audited.verdicts["referring_domain"])
    rows = {row["referring_domain"]: row for row in audited.verdicts.iter_rows(named=True)}
    undecided = rows.keys() - set(decisions["subject"])
    proposed = [name for name in undecided if rows[name]["verdict"] == DISAVOW]
    if not with_proposals:
        for name in proposed:
            rows[name]["verdict"] = REVIEW
    by_person = decided = 0
    for told in decisions.iter_rows(named=True):
        if told["unit"] not in known:
            continue
        before = rows.get(told["subject"])
        row = _decided(told, before)
        rows[told["subject"]] = row
        decided += row["verdict"] == DISAVOW
        by_person += row["kind"] == BY_PERSON
    verdicts = pl.DataFrame(list(rows.values()), schema=audited.verdicts.schema)
    return replace(audited, verdicts=verdicts, by_person=audited.by_person + by_person), (
        decided,
        len(proposed) if with_proposals else 0,
    )


def _decided(told: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
    """A verdict row of a decision: who decided, when, and why stand where the audit's reasons stood."""
    verdict = _VERDICTS[told["decision"]]
    against = verdict == DISAVOW and (before is None or before["verdict"] != DISAVOW)
    why = told["note"] or (before["reasons"] if before else "") or (told["reasons"] or "").partition("; ")[0]
    return {
        "referring_domain": told["subject"],
        "verdict": verdict,
        "probability": before["probability"] if before else told["probability"],
        "kind": BY_PERSON if against else (before["kind"] if before else told["kind"] or ""),
        "reasons": f"decided by {told['who'] or 'a person'} on {told['at']:%Y-%m-%d}{': ' if why else ''}{why}",
    }


def removal_requests(review: Review, *, with_proposals: bool) -> bytes:
    """The list of whom to ask for removal, as CSV to be filled in: read by ``detector disavow reconsideration --outreach``.

    One row a referring domain to be disavowed, the most links first. ``Date``, ``Contact``, ``Channel``, ``Answer`` and
    ``Removed`` are for the person who asks. Texts that a spreadsheet would run begin with an apostrophe.
    """
    standing = review.store.standing().filter(pl.col("scope") != URL)
    decided = standing.select(referring_domain="subject", decision="decision", note="note")
    table = review.table.join(decided, on="referring_domain", how="left")
    wanted = pl.col("decision") == DISAVOW
    if with_proposals:
        wanted |= pl.col("decision").is_null() & (pl.col("verdict") == DISAVOW)
    table = table.filter(wanted).sort("links", "referring_domain", descending=[True, False])
    links = AuditFolder(review.folder, review.record, pl.DataFrame()).links()
    pages = (
        links.filter(pl.col("referring_domain").is_in(table["referring_domain"].implode()))
        .group_by("referring_domain")
        .agg(
            pl.col("source_url").drop_nulls().unique().sort().head(_PAGES).alias("pages"),
            pl.col("target_url").drop_nulls().unique().sort().first().alias("target"),
        )
        .collect(engine="streaming")
    )
    empty = pl.lit("")
    listed = table.join(pages, on="referring_domain", how="left", maintain_order="left").select(
        empty.alias("Date"),
        pl.col("referring_domain").alias("Domain"),
        empty.alias("Contact"),
        empty.alias("Channel"),
        empty.alias("Answer"),
        empty.alias("Removed"),
        pl.col("pages").list.join(" ").fill_null("").alias("Example pages"),
        pl.col("target").fill_null("").alias("Links to"),
        pl.col("links").alias("Links"),
        pl.col("anchors").fill_null("").alias("Anchors"),
        pl.col("kind").alias("Kind"),
        pl.coalesce(pl.col("note").replace("", None), pl.col("reasons").list.first())
        .fill_null("")
        .alias("Why"),
    )
    return harmless(listed).write_csv().encode()
