"""What the page may ask of a review, by name. Every answer is JSON; whatever is asked is checked here.

A request is a JSON object whose fields are those of the function's annotations; what is missing takes the default.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import polars as pl

from detector.classifier.store import Loaded
from detector.errors import DetectorError, UsageError
from detector.report.rows import unicode_name
from detector.review.decisions import DECISIONS, Action, ConflictError
from detector.review.details import Details
from detector.review.exporting import export, removal_requests, report_anew
from detector.review.filters import Filters
from detector.review.session import Review
from detector.verdict import VERDICTS

_ROWS: Final = 200  # at most in one answer
_FIRST: Final = 100  # that come with the answer to a question: what the page asks for at once
_NOTE: Final = 2_000  # characters
_JOURNAL: Final = 100

Body = Mapping[str, Any]


class Routes:
    """Answers the page.

    Args:
        review: the review.
        loaded: gives the model, for what takes a judgement apart.
    """

    def __init__(self, review: Review, loaded: Callable[[], Loaded]) -> None:
        self._review = review
        self._details = Details(review, loaded)
        answers: dict[str, Callable[[Body], Any]] = {
            "start": self._start,
            "offers": lambda body: review.finder.offers(),
            "ask": self._ask,
            "rows": self._rows,
            "domain": lambda body: self._details.of(_text(body, "domain")),
            "decide": self._decide,
            "page": self._page,
            "undo": lambda body: self._turned(review.undo(_number(body, "expected"))),
            "redo": lambda body: self._turned(review.redo(_number(body, "expected"))),
            "whitelist": self._whitelist,
            "unlist": self._unlist,
            "whitelists": lambda body: self._listed(),
            "journal": self._journal,
            "export": lambda body: export(review, with_proposals=_flag(body, "proposals")).as_dict(),
            "report": lambda body: {"path": str(report_anew(review).resolve())},
            "requests": lambda body: {
                "text": removal_requests(review, with_proposals=_flag(body, "proposals")).decode()
            },
        }
        self.table: Final = {name: self._of_this_audit(answer) for name, answer in answers.items()}

    def _of_this_audit(self, answer: Callable[[Body], Any]) -> Callable[[Body], Any]:
        def answered(body: Body) -> Any:
            self._review.check_audit()
            return answer(body)

        return answered

    def warm(self) -> None:
        """Make ready what the first domain would wait for; a fault is told when one is asked for."""
        with contextlib.suppress(DetectorError):
            self._details.warm()

    # ------------------------------------------------------------------ looking

    def _start(self, body: Body) -> dict[str, Any]:
        record, review = self._review.record, self._review
        last = review.last_upload
        return {
            "site": review.site,
            "own_script": unicode_name(review.site),
            "who": review.who,
            "audited": str(record.get("generated") or "")[:10],
            "headline": str(record.get("headline") or ""),
            "domains": review.table.height,
            "verdicts": dict(review.table["verdict"].value_counts().iter_rows()),
            "order": [*VERDICTS],
            "decisions": [*DECISIONS],
            "carried": review.carried,
            "last_upload": last.title if last else None,
            "google": bool(review.table["tools"].fill_null("").str.contains("gsc").any()),
            "state": self._state(),
        }

    def _state(self) -> dict[str, Any]:
        store = self._review.store
        undo, redo = store.next_undo(), store.next_redo()
        return {
            "progress": self._review.progress(),
            "seen": store.newest(),
            "undo": _told(undo),
            "redo": _told(redo),
        }

    def _ask(self, body: Body) -> dict[str, Any]:
        start = time.perf_counter()
        asked = body.get("filters", {})
        if not isinstance(asked, dict):
            raise UsageError("'filters' is no object")
        state = self._state()  # before the rows: what it calls seen is in them
        found = self._review.ask(Filters.of(asked))
        rows = self._review.rows(found.rows[:_FIRST])
        took = (time.perf_counter() - start) * 1000
        told = {"answer": found.number, "total": len(found.rows), "rows": rows, "state": state}
        return told | {"ms": round(took, 1)}

    def _rows(self, body: Body) -> dict[str, Any]:
        start, count = _needed_number(body, "from"), _needed_number(body, "count")
        if start < 0 or not 0 < count <= _ROWS:
            raise UsageError(f"ask for 1 to {_ROWS} rows, from 0 on")
        found = self._review.finder.answer(_needed_number(body, "answer"))
        return {"rows": self._review.rows(found.rows[start : start + count])}

    def _journal(self, body: Body) -> dict[str, Any]:
        return {"actions": [_told(action) for action in self._review.store.journal()[-_JOURNAL:][::-1]]}

    # ------------------------------------------------------------------ deciding

    def _decide(self, body: Body) -> dict[str, Any]:
        places, about = self._meant(body)
        count = _number(body, "count")
        if count is not None and count != len(places):
            raise ConflictError(f"It is {len(places):,} domains now, not {count:,}: nothing was done.")
        if not len(places):
            raise UsageError("there is no domain to decide on")
        action, left_out = self._review.decide(
            places, _decision(body), about=about, note=_note(body), seen=_number(body, "seen")
        )
        return {
            "action": _told(action),
            "decided": len(places) - left_out,
            "left_out": left_out,
            "state": self._state(),
        }

    def _meant(self, body: Body) -> tuple[Any, str]:
        """The rows that a request is about, and what they have in common."""
        review = self._review
        if "domain" in body:
            return [review.place(_text(body, "domain"))], ""
        if "cluster" in body:
            cluster = _needed_number(body, "cluster")
            rows = review.table.select((pl.col("cluster") == cluster).fill_null(value=False).arg_true())
            return rows.to_series().to_numpy().astype(np.uint32), f"cluster {cluster}"
        found = review.finder.answer(_needed_number(body, "answer"))
        return found.rows, "all of a filter"

    def _page(self, body: Body) -> dict[str, Any]:
        action = self._review.decide_page(
            _text(body, "url"),
            _text(body, "domain"),
            _decision(body),
            note=_note(body),
            seen=_number(body, "seen"),
        )
        return {"action": _told(action), "state": self._state()}

    def _turned(self, action: Action | None) -> dict[str, Any]:
        return {"action": _told(action), "state": self._state()}

    def _whitelist(self, body: Body) -> dict[str, Any]:
        kept = self._review.whitelist(_text(body, "entry"), shared=_flag(body, "shared"))
        return {"entry": kept, **self._listed()}

    def _unlist(self, body: Body) -> dict[str, Any]:
        self._review.unlist(_text(body, "entry"), shared=_flag(body, "shared"))
        return self._listed()

    def _listed(self) -> dict[str, Any]:
        entries = [
            {"entry": entry.entry, "shared": not entry.site, "who": entry.who, "added": entry.added.date().isoformat()}
            for entry in self._review.listed()
        ]  # fmt: skip
        return {"entries": entries}


def _told(action: Action | None) -> dict[str, Any] | None:
    return None if action is None else action._asdict() | {"when": action.when.isoformat()}


def _decision(body: Body) -> str | None:
    return None if body.get("decision") is None else _text(body, "decision")


def _note(body: Body) -> str | None:
    note = body.get("note")
    if note is not None and (not isinstance(note, str) or len(note) > _NOTE):
        raise UsageError(f"a note is a text of at most {_NOTE:,} characters")
    return note


def _text(body: Body, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise UsageError(f"{name!r} is missing, or no text")
    return value


def _number(body: Body, name: str) -> int | None:
    return None if body.get(name) is None else _needed_number(body, name)


def _needed_number(body: Body, name: str) -> int:
    value = body.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > 2**53:
        raise UsageError(f"{name!r} is missing, or no whole number")
    return value


def _flag(body: Body, name: str) -> bool:
    value = body.get(name, False)
    if not isinstance(value, bool):
        raise UsageError(f"{name!r} is neither true nor false")
    return value
