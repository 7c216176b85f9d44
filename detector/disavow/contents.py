"""What a file is that somebody took for a disavow file: told by its first bytes, else by its lines."""

from __future__ import annotations

import re
from typing import Final

from detector.disavow.entries import INVALID
from detector.disavow.parsing import BLANK, COMMENT, DisavowFile

#: First bytes -> what such a file is.
_SIGNATURES: Final = {
    b"PK\x03\x04": "an Excel, Word or ZIP file",
    b"PK\x05\x06": "an empty ZIP file",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word file",
    b"%PDF": "a PDF file",
    b"{\\rtf": "an RTF file",
    b"\x1f\x8b": "a gzip file",
    b"BZh": "a bzip2 file",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip file",
    b"Rar!": "a RAR file",
    b"SQLite format 3": "a database",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"PAR1": "a Parquet file",
}

#: First text, in small letters -> what such a file is.
_OPENINGS: Final = (
    (re.compile(r"<!doctype html|<html|<head|<body"), "a web page"),
    (re.compile(r"<\?xml|<[a-z]+ xmlns"), "an XML file"),
    (re.compile(r"[\[{]\s*(?:[\"'{\[\]}]|$)"), "a JSON file"),
)

#: What most lines of a file are -> what such a file is.
_LINES: Final = (
    (re.compile(r"\s*(?:user-agent|disallow|allow|sitemap|crawl-delay|host)\s*:", re.IGNORECASE), "a robots.txt file"),
    (re.compile(r"\s*(?:0\.0\.0\.0|127\.0\.0\.1|::1?)\s+\S"), "a hosts file"),
    (re.compile(r"\|\|[^\s/]+\^"), "a list of an ad blocker"),
    (re.compile(r"(?:\s*(?:deny|allow|order|rewrite\w*|setenvif\w*|<)\b)", re.IGNORECASE), "a file of a web server's rules"),
    (re.compile(r"[^\t]*\t[^\t]*\t|[^,]*,[^,]*,|[^;]*;[^;]*;"), "a table (CSV)"),
)  # fmt: skip
_MOST: Final = 0.6


def other_sort(file: DisavowFile) -> str | None:
    """What a file is that is none of ours, in words; None where it may well be one.

    A file with a rule is always taken for one of ours, unless its first bytes say that it is no text.
    """
    for signature, what in _SIGNATURES.items():
        if file.data.startswith(signature):
            return what
    if file.rules:
        return None
    entries = [line.text for line in file.lines if line.kind not in (BLANK, COMMENT)]
    if not entries or any(line.kind != INVALID for line in file.lines if line.kind not in (BLANK, COMMENT)):
        return None
    start = " ".join(text.strip().lower() for text in entries[:3])[:1000]
    for opening, what in _OPENINGS:
        if opening.match(start):
            return what
    for pattern, what in _LINES:
        if len(entries) > 1 and sum(bool(pattern.match(text)) for text in entries) >= _MOST * len(entries):
            return what
    shown = sum(1 for letter in file.text[:4096] if letter.isprintable() or letter in "\r\n\t")
    return "a binary file" if shown < 0.9 * min(len(file.text), 4096) else None
