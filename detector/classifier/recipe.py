"""From training tables to the files of a model: fit, measure, describe, save."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from detector import __version__
from detector.classifier.card import model_card
from detector.classifier.dataset import FILES, Dataset
from detector.classifier.evaluation import evaluate, thresholds
from detector.classifier.held_out import held_out
from detector.classifier.model import Model
from detector.classifier.promise import RISK
from detector.classifier.store import CARD, save
from detector.classifier.training import fit
from detector.errors import InputError
from detector.links.domains import Domains


def fit_and_measure(
    data: Dataset, folder: Path, domains: Domains, progress: Callable[[str], None] = lambda _: None
) -> tuple[Model, dict[str, Any]]:
    """A model and its manifest (without digest and versions, which saving adds).

    Args:
        data: the tables of ``folder``, whose digests are recorded.
    """
    progress("fitting")
    model, judged = fit(data)
    sample = held_out(data.rows, judged)
    cut = thresholds(data.rows, judged)
    if "rich" in sample and (proof := sample["rich"].proof(RISK)):
        cut["disavow"] = proof.cut  # what the figures are told for; each audit sets its own
    progress("measuring")
    manifest = {
        "version": __version__,
        "trained": date.today().isoformat(),
        "signals": model.signals,
        "pairs": {tier: len(each.pairs) for tier, each in model.sums.items()},
        "thresholds": cut,
        "held_out": {tier: held.record() for tier, held in sample.items()},
        "suffix_list_date": domains.suffix_list_date,
        "platforms_date": domains.platforms_date,
        "training_data": {name: _digest(folder / name) for name in FILES},
        "metrics": evaluate(data, judged, cut),
    }
    return model, manifest


def train_model(
    data: Dataset, folder: Path, out: Path, domains: Domains, *, pin: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:  # fmt: skip
    """Fit, measure and write ``model.joblib``, ``manifest.json`` and ``MODEL_CARD.md``; gives the manifest."""
    model, manifest = fit_and_measure(data, folder, domains, progress)
    manifest = save(out, model, manifest, pin=pin)
    draft = out / (CARD + ".draft")
    draft.write_text(model_card(manifest), encoding="utf-8")
    draft.replace(out / CARD)
    return manifest


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise InputError(
            path, "the training table cannot be read", "run 'detector train --rebuild --raw DIR'"
        ) from error
