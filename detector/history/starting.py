"""The last upload of a site: what the next run starts from, and what it says is new since then."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detector.disavow.parsing import DisavowFile
from detector.history.changes import Changes
from detector.history.store import Store
from detector.history.uploads import StoredFile
from detector.links.domains import Domains
from detector.links.sources import refuse_pipe

_SHOWN = 5  # rules named in a sentence


def last_upload(
    site: str, folder: Path | None = None, *, domains: Domains | None = None
) -> StoredFile | None:
    """The file in force by the history of a site; None where none was uploaded. Nothing is made.

    Args:
        site: a domain, host or URL of the site.
        folder: of the stores; see ``naming.stores_folder``.
        domains: what decides which site it is; the shipped lists without it.

    Raises:
        UsageError: ``site`` is none.
        InputError: the store cannot be used.
    """
    store = Store.find(site, folder, domains=domains)
    if store is None:
        return None
    with store:
        upload = store.in_force()
        return store.file(upload.number) if upload else None


@dataclass(frozen=True)
class Start:
    """What an audit starts from.

    Attributes:
        file: the former file, to be merged with; None where there is none.
        last: the last upload by the history; None where there is none, or none was asked for.
    """

    file: DisavowFile | None
    last: StoredFile | None

    def since(self, path: Path) -> Since:
        """What a file that was written from here says that the last upload does not, and the other way round."""
        if self.last is None:
            return Since([], None)
        upload, rules = self.last.upload, set(self.last.file.rules)
        merged = self.file is self.last.file
        changes = Changes.between(self.last.file.rules, DisavowFile.read(path).rules)
        start = "The run started from" if merged else "By the history, in force is"
        new = f"{_count(len(changes.added), 'rule')} {'is' if len(changes.added) == 1 else 'are'} new since then"
        said = [f"{start} {upload.title} ({_count(len(rules), 'rule')}); {new}."]
        if changes.uncovered:
            said.append(_counts_again(changes, upload.title))
        record = {
            "upload": upload.number,
            "uploaded": upload.uploaded.isoformat() if upload.uploaded else None,
            "sha256": upload.sha256,
            "merged": merged,
            "added": len(changes.added),
            "removed": len(changes.removed),
            "counts_again": len(changes.uncovered),
        }
        return Since(said, record)


@dataclass(frozen=True)
class Since:
    """What is new since the last upload; empty and None where there was none.

    Attributes:
        sentences: for the summary.
        record: the same as numbers, for ``audit.json``.
    """

    sentences: list[str]
    record: dict[str, Any] | None


def start_from(disavow: Path | None, site: str, stores: Path | None, domains: Domains) -> Start:
    """Find what an audit starts from: the file that the user names, else the last upload.

    Args:
        disavow: the file in force, where the user names one.
        site: the audited site.
        stores: folder of the stores; None: the history is not looked at.
        domains: what decides which site it is.

    Raises:
        InputError: the file cannot be read, or the store cannot be used.
    """
    if disavow:
        refuse_pipe(Path(disavow))
    file = DisavowFile.read(Path(disavow)) if disavow else None
    last = last_upload(site, stores, domains=domains) if stores else None
    return Start(file or (last.file if last else None), last)


def _counts_again(changes: Changes, title: str) -> str:
    names = ", ".join(rule.text for rule in changes.uncovered[:_SHOWN])
    more = ", ..." if len(changes.uncovered) > _SHOWN else ""
    count = len(changes.uncovered)
    rules = "1 rule" if count == 1 else f"{count:,} rules"
    return (
        f"Left out, and so to count again once the new file is uploaded: {rules} of {title} ({names}{more})."
    )


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
