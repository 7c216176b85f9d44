"""Reading one page: bytes in, plain facts out (``reading``); nothing is judged here.

``decoding`` (text) -> ``taming`` (safe to parse) -> ``walking`` (one parse, one walk) -> ``outbound``, ``content``, ``marks``,
``injected``, ``identifiers``, ... (one family of facts each) -> ``facts`` (the row).
"""

from __future__ import annotations

from detector.web.page.facts import CONTENT_SCHEMA, PAGE_SCHEMA, PageFacts, page_table
from detector.web.page.reading import read_page
from detector.web.page.targets import TargetLink

__all__ = ["CONTENT_SCHEMA", "PAGE_SCHEMA", "PageFacts", "TargetLink", "page_table", "read_page"]
