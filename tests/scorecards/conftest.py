"""What the tests of this room may ask for."""

import pytest

from bot.core.enums import Role
from tests.scorecards.numbers import numbers, seven
from tests.support.builders import Builder

__all__ = ["numbers", "seven"]


@pytest.fixture
def team(build: Builder) -> int:
    return build.team()


@pytest.fixture
def sdr(build: Builder, team: int) -> int:
    return build.rep("Ana", Role.SDR, team)


@pytest.fixture
def ae(build: Builder, team: int) -> int:
    return build.rep("Ben", Role.AE, team)


@pytest.fixture
def am(build: Builder, team: int) -> int:
    return build.rep("Cy", Role.AM, team)
