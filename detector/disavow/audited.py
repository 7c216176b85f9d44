"""An audit's folder, read again after a person has been through the verdicts.

``referring-domains.csv`` comes back from any spreadsheet program (see ``links.edited``). Needed are the columns
``referring_domain``, ``verdict`` and ``probability``. Rows may have been added: for a
host below a referring domain, or for one page (a URL); a row that was removed is a domain that is kept.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import polars as pl
from polars.exceptions import PolarsError

from detector.disavow.judged import BY_PERSON, DISAVOW
from detector.disavow.merging import one_line
from detector.disavow.profile import Profile
from detector.disavow.rules import domain_rule, url_rule
from detector.errors import InputError
from detector.links.domains import Domains
from detector.links.edited import NEEDED, edited_rows, probability, unguarded
from detector.links.schema import LINK_SCHEMA
from detector.verdict import VERDICTS

TABLE, LINKS, SUMMARY = "referring-domains.csv", "links.parquet", "audit.json"

_COLUMNS: Final = (*NEEDED, "kind", "reasons")
_RUN_AGAIN: Final = "name the folder that 'detector audit --out' wrote, or run the audit again"
_URL = re.compile(r"https?://", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Audited:
    """An audit, with the verdicts as they stand now.

    Attributes:
        folder: where it is.
        site: the audited site.
        own: further sites of its owner.
        disavow, whitelist: the files that the audit was made with; None where there was none.
        verdicts: see ``judged.Judged``.
        profile: every known link.
        by_person: how many verdicts ask for a rule that the audit would not have written.
        notes: sentences on what was odd about the table.
    """

    folder: Path
    site: str
    own: tuple[str, ...]
    disavow: Path | None
    whitelist: Path | None
    verdicts: pl.DataFrame
    profile: Profile
    by_person: int
    notes: list[str] = field(default_factory=list)


def read_audit(folder: Path, domains: Domains) -> Audited:
    """Read an audit's folder.

    Raises:
        InputError: a file of it is missing, cannot be read, or is not what an audit wrote; a cell of the table is no
            verdict, no probability, or names nothing that a rule could be about; two rows contradict each other.
    """
    summary = _summary(folder / SUMMARY)
    profile = Profile(_links(folder / LINKS))
    units = set(profile.hosts["referring_domain"].to_list())
    table = _Table(folder / TABLE, units, domains, summary["threshold"])
    return Audited(
        folder,
        summary["site"],
        summary["own"],
        summary["disavow"],
        summary["whitelist"],
        table.verdicts(),
        profile,
        table.by_person,
        table.notes(),
    )


def recorded(named: Path | None, of_audit: Path | None, option: str) -> Path | None:
    """The file that the user names, else the one that the audit was made with.

    Raises:
        InputError: the latter is not there any more. To go on without it would lose what it says.
    """
    if named is None and of_audit is not None and not of_audit.is_file():
        what = "the audit was made with this file, and it is not there any more"
        raise InputError(of_audit, what, f"name it with {option}")
    return named or of_audit


def _summary(path: Path) -> dict[str, Any]:
    """What is needed of ``audit.json``."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        settings, threshold = data["settings"], data["model"]["thresholds"]["disavow"]
        start = str(data.get("started_in", ""))
        return {
            "site": str(data["site"]),
            "own": tuple(map(str, settings["own"])),
            "disavow": Path(start, settings["disavow"]) if settings["disavow"] else None,
            "whitelist": Path(start, settings["whitelist"]) if settings["whitelist"] else None,
            "threshold": math.inf if threshold is None else float(threshold),
        }
    except OSError as error:
        raise InputError(path, f"it cannot be read ({error.strerror or error})", _RUN_AGAIN) from error
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise InputError(path, "it is not the summary of an audit", _RUN_AGAIN) from error


def _links(path: Path) -> pl.LazyFrame:
    """The links of the audit, checked to have the columns that an audit writes."""
    try:
        links = pl.scan_parquet(path)
        schema = links.collect_schema()
    except (PolarsError, OSError) as error:
        what = "it cannot be read as a Parquet file" if path.exists() else "it is not there"
        raise InputError(path, what, _RUN_AGAIN) from error
    if any(schema.get(name) != kind for name, kind in LINK_SCHEMA.items()):
        raise InputError(path, "it does not hold the links of an audit", _RUN_AGAIN)
    return links


class _Table:
    """The table of verdicts.

    Args:
        path: the file.
        units: the referring domains of the audit.
        domains: what tells a path tenant from a page.
        threshold: the probability from which the audit asks for a rule; infinite where it asks for none.
    """

    def __init__(self, path: Path, units: set[str], domains: Domains, threshold: float) -> None:
        self._path, self._units, self._domains, self._threshold = path, units, domains, threshold
        self._rows: dict[str, tuple[int, str, float | None, str, str]] = {}
        self._unknown: list[str] = []
        self.by_person = 0
        for number, cells in edited_rows(path, _COLUMNS):
            self._take(number, cells)

    def verdicts(self) -> pl.DataFrame:
        """One row each, as ``Judged`` takes them."""
        kinds = (pl.String, pl.String, pl.Float64, pl.String, pl.String)
        rows = [
            (name, verdict, p, kind, reasons) for name, (_, verdict, p, kind, reasons) in self._rows.items()
        ]
        return pl.DataFrame(rows, dict(zip(_COLUMNS, kinds, strict=True)), orient="row")

    def notes(self) -> list[str]:
        """What must be said of the table."""
        said = []
        gone = len(self._units - self._rows.keys())
        if gone:
            one = gone == 1
            said.append(
                f"{gone:,} referring {'domain' if one else 'domains'} of the audit {'has' if one else 'have'} no row in {TABLE}"
                f" any more: {'it is' if one else 'they are'} kept."
            )
        if self._unknown:
            names = ", ".join(self._unknown[:5]) + (", ..." if len(self._unknown) > 5 else "")
            said.append(
                f"{TABLE} asks for a rule for what no known link comes from ({names}): is it spelled right?"
            )
        return said

    def _take(self, number: int, cells: dict[str, str]) -> None:
        name = self._name(number, cells["referring_domain"])
        verdict = cells["verdict"].strip().lower()
        if verdict not in VERDICTS:
            shown = f"{cells['verdict'].strip()[:60]!r} is no verdict" if verdict else "there is no verdict"
            self._fail(number, "verdict", f"{shown} (of {name})", f"write {', '.join(VERDICTS)}")
        likely = self._probability(number, cells["probability"])
        before = self._rows.get(name)
        if before is not None and before[1] != verdict:
            what = f"{name} is {verdict} here and {before[1]} in row {before[0]}"
            self._fail(number, "verdict", what, "leave one of the two rows")
        kind = cells["kind"].strip()
        if verdict == DISAVOW and (likely is None or likely < self._threshold):
            kind = BY_PERSON
            self.by_person += 1
        self._rows[name] = (number, verdict, likely, kind, cells["reasons"].strip().partition("; ")[0])

    def _name(self, number: int, cell: str) -> str:
        """Referring domain, host or page that a cell names, as the audit spells it."""
        text = unguarded(cell.strip())
        if text in self._units:
            return text
        if text.lower() in self._units:
            return text.lower()
        if _URL.match(text):
            if url_rule(text) is None:
                self._fail(
                    number, "referring_domain", f"{text[:80]!r} is no URL of a page", "write it in full"
                )
            return text
        name = text.lower()
        if "/" in name and self._domains.referring_domain(name) != name:
            fix = "name a page by its full address, with http:// or https://"
            self._fail(number, "referring_domain", f"{text[:80]!r} is no host and no tenant", fix)
        if domain_rule(name.partition("/")[0]) is None or "." not in name:
            what = f"{text[:80]!r} names no referring domain, host or page" if text else "the cell is empty"
            self._fail(number, "referring_domain", what, "mend or remove the row")
        self._note_unknown(name)
        return name

    def _note_unknown(self, name: str) -> None:
        """Remember what is neither of the audit nor below something that is."""
        unit = self._domains.referring_domain(name)
        if unit not in self._units:
            self._unknown.append(one_line(name))

    def _probability(self, number: int, cell: str) -> float | None:
        text = cell.strip()
        if not text:
            return None
        value = probability(text)
        if value is None:
            fix = "write a number from 0 to 1, or nothing"
            self._fail(number, "probability", f"{text[:60]!r} is no probability", fix)
        return value

    def _fail(self, number: int, column: str, problem: str, fix: str) -> None:
        raise InputError(self._path, problem, fix, row=number, column=column)
