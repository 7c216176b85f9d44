"""What judging and explaining cost in an audit, against computing the signals; and what one explanation takes.

    python benchmarks/explain_speed.py [--rows 5000000] [--domains 300000] [--asked 20]

An audit of a generated export (kept in benchmarks/out) runs in this process; its steps are timed where the audit calls
them: wall clock, and processor time of all threads (guards are looked up beside scoring, signals.parquet is written beside what
follows: their times hold each other's). Promised: scoring and explaining take less than computing the
signals. Then single domains are explained, each with the search for what would flip its verdict.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from audit_speed import OUT, SITE
from measure import measure

from detector import Settings, auditing
from detector.auditing.explaining import Explainer
from detector.classifier.store import load
from detector.links.domains import Domains

#: Steps of ``auditing.audit``: name there -> what it is.
STEPS = {
    "compute_signals": "signals",
    "judge": "scoring",
    "decide": "verdicts",
    "reasons": "reasons with evidence",
    "write_signals": "signals.parquet",
}
EXPLAINING = ("judge", "decide", "reasons")


class Stopwatch:
    """Wall clock and processor time of the calls of named functions of a module."""

    def __init__(self, module: Any, names: tuple[str, ...]) -> None:
        self.seconds: dict[str, tuple[float, float]] = {}
        for name in names:
            setattr(module, name, self._timed(name, getattr(module, name)))

    def _timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            wall, cpu = time.perf_counter(), time.process_time()
            try:
                return function(*args, **kwargs)
            finally:
                self.seconds[name] = (time.perf_counter() - wall, time.process_time() - cpu)

        return timed


def export_of(rows: int, domains: int) -> Path:
    """The generated file of this size, made once."""
    path = OUT / f"links-{rows}-{domains}.csv"
    if not path.exists():
        OUT.mkdir(exist_ok=True)
        script = Path(__file__).with_name("make_links.py")
        measure([sys.executable, script, path, "--rows", str(rows), "--domains", str(domains)])
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--domains", type=int, default=300_000)
    parser.add_argument("--asked", type=int, default=20, help="domains that are explained by themselves")
    args = parser.parse_args()
    export, folder = export_of(args.rows, args.domains), OUT / "explained"
    shutil.rmtree(folder, ignore_errors=True)
    watch = Stopwatch(auditing, tuple(STEPS))
    audit = auditing.audit([export], Settings(site=SITE), folder)

    print(f"{audit.domains.height:,} referring domains, {args.rows:,} links")
    for name, what in STEPS.items():
        wall, cpu = watch.seconds[name]
        print(f"  {what:24}{wall:7.2f} s {cpu:8.2f} s CPU")
    wall, cpu = (sum(watch.seconds[name][i] for name in EXPLAINING) for i in (0, 1))
    share = cpu / watch.seconds["compute_signals"][1]
    print(f"  scoring and explaining  {wall:7.2f} s {cpu:8.2f} s CPU: {share:.0%} of the signals'")
    print(f"  signals.parquet         {(folder / 'signals.parquet').stat().st_size / 1e6:7.1f} MB")

    explainer = Explainer(folder, Domains.default(), load())
    step = max(1, audit.domains.height // args.asked)
    took = []
    for name in audit.domains["referring_domain"].gather_every(step)[: args.asked]:
        start = time.perf_counter()
        explainer.explain(name)
        took.append(time.perf_counter() - start)
    print(f"  explaining one domain   {median(took):7.2f} s (longest {max(took):.2f} s)")


if __name__ == "__main__":
    main()
