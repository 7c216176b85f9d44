"""What the Public Suffix List and the table of platforms say of names as a whole: above what, how deep, under what.

The list is taken as text (publicsuffix.org/list); names are given in A-labels.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from detector.links import hostnames
from detector.links.platforms import Platforms

PLATFORM: Final = "platform"
PUBLIC_SUFFIX: Final = "public_suffix"


class Rules(NamedTuple):
    """Rules of the list in A-labels, exceptions (``!``) left out."""

    icann: tuple[str, ...]  #: what registries open
    private: tuple[str, ...]  #: what platforms open below names of their own

    @classmethod
    def of(cls, text: str) -> Rules:
        """The rules of the list's text."""
        icann, _, private = text.partition("// ===BEGIN PRIVATE DOMAINS===")
        return cls(tuple(_rules(icann)), tuple(_rules(private)))

    def all(self) -> tuple[str, ...]:
        """The rules of both sections."""
        return self.icann + self.private

    def wildcards(self) -> frozenset[str]:
        """Names below which each name is a suffix."""
        return frozenset(rule[2:] for rule in self.all() if rule.startswith("*."))

    def tops(self) -> frozenset[str]:
        """The top-level domains."""
        return frozenset(rule.rpartition(".")[2] for rule in self.all())


def above_suffixes(rules: Rules, platforms: Platforms) -> dict[str, str]:
    """Names that lie above a public suffix or a platform, and what that makes of them.

    ``amazonaws.com`` is an ordinary domain by the list, but every bucket lies below it; ``kobe.jp`` lies
    above the rule ``*.kobe.jp``. A rule on such a name would hit all of them.
    """
    above: dict[str, str] = {}
    sources = [(PLATFORM, platforms.hosts()), (PLATFORM, rules.private), (PUBLIC_SUFFIX, rules.icann)]
    for kind, names in sources:  # the later is the stronger
        for name in names:
            _, _, rest = name.partition(".")
            while rest:
                above[rest] = kind
                _, _, rest = rest.partition(".")
    return above


def deep_endings(rules: Rules, platforms: Platforms) -> frozenset[str]:
    """Endings of one or two labels below which the list or the table knows more than the top level.

    A host with no such ending is a domain of two labels with what stands before it, so that most hosts need
    no walk through the list.
    """
    names = [*rules.all(), *platforms.hosts(), *platforms.pattern_tails()]
    endings = {".".join(name.rsplit(".", 2)[-2:]) for name in names if "." in name}
    wild = {ending[2:] for ending in endings if ending.startswith("*.")}  # `*.ck`: all below .ck
    return frozenset(endings | wild)


def _rules(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if line and line[0] not in "/!":
            rule = line.split()[0]
            wildcard = "*." if rule.startswith("*.") else ""
            yield f"{wildcard}{hostnames.canonical(rule.removeprefix('*.'))}"
