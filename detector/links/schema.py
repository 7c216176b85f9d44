"""The canonical table that every reader ends in: its columns, their order, types and meaning.

Source: the project's canonical links schema (docs/canonical-links.md). A *record* is one row of one file as it
stands; numbers are kept as they were written (text), so that printing a record loses nothing. A *link* is what
merging makes of records; there the numbers are numbers (see ``LINK_SCHEMA``).
"""

from __future__ import annotations

from typing import Final

import polars as pl

TEXT: Final = pl.String()
FLAG: Final = pl.Boolean()
DATE: Final = pl.Date()
COUNT: Final = pl.Int64()  # in links; text in records
SCORE: Final = pl.Float64()  # in links; text in records

#: column -> (type in a link, meaning). The order is the order of printing.
COLUMNS: Final[dict[str, tuple[pl.DataType, str]]] = {
    "row": (pl.Int64(), "1-based record number in its file; empty after merging"),
    "record_type": (TEXT, "link, domain, target, anchor, ip, disavow_domain, disavow_url or invalid"),
    "source_url": (TEXT, "the linking page, as the file has it"),
    "source_host": (TEXT, "its host: lower case, A-labels, no port"),
    "source_domain": (TEXT, "source_host without a leading www."),
    "target_url": (TEXT, "the page of the audited site that is linked to"),
    "target_host": (TEXT, "its host"),
    "anchor": (TEXT, "anchor text; of an image its alt text"),
    "left_context": (TEXT, "text before the link"),
    "right_context": (TEXT, "text behind the link"),
    "source_title": (TEXT, "title of the linking page"),
    "rel_nofollow": (FLAG, "rel=nofollow"),
    "rel_ugc": (FLAG, "rel=ugc"),
    "rel_sponsored": (FLAG, "rel=sponsored"),
    "link_type": (TEXT, "text, image, redirect, frame, form, canonical, alternate, rss or mention"),
    "is_image": (FLAG, "link_type is image"),
    "is_sitewide": (FLAG, "the tool calls the link sitewide"),
    "http_status": (COUNT, "status of the linking page when it was crawled"),
    "first_seen": (DATE, "first seen by the tool"),
    "last_seen": (DATE, "last seen by the tool"),
    "lost": (FLAG, "the tool no longer finds the link"),
    "lost_date": (DATE, "since when"),
    "lost_reason": (TEXT, "why, in the tool's word"),
    "is_new": (FLAG, "new by the tool's window"),
    "is_spam_flag": (FLAG, "the vendor's opinion: spam"),
    "language": (TEXT, "language of the linking page; several joined by |"),
    "platform": (TEXT, "platform of the linking site; several joined by |"),
    "external_links": (COUNT, "external links on the linking page"),
    "internal_links": (COUNT, "internal links on the linking page"),
    "linked_domains": (COUNT, "domains the linking page links to"),
    "referring_domains": (COUNT, "domains, as the tool means it (Ahrefs: linking to the linking page)"),
    "backlinks": (COUNT, "links behind this row"),
    "target_pages": (COUNT, "pages of the audited site that are linked to"),
    "domain_authority": (SCORE, "the tool's score of the linking domain"),
    "domain_authority_metric": (TEXT, "which score that is"),
    "page_authority": (SCORE, "the tool's score of the linking page"),
    "page_authority_metric": (TEXT, "which score that is"),
    "trust_flow": (SCORE, "Majestic Trust Flow"),
    "citation_flow": (SCORE, "Majestic Citation Flow"),
    "spam_score": (SCORE, "a vendor's spam score"),
    "spam_score_metric": (TEXT, "which score that is"),
    "toxicity_score": (SCORE, "a vendor's toxicity score"),
    "toxicity_metric": (TEXT, "which score that is"),
    "anchor_type": (TEXT, "the tool's word for the anchor"),
    "domain_traffic": (COUNT, "search visits a month to the linking domain, estimated"),
    "page_traffic": (COUNT, "search visits a month to the linking page, estimated"),
    "keywords": (COUNT, "search phrases the page ranks for"),
    "ip": (TEXT, "address of the linking host, or a subnet"),
    "country": (TEXT, "lower-case ISO 3166-1 alpha-2"),
    "link_position": (TEXT, "content, footer, navigation, ..."),
    "redirect_chain": (TEXT, "URLs between link and target, joined by |"),
    "redirect_codes": (TEXT, "their status codes, joined by |"),
    "comment": (TEXT, "the file's own comment, ours (scheme_assumed), or an unread row as it stood"),
    "referring_domain": (TEXT, "the unit that is judged: registrable domain or tenant"),
    "tool": (TEXT, "tool the file came from"),
    "report": (TEXT, "which of its reports"),
    "file": (TEXT, "the file, as the user named it"),
}

RECORD_TYPES: Final = (
    "link",
    "domain",
    "target",
    "anchor",
    "ip",
    "disavow_domain",
    "disavow_url",
    "invalid",
)

#: Columns whose cells are numbers: exact text in a record, Int64 or Float64 in a link.
NUMBERS: Final = tuple(
    name for name, (kind, _) in COLUMNS.items() if kind in (COUNT, SCORE) and name != "row"
)

#: Types of a record.
RECORD_SCHEMA: Final[dict[str, pl.DataType]] = {
    name: (TEXT if name in NUMBERS else kind) for name, (kind, _) in COLUMNS.items()
}

#: Types of a merged link. ``other_scores`` holds every tool's scores, ``score:metric=value`` joined by |.
LINK_SCHEMA: Final[dict[str, pl.DataType]] = {
    **{name: kind for name, (kind, _) in COLUMNS.items()},
    "other_scores": TEXT,
}

#: score -> the column that names its metric
METRICS: Final = {
    "domain_authority": "domain_authority_metric",
    "page_authority": "page_authority_metric",
    "spam_score": "spam_score_metric",
    "toxicity_score": "toxicity_metric",
}
