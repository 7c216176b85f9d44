"""Sentences of signals are written for many of a thing; of one of it, and of no day, they read so."""

from __future__ import annotations

import re
from typing import Final

#: What sentences and units count; of one there is no ``s``.
NOUNS: Final = (
    "advertisements", "anchors", "bits", "characters", "consonants", "days", "domains", "hyphens", "letters", "links", "nats",
    "occurrences", "others", "pages", "phrases", "points", "sites", "times", "tools", "traces", "trades", "visits", "words",
)  # fmt: skip
#: What those do that are counted.
VERBS: Final = {
    "are": "is", "begin": "begins", "carry": "carries", "differ": "differs", "fill": "fills", "have": "has", "know": "knows",
    "link": "links", "look": "looks", "share": "shares", "stand": "stands", "tie": "ties", "use": "uses",
}  # fmt: skip
#: What is said where no day lies between two dates.
SAME_DAY: Final = {
    "it was first seen 0 days before the newest link": "it was first seen as late as the newest link",
    "its links were seen over 0 days": "its links were seen on one day only",
}
_ONE_NOUN: Final = re.compile(
    rf"(?<![\d.,-])(?<!and )1 (?:different )?((?:(?:other|independent|search|spam) )*(?:{'|'.join(n[:-1] for n in NOUNS)}))s\b"
)
#: The one is what does it: it leads the sentence, or what it does follows at once (``1 other that share``).
_ONE_DOES: Final = re.compile(rf"^((?:at (?:least|most) )?1 [a-z ]*?|.*\b1 other that) ({'|'.join(VERBS)})\b")


def singular(sentence: str) -> str:
    """``1 other domains of this profile use their name`` -> ``1 other domain of this profile uses its name``.

    Args:
        sentence: of a signal, with its value; where that is not 1 (``0.1 bits``, ``between 0 and 1 links``) it stays.
    """
    counted = _ONE_NOUN.sub(r"1 \1", sentence)
    done = _ONE_DOES.sub(lambda found: f"{found[1]} {VERBS[found[2]]}", counted)
    if done == counted:
        return counted
    return done.replace(" their ", " its ").replace(" themselves", " itself")
