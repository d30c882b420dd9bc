"""A process with nothing to do: its processor time over a minute, its memory; and from the start until it is ready.

That it did nothing is only worth something where it would have done something: a message that another process writes
at the end has to arrive.
"""

import os
import tempfile
import time
from pathlib import Path

from sqlmodel import col, select

from bot.core.clock import system_clock
from bot.core.enums import OutboxKind
from bot.delivery import outbox
from bot.delivery.outbox import Message
from storage.books import Books
from storage.database import Database
from storage.tables import OutboxMessage, OutboxState, Workspace
from tests.bench.process import Bot, running
from tests.bench.table import MeasuresNothing, Row, demand

SECONDS = float(os.environ.get("SECONDS", "60"))
SETTLES, ARRIVES_WITHIN = 15.0, 20.0
PORT = 18099


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'idle.db'}"
        with running(url, PORT) as bot:
            migrated = bot.processor()
        with running(url, PORT) as bot:
            ready = Row(
                "start to ready, processor time",
                bot.processor() * 1000,
                note=f"{bot.ready_after:.1f} s passed",
            )
            time.sleep(SETTLES)
            share = _share(bot)
            memory = bot.memory()
            late = _seconds_until_said(url)
    return [
        Row("start to ready, an empty database, processor time", migrated * 1000),
        ready,
        Row("idle process", share * 100, "% of a core", memory=memory, note=f"over {SECONDS:.0f} s"),
        Row("a message of another process, until it was sent", late * 1000),
    ]


def _share(bot: Bot) -> float:
    began, before = time.perf_counter(), bot.processor()
    time.sleep(SECONDS)
    demand(bot.process.poll() is None, "the process ended while it was measured")
    return (bot.processor() - before) / (time.perf_counter() - began)


def _seconds_until_said(url: str) -> float:
    """Raises MeasuresNothing where the message was never taken up: then the process was not idle but dead."""
    db = Database(url)
    try:
        with db.begin() as session:
            home = session.exec(select(Workspace.id)).one()
            books = Books(session, home, system_clock())
            said = outbox.put(books, Message(OutboxKind.NOTICE, "Hello", channel="C0NOWHERE"))
        began = time.perf_counter()
        while time.perf_counter() - began < ARRIVES_WITHIN:
            with db.read() as session:
                found = session.exec(select(OutboxMessage.state).where(col(OutboxMessage.id) == said)).one()
            if found is not OutboxState.QUEUED:
                return time.perf_counter() - began
            time.sleep(0.01)
    finally:
        db.close()
    raise MeasuresNothing(f"a message that was put at the end was not taken up within {ARRIVES_WITHIN:.0f} s")
