"""The training tables: who enters the vocabulary, that no name or text is in them, and that they make the model."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from detector.classifier.dataset import FILES, SEEN_IN, Dataset, _anonymous, _bags, _vocabulary
from detector.classifier.model import tiers_of
from detector.classifier.store import load, shipped_folder
from detector.classifier.training import inputs, make_examples
from detector.classifier.words import SEEN_WITH
from detector.errors import InputError
from detector.signals.registry import all_signals

TABLES = Path(__file__).parents[2] / "training_data"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def shipped() -> Dataset:
    return Dataset.load(TABLES)


# ------------------------------------------------------------------------------------------------ vocabulary


def texts(word: str, domains: int, profiles: int) -> list[tuple[str, str, str]]:
    """A text with the word for each of so many domains, spread over so many profiles."""
    return [(f"{word}{n}.example", f"site{n % profiles}.example", f"{word} filler") for n in range(domains)]


def vocabulary_of(*rows: tuple[str, str, str]) -> list[str]:
    frame = pl.DataFrame(rows, schema=["referring_domain", "profile", "bare"], orient="row")
    return _vocabulary(frame)["token"].to_list()


def test_a_word_of_many_domains_and_profiles_enters() -> None:
    assert "casino" in vocabulary_of(*texts("casino", SEEN_WITH, SEEN_IN))


@pytest.mark.parametrize(
    ("domains", "profiles"), [(SEEN_WITH - 1, SEEN_IN), (SEEN_WITH, SEEN_IN - 1), (1, 1)]
)
def test_a_word_that_could_stand_for_one_site_does_not(domains: int, profiles: int) -> None:
    assert "smithson" not in vocabulary_of(*texts("smithson", domains, profiles))


def test_bags_hold_numbers_of_known_words_only() -> None:
    vocabulary = pl.DataFrame(
        {"token": ["casino", "slot"], "word": [0, 1]}, schema_overrides={"word": pl.UInt32}
    )
    given = pl.DataFrame({"document": [4, 4, 7], "bare": ["casino smithson", "slot casino", "smithson"]})
    bags = _bags(given, vocabulary)
    assert bags.columns == ["document", "word"]
    assert bags.rows() == [(4, 0), (4, 1)]


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
    assert texts == {"key", "profile", "group", "family", "source", "category", "evidence", "tld"}
    for name in ("key", "profile", "group"):
        assert shipped.rows[name].str.contains("^[0-9a-f]{16}$").all()
    for name in ("family", "source", "category", "evidence"):
        values = shipped.rows[name].unique().to_list()
        assert len(values) < 80
        assert not [value for value in values if "." in value or " " in value]
    assert shipped.rows["tld"].drop_nulls().str.contains(r"^[a-z0-9-]+$").all()
    for words in (shipped.anchor_words, shipped.title_words):
        assert dict(words.schema) == {"document": pl.UInt32, "word": pl.UInt32}


def test_the_committed_vocabulary_holds_words_and_no_addresses(shipped: Dataset) -> None:
    words = shipped.vocabulary["token"].to_list()
    assert words == sorted(words)
    assert not [word for word in words if re.search(r"[@/:]|\.[a-z]{2,}|\d{5}", word)]


def test_no_domain_and_no_operator_is_on_both_sides(shipped: Dataset) -> None:
    assert shipped.rows.group_by("key").agg(pl.col("fold").n_unique())["fold"].max() == 1


def test_the_tables_are_small_and_are_those_of_the_manifest() -> None:
    assert sum((TABLES / name).stat().st_size for name in FILES) < 40_000_000
    manifest = json.loads((shipped_folder() / "manifest.json").read_text())
    for name in FILES:
        assert manifest["training_data"][name] == hashlib.sha256((TABLES / name).read_bytes()).hexdigest()


def test_saving_and_loading_changes_nothing(shipped: Dataset, tmp_path: Path) -> None:
    shipped.save(tmp_path / "copy")
    again = Dataset.load(tmp_path / "copy")
    for name in ("rows", "anchor_words", "title_words", "vocabulary"):
        assert getattr(again, name).equals(getattr(shipped, name))
    assert sorted(path.name for path in (tmp_path / "copy").iterdir()) == sorted(FILES)


def test_tables_that_are_not_there_or_are_none_are_named(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"signals\.parquet: the training table cannot be read: it is not there"
    ):
        Dataset.load(tmp_path)
    (tmp_path / "signals.parquet").write_text("no table")
    with pytest.raises(InputError, match="it is no Parquet file"):
        Dataset.load(tmp_path)


# ------------------------------------------------------------------------------------------------ the model


@pytest.mark.slow
def test_training_on_the_committed_tables_gives_the_shipped_model(
    detector: Run, shipped: Dataset, tmp_path: Path
) -> None:
    done = detector("train", "--data", TABLES, "--out", tmp_path / "models", "--quiet", timeout=600)
    assert (done.returncode, done.stderr) == (0, "")
    made, kept = load(tmp_path / "models"), load()
    assert made.manifest["thresholds"] == kept.manifest["thresholds"]
    assert made.model.signals == kept.model.signals
    examples = make_examples(shipped.rows)
    rows = pl.DataFrame(examples.x, schema=[s.name for s in inputs()], orient="row").fill_nan(None)
    tiers = tiers_of(rows)
    probabilities = [
        model.probabilities(model.log_odds(model.contributions(rows), tiers), tiers)
        for model in (made.model, kept.model)
    ]
    assert np.allclose(*probabilities, atol=1e-9)
    assert np.allclose(made.model.anchor_weights, kept.model.anchor_weights, atol=1e-9)
    assert made.manifest["metrics"]["tiers"].keys() == kept.manifest["metrics"]["tiers"].keys()
    for tier, figures in kept.manifest["metrics"]["tiers"].items():
        for name, value in figures.items():
            if name in ("reliability", "roc"):
                continue
            assert made.manifest["metrics"]["tiers"][tier][name] == pytest.approx(value, abs=1e-6), (
                tier,
                name,
            )
