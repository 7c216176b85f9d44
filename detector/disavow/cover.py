"""The fewest lines that cover what is wanted and nothing that is kept.

A line covers either one page (a URL line) or a host with all below it (``domain:``). So the sets that lines can
cover are *nested*: hosts form a forest by their labels, pages are its leaves, and of two lines either one covers
all that the other does, or they share nothing. That makes the fewest lines a matter of one pass from the leaves
up, not of search:

*Claim.* Let ``lines(v)`` be the fewest lines, all at or below host ``v``, that cover every want at or below ``v``.
Where ``domain:v`` may not stand, ``lines(v)`` is the number of wanted pages at ``v`` plus the sum of ``lines(c)``
over the hosts ``c`` right below ``v``; where it may, the smaller of that and 1, and 1 where ``v`` itself is
wanted.

*Proof*, by induction from the leaves. A set of lines at or below ``v`` either holds ``domain:v``, and then that one
line is enough; or it does not, and then each wanted page at ``v`` needs its own line, since no other line at or
below ``v`` covers it, and each child's wants can be covered only by lines at or below that child, since no line
below another child reaches them. The children share no line, so each is best served by its own fewest. A want
for ``v`` itself (a host that was judged as a whole stands for the links that nobody has seen yet, too) is met by
``domain:v`` alone. At the roots no line above is left to choose, so the sum over the roots is the fewest of all. ∎

Of two answers with the same number of lines the narrower is taken: ``domain:v`` stands only where ``v`` was wanted
or where it saves a line. One bad page never becomes a rule on its host.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field

from detector.disavow.rules import DOMAIN, Rule
from detector.links import hostnames


@dataclass
class Cover:
    """The lines, each with the wants that it covers (their places in the input), and the wants that none may meet."""

    lines: dict[Rule, list[int]] = field(default_factory=dict)
    unmet: list[int] = field(default_factory=list)


@dataclass
class _Host:
    """One host of the forest.

    Attributes:
        own: the wants at the host itself, pages and the host.
        wanted: the host itself is wanted.
        lines: the fewest lines for what lies at or below it.
        kept: something kept lies at or below it.
        taken: ``domain:`` and this host is one of the lines.
    """

    own: list[int] = field(default_factory=list)
    wanted: bool = False
    lines: int = 0
    kept: bool = False
    taken: bool = False


def cover(
    wants: Sequence[Rule], tops: Sequence[str], kept: Iterable[str], may_stand: Callable[[str], bool]
) -> Cover:
    """Find the fewest lines for wants.

    Args:
        wants: what is to be covered: pages, and hosts with all below them; each once. Hosts are canonical and in ASCII.
        tops: of each want the widest host that may be named for it (its referring domain); as many as ``wants``.
        kept: hosts at which something must not be covered.
        may_stand: whether ``domain:`` and this host is permitted at all. Asked only where it would be written.

    Returns:
        Every wanted page is covered, and every wanted host for which a rule may stand at itself; no kept host is
        at or below a ``domain:`` line, and no line covers another.
    """
    hosts = [want.value if want.kind == DOMAIN else hostnames.of_text(want.value) or "" for want in wants]
    forest = _forest(wants, hosts, tops, kept)
    deepest_first = sorted(forest, key=lambda host: (-host.count("."), host))
    above = {host: nearest_above(host, forest) for host in deepest_first}
    for host in deepest_first:
        node, parent = forest[host], above[host]
        may_help = not node.kept and (node.wanted or node.lines > 1)
        if may_help and may_stand(host):
            node.taken, node.lines = True, 1
        if parent is not None:
            forest[parent].lines += node.lines
            forest[parent].kept |= node.kept
    return _gathered(wants, forest, reversed(deepest_first), above)


def _forest(
    wants: Sequence[Rule], hosts: Sequence[str], tops: Sequence[str], kept: Iterable[str]
) -> dict[str, _Host]:
    forest: dict[str, _Host] = defaultdict(_Host)
    for place, (want, host, top) in enumerate(zip(wants, hosts, tops, strict=True)):
        node = forest[host]
        node.own.append(place)
        if want.kind == DOMAIN:
            node.wanted = True
        else:
            node.lines += 1
        while host != top and host.endswith(
            f".{top}"
        ):  # every level up to the referring domain is a candidate
            host = host.partition(".")[2]
            forest[host]
    for host in kept:
        node_at = host if host in forest else nearest_above(host, forest)
        if node_at is not None:
            forest[node_at].kept = True
    return dict(forest)


def nearest_above(host: str, hosts: Container[str]) -> str | None:
    """The nearest of some hosts above a host, which is not itself; None where there is none."""
    rest = host.partition(".")[2]
    while rest and rest not in hosts:
        rest = rest.partition(".")[2]
    return rest or None  # of an address nothing is above: what follows its first dot is no host


def _gathered(
    wants: Sequence[Rule],
    forest: dict[str, _Host],
    widest_first: Iterable[str],
    above: dict[str, str | None],
) -> Cover:
    """The lines that were taken, the widest only, with what each stands for."""
    result = Cover()
    under: dict[str, Rule | None] = {}
    for host in widest_first:
        node, parent = forest[host], above[host]
        rule = under[parent] if parent is not None else None
        under[host] = rule = rule or (Rule(DOMAIN, host) if node.taken else None)
        for place in node.own:
            line = rule or (wants[place] if wants[place].kind != DOMAIN else None)
            if line is None:
                result.unmet.append(place)
            else:
                result.lines.setdefault(line, []).append(place)
    return result
