"""Formats of lists that disavow files are converted to and from: data only.

Sources: Matomo's referrer-spam-list (``domains``); hosts(5); AdGuard's "Hosts blocklists" (``adblock``);
dnsmasq(8); the files of referrer-spam-blocker (``nginx``, ``apache``). What Ahrefs, Semrush, SEO SpyGlass and
LinkResearchTools call their disavow export is Google's own format (``disavow``). Bing's tool is gone since
October 2023, and what its export looked like could not be confirmed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from detector.disavow.rules import DOMAIN, URL
from detector.errors import UsageError


@dataclass(frozen=True)
class ListFormat:
    """What a list looks like.

    Attributes:
        what: in words.
        entry: what a line with an entry looks like: its group is ``hosts`` (names, separated by blanks or
            slashes), ``url``, or ``pattern`` (a regular expression in which a host is looked for).
        written: the line for a domain, or for a page, with ``{value}`` or ``{pattern}`` in it.
        kinds: kinds of rules that it can say.
        comment: how a comment begins.
        aside: lines that are neither entries nor comments and belong to the format.
        opening, closing: lines around the entries.
        addresses: whether it can name an IP address.
        read_note, written_note: what is lost on the way; empty: nothing.
    """

    what: str
    entry: str
    written: str
    kinds: tuple[str, ...] = (DOMAIN,)
    comment: str = "#"
    aside: str = r"(?!)"
    opening: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    addresses: bool = True
    read_note: str = ""
    written_note: str = ""


_BLOCKED = r"(?:0\.0\.0\.0|127\.0\.0\.1|::1?)"
_NAMES = r"(?P<hosts>[^\s/:=|^\"]+|\[[0-9a-fA-F:.]+\])"
_MATCHED_ANYWHERE = "Where such a list matches a text anywhere in the referrer, a domain: line covers that host and what lies below."

#: Name -> format. ``disavow`` and ``csv`` have readers of their own.
FORMATS: Final[dict[str, ListFormat]] = {
    "disavow": ListFormat("Google's format, also that of other tools' disavow exports", "", "", (DOMAIN, URL)),
    "domains": ListFormat("one host a line (Matomo's referrer-spam-list)", _NAMES, "{value}"),
    "urls": ListFormat("one URL a line", r"(?P<url>https?://\S+)", "{value}", (URL,)),
    "csv": ListFormat("a table with the columns kind, value, line, comment", "", "", (DOMAIN, URL)),
    "hosts": ListFormat(
        "a hosts file (0.0.0.0 spam.example)",
        rf"{_BLOCKED}\s+(?P<hosts>[^\s#]+(?:\s+[^\s#]+)*)",
        "0.0.0.0 {value}",
        # The names of the machine itself, which open every hosts file.
        aside=r"\S+\s+(?:localhost|localhost\.\S+|local|broadcasthost|ip6-\S+|0\.0\.0\.0)",
        addresses=False,
        read_note="A hosts file names single hosts; a domain: line covers what lies below as well.",
        written_note="A hosts file blocks the hosts that it names, not what lies below them.",
    ),
    "adblock": ListFormat(
        "filter lists of AdGuard, uBlock Origin and Adblock Plus (||spam.example^)",
        r"\|\|(?P<hosts>[^\s/^$|*]+)\^(?:\$(?:all|doc|document|important|popup|third-party|3p)(?:,[\w-]+)*)?",
        "||{value}^",
        comment="!",
        aside=r"\[Adblock[^\]]*\]|#(?![#@?$%]).*",
    ),
    "dnsmasq": ListFormat(
        "dnsmasq (address=/spam.example/0.0.0.0)",
        rf"(?:address=/(?P<hosts>[^\s]+?)/(?:{_BLOCKED}|#)?|(?:local|server)=/(?P<hosts2>[^\s]+?)/)",
        "address=/{value}/0.0.0.0",
        addresses=False,
    ),
    "nginx": ListFormat(
        "a map of referrers for nginx",
        r"(?:\.(?P<hosts>[^\s\";]+)|\"~\*?(?P<pattern>[^\"]+)\")\s+1;",
        "\t.{value} 1;",
        aside=r"map\s.*\{|\}|hostnames;|default\s.*;|\"~\^\(\?:https\?://\)\?\(\[\^/:?\]\+\)\"\s+\$1;",
        opening=(
            "map $http_referer $http_referer_host {",
            '\t"~^(?:https?://)?([^/:]+)" $1;',
            "}",
            "map $http_referer_host $bad_referer {",
            "\thostnames;",
            "\tdefault 0;",
        ),
        closing=("}",),
        addresses=False,
        read_note=_MATCHED_ANYWHERE,
    ),
    "apache": ListFormat(
        "a list of referrers for Apache's mod_setenvif or mod_rewrite",
        r"(?:SetEnvIfNoCase\s+Referer\s+\"?(?P<pattern>[^\s\"]+)\"?\s+\S+"
        r"|RewriteCond\s+%\{HTTP_REFERER\}\s+(?P<pattern2>\S+)\s+\[[\w,]+\])",
        'SetEnvIfNoCase Referer "^https?://([^/]+\\.)?{pattern}([:/]|$)" spambot=yes',
        aside=r"</?(?:IfModule|RequireAll)\b.*>|(?:RewriteEngine|RewriteRule|Order|Allow|Deny|Require)\b.*",
        read_note=_MATCHED_ANYWHERE,
    ),
}  # fmt: skip


def format_of(name: str) -> ListFormat:
    """The format of a name.

    Raises:
        UsageError: there is none.
    """
    if name not in FORMATS:
        raise UsageError(f"{name}: there is no such format; there are {', '.join(FORMATS)}")
    return FORMATS[name]
