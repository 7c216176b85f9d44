"""What the report says above its table: the audit's record turned into words and figures for the template.

`audit` is the parsed audit.json. Every key but `site` may be missing: a report of an older audit still opens.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from detector.report.proposal import mistakes
from detector.report.rows import VERDICTS
from detector.report.words import spoken_day

#: verdict -> (title of its card, what it means to somebody who knows no SEO).
MEANING: Final = {
    "disavow": ("Disavow", "Looks like links placed to manipulate rankings. Proposed for the disavow file."),
    "review": ("Review", "Signs in both directions. A person should look before anything is decided."),
    "ignore": ("Ignore", "Spam that search engines discount by themselves. Needs no line in the file."),
    "keep": ("Keep", "Nothing speaks against these links. They may be helping the site."),
}

#: key of audit.json -> how the page calls it. Other keys are shown under their own name.
LABELS: Final = {
    "links": "links",
    "referring_domains": "referring domains",
    "records": "records read",
    "files": "files read",
    "version": "Version",
    "trained": "Trained",
    "suffix_list_date": "Public Suffix List of",
}


#: What to do, mildest first: how the headline begins -> what it means to somebody who knows no SEO.
STANCES: Final = {
    "Do nothing": "No action is needed",
    "Look closer": "A person should look before anything is decided",
    "Act": "Google has taken action, so must you",
}


#: What a reader who knows no SEO needs to know.
GLOSSARY: Final = (
    ("Backlink", "A link from another site to this one. Search engines read it as a vote for this site."),
    (
        "Referring domain",
        "The site that a backlink comes from. One domain can hold many links; it is judged as a whole.",
    ),
    (
        "Anchor",
        "The words one clicks on. Honest sites write what they like; whoever pays for links chooses the words.",
    ),
    ("Followed link", "A link that counts as a vote. Links marked nofollow, ugc or sponsored do not."),
    (
        "Toxic",
        "Placed to manipulate rankings, for instance bought, or made by a machine. Most such links do nothing at all.",
    ),
    (
        "Disavow",
        "To ask Google, by uploading a list of domains, not to count their links. It can be undone, and takes weeks to show.",
    ),
    (
        "Manual action",
        "A penalty by a person at Google, told in Search Console. Without one, Google ignores most spam by itself.",
    ),
)


@dataclass(frozen=True)
class Card:
    """One verdict: how many referring domains have it; `start` and `share` are percent of all of them."""

    verdict: str
    title: str
    meaning: str
    count: int
    start: float
    share: float


def context(audit: Mapping[str, object]) -> dict[str, object]:
    """Everything the template names, apart from the table itself."""
    counts, disavow = mapping(audit.get("counts")), mapping(audit.get("disavow"))
    known = ("links", "referring_domains", "records", "files")
    held_back = [_sentence(entry) for entry in sequence(disavow.get("held_back"))]
    promised = mistakes(mapping(audit.get("promise")))
    told_below = promised.sentences if promised else []
    stance, colon, rest = str(audit.get("headline") or "").partition(": ")
    return {
        "site": str(audit.get("site", "")),
        "generated": spoken_time(audit.get("generated")),
        "headline": str(audit.get("headline") or f"Audit of the links to {audit.get('site', 'the site')}"),
        "stance": stance if colon and stance in STANCES else None,
        "stances": STANCES,
        "finding": rest[:1].upper() + rest[1:],
        "summary": [text for text in map(str, sequence(audit.get("summary"))) if text not in told_below],
        "mistakes": promised,
        "decisions": [str(text) for text in sequence(audit.get("decisions"))],
        "manual_action": audit.get("manual_action"),
        "held_back": held_back,
        "warnings": [
            text
            for text in map(str, sequence(audit.get("warnings")))
            if not any(line in text for line in held_back)  # told above already
        ],
        "totals": [(LABELS[key], figure(counts[key])) for key in known if key in counts],
        "cards": cards(mapping(counts.get("verdicts"))),
        "more_counts": facts({k: v for k, v in counts.items() if k not in (*known, "verdicts")}),
        "disavow": disavow_facts(disavow),
        "files": [_file(mapping(entry)) for entry in sequence(audit.get("files"))],
        "clusters": waves(sequence(audit.get("clusters"))),
        "model": facts(mapping(audit.get("model"))),
        "settings": facts(mapping(audit.get("settings"))),
        "glossary": GLOSSARY,
    }


def cards(verdicts: Mapping[str, object]) -> list[Card]:
    """A card a verdict, most urgent first, with its stretch of the bar that shows them all."""
    numbers = {verdict: whole(verdicts.get(verdict)) for verdict in VERDICTS}
    total, start, found = sum(numbers.values()), 0.0, []
    for verdict, count in numbers.items():
        share = 100 * count / total if total else 0.0
        found.append(Card(verdict, *MEANING[verdict], count, round(start, 3), round(share, 3)))
        start += share
    return found


def disavow_facts(disavow: Mapping[str, object]) -> dict[str, object] | None:
    """Name, lines, size and what was left out of the proposed file; None if the audit names no file."""
    if not disavow.get("path"):
        return None
    return {
        "name": str(disavow["path"]).replace("\\", "/").rsplit("/", 1)[-1],
        "lines": whole(disavow.get("lines")),
        "size": size(whole(disavow.get("bytes"))),
        "left_out": whole(disavow.get("left_out")),
    }


#: So many waves are shown; audit.json holds more.
MOST_WAVES: Final = 25


def waves(clusters: Sequence[object]) -> list[dict[str, object]]:
    """The clusters that are mostly not kept, as sentences: how many, since when, what they share, how they were judged."""
    doubted = [entry for entry in map(mapping, clusters) if entry.get("majority") not in (None, "keep")]
    return [_wave(entry) for entry in doubted[:MOST_WAVES]]


def _wave(entry: Mapping[str, object]) -> dict[str, object]:
    verdicts = mapping(entry.get("verdicts"))
    return {
        "number": whole(entry.get("cluster")),
        "domains": f"{whole(entry.get('domains')):,}",
        "links": f"{whole(entry.get('links')):,}",
        "since": _since(entry),
        "judged": [(v, f"{whole(verdicts[v]):,}") for v in VERDICTS if whole(verdicts.get(v))],
        "traces": [_trace(mapping(trace)) for trace in sequence(entry.get("traces"))],
        "examples": [str(name) for name in sequence(entry.get("examples"))],
    }


def _since(entry: Mapping[str, object]) -> str:
    first, last, days = entry.get("first_seen"), entry.get("last_first_seen"), whole(entry.get("days"))
    if not first:
        return ""
    return f"First seen from {first} to {last}, three quarters of them within {days:,} {'day' if days == 1 else 'days'}"


def _trace(trace: Mapping[str, object]) -> dict[str, str]:
    return {
        "told": str(trace.get("told", "")),
        "value": str(trace.get("value", "")),
        "domains": f"{whole(trace.get('domains')):,}",
    }


def facts(values: Mapping[str, object]) -> list[tuple[str, str]]:
    """(label, value) for a list of facts; nested values as compact JSON."""
    return [(label(key), figure(value)) for key, value in values.items() if value not in (None, [], {}, "")]


def label(key: str) -> str:
    """`suffix_list_date` -> `Public Suffix List of`, `keep_going` -> `Keep going`."""
    return LABELS.get(key) or key.replace("_", " ").strip().capitalize()


def figure(value: object) -> str:
    """A value as people write it: 12,345; yes; a, b, c."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.4g}"
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False, default=str)


def size(number: int) -> str:
    """Bytes in decimal units, as Google's limit of 2 MB is usually read."""
    if number < 1_000:
        return f"{number} bytes"
    return f"{number / 1e3:,.1f} kB" if number < 1_000_000 else f"{number / 1e6:,.2f} MB"


def spoken_time(stamp: object) -> str:
    """`2026-11-21T05:33:00+00:00` -> `21 November 2026, 05:33 UTC`; what is no time stays as it is."""
    if not isinstance(stamp, str):
        return ""
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return stamp
    zone = f" {moment.tzname()}" if moment.tzinfo else ""
    return f"{spoken_day(moment)}, {moment:%H:%M}{zone}"


def mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def sequence(value: object) -> Sequence[object]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _sentence(entry: object) -> str:
    """A held-back line as the audit gives it: a text, or a record whose values say line and reason."""
    if isinstance(entry, Mapping):
        return _joined(str(value) for value in entry.values() if value not in (None, ""))
    return str(entry)


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(parts)


def _file(entry: Mapping[str, object]) -> dict[str, object]:
    return {
        "name": str(entry.get("file", "")),
        "tool": str(entry.get("tool") or "–"),
        "report": str(entry.get("report") or "–").replace("_", " "),
        "records": f"{whole(entry.get('records')):,}",
        "invalid": whole(entry.get("invalid")),
        "warnings": [str(text) for text in sequence(entry.get("warnings"))],
    }
