"""Common Crawl web graph: a graph of all sites, no export; known so that it can be named."""

from __future__ import annotations

from detector.links.formats.model import IGNORE, Field, Report, Tool

TOOL = Tool(
    "commoncrawl",
    (
        Report(
            "ranks",
            {
                "#harmonicc_pos": Field("domain_authority", "metric:cc_harmonic_pos"),
                "#harmonicc_val": IGNORE,
                "#pr_pos": IGNORE,
                "#pr_val": IGNORE,
                "#host_rev": Field("source_host", "reverse"),
                "#n_hosts": IGNORE,
            },
            refusal=(
                "it seems to be a rank table of the Common Crawl web graph, not an export of backlinks; "
                "export the backlinks of your site from an SEO tool instead"
            ),
        ),
    ),
)
