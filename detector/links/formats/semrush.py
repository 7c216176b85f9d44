"""Semrush: Backlink Analytics, Backlink Audit, and the API (which writes ``;`` and quotes nothing)."""

from __future__ import annotations

from detector.links.formats.model import IGNORE, Field, Report, Tool

TOOL = Tool(
    "semrush",
    (
        Report(
            "backlinks",
            {
                "Page ascore": Field("page_authority", "metric:semrush_page_ascore"),
                "Source title": Field("source_title"),
                "Source url": Field("source_url"),
                "Target url": Field("target_url"),
                "Anchor": Field("anchor"),
                "External links": Field("external_links", "int"),
                "Internal links": Field("internal_links", "int"),
                "Nofollow": Field("rel_nofollow", "bool"),
                "Sponsored": Field("rel_sponsored", "bool"),
                "Ugc": Field("rel_ugc", "bool"),
                "Text": Field("link_type", "flag:text"),
                "Frame": Field("link_type", "flag:frame"),
                "Form": Field("link_type", "flag:form"),
                "Image": Field("link_type", "flag:image"),
                "Sitewide": Field("is_sitewide", "bool"),
                "First seen": Field("first_seen", "date"),
                "Last seen": Field("last_seen", "date"),
                "New link": Field("is_new", "bool"),
                "Lost link": Field("lost", "bool"),
            },
        ),
        Report(
            "backlinks_2016_2019",
            {
                "Page score": Field("page_authority", "metric:semrush_page_score"),
                "Page trust score": Field("ignore", "int"),
            },
        ),
        Report(
            "referring_domains",
            {
                "Domain ascore": Field("domain_authority", "metric:semrush_ascore"),
                "Domain": Field("source_host"),
                "Backlinks": Field("backlinks", "int"),
                "IP Address": Field("ip"),
                "Country": Field("country"),  # lower-case ISO-2, empty for CDN
                "First seen": Field("first_seen", "date"),
                "Last seen": Field("last_seen", "date"),
            },
        ),
        Report(
            "anchors",
            {
                "Anchor": Field("anchor"),
                "Domains": Field("referring_domains", "int"),
                "Backlinks": Field("backlinks", "int"),
                "First seen": Field("first_seen", "date"),
                "Last seen": Field("last_seen", "date"),
            },
        ),
        Report(
            "backlink_audit",
            {
                "Domain Authority Score": Field("domain_authority", "metric:semrush_ascore"),
                "Page Authority Score": Field("page_authority", "metric:semrush_page_ascore"),
                "Source URL": Field("source_url"),
                "Source Page Title": Field("source_title"),
                "Source Domain": Field("source_host"),  # host incl. www./subdomain
                "Target URL": Field("target_url"),
                "Anchor": Field("anchor"),
                "Anchor Type": Field("anchor_type"),
                "Link Type": Field("link_type", "linktype"),  # a | img | iframe
                "No Follow": Field("rel_nofollow", "bool"),
                "Toxic Score": Field("toxicity_score", "metric:semrush_toxic_score"),
                "Toxicity Score": Field("toxicity_score", "metric:semrush_toxic_score"),  # newer UI label
                "First Seen": Field("first_seen", "date"),
                "Last Seen": Field("last_seen", "date"),
                "Comment": Field("comment"),
            },
        ),
        Report(
            "api_v1",
            {
                "page_ascore": Field("page_authority", "metric:semrush_page_ascore"),
                "page_score": Field("page_authority", "metric:semrush_page_score"),
                "source_url": Field("source_url"),
                "source_title": Field("source_title"),
                "target_url": Field("target_url"),
                "target_title": IGNORE,
                "anchor": Field("anchor"),
                "external_num": Field("external_links", "int"),
                "internal_num": Field("internal_links", "int"),
                "nofollow": Field("rel_nofollow", "bool"),
                "sponsored": Field("rel_sponsored", "bool"),
                "ugc": Field("rel_ugc", "bool"),
                "response_code": Field("http_status", "int0empty"),
                "first_seen": Field("first_seen", "epoch"),
                "last_seen": Field("last_seen", "epoch"),
                "newlink": Field("is_new", "bool"),
                "lostlink": Field("lost", "bool"),
                "form": Field("link_type", "flag:form"),
                "frame": Field("link_type", "flag:frame"),
                "image": Field("link_type", "flag:image"),
                "text": Field("link_type", "flag:text"),
                "sitewide": Field("is_sitewide", "bool"),
                "domain_ascore": Field("domain_authority", "metric:semrush_ascore"),
                "domain": Field("source_host"),
                "backlinks_num": Field("backlinks", "int"),
                "domains_num": Field("referring_domains", "int"),
                "ip": Field("ip"),
                "country": Field("country"),
            },
            unquoted=";",
        ),
    ),
    row_limits=(10_000, 30_000, 50_000),
)
