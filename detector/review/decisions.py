"""What a person decides, about what, and on what evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, NamedTuple

from detector.errors import DetectorError

DISAVOW, KEEP, IGNORE, LATER = "disavow", "keep", "ignore", "later"
#: keep: it is fine; ignore: it is spam that needs no line; later: looked at, and put off.
DECISIONS: Final = (DISAVOW, KEEP, IGNORE, LATER)

DOMAIN, TENANT, URL = "domain", "tenant", "url"
SCOPES: Final = (DOMAIN, TENANT, URL)

#: From so much on the evidence has changed since it was decided on.
MOVED: Final = 0.2  # of the probability, either way
GREW: Final = 1.25  # links now, by links then


class Subject(NamedTuple):
    """What a decision is about.

    Attributes:
        name: a referring domain or host, a tenant (``x.wordpress.com``, ``medium.com/@x``), or the URL of a page.
        scope: one of ``SCOPES``.
        unit: the referring domain of the audit that it belongs to; ``name`` itself where it is one.
    """

    name: str
    scope: str
    unit: str


class Evidence(NamedTuple):
    """What an audit said of a referring domain when somebody decided; None where it did not say.

    Attributes:
        verdict, probability, kind: as in ``referring-domains.csv``.
        reasons: the weightiest first, joined by ``; ``.
        links: how many were known.
        group: how many domains the cluster has that it belongs to (one template, wave or network).
        audited: when the audit was made (ISO 8601).
    """

    verdict: str | None = None
    probability: float | None = None
    kind: str | None = None
    reasons: str | None = None
    links: int | None = None
    group: int | None = None
    audited: str | None = None


@dataclass(frozen=True)
class Decision:
    """A decision as it stands.

    Attributes:
        subject: what it is about.
        decision: one of ``DECISIONS``; None where it was taken back.
        note: what the person wrote.
        who: the user's name on that machine.
        when: a moment in UTC.
        evidence: what the audit said at the time.
    """

    subject: Subject
    decision: str | None
    note: str
    who: str
    when: datetime
    evidence: Evidence

    @property
    def overrules(self) -> bool:
        """Whether the model thought otherwise."""
        return self.evidence.verdict is not None and self.decision not in (self.evidence.verdict, LATER)


class Action(NamedTuple):
    """Something that was done.

    Attributes:
        number: 1-based, in the order of the journal.
        what: ``decide``, ``undo``, ``redo`` or ``carry``.
        of: the action that was undone or redone.
        title: what it was, for a person.
        who: whoever did it.
        when: a moment in UTC.
    """

    number: int
    what: str
    of: int | None
    title: str
    who: str
    when: datetime


class ConflictError(DetectorError):
    """Somebody else decided on the same since it was looked at; nothing was done."""


def changes(then: Evidence, now: Evidence) -> Iterator[str]:
    """Say what has changed in the evidence since a decision; nothing where it is as it was.

    Reported are: another verdict; a probability that moved by ``MOVED``; links that grew to ``GREW`` times; a
    cluster where there was none.
    """
    if then.verdict is not None and now.verdict != then.verdict:
        yield f"the verdict was {then.verdict}, now it is {now.verdict}"
    if then.probability is not None and now.probability is not None:
        moved = now.probability - then.probability
        if abs(moved) >= MOVED:
            yield f"the probability {'rose' if moved > 0 else 'fell'} from {then.probability:.2f} to {now.probability:.2f}"
    if (
        then.links is not None
        and now.links is not None
        and now.links >= max(then.links * GREW, then.links + 1)
    ):
        yield f"it has {now.links - then.links:,} more links ({then.links:,} then)"
    if then.audited is not None and then.group is None and now.group is not None:
        yield f"it is now one of {now.group:,} domains of one make"


def stamp(moment: datetime) -> str:
    """A moment as the stores keep it: ISO 8601 in UTC, with milliseconds, so that texts sort as moments do.

    Raises:
        ValueError: it has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
