"""The disavow file: parse, check, mend, merge, compare, prune, plan, write. Google's rules for it stand in ``rules``.

>>> from detector.disavow import DisavowFile
>>> [finding.code for finding in DisavowFile.parse(b"domain: spam-of-ours.com\\n").check()]
['blank_in_domain']

The names below are public; docs/disavow-api.md shows their use. Each is loaded when it is first asked for.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

__all__ = [
    "FAULTS",
    "Comparison",
    "DisavowFile",
    "Fault",
    "Finding",
    "Fixed",
    "Line",
    "Mend",
    "Merged",
    "Rule",
    "RuleSet",
    "check",
    "compare",
    "fix",
    "is_fit",
    "merge",
]

if TYPE_CHECKING:
    from detector.disavow.checking import Finding, check, is_fit
    from detector.disavow.combining import Merged, merge
    from detector.disavow.comparing import Comparison, compare
    from detector.disavow.faults import FAULTS, Fault
    from detector.disavow.fixing import Fixed, Mend, fix
    from detector.disavow.parsing import DisavowFile, Line
    from detector.disavow.rules import Rule, RuleSet

#: Module -> the public names that stand in it.
_NAMES: Final = {
    "checking": ("Finding", "check", "is_fit"),
    "combining": ("Merged", "merge"),
    "comparing": ("Comparison", "compare"),
    "faults": ("FAULTS", "Fault"),
    "fixing": ("Fixed", "Mend", "fix"),
    "parsing": ("DisavowFile", "Line"),
    "rules": ("Rule", "RuleSet"),
}
_MODULES: Final = {name: module for module, names in _NAMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for."""
    if name in _MODULES:
        value = getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
