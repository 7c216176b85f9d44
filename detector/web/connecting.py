"""The way out: connections that go to checked addresses only, and end when their time or their bytes are used up.

A requests adapter over urllib3's own pools, with connection classes of ours:

- a name is resolved once, every answer is checked, and the checked address itself is connected to. No later
  look-up can lead elsewhere (DNS rebinding), and there is no way around: redirects and robots.txt
  come through here as well. Proxies are not used.
- the socket counts: however an answer drips or swells (status line, headers, chunk sizes, body, TLS), it ends.
- TLS verifies certificate and name as ever: only the address is ours, the name stays the server's.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import certifi
import requests.adapters
from requests.models import PreparedRequest
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from detector.web.addresses import Guard
from detector.web.outcomes import FetchError, Outcome

_ADDRESSES_TRIED: Final = 4
_BUFFER: Final = 64 * 1024
_UNKNOWN_NAME: Final = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})


@dataclass(frozen=True)
class Limits:
    """What one request may cost.

    Attributes:
        connect: seconds until there is a connection (TLS not counted, which has as many again).
        silence: seconds without a byte.
        seconds: from the request to the last byte of the answer.
        page: bytes of a page, unpacked; what is beyond is left.
        redirects: how many are followed for a page.
    """

    connect: float = 10.0
    silence: float = 15.0
    seconds: float = 40.0
    page: int = 5 * 1024 * 1024
    redirects: int = 10

    @property
    def received(self) -> int:
        """Bytes that a socket takes in for one answer: a page that is not packed, its headers and chunk sizes."""
        return 2 * self.page + 1024 * 1024


class _Counted:
    """A socket whose time-out is the time for a whole answer; urllib3 sets it anew before each."""

    silence: float = Limits.silence
    most: int = Limits().received

    def settimeout(self, seconds: float | None) -> None:
        if seconds is not None:
            self._until = time.monotonic() + seconds
            self._left = self.most
            seconds = min(seconds, self.silence)
        super().settimeout(seconds)  # type: ignore[misc]

    def makefile(self, mode: str = "r", buffering: int | None = None, **kwargs: Any) -> Any:
        """As ever, but a page comes in a few pieces instead of many: each costs a switch of threads."""
        return super().makefile(mode, buffering or _BUFFER, **kwargs)  # type: ignore[misc]

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        left = self._until - time.monotonic()
        if left <= 0:
            raise FetchError(Outcome.TIMED_OUT, "the answer takes too long")
        if left < self.silence:
            super().settimeout(left)  # type: ignore[misc]
        try:
            count: int = super().recv_into(*args, **kwargs)  # type: ignore[misc]
        except TimeoutError:
            raise FetchError(Outcome.TIMED_OUT, "no byte came in time") from None
        self._left -= count
        if self._left < 0:
            raise FetchError(Outcome.BROKEN_ANSWER, f"more than {self.most:,} bytes came")
        return count


class _Socket(_Counted, socket.socket):
    pass


class _TLSSocket(_Counted, ssl.SSLSocket):
    pass


class _Guarded:
    """What both kinds of connections do: the part of ``HTTPConnection`` that opens the socket."""

    peer: str = ""

    def __init__(self, *args: Any, guard: Guard, limits: Limits, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._guard = guard
        self._limits = limits

    def _new_conn(self) -> socket.socket:
        host, port = self.host.strip("[]"), self.port  # type: ignore[attr-defined]
        try:
            addresses = self._guard.addresses(host, port)
        except socket.gaierror as error:
            gone = error.errno in _UNKNOWN_NAME and self._guard.knows_names()
            raise FetchError(Outcome.NAME_GONE if gone else Outcome.NAME_FAILS, error.strerror) from None
        except UnicodeError as error:
            raise FetchError(Outcome.BAD_URL, f"the name cannot be looked up: {error}") from None
        if not addresses:
            raise FetchError(Outcome.ADDRESS_FORBIDDEN, "it has no public address")
        opened, self.peer = _open(addresses, port, self._limits)
        return opened

    def connect(self) -> None:
        try:
            super().connect()  # type: ignore[misc]
        except ssl.SSLCertVerificationError as error:
            raise FetchError(Outcome.CERTIFICATE_WRONG, error.verify_message) from None
        except ssl.CertificateError as error:
            raise FetchError(Outcome.CERTIFICATE_WRONG, error) from None
        except ssl.SSLError as error:
            raise FetchError(Outcome.TLS_FAILS, error.reason or error) from None
        except TimeoutError:
            raise FetchError(Outcome.TIMED_OUT, "TLS takes too long") from None
        except OSError as error:
            raise FetchError(Outcome.REFUSED, error.strerror or error) from None
        opened = self.sock  # type: ignore[attr-defined]
        opened.silence, opened.most = self._limits.silence, self._limits.received

    def getresponse(self) -> Any:
        response = super().getresponse()  # type: ignore[misc]
        response.peer = self.peer
        return response


def _open(addresses: list[str], port: int, limits: Limits) -> tuple[socket.socket, str]:
    """A connected socket, and the address it is connected to."""
    until = time.monotonic() + limits.connect
    fault = FetchError(Outcome.TIMED_OUT, "no connection in time")
    for address in addresses[:_ADDRESSES_TRIED]:
        left = until - time.monotonic()
        if left <= 0:
            break
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        with contextlib.ExitStack() as undo:
            try:
                opened = undo.enter_context(_Socket(family, socket.SOCK_STREAM))
                opened.settimeout(left)
                opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                opened.connect((address, port))
            except TimeoutError:
                fault = FetchError(Outcome.TIMED_OUT, "no connection in time")
            except OSError as error:
                fault = FetchError(Outcome.REFUSED, error.strerror or error)
            else:
                undo.pop_all()
                return opened, address
    raise fault


class _Plain(_Guarded, HTTPConnection):
    pass


class _Secure(_Guarded, HTTPSConnection):
    pass


def _pool_of(kind: type[HTTPConnectionPool], connection: Callable[..., Any]) -> Callable[..., Any]:
    def make(*args: Any, **kwargs: Any) -> HTTPConnectionPool:
        pool = kind(*args, **kwargs)
        pool.ConnectionCls = connection  # type: ignore[assignment]
        return pool

    return make


def trusted() -> ssl.SSLContext:
    """A TLS context that trusts the authorities Mozilla trusts (package ``certifi``)."""
    return ssl.create_default_context(cafile=certifi.where())


class GuardedAdapter(requests.adapters.HTTPAdapter):
    """Takes requests to public addresses, for as many threads as like.

    Args:
        guard: decides about addresses.
        limits: of each request.
        context: verifies certificates; ``trusted()`` without it.
        hosts: how many hosts' connections are kept open for the next request.
    """

    def __init__(
        self, guard: Guard, limits: Limits, context: ssl.SSLContext | None = None, *, hosts: int = 256
    ) -> None:
        self._guard = guard
        self._limits = limits
        self._context = context or trusted()
        self._context.sslsocket_class = _TLSSocket
        super().__init__(pool_connections=hosts, pool_maxsize=1)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)

        def connection(kind: type[Any]) -> Callable[..., Any]:
            return lambda *a, **k: kind(*a, guard=self._guard, limits=self._limits, **k)

        pools: dict[str, Any] = {
            "http": _pool_of(HTTPConnectionPool, connection(_Plain)),
            "https": _pool_of(HTTPSConnectionPool, connection(_Secure)),
        }
        self.poolmanager.pool_classes_by_scheme = pools

    def build_connection_pool_key_attributes(
        self, request: PreparedRequest, verify: Any, cert: Any = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """One context for all: no certificate store is read for a connection, and none is verified less."""
        host, _ = super().build_connection_pool_key_attributes(request, True, None)
        secure = {"ssl_context": self._context, "cert_reqs": "CERT_REQUIRED"}
        return host, secure if host["scheme"] == "https" else {}

    def get_connection_with_tls_context(
        self, request: PreparedRequest, verify: Any, proxies: Any = None, cert: Any = None
    ) -> HTTPConnectionPool:
        """The pool of a host's connections; no proxy is looked for."""
        try:
            host, secure = self.build_connection_pool_key_attributes(request, verify, cert)
        except ValueError as error:
            raise requests.exceptions.InvalidURL(error, request=request) from None
        return self.poolmanager.connection_from_host(**host, pool_kwargs=secure)

    def request_url(self, request: PreparedRequest, proxies: Any) -> str:
        """What is asked for of the host itself."""
        return request.path_url

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Nothing is left to do; see ``build_connection_pool_key_attributes``."""

    def proxy_manager_for(self, proxy: str, **proxy_kwargs: Any) -> Any:
        """There is none: a proxy would connect to addresses that nobody has checked."""
        raise FetchError(Outcome.REFUSED, "proxies are not used")


def fault_of(error: Exception) -> FetchError:
    """What an error of requests, urllib3 or http.client means."""
    chain = list(_chain(error))
    for kinds, outcome in _ERRORS:
        found = next((one for one in chain if isinstance(one, kinds)), None)
        if found is not None:
            return (
                found
                if isinstance(found, FetchError)
                else FetchError(outcome, f"{type(found).__name__}: {found}")
            )
    return FetchError(Outcome.BROKEN_ANSWER, f"{type(error).__name__}: {error}")


#: Kind of error, anywhere in the chain of causes -> what it is told as; the first that fits.
_ERRORS: Final[tuple[tuple[type[Exception] | tuple[type[Exception], ...], Outcome], ...]] = (
    (FetchError, Outcome.BROKEN_ANSWER),
    ((requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema), Outcome.BAD_URL),
    ((ssl.CertificateError,), Outcome.CERTIFICATE_WRONG),
    ((ssl.SSLError,), Outcome.TLS_FAILS),
    ((TimeoutError, requests.exceptions.Timeout), Outcome.TIMED_OUT),
    ((ConnectionError,), Outcome.REFUSED),
    ((http.client.HTTPException,), Outcome.BROKEN_ANSWER),
    ((OSError,), Outcome.REFUSED),
)


def _chain(error: BaseException) -> list[BaseException]:
    """An error and all that it wraps: as cause, context, argument or ``reason``."""
    found: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting and len(found) < 20:
        one = waiting.pop()
        if isinstance(one, BaseException) and one not in found:
            found.append(one)
            waiting += [*one.args, getattr(one, "reason", None), one.__context__, one.__cause__]
    return found
