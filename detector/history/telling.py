"""Uploads and decisions as machines and people read them."""

from __future__ import annotations

from typing import Any, Final

from detector.disavow.merging import one_line
from detector.history.uploads import ADDED, KEPT, REMOVED, Decision, Upload, stamp

_MARKS: Final = {ADDED: "+", KEPT: " ", REMOVED: "-"}


def as_dict(upload: Upload) -> dict[str, Any]:
    """An upload for machines; see docs/disavow-history.md."""
    return {
        "number": upload.number,
        "state": upload.state,
        "handed": stamp(upload.handed),
        "uploaded": stamp(upload.uploaded) if upload.uploaded else None,
        "who": upload.who,
        "property": upload.property_url,
        "name": upload.name,
        "sha256": upload.sha256,
        "lines": upload.lines,
        "domain_rules": upload.domain_rules,
        "url_rules": upload.url_rules,
        "since": upload.since,
        "added": upload.added,
        "removed": upload.removed,
    }


def decision_line(decision: Decision) -> str:
    """A decision as one line: ``+ domain:spam.example  disavow 0.99, link farm: ...``."""
    told = []
    if decision.verdict is not None:
        probability = "" if decision.probability is None else f" {decision.probability:.2f}"
        told = [f"{decision.verdict}{probability}", one_line(decision.kind or "")]
    why = f": {one_line(decision.reasons)}" if decision.reasons else ""
    about = f"  {', '.join(filter(None, told))}{why}" if told else ""
    return f"{_MARKS[decision.change]} {decision.rule}{about}"
