"""Toxic link detector: exports of SEO tools in, a disavow file that Google accepts out.

>>> from detector import Settings, audit
>>> result = audit(["backlinks.csv"], Settings(site="example.com"), "audit")  # doctest: +SKIP
>>> result.domains.filter(pl.col("verdict") == "disavow")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Audit", "Settings", "__version__", "audit"]

if TYPE_CHECKING:
    from detector.auditing import Audit, Settings, audit


def __getattr__(name: str) -> Any:
    """Load the heavy parts when they are first asked for."""
    if name in {"Audit", "Settings", "audit"}:
        import importlib

        module = importlib.import_module("detector.auditing")
        value = getattr(module, name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
