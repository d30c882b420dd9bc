"""What a running process answers and has stored."""

import time
from collections.abc import Callable

import httpx
from sqlmodel import func, select

from storage.tables import InboxEvent
from tests.support import web
from tests.support.office import UNHURRIED, Office

HOME = {"type": "app_home_opened", "tab": "messages"}


def eventually(true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + UNHURRIED
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def get(office: Office, path: str) -> httpx.Response:
    return web.get(f"{office.url}{path}", timeout=60)


def stored(office: Office) -> int:
    with office.db.read() as session:
        return session.exec(select(func.count()).select_from(InboxEvent)).one()
