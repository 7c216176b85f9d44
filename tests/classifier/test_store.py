"""A model file is opened only when somebody other than its own folder vouches for it."""

import hashlib
import json
import pickle
import shutil
from pathlib import Path

import joblib
import numpy as np
import pytest

from detector.classifier.model import Model, Sum
from detector.classifier.store import MANIFEST, MODEL, load, save, shipped_folder
from detector.errors import ModelError
from detector.signals.wording import BITS, TextWeights

NO_WORDS = TextWeights(np.zeros(1 << BITS, dtype=np.int16), 0.0)


class Bomb:
    """Unpickling it writes a file: what a forged model would do."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self):
        return (Path.write_text, (self.path, "ran"))


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A model that this user made."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    only = Sum(["links_log"], b"", [], [], 0.0)
    model = Model(["links_log"], {"name": only}, {"name": (1.0, 1.0, 0.0)}, NO_WORDS)
    save(tmp_path / "model", model, {"signals": ["links_log"], "thresholds": {"review": 0.5}})
    return tmp_path / "model"


def forge(folder: Path, content: bytes) -> None:
    """Replace the model and mend its manifest, as somebody with access to the folder would."""
    (folder / MODEL).write_bytes(content)
    manifest = json.loads((folder / MANIFEST).read_text())
    manifest["sha256"] = hashlib.sha256(content).hexdigest()
    (folder / MANIFEST).write_text(json.dumps(manifest))


def test_the_shipped_model_loads_and_is_small() -> None:
    loaded = load()
    assert len(loaded.model.signals) >= 30
    assert len(loaded.model.inputs) >= 80
    assert (shipped_folder() / MODEL).stat().st_size < 20_000_000
    assert {
        "versions",
        "sha256",
        "signals",
        "training_data",
        "metrics",
        "thresholds",
        "suffix_list_date",
    } <= set(loaded.manifest)


def test_a_users_own_model_loads(own: Path) -> None:
    assert load(own).model.signals == ["links_log"]


def test_a_forged_model_is_never_run(own: Path, tmp_path: Path) -> None:
    forge(own, pickle.dumps(Bomb(tmp_path / "ran")))
    with pytest.raises(ModelError, match="neither this package nor your own"):
        load(own)
    assert not (tmp_path / "ran").exists()


def test_the_digest_is_of_the_bytes_that_are_opened(own: Path, tmp_path: Path) -> None:
    """A copy is as good as the original; one changed byte is not."""
    copy = tmp_path / "copy"
    shutil.copytree(own, copy)
    assert load(copy).model.signals == ["links_log"]
    content = bytearray((copy / MODEL).read_bytes())
    content[-1] ^= 1
    forge(copy, bytes(content))
    with pytest.raises(ModelError):
        load(copy)


def test_trust_must_be_said(own: Path, tmp_path: Path) -> None:
    other = Model(["links_log"], {}, {"name": (2.0, 1.0, 0.0)}, NO_WORDS)
    joblib.dump(other, tmp_path / "other.joblib")
    forge(own, (tmp_path / "other.joblib").read_bytes())
    assert load(own, trust=True).model.curves == {"name": (2.0, 1.0, 0.0)}


def test_a_model_beside_the_manifest_of_another_is_refused(own: Path, tmp_path: Path) -> None:
    """Both are this user's own: thresholds and promise of the one must not be applied with the other."""
    other = Model(["links_log"], {}, {"name": (2.0, 1.0, 0.0)}, NO_WORDS)
    save(tmp_path / "other", other, {"signals": ["links_log"], "thresholds": {"review": 0.9}})
    shutil.copy(tmp_path / "other" / MODEL, own / MODEL)
    with pytest.raises(ModelError, match="do not belong together"):
        load(own)


@pytest.mark.parametrize("damage", [b"", b"more"])
def test_a_model_that_is_cut_or_longer_is_told_as_damaged_though_trusted(own: Path, damage: bytes) -> None:
    content = (own / MODEL).read_bytes()
    (own / MODEL).write_bytes(content + damage if damage else content[:-20])
    with pytest.raises(ModelError, match="one of them is damaged"):
        load(own, trust=True)


def test_the_record_of_own_models_takes_and_survives_any_bytes(own: Path, tmp_path: Path) -> None:
    record = tmp_path / "state" / "toxic-link-detector" / "own-models.sha256"
    record.write_bytes(b"\xff\xfe damaged\n" + record.read_bytes())
    model = load(own)
    save(tmp_path / "od\udcff", model.model, model.manifest)
    assert load(tmp_path / "od\udcff").model.signals == ["links_log"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"versions": {"scikit-learn": "0.24.2"}}, "scikit-learn 0.24.2.*detector train"),
        ({"signals": ["a_signal_of_the_future"]}, "a_signal_of_the_future.*detector train"),
    ],
)
def test_a_model_of_another_version_says_the_way_out(own: Path, change: dict, message: str) -> None:
    manifest = json.loads((own / MANIFEST).read_text())
    (own / MANIFEST).write_text(json.dumps({**manifest, **change}))
    with pytest.raises(ModelError, match=message):
        load(own)


@pytest.mark.parametrize(
    "damage",
    [[], None, 7, "text", {}, {"versions": None}, {"versions": {}}, {"versions": {"scikit-learn": 1}}, {"signals": None}, {"signals": [[]]},
     {"thresholds": None}, {"thresholds": {}}, {"thresholds": {"review": None}}, {"thresholds": {"review": "high"}},
     {"thresholds": {"review": 2}}],
)  # fmt: skip
def test_a_damaged_manifest_is_named(own: Path, damage: object) -> None:
    manifest = json.loads((own / MANIFEST).read_text())
    spoilt = {**manifest, **damage} if isinstance(damage, dict) and damage else damage
    (own / MANIFEST).write_text(json.dumps(spoilt))
    with pytest.raises(ModelError, match=r"manifest\.json: it is damaged.*detector train"):
        load(own)


def test_what_is_no_model_is_named(own: Path, tmp_path: Path) -> None:
    joblib.dump({"a": 1}, tmp_path / "dict.joblib")
    forge(own, (tmp_path / "dict.joblib").read_bytes())
    with pytest.raises(ModelError, match="no model of this program but a dict"):
        load(own, trust=True)
    with pytest.raises(ModelError, match="no model can be read here"):
        load(tmp_path / "nowhere")
