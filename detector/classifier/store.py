"""The model as files: ``model.joblib``, its ``manifest.json`` and ``MODEL_CARD.md``.

``joblib.load`` runs whatever a file says, so a file is opened only when its SHA-256 is known from somewhere else than
the file's own folder: the digest that this package pins for the shipped model, or the record that this user's own
``detector train`` made. A manifest beside a forged file is forged too and proves nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

from detector.classifier.model import Model
from detector.errors import ModelError
from detector.places import state_folder
from detector.signals.registry import all_signals

MODEL, MANIFEST, CARD = "model.joblib", "manifest.json", "MODEL_CARD.md"
#: SHA-256 of the model that this version ships; ``detector train --pin`` of a developer writes it.
SHIPPED: Final = resources.files("detector.classifier") / "shipped.sha256"
LIBRARIES: Final = ("scikit-learn", "numpy", "polars", "joblib", "tldextract", "publicsuffixlist")


@dataclass(frozen=True)
class Loaded:
    """A model and what its manifest says of it."""

    model: Model
    manifest: dict[str, Any]


def shipped_folder() -> Path:
    """Folder of the shipped model: in an installed package, or beside it in a checkout."""
    inside = Path(str(resources.files("detector"))) / "models"
    return inside if (inside / MODEL).is_file() else inside.parent.parent / "models"


def load(folder: Path | None = None, *, trust: bool = False) -> Loaded:
    """Load a model after checking where it comes from.

    Args:
        folder: the model's folder; the shipped model without one.
        trust: open the file although nothing vouches for it.

    Raises:
        ModelError: it is not there, not vouched for, damaged, not the one of its manifest, or made by another version of
            scikit-learn.
    """
    folder = folder or shipped_folder()
    try:
        content = (folder / MODEL).read_bytes()
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"{folder}: no model can be read here ({getattr(error, 'strerror', None) or error}). Make one with 'detector train'."
        ) from error
    digest = hashlib.sha256(content).hexdigest()
    if not trust and digest not in known_digests():
        raise ModelError(
            f"{folder / MODEL}: neither this package nor your own 'detector train' made this file, and a model file can"
            " run any program when it is opened. If you know where it comes from, say --trust-model."
        )
    _check_shape(folder, manifest)
    if manifest.get("sha256") != digest:  # what is vouched for may stand beside another one's thresholds
        raise ModelError(
            f"{folder}: {MODEL} and {MANIFEST} do not belong together: one of them is damaged, or of another training."
            " Copy both anew, or make the model anew with 'detector train'."
        )
    _check_versions(folder, manifest)
    return Loaded(_unpickle(folder / MODEL, content), manifest)


def _check_shape(folder: Path, manifest: Any) -> None:
    """Raise where the manifest does not say, in its place and kind, what is read of it afterwards."""
    try:
        release, names = manifest["versions"]["scikit-learn"], manifest["signals"]
        in_place = isinstance(release, str) and isinstance(names, list) and isinstance(manifest, dict)
        sound = (
            in_place and set(map(type, names)) <= {str} and 0 <= float(manifest["thresholds"]["review"]) <= 1
        )
    except (LookupError, TypeError, ValueError):
        sound = False
    if not sound:
        raise ModelError(
            f"{folder / MANIFEST}: it is damaged: it does not tell the version of scikit-learn, the signals and the threshold for"
            " review. Make the model anew with 'detector train'."
        )


def _check_versions(folder: Path, manifest: dict[str, Any]) -> None:
    made_with = manifest["versions"]["scikit-learn"]
    here = importlib.metadata.version("scikit-learn")
    if _release(made_with) != _release(here):
        raise ModelError(
            f"{folder}: this model was made with scikit-learn {made_with} and cannot be trusted to work with {here}."
            f" Install scikit-learn {_release(made_with)}, or make the model anew with 'detector train'."
        )
    missing = set(manifest["signals"]) - set(all_signals())
    if missing:
        raise ModelError(
            f"{folder}: this model needs signals that this version does not have: {', '.join(sorted(missing))}."
            " Make it anew with 'detector train'."
        )


def _release(version: str) -> str:
    """``1.9.1`` -> ``1.9``: a model lives with every patch of its release; scores come from the step tables anyway."""
    return ".".join(version.split(".")[:2])


@lru_cache(1)  # whoever audits one site after the other opens the same file each time
def _unpickle(path: Path, content: bytes) -> Model:
    import io

    import joblib

    try:
        model = joblib.load(io.BytesIO(content))  # the very bytes whose digest was checked
    except Exception as error:
        raise ModelError(
            f"{path}: the model cannot be opened ({error}). Make it anew with 'detector train'."
        ) from error
    if not isinstance(model, Model):
        raise ModelError(f"{path}: this is no model of this program but a {type(model).__name__}.")
    return model


def known_digests() -> set[str]:
    """Digests this package pins or this user's own training recorded."""
    known = {SHIPPED.read_text(encoding="ascii").strip()} if SHIPPED.is_file() else set()
    with contextlib.suppress(OSError):  # this user has trained no model
        lines = _own_record().read_text(encoding="utf-8", errors="replace").splitlines()
        known |= {line.split()[0] for line in lines if line.strip()}
    return known


def _own_record() -> Path:
    """The list of digests of models this user trained, in the user's own state folder, not beside any model."""
    return state_folder() / "own-models.sha256"


def save(folder: Path, model: Model, manifest: dict[str, Any], *, pin: bool = False) -> dict[str, Any]:
    """Write model and manifest, the model first, and record that this user made it.

    Args:
        pin: also make it the digest that this package ships (for developers of this project).
    """
    import io

    import joblib

    folder.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    joblib.dump(model, buffer, compress=("zlib", 9))
    content = buffer.getvalue()
    digest = hashlib.sha256(content).hexdigest()
    manifest = {**manifest, "sha256": digest, "bytes": len(content), "versions": versions()}
    _write(folder / MODEL, content)
    _write(folder / MANIFEST, (json.dumps(manifest, indent=1, sort_keys=True) + "\n").encode())
    record = _own_record()
    record.parent.mkdir(parents=True, exist_ok=True)
    with record.open("a", encoding="utf-8", errors="replace") as lines:  # any name that a folder may have
        lines.write(f"{digest}  {folder.resolve()}\n")
    if pin:
        _write(Path(str(SHIPPED)), (digest + "\n").encode())
    return manifest


def versions() -> dict[str, str]:
    """Versions of what a model depends on."""
    return {name: importlib.metadata.version(name) for name in LIBRARIES}


def _write(path: Path, content: bytes) -> None:
    draft = path.with_name(path.name + ".draft")
    draft.write_bytes(content)
    draft.replace(path)
