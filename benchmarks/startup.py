"""How much processor time `detector --help` takes more than an empty Python. At most 0.3 s is promised.

    python benchmarks/startup.py

Exits with 1 above the limit. Both are run in turn, so that a busy machine disturbs both alike.
"""

from __future__ import annotations

import sys
from statistics import median

from measure import detector, measure

LIMIT = 0.3
RUNS = 15


def main() -> None:
    help_, empty = [detector(), "--help"], [sys.executable, "-c", "pass"]
    measure(help_)  # byte-compiles, fills the file cache
    pairs = [(measure(help_).cpu, measure(empty).cpu) for _ in range(RUNS)]
    more = median(a - b for a, b in pairs)
    print("| | CPU s, median | least |")
    print("|---|---|---|")
    for name, values in zip(("`detector --help`", "empty Python"), zip(*pairs, strict=True), strict=True):
        print(f"| {name} | {median(values):.3f} | {min(values):.3f} |")
    print(f"\n`detector --help` takes {more:.3f} s of CPU more; the limit is {LIMIT} s.")
    sys.exit(more > LIMIT)


if __name__ == "__main__":
    main()
