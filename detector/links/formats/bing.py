"""Bing Webmaster Tools."""

from __future__ import annotations

from detector.links.formats.model import Field, Report, Tool

TOOL = Tool(
    "bing",
    (
        Report(
            "referring_domains",
            {
                "Domain": Field("source_host"),  # may hold http://host/ rather than a host
                "Backlinks Count": Field("backlinks", "int"),
            },
        ),
        Report(
            "referring_pages",
            {
                "Source Url": Field("source_url"),
                "Source URL": Field("source_url"),
                "Source Page": Field("source_url"),
                "Referring Page": Field("source_url"),
                "Anchor Text": Field("anchor"),
                "Target Url": Field("target_url"),
                "Target Page": Field("target_url"),
            },
        ),
        Report(
            "api",
            {
                "Url": Field("source_url"),
                "AnchorText": Field("anchor"),
            },
        ),
    ),
)
