"""Linkody; headers inferred."""

from __future__ import annotations

from detector.links.formats.model import Field, Report, Tool

TOOL = Tool(
    "linkody",
    (
        Report(
            "links",
            {
                "Source URL": Field("source_url"),
                "URL": Field("source_url"),
                "Target URL": Field("target_url"),
                "Anchor": Field("anchor"),
                "Anchor text": Field("anchor"),
                "DA": Field("domain_authority", "metric:moz_da"),
                "Spam Score": Field("spam_score", "metric:moz_spam_flags_0_17"),
                "Status": Field("comment"),
            },
        ),
    ),
)
