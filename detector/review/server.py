"""The local page: a small server for one person on this machine, and nobody else.

- It listens on the loopback address only, on a port that the system chooses.
- Every question needs a random token as a header. The browser gets it in the part of the address behind ``#``, which is
  never sent anywhere; a page of another site can neither read it nor send such a header.
- ``Host`` must be the address itself (so that no other name can be made to lead here: DNS rebinding), and a question's
  ``Origin`` must be this page's.
- The files of the page are read once from the package, by name; no path of a request ever becomes a path on the disk.
- The page's Content-Security-Policy allows its own files and nothing else: what an export smuggles in stays text.

The standard library's server is enough for that: one user, a few small answers; what it lacks (TLS, slow clients, many
of them) is not needed on a loopback address, and a framework would be one more thing to trust.
"""

from __future__ import annotations

import hmac
import json
import secrets
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from typing import Any, Final

from detector.errors import DetectorError
from detector.review.decisions import ConflictError

ADDRESS: Final = "127.0.0.1"
PROOF: Final = "X-Review-Token"
_API: Final = "/api/"
_LARGEST_BODY: Final = 256 * 1024
_PATIENCE: Final = 60.0  # seconds for a connection that says nothing

_SCRIPT, _STYLE = "text/javascript; charset=utf-8", "text/css; charset=utf-8"
#: Every file that is ever served: path -> (file of the package, type).
FILES: Final = {
    "/": ("index.html", "text/html; charset=utf-8"),
    **{f"/{name}.js": (f"{name}.js", _SCRIPT) for name in ("app", "api", "dom", "queue", "detail", "filters", "dialogs", "keys")},
    **{f"/{name}.css": (f"{name}.css", _STYLE) for name in ("layout", "parts")},
}  # fmt: skip

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src data:",  # the empty icon that keeps browsers from asking for one
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}

Routes = Mapping[str, Callable[[Mapping[str, Any]], Any]]


class RefusedError(Exception):
    """A request that is not answered.

    Attributes:
        status: of the answer.
    """

    def __init__(self, status: HTTPStatus, why: str) -> None:
        super().__init__(why)
        self.status = status


class Server(ThreadingHTTPServer):
    """Serves one review.

    Args:
        routes: name -> what answers the question (a JSON object in, a value for JSON out).
        port: 0 lets the system choose.

    Raises:
        OSError: the port is taken.

    Attributes:
        token: what every question must carry.
    """

    daemon_threads = True
    allow_reuse_address = sys.platform != "win32"  # there it would let two servers share a port

    def __init__(self, routes: Routes, port: int = 0) -> None:
        self.routes = routes
        self.token = secrets.token_urlsafe(32)
        self.files = {path: (_own(name), kind) for path, (name, kind) in FILES.items()}
        super().__init__((ADDRESS, port), _Handler)

    @property
    def host(self) -> str:
        """Address and port, as a browser names them."""
        return f"{ADDRESS}:{self.server_port}"

    @property
    def url(self) -> str:
        """What to open: it holds the token, and so is nobody else's business."""
        return f"http://{self.host}/#{self.token}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away in the middle of an answer is no fault; anything else is told."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            traceback.print_exc()

    def run_beside(self) -> threading.Thread:
        """Serve in a thread of its own, until ``shutdown``."""
        thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        thread.start()
        return thread


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    timeout = _PATIENCE
    server_version, sys_version = "detector", ""
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """One of the page's files."""
        try:
            self._check_host()
            if self.path not in self.server.files:
                raise RefusedError(HTTPStatus.NOT_FOUND, "there is nothing here")
        except RefusedError as refused:
            self._refuse(refused)
            return
        content, kind = self.server.files[self.path]
        self._send(HTTPStatus.OK, content, kind)

    def do_POST(self) -> None:
        """A question."""
        try:
            self._check_host()
            self._check_origin()
            self._check_token()
            answer = self._route()(self._body())
        except RefusedError as refused:
            self._refuse(refused)
        except ConflictError as error:
            self._send_json(HTTPStatus.CONFLICT, {"error": str(error)})
        except DetectorError as error:
            self._send_json(HTTPStatus.BAD_REQUEST, {"error": str(error)})
        except ConnectionError:
            raise
        except Exception:
            traceback.print_exc()
            fault = "A fault of this program; the terminal that started it says more."
            self._send_json(HTTPStatus.INTERNAL_SERVER_ERROR, {"error": fault})
        else:
            self._send_json(HTTPStatus.OK, answer)

    # ------------------------------------------------------------------ who asks

    def _check_host(self) -> None:
        port = self.server.server_port
        if self.headers.get_all("Host") not in ([f"{ADDRESS}:{port}"], [f"localhost:{port}"]):
            raise RefusedError(HTTPStatus.MISDIRECTED_REQUEST, "this is not the name of this page")

    def _check_origin(self) -> None:
        origin = self.headers.get("Origin")
        if origin is not None and origin != f"http://{self.headers['Host']}":
            raise RefusedError(HTTPStatus.FORBIDDEN, "another site asks")
        if self.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            raise RefusedError(HTTPStatus.FORBIDDEN, "another site asks")

    def _check_token(self) -> None:
        given = self.headers.get(PROOF, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self.server.token.encode()):
            raise RefusedError(
                HTTPStatus.FORBIDDEN, "the token is missing or wrong: open the address that was printed"
            )

    # ------------------------------------------------------------------ what is asked

    def _route(self) -> Callable[[Mapping[str, Any]], Any]:
        name = self.path.removeprefix(_API)
        if not self.path.startswith(_API) or name not in self.server.routes:
            raise RefusedError(HTTPStatus.NOT_FOUND, "there is nothing here")
        return self.server.routes[name]

    def _body(self) -> Mapping[str, Any]:
        if self.headers.get_content_type() != "application/json":
            raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "ask in JSON")
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()) or "Transfer-Encoding" in self.headers:
            raise RefusedError(HTTPStatus.LENGTH_REQUIRED, "say how long the question is")
        if len(length) > 9 or int(length) > _LARGEST_BODY:
            raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the question is too long")
        try:
            body = json.loads(self.rfile.read(int(length)))
        except (ValueError, RecursionError) as error:
            raise RefusedError(HTTPStatus.BAD_REQUEST, "this is no JSON") from error
        if not isinstance(body, dict):
            raise RefusedError(HTTPStatus.BAD_REQUEST, "this is no JSON object")
        return body

    # ------------------------------------------------------------------ answers

    def _refuse(self, refused: RefusedError) -> None:
        self.close_connection = True  # what is left of the request is not read
        self._send_json(refused.status, {"error": str(refused)})

    def _send_json(self, status: HTTPStatus, answer: object) -> None:
        text = json.dumps(answer, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        self._send(status, text.encode("utf-8", "replace"), "application/json")

    def _send(self, status: HTTPStatus, content: bytes, kind: str) -> None:
        self.send_response(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """A request that cannot even be read: as bare as every other refusal."""
        self.close_connection = True
        status = HTTPStatus(code)
        self._send(status, json.dumps({"error": status.phrase}).encode(), "application/json")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        """Nothing is written down of what a person looks at."""


def _own(name: str) -> bytes:
    return resources.files("detector.review").joinpath("page", name).read_bytes()
