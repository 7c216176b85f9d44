"""The host of one URL or cell, in its one canonical spelling; what is a name, and what an address.

Canonical: lower case, A-labels by IDNA 2008 / UTS 46 non-transitional (the package ``idna``; Python's own
codec turns ``ß`` into ``ss`` and so names somebody else's domain), no user-info, port or trailing dot. An IP
address stays as it is, IPv6 in brackets; a host that IDNA refuses is only put into lower case. Nothing here
raises on any text. What ends a host and a path follows the WHATWG URL standard (a backslash is a slash).
"""

from __future__ import annotations

import ipaddress
import re
from typing import Final

import idna

#: A host that is canonical as it stands: lower-case ASCII labels.
PLAIN: Final = r"^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$"

_BLANK = r"[\s\x00-\x20]*"
# No case-insensitive match: it would let a Turkish dotted I or a long s pass for letters of a scheme.
_BEFORE_AUTHORITY = r"(?:[hH][tT][tT][pP][sS]?:[/\\]*|[A-Za-z][A-Za-z0-9+.\-]*://|[/\\][/\\]+)"
_REST = r"[^/\\?#]*"

#: Everything of a text that its host can depend on (one group; for native extraction).
HEAD: Final = rf"(?s)^({_BLANK}{_BEFORE_AUTHORITY}?{_REST})"

#: At most four segments of the path (one group; for native extraction): rules about tenants look at three.
FIRST_SEGMENTS: Final = rf"(?s)^{_BLANK}{_BEFORE_AUTHORITY}?{_REST}((?:[/\\]{_REST}){{0,4}})"

_MAX_NAME = 253  # RFC 1035: characters of a name without its trailing dot
_LABEL = r"[^\x00-\x20\x7f#/:<>?@\[\\\]^|%\s.]{1,63}"  # RFC 1035 length, WHATWG URL characters
_NAME = re.compile(rf"(?:{_LABEL}\.)+(?![0-9]+$){_LABEL}")
_PLAIN = re.compile(PLAIN)
_START = re.compile(_BEFORE_AUTHORITY)
_END = re.compile(r"[/\\?#]")
_OUTER = re.compile(r"^[\s\x00-\x20]+|[\s\x00-\x20]+$")
_DOTS = re.compile("[\u3002\uff0e\uff61]")  # full stops that UTS 46 maps to "."
_PORT = re.compile(r"[0-9]{0,5}")


def stripped(text: str) -> str:
    """Text without the blanks and control characters around it."""
    return _OUTER.sub("", text)


def of_text(text: str) -> str | None:
    """Host of a URL or a bare host; None where there is none.

    Without a scheme, a colon must begin a port, and there must be no blank and no ``@``: words and
    ``mailto:a@b.example`` have no host.
    """
    if _PLAIN.fullmatch(text):
        return text
    text = stripped(text)
    start = _START.match(text)
    if start:
        return of_authority(text[start.end() :])
    head = stripped(_END.split(text, maxsplit=1)[0])
    if head.startswith("["):
        return of_authority(head)
    name, colon, port = head.partition(":")
    if "@" in head or re.search(r"\s", head) or (colon and not ("." in name and _PORT.fullmatch(port))):
        return None
    return canonical(name)


def of_authority(text: str) -> str | None:
    """Host of ``user:password@host:port``, whatever follows it; None where there is none."""
    head = stripped(_END.split(text, maxsplit=1)[0].rpartition("@")[2])
    if head.startswith("["):
        inner = head.partition("]")[0].lower()
        return f"{inner}]" if len(inner) > 1 else None
    return canonical(head.partition(":")[0])


def path_of_text(text: str) -> str:
    """Path of a URL or of ``host/path``, without query and fragment; empty where there is none."""
    text = stripped(text)
    start = _START.match(text)
    rest = text[start.end() :] if start else text
    end = _END.search(rest)
    if not end:
        return ""
    return re.split(r"[?#]", rest[end.start() :], maxsplit=1)[0].replace("\\", "/")


def canonical(name: str) -> str | None:
    """Canonical spelling of a host name; None of an empty one."""
    if _PLAIN.fullmatch(name):
        return name
    name = stripped(_DOTS.sub(".", name))
    while (shorter := stripped(name.rstrip("."))) != name:  # what a dot hid may be stripped as well
        name = shorter
    if name.isascii() or len(name) > _MAX_NAME:
        return stripped(name.lower().rstrip(".")) or None
    for spelling in (name, name.lower()):  # a refused host may be one that is not refused in lower case
        try:
            return idna.encode(spelling, uts46=True, transitional=False).decode("ascii").lower()
        except UnicodeError:
            continue
    return name.lower()


def ascii_name(host: str) -> str | None:
    """A canonical host in ASCII, for a file that may hold nothing else; None where there is no such spelling.

    A host that IDNA 2008 refuses and browsers take (an emoji) gets its A-labels by UTS 46 and Punycode alone.
    """
    if host.isascii():
        return host
    try:
        mapped = idna.uts46_remap(host, std3_rules=False, transitional=False)
        labels = [
            label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")
            for label in mapped.split(".")
        ]
    except UnicodeError:
        return None
    name = ".".join(labels).lower()
    return name if is_name(name) else None


def is_ip(host: str) -> bool:
    """Whether a canonical host is an IP address: dotted IPv4, or IPv6 in brackets."""
    if not host or (host[0] != "[" and not host[-1].isdigit()):
        return False
    try:
        if host[0] == "[":
            return host[-1] == "]" and bool(ipaddress.IPv6Address(host[1:-1]).compressed)
        return bool(ipaddress.IPv4Address(host).compressed)
    except ValueError:
        return False


def is_name(host: str) -> bool:
    """Whether a canonical host can be a domain name of two labels or more.

    Lengths by RFC 1035, characters by the WHATWG URL standard. An underscore is let through (such hosts
    exist); a last label of digits is not (it is a broken IPv4 address).
    """
    return len(host) <= _MAX_NAME and _NAME.fullmatch(host) is not None


def in_own_script(host: str) -> str:
    """A canonical host with its A-labels in the letters they stand for; as it is where IDNA 2008 cannot show them."""
    if "xn--" not in host:
        return host
    try:
        return idna.decode(host)
    except (idna.IDNAError, UnicodeError):
        return host
