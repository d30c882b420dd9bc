"""A workspace with nothing in it yet, on each kind of database."""

from collections.abc import Iterator

import pytest

from storage.database import Database
from tests.support.builders import Builder, workspace


@pytest.fixture
def build(any_db: Database) -> Iterator[Builder]:
    with any_db.begin() as session:
        yield workspace(session)
