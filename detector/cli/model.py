"""``detector train`` and ``detector evaluate``: make the model, and measure it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

_RAW = typer.Option(help="Folder with the raw data (data/ and exports/).", envvar="DETECTOR_RAW")
_DATA = typer.Option("--data", help="Folder of the training tables.")


def train(
    out: Annotated[Path, typer.Option(help="Folder for the model.")] = Path("models"),
    data: Annotated[Path, _DATA] = Path("training_data"),
    raw: Annotated[Path | None, _RAW] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Make the training tables anew from --raw.")
    ] = False,
    pin: Annotated[bool, typer.Option("--pin", hidden=True, help="Make this the shipped model.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")] = False,
) -> None:
    """Train the classifier from the training tables, and write model, manifest and model card."""
    from detector.classifier.dataset import Dataset, build
    from detector.classifier.recipe import train_model
    from detector.errors import UsageError
    from detector.links.domains import Domains

    def say(text: str) -> None:
        if not quiet:
            typer.echo(text, err=True)

    domains = Domains.default()
    if rebuild:
        if raw is None:
            raise UsageError("--rebuild needs the raw data: name its folder with --raw or DETECTOR_RAW")
        build(raw, domains, progress=say).save(data)
    manifest = train_model(Dataset.load(data), data, out, domains, pin=pin, progress=say)
    if not quiet:
        rich = manifest["metrics"]["tiers"]["rich"]
        typer.echo(
            f"{out}: AUC {rich['auc']:.3f}, recall {rich['recall_at_1pct']:.1%} at 1 % false positives (rich exports)"
        )


def evaluate(
    data: Annotated[Path, _DATA] = Path("training_data"),
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Run the evaluation protocol on the training tables and print the model card; nothing is written."""
    from detector.classifier.card import model_card
    from detector.classifier.dataset import Dataset
    from detector.classifier.recipe import fit_and_measure
    from detector.links.domains import Domains

    _, manifest = fit_and_measure(Dataset.load(data), data, Domains.default())
    typer.echo(json.dumps(manifest["metrics"], indent=1) if as_json else model_card(manifest))
