"""What is known of texts that come again and again: worked out once for each, looked up by the number that it got."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

import polars as pl


class Numbered:
    """Answers about texts, each worked out once.

    A text gets its number when it is first seen (a category of Polars: one hash of the text); from then on the answer
    is a row of a table, so that a million texts cost little more than being hashed.

    Args:
        work_out: distinct texts (String, without null) -> a frame with one row of answers a text.
        most: so many texts are remembered; with more all are forgotten, so that no input can fill the memory.
    """

    def __init__(self, work_out: Callable[[pl.Series], pl.DataFrame], most: int) -> None:
        self._work_out = work_out
        self._most = most
        self._lock = Lock()
        self._known = pl.DataFrame()
        self._forget()

    def __len__(self) -> int:
        return self._known.height

    def look_up(self, texts: pl.Series) -> pl.DataFrame:
        """The answers about a column of texts (String), one row each, in order; all null where the text is null."""
        with self._lock:
            if len(self) > self._most:
                self._forget()
            numbered = texts.cast(self._kind)
            numbers = numbered.to_physical()
            new = numbered.filter(numbers >= len(self)).unique()
            if len(new):
                self._learn(new)
            return self._known.select(pl.all().gather(numbers))

    def _learn(self, new: pl.Series) -> None:
        """Append the answers about distinct texts that have got the next numbers."""
        new = new.gather(new.to_physical().arg_sort())
        self._known = pl.concat([self._known, self._work_out(new.cast(pl.String))], rechunk=True)
        self._any = new.head(1)

    def _forget(self) -> None:
        self._kind = pl.Categorical(pl.Categories.random())
        self._any = pl.Series(dtype=self._kind)  # Polars keeps the numbers as long as a column holds one
        self._known = self._work_out(pl.Series(dtype=pl.String))
