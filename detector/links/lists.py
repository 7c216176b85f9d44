"""Lists: one entry a line, no header; and old disavow files: lists with more ``domain:`` lines than hosts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from detector.links import hostnames
from detector.links.convert import ASSUMED, complete
from detector.links.domains import Domains
from detector.links.notes import FileReport
from detector.links.schema import TEXT

_HTTP = re.compile(r"https?://", re.IGNORECASE)
_DOMAIN = re.compile(r"domain:", re.IGNORECASE)
_PATH = re.compile(r"[/?]")
_SCHEMA: Final = {
    "row": pl.Int64(), "record_type": TEXT, "source_url": TEXT, "source_host": TEXT, "comment": TEXT,
}  # fmt: skip
_LEAST: Final = 0.2  # share of the lines that must be entries


@dataclass(frozen=True)
class Entry:
    """One line: its kind (a record type), host and URL, or why it is invalid."""

    kind: str
    host: str | None = None
    url: str | None = None
    assumed: bool = False
    reason: str = ""


def cleaned(line: str) -> str:
    """A line without its end, outer blanks and the quotation marks that a spreadsheet put around it."""
    text = line.replace("\ufeff", "").strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1].replace('""', '"').strip()
    return text


def is_skipped(text: str) -> bool:
    """Whether a cleaned line is blank or a comment."""
    return not text or text.startswith("#")


def entry(text: str, *, disavow: bool) -> Entry:
    """What a cleaned line is."""
    if _DOMAIN.match(text):
        host = _host(text[len("domain:") :].strip())
        if host is None:
            return Entry("invalid", reason="expected a host name after domain:")
        return Entry("disavow_domain" if disavow else "domain", host=host)
    if _HTTP.match(text):
        host = hostnames.of_text(text)
        if host is None or re.search(r"[\s*]", host):
            return Entry("invalid", reason="the URL has no host that can be")
        return Entry("disavow_url" if disavow else "link", host=host, url=text)
    if disavow:
        return Entry("invalid", reason="a disavow file holds domain:HOST and http(s) URLs")
    return _bare(text)


def _bare(text: str) -> Entry:
    """A host, or a host with a path or query."""
    if not _PATH.search(text):
        host = _host(text)
        return (
            Entry("domain", host=host) if host else Entry("invalid", reason="it is no URL and no host name")
        )
    host = _host(_PATH.split(text, maxsplit=1)[0])
    if host is None or re.search(r"\s", text):
        return Entry("invalid", reason="it is no http(s) URL")
    return Entry("link", host=host, url=f"https://{text}", assumed=True)


def _host(text: str) -> str | None:
    """The canonical host of a bare host or address; None of anything else."""
    if re.search(r"[\s/?#@*]", text):
        return None
    bracketed = f"[{text}]" if text.count(":") > 1 and not text.startswith("[") else text
    host = hostnames.of_text(bracketed)
    return host if host and (hostnames.is_ip(host) or hostnames.is_name(host)) else None


@dataclass
class Count:
    """How many lines are what; decides whether a list is a disavow file."""

    domains: int = 0
    hosts: int = 0
    others: int = 0
    invalid: int = 0

    def add(self, lines: Iterable[str]) -> None:
        """Count lines."""
        for line in lines:
            text = cleaned(line)
            if is_skipped(text):
                continue
            kind = entry(text, disavow=False).kind
            if _DOMAIN.match(text):
                self.domains += 1
            elif kind == "domain":
                self.hosts += 1
            elif kind == "invalid":
                self.invalid += 1
            else:
                self.others += 1

    @property
    def is_disavow(self) -> bool:
        """Whether it is an old disavow file."""
        return self.domains > self.hosts

    @property
    def is_list(self) -> bool:
        """Whether enough of the lines are entries."""
        entries = self.domains + self.hosts + self.others
        return entries >= _LEAST * (entries + self.invalid)


def looks_like(lines: Sequence[str]) -> bool:
    """Whether lines are a list rather than a table or a text."""
    texts = [text for line in lines if not is_skipped(text := cleaned(line))]
    if not texts:
        return any(line.strip().startswith("#") for line in lines)
    if _is_headed(texts) or _is_table(texts):
        return False
    count = Count()
    count.add(texts[:2000])
    return count.is_list


def _is_headed(texts: Sequence[str]) -> bool:
    """Whether one word or some stand above URLs only: a table of one column, its header not known."""
    headed = not re.search(r"[.:/]", texts[0]) and len(texts) > 1
    return headed and all(_HTTP.match(text) for text in texts[1:])


def _is_table(texts: Sequence[str]) -> bool:
    """Whether every line has the same cells, and more than one."""
    for mark in ("\t", ";", "|", ","):
        sizes = {text.count(mark) for text in texts if '"' not in text}
        if len(sizes) == 1 and sizes.pop() > 0 and len(texts) > 1:
            return True
    return False


def records(
    lines: Sequence[str], before: int, *, disavow: bool, report: FileReport, domains: Domains
) -> pl.DataFrame:
    """Records (schema RECORD_SCHEMA) of some lines of a list.

    Args:
        lines: as they stand, blank ones included.
        before: lines of the file above them.
        disavow: the list is an old disavow file.
        report: of the file; rows and invalid lines are added to it.
        domains: for referring domains.
    """
    texts = [(before + place, cleaned(line)) for place, line in enumerate(lines, start=1)]
    texts = [(row, text) for row, text in texts if not is_skipped(text)]
    entries = [entry(text, disavow=disavow) for _, text in texts]
    invalid = [one.kind == "invalid" for one in entries]
    frame = pl.DataFrame(
        {
            "row": [row for row, _ in texts],
            "record_type": [one.kind for one in entries],
            "source_url": [one.url for one in entries],
            "source_host": [one.host for one in entries],
            "comment": [_comment(one, text) for one, (_, text) in zip(entries, texts, strict=True)],
        },
        schema={
            "row": pl.Int64,
            **dict.fromkeys(("record_type", "source_url", "source_host", "comment"), TEXT),
        },
    ).with_columns(source_domain=pl.col("source_host").str.strip_prefix("www."))
    for one, (row, text) in zip(entries, texts, strict=True):
        if one.kind == "invalid":
            report.note(row, None, f"the line cannot be read: {one.reason}, found {text[:80]!r}")
    report.records += len(entries)
    report.invalid += sum(invalid)
    units = domains.referring_domains(frame["source_host"], frame["source_url"])
    return complete(frame.with_columns(referring_domain=units), report.tool, report.report, report.file)


def _comment(one: Entry, text: str) -> str | None:
    if one.kind == "invalid":
        return text
    return ASSUMED if one.assumed else None
