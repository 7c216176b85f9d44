"""Seobility; headers inferred."""

from __future__ import annotations

from detector.links.formats.model import Field, Report, Tool

TOOL = Tool(
    "seobility",
    (
        Report(
            "backlinks",
            {
                "Source URL": Field("source_url"),
                "Quell-URL": Field("source_url"),
                "Target URL": Field("target_url"),
                "Ziel-URL": Field("target_url"),
                "Anchor text": Field("anchor"),
                "Linktext": Field("anchor"),
            },
        ),
    ),
)
