"""One entry of a disavow file: what it says, and everything that is odd in how it says it.

An entry whose meaning is plain has a rule although Google does not read it as it stands (``domain: x.example``);
``faults.DEAD`` tells which faults put it out of force. Where the meaning is not plain there is no rule, and what
was probably meant is only proposed.
"""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Final, NamedTuple

from detector.disavow import misspelt
from detector.disavow.faults import SAFE
from detector.disavow.rules import DOMAIN, MAX_URL, URL, Rule, domain_rule, url_rule
from detector.links import hostnames

#: Kind of a line that has an entry but no rule.
INVALID: Final = "invalid"

_INVISIBLE = "\u00a0\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u2028-\u202f\u205f-\u2064\u2066-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff"
_INVISIBLES = re.compile(f"[{_INVISIBLE}]+")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f]")
_DOMAIN = re.compile(r"(domain)([ \t]*):([ \t]*)", re.IGNORECASE | re.ASCII)
_HTTP = re.compile(r"https?://", re.IGNORECASE | re.ASCII)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE | re.ASCII)
_AUTHORITY = re.compile(r"(https?)://([^/?#\\]*)(.*)", re.IGNORECASE | re.DOTALL | re.ASCII)
_PORT = re.compile(r":[0-9]*$")
_MOST_PARTS: Final = 1_000  # of a line that holds several entries, so many are proposed
_NEXT_ENTRY = re.compile(r"domain[ \t]*:|https?://", re.IGNORECASE | re.ASCII)
_QUOTES = "\"'`´“”„‟‘’‚‛«»‹›<>(){},;"
_CELLS = re.compile(r"[\s,;|]+")
_BLANKS = re.compile(r"\s+")
_GLUED_COMMENT = re.compile(r"(?:[a-z][a-z0-9+.-]*://)?[^\s/?#]+(?=#)", re.IGNORECASE)
_CAPITAL = re.compile(r"[A-Z]")
_WILD = re.compile(r"[*%]")
_WILD_LABEL = re.compile(r"^\W*(?:\*|%2a)[^.]*\.", re.IGNORECASE)
_WEB: Final = ("http", "https")
#: Odd, but nothing that keeps a safe mend of the rest of the line from being made.
_LET_PASS: Final = frozenset(
    {"outer_blanks", "home_page_url", "wildcard_in_url", "unicode_in_url", "fragment_in_url", "punctuation_in_url"}
)  # fmt: skip
#: Faults that leave the meaning of an entry plain.
_PLAIN_MEANING: Final = SAFE | _LET_PASS | {"trailing_dot", "invisible_character", "userinfo_in_url"}


class Spot(NamedTuple):
    """A fault at its place: its code, and the 0-based place in the text that was read."""

    code: str
    at: int


class Entry(NamedTuple):
    """What an entry is.

    Attributes:
        kind: ``domain``, ``url`` or ``invalid``.
        rule: what it means; None unless that is plain.
        spots: its faults, in the order of their places.
        proposed: lines that were probably meant, where there is no rule; for a person to look at.
    """

    kind: str
    rule: Rule | None
    spots: tuple[Spot, ...]
    proposed: tuple[str, ...] = ()


def read_entry(text: str) -> Entry:
    """Read a line without outer blanks that is no comment; nothing raises."""
    control = _CONTROL.search(text)
    if control:
        return Entry(INVALID, None, (Spot("control_character", control.start()),))
    named = _DOMAIN.match(text)
    if named:
        return _domain_entry(text, named)
    if _HTTP.match(text):
        return _url_entry(text)
    return _bare_entry(text)


def mended(text: str, rule: Rule | None, codes: Set[str]) -> str | None:
    """An entry with all its safe mends made; None where there is none, or where a person must look at it.

    What comes out means the same rule. Of a URL only scheme and host are spelled anew.

    Args:
        text: the entry, without outer blanks.
        rule: what it means.
        codes: its faults.
    """
    if rule is None or not is_safe(codes):
        return None
    if rule.kind == DOMAIN:
        return rule.text
    parts = _AUTHORITY.fullmatch(text)
    scheme, _, place = rule.value.split("/", 3)[:3]
    return f"{scheme}//{place}{parts[3]}" if parts else None


def is_safe(codes: Set[str]) -> bool:
    """Whether a line with these faults can be mended without asking anybody."""
    return bool(codes & SAFE) and not codes - SAFE - _LET_PASS


def _entry(kind: str, rule: Rule | None, spots: list[Spot], *proposed: str) -> Entry:
    """An entry that keeps its rule only where its meaning is plain."""
    first = {spot.code: spot for spot in sorted(spots, key=lambda spot: -spot.at)}
    found = tuple(sorted(first.values(), key=lambda spot: spot.at))
    if rule is None or any(spot.code not in _PLAIN_MEANING for spot in found):
        return Entry(INVALID, None, found, tuple(dict.fromkeys(proposed or ((rule.text,) if rule else ()))))
    return Entry(kind, rule, found)


# ------------------------------------------------------------------------------------------- domain:HOST


def _domain_entry(text: str, named: re.Match[str]) -> Entry:
    spots = [Spot("capitals", 0)] if _CAPITAL.search(named[1]) else []
    if named[2] or named[3]:
        spots.append(Spot("blank_in_domain", named.end(1) if named[2] else named.start(3)))
    value, at = text[named.end() :], named.end()
    if not value or value.startswith("#"):
        spots.append(Spot("empty_domain", at - 1))
        return _entry(DOMAIN, None, [*spots, Spot("comment_behind_entry", at)] if value else spots)
    hidden = _INVISIBLES.match(value)
    if hidden:
        spots.append(Spot("invisible_character", at))
        value, at = value[hidden.end() :], at + hidden.end()
    second = _second_entry(value)
    if second:
        return _entry(DOMAIN, None, [*spots, Spot("several_entries", at + second)], *_each_entry(value))
    start = at
    head, behind = _split_text(value)
    inner = head.strip(_QUOTES)
    if inner != head:
        before = head.find(inner) if inner else 0
        spots.append(Spot("punctuation_around", at if before else at + len(inner)))
        at += before
    rule, found, proposed = _read_host(inner, at)
    if behind and not value[behind:].startswith("#"):
        is_words = {spot.code for spot in found} == {"not_a_host"} or (rule and "." not in rule.value)
        if is_words:
            return _entry(DOMAIN, None, [*spots, Spot("not_a_host", at)])
        spots.append(Spot("text_behind_entry", start + behind))
    elif behind:
        spots.append(Spot("comment_behind_entry", start + behind))
    return _entry(DOMAIN, rule, [*spots, *found], *proposed)


def _second_entry(value: str) -> int | None:
    """Where a second entry begins behind ``domain:``; None where there is one only."""
    start = len(found[0]) if (found := _HTTP.match(value)) else 1
    another = _NEXT_ENTRY.search(value, start)
    if another and not re.search(r"[/?]", value[start : another.start()]):  # a path may hold a URL
        return another.start()
    parts = _CELLS.split(value.strip(_QUOTES), maxsplit=_MOST_PARTS)[:_MOST_PARTS]
    if len(parts) > 1 and all(_is_dotted(part) for part in parts):
        return value.find(parts[1], len(parts[0]))
    return None


def _each_entry(value: str) -> tuple[str, ...]:
    """The lines that the parts of a text ask for, which holds several entries; the first may lack its ``domain:``."""
    marked = _NEXT_ENTRY.sub(lambda found: f" {found[0].replace(' ', '')}", value)
    lines: list[str] = []
    for part in _CELLS.split(marked, maxsplit=_MOST_PARTS)[:_MOST_PARTS]:
        inner = part.strip(_QUOTES)
        rule = url_rule(inner) if _HTTP.match(inner) else None
        lines += [rule.text] if rule else _if_rule(inner[7:] if inner[:7].lower() == "domain:" else inner)
    return tuple(dict.fromkeys(lines))


def _split_text(value: str) -> tuple[str, int]:
    """The entry's own text, and where what stands behind it begins (0: nothing does)."""
    glued = _GLUED_COMMENT.match(value)
    if glued:
        return glued[0], glued.end()
    blank = _BLANKS.search(value)
    return (value[: blank.start()], blank.end()) if blank else (value, 0)


def _read_host(text: str, at: int) -> tuple[Rule | None, list[Spot], tuple[str, ...]]:
    """Rule, faults and proposals of what stands behind ``domain:``, without quotation marks and blanks."""
    spots: list[Spot] = []
    scheme = _SCHEME.match(text)
    if scheme:
        spots.append(Spot("scheme_in_domain" if scheme[1].lower() in _WEB else "other_scheme", at))
        if _CAPITAL.search(scheme[0]):
            spots.append(Spot("capitals", at))
        text, at = text[scheme.end() :], at + scheme.end()
    elif text.startswith(("//", "\\\\")):
        return None, [Spot("prefix_misspelt", at)], _if_rule(text.strip("/\\"))
    end = re.search(r"[/?#\\]", text)
    path = text[end.start() :] if end else ""
    place = text[: end.start()] if end else text
    if path:
        spots.append(Spot("path_in_domain", at + len(place)))
    is_mail = not (path or scheme)
    host, at, found = _without_user_and_port(place, at, is_mail=is_mail)
    rule, odd = _host_faults(host, at)
    spots += [*found, *odd]
    if rule is None:
        return None, spots, _if_rule(_WILD_LABEL.sub("", host)) if _WILD.search(host) else ()
    if not path.strip("/\\"):
        return rule, spots, (rule.text,)
    named = scheme[1].lower() if scheme else ""
    pages = (url_rule(f"{name}://{rule.value}{path}") for name in ([named] if named in _WEB else _WEB))
    return rule, spots, tuple(page.value for page in pages if page)


def _without_user_and_port(place: str, at: int, *, is_mail: bool) -> tuple[str, int, list[Spot]]:
    """The host of ``user:password@host:port``, where it stands, and the faults that the rest is."""
    spots = []
    user, mark, host = place.rpartition("@")
    if mark:
        spots.append(Spot("email_address" if is_mail and ":" not in user else "userinfo_in_domain", at))
        at += len(user) + 1
    port = _PORT.search(host) if host.count(":") == 1 or "]:" in host else None
    if port:
        spots.append(Spot("port_in_domain", at + port.start()))
        host = host[: port.start()]
    return host, at, spots


def _host_faults(host: str, at: int) -> tuple[Rule | None, list[Spot]]:
    """Rule about a host and all below it, and what is odd in the host's spelling."""
    spots = []
    hidden = _INVISIBLES.search(host)
    if hidden:
        spots.append(Spot("invisible_character", at + hidden.start()))
        host = _INVISIBLES.sub("", host)
    wild = _WILD.search(host)
    if wild:
        return None, [*spots, Spot("wildcard", at + wild.start())]
    rule = domain_rule(f"[{host}]" if host.count(":") > 1 and host[:1] != "[" else host)
    capital, foreign = _CAPITAL.search(host), re.search(r"[^\x00-\x7f]", host)
    if capital:
        spots.append(Spot("capitals", at + capital.start()))
    if rule is None:
        return None, [*spots, _why_no_host(host, at)]
    if foreign:
        spots.append(Spot("unicode_host", at + foreign.start()))
    if hostnames.canonical(host[-1:]) is None:
        spots.append(Spot("trailing_dot", at + len(host) - 1))
    return rule, spots


def _why_no_host(host: str, at: int) -> Spot:
    name = host if len(host) > 253 else hostnames.ascii_name(hostnames.canonical(host) or "") or host
    place = at
    for label in host.split("."):
        if len(label) > 63 and re.fullmatch(r"[\w-]+", label):
            return Spot("label_too_long", place)
        place += len(label) + 1
    if len(name) > 253 and re.fullmatch(r"[\w.-]+", host):
        return Spot("host_too_long", at)
    return Spot("not_a_host", at)


def _is_dotted(text: str) -> bool:
    """Whether a text is a host of two labels and more, an address or a URL."""
    rule = url_rule(text) if _HTTP.match(text) else None if "/" in text else domain_rule(text)
    return rule is not None and "." in rule.value


def _if_rule(host: str) -> tuple[str, ...]:
    rule = domain_rule(host) if _is_dotted(host) and not _HTTP.match(host) else None
    return (rule.text,) if rule else ()


# ------------------------------------------------------------------------------------------- URL


def _url_entry(text: str) -> Entry:
    blank = re.search(r"\s", text)
    head = text[: blank.start()] if blank else text
    parts = _AUTHORITY.fullmatch(head)
    assert parts is not None  # the text begins with a scheme
    rule, spots = _url_faults(head, parts)
    if blank:
        behind = text[blank.end() :].lstrip()
        at = len(text) - len(behind)
        if _NEXT_ENTRY.match(behind) or _is_dotted(behind.split()[0] if behind else ""):
            return _entry(URL, None, [*spots, Spot("several_entries", at)], *_each_entry(text))
        if _INVISIBLES.match(blank[0]):
            spots.append(Spot("invisible_character", blank.start()))
            rule = None
        else:
            spots.append(Spot("comment_behind_entry" if behind.startswith("#") else "text_behind_entry", at))
    if len(text) > MAX_URL or (rule and len(rule.value) > MAX_URL):
        spots.append(Spot("url_too_long", MAX_URL))
        return _entry(URL, None, spots, *_if_rule(hostnames.of_authority(parts[2]) or ""))
    return _entry(URL, rule, spots)


def _url_faults(url: str, parts: re.Match[str]) -> tuple[Rule | None, list[Spot]]:
    """Rule about a page, and what is odd in the URL."""
    spots = [Spot("capitals", 0)] if _CAPITAL.search(parts[1]) else []
    authority, rest, at = parts[2], parts[3], parts.start(2)
    user, mark, place = authority.rpartition("@")
    if mark:
        spots.append(Spot("userinfo_in_url", at))
        at += len(user) + 1
    port = _PORT.search(place)
    host = place[: port.start()] if port else place
    found, faults = _host_faults(host, at)
    rule = url_rule(url)
    if rule is None or found is None:
        wild = [spot for spot in faults if spot.code == "wildcard"]
        return None, [*spots, *(wild or [Spot("url_without_host", at)])]
    return rule, [*spots, *faults, *_page_faults(rule, rest, parts.start(3))]


def _page_faults(rule: Rule, rest: str, at: int) -> list[Spot]:
    """What is odd in what stands behind the host of a URL."""
    page, mark, _ = rest.partition("#")
    checks = {
        "fragment_in_url": len(page) if mark else None,
        "home_page_url": max(0, at - len(rest) - 1) if rule.value.count("/") == 3 and rule.value.endswith("/") else None,
        "wildcard_in_url": page.find("*") if "*" in page else None,
        "invisible_character": hidden.start() if (hidden := _INVISIBLES.search(rest)) else None,
        "punctuation_in_url": len(page) - 1 if page[-1:] and page[-1] in ",;\"'`”’»>" and not mark else None,
    }  # fmt: skip
    foreign = re.search(rf"[^\x00-\x7f{_INVISIBLE}]", rest)
    checks["unicode_in_url"] = foreign.start() if foreign else None
    return [
        Spot(code, 0 if code == "home_page_url" else at + place)
        for code, place in checks.items()
        if place is not None
    ]


# ------------------------------------------------------------------------------------------- anything else


def _bare_entry(text: str) -> Entry:
    """What a line is that has neither ``domain:`` nor a scheme: the first reading that fits."""
    guess = misspelt.guess(text)
    if guess is not None:
        inner = read_entry(guess.inner) if guess.inner else None
        proposed = () if inner is None else (inner.rule.text,) if inner.rule else inner.proposed
        return Entry(INVALID, None, (Spot(guess.code, guess.at),), proposed)
    return _several_cells(text) or _bare_host(text) or Entry(INVALID, None, (Spot("unreadable", 0),))


def _several_cells(text: str) -> Entry | None:
    """A line of several hosts, or of cells of which one is a host; None where it is neither."""
    cells = _CELLS.split(text, maxsplit=_MOST_PARTS)[:_MOST_PARTS]
    parts = [part for cell in cells if (part := cell.strip(_QUOTES))]
    hosts = [part for part in parts if _is_dotted(part)]
    proposed = tuple(line for host in hosts for line in _if_rule(host))
    if len(parts) > 1 and len(hosts) == len(parts):
        return Entry(INVALID, None, (Spot("several_entries", text.find(parts[1], len(parts[0]))),), proposed)
    if hosts and re.search(r"[,;|\t]", text.rstrip(_QUOTES)):
        return Entry(INVALID, None, (Spot("table_row", 0),), proposed[:1])
    return None


def _bare_host(text: str) -> Entry | None:
    """A line of a host, with or without a path, text or comment; None where it is none."""
    head, behind = _split_text(text)
    inner = head.strip(_QUOTES)
    rule, found, proposed = _read_host(inner.lstrip("/\\"), head.find(inner))
    codes = {spot.code for spot in found}
    if codes & {"wildcard", "email_address"}:
        spots = [spot for spot in found if spot.code in ("wildcard", "email_address")]
    elif rule and (hostnames.is_name(rule.value) or hostnames.is_ip(rule.value)):
        is_url = inner[0] in "/\\" or bool(codes & {"path_in_domain", "port_in_domain"})
        told = [spot for spot in found if spot.code in ("unicode_host", "invisible_character")]
        spots = [Spot("no_scheme" if is_url else "no_prefix", 0), *told]
    else:
        return None
    if inner != head:
        spots.append(Spot("punctuation_around", 0))
    if behind:
        is_comment = text[behind:].startswith("#")
        spots.append(Spot("comment_behind_entry" if is_comment else "text_behind_entry", behind))
    return Entry(INVALID, None, tuple(spots), proposed)
