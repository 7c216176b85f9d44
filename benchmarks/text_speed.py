"""What the reading of texts costs: processor time for the distinct anchors, titles and addresses of a generated profile.

    POLARS_MAX_THREADS=1 python benchmarks/text_speed.py [--rows 5000000]

The export is generated (kept in benchmarks/out) and read; then its distinct strings are put through the facts of ``signals.text``
and ``signals.pages``, and through the weights of the shipped model: how long each takes, and how many strings a second.
"""

from __future__ import annotations

import argparse
import time

import polars as pl
from audit_speed import SITE, export_of

from detector.classifier.store import load
from detector.signals.pages import page_facts
from detector.signals.site import make_site
from detector.signals.text import text_facts, without_names

#: Column of the export -> what it is.
COLUMNS = {
    "Anchor": "anchors",
    "Referring page title": "titles",
    "Referring page URL": "addresses",
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the reading of texts.")
    parser.add_argument("--rows", type=int, default=500_000, help="size of the export")
    rows = parser.parse_args().rows
    site, weights = make_site(SITE), load().model.texts
    export = pl.scan_csv(export_of(rows), infer_schema=False)
    print("| texts | distinct | facts, s | score, s | scored a second |\n|---|---|---|---|---|")
    for column, name in COLUMNS.items():
        texts = export.select(pl.col(column).drop_nulls().unique()).collect().to_series()
        start = time.process_time()
        if name == "addresses":
            bare = page_facts(texts.alias("url").to_frame(), site)["bare"]
        else:
            facts = text_facts(texts.alias("text").to_frame(), site)
            bare = facts.select(without_names(pl.col("norm"), site)).to_series()
        read = time.process_time()
        weights.score(bare)
        done = time.process_time()
        print(
            f"| {name} | {len(texts):,} | {read - start:.1f} | {done - read:.1f} | {len(texts) / (done - read):,.0f} |"
        )


if __name__ == "__main__":
    main()
