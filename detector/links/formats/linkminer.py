"""Mangools LinkMiner; headers inferred."""

from __future__ import annotations

from detector.links.formats.model import Field, Report, Tool

TOOL = Tool(
    "linkminer",
    (
        Report(
            "backlinks",
            {
                "Source page": Field("source_url"),
                "Source URL": Field("source_url"),
                "Target URL": Field("target_url"),
                "Anchor text": Field("anchor"),
                "Anchor Text": Field("anchor"),
                "CF": Field("citation_flow", "int"),
                "TF": Field("trust_flow", "int"),
                "Link Strength": Field("page_authority", "metric:mangools_link_strength"),
                "EL": Field("external_links", "int"),
            },
        ),
    ),
)
