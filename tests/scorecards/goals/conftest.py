"""What the tests of this room may ask for."""

from datetime import timedelta

import pytest

from bot.core.enums import Role
from bot.sandbox import Member
from tests.scorecards.numbers import ids
from tests.support.builders import Builder
from tests.support.office import Office


@pytest.fixture
def root(office: Office, east: int) -> Member:
    return office.hires("Root", Role.AM, east, is_admin=True)


@pytest.fixture
def leads(office: Office, ana: Member, bo: Member) -> None:
    """Ana passed 12 leads of which Bo accepted 6 of 10, in the last weeks."""
    sdr, ae = ids(office, ana, bo)
    ago = office.clock() - timedelta(days=10)
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        for n in range(12):
            build.handoff(sdr, ae, ago - timedelta(days=n), accepted=None if n >= 10 else n < 6)
