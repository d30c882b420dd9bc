"""A season of two teams, lived week by week, and all that everybody was told."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sqlmodel import Session, col, select

from bot import jobs
from bot.coaching.domain.pair_result import AFTER
from bot.coaching.jobs import open_week
from bot.coaching.jobs.tell_results import tell_of_pay, tell_results
from bot.coaching.services import pair_answers, pair_wishes
from bot.coaching.services import pairing as pairings
from bot.coaching.services.pay import approvals
from bot.core.enums import DealStatus, OutboxKind, PairingStatus, Role
from bot.digest.jobs import mend_posts, post_digests, watch_feeds
from bot.digest.services import plan as digest_plans
from bot.jobs import Tools
from bot.people.services import members
from storage.books import Books
from storage.database import Database
from storage.tables import Deal, Membership, OutboxMessage, Pairing, PayMonth, Person
from tests.support.builders import workspace

FIRST = date(2026, 8, 3)
WEEKS, BEFORE = 13, 16
LEAVES, MOVES, PINS, STOPS = 5, 4, 7, 9
"""In which week the best coach leaves, the digest's day moves, a pair is pinned, and the deals stop coming."""
WEAK = 8
"""From this number on a rep wins seldom."""
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@dataclass
class Season:
    """In each team three win often and coach one each, five win often, and four win seldom; one or two never answer."""

    db: Database
    workspace_id: int = 0
    teams: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    dice: Random = field(default_factory=lambda: Random(3))
    now: datetime = field(default_factory=lambda: at(FIRST - DAY, 9))
    pinned: str = ""

    def staff(self) -> None:
        with self.db.begin() as session:
            build = workspace(session)
            self.workspace_id = build.workspace_id
            for team in ("East", "West"):
                channel = f"C0{team.upper()}"
                self.teams[team] = build.team(team, zone="UTC", channel=channel, digest_next_at=at(FIRST, 9))
                build.rep(f"{team} Lead", Role.MANAGER, self.teams[team])
                for n in range(12):
                    name = f"{team}{n}"
                    self.people[name] = build.rep(
                        name,
                        Role.AE,
                        self.teams[team],
                        willing=n < 3,
                        coach_capacity=1,
                        wants_coaching=n >= WEAK,
                    )
            for n in range(BEFORE * 7):
                self.sell(session, FIRST - (n + 1) * DAY)

    def sell(self, session: Session, day: date) -> None:
        """Everybody closes a deal on a working day."""
        if day.weekday() > 4:
            return
        for name, rep in self.people.items():
            closed = at(day, 15)
            won = self.dice.random() < (0.75 if int(name[4:]) < WEAK else 0.25)
            session.add(
                Deal(
                    workspace_id=self.workspace_id,
                    deal_key=f"{rep} {closed}",
                    ae_id=rep,
                    status=DealStatus.WON if won else DealStatus.LOST,
                    opened_at=closed - 20 * DAY,
                    first_seen_at=closed - 20 * DAY,
                    closed_at=closed,
                )
            )

    def play(self, tools: Tools) -> None:
        for n in range(WEEKS):
            for day in range(5):
                self.now = at(FIRST + n * WEEK + day * DAY, 10)
                self.happens(n, day)
                for job in (
                    open_week.lapse_proposals, open_week.open_weeks, post_digests, jobs.run_pairs, watch_feeds,
                    tell_results, tell_of_pay,
                ):  # fmt: skip
                    job(tools)
                self.answer()
                self.meet()
                self.approve()
                mend_posts(tools)
                if n < STOPS:
                    with self.db.begin() as session:
                        self.sell(session, self.now.date())

    def comes_back(self, tools: Tools) -> None:
        """The weeks after, in which nobody meets and the bot still owes what it promised."""
        for n in range(WEEKS, WEEKS + AFTER[-1] + 3):
            for day in range(5):
                self.now = at(FIRST + n * WEEK + day * DAY, 10)
                tell_results(tools)
                tell_of_pay(tools)
                self.approve()
        self.now = at(FIRST + (WEEKS - 1) * WEEK + 4 * DAY, 10)

    def approve(self) -> None:
        """Each lead says yes to what they were asked."""
        with self.db.writing(self.workspace_id, self.now) as books:
            for row in books.session.exec(select(PayMonth).where(col(PayMonth.approved).is_(None))):
                team = self.name(row.coach_id)[:4]
                lead = books.session.exec(select(Person).where(Person.name == f"{team} Lead")).one()
                approvals.decide(books, members.member(books, lead.id), row.id, approved=True)

    def happens(self, week: int, day: int) -> None:
        with self.db.writing(self.workspace_id, self.now) as books:
            if (week, day) == (LEAVES, 2):
                left = books.session.exec(
                    select(Membership).where(Membership.person_id == self.people["East0"])
                )
                left.one().ended_on = self.now.date() - DAY
            if (week, day) == (MOVES, 2):
                east = self.teams["East"]
                digest_plans.change(books, east, weekday=4, at=time(9), channel="C0EAST")
            if (week, day) == (PINS, 1):
                self.pin(books)

    def pin(self, books: Books) -> None:
        """West's manager pins a learner with a coach who has a place, whatever the figures say."""
        manager = books.session.exec(select(Person).where(Person.name == "West Lead")).one()
        west, learner = self.teams["West"], self.people["West8"]
        week = pairings.upcoming(books, west)
        coach = pairings.instead(books, west, week, learner)[0]
        by = members.member(books, manager.id)
        pair_wishes.pin(books, pair_wishes.couple(books, by, west, week, coach.id, learner))
        self.pinned = coach.name

    def answer(self) -> None:
        silent = {self.people["East10"], self.people["West11"], self.people["East11"]}
        for row in self.rows(PairingStatus.PROPOSED):
            if row.learner_id in silent:
                continue
            with self.db.writing(self.workspace_id, self.now) as books:
                say = pair_answers.accept if self.dice.random() < 0.8 else pair_answers.decline
                answered = say(books, row.learner_id, row.id)
            if answered.may_match_anew:
                open_week.match_anew(self.db, self.workspace_id, row.id, now=self.now)

    def meet(self) -> None:
        for row in self.rows(PairingStatus.ACCEPTED):
            if row.week <= self.now.date() and self.dice.random() < 0.4:
                with self.db.writing(self.workspace_id, self.now) as books:
                    pair_answers.met(
                        books, row.learner_id, row.id, minutes=30, commitment="Ask who signs", rating=4
                    )

    def rows(self, *statuses: PairingStatus) -> list[Pairing]:
        with self.db.read() as session:
            return [
                row
                for row in session.exec(select(Pairing).order_by(col(Pairing.week), col(Pairing.id)))
                if not statuses or row.status in statuses
            ]

    def told(self, *kinds: OutboxKind) -> list[OutboxMessage]:
        with self.db.read() as session:
            return [
                row
                for row in session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id)))
                if not kinds or row.kind in kinds
            ]

    def name(self, person_id: int | None) -> str:
        return next(name for name, id in self.people.items() if id == person_id)
