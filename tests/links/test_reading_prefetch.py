"""Items are made ahead, in order; errors and early ends go through."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from detector.links.prefetch import ahead


def test_items_in_order() -> None:
    assert list(ahead(iter(range(50)))) == list(range(50))


def test_error_comes_where_it_happened() -> None:
    def items() -> Iterator[int]:
        yield 1
        yield 2
        raise ValueError("broken")

    got = []
    with pytest.raises(ValueError, match="broken"):
        for item in ahead(items()):
            got.append(item)  # noqa: PERF402 - what came before the error is wanted
    assert got == [1, 2]


def test_thread_ends_with_its_caller() -> None:
    def endless() -> Iterator[int]:
        while True:
            yield 1

    before = threading.active_count()
    items = ahead(endless())
    assert next(items) == 1
    items.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before
