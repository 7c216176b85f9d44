"""The audited site: its names, and how an anchor may spell them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from detector.links.hostnames import in_own_script
from detector.signals.lexicon import (
    CALLED_PHARMACY,
    PHARMACIES,
    SELLERS,
    TRADES,
    names_word,
    patterns,
    trade_patterns,
)

_NOT_ALNUM = re.compile(r"[\W_]+")
#: A brand spelling shorter than this is looked for as the whole anchor only: "bp" stands inside too many words.
_SHORTEST_INSIDE = 4


def squash(text: str) -> str:
    """Letters and digits only, NFKC, lower case: ``Kettle & Thyme`` -> ``kettlethyme``."""
    return _NOT_ALNUM.sub("", unicodedata.normalize("NFKC", text).lower())


def normal_words(text: str) -> list[str]:
    """The words of a name as ``text.normalised`` writes them: ``Kettle-and-Thyme`` -> ``kettle``, ``and``, ``thyme``."""
    return _NOT_ALNUM.sub(" ", unicodedata.normalize("NFKC", text).lower()).split()


@dataclass(frozen=True)
class Site:
    """The site whose profile is judged.

    Attributes:
        domain: registrable domain, A-labels, e.g. ``kettle-and-thyme.example``; empty where it is not known.
        own: further domains of the same owner.
        brands: names given by the user; the site's own name is added.
    """

    domain: str = ""
    own: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    #: squashed spellings of the name
    spellings: tuple[str, ...] = field(init=False)
    #: topics of ``lexicon.TRADES`` that are the site's own trade and so say nothing about a link to it
    own_topics: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "spellings", tuple(sorted(_spellings(self.names()))))
        object.__setattr__(self, "own_topics", tuple(_topics_of(self.names())))

    def names(self) -> list[str]:
        """Names as given: of the domain its first label, of each brand the brand."""
        return [_first_label(d) for d in (self.domain, *self.own) if d] + list(self.brands)

    @property
    def inside(self) -> list[str]:
        """Spellings long enough to be looked for inside a longer anchor."""
        return [s for s in self.spellings if len(s) >= _SHORTEST_INSIDE]

    @property
    def is_of_a_trade(self) -> bool:
        """Whether the site's own name says that it is of a trade that link spam is made for, or sells links itself."""
        return bool(self.own_topics) or any(names_word(name, SELLERS) for name in _plain(self.names()))

    def trade_patterns(self) -> dict[str, list[str]]:
        """Topic -> search strings of ``lexicon.TRADES`` that tell something of a link to this site."""
        is_pharmacy = any(names_word(name, PHARMACIES) for name in _plain(self.names()))
        own = set(patterns(CALLED_PHARMACY)) if is_pharmacy else set()
        return {
            topic: [word for word in words if word not in own]
            for topic, words in trade_patterns().items()
            if topic not in self.own_topics
        }

    @property
    def hosts(self) -> list[str]:
        """Domains whose appearance in an anchor, a title or a path names the site by its address."""
        return [d for d in (self.domain, *self.own) if d]


def _first_label(domain: str) -> str:
    return in_own_script(domain.split(".")[0])


def _spellings(names: Sequence[str]) -> set[str]:
    """Squashed names, and with an ampersand written out, without accents and without a leading article."""
    found: set[str] = set()
    for name in names:
        for spelling in (
            name,
            name.replace("&", " and "),
            name.replace("-and-", " "),
            name.replace("-", " "),
        ):
            flat = squash(spelling)
            plain = "".join(c for c in unicodedata.normalize("NFKD", flat) if not unicodedata.combining(c))
            found |= {flat, plain, plain.removeprefix("the")}
    return found - {""}


def _topics_of(names: Sequence[str]) -> list[str]:
    """Trades whose words the site's own name holds."""
    plain = _plain(names)
    return [topic for topic, words in TRADES.items() if any(names_word(name, words) for name in plain)]


def _plain(names: Sequence[str]) -> list[str]:
    return [unicodedata.normalize("NFKC", name).lower() for name in names]


def make_site(site: str, own: Sequence[str] = (), brands: Sequence[str] = ()) -> Site:
    """A site from registrable domains that are already canonical, and brand names as typed."""
    return Site(site, tuple(own), tuple(brands))
