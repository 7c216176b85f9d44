"""What a whole audit costs, against what Polars alone needs to parse the same file.

    python benchmarks/audit_speed.py --rows 50000 500000 5000000

For every size a file is generated (kept in benchmarks/out), then both are run in turn, each in a process
of its own: `detector audit`, end to end with everything written, and `pl.scan_csv(file).collect()`. The
audit's time is that of the whole process, start-up included; Polars' is that of the call alone, import
excluded: the ratio is against the audit. Promised at 5 million rows: at most 4 times the parse, and at
most 3 GB (2,861 MiB).
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from statistics import median

from measure import Cost, detector, measure

HERE = Path(__file__).resolve().parent
OUT = HERE / "out"
SITE = "www.kettle-and-thyme.example"
PARSE = (
    "import sys, time, polars as pl; start = time.perf_counter(); "
    "frame = pl.scan_csv(sys.argv[1]).collect(); print(time.perf_counter() - start, *frame.shape)"
)


def export_of(rows: int) -> Path:
    """The generated file of this size, made once."""
    path = OUT / f"links-{rows}.csv"
    if not path.exists():
        OUT.mkdir(exist_ok=True)
        print(f"generating {path.name}", file=sys.stderr)
        measure([sys.executable, HERE / "make_links.py", path, "--rows", str(rows)])
    return path


def parse_seconds(path: Path, rows: int) -> tuple[float, Cost]:
    cost = measure([sys.executable, "-c", PARSE, path])
    seconds, height, width = cost.output.split()
    if (int(height), int(width)) != (rows, 37):
        raise SystemExit(f"{path.name}: {height} rows and {width} columns were parsed: generate it anew")
    return float(seconds), cost


def audit(path: Path) -> Cost:
    folder = OUT / "audit"
    shutil.rmtree(folder, ignore_errors=True)
    return measure([detector(), "audit", path, "--site", SITE, "--out", folder, "--quiet"])


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure an audit against parsing the same file.")
    parser.add_argument("--rows", type=int, nargs="+", default=[50_000, 500_000], help="sizes to measure")
    parser.add_argument("--runs", type=int, default=3, help="runs of each, of which the median is shown")
    args = parser.parse_args()

    print("| rows | file MB | parse s (least) | audit s (least) | ratio | audit CPU s | audit peak MiB |"
          " parse peak MiB | µs a row |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|---|")
    for rows in args.rows:
        path = export_of(rows)
        parse_seconds(path, rows)  # fills the file cache
        pairs = [(parse_seconds(path, rows), audit(path)) for _ in range(args.runs)]
        parse = [seconds for (seconds, _), _ in pairs]
        walls = [audited.wall for _, audited in pairs]
        cells = (
            f"{rows:,}",
            f"{path.stat().st_size / 1e6:,.0f}",
            f"{median(parse):.2f} ({min(parse):.2f})",
            f"{median(walls):.2f} ({min(walls):.2f})",
            f"{median(walls) / median(parse):.2f}",
            f"{median(audited.cpu for _, audited in pairs):.1f}",
            f"{max(audited.peak for _, audited in pairs):,.0f}",
            f"{max(cost.peak for (_, cost), _ in pairs):,.0f}",
            f"{median(walls) / rows * 1e6:.1f}",
        )
        print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
