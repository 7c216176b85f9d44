"""Everything about one referring domain that helps a person to decide."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from typing import Any, Final

import polars as pl

from detector.auditing.explaining import Explainer
from detector.classifier.explain import readable
from detector.classifier.store import Loaded
from detector.guards import Guards
from detector.review.decisions import Action, Decision, changes
from detector.review.session import Review
from detector.signals.registry import all_signals

_SIMILAR: Final = 12  # domains of one likeness
#: What makes domains alike -> (column, words).
_LIKENESS: Final = {
    "cluster": ("cluster", "the same cluster: one template, wave or network"),
    "ip": ("ip", "the same IP address"),
    "anchor": ("first_anchor", "the same most frequent anchor"),
}


class Details:
    """Answers for one review.

    Args:
        review: the review.
        loaded: gives the model; it is asked for once, when it is needed.
    """

    def __init__(self, review: Review, loaded: Callable[[], Loaded]) -> None:
        self._review, self._loaded = review, loaded
        self._turn = threading.Lock()
        self._newest = itertools.count(1)
        self._wanted = 0
        self._explainer: Explainer | None = None
        first = pl.col("anchors").str.split(" | ").list.first()
        self._likeness = review.table.select("cluster", "ip", first_anchor=first).with_row_index("place")
        clusters = review.record.get("clusters") or []
        self._clusters = {entry.get("cluster"): entry for entry in clusters if isinstance(entry, dict)}

    def of(self, domain: str) -> dict[str, Any]:
        """What is told of a domain: its explanation, likeness to others, decisions about it, and whether a line is forbidden.

        Whoever goes through the list faster than it can be told asks for the last one only: of several that wait for
        their turn the newest is told, the others get ``{"passed": True}``.

        Raises:
            UsageError: the audit does not know it.
            InputError: the audit's files cannot be read.
        """
        review = self._review
        place = review.place(domain)
        mine = self._wanted = next(self._newest)
        with self._turn:  # one at a time: it reads all links
            if mine != self._wanted:
                return {"passed": True}
            told = self._ready().explain(domain).as_dict()
        for part in (told["taken"] or {}).get("contributions", ()):
            signal = all_signals()[part["signal"]]
            part["said"] = readable(signal.sentence.replace("{value}", part["shown"]), signal)
        guard = review.guards.reason(domain)
        return told | {
            "row": review.rows([place])[0],
            "reasons": list(told["reasons"]),
            "forbidden": Guards.sentence(guard) if guard else None,
            "similar": self._similar(place),
            "cluster": self._clusters.get(review.table["cluster"][place]),
            "decisions": [self._decision(found, place) for found in review.store.within(domain)],
            "journal": [_action(action) for action in review.store.journal(domain)],
        }

    def warm(self) -> None:
        """Make ready what the first answer would wait for."""
        with self._turn:
            self._ready()

    def _ready(self) -> Explainer:
        if self._explainer is None:
            self._explainer = Explainer(self._review.folder, self._review.domains, self._loaded())
        return self._explainer

    def _similar(self, place: int) -> list[dict[str, Any]]:
        """The domains that are like it, by each likeness: how many, and the first of them."""
        found = []
        for name, (column, words) in _LIKENESS.items():
            value = self._likeness[column][place]
            if value in (None, ""):
                continue
            alike = self._likeness.filter(pl.col(column) == value, pl.col("place") != place)["place"]
            if len(alike):
                found.append(
                    {"by": name, "words": words, "value": value, "count": len(alike), "rows": self._review.rows(alike.head(_SIMILAR).to_numpy())}
                )  # fmt: skip
        return found

    def _decision(self, found: Decision, place: int) -> dict[str, Any]:
        now = self._review.evidence(place)
        return {
            "subject": found.subject.name,
            "scope": found.subject.scope,
            "decision": found.decision,
            "note": found.note,
            "who": found.who,
            "when": found.when.isoformat(),
            "overrules": found.overrules,
            "then": found.evidence._asdict(),
            "changes": list(changes(found.evidence, now)),
        }


def _action(action: Action) -> dict[str, Any]:
    return action._asdict() | {"when": action.when.isoformat()}
