"""Screaming Frog: All Inlinks. The status code is the destination's; ``Target`` is the HTML attribute."""

from __future__ import annotations

from detector.links.formats.model import IGNORE, Field, Report, Tool

TOOL = Tool(
    "screaming_frog",
    (
        Report(
            "all_inlinks",
            {
                "Type": Field("link_type", "sftype"),  # only Hyperlink/HREF/AHREF/Image/IMG rows are links
                "Source": Field("source_url"),
                "Destination": Field("target_url"),
                "Size (Bytes)": IGNORE,
                "Alt Text": Field("anchor", "altifimage"),
                "Anchor": Field("anchor"),
                "Status Code": IGNORE,  # status of the DESTINATION, not of the linking page
                "Status": IGNORE,
                "Crawlability": IGNORE,  # newer versions
                "Follow": Field("rel_nofollow", "notbool"),
                "Target": IGNORE,  # _blank etc., not the target URL
                "Rel": Field("rel", "reltokens"),
                "Path Type": IGNORE,
                "Link Path": IGNORE,
                "Link Position": Field("link_position", "lower"),
                "Link Origin": IGNORE,
                "Ancrage": Field("anchor"),
                "Code de statut": IGNORE,
                "Position du lien": Field("link_position", "lower"),
            },
        ),
    ),
)
