"""What ``detector train --with-decisions`` tells: before and after, on decisions and on the training tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detector.classifier.decisions import Learnt, Shift


def told(learnt: Learnt) -> Iterator[str]:
    """Lines for a person; every figure is of domains that the model did not see when it was fitted."""
    seen = learnt.decisions
    yield (
        f"{seen.disavow + seen.keep:,} decisions ({seen.disavow:,} disavow, {seen.keep:,} keep; {seen.groups:,} independent groups),"
        " each judged by a model that did not see its group:"
    )
    yield _line("the order agrees (AUC)", seen.auc, ".3f")
    yield _line("the side of 50 % agrees", seen.agree, ".1%")
    yield f"  {seen.mended:,} contradicted before agree now, {seen.broken:,} the other way round"
    yield "The training tables, out of fold:"
    for tier, shift in learnt.shipped.items():
        yield _line(f"AUC, {tier}", shift, ".4f")
        yield _line(f"recall at 1 % false positives, {tier}", learnt.recall[tier], ".1%")


def _line(name: str, shift: Shift, form: str) -> str:
    word = "  worse" if shift.worse else "  better" if shift.better else ""
    change = f"{shift.after - shift.before:+{form}}"
    return f"  {name:40} {shift.before:{form}} -> {shift.after:{form}} ({change}; noise {shift.low:+{form}} to {shift.high:+{form}}){word}"
