"""DataForSEO: answers of the Backlinks API."""

from __future__ import annotations

from detector.links.formats.model import IGNORE, Field, Report, Tool

TOOL = Tool(
    "dataforseo",
    (
        Report(
            "backlinks_live",
            {
                "domain_from": Field("source_host"),
                "url_from": Field("source_url"),
                "url_to": Field("target_url"),
                "is_new": Field("is_new", "bool"),
                "is_lost": Field("lost", "bool"),
                "backlink_spam_score": Field("spam_score", "metric:dataforseo_spam_score"),
                "rank": IGNORE,
                "page_from_rank": Field("page_authority", "metric:dataforseo_rank_0_1000"),
                "domain_from_rank": Field("domain_authority", "metric:dataforseo_rank_0_1000"),
                "domain_from_platform_type": Field("platform", "list"),
                "domain_from_ip": Field("ip"),
                "domain_from_country": Field("country"),
                "page_from_external_links": Field("external_links", "int"),
                "page_from_internal_links": Field("internal_links", "int"),
                "page_from_language": Field("language"),
                "page_from_title": Field("source_title"),
                "page_from_status_code": Field("http_status", "int0empty"),
                "first_seen": Field("first_seen", "date"),
                "last_seen": Field("last_seen", "date"),
                "item_type": Field("link_type", "linktype"),  # anchor|image|meta|canonical|alternate|redirect
                "attributes": Field("rel", "reltokens"),  # list or null
                "dofollow": Field("rel_nofollow", "notbool"),
                "alt": Field("anchor", "altifimage"),
                "anchor": Field("anchor"),
                "text_pre": Field("left_context"),
                "text_post": Field("right_context"),
                "semantic_location": Field("link_position", "lower"),
                "links_count": Field("backlinks", "int"),
            },
        ),
        Report(
            "referring_domains_live",
            {
                "domain": Field("source_host"),
                "rank": Field("domain_authority", "metric:dataforseo_rank_0_1000"),
                "backlinks": Field("backlinks", "int"),
                "first_seen": Field("first_seen", "date"),
                "lost_date": Field("lost_date", "date+lost"),
                "backlinks_spam_score": Field("spam_score", "metric:dataforseo_spam_score"),
                "referring_domains": Field("referring_domains", "int"),
            },
        ),
        Report(
            "bulk_spam_score",
            {
                "target": Field("source_host"),
                "spam_score": Field("spam_score", "metric:dataforseo_spam_score"),
            },
        ),
    ),
)
