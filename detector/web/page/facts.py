"""What is known of a page that was read, as plain values, and as one row of a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, get_type_hints

import polars as pl

from detector.web.page.targets import TargetLink


@dataclass(frozen=True)
class PageFacts:
    """Facts of one page. Strings are empty, numbers 0 and lists empty where a page has no such thing; None: not known.

    Lengths are in characters unless said otherwise. *External* is a link to another referring domain than the page's own.
    """

    url: str
    referring_domain: str
    encoding: str
    #: Whether the page was larger, or nested deeper, than what is read of one.
    read_in_part: bool

    # what it says of itself
    title: str
    description: str
    keywords: str
    heading: str
    canonical: str
    #: Another referring domain stands in the canonical address.
    canonical_elsewhere: bool
    noindex: bool
    nofollow_page: bool
    declared_language: str
    language: str
    #: Script of most letters, of the second most, and the share of its letters.
    script: str
    second_script: str
    second_script_share: float
    generator: str
    platform: str
    has_icon: bool
    has_feed: bool
    #: A link to a contact, imprint, privacy or about page.
    has_contact: bool
    is_home: bool

    # its text
    text_length: int
    hidden_text_length: int
    main_text: str
    main_words: int
    #: Share of the title's words that come in the main text.
    title_in_text: float | None
    #: Share of the commonest word of four letters and more, among such words.
    top_word_share: float
    top_word: str
    text_sketch: list[int]

    # content features with their published names (``page.content``)
    number_of_words: int
    number_of_title_words: int
    average_word_length: float
    anchor_text_fraction: float
    visible_text_fraction: float
    compression_rate: float
    corpus_precision_100: float | None
    corpus_precision_200: float | None
    corpus_precision_500: float | None
    corpus_precision_1000: float | None
    corpus_recall_100: float | None
    corpus_recall_200: float | None
    corpus_recall_500: float | None
    corpus_recall_1000: float | None
    trigram_likelihood: float
    trigram_entropy: float

    # its links
    links: int
    internal_links: int
    external_links: int
    nofollow_links: int
    ugc_links: int
    sponsored_links: int
    external_domains: int
    content_external_links: int
    comment_external_links: int
    footer_external_links: int
    #: External links per 100 visible words (of at least 100).
    outbound_link_density: float
    external_share: float | None
    empty_anchors: int
    image_anchors: int
    distinct_anchors: int
    #: Share of the external links with the commonest anchor.
    top_anchor_share: float | None
    outbound_domains: list[str]
    outbound_anchors: list[str]

    # hidden and injected
    hidden_external_links: int
    hidden_domains: list[str]
    hidden_anchors: list[str]
    hidden_reasons: list[str]
    #: The hidden block with most external links, and to how many domains they lead.
    hidden_block_links: int
    hidden_block_domains: int
    #: Hidden in a way that no honest page needs (``hiding.DELIBERATE``).
    deliberate_links: int
    deliberate_domains: list[str]
    after_html_links: int
    after_html_domains: list[str]
    script_written_links: int
    script_written_domains: list[str]
    obfuscated_scripts: int
    hidden_frames: int

    # what kind of page
    marks: list[str]
    comment_form: bool
    login_form: bool
    forms: int
    fields: int
    images: int
    scripts: int
    script_domains: list[str]
    frames: int
    #: Where a meta refresh (within 10 seconds) or a script sends every visitor, and whether to another referring domain.
    redirect: str
    redirect_kind: str
    redirect_elsewhere: bool

    # who made it
    identifiers: list[str]
    ad_scripts: int
    template: str
    template_sketch: list[int]
    elements: int
    depth: int

    # the audited sites
    target_links: tuple[TargetLink, ...]
    #: Whether a site is named in the visible text, linked or not.
    target_named: bool

    def row(self) -> dict[str, Any]:
        """The facts as a row of ``PAGE_SCHEMA``."""
        row = {name: getattr(self, name) for name in PAGE_SCHEMA}
        row["target_links"] = [asdict(link) | {"rel": list(link.rel)} for link in self.target_links]
        return row


_TYPES: Final[dict[Any, pl.DataType]] = {
    str: pl.String(),
    int: pl.Int64(),
    float: pl.Float64(),
    bool: pl.Boolean(),
    float | None: pl.Float64(),
    list[str]: pl.List(pl.String()),
    list[int]: pl.List(pl.UInt32()),
    tuple[str, ...]: pl.List(pl.String()),
}
_TARGET: Final = pl.Struct({name: _TYPES[kind] for name, kind in get_type_hints(TargetLink).items()})

#: Column -> type of a table of page facts, one row a page, in the order of ``PageFacts``.
PAGE_SCHEMA: Final[dict[str, pl.DataType]] = {
    field.name: _TYPES.get(get_type_hints(PageFacts)[field.name], pl.List(_TARGET))
    for field in fields(PageFacts)
}


#: The columns that a page itself tells, without those that stand beside it where pages are kept.
CONTENT_SCHEMA: Final = {
    name: kind for name, kind in PAGE_SCHEMA.items() if name not in ("url", "referring_domain", "is_home")
}


def page_table(pages: Iterable[PageFacts]) -> pl.DataFrame:
    """A table of ``PAGE_SCHEMA``, one row a page, in order."""
    return pl.DataFrame([page.row() for page in pages], schema=PAGE_SCHEMA, orient="row")
