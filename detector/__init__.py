"""Toxic link detector: exports of SEO tools in, a disavow file that Google accepts out.

>>> from detector import Settings, audit
>>> result = audit(["backlinks.csv"], Settings(site="example.com"), "audit")  # doctest: +SKIP
>>> result.domains.filter(pl.col("verdict") == "disavow")  # doctest: +SKIP

A disavow file alone needs no audit:

>>> from detector import DisavowFile
>>> DisavowFile.parse(b"domain:spam-of-ours.com\\n").covers("https://blog.spam-of-ours.com/a").text
'domain:spam-of-ours.com'

``detector.disavow`` has what else can be done with one.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

__version__ = "0.1.0"
__all__ = ["Audit", "DisavowFile", "Settings", "__version__", "audit"]

if TYPE_CHECKING:
    from detector.auditing import Audit, Settings, audit
    from detector.disavow.parsing import DisavowFile

#: Public name -> the module in which it stands.
_MODULES: Final = {
    "Audit": "detector.auditing",
    "DisavowFile": "detector.disavow.parsing",
    "Settings": "detector.auditing",
    "audit": "detector.auditing",
}


def __getattr__(name: str) -> Any:
    """Load the heavy parts when they are first asked for."""
    if name in _MODULES:
        value = getattr(importlib.import_module(_MODULES[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
