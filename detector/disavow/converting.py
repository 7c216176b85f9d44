"""One list becomes another: what is said in the new format, what cannot be, and the proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from detector.disavow.list_formats import FORMATS, format_of
from detector.disavow.lists import LONGEST_COMMENT, ReadList, Unlisted, parse_list, sayable, written
from detector.disavow.rules import Limits, Rule
from detector.errors import DetectorError, InputError
from detector.guards import Guards

GOOGLE: Final = "disavow"


@dataclass(frozen=True)
class Converted:
    """A list in its new format.

    Attributes:
        data: the list in UTF-8.
        source: the list that was read.
        to: the new format.
        rules: number of entries in it.
        left_out: entries that the format cannot say.
        held_back: of a disavow file: entries that a guard forbids; they stand there as comments.
        notes: what is lost or gained on the way, in sentences.
    """

    data: bytes
    source: ReadList
    to: str
    rules: int
    left_out: Sequence[Unlisted]
    held_back: Sequence[Unlisted]
    notes: Sequence[str]

    def as_dict(self) -> dict[str, Any]:
        """The summary for machines; see docs/disavow-commands.md."""
        return {
            "file": self.source.name,
            "from": self.source.format,
            "to": self.to,
            "read": len(self.source.entries),
            "rules": self.rules,
            "bytes": len(self.data),
            "unread": [one._asdict() for one in self.source.unread],
            "left_out": [one._asdict() for one in self.left_out],
            "held_back": [one._asdict() for one in self.held_back],
            "notes": list(self.notes),
        }


def convert(source: ReadList, to: str, guards: Guards, limits: Limits | None = None) -> Converted:
    """Write a list in another format.

    Args:
        source: the list.
        to: a key of ``FORMATS``. Into a disavow file nothing goes that a guard forbids.
        guards: for a disavow file.
        limits: other limits than Google's, for a disavow file.

    Raises:
        UsageError: there is no such format.
        InputError: the format can say nothing of the list, or a disavow file would be over Google's limits.
        DetectorError: the result is not what it must be (a fault of ours).
    """
    entries, left_out = sayable(source.entries, to)
    codes = {one.rule: guards.reason(one.rule.value) for one in entries} if to == GOOGLE else {}
    forbidden = {rule: Guards.words(code) for rule, code in codes.items() if code}
    expected = [one.rule for one in entries if one.rule not in forbidden]
    if not entries:
        why = left_out[0].why if left_out else "it holds no entry"
        raise InputError(source.name, f"nothing of it can be said in the format {to}: {why}")
    data = written(entries, to, forbidden).encode("utf-8", "replace")
    _prove(data, to, expected)
    if to == GOOGLE:
        _check_size(data, source.name, limits or Limits())
    return Converted(
        data,
        source,
        to,
        len(expected),
        left_out,
        _told(source, forbidden),
        _notes(source, to),
    )


def _told(source: ReadList, forbidden: Mapping[Rule, str]) -> list[Unlisted]:
    held = {one.rule: one for one in reversed(source.entries) if one.rule in forbidden}
    told = (Unlisted(one.line, rule.text, forbidden[rule]) for rule, one in held.items())
    return sorted(told)


def _notes(source: ReadList, to: str) -> list[str]:
    repeated = len(source.entries) - len({one.rule for one in source.entries})
    notes = [FORMATS[source.format].read_note if source.format != to else "", format_of(to).written_note]
    if repeated:
        notes.append(
            f"{repeated:,} repeated {'entry stands' if repeated == 1 else 'entries stand'} there once."
        )
    if to == "csv" and any(len(one.comment) > LONGEST_COMMENT for one in source.entries):
        notes.append(f"Comments of more than {LONGEST_COMMENT:,} characters are cut off in the table.")
    return [note for note in notes if note]


def _prove(data: bytes, to: str, expected: Sequence[Rule]) -> None:
    """Read the result as a stranger would."""
    if not expected:
        return
    read = parse_list(data, "the result", to)
    if [one.rule for one in read.entries] != list(expected) or read.unread:
        raise DetectorError(
            "The list was not converted: its entries are not what they must be. Please report this."
        )


def _check_size(data: bytes, name: str, limits: Limits) -> None:
    lines = data.count(b"\n")
    if len(data) > limits.bytes or lines > limits.lines:
        raise InputError(
            name,
            f"as a disavow file it would be over Google's limits: {lines:,} lines (of at most {limits.lines:,}) "
            f"and {len(data):,} bytes (of at most {limits.bytes:,})",
            "take a part of it",
        )
