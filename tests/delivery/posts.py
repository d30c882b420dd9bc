"""Messages on their way out of several processes, and a Slack that can be made to fail."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.core.enums import OutboxKind
from bot.delivery import outbox
from bot.delivery.outbox import LEASE, Message, Outbox
from bot.digest import undelivered
from bot.sandbox import Sandbox
from bot.slack import client
from storage.database import Database
from storage.tables import OutboxMessage, OutboxState, Person, Workspace
from tests.support.office import SCOPES, StoppedClock

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
PATIENT = 60
"""Seconds, in which a crowded machine answers too."""


class Post:
    """An outbox before a sandbox, and what is needed to look at both."""

    def __init__(self, db: Database, sandbox: Sandbox, clock: StoppedClock) -> None:
        self.db, self.sandbox, self.clock = db, sandbox, clock
        self.token = sandbox.install(scopes=SCOPES).bot_token
        self.ana = sandbox.add_person("Ana", email="ana@example.com")
        with db.begin() as session:
            workspace = Workspace(name="Sandbox", slack_team_id="T0SANDBOX")
            session.add(workspace)
            session.flush()
            self.workspace_id = workspace.id
            person = Person(
                workspace_id=workspace.id, name="Ana", email="ana@example.com", slack_user_id=self.ana.id
            )
            session.add(person)
            session.flush()
            self.person_id = person.id

    def outbox(self, *, between_posts: timedelta = timedelta()) -> Outbox:
        """Another process's, as it were."""
        slack = client(self.sandbox.api_url, self.token)
        slack.timeout = PATIENT
        return Outbox(
            self.db,
            lambda _workspace_id: slack,
            self.clock,
            between_posts=between_posts,
            when_unknown=undelivered.ask_whether_it_arrived,
        )

    def put(self, text: str = "Hello", **about: object) -> int:
        message = replace(Message(OutboxKind.NOTICE, text, person_id=self.person_id), **about)  # type: ignore[arg-type]
        if about.get("channel"):
            message = replace(message, person_id=None)
        with self.db.writing(self.workspace_id, self.clock()) as books:
            return outbox.put(books, message)

    def row(self, message_id: int) -> OutboxMessage:
        with self.db.read() as session:
            return session.get_one(OutboxMessage, message_id)

    def said(self) -> list[str]:
        return [message.text for message in self.ana.dm]

    def later(self, seconds: float) -> None:
        self.clock.advance(timedelta(seconds=seconds))

    def abandon(self, message_id: int) -> None:
        """Its sender died just after Slack took it."""
        with self.db.begin() as session:
            row = session.get_one(OutboxMessage, message_id)
            row.state, row.ts, row.sent_at = OutboxState.SENDING, None, None
            row.leased_until = self.clock() + LEASE
