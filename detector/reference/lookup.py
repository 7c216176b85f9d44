"""What the tables say of a referring domain: how many independent families of lists name it, and as what."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from detector.errors import InputError
from detector.places import state_folder
from detector.reference.hashing import keys_of
from detector.reference.sources import KINDS
from detector.reference.tables import SUFFIX, Listed, Table, read_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

MANIFEST: Final = "manifest.json"

#: Columns of ``Reference.look_up``: how many independent families of each kind, and the names of the lists.
COLUMNS: Final[dict[str, pl.DataType]] = {
    **{f"listed_{kind}": pl.Float64() for kind in KINDS},
    "lists": pl.List(pl.String),
}


def shipped_folder() -> Path:
    """Folder of the shipped tables: in an installed package, or beside it in a checkout; it need not exist."""
    inside = Path(str(resources.files("detector"))) / "models" / "reference"
    return inside if (inside / MANIFEST).is_file() else inside.parent.parent.parent / "models" / "reference"


def own_folder() -> Path:
    """Folder of the tables that the user fetched or added; it need not exist."""
    return state_folder() / "lists"


class Reference:
    """The tables of one run. Where several have a list of one name, the last one counts.

    Attributes:
        tables: in the order in which they were given.
    """

    def __init__(self, tables: Sequence[Table] = ()) -> None:
        self.tables = tuple(tables)
        self._last = {one.name: table for table in self.tables for one in table.lists}

    @classmethod
    def default(cls, shipped: Path | None = None, own: Path | None = None) -> Reference:
        """The shipped tables and the user's own, as far as they are there.

        Raises:
            InputError: one that is there cannot be read, or is not what its manifest names.
        """
        return cls([*shipped_tables(shipped or shipped_folder()), *own_tables(own or own_folder())])

    def lists(self) -> list[Listed]:
        """The lists that count."""
        return [one for table in self.tables for one in table.lists if self._last[one.name] is table]

    def about(self) -> list[dict[str, Any]]:
        """The lists that count, for ``audit.json``: name, family, kind, date, entries."""
        return [asdict(one) for one in self.lists()]

    def look_up(self, domains: pl.Series) -> pl.DataFrame:
        """Who names each domain.

        Args:
            domains: String without nulls, referring domains.

        Returns:
            ``COLUMNS``, one row each: the number of independent families that name it, null where no list of that
            kind is loaded; and the lists, null where none is loaded.
        """
        lists = self.lists()
        if not lists:
            return pl.DataFrame({name: pl.Series([None] * len(domains), dtype=kind) for name, kind in COLUMNS.items()})  # fmt: skip
        keys = keys_of(domains)
        order = np.argsort(keys)  # neighbours in the table are found one after the other
        named: dict[str, NDArray[np.intp]] = {}
        for table in self.tables:
            marks = np.empty(len(keys), np.uint32)
            marks[order] = table.look_up(keys[order])
            for bit, one in enumerate(table.lists):
                if self._last[one.name] is table:
                    named[one.name] = np.flatnonzero(marks & np.uint32(1 << bit))
        counts = {f"listed_{kind}": _families(kind, lists, named, len(keys)) for kind in KINDS}
        return pl.DataFrame({**counts, "lists": _names(named, len(keys))}, schema=COLUMNS, nan_to_null=False)

    def named(self, name: str, domains: pl.Series) -> pl.Series:
        """Those of ``domains`` (String without nulls) that the list of this name names; none where it is not loaded."""
        table = self._last.get(name)
        if table is None:
            return domains.clear()
        bit = [one.name for one in table.lists].index(name)
        return domains.filter(pl.Series(table.look_up(keys_of(domains)) & np.uint32(1 << bit) > 0))


def _families(kind: str, lists: Sequence[Listed], named: dict[str, NDArray[np.intp]], rows: int) -> pl.Series:
    """How many families of a kind name each row; null where there is no list of the kind."""
    families = sorted({one.family for one in lists if one.kind == kind})
    if not families:
        return pl.Series([None] * rows, dtype=pl.Float64)
    total = np.zeros(rows)
    for family in families:
        is_named = np.zeros(rows, np.bool_)
        for one in lists:
            if (one.kind, one.family) == (kind, family):
                is_named[named[one.name]] = True
        total += is_named
    return pl.Series(total)


def _names(named: dict[str, NDArray[np.intp]], rows: int) -> pl.Series:
    """The names of the lists that name each row."""
    pairs = pl.concat(
        [pl.DataFrame({"row": found, "name": [name] * len(found)}, schema={"row": pl.Int64, "name": pl.String})
         for name, found in sorted(named.items())]
    ).group_by("row", maintain_order=True).agg("name")  # fmt: skip
    every = pl.DataFrame({"row": np.arange(rows, dtype=np.int64)})
    joined = every.join(pairs, on="row", how="left", maintain_order="left")
    return joined.select(pl.col("name").fill_null([])).to_series()


def shipped_tables(folder: Path) -> list[Table]:
    """The tables that a manifest names; none where there is no manifest.

    Raises:
        InputError: the manifest or a table cannot be read.
    """
    path = folder / MANIFEST
    if not path.is_file():
        return []
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        named = [(folder / one["file"], str(one["sha256"])) for one in manifest["tables"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            path, f"the manifest cannot be read ({error})", "install the package anew"
        ) from error
    return [read_table(file, sha256) for file, sha256 in named]


def own_tables(folder: Path) -> list[Table]:
    """The user's tables, in the order of their names; none where there is no folder."""
    return [read_table(path) for path in sorted(folder.glob(f"*{SUFFIX}")) if not path.name.startswith(".")]


def digest(data: bytes) -> str:
    """SHA-256 as the manifest gives it."""
    return hashlib.sha256(data).hexdigest()
