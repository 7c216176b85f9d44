"""Pruning: what is proposed and why; what goes is what is named, and never more is covered than before."""

from __future__ import annotations

import itertools
from pathlib import Path

import polars as pl
import pytest
from disavow_lines import DOMAINS, QUESTIONS, covered, disavow, files
from hypothesis import given
from hypothesis import strategies as st

from detector.disavow.known import KNOWN_LINK, VERDICT, KnownLinks
from detector.disavow.parsing import DisavowFile
from detector.disavow.pruning import CAUTIONS, Candidate, Pruning, propose, pruned
from detector.disavow.rules import Limits, RuleSet
from detector.errors import InputError
from detector.guards import Guards
from detector.links import hostnames
from detector.links.schema import LINK_SCHEMA

GUARDS = Guards(DOMAINS)
Row = tuple[str | None, str, bool | None, bool | None]


def known(*rows: Row, verdicts: dict[str, str] | None = None, tier: str = "rich") -> KnownLinks:
    """Links of (page or None, host, followed, live), and verdicts of their referring domains."""
    units = [DOMAINS.referring_domain(url or host) for url, host, _, _ in rows]
    links = pl.LazyFrame(
        [
            (url, host, unit, followed, live)
            for (url, host, followed, live), unit in zip(rows, units, strict=True)
        ],
        KNOWN_LINK,
        orient="row",
    )
    records = pl.LazyFrame(
        {
            **{name: [None] * len(rows) for name in LINK_SCHEMA},
            "record_type": ["link" if url else "domain" for url, *_ in rows],
            "source_url": [url for url, *_ in rows],
            "source_host": [host for _, host, *_ in rows],
            "referring_domain": units,
            "rel_nofollow": [None if followed is None else not followed for *_, followed, _ in rows],
            "lost": [None if live is None else not live for *_, live in rows],
        },
        LINK_SCHEMA,
    )
    table = [
        (unit, word, "link farm", 0.97 if word == "disavow" else 0.1, "many", tier)
        for unit, word in (verdicts or {}).items()
    ]
    schema = dict.fromkeys(VERDICT, pl.String()) | {"probability": pl.Float64()}
    return KnownLinks(links, records, pl.DataFrame(table, schema, orient="row") if verdicts else None)


def page(url: str, followed: bool | None = True, live: bool | None = True) -> Row:
    return url, hostnames.of_text(url) or "", followed, live


def found(pruning: Pruning) -> dict[str, list[str]]:
    return {
        one.rule.text: ["+".join(finding.codes) for finding in one.findings] for one in pruning.candidates
    }


def test_what_does_nothing() -> None:
    file = disavow(
        "domain:unmatched.example\ndomain:alive.example\ndomain:nofollow.example\ndomain:dead.example\n"
        "domain:mixed.example\ndomain:untold.example\nhttp://page.example/a\nhttp://page.example/b\n"
        "domain: unmatched-dead-line.example\ndomain:partly.example\n"
    )
    links = known(
        page("http://alive.example/1", followed=False),
        page("http://alive.example/2"),
        page("http://nofollow.example/1", followed=False),
        page("http://sub.nofollow.example/2", followed=False),
        page("http://dead.example/1", live=False),
        page("http://mixed.example/1", live=False),
        page("http://mixed.example/2", followed=False),
        page("http://untold.example/1", followed=None, live=None),
        page("http://page.example/b"),
        page("http://partly.example/1", followed=False),
        page("http://partly.example/2", followed=None),
    )
    result = propose(file, links, GUARDS)
    assert found(result) == {
        "domain:unmatched.example": ["unmatched"],
        "domain:nofollow.example": ["nofollow"],
        "domain:dead.example": ["dead"],
        "domain:mixed.example": ["nofollow+dead"],
        "http://page.example/a": ["unmatched"],
    }
    assert [one.line for one in result.candidates] == [1, 3, 4, 5, 7]
    assert (result.links, result.referring_domains, result.with_verdicts) == (11, 7, False)
    assert result.candidates[1].findings[0].why == "all its 2 known links are nofollow, ugc or sponsored"
    assert result.candidates[2].findings[0].why == "its only known link is gone"


@pytest.mark.parametrize(
    "line", ["domain:named.example", "domain:sub.named.example", "http://named.example/a"]
)
def test_a_line_whose_domain_is_known_by_name_is_not_called_unmatched(line: str) -> None:
    links = known((None, "named.example", None, None), page("http://other.example/"))
    assert found(propose(disavow(f"{line}\n"), links, GUARDS)) == {}
    assert found(propose(disavow("http://else.example/a\n"), links, GUARDS)) == {"http://else.example/a": ["unmatched"]}  # fmt: skip


def test_nested_rules_each_count_their_own_links() -> None:
    file = disavow("domain:spam.example\ndomain:a.spam.example\ndomain:b.spam.example\n")
    links = known(page("http://a.spam.example/", followed=False), page("http://spam.example/"))
    assert found(propose(file, links, GUARDS)) == {
        "domain:a.spam.example": ["nofollow"],
        "domain:b.spam.example": ["unmatched"],
    }


def test_platforms_and_suffixes_overblock_without_any_verdict() -> None:
    file = disavow(
        "domain:blogspot.com\ndomain:org.br\ndomain:google.com\ndomain:x.blogspot.com\nhttps://blogspot.com/\n"
    )
    links = known(page("https://x.blogspot.com/"), page("http://a.org.br/"), page("https://google.com/x"))
    result = propose(file, links, GUARDS)
    assert found(result) == {
        "domain:blogspot.com": ["overblocking"],
        "domain:org.br": ["overblocking"],
        "domain:google.com": ["overblocking"],
        "https://blogspot.com/": ["unmatched"],
    }
    assert not any(one.instead for one in result.candidates)


PLATFORM = known(
    page("https://bad.blogspot.com/1"),
    page("https://good.blogspot.com/1"),
    page("https://unsure.blogspot.com/1"),
    page("https://medium.com/@bad/1"),
    page("https://medium.com/@bad/2"),
    page("https://medium.com/@good/1"),
    page("https://fine.example/1"),
    page("https://name-only.example/1"),
    verdicts={
        "bad.blogspot.com": "disavow", "good.blogspot.com": "keep", "unsure.blogspot.com": "review",
        "medium.com/@bad": "disavow", "medium.com/@good": "keep", "fine.example": "keep",
    },
)  # fmt: skip


def test_overblocking_by_verdicts_comes_with_narrower_rules() -> None:
    file = disavow("domain:blogspot.com\ndomain:medium.com\ndomain:fine.example\ndomain:name-only.example\n")
    result = propose(file, PLATFORM, GUARDS)
    assert result.with_verdicts
    assert {one.rule.text: [rule.text for rule in one.instead] for one in result.candidates} == {
        "domain:blogspot.com": ["domain:bad.blogspot.com"],
        "domain:medium.com": ["https://medium.com/@bad/1", "https://medium.com/@bad/2"],
        "domain:fine.example": [],
    }
    assert dict(result.candidates[0].judged) == {"disavow": 1, "keep": 1, "review": 1}
    assert result.candidates[2].findings[0].why == "the audit judges this domain fine"
    assert pruned(result, ["overblocking"]).decode() == (
        "# pruned (platform: it covers too much): domain:blogspot.com\ndomain:bad.blogspot.com\n"
        "# pruned (platform: it covers too much): domain:medium.com\nhttps://medium.com/@bad/1\nhttps://medium.com/@bad/2\n"
        "# pruned (the audit judges this domain fine): domain:fine.example\ndomain:name-only.example\n"
    )


def test_narrower_rules_that_stand_there_already_are_not_written_again() -> None:
    file = disavow("domain:blogspot.com\ndomain:bad.blogspot.com\n")
    assert pruned(propose(file, PLATFORM, GUARDS), ["overblocking"]) == (
        b"# pruned (platform: it covers too much): domain:blogspot.com\ndomain:bad.blogspot.com\n"
    )


def test_a_verdict_on_the_whole_domain_says_nothing_of_a_sub_domain() -> None:
    links = known(page("https://hacked.fine.example/x"), verdicts={"fine.example": "keep"})
    assert found(propose(disavow("domain:hacked.fine.example\n"), links, GUARDS)) == {}
    assert found(propose(disavow("domain:fine.example\n"), links, GUARDS)) == {"domain:fine.example": ["overblocking"]}  # fmt: skip


def test_a_verdict_by_the_name_alone_is_no_reason() -> None:
    links = known(page("https://fine.example/x"), verdicts={"fine.example": "keep"}, tier="name")
    assert found(propose(disavow("domain:fine.example\n"), links, GUARDS)) == {}


def test_only_what_is_named_goes_and_the_rest_keeps_its_bytes() -> None:
    file = disavow("# why\r\ndomain:gone.example\r\n\r\n  DOMAIN:Kept.Example \ndomain:nofollow.example")
    links = known(page("http://kept.example/"), page("http://nofollow.example/", followed=False))
    result = propose(file, links, GUARDS)
    assert pruned(result, []) == file.data
    assert pruned(result, ["dead", "overblocking"]) == file.data
    assert pruned(result, ["unmatched"]) == file.data.replace(
        b"domain:gone", b"# pruned (no known link): domain:gone"
    )
    assert pruned(result, ["nofollow"]).endswith(
        b"# pruned (its only known link is nofollow, ugc or sponsored): domain:nofollow.example\n"
    )


def test_what_is_both_goes_only_when_both_are_named() -> None:
    file = disavow("domain:mixed.example\n")
    result = propose(file, known(page("http://mixed.example/1", live=False), page("http://mixed.example/2", followed=False)), GUARDS)  # fmt: skip
    assert pruned(result, ["nofollow", "unmatched"]) == file.data
    assert pruned(result, ["dead", "nofollow"]).startswith(
        b"# pruned (all its 2 known links are gone, or nofollow"
    )


def test_reasons_give_way_to_the_limits_and_then_it_is_refused() -> None:
    file = disavow("domain:gone.example\n")
    result = propose(file, known(page("http://a.example/")), GUARDS)
    short = pruned(result, ["unmatched"], Limits(bytes=35))
    assert short == b"# pruned: domain:gone.example\n"
    with pytest.raises(InputError, match="over Google's limits"):
        pruned(result, ["unmatched"], Limits(bytes=25))


def test_another_encoding_becomes_utf_8() -> None:
    file = DisavowFile.parse("# Größe\r\ndomain:gone.example\r\n".encode("utf-16"))
    result = propose(file, known(page("http://a.example/")), GUARDS)
    assert (
        pruned(result, ["unmatched"]).decode()
        == "# Größe\r\n# pruned (no known link): domain:gone.example\r\n"
    )


def test_a_line_that_is_not_in_utf_8_keeps_its_bytes() -> None:
    """Written anew in UTF-8 it would be read: as one of the pages that its bytes may stand for."""
    kept = "# für\nhttp://page.example/café\ndomain:bücher.example\n".encode("cp1252")
    file = DisavowFile.parse(b"domain:gone.example\n" + kept)
    result = propose(file, known(page("http://a.example/")), GUARDS)
    assert pruned(result, ["unmatched"]) == b"# pruned (no known link): domain:gone.example\n" + kept


def test_the_proposal_for_machines() -> None:
    told = propose(
        disavow("# why\ndomain:gone.example\n", "x.txt"), known(page("http://a.example/")), GUARDS
    ).as_dict()
    assert (told["file"], told["rules"], told["links"], told["with_verdicts"]) == ("x.txt", 1, 1, False)
    assert told["candidates"] == [
        {"line": 2, "entry": "domain:gone.example", "links": 0, "followed": 0,
         "findings": [{"codes": ["unmatched"], "why": "no known link"}], "judged": {}, "comment": "why", "instead": []}
    ]  # fmt: skip
    assert list(told["cautions"]) == list(CAUTIONS)


# ------------------------------------------------------------------------------------------------ properties

links_made = st.lists(
    st.builds(page, st.sampled_from(QUESTIONS), st.sampled_from((True, False, None)), st.sampled_from((True, False, None))),
    min_size=1,
    max_size=12,
)  # fmt: skip
drops = st.sets(st.sampled_from(sorted(CAUTIONS)))


@given(files, links_made, drops)
def test_nothing_goes_that_is_not_named(file: DisavowFile, rows: list[Row], drop: set[str]) -> None:
    result = propose(file, known(*rows), GUARDS)
    parsed = DisavowFile.parse(pruned(result, drop))
    going = {one.line for one in result.candidates if one.dropped_by(drop)}
    assert parsed.rules == tuple(line.rule for line in file.lines if line.rule and line.number not in going)
    assert covered(parsed.rule_set) <= covered(file.rule_set)
    if not drop:
        assert not going


@given(files, links_made)
def test_what_is_dropped_as_needless_uncovers_no_live_followed_link(
    file: DisavowFile, rows: list[Row]
) -> None:
    result = propose(file, known(*rows), GUARDS)
    after = DisavowFile.parse(pruned(result, {"unmatched", "nofollow", "dead"}))
    for url, _, followed, live in rows:
        if followed is not False and live is not False and url and in_force(file).covers_url(url):
            assert in_force(after).covers_url(url)


def in_force(file: DisavowFile) -> RuleSet:
    return RuleSet(line.rule for line in file.lines if line.rule and line.in_force)


UNITS = sorted({DOMAINS.referring_domain(url) or "" for url in QUESTIONS})


@given(
    files,
    st.dictionaries(
        st.sampled_from(UNITS), st.sampled_from(("disavow", "keep", "review", "ignore")), min_size=1
    ),
)
def test_narrowing_uncovers_nothing_that_is_to_be_disavowed(
    file: DisavowFile, verdicts: dict[str, str]
) -> None:
    rows = [page(url) for url in QUESTIONS]
    result = propose(file, known(*rows, verdicts=verdicts), GUARDS)
    after = in_force(DisavowFile.parse(pruned(result, {"overblocking"})))
    assert covered(after) <= covered(in_force(file))
    for url in covered(in_force(file)) - covered(after):
        unit = DOMAINS.referring_domain(url) or ""
        assert verdicts.get(unit) != "disavow" or GUARDS.reason(url) is not None


@pytest.mark.raw
def test_every_real_file_can_be_pruned(raw: Path) -> None:
    """Against a few links of each file's own domains, and a nofollow link from each tenth rule."""
    for path in sorted((raw / "data/disavow").glob("*.txt")):
        file = DisavowFile.parse(path.read_bytes(), path.name)
        hosts = [
            rule.value if rule.kind == "domain" else hostnames.of_text(rule.value) or ""
            for rule in file.rules
        ]
        rows = [
            page(f"http://{host}/x", followed=n % 2 == 0)
            for n, host in enumerate(itertools.islice(hosts, 0, None, 10))
        ]
        result = propose(file, known(*rows, page("http://a.example/")), GUARDS)
        limits = Limits(lines=10**9, bytes=10**9)
        parsed = DisavowFile.parse(pruned(result, set(CAUTIONS), limits))
        assert covered(parsed.rule_set) <= covered(file.rule_set)
        assert len(parsed.lines) == len(file.lines)


def test_a_candidate_is_dropped_by_a_finding_all_of_whose_codes_are_named() -> None:
    result = propose(disavow("domain:org.br\n"), known(page("http://a.example/")), GUARDS)
    candidate: Candidate = result.candidates[0]
    assert [finding.codes for finding in candidate.findings] == [("unmatched",), ("overblocking",)]
    assert candidate.dropped_by(["overblocking"]) == candidate.findings[1]
    assert candidate.dropped_by(["nofollow"]) is None
