"""Files are put in their place whole, and never in the place of what is no file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from detector.disavow import files
from detector.errors import InputError


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="NOT RUN: no pipes on this system")
def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    """Whoever works as root and writes to /dev/null must not lose it."""
    pipe, circle, folder = (tmp_path / f"{name}.txt" for name in ("pipe", "circle", "folder"))
    os.mkfifo(pipe)
    circle.symlink_to(circle)
    folder.mkdir()
    for path, what in ((pipe, "a pipe or a device"), (circle, "symbolic links"), (folder, "a folder")):
        with pytest.raises(InputError, match=f"cannot be written .*{what}"):
            files.write_atomically(path, b"domain:a.example\n")
    assert pipe.is_fifo()
    assert circle.is_symlink()
    assert sorted(tmp_path.iterdir()) == [circle, folder, pipe]


def test_a_link_stays_and_any_name_is_taken(tmp_path: Path) -> None:
    link, real = tmp_path / "link.txt", tmp_path / f"{'x' * 251}.txt"
    link.symlink_to(real)
    files.write_atomically(link, b"domain:a.example\n")
    assert link.is_symlink()
    assert real.read_bytes() == b"domain:a.example\n"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="NOT RUN: no /dev/zero on this system")
def test_what_has_no_end_is_not_read_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_LARGEST", 1_000)
    with pytest.raises(InputError, match="larger than 64 MB"):
        files.read_bytes(Path("/dev/zero"))
