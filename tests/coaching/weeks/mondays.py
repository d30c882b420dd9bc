"""A team whose coaching week begins on Monday."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from bot.core.enums import PairingStatus
from bot.sandbox import Member, text_of
from storage.tables import Pairing, Person
from storage.tables import Team as TeamRow
from tests.support.builders import Builder
from tests.support.closers import WEEK, Team, team_of_closers
from tests.support.office import Office

BERLIN = ZoneInfo("Europe/Berlin")
NEXT = WEEK + timedelta(weeks=1)


@pytest.fixture
def team(office: Office, east: int) -> Team:
    made = team_of_closers(office, east)
    on_fridays(made)
    return made


def on_fridays(team: Team) -> None:
    """Its digest comes on Friday afternoon."""
    channel = team.office.sandbox.add_channel("sales", members=[team.ben])
    team.office.sandbox.invite_bot(channel)
    with team.office.db.begin() as session:
        row = session.get_one(TeamRow, team.id)
        row.channel, row.digest_weekday, row.digest_time = channel.id, 4, time(16, 30)
    team.office.tick()


def until(team: Team, day: date, hour: int, minute: int = 0) -> None:
    """Berlin's clock shows it."""
    team.office.clock.now = datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN).astimezone(
        UTC
    )
    team.office.tick()


def rows(team: Team) -> list[Pairing]:
    with team.office.db.read() as session:
        return list(session.exec(select(Pairing).order_by(col(Pairing.week), col(Pairing.id))))


def heard(who: Member, words: str) -> list[str]:
    return [text_of(message) for message in who.dm if words in text_of(message)]


def a_cycle(team: Team, *, ago: tuple[int, ...], status: PairingStatus = PairingStatus.MET) -> None:
    """Ana coached Ben in the weeks so long before the next."""
    with team.office.db.begin() as session:
        person = {one.name: one.id for one in session.exec(select(Person))}
        build = Builder(session, team.office.workspace_id)
        for weeks in ago:
            build.pairing(team.id, person["Ana"], person["Ben"], NEXT - timedelta(weeks=weeks), status=status)
