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

import polars as pl
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from detector.errors import InputError
from detector.report.rows import most_harmful, script_json, table_data
from detector.report.summary import context


def write_report(
    path: Path, audit: Mapping[str, object], domains: pl.DataFrame, *, limit: int = 5000
) -> None:
    """Write the report of an audit, whole or not at all.

    Args:
        path: the HTML file to write; one that is there is replaced.
        audit: the parsed audit.json; `site` is needed, all else may be missing.
        domains: one row a judged referring domain, columns as in `rows.DOMAIN_COLUMNS`.
        limit: how many referring domains, the most harmful first, the table holds.

    Raises:
        InputError: the file cannot be written.
        ValueError: a needed column is missing.
    """
    page = render_report(audit, domains, limit=limit).encode("utf-8", "replace")
    try:
        _write_whole(path, page)
    except OSError as error:
        fault = f"the report cannot be written ({error.strerror or error})"
        raise InputError(path, fault, "choose a folder that you may write to, with space left") from error


def render_report(audit: Mapping[str, object], domains: pl.DataFrame, *, limit: int = 5000) -> str:
    """The page that `write_report` writes, as text."""
    table = most_harmful(domains, limit)
    style, script = _own("report.css"), _own("report.js")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_own("report.html.j2")).render(
        context(audit),
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
            "img-src data:",  # the empty icon that keeps browsers from asking for one
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
