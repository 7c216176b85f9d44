"""Files of unknown tools and in unknown languages: what stands in them decides."""

from __future__ import annotations

import json

import pytest
from reading_helpers import Folder


def test_foreign_urls_are_enough(folder: Folder) -> None:
    rows, report = folder.read(
        "Rang;Backlink;Ziel;Ankertext;Entdeckt am;Zuletzt;NoFollow\n"
        "1;https://a.example/x;https://my.example/;eins;13.01.2026;14.02.2026;ja\n"
        "2;b.example/y;https://my.example/p;zwei;01.02.2026;05.02.2026;nein\n"
        "3;https://c.example/;https://www.my.example/p;drei;;;\n"
    )
    assert (report.delimiter, report.tool) == (";", "unknown")
    got = [
        (r["source_url"], r["target_host"], r["anchor"], r["first_seen"], r["last_seen"], r["rel_nofollow"])
        for r in rows
    ]
    assert got == [
        ("https://a.example/x", "my.example", "eins", "2026-01-13", "2026-02-14", "true"),
        ("https://b.example/y", "my.example", "zwei", "2026-02-01", "2026-02-05", "false"),
        ("https://c.example/", "www.my.example", "drei", "", "", ""),
    ]


def test_the_own_site_is_the_target_wherever_it_stands(folder: Folder) -> None:
    body = "".join(f"https://my.example/{n % 2},https://a{n}.example/,w{n}\n" for n in range(5))
    rows, _ = folder.read("Nasza strona,Obca strona,Słowo\n" + body)
    assert [row["source_host"] for row in rows] == [f"a{n}.example" for n in range(5)]


def test_table_without_header(folder: Folder) -> None:
    rows, _ = folder.read(
        "https://a.example/x,https://my.example/,one,2026-01-01\nhttps://b.example/y,https://my.example/p,two,2026-02-01\n"
    )
    assert [(row["row"], row["source_url"]) for row in rows] == [
        ("1", "https://a.example/x"),
        ("2", "https://b.example/y"),
    ]
    rows, _ = folder.read("a.example\t12\nb.example\t14\n")
    assert [(row["record_type"], row["source_host"]) for row in rows] == [
        ("domain", "a.example"),
        ("domain", "b.example"),
    ]


def test_search_console_in_any_language(folder: Folder) -> None:
    reports = {
        "Strona,Data\nhttps://a.example/x,2026-01-02\nhttps://b.example/,2026-01-03\n": "latest_links",
        "Strona\nhttps://a.example/x\nhttps://b.example/\n": "more_sample_links",
        "Witryna,Strony,Cele\na.example,5,3\nb.example,4,2\n": "top_linking_sites",
        "Cel,Linki,Witryny\nhttps://my.example/,5,3\nhttps://my.example/b,4,2\n": "top_target_pages",
    }
    for text, name in reports.items():
        rows, report = folder.read(text)
        assert (report.tool, report.report, len(rows)) == ("gsc", name, 2)
    _, report = folder.read("Cel,Linki\nhttps://my.example/,5\nhttps://my.example/b,4\n")
    assert report.refused == (
        "it seems to be Search Console's table of internal links, not of backlinks. "
        "Export Latest links under External links instead."
    )


def test_hebrew_search_console(folder: Folder) -> None:
    rows, report = folder.read("\ufeffדף מקשר,נסרק לאחרונה\nhttps://a.example/,05/06/2026\n")
    assert (report.report, rows[0]["last_seen"]) == ("latest_links", "2026-06-05")


def test_headers_over_other_cells_do_not_count(folder: Folder) -> None:
    rows, report = folder.read(
        "source_url,nofollow,anchor\nword one,https://a.example/,true\nword two,https://b.example/,false\nx,https://c.example/,true\n"
    )
    assert [row["source_url"] for row in rows] == [
        "https://a.example/",
        "https://b.example/",
        "https://c.example/",
    ]
    assert report.refused is None


@pytest.mark.parametrize(
    ("cell", "kind"), [("Kettles of the year", "invalid"), ("", "target"), ("n/a", "target")]
)
def test_the_linked_page_is_never_taken_for_the_linking_one(folder: Folder, cell: str, kind: str) -> None:
    rows, report = folder.read(
        "Source URL,Target URL,Anchor\n" + "".join(f"{cell},https://my.example/{n},x\n" for n in range(3))
    )
    assert [(row["record_type"], row["source_url"], row["referring_domain"]) for row in rows] == [
        (kind, "", "")
    ] * 3
    assert report.invalid == (3 if kind == "invalid" else 0)


@pytest.mark.parametrize(
    "head", ["URL,Backlink,Anchor", "URL,Referring page,Anchor", "Link,Comes from,Anchor"]
)
def test_pages_of_one_site_are_the_linked_ones_whatever_their_header(folder: Folder, head: str) -> None:
    body = "".join(f"https://my.example/{n},https://s{n}.example/,words {n}\n" for n in range(4))
    rows, _ = folder.read(f"{head}\n{body}")
    assert [(row["source_host"], row["target_host"], row["anchor"]) for row in rows][2:] == [
        ("s2.example", "my.example", "words 2"),
        ("s3.example", "my.example", "words 3"),
    ]
    one_site = body.replace("s1.", "s0.").replace("s2.", "s0.").replace("s3.", "s0.")
    rows, _ = folder.read(f"{head}\n{one_site}")  # here nothing tells them apart but the header
    assert rows[0]["source_host"] == "my.example"


def test_scores_are_no_numbers_of_links(folder: Folder) -> None:
    hosts = "".join(f"s{n}.example,{n + 10},{n + 20}\n" for n in range(4))
    for head, column in (
        ("Domain,Trust Flow,Citation Flow", "trust_flow"),
        ("Domain,DA,PA", "domain_authority"),
    ):
        rows, report = folder.read(f"{head}\n{hosts}")
        assert report.tool != "gsc"
        assert (rows[0][column], rows[0]["backlinks"], rows[0]["target_pages"]) == ("10", "", "")
    rows, _ = folder.read("Page,First seen\nhttps://a.example/,2026-01-02\n")
    assert (rows[0]["first_seen"], rows[0]["last_seen"]) == ("2026-01-02", "")


def test_linking_pages_in_another_column_than_theirs(folder: Folder) -> None:
    unnumbered = "".join(f"{n},https://s{n}.example/,https://my.example/,x\n" for n in range(3))
    rows, _ = folder.read(f"Source URL,Target URL,Anchor\n{unnumbered}")
    assert [(row["source_host"], row["target_host"]) for row in rows][1:] == [
        ("s1.example", "my.example"),
        ("s2.example", "my.example"),
    ]
    behind = "".join(f"Title {n},https://my.example/,x,https://s{n}.example/\n" for n in range(3))
    rows, _ = folder.read(f"Source URL,Target URL,Anchor,Goes from\n{behind}")
    assert [(row["source_host"], row["target_host"]) for row in rows][1:] == [
        ("s1.example", "my.example"),
        ("s2.example", "my.example"),
    ]


def test_web_graph_is_refused(folder: Folder) -> None:
    for text in (
        "0\tcom.a\n1\tcom.a.www\n2\torg.b\n",
        "0\t1\n0\t2\n",
        "#harmonicc_pos\t#pr_pos\t#host_rev\n1\t2\tcom.a\n",
    ):
        rows, report = folder.read(text)
        assert rows == []
        assert "Common Crawl web graph" in report.refused


def test_hosts_in_one_line_are_no_table(folder: Folder) -> None:
    rows, report = folder.read("a.example, b.example, c.example\n")
    assert rows == []
    assert report.refused is not None


@pytest.mark.parametrize(
    ("head", "kinds"),
    [
        ("Backlink URL,Type", ("text", "guest post", "image")),
        ("Source,Anchor,Type", ("dofollow", "nofollow", "image")),
        ("Source,Destination,Anchor,Type", ("text", "Image", "Image")),
    ],
)
def test_a_column_named_type_costs_no_rows(folder: Folder, head: str, kinds: tuple[str, ...]) -> None:
    cells = {"Destination": "https://my.example/", "Anchor": "word"}
    body = (
        [cells.get(name, f"https://a{n}.example/") for name in head.split(",")[:-1]] + [word]
        for n, word in enumerate(kinds)
    )
    rows, report = folder.read("\n".join([head, *map(",".join, body)]))
    assert ([row["record_type"] for row in rows], report.dropped) == (["link"] * 3, 0)
    assert rows[2]["link_type"] == "image"
    follow = {"dofollow": "false", "nofollow": "true"}
    assert [row["rel_nofollow"] for row in rows] == [follow.get(word, "") for word in kinds]


def test_a_key_named_type_costs_no_records(folder: Folder) -> None:
    records = [
        {"source": f"https://{word}.example/", "anchor": "x", "type": word} for word in ("text", "nofollow")
    ]
    rows, _ = folder.read(json.dumps(records), "a.json")
    assert [row["source_host"] for row in rows] == ["text.example", "nofollow.example"]


def test_a_crawl_drops_what_is_no_link(folder: Folder) -> None:
    head = "Type,Source,Destination\n"
    pairs = "https://a.example/,https://my.example/\n"
    rows, report = folder.read(head + "".join(f"{word},{pairs}" for word in ("Hyperlink", "CSS", "Image")))
    assert ([row["row"] for row in rows], report.dropped) == (["1", "3"], 1)


@pytest.mark.parametrize("head", ["Backlink URL,Target URL,Text", "Source URL,Target URL,Image"])
def test_a_flag_that_holds_words_is_the_anchor(folder: Folder, head: str) -> None:
    row = folder.row(f"{head}\nhttps://a.example/x,https://my.example/,buy shoes\n")
    assert (row["source_url"], row["anchor"]) == ("https://a.example/x", "buy shoes")
    row = folder.row(f"{head}\nhttps://a.example/x,https://my.example/,true\n")
    assert (row["link_type"], row["anchor"]) == (head.rpartition(",")[2].lower(), "")


def test_the_linking_page_goes_before_its_host(folder: Folder) -> None:
    head = "Backlink URL,Target URL,Text,Date,Domain\n"
    row = folder.row(head + "https://www.a.example/x,https://my.example/,buy shoes,2024-01-02,a.example\n")
    assert (row["record_type"], row["source_url"]) == ("link", "https://www.a.example/x")
    assert row["anchor"] == "buy shoes"
    row = folder.row("Domain,IP Address,Found on\na.example,,https://a.example/x\n")
    assert row["source_url"] == "https://a.example/x"
    for table in ("Domain,Backlinks,Found on\na.example,3,https://a.example/x\n",
                  "Domain,IP Address,Found on\na.example,,https://my.example/x\n",
                  "Domain,Target URL,Screenshot\na.example,https://my.example/,https://shots.example/1\n",
                  "Domain,Target URL,Landing page\na.example,https://my.example/,https://my.example/x\n"):  # fmt: skip
        row = folder.row(table)
        assert (row["record_type"], row["source_host"]) == ("domain", "a.example")
