"""From training tables to the files of a model: fit, measure, describe, save; and measure again, thoroughly."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from detector import __version__
from detector.classifier.card import model_card
from detector.classifier.dataset import FILES, Dataset
from detector.classifier.evaluation import evaluate, review_from
from detector.classifier.held_out import held_out
from detector.classifier.model import Model
from detector.classifier.plots import write_plots
from detector.classifier.promise import RISK
from detector.classifier.protocol import protocol
from detector.classifier.store import CARD, MANIFEST, save
from detector.classifier.training import fit
from detector.classifier.worth import worth
from detector.classifier.worth_page import worth_page
from detector.errors import InputError
from detector.links.domains import Domains

if TYPE_CHECKING:
    import polars as pl

Progress = Callable[[str], None]

#: What ``detector evaluate`` reads of a manifest.
_TOLD: Final = {"metrics", "sha256", "trained", "training_data"}
#: What ``detector evaluate`` writes beside the model card and its plots.
EVALUATION, SIGNALS_PAGE = "evaluation.json", "SIGNALS.md"
#: Figures that are measured again agree to this much; the order of sums in another build of a library changes the last digits.
SAME: Final = 0.002
#: Without a promise of its own (too few held-out lines) the figures of a model are told for this probability.
_NO_PROMISE: Final = 0.99


def fit_and_measure(
    data: Dataset, folder: Path, domains: Domains, progress: Progress = lambda _: None
) -> tuple[Model, dict[str, Any]]:
    """A model and its manifest (without digest and versions, which saving adds).

    Args:
        data: the tables of ``folder``, whose digests are recorded.
    """
    progress("fitting")
    model, judged = fit(data)
    progress("measuring")
    return model, manifest_of(model, data, judged, folder, domains)


def manifest_of(
    model: Model, data: Dataset, judged: pl.DataFrame, folder: Path, domains: Domains
) -> dict[str, Any]:
    """What is told of a model: its thresholds, its held-out sample, its figures.

    Args:
        judged: the data's examples out of fold, as ``training.fit`` returns them.
    """
    sample = held_out(data.rows, judged)
    proof = sample["rich"].proof(RISK) if "rich" in sample else None
    review = review_from(data.rows, judged)
    # what the figures are told for; each audit sets its own
    cut = {"disavow": max(proof.cut if proof else _NO_PROMISE, review), "review": review}
    return {
        "version": __version__,
        "trained": date.today().isoformat(),
        "signals": model.signals,
        "pairs": {tier: len(each.pairs) for tier, each in model.sums.items()},
        "thresholds": cut,
        "held_out": {tier: held.record() for tier, held in sample.items()},
        "suffix_list_date": domains.suffix_list_date,
        "platforms_date": domains.platforms_date,
        "training_data": _digests(folder),
        "metrics": evaluate(data, judged, cut),
    }


def train_model(
    data: Dataset, folder: Path, out: Path, domains: Domains, *, pin: bool = False,
    progress: Progress = lambda _: None,
) -> dict[str, Any]:  # fmt: skip
    """Fit, measure and write ``model.joblib``, ``manifest.json`` and ``MODEL_CARD.md``; gives the manifest."""
    model, manifest = fit_and_measure(data, folder, domains, progress)
    return write_model(out, model, manifest, pin=pin)


def write_model(out: Path, model: Model, manifest: dict[str, Any], *, pin: bool = False) -> dict[str, Any]:
    """Write ``model.joblib``, ``manifest.json`` and ``MODEL_CARD.md``; gives the manifest."""
    manifest = save(out, model, manifest, pin=pin)
    _write(out / CARD, model_card(manifest, _thorough(out, manifest)))
    return manifest


def evaluate_model(
    data: Dataset, folder: Path, models: Path, domains: Domains, progress: Progress = lambda _: None
) -> dict[str, Any]:
    """Measure a model again from its training tables, by the whole protocol, and write what was found beside it.

    Writes ``evaluation.json``, ``MODEL_CARD.md``, its plots and ``SIGNALS.md``; the model and its manifest stay as they are.

    Returns:
        the figures of the protocol and the signals' worth; and ``differences``, the AUCs of the manifest that were not found again.

    Raises:
        InputError: the folder holds no model, or one that was made from other tables.
    """
    manifest = _manifest(models)
    if manifest["training_data"] != _digests(folder):
        raise InputError(
            models / MANIFEST, f"this model was not made from the tables in {folder}",
            f"make it from them with 'detector train --data {folder} --out {models}', or name its own tables with --data",
        )  # fmt: skip
    _, again = fit_and_measure(data, folder, domains, progress)
    figures = protocol(data, progress)
    progress("worth of the signals (some hundreds of fits)")
    figures = {"differences": _differences(manifest, again), **figures, "worth": worth(data)}
    record = {"sha256": manifest["sha256"], "evaluated": date.today().isoformat(), **figures}
    _write(models / EVALUATION, json.dumps(record, indent=1) + "\n")
    write_plots(models, manifest["metrics"]["tiers"])
    _write(models / CARD, model_card(manifest, record))
    trusted = data.rows.filter("strong")["key"].n_unique()
    _write(models / SIGNALS_PAGE, worth_page(figures["worth"], trusted, manifest["trained"]))
    return record


def _differences(manifest: dict[str, Any], again: dict[str, Any]) -> list[str]:
    """The AUCs that were not found again as the manifest says them, in words."""
    now = again["metrics"]["tiers"]
    pairs = ((tier, told["auc"], now[tier]["auc"]) for tier, told in manifest["metrics"]["tiers"].items())
    return [
        f"{tier}: AUC {told:.4f} told, {now:.4f} now" for tier, told, now in pairs if abs(told - now) > SAME
    ]


def _manifest(models: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((models / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            models / MANIFEST,
            "the manifest of the model cannot be read",
            "name the model's folder with --out",
        ) from error
    if not isinstance(manifest, dict) or not manifest.keys() >= _TOLD:
        fault = f"it is damaged: it does not tell all of {', '.join(sorted(_TOLD))}"
        raise InputError(models / MANIFEST, fault, "make the model anew with 'detector train'")
    return manifest


def _thorough(models: Path, manifest: dict[str, Any]) -> dict[str, Any] | None:
    """The evaluation that is about this very model, if there is one."""
    try:
        record: dict[str, Any] = json.loads((models / EVALUATION).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if record.get("sha256") == manifest["sha256"] else None


def _write(path: Path, text: str) -> None:
    draft = path.with_name(path.name + ".draft")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def _digests(folder: Path) -> dict[str, str]:
    return {name: _digest(folder / name) for name in FILES}


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise InputError(
            path, "the training table cannot be read", "run 'detector train --rebuild --raw DIR'"
        ) from error
