"""A fuzzer of bounded time: files with things done to them parse without loss, are checked, and are mended safely."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest
from faulty_files import OWN, SITE, WHITELIST, drawn, mutated
from test_fixing import assert_safe

from detector.disavow.checking import check
from detector.disavow.parsing import DisavowFile
from detector.guards import Guards
from detector.links.domains import Domains

SECONDS = 8.0
SEED = 20_261_121
LARGEST = 20_000  # bytes taken of a real file
LEAST = 100  # files, however slow the machine


def real_files() -> list[bytes]:
    """The start of real files, where there are any."""
    folder = os.environ.get("DETECTOR_RAW")
    return (
        [path.read_bytes()[:LARGEST] for path in sorted(Path(folder, "data/disavow").glob("*.txt"))]
        if folder
        else []
    )


@pytest.mark.parametrize("number", [1, 2])
def test_mutated_files(number: int) -> None:
    draw = random.Random(SEED + number)
    guards = Guards(Domains.default(), site=SITE, own=OWN, whitelist=WHITELIST)
    real = real_files()
    end, done = time.monotonic() + SECONDS / 2, 0
    while time.monotonic() < end or done < LEAST:
        start = draw.choice(real) if real and draw.random() < 0.3 else drawn(draw)
        data = mutated(start, draw)
        try:
            file = DisavowFile.parse(data)
            assert file.data == data
            assert [line.number for line in file.lines] == list(range(1, len(file.lines) + 1))
            check(file, guards)
            assert_safe(data, guards)
        except Exception as error:
            raise AssertionError(f"seed {SEED + number}, file {done}: {data!r}") from error
        done += 1


@pytest.mark.parametrize(
    "fill", ["x", "x.", ".", "\t", " ", "/", "#", "%", "ü", "1.", "a b", "*.", '"', "\u3002", "domain:"]
)
def test_a_huge_line_takes_no_more_than_its_length(fill: str) -> None:
    """Nothing looks at a line again and again: 200,000 characters would take minutes, or hours."""
    guards = Guards(Domains.default())
    for before in ("", "domain:", "http://", "http://a.example/", "- ", '"', "# ", "\xff"):
        for after in ("", ".example", "/", "#"):
            text = f"{before}{fill * (30_000 // len(fill))}{after}"
            start = time.monotonic()
            check(
                DisavowFile.parse(text.encode("latin-1", "replace") if before == "\xff" else text.encode()),
                guards,
            )
            assert time.monotonic() - start < 3.0, (before, after)
