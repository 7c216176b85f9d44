"""The report's table as data: the most harmful referring domains, as JSON that is safe inside a page.

Anchors, URLs and host names were written by strangers. They leave here as JSON text in which no character can
end the element it stands in, and the page shows them as text only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final

import polars as pl

from detector.links.hostnames import in_own_script

#: Columns of the table of judged referring domains; True: may be missing or null.
DOMAIN_COLUMNS: Final[dict[str, tuple[pl.DataType, bool]]] = {
    "referring_domain": (pl.String(), False),
    "verdict": (pl.String(), False),  # disavow, review, keep or ignore
    "probability": (pl.Float64(), False),  # of being toxic, 0 to 1
    "kind": (pl.String(), True),  # link farm, negative-SEO wave, ...
    "reasons": (pl.List(pl.String()), True),  # plain sentences, the weightiest first
    "links": (pl.Int64(), False),
    "followed_links": (pl.Int64(), True),
    "passing_links": (pl.Int64(), True),  # those of them that stand; audits made before did not count them
    "first_seen": (pl.Date(), True),
    "last_seen": (pl.Date(), True),
    "anchors": (pl.List(pl.String()), True),  # examples, the most frequent first
    "tools": (pl.List(pl.String()), True),
    "rule": (pl.String(), True),  # the line proposed
    "guard": (pl.String(), True),  # why no line is ever written
    "no_line_needed": (pl.String(), True),  # why none is needed
    "example_url": (pl.String(), True),
    "cluster": (pl.Int64(), True),  # number of its group
    "decided": (pl.String(), True),  # what a person decided, who and when, in words
}

#: Most urgent first; the order of cards, filters and of the table when it is sorted by verdict.
VERDICTS: Final = ("disavow", "review", "ignore", "keep")

#: What a hostile export can do to the page's size is bounded: (texts a cell, characters a text).
MOST_ANCHORS: Final = (5, 160)
MOST_REASONS: Final = (10, 300)
LONGEST_TEXT: Final = 300

#: Characters that could end the script element, or that older parsers take for line ends in scripts.
ESCAPES: Final = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}


def script_json(value: object) -> str:
    """JSON that can stand inside a script element whatever it holds.

    Raises:
        ValueError: a number is not finite (JSON knows no NaN).
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.translate(ESCAPES)


def most_harmful(domains: pl.DataFrame, limit: int) -> pl.DataFrame:
    """The `limit` rows that matter most, with every column of `DOMAIN_COLUMNS`.

    Order: verdict as in `VERDICTS`; probability, followed links, links, the highest first; then the name.

    Raises:
        ValueError: a column that must be there is missing.
    """
    missing = [n for n, (_, optional) in DOMAIN_COLUMNS.items() if not optional and n not in domains.columns]
    if missing:
        raise ValueError(f"the table of referring domains lacks {', '.join(missing)}")
    columns = [
        (pl.col(name) if name in domains.columns else pl.lit(None)).cast(kind).alias(name)
        for name, (kind, _) in DOMAIN_COLUMNS.items()
    ]
    urgency = pl.col("verdict").replace_strict(
        {verdict: rank for rank, verdict in enumerate(VERDICTS)}, default=len(VERDICTS), return_dtype=pl.Int64
    )
    keys = [urgency, "probability", "followed_links", "links", "referring_domain"]
    table = domains.select(columns).with_columns(pl.col("probability").fill_nan(None))
    return table.sort(keys, descending=[False, True, True, True, False], nulls_last=True).head(limit)


def table_data(table: pl.DataFrame) -> dict[str, object]:
    """What the page's script reads: `rows` of cells in the order of `columns`.

    Texts that many rows share (verdicts, kinds, reasons, tools) stand there as numbers into `texts`.

    Args:
        table: result of `most_harmful`.
    """
    texts: dict[str, int] = {}
    rows = [_row(record, texts) for record in table.iter_rows(named=True)]
    return {"columns": list(_CELLS), "texts": list(texts), "rows": rows, "verdicts": list(VERDICTS)}


_CELLS: Final = (
    *("domain", "unicode", "verdict", "probability", "kind", "reasons", "links", "followed", "first", "last"),
    *("anchors", "tools", "rule", "guard", "unneeded", "url", "cluster", "decided"),
)


def _row(record: Mapping[str, object], texts: dict[str, int]) -> list[object]:
    def number(text: object) -> int | None:
        """Place of a text that many rows share."""
        return None if text is None else texts.setdefault(cut(text), len(texts))

    domain, probability = str(record["referring_domain"]), record["probability"]
    return [
        cut(domain),
        unicode_name(domain),
        number(record["verdict"]),
        round(probability, 4) if isinstance(probability, float) else None,
        number(record["kind"]),
        [number(text) for text in _some(record["reasons"], *MOST_REASONS)],
        record["links"],
        record["followed_links"],
        _day(record["first_seen"]),
        _day(record["last_seen"]),
        _some(record["anchors"], *MOST_ANCHORS),
        [number(tool) for tool in _some(record["tools"], 20, 40)],
        _optional(record["rule"]),
        number(record["guard"]),
        number(record["no_line_needed"]),
        _optional(record["example_url"]),
        record["cluster"],
        number(record["decided"]),
    ]


def cut(text: object, most: int = LONGEST_TEXT) -> str:
    """`text` with at most `most` characters, the last an ellipsis where something was left out."""
    whole = str(text)
    return whole if len(whole) <= most else whole[: most - 1] + "…"


def unicode_name(domain: str) -> str | None:
    """The name in its own script, if it is an internationalised one that IDNA 2008 can show."""
    if "xn--" not in domain:
        return None
    host, slash, rest = domain.partition("/")
    shown = in_own_script(host)
    return None if shown == host else cut(shown + slash + rest)


def _some(values: object, count: int, characters: int) -> list[str]:
    found: Iterable[object] = values if isinstance(values, Iterable) else ()
    kept = [cut(value, characters) for value in found if value is not None]
    return kept[:count]


def _optional(text: object) -> str | None:
    return None if text is None else cut(text)


def _day(day: object) -> str | None:
    return None if day is None else str(day)
