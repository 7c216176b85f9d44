"""Whose links these are: rows about other sites are set aside, a file that is mostly about another site is refused.

Exports of clients get mixed, and links to somebody else's site must not be judged, let alone disavowed, for this one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from detector.errors import InputError
from detector.links.domains import Domains
from detector.links.notes import FileReport

#: A file of whose targets more than this share belong to other sites is somebody else's export.
FOREIGN_SHARE: Final = 0.5
#: Nothing of a file is passed on before so many of its targets are known (or it is at its end).
PROOF: Final = 50_000


@dataclass
class _File:
    """What is known of one file so far."""

    report: FileReport
    known: int = 0
    foreign: int = 0
    hosts: dict[str, int] = field(default_factory=dict)  # of foreign targets
    held: list[pl.DataFrame] = field(default_factory=list)
    accepted: bool = False

    @property
    def mostly_foreign(self) -> bool:
        return self.foreign > FOREIGN_SHARE * self.known


class Targets:
    """The filter of one audit.

    Args:
        own: referring domains of the user's sites, the audited one first; of a path tenant its host counts.
        domains: for the name of the other site.
        files: the reports of the files being read; what is refused is noted there.
        keep_going: note what is refused instead of raising.
    """

    def __init__(
        self, own: Sequence[str], domains: Domains, files: Sequence[FileReport], *, keep_going: bool
    ) -> None:
        self._own = list(dict.fromkeys(name.partition("/")[0] for name in own))
        self._domains = domains
        self._files = {report.file: _File(report) for report in files}
        self._keep_going = keep_going

    @property
    def set_aside(self) -> int:
        """Rows that lead to other sites and were left out, of the files that were not refused as a whole."""
        return sum(file.foreign for file in self._files.values() if not file.report.refused)

    def of_user(self, batches: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
        """The records (``RECORD_SCHEMA``) that lead to the user's sites, or say of no target, in their order.

        Raises:
            InputError: without ``keep_going``, of the first file that is mostly about another site.
        """
        current: _File | None = None
        for batch in batches:
            for part in batch.partition_by("file", maintain_order=True):
                file = self._files[part["file"][0]]
                if current is not None and current is not file:
                    yield from self._settle(current)
                current = file
                if file.report.refused:
                    continue
                own = self._count(file, part)
                if file.accepted:
                    yield own
                    continue
                file.held.append(own)
                if file.known >= PROOF:
                    yield from self._settle(file)
        if current is not None:
            yield from self._settle(current)

    def _count(self, file: _File, part: pl.DataFrame) -> pl.DataFrame:
        """Count the targets of some rows of a file; gives the rows that are not about others."""
        host = pl.col("target_host")
        mine = pl.any_horizontal(*((host == own) | host.str.ends_with(f".{own}") for own in self._own))
        marked = part.with_columns(foreign=host.is_not_null() & ~mine)
        others = marked.filter("foreign")
        file.known += part["target_host"].count()
        file.foreign += others.height
        for name, count in others["target_host"].value_counts().iter_rows():
            file.hosts[name] = file.hosts.get(name, 0) + count
        return marked.filter(~pl.col("foreign")).drop("foreign") if others.height else part

    def _settle(self, file: _File) -> Iterator[pl.DataFrame]:
        """Decide about a file: pass on what was held, or refuse it; look again at its end."""
        if file.mostly_foreign and not file.report.refused:
            self._refuse(file)
        if not file.report.refused:
            yield from file.held
            file.accepted = True
        file.held.clear()

    def _refuse(self, file: _File) -> None:
        host = max(file.hosts, key=lambda name: (file.hosts[name], name))
        other = self._domains.referring_domain(host) or host
        error = InputError(
            file.report.file, f"its links lead mostly to {other}, not to {self._own[0]}",
            f"audit it with --site {other}, or add --own {other} if that site is yours",
        )  # fmt: skip
        if not self._keep_going:
            raise error
        sentence = str(error).removeprefix(f"{error.file}: ")
        if file.accepted:  # its rows about this site have gone on already; they are right as they are
            file.report.broken_off = sentence
        else:
            file.report.refused = sentence
