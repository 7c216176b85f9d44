"""The table of lists, and what ships of it: only what a licence permits, with its notices."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detector.links.domains import Domains
from detector.reference.building import build
from detector.reference.lookup import MANIFEST, digest
from detector.reference.sources import KINDS, SHIPPABLE, all_sources
from detector.reference.tables import MOST_LISTS

MOST_BYTES = 10_000_000


def test_only_what_a_licence_permits_ships() -> None:
    for one in all_sources().values():
        assert one.kind in KINDS, one.name
        assert one.ships != bool(one.why_not), one.name
        assert one.meaning and one.family and one.repository and one.date, one.name
        if one.ships:
            assert one.licence in SHIPPABLE, one.name
            assert one.copyright, one.name


def test_no_file_holds_more_lists_than_fit() -> None:
    for licence in SHIPPABLE:
        assert sum(one.ships and one.licence == licence for one in all_sources().values()) <= MOST_LISTS


def test_copies_of_one_another_are_one_family() -> None:
    families = {all_sources()[name].family for name in ("matomo", "desbma", "stevieray", "mk_badreferrers", "disavow_mertcan")}  # fmt: skip
    assert families == {"referrer"}


def test_the_shipped_tables_are_whole_and_small_and_carry_their_notices(project: Path) -> None:
    folder = project / "models" / "reference"
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    shipped = {one["name"]: (entry["licence"], one["entries"]) for entry in manifest["tables"] for one in entry["lists"]}  # fmt: skip
    assert {name for name, one in all_sources().items() if one.ships} == set(shipped)
    for entry in manifest["tables"]:
        assert digest((folder / entry["file"]).read_bytes()) == entry["sha256"]
        notice = (folder / f"{entry['licence']}.txt").read_text("utf-8")
        for one in entry["lists"]:
            assert all_sources()[one["name"]].licence == entry["licence"]
            assert all_sources()[one["name"]].copyright in notice
            assert one["entries"] > 0
    assert sum(path.stat().st_size for path in (project / "models").rglob("*") if path.is_file()) < MOST_BYTES
    expected = {f"{entry['licence']}{end}" for entry in manifest["tables"] for end in (".npz", ".txt")}
    assert {path.name for path in folder.iterdir()} == expected | {MANIFEST}


@pytest.mark.raw
def test_the_recipe_makes_the_shipped_tables_again(raw: Path, project: Path, tmp_path: Path) -> None:
    build(raw, tmp_path, Domains.default())
    shipped = project / "models" / "reference"
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {p.name: p.read_bytes() for p in shipped.iterdir()}  # fmt: skip
