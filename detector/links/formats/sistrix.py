"""Sistrix; headers inferred."""

from __future__ import annotations

from detector.links.formats.model import Field, Report, Tool

TOOL = Tool(
    "sistrix",
    (
        Report(
            "links",
            {
                "Von URL": Field("source_url"),
                "Linkquelle": Field("source_url"),
                "URL": Field("source_url"),
                "Zu URL": Field("target_url"),
                "Linkziel": Field("target_url"),
                "Linktext": Field("anchor"),
                "Nofollow": Field("rel_nofollow", "bool"),
            },
        ),
    ),
)
