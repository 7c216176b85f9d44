"""The one family of errors that the command line turns into a sentence and an exit code.

DetectorError
├── UsageError    the call is wrong: exit code 2
├── InputError    a file could not be read, or only in part: exit code 3
└── ModelError    a model file that must not, or cannot, be loaded: exit code 3
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class DetectorError(Exception):
    """Base of every error that is meant for the user; its text is one plain sentence or two."""

    exit_code = 3


class UsageError(DetectorError):
    """The call itself is wrong: an unknown option value, a missing site."""

    exit_code = 2


class ModelError(DetectorError):
    """A model that is damaged, of another version, or of unknown origin."""


@dataclass
class InputError(DetectorError):
    """An input that could not be read.

    Attributes:
        file: the file (or member of an archive) as the user named it.
        problem: what is wrong, without a full stop.
        fix: what to do about it, without a full stop.
        row: 1-based record number, where the fault is in one record.
        column: header of the column, where the fault is in one cell.
    """

    file: str | Path
    problem: str
    fix: str = ""
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        where = str(self.file)
        if self.row is not None:
            where += f", row {self.row}"
        if self.column is not None:
            where += f", column {self.column!r}"
        mend = f" {self.fix[0].upper()}{self.fix[1:]}." if self.fix else ""
        return f"{where}: {self.problem}.{mend}"
