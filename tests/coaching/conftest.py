"""Who coaches and who is coached."""

import pytest

from bot.core.enums import Role
from bot.sandbox import Member
from tests.support.closers import Team, team_of_closers
from tests.support.office import Office


@pytest.fixture
def team(office: Office, east: int) -> Team:
    return team_of_closers(office, east)


@pytest.fixture
def cy(office: Office, east: int) -> Member:
    """Another AE of East, who has coached for long."""
    return office.hires("Cy", Role.AE, east, willing=True)
