"""Deals that are stuck, and the Home tab that lists them."""

from datetime import date, timedelta
from typing import Any

from sqlmodel import select

from bot.sandbox import Member, text_of
from storage.tables import Person
from tests.support.builders import Builder
from tests.support.office import Office


def deal(office: Office, ae: str, company: str, **about: Any) -> None:
    """Opened 45 days ago, expected to close on 12 November."""
    usual: dict[str, Any] = {"expected_close": date(2026, 11, 12)}
    with office.db.begin() as session:
        person = session.exec(select(Person.id).where(Person.name == ae)).one()
        opened = about.pop("opened_at", office.clock() - timedelta(days=45))
        Builder(session, office.workspace_id).deal(person, opened, company=company, **usual | about)


def home(ae: Member) -> str:
    return text_of(ae.opens_home())


def shows(office: Office, ae: Member, words: str, *, gone: bool = False) -> None:
    assert office.sandbox.workspace.wait_until(lambda: (words in text_of(ae.person.home)) is not gone, 5)
