"""Whose report it is: the name and the logo of an agency, embedded so that the page stays one file.

The logo stands in an ``img`` element, where browsers run no script and load nothing of an SVG.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from detector.errors import InputError, UsageError

#: A report is sent by mail: a logo of more bytes than this is a photograph.
MOST_BYTES: Final = 500_000
_LONGEST_NAME: Final = 120
_SIGNATURES: Final = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_SVG: Final = "{http://www.w3.org/2000/svg}svg"
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


@dataclass(frozen=True)
class Branding:
    """The agency's name, and its logo as a data URI; both may be empty."""

    agency: str = ""
    logo: str = ""


def read_branding(agency: str = "", logo: Path | None = None) -> Branding:
    """Read a logo, by what it is and not by what it is called.

    Raises:
        UsageError: the name is longer than a name.
        InputError: the logo is not there, too large, or no PNG, JPEG or SVG.
    """
    name = " ".join(agency.split())
    if len(name) > _LONGEST_NAME:
        raise UsageError(f"--agency: a name has at most {_LONGEST_NAME} characters, this one {len(name):,}")
    return Branding(name, _data_uri(logo) if logo else "")


def _data_uri(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(
            path, f"the logo cannot be read ({error.strerror or error})", "name a PNG, JPEG or SVG file"
        ) from error
    if len(content) > MOST_BYTES:
        raise InputError(
            path, f"the logo has more than {MOST_BYTES // 1000} kB, which every copy of the report would carry",
            "save it smaller: 600 pixels across are plenty",
        )  # fmt: skip
    return f"data:{_type(path, content)};base64,{base64.b64encode(content).decode()}"


def _type(path: Path, content: bytes) -> str:
    for signature, kind in _SIGNATURES.items():
        if content.startswith(signature):
            return kind
    if _ENTITY.search(content) or b"\0" in content:  # none could be found in UTF-16
        raise InputError(
            path,
            "the logo is no PNG or JPEG, and no plain SVG",
            "save it as PNG, or as SVG in UTF-8 without entities",
        )
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 - it declares no entities
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise InputError(path, "the logo is no PNG, JPEG or SVG", "save it as one of these") from error
    if root.tag != _SVG:
        raise InputError(path, "the logo is XML, but no SVG", "save it as PNG, JPEG or SVG")
    return "image/svg+xml"
