"""``detector train`` and ``detector evaluate``: make the model, and measure it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from detector.links.domains import Domains

_RAW = typer.Option(help="Folder with the raw data (data/ and exports/).", envvar="DETECTOR_RAW")
_DATA = typer.Option("--data", help="Folder of the training tables.")


def train(
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for the model: 'models', or a folder of your own with --with-decisions."),
    ] = None,
    data: Annotated[Path, _DATA] = Path("training_data"),
    raw: Annotated[Path | None, _RAW] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Make the training tables anew from --raw.")
    ] = False,
    with_decisions: Annotated[
        list[Path] | None,
        typer.Option(help="Learn from what you decided on this audit, too (repeatable).", show_default=False),
    ] = None,
    even_if_worse: Annotated[
        bool, typer.Option("--even-if-worse", help="Write the model although it is worse than before.")
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
    if with_decisions:
        if pin:
            raise UsageError("--pin: a model that learnt from your decisions is never the shipped one")
        _learn(with_decisions, data, out, domains, say, even_if_worse=even_if_worse)
        return
    out = _place(out or Path("models"))
    manifest = train_model(Dataset.load(data), data, out, domains, pin=pin, progress=say)
    if not quiet:
        rich = manifest["metrics"]["tiers"]["rich"]
        typer.echo(
            f"{out}: AUC {rich['auc']:.3f}, recall {rich['recall_at_1pct']:.1%} at 1 % false positives (rich exports)"
        )


def _place(out: Path) -> Path:
    """The folder of a model, which may be yet to be made; that it cannot is told before minutes of work, not after.

    Raises:
        UsageError: nothing can be written there.
    """
    from detector.errors import UsageError

    there = next(place for place in (out.resolve(), *out.resolve().parents) if place.exists())
    if not there.is_dir() or not os.access(there, os.W_OK):
        raise UsageError(f"--out {out}: no model can be written there; name a folder that you may write to")
    return out


def _learn(
    folders: list[Path], data: Path, out: Path | None, domains: Domains, say: Callable[[str], None], *, even_if_worse: bool
) -> None:  # fmt: skip
    """Train with the decisions on some audits, tell what changed, and write the model unless it is worse."""
    import polars as pl

    from detector.auditing.deciding import decided_domains
    from detector.classifier.dataset import Dataset
    from detector.classifier.decisions import learn, own_rows
    from detector.classifier.recipe import write_model
    from detector.classifier.store import load, shipped_folder
    from detector.cli.learnt import told
    from detector.errors import DetectorError, UsageError
    from detector.places import state_folder
    from detector.review.store import read_decisions

    out = out or state_folder() / "model"
    if out.resolve() == shipped_folder().resolve():
        raise UsageError(
            f"--out {out}: this is the folder of the shipped model, which stays as it is; name another one"
        )
    _place(out)
    tables = Dataset.load(data)
    decided = pl.concat(
        [decided_domains(folder, read_decisions(folder)) for folder in dict.fromkeys(folders)]
    )
    learnt = learn(tables, data, own_rows(decided, tables), load().model, domains, say)
    for line in told(learnt):
        say(line)
    if learnt.worse and not even_if_worse:
        raise DetectorError(
            f"Nothing was written: {'; '.join(learnt.worse)}. Look for decisions that contradict each other, or say --even-if-worse."
        )
    write_model(out, learnt.model, learnt.manifest)
    say(f"{out}: judge with it by 'detector audit ... --model {out}'")


def evaluate(
    out: Annotated[Path, typer.Option(help="Folder of the model; what is found is written there.")] = Path(
        "models"
    ),
    data: Annotated[Path, _DATA] = Path("training_data"),
    raw: Annotated[Path | None, _RAW] = None,
    mistakes: Annotated[
        Path | None, typer.Option(help="Write the worst mistakes, by name, to this CSV file (needs --raw).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")] = False,
) -> None:
    """Measure the model again by the whole protocol, and write the model card, its plots and what each signal is worth."""
    from detector.classifier.dataset import Dataset
    from detector.classifier.mistakes import worst_mistakes
    from detector.classifier.recipe import SIGNALS_PAGE, evaluate_model
    from detector.classifier.store import CARD
    from detector.errors import UsageError
    from detector.links.domains import Domains
    from detector.report.sheet import write_text_table

    def say(text: str) -> None:
        if not quiet:
            typer.echo(text, err=True)

    domains = Domains.default()
    if mistakes is not None:
        if raw is None:
            raise UsageError(
                "--mistakes needs the raw data, which alone has the names: --raw DIR or DETECTOR_RAW"
            )
        write_text_table(worst_mistakes(raw, domains, progress=say), mistakes)
        say(f"{mistakes}: the worst mistakes, for a person to read")
        return
    figures = evaluate_model(Dataset.load(data), data, _place(out), domains, progress=say)
    if as_json:
        typer.echo(json.dumps(figures, indent=1))
    if not quiet and not as_json:
        typer.echo("\n".join(figures["differences"]) or "Every AUC of the manifest was found again.")
        typer.echo(f"{out / CARD}, {out / SIGNALS_PAGE}")
