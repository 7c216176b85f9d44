"""A small folder of an audit, as ``detector audit`` leaves it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import polars as pl

from detector.history.audits import NEEDED

#: An anchor that a hostile page might carry, and a URL with markup in it.
ANCHOR = '=HYPERLINK("http://x.example")<script>alert(1)</script>'
PAGE = "https://farm.example/<img src=x onerror=alert(1)>?a=b&c"

ROWS = (
    ("farm.example", "2", "0.99", "disavow", "link farm", "its pages hold 900 links", "2", "2026-01-01", "2026-02-01", "'" + ANCHOR, "ahrefs | gsc"),
    ("medium.com/@x", "2", "0.95", "disavow", "spam trade", "its anchors name a spam trade", "", "", "", "slots", "ahrefs"),
    ("unsure.example", "1", "0.70", "review", "unclear", "", "1", "", "", "", "ahrefs"),
    ("fine.example", "1", "0.01", "keep", "ordinary", "'-1 of its links is an image", "1", "", "", "", "ahrefs"),
    ("old.example", "3", "0.40", "keep", "ordinary", "", "3", "", "", "", "gsc"),
)  # fmt: skip
LINKS = {
    "source_url": [PAGE, "https://farm.example/2", "https://medium.com/@x/one", "https://medium.com/@x/two",
                   "https://unsure.example/", "https://fine.example/", "https://old.example/a"],
    "referring_domain": ["farm.example", "farm.example", "medium.com/@x", "medium.com/@x", "unsure.example", "fine.example", "old.example"],
}  # fmt: skip
RECORD = {
    "site": "example.com",
    "generated": "2026-05-20T10:00:00+02:00",
    "counts": {"links": 9, "referring_domains": 5, "records": 12},
    "settings": {"own": ["sister.test"]},
    "files": [
        {"file": "private/folder/a<b>.csv", "tool": "ahrefs", "report": "backlinks", "records": 12},
        {"file": "broken.csv", "tool": "unknown", "report": "", "records": 0, "refused": "it is a web page"},
    ],
}


def write_audit(folder: Path) -> Path:
    """Write it."""
    folder.mkdir()
    (folder / "audit.json").write_text(json.dumps(RECORD), encoding="utf-8")
    with (folder / "referring-domains.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(NEEDED)
        writer.writerows(ROWS)
    pl.DataFrame(LINKS).write_parquet(folder / "links.parquet")
    (folder / "disavow.txt").write_text("domain:farm.example\nhttps://medium.com/@x/one\n")
    return folder
