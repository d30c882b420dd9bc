"""What the tests of this room may ask for."""

from collections.abc import Iterator

import pytest

from bot.sandbox import Sandbox
from storage.database import Database
from tests.delivery.posts import NOON, Post
from tests.support.office import StoppedClock


@pytest.fixture
def post(any_db: Database) -> Iterator[Post]:
    clock = StoppedClock(NOON)
    with Sandbox(clock=clock) as sandbox:
        yield Post(any_db, sandbox, clock)
