"""``detector signals``: the catalogue."""

from __future__ import annotations

import json
from typing import Annotated

import typer


def signals(
    family: Annotated[str, typer.Option(help="Only this family.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Print the catalogue of signals: what is measured of a referring domain, and which way it points."""
    from detector.errors import UsageError
    from detector.signals.registry import all_signals, families

    if family and family not in families():
        raise UsageError(f"--family {family}: there is no such family; there are {', '.join(families())}")
    chosen = [s for s in all_signals().values() if not family or s.family == family]
    if as_json:
        rows = [
            {"name": s.name, "family": s.family, "needs": list(s.needs), "unit": s.unit, "direction": s.direction,
             "sentence": s.sentence, "source": s.source, "in_model": s.in_model}
            for s in chosen
        ]  # fmt: skip
        typer.echo(json.dumps(rows, indent=1, ensure_ascii=False))
        return
    points = {1: "more is worse", -1: "more is better", 0: "either way"}
    for name in dict.fromkeys(s.family for s in chosen):
        members = [s for s in chosen if s.family == name]
        typer.echo(f"{name} ({len(members)})")
        for s in members:
            note = "" if s.in_model else "; shown, not learnt"
            typer.echo(f"  {s.name:28} {s.sentence.replace('{value}', 'N')}")
            typer.echo(
                f"  {'':28} {s.unit}, {points[s.direction]}{note}; needs {', '.join(s.needs)}; {s.source}"
            )
    typer.echo(f"{len(chosen)} signals")
