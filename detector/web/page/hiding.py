"""When an element is hidden from readers: by an attribute, by its inline style, by a rule for its id.

Style sheets are not applied: only the rules that a page writes for one id are read, and of these only what no honest page needs
(thrown far off the screen, no size of letters). A class that hides a menu until it is opened is everybody's.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

#: Reason -> pattern of an inline style (lower case, without blanks). The first that fits counts.
_FAR: Final = r"-(?:\d{4,}|[5-9]\d\d)(?:\.\d+)?(?:px)?(?:;|!|$)|-\d{2,}(?:\.\d+)?(?:em|rem)|-\d{3,}(?:\.\d+)?(?:%|vw|vh)"
_STYLES: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (reason, re.compile(rf"(?:^|;)(?:{pattern})"))
    for reason, pattern in (
        ("display none", r"display:none"),
        ("invisible", r"visibility:(?:hidden|collapse)|opacity:0?(?:\.0+)?(?:;|!|$)"),
        ("off screen", rf"(?:left|top|right|bottom|margin(?:-left|-top)?|transform:translate[xy]?\():?(?:{_FAR})"),
        ("letters without size", r"font-size:(?:0(?:\.0\d*)?(?:px|pt|em|rem|%)?|1(?:px|pt|%))(?:;|!|$)|font:0"),
        ("clipped", r"clip:rect\((?:0(?:px)?|1px)[,0-9px]*\)|clip-path:inset\((?:50|100)%\)"),
    )
)  # fmt: skip
_LETTERS: Final = re.compile(r"(?:^|;)font-size:")
_TINY: Final = re.compile(r"(?:^|;)(?:max-)?(?:height|width):[01](?:px)?(?:;|!|$)")
_CLIPS: Final = re.compile(r"(?:^|;)overflow(?:-[xy])?:hidden")
_COLOR: Final = re.compile(r"(?:^|;)color:([^;!]+)")
_BACKGROUND: Final = re.compile(r"(?:^|;)background(?:-color)?:([^;!]+)")

#: Reasons that no honest page has for links to other sites; a menu that opens is "display none".
DELIBERATE: Final = frozenset(
    ["off screen", "letters without size", "colour of the background", "no size", "hidden by a script"]
)

_NAMED_COLORS: Final = {"white": "ffffff", "black": "000000", "red": "ff0000", "transparent": "transparent"}
_RGB: Final = re.compile(r"rgba?\((\d{1,3}),(\d{1,3}),(\d{1,3})(?:,([\d.]+))?\)")

_ID_RULE: Final = re.compile(r"#([A-Za-z_][\w-]{0,80})\s*\{([^{}]{1,500})\}")
_SCRIPT_STYLE: Final = re.compile(
    r"getElementById\(\s*[\"']([\w-]{1,80})[\"']\s*\)\s*\.style\.(\w{1,30})\s*=\s*[\"']([^\"']{1,60})[\"']"
)
_CAMEL: Final = re.compile(r"([A-Z])")


@lru_cache(4096)
def by_style(style: str) -> str | None:
    """Why an inline style hides its element; None where it does not."""
    squeezed = _squeezed(style)
    for reason, pattern in _STYLES:
        if pattern.search(squeezed):
            return reason
    if _CLIPS.search(squeezed) and _TINY.search(squeezed):
        return "no size"
    return None


@lru_cache(4096)
def gives_size(style: str) -> bool:
    """Whether an inline style gives letters a size again."""
    return _LETTERS.search(_squeezed(style)) is not None and by_style(style) is None


@lru_cache(4096)
def colors(style: str) -> tuple[str | None, str | None]:
    """(colour of letters, colour of the background) that an inline style sets, as six hexadecimal digits."""
    squeezed = _squeezed(style)
    letters, ground = _COLOR.search(squeezed), _BACKGROUND.search(squeezed)
    return (color(letters[1]) if letters else None, color(ground[1]) if ground else None)


def color(text: str) -> str | None:
    """A colour as six hexadecimal digits (or ``transparent``); None of what is no plain colour."""
    text = text.strip().lower()
    if text in _NAMED_COLORS:
        return _NAMED_COLORS[text]
    if rgb := _RGB.fullmatch(text):
        return (
            "transparent"
            if rgb[4] in ("0", "0.0")
            else "".join(f"{min(int(c), 255):02x}" for c in rgb.groups()[:3])
        )
    digits = text.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return digits if re.fullmatch(r"[0-9a-f]{6}", digits) else None


def hidden_ids(sheets: list[str], scripts: list[str]) -> dict[str, str]:
    """Ids that the page's own style sheets and scripts hide deliberately -> why.

    A script that writes such a style (``createElement("style")``, ``getElementById(...).style``) is read as well.
    """
    found: dict[str, str] = {}
    for sheet in sheets:
        if "#" in sheet:
            _rules(sheet, found, None)
    for script in scripts:
        if "#" in script and "{" in script and "style" in script:
            _rules(script, found, "hidden by a script")
        if ".style." in script:
            for name, css, value in _SCRIPT_STYLE.findall(script):
                reason = by_style(_CAMEL.sub(r"-\1", css).lower() + ":" + value)
                if reason:
                    found[name] = "hidden by a script" if reason in DELIBERATE else reason
    return found


def _rules(text: str, found: dict[str, str], why: str | None) -> None:
    for name, style in _ID_RULE.findall(text[:200_000]):
        reason = by_style(style)
        if reason in DELIBERATE:
            found[name] = why or reason or ""


def _squeezed(style: str) -> str:
    return re.sub(r"\s+", "", style[:500]).lower()
