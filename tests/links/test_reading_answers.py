"""Answers of APIs: JSON, JSON lines, XML."""

from __future__ import annotations

import json
from typing import Any

from reading_helpers import Folder, filled


def read(folder: Folder, answer: Any) -> tuple[list[dict[str, str]], Any]:
    return folder.read(json.dumps(answer), "answer.json")


def dataforseo(*tasks: Any) -> dict[str, Any]:
    return {"status_code": 20000, "status_message": "Ok.", "tasks": list(tasks)}


def items(*records: Any, target: str = "my.example") -> dict[str, Any]:
    result = {
        "target": target,
        "total_count": len(records),
        "items_count": len(records),
        "items": list(records),
    }
    return {"status_code": 20000, "data": {"target": target}, "result": [result]}


def test_rows_are_counted_over_all_lists_and_failed_tasks_are_reported(folder: Folder) -> None:
    failed = {"status_code": 40501, "status_message": "Invalid Field: 'target'.", "result": None}
    first = {
        "type": "backlink",
        "url_from": "https://a.example/",
        "url_to": "https://my.example/",
        "dofollow": True,
    }
    second = {
        **first,
        "url_from": "https://b.example/",
        "attributes": ["nofollow", "ugc"],
        "alt": "x",
        "item_type": "image",
    }
    rows, report = read(folder, dataforseo(items(first), failed, items(second)))
    assert [(row["row"], row["source_url"]) for row in rows] == [
        ("1", "https://a.example/"),
        ("2", "https://b.example/"),
    ]
    assert [(r["rel_nofollow"], r["rel_ugc"], r["anchor"], r["link_type"]) for r in rows] == [
        ("false", "false", "", ""),
        ("true", "true", "x", "image"),
    ]
    assert [str(problem.message) for problem in report.problems] == [
        "a task failed: 40501 Invalid Field: 'target'."
    ]


def test_the_request_is_never_a_row(folder: Folder) -> None:
    rows, report = read(folder, dataforseo(items()))
    assert rows == []
    assert report.refused == "it is an answer of an API without backlinks. Ask the API for backlinks."


def test_spam_scores_by_target(folder: Folder) -> None:
    rows, _ = read(
        folder,
        dataforseo(
            items({"target": "a.example", "spam_score": 5}, {"target": "b.example", "spam_score": None})
        ),
    )
    assert [(r["record_type"], r["source_host"], r["spam_score"], r["spam_score_metric"]) for r in rows] == [
        ("domain", "a.example", "5", "dataforseo_spam_score"),
        ("domain", "b.example", "", ""),
    ]


def test_failed_answers_say_why(folder: Folder) -> None:
    for answer, said in (
        (
            dataforseo({"status_code": 40100, "status_message": "Not authorised", "result": None}),
            "40100 Not authorised",
        ),
        ({"error": "bad key"}, "bad key"),
        ({"error": {"message": "quota"}}, "quota"),
    ):
        rows, report = read(folder, answer)
        assert rows == []
        assert said in report.refused


def test_ahrefs_version_3(folder: Folder) -> None:
    record = {
        "url_from": "https://a.example/", "url_to": "https://my.example/", "anchor": None, "is_dofollow": True,
        "domain_rating_source": 41.5, "languages": ["en", "fr"], "http_code": 0, "link_type": "text",
        "first_seen_link": "2024-01-02T10:00:00Z", "first_seen": "2024-01-01T23:30:00-02:00", "title": "T\r\nU",
    }  # fmt: skip
    rows, report = read(folder, {"backlinks": [record]})
    assert (report.tool, report.report) == ("ahrefs", "api_v3")
    assert filled(rows[0]) == {
        "row": "1", "record_type": "link", "source_url": "https://a.example/", "source_host": "a.example",
        "source_domain": "a.example", "referring_domain": "a.example", "target_url": "https://my.example/",
        "target_host": "my.example", "source_title": "T\nU", "rel_nofollow": "false", "link_type": "text",
        "is_image": "false", "first_seen": "2024-01-02", "language": "en|fr", "domain_authority": "41.5",
        "domain_authority_metric": "ahrefs_dr",
    }  # fmt: skip


def test_majestic_as_json_and_as_xml(folder: Folder) -> None:
    record = {
        "SourceURL": "http://a.example/x", "AnchorText": "a | b", "FlagNoFollow": 1, "FlagImages": 0, "FlagDeleted": 1,
        "TargetURL": "http://my.example/", "FirstIndexedDate": "20200102", "DateLost": "", "SourceTrustFlow": -1,
    }  # fmt: skip
    table = {"RowsCount": 1, "Data": [record]}
    by_json, _ = folder.read(json.dumps({"Code": "OK", "DataTables": {"BackLinks": table}}), "a.json")
    headers, cells = "|".join(record), "|".join(str(value).replace("|", "||") for value in record.values())
    xml = (
        '<?xml version="1.0"?><Result Code="OK" ErrorMessage=""><DataTables Count="1">'
        f'<DataTable Name="BackLinks" Headers="{headers}"><Row>{cells.replace("||-1", "| |-1")}</Row></DataTable></DataTables></Result>'
    )
    by_xml, _ = folder.read(xml, "a.xml")
    assert filled(by_json[0]) == filled(by_xml[0])
    assert by_json[0]["anchor"] == "a | b"
    assert (by_json[0]["lost"], by_json[0]["trust_flow"], by_json[0]["first_seen"]) == (
        "true",
        "",
        "2020-01-02",
    )


def test_unknown_keys_are_read_by_content(folder: Folder) -> None:
    rows, report = read(
        folder, [{"page": "https://a.example/", "note": "x"}, {"page": "https://b.example/", "note": "y"}]
    )
    assert [row["source_url"] for row in rows] == ["https://a.example/", "https://b.example/"]
    assert (report.tool, report.report) == ("unknown", "links")


def test_json_lines_keep_broken_lines_as_invalid(folder: Folder) -> None:
    good = '{"url_from": "https://a.example/", "url_to": "https://my.example/", "first_seen": "2024-01-01"}'
    rows, report = folder.read(f"{good}\nbroken, line\n\n{good}\n", "links.jsonl")
    assert [row["record_type"] for row in rows] == ["link", "invalid", "link"]
    assert [row["row"] for row in rows] == ["1", "2", "3"]
    assert rows[1]["comment"] == "broken, line"
    assert report.invalid == 1


def test_a_line_may_be_a_whole_answer(folder: Folder) -> None:
    def record(name: str) -> dict[str, Any]:
        return {"url_from": f"https://{name}.example/", "url_to": "https://my.example/", "anchor": "x"}

    lines = [
        {"url_to": "my.example", "backlinks": [record("a"), record("b")]},
        record("c"),
        {"backlinks": []},
        {"note": 1},
    ]
    text = "\n".join(map(json.dumps, lines)) + '\nbroken\n{"backlinks": [' + json.dumps(record("d")) + "]}"
    rows, report = folder.read(text, "a.jsonl")
    kept = [(row["row"], row["source_host"] or row["comment"]) for row in rows]
    assert kept == [
        ("1", "a.example"), ("2", "b.example"), ("3", "c.example"), ("4", '{"note": 1}'), ("5", "broken"),
        ("6", "d.example"),
    ]  # fmt: skip
    assert report.invalid == 2


def test_of_answers_a_line_failed_tasks_are_reported(folder: Folder) -> None:
    failed = {"status_code": 40501, "status_message": "Invalid Field: 'target'.", "result": None}
    pages = [{"type": "backlink", "url_from": f"https://{n}.example/", "dofollow": True} for n in "ab"]
    answers = dataforseo(items(pages[0])), dataforseo(failed), dataforseo(items(pages[1]))
    rows, report = folder.read("\n".join(map(json.dumps, answers)), "a.jsonl")
    assert [row["source_host"] for row in rows] == ["a.example", "b.example"]
    assert [problem.message for problem in report.problems] == [
        "a task failed: 40501 Invalid Field: 'target'."
    ]


def test_lines_longer_than_what_is_looked_at(folder: Folder) -> None:
    record = {"url_from": "https://a.example/", "url_to": "https://my.example/", "anchor": "x" * (600 << 10)}
    rows, _ = folder.read("\n".join([json.dumps({"backlinks": [record]})] * 2), "a.jsonl")
    assert [row["row"] for row in rows] == ["1", "2"]


def test_one_record_alone(folder: Folder) -> None:
    record = '{"url_from": "https://a.example/", "url_to": "https://my.example/", "anchor": "x"}'
    for text in (record, record + "\n", json.dumps(json.loads(record), indent=1)):
        assert folder.row(text, "a.json")["source_url"] == "https://a.example/"
    _, report = folder.read('{"target": "my.example", "url_from": "x", "backlinks": []}', "a.json")
    assert report.refused is not None


def test_a_broken_first_line_is_kept_as_any_other(folder: Folder) -> None:
    good = '{"url_from": "https://a.example/", "url_to": "https://my.example/"}'
    rows, report = folder.read(f'{{"url_from": "https://\n{good}\n', "a.jsonl")
    assert [row["record_type"] for row in rows] == ["invalid", "link"]
    assert rows[0]["comment"] == '{"url_from": "https://'
    _, report = folder.read(f'{{"backlinks": [\n{good}\n]}}', "a.json")
    assert (report.records, report.invalid) == (1, 0)


def test_an_emoji_that_a_tool_cut_in_two(folder: Folder) -> None:
    first = {"url_from": "https://a.example/", "url_to": "https://my.example/"}
    cut = json.dumps({**first, "anchor": "Kettles \ud83d", "title": "\\ud83d \U0001fad6"})
    for text in (f"[{cut}]", f"{cut}\n{json.dumps(first)}\n", f'["\\ude00", {cut}]'):
        rows, _ = folder.read(text, "answer.json")
        row = next(row for row in rows if row["anchor"])
        assert (row["anchor"], row["source_title"]) == ("Kettles \ufffd", "\\ud83d \U0001fad6")


def test_what_is_no_answer_is_refused_with_a_sentence(folder: Folder) -> None:
    for text, said in (
        ('{"a": 1', "its JSON is broken in line 1. Ask the API again."),
        ("[" * 100_000, "its JSON is nested too deeply. Ask the API again."),
        ("{}", "it is an answer of an API without backlinks. Ask the API for backlinks."),
        (
            '<?xml version="1.0"?><Result Code="X" ErrorMessage="No such key"/>',
            "the API answered: No such key. Ask the API again.",
        ),
        (
            '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>',
            "it is XML with a document type, which no export has. Ask the API again.",
        ),
        (
            "ERROR 50 :: NOTHING FOUND",
            "it is the error message of an API (ERROR 50 :: NOTHING FOUND). Ask the API again, or export a file.",
        ),
    ):
        rows, report = folder.read(text, "answer")
        assert rows == []
        assert report.refused == said
