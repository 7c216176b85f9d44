"""The table that ``detector links`` prints: sorted or cut down in a spreadsheet, it can be given to us again."""

from __future__ import annotations

from detector.links.formats.model import IGNORE, Field, Report, Tool
from detector.links.schema import COLUMNS, COUNT, DATE, FLAG, METRICS, SCORE, TEXT

#: What is worked out anew.
_DERIVED = ("row", "record_type", "source_domain", "target_host", "is_image", "referring_domain", "file")
_TRANSFORMS = {COUNT: "int", DATE: "date", FLAG: "bool", SCORE: "int", TEXT: ""}

TOOL = Tool(
    "detector",
    (
        Report(
            "links",
            {
                **{name: Field(name, _TRANSFORMS[kind]) for name, (kind, _) in COLUMNS.items()},
                **{name: Field(name, "metric:") for name in METRICS},
                "lost": Field("lost", "said"),
                **dict.fromkeys((*_DERIVED, "other_scores"), IGNORE),
            },
        ),
    ),
)
