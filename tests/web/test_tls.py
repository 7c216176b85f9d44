"""TLS by a throwaway authority: the name is verified although the address is ours, and what fails is a fact."""

from __future__ import annotations

import datetime
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
import trustme
from local_web import AGENT, SHORT, LocalWeb, answer

from detector.web.fetching import Fetcher
from detector.web.outcomes import FetchError, Outcome

OURS = trustme.CA()
PAST = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
CERTIFICATES = {
    "good.test": lambda: OURS.issue_cert("good.test"),
    "expired.test": lambda: OURS.issue_cert(
        "expired.test", not_before=PAST, not_after=PAST + datetime.timedelta(1)
    ),
    "wrong.test": lambda: OURS.issue_cert("another.test"),
    "stranger.test": lambda: trustme.CA().issue_cert("stranger.test"),
}


def context_of(host: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    CERTIFICATES[host]().configure_cert(context)
    return context


@pytest.fixture
def trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    OURS.configure_trust(context)
    return context


@pytest.fixture
def ask(trusting: ssl.SSLContext) -> Iterator[object]:
    with ExitStack() as stack:

        def call(host: str) -> object:
            web = stack.enter_context(LocalWeb(context_of(host)))
            url = web.site(host, answer("secret"))
            return stack.enter_context(Fetcher(AGENT, SHORT, web.guard, trusting)).get(url)

        yield call


def test_a_good_certificate(ask) -> None:  # type: ignore[no-untyped-def]
    assert ask("good.test").body == b"secret"


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        ("expired.test", "expired"),
        ("wrong.test", "mismatch"),
        ("stranger.test", "unable to get local issuer"),
    ],
)
def test_a_wrong_certificate_is_told_and_nothing_is_read(ask, host: str, reason: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(FetchError, match="certificate_wrong") as caught:
        ask(host)
    assert caught.value.outcome is Outcome.CERTIFICATE_WRONG
    assert reason in caught.value.detail


def test_the_shipped_trust_is_mozillas_not_ours() -> None:
    with LocalWeb(context_of("good.test")) as web, Fetcher(AGENT, SHORT, web.guard) as fetcher:
        url = web.site("good.test", answer("x"))
        with pytest.raises(FetchError, match="certificate_wrong"):
            fetcher.get(url)


def test_plain_text_on_the_secure_port(trusting: ssl.SSLContext) -> None:
    with LocalWeb() as web, Fetcher(AGENT, SHORT, web.guard, trusting) as fetcher:
        web.site("plain.test", answer("x"))
        with pytest.raises(FetchError) as caught:
            fetcher.get(f"https://plain.test:{web.port}/")
    assert caught.value.outcome in (Outcome.TLS_FAILS, Outcome.REFUSED)


def test_a_handshake_that_never_ends(trusting: ssl.SSLContext) -> None:
    silent = socket.create_server(("127.0.0.1", 0))
    held: list[socket.socket] = []
    threading.Thread(target=lambda: held.append(silent.accept()[0]), daemon=True).start()
    with silent, LocalWeb() as web, Fetcher(AGENT, SHORT, web.guard, trusting) as fetcher:
        web.site("slow.test", answer("x"))
        with pytest.raises(FetchError) as caught:
            fetcher.get(f"https://slow.test:{silent.getsockname()[1]}/".replace("slow.test", "127.0.0.1"))
    assert caught.value.outcome is Outcome.TIMED_OUT
    for one in held:
        one.close()
