"""What a signal is, and the table of all of them.

A signal is one number about one referring domain of one profile, declared once: its family, what it needs, its
unit, which way it points, a plain sentence for the user, and an expression. A signal whose input is missing is null,
never zero. The catalogue in the docs, ``detector signals``, the model's schema and the reasons follow from this table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

import polars as pl

Family = Literal[
    "anchor",
    "link",
    "page",
    "name",
    "network",
    "cluster",
    "authority",
    "reputation",
    "vendor",
    "velocity",
    "profile",
]

#: Where an expression is evaluated; see ``detector.signals.compute``.
#:   peak      a value of each record (columns of ``links.schema``); the highest of a referring domain counts
#:   link      an aggregation over the links of a referring domain (columns of ``facts.ROW_FACTS``)
#:   anchor    an aggregation over its distinct anchors (a sample of the most frequent), with ``n`` links each
#:   title     the same over its distinct page titles
#:   page      the same over a sample of its page URLs
#:   seen      an aggregation over its pages that were fetched (columns of ``web.page.PAGE_SCHEMA`` and ``neighbours.seen_pages``)
#:   domain    a row-wise expression over the table of referring domains
Stage = Literal["peak", "link", "anchor", "title", "page", "seen", "domain"]


@dataclass(frozen=True)
class Signal:
    """One signal: ``expr`` gives a Float64 (or a boolean, or a count, cast to it) per referring domain."""

    name: str
    family: Family
    stage: Stage
    needs: tuple[str, ...]
    unit: str
    #: +1: more is more suspicious; -1: more is less so; 0: no certain direction.
    direction: int
    #: Plain words for the user; ``{value}`` stands for the value with its unit.
    sentence: str
    source: str
    expr: Callable[[], pl.Expr]
    #: Whether the classifier may use it (opinions and facts about the whole profile are shown, not learnt).
    in_model: bool = True
    #: Column of evidence that holds the whole sentence with what it quotes, where it is not null; empty: none does.
    quotes: str = ""


SIGNALS: dict[str, Signal] = {}


def signal(
    family: Family,
    stage: Stage,
    *,
    needs: str,
    unit: str,
    direction: int,
    sentence: str,
    source: str,
    in_model: bool = True,
    quotes: str = "",
) -> Callable[[Callable[[], pl.Expr]], Callable[[], pl.Expr]]:
    """Declare the decorated function, named as the signal, as a signal's expression.

    Args:
        needs: columns it reads, separated by blanks.
        unit: share, count, days, points, ...; ``log1p count`` where the logarithm of one plus a count is given.

    Raises:
        ValueError: the name is taken.
    """

    def declare(expr: Callable[[], pl.Expr]) -> Callable[[], pl.Expr]:
        name = expr.__name__
        if name in SIGNALS:
            raise ValueError(f"signal {name!r} is declared twice")
        SIGNALS[name] = Signal(
            name,
            family,
            stage,
            tuple(needs.split()),
            unit,
            direction,
            sentence,
            source,
            expr,
            in_model,
            quotes,
        )
        return expr

    return declare


@cache
def all_signals() -> dict[str, Signal]:
    """The whole table, in the order of the families' files.

    Not in the order in which somebody happened to import them: a model is trained on columns in this order, and of two splits that are
    as good a tree takes the first.
    """
    from detector.signals import (
        anchor,
        authority,
        clusters,
        content,
        link,
        name,
        network,
        page,
        reputation,
        seen,
        velocity,
        vendor,
    )

    files = (
        name, clusters, authority, anchor, content, link, network, page, reputation, seen, velocity, vendor
    )  # fmt: skip
    place = {file.__name__: number for number, file in enumerate(files)}
    return dict(sorted(SIGNALS.items(), key=lambda entry: place[entry[1].expr.__module__]))


def stage_signals(stage: Stage) -> list[Signal]:
    """The signals of one stage."""
    return [s for s in all_signals().values() if s.stage == stage]


def families() -> list[str]:
    """Names of the families that have a signal, in order."""
    return list(dict.fromkeys(s.family for s in all_signals().values()))


def model_signals() -> list[Signal]:
    """The signals a classifier may use."""
    return [s for s in all_signals().values() if s.in_model]
