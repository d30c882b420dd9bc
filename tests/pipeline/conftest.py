"""What the tests of this room may ask for."""

import pytest

from bot.core.enums import Role
from bot.sandbox import Member
from tests.support.office import Office


@pytest.fixture
def cy(office: Office, east: int) -> Member:
    """Another AE of East."""
    return office.hires("Cy", Role.AE, east)
