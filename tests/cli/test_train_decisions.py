"""``detector train --with-decisions``: what is told, where the model goes, and that a worse one is not written unasked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from typer.testing import CliRunner

from detector import Settings, audit
from detector.auditing.deciding import decided_domains
from detector.classifier import decisions
from detector.classifier.decisions import Learnt, OnDecisions, Shift
from detector.classifier.model import Model, Sum
from detector.classifier.store import load, shipped_folder
from detector.cli.commands import app
from detector.errors import DetectorError, InputError, UsageError
from detector.review.decisions import Evidence, Subject
from detector.review.store import COLUMNS, DecisionStore, read_decisions
from detector.signals.wording import BITS, TextWeights

Write = Callable[[Path, list[dict[str, str]]], Path]
NO_WORDS = TextWeights(np.zeros(1 << BITS, dtype=np.int16), 0.0)
SAME = Shift(0.98, 0.981, -0.001, 0.002)
FELL = Shift(0.98, 0.95, -0.04, -0.02)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, write_ahrefs: Write) -> Iterator[Path]:
    """An audit of 24 domains: 11 to disavow, 11 to keep, one ignored, one put off; a page of another."""
    base = tmp_path_factory.mktemp("audited")
    rows = [
        {"Referring page URL": f"https://d{n}.example/a", "Target URL": "https://www.kettles.example/"}
        for n in range(25)
    ]
    audit([write_ahrefs(base / "export.csv", rows)], Settings(site="kettles.example"), base / "audit")
    with DecisionStore(base / "audit", "kettles.example") as store:
        for names, what in (
            (range(11), "disavow"),
            (range(11, 22), "keep"),
            ([22], "ignore"),
            ([23], "later"),
        ):
            subjects = [(Subject(f"d{n}.example", "domain", f"d{n}.example"), Evidence()) for n in names]
            store.decide(subjects, what, title=what, who="ann", now=datetime.now(UTC))
        page = Subject("https://d24.example/a", "url", "d24.example")
        store.decide([(page, Evidence())], "disavow", title="a page", who="ann", now=datetime.now(UTC))
    yield base / "audit"


@pytest.fixture
def learnt(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What ``learn`` gives, instead of minutes of fitting; and what it was called with."""
    shipped = load()
    model = Model(
        ["links_log"], {"name": Sum(["links_log"], b"", [], [], 0.0)}, {"name": (1.0, 1.0, 0.0)}, NO_WORDS
    )
    seen = OnDecisions(11, 11, 22, Shift(0.8, 0.9, 0.02, 0.18), Shift(0.7, 0.8, -0.1, 0.2), 3, 1)
    given: dict[str, Any] = {"result": Learnt(model, {**shipped.manifest, "signals": ["links_log"]}, seen, {"rich": SAME}, {"rich": SAME})}  # fmt: skip

    def learn(data: object, tables: Path, own: pl.DataFrame, before: Model, *_: object) -> Learnt:
        given.update(own=own, before=before)
        return given["result"]  # type: ignore[no-any-return]

    monkeypatch.setattr(decisions, "learn", learn)
    return given


def run(*args: object) -> Any:
    return CliRunner().invoke(app, ["train", *map(str, args)])


def test_labels_are_what_was_decided_about_whole_domains(folder: Path) -> None:
    told = decided_domains(folder, read_decisions(folder))
    assert dict(told.group_by("label").len().iter_rows()) == {1: 11, 0: 11}
    assert "d24.example" not in told["referring_domain"].to_list()
    assert set(told["site"]) == {"kettles.example"}
    assert told["link_pages"].null_count() == 0


def test_the_model_goes_into_a_folder_of_the_user_and_opens(folder: Path, learnt: dict[str, Any]) -> None:
    done = run("--with-decisions", folder, "--with-decisions", folder)
    assert done.exit_code == 0, done.output
    out = Path(os.environ["XDG_STATE_HOME"], "toxic-link-detector", "model")
    assert load(out).model.signals == ["links_log"]
    assert learnt["own"].height == 22, "the same folder twice counts once"
    assert learnt["before"].signals == load().model.signals
    for part in ("22 decisions (11 disavow, 11 keep; 22 independent groups)", "0.800 -> 0.900", "better",
                 "3 contradicted before agree now, 1 the other way round", f"--model {out}"):  # fmt: skip
        assert part in done.output


def test_a_worse_model_is_told_and_not_written(folder: Path, learnt: dict[str, Any], tmp_path: Path) -> None:
    learnt["result"] = replace(learnt["result"], shipped={"rich": FELL})
    done = run("--with-decisions", folder, "--out", tmp_path / "own")
    assert isinstance(done.exception, DetectorError)
    assert "Nothing was written: AUC on the training tables (rich) fell from 0.9800 to 0.9500" in str(
        done.exception
    )
    assert "worse" in done.output
    assert not (tmp_path / "own").exists()
    done = run("--with-decisions", folder, "--out", tmp_path / "own", "--even-if-worse", "--quiet")
    assert (done.exit_code, done.output) == (0, "")
    assert load(tmp_path / "own").manifest["signals"] == ["links_log"]


def test_the_shipped_model_is_never_replaced(folder: Path, learnt: dict[str, Any]) -> None:
    done = run("--with-decisions", folder, "--out", shipped_folder())
    assert isinstance(done.exception, UsageError)
    assert "which stays as it is" in str(done.exception)
    done = run("--with-decisions", folder, "--pin")
    assert isinstance(done.exception, UsageError)


def test_a_folder_that_is_none_or_lacks_signals_is_named(folder: Path, tmp_path: Path) -> None:
    assert isinstance(run("--with-decisions", tmp_path).exception, UsageError)
    (tmp_path / "audit.json").write_text('{"site": "kettles.example"}')
    with pytest.raises(InputError, match=r"signals\.parquet"):
        decided_domains(tmp_path, pl.DataFrame(schema=dict(COLUMNS)))
