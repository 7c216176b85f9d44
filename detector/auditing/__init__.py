"""The main job: exports in; referring domains judged; a disavow file, tables and a report out.

Nothing is decided here; this module only leads the data through the stations, in order.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import polars as pl

from detector.auditing.judging import judge, shared_signs
from detector.auditing.paged import judge_by_pages, pages_sentence, read_pages
from detector.auditing.placing import take_places
from detector.auditing.promising import learnt_of, promise_record, promise_sentences, too_weak
from detector.auditing.reporting import JUDGED, write_reports
from detector.auditing.signals_file import SIGNALS, write_signals
from detector.auditing.telling import domain_table, summary_of
from detector.auditing.waves import clusters_told
from detector.classifier.evidence import Evidence
from detector.classifier.explain import chosen, told_reasons
from detector.classifier.kept import Promise, check_supported, keep, sample_of
from detector.classifier.promise import RISK
from detector.classifier.store import Loaded, load
from detector.disavow.plan import plan
from detector.disavow.profile import Profile
from detector.disavow.writing import write_disavow
from detector.errors import DetectorError, UsageError, writing
from detector.guards import Guards, read_whitelist
from detector.history.naming import site_of
from detector.history.starting import start_from
from detector.history.whitelists import remembered_whitelist
from detector.links.domains import Domains
from detector.links.merging import Stored, store_links
from detector.links.reading import FileReport, Reading, read
from detector.links.sources import told
from detector.links.targets import Targets
from detector.reference.lookup import Reference
from detector.report.branding import read_branding
from detector.report.sheet import write_table
from detector.signals.compute import Computed, compute_signals
from detector.signals.facts import Facts
from detector.signals.registry import all_signals, families
from detector.signals.site import Site, make_site
from detector.verdict import (
    ORDINARY,
    UNIVERSITIES,
    Advice,
    Thresholds,
    advise,
    decide,
    is_held_back,
    weigh,
)

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
        risk: share of the proposed lines that may be wrong (0 to 0.5); see docs/promise.md.
        without: signal families that are left out.
        keep_going: go on with the other files when one cannot be read.
        pages: look at ``pages.parquet`` in the folder of the results, which ``detector crawl`` made there for the audit before.
        stores: folder of the histories of sites: without ``disavow`` the last upload is merged with, and what is new since is told;
            the whitelists that a review has filled are kept to; None: no history is looked at.
    """

    site: str
    own: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    disavow: Path | None = None
    whitelist: Path | None = None
    manual_action: bool = False
    risk: float = RISK
    without: tuple[str, ...] = ()
    keep_going: bool = False
    pages: bool = False
    stores: Path | None = None
    agency: str = ""
    logo: Path | None = None
    xlsx: bool = False


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
        return any(report.unread for report in self.files)


def audit(
    files: Sequence[Path | str],
    settings: Settings,
    out: Path | str,
    *,
    domains: Domains | None = None,
    loaded: Loaded | None = None,
    reference: Reference | None = None,
    now: datetime | None = None,
    progress: Progress = lambda stage, done: None,
) -> Audit:
    """Audit the backlink profile of a site and write everything into a folder.

    Args:
        files: exports, in any mix; see ``links.reading``.
        out: folder for ``disavow.txt, referring-domains.csv, referring-domains.parquet, links.parquet, signals.parquet, audit.json,
            report.html`` and, if asked for, ``audit.xlsx``.
        domains, loaded, reference, now: suffix list, model, lists and clock; the shipped ones and the present without
            them.

    Raises:
        InputError: a file cannot be read, or is about another site (unless ``keep_going``); the logo is none.
        DetectorError: no file names a referring domain.
        UsageError: the site, or a family in ``without``, does not exist; the model's held-out sample does not support the risk; or
            ``out`` is no folder to write into.
        ModelError: the model cannot be loaded.
        OutputError: the disk is full.

    When anything is raised, ``out`` is as it was before.
    """
    domains = domains or Domains.default()
    now = now or datetime.now().astimezone()
    site, own = _own_sites(settings, domains)
    _check_families(settings.without)
    start = start_from(settings.disavow, site.domain, settings.stores, domains)
    branding = read_branding(settings.agency, settings.logo)
    whitelist = read_whitelist(Path(settings.whitelist)) if settings.whitelist else []
    if settings.stores:
        whitelist = [*whitelist, *remembered_whitelist(site.domain, settings.stores)]
    guards = Guards(domains, site=site.domain, own=own, whitelist=whitelist)
    loaded = loaded or load()
    pages = read_pages(Path(out), site.domain) if settings.pages else None
    check_supported(sample_of(loaded.manifest), settings.risk)
    lists = reference or Reference.default()
    # Left out, nothing of reputation can be seen; who is a university is asked all the same.
    reference = Reference() if "reputation" in settings.without else lists
    with _drafts(Path(out)) as drafts, ThreadPoolExecutor(1) as beside:
        reading = read(
            files, domains=domains, keep_going=settings.keep_going, progress=_reading_progress(progress)
        )
        targets = Targets(own, domains, reading.files, keep_going=settings.keep_going)
        one_file = len(reading.files) == 1
        stored, facts = _store(
            targets.of_user(reading.batches()), drafts / "links.parquet", one_file=one_file
        )
        _check_found(reading, stored.links)

        progress("signals", 0.0)
        computed = compute_signals(facts, site, domains, loaded.model.texts, reference, pages)
        del facts  # the largest thing in memory
        _check_found(reading, computed.domains.height)
        progress("verdicts", 0.0)
        decided, promise, thresholds = _decided(computed, settings, site, guards, loaded, lists, beside)
        anchors, clusters = computed.anchors, computed.clusters
        del computed  # of the rest nothing is written
        seen, by_exports = [], decided
        if pages is not None:
            decided = judge_by_pages(decided, pages, pl.scan_parquet(stored.path))
            seen = [pages_sentence(pages, by_exports, decided)]
        signals_kept = beside.submit(write_signals, decided, drafts / SIGNALS)
        advice = advise(decided, site.domain, manual_action=settings.manual_action)
        advice.summary.extend([*seen, *promise_sentences(promise), *too_weak(by_exports)])

        progress("files", 0.0)
        first_reason = pl.col("reasons").list.first().fill_null("")
        rules = plan(
            decided.select("referring_domain", "verdict", "kind", "probability", first_reason),
            Profile(pl.scan_parquet(stored.path)),
            guards=guards,
        )
        written = write_disavow(
            drafts / "disavow.txt",
            rules,
            existing=start.file,
            guards=guards,
            site=site.domain,
            today=now.date(),
        )
        since = start.since(written.path)
        advice.summary.extend(since.sentences)
        table = domain_table(decided, anchors, guards, written)
        summary = summary_of(
            settings, site, advice, table, stored, targets, reading, loaded, domains, written, thresholds, now
        )
        summary["promise"] = promise_record(promise)
        summary["history"] = since.record
        summary["reference"] = reference.about()
        summary["report"] = {
            "agency": branding.agency,
            "logo": told(settings.logo) if settings.logo else None,
        }
        summary["clusters"] = clusters_told(clusters, decided)
        table_written = beside.submit(write_table, table, drafts / "referring-domains.csv")
        text = json.dumps(summary, indent=1, ensure_ascii=False) + "\n"
        (drafts / "audit.json").write_text(text, encoding="utf-8")
        table.write_parquet(drafts / JUDGED, compression="zstd", compression_level=1)
        write_reports(drafts, summary, table, signals=decided, branding=branding, xlsx=settings.xlsx)
        signals_kept.result()
        table_written.result()
    progress("files", 1.0)
    return Audit(table, advice, summary, Path(out), reading.files)


def _decided(
    computed: Computed,
    settings: Settings,
    site: Site,
    guards: Guards,
    loaded: Loaded,
    lists: Reference,
    beside: ThreadPoolExecutor,
) -> tuple[pl.DataFrame, Promise, Thresholds]:
    """The verdicts with their reasons, what the share of wrong lines is held to, and the thresholds that follow."""
    guarded = beside.submit(guards.reasons, computed.domains["referring_domain"])
    judged, parts = judge(_without(computed.domains, settings.without), loaded.model)
    review = float(loaded.manifest["thresholds"]["review"])
    judged = judged.with_columns(_institutions(judged, review, lists), own_trade=pl.lit(site.is_of_a_trade))
    weighed = weigh(judged, review, guarded.result(), manual_action=settings.manual_action)
    listable = (
        weighed.lazy()
        .filter("listable")
        .select("tier", "probability", held_back=is_held_back(review))
        .collect()
    )
    promise = keep(sample_of(loaded.manifest), settings.risk, listable, review)
    promise = replace(promise, without=learnt_of(settings.without))
    thresholds = Thresholds(promise.cuts(), review)
    decided = decide(weighed, thresholds)
    leaning = (decided["kind"] != ORDINARY).to_numpy()
    signs = shared_signs(decided, loaded.model.signals, parts)
    picked = chosen(judged, loaded.model.signals, parts, leaning, signs)
    del parts  # as much as the signals again
    why = told_reasons(judged, leaning, picked, Evidence(computed))
    return decided.with_columns(why.alias("reasons")), promise, thresholds


def _institutions(judged: pl.DataFrame, review: float, lists: Reference) -> pl.Series:
    """``institution`` (Boolean): whether the list of universities names a domain; asked of those only that could get a line."""
    doubtful = judged["referring_domain"].filter(judged["probability"] >= review)
    named = lists.named(UNIVERSITIES, doubtful)
    return judged["referring_domain"].is_in(named.implode()).alias("institution")


def _store(batches: Iterator[pl.DataFrame], path: Path, *, one_file: bool) -> tuple[Stored, Facts]:
    """Write the links, and take their facts meanwhile in a thread of its own, one batch behind."""
    facts = Facts()
    with ThreadPoolExecutor(1) as worker:
        running: list[Future[None]] = []

        def watch(records: pl.DataFrame, keys: pl.DataFrame) -> None:
            if running:
                running.pop().result()
            running.append(worker.submit(facts.add, records, keys))

        stored = store_links(batches, path, watch, one_file=one_file)
        if running:
            running.pop().result()
    facts.settle(stored.alone, stored.merged)
    return stored, facts


@contextmanager
def _drafts(out: Path) -> Iterator[Path]:
    """A folder inside ``out`` for the files while they are made; they take their places when all are there."""
    if told(out) != str(out):
        raise UsageError(
            f"--out {told(out)}: its name is no UTF-8, so the results could not name it: choose another"
        )
    try:
        is_new = not out.exists()
        out.mkdir(parents=True, exist_ok=True)
        folder = tempfile.TemporaryDirectory(prefix=".audit-", dir=out, ignore_cleanup_errors=True)
    except OSError as error:
        raise UsageError(f"--out {out}: no results can be written there ({error.strerror})") from error
    try:
        with folder as inside, writing(f"--out {out}"):
            drafts, aside = Path(inside, "new"), Path(inside, "old")
            drafts.mkdir()
            aside.mkdir()
            yield drafts
            take_places(drafts, out, aside)
    except BaseException:
        if is_new:
            with suppress(OSError):  # what went wrong before is what the user must hear
                out.rmdir()
        raise


def _check_found(reading: Reading, number: int) -> None:
    """Raise when there is nothing to judge: an audit of nothing would advise to do nothing."""
    if number:
        return
    whys = [
        f"{report.file}: {(report.refused or report.broken_off or 'it names no referring domain').rstrip('.')}"
        for report in reading.files
    ]
    more = f"; and {len(whys) - _TOLD:,} more files" if len(whys) > _TOLD else ""
    raise DetectorError(f"Nothing to audit. {'; '.join(whys[:_TOLD])}{more}.")


_TOLD = 10


def _own_sites(settings: Settings, domains: Domains) -> tuple[Site, list[str]]:
    """The site and the user's other sites as referring domains."""
    own = [site_of(name, domains) for name in (settings.site, *settings.own)]
    return make_site(own[0], own[1:], settings.brands), own


def _check_families(without: Sequence[str]) -> None:
    known = families()
    for name in without:
        if name not in known:
            raise UsageError(
                f"--without {name}: there is no such family; there are {', '.join(sorted(known))}"
            )


def _reading_progress(progress: Progress) -> Callable[[int, int], None]:
    return lambda done, total: progress("reading", done / total if total else 1.0)


def _without(domains: pl.DataFrame, without: Sequence[str]) -> pl.DataFrame:
    """The signals of the named families made missing; without clusters, the groups themselves as well."""
    names = [s.name for s in all_signals().values() if s.family in without]
    names += _GROUPS if "cluster" in without else []
    return domains.with_columns(pl.lit(None, domains.schema[name]).alias(name) for name in names)


#: Evidence that is the find of one family: who is of which group, and what ties the group together.
_GROUPS: Final = ("cluster", "cluster_told")
