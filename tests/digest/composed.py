"""A team whose week is to be told."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from bot.blocks.reader import reader
from bot.core.enums import OutboxKind, Role
from bot.digest.domain.digest import Digest
from bot.digest.services import compose as digests
from bot.digest.views import channel as views
from storage.books import Books
from storage.database import Database
from storage.tables import OutboxMessage
from tests.support.builders import Builder, workspace

WEEK = date(2026, 11, 9)
DUE = datetime(2026, 11, 16, 8, tzinfo=UTC)  # Monday 9:00 in Berlin
NOON = datetime(2026, 11, 11, 12, tzinfo=UTC)  # on the Wednesday of the week


@dataclass
class Office:
    """A team of SDRs with a lead's worth of help: an AE who decides, a manager, a channel."""

    db: Database
    build: Builder
    team: int = 0
    ae: int = 0
    ids: dict[str, int] = field(default_factory=dict)

    @property
    def session(self) -> Session:
        return self.build.session

    def sdr(
        self, name: str, qualified: int, decided: int, *, lately: tuple[int, int] = (0, 0), **about: Any
    ) -> int:
        """An SDR with leads over the 12 weeks before the reported one, and `lately` in that week."""
        id = self.ids[name] = self.build.rep(name, Role.SDR, self.team, **about)
        for n in range(decided):
            self.lead(id, NOON - timedelta(weeks=1 + n % 12), qualified=n < qualified)
        for n in range(lately[1]):
            self.lead(id, NOON, qualified=n < lately[0])
        return id

    def lead(self, id: int, passed_at: datetime, *, qualified: bool) -> None:
        self.build.call(id, passed_at)
        self.build.handoff(id, self.ae, passed_at, accepted=qualified, reason="Too small")

    def compose(self, *, team: int | None = None, week: date = WEEK, as_of: datetime = DUE) -> Digest:
        self.session.flush()
        books = Books(self.session, self.build.workspace_id, as_of)
        return digests.compose(books, team or self.team, week, as_of=as_of)

    def text(self, digest: Digest | None = None) -> str:
        value = digest or self.compose()
        return views.channel(value, reader(value.team.locale, value.week.zone), digest_id=1).text

    def messages(self, kind: OutboxKind) -> list[OutboxMessage]:
        return list(self.session.exec(select(OutboxMessage).where(OutboxMessage.kind == kind)))


@pytest.fixture
def office(any_db: Database) -> Iterator[Office]:
    with any_db.begin() as session:
        build = workspace(session)
        office = Office(any_db, build)
        office.team = build.team(channel="C0SALES", digest_next_at=DUE)
        elsewhere = build.team("Elsewhere")
        office.ae = build.rep("Decider", Role.AE, elsewhere)
        yield office


def a_full_team(office: Office, **about: Any) -> None:
    """Ana is far ahead, Ben far behind, six are in the middle."""
    office.sdr("Ana", 58, 60, lately=(5, 6), willing=True, **about)
    office.sdr("Ben", 4, 60, lately=(0, 6))
    for n in range(6):
        office.sdr(f"Middle {n}", 30, 60, lately=(2, 6))
