"""The one family of errors that the command line turns into a sentence and an exit code.

DetectorError
├── UsageError    the call is wrong: exit code 2
├── InputError    a file could not be read, or only in part: exit code 3
├── OutputError   a file for which there was no room: exit code 3
└── ModelError    a model file that must not, or cannot, be loaded: exit code 3
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


class DetectorError(Exception):
    """Base of every error that is meant for the user; its text is one plain sentence or two."""

    exit_code = 3


class UsageError(DetectorError):
    """The call itself is wrong: an unknown option value, a missing site."""

    exit_code = 2


class OutputError(DetectorError):
    """A file for which there was no room."""


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


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def on_one_line(text: str) -> str:
    """A stranger's words (the name of a file, what an API says) that stay on their line and do nothing to a terminal."""
    return _CONTROL.sub("\ufffd", text)


#: How Polars, which writes its files itself, quotes the system: sometimes in an OSError, sometimes in an error of its own.
_OS_ERROR = re.compile(r"\(os error (\d+)\)")
#: Of the end of a Parquet file that it could not write, Polars quotes nobody.
_UNQUOTED = "Invalid thrift: transport error"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def writing(place: str | Path) -> Iterator[None]:
    """Say of a write for which there was no room which file or folder *of the user* it was for, not which draft.

    Args:
        place: as the user named it.

    Raises:
        OutputError: instead of the ``OSError``, or the error of Polars that wraps one.
    """
    try:
        yield
    except Exception as error:
        text = str(error)
        quoted = _OS_ERROR.search(text)
        number = int(quoted[1]) if quoted else getattr(error, "errno", None)
        if isinstance(error, DetectorError) or not (number in _FULL or _UNQUOTED in text):
            raise
        reason = os.strerror(number) if number else "the disk did not take its end"
        mend = "Free some space or choose another folder"
        raise OutputError(f"{place}: it cannot be written whole ({reason}). {mend}.") from error
