"""Figures and days as people write them, in English whatever the machine speaks."""

from __future__ import annotations

from datetime import date
from typing import Final

#: Not strftime's names: those follow the machine's language.
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def spoken_day(day: date) -> str:
    """``2026-08-10`` -> ``10 August 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def percent(share: float) -> str:
    """A share of 0 to 1: ``42 %``, ``0.4 %``, ``0 %``; never rounded to nothing or to all."""
    if 0 < share < 0.001:
        return "< 0.1 %"
    if share < 0.0995:
        return f"{100 * share:.1f} %".replace(".0 %", " %")
    return "> 99 %" if 0.995 <= share < 1 else f"{100 * share:.0f} %"


def plural(number: int, what: str) -> str:
    """``1 link``, ``1,200 links``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def about(number: float) -> str:
    """An expected count: ``0.7``, ``12``, ``fewer than 0.1``; never none, for no probability is that sure."""
    if number < 0.05:  # would be written as 0.0
        return "fewer than 0.1"
    return f"{number:,.1f}" if number < 10 else f"{number:,.0f}"
