"""Ubersuggest."""

from __future__ import annotations

from detector.links.formats.model import IGNORE, Field, Report, Tool

TOOL = Tool(
    "ubersuggest",
    (
        Report(
            "backlinks",
            {
                "No": IGNORE,
                "Source Page Title": Field("source_title"),
                "Source URL": Field("source_url"),
                "Target URL": Field("target_url"),
                "Domain Authority": Field("domain_authority", "metric:ubersuggest_da"),
                "Page Authority": Field("page_authority", "metric:ubersuggest_pa"),
                "Spam Score": Field("spam_score", "metric:ubersuggest_spam_score"),
                "Anchor Text": Field("anchor"),
                "First Seen": Field("first_seen", "date"),
                "Last Seen": Field("last_seen", "date"),
            },
        ),
    ),
)
