"""Reps with numbers to ask for."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from bot.core.enums import DealStatus, Role
from bot.sandbox import Member
from storage.tables import Person
from tests.support.builders import Builder
from tests.support.office import Office


def ids(office: Office, *people: Member) -> list[int]:
    with office.db.read() as session:
        found = {person.slack_user_id: person.id for person in session.exec(select(Person))}
    return [found[person.id] for person in people]


@pytest.fixture
def numbers(office: Office, ana: Member, bo: Member) -> None:
    """Ana passed 12 leads in the last weeks; Bo decided 10 of them and accepted 6, and has two deals."""
    sdr, ae = ids(office, ana, bo)
    ago = office.clock() - timedelta(days=10)
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        for n in range(12):
            build.handoff(sdr, ae, ago - timedelta(days=n), accepted=None if n >= 10 else n < 6)
        for n in range(30):
            build.call(sdr, ago - timedelta(days=n % 7))
        build.deal(ae, ago, expected_close=date(2026, 11, 10))
        build.deal(ae, ago - timedelta(days=40), status=DealStatus.WON, closed_at=ago)


@pytest.fixture
def seven(office: Office, ana: Member, bo: Member, mia: Member, east: int) -> dict[str, Member]:
    """Seven SDRs, Ana the best of them and Fay the last, each with 40 leads of the last weeks decided."""
    people = {"Ana": ana} | {
        name: office.hires(name, Role.SDR, east) for name in ("Abe", "Cat", "Dov", "Eda", "Gus", "Fay")
    }
    ae, *sdrs = ids(office, bo, *people.values())
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        for rep, accepted in zip(sdrs, (36, 26, 24, 22, 20, 18, 4), strict=True):
            for n in range(40):
                at = office.clock() - timedelta(days=10 + n, minutes=n)
                build.handoff(
                    rep, ae, at, accepted=n < accepted, reason="No budget this year" * (n >= accepted)
                )
            for n in range(60):
                build.call(rep, office.clock() - timedelta(days=10, minutes=n))
    return people
