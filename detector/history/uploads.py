"""What a store remembers of a disavow file that was handed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from detector.disavow.parsing import DisavowFile

ADDED: Final = "added"
KEPT: Final = "kept"
REMOVED: Final = "removed"

HANDED: Final = "handed over"
UPLOADED: Final = "uploaded"


@dataclass(frozen=True)
class Upload:
    """One time that a file was handed over.

    Attributes:
        number: 1-based, in the order of recording.
        handed: when it was handed over (UTC).
        uploaded: when the user says it was uploaded (UTC); None until then.
        who: the user's name on that machine.
        property_url: the URL-prefix property it was meant for.
        name: the file, with its folder.
        sha256: digest of its bytes.
        lines, domain_rules, url_rules: of the file; every rule counted once.
        since: number of the upload that ``added`` and ``removed`` count from: the one in force when this one
            was handed over; None where there was none.
        added, removed: rules that came and went since then.
    """

    number: int
    handed: datetime
    uploaded: datetime | None
    who: str
    property_url: str
    name: str
    sha256: str
    lines: int
    domain_rules: int
    url_rules: int
    since: int | None
    added: int
    removed: int

    @property
    def state(self) -> str:
        """``uploaded``, or ``handed over`` where nobody has confirmed the upload."""
        return UPLOADED if self.uploaded else HANDED

    @property
    def day(self) -> str:
        """The day (ISO) of the upload; where it is not confirmed, of the handing over."""
        return (self.uploaded or self.handed).date().isoformat()

    @property
    def title(self) -> str:
        """``upload 3 of 2026-05-01``, as it is called in sentences and comments."""
        return f"upload {self.number} of {self.day}"


@dataclass(frozen=True)
class StoredFile:
    """A file of the history, parsed again from its very bytes."""

    upload: Upload
    file: DisavowFile


@dataclass(frozen=True)
class Decision:
    """What is remembered of one rule of an upload.

    Attributes:
        rule: its text.
        change: ``added``, ``kept`` or ``removed``, counted from ``Upload.since``.
        unit: the referring domain that an audit judged; None (as all below) where no audit was at hand.
        verdict, probability, kind, reasons: what the audit said of it.
    """

    rule: str
    change: str
    unit: str | None = None
    verdict: str | None = None
    probability: float | None = None
    kind: str | None = None
    reasons: str | None = None


def stamp(moment: datetime) -> str:
    """A moment as the store keeps it.

    Raises:
        ValueError: it has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def upload_of(row: Sequence[Any]) -> Upload:
    """An upload of a row of its table, columns in the order of the attributes."""
    number, handed, uploaded, *rest = row
    when = datetime.fromisoformat(uploaded) if uploaded else None
    return Upload(number, datetime.fromisoformat(handed), when, *rest)
