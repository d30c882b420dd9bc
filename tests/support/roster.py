"""Who is on the roster, as the database knows them."""

from sqlmodel import select

from storage.tables import Person
from tests.support.office import Office


def ids(office: Office) -> dict[str, int]:
    with office.db.read() as session:
        return {person.name: person.id for person in session.exec(select(Person))}
