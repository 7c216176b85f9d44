from __future__ import annotations

from typing import Any

import pytest
from report_fixtures import an_audit


@pytest.fixture
def audit() -> dict[str, Any]:
    return an_audit()
