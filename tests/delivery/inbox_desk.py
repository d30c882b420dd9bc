"""An inbox to work at."""

from datetime import UTC, datetime
from typing import Any

import pytest
from slack_sdk import WebClient
from sqlmodel import col, select

from bot.core.errors import NotFound
from bot.delivery.inbox import Event, Inbox
from storage.books import Books
from storage.database import Database
from storage.tables import InboxEvent, InboxState, Person, Workspace
from tests.support.office import StoppedClock

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)


class Desk:
    """An inbox whose events each add a person by their name, so that what was worked can be seen."""

    def __init__(self, db: Database) -> None:
        self.db, self.clock = db, StoppedClock(NOON)
        with db.begin() as session:
            workspace = Workspace(name="Acme")
            session.add(workspace)
            session.flush()
            self.workspace_id = workspace.id
        self.inbox = Inbox(db, lambda _workspace_id: WebClient(), self.clock)
        self.inbox.on("hired", self.hire)
        self.inbox.on("promoted", self.hire)
        self.broken: set[str] = set()

    def hire(self, books: Books, event: Event) -> None:
        who = str(event.body["event"]["who"])
        books.session.add(
            Person(workspace_id=event.workspace_id, name=who, email=f"{who.lower()}@example.com")
        )
        books.session.flush()
        if who in self.broken:
            raise RuntimeError("something broke")
        if who == "Nobody":
            raise NotFound("Nobody knows Nobody.")

    def comes(self, who: str, *, name: str = "hired", key: str | None = None) -> bool:
        body: dict[str, Any] = {"event": {"type": name, "who": who}}
        return self.inbox.take(self.workspace_id, "slack", key or who, body, f"request-{who}")

    def worked(self) -> list[str]:
        with self.db.read() as session:
            return list(session.exec(select(Person.name).order_by(col(Person.id))))

    def states(self) -> dict[str, InboxState]:
        with self.db.read() as session:
            return {row.event_key: row.state for row in session.exec(select(InboxEvent))}


@pytest.fixture
def desk(any_db: Database) -> Desk:
    return Desk(any_db)
