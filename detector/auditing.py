"""The main job: exports in; referring domains judged; a disavow file, tables and a report out.

Nothing is decided here; this module only leads the data through the stations, in order.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from detector.classifier import explain
from detector.classifier.model import Model, tiers_of
from detector.classifier.store import Loaded, load, versions
from detector.disavow.parsing import DisavowFile
from detector.disavow.plan import plan
from detector.disavow.writing import WrittenFile, write_disavow
from detector.errors import InputError, UsageError
from detector.guards import Guards, read_whitelist
from detector.links.domains import Domains
from detector.links.merging import Stored, store_links
from detector.links.reading import FileReport, Reading, read
from detector.report.html import write_report
from detector.signals.compute import compute_signals
from detector.signals.facts import Facts
from detector.signals.registry import all_signals, families
from detector.signals.site import Site, make_site
from detector.verdict import VERDICTS, Advice, Thresholds, advise, decide

#: A file of whose targets more than this share belong to another site is somebody else's export.
FOREIGN_SHARE = 0.5

Progress = Callable[[str, float], None]  # stage, and how much of it is done (0 to 1)


@dataclass(frozen=True)
class Settings:
    """What the user asked for.

    Attributes:
        site: the audited site: a domain, a host or an address.
        own: further sites of the user; links to them count as links to the site.
        brands: names under which the site is known.
        disavow: the disavow file in force, to be merged with.
        whitelist: file of domains never to be disavowed.
        manual_action: Google has taken manual action against the site.
        without: signal families that are left out.
        keep_going: go on with the other files when one cannot be read.
    """

    site: str
    own: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    disavow: Path | None = None
    whitelist: Path | None = None
    manual_action: bool = False
    without: tuple[str, ...] = ()
    keep_going: bool = False


@dataclass(frozen=True)
class Audit:
    """What an audit found and wrote.

    Attributes:
        domains: one row per referring domain, the most probable first: ``referring_domain, links, probability, verdict, kind, reasons``
            and more (see docs/audit-files.md).
        advice: whether anything needs doing.
        summary: the content of ``audit.json``.
        folder: where the files are.
    """

    domains: pl.DataFrame
    advice: Advice
    summary: dict[str, Any]
    folder: Path
    files: list[FileReport] = field(repr=False, default_factory=list)

    @property
    def partly_read(self) -> bool:
        """Whether a file was refused or only read in part."""
        return any(report.refused for report in self.files)


class _Targets:
    """Sets rows aside whose target is none of the user's sites, and refuses files about another site."""

    def __init__(self, own: Sequence[str], domains: Domains) -> None:
        self._own, self._domains = list(own), domains
        self.set_aside = 0
        self._seen: dict[str, list[int]] = {}

    def filter(self, batches: Iterator[pl.DataFrame], keep_going: bool) -> Iterator[pl.DataFrame]:
        refused: set[str] = set()
        self.refused: dict[str, str] = {}
        for batch in batches:
            for part in batch.partition_by("file", maintain_order=True) if batch.height else []:
                name = str(part["file"][0])
                if name in refused:
                    continue
                foreign = self._foreign(part)
                known = part["target_host"].count()
                seen = self._seen.setdefault(name, [0, 0])
                seen[0] += int(foreign.sum())
                seen[1] += known
                if seen[1] and seen[0] > FOREIGN_SHARE * seen[1]:
                    self._refuse(name, part.filter(foreign), keep_going, began=seen[1] > known)
                    refused.add(name)
                    continue
                self.set_aside += int(foreign.sum())
                yield part.filter(~foreign)

    def _foreign(self, part: pl.DataFrame) -> pl.Series:
        host = pl.col("target_host")
        mine = pl.any_horizontal(*((host == own) | host.str.ends_with("." + own) for own in self._own))
        return part.select((host.is_not_null() & ~mine).alias("foreign")).to_series()

    def _refuse(self, name: str, foreign: pl.DataFrame, keep_going: bool, began: bool) -> None:
        common = foreign["target_host"].value_counts(sort=True)["target_host"][0]
        other = self._domains.referring_domain(common) or common
        error = InputError(
            name, f"its links lead mostly to {other}, not to {self._own[0]}",
            f"audit it with --site {other}, or add --own {other} if that site is yours",
        )  # fmt: skip
        if not keep_going or began:
            raise error
        self.refused[name] = str(error)


def audit(
    files: Sequence[Path | str],
    settings: Settings,
    out: Path,
    *,
    domains: Domains | None = None,
    loaded: Loaded | None = None,
    now: datetime | None = None,
    progress: Progress = lambda stage, done: None,
) -> Audit:
    """Audit the backlink profile of a site and write everything into a folder.

    Args:
        files: exports, in any mix; see ``links.reading``.
        out: folder for ``disavow.txt, referring-domains.csv, links.parquet, audit.json`` and ``report.html``.
        domains, loaded, now: suffix list, model and clock; the shipped ones and the present without them.

    Raises:
        InputError: a file cannot be read (unless ``keep_going``), or is about another site.
        UsageError: the site, or a family in ``without``, does not exist.
        ModelError: the model cannot be loaded.
    """
    domains = domains or Domains.default()
    now = now or datetime.now().astimezone()
    site, own = _own_sites(settings, domains)
    _check_families(settings.without)
    old = DisavowFile.read(settings.disavow) if settings.disavow else None
    guards = Guards(
        domains,
        site=site.domain,
        own=own,
        whitelist=read_whitelist(settings.whitelist) if settings.whitelist else (),
    )
    loaded = loaded or load()
    out.mkdir(parents=True, exist_ok=True)

    targets = _Targets(own, domains)
    reading = read(
        files, domains=domains, keep_going=settings.keep_going, progress=_reading_progress(progress)
    )
    facts = Facts()
    stored = store_links(
        targets.filter(reading.batches(), settings.keep_going), out / "links.parquet", facts.add
    )
    facts.settle(stored.alone, stored.merged)
    for report in reading.files:
        report.refused = report.refused or targets.refused.get(report.file)
    links = pl.scan_parquet(stored.path)

    progress("signals", 0.0)
    computed = compute_signals(facts, site, domains, loaded.model.words())
    progress("verdicts", 0.0)
    judged = _judge(_without(computed.domains, settings.without), loaded.model)
    thresholds = Thresholds(**loaded.manifest["thresholds"])
    guard = guards.reasons(judged["referring_domain"])
    decided = decide(judged, thresholds, guard, manual_action=settings.manual_action)
    advice = advise(decided, site.domain, manual_action=settings.manual_action)

    progress("files", 0.0)
    rules = plan(
        decided.select(
            "referring_domain", "verdict", "kind", "probability", pl.col("reasons").list.first().fill_null("")
        ),
        links,
    )
    written = write_disavow(
        out / "disavow.txt", rules, existing=old, guards=guards, site=site.domain, today=now.date()
    )
    table = _table(decided, computed.anchors, guards, written)
    summary = _summary(settings, site, advice, table, stored, targets, reading, loaded, domains, written, now)
    _write_csv(table, out / "referring-domains.csv")
    _write_text(out / "audit.json", json.dumps(summary, indent=1, ensure_ascii=False) + "\n")
    write_report(out / "report.html", summary, table)
    progress("files", 1.0)
    return Audit(table, advice, summary, out, reading.files)


def _own_sites(settings: Settings, domains: Domains) -> tuple[Site, list[str]]:
    """The site and the user's other sites as referring domains."""
    own = []
    for name in (settings.site, *settings.own):
        domain = domains.referring_domain(name.strip())
        if not domain or "." not in domain:
            raise UsageError(f"{name!r} is no site: give a domain such as example.com")
        own.append(domain)
    return make_site(own[0], own[1:], settings.brands), own


def _check_families(without: Sequence[str]) -> None:
    known = {*families(), "reputation"}
    for name in without:
        if name not in known:
            raise UsageError(
                f"--without {name}: there is no such family; there are {', '.join(sorted(known))}"
            )


def _reading_progress(progress: Progress) -> Callable[[int, int], None]:
    return lambda done, total: progress("reading", done / total if total else 1.0)


def _without(domains: pl.DataFrame, without: Sequence[str]) -> pl.DataFrame:
    """The signals of the named families made missing."""
    names = [s.name for s in all_signals().values() if s.family in without]
    return domains.with_columns(pl.lit(None, pl.Float64).alias(name) for name in names)


def _judge(domains: pl.DataFrame, model: Model) -> pl.DataFrame:
    """Add ``tier``, ``log_odds``, ``probability`` and ``reasons``."""
    tiers = tiers_of(domains)
    parts = model.contributions(domains)
    log_odds = model.log_odds(parts)
    probability = model.probabilities(log_odds, tiers)
    why = explain.reasons(domains, model.signals, parts, np.asarray(probability >= 0.5))
    return domains.with_columns(
        tiers.alias("tier"),
        pl.Series("log_odds", log_odds, pl.Float64),
        pl.Series("probability", probability, pl.Float64),
        why.alias("reasons"),
    )


def _table(
    decided: pl.DataFrame, anchors: pl.DataFrame, guards: Guards, written: WrittenFile
) -> pl.DataFrame:
    """The table of referring domains as it is shown: the most probable first."""
    quoted = (
        anchors.filter(pl.col("text") != "")
        .sort("n", "text", descending=[True, False])
        .group_by("referring_domain", maintain_order=True)
        .agg(anchors=pl.col("text").head(3).str.slice(0, 200))
    )
    guarded = [
        pl.when(pl.col("guard") == code).then(pl.lit(guards.sentence(code)))
        for code in decided["guard"].drop_nulls().unique().sort()
    ]
    table = decided.join(quoted, on="referring_domain", how="left").join(
        pl.DataFrame({"referring_domain": list(written.rules), "rule": list(written.rules.values())}, schema={"referring_domain": pl.String, "rule": pl.String}),
        on="referring_domain", how="left",
    )  # fmt: skip
    table = table.with_columns(
        guard=pl.coalesce(guarded) if guarded else pl.lit(None, pl.String),
        anchors=pl.col("anchors").fill_null([]),
        opinions=_opinions(),
    )
    return table.sort("probability", "referring_domain", descending=[True, False]).select(
        "referring_domain", "links", "probability", "verdict", "kind", "reasons", "rule", "guard", "no_line_needed",
        "followed_links", "live_links", "links_known", "first_seen", "last_seen", "tools", "anchors", "example_url", "topic",
        "opinions", "tier", "log_odds", "ip", "country",
    )  # fmt: skip


def _opinions() -> pl.Expr:
    """What other vendors say, as sentences with their names."""
    told = []
    for signal in all_signals().values():
        if signal.family == "vendor":
            value = explain.shown_value(signal, signal.name)
            before, _, after = signal.sentence.partition("{value}")
            told.append(
                pl.when(pl.col(signal.name) > 0).then(pl.concat_str(pl.lit(before), value, pl.lit(after)))
            )
    return pl.concat_list(told).list.drop_nulls()


def _summary(
    settings: Settings, site: Site, advice: Advice, table: pl.DataFrame, stored: Stored, targets: _Targets,
    reading: Reading, loaded: Loaded, domains: Domains, written: WrittenFile, now: datetime,
) -> dict[str, Any]:  # fmt: skip
    """The content of ``audit.json``."""
    by_verdict = dict(table.group_by("verdict").len().iter_rows())
    by_tier = dict(table.group_by("tier").len().sort("tier").iter_rows())
    warnings = list(written.warnings)
    for report in reading.files:
        warnings += [f"{report.file}: {warning}" for warning in report.warnings]
        warnings += [str(report.refused)] if report.refused else []
    if targets.set_aside:
        warnings.append(f"{targets.set_aside:,} rows lead to other sites than yours and were set aside.")
    return {
        "site": site.domain,
        "generated": now.isoformat(timespec="seconds"),
        "headline": advice.headline,
        "summary": advice.summary,
        "warnings": warnings,
        "manual_action": settings.manual_action,
        "counts": {
            "files": len(reading.files),
            "records": sum(report.records for report in reading.files),
            "invalid": sum(report.invalid for report in reading.files),
            "set_aside": targets.set_aside,
            "links": int(table["links"].sum()),
            "stored_rows": stored.links,
            "referring_domains": table.height,
            "verdicts": {verdict: by_verdict.get(verdict, 0) for verdict in VERDICTS},
            "evidence": by_tier,
        },
        "disavow": {
            "path": "disavow.txt",
            "lines": written.lines,
            "bytes": written.bytes,
            "new_rules": written.new_rules,
            "held_back": list(written.held_back),
            "left_out": len(written.left_out),
        },
        "files": [_file_entry(report) for report in reading.files],
        "model": {key: loaded.manifest.get(key) for key in ("version", "trained", "sha256", "suffix_list_date", "thresholds")},
        "versions": {**versions(), "suffix_list_date": domains.suffix_list_date, "platforms_date": domains.platforms_date},
        "settings": {
            "own": list(settings.own), "brands": list(settings.brands), "without": list(settings.without),
            "disavow": str(settings.disavow) if settings.disavow else None,
            "whitelist": str(settings.whitelist) if settings.whitelist else None,
        },
    }  # fmt: skip


def _file_entry(report: FileReport) -> Mapping[str, Any]:
    return {
        "file": report.file, "tool": report.tool, "report": report.report, "records": report.records,
        "invalid": report.invalid, "warnings": list(report.warnings), "refused": report.refused,
        "problems": [str(problem) for problem in report.problems[:20]],
    }  # fmt: skip


#: Cells that a spreadsheet would run as a formula (CWE-1236); anchors are written by attackers.
_FORMULA = r"^[=+\-@\t\r]"


def _write_csv(table: pl.DataFrame, path: Path) -> None:
    """The table for spreadsheets: lists joined by |, text that a spreadsheet would run made harmless by a quote."""
    flat = table.with_columns(
        pl.col(name).list.join("; " if name == "reasons" else " | ")
        for name, kind in table.schema.items()
        if kind == pl.List(pl.String)
    ).with_columns(pl.col("probability").round(6), pl.col("log_odds").round(4))
    texts = [name for name, kind in flat.schema.items() if kind == pl.String]
    safe = flat.with_columns(
        pl.when(pl.col(n).str.contains(_FORMULA)).then(pl.lit("'") + pl.col(n)).otherwise(pl.col(n)).alias(n)
        for n in texts
    )
    draft = path.with_name(path.name + ".draft")
    safe.write_csv(draft)
    draft.replace(path)


def _write_text(path: Path, text: str) -> None:
    draft = path.with_name(path.name + ".draft")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
