"""Connections that say nothing whole: they are closed, they crowd out nobody, and the log does not grow with them."""

import io
import logging
import socket
import time
from contextlib import ExitStack, redirect_stderr

import httpx
import pytest

from bot.core import logs
from bot.core.logs import LogStyle
from bot.http import server as http_server
from tests.support.office import Office

HALF = b"POST /slack/events HTTP/1.1\r\nHost: x\r\nX-Slow: "
HALF_A_BODY = b"POST /calls/x HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{"


def opened(office: Office, begun: bytes = HALF) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", office.runtime.web.port), timeout=20)
    line.sendall(begun)
    return line


def is_closed(line: socket.socket) -> bool:
    try:
        return line.recv(100) == b""
    except ConnectionResetError:
        return True


@pytest.mark.parametrize("begun", [HALF, b"", b"G", b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /hea"])
def test_headers_that_do_not_come_in_time_close_the_connection(
    office: Office, monkeypatch: pytest.MonkeyPatch, begun: bytes
) -> None:
    monkeypatch.setattr(http_server, "SECONDS_FOR_HEADERS", 0.3)
    with opened(office, begun) as line:
        began = time.monotonic()
        if b"\r\n\r\n" in begun:
            assert b"200 OK" in line.recv(2000)
        while not is_closed(line):
            assert time.monotonic() - began < 15


def test_a_trickle_of_headers_is_no_way_around_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_server, "SECONDS_FOR_HEADERS", 0.5)
    with opened(office) as line, pytest.raises(OSError):
        for _ in range(100):
            line.sendall(b"a")
            time.sleep(0.1)


@pytest.mark.parametrize("begun", [HALF, b"", HALF_A_BODY])
def test_a_crowd_that_says_nothing_whole_keeps_nobody_out(
    office: Office, monkeypatch: pytest.MonkeyPatch, begun: bytes
) -> None:
    monkeypatch.setattr(http_server, "MOST_CONNECTIONS", 8)
    with ExitStack() as crowd:
        lines = [crowd.enter_context(opened(office, begun)) for _ in range(30)]
        assert httpx.get(f"{office.url}/healthz", trust_env=False, timeout=20).text == "ok"

        assert is_closed(lines[0]), "the oldest made room"
        server = office.runtime.web._server
        assert len(server.server_state.connections) <= 9


def test_a_client_that_stays_is_served_again(office: Office) -> None:
    with httpx.Client(trust_env=False, timeout=20) as client:
        for _ in range(5):
            assert client.get(f"{office.url}/healthz").text == "ok"


def test_what_a_library_says_again_and_again_is_written_a_few_times() -> None:
    told, library = io.StringIO(), logging.getLogger("a.library")
    with redirect_stderr(told):
        logs.configure(LogStyle.JSON)
        for n in range(60):
            library.warning("no HTTP from %s", n)
        library.warning("something else")
    logs.configure(LogStyle.JSON)

    assert told.getvalue().count("no HTTP") == logs.SAME_LINES
    assert "something else" in told.getvalue()
