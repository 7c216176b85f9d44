"""The charts of the report: figures drawn as SVG, each with what it tells in words and the same as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from markupsafe import Markup

from detector.report.figures import ANCHOR_KINDS, PARTS, AnchorKinds, Authority, Figures, Wave, Weeks
from detector.report.svg import image, line, rectangles, steps, word
from detector.report.words import MONTHS, percent, plural, spoken_day

_WEEK = timedelta(weeks=1)
_LEGEND: Final = tuple((part, words) for part, (_, words) in PARTS.items())


@dataclass(frozen=True)
class Chart:
    """A chart.

    Attributes:
        name: unique on the page.
        title, told: heading, and what is to be seen, in words.
        drawn: (class, SVG): one for every screen, or one for wide and one for narrow ones.
        legend: (class of the colour, words).
        head, rows: the same as a table.
    """

    name: str
    title: str
    told: str
    drawn: tuple[tuple[str, Markup], ...]
    legend: tuple[tuple[str, str], ...]
    head: tuple[str, ...]
    rows: list[tuple[str, ...]]


def charts(figures: Figures) -> list[Chart]:
    """The charts that the exports allow."""
    found = []
    if figures.weeks:
        found.append(weeks_chart(figures.weeks))
    if figures.anchors:
        found.append(anchors_chart(figures.anchors))
    if figures.authority:
        found.append(authority_chart(figures.authority))
    return found


# ---------------------------------------------------------------------- when links appeared


def weeks_chart(weeks: Weeks) -> Chart:
    """Links by the week in which they were first seen, waves marked above."""
    title, told = "When the links appeared", _weeks_told(weeks)
    number = len(weeks.parts["rest"])
    rows = [
        (spoken_day(weeks.first + place * _WEEK), *(f"{weeks.parts[part][place]:,}" for part in PARTS))
        for place in range(number)
        if any(weeks.parts[part][place] for part in PARTS)
    ]
    drawn = (
        ("wide", _draw_weeks(weeks, "weeks-wide", 1120, 300, title, told)),
        ("narrow", _draw_weeks(weeks, "weeks-narrow", 400, 280, title, told)),
    )
    head = ("Week of", *(words.capitalize() for _, words in _LEGEND))
    return Chart("weeks", title, told, drawn, _LEGEND, head, rows)


def _weeks_told(weeks: Weeks) -> str:
    last = weeks.first + (len(weeks.parts["rest"]) - 1) * _WEEK
    total = sum(sum(counts) for counts in weeks.parts.values())
    said = [
        f"{plural(total, 'link')} by the week in which a tool first saw them,"
        f" from {spoken_day(weeks.first)} to {spoken_day(last)}."
    ]
    said += [
        f"{_groups(wave).capitalize()}: {wave.domains:,} domains appeared between {spoken_day(wave.first)} and"
        f" {spoken_day(wave.last + timedelta(days=6))}."
        for wave in weeks.waves
    ]
    outside = [
        (weeks.earlier, "first seen earlier"), (weeks.later, "first seen later"), (weeks.undated, "without a date"),
    ]  # fmt: skip
    if any(count for count, _ in outside):
        said.append(
            "Not drawn: " + ", ".join(f"{count:,} {words}" for count, words in outside if count) + "."
        )
    return " ".join(said)


def _groups(wave: Wave) -> str:
    numbers = [str(number) for number in wave.clusters]
    if len(numbers) > 3:
        return f"{len(numbers)} groups"
    return (
        f"group {numbers[0]}" if len(numbers) == 1 else f"groups {', '.join(numbers[:-1])} and {numbers[-1]}"
    )


def _draw_weeks(weeks: Weeks, name: str, width: float, height: float, title: str, told: str) -> Markup:
    left, top, bottom = 40.0, 44.0 if weeks.waves else 12.0, height - 26.0
    number = len(weeks.parts["rest"])
    totals = [sum(weeks.parts[part][place] for part in PARTS) for place in range(number)]
    ticks = steps(max(totals))
    column = (width - left) / number
    gap = min(2.0, column / 4)

    def x_of(week: date) -> float:
        return left + (week - weeks.first) // _WEEK * column

    drawn = list(_grid(ticks, left, width, top, bottom))
    for wave in weeks.waves:
        start, end = max(x_of(wave.first), left), min(x_of(wave.last) + column, width)
        drawn.insert(0, rectangles([(start, 0.0, end - start, bottom)], "wave"))
        drawn.append(_wave_label(wave, start, end, left, width))
    below = [0] * number
    for part in PARTS:
        counts = weeks.parts[part]
        drawn.append(
            rectangles(
                _columns(counts, below, left + gap / 2, column, column - gap, top, bottom, ticks[-1]), part
            )
        )
        below = [under + count for under, count in zip(below, counts, strict=True)]
    drawn += _months(weeks.first, number, left, column, bottom, width)
    return image(name, width, height, title, told, *drawn)


def _wave_label(wave: Wave, start: float, end: float, left: float, width: float) -> Markup:
    """The label above a wave, on the side where there is room."""
    first, second = _groups(wave).capitalize(), f"{wave.domains:,} domains"
    anchor, x = ("end", end) if start > (left + width) / 2 else ("start", start)
    return word(first, x, 14, anchor, "mark") + word(second, x, 31, anchor, "tick")


def _columns(
    counts: list[int],
    below: list[int],
    x: float,
    step: float,
    width: float,
    top: float,
    bottom: float,
    most: int,
) -> Iterator[tuple[float, float, float, float]]:
    scale = (bottom - top) / most
    for place, (count, under) in enumerate(zip(counts, below, strict=True)):
        yield x + place * step, bottom - (under + count) * scale, width, count * scale


def _grid(ticks: list[int], left: float, right: float, top: float, bottom: float) -> Iterator[Markup]:
    for tick in ticks:
        y = bottom - (bottom - top) * tick / ticks[-1]
        yield line(left, y, right, y, "grid" if tick else "base")
        yield word(f"{tick:,}", left - 8, y + 4, "end")


def _months(
    first: date, number: int, left: float, column: float, bottom: float, width: float
) -> Iterator[Markup]:
    """The names of months below the weeks they begin in, as many as there is room for; a year with its January."""
    every = next(step for step in (1, 2, 3, 6, 12, 24) if step * column * 4.35 >= 46 or step == 24)
    last_end = 0.0
    for place in range(number):
        day = first + place * _WEEK
        begins = place == 0 or (day - _WEEK).month != day.month
        x = left + place * column
        if not begins or (day.month - 1) % every or x < last_end or x > width - 30:
            continue
        name = MONTHS[day.month - 1][:3]
        is_new_year = day.month == 1 or last_end == 0
        yield line(x, bottom, x, bottom + 5, "base")
        yield word(f"{name} {day.year}" if is_new_year else name, x, bottom + 20)
        last_end = x + (62 if is_new_year else 30)


# ---------------------------------------------------------------------- what links say


def anchors_chart(anchors: AnchorKinds) -> Chart:
    """Kinds of anchors: in the links proposed for the file beside all others."""
    sides = [
        (class_, words, shares)
        for class_, words, shares in (
            ("disavow", "links proposed for the file", anchors.proposed), ("rest", "all other links", anchors.others),
        )
        if shares
    ]  # fmt: skip
    title = "What the links say"
    told = (
        "Share of links whose clickable words are of each kind, by the most frequent ones of each domain. Honest links mostly name the"
        " site, its address or nothing special; links placed for rankings name what is to be sold. A link can be of several kinds:"
        " where its words are the site’s address, they often hold its name too."
    )
    row, height, left, width = 40.0, 40.0 * len(ANCHOR_KINDS) + 6, 166.0, 420.0
    most = max(share for _, _, shares in sides for share in shares) or 1.0
    drawn: list[Markup] = []
    thick = 11.0
    for place, words in enumerate(ANCHOR_KINDS.values()):
        middle = place * row + row / 2
        drawn.append(word(words, left - 10, middle + 4, "end"))
        for number, (class_, _, shares) in enumerate(sides):
            length = shares[place] / most * (width - left - 46)
            y = middle - thick * len(sides) / 2 + number * thick
            drawn.append(rectangles([(left, y, max(length, 0.8), thick - 1)], class_))
            drawn.append(word(percent(shares[place]), left + length + 6, y + thick - 2, class_="value"))
    drawn.append(line(left, 2, left, height - 8, "base"))
    rows = [
        (words, *(percent(shares[place]) for _, _, shares in sides))
        for place, words in enumerate(ANCHOR_KINDS.values())
    ]
    return Chart(
        "anchors", title, told, (("", image("anchors", width, height, title, told, *drawn)),),
        tuple((class_, words) for class_, words, _ in sides),
        ("Clickable words", *(words.capitalize() for _, words, _ in sides)), rows,
    )  # fmt: skip


# ---------------------------------------------------------------------- who links


def authority_chart(authority: Authority) -> Chart:
    """Domains by a tool's rating."""
    title = "How strong the linking sites are"
    total = sum(sum(counts) for counts in authority.parts.values())
    told = f"{plural(total, 'referring domain')} by {authority.metric}, 0 to {authority.top:,}: the more, the more others link to them."
    if authority.unrated:
        told += f" {authority.unrated:,} more have no rating in these exports."
    left, top, bottom, width, height = 44.0, 12.0, 236.0, 420.0, 280.0
    bands = len(authority.parts["rest"])
    ticks = steps(max(sum(authority.parts[part][place] for part in PARTS) for place in range(bands)))
    column, size = (width - left) / bands, authority.top // bands
    drawn, below = list(_grid(ticks, left, width, top, bottom)), [0] * bands
    for part in PARTS:
        counts = authority.parts[part]
        drawn.append(
            rectangles(_columns(counts, below, left + 2, column, column - 4, top, bottom, ticks[-1]), part)
        )
        below = [under + count for under, count in zip(below, counts, strict=True)]
    for place in range(0, bands + 1, 2):
        anchor = "end" if place == bands else "middle" if place else "start"
        drawn.append(word(f"{place * size:,}", left + place * column, bottom + 18, anchor))
    drawn.append(word(authority.metric, (left + width) / 2, bottom + 38, "middle"))
    rows = [
        (
            f"{place * size:,} to {(place + 1) * size - (place < bands - 1):,}",
            *(f"{authority.parts[part][place]:,}" for part in PARTS),
        )
        for place in range(bands)
    ]
    head = (authority.metric, *(words.capitalize() for _, words in _LEGEND))
    picture = image("authority", width, height, title, told, *drawn)
    return Chart("authority", title, told, (("", picture),), _LEGEND, head, rows)
