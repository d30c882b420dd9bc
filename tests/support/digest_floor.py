"""A team with a channel, its manager, and a week to tell of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.core.enums import Role
from bot.sandbox import Channel, Member, Message
from storage.tables import Person, Team
from tests.support.builders import Builder
from tests.support.office import Office


@dataclass(frozen=True, slots=True)
class Floor:
    """A team of SDRs with a channel; Ana is far ahead of the others, Ben far behind."""

    office: Office
    id: int
    channel: Channel
    mia: Member
    ana: Member
    ben: Member


def sdr(office: Office, ae: int, name: str, team: int, *, qualified: int, willing: bool = False) -> Member:
    """With 60 leads over the 12 weeks that ended on the last Monday, and more of them in the last week."""
    member = office.hires(name, Role.SDR, team, willing=willing)
    with office.db.begin() as session:
        id = session.exec(select(Person.id).where(Person.name == name)).one()
        for n in range(60):
            passed = office.clock() - timedelta(days=4 + 7 * (n % 12))
            Builder(session, office.workspace_id).handoff(id, ae, passed, accepted=n < qualified)
    return member


@pytest.fixture
def floor(office: Office) -> Iterator[Floor]:
    team, elsewhere = office.team("East"), office.team("West")
    with office.db.begin() as session:
        ae = Builder(session, office.workspace_id).rep("Decider", Role.AE, elsewhere)
    for n in range(5):
        sdr(office, ae, f"Middle{n}", team, qualified=30)
    mia = office.hires("Mia", Role.MANAGER, team)
    ana = sdr(office, ae, "Ana", team, qualified=58, willing=True)
    ben = sdr(office, ae, "Ben", team, qualified=4)
    channel = office.sandbox.add_channel("sales", members=[mia, ana, ben])
    office.sandbox.invite_bot(channel)
    with office.db.begin() as session:
        session.get_one(Team, team).channel = channel.id
    yield Floor(office, team, channel, mia, ana, ben)


def post(floor: Floor) -> None:
    floor.mia.commands("/scorecard digest")
    floor.mia.waits_for("Post now")
    floor.mia.clicks("Post now")
    floor.mia.waits_for("is on its way")
    floor.office.tick()


def told(member: Member, words: str) -> Message:
    message = member.waits_for(words)
    assert isinstance(message, Message)
    return message
