"""Which referring domains a person wants to see, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

import polars as pl

from detector.errors import UsageError
from detector.review.decisions import DECISIONS
from detector.verdict import VERDICTS

#: What can be asked of the decisions: nobody has decided, somebody has, decided so, or decided on other evidence.
UNDECIDED, DECIDED, CHANGED = "undecided", "decided", "changed"
STATES: Final = (UNDECIDED, DECIDED, *DECISIONS, CHANGED)

#: Orders -> (column, descending); the first is the table's own.
ORDERS: Final[dict[str, tuple[str, bool]]] = {
    "priority": ("priority", True),
    "teaches": ("teaches", False),
    "probability": ("probability", True),
    "links": ("links", True),
    "newest": ("first_seen", True),
    "name": ("referring_domain", False),
}
_LONGEST: Final = 500  # characters of a search


@dataclass(frozen=True)
class Filters:
    """What is asked for; None and empty ask for nothing.

    Attributes:
        verdicts: of the audit, any of these.
        kind, tld, tool, topic: exactly this.
        cluster: its number.
        reason: a kind of reason (``reason_of``).
        anchor: part of an anchor, whatever its capitals.
        state: one of ``STATES``.
        new: first seen after the last upload.
        google: whether Google Search Console lists it.
        search: words that all occur in name, anchors, kind or topic.
        order: one of ``ORDERS``.
    """

    verdicts: tuple[str, ...] = ()
    kind: str | None = None
    tld: str | None = None
    tool: str | None = None
    topic: str | None = None
    cluster: int | None = None
    reason: str | None = None
    anchor: str | None = None
    state: str | None = None
    new: bool = False
    google: bool | None = None
    search: str = ""
    order: str = "priority"

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> Filters:
        """Read what a page asks for; what is not named is not asked for.

        Raises:
            UsageError: a name or a value is none of the above.
        """
        kinds = {field.name: field.type for field in fields(cls)}
        for name, value in asked.items():
            if name not in kinds or not _fits(str(kinds[name]), value):
                raise UsageError(f"{name!r} is no filter, or {str(value)[:60]!r} is no value of it")
        told: dict[str, Any] = {
            name: tuple(v) if isinstance(v, list) else v for name, v in asked.items() if v is not None
        }
        found = cls(**told)
        known = (
            (found.verdicts, VERDICTS),
            ((found.state,) if found.state else (), STATES),
            ((found.order,), ORDERS),
        )
        for values, allowed in known:
            for value in values:
                if value not in allowed:
                    raise UsageError(f"{value[:60]!r} is none of {', '.join(allowed)}")
        return found


def _fits(kind: str, value: object) -> bool:
    if value is None:
        return "None" in kind or kind == "str"
    if kind.startswith("tuple"):
        return isinstance(value, list) and all(isinstance(part, str) for part in value)
    if "bool" in kind:
        return isinstance(value, bool)
    if "int" in kind:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, str) and len(value) <= _LONGEST


def plain_text(text: pl.Expr) -> pl.Expr:
    """Text as it is searched: full-width forms made plain (NFKC), small letters."""
    return text.fill_null("").str.normalize("NFKC").str.to_lowercase()


def reason_of() -> pl.Expr:
    """The kinds of the reasons of a row (list of String): sentences without what they quote and count."""
    return pl.col("reasons").list.eval(
        pl.element()
        .str.replace(r'(?s): ".*$', "")
        .str.replace_all(r"[+\-−]?\d[\d,.]*\d|\d", "…")
        .str.replace_all(r'"[^"]*"', "…")
    )


def where(asked: Filters, *, today_known: str | None) -> list[pl.Expr]:
    """What rows must fulfil, as expressions over the table (with ``decision``, ``changed``, ``text`` and, for a reason, ``reason_kinds``).

    Args:
        today_known: the day (ISO) of the last upload; None where there was none: then everything is new.
    """
    tests = [
        pl.col(column) == value
        for column, value in (
            ("kind", asked.kind),
            ("suffix", asked.tld),
            ("topic", asked.topic),
            ("cluster", asked.cluster),
        )
        if value is not None
    ]
    if asked.verdicts:
        tests.append(pl.col("verdict").is_in(asked.verdicts))
    if asked.tool:
        tests.append(_has_tool(asked.tool))
    if asked.google is not None:
        tests.append(_has_tool("gsc") if asked.google else ~_has_tool("gsc"))
    if asked.new and today_known:
        tests.append((pl.col("first_seen") > pl.lit(today_known).str.to_date()).fill_null(value=False))
    if asked.reason:
        tests.append(pl.col("reason_kinds").list.contains(asked.reason).fill_null(value=False))
    if asked.state:
        tests.append(_in_state(asked.state))
    return tests


def _has_tool(tool: str) -> pl.Expr:
    return (pl.lit(" | ") + pl.col("tools").fill_null("") + pl.lit(" | ")).str.contains(
        f" | {tool} | ", literal=True
    )


def _in_state(state: str) -> pl.Expr:
    if state == CHANGED:
        return pl.col("changed")
    if state in (UNDECIDED, DECIDED):
        return pl.col("decision").is_null() if state == UNDECIDED else pl.col("decision").is_not_null()
    return pl.col("decision") == state
