"""Serpstat; labels of its screens."""

from __future__ import annotations

from detector.links.formats.model import Field, Report, Tool

TOOL = Tool(
    "serpstat",
    (
        Report(
            "backlinks",
            {
                "Donor URL": Field("source_url"),
                "Acceptor URL": Field("target_url"),
                "Anchor": Field("anchor"),
                "Serpstat Page Rank": Field("page_authority", "metric:serpstat_spr"),
                "SPR": Field("page_authority", "metric:serpstat_spr"),
                "Serpstat Trust Rank": Field("ignore", "int"),  # not Majestic's trust flow
                "STR": Field("ignore", "int"),  # not Majestic's trust flow
                "Link Type": Field("link_type", "oldtype"),  # follow|nofollow
                "First Indexed": Field("first_seen", "date"),
                "Last Seen": Field("last_seen", "date"),
            },
        ),
    ),
)
