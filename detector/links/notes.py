"""What reading a file brought to light: for the user, file by file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from detector.links.encodings import Repairs

#: Problems of one file that are kept word by word; the others are counted.
MAX_PROBLEMS: Final = 100


@dataclass(frozen=True)
class Problem:
    """Something in a file that was not as it should be.

    Attributes:
        file: as the user gave it.
        row: 1-based record number (in a list the line number); None where it is about the whole file.
        column: header of the column, where it is about one cell.
        message: what was expected, without a full stop.
    """

    file: str
    row: int | None
    column: str | None
    message: str

    def __str__(self) -> str:
        where = f", row {self.row}" if self.row is not None else ""
        where += f", column {self.column!r}" if self.column else ""
        return f"{self.file}{where}: {self.message}"


@dataclass
class FileReport:
    """How one file was read. Complete once its rows have been read to the end.

    Attributes:
        file: as the user gave it; a member of an archive as ``archive.zip/member.csv``.
        tool, report: what it was recognised as; empty where it was refused.
        encoding: of the text; empty for spreadsheets.
        delimiter: of the table; empty where there is none.
        records: rows given, invalid ones included, dropped ones not.
        invalid: rows that could not be read and are kept as ``invalid``.
        dropped: rows that are no links (Screaming Frog's style sheets and the like).
        problem_count: how many problems there were; ``problems`` holds the first of them.
        problems: see ``Problem``.
        warnings: sentences about the whole file, such as a table that the tool cut off.
        refused: why the file gave no rows; None where it was read.
        broken_off: why its end is missing; None where all of it was read.
        repairs: what was mended in its bytes.
        row_limits: numbers of rows at which its tool cuts tables off.
    """

    file: str
    tool: str = ""
    report: str = ""
    encoding: str = ""
    delimiter: str = ""
    records: int = 0
    invalid: int = 0
    dropped: int = 0
    problem_count: int = 0
    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    refused: str | None = None
    broken_off: str | None = None
    repairs: Repairs = field(default_factory=Repairs)
    row_limits: tuple[int, ...] = ()

    def note(self, row: int | None, column: str | None, message: str, count: int = 1) -> None:
        """Count a problem that ``count`` cells have, and keep its words if there is room."""
        self.problem_count += count
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(self.file, row, column, message))

    @property
    def unread(self) -> bool:
        """Whether the file, or a part of it, was not read."""
        return self.refused is not None or self.broken_off is not None

    def finish(self) -> None:
        """Add what can only be said at the end."""
        total = self.records + self.dropped
        if total in self.row_limits:
            self.warnings.append(
                f"it has exactly {total:,} rows, where its tool cuts tables off: there are probably more"
            )
        if not total and not self.unread:
            self.warnings.append("it has no rows")
        if self.repairs.nul_bytes:
            self.warnings.append(f"NUL bytes were removed: {self.repairs.nul_bytes:,}")
        if self.repairs.recoded_lines:
            self.warnings.append(
                f"lines that are not UTF-8 were read in a Windows code page: {self.repairs.recoded_lines:,}"
            )
