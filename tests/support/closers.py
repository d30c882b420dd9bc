"""A team of AEs in which one wins few deals and two, who coach, win most of theirs."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import select

from bot.coaching.jobs import open_week
from bot.coaching.services import pairing as pairings
from bot.coaching.services.weeks import keeping
from bot.coaching.views import reasons
from bot.core.enums import DealStatus, Role
from bot.sandbox import Member, text_of
from storage.tables import Pairing, Person
from tests.support.builders import Builder
from tests.support.office import Office

WEEK = date(2026, 11, 16)


@dataclass(frozen=True, slots=True)
class Team:
    """Ben, who wins few deals, and two who win most of theirs and coach."""

    office: Office
    id: int
    ben: Member
    ana: Member
    coy: Member

    def told(self) -> None:
        """The week's pairs are made and told."""
        with self.office.db.writing(self.office.workspace_id, self.office.clock()) as books:
            plan = pairings.propose(books, self.id, WEEK, as_of=books.now)
            open_week.tell_pairs(books, keeping.keep(books, plan, sentence=reasons.english).pairs)
        self.office.tick()

    def coach(self) -> Member:
        """Whom Ben was given."""
        name = text_of(self.ben.dm[-1]).split("*")[1]
        return {"Ana": self.ana, "Coy": self.coy}[name]

    def pair(self) -> Pairing:
        with self.office.db.read() as session:
            return session.exec(select(Pairing)).one()


def closer(office: Office, name: str, team: int, *, won: int, lost: int, willing: bool = False) -> Member:
    member = office.hires(name, Role.AE, team, willing=willing)
    now: datetime = office.clock()
    with office.db.begin() as session:
        person = session.exec(select(Person).where(Person.name == name)).one()
        for n in range(won + lost):
            closed = now - timedelta(days=7 + n % 60)
            status = DealStatus.WON if n < won else DealStatus.LOST
            Builder(session, office.workspace_id).deal(
                person.id,
                closed - timedelta(days=20),
                status=status,
                closed_at=closed,
                last_activity_at=now + timedelta(days=n - 7),  # news of deals goes on as the weeks go by
            )
    return member


def team_of_closers(office: Office, east: int) -> Team:
    for n in range(4):
        closer(office, f"Middle{n}", east, won=20, lost=20)
    return Team(
        office,
        east,
        ben=closer(office, "Ben", east, won=3, lost=45),
        ana=closer(office, "Ana", east, won=50, lost=5, willing=True),
        coy=closer(office, "Coy", east, won=48, lost=8, willing=True),
    )
