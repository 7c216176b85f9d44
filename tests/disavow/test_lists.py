"""Lists: every format read and written, nothing widened, seen by content only where sure."""

from __future__ import annotations

from pathlib import Path

import pytest
from disavow_lines import GUARDS, disavow, files
from hypothesis import assume, given
from hypothesis import strategies as st

from detector.disavow.combining import reasons
from detector.disavow.converting import Converted, convert
from detector.disavow.list_formats import FORMATS
from detector.disavow.lists import Listed, ReadList, parse_list, read_list, sayable, written
from detector.disavow.parsing import DisavowFile
from detector.disavow.rules import DOMAIN, URL, Limits, Rule, domain_rule, url_rule
from detector.errors import InputError, UsageError

#: format -> (a list as the tool writes it, the rules in it, lines that are no entry)
SAMPLES = {
    "disavow": (
        "# bought\ndomain:spam.example\nhttps://page.example/a\n*.wild.example\n",
        ["domain:spam.example", "https://page.example/a"],
        [4],
    ),
    "domains": (
        "spam.example\nBÜCHER.example\n192.0.2.7\nhttps://page.example/a\n*.wild.example\nwords\nsub.farm.test # why\n",
        ["domain:spam.example", "domain:xn--bcher-kva.example", "domain:192.0.2.7", "domain:sub.farm.test"],
        [4, 5, 6],
    ),
    "urls": ("https://page.example/a?b\nhttp://page.example\nspam.example\n", ["https://page.example/a?b", "http://page.example/"], [3]),
    "csv": (
        'value;kind;comment\nspam.example;domain;"because; so"\nhttps://page.example/a;url;\nspam.example/x;domain;\n;;\n',
        ["domain:spam.example", "https://page.example/a"],
        [4],
    ),
    "hosts": (
        "# ads\n127.0.0.1 localhost\n::1 ip6-localhost\n0.0.0.0 0.0.0.0\n0.0.0.0 spam.example  farm.test # both\n"
        "127.0.0.1\tsub.spam.example\n192.0.2.9 router.example\n",
        ["domain:spam.example", "domain:farm.test", "domain:sub.spam.example"],
        [7],
    ),
    "adblock": (
        "[Adblock Plus 2.0]\n! Title: spam\n# old style\n||spam.example^\n||farm.test^$third-party\n||sub.a.example^$all\n@@||fine.example^\n"
        "fine.example##.ad\n||part.example/path\n/regex/\n||wild*.example^\n",
        ["domain:spam.example", "domain:farm.test", "domain:sub.a.example"],
        [7, 8, 9, 10, 11],
    ),
    "dnsmasq": (
        "address=/spam.example/0.0.0.0\naddress=/farm.test/a.example/::\nlocal=/b.example/\naddress=/c.example/#\n"
        "server=/corp.example/192.0.2.1\naddress=/router.example/192.0.2.9\n",
        ["domain:spam.example", "domain:farm.test", "domain:a.example", "domain:b.example", "domain:c.example"],
        [5, 6],
    ),
    "nginx": (
        "map $http_referer $bad_referer {\n\tdefault 0;\n\n\t\"~*spam\\.example\" 1;\n\t\"~*xn\\-\\-bcher\\-kva\\.example\" 1;\n"
        "\t\"~*(a|b)\\.example\" 1;\n}\nmap $host $bad {\n\thostnames;\n\t.farm.test 1;\n}\n",
        ["domain:spam.example", "domain:xn--bcher-kva.example", "domain:farm.test"],
        [6],
    ),
    "apache": (
        "<IfModule mod_rewrite.c>\nRewriteEngine On\nRewriteCond %{HTTP_REFERER} ^http(s)?://(www\\.)?.*spam\\.example.*$ [NC,OR]\n"
        "RewriteCond %{HTTP_REFERER} ^http(s)?://(www.)?.*farm-shop.test.*$ [NC]\nRewriteCond %{HTTP_REFERER} ^https?://(a|b)\\.example [NC]\n"
        "RewriteRule ^(.*)$ – [F,L]\n</IfModule>\nSetEnvIfNoCase Referer c.example spambot=yes\nDeny from env=spambot\n",
        ["domain:spam.example", "domain:farm-shop.test", "domain:c.example"],
        [5],
    ),
}  # fmt: skip


def texts(result: ReadList) -> list[str]:
    return [one.rule.text for one in result.entries]


def converted(text: str, to: str, from_: str | None = None) -> Converted:
    return convert(parse_list(text.encode(), "list.txt", from_), to, GUARDS)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_format_is_read(name: str) -> None:
    text, rules, unread = SAMPLES[name]
    result = parse_list(text.encode(), "list.txt", name)
    assert texts(result) == rules
    assert [one.line for one in result.unread] == unread


def test_every_format_has_a_sample() -> None:
    assert set(SAMPLES) == set(FORMATS)


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"urls"}))
def test_a_clean_list_is_recognised(name: str) -> None:
    _, rules, _ = SAMPLES[name]
    entries = [
        Listed(n, rule)
        for n, text in enumerate(rules, 1)
        if (rule := domain_rule(text.removeprefix("domain:")))
    ]
    sayable_ones, _ = sayable(entries, name)
    result = parse_list(written(sayable_ones, name).encode(), "list.txt")
    assert (result.format, result.unread) == (name, [])


def test_a_list_of_urls_means_the_same_as_a_disavow_file() -> None:
    result = parse_list(b"https://page.example/a\n", "list.txt")
    assert (result.format, texts(result)) == ("disavow", ["https://page.example/a"])


@pytest.mark.parametrize(
    "text", ["spam.example\nhttps://page.example/a\n", "Dear all,\nplease see below.\n", "User-agent: *\nDisallow: /\n", "# only\n"]
)  # fmt: skip
def test_what_is_not_sure_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"it is not sure what list this is\. Name it with --from"):
        parse_list(text.encode(), "list.txt")


def test_a_format_named_is_taken_at_the_word() -> None:
    text = "spam.example\nhttps://page.example/a\n"
    assert texts(parse_list(text.encode(), "x", "domains")) == ["domain:spam.example"]
    assert texts(parse_list(text.encode(), "x", "urls")) == ["https://page.example/a"]
    with pytest.raises(InputError, match="no entry of the format hosts"):
        parse_list(text.encode(), "x", "hosts")
    with pytest.raises(UsageError, match="xml: there is no such format; there are disavow, domains"):
        parse_list(text.encode(), "x", "xml")
    with pytest.raises(InputError, match="no columns 'kind' and 'value'"):
        parse_list(text.encode(), "x", "csv")


def test_nothing_is_widened_and_what_is_left_out_is_named() -> None:
    result = converted("domain:spam.example\nhttps://page.example/a\ndomain:192.0.2.7\n", "hosts")
    assert result.data.decode() == "0.0.0.0 spam.example\n"
    assert [(one.line, one.text) for one in result.left_out] == [(2, "https://page.example/a"), (3, "domain:192.0.2.7")]  # fmt: skip
    assert "would be widened" in result.left_out[0].why
    result = converted("domain:spam.example\nhttps://page.example/a\n", "urls")
    assert result.data.decode() == "https://page.example/a\n"
    assert [one.text for one in result.left_out] == ["domain:spam.example"]
    with pytest.raises(InputError, match="nothing of it can be said in the format domains"):
        converted("https://page.example/a\n", "domains")


def test_into_a_disavow_file_nothing_goes_that_a_guard_forbids() -> None:
    result = converted("spam.example\nblogspot.com\nwww.friend.example\n", "disavow")
    assert result.data.decode() == (
        "domain:spam.example\n# held back (platform): domain:blogspot.com\n# held back (whitelist): domain:www.friend.example\n"
    )
    assert [(one.line, one.why) for one in result.held_back] == [(2, "platform"), (3, "whitelist")]
    assert result.rules == 1
    assert (
        converted("blogspot.com\n", "csv").data.decode()
        == "kind,value,line,comment\ndomain,blogspot.com,1,\n"
    )


def test_a_disavow_file_over_the_limits_is_refused() -> None:
    source = parse_list(b"a.example\nb.example\n", "list.txt")
    with pytest.raises(InputError, match=r"2 lines \(of at most 1\)"):
        convert(source, "disavow", GUARDS, Limits(lines=1))


def test_comments_go_along() -> None:
    text = "# Bob, 2014\n# asked twice\ndomain:a.example\ndomain:b.example\n# scraper\ndomain:c.example\n\ndomain:d.example\n"
    assert converted(text, "csv").data.decode() == (
        'kind,value,line,comment\ndomain,a.example,3,"Bob, 2014 / asked twice"\ndomain,b.example,4,"Bob, 2014 / asked twice"\n'
        "domain,c.example,6,scraper\ndomain,d.example,8,\n"
    )  # fmt: skip
    assert converted(text, "adblock").data.decode() == (
        "! Bob, 2014 / asked twice\n||a.example^\n||b.example^\n\n! scraper\n||c.example^\n\n||d.example^\n"
    )


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless_and_read_back() -> None:
    entry = Listed(1, Rule(DOMAIN, "a.example"), '=HYPERLINK("http://x")')
    text = written([entry], "csv")
    assert "'=HYPERLINK" in text
    assert parse_list(text.encode(), "x").entries == [Listed(2, entry.rule, entry.comment)]


def test_repeated_entries_stand_there_once_and_that_is_said() -> None:
    result = converted("a.example\nA.example.\nb.example\n", "disavow")
    assert result.data.decode() == "domain:a.example\ndomain:b.example\n"
    assert result.notes == ["1 repeated entry stands there once."]


def test_what_a_format_loses_is_said() -> None:
    assert "single hosts" in " ".join(converted("0.0.0.0 a.example\n", "disavow").notes)
    assert "not what lies below" in " ".join(converted("domain:a.example\n", "hosts").notes)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_any_encoding(encoding: str) -> None:
    data = "# Größe\r\nspam.example\r\nfarm.test\r\n".encode(encoding)
    result = parse_list(data, "x")
    assert (result.format, texts(result)) == ("domains", ["domain:spam.example", "domain:farm.test"])
    assert result.entries[0].comment == "Größe"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("domain:bücher.example\ndomain:spam.example\n", "disavow"),
        ("bücher.example # für\nspam.example # für\n", "domains"),
        ("kind;value;comment\ndomain;bücher.example;für\ndomain;spam.example;für\n", "csv"),
    ],
)
def test_an_entry_whose_letters_are_guessed_is_not_read(text: str, name: str) -> None:
    """Another guess is another host; comments are for people, who see what was meant."""
    result = parse_list(text.encode("cp1252"), "x", name)
    assert texts(result) == ["domain:spam.example"]
    assert [("bücher" in one.text, one.why) for one in result.unread] == [(True, "it is not in UTF-8")]


def test_a_long_comment_above_many_entries_is_not_written_with_each() -> None:
    comments = "".join(f"# domain:old-{number}.example is gone\n" for number in range(5_000))
    file = comments + "".join(f"domain:spam-{number}.example\n" for number in range(200))
    said = reasons(DisavowFile.parse(file.encode()))
    assert len({id(comment) for comment in said.values()}) == 1  # as much memory as the file, not 200 times
    result = converted(file, "csv")
    assert result.notes == ["Comments of more than 1,000 characters are cut off in the table."]
    assert len(result.data) < 300_000
    assert [one.rule for one in parse_list(result.data, "x").entries] == [domain_rule(f"spam-{n}.example") for n in range(200)]  # fmt: skip
    assert converted("# why\ndomain:a.example\n", "csv").notes == []


def test_reading_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_list(tmp_path / "absent.txt")


def test_a_table_with_a_cell_without_end_is_one_clear_error() -> None:
    with pytest.raises(InputError, match=r"it is no table|no entry of the format csv"):
        parse_list(b'kind,value\ndomain,"' + b"a" * 200_000, "x")


def test_the_summary_for_machines() -> None:
    told = converted("spam.example\nblogspot.com\ntwo words\nc.example\nd.example\ne.example\nf.example\ng.example\nh.example\ni.example\nj.example\n", "disavow").as_dict()  # fmt: skip
    assert (told["from"], told["to"], told["read"], told["rules"]) == ("domains", "disavow", 10, 9)
    assert told["unread"] == [{"line": 3, "text": "two words", "why": "it is no entry of this format"}]
    assert told["held_back"] == [{"line": 2, "text": "domain:blogspot.com", "why": "platform"}]


# ------------------------------------------------------------------------------------------------ properties

hosts = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?(\.[a-z][a-z0-9]{1,8}){1,3}", fullmatch=True)
page_rules = st.builds("http{}://{}/{}".format, st.sampled_from(("", "s")), hosts, st.from_regex(r"[a-z0-9/?=&.%-]{0,12}", fullmatch=True)).map(url_rule)  # fmt: skip
rules = st.one_of(hosts.map(domain_rule), page_rules, st.sampled_from(("192.0.2.7", "[2001:db8::1]", "xyz")).map(domain_rule)).filter(bool)  # fmt: skip
words = st.text(st.characters(categories=["L", "Nd"], include_characters=" =-,;'\"@+"), max_size=12).map(
    lambda text: " ".join(text.split()).strip("# /'!")
)
entry_lists = st.lists(st.tuples(rules, words), min_size=1, max_size=8, unique_by=lambda entry: entry[0])


@given(entry_lists, st.sampled_from(sorted(FORMATS)))
def test_what_is_written_is_read_back(made: list[tuple[Rule, str]], name: str) -> None:
    entries, left_out = sayable([Listed(n, rule, comment) for n, (rule, comment) in enumerate(made, 1)], name)
    assume(entries)
    assert {one.rule for one in entries} | {domain_rule(one.text.removeprefix("domain:")) or url_rule(one.text) for one in left_out} == {rule for rule, _ in made}  # fmt: skip
    result = parse_list(written(entries, name).encode(), "x", name)
    assert result.unread == []
    assert [(one.rule, one.comment) for one in result.entries] == [(one.rule, one.comment) for one in entries]


@given(files, st.sampled_from(sorted(FORMATS)))
def test_there_and_back_covers_what_the_format_can_say(file: DisavowFile, name: str) -> None:
    wanted = [rule for rule in dict.fromkeys(file.rules) if rule.kind in FORMATS[name].kinds]
    wanted = [rule for rule in wanted if rule.value != "192.0.2.7" or FORMATS[name].addresses]
    assume(wanted)
    there = convert(parse_list(file.data, "x", "disavow"), name, GUARDS)
    if name != "disavow":
        back = convert(parse_list(there.data, "y", name), "disavow", GUARDS)
        assert list(disavow(back.data.decode()).rules) == [rule for rule in wanted if GUARDS.reason(rule.value) is None]  # fmt: skip


@given(st.binary(max_size=200), st.sampled_from([None, *sorted(FORMATS)]))
def test_hostile_bytes_raise_nothing_but_errors_for_the_user(data: bytes, name: str | None) -> None:
    try:
        result = parse_list(data, "x", name)
    except InputError:
        return
    assert result.entries
    for to in FORMATS:
        try:
            convert(result, to, GUARDS)
        except InputError as error:
            assert "nothing of it can be said" in str(error)


@pytest.mark.raw
def test_every_real_file_goes_to_csv_and_back(raw: Path) -> None:
    wide = Limits(lines=10**9, bytes=10**9)
    told = 0
    for path in sorted((raw / "data/disavow").glob("*.txt")):
        file = DisavowFile.parse(path.read_bytes(), path.name)
        if not file.rules:
            continue
        there = convert(parse_list(file.data, path.name, "disavow"), "csv", GUARDS)
        back = convert(parse_list(there.data, path.name), "disavow", GUARDS, wide)
        assert set(disavow(back.data.decode()).rules) == {rule for rule in file.rules if GUARDS.reason(rule.value) is None}  # fmt: skip
        assert {rule.kind for rule in file.rules} <= {DOMAIN, URL}
        told += there.rules
    assert told > 30_000
