"""Which IP addresses may be connected to: public ones. Everything else is refused, whatever named it.

Sources: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890), as of 2026-10; RFC 4291 (of IPv6
only 2000::/3 is global unicast). An IPv6 address that carries an IPv4 address (mapped, compatible, 6to4, NAT64,
Teredo, ISATAP) is refused as it stands: a public host has no need of it, and a private one could hide in it.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_REFUSED_V4: Final = tuple(
    ipaddress.IPv4Network(text)
    for text in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by carriers (CGNAT); also Alibaba's metadata, 100.100.100.200
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # Azure's platform address: public by the registry, inside by its use
        "169.254.0.0/16",  # link-local; metadata of most clouds, 169.254.169.254
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments; Oracle's metadata, 192.0.0.192
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
_GLOBAL_V6: Final = ipaddress.IPv6Network("2000::/3")
_REFUSED_V6: Final = tuple(
    ipaddress.IPv6Network(text)
    for text in (
        "2001::/23",  # protocol assignments, Teredo (2001::/32) among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)
#: Interface identifiers of ISATAP (RFC 5214): the lower 64 bits begin so, an IPv4 address follows.
_ISATAP: Final = frozenset({0x00005EFE, 0x02005EFE})

#: A name that always is: of one of the servers that all names are found by.
STANDING_NAME: Final = "a.root-servers.net"

#: Name, port -> addresses. Raises ``socket.gaierror`` as ``socket.getaddrinfo`` does.
Resolver = Callable[[str, int], list[str]]


def is_public(text: str) -> bool:
    """Whether an address, as a resolver gives it, is a host of the public internet."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:  # no address, or one with a zone
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _REFUSED_V4)
    if address.scope_id or address not in _GLOBAL_V6 or (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        return False
    return not any(address in network for network in _REFUSED_V6)


def look_up(name: str, port: int) -> list[str]:
    """The addresses of a name by the system's resolver, in its order of preference."""
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class Guard:
    """Resolves names, and lets only public addresses through.

    Attributes:
        resolver: gives the addresses of a name; asked once for each connection, so that what is checked is what is connected to.
        permitted: networks let through besides the public ones: tests name loopback here, nobody else does.
    """

    resolver: Resolver = look_up
    permitted: tuple[Network, ...] = field(default=())

    def allows(self, address: str) -> bool:
        """Whether an address may be connected to."""
        return is_public(address) or (bool(self.permitted) and _within(address, self.permitted))

    def addresses(self, name: str, port: int) -> list[str]:
        """The addresses of a name that may be connected to; empty where it has none but others.

        Raises:
            socket.gaierror: the name has no address.
        """
        found = [name] if _is_address(name) else self.resolver(name, port)
        return [address for address in found if self.allows(address)]

    def knows_names(self) -> bool:
        """Whether names are looked up at all at the moment: without a network some systems say of every name that there is none."""
        try:
            return bool(self.resolver(STANDING_NAME, 443))
        except OSError:
            return False


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _within(text: str, networks: Iterable[Network]) -> bool:
    return _is_address(text) and any(ipaddress.ip_address(text) in network for network in networks)
