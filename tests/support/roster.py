"""Who is on the roster, as the database knows them, and who leaves it."""

from datetime import date

from sqlmodel import col, select

from storage.tables import Membership, Person
from tests.support.office import Office


def ids(office: Office) -> dict[str, int]:
    with office.db.read() as session:
        return {person.name: person.id for person in session.exec(select(Person))}


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
