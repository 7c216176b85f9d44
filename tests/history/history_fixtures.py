"""What the tests of the history have in common."""

from __future__ import annotations

from datetime import UTC, datetime

from detector.disavow.parsing import DisavowFile

PROPERTY = "https://www.example.com/"
START = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)


def parsed(*lines: str, name: str = "disavow.txt") -> DisavowFile:
    """A disavow file of these lines."""
    return DisavowFile.parse("".join(f"{line}\n" for line in lines).encode(), name)
