"""SE Ranking: the API, and labels of its screens."""

from __future__ import annotations

from detector.links.formats.model import IGNORE, Field, Report, Tool

TOOL = Tool(
    "seranking",
    (
        Report(
            "api",
            {
                "url_from": Field("source_url"),
                "url_to": Field("target_url"),
                "title": Field("source_title"),
                "anchor": Field("anchor"),
                "alt": Field("anchor", "altifimage"),
                "nofollow": Field("rel_nofollow", "bool"),
                "image": Field("link_type", "flag:image"),
                "image_source": IGNORE,
                "inlink_rank": Field("page_authority", "metric:seranking_inlink_rank"),
                "domain_inlink_rank": Field("domain_authority", "metric:seranking_domain_inlink_rank"),
                "first_seen": Field("first_seen", "date"),
                "last_visited": Field("last_seen", "date"),
            },
        ),
        Report(
            "backlinks",
            {
                "URL From": Field("source_url"),
                "URL To": Field("target_url"),
                "Title": Field("source_title"),
                "Anchor Text": Field("anchor"),
                "ALT": Field("anchor", "altifimage"),
                "No-Follow": Field("rel_nofollow", "bool"),
                "Image": Field("link_type", "flag:image"),
                "Inlink Rank": Field("page_authority", "metric:seranking_inlink_rank"),
                "Domain Inlink Rank": Field("domain_authority", "metric:seranking_domain_inlink_rank"),
                "First Seen": Field("first_seen", "date"),
                "Last Visited": Field("last_seen", "date"),
            },
        ),
    ),
)
