"""What an audit tells: the table of referring domains, and the content of ``audit.json``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from detector.classifier.store import Loaded, versions
from detector.disavow.writing import WrittenFile
from detector.guards import Guards
from detector.links.domains import Domains
from detector.links.merging import Stored
from detector.links.reading import FileReport, Reading
from detector.links.sources import told
from detector.links.targets import Targets
from detector.report.opinions import opinions
from detector.signals.site import Site
from detector.verdict import VERDICTS, Advice, Thresholds

if TYPE_CHECKING:
    from detector.auditing import Settings


def domain_table(
    decided: pl.DataFrame, anchors: pl.DataFrame, guards: Guards, written: WrittenFile
) -> pl.DataFrame:
    """The table of referring domains as it is shown: the most probable first."""
    quoted = (
        anchors.select("referring_domain", "text", "n")
        .filter(pl.col("text") != "")
        .sort("n", "text", descending=[True, False])
        .group_by("referring_domain", maintain_order=True)
        .agg(anchors=pl.col("text").head(3).str.slice(0, 200))
    )
    guarded = [
        pl.when(pl.col("guard") == code).then(pl.lit(guards.sentence(code)))
        for code in decided["guard"].drop_nulls().unique().sort()
    ]
    rules = pl.DataFrame(
        {"referring_domain": list(written.rules), "rule": list(written.rules.values())},
        schema={"referring_domain": pl.String, "rule": pl.String},
    )
    table = decided.with_columns(
        guard=pl.coalesce(guarded) if guarded else pl.lit(None, pl.String), opinions=opinions(decided)
    )
    for found in (quoted, rules):
        table = table.join(found, on="referring_domain", how="left")
    table = table.with_columns(pl.col("anchors").fill_null([]))
    return table.sort("probability", "referring_domain", descending=[True, False]).select(
        "referring_domain", "links", "probability", "verdict", "kind", "reasons", "rule", "guard", "no_line_needed",
        "followed_links", "live_links", "passing_links", "links_known", "first_seen", "last_seen", "tools", "anchors",
        "example_url", "topic", "opinions", "tier", "log_odds", "ip", "country", "cluster",
    )  # fmt: skip


def summary_of(
    settings: Settings, site: Site, advice: Advice, table: pl.DataFrame, stored: Stored, targets: Targets,
    reading: Reading, loaded: Loaded, domains: Domains, written: WrittenFile, thresholds: Thresholds, now: datetime,
) -> dict[str, Any]:  # fmt: skip
    """The content of ``audit.json``."""
    by_verdict = dict(table["verdict"].value_counts().iter_rows())
    by_tier = dict(table.group_by("tier").len().sort("tier").iter_rows())
    warnings = list(written.warnings)
    for report in reading.files:
        warnings += [f"{report.file}: {warning}" for warning in _warnings(report)]
    if targets.set_aside:
        rows = "row leads" if targets.set_aside == 1 else "rows lead"
        warnings.append(f"{targets.set_aside:,} {rows} to other sites than yours: set aside, not judged.")
    return {
        "site": site.domain,
        "generated": now.isoformat(timespec="seconds"),
        "started_in": told(Path.cwd()),  # where the relative paths of the settings begin
        "headline": advice.headline,
        "summary": advice.summary,
        "warnings": warnings,
        "manual_action": settings.manual_action,
        "counts": {
            "files": len(reading.files),
            "unread_files": sum(report.unread for report in reading.files),
            "records": sum(report.records for report in reading.files if not report.refused),
            "invalid": sum(report.invalid for report in reading.files if not report.refused),
            "set_aside": targets.set_aside,
            "links": int(table["links"].sum()),
            "domains_without_links": table.filter(pl.col("links") == 0).height,
            "stored_rows": stored.links,
            "referring_domains": table.height,
            "verdicts": {verdict: by_verdict.get(verdict, 0) for verdict in VERDICTS},
            "evidence": by_tier,
        },
        "disavow": {
            "path": "disavow.txt",
            "rules": written.former_rules + written.new_rules,
            "lines": written.lines,
            "bytes": written.bytes,
            "new_rules": written.new_rules,
            "held_back": list(written.held_back),
            "left_out": len(written.left_out),
        },
        "files": [_file_entry(report) for report in reading.files],
        "model": {
            **{key: loaded.manifest.get(key) for key in ("version", "trained", "sha256", "suffix_list_date")},
            # In force in this profile, the lowest of its tiers; none where no line is asked for.
            "thresholds": {"disavow": min(thresholds.disavow.values(), default=None), "review": thresholds.review},
        },
        "versions": {**versions(), "suffix_list_date": domains.suffix_list_date, "platforms_date": domains.platforms_date},
        "settings": {
            "own": list(settings.own), "brands": list(settings.brands), "without": list(settings.without),
            "disavow": told(settings.disavow) if settings.disavow else None,
            "whitelist": told(settings.whitelist) if settings.whitelist else None,
        },
    }  # fmt: skip


_UNREADABLE = "the row cannot be read: "


def _warnings(report: FileReport) -> Iterator[str]:
    """What must be said of one file: what was not read of it, and what is odd about it."""
    if report.refused:
        yield f"not read: {report.refused}"
    if report.broken_off:
        yield f"read only in part: {report.broken_off}"
    if report.invalid and not report.refused:
        rows = [p for p in report.problems if p.row is not None and p.column is None]
        first = f" (row {rows[0].row:,}: {rows[0].message.removeprefix(_UNREADABLE)})" if rows else ""
        yield f"{report.invalid:,} {'row' if report.invalid == 1 else 'rows'} could not be read{first}"
    yield from report.warnings


def _file_entry(report: FileReport) -> Mapping[str, Any]:
    return {
        "file": report.file, "tool": report.tool, "report": report.report, "records": report.records,
        "invalid": report.invalid, "warnings": list(report.warnings), "refused": report.refused, "broken_off": report.broken_off,
        "problems": [str(problem) for problem in report.problems[:20]],
    }  # fmt: skip
