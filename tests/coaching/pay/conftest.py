"""What the tests of this room may ask for."""

from datetime import date

import pytest

from bot.sandbox import Member
from tests.coaching.pay.months import coached, pays
from tests.support.office import Office


@pytest.fixture
def november(office: Office, ana: Member, bo: Member, mia: Member) -> None:
    """Bo held an hour with Ana in each of two weeks, and half an hour in October."""
    pays(office, 40)
    coached(office, "Bo", "Ana", date(2026, 11, 4), date(2026, 11, 11))
    coached(office, "Bo", "Ana", date(2026, 10, 14), minutes=30)
