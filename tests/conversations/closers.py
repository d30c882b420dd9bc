"""A team of AEs in which one wins few deals and two, who coach, win most of theirs."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import select

from bot import announcements
from bot.sandbox import Member, text_of
from bot.services import digest_schedule, pairings
from bot.views import pairing as views
from bot.words import DealStatus, Role
from storage.tables import Pairing, Person
from tests.builders import Builder
from tests.conversations.office import Office

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
        with self.office.db.begin() as session:
            now = self.office.clock()
            plan = pairings.propose(session, self.office.workspace_id, self.id, WEEK, as_of=now)
            kept = pairings.keep(session, plan, sentence=views.english, now=now)
            zone = ZoneInfo("Europe/Berlin")
            recipients = digest_schedule.recipients(session, self.office.workspace_id, kept.people, zone=zone)
            announcements.tell_pairs(session, self.office.workspace_id, kept.pairs, recipients, now=now)
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
                person.id, closed - timedelta(days=20), status=status, closed_at=closed
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
