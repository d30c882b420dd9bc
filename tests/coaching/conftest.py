"""A team of closers, to be paired."""

import pytest

from tests.support.closers import Team, team_of_closers
from tests.support.office import Office


@pytest.fixture
def team(office: Office, east: int) -> Team:
    return team_of_closers(office, east)
