"""What a line is worth, and which lines to choose when not all fit.

**Worth.** ``benefit`` weighs the harm that a line takes away against what it costs if the verdict is wrong:

    benefit = log2(1 + credit) x max(0, p - 4 (1 - p))

``p`` is the probability that the links are toxic. ``credit`` is the number of links behind the line that pass
ranking credit, as far as the exports tell: a followed link that still stands counts 1, one of which no export says
whether it is followed 0.7 (the usual share of followed links), a nofollow, ugc or sponsored link and one that is
gone 0: Google says that those need no line. The logarithm says that a thousand links of one site are one footer, not
a thousand votes. A good link lost weighs as much as four bad ones left in, so a line of less than 80 % is worth
nothing: it is written where there is room, because somebody asked for it, and is the first to give way.

**Choice.** By the claim in ``cover`` the sets that lines cover are nested, and the wider of two lines is the shorter
text as well (``domain:a.example`` against ``domain:b.a.example`` or ``https://a.example/``). So any choice among
*all* candidate lines can be replaced, without using more lines or bytes and without covering less, by a choice
among the lines of the fewest cover: put for each line the one of the cover that lies at or above it. The tree
knapsack with two budgets is thereby a plain one over lines that share nothing:

    the largest sum of benefits with at most L lines and at most B bytes

It is solved by Lagrangian relaxation: at a price for a byte, the best L lines are those with the most benefit after
the price; the price is raised until they fit. The relaxed optimum is a bound that no choice exceeds. What is left
to the bound is closed by a search over the lines whose exchange could still pay (`_search`), which is exact unless
there are very many of them; ``Choice.bound`` says how far the answer can be from the best one at most. If bytes
are not scarce, the L most beneficial lines are the optimum and nothing is searched.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Credit of a link of which no export says whether it is followed.
UNTOLD: Final = 0.7
#: So many bad links left in weigh as much as one good link lost.
_WRONG: Final = 4.0

_HALVINGS: Final = 100  # of the interval in which the price of a byte lies
_CORE: Final = 64  # lines whose exchange is tried; as many as a mask has bits
_STATES: Final = 50_000  # exchanges that are held at once


def benefit(probability: float, credit: float) -> float:
    """What a line is worth (see above); 0 or more, about 1 for one certain bad link."""
    return math.log2(1 + credit) * max(0.0, probability - _WRONG * (1 - probability))


@dataclass(frozen=True)
class Choice:
    """Which lines to write.

    Attributes:
        chosen: Boolean, one entry a line.
        value: the sum of their benefits.
        bound: no choice within the limits is worth more; equal to ``value`` where the choice is proved best.
    """

    chosen: NDArray[np.bool_]
    value: float
    bound: float


def choose_lines(values: NDArray[np.float64], sizes: NDArray[np.int64], *, lines: int, size: int) -> Choice:
    """Choose the lines that are worth most within two limits.

    Args:
        values: benefit of each line, 0 or more.
        sizes: bytes of each line, its end included.
        lines: at most so many lines.
        size: at most so many bytes.

    Returns:
        The choice. A line without any benefit is chosen where there is room. The same input gives the same choice.
    """
    price, best = _price(values, sizes, lines, size)
    relaxed = _dearest(values - price * sizes, lines)
    if relaxed.sum() <= lines and sizes[relaxed].sum() <= size and not price:
        bound = float(values[relaxed].sum())
        return Choice(_filled(relaxed, values, sizes, lines, size), bound, bound)
    chosen = _filled(_fitting(relaxed, values - price * sizes, sizes, size), values, sizes, lines, size)
    chosen, is_best = _search(chosen, best, price, values, sizes, lines, size)
    chosen = _filled(chosen, values, sizes, lines, size)
    value = float(values[chosen].sum())
    return Choice(chosen, value, value if is_best else max(value, best))


def _dearest(worth: NDArray[np.float64], lines: int) -> NDArray[np.bool_]:
    """The lines of positive worth, at most ``lines``, the dearest; of equals the first."""
    order = np.argsort(-worth, kind="stable")[: max(lines, 0)]
    taken = np.zeros(len(worth), dtype=np.bool_)
    taken[order[worth[order] > 0]] = True
    return taken


def _price(
    values: NDArray[np.float64], sizes: NDArray[np.int64], lines: int, size: int
) -> tuple[float, float]:
    """The price of a byte at which the best lines just fit, and the relaxed optimum there (the bound)."""

    def relaxed(price: float) -> tuple[float, int]:
        worth = values - price * sizes
        taken = _dearest(worth, lines)
        return float(worth[taken].sum()) + price * size, int(sizes[taken].sum())

    bound, used = relaxed(0.0)
    if used <= size or not len(values):
        return 0.0, bound
    low, high = 0.0, float((values / sizes).max()) * 2  # at the upper end nothing is worth its bytes
    best = min(bound, relaxed(high)[0])
    price = high
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        bound, used = relaxed(middle)
        if bound <= best:
            best, price = bound, middle
        low, high = (middle, high) if used > size else (low, middle)
    return price, best


def _fitting(
    taken: NDArray[np.bool_], worth: NDArray[np.float64], sizes: NDArray[np.int64], size: int
) -> NDArray[np.bool_]:
    """The dearest of the taken lines for which there are bytes, the first that does not fit and all after it left out."""
    order = np.flatnonzero(taken)
    order = order[np.argsort(-worth[order], kind="stable")]
    fits = np.zeros_like(taken)
    fits[order[np.cumsum(sizes[order]) <= size]] = True
    return fits


def _filled(
    taken: NDArray[np.bool_],
    values: NDArray[np.float64],
    sizes: NDArray[np.int64],
    lines: int,
    size: int,
) -> NDArray[np.bool_]:
    """The taken lines and as many others as there is room for, the most beneficial first, then the shortest."""
    filled = taken.copy()
    lines -= int(taken.sum())
    size -= int(sizes[taken].sum())
    rest = np.flatnonzero(~taken)
    order = rest[np.lexsort((sizes[rest], -values[rest]))]
    smallest_left = np.minimum.accumulate(sizes[order][::-1])[::-1]
    for place, smallest in zip(order.tolist(), smallest_left.tolist(), strict=True):
        if lines <= 0 or smallest > size:
            break
        if sizes[place] <= size:
            filled[place] = True
            lines, size = lines - 1, size - int(sizes[place])
    return filled


def _search(
    chosen: NDArray[np.bool_],
    bound: float,
    price: float,
    values: NDArray[np.float64],
    sizes: NDArray[np.int64],
    lines: int,
    size: int,
) -> tuple[NDArray[np.bool_], bool]:
    """Search for a better choice among those that differ from the relaxed optimum in the core.

    Gives the better one of ``chosen`` and what was found, and whether that is sure to be the best of all.

    With a price for a byte and one for a line, a choice is worth the bound minus, for every line in which it differs
    from the relaxed optimum, the distance of that line's priced worth from 0, minus the price of what it leaves
    unused. So exchanges whose distances add up to the gap or more cannot pay, and are not followed.
    """
    worth = values - price * sizes
    by_worth = np.sort(worth)[::-1]
    line_price = max(0.0, float(by_worth[lines - 1])) if 0 < lines <= len(worth) else 0.0
    relaxed = _dearest(worth, lines)
    distance = np.abs(worth - line_price)
    gap = bound - float(values[chosen].sum())
    core = np.argsort(distance, kind="stable")[: _CORE + 1]
    core = core[distance[core] < gap]
    is_all, core = len(core) <= _CORE, core[:_CORE]
    lost = np.zeros(1)
    used_lines = np.array([int(relaxed.sum())])
    used_bytes = np.array([int(sizes[relaxed].sum())])
    masks = np.zeros(1, dtype=np.uint64)
    for bit, place in enumerate(core.tolist()):
        step = -1 if relaxed[place] else 1
        more = lost + distance[place] < gap
        lost = np.concatenate([lost, lost[more] + distance[place]])
        used_lines = np.concatenate([used_lines, used_lines[more] + step])
        used_bytes = np.concatenate([used_bytes, used_bytes[more] + step * sizes[place]])
        masks = np.concatenate([masks, masks[more] | np.uint64(1 << bit)])
        if len(lost) > _STATES:
            is_all = False
            best = np.argpartition(lost, _STATES)[:_STATES]
            lost, used_lines, used_bytes, masks = lost[best], used_lines[best], used_bytes[best], masks[best]
    unused = line_price * (lines - used_lines) + price * (size - used_bytes)
    fits = (used_lines <= lines) & (used_bytes <= size)
    lost = np.where(fits, lost + unused, np.inf)
    place = int(np.argmin(lost))
    if lost[place] >= gap:
        return chosen, is_all
    found = relaxed.copy()
    differs = core[[bool(int(masks[place]) >> bit & 1) for bit in range(len(core))]]
    found[differs] = ~found[differs]
    return found, is_all
