"""``detector audit --pages`` against a real server: what the linking pages are changes verdicts, and says so."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import polars as pl
import pytest
from in_process import Run

SITE = "kettles.example"
LINK = f'<p>We bought <a href="https://{SITE}/">a kettle</a> there.</p>'
HIDDEN = "".join(f'<a href="https://casino-{n}.example/">slots {n}</a>' for n in range(80))
#: Host -> what its pages are; each is a referring domain of its own.
PAGES = {
    "127.0.0.11": (404, "<title>Not found</title>gone"),
    "127.0.0.12": (200, f"<title>A garden</title><h1>Garden</h1>{'<p>Roses and tea in the morning sun.</p>' * 20}"),
    "127.0.0.13": (200, f"<title>A village</title>{'<p>News of the village and its choir.</p>' * 20}{LINK}"
                        f'<div style="position:absolute;left:-9999px">{HIDDEN}</div>'),
    "127.0.0.14": (200, f"<title>A cook writes</title>{'<p>Bread needs time, and so does tea.</p>' * 20}{LINK}"),
}  # fmt: skip


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        host = (self.headers["Host"] or "").partition(":")[0]
        status, text = (404, "none") if self.path == "/robots.txt" else PAGES[host]
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@pytest.fixture
def export(tmp_path: Path, port: int) -> Path:
    rows = [f"http://{host}:{port}/page,https://{SITE}/,kettle" for host in PAGES]
    path = tmp_path / "links.csv"
    path.write_text("\n".join(["Source url,Target url,Anchor", *rows]) + "\n")
    return path


def test_pages_change_verdicts_and_lead_the_reasons(
    detector: Run, export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETECTOR_TEST_LOOPBACK", "1")
    monkeypatch.setenv("DETECTOR_PAGES", str(tmp_path / "store"))
    asked = ("audit", export, "--site", SITE, "--out", tmp_path / "out", "--no-history")
    plain = detector(*asked)
    assert plain.returncode == 0, plain.stderr
    before = dict(
        pl.read_csv(tmp_path / "out" / "referring-domains.csv")
        .select("referring_domain", "verdict")
        .iter_rows()
    )
    done = detector(*asked, "--pages", "--contact", "test@crawler.example")
    assert done.returncode == 0, done.stderr
    assert "pages were asked for, and changed the verdict of" in done.stdout
    table = pl.read_csv(tmp_path / "out" / "referring-domains.csv")
    after = {row["referring_domain"]: row for row in table.iter_rows(named=True)}
    assert after["127.0.0.13"]["verdict"] == "review", after["127.0.0.13"]
    assert "hidden" in after["127.0.0.13"]["reasons"].partition(";")[0]
    assert after["127.0.0.11"]["verdict"] != "disavow"
    assert "gone" in after["127.0.0.11"]["reasons"]
    assert "127.0.0.12" in after
    assert after["127.0.0.14"]["verdict"] == before["127.0.0.14"]
    outcomes = dict(
        pl.read_parquet(tmp_path / "out" / "pages.parquet")
        .filter(~pl.col("is_home"))
        .select("referring_domain", "outcome")
        .iter_rows()
    )
    assert outcomes == {
        "127.0.0.11": "gone",
        "127.0.0.12": "unlinked",
        "127.0.0.13": "linked",
        "127.0.0.14": "linked",
    }
    assert json.loads((tmp_path / "out" / "audit.json").read_text())["site"] == SITE


def test_pages_need_a_contact_and_an_audit_of_the_same_site(
    detector: Run, export: Path, tmp_path: Path
) -> None:
    refused = detector("audit", export, "--site", SITE, "--out", tmp_path / "out", "--pages")
    assert refused.returncode == 2
    assert "--contact" in refused.stderr
