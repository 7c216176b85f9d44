"""What the command sets up before anything else."""

import os
import subprocess
import sys

import pytest

_START = """
import sys, os
assert "polars" not in sys.modules
from detector.cli.main import main
assert "polars" not in sys.modules
sys.argv = ["detector", "--help"]
try:
    main()
finally:
    import polars
    print(os.environ["_RJEM_MALLOC_CONF"], file=sys.stderr)
"""


@pytest.mark.parametrize("of_user", [None, "dirty_decay_ms:0"])
def test_free_memory_is_kept_a_while_unless_the_user_says_otherwise(of_user: str | None) -> None:
    """Polars puts what is set behind its own half second, of which the last counts."""
    env = {name: value for name, value in os.environ.items() if name != "_RJEM_MALLOC_CONF"}
    env |= {"_RJEM_MALLOC_CONF": of_user} if of_user else {}
    done = subprocess.run(
        [sys.executable, "-c", _START], env=env, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stderr.strip().endswith("," + (of_user or "dirty_decay_ms:5000"))
