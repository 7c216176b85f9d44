"""The promise in the model card: what the held-out sample proves, and how it fares on families left out."""

from __future__ import annotations

from typing import Any, Final

from detector.classifier.kept import percent, sample_of
from detector.classifier.promise import CONFIDENCE, HeldOut

_RISKS: Final = (0.005, 0.01, 0.02, 0.05)


def proved_section(manifest: dict[str, Any]) -> str:
    """A table as Markdown of what is proved, from a manifest with ``held_out``."""
    sample = sample_of(manifest)
    return f"""## The promise

The share of wrong lines that is proved at {CONFIDENCE:.0%} confidence on the held-out sample, one draw a domain (docs/promise.md). Where a
risk is not supported, the number of further faultless lines that it would need.

{_proved(sample)}"""


def tried_section(pairs: list[dict[str, Any]]) -> str:
    """A table as Markdown of promises tried on families that were left out, from the figures of ``protocol.left_out``."""
    return f"""The promise of {percent(_RISKS[1])} made on the families that stay, by models that saw none of those left out, and tried on these. The
realised share is moved into the mix of the proof. Sites of institutions by their suffix or the list of universities, which
get no line whatever their score, are left out.

{_left_out(pairs)}"""


def _proved(sample: dict[str, HeldOut]) -> str:
    lines = [
        "| evidence | risk | domains | toxic | threshold | lines | wrong | bound | honest per 1,000 at most |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for tier, held in sample.items():
        for risk in _RISKS:
            start = f"| {tier} | {percent(risk)} | {held.honest + held.toxic:,} | {held.mix:.0%} |"
            if proof := held.proof(risk):
                rest = f" {proof.cut:.3f} | {proof.lines:,} | {proof.wrong:,} | {proof.bound:.2%} | {held.wrong_per_1000(proof.index):.1f} |"
            else:
                rest = f" not supported | {held.missing_lines(risk):,} missing | | | |"
            lines.append(start + rest)
    return "\n".join(lines)


def _left_out(pairs: list[dict[str, Any]]) -> str:
    lines = [
        "| left out | honest | toxic | lines | wrong | promised | realised | promised per 1,000 honest | realised |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for pair in pairs:
        told = pair["promise"]
        start = f"| {pair['toxic']}; {pair['benign']} | {told['honest']:,} | {told['toxic']:,} |"
        if told["promised"] is None:
            lines.append(f"{start} not supported: {told['missing_lines']:,} lines missing | | | | | |")
        else:
            lines.append(
                f"{start} {told['lines']:,} | {told['wrong']:,} | {told['promised']:.2%} | {told['realised']:.2%} |"
                f" {told['promised_per_1000']:.1f} | {told['realised_per_1000']:.1f} |"
            )
    return "\n".join(lines)
