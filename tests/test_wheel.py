"""What a user installs: the wheel carries all it needs and works in an empty environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

#: What must lie in the wheel besides the modules.
CARGO = (
    "detector/py.typed",
    "detector/models/model.joblib",
    "detector/models/manifest.json",
    "detector/models/MODEL_CARD.md",
    "detector/models/reference/manifest.json",
    "detector/models/reference/CC-BY-SA-4.0.npz",
    "detector/models/reference/CC-BY-SA-4.0.txt",
)
SITE = "kettle.example"
WRITTEN = (
    "disavow.txt",
    "referring-domains.csv",
    "referring-domains.parquet",
    "links.parquet",
    "signals.parquet",
    "audit.json",
    "report.html",
)


def run(call: Sequence[str | Path], cwd: Path, timeout: float = 300) -> subprocess.CompletedProcess[str]:
    """Runs a program that sees nothing of this checkout: no PYTHONPATH, no active environment."""
    keep = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")}
    return subprocess.run(
        [str(part) for part in call],
        cwd=cwd,
        env=keep,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture(scope="module")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout without the network."""
    out = tmp_path_factory.mktemp("dist")
    call = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, project]
    built = run(call, cwd=out)
    assert built.returncode == 0, built.stdout + built.stderr
    (file,) = out.glob("*.whl")
    return file


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """A new environment with nothing in it."""
    folder = tmp_path / "environment"
    venv.create(folder, with_pip=False, symlinks=True)
    return folder


def pip_install(environment: Path, *args: str | Path) -> subprocess.CompletedProcess[str]:
    """Installs into ``environment`` with the pip of this one."""
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--python",
        environment / "bin" / "python",
    ]
    return run([*pip, "install", *args], cwd=environment, timeout=1200)


def audits_elsewhere(environment: Path, folder: Path, write_ahrefs: Callable[..., Path]) -> None:
    """A user's first day: an export in a folder of their own, one command, all files written."""
    python = environment / "bin" / "python"
    found = run([python, "-c", "import detector; print(detector.__file__)"], cwd=folder)
    assert found.stderr == ""
    assert Path(found.stdout.strip()).is_relative_to(environment), "imported from the checkout, not the wheel"

    pages = [f"https://blog{n}.example/{path}" for n in range(40) for path in ("a", "b")]
    write_ahrefs(
        folder / "links.csv",
        [{"Referring page URL": url, "Target URL": f"https://{SITE}/", "Anchor": "Kettle"} for url in pages],
    )
    call = [environment / "bin" / "detector", "audit", "links.csv", "--site", SITE, "--out", "audit"]
    audited = run(call, cwd=folder)
    assert audited.returncode == 0, audited.stdout + audited.stderr
    assert sorted(path.name for path in (folder / "audit").iterdir()) == sorted(WRITTEN)
    assert json.loads((folder / "audit" / "audit.json").read_text("utf-8"))
    domains = (folder / "audit" / "referring-domains.csv").read_text("utf-8").splitlines()
    assert len(domains) == 1 + 40


def test_the_wheel_carries_the_package_and_the_model_and_nothing_else(wheel: Path, project: Path) -> None:
    """No table is forgotten; neither tests nor training data nor leftovers are sent to users."""
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert set(CARGO) <= packed
    package = {path for path in (project / "detector").rglob("*") if path.is_file()}
    expected = {path.relative_to(project).as_posix() for path in package if "__pycache__" not in path.parts}
    models = project / "models"
    expected |= {
        f"detector/models/{path.relative_to(models).as_posix()}"
        for path in models.rglob("*")
        if path.is_file()
    }
    assert packed == expected
    assert wheel.stat().st_size < 20_000_000


def test_the_wheel_works_in_another_folder(
    wheel: Path, environment: Path, tmp_path: Path, write_ahrefs: Callable[..., Path]
) -> None:
    """The wheel alone is installed; the dependencies are lent by this environment, so that no index is asked.

    A path in a .pth file is not searched for further .pth files: this checkout's own editable install stays
    out of sight, and what is imported is the wheel.
    """
    installed = pip_install(environment, "--no-deps", "--no-index", wheel)
    assert installed.returncode == 0, installed.stderr
    (site,) = environment.glob("lib/python*/site-packages")
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    folder = tmp_path / "profile"
    folder.mkdir()
    audits_elsewhere(environment, folder, write_ahrefs)


@pytest.mark.slow
def test_pip_installs_the_wheel_and_what_it_needs(
    wheel: Path, environment: Path, tmp_path: Path, write_ahrefs: Callable[..., Path]
) -> None:
    """As a user does it: the declared dependencies at the versions of today, nothing of this environment."""
    ask = [
        sys.executable,
        "-m",
        "pip",
        "--timeout",
        "15",
        "--retries",
        "1",
        "download",
        "--no-deps",
        "--dest",
    ]
    if run([*ask, tmp_path / "probe", "idna"], cwd=tmp_path).returncode:
        pytest.skip("NOT RUN: pip reaches no package index")
    installed = pip_install(environment, wheel)
    assert installed.returncode == 0, installed.stderr
    folder = tmp_path / "profile"
    folder.mkdir()
    audits_elsewhere(environment, folder, write_ahrefs)
