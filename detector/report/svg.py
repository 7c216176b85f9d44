"""Drawings as SVG text: elements whose attributes and words are escaped, numbers that are short, axes with round steps."""

from __future__ import annotations

import math
from collections.abc import Iterable

from markupsafe import Markup, escape


def element(name: str, *children: object, **attributes: object) -> Markup:
    """An element; words among the children are escaped, ``Markup`` is not.

    Args:
        attributes: a final ``_`` is left out (``class_``), another one becomes ``-`` (``text_anchor``); None leaves one out.
    """
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(short(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = Markup("").join(child if isinstance(child, Markup) else escape(str(child)) for child in children)
    return Markup(f"<{name}{told}>{inside}</{name}>")  # noqa: S704 - name is ours, the rest is escaped


def short(value: object) -> str:
    """A number with at most one decimal, anything else as text."""
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return str(value)


def image(name: str, width: float, height: float, title: str, told: str, *drawn: Markup) -> Markup:
    """An SVG image that a screen reader reads as its title and what is told of it.

    Args:
        name: unique on the page; the ids are made of it.
    """
    return element(
        "svg",
        element("title", title, id=f"{name}-title"),
        element("desc", told, id=f"{name}-told"),
        *drawn,
        viewBox=f"0 0 {short(width)} {short(height)}",
        role="img",
        aria_labelledby=f"{name}-title {name}-told",
    )


def word(text: str, x: float, y: float, anchor: str = "start", class_: str = "tick") -> Markup:
    """A line of text; ``anchor`` is start, middle or end."""
    return element("text", text, x=x, y=y, text_anchor=anchor, class_=class_)


def rectangles(boxes: Iterable[tuple[float, float, float, float]], class_: str) -> Markup:
    """Many rectangles ``(x, y, width, height)`` as one path; those without height are left out."""
    drawn = "".join(
        f"M{short(x)} {short(y)}h{short(w)}v{short(h)}h-{short(w)}z"
        for x, y, w, h in boxes
        if w > 0 and h > 0
    )
    return element("path", d=drawn, class_=class_) if drawn else Markup("")


def line(x1: float, y1: float, x2: float, y2: float, class_: str = "grid") -> Markup:
    """A straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def steps(most: int, count: int = 4) -> list[int]:
    """Round whole numbers from 0 up to at least ``most``, at about ``count`` equal steps of 1, 2 or 5 times a power of ten."""
    if most <= 0:
        return [0, 1]
    rough = most / count
    power = 10 ** math.floor(math.log10(rough))
    step = max(1, next(round(unit * power) for unit in (1, 2, 5, 10) if unit * power >= rough))
    return [number * step for number in range(math.ceil(most / step) + 1)]
