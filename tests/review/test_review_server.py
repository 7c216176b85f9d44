"""The server: nobody without the token, no other site, no other name, no file but its own."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from detector.classifier.model import TIERS
from detector.cli.commands import app
from detector.errors import UsageError
from detector.review import read_decisions
from detector.review.server import FILES, POLICY, PROOF, Server


class Client:
    """Asks as it is told to, well or badly."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.given = {"Host": server.host, "Content-Type": "application/json", PROOF: server.token}

    def send(
        self, method: str, path: str, body: bytes = b"", **headers: str | None
    ) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=30)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        told = (
            self.given
            | {"Content-Length": str(len(body))}
            | {name.replace("_", "-"): value for name, value in headers.items()}
        )
        for name, value in told.items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders(body or None)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, content

    def ask(self, name: str, /, **body: Any) -> Any:
        status, _, content = self.send("POST", f"/api/{name}", json.dumps(body).encode())
        assert status == 200, content
        return json.loads(content)

    def refused(self, method: str, path: str, body: bytes = b"{}", **headers: str | None) -> int:
        status, told, content = self.send(method, path, body, **headers)
        assert list(json.loads(content)) == ["error"]
        assert told["content-security-policy"] == POLICY
        return status


@pytest.fixture
def client(serve: Callable[[Path], Server], folder: Path) -> Iterator[Client]:
    yield Client(serve(folder))


def test_the_page_is_served_with_a_strict_policy(client: Client) -> None:
    for path, (_, kind) in FILES.items():
        status, headers, content = client.send("GET", path, **{PROOF: None})
        assert (status, headers["content-type"]) == (200, kind)
        assert content
        assert headers["content-security-policy"] == POLICY
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
        assert "access-control-allow-origin" not in headers
    assert "unsafe" not in POLICY
    assert "'none'" in POLICY.split(";")[0]


def test_every_file_of_the_page_is_served_and_no_other(project: Path) -> None:
    there = {path.name for path in (project / "detector" / "review" / "page").iterdir()}
    assert {name for name, _ in FILES.values()} == there


def test_it_listens_on_the_loopback_address_only(client: Client) -> None:
    assert client.server.server_address[0] == "127.0.0.1"
    with socket.socket() as probe:
        probe.settimeout(1)
        own = socket.gethostbyname(socket.gethostname()) if socket.gethostname() else ""
        if own and not own.startswith("127."):
            assert probe.connect_ex((own, client.server.server_port)) != 0


def test_a_port_that_is_taken_is_told(client: Client, folder: Path) -> None:
    taken = str(client.server.server_port)
    with pytest.raises(UsageError, match=rf"port {taken} of this machine cannot be used .*: name another"):
        app(["review", str(folder), "--no-open", "--port", taken], standalone_mode=False)


@pytest.mark.parametrize("given", [None, "", "x", "é"])
def test_without_the_token_nothing_is_told(client: Client, given: str | None) -> None:
    assert client.refused("POST", "/api/start", **{PROOF: given}) == 403
    assert client.refused("POST", "/api/decide", b'{"domain":"a","decision":"keep"}', **{PROOF: given}) == 403


def test_tokens_are_long_and_never_the_same(serve: Callable[[Path], Server], folder: Path) -> None:
    one, two = serve(folder), serve(folder)
    assert one.token != two.token
    assert len(one.token) >= 43  # 256 bits
    assert one.url == f"http://127.0.0.1:{one.server_port}/#{one.token}"


@pytest.mark.parametrize("host", [None, "evil.example", "127.0.0.1", "127.0.0.1:1", "localhost", "[::1]:80"])
def test_another_name_for_this_address_is_refused(client: Client, host: str | None) -> None:
    """DNS rebinding: a name of an attacker's that leads here."""
    assert client.refused("GET", "/", Host=host) == 421
    assert client.refused("POST", "/api/start", Host=host) == 421


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:1"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}],
)  # fmt: skip
def test_another_site_is_refused_even_with_the_token(client: Client, headers: dict[str, str]) -> None:
    assert client.refused("POST", "/api/start", **headers) == 403


def test_no_preflight_is_answered(client: Client) -> None:
    status, headers, _ = client.send("OPTIONS", "/api/start", Origin="https://evil.example")
    assert status == 501
    assert not any(name.startswith("access-control") for name in headers)


@pytest.mark.parametrize(
    "path",
    ["/audit.json", "/../audit.json", "/..%2f..%2faudit.json", "/%2e%2e/decisions.sqlite", "//etc/passwd", "/app.js/..", "/app.js?x", "/page/app.js", "/index.html", "/api/start", "file:///etc/passwd", "/\\..\\audit.json"],
)  # fmt: skip
def test_no_other_path_is_served(client: Client, path: str) -> None:
    assert client.refused("GET", path) == 404


@pytest.mark.parametrize(
    "path", ["/", "/api/", "/api/start/", "/api/../api/start", "/api/__class__", "/start"]
)
def test_no_other_question_is_answered(client: Client, path: str) -> None:
    assert client.refused("POST", path) == 404


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{", {}, 400), (b"[]", {}, 400), (b"\xff", {}, 400), (b"[" * 200_000, {}, 400),
        (b"{}", {"Content-Type": "text/plain"}, 415), (b"{}", {"Content-Type": None}, 415),
        (b"", {"Content-Length": "-1"}, 411), (b"", {"Content-Length": None}, 411), (b"", {"Content-Length": "99999999999"}, 413),
        (b"{}", {"Transfer-Encoding": "chunked"}, 411),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(
    client: Client, body: bytes, headers: dict[str, str | None], status: int
) -> None:
    assert client.refused("POST", "/api/ask", body, **headers) == status


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("ask", {"filters": []}), ("ask", {"filters": {"state": "x"}}), ("rows", {"from": 0, "count": 1}),
        ("rows", {"answer": 1, "from": -1, "count": 1}), ("rows", {"answer": 1, "from": 0, "count": 10**6}), ("domain", {}),
        ("domain", {"domain": "../../etc"}), ("decide", {}), ("decide", {"domain": "no.example", "decision": "keep"}),
        ("decide", {"cluster": 1, "decision": "destroy"}), ("decide", {"cluster": 10**6, "decision": "keep"}), ("decide", {"cluster": 1, "decision": "keep", "note": "x" * 3000}),
        ("decide", {"cluster": 10**30, "decision": "keep"}), ("undo", {"expected": "1"}), ("whitelist", {"entry": "no host"}), ("export", {"proposals": 1}),
    ],
)  # fmt: skip
def test_a_bad_question_is_a_sentence(client: Client, name: str, body: dict[str, Any], folder: Path) -> None:
    assert client.refused("POST", f"/api/{name}", json.dumps(body).encode()) == 400
    assert read_decisions(folder).height == 0


def test_a_cluster_is_decided_on_counted_and_undone(client: Client, folder: Path) -> None:
    seen = client.ask("start")["state"]["seen"]
    offered = dict(map(tuple, client.ask("offers")["cluster"]))
    body = {"cluster": 1, "decision": "disavow", "seen": seen, "count": offered[1] + 1}
    status, _, content = client.send("POST", "/api/decide", json.dumps(body).encode())
    assert (status, "nothing was done" in content.decode()) == (409, True)
    done = client.ask("decide", **(body | {"count": offered[1]}))
    assert done["decided"] + done["left_out"] == offered[1]
    assert read_decisions(folder).height == done["decided"]
    assert client.ask("undo", expected=done["action"]["number"])["action"]["what"] == "undo"
    assert read_decisions(folder).height == 0
    assert client.ask("redo")["state"]["undo"]["title"] == f"disavow: {done['decided']:,} domains (cluster 1)"


def test_all_of_a_filter_is_what_the_list_showed(client: Client, folder: Path) -> None:
    found = client.ask("ask", filters={"verdicts": ["review"], "state": "undecided"})
    one = found["rows"][0]["referring_domain"]
    client.ask("decide", domain=one, decision="keep")
    client.ask("decide", answer=found["answer"], decision="ignore", count=found["total"])
    frame = read_decisions(folder)
    assert frame.height == found["total"]
    assert set(frame["decision"]) == {"ignore"}
    rows = client.ask("rows", answer=found["answer"], **{"from": 0, "count": 5})["rows"]
    assert [row["referring_domain"] for row in rows] == [row["referring_domain"] for row in found["rows"][:5]]


def test_a_conflict_is_told_as_such(client: Client, folder: Path, serve: Callable[[Path], Server]) -> None:
    other = Client(serve(folder))
    found = client.ask("ask", filters={})["rows"][0]["referring_domain"]
    seen = client.ask("start")["state"]["seen"]
    other.ask(
        "decide",
        domain=found,
        decision="disavow" if not client.ask("domain", domain=found)["forbidden"] else "keep",
    )
    body = json.dumps({"domain": found, "decision": "ignore", "seen": seen}).encode()
    assert client.send("POST", "/api/decide", body)[0] == 409
    unknown = json.dumps({"answer": 10**9, "from": 0, "count": 1}).encode()
    assert client.send("POST", "/api/rows", unknown)[0] == 409


def test_an_audit_made_anew_meanwhile_is_told(client: Client, folder: Path) -> None:
    domain = client.ask("ask", filters={})["rows"][0]["referring_domain"]
    anew = folder / "anew"
    anew.write_bytes((folder / "audit.json").read_bytes())
    anew.replace(folder / "audit.json")
    for name, body in (
        ("domain", {"domain": domain}),
        ("decide", {"domain": domain, "decision": "keep"}),
        ("export", {}),
    ):
        status, _, content = client.send("POST", f"/api/{name}", json.dumps(body).encode())
        assert (status, b"was made anew" in content) == (400, True)
    assert read_decisions(folder).is_empty()


def test_everything_of_a_domain_is_told(client: Client) -> None:
    row = client.ask("ask", filters={"cluster": 1})["rows"][0]
    told = client.ask("domain", domain=row["referring_domain"])
    assert told["row"]["referring_domain"] == row["referring_domain"]
    assert told["links"]
    assert told["taken"]["contributions"][0]["said"]
    alike = {each["by"]: each for each in told["similar"]}
    assert alike["cluster"]["count"] == row["group"] - 1
    assert row["referring_domain"] not in [each["referring_domain"] for each in alike["cluster"]["rows"]]


def test_what_a_signal_says_is_told_as_among_the_reasons(client: Client) -> None:
    rows = client.ask("ask", filters={"verdicts": ["keep"]})["rows"][:5]
    parts = [client.ask("domain", domain=row["referring_domain"])["taken"]["contributions"] for row in rows]
    said = [part["said"] for told in parts for part in told if part["shown"]]
    assert any("against spam" in sentence for sentence in said)
    assert not any("weigh -" in sentence for sentence in said)


@pytest.mark.parametrize("tier", TIERS)
def test_the_page_has_words_for_every_tier_of_evidence(project: Path, tier: str) -> None:
    assert f"\n  {tier}: " in (project / "detector/review/page/detail.js").read_text("utf-8")


def test_a_fault_of_ours_tells_the_browser_nothing(client: Client, capfd: pytest.CaptureFixture[str]) -> None:
    def breaks(body: Any) -> None:
        raise RuntimeError("a secret")

    client.server.routes = {"start": breaks}
    status, _, content = client.send("POST", "/api/start", b"{}")
    assert (status, b"secret" in content) == (500, False)
    assert "a secret" in capfd.readouterr().err
