"""Keys, tables and look-ups: what is stored is found, what is not is not, and by the rate that is stated."""

from __future__ import annotations

import io
import json
import random
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.errors import InputError
from detector.reference.hashing import false_match_rate, keys_of
from detector.reference.lookup import COLUMNS, MANIFEST, Reference, digest, own_tables, shipped_tables
from detector.reference.sources import KINDS
from detector.reference.tables import Listed, Table, make_table, packed, read_table

NAMES = st.lists(st.from_regex(r"[a-z0-9]{1,12}\.(example|test)", fullmatch=True), max_size=40, unique=True)


def table(**lists: tuple[str, str, list[str]]) -> Table:
    """``name=(family, kind, domains)``."""
    return make_table(
        [
            (Listed(name, family, kind, "2026-01", 0), keys_of(pl.Series(domains, dtype=pl.String)))
            for name, (family, kind, domains) in lists.items()
        ]
    )


def test_a_key_is_what_the_documents_say() -> None:
    """Worked out apart from the module: tables that users have must stay readable."""
    assert keys_of(pl.Series(["spam.example"])).tolist() == [0xB988E3A317]


@given(NAMES, NAMES)
def test_what_a_list_names_is_found_after_writing_and_reading(first: list[str], second: list[str]) -> None:
    made = table(a=("one", "spam", first), b=("two", "adult", second))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "t.npz")
        path.write_bytes(packed(made))
        again = read_table(path)
    assert again.lists == made.lists
    every = sorted({*first, *second, "other.invalid"})
    marks = again.look_up(keys_of(pl.Series(every, dtype=pl.String))).tolist()
    assert marks == [(name in first) + 2 * (name in second) for name in every]


def test_the_same_table_gives_the_same_bytes_whatever_the_order() -> None:
    forth = table(a=("f", "spam", ["a.example", "b.example", "a.example"]))
    back = table(a=("f", "spam", ["b.example", "a.example"]))
    assert packed(forth) == packed(back)
    assert forth.lists[0].entries == 2


def test_the_false_match_rate_is_the_one_stated() -> None:
    """With keys of 20 bits the rate is large enough to be counted: within four standard deviations."""
    bits, listed, asked = 20, 20_000, 200_000
    keys = np.unique(keys_of(pl.Series([f"l{n}.example" for n in range(listed)]), bits))
    few = Table((Listed("a", "a", "spam", "2026", listed),), keys, np.ones(len(keys), np.uint32))
    found = int((few.look_up(keys_of(pl.Series([f"o{n}.test" for n in range(asked)]), bits)) > 0).sum())
    rate = false_match_rate(len(keys), bits)
    assert abs(found - rate * asked) < 4 * (rate * asked) ** 0.5


def test_families_count_once_and_a_kind_without_a_list_is_missing() -> None:
    reference = Reference(
        [
            table(a=("copies", "spam", ["x.example", "y.example"]), b=("copies", "spam", ["x.example"])),
            table(c=("other", "spam", ["x.example"]), d=("theme", "gambling", ["z.example"])),
        ]
    )
    found = reference.look_up(pl.Series(["x.example", "y.example", "z.example", "none.example"]))
    assert dict(found.schema) == COLUMNS
    assert found["listed_spam"].to_list() == [2.0, 1.0, 0.0, 0.0]
    assert found["listed_gambling"].to_list() == [0.0, 0.0, 1.0, 0.0]
    assert found["listed_adult"].to_list() == [None] * 4
    assert found["lists"].to_list() == [["a", "b", "c"], ["a"], ["d"], []]


def test_the_last_list_of_a_name_counts() -> None:
    old, new = table(a=("f", "spam", ["old.example"])), table(a=("f", "spam", ["new.example"]))
    found = Reference([old, new]).look_up(pl.Series(["old.example", "new.example"]))
    assert found["listed_spam"].to_list() == [0.0, 1.0]
    assert len(Reference([old, new]).lists()) == 1


def test_one_list_can_be_asked_by_its_name() -> None:
    asked = pl.Series(["old.example", "new.example", "spam.example"])
    old = table(universities=("f", "ordinary", ["old.example"]))
    new = table(spam=("g", "spam", ["spam.example"]), universities=("f", "ordinary", ["new.example"]))
    assert Reference([old, new]).named("universities", asked).to_list() == ["new.example"]
    assert Reference([old, new]).named("unheard of", asked).to_list() == []
    assert Reference([old, new]).named("universities", asked.clear()).to_list() == []


def test_without_tables_everything_is_missing() -> None:
    found = Reference().look_up(pl.Series(["a.example"]))
    assert dict(found.schema) == COLUMNS
    assert found.row(0) == (None,) * len(COLUMNS)
    assert Reference().look_up(pl.Series([], dtype=pl.String)).height == 0


def test_no_domain_can_be_asked() -> None:
    found = Reference([table(a=("f", "spam", ["a.example"]))]).look_up(pl.Series([], dtype=pl.String))
    assert (found.height, dict(found.schema)) == (0, COLUMNS)


def other_format(data: bytes) -> bytes:
    with np.load(io.BytesIO(data)) as archive:
        parts = dict(archive)
    about = json.loads(parts["about"].tobytes()) | {"format": 99}
    parts["about"] = np.frombuffer(json.dumps(about).encode(), np.uint8)
    buffer = io.BytesIO()
    np.savez(buffer, **parts)
    return buffer.getvalue()


def unordered(data: bytes) -> bytes:
    with np.load(io.BytesIO(data)) as archive:
        parts = dict(archive)
    parts["planes"] = parts["planes"][:, ::-1]
    buffer = io.BytesIO()
    np.savez(buffer, **parts)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data[:60] + b"\0\0\0\0" + data[64:],
        lambda data: b"\x80\x04cos\nsystem\n",
        other_format,
        unordered,
    ],
    ids=["empty", "half", "damaged", "pickle", "format", "order"],
)
def test_a_damaged_table_is_named(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "own-x.npz"
    path.write_bytes(spoil(packed(table(a=("f", "spam", [f"{n}.example" for n in range(50)])))))
    with pytest.raises(InputError, match=r"own-x\.npz.*table"):
        own_tables(tmp_path)


def test_a_shipped_table_must_be_the_one_of_its_manifest(tmp_path: Path) -> None:
    data = packed(table(a=("f", "spam", ["a.example"])))
    (tmp_path / "t.npz").write_bytes(data)
    manifest = {"tables": [{"file": "t.npz", "sha256": digest(data)}]}
    (tmp_path / MANIFEST).write_text(json.dumps(manifest))
    assert len(shipped_tables(tmp_path)) == 1
    (tmp_path / "t.npz").write_bytes(packed(table(a=("f", "spam", ["b.example"]))))
    with pytest.raises(InputError, match="manifest"):
        shipped_tables(tmp_path)
    (tmp_path / MANIFEST).write_text("{")
    with pytest.raises(InputError, match="manifest"):
        shipped_tables(tmp_path)
    assert shipped_tables(tmp_path / "none") == []


def test_more_lists_than_bits_do_not_fit() -> None:
    with pytest.raises(ValueError, match="33 lists"):
        table(**{f"l{n}": ("f", "spam", ["a.example"]) for n in range(33)})


def test_every_kind_has_a_column() -> None:
    assert {f"listed_{kind}" for kind in KINDS} < set(COLUMNS)


def test_the_shipped_tables_keep_to_their_rate() -> None:
    """Half a million invented names: about one false match is expected, ten would be a fault."""
    rng = random.Random(4)
    asked = pl.Series([f"{rng.getrandbits(60):x}.invalid" for _ in range(500_000)])
    found = Reference(shipped_tables(Path(__file__).parents[2] / "models" / "reference")).look_up(asked)
    assert found.filter(pl.col("lists").list.len() > 0).height < 10
