"""What is odd about a host that stands in a well-formed rule: codes of ``faults``, worked out once per host."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

import polars as pl

from detector.links import hostnames
from detector.links.domains import PLATFORM, PUBLIC_SUFFIX, TENANT_HOST, Domains

#: Top-level names kept for examples (RFC 2606, RFC 6761), and domains likewise.
_EXAMPLE_TOPS: Final = frozenset({"example", "test", "invalid"})
_EXAMPLE_DOMAINS: Final = frozenset({"example.com", "example.net", "example.org", "example.edu"})
#: Names of hosts in templates and manuals.
_TEMPLATE = re.compile(
    r"(?:example|exemple|ejemplo|esempio|beispiel|(?:your|my|some|another)-?(?:site|domain|website)"
    r"|(?:spam|spammy|bad|toxic|malicious|unwanted|shady)-?(?:site|domain|website|link|blog)s?"
    r"|domain-?to-?(?:be-?)?disavow(?:ed)?)[-_]?(?:[0-9]{1,2}|[a-d]|one|two|three)?"
)
#: Names that only a local network knows (RFC 6761, RFC 6762, RFC 8375, ICANN's .internal; and usual ones).
_LOCAL_TOPS: Final = frozenset(
    {"localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "private"}
)
_TEST_NETS: Final = tuple(map(ipaddress.ip_network, ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")))
#: Letters of the Latin alphabet beyond ASCII that pass for ASCII ones.
_LATIN_IMITATIONS: Final = frozenset("ĸıɡɑɩɪʟɴʀꜱʏᴀᴄᴅᴇᴋᴍᴏᴘᴛᴜᴠᴡᴢⅼ")
#: Cyrillic and Greek letters that pass for Latin ones.
_IMITATIONS: Final = frozenset("аеорсухіјѕԁһԛԝӏνοαρτυικχ")
_IMITATING: Final = frozenset({"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC"})


def of_host(host: str, domains: Domains, *, whole: bool) -> list[str]:
    """Codes of what is odd about a canonical host in ASCII.

    Args:
        host: the host of a rule.
        domains: hosts and suffixes.
        whole: the rule is about the host and all below it, not about one page.
    """
    if hostnames.is_ip(host):
        return list(_of_address(host, whole=whole))
    registrable, suffix, kind = domains.describe_one(host)
    codes = []
    if not domains.has_known_top(host):
        top = host.rpartition(".")[2]
        if top in _EXAMPLE_TOPS:
            return ["placeholder"]
        if top in _LOCAL_TOPS:
            return ["private_host"]
        codes.append("unknown_suffix")
    if whole and kind == TENANT_HOST and registrable != host:
        codes.append("unlisted_tenant")
    if _is_template(registrable or host, suffix or ""):
        codes.append("placeholder")
    if "_" in host:
        codes.append("underscore")
    if "xn--" in host and is_look_alike(host):
        codes.append("look_alike")
    if (
        whole
        and host.startswith("www.")
        and domains.describe_one(host[4:])[2] not in (PUBLIC_SUFFIX, PLATFORM)
    ):
        codes.append("www_only")
    return codes


def may_be_odd(hosts: pl.Series) -> pl.Series:
    """Of which hosts, ordinary names, something may be odd: Boolean; worked out natively, and on the safe side."""
    return hosts.str.contains(rf"_|xn--|^www\.|(?:^|\.)(?:{_TEMPLATE.pattern})\.[^.]*$")


def _of_address(host: str, *, whole: bool) -> Iterator[str]:
    address = ipaddress.ip_address(host.strip("[]"))
    if isinstance(address, ipaddress.IPv4Address) and any(address in net for net in _TEST_NETS):
        yield "placeholder"
    elif not address.is_global:
        yield "private_host"
    elif whole:
        yield "ip_address"


def _is_template(registrable: str, suffix: str) -> bool:
    return registrable in _EXAMPLE_DOMAINS or bool(
        _TEMPLATE.fullmatch(registrable.removesuffix(f".{suffix}"))
    )


def is_look_alike(host: str) -> bool:
    """Whether a label of a host in A-labels mixes alphabets, or imitates Latin letters with others."""
    *labels, top = [_shown(label) for label in host.split(".")]
    return any(_imitates(label, latin_top=top.isascii()) for label in labels)


def _imitates(label: str, *, latin_top: bool) -> bool:
    letters = [letter for letter in label if not letter.isascii() and letter.isalpha()]
    if not letters:
        return False
    alphabets = {unicodedata.name(letter, "?").split()[0] for letter in letters}
    has_latin = any(letter.isascii() and letter.isalpha() for letter in label) or "LATIN" in alphabets
    return (
        not _LATIN_IMITATIONS.isdisjoint(letters)
        or (has_latin and not _IMITATING.isdisjoint(alphabets))
        or (latin_top and not has_latin and _IMITATIONS.issuperset(letters))
    )


def _shown(label: str) -> str:
    """A label in Unicode; itself where it is no A-label."""
    try:
        return label[4:].encode("ascii").decode("punycode") if label.startswith("xn--") else label
    except UnicodeError:
        return label
