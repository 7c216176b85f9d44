"""A store, and a short way to record in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from history_fixtures import PROPERTY, START, parsed

from detector.history import Store, Upload
from detector.links.domains import Domains


@pytest.fixture(scope="session")
def domains() -> Domains:
    return Domains.default()


@pytest.fixture
def store(tmp_path: Path, domains: Domains) -> Iterator[Store]:
    with Store.open("example.com", tmp_path / "stores", domains=domains) as opened:
        yield opened


@pytest.fixture
def record(store: Store) -> Callable[..., Upload]:
    """``record("domain:a.example", day=3, done=True)``: records lines, handed over some days after the start."""

    def recorded(*lines: str, day: int = 0, done: bool = False, **more: Any) -> Upload:
        when = START + timedelta(days=day)
        return store.record(
            parsed(*lines),
            property_url=PROPERTY,
            who="ann",
            now=when,
            uploaded=when if done else None,
            **more,
        )

    return recorded
