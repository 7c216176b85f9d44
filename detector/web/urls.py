"""The spelling of a URL in which it is asked for, and remembered."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from detector.links import hostnames

LONGEST: Final = 8000  # characters; RFC 9110, section 4.1: what every server should take

_URL: Final = re.compile(r"(https?):[/\\]{2,}([^/\\?#]*)([^?#]*)(\?[^#]*)?(?:#.*)?", re.IGNORECASE | re.ASCII)
_DROPPED: Final = re.compile(r"[\t\r\n]")  # by the WHATWG URL standard
_LETTERS: Final = re.compile(hostnames.PLAIN)
_PLACE: Final = re.compile(r"(?:\[[^\]]*\]|[^:\[\]]+)(?::([0-9]{0,5}))?")
_DEFAULT_PORT: Final = {"http": 80, "https": 443}
#: RFC 3986: what may stand unquoted in a path or query; what is quoted already stays.
_UNQUOTED: Final = "!#$%&'()*+,/:;=?@[]~"
_LONE_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")

#: Ports from 1024 up that other services than the web listen on (Fetch standard, "bad port").
_OTHER_SERVICES: Final = frozenset(
    (1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, *range(6665, 6670), 6679, 6697, 10080)
)


def fetchable(text: str) -> str | None:
    """The one spelling of an http or https URL: host in A-labels, no user, no fragment, no default port.

    None where the text is no such URL, its host is neither a name nor an IP address, or its port is one of
    another service (below 1024 only 80 and 443 are asked).
    """
    found = _URL.fullmatch(_DROPPED.sub("", hostnames.stripped(text)))
    if not found:
        return None
    scheme, authority, path, query = found[1].lower(), found[2], found[3], found[4] or ""
    host = hostnames.of_authority(authority)
    name = host and hostnames.ascii_name(host)
    port = _port(authority.rpartition("@")[2], scheme)
    if not name or not port:
        return None
    if not (hostnames.is_name(name) and _LETTERS.fullmatch(name)) and not hostnames.is_ip(name):
        return None
    place = name if port == _DEFAULT_PORT[scheme] else f"{name}:{port}"
    url = f"{scheme}://{place}{_quoted(path.replace(chr(92), '/')) or '/'}{_quoted(query)}"
    return url if len(url) <= LONGEST else None


def _port(place: str, scheme: str) -> int | None:
    found = _PLACE.fullmatch(place)
    if not found:
        return None
    port = int(found[1] or _DEFAULT_PORT[scheme])
    if port in (80, 443) or (1024 <= port <= 65535 and port not in _OTHER_SERVICES):
        return port
    return None


def _quoted(text: str) -> str:
    return quote(_LONE_PERCENT.sub("%25", text), safe=_UNQUOTED, errors="replace")


def origin_of(url: str) -> str:
    """Scheme, host and port of a URL in its one spelling: ``https://a.example``."""
    return "/".join(url.split("/", 3)[:3])


def host_of(url: str) -> str:
    """Host of a URL in its one spelling."""
    place = url.split("/", 3)[2]
    return place.partition("]")[0] + "]" if place.startswith("[") else place.partition(":")[0]


def belongs_to(url: str, site: str) -> bool:
    """Whether a URL in its one spelling lies on a site: a domain with its subdomains, or a tenant ``host/path``."""
    domain, _, path = site.partition("/")
    host = host_of(url)
    if host != domain and not host.endswith("." + domain):
        return False
    below = url.split("/", 3)[3] if path else ""
    return below == path or below.startswith((path + "/", path + "?")) if path else True
