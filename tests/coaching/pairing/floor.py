"""A team with strong and weak reps, and its week's plan."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from bot.coaching.domain.pairs import Why
from bot.coaching.domain.plans import PairingPlan
from bot.coaching.services import pairing as pairings
from bot.coaching.services.weeks import keeping
from bot.core.enums import DealStatus, Role
from storage.books import Books
from storage.database import Database
from tests.support.builders import Builder, workspace

WEEK = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)
WON, LOST = DealStatus.WON, DealStatus.LOST


@dataclass
class Office:
    """A team of AEs of whom some win most of their deals and some hardly any."""

    build: Builder
    team: int
    ids: dict[str, int] = field(default_factory=dict)
    last_deal: datetime = NOW - timedelta(days=1)

    @property
    def session(self) -> Session:
        return self.build.session

    def ae(self, name: str, won: int, lost: int, *, team: int | None = None, **about: Any) -> int:
        id = self.ids[name] = self.build.rep(name, Role.AE, team or self.team, **about)
        for n in range(won + lost):
            closed = self.last_deal - timedelta(days=n % 60)
            self.build.deal(
                id, closed - timedelta(days=20), status=WON if n < won else LOST, closed_at=closed
            )
        return id

    def propose(self, *, team: int | None = None, week: date = WEEK) -> PairingPlan:
        self.session.flush()
        return pairings.propose(
            Books(self.session, self.build.workspace_id, NOW), team or self.team, week, as_of=NOW
        )

    def keep(self, plan: PairingPlan) -> PairingPlan:
        return keeping.keep(
            Books(self.session, plan.workspace_id, NOW), plan, sentence=lambda pair: f"{pair.coach.name}!"
        )

    def couples(self, plan: PairingPlan) -> dict[str, str]:
        """Learner: coach."""
        return {pair.learner.name: pair.coach.name for pair in plan.pairs}

    def why(self, plan: PairingPlan) -> dict[str, Why]:
        return {one.learner.name: one.why for one in plan.unpaired}


@pytest.fixture
def office(any_db: Database) -> Iterator[Office]:
    with any_db.begin() as session:
        build = workspace(session)
        office = Office(build, build.team())
        for n in range(4):
            office.ae(f"Middle {n}", 20, 20)
        yield office


def strong_and_weak(office: Office, **coach: Any) -> None:
    office.ae("Ana", 50, 5, willing=True, **coach)
    office.ae("Ben", 3, 45)
