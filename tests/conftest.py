"""What every test may use: the raw data, a browser, the command line, a tiny export; the rules of a run.

Tests touch no network: a connection to any other machine fails the test that tries it (sub-processes are not
held back; the one that needs an index says so). What cannot run here is skipped and named at the end.
"""

from __future__ import annotations

import csv
import ipaddress
import itertools
import os
import shutil
import socket
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from in_process import Done, Run
from in_process import run as run_command

if (
    "PYTEST_XDIST_WORKER" in os.environ
):  # the processes share the cores; threads that wait for each other would spin
    os.environ.setdefault("OMP_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parent.parent

# Two busy cores: a slow example is not a fault. On CI the examples are the same in every run.
settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")), print_blob=True)
settings.load_profile("house")

NO_CHROMIUM = "NOT RUN: browser tests (no Chromium)"
NO_RAW = "NOT RUN: DETECTOR_RAW is not set"

#: Header of Ahrefs' backlinks export of 2026-02, in the order of the file.
AHREFS_HEADER = (
    "Referring page title", "Referring page URL", "Language", "Platform", "Referring page HTTP code",
    "Domain rating", "UR", "Domain traffic", "Referring domains", "Linked domains", "External links",
    "Page traffic", "Keywords", "Target URL", "Left context", "Anchor", "Right context",
    "Redirect Chain URLs", "Redirect Chain status codes", "Type", "Is spam", "Content", "Nofollow", "UGC",
    "Sponsored", "Rendered", "Raw", "Lost status", "Drop reason", "Discovered status", "First seen",
    "Last seen", "Lost", "Author", "Page type", "Page category", "Links in group",
)  # fmt: skip


def raw_folder() -> Path | None:
    """The folder of the raw data, None where ``DETECTOR_RAW`` names none that exists."""
    folder = os.environ.get("DETECTOR_RAW")
    return Path(folder) if folder and Path(folder).is_dir() else None


def chromium_path() -> str | None:
    """The machine's Chromium or Chrome, None where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    skips = {}
    if raw_folder() is None:
        skips["raw"] = pytest.mark.skip(reason=NO_RAW)
    if chromium_path() is None:
        skips["browser"] = pytest.mark.skip(reason=NO_CHROMIUM)
    for item in items:
        for name, skip in skips.items():
            if item.get_closest_marker(name):
                item.add_marker(skip)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says what the machine could not run, right above the closing line."""
    if chromium_path() is None:
        terminalreporter.write_line(NO_CHROMIUM)
    if raw_folder() is None:
        terminalreporter.write_line("NOT RUN: tests on the raw data (DETECTOR_RAW is not set)")


def _is_this_machine(host: str) -> bool:
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Nothing is asked of the network unless a user says so; here nobody does."""
    connect, resolve = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not _is_this_machine(str(address[0])):
            pytest.fail(f"a test connects to {address[0]}")
        connect(self, address)

    def guarded_resolve(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and not _is_this_machine(name):
            pytest.fail(f"a test looks up {name}")
        return resolve(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket, "getaddrinfo", guarded_resolve)
        yield


@pytest.fixture(autouse=True, scope="session")
def own_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The user's state (which models they trained) is new: what a developer did before proves nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


_STORES = itertools.count()


@pytest.fixture(autouse=True)
def own_stores(own_state: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The histories of sites are new to every test: no upload of another test is in force."""
    folder = Path(os.environ["XDG_STATE_HOME"], f"stores-{next(_STORES)}")
    monkeypatch.setenv("DETECTOR_STORES", str(folder))
    monkeypatch.setenv("DETECTOR_PAGES", str(folder / "pages"))
    return folder


@pytest.fixture(scope="session")
def project() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def raw() -> Path:
    """The folder of the raw data, for tests marked ``raw``."""
    folder = raw_folder()
    if folder is None:
        pytest.skip(NO_RAW)
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser, for tests marked ``browser``."""
    path = chromium_path()
    if path is None:
        pytest.skip(NO_CHROMIUM)
    return path


@pytest.fixture
def detector(tmp_path: Path) -> Run:
    """Runs ``detector`` in this process: ``detector("audit", "a.csv", cwd=folder, timeout=120)``.

    It gives exit code and text output; the folder is the test's ``tmp_path`` unless named.
    """

    def run(*args: str | Path, cwd: Path = tmp_path, timeout: float = 300) -> Done:
        return run_command(*args, cwd=cwd, timeout=timeout)

    return run


WriteExport = Callable[[Path, Sequence[dict[str, str]]], Path]


@pytest.fixture(scope="session")
def write_ahrefs() -> WriteExport:
    """Writes rows as Ahrefs exports them today: UTF-16 with BOM, TAB, everything quoted, 37 columns.

    ``write_ahrefs(path, [{"Referring page URL": ..., "Target URL": ..., "Anchor": ...}])``: cells that a row
    does not name are those of an ordinary live text link.
    """
    ordinary = {
        "Language": "en",
        "Referring page HTTP code": "200",
        "Domain rating": "12",
        "UR": "3.5",
        "Domain traffic": "40",
        "Referring domains": "2",
        "Linked domains": "11",
        "External links": "19",
        "Page traffic": "0",
        "Keywords": "1",
        "Type": "text",
        "Is spam": "false",
        "Content": "true",
        "Nofollow": "false",
        "UGC": "false",
        "Sponsored": "false",
        "Rendered": "false",
        "Raw": "true",
        "Discovered status": "pagefound",
        "First seen": "2025-03-02 10:00:00",
        "Last seen": "2026-01-20 10:00:00",
        "Links in group": "1",
    }

    def write(path: Path, rows: Sequence[dict[str, str]]) -> Path:
        with path.open("w", encoding="utf-16", newline="") as file:
            writer = csv.DictWriter(
                file, AHREFS_HEADER, restval="", delimiter="\t", quoting=csv.QUOTE_ALL, lineterminator="\n"
            )
            writer.writeheader()
            writer.writerows({**ordinary, **row} for row in rows)
        return path

    return write
