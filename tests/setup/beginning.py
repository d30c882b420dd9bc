"""A workspace that is being set up, and who is in it."""

import pytest
from sqlmodel import select

from bot.core.enums import Role
from bot.sandbox import Member
from storage.tables import Membership, Person
from tests.support.office import Office


@pytest.fixture
def ada(office: Office) -> Member:
    return office.sandbox.add_person("Ada", email="ada@example.com", tz="Europe/Berlin", is_admin=True)


@pytest.fixture
def ana(office: Office) -> Member:
    return office.sandbox.add_person("Ana", email="ana@example.com", tz="Europe/Berlin")


@pytest.fixture
def bo(office: Office) -> Member:
    return office.sandbox.add_person("Bo", email="bo@example.com", tz="Europe/Berlin")


def begun(ada: Member) -> None:
    ada.opens_home()
    ada.clicks("Begin")
    ada.waits_for("Set up Cornerman: 0 of 7 done")


def named(office: Office, ada: Member, name: str = "East") -> None:
    sales = office.sandbox.add_channel("sales", [ada])
    office.sandbox.invite_bot(sales)
    ada.clicks("Name it")
    ada.waits_for("What is it called")
    ada.submits(name=name, channel=sales)
    ada.waits_for("hears from me")
    ada.closes(everything=True)


def roles(office: Office) -> dict[str, Role]:
    with office.db.read() as session:
        rows = session.exec(select(Person, Membership).where(Membership.person_id == Person.id)).all()
    return {person.name: membership.role for person, membership in rows}


def _ids(office: Office, **roles: Role) -> dict[int, Role]:
    with office.db.read() as session:
        ids = {person.name: person.id for person in session.exec(select(Person))}
    return {ids[name]: role for name, role in roles.items()}
