"""One request, one answer: no redirect followed, no cookie kept, no credential sent, nothing read beyond the limits."""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import requests
import urllib3
from requests.cookies import RequestsCookieJar
from requests.models import PreparedRequest
from requests.structures import CaseInsensitiveDict

from detector import __version__
from detector.errors import UsageError
from detector.web.addresses import Guard
from detector.web.connecting import GuardedAdapter, Limits, fault_of
from detector.web.outcomes import FetchError, Outcome

#: Our product token, in User-Agent and in robots.txt (RFC 9309, section 2.2.1).
PRODUCT: Final = "toxic-link-detector"

_CHUNK: Final = 64 * 1024
_SMALL: Final = 16 * 1024  # bytes read of a body that nobody wants, so that the connection can serve again
_CONTACT: Final = re.compile(r"[^\s@()<>;]+@[^\s@()<>;]+\.[^\s@()<>;]+|https?://[^\s()<>;]+")
#: Content types that are read; an answer without one is read as well.
_PAGES: Final = ("text/", "application/xhtml", "application/xml", "application/rss", "application/atom")
#: Ways of packing a body (IANA, HTTP content codings); servers use them unasked.
_PACKINGS: Final = frozenset(
    {
        "aes128gcm",
        "br",
        "compress",
        "dcb",
        "dcz",
        "deflate",
        "exi",
        "gzip",
        "pack200-gzip",
        "x-compress",
        "x-gzip",
        "zstd",
    }
)

#: Why a body is not whole: too large, too slow, shorter than announced or broken off, or damaged.
CUT_SIZE, CUT_TIME, CUT_SHORT, CUT_DAMAGED = "size", "time", "short", "damaged"


def user_agent(contact: str) -> str:
    """How we name ourselves: product, version, and whom to write to.

    Args:
        contact: an e-mail address or a web page, in ASCII.

    Raises:
        UsageError: it is neither.
    """
    if not contact.isascii() or not _CONTACT.fullmatch(contact):
        raise UsageError(
            f"--contact {contact!r}: give an e-mail address or a web page, so that a site's owner can reach you"
        )
    return f"{PRODUCT}/{__version__} (+{contact})"


@dataclass(frozen=True)
class Answer:
    """What a server answered.

    Attributes:
        status, reason: of the status line.
        headers: name and value, in their order.
        body: unpacked; empty where it was not read.
        cut: why the body is not whole (``size``, ``time``, ``short``, ``damaged``); None where it is.
        page: the content type is one of a page (or there is none).
        address: the IP address that answered.
        seconds: from the request to the last byte read.
    """

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    cut: str | None
    page: bool
    address: str
    seconds: float

    def header(self, name: str) -> str | None:
        """The first header of a name, in any case; None where there is none."""
        name = name.lower()
        return next((value for key, value in self.headers if key.lower() == name), None)


class Fetcher:
    """Sends requests for any number of threads; use it as a context manager.

    Args:
        agent: see ``user_agent``.
        limits: of each request.
        guard: decides which addresses may be reached.
        context: verifies certificates (see ``connecting.trusted``).
    """

    def __init__(
        self,
        agent: str,
        limits: Limits | None = None,
        guard: Guard | None = None,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self.limits = limits = limits or Limits()
        self._headers: CaseInsensitiveDict[str | bytes] = CaseInsensitiveDict(
            {
                "User-Agent": agent,
                "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
                "Accept-Encoding": "gzip, deflate",
                "Connection": "keep-alive",
            }
        )
        # No session around it: that would read .netrc and proxies, keep cookies, and unpack the body of a redirect to its end.
        self._adapter = GuardedAdapter(guard or Guard(), limits, context)

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self._adapter.close()

    def get(self, url: str, more: Mapping[str, str] | None = None, *, most: int | None = None) -> Answer:
        """Ask for a URL once.

        Args:
            url: in the spelling of ``urls.fetchable``.
            more: headers beside our own (conditions).
            most: bytes of the body, whatever its type, where the answer is 2xx; without it that of a page is read
                up to the limit.

        Raises:
            FetchError: there is no answer; or none of its body could be read.
        """
        start = time.monotonic()
        timeout = (self.limits.connect, self.limits.seconds)
        try:
            request = self._prepared(url, more or {})
            response = self._adapter.send(request, stream=True, timeout=timeout)
        except FetchError:
            raise
        except (
            Exception
        ) as error:  # whatever a hostile answer makes a library raise, it is that answer's fault
            raise fault_of(error) from None
        with response:
            page = is_page(response.headers.get("Content-Type"))
            wanted = page if most is None else 200 <= response.status_code < 300
            whole = self.limits.page if most is None else most
            body, cut = _read(response, whole if wanted and not response.is_redirect else 0)
        return Answer(
            status=response.status_code,
            reason=response.reason or "",
            headers=tuple(response.raw.headers.items()),
            body=body,
            cut=cut,
            page=page,
            address=getattr(response.raw, "peer", ""),
            seconds=time.monotonic() - start,
        )

    def _prepared(self, url: str, more: Mapping[str, str]) -> PreparedRequest:
        """A request as preparing would make it; the URL is in its one spelling already, and most headers are always the same."""
        request = PreparedRequest()
        request.method = "GET"
        request.url = url
        request.headers = CaseInsensitiveDict({**self._headers, **more}) if more else self._headers
        request._cookies = _NO_COOKIES
        return request


def is_page(content_type: str | None) -> bool:
    """Whether a content type is that of a page, as it is where none is told."""
    return not content_type or content_type.strip().lower().startswith(_PAGES)


def is_sealed(encoding: str | None, openers: Collection[str]) -> bool:
    """Whether a body is packed in a way (``Content-Encoding``) that none of the openers unpacks; unknown words mean nothing, as in browsers."""
    told = {name.strip() for name in (encoding or "").lower().split(",")}
    return bool((told & _PACKINGS).difference(openers))


def _read(response: requests.Response, most: int) -> tuple[bytes, str | None]:
    """The body, and why it is not whole. Of a body that is not wanted a little is read, to keep the connection.

    Raises:
        FetchError: not one byte of a wanted body could be read.
    """
    body = bytearray()
    cut = None
    try:
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            body += chunk
            if len(body) > (most or _SMALL):
                cut = CUT_SIZE
                break
    except Exception as error:  # as in ``Fetcher.get``
        cut = _CUTS.get(fault_of(error).outcome, CUT_SHORT)
        if isinstance(error, urllib3.exceptions.DecodeError):
            cut = CUT_DAMAGED
        if most and not body:
            raise fault_of(error) from None
    if not most:
        return b"", None
    if is_sealed(response.headers.get("Content-Encoding"), response.raw.CONTENT_DECODERS):
        return b"", CUT_DAMAGED
    return bytes(body[:most]), cut


_CUTS: Final = {Outcome.TIMED_OUT: CUT_TIME}
_NO_COOKIES: Final = RequestsCookieJar()
