"""The report as one HTML file that needs nothing else: no request, no library, no font is loaded.

The page allows itself nothing but its own style and its own script, by their SHA-256 in its
Content-Security-Policy: markup smuggled in by an export could neither run nor load anything, even if it got
past the escaping.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Final

import polars as pl
from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from detector.errors import InputError
from detector.report.branding import Branding
from detector.report.charts import charts
from detector.report.figures import figures
from detector.report.proposal import cost, proposed_kinds
from detector.report.rows import most_harmful, script_json, table_data
from detector.report.summary import context
from detector.report.words import about, percent, plural

_STYLES: Final = ("report.css", "list.css", "charts.css", "print.css")


def write_report(
    path: Path,
    audit: Mapping[str, object],
    domains: pl.DataFrame,
    *,
    signals: pl.DataFrame | None = None,
    links: pl.LazyFrame | None = None,
    branding: Branding | None = None,
    limit: int = 5000,
) -> None:
    """Write the report of an audit, whole or not at all.

    Args:
        path: the HTML file to write; one that is there is replaced.
        audit: the parsed audit.json; `site` is needed, all else may be missing.
        domains: one row a judged referring domain, columns as in `rows.DOMAIN_COLUMNS`.
        signals: `referring_domain` and the signals of `figures.SIGNALS`; without them, or without `links`, no chart is drawn.
        links: the links of the audit: `record_type, referring_domain, first_seen`.
        branding: whose report it is.
        limit: how many referring domains, the most harmful first, the table holds.

    Raises:
        InputError: the file cannot be written.
        ValueError: a needed column is missing.
    """
    text = render_report(audit, domains, signals=signals, links=links, branding=branding, limit=limit)
    page = text.encode("utf-8", "replace")
    try:
        _write_whole(path, page)
    except OSError as error:
        fault = f"the report cannot be written ({error.strerror or error})"
        raise InputError(path, fault, "choose a folder that you may write to, with space left") from error


def render_report(
    audit: Mapping[str, object],
    domains: pl.DataFrame,
    *,
    signals: pl.DataFrame | None = None,
    links: pl.LazyFrame | None = None,
    branding: Branding | None = None,
    limit: int = 5000,
) -> str:
    """The page that `write_report` writes, as text."""
    everything = most_harmful(domains, max(domains.height, 1))
    table = everything.head(limit)
    style, script = "".join(map(_own, _STYLES)), _own("report.js")
    drawn = charts(figures(everything, signals, links)) if signals is not None and links is not None else []
    environment = Environment(
        loader=FunctionLoader(_own),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": percent, "plural": plural, "about": about}
    return environment.get_template("report.html.j2").render(
        context(audit),
        branding=branding or Branding(),
        kinds=proposed_kinds(everything),
        cost=cost(everything, signals),
        charts=drawn,
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        policy=content_security_policy(style, script),
        data=Markup(script_json(table_data(table))),  # noqa: S704 - escaped for a script element
        shown=table.height,
        judged=domains.height,
    )


def content_security_policy(style: str, script: str) -> str:
    """A policy under which this style and this script work, and nothing else does."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src 'sha256-{_digest(style)}'",
            f"script-src 'sha256-{_digest(script)}'",
            "img-src data:",  # the logo, and the empty icon that keeps browsers from asking for one
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _own(name: str) -> str:
    """A file of this package, with LF line ends: browsers hash a script after making its line ends LF."""
    return resources.files("detector.report").joinpath(name).read_text("utf-8").replace("\r\n", "\n")


def _write_whole(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
