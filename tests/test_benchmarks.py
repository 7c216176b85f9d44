"""The generated links are what the benchmarks say they are: readable, repeatable, of the size asked for."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

ROWS, DOMAINS = 2_000, 120


@pytest.fixture(scope="module")
def generate(project: Path, tmp_path_factory: pytest.TempPathFactory):
    """Runs the generator as its user does; gives the file."""

    def run(name: str, *options: str) -> Path:
        path = tmp_path_factory.mktemp("links") / name
        call = [sys.executable, project / "benchmarks" / "make_links.py", path, "--rows", str(ROWS), *options]
        done = subprocess.run(list(map(str, call)), capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        return path

    return run


@pytest.fixture(scope="module")
def links(generate) -> Path:
    return generate("links.csv", "--domains", str(DOMAINS))


def test_the_generated_export_has_the_shape_that_was_asked_for(links: Path) -> None:
    frame = pl.read_csv(links)
    assert frame.shape == (ROWS, 37)
    url = pl.col("Referring page URL")
    assert frame.select(url.str.contains(r"^https?://[a-z0-9.-]+/").fill_null(value=False).all()).item()
    assert frame["Target URL"].str.starts_with("https://www.kettle-and-thyme.example/").all()
    hosts = frame.select(url.str.extract(r"^https?://(?:www\.|blog\.|news\.|m\.)?([^/]+)")).to_series()
    assert 0.8 * DOMAINS <= hosts.n_unique() <= DOMAINS  # path tenants share a host
    assert 0.005 < 1 - frame.n_unique() / ROWS < 0.04
    assert 350 < links.stat().st_size / ROWS < 500
    assert set(frame["Type"]) == {"text", "image", "redirect"}


def test_the_same_arguments_give_the_same_bytes(generate, links: Path) -> None:
    again = generate("links.csv", "--domains", str(DOMAINS))
    assert hashlib.sha256(again.read_bytes()).digest() == hashlib.sha256(links.read_bytes()).digest()


def test_utf_16_holds_the_same_table_as_ahrefs_writes_it(generate, links: Path) -> None:
    content = generate("wide.csv", "--domains", str(DOMAINS), "--encoding", "utf-16").read_bytes()
    assert content.startswith(b"\xff\xfe")
    text = content.decode("utf-16")
    assert text.startswith('"Referring page title"\t"Referring page URL"\t')
    wide = pl.read_csv(io.BytesIO(text.encode()), separator="\t", infer_schema=False)
    filled = pl.all().fill_null("")  # an empty cell is quoted there, and nothing here
    assert wide.select(filled).equals(pl.read_csv(links, infer_schema=False).select(filled))


def test_memory_and_time_of_children_are_counted(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process and its child hold 100 MB each for half a second, at the same time."""
    monkeypatch.syspath_prepend(project / "benchmarks")
    from measure import measure

    hold = "import time; held = b'x' * 100_000_000; time.sleep(0.5); print(len(held))"
    both = f"import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', {hold!r}]); {hold}; p.wait()"
    cost = measure([sys.executable, "-c", both])
    assert cost.output.split() == ["100000000"] * 2
    assert cost.wall > 0.5
    assert cost.peak > 190  # at the least; a busy machine's measurement may count more
    assert 0 < cost.cpu < cost.wall + 10


def test_a_command_that_fails_is_not_measured(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(project / "benchmarks")
    from measure import measure

    with pytest.raises(SystemExit, match=r"(?s)exit 3.*no such file"):
        measure([sys.executable, "-c", "import sys; sys.stderr.write('no such file'); sys.exit(3)"])
