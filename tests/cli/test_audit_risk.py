"""``detector audit --risk``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from in_process import run


@pytest.fixture
def export(tmp_path: Path, write_ahrefs: Callable[[Path, list[dict[str, str]]], Path]) -> Path:
    links = [
        {"Referring page URL": f"https://page{n}.example/a/{n}", "Target URL": "https://kettles.example/", "Anchor": "kettles"}
        for n in range(12)
    ]  # fmt: skip
    return write_ahrefs(tmp_path / "export.csv", links)


@pytest.mark.parametrize(
    ("risk", "problem"), [("0.01%", "faultless lines are missing"), ("many", "above 0 and below 50%")]
)
def test_a_risk_that_cannot_be_promised_is_wrong_usage(
    tmp_path: Path, export: Path, risk: str, problem: str
) -> None:
    done = run("audit", export, "--site", "kettles.example", "--risk", risk, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert problem in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_greater_risk_proves_a_lower_threshold(tmp_path: Path, export: Path) -> None:
    def proved(risk: str) -> dict[str, Any]:
        out = tmp_path / risk
        done = run("audit", export, "--site", "kettles.example", "--risk", risk, "--no-history", "--out", out)
        assert done.returncode == 0, done.stderr
        record: dict[str, Any] = json.loads((out / "audit.json").read_text())["promise"]
        assert record["risk"] == float(risk.removesuffix("%")) / 100
        return record["tiers"]["rich"]["proved"]  # type: ignore[no-any-return]

    assert proved("10%")["threshold"] < proved("1%")["threshold"]
