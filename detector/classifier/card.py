"""The model card: what the model is, what it was trained on and how it fares, written from the figures alone."""

from __future__ import annotations

from typing import Any

from detector.classifier.promise_card import promise_section

_TIER_NAMES = {
    "rich": "rich export (Semrush, Ahrefs)",
    "titles": "page addresses and titles, no outbound links",
    "anchors": "anchors, no page columns (Majestic)",
    "urls": "page addresses only (Search Console)",
    "name": "domain name only",
}


def model_card(manifest: dict[str, Any]) -> str:
    """The card as Markdown, from a manifest with the figures of ``evaluation.evaluate`` under ``metrics``."""
    metrics = manifest["metrics"]
    parts = [
        _head(manifest),
        "## Skill on domains it has not seen\n\n" + _tiers(metrics["tiers"]),
        "## Beside what people use instead\n\n" + _baselines(metrics["baselines"]),
        "## Whole families left out\n\n" + _left_out(metrics["left_out"]),
        "## Ordinary sites above the thresholds\n\n" + _false_positives(metrics["false_positives"], manifest),
        promise_section(manifest),
        _limits(),
    ]
    return "\n\n".join(parts) + "\n"


def _head(manifest: dict[str, Any]) -> str:
    metrics, cut = manifest["metrics"], manifest["thresholds"]
    return f"""# Model card

Version {manifest["version"]}, trained {manifest["trained"]} by `detector train`; every figure below is written by that command
from out-of-fold judgements (five folds by referring domain, seed 0).

- What it is: {len(manifest["signals"])} signals, one curve each, and a map for each of {manifest["pairs"]} pairs of them (gradient boosting whose leaves
  look at two signals at most, monotone where a signal has a certain direction), summed to log odds; a logistic calibration a tier
  of evidence, on the domains of the first table, each counted once. Contributions add up exactly: a map's is shared by its two signals.
- Trained on {metrics["rows"]:,} rows: {metrics["domains"]:,} labelled referring domains as real exports of some two hundred sites show them, and
  the same rows as poorer exports would show them.
- Labels are opinions of lists: link-spam lists and disavow files against lists of ordinary sites, weighted by how far they
  are to be trusted; popular but unlisted sites as weak examples of ordinary ones. Popularity alone never counts in the figures.
- Thresholds: disavow from {cut["disavow"]:.3f} (rich evidence, what the promise below proves; in a profile it may rise), review from {cut["review"]:.2f}.
- Suffix list of {manifest["suffix_list_date"]}."""


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _tiers(tiers: dict[str, dict[str, float]]) -> str:
    rows = [
        [_TIER_NAMES[name], f"{t['domains']:,.0f}", f"{t['toxic_domains']:,.0f}", f"{t['auc']:.3f}", f"{t['average_precision']:.3f}",
         f"{t['recall_at_1pct']:.1%}", f"{t['recall_at_0.1pct']:.1%}", f"{t['brier']:.3f}", f"{t['ece']:.3f}"]
        for name in _TIER_NAMES
        for t in [tiers[name]]
    ]  # fmt: skip
    head = ["evidence", "domains", "toxic", "AUC", "AP", "recall at 1 % FPR", "at 0.1 %", "Brier", "ECE"]
    return _table(head, rows)


def _baselines(baselines: dict[str, dict[str, float]]) -> str:
    rows = [
        [name, f"{b['domains']:,.0f}", f"{b['auc']:.3f}", f"{b['recall_at_1pct']:.1%}", f"{b['our_auc']:.3f}"]
        for name, b in sorted(baselines.items())
    ]
    return _table(
        ["baseline", "domains that have it", "its AUC", "its recall at 1 % FPR", "our AUC on the same"], rows
    )


def _left_out(pairs: list[dict[str, Any]]) -> str:
    rows = [
        [p["toxic"], p["benign"], f"{p['domains']:,.0f}", f"{p['auc']:.3f}", f"{p['recall_at_1pct']:.1%}"]
        for p in pairs
    ]
    note = (
        "Trained without the families named, judged on them alone. Wiki blacklists and older aggregated lists hold many"
        " abused but ordinary sites; what looks like a miss there is often a wrong label.\n\n"
    )
    return note + _table(["toxic families", "benign families", "domains", "AUC", "recall at 1 % FPR"], rows)


def _false_positives(rows: list[dict[str, Any]], manifest: dict[str, Any]) -> str:
    body = [
        [r["category"], f"{r['domains']:,}", f"{r['disavow_per_1000']:.1f}", f"{r['review_per_1000']:.1f}"]
        for r in rows
    ]
    return _table(["category", "domains", "disavow per 1,000", "review or disavow per 1,000"], body)


def _limits() -> str:
    return """## What it cannot do

- A name alone says little: without links to look at a domain goes to a person, and into the file only as one of a series of
  sellers' names where a manual action was reported.
- Ahrefs, Moz and Majestic metrics are rare in the training data; on such exports it rests mostly on text, pages and timing.
- The promise on the share of wrong lines is as good as the labels of the held-out sample, and holds for honest domains like those in
  it: docs/promise.md says what it cannot promise.
- Vendors' scores and flags are shown, never learnt."""
