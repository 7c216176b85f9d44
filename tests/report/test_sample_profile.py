"""The sample profile in disavow_samples/: reproducible, shaped like real exports, and free of real names."""

from __future__ import annotations

import csv
import gzip
import io
import ipaddress
import re
import subprocess
import sys
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import polars as pl
import pytest

from detector.links.domains import Domains
from detector.links.reading import read

SAMPLES: Final = Path(__file__).parents[2] / "disavow_samples"
EXPORTS: Final = (
    *(
        "ahrefs-backlinks.csv",
        "semrush-backlinks.csv",
        "semrush-referring-domains.csv",
        "gsc-latest-links.csv",
    ),
    *("gsc-top-linking-sites.csv", "majestic-backlinks.csv.gz", "ubersuggest-backlinks.csv"),
)
FILES: Final = (*EXPORTS, "old-disavow.txt", "truth.csv")
#: Real platforms whose tenants are invented; everything else stands under .example.
PLATFORMS: Final = (
    *("wordpress.com", "blogspot.com", "weebly.com", "pages.dev"),
    *("medium.com", "sites.google.com", "github.com"),
)


def content(name: str) -> bytes:
    """The bytes of a file, unpacked: how deflate packs may differ between two builds of zlib."""
    raw = (SAMPLES / name).read_bytes()
    return gzip.decompress(raw) if name.endswith(".gz") else raw


def table(name: str) -> list[dict[str, str]]:
    raw = content(name)
    wide = raw.startswith(b"\xff\xfe")
    text = raw.decode("utf-16" if wide else "utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter="\t" if wide else ","))


def source_urls() -> list[str]:
    columns = ("Referring page URL", "Source url", "Source URL", "Linking page")
    return [row[c] for name in EXPORTS for row in table(name) for c in columns if c in row]


def test_the_script_reproduces_every_byte(tmp_path: Path) -> None:
    script = [sys.executable, "-B", str(SAMPLES / "make_samples.py"), str(tmp_path)]
    subprocess.run(script, check=True, capture_output=True, timeout=60)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert set(made) == set(FILES)
    for name, raw in made.items():
        assert (gzip.decompress(raw) if name.endswith(".gz") else raw) == content(name), name


def test_the_gzip_file_carries_no_time() -> None:
    assert (SAMPLES / "majestic-backlinks.csv.gz").read_bytes()[4:8] == b"\0\0\0\0"


def test_all_files_together_stay_small_and_are_all_described() -> None:
    assert sum((SAMPLES / name).stat().st_size for name in FILES) < 1_500_000
    readme = (SAMPLES / "README.md").read_text("utf-8")
    assert [name for name in FILES if f"`{name}`" not in readme] == []


def test_shapes_of_the_real_exports() -> None:
    ahrefs = content("ahrefs-backlinks.csv")
    assert ahrefs.startswith(b"\xff\xfe")
    assert ahrefs.decode("utf-16").split("\n")[0].count("\t") == 36
    semrush = content("semrush-backlinks.csv")
    assert semrush.count(b"\n") == semrush.count(b"\r\n") > 500
    assert b"\r" not in content("semrush-referring-domains.csv")
    assert not content("gsc-latest-links.csv").endswith(b"\n")
    assert content("majestic-backlinks.csv.gz").startswith(b'\xef\xbb\xbf"Target URL","Source URL"')
    assert b",null," in content("ubersuggest-backlinks.csv")
    assert b'"\n\t' in content("ubersuggest-backlinks.csv")


def test_the_profile_is_large_enough_to_show_something() -> None:
    assert 1_500 <= len(source_urls()) <= 3_000
    assert 400 <= len(table("truth.csv")) <= 600


def test_tools_overlap() -> None:
    ahrefs = {row["Referring page URL"] for row in table("ahrefs-backlinks.csv")}
    semrush = {row["Source url"] for row in table("semrush-backlinks.csv")}
    google = {row["Linking page"] for row in table("gsc-latest-links.csv")}
    assert len(ahrefs & semrush & google) > 50
    assert semrush - ahrefs
    assert google - ahrefs - semrush


def test_no_real_name_but_platforms_with_invented_tenants() -> None:
    hosts = {urlsplit(url).hostname or "" for url in source_urls()}
    hosts |= {row["Domain"] for row in table("semrush-referring-domains.csv")}
    hosts |= {row["referring_domain"].split("/")[0] for row in table("truth.csv")}
    real = {host for host in hosts if not host.endswith(".example")}
    assert real
    for host in real:
        assert host in PLATFORMS or re.fullmatch(r"zz-sample-\d{4}\.(.+)", host)[1] in PLATFORMS  # type: ignore[index]
    for url in source_urls():
        if urlsplit(url).hostname in PLATFORMS:
            assert "/zz-sample-" in url or "/@zz-sample-" in url


def test_every_address_is_reserved() -> None:
    blocks = [
        ipaddress.ip_network(n)
        for n in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "198.18.0.0/15")
    ]
    addresses = [row["IP Address"] for row in table("semrush-referring-domains.csv") if row["IP Address"]]
    assert len(addresses) > 300
    assert all(any(ipaddress.ip_address(a) in block for block in blocks) for a in addresses)


def test_every_file_is_recognised_and_read_whole() -> None:
    reading = read([SAMPLES / name for name in EXPORTS], domains=Domains.default())
    records = pl.concat(list(reading.batches()))
    tools = dict(records.group_by("file").agg(pl.col("tool").unique()).iter_rows())
    assert {Path(name).name.split("-")[0]: found for name, found in tools.items()} == {
        tool: [tool] for tool in ("ahrefs", "semrush", "gsc", "majestic", "ubersuggest")
    }
    assert "invalid" not in set(records["record_type"])
    assert records.filter(record_type="link").height == len(source_urls())
    known = {row["referring_domain"] for row in table("truth.csv")}
    assert set(records["referring_domain"]) - known == set(), "truth.csv names every referring domain"


def test_the_link_farm_shares_one_network_and_one_template() -> None:
    farm = {r["referring_domain"] for r in table("truth.csv") if r["group"] == "link_farm"}
    networks = {
        row["IP Address"].rsplit(".", 1)[0]
        for row in table("semrush-referring-domains.csv")
        if row["Domain"] in farm
    }
    assert len(farm) == 30
    assert networks == {"198.51.100"}
    rows = [r for r in table("ahrefs-backlinks.csv") if urlsplit(r["Referring page URL"]).hostname in farm]
    assert all(int(row["External links"]) > 500 for row in rows)


def test_the_wave_came_within_weeks() -> None:
    wave = {r["referring_domain"] for r in table("truth.csv") if r["group"] == "negative_seo_wave"}
    rows = [r for r in table("ahrefs-backlinks.csv") if urlsplit(r["Referring page URL"]).hostname in wave]
    assert 150 <= len(wave) <= 200
    assert {row["First seen"][:7] for row in rows} == {"2026-08", "2026-09"}


@pytest.mark.parametrize("start", ["=HYPERLINK(", "+1 ", "@ZZ"])
def test_anchors_that_a_spreadsheet_would_run_are_among_them(start: str) -> None:
    assert any(row["Anchor"].startswith(start) for row in table("ahrefs-backlinks.csv"))


@pytest.mark.parametrize(
    "fault",
    [
        r"\ufeff#",
        r"\ndomain: [\w.-]+\r?\n",
        r"\nDOMAIN:[A-Z0-9.-]+\r?\n",
        r"\n[\w-]+\.example\r?\n",
        r"\ndomain:org\.br\r?\n",
        r"\ndomain:blogspot\.com\r?\n",
        r"\n(domain:[\w.-]+)\s*\n\1\r?\n",
        r"\ndomain:[a-z.-]*[^\x00-\x7f][\w.-]*\r?\n",
        r"\ndomain:https?://[^/\s]+/\S+\r?\n",
        r"\n# do not remove: .+\r?\n",
    ],
)
def test_the_old_disavow_file_has_the_faults_people_make(fault: str) -> None:
    text = content("old-disavow.txt").decode("utf-8")
    assert re.search(fault, text)
    assert "\r\n" in text
    assert re.search(r"[^\r]\n", text), "line ends are mixed"
