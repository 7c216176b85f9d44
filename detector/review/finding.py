"""Answers filters and searches over the whole table at once: everything that is asked is held in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from detector.errors import DetectorError
from detector.report.rows import unicode_name
from detector.review.decisions import ConflictError
from detector.review.filters import ORDERS, Filters, plain_text, reason_of, where

if TYPE_CHECKING:
    from numpy.typing import NDArray

_KEPT: Final = 50  # answers that a page may still scroll through
_MOST_OFFERED: Final = 200  # values that a filter offers, the most frequent first


@dataclass(frozen=True)
class Answer:
    """What a question found.

    Attributes:
        number: names it for whoever scrolls through it.
        asked: the question.
        rows: places in the table, in order (uint32). They stay the same whatever is decided meanwhile.
    """

    number: int
    asked: Filters
    rows: NDArray[np.uint32]


class Finder:
    """Finds rows of a table.

    Args:
        table: as ``table.load_table`` returns it.
        links: every link of the audit; only the anchors are looked at, when one is first asked for.
        last_upload: the day (ISO) of the last upload; None where there was none.
    """

    def __init__(self, table: pl.DataFrame, links: pl.LazyFrame, last_upload: str | None) -> None:
        self._table, self._links, self._last_upload = table, links, last_upload
        self._answers: OrderedDict[int, Answer] = OrderedDict()
        self._turn = threading.Lock()
        self._newest = 0
        self._worker = ThreadPoolExecutor(1)
        self._text = self._worker.submit(self._make_text)
        self._reason_kinds = self._worker.submit(self._make_reason_kinds)
        self._anchors: Future[pl.DataFrame] = self._worker.submit(self._make_anchors)

    def close(self) -> None:
        """Stop what is still being made ready."""
        self._worker.shutdown(wait=True, cancel_futures=True)

    def ask(self, asked: Filters, decisions: pl.DataFrame) -> Answer:
        """Find the rows that fulfil everything that is asked.

        Args:
            decisions: of every row of the table, in order: ``decision`` (String) and ``changed`` (Boolean).
        """
        tests = where(asked, today_known=self._last_upload)
        table = self._table.with_columns(decisions)
        if asked.reason:
            table = table.with_columns(self._reason_kinds.result())
        every = pl.repeat(value=True, n=pl.len(), dtype=pl.Boolean)
        # What is not known fulfils nothing.
        hit = table.select(pl.all_horizontal(every, *tests).fill_null(value=False)).to_series()
        if asked.search.strip():
            hit = self._with_words(asked.search, hit)
        if asked.anchor:
            hit = hit & self._with_anchor(asked.anchor)
        return self._keep(asked, self._in_order(hit, asked.order))

    def answer(self, number: int) -> Answer:
        """An answer that was given.

        Raises:
            ConflictError: it was given too long ago, or never.
        """
        with self._turn:
            if number not in self._answers:
                raise ConflictError("This list is too old, and is made anew: nothing was done.")
            self._answers.move_to_end(number)
            return self._answers[number]

    def offers(self) -> dict[str, list[tuple[Any, int]]]:
        """What the filters offer: per filter its values with their numbers, the most frequent first."""
        columns = {
            "verdict": "verdict",
            "kind": "kind",
            "tld": "suffix",
            "topic": "topic",
            "cluster": "cluster",
        }
        told = {name: _counted(self._table[column]) for name, column in columns.items()}
        told["tool"] = _counted(self._table["tools"].str.split(" | ").explode(empty_as_null=True))
        told["reason"] = _counted(self._reason_kinds.result().explode(empty_as_null=True))
        return told

    def _make_reason_kinds(self) -> pl.Series:
        return self._table.select(reason_of().alias("reason_kinds")).to_series()

    def _make_text(self) -> pl.Series:
        own_script = [
            unicode_name(name) if "xn--" in name else None for name in self._table["referring_domain"]
        ]
        parts = (*("referring_domain", "anchors", "kind", "topic"), pl.Series("own", own_script, pl.String))
        together = pl.concat_str(parts, separator="\n", ignore_nulls=True)
        return self._table.select(plain_text(together).alias("text")).to_series()

    def _make_anchors(self) -> pl.DataFrame:
        """Every anchor of every domain once: ``row`` (place in the table), ``anchor``."""
        places = self._table.lazy().select("referring_domain").with_row_index("row")
        return (
            self._links.filter(pl.col("anchor").is_not_null())
            .select("referring_domain", "anchor")
            .unique()
            .join(places, on="referring_domain")
            .select("row", plain_text(pl.col("anchor")).alias("anchor"))
            .collect(engine="streaming")
        )

    def _with_words(self, search: str, hit: pl.Series) -> pl.Series:
        """Of the rows that fulfil all else, those in which every word occurs."""
        rows = hit.arg_true()
        texts = self._text.result().gather(rows)
        found = pl.repeat(value=True, n=len(rows), dtype=pl.Boolean, eager=True)
        for word in pl.select(plain_text(pl.lit(search))).item().split():
            found &= texts.str.contains(word, literal=True)
        result = np.zeros(self._table.height, bool)
        result[rows.filter(found).to_numpy()] = True
        return pl.Series(result)

    def _with_anchor(self, anchor: str) -> pl.Series:
        wanted = pl.select(plain_text(pl.lit(anchor))).item()
        try:
            every = self._anchors.result()
        except pl.exceptions.PolarsError as error:
            raise DetectorError(
                "The anchors of the audit cannot be read: run 'detector audit' again."
            ) from error
        rows = every.filter(pl.col("anchor").str.contains(wanted, literal=True))["row"]
        hit = np.zeros(self._table.height, bool)
        hit[rows.to_numpy()] = True
        return pl.Series(hit)

    def _in_order(self, hit: pl.Series, order: str) -> NDArray[np.uint32]:
        if order == "priority":
            return hit.arg_true().to_numpy()
        column, descending = ORDERS[order]
        ordered = self._orders(column, descending=descending)
        found: NDArray[np.uint32] = ordered[hit.to_numpy()[ordered]]
        return found

    def _orders(self, column: str, *, descending: bool) -> NDArray[np.uint32]:
        return self._table[column].arg_sort(descending=descending, nulls_last=True).to_numpy()

    def _keep(self, asked: Filters, rows: NDArray[np.uint32]) -> Answer:
        with self._turn:
            self._newest += 1
            found = Answer(self._newest, asked, rows)
            self._answers[found.number] = found
            while len(self._answers) > _KEPT:
                self._answers.popitem(last=False)
        return found


def _counted(values: pl.Series) -> list[tuple[Any, int]]:
    name = values.name
    counts = values.drop_nulls().value_counts(sort=False).sort("count", name, descending=[True, False])
    return [(value, count) for value, count in counts.head(_MOST_OFFERED).iter_rows()]
