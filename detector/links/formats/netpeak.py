"""Netpeak Checker; headers inferred."""

from __future__ import annotations

from detector.links.formats.model import Field, Report, Tool

TOOL = Tool(
    "netpeak",
    (
        Report(
            "backlinks",
            {
                "Source URL": Field("source_url"),
                "Target URL": Field("target_url"),
                "Anchor": Field("anchor"),
            },
        ),
    ),
)
