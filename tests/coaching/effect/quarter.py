"""A quarter of a team of forty, lived week by week."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

from sqlmodel import Session, col, select

from bot import jobs
from bot.coaching.jobs import open_week
from bot.coaching.services import pair_answers, renewal
from bot.core.enums import DealStatus, PairingStatus, Role
from bot.jobs import Tools
from storage.books import Books
from storage.database import Database
from storage.tables import Deal, GoOn, Meeting, Pairing
from tests.support.builders import workspace

FIRST = date(2026, 8, 3)
WEEKS, BEFORE = 13, 16
"""Weeks that are played, and those of history before."""
COACHES, LEARNERS, UNWILLING = 10, 20, 10
DEALS_A_WEEK = 4
TRUE_EFFECT = 0.25
"""What a first session adds to a learner's chance to win a deal."""
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@dataclass
class Quarter:
    """Forty AEs: ten win often and coach, twenty win seldom, ten win seldom and do not want coaching."""

    db: Database
    workspace_id: int = 0
    team: int = 0
    chance: dict[int, float] = field(default_factory=dict)
    coached_since: dict[int, date] = field(default_factory=dict)
    dice: Random = field(default_factory=lambda: Random(7))
    now: datetime = field(default_factory=lambda: at(FIRST, 9))

    def staff(self) -> None:
        with self.db.begin() as session:
            build = workspace(session)
            self.workspace_id = build.workspace_id
            self.team = build.team(zone="UTC", channel="C0SALES", pairs_next_at=at(FIRST, 9))
            build.rep("Mia", Role.MANAGER, self.team)
            for n in range(COACHES + LEARNERS + UNWILLING):
                strong, unwilling = n < COACHES, n >= COACHES + LEARNERS
                id = build.rep(
                    f"Rep {n}",
                    Role.AE,
                    self.team,
                    willing=strong,
                    coach_capacity=1,
                    wants_coaching=not unwilling,
                )
                self.chance[id] = self.dice.gauss(0.65 if strong else 0.3, 0.05)
            for n in range(BEFORE):
                self.sell(session, FIRST - (n + 1) * WEEK)

    def sell(self, session: Session, monday: date) -> None:
        """Everybody closes some deals in the week."""
        for rep, chance in self.chance.items():
            helped = rep in self.coached_since and self.coached_since[rep] < monday
            for n in range(DEALS_A_WEEK):
                won = self.dice.random() < chance + TRUE_EFFECT * helped
                closed = at(monday + n * DAY, 15)
                session.add(
                    Deal(
                        workspace_id=self.workspace_id,
                        deal_key=f"{rep} {closed}",
                        ae_id=rep,
                        status=DealStatus.WON if won else DealStatus.LOST,
                        opened_at=closed - timedelta(days=20),
                        first_seen_at=closed - timedelta(days=20),
                        closed_at=closed,
                        amount=Decimal(8_000 + 1_000 * n),
                    )
                )

    def play(self, tools: Tools) -> None:
        for n in range(WEEKS):
            monday = FIRST + n * WEEK
            self.now = at(monday, 9)
            open_week.open_weeks(tools)
            self.answer(tools, monday)
            for day in range(5):
                self.now = at(monday + day * DAY, 10)
                jobs.run_pairs(tools)
                self.meet(monday)
                self.choose(monday)
            with self.db.begin() as session:
                self.sell(session, monday)

    def answer(self, tools: Tools, monday: date) -> None:
        """Nine in ten say yes; who says no may be given another coach, and takes that one."""
        for row in self.pairs(monday, PairingStatus.PROPOSED):
            with self.db.begin() as session:
                say = pair_answers.accept if self.dice.random() < 0.9 else pair_answers.decline
                answered = say(Books(session, self.workspace_id, self.now), row.learner_id, row.id)
            if answered.may_match_anew:
                open_week.match_anew(self.db, self.workspace_id, row.id, now=self.now)
        for row in self.pairs(monday, PairingStatus.PROPOSED):
            with self.db.writing(self.workspace_id, self.now) as books:
                pair_answers.accept(books, row.learner_id, row.id)

    def meet(self, monday: date) -> None:
        """Most meet when it was proposed, and write it down."""
        for row in self.pairs(monday, PairingStatus.ACCEPTED):
            with self.db.writing(self.workspace_id, self.now) as books:
                meeting = books.session.exec(select(Meeting).where(Meeting.pairing_id == row.id)).first()
                if meeting is None or meeting.starts_at is None or meeting.starts_at > self.now:
                    continue
                if self.dice.random() < 0.85:
                    rating = self.dice.choice((3, 4, 5, None))
                    self.coached_since.setdefault(row.learner_id, monday)
                    pair_answers.met(
                        books,
                        row.learner_id,
                        row.id,
                        minutes=self.dice.choice((20, 25, 30)),
                        commitment="Ask who signs",
                        rating=rating,
                    )

    def choose(self, monday: date) -> None:
        """One pair in three goes on."""
        with self.db.writing(self.workspace_id, self.now) as books:
            for row in books.session.exec(
                select(GoOn).where(GoOn.week == monday + WEEK, col(GoOn.coach_says).is_(None))
            ):
                yes = self.dice.random() < 0.33
                for person in (row.coach_id, row.learner_id):
                    renewal.say(books, person, row.id, yes=yes)

    def pairs(self, monday: date, status: PairingStatus) -> list[Pairing]:
        with self.db.read() as session:
            return list(session.exec(select(Pairing).where(Pairing.week == monday, Pairing.status == status)))
