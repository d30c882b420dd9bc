"""Requests to `/slack/events` as a stranger makes them, and as Slack does."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import httpx

from bot.http.slack_requests import signature
from tests.support.office import UNHURRIED, Office


@contextmanager
def listening() -> Iterator[tuple[str, list[bytes]]]:
    """A server that is not Slack, and what was posted to it."""
    heard: list[bytes] = []

    class Heard(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Heard)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/x", heard
    server.shutdown()
    server.server_close()


def post(office: Office, body: bytes, headers: dict[str, bytes]) -> httpx.Response:
    return httpx.post(
        f"{office.url}/slack/events",
        content=body,
        headers=[(name.encode(), value) for name, value in headers.items()],
        trust_env=False,
        timeout=UNHURRIED,
    )


def signed(office: Office, body: bytes, kind: str) -> dict[str, bytes]:
    secret = office.corner.settings.slack_signing_secret
    assert secret is not None
    stamp = str(int(time.time()))
    return {
        "Content-Type": kind.encode(),
        "X-Slack-Request-Timestamp": stamp.encode(),
        "X-Slack-Signature": signature(secret.get_secret_value(), stamp, body).encode(),
    }
