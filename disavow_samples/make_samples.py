"""Write the sample profile of www.kettle-and-thyme.example: python disavow_samples/make_samples.py [FOLDER]

Seeded: the same bytes on every machine. Everything in it is invented (see README.md beside this file).
"""

from __future__ import annotations

import sys
from pathlib import Path

from sample_exports import FILES
from sample_world import build


def write_samples(folder: Path) -> dict[str, int]:
    """Write every sample file into `folder` and return the size of each in bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    sites, links = build()
    sizes = {}
    for name, make in FILES.items():
        content = make(sites, links)
        beside = folder / f".{name}.new"
        beside.write_bytes(content)
        beside.replace(folder / name)
        sizes[name] = len(content)
    return sizes


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
    for name, size in write_samples(folder).items():
        sys.stdout.write(f"{size:>9,} bytes  {folder / name}\n")


if __name__ == "__main__":
    main()
