"""Disavow files with every fault, generated: by hypothesis, and by a seeded draw for the fuzzer."""

from __future__ import annotations

import random

from hypothesis import strategies as st

#: Hosts that lie above, below and beside each other, among them some that guards forbid.
HOSTS = (
    "spam.example", "a.spam.example", "www.spam.example", "b.a.spam.example", "casino.test", "x.casino.test",
    "blogspot.com", "tenant.blogspot.com", "org.br", "site.org.br", "google.com", "nytimes.com", "own-site.test",
    "shop.own-site.test", "kept.test", "xyz", "com", "192.0.2.7", "10.0.0.1", "bücher.example",
    "xn--bcher-kva.example", "straße.test", "сайт.test", "under_score.casino.test", "localhost", "example.com",
)  # fmt: skip
PATHS = ("", "/", "/a", "/a/", "/a?b=c", "/a#f", "/b\u00f6se", "/*", "/%7Ea", "/a,", "/a b")
SITE, OWN, WHITELIST = "own-site.test", ("other-own.test",), ("kept.test",)

#: How people write an entry: ``{h}`` a host, ``{H}`` the same with capitals, ``{p}`` a path.
SHAPES = (
    "domain:{h}", "domain:{h}", "domain:{h}", "domain:{h}", "domain: {h}", "domain :{h}", "domain:\t{h}",
    "DOMAIN:{h}", "Domain: {H}", "domain:{H}", "domain:{h}.", "domain:http://{h}", "domain:HTTPS://{H}",
    "domain:https://{h}{p}", "domain:{h}{p}", "domain:*.{h}", "domain:{h} # why", "domain:{h}# why",
    "domain:{h} bought links", "domain:{h}:8080", "domain:me@{h}", "domain:me:word@{h}", "domain:{h},", '"domain:{h}"',
    "domain:{h}domain:{h}", "domain:{h} domain:{h}", "- domain:{h}", "1. domain:{h}", "domain={h}", "domian:{h}",
    "domain\uff1a{h}", "{h}", "{h}{p}", "www.{h}", "*.{h}", "http://{h}{p}", "https://{h}{p}", "HTTP://{H}{p}",
    "http://{h}:80{p}", "https://{h}:8443{p}", "http://me@{h}{p}", "htp://{h}{p}", "ftp://{h}{p}", "mailto:a@{h}",
    "{h},12,34", "# {h}", "# domain:{h}", "  # {h}", "// {h}", "", "   ", "\t", "domain:", "domain", "Links we do not want",
    " domain:{h}", "domain:{h}\t", "\ufeffdomain:{h}", "\ufeff# {h}", "domain:{h}\u200b", "\u00a0domain:{h}", "domain:\u00ad{h}",
    "domain:{h}\x08", "domain:cheap seo links", "<p>{h}</p>", "{{\"host\": \"{h}\"}}", "domain:[2001:db8::1]", "http://{h}/" + "a" * 2050,
)  # fmt: skip
ENDS = ("\n", "\n", "\n", "\r\n", "\r", "\r\r\n")


def entry(shape: str, host: str, path: str) -> str:
    return shape.format(h=host, H=host.title(), p=path)


def encoded(lines: list[tuple[str, str]], encoding: str, *, ended: bool) -> bytes:
    """Lines and their ends as bytes; in a code page, what it cannot hold becomes a question mark."""
    text = "".join(line + end for line, end in lines)
    if not ended:
        text = text.rstrip("\r\n")
    return text.encode(encoding, "replace")


_LINES = st.tuples(
    st.builds(entry, st.sampled_from(SHAPES), st.sampled_from(HOSTS), st.sampled_from(PATHS)),
    st.sampled_from(ENDS),
)
_ENCODINGS = st.sampled_from(["utf-8"] * 6 + ["utf-8-sig", "utf-16", "utf-16-le", "cp1252", "cp1251"])

#: Bytes of files with every fault; half of them with one sort of line end.
FILES = st.builds(
    encoded,
    st.one_of(
        st.lists(_LINES, max_size=14),
        st.lists(_LINES, max_size=14).map(lambda lines: [(line, "\n") for line, _ in lines]),
    ),
    _ENCODINGS,
    ended=st.booleans(),
)


def drawn(draw: random.Random) -> bytes:
    """The same, by a seeded draw."""
    ends = draw.choice([("\n",), ("\r\n",), ENDS])
    lines = [
        (entry(draw.choice(SHAPES), draw.choice(HOSTS), draw.choice(PATHS)), draw.choice(ends))
        for _ in range(draw.randrange(30))
    ]
    encoding = draw.choice(["utf-8"] * 6 + ["utf-8-sig", "utf-16", "cp1252"])
    return encoded(lines, encoding, ended=draw.random() < 0.8)


def mutated(data: bytes, draw: random.Random) -> bytes:
    """A file with a few things done to it: bytes and lines changed, lost, doubled, moved; parts cut off."""
    for _ in range(draw.randrange(1, 6)):
        at, to = sorted((draw.randrange(len(data) + 1), draw.randrange(len(data) + 1)))
        near = min(to, at + draw.randrange(1, 40))
        match draw.randrange(9):
            case 0:
                data = data[:at] + draw.randbytes(draw.randrange(1, 4)) + data[near:]
            case 1:
                data = data[:at] + data[near:]
            case 2:
                data = data[:near] + data[at:]
            case 3:
                data = data[:at] + draw.choice(_PIECES) + data[at:]
            case 4:
                lines = data.splitlines(keepends=True)
                draw.shuffle(lines)
                data = b"".join(lines)
            case 5:
                data = data.replace(
                    b"\n", draw.choice([b"\r\n", b"\r", b"\n\n", b"\x85", b"\x0b"]), draw.randrange(1, 9)
                )
            case 6:
                data = data[:at] + data[at:near].swapcase() + data[near:]
            case 7:
                data = data[:to]
            case _:
                lines = data.splitlines(keepends=True) or [b""]
                data += draw.choice(lines) * draw.randrange(1, 3)
    return data


_PIECES = (
    b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\xe9", b"\r", b"\r\r\n", b"domain:", b"DOMAIN: ", b"http://", b"# ", b"*", b"/", b":",
    b"\t", "\u200b".encode(), "\u2028".encode(), "\u3002".encode(), "ß".encode(), b"xn--", b".", b"..", b"@", b"%", b'"', b"x" * 70,
    b"domain: blogspot.com\n", b"domain:spam.example\r", b"http://spam.example/a\n",
)  # fmt: skip
