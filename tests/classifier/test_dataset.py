"""The training tables: which parts of texts are kept, that no name or text is in them, and that they make the model."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from detector.classifier.dataset import FILES, Dataset, _anonymous, _texts_of, kept_together
from detector.classifier.injected import INJECTED
from detector.classifier.store import load, shipped_folder
from detector.classifier.text_tables import SEEN_WITH, TextTables, text_tables
from detector.errors import InputError
from detector.links.domains import Domains
from detector.links.schema import LINK_SCHEMA
from detector.signals.compute import compute_signals, facts_of
from detector.signals.registry import all_signals
from detector.signals.site import make_site
from detector.signals.wording import Words

TABLES = Path(__file__).parents[2] / "training_data"


@pytest.fixture(scope="module")
def shipped() -> Dataset:
    return Dataset.load(TABLES)


# ------------------------------------------------------------------------------------------------ texts


def test_an_audit_reads_the_texts_that_were_learnt_from_and_no_others() -> None:
    """A text that is only the site's name, or has no words, is read by neither: else such anchors would count as never learnt."""
    texts = (
        "kettle.example",
        "Kettle",
        "www.kettle.example",
        "kettle kettle",
        "!!!",
        "",
        "the kettle shop",
        "best casino",
    )
    links = [
        {
            "record_type": "link", "source_url": f"https://d{n}.example{path}", "source_host": f"d{n}.example", "tool": "ahrefs",
            "referring_domain": f"d{n}.example", "target_url": "https://kettle.example/", "target_host": "kettle.example",
            "anchor": text, "source_title": text,
        }
        for n, text in enumerate(texts)
        for path in (("/", "/kettle.example") if n % 2 else ("/about-kettles",))
    ]  # fmt: skip
    facts = facts_of(
        pl.DataFrame([{**dict.fromkeys(LINK_SCHEMA), **one} for one in links], schema=LINK_SCHEMA)
    )
    computed = compute_signals(facts, make_site("kettle.example"), Domains.default(), load().model.texts)
    learnt = _texts_of(computed)
    for place, signal in (("anchor", "anchor_words"), ("title", "title_words"), ("page", "page_words")):
        read = computed.domains.filter(pl.col(signal).is_not_null() & pl.col(signal).is_not_nan())
        uses = learnt.filter((pl.col("place") == place) & (pl.col("norm").str.strip_chars(" ") != ""))
        assert set(read["referring_domain"]) == set(uses["referring_domain"]), place
    assert {"d6.example", "d7.example"} <= set(learnt.filter(place="anchor")["referring_domain"])


def tables(*texts: tuple[int, str, str], collected: tuple[str, ...] = ()) -> TextTables:
    """Of uses ``(document, domain, normalised anchor)`` and spam texts of a collection."""
    uses = pl.DataFrame(
        texts, schema={"document": pl.UInt32, "domain": pl.String, "norm": pl.String}, orient="row"
    )
    listed = pl.DataFrame({"norm": collected}, schema={"norm": pl.String}).with_columns(
        label=pl.lit(1, pl.Int8), collection=pl.lit("phrases"), weight=pl.lit(1.0)
    )
    return text_tables(uses.with_columns(place=pl.lit("anchor"), share=pl.lit(1.0)), listed)


def features_of(text: str) -> set[int]:
    return set(Words.of(pl.Series([text])).features()[1].tolist())


def test_parts_of_texts_that_stand_with_several_domains_are_kept() -> None:
    made = tables(*((n, f"d{n}.example", f" casino {n}xx ") for n in range(SEEN_WITH)))
    for kept in made.texts["features"]:
        assert set(kept.to_list()) >= features_of(" casino ")


def test_what_could_stand_for_one_site_is_not() -> None:
    one_domain = [(n, "one.example", f" smithson {n}xx ") for n in range(50)]
    few = [(60 + n, f"d{n}.example", " quorvelt ") for n in range(SEEN_WITH - 1)]
    made = tables(*one_domain, *few)
    assert set(made.texts["features"].explode().drop_nulls().to_list()) == set()
    assert made.texts["size"].min() > 0  # how much there was is known


def test_texts_of_collections_count_as_much_as_domains() -> None:
    made = tables(
        (0, "one.example", " roulette "), collected=tuple(f" roulette {n}xx " for n in range(SEEN_WITH - 1))
    )
    [row] = made.uses["text"]
    assert set(made.texts["features"][row].to_list()) == features_of(" roulette ")


def test_a_domain_with_many_texts_weighs_no_more_than_one_with_one(shipped: Dataset) -> None:
    documents = shipped.texts._documents(shipped.rows)
    used = shipped.texts.uses.with_columns(weight=pl.Series(documents.weight[: shipped.texts.uses.height]))
    each = used.filter(place="title").group_by("document").agg(pl.col("weight").sum())
    given = each["weight"] / shipped.rows["weight"].gather(each["document"])
    assert given.max() == pytest.approx(given.min())


# ------------------------------------------------------------------------------------------------ names


def named_rows() -> pl.DataFrame:
    columns = {
        "referring_domain": ["spam-casino.top", "spam-casino.top", "honest.co.uk"],
        "profile": ["one.example", "two.example", "one.example"],
        "operator": [None, None, "network-7"],
        "suffix": ["top", "top", "co.uk"],
        "label": [1, 1, 0],
        **{name: ["a", "a", "b"] for name in ("family", "source", "category", "evidence")},
        "year": [2024, 2024, 2026],
        "weight": [1.0, 1.0, 0.5],
        "strong": [True, True, False],
        "known": [True, True, True],
        "found": [None, None, "honest"],
        "popularity": [None, None, 3],
    }
    return pl.DataFrame(columns).with_columns(pl.lit(None, pl.Float64).alias(name) for name in all_signals())


def test_names_become_salted_hashes_that_still_tell_who_is_the_same() -> None:
    first, second = _anonymous(named_rows()), _anonymous(named_rows())
    assert first["key"][0] == first["key"][1] != first["key"][2]
    assert first["profile"][0] == first["profile"][2] != first["profile"][1]
    assert first["fold"][0] == first["fold"][1]
    assert first["key"][0] != second["key"][0]  # the salt is new, so nobody can try names
    assert hashlib.sha256(b"spam-casino.top").hexdigest()[:16] not in first["key"].to_list()
    assert "spam-casino" not in json.dumps(first.rows())


def test_the_committed_tables_hold_no_name_and_no_text(shipped: Dataset) -> None:
    texts = {name for name, kind in shipped.rows.schema.items() if kind == pl.String}
    assert texts == {"key", "profile", "group", "family", "source", "category", "evidence", "found", "tld"}
    for name in ("key", "profile", "group"):
        assert shipped.rows[name].str.contains("^[0-9a-f]{16}$").all()
    for name in ("family", "source", "category", "evidence"):
        values = shipped.rows[name].unique().to_list()
        assert len(values) < 80
        assert not [value for value in values if "." in value or " " in value]
    assert shipped.rows["tld"].drop_nulls().str.contains(r"^[a-z0-9-]+$").all()
    texts = shipped.texts
    assert dict(texts.texts.schema) == {
        "features": pl.List(pl.UInt32),
        "size": pl.UInt16,
        "language": pl.String,
    }
    assert texts.texts["language"].n_unique() < 30
    assert set(texts.uses["place"].unique()) == {"anchor", "title", "page"}
    assert {name for name, kind in texts.collected.schema.items() if kind == pl.String} == {"collection"}
    assert texts.collected["collection"].n_unique() < 20
    # the order of words is gone: features stand in the order of their hashes
    listed = texts.texts["features"].head(2000)
    assert (listed.list.sort() == listed).all()


def test_no_domain_and_no_operator_is_on_both_sides(shipped: Dataset) -> None:
    assert shipped.rows.group_by("key").agg(pl.col("fold").n_unique())["fold"].max() == 1


def test_no_profile_is_on_both_sides_but_for_domains_that_link_to_several(shipped: Dataset) -> None:
    rows = shipped.rows.filter(pl.col("family") != INJECTED)
    only_here = rows.filter(pl.col("profile").n_unique().over("group") == 1)
    assert only_here.height > 0.7 * rows.height
    assert only_here.group_by("profile").agg(pl.col("fold").n_unique())["fold"].max() == 1
    sizes = shipped.rows["fold"].value_counts()["count"].to_numpy()
    assert sizes.min() > 0.6 * sizes.max()


def test_what_is_kept_together() -> None:
    rows = pl.DataFrame(
        {
            "group": ["a", "a", "b", "c", "d", "e"],
            "profile": ["x", "y", "x", "x", "y", "injected-1"],
            "family": ["read", "read", "read", "single", "read", INJECTED],
        }
    )
    assert rows.select(kept_together()).to_series().to_list() == ["a", "a", "x", "x", "y", "e"]


def test_the_tables_are_small_and_are_those_of_the_manifest() -> None:
    assert sum((TABLES / name).stat().st_size for name in FILES) < 40_000_000
    manifest = json.loads((shipped_folder() / "manifest.json").read_text())
    for name in FILES:
        assert manifest["training_data"][name] == hashlib.sha256((TABLES / name).read_bytes()).hexdigest()


def test_saving_and_loading_changes_nothing(shipped: Dataset, tmp_path: Path) -> None:
    first = {name: getattr(shipped.texts, name).head(5_000) for name in ("texts", "uses", "collected")}
    some = Dataset(shipped.rows.head(5_000), replace(shipped.texts, **first))
    some.save(tmp_path / "copy")
    again = Dataset.load(tmp_path / "copy")
    assert again.rows.equals(some.rows)
    for name in ("texts", "uses", "collected"):
        assert getattr(again.texts, name).equals(getattr(some.texts, name))
    assert sorted(path.name for path in (tmp_path / "copy").iterdir()) == sorted(FILES)


def test_tables_made_before_a_signal_was_are_named_with_the_way_out(shipped: Dataset, tmp_path: Path) -> None:
    few = replace(shipped.texts, texts=shipped.texts.texts.head(9), uses=shipped.texts.uses.head(9))
    Dataset(shipped.rows.head(9).drop("links_log"), few).save(tmp_path)
    with pytest.raises(InputError, match=r"missing in it: links_log\. Make .* --rebuild --raw DIR"):
        Dataset.load(tmp_path)


def test_tables_that_are_not_there_or_are_none_are_named(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"signals\.parquet: the training table cannot be read: it is not there"
    ):
        Dataset.load(tmp_path)
    (tmp_path / "signals.parquet").write_text("no table")
    with pytest.raises(InputError, match="it is no Parquet file"):
        Dataset.load(tmp_path)
