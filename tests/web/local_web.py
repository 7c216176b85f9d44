"""A small web on loopback that speaks the real protocol, byte by byte where a test wants it: every host has its own manners."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from detector.web.addresses import STANDING_NAME, Guard
from detector.web.connecting import Limits
from detector.web.fetching import user_agent

AGENT = user_agent("test@crawler.example")
#: Small enough that a fault costs a test a second or two.
SHORT = Limits(connect=1.0, silence=0.7, seconds=1.5, page=200_000)
LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)


@dataclass(frozen=True)
class Asked:
    """A request as it came, and the connection to answer on."""

    host: str
    path: str
    headers: dict[str, str]
    connection: socket.socket
    at: float = field(default_factory=time.monotonic)

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)


Manner = Callable[[Asked], bytes | None]  # gives the answer, or sends it itself and closes


def answer(body: bytes | str = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer; ``content_type=`` becomes ``Content-Type``."""
    body = body.encode() if isinstance(body, str) else body
    told = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
    told |= {name.replace("_", "-").title(): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items() if value)
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def redirect(to: str, status: str = "301 Moved Permanently") -> bytes:
    return answer(b"", status, location=to)


NO_ROBOTS = answer("no", "404 Not Found")


class LocalWeb:
    """Hosts by name; use it as a context manager.

    Attributes:
        port: of all hosts.
        asked: every request, in order; robots.txt among them.
        connections: how many were opened.
        offline: its resolver does not even know the name that always is.
    """

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self._manners: dict[str, Manner] = {}
        self._robots: dict[str, bytes | Manner] = {}
        self._context = context
        self._lock = threading.Lock()
        self.asked: list[Asked] = []
        self.connections = 0
        self.offline = False
        self.most_at_once: Counter[str] = Counter()
        self._now: Counter[str] = Counter()

    def __enter__(self) -> LocalWeb:
        self._listener = socket.create_server(("0.0.0.0", 0), backlog=512)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def site(self, host: str, manner: Manner | bytes, robots: bytes | Manner = NO_ROBOTS) -> str:
        """Put a host up; gives its home page's URL."""
        self._manners[host] = manner if callable(manner) else lambda _: manner
        self._robots[host] = robots
        return self.url(host)

    def url(self, host: str, path: str = "/") -> str:
        scheme = "https" if self._context else "http"
        return f"{scheme}://{host}:{self.port}{path}"

    def paths(self, host: str) -> list[str]:
        """What was asked of a host, but for robots.txt."""
        return [one.path for one in self.asked if one.host == host and one.path != "/robots.txt"]

    def resolve(self, name: str, port: int) -> list[str]:
        """The resolver of this web: its hosts lie on loopback, other names do not exist."""
        if name == STANDING_NAME and not self.offline:
            return ["198.41.0.4"]
        if name not in self._manners:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        number = sum(name.encode())
        return [f"127.0.{number % 200}.{1 + len(name)}"]

    @property
    def guard(self) -> Guard:
        return Guard(resolver=self.resolve, permitted=LOOPBACK)

    # ------------------------------------------------------------------ serving

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            stack.enter_context(connection)
            if self._context:
                connection = stack.enter_context(self._context.wrap_socket(connection, server_side=True))
            with self._lock:
                self.connections += 1
            self._converse(connection)

    def _converse(self, connection: socket.socket) -> None:
        reader = connection.makefile("rb")
        while line := reader.readline():
            _, path, *_ = [*line.decode("latin-1").split(" ", 2), ""]
            headers = {}
            while (header := reader.readline().strip()) and b":" in header:
                name, _, value = header.decode("latin-1").partition(":")
                headers[name.lower()] = value.strip()
            if "host" not in headers:  # no request: a client that speaks TLS
                return
            asked = Asked(headers["host"].partition(":")[0], path, headers, connection)
            if not self._answer(asked):
                return

    def _answer(self, asked: Asked) -> bool:
        with self._lock:
            self.asked.append(asked)
            self._now[asked.host] += 1
            self.most_at_once[asked.host] = max(self.most_at_once[asked.host], self._now[asked.host])
        try:
            manner = self._robots[asked.host] if asked.path == "/robots.txt" else self._manners[asked.host]
            reply = manner(asked) if callable(manner) else manner
            if reply is None:
                return False
            asked.send(reply)
            return b"onnection: close" not in reply[:500]
        finally:
            with self._lock:
                self._now[asked.host] -= 1
