"""The smallest change that would flip a verdict: a counterfactual (Wachter, Mittelstadt and Russell 2017).

One domain's row is judged again with one signal changed, then with two, by the very same model, thresholds and rules: what
is found is exact, whatever the model is. Values are tried that a person would say (whole percents, round numbers, whole
days), and all else stays as it is. How large a change is, is measured on the signal's own scale: a hundredth of the way
from 0 % to 100 % counts as a hundredth of the way along the round numbers from 0 to a million.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from detector.auditing.judging import Judge
from detector.classifier.explain import readable, shown_value
from detector.signals.registry import Signal, all_signals
from detector.verdict import DISAVOW, IGNORE, KEEP, REVIEW

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

#: Verdict -> the verdicts that a change could lead to, the nearest first.
TOWARDS: Final[dict[str, tuple[str, ...]]] = {
    DISAVOW: (REVIEW, KEEP, IGNORE),
    REVIEW: (KEEP, IGNORE, DISAVOW),
    KEEP: (REVIEW, IGNORE, DISAVOW),
    IGNORE: (KEEP, REVIEW, DISAVOW),
}

#: 0 to 20 one by one, then numbers of one or two digits and noughts, up to a million.
_COUNTS: Final = np.array(
    [*range(21), *(m * 10**p for p in range(1, 6) for m in (2.5, 3, 4, 5, 6, 8, 10, 12, 15, 20) if m * 10**p > 20)]
)  # fmt: skip
#: Unit of a signal -> the values that are tried, in order.
SCALES: Final[dict[str, Floats]] = {
    "share": np.arange(101) / 100,
    "yes/no": np.array([0.0, 1.0]),
    "log1p count": np.log1p(_COUNTS),
    "log ratio": np.log([*(i / 10 for i in range(1, 31)), *range(4, 11), 12, 15, *range(20, 101, 10)]),
    "log odds": np.arange(-80, 81) / 10,
    "points": np.arange(101.0),
    "days": _COUNTS[_COUNTS <= 10_000],
    "characters": np.array([*range(81), *range(90, 401, 10)], dtype=np.float64),
    "letters": np.arange(21.0),
    "levels": np.arange(0, 20.5, 0.5),
    "bits": np.arange(81) / 10,
    "ratio": np.arange(51) / 10,
}
_OTHER_UNIT: Final = _COUNTS

#: A change of these is said only where no other is found: they are what the domain is, not what it does.
_UNCHANGING: Final = ("name",)
#: Nobody's opinion is part of a verdict.
_OPINIONS: Final = ("vendor", "reputation")
#: Pairs are tried of so many signals (those that move the log odds most), each with so many values.
_PAIRED, _PAIR_VALUES = 12, 12


@dataclass(frozen=True)
class Change:
    """One signal's value, changed.

    Attributes:
        signal: its name.
        value, new: before and after, as the model takes them.
        words: what would have to be so, in plain words (``at most 19% of its anchors hold words of a spam trade``).
        now: the value as it is, in plain words; empty where the sentence holds no value.
    """

    signal: str
    value: float
    new: float
    words: str
    now: str

    @property
    def sentence(self) -> str:
        """``at most 19% of its anchors hold words of a spam trade (now 85%)``."""
        return f"{self.words} (now {self.now})" if self.now else self.words


@dataclass(frozen=True)
class Flip:
    """A change that leads to another verdict.

    Attributes:
        verdict: the other verdict.
        changes: one change, or two where no single one is enough.
        size: of the change, as a share of the signal's scale; of two the sum.
    """

    verdict: str
    changes: tuple[Change, ...]
    size: float


def flips(row: pl.DataFrame, judge: Judge) -> list[Flip]:
    """The smallest change to each verdict that one change, or two, can lead to.

    Args:
        row: one row: the signals, and the evidence that ``verdict.decide`` reads. Missing signals stay missing.
        judge: how the audit judged.

    Returns:
        At most one an other verdict, in the order of ``TOWARDS``; none where no one or two signals decide.
    """
    search = _Search(row, judge)
    found = (search.single(verdict) or search.pair(verdict) for verdict in TOWARDS[search.verdict])
    return [flip for flip in found if flip is not None]


def scale_of(signal: Signal) -> Floats:
    """The values that are tried for a signal, in order."""
    return SCALES.get(signal.unit, _OTHER_UNIT)


def size_of(signal: Signal, value: float, new: Floats) -> Floats:
    """How far each new value is from the value, as a share of the signal's scale."""
    scale = scale_of(signal)
    places = np.interp([value, *np.ravel(new)], scale, np.arange(len(scale)) / (len(scale) - 1))
    return np.asarray(np.abs(places[1:] - places[0]), dtype=np.float64)


@dataclass(frozen=True)
class _Tried:
    """One signal's values and what became of them."""

    signal: Signal
    value: float
    tried: Floats
    sizes: Floats
    verdicts: NDArray[np.str_]
    log_odds: Floats


@dataclass(frozen=True)
class _Pairs:
    """Every two values of two signals, and what became of the row with both.

    Attributes:
        values: the signal and the place of each value that is paired.
        tries: intp, shape ``(tries, 2)``: places in ``values``.
        verdicts, sizes: of each try.
    """

    values: list[tuple[_Tried, int]]
    tries: NDArray[np.intp]
    verdicts: NDArray[np.str_]
    sizes: Floats


class _Search:
    def __init__(self, row: pl.DataFrame, judge: Judge) -> None:
        self._row, self._judge = row, judge
        self._known = [
            (signal, float(row[name][0]))
            for name, signal in all_signals().items()
            if signal.family not in _OPINIONS and row[name][0] is not None
        ]
        self._names = [signal.name for signal, _ in self._known]
        self.verdict = str(judge(row)["verdict"][0])
        self._pairs: dict[bool, _Pairs] = {}  # judged once for all verdicts

    def single(self, verdict: str) -> Flip | None:
        """The smallest change of one signal that leads to a verdict."""
        best: tuple[tuple[bool, float], _Tried, int] | None = None
        for tried in self._tried:
            hits = np.flatnonzero(tried.verdicts == verdict)
            if not len(hits):
                continue
            at = int(hits[np.argmin(tried.sizes[hits])])
            rank = (tried.signal.family in _UNCHANGING, float(tried.sizes[at]))
            if best is None or rank < best[0]:
                best = rank, tried, at
        if best is None:
            return None
        (_, size), tried, at = best
        return Flip(verdict, (_change(tried, at, _run(tried, at)),), size)

    def pair(self, verdict: str) -> Flip | None:
        """The smallest change of two signals, of those that move the log odds most."""
        down = verdict == KEEP or (verdict == REVIEW and self.verdict == DISAVOW)
        if down not in self._pairs:
            self._pairs[down] = self._tried_pairs(down=down)
        pairs = self._pairs[down]
        hits = np.flatnonzero(pairs.verdicts == verdict)
        if not len(hits):
            return None
        at = hits[np.argmin(pairs.sizes[hits])]
        (a, i), (b, j) = (pairs.values[place] for place in pairs.tries[at])
        return Flip(verdict, (_change(a, i, (i, i)), _change(b, j, (j, j))), float(pairs.sizes[at]))

    def _tried_pairs(self, *, down: bool) -> _Pairs:
        """Pairs of values, what they make of the row, and how large a change each pair is."""
        open_to_change = [t for t in self._tried if t.signal.family not in _UNCHANGING and len(t.tried)]
        moved = sorted(open_to_change, key=lambda t: t.log_odds.min() if down else -t.log_odds.max())
        some = [_thinned(tried) for tried in moved[:_PAIRED]]
        values = [(tried, i) for tried in some for i in range(len(tried.tried))]
        owner = _owners([tried.tried for tried in some])
        first, second = np.triu_indices(len(values), 1)
        order = np.lexsort((second, first, owner[second], owner[first]))  # signal by signal
        tries = np.column_stack([first, second])[order]
        tries = tries[owner[tries[:, 0]] != owner[tries[:, 1]]]
        places = np.array([self._names.index(tried.signal.name) for tried in some], dtype=np.intp)
        new = np.array([tried.tried[i] for tried, i in values])
        sizes = np.array([tried.sizes[i] for tried, i in values])
        verdicts, _ = self._judged(places[owner[tries]], new[tries])
        return _Pairs(values, tries, verdicts, sizes[tries].sum(axis=1))

    @cached_property
    def _tried(self) -> list[_Tried]:
        """Every signal with every value of its scale but its own."""
        values = []
        for signal, value in self._known:
            scale = scale_of(signal)
            values.append(scale[np.abs(scale - value) > 1e-9])
        places = _owners(values)
        new = np.concatenate([np.empty(0), *values])
        verdicts, log_odds = self._judged(places[:, None], new[:, None])
        ends = np.cumsum([len(tried) for tried in values])[:-1]
        parts = zip(self._known, values, np.split(verdicts, ends), np.split(log_odds, ends), strict=True)
        return [
            _Tried(signal, value, tried, size_of(signal, value, tried), said, odds)
            for (signal, value), tried, said, odds in parts
        ]

    def _judged(self, places: NDArray[np.intp], new: Floats) -> tuple[NDArray[np.str_], Floats]:
        """Verdict and log odds of the row with each set of changes: of the signals at these places, to these values.

        Args:
            places: intp, shape ``(sets, changes)``, in ``_known``.
            new: float64, of the same shape.
        """
        rows = np.arange(len(places))
        columns = {}
        for place in np.unique(places).tolist():
            columns[place] = np.full(len(rows), self._known[place][1])
            hit, which = np.nonzero(places == place)
            columns[place][rows[hit]] = new[hit, which]
        frame = self._row[np.zeros(len(rows), dtype=np.int64)]
        frame = frame.with_columns(pl.Series(self._names[place], column) for place, column in columns.items())
        judged = self._judge(frame)
        return judged["verdict"].to_numpy().astype(np.str_), judged["log_odds"].to_numpy()


def _owners(values: list[Floats]) -> NDArray[np.intp]:
    """For each value of all arrays, one behind the other, the number of its array."""
    return np.repeat(np.arange(len(values)), np.array([len(each) for each in values], dtype=np.intp))


def _thinned(tried: _Tried) -> _Tried:
    """At most ``_PAIR_VALUES`` values, evenly spread over the scale, its ends included."""
    count = len(tried.tried)
    kept = np.unique(np.linspace(0, count - 1, min(count, _PAIR_VALUES)).round().astype(np.int64))
    return replace(
        tried,
        tried=tried.tried[kept],
        sizes=tried.sizes[kept],
        verdicts=tried.verdicts[kept],
        log_odds=tried.log_odds[kept],
    )


def _run(tried: _Tried, at: int) -> tuple[int, int]:
    """First and last place of the run of values, from ``at`` on and away from the present one, with the same verdict."""
    step = 1 if tried.tried[at] > tried.value else -1
    end = at
    while 0 <= end + step < len(tried.tried) and tried.verdicts[end + step] == tried.verdicts[at]:
        end += step
    return (at, end) if step > 0 else (end, at)


def _change(tried: _Tried, at: int, run: tuple[int, int]) -> Change:
    """The change to the value at a place; said as the whole run of values that do the same."""
    signal, new = tried.signal, float(tried.tried[at])
    if signal.unit == "yes/no":
        words = signal.sentence if new else f"it is not so that {signal.sentence}"
        return Change(signal.name, tried.value, new, words, "")
    low, high = run
    first, last, now = _shown(signal, tried.tried[low], tried.tried[high], tried.value)
    is_end = high == len(tried.tried) - 1 if tried.tried[at] > tried.value else low == 0
    if low == high:
        value = first
    elif not is_end:
        unit = last.partition(" ")[2]
        value = f"between {first.removesuffix(f' {unit}')} and {last}"
    else:
        value = f"at least {first}" if new > tried.value else f"at most {last}"
    sentence = signal.sentence.replace("at least {value}", "{value}").replace("{value}", value)
    return Change(signal.name, tried.value, new, readable(sentence, signal), now)


def _shown(signal: Signal, *values: float) -> Iterator[str]:
    frame = pl.DataFrame({"value": np.array(values, dtype=np.float64)})
    return iter(frame.select(shown_value(signal)).to_series().to_list())
