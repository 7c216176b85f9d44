"""Which pages are asked for: the best linking page, the home page, further ones; the most doubtful domains first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from detector.errors import InputError
from detector.web.choosing import candidates, home_url, spelled


def audit(folder: Path, links: list[dict[str, Any]], domains: list[tuple[str, str, str]]) -> Path:
    blank: dict[str, Any] = {
        "record_type": "link", "lost": None, "rel_nofollow": None, "rel_ugc": None, "rel_sponsored": None, "source_url": None,
    }  # fmt: skip
    types = dict.fromkeys(("lost", "rel_nofollow", "rel_ugc", "rel_sponsored"), pl.Boolean)
    rows = [blank | link for link in links]
    pl.DataFrame(rows, schema_overrides=types).write_parquet(folder / "links.parquet")
    pl.DataFrame(domains, schema=["referring_domain", "probability", "verdict"], orient="row").write_csv(
        folder / "referring-domains.csv"
    )
    return folder


def link(domain: str, url: str, **more: Any) -> dict[str, Any]:
    return {"referring_domain": domain, "source_url": url} | more


def test_of_a_domain(tmp_path: Path) -> None:
    a = "https://www.a.example"
    links = [
        link("a.example", f"{a}/lost/1", lost=True),
        link("a.example", f"{a}/tag/1", rel_nofollow=True),
        link("a.example", f"{a}/blog/2"),
        link("a.example", f"{a}/blog/1"),
        link("a.example", f"{a}/blog/1"),
        link("a.example", f"{a}/blog/3"),
        link("a.example", f"{a}/partners/9"),
        {"referring_domain": "a.example", "record_type": "domain"},
    ]
    folder = audit(tmp_path, links, [("a.example", "0.5", "review")])
    assert list(spelled(candidates(folder, 9))) == [
        ("a.example", f"{a}/blog/1", False),  # two links
        ("a.example", f"{a}/", True),
        ("a.example", f"{a}/partners/9", False),  # another shape of address
        ("a.example", f"{a}/tag/1", False),
        ("a.example", f"{a}/blog/2", False),  # followed, but of the same shape as the first
        ("a.example", f"{a}/blog/3", False),
        ("a.example", f"{a}/lost/1", False),
    ]
    assert [url for _, url, _ in spelled(candidates(folder, 2))] == [f"{a}/blog/1", f"{a}/"]
    assert [url for _, url, _ in spelled(candidates(folder, 1))] == [f"{a}/blog/1"]


def test_of_all_domains(tmp_path: Path) -> None:
    verdicts = [
        ("sure.example", "0.99", "disavow"),
        ("unsure.example", "0.60", "disavow"),
        ("fine.example", "0.01", "keep"),
        ("far.example", "0.80", "review"),
        ("near.example", "0.52", "review"),
        ("noise.example", "0.97", "ignore"),
        ("named.example", "", "review"),
    ]
    folder = audit(
        tmp_path, [link(d, f"http://{d}/x") for d, _, _ in verdicts if d != "named.example"], verdicts
    )
    pages = candidates(folder, 1)
    order = ["named", "near", "far", "unsure", "sure", "fine", "noise"]
    assert pages["referring_domain"].to_list() == [f"{name}.example" for name in order]
    assert next(spelled(pages)) == ("named.example", "http://named.example/", True)  # known by name only


@pytest.mark.parametrize(
    ("domain", "example", "url"),
    [
        ("a.example", "https://www.a.example/x", "https://www.a.example/"),
        ("a.example", "https://a.example:8443/x", "https://a.example:8443/"),
        ("a.example", "", "http://a.example/"),
        ("medium.com/@x", "https://medium.com/@x/post", "https://medium.com/@x"),
        ("x.blogspot.com", "http://x.blogspot.com/2020/", "http://x.blogspot.com/"),
        ("192.0.2.7", "", "http://192.0.2.7/"),
    ],
)
def test_home_pages(domain: str, example: str, url: str) -> None:
    assert home_url(domain, example) == url


def test_a_page_that_cannot_be_asked_for_does_not_vanish(tmp_path: Path) -> None:
    folder = audit(tmp_path, [link("a.example", "ftp://a.example/x")], [("a.example", "0.5", "review")])
    assert list(spelled(candidates(folder, 3))) == [
        ("a.example", "ftp://a.example/x", False),
        ("a.example", "http://a.example/", True),
    ]


def test_a_table_that_a_spreadsheet_saved_is_read(tmp_path: Path) -> None:
    links = [link("a.example", "http://a.example/"), link("b.example", "http://b.example/")]
    folder = audit(tmp_path, links, [])
    (folder / "referring-domains.csv").write_bytes(
        b"\xef\xbb\xbfverdict;probability;referring_domain\r\nkeep;0,1;a.example\r\nReview;0,6;b.example\r\n"
    )
    assert candidates(folder, 1)["referring_domain"].to_list() == ["b.example", "a.example"]


@pytest.mark.parametrize("name", ["links.parquet", "referring-domains.csv"])
def test_what_is_no_audit_is_refused(tmp_path: Path, name: str) -> None:
    folder = audit(tmp_path, [link("a.example", "http://a.example/")], [("a.example", "0.5", "review")])
    (folder / name).write_text("something else\n")
    with pytest.raises(InputError, match=name.replace(".", r"\.")):
        candidates(folder, 3)
    (folder / name).unlink()
    with pytest.raises(InputError, match=name.replace(".", r"\.")):
        candidates(folder, 3)
