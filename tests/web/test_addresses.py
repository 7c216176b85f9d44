"""Only public addresses are let through, in whatever form a private one is written."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.web.addresses import Guard, is_public

PRIVATE = """
    0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.255 127.0.0.1 127.255.255.254
    168.63.129.16 169.254.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1
    192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
    :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:8.8.8.8 64:ff9b::8.8.8.8 64:ff9b::7f00:1 64:ff9b:1::a00:1 100::1
    2001::1 2001:0:7f00:1:: 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:808:808:: 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1
    fe80::1%eth0 fec0::1 ff02::1 ff0e::1 2600::5efe:127.0.0.1 2600::200:5efe:10.0.0.1 2600::1%eth0
""".split()
PUBLIC = """
    1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 168.63.129.17 169.253.255.255
    172.15.255.255 172.32.0.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255
    2001:200::1 2001:4860:4860::8888 2600:: 2a00:1450:4001::1 2003::1 3ffe::1
""".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public_is_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public_is_let_through(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "text", ["", "localhost", "127.1", "0x7f.0.0.1", "2130706433", "010.0.0.1", "1.1.1.1 ", "[::1]"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    assert not is_public(text)


@given(st.ip_addresses())
def test_nothing_passes_that_python_holds_private(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    """The standard library's own classification, which is another reading of the same registries."""
    if is_public(str(address)):
        assert address.is_global
        assert not (
            address.is_private or address.is_loopback or address.is_link_local or address.is_multicast
        )
        assert not (address.is_reserved or address.is_unspecified)


@given(st.ip_addresses(v=4))
def test_no_ipv4_address_hides_in_ipv6(inner: ipaddress.IPv4Address) -> None:
    number = int(inner)
    for start, shift in (
        ("::", 0),
        ("::ffff:0:0", 0),
        ("64:ff9b::", 0),
        ("2002::", 80),
        ("2001::", 64),
        ("2600::5efe:0:0", 0),
    ):
        assert not is_public(str(ipaddress.IPv6Address(int(ipaddress.IPv6Address(start)) | number << shift)))


def test_a_test_may_permit_loopback_and_nothing_else_comes_with_it() -> None:
    guard = Guard(permitted=(ipaddress.ip_network("127.0.0.0/8"),))
    assert guard.allows("127.0.0.1")
    assert guard.allows("1.1.1.1")
    for address in ("10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "nonsense"):
        assert not guard.allows(address)
