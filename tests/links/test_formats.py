"""The formats: found by themselves, sound, and those of the alias table."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from detector.links import formats
from detector.links.formats import IGNORED, TOOLS, Field
from detector.links.layout import by_headers
from detector.links.schema import COLUMNS
from detector.links.transforms import METRIC_OF, targets

EVERY = [
    (tool, report, header, field)
    for tool in TOOLS
    for report in tool.reports
    for header, field in report.fields.items()
]


def test_each_tool_has_one_file_named_like_it() -> None:
    files = {path.stem for path in Path(formats.__path__[0]).glob("*.py")} - {"__init__", "model"}
    assert {tool.name for tool in TOOLS} == files


def test_names_of_reports_are_unique_in_a_tool() -> None:
    for tool in TOOLS:
        names = [report.name for report in tool.reports]
        assert len(names) == len(set(names))


@pytest.mark.parametrize("field", sorted({str(field) for *_, field in EVERY}))
def test_columns_and_transforms_are_known(field: str) -> None:
    found = next(one for *_, one in EVERY if str(one) == field)
    assert found.column in {*COLUMNS, IGNORED, "rel"}
    if found.column in {"source_url", "source_host", "target_url"}:
        assert found.transform in {"", "scheme", "reverse"}
        return
    layout = by_headers(["Linking page"])
    assert layout is not None
    column = type(layout.columns[0])(0, "x", found)
    for target in targets(column, layout, lambda column, cell: None):
        assert target.name.partition(":")[0] in {*COLUMNS, "alt", "flag", "token", "keep"}
        if found.transform != "metric:":  # of our own table, where the column beside the score names it
            assert (target.metric != "") == (target.name in METRIC_OF)


def test_ignored_fields_have_no_other_meaning() -> None:
    assert Field(IGNORED, "date:dmy").is_date
    assert Field(IGNORED, "int").is_number
    assert not Field("anchor").is_number


@pytest.mark.parametrize(
    ("headers", "tool", "report"),
    [
        ("Linking page,Last crawled", "gsc", "latest_links"),
        ("Linking page", "gsc", "more_sample_links"),
        ("Target page,Incoming links,Linking sites", "gsc", "top_target_pages"),
        ("Domain,Backlinks Count", "bing", "referring_domains"),
        ("domain , BACKLINKS COUNT", "bing", "referring_domains"),
        ("\ufeffLink,Anchor Text,Trust Flow,Citation Flow", "agency_analytics", "backlinks"),
        ("Position,Domain,RefDomains,TrustFlow,BackLinks_my.example", "majestic", "clique_hunter"),
        ("Subnet,Ref. domains,Top DR", "ahrefs", "referring_ips"),
        ("Donor URL,Acceptor URL,SPR", "serpstat", "backlinks"),
    ],
)
def test_recognised_by_headers(headers: str, tool: str, report: str) -> None:
    found = by_headers(headers.split(","))
    assert found is not None
    assert (found.tool, found.report) == (tool, report)


def test_unknown_headers_are_nobodys() -> None:
    assert by_headers(["", "one", "two"]) is None


@pytest.mark.raw
def test_formats_are_exactly_the_alias_table() -> None:
    with Path(os.environ["DETECTOR_RAW"], "docs", "export-aliases.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        table = {
            (row["tool"], row["report"], row["header"]): (row["canonical_field"], row["transform"])
            for row in csv.DictReader(file)
        }
    ours = {
        (tool.name, report.name, header): (field.column, field.transform)
        for tool, report, header, field in EVERY
        if tool.name != "detector"  # the table that we print ourselves is no export of a tool
    }
    assert ours == table
