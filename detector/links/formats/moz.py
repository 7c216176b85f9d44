"""Moz: Link Explorer, and Open Site Explorer before it (whose Spam Score counted 17 flags)."""

from __future__ import annotations

from detector.links.formats.model import IGNORE, Field, Report, Tool

TOOL = Tool(
    "moz",
    (
        Report(
            "inbound_links",
            {
                "URL": Field("source_url", "scheme"),  # no scheme: prefix https://
                "Title": Field("source_title"),
                "Anchor Text": Field("anchor"),
                "Spam Score": Field("spam_score", "metric:moz_spam_score"),  # 0-100 %
                "PA": Field("page_authority", "metric:moz_pa"),
                "DA": Field("domain_authority", "metric:moz_da"),
                "Linking Domains to Page": Field("referring_domains", "int"),
                "Linking Domains": Field("referring_domains", "int"),
                "Target URL": Field("target_url", "scheme"),
                "Link Type": Field("link_type", "oldtype"),
                "Link State": Field("lost", "bool"),  # Lost = true; Live = false
                "First Seen": Field("first_seen", "date"),
                "Last Seen": Field("last_seen", "date"),
                "Date Crawled": Field("last_seen", "date"),
                "Date Lost": Field("lost_date", "date+lost"),
                "Total Links": Field("backlinks", "int"),  # top pages report
            },
        ),
        Report(
            "ose_2016_2018",
            {
                "URL": Field("source_url"),
                "Title": Field("source_title"),
                "Anchor Text": Field("anchor"),
                "Spam Score": Field("spam_score", "metric:moz_spam_flags_0_17"),
                "Page Authority": Field("page_authority", "metric:moz_pa"),
                "Domain Authority": Field("domain_authority", "metric:moz_da"),
                "Number of Domains Linking to this Page": Field("referring_domains", "int"),
                "Number of Domains Linking to Domain": Field("ignore", "int"),
                "Origin": IGNORE,  # External|Internal
                "Target URL": Field("target_url"),
                "Link Equity": Field("ignore", "bool"),
                "No Link Equity": Field("ignore", "bool"),
                "Only rel=nofollow": Field("rel_nofollow", "bool"),  # Yes|No
                "Only follow": Field("ignore", "bool"),
                "301": Field("link_type", "flag:redirect"),  # Yes|No
            },
        ),
        Report(
            "ose_2012_2015",
            {
                "Number of Links": Field("ignore", "int"),
                "Followable": Field("rel_nofollow", "notbool"),  # Yes|No
                "301": Field("link_type", "flag:redirect"),
            },
        ),
    ),
)
