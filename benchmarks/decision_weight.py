"""What decisions about one site do to the model, by how much they weigh together.

    python benchmarks/decision_weight.py --together 0 100 200 800

Every domain of the sample profile is decided by its truth (disavow_samples/truth.csv), and the boosting of rich exports is cross-fitted with these
decisions. Shown are, out of fold, AUC and recall at 1 % false positives on the training tables, and the AUC on the decisions.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import polars as pl

from detector import Settings, audit
from detector.classifier.dataset import Dataset
from detector.classifier.decisions import own_rows
from detector.classifier.evaluation import by_domain, skill
from detector.classifier.training import AS_IT_STANDS, cross_fitted, make_examples
from detector.signals.registry import all_signals

HERE = Path(__file__).resolve().parent.parent
SITE = "kettle-and-thyme.example"


def decided() -> pl.DataFrame:
    """The domains of the sample profile with their signals, labelled by the truth."""
    samples = HERE / "disavow_samples"
    truth = pl.read_csv(samples / "truth.csv").select("referring_domain", label=pl.col("toxic").cast(pl.Int8))
    exports = [path for path in sorted(samples.glob("*.csv*")) if path.name != "truth.csv"]
    with tempfile.TemporaryDirectory() as folder:
        audit(exports, Settings(SITE), folder)
        signals = pl.read_parquet(Path(folder, "signals.parquet"))
    return signals.join(truth, on="referring_domain").select(
        pl.lit(SITE).alias("site"), "referring_domain", "label", "cluster", *all_signals()
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description="Weigh the decisions about one site against the training tables."
    )
    parser.add_argument(
        "--together", type=float, nargs="+", default=[0, 100, 200, 800], help="weight of all of them"
    )
    args = parser.parse_args()
    data = Dataset.load(HERE / "training_data")
    base, own, number = data.rows, own_rows(decided(), data), data.rows.height
    print(f"{number:,} rows of the tables weigh {base['weight'].sum():,.0f}; {own.height:,} decisions")
    print("| decisions weigh | AUC, tables | recall at 1 %, tables | AUC, decisions |\n|---|---|---|---|")
    for weight in args.together:
        share = pl.col("weight") * weight / own["weight"].sum()
        rows = base if not weight else pl.concat([base, own.with_columns(weight=share).select(base.columns)])
        examples = make_examples(rows)
        shown = ((examples.mask == AS_IT_STANDS) & (examples.tier == "rich")).to_numpy()
        row, score = examples.row[shown], cross_fitted(examples, tiers=("rich",))[shown]
        table = by_domain(rows[row[row < number]], score[row < number])
        told = skill(table["label"].to_numpy(), table["score"].to_numpy())
        label = rows["label"].to_numpy()[row[row >= number]]
        on_own = f"{skill(label, score[row >= number])['auc']:.4f}" if weight else "-"
        print(f"| {weight:,.0f} | {told['auc']:.4f} | {told['recall_at_1pct']:.1%} | {on_own} |", flush=True)


if __name__ == "__main__":
    main()
