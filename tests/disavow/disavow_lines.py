"""Disavow files made by chance: few hosts and pages, so that lines repeat, cover and contradict each other."""

from __future__ import annotations

from hypothesis import strategies as st

from detector.disavow.parsing import DisavowFile
from detector.disavow.rules import Rule, RuleSet
from detector.guards import Guards
from detector.links.domains import Domains

DOMAINS = Domains.default()
GUARDS = Guards(DOMAINS, site="my-site.example", whitelist=["friend.example"])

HOSTS = ("spam.example", "www.spam.example", "a.b.spam.example", "farm.test", "b.farm.test", "192.0.2.7", "xn--bcher-kva.example")  # fmt: skip
GUARDED = ("blogspot.com", "org.br", "friend.example", "my-site.example", "google.com")
PATHS = ("/", "/a", "/a/", "/a?b=1", "/A", "/b%c3%bc")

hosts = st.sampled_from(HOSTS)
guarded = st.sampled_from(GUARDED)
pages = st.builds(
    lambda scheme, host, path: f"{scheme}://{host}{path}",
    st.sampled_from(("http", "https")),
    hosts,
    st.sampled_from(PATHS),
)
comments = st.sampled_from(
    (
        "# bought in 2014", "#   asked twice", "# ---", "# domain:spam.example", "#", "# from made.txt",
        "# held back (platform): domain:blogspot.com", "# (already listed: domain:spam.example)", "# pruned: domain:farm.test",
    )
)  # fmt: skip
plain_lines = st.one_of(
    hosts.map("domain:{}".format), hosts.map("domain:{}".format), guarded.map("domain:{}".format), pages, comments, st.just("")
)  # fmt: skip
odd_lines = st.one_of(
    hosts.map("domain: {}".format),
    hosts.map(lambda host: f"DOMAIN:{host.upper()}"),
    guarded.map("domain: {}".format),
    hosts.map("*.{}".format),
    hosts,
    hosts.map("domain:{}/path".format),
    pages.map("  {}\t".format),
    pages.map("{}#part".format),
    st.just("domain:bücher.example"),
    st.just("two words"),
    st.text(max_size=20),
)
files = st.lists(st.one_of(plain_lines, plain_lines, odd_lines), max_size=25).map(
    lambda lines: DisavowFile.parse("\n".join(lines).encode("utf-8", "replace"), "made.txt")
)

#: Everything that a question can be asked about: hosts, and pages of them.
QUESTIONS = (
    *(f"{scheme}://{host}{path}" for scheme in ("http", "https") for host in (*HOSTS, *GUARDED) for path in PATHS),
    "https://below.spam.example/x",
    "http://www.farm.test/",
    "https://tenant.blogspot.com/",
)  # fmt: skip


def covered(rules: RuleSet) -> set[str]:
    """The questions that a set of rules covers."""
    return {url for url in QUESTIONS if rules.covers_url(url)}


def allowed(*made: DisavowFile) -> RuleSet:
    """The rules that the files mean and no guard forbids."""
    return RuleSet(rule for file in made for rule in file.rules if GUARDS.reason(rule.value) is None)


def disavow(text: str, name: str = "made.txt") -> DisavowFile:
    """A file of a text."""
    return DisavowFile.parse(text.encode(), name)


def texts(rules: tuple[Rule, ...]) -> list[str]:
    """Rules as lines."""
    return [rule.text for rule in rules]
