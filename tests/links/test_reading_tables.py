"""Tables: headers, preambles, transforms and rows, by the rules of the canonical schema."""

from __future__ import annotations

import pytest
from reading_helpers import Folder, filled


def test_record_type_is_what_the_row_is_about(folder: Folder) -> None:
    head = "Source URL,Source Domain,Target URL,Anchor\n"
    rows, _ = folder.read(
        head
        + "https://a.example/x,a.example,https://my.example/,word\n"
        + ",B.Example.,https://my.example/,word\n"
        + ",,https://my.example/,word\n"
        + ",,,word\n"
    )
    assert [row["record_type"] for row in rows] == ["link", "domain", "target", "anchor"]
    assert [row["source_host"] for row in rows] == ["a.example", "b.example", "", ""]


def test_url_in_a_domain_cell_gives_its_host_and_no_url(folder: Folder) -> None:
    row = folder.row('Domain,Backlinks Count\nhttp://www.A.example:8080/x,"1,240"\n')
    assert filled(row) == {
        "row": "1",
        "record_type": "domain",
        "source_host": "www.a.example",
        "source_domain": "a.example",
        "referring_domain": "a.example",
        "backlinks": "1240",
    }


def test_missing_scheme_is_assumed_and_said(folder: Folder) -> None:
    rows, _ = folder.read(
        "5 metadata lines\nURL,Title,Anchor Text,PA,Target URL\n"
        "a.example/page,T,x,5,my.example/\nhttps://b.example/,T,x,5,https://my.example/\n//c.example/x,T,x,5,\n"
    )
    assert [row["source_url"] for row in rows] == [
        "https://a.example/page",
        "https://b.example/",
        "https://c.example/x",
    ]
    assert [row["target_url"] for row in rows] == ["https://my.example/", "https://my.example/", ""]
    assert [row["comment"] for row in rows] == ["scheme_assumed", "", "scheme_assumed"]


def test_urls_are_untouched_but_for_outer_blanks(folder: Folder) -> None:
    url = "HTTP://User:p@WWW.Bücher.example:8080/a b/%7Ex?q=ä#f"
    row = folder.row(f"Linking page\n  {url} \n")
    assert row["source_url"] == url
    assert (row["source_host"], row["source_domain"]) == (
        "www.xn--bcher-kva.example",
        "xn--bcher-kva.example",
    )


@pytest.mark.parametrize(
    ("cell", "host"),
    [
        ("https://faß.example/", "xn--fa-hia.example"),
        ("http://203.0.113.9:81/x", "203.0.113.9"),
        ("https://A.Example./", "a.example"),
        ("https://a_b.example/", "a_b.example"),
        ("https://日本.example/", "xn--wgv71a.example"),
    ],
)
def test_host(folder: Folder, cell: str, host: str) -> None:
    assert folder.row(f"Linking page\n{cell}\n")["source_host"] == host


def test_texts_keep_line_breaks_as_lf_and_formulas(folder: Folder) -> None:
    row = folder.row(
        'Source URL,Target URL,Anchor Text\r\nhttps://a.example/,https://my.example/,"  =1+1\r\nb\rc \t"\r\n'
    )
    assert row["anchor"] == "=1+1\nb\nc"


def test_preamble_case_and_blanks_of_headers(folder: Folder) -> None:
    rows, report = folder.read(
        '"All Inlinks"\n\n SOURCE , destination,TYPE ,Follow\nhttps://a.example/,https://b.example/,HREF,false\n'
    )
    assert (report.tool, report.report) == ("screaming_frog", "all_inlinks")
    assert filled(rows[0]) == {
        "row": "1", "record_type": "link", "source_url": "https://a.example/", "source_host": "a.example",
        "source_domain": "a.example", "referring_domain": "a.example", "target_url": "https://b.example/",
        "target_host": "b.example", "rel_nofollow": "true", "link_type": "text", "is_image": "false",
    }  # fmt: skip


def test_screaming_frog_drops_what_is_no_link_and_counts_it(folder: Folder) -> None:
    head = "Type,Source,Destination,Alt Text,Anchor,Follow,Rel,Link Position\n"
    rows, report = folder.read(
        head
        + "CSS,https://a.example/,https://a.example/c.css,,,true,,Head\n"
        + "IMG,https://a.example/,https://my.example/i.png,a saw,word,true,nofollow,Content\n"
        + "AHREF,https://a.example/,https://my.example/,a saw,,false,ugc sponsored,Footer\n"
        + "Hyperlink,https://a.example/,https://my.example/,a saw,word,true,NoFollow,Navigation\n"
    )
    assert (report.records, report.dropped) == (3, 1)
    got = [
        (r["row"], r["link_type"], r["anchor"], r["rel_nofollow"], r["rel_ugc"], r["link_position"])
        for r in rows
    ]
    assert got == [
        ("2", "image", "a saw", "true", "false", "content"),
        ("3", "text", "a saw", "true", "true", "footer"),
        ("4", "text", "word", "true", "false", "navigation"),
    ]


def test_localised_screaming_frog_headers(folder: Folder) -> None:
    row = folder.row(
        "Type,Source,Destination,Ancrage,Code de statut,Position du lien\n"
        "Hyperlink,https://a.example/,https://my.example/,mot,404,Contenu\n"
    )
    assert (row["anchor"], row["http_status"], row["link_position"]) == ("mot", "", "contenu")


def test_flags_give_the_link_type(folder: Folder) -> None:
    head = "Source url,Target url,Text,Frame,Form,Image\n"
    rows, _ = folder.read(
        head + "".join(f"https://a.example/,https://my.example/,{flags}\n" for flags in (
            "true,false,false,false", "false,true,false,false", "false,false,TRUE,false", "false,false,false,1",
            "false,false,false,false",
        ))
    )  # fmt: skip
    assert [row["link_type"] for row in rows] == ["text", "frame", "form", "image", ""]
    assert [row["is_image"] for row in rows] == ["false", "false", "false", "true", ""]


def test_unflagged_link_is_text_where_images_are_flagged_and_texts_not(folder: Folder) -> None:
    head = "Target URL,Source URL,FlagNoFollow,FlagImageLink,FlagRedirect,FlagFrame,FlagMention\n"
    rows, _ = folder.read(
        head
        + "".join(
            f"https://my.example/,https://a.example/,{flags}\n"
            for flags in (",,,,", "+,+,,,", ",,x,,", ",,,,1")
        )
    )
    assert [row["link_type"] for row in rows] == ["text", "image", "redirect", "mention"]
    assert [row["rel_nofollow"] for row in rows] == ["false", "true", "false", "false"]


@pytest.mark.parametrize(
    ("cell", "nofollow", "ugc", "kind", "position"),
    [
        ("Dofollow", "false", "", "text", ""),
        ("Nofollow, Content", "true", "", "text", "content"),
        ("Dofollow, Image", "false", "", "image", ""),
        ("Nofollow,UGC,Redirect", "true", "true", "redirect", ""),
        ("", "", "", "", ""),
    ],
)
def test_old_type_of_ahrefs(
    folder: Folder, cell: str, nofollow: str, ugc: str, kind: str, position: str
) -> None:
    row = folder.row(
        "#,Domain Rating,Referring Page URL,Link URL,Link Anchor,Type,First Seen\n"
        f'1,21,https://a.example/,https://my.example/,word,"{cell}",26/11/2017 19:35\n'
    )
    assert (row["rel_nofollow"], row["rel_ugc"], row["link_type"], row["link_position"]) == (
        nofollow,
        ugc,
        kind,
        position,
    )
    assert row["first_seen"] == "2017-11-26"


def test_old_type_of_other_tools_names_no_kind(folder: Folder) -> None:
    row = folder.row("Donor URL,Acceptor URL,Link Type\nhttps://a.example/,https://my.example/,follow\n")
    assert (row["rel_nofollow"], row["link_type"], row["is_image"]) == ("false", "", "")


@pytest.mark.parametrize(
    ("cell", "nofollow", "kind"),
    [
        ("Follow", "false", ""),
        ("NoFollow", "true", ""),
        ("Redirect", "", "redirect"),
        ("[LinkNotFound]", "", ""),
    ],
)
def test_link_status_of_link_detox(folder: Folder, cell: str, nofollow: str, kind: str) -> None:
    row = folder.row(
        f'From URL,To URL,Link Status,DTOXRISK\nhttps://a.example/,https://my.example/,{cell},"1,150 (High)"\n'
    )
    assert (row["rel_nofollow"], row["link_type"]) == (nofollow, kind)
    assert (row["toxicity_score"], row["toxicity_metric"]) == ("1150", "lrt_dtoxrisk")


def test_scores_have_their_metric_and_empty_ones_none(folder: Folder) -> None:
    rows, _ = folder.read(
        "Source URL,Target URL,Domain Authority,Page Authority,Spam Score,Anchor Text,First Seen,No\n"
        "https://a.example/,https://my.example/,77,4.50,null,x,2020-01-20,1\n"
        "https://b.example/,https://my.example/,n/a,-1,73,x,--,2\n"
    )
    assert [(row["domain_authority"], row["domain_authority_metric"]) for row in rows] == [
        ("77", "ubersuggest_da"),
        ("", ""),
    ]
    assert [(row["page_authority"], row["page_authority_metric"]) for row in rows] == [
        ("4.50", "ubersuggest_pa"),
        ("", ""),
    ]
    assert [(row["spam_score"], row["spam_score_metric"]) for row in rows] == [
        ("", ""),
        ("73", "ubersuggest_spam_score"),
    ]


def test_lost_is_either_flag_or_date_and_false_without(folder: Folder) -> None:
    head = "Referring page URL,Target URL,Lost status,Drop reason,Lost,Content,Referring page HTTP code\n"
    rows, _ = folder.read(
        head
        + "https://a.example/,https://my.example/,notfound,,2025-09-14 16:38:08,true,0\n"
        + "https://b.example/,https://my.example/,,,,false,200\n"
        + "https://c.example/,https://my.example/,,tooold,some day,false,404\n"
    )
    got = [(r["lost"], r["lost_date"], r["lost_reason"], r["link_position"], r["http_status"]) for r in rows]
    assert got == [
        ("true", "2025-09-14", "notfound", "content", ""),
        ("false", "", "", "", "200"),
        ("true", "", "tooold", "", "404"),
    ]


def test_no_column_about_loss_means_no_word_about_it(folder: Folder) -> None:
    assert folder.row("Linking page,Last crawled\nhttps://a.example/,2026-01-02\n")["lost"] == ""


def test_two_columns_for_one_field(folder: Folder) -> None:
    row = folder.row(
        "Domain,BackLinks_a.example,FirstLinkDate_a.example,LastLinkDate_a.example,FirstLinkDate_b.example,"
        "LastLinkDate_b.example,TrustFlow\nx.example,1,08/05/2013 00:00,26/05/2013 00:00,07/04/2012 00:00,,18\n"
    )
    assert (row["first_seen"], row["last_seen"]) == ("2012-04-07", "2013-05-26")
    assert (row["trust_flow"], row["citation_flow"]) == ("18", "")


def test_several_values_are_joined(folder: Folder) -> None:
    row = folder.row(
        "Referring page URL,Target URL,Language,Platform,Redirect Chain URLs\n"
        'https://a.example/,https://my.example/,"he, en",wordpress,"https://x.example/a,b, https://y.example/"\n'
    )
    assert (row["language"], row["platform"]) == ("he|en", "wordpress")
    assert row["redirect_chain"] == "https://x.example/a,b|https://y.example/"


def test_country_is_lower_case(folder: Folder) -> None:
    rows, report = folder.read(
        "Domain,Country,IP Address\na.example,DE,1.2.3.4\nb.example,NA,\nc.example,Narnia,\n"
    )
    assert [row["country"] for row in rows] == ["de", "na", ""]
    assert [(problem.row, problem.column) for problem in report.problems] == [(3, "Country")]


def test_tables_of_addresses_and_of_anchors(folder: Folder) -> None:
    rows, _ = folder.read("Subnet\tRef. domains\tTop DR\n217.160.0.xxx\t52\t4.4\n")
    assert [(rows[0][name]) for name in ("record_type", "ip", "source_host")] == ["ip", "217.160.0.xxx", ""]
    rows, _ = folder.read("Anchor,Domains,Backlinks\nword,5,7\n,3,4\n\n")
    assert [(row["record_type"], row["anchor"], row["backlinks"]) for row in rows] == [
        ("anchor", "word", "7"),
        ("anchor", "", "4"),
    ]


def test_blank_lines_footers_and_repeated_headers_are_not_counted(folder: Folder) -> None:
    rows, report = folder.read(
        "Site,Linking pages,Target pages\na.example,5,1\n\n,,\nSite,Linking pages,Target pages\nb.example,4,1\n"
        "Rows per page: 1-25 of 1,000\n"
    )
    assert [row["row"] for row in rows] == ["1", "2"]
    assert report.invalid == 0


def test_unreadable_row_is_kept_counted_and_reported(folder: Folder) -> None:
    rows, report = folder.read(
        "Source URL,Target URL,Spam Score,Anchor Text\nhttps://a.example/,https://my.example/,1,x\n"
        ' some words , "and, more",,\nhttps://b.example/,https://my.example/,2,y\n'
    )
    assert [row["record_type"] for row in rows] == ["link", "invalid", "link"]
    assert filled(rows[1]) == {"row": "2", "record_type": "invalid", "comment": 'some words , "and, more",,'}
    assert report.invalid == 1
    assert [problem.row for problem in report.problems] == [2]


def test_cell_of_the_wrong_kind_is_empty_and_reported(folder: Folder) -> None:
    rows, report = folder.read("Site,Linking pages,Target pages\na.example,many,1\nb.example,2,2\n")
    assert [row["backlinks"] for row in rows] == ["", "2"]
    assert [str(problem).partition(": ")[2] for problem in report.problems] == [
        "expected a number, found 'many'"
    ]
    assert [(problem.row, problem.column) for problem in report.problems] == [(1, "Linking pages")]


SEMRUSH_API = (
    "page_ascore;source_title;source_url;target_url;anchor;external_num;nofollow;first_seen;last_seen\r\n"
)


@pytest.mark.parametrize(
    ("line", "title", "anchor"),
    [
        (
            '5;"a" title;https://a.example/;https://my.example/;"word";1;false;1700000000;',
            '"a" title',
            '"word"',
        ),
        ("5;A; B;https://a.example/;https://my.example/;word;1;false;1700000000;", "A; B", "word"),
        ("5;A;https://a.example/;https://my.example/;x; y; z;1;false;1700000000;", "A", "x; y; z"),
        ("5;A;B;https://a.example/;https://my.example/;x;y;1;false;1700000000;", "A;B", "x;y"),
        ("5;A;https://a.example/;https://my.example/;x;;1;false;1700000000;", "A", "x;"),
    ],
)
def test_surplus_cells_go_back_where_they_came_from(
    folder: Folder, line: str, title: str, anchor: str
) -> None:
    row = folder.row(SEMRUSH_API + line + "\r\n")
    assert (row["source_title"], row["source_url"], row["anchor"]) == (title, "https://a.example/", anchor)
    assert (row["external_links"], row["rel_nofollow"], row["first_seen"]) == ("1", "false", "2023-11-14")


def test_surplus_that_fits_nowhere_or_twice_makes_the_row_invalid(folder: Folder) -> None:
    nowhere = "5;A;https://a.example/;https://my.example/;x;y;z;q;1;false;1700000000;;1"
    rows, report = folder.read(SEMRUSH_API + nowhere + "\r\n")
    assert (rows[0]["record_type"], rows[0]["comment"]) == ("invalid", nowhere)
    twice = "https://a.example/;x;y;z;https://my.example/"
    rows, report = folder.read(f"source_url;anchor;source_title;target_url\n{twice}\n")
    assert (rows[0]["record_type"], rows[0]["comment"], report.invalid) == ("invalid", twice, 1)


def test_delimiters_at_line_ends_are_no_cells(folder: Folder) -> None:
    rows, report = folder.read(
        "Linking page,Last crawled\nhttps://a.example/,2026-01-02,\nhttps://b.example/,,\n"
    )
    assert [row["last_seen"] for row in rows] == ["2026-01-02", ""]
    assert report.invalid == 0


def test_short_rows_are_read_and_said(folder: Folder) -> None:
    rows, report = folder.read(
        "Linking page,Last crawled\nhttps://a.example/\nhttps://b.example/,2026-01-02\n"
    )
    assert [row["last_seen"] for row in rows] == ["", "2026-01-02"]
    assert any("fewer cells" in warning for warning in report.warnings)


def test_another_table_above_is_not_left_out_silently(folder: Folder) -> None:
    above = "Linking page,Last crawled\nhttps://a.example/,2026-01-02\n"
    below = "Site,Linking pages,Target pages\nb.example,3,4\n"
    rows, report = folder.read(f"{above}\n{below}")
    assert [row["source_host"] for row in rows] == ["b.example"]
    assert report.warnings == [
        "the table under 'Linking page, Last crawled' above another table is not read: save it to a file of its own"
    ]
    for preamble in (
        "",
        "Links to https://my.example/\n",
        "Domain\nmy.example\n\n",
        "Site,Linking pages\n\n",
    ):
        _, report = folder.read(preamble + below)
        assert report.warnings == []


def test_headers_beside_their_cells(folder: Folder) -> None:
    rows, report = folder.read(
        "Domain,DR,Links to target,First seen\n"
        + "".join(f",d{n}.example,{n},{n},11 Jul 2026\n" for n in range(3))
    )
    assert (report.tool, report.report) == ("ahrefs", "referring_domains")
    assert [(row["source_host"], row["domain_authority"], row["first_seen"]) for row in rows][1:] == [
        ("d1.example", "1", "2026-07-11"),
        ("d2.example", "2", "2026-07-11"),
    ]


def test_report_that_explains_most_and_the_tools_other_reports(folder: Folder) -> None:
    _, report = folder.read("Linking page\nhttps://a.example/\n")
    assert report.report == "more_sample_links"  # both explain it; of this one all headers are present
    row = folder.row(
        "Page score,Source title,Source url,Target url,Anchor,Nofollow,Image\n9,T,https://a.example/,https://my.example/,x,false,false\n"
    )
    assert (row["report"], row["page_authority_metric"]) == ("backlinks", "semrush_page_score")


@pytest.mark.parametrize("rows", [999, 1000])
def test_truncated_table_of_search_console(folder: Folder, rows: int) -> None:
    body = "".join(f"https://a{n}.example/,2026-01-02\n" for n in range(rows))
    _, report = folder.read("Linking page,Last crawled\n" + body)
    assert (report.warnings != []) == (rows == 1000)


def test_truncated_backlinks_of_semrush(folder: Folder) -> None:
    body = "".join(f"https://a{n % 50}.example/{n},https://my.example/,x\n" for n in range(10_000))
    _, report = folder.read("Source url,Target url,Page ascore\n" + body)
    assert any("10,000" in warning for warning in report.warnings)


def test_mark_of_spam_glued_to_a_host(folder: Folder) -> None:
    rows, _ = folder.read(
        "Domain,DR,Dofollow ref. domains\nrank.websiteSPAM,5,1\ngood.example,6,2\nSPAM.example,1,1\n"
    )
    assert [(row["source_host"], row["is_spam_flag"]) for row in rows] == [
        ("rank.website", "true"),
        ("good.example", ""),
        ("spam.example", ""),
    ]


def test_urls_inside_headers(folder: Folder) -> None:
    row = folder.row(
        "Domain,TrustFlow,BackLinks_http://my.example/,LastLinkDate_http://my.example/\na.example,5,7,26/05/2013 00:00\n"
    )
    assert (row["report"], row["last_seen"], row["trust_flow"]) == ("clique_hunter", "2013-05-26", "5")
