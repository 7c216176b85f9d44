"""An audit's folder after a person, and a spreadsheet program, have been through it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from planning_helpers import DOMAINS, link, named

from detector.disavow.audited import Audited, read_audit, recorded
from detector.disavow.judged import BY_PERSON
from detector.errors import InputError
from detector.links.schema import LINK_SCHEMA

HEADER = "referring_domain,links,probability,verdict,kind,reasons\n"
ROWS = (
    "spam.example,1,0.98,disavow,link farm,one anchor; no trust\n"
    "fine.example,1,0.02,keep,ordinary,\n"
    "medium.com/@x,1,0.5,review,,\n"
    "'-dash.example,0,0.97,disavow,link farm,\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    links = [link(f"https://{name}/1") for name in ("spam.example", "fine.example", "medium.com/@x")]
    rows = [*links, named("-dash.example")]
    pl.DataFrame(rows, schema=LINK_SCHEMA).write_parquet(tmp_path / "links.parquet")
    summary: dict[str, Any] = {
        "site": "my-site.example",
        "settings": {"own": ["mine.example"], "disavow": None, "whitelist": None},
        "model": {"thresholds": {"disavow": 0.9, "review": 0.5}},
    }
    (tmp_path / "audit.json").write_text(json.dumps(summary))
    (tmp_path / "referring-domains.csv").write_text(HEADER + ROWS)
    return tmp_path


def read(folder: Path, table: str | bytes | None = None) -> Audited:
    if table is not None:
        data = table.encode() if isinstance(table, str) else table
        (folder / "referring-domains.csv").write_bytes(data)
    return read_audit(folder, DOMAINS)


def said(audited: Audited) -> list[tuple[Any, ...]]:
    return audited.verdicts.select("referring_domain", "verdict", "probability", "kind", "reasons").rows()


AS_WRITTEN = [
    ("spam.example", "disavow", 0.98, "link farm", "one anchor"),
    ("fine.example", "keep", 0.02, "ordinary", ""),
    ("medium.com/@x", "review", 0.5, "", ""),
    ("-dash.example", "disavow", 0.97, "link farm", ""),
]


def test_an_audit_as_it_was_written(folder: Path) -> None:
    audited = read(folder)
    assert said(audited) == AS_WRITTEN
    assert (audited.site, audited.own, audited.disavow) == ("my-site.example", ("mine.example",), None)
    assert (audited.by_person, audited.notes) == (0, [])


def quoted(text: str) -> str:
    return "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in text.splitlines())


#: What a spreadsheet program makes of the file.
RESAVED = {
    "byte order mark": ("\ufeff" + HEADER + ROWS).encode(),
    "semicolons and decimal commas": (HEADER + ROWS).replace("; ", " / ").replace(",", ";").replace("0.", "0,").encode(),
    "tabs in UTF-16": ("\ufeff" + (HEADER + ROWS).replace(",", "\t")).encode("utf-16-le"),
    "CRLF": (HEADER + ROWS).replace("\n", "\r\n").encode(),
    "CR alone": (HEADER + ROWS).replace("\n", "\r").encode(),
    "quoted": quoted(HEADER + ROWS).encode(),
    "blank rows": (HEADER + "\n,,,,,\n" + ROWS + ",,,,,\n").encode(),
    "capitals and blanks": (HEADER.replace("verdict", " Verdict ") + ROWS.replace("disavow", " Disavow ")).encode(),
    "percent": (HEADER + ROWS).replace("0.98", "98%").replace("0.97", "97 %").encode(),
    "a column more": "\n".join(f"x,{line}" for line in (HEADER + ROWS).splitlines()).encode(),
    "short rows": (HEADER + ROWS.replace("ordinary,", "ordinary")).encode(),
}  # fmt: skip


@pytest.mark.parametrize("how", RESAVED)
def test_a_table_that_a_spreadsheet_saved(folder: Path, how: str) -> None:
    audited = read(folder, RESAVED[how])
    assert [row[:4] for row in said(audited)] == [row[:4] for row in AS_WRITTEN]


def test_columns_in_another_order(folder: Path) -> None:
    audited = read(folder, "verdict,note,probability,referring_domain\nkeep,hm,0.98,spam.example\n")
    assert said(audited) == [("spam.example", "keep", 0.98, "", "")]
    assert audited.notes == [
        "3 referring domains of the audit have no row in referring-domains.csv any more: they are kept."
    ]


def test_rows_for_hosts_and_pages_may_be_added(folder: Path) -> None:
    more = "blog.fine.example,,,disavow,,\nhttps://fine.example/hacked?x=1,,,Disavow,,\nnew.example,,0.1,disavow,,\n"
    audited = read(folder, HEADER + ROWS + more)
    assert said(audited)[4:] == [
        ("blog.fine.example", "disavow", None, BY_PERSON, ""),
        ("https://fine.example/hacked?x=1", "disavow", None, BY_PERSON, ""),
        ("new.example", "disavow", 0.1, BY_PERSON, ""),
    ]
    assert audited.by_person == 3
    assert audited.notes == [
        "referring-domains.csv asks for a rule for what no known link comes from (new.example): is it spelled right?"
    ]


def test_what_a_person_decided_against_the_audit_is_marked(folder: Path) -> None:
    audited = read(folder, HEADER + ROWS.replace("0.02,keep,ordinary", "0.02,disavow,ordinary"))
    assert said(audited)[1] == ("fine.example", "disavow", 0.02, BY_PERSON, "")
    assert audited.by_person == 1


FAULTS = [
    (ROWS.replace("disavow", "disawow", 1), 2, "verdict", "'disawow' is no verdict (of spam.example)"),
    (ROWS.replace(",keep,", ",,"), 3, "verdict", "there is no verdict (of fine.example)"),
    ("\n\n" + ROWS.replace("review", "remove"), 6, "verdict", "'remove' is no verdict"),
    ('"a\nb.example",1,0.9,keep,,\n', 2, "referring_domain", "names no referring domain"),
    (ROWS.replace("0.98", "often"), 2, "probability", "'often' is no probability"),
    (ROWS.replace("0.98", "9.8"), 2, "probability", "'9.8' is no probability"),
    (ROWS.replace("0.98", "nan"), 2, "probability", "'nan' is no probability"),
    (ROWS + "spam.example,1,0.98,keep,,\n", 6, "verdict", "spam.example is keep here and disavow in row 2"),
    (ROWS + ",1,0.98,keep,,\n", 6, "referring_domain", "the cell is empty"),
    (ROWS + "two words,1,0.98,keep,,\n", 6, "referring_domain", "'two words' names no referring domain"),
    (ROWS + "fine.example/blog,1,0.98,disavow,,\n", 6, "referring_domain", "is no host and no tenant"),
    (ROWS + "https://,1,0.98,disavow,,\n", 6, "referring_domain", "is no URL of a page"),
]


@pytest.mark.parametrize(("rows", "number", "column", "what"), FAULTS)
def test_a_fault_is_named_with_row_and_column(
    folder: Path, rows: str, number: int, column: str, what: str
) -> None:
    with pytest.raises(InputError) as raised:
        read(folder, HEADER + rows)
    error = raised.value
    assert (error.row, error.column) == (number, column)
    assert what in error.problem
    assert error.fix


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("referring-domains.csv", b"", "it is empty"),
        ("referring-domains.csv", b"\n\n,,\n", "it is empty"),
        ("referring-domains.csv", b"PK\x03\x04 a workbook", "it is a workbook"),
        (
            "referring-domains.csv",
            b"domain,verdict\nx.example,keep\n",
            "referring_domain, probability are missing",
        ),
        ("referring-domains.csv", bytes(range(256)) * 9, "are missing"),
        ("referring-domains.csv", None, "it cannot be read (No such file or directory)"),
        ("audit.json", b"{", "it is not the summary of an audit"),
        ("audit.json", b"[" * 100_000, "it is not the summary of an audit"),
        ("audit.json", b'{"site": "x.example", "settings": 3}', "it is not the summary of an audit"),
        ("audit.json", None, "it cannot be read (No such file or directory)"),
        ("links.parquet", b"PAR1 broken", "it cannot be read as a Parquet file"),
        ("links.parquet", None, "it is not there"),
    ],
)
def test_a_folder_that_no_audit_left_like_this(
    folder: Path, name: str, data: bytes | None, what: str
) -> None:
    path = folder / name
    path.unlink()
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(InputError) as raised:
        read(folder)
    assert raised.value.file == path
    assert what in raised.value.problem


def test_links_of_another_shape_are_refused(folder: Path) -> None:
    pl.DataFrame({"source_url": ["https://a.example/"]}).write_parquet(folder / "links.parquet")
    with pytest.raises(InputError, match="does not hold the links of an audit"):
        read(folder)


def test_a_file_of_the_audit_that_is_gone_is_asked_for(tmp_path: Path) -> None:
    there, gone = tmp_path / "old.txt", tmp_path / "gone.txt"
    there.write_text("")
    assert recorded(None, there, "--disavow") == there
    assert recorded(there, gone, "--disavow") == there
    assert recorded(None, None, "--disavow") is None
    with pytest.raises(InputError, match="Name it with --disavow"):
        recorded(None, gone, "--disavow")
