"""How long `detector disavow plan` takes, and how much memory, on an audit of any size.

    python benchmarks/plan_speed.py [--domains 300000] [--rows 5000000] [--runs 3]

The folder of an audit is made up (in benchmarks/out): links as `detector audit` keeps them, links a domain spread
as in real exports (most domains have one, some have thousands), a third of the domains flagged, one domain in fifty a tenant
with a path, hosts below domains, an old file of 20,000 lines. The budget binds: more lines are wanted than are
allowed. Measured is the whole command, from the start of Python to the last byte written.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from statistics import median

import numpy as np
import polars as pl
from measure import detector, measure

from detector.links.schema import LINK_SCHEMA

OUT = Path(__file__).parent / "out"
FLAGGED, PATHS, LABELS = 1 / 3, 1 / 50, ("", "www.", "blog.", "m.", "shop.")
OLD_LINES = 20_000


def make(folder: Path, domains: int, rows: int) -> None:
    """Write the folder; the same arguments give the same audit."""
    rng = np.random.default_rng(1)
    folder.mkdir(parents=True, exist_ok=True)
    is_path = rng.random(domains) < PATHS
    words = ["spam", "link", "casino", "garden", "kettle", "news", "blog", "shop", "travel", "recipe"]
    names = [
        f"medium.com/@t{n}" if path else f"{words[n % 10]}-{n * 7919 % domains}-{words[n // 10 % 10]}.example"
        for n, path in enumerate(is_path)
    ]
    write_links(folder / "links.parquet", names, is_path, rows, rng)
    flagged = rng.random(domains) < FLAGGED
    likely = np.where(flagged, 0.92 + 0.08 * rng.random(domains), 0.9 * rng.random(domains))
    pl.DataFrame(
        {
            "referring_domain": names,
            "probability": likely.round(6),
            "verdict": np.where(flagged, "disavow", "keep"),
            "kind": np.where(flagged, "link farm", "ordinary"),
            "reasons": ["one anchor on many domains; its pages hold many links"] * domains,
        }
    ).write_csv(folder / "referring-domains.csv")
    old = [f"domain:{name}\n" for name, path in zip(names, is_path, strict=True) if not path][:OLD_LINES]
    (folder / "old.txt").write_text("".join(old))
    summary = {
        "site": "www.kettle-and-thyme.example",
        "settings": {"own": [], "disavow": str(folder / "old.txt"), "whitelist": None},
        "model": {"thresholds": {"disavow": 0.9172, "review": 0.5}},
    }
    (folder / "audit.json").write_text(json.dumps(summary))


def write_links(
    path: Path, names: list[str], is_path: np.ndarray, rows: int, rng: np.random.Generator
) -> None:
    """Links of every domain, at least one each."""
    domains = len(names)
    weight = 1 / (1 + rng.permutation(domains)) ** 0.9
    extra = rng.choice(domains, size=max(0, rows - domains), p=weight / weight.sum())
    of = np.concatenate([np.arange(domains), extra])
    labels = np.where(is_path[of], 0, rng.choice(len(LABELS), size=len(of), p=[0.4, 0.4, 0.1, 0.05, 0.05]))
    frame = pl.DataFrame(
        {
            "domain": pl.Series(names).gather(of),
            "label": pl.Series(LABELS).gather(labels),
            "n": np.arange(len(of)),
        }
    )
    is_tenant = pl.col("domain").str.contains("/", literal=True)
    host = pl.when(is_tenant).then(pl.lit("medium.com")).otherwise(pl.col("label") + pl.col("domain"))
    place = pl.when(is_tenant).then(pl.col("domain")).otherwise(pl.col("label") + pl.col("domain"))
    known = {
        "record_type": pl.lit("link"),
        "source_host": host,
        "source_url": pl.concat_str(pl.lit("https://"), place, pl.lit("/page-"), pl.col("n").cast(pl.String)),
        "referring_domain": pl.col("domain"),
        "rel_nofollow": pl.Series(rng.random(len(of)) < 0.3),
        "lost": pl.Series(rng.random(len(of)) < 0.25),
        "domain_authority": pl.Series(rng.gamma(1.2, 12, len(of)).clip(0, 95).round(1)),
        "domain_authority_metric": pl.lit("ahrefs_dr"),
        "anchor": pl.lit("best kettle"),
        "target_url": pl.lit("https://www.kettle-and-thyme.example/"),
    }
    columns = [
        known.get(name, pl.lit(None)).cast(kind).alias(name)
        if name not in ("rel_nofollow", "lost", "domain_authority")
        else known[name].cast(kind).alias(name)
        for name, kind in LINK_SCHEMA.items()
    ]
    frame.select(columns).write_parquet(path, compression="lz4", statistics=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--domains", type=int, default=300_000)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    folder = OUT / f"plan-{args.domains}-{args.rows}"
    if not (folder / "audit.json").exists():
        make(folder, args.domains, args.rows)
    call = [detector(), "disavow", "plan", folder, "--no-history", "--out", folder / "plan.txt", "--losses", folder / "losses.csv"]  # fmt: skip
    for limits in ([], ["--max-lines", "60000", "--max-bytes", "1200000"]):
        costs = [measure([*call, *limits]) for _ in range(args.runs)]
        print(
            f"{args.domains:,} domains, {args.rows:,} links, {' '.join(limits) or 'Google' + chr(39) + 's limits'}:"
        )
        print(f"  {costs[0].output.splitlines()[0]}")
        print(
            f"  {median(cost.wall for cost in costs):.1f} s, {median(cost.cpu for cost in costs):.1f} s CPU,"
            f" {max(cost.peak for cost in costs):,.0f} MiB"
        )


if __name__ == "__main__":
    main()
