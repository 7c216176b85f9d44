"""The shipped tables, from the raw data: one table a licence, its notices beside it, and a manifest.

The same raw data and the same table of lists give the same bytes. Only lists that ``sources`` says may ship are read;
of what they name only whole referring domains are kept.
"""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any, Final

import polars as pl

from detector.errors import InputError
from detector.links.domains import Domains
from detector.reference.hashing import BITS, DESCRIPTION, keys_of
from detector.reference.lookup import MANIFEST, digest
from detector.reference.parsing import parse
from detector.reference.sources import SHIPPABLE, Source, all_sources
from detector.reference.tables import SUFFIX, Listed, Table, make_table, packed, write_file

#: The merged tables of the raw data, which tell what lists name a domain.
_MERGED: Final = ("spam_domains.parquet", "benign_domains.parquet")
_POPULAR: Final = "popular_domains.parquet"
_MAJESTIC: Final = "benign/misp/majestic_million/list.json"
_NOTICE: Final = (
    "The table {table} beside this file is made from the lists below, which are published under {licence}.\n"
    "Of each list the registrable domains were kept and replaced by keys ({hash}); nothing else was changed.\n"
)


def build(raw: Path, out: Path, domains: Domains) -> dict[str, Any]:
    """Write the tables, their notices and the manifest into a folder; gives the manifest.

    Raises:
        InputError: the raw data is not there, or nothing can be written.
    """
    named = _named(raw, domains)
    entries = []
    for licence in SHIPPABLE:
        sources = [one for one in all_sources().values() if one.ships and one.licence == licence]
        table = make_table([(_listed(one), keys_of(named[one.name])) for one in sources])
        data = packed(table)
        write_file(out / f"{licence}{SUFFIX}", data)
        write_file(out / f"{licence}.txt", notices(licence, sources).encode())
        entries.append(_entry(licence, table, data))
    manifest = {
        "hash": DESCRIPTION,
        "bits": BITS,
        "bytes": sum(one["bytes"] for one in entries),
        "false_match_rate": sum(one["false_match_rate"] for one in entries),
        "suffix_list_date": domains.suffix_list_date,
        "tables": entries,
    }
    write_file(out / MANIFEST, (json.dumps(manifest, indent=1) + "\n").encode())
    return manifest


def _entry(licence: str, table: Table, data: bytes) -> dict[str, Any]:
    lists = [{"name": one.name, "family": one.family, "kind": one.kind, "date": one.date, "entries": one.entries} for one in table.lists]  # fmt: skip
    return {
        "file": f"{licence}{SUFFIX}",
        "licence": licence,
        "sha256": digest(data),
        "bytes": len(data),
        "keys": len(table.keys),
        "false_match_rate": table.false_match_rate,
        "lists": lists,
    }


def _listed(source: Source) -> Listed:
    return Listed(source.name, source.family, source.kind, source.date, 0)


def _named(raw: Path, domains: Domains) -> dict[str, pl.Series]:
    """List -> the referring domains that it names, of the lists that ship.

    Raises:
        InputError: a table of the raw data is not there, or a list that ships names nothing.
    """
    data = raw / "data"
    wanted = [one.name for one in all_sources().values() if one.ships]
    pairs = [_of_merged(_read(data / file)) for file in _MERGED]
    popular = _read(data / _POPULAR).filter(pl.col("in_crux2025") == 1)
    pairs.append(popular.select("domain", source=pl.lit("crux")))
    largest = parse(_bytes(data / _MAJESTIC), _MAJESTIC, domains, "json").domains
    pairs.append(pl.DataFrame({"domain": largest}).with_columns(source=pl.lit("majestic")))
    every = pl.concat(pairs).filter(pl.col("source").is_in(wanted))
    every = every.join(_whole(every["domain"].unique(), domains), on="domain", how="semi")
    by_source = every.sort("source", "domain").partition_by("source", as_dict=True)
    named = {str(source): group["domain"] for (source,), group in by_source.items()}
    if missing := sorted(set(wanted) - set(named)):
        raise InputError(
            data, f"no domain of the lists {', '.join(missing)} is here", "complete the raw data"
        )
    return named


def _of_merged(table: pl.DataFrame) -> pl.DataFrame:
    """``domain`` and ``source``; a name of which only sub-domains are listed is left out."""
    whole = table.filter(pl.col("scope") == "apex")
    return whole.select("domain", source=pl.col("sources").str.split(",")).explode("source")


def _whole(names: pl.Series, domains: Domains) -> pl.DataFrame:
    """Of names, those that are referring domains themselves; no platform and no suffix."""
    units = domains.referring_domains(domains.canonical_hosts(names))
    told = domains.describe(units.filter((units == names).fill_null(value=False)).unique())
    return told.filter(pl.col("kind").is_in(["domain", "tenant_host", "ip"])).select(domain="value")


def _read(path: Path) -> pl.DataFrame:
    try:
        return pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise InputError(
            path, "the raw table cannot be read", "name the folder that holds data/ with --raw or DETECTOR_RAW"
        ) from error  # fmt: skip


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(path, "the raw list cannot be read", "complete the raw data") from error


def notices(licence: str, sources: list[Source]) -> str:
    """What must stand beside a table: whose lists they are, and the licence."""
    text = (resources.files("detector") / "data" / "licences" / f"{licence}.txt").read_text(encoding="utf-8")
    head = _NOTICE.format(table=f"{licence}{SUFFIX}", licence=licence, hash=DESCRIPTION)
    lists = "".join(
        f"\n{one.name} ({one.date}): {one.meaning}\n  {one.copyright}\n  {_place(one.repository)}\n"
        for one in sources
    )
    return f"{head}{lists}\n{'-' * 80}\n\n{text}"


def _place(repository: str) -> str:
    """The address of a repository: on GitHub where no other host is named."""
    return f"https://{repository}" if "." in repository.split("/")[0] else f"https://github.com/{repository}"
