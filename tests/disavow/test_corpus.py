"""The real files: each is parsed without loss, checked, and mended so that it means what it meant."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from test_checking import PLACES
from test_fixing import assert_safe

from detector.disavow.checking import check
from detector.disavow.fixing import fix
from detector.disavow.parsing import DisavowFile
from detector.guards import Guards
from detector.links.domains import Domains

pytestmark = pytest.mark.raw


@pytest.fixture(scope="module")
def guards() -> Guards:
    return Guards(Domains.default())


@pytest.fixture(scope="module")
def files(raw: Path) -> list[DisavowFile]:
    paths = sorted((raw / "data/disavow").glob("*.txt"))
    assert len(paths) > 150
    return [DisavowFile.parse(path.read_bytes(), path.name) for path in paths]


def test_every_fault_of_the_corpus_has_a_test(files: list[DisavowFile], guards: Guards) -> None:
    codes = Counter(finding.code for file in files for finding in check(file, guards))
    assert set(codes) <= set(PLACES)
    for code in (
        "blank_in_domain",
        "not_a_disavow_file",
        "mixed_line_ends",
        "platform",
        "www_only",
        "no_prefix",
    ):
        assert codes[code], code
    assert codes["unreadable"] == 0  # whatever people wrote, it is known for what it is


def test_every_real_file_is_mended_safely(files: list[DisavowFile], guards: Guards) -> None:
    mended = 0
    for file in files:
        assert_safe(file.data, guards)
        mended += bool(fix(file, guards).mends)
    assert mended > 20
