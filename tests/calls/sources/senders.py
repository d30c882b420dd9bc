"""The call sources, as their servers would send: each signs what it says in its own way."""

from datetime import timedelta

import httpx

from tests.calls.sources.signatures import PUBLIC, SECRET, SOURCES, STAMPED, packed, query, signed
from tests.support import web
from tests.support.office import Office

__all__ = ["PUBLIC", "SECRET", "SOURCES", "STAMPED", "deliver", "packed", "query", "send", "signed"]


def deliver(
    office: Office, source: str, said: object, *, secret: str = SECRET, later: timedelta = timedelta()
) -> httpx.Response:
    """Sent, answered and worked; `later` is how far the sender's clock goes ahead."""
    answer = send(office, source, said, secret=secret, later=later)
    office.tick()
    return answer


def send(
    office: Office, source: str, said: object, *, secret: str = SECRET, later: timedelta = timedelta()
) -> httpx.Response:
    body = packed(source, said, secret=secret)
    headers = signed(source, body, office.clock() + later, secret=secret)
    url = f"{office.url}/calls/{source}{query(source, secret=secret)}"
    return web.post(url, content=body, headers=headers)
