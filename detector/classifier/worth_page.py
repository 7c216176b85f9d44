"""The page of what every signal is worth, as Markdown, from the figures of ``worth.worth``."""

from __future__ import annotations

from typing import Any, Final

from detector.classifier.model import TIERS
from detector.classifier.worth import FAST

#: A signal that tells honest sources apart better than it tells spam from honest, by more than this, is not learnt from.
MARGIN: Final = 0.01
#: Why other signals are shown and not learnt from.
_SHOWN_ONLY: Final = {
    "vendor": "another vendor's opinion",
    "reputation": "the labels come from such lists",
    "link_tools": "it is about the exports, not the domain",
    "name_prefix_domains": "it is about the profile; it names series",
}
_HEAD: Final = """# What every signal is worth

Written by `detector evaluate` from the training tables ({domains:,} labelled domains with trusted labels, out of fold; {date}).

- **known**: share of these domains that have the signal in the exports at hand.
- **alone**: AUC of the bare value; below 0.5 less of it is worse. At 0.5 it says nothing by itself, which is no verdict: many signals matter
  only beside others.
- **read**: the same among links that were read, whose spam and whose honest sites are found in the same profiles.
- **sources**: how well the value tells the sources of *ordinary* sites from each other (0.5: not at all): the mean distance of the AUC of each
  source against the others from 0.5, plus 0.5.
- **lost without it**: what the AUC of a tier of evidence falls by when the model is fitted without it ({figures} such figures, each of five
  fits, but for signals that no tree looks at: nothing is lost without them; boosting of {trees} trees at a rate of {rate}). The noise of such a figure, from other draws of the boosting: {noise}. Most signals stand beside others that say
  the same, so that few losses exceed it.
"""


def worth_page(figures: dict[str, Any], domains: int, date: str) -> str:
    """The page.

    Args:
        figures: as ``worth.worth`` returns them.
        domains: with a trusted label.
        date: of the model (ISO).
    """
    entries = figures["signals"]
    tiers = [tier for tier in reversed(TIERS) if tier in figures["tiers"]]
    noise = ", ".join(f"{tier} ±{figures['tiers'][tier]['noise']:.4f}" for tier in tiers)
    lost = sum(len(entry["without"]) for entry in entries)
    learnt = [entry for entry in entries if entry["in_model"]]
    shown = [entry for entry in entries if not entry["in_model"]]
    return "\n".join(
        (
            _HEAD.format(
                domains=domains,
                date=date,
                figures=f"{lost:,}",
                noise=noise,
                trees=FAST["max_iter"],
                rate=FAST["learning_rate"],
            ),
            f"## The {len(learnt)} signals that the model may learn from\n",
            *_table(learnt, tiers),
            f"\n## The {len(shown)} that are shown and not learnt from\n",
            "A signal that tells two sources of ordinary sites apart better than it tells spam from ordinary sites has learnt the source instead of the",
            f"thing: it is dropped when *sources* exceeds the distance of *alone* from 0.5 by more than {MARGIN}.\n",
            *_shown(shown),
            *_still_learning_sources(learnt),
            "",
        )
    )


def learns_the_source(entry: dict[str, Any]) -> bool:
    """Whether a signal tells honest sources apart better, by ``MARGIN``, than spam from honest."""
    if entry["alone"] is None or entry["sources"] is None:
        return False
    return bool(entry["sources"] - 0.5 > abs(entry["alone"] - 0.5) + MARGIN)


def _table(entries: list[dict[str, Any]], tiers: list[str]) -> list[str]:
    lines = [
        f"| signal | family | known | alone | read | sources | {' | '.join(f'lost: {tier}' for tier in tiers)} |",
        "|---|---|---" + "|---:" * (3 + len(tiers)) + "|",
    ]
    for entry in entries:
        lost = [entry["without"].get(tier) for tier in tiers]
        cells = [
            f"`{entry['name']}`", entry["family"], f"{entry['known']:.0%}", *_figures(entry),
            *("" if loss is None else f"{loss:+.4f}" for loss in lost),
        ]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _shown(entries: list[dict[str, Any]]) -> list[str]:
    lines = ["| signal | family | known | alone | read | sources | why |", "|---|---|---|---:|---:|---:|---|"]
    for entry in entries:
        why = _SHOWN_ONLY.get(entry["name"]) or _SHOWN_ONLY.get(entry["family"])
        why = why or "it tells honest sources apart better than spam from honest"
        cells = [
            f"`{entry['name']}`",
            entry["family"],
            f"{entry['known']:.0%}",
            *_figures(entry),
            why,
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _still_learning_sources(entries: list[dict[str, Any]]) -> list[str]:
    found = [f"`{entry['name']}`" for entry in entries if learns_the_source(entry)]
    return (
        ["", f"**To be dropped by this rule, and still learnt from: {', '.join(found)}.**"] if found else []
    )


def _figures(entry: dict[str, Any]) -> list[str]:
    told = (entry[name] for name in ("alone", "read", "sources"))
    return ["" if value is None else f"{value:.3f}" for value in told]
