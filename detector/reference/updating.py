"""The user's own tables: lists fetched from their addresses, and lists from files; one table a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from detector.errors import InputError, UsageError
from detector.links.domains import Domains
from detector.reference.fetching import Limits, fetch, unpacked
from detector.reference.hashing import keys_of
from detector.reference.lookup import shipped_folder, shipped_tables
from detector.reference.parsing import Parsed, parse
from detector.reference.sources import Source, all_sources, source
from detector.reference.tables import SUFFIX, Listed, make_table, packed, read_table, write_file

OWN: Final = "own-"
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
#: A list that has shrunk to less than this share of what is there is more likely broken than mended.
_SHRUNK: Final = 1 / 3
_LIMITS: Final = Limits()


@dataclass(frozen=True)
class Outcome:
    """What became of one list.

    Attributes:
        name: of the list.
        entries: domains it now names; 0 where it could not be taken.
        problem: why it could not be taken; empty: it was. What was there before is then still there.
    """

    name: str
    entries: int
    problem: str = ""


def chosen(names: Iterable[str]) -> list[Source]:
    """The lists to fetch: those named, without names all that have an address.

    Raises:
        UsageError: there is no such list, or it has no address.
    """
    wanted = [source(name) for name in names]
    for one in wanted:
        if not one.address:
            raise UsageError(f"{one.name}: this list has no address from which it can be fetched as one file")
    return wanted or [one for one in all_sources().values() if one.address]


def update(
    sources: Iterable[Source], folder: Path, domains: Domains, today: date, *,
    get: Callable[[str], bytes] = fetch, shipped: Path | None = None, progress: Callable[[str], None] = lambda name: None,
) -> list[Outcome]:  # fmt: skip
    """Fetch lists and put each into its table; a list that cannot be taken leaves its old table as it is.

    Args:
        folder: of the user's tables.
        today: the date that the tables bear.
        get: fetches an address; see ``fetch``.
        shipped: folder of the shipped tables, in place of which a fetched list counts; the package's without it.
    """
    entries = {
        one.name: one.entries for table in shipped_tables(shipped or shipped_folder()) for one in table.lists
    }
    outcomes = []
    for one in sources:
        progress(one.name)
        try:
            parsed = parse(get(one.address), one.address, domains, one.format)
            outcomes.append(Outcome(one.name, _store(one, parsed, folder, today, entries)))
        except InputError as error:
            outcomes.append(Outcome(one.name, 0, str(error)))
    return outcomes


def _store(one: Source, parsed: Parsed, folder: Path, today: date, shipped: Mapping[str, int]) -> int:
    path = folder / f"{one.name}{SUFFIX}"
    is_own = path.is_file()
    before = len(read_table(path).keys) if is_own else shipped.get(one.name, 0)
    if len(parsed.domains) < _SHRUNK * before:
        way = (
            f"run 'detector lists remove {one.name}' and fetch it again"
            if is_own
            else "save it as a file and run 'detector lists add FILE'"
        )
        raise InputError(
            one.address, f"it names {len(parsed.domains):,} domains, where it named {before:,} before: kept as it was",
            f"if that is right, {way}",
        )  # fmt: skip
    listed = Listed(one.name, one.family, one.kind, today.isoformat(), 0)
    write_file(path, packed(make_table([(listed, keys_of(parsed.domains))])))
    return len(parsed.domains)


def add(path: Path, name: str, folder: Path, domains: Domains, today: date) -> tuple[str, Parsed]:
    """Put the user's own list into a table, in place of one of that name.

    Args:
        path: the list: domains one a line, a disavow file, a hosts file, filters; gzip or zip too.
        name: for the list; empty: the file's.

    Returns:
        the list's name as it stands in results, and what was read.

    Raises:
        InputError: it cannot be read, or names no domain.
        UsageError: the name cannot be.
    """
    name = name or re.sub(r"[^a-z0-9_-]+", "-", path.stem.lower()).strip("-_") or "list"
    if not _NAME.fullmatch(name):
        raise UsageError(f"--name {name}: give up to 60 letters a-z, digits, - and _")
    try:
        if path.stat().st_size > _LIMITS.packed:
            raise InputError(path, f"it is larger than {_LIMITS.packed // 2**20} MB", "divide it")
        data = path.read_bytes()
    except OSError as error:
        raise InputError(path, f"it cannot be read ({error.strerror or error})") from error
    parsed = parse(unpacked(data, str(path), _LIMITS.unpacked), str(path), domains)
    listed = Listed(f"{OWN}{name}", f"{OWN}{name}", "own", today.isoformat(), 0)
    write_file(folder / f"{OWN}{name}{SUFFIX}", packed(make_table([(listed, keys_of(parsed.domains))])))
    return listed.name, parsed


def remove(name: str, folder: Path) -> str:
    """Remove one of the user's tables; gives the list's name.

    Raises:
        UsageError: there is none of that name.
        InputError: it cannot be removed.
    """
    if _NAME.fullmatch(name):
        for full in (name, f"{OWN}{name}"):
            path = folder / f"{full}{SUFFIX}"
            if path.is_file():
                try:
                    path.unlink()
                except OSError as error:
                    raise InputError(path, f"it cannot be removed ({error.strerror or error})") from error
                return full
    raise UsageError(f"{name}: you have no such list; 'detector lists show' names those you have")
