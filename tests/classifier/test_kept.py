"""The promise in a profile: which risks are refused, where each tier is cut, and what is recorded."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from detector.classifier.held_out import held_out, promise_left_out
from detector.classifier.kept import (
    KEPT,
    TOO_LITTLE_SPAM,
    UNSUPPORTED,
    Promise,
    check_supported,
    keep,
    percent,
    read_risk,
    sample_of,
)
from detector.classifier.promise import CUTS, HeldOut
from detector.classifier.promise_card import proved_section, tried_section
from detector.errors import ModelError, UsageError


def sample(honest: int = 2000, toxic: int = 1000, wrong: int = 0, seed: int = 0) -> HeldOut:
    """Toxic domains at 0.5 to 1, honest ones below 0.4, but ``wrong`` at 0.93."""
    draw = np.random.default_rng(seed)
    scores = np.concatenate(
        [draw.uniform(0, 0.4, honest - wrong), np.full(wrong, 0.93), draw.uniform(0.5, 1, toxic)]
    )
    return HeldOut.of(np.repeat([0, 1], [honest, toxic]), scores, 12)  # fmt: skip


def profile(honest: int, toxic: int, tier: str = "rich", probability: float = 0.97) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "tier": [tier] * (honest + toxic),
            "probability": np.repeat([0.1, probability], [honest, toxic]),
            "held_back": [False] * (honest + toxic),
        },
        schema={"tier": pl.String, "probability": pl.Float64, "held_back": pl.Boolean},
    )


def promise(rows: pl.DataFrame, risk: float = 0.01, **held: HeldOut) -> Promise:
    return keep(held or {"rich": sample()}, risk, rows, 0.5)


def test_a_line_that_another_rule_holds_back_is_not_counted_and_moves_no_cut() -> None:
    rows = profile(300, 200)
    whole = promise(rows).tiers["rich"]
    held_back = (pl.col("probability") > 0.9) & (pl.int_range(pl.len()) % 2 == 0)
    half = promise(rows.with_columns(held_back=held_back)).tiers["rich"]
    assert (whole.lines, half.lines, half.candidates) == (200, 100, 100)
    assert half.expected_wrong == pytest.approx(whole.expected_wrong / 2)
    assert (half.cut, half.share, half.domains) == (whole.cut, whole.share, whole.domains)


# -------------------------------------------------------------------------------------------------- the risk


@pytest.mark.parametrize(
    ("text", "risk"),
    [("0.5%", 0.005), ("1%", 0.01), (" 2 % ", 0.02), ("0.005", 0.005), ("0,5%", 0.005), (".1", 0.1), ("1e-3", 0.001)],
)  # fmt: skip
def test_a_risk_is_read_as_people_write_it(text: str, risk: float) -> None:
    assert read_risk(text) == pytest.approx(risk)


@pytest.mark.parametrize(
    "text", ["", "x", "%", "1", "0", "0%", "-1%", "50%", "0.5", "100", "nan", "inf", "1%%", "1% of"]
)
def test_what_is_no_risk_is_wrong_usage(text: str) -> None:
    with pytest.raises(UsageError, match=r"above 0 and below 50%"):
        read_risk(text)


def test_a_risk_that_no_evidence_supports_is_refused_with_what_is_missing() -> None:
    few = sample(500, 120)
    with pytest.raises(UsageError, match=r"--risk 1%: .* 110 more faultless lines are missing; .* --risk 2%"):
        check_supported({"rich": few}, 0.01)
    check_supported({"rich": few, "urls": sample()}, 0.01)
    check_supported({"rich": few}, 0.02)
    with pytest.raises(UsageError, match=r"230 more faultless lines are missing$"):
        check_supported({"rich": sample(10, 0)}, 0.01)


@pytest.mark.parametrize("page", ["README.md", "CHANGELOG.md", "docs/promise.md"])
def test_a_page_names_no_risk_that_the_shipped_model_refuses_unless_it_says_so(page: str) -> None:
    root = Path(__file__).resolve().parents[2]
    shipped = sample_of(json.loads((root / "models" / "manifest.json").read_text("utf-8")))
    named = re.findall(r"--risk ([\d.]+%)(` is refused)?", (root / page).read_text("utf-8"))
    assert named
    for risk, refused in named:
        supported = any(held.proof(read_risk(risk)) for held in shipped.values())
        assert supported is not bool(refused), risk


# ------------------------------------------------------------------------------------------------ in a profile


def test_a_profile_with_spam_enough_is_cut_where_the_proof_says() -> None:
    tier = promise(profile(100, 100)).tiers["rich"]
    assert (tier.outcome, tier.lines, tier.candidates) == (KEPT, 100, 100)
    assert tier.proof is not None
    assert tier.cut is not None
    assert tier.proof.cut <= tier.cut <= 0.97
    assert tier.share.low < 0.5 < tier.share.high
    assert tier.wrong_at_most <= 0.01 * tier.lines


@pytest.mark.parametrize(("honest", "toxic"), [(1000, 1), (10_000, 100), (5000, 400)])
def test_where_there_is_too_little_spam_nothing_is_written(honest: int, toxic: int) -> None:
    kept = promise(profile(honest, toxic))
    assert kept.cuts() == {}
    tier = kept.tiers["rich"]
    assert (tier.outcome, tier.lines, tier.candidates) == (TOO_LITTLE_SPAM, 0, toxic)
    assert (tier.expected_wrong, tier.wrong_at_most, tier.wrong_per_1000) == (0, 0, None)


def test_where_the_held_out_sample_has_wrong_lines_the_threshold_rises_with_less_spam() -> None:
    """So many wrong ones at 0.93 are few among the lines of a spammy profile, and too many in a cleaner one."""
    held = {"rich": sample(3000, 6000, wrong=6)}
    toxic = pl.concat([profile(0, 400, probability=p) for p in (0.91, 0.97, 0.99)])
    spammy = keep(held, 0.02, pl.concat([profile(400, 0), toxic]), 0.5)
    cleaner = keep(held, 0.02, pl.concat([profile(9000, 0), toxic]), 0.5)
    clean = keep(held, 0.02, pl.concat([profile(90_000, 0), toxic]), 0.5)
    assert spammy.cuts()["rich"] < 0.91
    assert 0.93 < cleaner.cuts()["rich"] <= 0.97
    assert cleaner.tiers["rich"].lines == 800
    assert clean.cuts() == {}


def test_a_profile_without_spam_has_nothing_to_hold_back() -> None:
    tier = promise(profile(50, 0)).tiers["rich"]
    assert (tier.outcome, tier.lines, tier.candidates, tier.share.estimate) == (KEPT, 0, 0, 0.0)


@pytest.mark.parametrize("toxic", [1, 3])
def test_a_tiny_profile_of_nothing_but_spam_gets_its_lines(toxic: int) -> None:
    assert promise(profile(0, toxic)).tiers["rich"].lines == toxic


def test_an_empty_profile_and_a_tier_without_a_sample_have_no_promise() -> None:
    assert promise(profile(0, 0)).tiers == {}
    assert promise(profile(5, 5, tier="pages")).tiers == {}


def test_each_tier_keeps_its_own_promise() -> None:
    rows = pl.concat([profile(50, 100), profile(50, 100, tier="urls")])
    kept = promise(rows, rich=sample(), urls=sample(100, 50))
    assert list(kept.cuts()) == ["rich"]
    assert kept.tiers["urls"].outcome == UNSUPPORTED


def test_no_cut_is_below_the_threshold_for_review() -> None:
    rows = profile(10, 50, probability=0.7)
    held = {"rich": sample()}
    assert keep(held, 0.2, rows, 0.5).cuts()["rich"] <= 0.7
    assert keep(held, 0.2, rows, 0.8).cuts()["rich"] == 0.8


def test_mistakes_to_expect_are_those_of_this_mix() -> None:
    """At 0.9 in a sample of one third: odds of 9 are 18 times those of the mix, so 18 in a profile of one half."""
    tier = promise(profile(100, 100, probability=0.9)).tiers["rich"]
    assert tier.share.estimate == pytest.approx(0.5)
    assert tier.expected_wrong == pytest.approx(100 / 19)


# ------------------------------------------------------------------------------------------------ the record


def test_the_sample_is_read_from_the_manifest() -> None:
    held = sample()
    assert sample_of({"held_out": {"rich": held.record()}})["rich"].record() == held.record()


@pytest.mark.parametrize(
    "manifest", [{}, {"held_out": None}, {"held_out": {"rich": {}}}, {"held_out": {"rich": 3}},
                 {"held_out": {"rich": {"honest": 1, "toxic": 1, "families": 1, "honest_above": [1], "toxic_above": [1]}}}],
)  # fmt: skip
def test_a_manifest_without_a_sample_says_what_to_do(manifest: dict[str, object]) -> None:
    with pytest.raises(ModelError, match="detector train"):
        sample_of(manifest)


def table(*rows: tuple[str, int, str, bool, float]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Dataset rows and their judgements."""
    names = ("key", "label", "family", "known", "probability")
    frame = pl.DataFrame(rows, schema=names, orient="row").with_row_index("row")
    about = frame.select(
        "key", "label", "family", "known", category=pl.lit("c"), name_trusted_suffix=pl.lit(0.0)
    )
    return about, frame.select("row", "probability", tier=pl.lit("rich"))


def test_a_domain_counts_once_as_its_first_profile_shows_it_and_only_with_a_known_label() -> None:
    rows, judged = table(
        ("a", 1, "x", True, 0.9), ("a", 1, "x", True, 0.1), ("b", 0, "y", True, 0.2), ("b", 0, "y", True, 0.99),
        ("c", 0, "z", False, 0.99),
    )  # fmt: skip
    poorer = judged.with_columns(tier=pl.lit("name"), probability=pl.lit(0.7))
    sample = held_out(rows, pl.concat([judged, poorer]))
    rich, name = sample["rich"], sample["name"]
    assert (rich.honest, rich.toxic, rich.families) == (1, 1, 2)
    assert (rich.honest_above.max(), rich.toxic_above.max()) == (0, 1)
    assert (name.honest_above.max(), name.toxic_above.max()) == (1, 1)


def test_an_institution_gets_no_line_and_is_in_no_promise() -> None:
    rows, judged = table(*[(name, 0, "x", True, 0.99) for name in "abc"])
    institutions = rows.with_columns(name_trusted_suffix=pl.Series([0.0, 1.0, None]))
    assert held_out(institutions, judged)["rich"].honest == 2
    universities = rows.with_columns(category=pl.Series(["press", "university", None]))
    assert held_out(universities, judged)["rich"].honest == 2


def test_two_unlucky_labels_at_the_top_do_not_cost_a_small_profile_its_lines() -> None:
    scores = np.concatenate([np.full(3, 0.9995), np.full(16, 0.96), np.full(13_000, 0.1)])
    toxic = np.concatenate([np.full(1500, 0.9997), np.full(1500, 0.97)])
    label = np.repeat([0, 1], [len(scores), len(toxic)])
    held = HeldOut.of(label, np.concatenate([scores, toxic]))
    rows = pl.concat([profile(180, 5, probability=0.9992), profile(0, 190, probability=0.97)])
    assert keep({"rich": held}, 0.01, rows, 0.5).tiers["rich"].lines == 195


def test_a_promise_is_tried_on_families_it_was_not_made_on() -> None:
    draw = np.random.default_rng(0)
    made = [(f"t{i}", 1, "t", True, 0.9) for i in range(500)] + [
        (f"h{i}", 0, "h", True, 0.1) for i in range(500)
    ]
    tried = [(f"u{i}", 1, "u", True, 0.9) for i in range(50)] + [
        (f"k{i}", 0, "k", True, 0.1) for i in range(200)
    ]
    rows, judged = table(*made, *tried)
    judged = judged.with_columns(log_odds=pl.when(pl.col("probability") > 0.5).then(2.0).otherwise(-2.0))
    out = rows["family"].is_in(["u", "k"]).to_numpy()
    log_odds = np.concatenate([np.full(50, 3.0), np.where(np.arange(200) < 4, 3.0, draw.normal(-4, 1, 200))])
    told = promise_left_out(rows, judged, out, out, log_odds)
    assert (told["honest"], told["toxic"], told["lines"], told["wrong"]) == (200, 50, 54, 4)
    assert told["promised"] < 0.01
    assert told["realised"] == pytest.approx(
        0.02 / 1.02
    )  # half and half in the proof, 2 % of the honest, all toxic
    assert told["realised_per_1000"] == 20
    few = promise_left_out(rows, judged, out, out, log_odds, risk=0.001)
    assert (few["promised"], few["missing_lines"]) == (None, 1802)


def test_the_card_tells_of_what_is_proved_and_of_what_is_not() -> None:
    rows, judged = table(*[(f"t{i}", 1, "t", True, 0.9) for i in range(300)])
    judged = judged.with_columns(log_odds=pl.lit(2.0))
    out = np.arange(300) < 10
    kept = promise_left_out(rows, judged, out, out, np.full(10, 2.0))
    missing = promise_left_out(rows, judged, ~out, ~out, np.full(290, 2.0))
    pairs = [
        {"toxic": "a", "benign": "b", "promise": kept},
        {"toxic": "c", "benign": "d", "promise": missing},
    ]
    text = proved_section({"held_out": {"rich": sample().record()}}) + tried_section(pairs)
    lines = [line for line in text.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in lines} == {10}
    assert "| rich | 1 % | 3,000 | 33% |" in text
    assert "| a; b | 0 | 10 | 10 | 0 | 0.79% | 0.00% |" in text
    assert "| c; d | 0 | 290 | not supported: 220 lines missing |" in text


def test_percent_is_short() -> None:
    assert [percent(r) for r in (0.005, 0.01, 0.2)] == ["0.5 %", "1 %", "20 %"]
    assert CUTS[-1] == 0.5
