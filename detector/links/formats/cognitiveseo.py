"""cognitiveSEO; headers inferred."""

from __future__ import annotations

from detector.links.formats.model import Field, Report, Tool

TOOL = Tool(
    "cognitiveseo",
    (
        Report(
            "links",
            {
                "Link": Field("source_url"),
                "Link URL": Field("source_url"),
                "Linked Page": Field("target_url"),
                "Anchor Text": Field("anchor"),
                "Link Influence": Field("page_authority", "metric:cognitiveseo_link_influence"),
                "Classification": Field("comment"),
            },
        ),
    ),
)
