"""``signals.parquet``: what every judgement of an audit was made of, so that it can be taken apart afterwards.

Signals of whole profiles (who else has the same anchor, who appeared in the same week) need every domain at once: they
are kept, exactly as the classifier saw them (Float64: a value rounded at a curve's step would tell another story).
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import polars as pl
from polars.exceptions import PolarsError

from detector.errors import InputError
from detector.signals.registry import all_signals

SIGNALS: Final = "signals.parquet"
#: What no judgement depends on, and links.parquet tells better.
_LEFT_OUT: Final = ("example_url", "top_anchor", "stem", "tools", "lists")
_NEEDED: Final = (
    "referring_domain", "tier", "log_odds", "probability", "verdict", "kind", "guard", "no_line_needed", "reasons",
    "links", "followed_links", "live_links", "topic", "suffix",
)  # fmt: skip
_AGAIN: Final = "run 'detector audit' again"
_ROWS_A_GROUP: Final = 20_000  # one domain is looked up at a time: only its group is read


def write_signals(decided: pl.DataFrame, path: Path) -> None:
    """Write the judged domains with their signals, sorted by domain.

    Args:
        decided: as ``verdict.decide`` returns it, with ``reasons`` (list of String).
    """
    kept = decided.drop(*_LEFT_OUT, strict=False).sort("referring_domain")
    kept.write_parquet(path, compression="zstd", compression_level=1, row_group_size=_ROWS_A_GROUP)


class SignalsFile:
    """The file, read a row at a time.

    Args:
        folder: of an audit.

    Raises:
        InputError: it is not there, or is none.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / SIGNALS
        try:
            self._rows = pl.scan_parquet(self._path)
            columns = self._rows.collect_schema().names()
        except (OSError, PolarsError) as error:
            there = self._path.exists()
            what = (
                "it cannot be read as a Parquet file"
                if there
                else "an audit of this version writes it, and it is not there"
            )
            raise InputError(self._path, what, _AGAIN) from error
        missing = [name for name in _NEEDED if name not in columns]
        if missing:
            raise InputError(self._path, f"it lacks {', '.join(missing)}", _AGAIN)
        #: signals of this version that the file does not have, and so are missing in every row
        self._absent = [name for name in all_signals() if name not in columns]

    def names(self) -> pl.Series:
        """The referring domains (String), sorted."""
        return self._collect(self._rows.select("referring_domain"))["referring_domain"]

    def row(self, domain: str) -> pl.DataFrame:
        """The row of one referring domain; no row where it is none of the audit."""
        absent = [pl.lit(None, pl.Float64).alias(name) for name in self._absent]
        return self._collect(self._rows.filter(pl.col("referring_domain") == domain).with_columns(absent))

    def rows(self, domains: pl.Series) -> pl.DataFrame:
        """The rows of some referring domains (String), sorted; of those that are none of the audit there is none."""
        return self._collect(self._rows.filter(pl.col("referring_domain").is_in(domains.implode())))

    def _collect(self, rows: pl.LazyFrame) -> pl.DataFrame:
        try:
            return rows.collect()
        except (OSError, PolarsError) as error:
            raise InputError(self._path, "it is damaged", _AGAIN) from error
