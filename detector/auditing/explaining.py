"""Why a referring domain got its verdict: everything an audit knows of it, taken from the audit's folder.

The signals come from ``signals.parquet``, as the classifier saw them; the model must be the one that made the audit (by
its SHA-256), and what it says of them again must be what the audit wrote down.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from detector.auditing.counterfactual import flips
from detector.auditing.explanation import Contribution, Explanation, Listed, Taken
from detector.auditing.judging import Judge
from detector.auditing.promising import not_covered
from detector.auditing.signals_file import SIGNALS, SignalsFile
from detector.classifier.explain import shown_value
from detector.classifier.kept import percent
from detector.classifier.store import Loaded
from detector.disavow.explaining import Explainer as Finder
from detector.disavow.parsing import DisavowFile
from detector.errors import InputError, UsageError
from detector.guards import Guards
from detector.history.audits import AuditFolder, read_record
from detector.history.naming import stores_folder
from detector.history.starting import last_upload
from detector.links.domains import Domains
from detector.signals.facts import is_qualified
from detector.signals.registry import all_signals
from detector.verdict import (
    BY_SUFFIX,
    INSTITUTION,
    REVIEW,
    Thresholds,
    rests_on_one_sign,
    rests_on_own_trade,
    with_later,
)

#: So many links are shown, and so many names that look like one that is not there.
MOST_LINKS, _MOST_NEAR = 10, 5
#: Between what the audit wrote down and what its model says again.
TOLERANCE: Final = 1e-9
_NEAR_ENOUGH, _CANDIDATES = 0.6, 500
_LONGEST_NAME: Final = 253  # of a host, in characters (RFC 1035)

_RULES: Final = "disavow.txt"
_LINK: Final = (
    "source_url", "target_url", "anchor", "source_title", "rel", "first_seen", "last_seen", "tool", "lost", "http_status",
)  # fmt: skip


class Explainer:
    """Answers for one audit.

    Args:
        folder: of the audit.
        domains: suffix list, to tell the referring domain of a URL or host.
        loaded: the model; it is used only if it is the one that made the audit.

    Raises:
        UsageError: the folder is not that of an audit.
        InputError: a file of it is missing or damaged.
    """

    def __init__(self, folder: Path, domains: Domains, loaded: Loaded) -> None:
        self._folder, self._domains = folder, domains
        self._record = read_record(folder)
        self._signals = SignalsFile(folder)
        self._notes: list[str] = []
        self._thresholds = self._read_thresholds()
        self._judge = self._judge_of(loaded)
        self._rules = self._finder(folder / _RULES, "the disavow file of the audit")
        self._former_name, self._former = self._read_former()

    def explain(self, asked: str) -> Explanation:
        """Explain one referring domain.

        Args:
            asked: the domain, or a host or URL of it.

        Raises:
            UsageError: the audit has no such domain.
            InputError: the audit's files do not belong together.
        """
        row = self._row(asked)
        told = row.row(0, named=True)
        domain = str(told["referring_domain"])
        links, in_all, pages = self._links(domain)
        judge = self._judge
        return Explanation(
            domain=domain,
            site=str(self._record["site"]),
            verdict=told["verdict"],
            kind=told["kind"],
            probability=told["probability"],
            log_odds=told["log_odds"],
            tier=told["tier"],
            thresholds={
                "disavow": self._thresholds.disavow.get(told["tier"]),
                "review": self._thresholds.review_from(told["tier"]),
            },
            promise=_promise(self._record),
            reasons=tuple(told["reasons"] or ()),
            held=tuple(_held(row, judge, self._thresholds)),
            taken=self._taken(row, judge) if judge else None,
            flips=tuple(flips(row, judge)) if judge and told["guard"] is None else None,
            links=links,
            links_in_all=in_all,
            listed=tuple(self._listed(domain, pages)),
            former=self._former_name,
            notes=tuple(self._notes),
        )

    def _read_thresholds(self) -> Thresholds:
        try:
            tiers = self._record["promise"]["tiers"]
            cuts = {
                name: float(tier["threshold"])
                for name, tier in tiers.items()
                if tier["threshold"] is not None
            }
            return Thresholds(cuts, float(self._record["model"]["thresholds"]["review"]))
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise InputError(
                self._folder / "audit.json",
                "it does not say the thresholds of the audit",
                "run the audit again",
            ) from error

    def _judge_of(self, loaded: Loaded) -> Judge | None:
        """What judges as the audit did; None, with a note, where another model is loaded."""
        made_by, here = self._record["model"].get("sha256"), loaded.manifest.get("sha256")
        if made_by != here:
            self._notes.append(
                f"This audit was made by another model (version {self._record['model'].get('version')}, SHA-256"
                f" {str(made_by)[:12]}…; here {str(here)[:12]}…): shown is what the audit wrote down. For the contributions and what"
                " would flip the verdict name its folder with --model, or run the audit again."
            )
            return None
        return Judge(loaded.model, self._thresholds, bool(self._record.get("manual_action")))

    def _row(self, asked: str) -> pl.DataFrame:
        text = asked.strip()
        for name in dict.fromkeys((text, text.lower(), self._domains.referring_domain(text))):
            if name and (row := self._signals.row(name)).height:
                return row
        unit = self._domains.referring_domain(text)
        text = text[:_LONGEST_NAME]
        is_of = f" (it is of {unit})" if unit and unit != text else ""
        near = _near(unit or text, self._signals.names())
        meant = f" Did you mean {', '.join(near)}?" if near else ""
        raise UsageError(
            f"the audit of {self._record['site']} has no referring domain {text!r}{is_of}.{meant}"
        )

    def _taken(self, row: pl.DataFrame, judge: Judge) -> Taken:
        parts = judge.model.contributions(row)
        again, stored = float(judge.model.log_odds(parts, row["tier"])[0]), float(row["log_odds"][0])
        if abs(again - stored) > TOLERANCE:
            fault = f"its signals give log odds of {again:.6f}, and the audit wrote down {stored:.6f}"
            raise InputError(self._folder / SIGNALS, fault, "run the audit again")
        signals = [all_signals()[name] for name in judge.model.signals]
        known = row.select(signal.name for signal in signals).row(0)
        shown = row.select(shown_value(signal, signal.name).alias(signal.name) for signal in signals).row(0)
        found = [
            Contribution(signal.name, signal.family, value, "" if value is None else text, part)
            for signal, value, text, part in zip(signals, known, shown, parts[0].tolist(), strict=True)
        ]
        return Taken(
            float(judge.model.intercepts(row["tier"])[0]),
            tuple(sorted(found, key=lambda part: -abs(part.log_odds))),
        )

    def _links(self, domain: str) -> tuple[tuple[dict[str, Any], ...], int, list[str]]:
        """The earliest links, how many there are, and the pages of all."""
        rel = pl.when(is_qualified()).then(
            pl.concat_list(
                pl.when(pl.col(f"rel_{name}")).then(pl.lit(name)) for name in ("nofollow", "ugc", "sponsored")
            )
            .list.drop_nulls()
            .list.join(" ")
        ).when(~is_qualified()).then(pl.lit("followed"))  # fmt: skip
        every = AuditFolder(self._folder, self._record, pl.DataFrame()).links()
        of_domain = (pl.col("referring_domain") == domain) & (pl.col("record_type") == "link")
        links = every.filter(of_domain).with_columns(rel=rel).select(_LINK).collect()
        first = links.sort("first_seen", "source_url", "target_url", "anchor", nulls_last=True).head(
            MOST_LINKS
        )
        pages = links["source_url"].drop_nulls().unique(maintain_order=True).to_list()
        return tuple(map(_plain, first.iter_rows(named=True))), links.height, pages

    def _listed(self, domain: str, pages: list[str]) -> Iterator[Listed]:
        """The line that covers the domain; where none does, those that cover its pages."""
        if self._rules is None:
            return
        whole = () if "/" in domain else self._rules.explain(domain).covering
        told: set[int] = set()
        for about in [domain] if whole else pages:
            for line in self._rules.explain(about).covering[:1]:
                if line.line in told:
                    continue
                told.add(line.line)
                former = self._former is not None and bool(self._former.explain(about).covering)
                yield Listed(about, line, former)

    def _finder(self, path: Path, what: str) -> Finder | None:
        if not path.is_file():
            self._notes.append(f"{path}: {what} is not there any more.")
            return None
        return Finder(DisavowFile.read(path), self._domains)

    def _read_former(self) -> tuple[str, Finder | None]:
        """Name and rules of the file that the audit's disavow file goes on from."""
        named = (self._record.get("settings") or {}).get("disavow")
        if named:
            return str(named), self._finder(Path(named), "the former disavow file")
        history = self._record.get("history") or {}
        if not history.get("merged"):
            return "", None
        name = f"upload {history.get('upload')}"
        last = last_upload(str(self._record["site"]), stores_folder(), domains=self._domains)
        if last is None or last.upload.sha256 != history.get("sha256"):
            self._notes.append(
                f"{name}, from which the audit started, is not the last one of the history any more."
            )
            return name, None
        return name, Finder(last.file, self._domains)


def _promise(record: Mapping[str, Any]) -> str:
    """What the audit promises of its lines, in a sentence."""
    risk, confidence = (float(record["promise"][name]) for name in ("risk", "confidence"))
    promised = f"Promise of the audit: of the lines written at most {percent(risk)} are wrong, with {confidence:.0%} confidence."
    return " ".join([promised, *not_covered(record["promise"].get("without") or ())])


def _held(row: pl.DataFrame, judge: Judge | None, thresholds: Thresholds) -> Iterator[str]:
    """What decides instead of the probability, and what the verdict would be without it."""
    told = row.row(0, named=True)
    if told["guard"] is not None:
        without = f" Without this guard the verdict would be {_verdict(judge, row)}." if judge else ""
        yield f"{Guards.sentence(told['guard'])} No line is ever written.{without}"
    if told["verdict"] == REVIEW and with_later(row).select(INSTITUTION).item():
        whose = (
            "Its suffix is that of institutions"
            if row.select(BY_SUFFIX).item()
            else "A list of universities names it"
        )
        yield f"{whose}: spam there is mostly a stranger's page, so that a line is for you to decide."
    certain = told["probability"] >= thresholds.disavow.get(told["tier"], math.inf)
    if told["verdict"] == REVIEW and certain and judge:
        judged = judge(row)
        if judged.select(rests_on_one_sign(thresholds.review)).item():
            yield "Only addresses of its pages are known, and one sign in them decides: a line is for you to decide."
        if judged.select(rests_on_own_trade(thresholds.review)).item():
            yield (
                "Your own site's name is of a trade that spam is made for, and but for words nothing makes this domain suspicious:"
                " a line is for you to decide."
            )
    if told["no_line_needed"] is not None:
        yield f"No line is needed: {told['no_line_needed']}.{_otherwise(row, judge) if judge else ''}"


def _otherwise(row: pl.DataFrame, judge: Judge) -> str:
    """Under what other circumstance a line would be needed."""
    passing = row.with_columns(
        pl.col(name).clip(1)
        for name in ("followed_links", "live_links", "passing_links")
        if name in row.columns
    )
    sued = Judge(judge.model, judge.thresholds, manual_action=True)
    cases = (
        (judge, passing, "If one of its links were followed and live"),
        (sued, row, "Under a manual action"),
        (sued, passing, "Under a manual action, and if one of its links were followed and live,"),
    )
    for judging, case, words in cases:
        verdict = _verdict(judging, case)
        if verdict != row["verdict"][0]:
            return f" {words} the verdict would be {verdict}."
    return ""


def _verdict(judge: Judge, row: pl.DataFrame) -> str:
    return str(judge(row)["verdict"][0])


def _plain(link: dict[str, Any]) -> dict[str, Any]:
    """A link as JSON can hold it, its tools as a list."""
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in link.items()}
    plain["tools"] = str(plain.pop("tool") or "").split("|")
    return plain


def _near(text: str, names: pl.Series) -> list[str]:
    """The names most like a text: of those that share most triples of letters, the most alike."""
    asked = f".{text.lower()}."
    triples = pl.Series(sorted({asked[i : i + 3] for i in range(len(asked) - 2)}), dtype=pl.String)
    shared = names.to_frame("name").select(
        "name", n=pl.concat_str(pl.lit("."), "name", pl.lit(".")).str.extract_many(triples.implode(), overlapping=True).list.n_unique()
    )  # fmt: skip
    likely = shared.filter(pl.col("n") > 1).top_k(_CANDIDATES, by="n")["name"].sort().to_list()
    return difflib.get_close_matches(text.lower(), likely, n=_MOST_NEAR, cutoff=_NEAR_ENOUGH)
