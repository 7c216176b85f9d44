"""Produce the next item while this one is being used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from queue import Full, Queue
from threading import Event, Thread
from typing import Final, TypeVar

Item = TypeVar("Item")

_AHEAD: Final = 1  # items that wait; each may be tens of megabytes
_PATIENCE: Final = 0.1  # seconds until a stalled producer looks whether anyone still listens


class _End:
    """Behind the last item; holds the error that ended the items, if one did."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


def ahead(items: Iterator[Item]) -> Iterator[Item]:
    """The items of an iterator, which runs in a thread of its own, one item ahead.

    An error of the iterator is raised here, in its place. When the caller stops early, so does the thread.
    """
    queue: Queue[Item | _End] = Queue(_AHEAD)
    stopped = Event()

    def put(item: Item | _End) -> None:
        while not stopped.is_set():
            with suppress(Full):
                queue.put(item, timeout=_PATIENCE)
                return

    def run() -> None:
        try:
            for item in items:
                put(item)
                if stopped.is_set():
                    return
        except BaseException as error:  # every error belongs to the caller's thread
            put(_End(error))
        else:
            put(_End())

    thread = Thread(target=run, name="prefetch", daemon=True)
    thread.start()
    try:
        while True:
            item = queue.get()
            if isinstance(item, _End):
                if item.error:
                    raise item.error
                return
            yield item
    finally:
        stopped.set()
        thread.join()
