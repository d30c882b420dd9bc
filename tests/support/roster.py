"""Who is on the roster, as the database knows them, who coaches whom, and who leaves it."""

from datetime import date

from sqlmodel import col, select

from bot.core.enums import Metric, PairingStatus
from storage.tables import Membership, Person
from tests.support.builders import Builder
from tests.support.office import Office


def ids(office: Office) -> dict[str, int]:
    with office.db.read() as session:
        return {person.name: person.id for person in session.exec(select(Person))}


def paired(
    office: Office, team: int, *, coach: str, learner: str, status: PairingStatus = PairingStatus.ACCEPTED
) -> None:
    """They are to work on reaching people with authority, this week."""
    people = ids(office)
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        week = office.clock().date()
        build.pairing(team, people[coach], people[learner], week, metric=Metric.AUTHORITY_RATE, status=status)


def leaves(office: Office, name: str, last_day: date) -> None:
    """Of the team; in Slack they may stay."""
    with office.db.begin() as session:
        held = session.exec(
            select(Membership)
            .join(Person, col(Person.id) == Membership.person_id)
            .where(Person.name == name, Membership.workspace_id == office.workspace_id)
        ).one()
        held.ended_on = last_day
        session.add(held)
