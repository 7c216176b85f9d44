"""What an audit says of its promise, and that it keeps it: sentences, the record, the refusal."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from detector import Settings, audit
from detector.auditing.promising import learnt_of, promise_record, promise_sentences, too_weak
from detector.classifier.kept import keep
from detector.classifier.promise import HeldOut
from detector.errors import UsageError

Write = Callable[[Path, list[dict[str, str]]], Path]


def held(honest: int = 2000, toxic: int = 1000) -> HeldOut:
    draw = np.random.default_rng(0)
    scores = np.concatenate([draw.uniform(0, 0.4, honest), draw.uniform(0.5, 1, toxic)])
    return HeldOut.of(np.repeat([0, 1], [honest, toxic]), scores, 12)


def profile(honest: int, toxic: int, *, tier: str = "rich", probability: float = 0.999) -> pl.DataFrame:
    probabilities = np.repeat([0.1, probability], [honest, toxic])
    return pl.DataFrame({"tier": tier, "probability": probabilities, "held_back": False})


def said(rows: pl.DataFrame, risk: float = 0.01, **samples: HeldOut) -> list[str]:
    return promise_sentences(keep(samples or {"rich": held()}, risk, rows, 0.5))


def test_the_promise_names_risk_confidence_proof_and_mix() -> None:
    mistakes, promise = said(profile(100, 100))
    assert mistakes.startswith("Mistakes to expect in the 100 lines of this audit: 0.1, by the prob")
    assert mistakes.endswith("the promise allows 1.0.")
    assert promise.startswith(
        "Promise for domains known by pages and anchors: at most 1 % of the lines are wrong, with 90% "
    )
    assert "Proved on 3,000 held-out domains of 12 sources of labels, 33% of them toxic (0 of " in promise
    assert "of 1,000 honest domains at most 1.2 get a line" in promise
    assert promise.endswith(
        "Of the 200 here about 50% (43% to 57%) are toxic, certain enough for a line or not."
    )


def test_a_profile_with_too_little_spam_is_told_why_nothing_is_written() -> None:
    [why] = said(profile(1000, 9))
    assert why.startswith(
        "In this profile so few domains known by pages and anchors look toxic (about 1% (0% to 2%))"
    )
    assert why.endswith("more than 1 % of the 9 with the highest scores could be wrong: none of them is written, all go to a person.")  # fmt: skip


def test_of_a_single_doubtful_domain_is_told_as_of_one_and_no_share_as_a_range_of_itself() -> None:
    [why] = said(profile(5000, 1, probability=0.97))
    assert why == (
        "In this profile so few domains known by pages and anchors look toxic (about 0%) that the one that scores high enough for a"
        " line could well be an honest one: it is not written and goes to a person."
    )


def test_evidence_that_supports_no_promise_is_named_only_where_something_looks_toxic() -> None:
    few = held(100, 50)
    [why] = said(profile(10, 3, tier="urls"), rich=held(), urls=few)
    assert why.startswith(
        "Nothing is written of domains known by page addresses only: the held-out sample cannot prove"
    )
    assert "(180 more faultless lines are missing)" in why
    assert said(profile(10, 0, tier="urls"), rich=held(), urls=few) == []
    assert said(profile(10, 0)) == []


def test_doubtful_lines_are_called_doubtful() -> None:
    sentences = said(profile(100, 100, probability=0.6), 0.05)
    assert sentences[0].startswith("Mistakes to expect in the 100 lines of this audit: 25.0, by")
    assert sentences[1].startswith("That is more than promised: look through the least probable lines")


def test_what_is_called_more_than_promised_reads_as_more() -> None:
    kept = keep({"rich": held()}, 0.01, profile(100, 100), 0.5)
    rich = replace(kept.tiers["rich"], lines=27, expected_wrong=0.2999)
    assert promise_sentences(replace(kept, tiers={"rich": rich}))[:2] == [
        "Mistakes to expect in the 27 lines of this audit: 0.30, by the probabilities; the promise allows 0.27.",
        "That is more than promised: look through the least probable lines before you upload the file.",
    ]
    same = replace(rich, expected_wrong=0.2702)
    assert "more than promised" not in " ".join(promise_sentences(replace(kept, tiers={"rich": same})))


def test_a_judgement_without_learnt_families_is_not_covered() -> None:
    kept = keep({"rich": held()}, 0.01, profile(100, 100), 0.5)
    assert learnt_of(("vendor", "link", "reputation", "anchor", "link")) == ("link", "anchor")
    less = replace(kept, without=("link", "anchor"))
    assert promise_sentences(less) == [
        *promise_sentences(kept),
        "Promises are proved with all families of signals: they do not cover this judgement, made without link and anchor."
        " More of its lines may be wrong.",
    ]
    assert promise_record(less)["without"] == ["link", "anchor"]


def test_what_too_little_is_known_of_is_counted() -> None:
    rows = [
        ("name", "review", False), ("metrics", "review", False), ("metrics", "review", False), ("metrics", "keep", True),
        ("metrics", "review", True), ("rich", "review", False),
    ]  # fmt: skip
    assert too_weak(pl.DataFrame(rows, schema=["tier", "verdict", "listable"], orient="row")) == [
        "1 domain known by its name only looks toxic and gets no line: nothing is promised on such weak evidence. It goes to a person.",
        "2 domains known by metrics of the domain only look toxic and get no line: nothing is promised on such weak evidence. They go to"
        " a person.",
    ]


def test_the_record_is_json_and_holds_what_is_said() -> None:
    promise = keep({"rich": held()}, 0.01, profile(100, 100), 0.5)
    record = json.loads(json.dumps(promise_record(promise)))
    assert (record["risk"], record["confidence"]) == (0.01, 0.9)
    tier = record["tiers"]["rich"]
    assert tier["held_out"] == {
        "honest": 2000,
        "toxic": 1000,
        "families": 12,
        "share_toxic": pytest.approx(1 / 3),
    }
    assert tier["outcome"] == "kept"
    assert tier["lines"] == 100
    assert tier["threshold"] <= 0.999
    assert tier["proved"]["bound"] <= 0.01
    assert tier["missing_lines"] == 0
    assert tier["wrong_per_1000_honest"] == pytest.approx(1.15, abs=0.01)
    nothing = promise_record(keep({"rich": held(100, 50)}, 0.01, profile(100, 100), 0.5))["tiers"]["rich"]
    assert (nothing["proved"], nothing["threshold"], nothing["missing_lines"]) == (None, None, 180)


def test_every_field_of_the_record_is_documented() -> None:
    text = (Path(__file__).parents[1] / "docs" / "audit-files.md").read_text(encoding="utf-8")
    section = text.partition("### The promise")[2].partition("## report.html")[0]
    record = promise_record(keep({"rich": held()}, 0.01, profile(100, 100), 0.5))
    names = {
        *record,
        *(tier := record["tiers"]["rich"]),
        *tier["held_out"],
        *tier["proved"],
        *tier["share_toxic"],
    }
    assert [name for name in sorted(names) if f"`{name}`" not in section] == []


# ------------------------------------------------------------------------------------------------- an audit


def link(number: int, **cells: str) -> dict[str, str]:
    return {
        "Referring page URL": f"https://page{number}.example/a/{number}",
        "Target URL": "https://www.kettles.example/",
        "Anchor": "kettles",
        **cells,
    }


@pytest.fixture
def export(tmp_path: Path, write_ahrefs: Write) -> Path:
    return write_ahrefs(tmp_path / "export.csv", [link(n) for n in range(12)])


def test_the_default_risk_is_supported_by_the_shipped_model_and_recorded(
    tmp_path: Path, export: Path
) -> None:
    record = audit([export], Settings("kettles.example"), tmp_path / "out").summary["promise"]
    assert record["risk"] == 0.01
    assert record["tiers"]["rich"]["proved"]["bound"] <= 0.01


def test_a_risk_without_support_writes_nothing(tmp_path: Path, export: Path) -> None:
    with pytest.raises(UsageError, match=r"--risk 0\.01%: .* more faultless lines are missing"):
        audit([export], Settings("kettles.example", risk=0.0001), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_audit_without_a_learnt_family_says_that_its_promise_does_not_cover_it(
    tmp_path: Path, export: Path
) -> None:
    told = {
        name: audit([export], Settings("kettles.example", without=(name,)), tmp_path / name).summary
        for name in ("vendor", "link")
    }
    assert [summary["promise"]["without"] for summary in told.values()] == [[], ["link"]]
    assert ["made without link" in " ".join(summary["summary"]) for summary in told.values()] == [False, True]
