"""LinkResearchTools: Link Detox. DTOXRISK is a sum of rules, no share of 100."""

from __future__ import annotations

from detector.links.formats.model import IGNORE, Field, Report, Tool

TOOL = Tool(
    "lrt",
    (
        Report(
            "link_detox",
            {
                "From URL": Field("source_url"),
                "Source URL": Field("source_url"),
                "To URL": Field("target_url"),
                "Target URL": Field("target_url"),
                "Anchor Text": Field("anchor"),
                "Link Status": Field("link_type", "lrtstatus"),
                "DTOXRISK": Field("toxicity_score", "metric:lrt_dtoxrisk"),
                "Link Detox Risk": Field("toxicity_score", "metric:lrt_dtoxrisk"),
                "Power*Trust": IGNORE,
                "LRT Power*Trust": IGNORE,
            },
        ),
    ),
)
