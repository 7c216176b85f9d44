"""What a user never wants disavowed, remembered: for one site, or for all of their sites.

One store in the folder of the stores, ``whitelists.sqlite`` (no site has that name: it has no dot).
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from detector.databases import Database, Kind
from detector.guards import entry_of
from detector.history.naming import stores_folder
from detector.links.domains import Domains

FILE: Final = "whitelists.sqlite"
#: Stands for all sites of the user.
ALL: Final = ""

_ENTRIES: Final = (
    """CREATE TABLE entry (
        site TEXT NOT NULL,
        entry TEXT NOT NULL,
        who TEXT NOT NULL,
        added TEXT NOT NULL,
        PRIMARY KEY (site, entry)
    ) WITHOUT ROWID""",
)
WHITELISTS: Final = Kind(
    0x54784C57,  # "TxLW"
    (_ENTRIES,),
    "keep the stores in another folder (--store, or DETECTOR_STORES)",
)


class Entry(NamedTuple):
    """An entry of a whitelist.

    Attributes:
        site: that it is for; ``ALL`` for all of them.
        entry: host, domain or path tenant, as ``guards.entry_of`` spells it.
        who, added: who added it, and when (UTC).
    """

    site: str
    entry: str
    who: str
    added: datetime


class Whitelists(Database):
    """The user's whitelists; use it as a context manager. Its methods may be called from any thread.

    Args:
        folder: of the stores; see ``naming.stores_folder``.

    Raises:
        InputError: see ``databases.open_database``.
    """

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__(stores_folder(folder) / FILE, WHITELISTS)

    def entries(self, site: str) -> list[Entry]:
        """What is never disavowed for a site: its own entries and those for all sites, by name."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT site, entry, who, added FROM entry WHERE site IN (?, ?) ORDER BY entry, site",
                (site, ALL),
            )
            return [
                Entry(site, entry, who, datetime.fromisoformat(added)) for site, entry, who, added in rows
            ]

    def add(self, entry: str, site: str, *, domains: Domains, who: str, now: datetime) -> str:
        """Add an entry; one that is there stays as it was.

        Args:
            entry: a host, a domain, a URL or a path tenant.
            site: that it is for; ``ALL`` for all of them.

        Returns:
            the entry as it is kept.

        Raises:
            UsageError: it names no host.
        """
        kept = entry_of(domains, entry, "whitelist entry")
        values = (site, kept, who, now.astimezone(UTC).isoformat(timespec="seconds"))
        with self._writing() as connection:
            connection.execute("INSERT OR IGNORE INTO entry VALUES (?, ?, ?, ?)", values)
        return kept

    def remove(self, entry: str, site: str) -> bool:
        """Remove an entry; whether there was one."""
        with self._writing() as connection:
            done = connection.execute("DELETE FROM entry WHERE site = ? AND entry = ?", (site, entry))
            return done.rowcount > 0


def remembered_whitelist(site: str, folder: Path | None = None) -> list[str]:
    """The entries for a site and for all sites; nothing is made where there is no store.

    Raises:
        InputError: the store cannot be used.
    """
    if not (stores_folder(folder) / FILE).exists():
        return []
    with Whitelists(folder) as lists:
        return [entry.entry for entry in lists.entries(site)]
