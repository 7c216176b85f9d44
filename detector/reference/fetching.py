"""Fetching a list from its public address: only when the user asks, only over https, with limits on size and time."""

from __future__ import annotations

import gzip
import io
import time
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from detector import __version__
from detector.errors import InputError

if TYPE_CHECKING:
    import requests

_MEGABYTE: Final = 1024 * 1024
_CHUNK: Final = 64 * 1024


@dataclass(frozen=True)
class Limits:
    """How much a list may cost.

    Attributes:
        packed, unpacked: bytes, as sent and after unpacking.
        seconds: for the whole answer; ``silence``: without a byte.
        redirects: how many are followed.
        schemes: of addresses, those of redirects too.
    """

    packed: int = 64 * _MEGABYTE
    unpacked: int = 256 * _MEGABYTE
    seconds: float = 180
    silence: float = 20
    redirects: int = 5
    schemes: tuple[str, ...] = ("https",)


def fetch(address: str, limits: Limits = Limits()) -> bytes:
    """The list at an address, unpacked where it is a gzip or zip file.

    Raises:
        InputError: it cannot be fetched whole within the limits; the text says why.
    """
    import requests
    import urllib3

    deadline = time.monotonic() + limits.seconds
    try:
        with requests.Session() as session:
            session.headers["User-Agent"] = f"toxic-link-detector/{__version__} (lists update)"
            session.headers["Accept-Encoding"] = (
                "gzip"  # which `unpacked` opens, and sees where it breaks off
            )
            return unpacked(_body(session, address, limits, deadline), address, limits.unpacked)
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        # ValueError: a redirect to what is no address
        raise InputError(address, f"it could not be fetched ({_short(error)})", "try again later") from error


def _body(session: requests.Session, address: str, limits: Limits, deadline: float) -> bytes:
    """The body of the answer, redirects followed one by one so that each is checked."""
    here = address
    for _ in range(limits.redirects + 1):
        if urlsplit(here).scheme not in limits.schemes:
            raise InputError(
                address, f"it leads to {here}, and only {' and '.join(limits.schemes)} is fetched"
            )
        with session.get(here, stream=True, allow_redirects=False, timeout=limits.silence) as answer:
            if answer.is_redirect:
                here = urljoin(here, answer.headers["Location"])
                continue
            if answer.status_code != 200:
                raise InputError(address, f"the server answered {answer.status_code}", "try again later")
            body = _read(answer, address, limits, deadline)
            is_packed = "gzip" in answer.headers.get("Content-Encoding", "").lower()
            return unpacked(body, address, limits.unpacked) if is_packed else body
    raise InputError(address, f"it redirects more than {limits.redirects} times")


def _read(answer: requests.Response, address: str, limits: Limits, deadline: float) -> bytes:
    """The body as it was sent, read as it comes: a server that sends byte by byte must not outlast the deadline."""
    body = bytearray()
    while chunk := answer.raw.read1(_CHUNK, decode_content=False):
        body += chunk
        if len(body) > limits.packed:
            raise InputError(address, f"it is larger than {limits.packed / _MEGABYTE:,.0f} MB")
        if time.monotonic() > deadline:
            raise InputError(address, f"it took longer than {limits.seconds:,.0f} seconds", "try again later")
    return bytes(body)


def unpacked(data: bytes, name: str, most: int) -> bytes:
    """A gzip file, or the one list in a zip file, unpacked; anything else as it is.

    Raises:
        InputError: it is damaged, or larger than ``most`` bytes.
    """
    try:
        if data[:2] == b"\x1f\x8b":
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:  # of one or several members
                result = file.read(most + 1)
        elif data[:4] == b"PK\x03\x04":
            result = _member(data, name, most)
        else:
            result = data
    except EOFError as error:
        raise InputError(name, "the file breaks off") from error
    except (zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise InputError(name, f"it cannot be unpacked ({error})") from error
    if len(result) > most:
        raise InputError(name, f"unpacked it is larger than {most / _MEGABYTE:,.0f} MB")
    return result


def _member(data: bytes, name: str, most: int) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = [member for member in archive.infolist() if not member.is_dir()]
        if len(files) != 1:
            raise InputError(name, f"the zip file holds {len(files):,} files, where one list was expected")
        with archive.open(files[0]) as member:
            return member.read(most + 1)


def _short(error: Exception) -> str:
    """The reason without the addresses of objects and nested representations."""
    text = str(error).split("Caused by")[-1].strip("()' ")
    return (text or type(error).__name__)[:160]
