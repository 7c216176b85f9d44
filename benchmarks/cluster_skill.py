"""What is found of planted waves, and what of honest groups, and what the verdict makes of both.

    python benchmarks/cluster_skill.py [--model FOLDER] [--seeds 3] [--data FOLDER]

Profiles of ``waves.py`` at four shares of spam. Of each group: the share of its domains in a cluster, how many traces
hold them (median), and the share that the model would disavow, send to review, or both. ``--model`` judges with a model of
another folder than the shipped one; a model that was not trained on the signals of the clusters does not look at them.

``--data`` looks at training tables instead, which are of real exports: how many labelled domains of each family are in a cluster,
and the AUC of each signal alone among the domains that have it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import polars as pl
from waves import HONEST, MIXES, SITE, WAVES, make_profile

from detector.auditing.judging import judge
from detector.classifier.dataset import Dataset
from detector.classifier.kept import keep, sample_of
from detector.classifier.promise import RISK
from detector.classifier.store import Loaded, load
from detector.links.domains import Domains
from detector.signals.compute import compute_signals, facts_of
from detector.signals.site import make_site
from detector.verdict import Thresholds, decide, is_held_back, weigh, with_later

SIDES = {
    **{make.__name__: "planted" for make in WAVES},
    **{make.__name__: "honest" for make in HONEST},
    "ordinary": "ordinary",
}


def judged(mix: str, seed: int, loaded: Loaded, domains: Domains) -> pl.DataFrame:
    """A row a domain of one profile: ``mix, group, side, found, traces, verdict``."""
    profile = make_profile(mix, seed)
    computed = compute_signals(facts_of(profile.links), make_site(SITE), domains, loaded.model.texts)
    scored, _ = judge(computed.domains, loaded.model)
    scored = with_later(scored)  # no list is asked who is a university
    none = pl.Series([None] * scored.height, dtype=pl.String)
    review = loaded.manifest["thresholds"]["review"]
    weighed = weigh(scored, review, none, manual_action=False)
    listable = weighed.filter("listable").select("tier", "probability", held_back=is_held_back(review))
    cuts = keep(sample_of(loaded.manifest), RISK, listable, review).cuts()
    decided = decide(weighed, Thresholds(cuts, review))
    return decided.join(profile.truth, on="referring_domain").select(
        "group", "verdict", "probability", mix=pl.lit(mix), side=pl.col("group").replace_strict(SIDES),
        found=pl.col("cluster").is_not_null(), called=_called(), traces=pl.when(pl.col("cluster_traces") > 0).then("cluster_traces"),
    )  # fmt: skip


def _called() -> pl.Expr:
    """Whether a domain's cluster is told as a wave: most of its domains are not kept."""
    return (
        pl.col("cluster").is_not_null() & ((pl.col("verdict") != "keep").mean().over("cluster") > 0.5)
    ).fill_null(False)


def table(rows: pl.DataFrame, by: list[str]) -> str:
    """The Markdown table of the shares, by these columns."""
    shares = (
        rows.group_by(by, maintain_order=True)
        .agg(
            pl.len().alias("domains"),
            _percent(pl.col("found")).alias("in a cluster"),
            _percent(pl.col("called")).alias("in one told as a wave"),
            pl.col("traces").median().alias("traces"),
            _percent(pl.col("verdict") == "disavow").alias("disavow"),
            _percent(pl.col("verdict").is_in(["disavow", "review"])).alias("disavow or review"),
        )
        .with_columns(pl.col("traces").cast(pl.String).fill_null("–"))
    )
    return _markdown(shares)


def _percent(flag: pl.Expr) -> pl.Expr:
    return (flag.mean() * 100).round(1).cast(pl.String) + " %"


def real(rows: pl.DataFrame) -> str:
    """The Markdown tables of labelled domains in real exports: by family, and by signal."""
    from sklearn.metrics import roc_auc_score

    rows = rows.filter(pl.col("family") != "injected").with_columns(found=pl.col("cluster_domains") > 0)
    known = rows.filter(pl.col("found").is_not_null())
    by_family = (
        known.group_by("label", "family")
        .agg(
            pl.len().alias("domains"), _percent(pl.col("found")).alias("in a cluster"),
            _percent(pl.col("found") & (pl.col("cluster_marked_domains") > 0)).alias("with marked peers"),
        )
        .filter(pl.col("domains") >= 50)
        .sort("label", "domains", descending=True)
        .with_columns(pl.col("label").replace_strict({1: "toxic", 0: "ordinary"}))
    )  # fmt: skip
    aucs = []
    for name in (s for s in rows.columns if s.startswith("cluster_")):
        for who, some in (("all", known), ("not by popularity alone", known.filter("strong"))):
            told = some.filter(pl.col(name).is_not_null())
            auc = roc_auc_score(told["label"], told[name], sample_weight=told["weight"])
            aucs.append((name, who, told.height, f"{auc:.3f}"))
    by_signal = pl.DataFrame(aucs, schema=["signal", "labels", "domains", "AUC"], orient="row")
    return _markdown(by_family) + "\n\n" + _markdown(by_signal)


def _markdown(frame: pl.DataFrame) -> str:
    lines = ["| " + " | ".join(frame.columns) + " |", "|" + "---|" * frame.width]
    return "\n".join([*lines, *("| " + " | ".join(map(str, row)) + " |" for row in frame.iter_rows())])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--data", type=Path)
    args = parser.parse_args()
    if args.data:
        sys.stdout.write(real(Dataset.load(args.data).rows) + "\n")
        return
    loaded, domains = load(args.model) if args.model else load(), Domains.default()
    rows = pl.concat([judged(mix, seed, loaded, domains) for mix in MIXES for seed in range(args.seeds)])
    sys.stdout.write(
        table(rows, ["mix", "side"])
        + "\n\n"
        + table(rows.sort("side", maintain_order=True), ["side", "group"])
        + "\n"
    )


if __name__ == "__main__":
    main()
