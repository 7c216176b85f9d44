"""How often a promise is broken: by an ordinary threshold, by conformal p-values, and by what the audit does.

    python benchmarks/promise_words.py

Honest and toxic domains are drawn from two normal distributions of log odds, much as the shipped model sees them. Of each method a held-out
sample of 13,500 honest and 6,700 toxic domains (as large as the shipped one) sets a threshold for a profile of 3,000 domains, over and over; printed is, for each share of
spam in the profile, in how many repeats the true share of wrong lines above the threshold is over 1 %, and how many lines there are.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.stats import norm

from detector.classifier.mix import spam_share
from detector.classifier.promise import CUTS, RISK, HeldOut, above, profile_cut

HONEST, TOXIC = (-3.2, 1.35), (2.2, 1.9)
HONEST_IN_SAMPLE, TOXIC_IN_SAMPLE, DOMAINS, REPEATS = 13_500, 6_700, 3000, 1000
MIXES = (0.0, 0.01, 0.05, 0.2, 0.4, 0.95)

#: held-out sample, lines of the profile above each cut, honest domains at most -> index of a cut, None for no lines
Method = Callable[[HeldOut, "np.ndarray", float], "int | None"]


def naive(held: HeldOut, lines: np.ndarray, honest: float) -> int | None:
    """The lowest threshold at which the held-out lines themselves are as good as promised."""
    return _last((held.honest_above <= RISK * held.lines) & (held.lines > 0))


def proved(held: HeldOut, lines: np.ndarray, honest: float) -> int | None:
    """The fixed-sequence test on the held-out lines, whatever the profile."""
    proof = held.proof(RISK)
    return proof.index if proof else None


def conformal(held: HeldOut, lines: np.ndarray, honest: float) -> int | None:
    """Conformal p-values and Benjamini-Hochberg, with Storey's number of honest domains."""
    p = (held.honest_above + 1) / (held.honest + 1)
    return _last((p * honest <= RISK * lines) & (lines > 0))


def promised(held: HeldOut, lines: np.ndarray, honest: float) -> int | None:
    """What the audit does."""
    return profile_cut(held, lines, honest, RISK)


METHODS: dict[str, Method] = {
    "ordinary threshold": naive,
    "conformal, Benjamini-Hochberg": conformal,
    "fixed sequence, any profile": proved,
    "fixed sequence, this profile": promised,
}


def _last(good: np.ndarray) -> int | None:
    found = np.flatnonzero(good)
    return int(found[-1]) if len(found) else None


def _scores(draw: np.random.Generator, about: tuple[float, float], count: int) -> np.ndarray:
    return 1 / (1 + np.exp(-draw.normal(*about, count)))


def main() -> None:
    draw = np.random.default_rng(0)
    log_odds = np.log(CUTS / (1 - CUTS))
    false, found = norm.sf(log_odds, *HONEST), norm.sf(log_odds, *TOXIC)
    print("| share of spam | " + " | ".join(METHODS) + " |\n|---|" + "---|" * len(METHODS))
    labels = np.repeat([0, 1], [HONEST_IN_SAMPLE, TOXIC_IN_SAMPLE])
    for mix in MIXES:
        broken, written = dict.fromkeys(METHODS, 0), dict.fromkeys(METHODS, 0)
        risks = (1 - mix) * false / ((1 - mix) * false + mix * found)
        for _ in range(REPEATS):
            drawn = (_scores(draw, HONEST, HONEST_IN_SAMPLE), _scores(draw, TOXIC, TOXIC_IN_SAMPLE))
            held = HeldOut.of(labels, np.concatenate(drawn))
            toxic = int(draw.binomial(DOMAINS, mix))
            lines = above(_scores(draw, TOXIC, toxic)) + above(_scores(draw, HONEST, DOMAINS - toxic))
            honest = spam_share(int(lines[-1]), DOMAINS, held).honest_at_most
            for name, method in METHODS.items():
                cut = method(held, lines, honest)
                if cut is not None and lines[cut]:
                    broken[name] += risks[cut] > RISK
                    written[name] += int(lines[cut])
        cells = [f"{broken[m] / REPEATS:.0%}, {written[m] / REPEATS:,.0f} lines" for m in METHODS]
        print(f"| {mix:.0%} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
