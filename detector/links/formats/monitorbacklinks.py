"""Monitor Backlinks; headers inferred."""

from __future__ import annotations

from detector.links.formats.model import Field, Report, Tool

TOOL = Tool(
    "monitorbacklinks",
    (
        Report(
            "links",
            {
                "Link URL": Field("source_url"),
                "Source URL": Field("source_url"),
                "Target URL": Field("target_url"),
                "Anchor Text": Field("anchor"),
                "Trust Flow": Field("trust_flow", "int"),
                "Citation Flow": Field("citation_flow", "int"),
                "Spam Score": Field("spam_score", "metric:moz_spam_flags_0_17"),
                "Status": Field("comment"),
            },
        ),
    ),
)
