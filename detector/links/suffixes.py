"""What the Public Suffix List and the table of platforms say of names as a whole: above what, how deep, under what.

The list is taken as text (publicsuffix.org/list); names are given in A-labels.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from detector.links import hostnames
from detector.links.platforms import Platforms

PLATFORM: Final = "platform"
PUBLIC_SUFFIX: Final = "public_suffix"


def above_suffixes(text: str, platforms: Platforms) -> dict[str, str]:
    """Names that lie above a public suffix or a platform, and what that makes of them.

    ``amazonaws.com`` is an ordinary domain by the list, but every bucket lies below it; ``kobe.jp`` lies
    above the rule ``*.kobe.jp``. A rule on such a name would hit all of them.
    """
    icann, _, private = text.partition("// ===BEGIN PRIVATE DOMAINS===")
    above: dict[str, str] = {}
    sources = [(PLATFORM, platforms.hosts()), (PLATFORM, rules(private)), (PUBLIC_SUFFIX, rules(icann))]
    for kind, names in sources:  # the later is the stronger
        for name in names:
            labels = name.split(".")
            above.update((".".join(labels[start:]), kind) for start in range(1, len(labels)))
    return above


def deep_endings(text: str, platforms: Platforms) -> frozenset[str]:
    """Endings of one or two labels below which the list or the table knows more than the top level.

    A host with no such ending is a domain of two labels with what stands before it, so that most hosts need
    no walk through the list.
    """
    names = [*rules(text), *platforms.hosts(), *platforms.pattern_tails()]
    endings = {".".join(name.split(".")[-2:]) for name in names if "." in name}
    wild = {ending[2:] for ending in endings if ending.startswith("*.")}  # `*.ck`: all below .ck
    return frozenset(endings | wild)


def rules(text: str) -> Iterator[str]:
    """Rules of the list in A-labels; exceptions (``!``) and comments left out."""
    for line in text.splitlines():
        if line and line[0] not in "/!":
            rule = line.split()[0]
            wildcard = "*." if rule.startswith("*.") else ""
            yield f"{wildcard}{hostnames.canonical(rule.removeprefix('*.'))}"
