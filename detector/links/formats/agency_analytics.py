"""Agency Analytics."""

from __future__ import annotations

from detector.links.formats.model import Field, Report, Tool

TOOL = Tool(
    "agency_analytics",
    (
        Report(
            "backlinks",
            {
                "Link": Field("source_url"),
                "Anchor Text": Field("anchor"),
                "Trust Flow": Field("trust_flow", "int"),
                "Citation Flow": Field("citation_flow", "int"),
            },
        ),
    ),
)
