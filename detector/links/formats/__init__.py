"""The formats: one small file a tool, found by itself. To add a tool, add a file with a ``TOOL`` in it."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from detector.links.formats.model import IGNORE, IGNORED, Field, Report, Tool

__all__ = ["IGNORE", "IGNORED", "TOOLS", "Field", "Report", "Tool"]


def _discover() -> tuple[Tool, ...]:
    """Every ``TOOL`` of the modules beside this one, in the order of their names."""
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return tuple(module.TOOL for module in modules if hasattr(module, "TOOL"))


TOOLS: tuple[Tool, ...] = _discover()
