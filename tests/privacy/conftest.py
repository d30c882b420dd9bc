"""What the tests of this room may ask for."""

import pytest

from storage.database import Database
from tests.privacy.floor import Floor


@pytest.fixture
def floor(any_db: Database) -> Floor:
    with any_db.begin() as session:
        return Floor(session)
