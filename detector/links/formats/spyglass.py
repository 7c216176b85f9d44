"""SEO SpyGlass; headers inferred."""

from __future__ import annotations

from detector.links.formats.model import Field, Report, Tool

TOOL = Tool(
    "spyglass",
    (
        Report(
            "backlinks",
            {
                "Backlink Page": Field("source_url"),
                "Backlink page": Field("source_url"),
                "Page Title": Field("source_title"),
                "Anchor Text": Field("anchor"),
                "Anchor text/Alt text": Field("anchor"),
                "Links To": Field("target_url"),
                "Links Back": Field("lost", "notbool"),
                "Dofollow": Field("rel_nofollow", "notbool"),
                "Penalty Risk": Field("toxicity_score", "metric:spyglass_penalty_risk"),  # %
                "InLink Rank": Field("page_authority", "metric:spyglass_inlink_rank"),
                "Domain InLink Rank": Field("domain_authority", "metric:spyglass_domain_inlink_rank"),
                "IP Address": Field("ip"),
                "Country": Field("country"),
                "First Found Date": Field("first_seen", "date"),
                "Last Found Date": Field("last_seen", "date"),
            },
        ),
    ),
)
