"""The fewest lines: against every choice there is, on small forests."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from detector.disavow.cover import cover
from detector.disavow.rules import DOMAIN, URL, Rule, RuleSet

TOP = "top.example"
HOST = st.sampled_from(
    [
        TOP,
        f"a.{TOP}",
        f"b.{TOP}",
        f"x.a.{TOP}",
        f"y.a.{TOP}",
        f"z.x.a.{TOP}",
        "other.example",
        "c.other.example",
    ]
)
WANT = st.one_of(
    st.builds(lambda host, n: Rule(URL, f"https://{host}/{n}"), HOST, st.integers(1, 2)),
    st.builds(lambda host: Rule(DOMAIN, host), HOST),
)


def top_of(rule: Rule) -> str:
    return "other.example" if "other.example" in rule.value else TOP


def fewest(wants: list[Rule], kept: set[str], forbidden: set[str]) -> int:
    """The fewest permitted lines that cover every want that can be covered, by trying them all."""
    hosts = {
        TOP,
        f"a.{TOP}",
        f"b.{TOP}",
        f"x.a.{TOP}",
        f"y.a.{TOP}",
        f"z.x.a.{TOP}",
        "other.example",
        "c.other.example",
    }
    permitted = [
        Rule(DOMAIN, host)
        for host in sorted(hosts - forbidden)
        if not any(RuleSet([Rule(DOMAIN, host)]).covers_host(one) for one in kept)
    ]
    points = [want for want in wants if want.kind == URL or want in permitted]
    candidates = [*permitted, *(want for want in wants if want.kind == URL)]
    for count in range(len(points) + 1):
        for lines in itertools.combinations(candidates, count):
            if all(RuleSet(lines).covers(point) for point in points):
                return count
    raise AssertionError


@settings(max_examples=300)
@given(st.sets(WANT, max_size=7), st.sets(HOST, max_size=2), st.sets(HOST, max_size=2))
def test_no_choice_of_lines_is_smaller(wants: set[Rule], kept: set[str], forbidden: set[str]) -> None:
    asked = sorted(wants)
    found = cover(asked, [top_of(want) for want in asked], kept, lambda host: host not in forbidden)
    lines = RuleSet(found.lines)
    assert len(found.lines) == fewest(asked, kept, forbidden)
    assert not any(lines.covers_host(host) for host in kept)
    assert not any(line.kind == DOMAIN and line.value in forbidden for line in found.lines)
    placed = [place for places in found.lines.values() for place in places]
    assert sorted([*placed, *found.unmet]) == list(range(len(asked)))
    for line, places in found.lines.items():
        assert all(RuleSet([line]).covers(asked[place]) for place in places)
        # The narrower of equals: a host that nobody judged stands only where it saves lines.
        assert line.kind == URL or line in wants or len(places) > 1
    for place in found.unmet:
        want = asked[place]
        assert want.kind == DOMAIN
        below = RuleSet([want])
        assert want.value in forbidden or any(below.covers_host(host) for host in kept)


def test_the_narrowest_host_that_saves_the_lines_is_taken() -> None:
    pages = [Rule(URL, f"https://z.x.a.{TOP}/{n}") for n in range(9)]
    found = cover(pages, [TOP] * 9, [TOP], lambda host: True)
    assert list(found.lines) == [Rule(DOMAIN, f"z.x.a.{TOP}")]


def test_a_host_between_two_without_links_of_its_own_is_a_candidate() -> None:
    pages = [Rule(URL, f"https://{label}.wild.{TOP}/") for label in "abc"]
    found = cover(pages, [TOP] * 3, [TOP], lambda host: True)
    assert list(found.lines) == [Rule(DOMAIN, f"wild.{TOP}")]


def test_addresses_have_no_host_above() -> None:
    wants = [
        Rule(DOMAIN, "192.0.2.7"),
        Rule(URL, "http://[2001:db8::1]/a"),
        Rule(URL, "http://[2001:db8::1]/b"),
    ]
    found = cover(wants, ["192.0.2.7", "[2001:db8::1]", "[2001:db8::1]"], [], lambda host: host[0] != "[")
    assert sorted(found.lines) == sorted(wants)


def test_a_host_of_many_labels_takes_no_long_time() -> None:
    wants = [Rule(URL, f"https://{n}.{'a.' * 100}{TOP}/") for n in range(2_000)]
    found = cover(wants, [TOP] * len(wants), [TOP], lambda host: True)
    assert len(found.lines) == 1
