"""The lists: what each says of a domain, whose errors it shares, and whether its licence lets us pass it on.

The table is ``detector/data/reference_sources.csv``. A hash launders no licence, and the names behind hashes are easily
guessed back, so a list ships as a table only where its licence permits that of the list itself:

==================  =========================================================================================
ships               public domain, CC0, Unlicense, WTFPL, MIT, BSD, Apache-2.0, CC BY; CC BY-SA in a file of its own
                    under the same licence
never               none stated, research data, non-commercial, and collections that hold any of these
not here            GPL: it would oblige us to pass the list on in the form in which it is changed, which a table of
                    hashes is not
==================  =========================================================================================

What does not ship, ``detector lists update`` fetches to the user's machine from the list's own address.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from detector.errors import UsageError

#: Kind -> what it says of a domain. Themes are topics and no verdict; popular is not innocent.
KINDS: Final = {
    "spam": "link spam",
    "farm": "content farms and copies of other sites",
    "harm": "scams, malware and hacked sites",
    "gambling": "gambling, licensed or not",
    "adult": "adult sites",
    "pharma": "pharmacies",
    "ordinary": "ordinary sites: personal, university, government, press, bank",
    "popular": "sites with many visitors",
    "largest": "the sites that most others link to",
    "own": "what you named yourself",
}
#: Licences (SPDX) under which a list may ship, each in a file of its own.
SHIPPABLE: Final = (
    "Apache-2.0", "BSD-3-Clause", "CC-BY-3.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0", "MIT", "Unlicense", "WTFPL",
)  # fmt: skip


@dataclass(frozen=True)
class Source:
    """One list.

    Attributes:
        family: lists that copy each other are of one family and count once.
        kind: a key of ``KINDS``.
        licence: SPDX identifier, or words where there is none.
        ships: whether it is among the shipped tables; else ``why_not`` says why.
        copyright: notice that its licence asks to be kept.
        date: year and month of what ships.
        address: where ``lists update`` fetches it; empty: nowhere as one file.
        format: how it is read; see ``parsing``.
        repository: where it is published.
        meaning: what its label really means.
    """

    name: str
    family: str
    kind: str
    licence: str
    ships: bool
    why_not: str
    copyright: str
    date: str
    address: str
    format: str
    repository: str
    meaning: str


@cache
def all_sources() -> dict[str, Source]:
    """The table of lists, by name, in its order."""
    text = (resources.files("detector") / "data" / "reference_sources.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["name"]: Source(**{**row, "ships": row["ships"] == "yes"}) for row in rows}  # type: ignore[arg-type]


def source(name: str) -> Source:
    """One list of the table.

    Raises:
        UsageError: there is none of that name.
    """
    sources = all_sources()
    if name not in sources:
        raise UsageError(f"{name}: there is no such list; 'detector lists show' names them all")
    return sources[name]
