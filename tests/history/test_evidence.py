"""The evidence document: only what is known is said, and what strangers wrote is text in it."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from audit_folder import ANCHOR, PAGE, write_audit
from history_fixtures import PROPERTY, START, parsed

from detector.disavow.rules import Rule
from detector.errors import InputError, UsageError
from detector.history import Store, Upload
from detector.history.audits import NEEDED, AuditFolder, audit_around, read_audit
from detector.history.evidence import Evidence, gather
from detector.history.outreach import read_outreach
from detector.history.reconsideration import numbers, write_evidence
from detector.links.domains import Domains

Record = Callable[..., Upload]
TODAY = date(2026, 6, 1)
LOG = (
    "date,url,contact,channel,answer\n"
    "2026-05-03,https://farm.example/2,Bo <bo@farm.example>,e-mail,\n"
    '2026-05-10,farm.example,Bo <bo@farm.example>,form,"=cmd|""x""!A1 <script>"\n'
    "2026-05-04,fine.example,Eve,e-mail,removed\n"
    "2026-05-05,https://elsewhere.test/page,,,\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> AuditFolder:
    return read_audit(write_audit(tmp_path / "audit"))


@pytest.fixture
def gathered(tmp_path: Path, folder: AuditFolder, store: Store, domains: Domains) -> Callable[..., Evidence]:
    def make(*, log: str | None = LOG, history: bool = True) -> Evidence:
        path = tmp_path / "log.csv"
        path.write_text(log or "")
        outreach = read_outreach(path, domains, TODAY) if log else None
        return gather(folder, store if history else None, outreach, domains, TODAY)

    return make


def rows(evidence: Evidence) -> dict[str, dict[str, Any]]:
    return {row["referring_domain"]: row for row in evidence.table.iter_rows(named=True)}


# ------------------------------------------------------------------------------------------------ the audit


def test_an_audit_is_read_back_without_what_guarded_spreadsheets(folder: AuditFolder) -> None:
    assert folder.site == "example.com"
    assert folder.day == "2026-05-20"
    assert folder.own == ["sister.test"]
    table = {row["referring_domain"]: row for row in folder.domains.iter_rows(named=True)}
    assert table["farm.example"]["anchors"] == ANCHOR
    assert table["fine.example"]["reasons"] == "-1 of its links is an image"
    assert table["medium.com/@x"]["followed_links"] is None


def test_the_exports_are_told_without_folders_and_without_what_was_refused(folder: AuditFolder) -> None:
    assert folder.exports == [{"name": "a<b>.csv", "tool": "ahrefs", "report": "backlinks", "records": "12"}]


def test_evidence_of_rules_is_that_of_their_referring_domain(folder: AuditFolder, domains: Domains) -> None:
    rules = [
        Rule("domain", "farm.example"),
        Rule("url", "https://medium.com/@x/one"),
        Rule("domain", "www.farm.example"),
        Rule("domain", "unknown.example"),
    ]
    found = folder.evidence(rules, domains)
    assert {rule.text: (d.unit, d.verdict, d.probability) for rule, d in found.items()} == {
        "domain:farm.example": ("farm.example", "disavow", 0.99),
        "https://medium.com/@x/one": ("medium.com/@x", "disavow", 0.95),
    }


def test_the_folder_around_a_file_is_found(folder: AuditFolder, tmp_path: Path) -> None:
    assert audit_around(folder.folder / "disavow.txt") == folder.folder.resolve()
    assert audit_around(tmp_path / "disavow.txt") is None


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("audit.json", "{", "the record of the audit cannot be read"),
        ("audit.json", "[" * 100_000, "the record of the audit cannot be read"),
        ("audit.json", "[]", "it names no site"),
        ("audit.json", '{"site": 3}', "it names no site"),
        ("referring-domains.csv", "referring_domain\na.example\n", "verdict, probability are missing"),
        ("referring-domains.csv", "", "it is empty"),
        ("links.parquet", "nothing", "the links of the audit cannot be read"),
    ],
)
def test_a_damaged_audit_is_named(folder: AuditFolder, name: str, content: str, words: str) -> None:
    (folder.folder / name).write_text(content)
    with pytest.raises(InputError, match=words):
        read_audit(folder.folder).links()


@pytest.mark.parametrize(("encoding", "mark", "end"), [("utf-8-sig", ";", "\r\n"), ("utf-16", "\t", "\r"), ("cp1252", ";", "\r\n")])  # fmt: skip
def test_a_table_that_a_spreadsheet_saved_is_read(
    folder: AuditFolder, encoding: str, mark: str, end: str
) -> None:
    table = folder.folder / "referring-domains.csv"
    rows = list(csv.reader(table.read_text("utf-8").splitlines()))
    with table.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=mark, lineterminator=end)
        writer.writerows([reversed([*(c.replace("0.", "0,") for c in row[:4]), *row[4:]]) for row in rows])
    assert read_audit(folder.folder).domains.equals(folder.domains)


def test_columns_that_are_gone_are_missed_only_where_they_are_needed(folder: AuditFolder) -> None:
    (folder.folder / "referring-domains.csv").write_text(
        "verdict,probability,referring_domain\nDisavow ,99%,farm.example\n"
    )
    (row,) = read_audit(folder.folder).domains.iter_rows(named=True)
    assert (row["verdict"], row["probability"], row["links"]) == ("disavow", 0.99, None)
    with pytest.raises(InputError, match=r"the columns links, kind, .* are missing"):
        read_audit(folder.folder, tuple(NEEDED))


def test_rows_that_a_person_added_are_told(
    tmp_path: Path, folder: AuditFolder, record: Record, store: Store, domains: Domains
) -> None:
    with (folder.folder / "referring-domains.csv").open("a") as file:
        file.write("blog.new.example,,,disavow\nhttps://medium.com/@y/one,,,disavow\n")
    record("domain:new.example", "https://medium.com/@y/one", done=True)
    evidence = gather(read_audit(folder.folder), store, None, domains, TODAY)
    for name in ("blog.new.example", "https://medium.com/@y/one"):
        row = rows(evidence)[name]
        assert (row["kind"], row["links"]) == ("decided by a person", 0)
        assert row["decision"].startswith("disavowed: upload 1 ")
    write_evidence(tmp_path / "evidence.html", evidence)


def test_odd_things_in_the_record_break_nothing(folder: AuditFolder) -> None:
    record = {"site": "example.com", "counts": [1], "settings": {"own": "x"}, "files": {"a": 1}}
    (folder.folder / "audit.json").write_text(json.dumps(record))
    odd = read_audit(folder.folder)
    assert (odd.own, odd.counts, odd.exports, odd.day) == ([], {}, [], "")


def test_another_folder_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"is not the folder of an audit: it has no audit\.json"):
        read_audit(tmp_path)


# ------------------------------------------------------------------------------------------------ the evidence


def test_listed_is_what_is_disavowed_or_proposed_or_was_asked(
    gathered: Callable[..., Evidence], record: Record
) -> None:
    record("domain:farm.example", "domain:old.example", "domain:idle.example", done=True)
    evidence = gathered()
    assert list(rows(evidence)) == [
        "farm.example",
        "old.example",
        "fine.example",
        "medium.com/@x",
        "elsewhere.test",
    ]
    assert evidence.idle_rules == 1


def test_a_decision_is_called_what_it_is(
    gathered: Callable[..., Evidence], record: Record, store: Store
) -> None:
    record("domain:farm.example", day=1, done=True)
    record("domain:farm.example", "https://old.example/a", "domain:x.old.example", day=2, done=True)
    told = rows(gathered())
    assert (told["farm.example"]["decision"], told["farm.example"]["decided"], told["farm.example"]["rule"]) == (
        "disavowed: upload 2 of 2026-05-03", "2026-05-02", "domain:farm.example",
    )  # fmt: skip
    assert told["old.example"]["decision"] == "disavowed in part: upload 2 of 2026-05-03"
    assert told["old.example"]["rule"] == "https://old.example/a (and 1 more)"
    assert told["medium.com/@x"]["decision"] == "proposed for the disavow file"
    assert told["medium.com/@x"]["decided"] == "2026-05-20"
    assert told["fine.example"]["decision"] == "kept"
    assert told["elsewhere.test"]["decision"] == ""


def test_an_upload_that_nobody_confirmed_is_called_so(
    gathered: Callable[..., Evidence], record: Record
) -> None:
    record("domain:farm.example")
    evidence = gathered()
    assert (
        rows(evidence)["farm.example"]["decision"]
        == "disavowed: upload 1 of 2026-05-01, upload not confirmed"
    )
    assert evidence.in_force is None
    assert numbers(evidence)["disavowed"] == 0


def test_without_history_and_log_everything_is_proposed(gathered: Callable[..., Evidence]) -> None:
    evidence = gathered(log=None, history=False)
    assert {row["decision"] for row in rows(evidence).values()} == {"proposed for the disavow file"}
    assert (evidence.requests, evidence.uploads) == (None, [])


def test_who_was_asked_when_and_with_what_answer(gathered: Callable[..., Evidence]) -> None:
    told = rows(gathered())
    farm = told["farm.example"]
    assert (farm["requests"], farm["first_request"], farm["last_request"]) == (2, "2026-05-03", "2026-05-10")
    assert (farm["asked"], farm["channel"], farm["removed"]) == ("Bo <bo@farm.example>", "e-mail; form", "")
    assert told["fine.example"]["removed"] == "yes"
    assert (told["medium.com/@x"]["requests"], told["medium.com/@x"]["asked"]) == (0, "")
    assert told["elsewhere.test"]["example_pages"] == "https://elsewhere.test/page"


def test_the_numbers(gathered: Callable[..., Evidence], record: Record) -> None:
    record("domain:farm.example", done=True)
    assert numbers(gathered()) == {
        "listed": 4, "toxic": 2, "disavowed": 1, "proposed": 1, "asked": 3, "not_asked": 1, "answered": 2,
        "removed": 1, "requests": 4,
    }  # fmt: skip


# ------------------------------------------------------------------------------------------------ the document


@pytest.fixture
def document(tmp_path: Path, gathered: Callable[..., Evidence]) -> Callable[..., str]:
    def write(**choice: Any) -> str:
        write_evidence(tmp_path / "evidence.html", gathered(**choice))
        return (tmp_path / "evidence.html").read_text("utf-8")

    return write


def words_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", page)).split())


def test_what_strangers_wrote_is_text(document: Callable[..., str], record: Record) -> None:
    record("domain:farm.example", done=True)
    page = document()
    for tag in ("<script", "<img", "<a ", "onerror=alert(1)>?"):
        assert tag not in page
    assert PAGE.replace(" ", "%20").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in page
    assert "a&lt;b&gt;.csv" in page
    assert "Content-Security-Policy" in page


def test_the_sheet_holds_no_formula(document: Callable[..., str], tmp_path: Path) -> None:
    document()
    with (tmp_path / "evidence.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert "'" + ANCHOR in cells
    assert any(cell.startswith("'=cmd") for cell in cells)
    assert not [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell]


def test_the_draft_says_what_is_known_and_leaves_blank_what_is_not(
    document: Callable[..., str], record: Record
) -> None:
    record("domain:farm.example", "https://other.test/x", done=True)
    draft = words_of(document()).split("What was read")[0]
    assert "9 links from 5 referring domains" in draft
    assert "unnatural on 2 referring domains" in draft
    assert (
        "4 requests to remove links, about 3 referring domains; 2 answered, and by our log the links of 1 are gone"
        in draft
    )
    assert (
        "the file of 2026-05-01, with 1 domain and 1 page, is uploaded for https://www.example.com/" in draft
    )
    assert "1 more domain is in no uploaded file yet: [upload them first, or say why not]" in draft
    assert "[what happened, who made or bought the links, when, and why]" in draft
    assert "[contracts ended, people told, rules made, with dates]" in draft


def test_the_draft_claims_no_upload_and_no_request_that_nobody_made(
    document: Callable[..., str], record: Record
) -> None:
    record("domain:farm.example")
    page = words_of(document(log=None))
    assert "[no upload of a disavow file is confirmed in the history" in page
    assert "[whom you asked to remove links" in page
    assert "is uploaded for" not in page
    assert "not confirmed" in page


def test_the_uploads_are_listed_with_their_digests(document: Callable[..., str], store: Store) -> None:
    for number in range(2):
        file = parsed(f"domain:h{number}.example")
        store.record(file, property_url=PROPERTY, who="ann", now=START, uploaded=START)
    page = document()
    assert all(upload.sha256 in page for upload in store.uploads())
    assert "ann" not in words_of(page).split()


def test_it_ends_in_html_or_nothing_is_written(gathered: Callable[..., Evidence], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"must end in \.html"):
        write_evidence(tmp_path / "evidence.txt", gathered())
    assert not list(tmp_path.glob("evidence*"))
