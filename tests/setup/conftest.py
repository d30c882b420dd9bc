"""What the tests of this room may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.setup.campus import Campus, open_campus
from tests.support.isolation import watched


@pytest.fixture
def both(db: Database, tmp_path: Path) -> Iterator[Campus]:
    """Installed in both workspaces; nothing may go to the database that is not held to one of them."""
    with open_campus(db, tmp_path) as campus, watched() as loose:
        campus.starts()
        campus.installs(campus.acme)
        campus.installs(campus.globex)
        yield campus
        campus.stops()
    assert loose == []
