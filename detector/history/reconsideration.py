"""The evidence as files: a document (HTML) and a sheet (CSV) for a reconsideration request.

Google's reviewers read shared documents. The HTML needs nothing else, holds no script, and keeps its tables
when it is opened with, or pasted into, Google Docs; the CSV opens in Google Sheets and holds every row.
"""

from __future__ import annotations

import base64
import hashlib
from importlib import resources
from pathlib import Path
from typing import Any, Final

import polars as pl
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from detector.disavow.files import write_atomically
from detector.disavow.layout import UPLOAD_PAGE
from detector.errors import UsageError
from detector.history.evidence import Evidence
from detector.history.uploads import UPLOADED
from detector.report.sheet import harmless

#: So many rows stand in the document, which Google Docs must be able to open; the sheet holds all.
MOST_ROWS: Final = 1_000

_TEMPLATE: Final = "reconsideration.html.j2"
_STYLE: Final = "reconsideration.css"


def sheet_path(document: Path) -> Path:
    """Where the sheet of a document is written."""
    return document.with_suffix(".csv")


def write_evidence(path: Path, evidence: Evidence) -> Path:
    """Write the document, and the sheet beside it.

    Args:
        path: of the document; its name must end in ``.html``.

    Returns:
        Path of the sheet.

    Raises:
        UsageError: the name does not end in ``.html``.
        InputError: a file cannot be written.
    """
    if path.suffix != ".html":
        raise UsageError(f"{path.name}: the document is a web page, so its name must end in .html")
    sheet = sheet_path(path)
    write_atomically(sheet, harmless(evidence.table).write_csv().encode("utf-8"))
    write_atomically(path, render(evidence, sheet.name).encode("utf-8", "replace"))
    return sheet


def render(evidence: Evidence, sheet: str) -> str:
    """The document as text.

    Args:
        sheet: name of the file with all rows.
    """
    style = _own(_STYLE)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_own(_TEMPLATE)).render(
        **numbers(evidence),
        evidence=evidence,
        counts=evidence.audit.counts,
        files=evidence.audit.exports,
        kinds=_kinds(evidence.table),
        rows=list(evidence.table.head(MOST_ROWS).iter_rows(named=True)),
        sheet=sheet,
        upload_page=UPLOAD_PAGE,
        uploaded=UPLOADED,
        style=Markup(style),  # noqa: S704 - our own file
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
    )


def numbers(evidence: Evidence) -> dict[str, int]:
    """What the document, and the command line, count.

    ``listed`` domains, those with ``toxic`` links (a rule meets them, or the audit would disavow them), of these
    ``disavowed`` (an upload that is confirmed), ``proposed`` (in no upload), ``asked`` for removal, and
    ``not_asked``; of all listed ``removed``, ``answered``, and the ``requests``.
    """
    table = evidence.table
    disavowed = pl.col("decision").str.starts_with("disavowed") & (evidence.in_force is not None)
    toxic = pl.col("decision").str.starts_with("disavowed") | pl.col("decision").str.starts_with("proposed")
    was_asked = pl.col("requests") > 0

    def count(rule: pl.Expr) -> int:
        return table.filter(rule).height

    return {
        "listed": table.height,
        "toxic": count(toxic),
        "disavowed": count(disavowed),
        "proposed": count(pl.col("decision").str.starts_with("proposed")),
        "asked": count(was_asked),
        "not_asked": count(toxic & ~was_asked),
        "answered": count(pl.col("answer") != ""),
        "removed": count(pl.col("removed") == "yes"),
        "requests": int(table["requests"].sum()),
    }


def _kinds(table: pl.DataFrame) -> list[dict[str, Any]]:
    """How many domains and links there are of each kind, the most domains first."""
    return list(
        table.group_by("kind")
        .agg(domains=pl.len(), links=pl.col("links").sum(), asked=(pl.col("requests") > 0).sum())
        .sort("domains", "kind", descending=[True, False])
        .iter_rows(named=True)
    )


def _own(name: str) -> str:
    """A file of this package, with LF line ends: browsers hash a style after making its line ends LF."""
    return resources.files("detector.history").joinpath(name).read_text("utf-8").replace("\r\n", "\n")
