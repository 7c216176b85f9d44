"""The model card: what the model is, what it was trained on and how it fares, written from the figures alone."""

from __future__ import annotations

from typing import Any, Final

from detector.classifier.evaluation import LOOKED_AT
from detector.classifier.model import TIERS
from detector.classifier.plots import CALIBRATION, RECALL
from detector.classifier.promise_card import proved_section, tried_section

_TIER_NAMES: Final = {
    "rich": "rich export (Semrush, Ahrefs)",
    "titles": "page addresses and titles, no outbound links",
    "anchors": "anchors, no page columns (Majestic)",
    "urls": "page addresses only (Search Console)",
    "metrics": "metrics of the domain only",
    "name": "domain name only",
}
#: A line in a table of the card.
_Line = list[str]


def model_card(manifest: dict[str, Any], thorough: dict[str, Any] | None = None) -> str:
    """The card as Markdown.

    Args:
        manifest: with the figures of ``evaluation.evaluate`` under ``metrics``.
        thorough: what ``recipe.evaluate_model`` found of this model; without it the card says what is missing.
    """
    metrics = manifest["metrics"]
    parts = [
        _head(manifest),
        "## Skill on domains it has not seen\n\n" + _tiers(metrics),
        "## Skill on links that were read\n\n" + _read(metrics),
        "## Beside what people use instead\n\n" + _baselines(metrics),
        "## Ordinary sites above the thresholds\n\n" + _false_positives(metrics["false_positives"]),
        proved_section(manifest),
        *(_thorough(thorough) if thorough else [_NOT_YET]),
        _limits(),
    ]
    return "\n\n".join(parts) + "\n"


_NOT_YET = "Families left out, ablation, other seeds and the worth of each signal: not yet measured for this model; `detector evaluate` does."


def _head(manifest: dict[str, Any]) -> str:
    metrics, cut = manifest["metrics"], manifest["thresholds"]
    pairs = ", ".join(f"{tier} {manifest['pairs'][tier]}" for tier in reversed(TIERS))
    return f"""# Model card

Version {manifest["version"]}, trained {manifest["trained"]} by `detector train`. The figures are out of fold (five folds, seed 0: no domain, no
operator and no audited site is on both sides, but for domains that link to several sites) and are made by that command; the later sections by
`detector evaluate`, which measures all of them again.

- What it is: a sum for each tier of evidence, of {len(manifest["signals"])} signals at most: one curve a signal, and a map for pairs of them (gradient boosting
  whose leaves look at two signals at most, monotone where a signal has a certain direction; pairs: {pairs}), then a strictly monotone
  beta calibration a tier. Contributions add up exactly to the log odds before calibration: a map's is shared by its two signals.
- Trained on {metrics["rows"]:,} rows: {metrics["domains"]:,} labelled referring domains as real exports of some two hundred sites show them,
  {metrics["unread_domains"]:,} in tables of Majestic of which nothing is known (weakly ordinary, in no figure: [docs/labels.md](../docs/labels.md#a-tool-of-which-no-link-was-read)), and
  the same rows as poorer exports would show them.
- Labels are opinions of lists: link-spam lists and disavow files against lists of ordinary sites. Lists that copy each other are one
  witness; weights say how far a label is to be trusted; popular but unlisted sites are weak examples of ordinary ones. Figures rest on
  trusted labels: a curated list of ordinary sites, or a spam list that is no copy and no doubtful one. Beside them stand links that no list
  knows and that were read one by one, by language models ([docs/labels.md](../docs/labels.md)); they have figures of their own.
- Thresholds: disavow from {cut["disavow"]:.3f} (rich evidence, what the promise below proves; in a profile it may rise), review from {cut["review"]:.3f}
  (at most {LOOKED_AT:.0%} of the ordinary domains as the rows stand, without those whose link was read and is spam). A probability is one for the mix of the first table; in a profile with less spam it is too high.
- Made again: `detector train` gives this model from `training_data/`. Another processor adds in another order: probabilities then agree to
  1e-9 and the weights of texts to 0.02, most of them to a step of their table (one thread and two: 0.01, one weight in ten by a step or more).
- Suffix list of {manifest["suffix_list_date"]}."""


def _table(head: _Line, rows: list[_Line]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _percent(share: float) -> str:
    return f"{share:.1%}"


def _tiers(metrics: dict[str, Any]) -> str:
    tiers = metrics["tiers"]
    rows = [
        [label, f"{t['domains']:,.0f}", f"{t['toxic_domains']:,.0f}", f"{t['auc']:.3f}", f"{t['average_precision']:.3f}",
         _percent(t["recall_at_1pct"]), _percent(t["recall_at_0.1pct"]), f"{t['brier']:.3f}", f"{t['ece']:.3f}"]
        for name, label in _TIER_NAMES.items()
        if (t := tiers.get(name))
    ]  # fmt: skip
    head = ["evidence", "domains", "toxic", "AUC", "AP", "recall at 1 % FPR", "at 0.1 %", "Brier", "ECE"]
    doubtful, several, agreeing = metrics["with_doubtful"], metrics["of_several"], metrics["agreeing"]
    return f"""{_table(head, rows)}

Brier score and ECE are of lists and of links that were read together; the rest is of lists alone.
Of the toxic domains that several independent families of lists name ({several["toxic_domains"]:,.0f} of them): AUC {several["auc"]:.3f}, recall at 1 % {several["recall_at_1pct"]:.0%} (as the rows stand).
Without the labels that reading the link refutes (ordinary sites that carry a hacked page or a planted link, listed sites whose link is honest): AUC {agreeing["auc"]:.3f}, recall at 1 % {agreeing["recall_at_1pct"]:.0%} (as the rows stand).
With the doubtful labels counted as well (lists that hold many abused but ordinary sites): AUC {doubtful["auc"]:.3f}, recall at 1 % {doubtful["recall_at_1pct"]:.0%} (as the rows stand).

![Calibration of each tier]({CALIBRATION}) ![Recall against false positives]({RECALL})"""


def _read(metrics: dict[str, Any]) -> str:
    rows = [
        [label, f"{r['domains']:,.0f}", f"{r['toxic_domains']:,.0f}", f"{r['auc']:.3f}", _percent(r["recall_at_1pct"]),
         f"{r['disavow_per_1000']:.1f}", f"{r['review_per_1000']:.1f}"]
        for name, label in _TIER_NAMES.items()
        if (r := metrics["read"].get(name))
    ]  # fmt: skip
    head = ["evidence", "domains", "toxic", "AUC", "recall at 1 % FPR", "honest: disavow per 1,000", "review or disavow per 1,000"]  # fmt: skip
    note = (
        "Domains that no list knows, drawn at random from the real exports and read ([docs/labels.md](../docs/labels.md)): small honest"
        " sites, scraped and spun ones, hacked pages. This is what most of a profile looks like, and harder than lists.\n\n"
    )
    return note + _table(head, rows)


def _baselines(metrics: dict[str, Any]) -> str:
    rows = [
        [
            name,
            f"{b['domains']:,.0f}",
            f"{b['auc']:.3f}",
            _percent(b["recall_at_1pct"]),
            f"{b['our_auc']:.3f}",
        ]
        for name, b in sorted(metrics["baselines"].items())
    ]
    head = ["baseline", "domains that have it", "its AUC", "its recall at 1 % FPR", "our AUC on the same"]
    return f"""{_table(head, rows)}

Looking domains up in lists: of the toxic ones {metrics["list_lookup"]:.0%} are named by a second, independent family of lists as well; that is what a
lookup finds of what it was not made from. (None of the ordinary ones is: such conflicts were left out of the labels.) Why no
open-source peer stands in the table: [docs/peers.md](../docs/peers.md)."""


def _false_positives(rows: list[dict[str, Any]]) -> str:
    body = [
        [r["category"], f"{r['domains']:,}", f"{r['disavow_per_1000']:.1f}", f"{r['review_per_1000']:.1f}"]
        for r in rows
    ]
    return _table(["category", "domains", "disavow per 1,000", "review or disavow per 1,000"], body)


def _thorough(figures: dict[str, Any]) -> list[str]:
    return [
        "## Whole families left out\n\n" + _left_out(figures["left_out"]),
        tried_section(figures["left_out"]),
        "## Without a family of signals, and with it alone\n\n" + _ablation(figures["ablation"]),
        "## Other draws\n\n" + _seeds(figures["seeds"]),
        "## Does the score know where an ordinary site is listed?\n\n" + _sources(figures["sources"]),
    ]


def _left_out(pairs: list[dict[str, Any]]) -> str:
    rows = [
        [p["toxic"], p["benign"], f"{p['domains']:,.0f}", f"{p['auc']:.3f}", _percent(p["recall_at_1pct"])]
        for p in pairs
    ]
    note = (
        "Trained without the families named, judged on them alone (as the rows stand: rich exports, and tables of domains by their metrics, in one order). Wiki blacklists and older aggregated"
        " lists hold many abused but ordinary sites; what looks like a miss there is often a wrong label.\n\n"
    )
    return note + _table(["toxic families", "benign families", "domains", "AUC", "recall at 1 % FPR"], rows)


def _ablation(entries: list[dict[str, Any]]) -> str:
    def cells(figures: dict[str, float] | None) -> _Line:
        return [f"{figures['auc']:.3f}", _percent(figures["recall_at_1pct"])] if figures else ["", ""]

    rows = [
        [
            e["family"] or "**all**",
            str(e["signals"]),
            *cells(e.get("without") or e.get("all")),
            *cells(e.get("alone")),
        ]
        for e in entries
    ]
    head = ["family", "signals", "AUC without it", "recall at 1 %", "AUC with it alone", "recall at 1 %"]
    return f"Rich exports, by the sums before calibration (the first table is after it). What each signal is worth stands in [SIGNALS.md](SIGNALS.md).\n\n{_table(head, rows)}"


def _seeds(entries: list[dict[str, Any]]) -> str:
    rows = [
        [str(e["seed"]), f"{e['auc']:.3f}", _percent(e["recall_at_1pct"]), _percent(e["recall_at_0.1pct"])]
        for e in entries
    ]
    head = ["seed of folds and boosting", "AUC", "recall at 1 % FPR", "at 0.1 %"]
    return f"Rich exports, by the sums before calibration.\n\n{_table(head, rows)}"


def _sources(entries: list[dict[str, Any]]) -> str:
    rows = [[e["family"], f"{e['domains']:,}", f"{e['auc']:.3f}"] for e in entries]
    note = "The score of one source of ordinary sites against those of the others: 0.5 if it has learnt nothing of the source.\n\n"
    return note + _table(["source of ordinary sites", "domains", "AUC"], rows)


def _limits() -> str:
    return """## What it cannot do

- A name alone says little: without links to look at a domain goes to a person, and into the file only as one of a series of
  sellers' names where a manual action was reported.
- Small personal sites are judged more severely than other ordinary ones (see their source in the table above, where there is one): little
  authority and few pages look alike in both.
- Ahrefs, Moz and Majestic metrics are rare in the training data; on such exports it rests mostly on text, pages and timing.
- The promise on the share of wrong lines is as good as the labels of the held-out sample, and holds for honest domains like those in
  it: docs/promise.md says what it cannot promise.
- Vendors' scores and flags are shown, never learnt."""
